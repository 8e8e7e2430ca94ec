#define _GNU_SOURCE
#include "util.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { RESERVED = 4096 };

static int64_t clock_ms(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

int64_t wall_clock_ms(void) { return clock_ms(CLOCK_REALTIME); }

int64_t steady_clock_ms(void) { return clock_ms(CLOCK_MONOTONIC); }

bool write_all(int fd, const void *bytes, size_t count) {
    const char *rest = bytes;
    while (count > 0) {
        ssize_t written = write(fd, rest, count);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        rest += written;
        count -= (size_t)written;
    }
    return true;
}

char *read_open_file(int fd, size_t limit, size_t *length) {
    size_t room = 4096, used = 0;
    struct stat status;
    if (fstat(fd, &status) == 0 && status.st_size > 0) room = (size_t)status.st_size + 1;
    if (room > limit + 1) room = limit + 1;
    char *text = malloc(room + 1);
    while (text != NULL) {
        ssize_t count = read(fd, text + used, room - used);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) break;
        used += (size_t)count;
        if (used > limit) {
            errno = EFBIG;
            break;
        }
        if (count == 0) {
            text[used] = '\0';
            if (length != NULL) *length = used;
            return text;
        }
        if (used < room) continue;
        room = room * 2 < limit + 1 ? room * 2 : limit + 1;
        char *larger = realloc(text, room + 1);
        if (larger == NULL) break;
        text = larger;
    }
    free(text);
    return NULL;
}

char *read_file(const char *path, size_t limit, size_t *length) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return NULL;
    char *text = read_open_file(fd, limit, length);
    int error = errno;
    close(fd);
    errno = error;
    return text;
}

bool write_control_file(const char *path, const char *value) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return false;
    bool ok = write_all(fd, value, strlen(value));
    int error = errno;
    close(fd);
    errno = error;
    return ok;
}

void sync_working_directory(void) {
    int fd = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    fsync(fd);
    close(fd);
}

static int open_temporary(const char *name, char *path, size_t size) {
    snprintf(path, size, "%s.new", name);
    return open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
}

bool reserve_file(const char *name) {
    char temporary[64];
    int fd = open_temporary(name, temporary, sizeof temporary);
    if (fd < 0) return false;
    int error = posix_fallocate(fd, 0, RESERVED);
    close(fd);
    errno = error;
    return error == 0;
}

bool replace_file(const char *name, const char *text) {
    char temporary[64];
    size_t length = strlen(text);
    int fd = open_temporary(name, temporary, sizeof temporary);
    if (fd < 0) return false;
    bool ok = write_all(fd, text, length) && ftruncate(fd, (off_t)length) == 0 && fsync(fd) == 0;
    close(fd);
    if (!ok || rename(temporary, name) != 0) return false;
    sync_working_directory();
    return true;
}

int report(int status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    return status;
}

void flatten(char *text) {
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f) *text = ' ';
}
