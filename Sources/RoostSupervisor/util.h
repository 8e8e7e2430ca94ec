#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Exit statuses of `watch` and `bury`, which the manager acts upon.
enum {
    EXIT_ACCEPTED = 0,
    /// The same request would fail again.
    EXIT_REFUSED = 1,
    /// The same request may succeed later.
    EXIT_TRY_LATER = 75,
};

/// Milliseconds since 1970.
int64_t wall_clock_ms(void);

/// Milliseconds of a clock that nobody sets.
int64_t steady_clock_ms(void);

/// Writes all of `bytes`; false, with `errno`, if that fails.
bool write_all(int fd, const void *bytes, size_t count);

/// Reads a file of at most `limit` bytes and puts a NUL behind it; NULL, with `errno`, if that fails.
char *read_file(const char *path, size_t limit, size_t *length);

/// As `read_file`, from the present offset of an open file.
char *read_open_file(int fd, size_t limit, size_t *length);

/// Writes a small file that exists already, such as those that control a cgroup.
bool write_control_file(const char *path, const char *value);

/// Sets room aside for what `replace_file` will write, so that a full disk cannot prevent it.
bool reserve_file(const char *name);

/// Makes `name` in the working directory hold `text`, entirely or not at all, also after a power failure.
bool replace_file(const char *name, const char *text);

/// Prints one sentence to standard error and returns `status`.
__attribute__((format(printf, 2, 3))) int report(int status, const char *format, ...);

/// Turns everything that would break a line or a column into blanks.
void flatten(char *text);

/// Makes new names in the working directory durable.
void sync_working_directory(void);
