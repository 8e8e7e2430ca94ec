#pragma once

#include "plan.h"

/// Runs the session in the working directory from its plan to its outcome. `control` is the pipe for requests.
void supervise(struct plan *plan, int control);
