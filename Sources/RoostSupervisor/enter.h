#pragma once

#include <stddef.h>
#include <sys/types.h>

#include "plan.h"

/// An open file and the number under which the sandbox expects it.
struct handed_fd {
    int fd;
    int number;
};

/// What a process takes along on its way into the sandbox.
struct entrance {
    pid_t supervisor;
    struct handed_fd handed[PLAN_DATA_MAX + 5];
    size_t handed_count;
};

/// Gives up all privileges and becomes the program that builds the sandbox. Failures are told on the pipe for errors.
_Noreturn void sandbox_enter(const struct plan *plan, const struct entrance *entrance);
