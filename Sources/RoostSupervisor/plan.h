#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct strings {
    /// Ends with NULL.
    char **items;
    size_t count;
};

/// Bytes that the sandbox's builder reads from a file descriptor with a number agreed upon.
struct plan_data {
    int fd;
    char *text;
};

enum { PLAN_DATA_MAX = 8 };

/// What the manager wants run: the file `plan`, a list of NUL-terminated keys and values.
struct plan {
    /// The text that everything below points into.
    char *memory;
    const char *id;
    /// Whether to become `uid` and `gid`; the supervisor is root then.
    bool switches_user;
    uid_t uid;
    gid_t gid;
    /// The directory below which `home` and `root` are bound for somebody who could not reach them.
    const char *stage;
    const char *home;
    const char *root;
    /// The socket that hints go to.
    const char *events;
    /// The sandbox's builder and its arguments.
    struct strings sandbox;
    struct strings command;
    struct strings environment;
    struct plan_data data[PLAN_DATA_MAX];
    size_t data_count;
    /// 0 if there are none, else 1 or 2.
    int cgroup_version;
    struct strings cgroups;
    /// Each is a path, a line break, and what to write there.
    struct strings limits;
    /// As `limits`, for what may fail.
    struct strings preferences;
    const char *memory_cgroup;
    const char *cpu_cgroup;
    int64_t log_limit;
};

/// Reads the plan in the working directory. NULL, or a sentence that says what is wrong with it.
const char *plan_read(struct plan *plan);

void plan_free(struct plan *plan);
