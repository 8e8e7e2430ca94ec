#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    /// A longer line is kept in pieces.
    LOG_PIECE_MAX = 16 << 10,
    LOG_READ_MAX = 64 << 10,
    LOG_WRITE_MAX = 128 << 10,
    /// How long the beginning of a line may wait for its end.
    LOG_PATIENCE_MS = 100,
};

/// The log of a session: the files `log` and, before it, `log.1`, each a list of records.
///
/// A record is `TIME TYPE CONTENT\n`. TIME is `YYYY-MM-DDTHH:MM:SS.mmmZ`; TYPE is F for a line or the end of one, P for
/// bytes that no line break follows, D (a number) for how many bytes earlier files held that are gone, L (a number)
/// for bytes that could not be written at this place.
struct log {
    int fd;
    /// The size above which `log` becomes `log.1`.
    int64_t file_limit;
    int64_t file_size;
    /// Bytes of output that the present, the previous, and all dropped files hold.
    int64_t content, previous_content, dropped;
    /// Bytes of output that could not be written since the last that could.
    int64_t lost;
    /// When the line without end in `in` began; 0 if there is none.
    int64_t waiting_since;
    size_t in_used, out_used;
    /// Bytes of output in `out`.
    int64_t out_content;
    char time[32];
    char in[LOG_READ_MAX + LOG_PIECE_MAX];
    char out[LOG_WRITE_MAX];
};

/// Opens the log in the working directory.
void log_open(struct log *log, int64_t limit);

/// What became of reading once from a pipe.
enum log_input { LOG_INPUT_SOME, LOG_INPUT_NONE_NOW, LOG_INPUT_END };

/// Reads once from the pipe, which must not block, and records what came.
enum log_input log_take(struct log *log, int pipe);

/// Milliseconds until `log_tick` must be called; -1 for never.
int log_timeout(const struct log *log);

/// Records the beginning of a line that has waited long enough.
void log_tick(struct log *log);

/// Records everything that is left.
void log_finish(struct log *log);
