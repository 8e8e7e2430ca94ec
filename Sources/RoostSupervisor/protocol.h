#pragma once

// What the supervisor and the sandbox's first process agree upon.

/// File descriptors that the sandbox's first process is started with.
enum {
    FD_ERRORS = 2,
    /// A socket pair of messages.
    FD_CHANNEL = 3,
    /// Where the program's output goes.
    FD_LOG = 4,
    /// The command and its environment, as NUL-terminated strings: the number of arguments first.
    FD_ORDERS = 5,
    /// The supervisor's own program file.
    FD_PROGRAM = 6,
};

enum { MESSAGE_MAX = 1024 };

/// Messages to the sandbox: start the program; ask it to end.
#define MESSAGE_GO "go"
#define MESSAGE_TERMINATE "terminate"

/// Messages from the sandbox: the file systems are in place; it runs since MS; it could not be started; it ended.
#define MESSAGE_READY "ready"
#define MESSAGE_STARTED "started"
#define MESSAGE_FAILED "failed"
#define MESSAGE_EXIT "exit"
#define MESSAGE_SIGNAL "signal"
