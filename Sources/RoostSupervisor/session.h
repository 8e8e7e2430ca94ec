#pragma once

#include "log.h"
#include "outcome.h"
#include "plan.h"
#include "sandbox.h"

/// What a supervisor knows of its session.
struct session {
    struct plan *plan;
    struct sandbox sandbox;
    struct outcome outcome;
    /// Whether the program was told to start.
    bool is_released;
    bool stop_requested;
    /// Whether everything was told to die.
    bool is_killed;
    /// When to kill what is left, on the steady clock; 0 for never.
    int64_t kill_at;
    /// What the program that builds the sandbox complained about.
    char complaint[512];
    size_t complaint_length;
    /// For a machine without cgroups, from the resources that the kernel counts for dead processes.
    int64_t reaped_cpu_us, reaped_peak_bytes;
    struct log log;
};

/// Tells whoever listens that something about the session has changed.
void session_hint(const struct session *session);

/// Asks the program to end, and sets a time for killing it.
void session_stop(struct session *session, int64_t grace_ms);

/// Kills every process of the session.
void session_kill(struct session *session);

/// Acts upon a message from the sandbox's first process. False if there is nobody any more to send one.
bool session_hear(struct session *session);

/// Says how it ended, and tidies up.
void session_conclude(struct session *session);
