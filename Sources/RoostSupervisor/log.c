#define _GNU_SOURCE
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "util.h"

enum { HEADER_SIZE = 27 };

static void set_time(struct log *log) {
    int64_t now = wall_clock_ms();
    time_t seconds = (time_t)(now / 1000);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    size_t length = strftime(log->time, sizeof log->time, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(log->time + length, sizeof log->time - length, ".%03dZ", (int)(now % 1000));
}

static void open_file(struct log *log) {
    log->fd = open("log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    log->file_size = log->fd < 0 ? 0 : lseek(log->fd, 0, SEEK_END);
    log->content = 0;
}

void log_open(struct log *log, int64_t limit) {
    log->file_limit = limit / 2;
    log->previous_content = log->dropped = log->lost = log->waiting_since = log->out_content = 0;
    log->in_used = log->out_used = 0;
    open_file(log);
}

/// Writes whole records, or none: what a full disk took only a part of is taken back.
static bool write_records(struct log *log, const char *bytes, size_t count) {
    if (log->fd < 0) open_file(log);
    if (log->fd < 0) return false;
    if (write_all(log->fd, bytes, count)) {
        log->file_size += (int64_t)count;
        return true;
    }
    if (ftruncate(log->fd, log->file_size) != 0) return false;
    return false;
}

static bool write_number(struct log *log, char type, int64_t number) {
    char record[64];
    int length = snprintf(record, sizeof record, "%.24s %c %lld\n", log->time, type, (long long)number);
    return write_records(log, record, (size_t)length);
}

static void rotate(struct log *log) {
    if (rename("log", "log.1") != 0) return;
    close(log->fd);
    log->dropped += log->previous_content;
    log->previous_content = log->content;
    open_file(log);
    if (log->dropped > 0) write_number(log, 'D', log->dropped);
}

static void flush(struct log *log) {
    if (log->out_used == 0 && log->lost == 0) return;
    if (log->fd >= 0 && log->file_size > 0 && log->file_size + (int64_t)log->out_used > log->file_limit) rotate(log);
    if (log->lost > 0 && write_number(log, 'L', log->lost)) log->lost = 0;
    if (log->lost == 0 && write_records(log, log->out, log->out_used)) log->content += log->out_content;
    else log->lost += log->out_content;
    log->out_used = 0;
    log->out_content = 0;
}

/// Records `count` bytes; with type F, the line break behind them counts too.
static void record(struct log *log, char type, const char *bytes, size_t count) {
    if (log->out_used + HEADER_SIZE + count + 1 > sizeof log->out) flush(log);
    char *end = log->out + log->out_used;
    memcpy(end, log->time, 24);
    end[24] = ' ';
    end[25] = type;
    end[26] = ' ';
    memcpy(end + HEADER_SIZE, bytes, count);
    end[HEADER_SIZE + count] = '\n';
    log->out_used += HEADER_SIZE + count + 1;
    log->out_content += (int64_t)count + (type == 'F');
}

static const char *record_pieces(struct log *log, const char *from, const char *to) {
    for (; to - from > LOG_PIECE_MAX; from += LOG_PIECE_MAX) record(log, 'P', from, LOG_PIECE_MAX);
    return from;
}

/// Records all lines in `in` and moves what is left to its beginning.
static void record_lines(struct log *log) {
    const char *rest = log->in, *end = log->in + log->in_used;
    for (const char *newline; (newline = memchr(rest, '\n', (size_t)(end - rest))) != NULL; rest = newline + 1) {
        const char *last = record_pieces(log, rest, newline);
        record(log, 'F', last, (size_t)(newline - last));
        log->waiting_since = 0;
    }
    rest = record_pieces(log, rest, end);
    log->in_used = (size_t)(end - rest);
    memmove(log->in, rest, log->in_used);
    if (log->in_used == 0) log->waiting_since = 0;
    else if (log->waiting_since == 0) log->waiting_since = steady_clock_ms();
}

enum log_input log_take(struct log *log, int pipe) {
    ssize_t count = read(pipe, log->in + log->in_used, LOG_READ_MAX);
    if (count == 0) return LOG_INPUT_END;
    if (count < 0) return errno == EINTR ? LOG_INPUT_SOME : LOG_INPUT_NONE_NOW;
    log->in_used += (size_t)count;
    set_time(log);
    record_lines(log);
    flush(log);
    return LOG_INPUT_SOME;
}

int log_timeout(const struct log *log) {
    if (log->waiting_since == 0) return -1;
    int64_t rest = log->waiting_since + LOG_PATIENCE_MS - steady_clock_ms();
    return rest > 0 ? (int)rest : 0;
}

static void record_rest(struct log *log) {
    set_time(log);
    if (log->in_used > 0) record(log, 'P', log->in, log->in_used);
    log->in_used = 0;
    log->waiting_since = 0;
    flush(log);
}

void log_tick(struct log *log) {
    if (log_timeout(log) == 0) record_rest(log);
}

void log_finish(struct log *log) {
    record_rest(log);
    if (log->fd >= 0) close(log->fd);
}
