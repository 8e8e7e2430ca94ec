#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "cgroup.h"

enum { SENTENCE_MAX = 1024 };

/// How a session ended. Times are 0 and numbers are -1 where they are not known.
struct outcome {
    int64_t started_ms, ended_ms;
    int exit_code, signal;
    bool out_of_memory;
    struct cgroup_counts counts;
    /// Why it could not be started, or was lost; empty if neither.
    char failure[SENTENCE_MAX];
    char lost[SENTENCE_MAX];
};

/// Writes the file `outcome`, lines of a key and a value. False, with `errno`, if that fails.
bool outcome_write(const struct outcome *outcome);
