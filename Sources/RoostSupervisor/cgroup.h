#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "plan.h"

/// What the kernel counted; -1 where it does not tell.
struct cgroup_counts {
    int64_t oom_kills;
    int64_t peak_bytes;
    int64_t cpu_us;
};

/// Makes the session's cgroups and sets their limits. NULL, or a sentence that says what failed.
const char *cgroup_create(const struct plan *plan);

/// Moves a process into the session's cgroups. NULL, or a sentence that says what failed.
const char *cgroup_join(const struct plan *plan, pid_t process);

/// Kills every process in the session's cgroups and waits until there is none.
void cgroup_kill(const struct plan *plan);

/// Removes the session's cgroups, which must be empty or about to be.
void cgroup_remove(const struct plan *plan);

struct cgroup_counts cgroup_read(const struct plan *plan);
