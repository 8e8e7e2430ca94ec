#pragma once

/// Detaches a supervisor for the session in `directory`. Returns once it is on its way.
int command_watch(const char *directory);

/// Ends what a killed supervisor left behind, and writes the outcome it could not write.
int command_bury(const char *directory);

/// Runs inside the sandbox as its process 1: starts the session's program and reports what becomes of it.
int command_exec(void);
