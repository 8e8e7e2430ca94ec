#pragma once

#include <sys/types.h>

#include "plan.h"

/// The supervisor's ends of what connects it with the sandbox.
struct sandbox {
    pid_t process;
    int channel;
    int log;
    int errors;
};

/// Opens what the sandbox needs and starts building it in a child process. NULL, or a sentence that says what failed.
const char *sandbox_start(const struct plan *plan, struct sandbox *sandbox);
