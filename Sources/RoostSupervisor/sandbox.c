#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "enter.h"
#include "protocol.h"
#include "util.h"

static char problem[PATH_MAX + 200];

static const char *failed(const char *what) {
    snprintf(problem, sizeof problem, "%s failed: %s.", what, strerror(errno));
    return problem;
}

/// A file in memory that holds `bytes`.
static int memory_file(const char *bytes, size_t count) {
    int fd = memfd_create("roost", MFD_CLOEXEC);
    if (fd < 0) return -1;
    if (write_all(fd, bytes, count) && lseek(fd, 0, SEEK_SET) == 0) return fd;
    close(fd);
    return -1;
}

static bool write_strings(int fd, const struct strings *strings) {
    for (size_t i = 0; i < strings->count; i++)
        if (!write_all(fd, strings->items[i], strlen(strings->items[i]) + 1)) return false;
    return true;
}

static int open_orders(const struct plan *plan) {
    int fd = memfd_create("roost-orders", MFD_CLOEXEC);
    if (fd < 0) return -1;
    char count[24];
    snprintf(count, sizeof count, "%zu", plan->command.count);
    bool ok = write_all(fd, count, strlen(count) + 1) && write_strings(fd, &plan->command) &&
              write_strings(fd, &plan->environment);
    if (ok) return fd;
    close(fd);
    return -1;
}

static const char *open_data(const struct plan *plan, struct entrance *entrance) {
    for (size_t i = 0; i < plan->data_count; i++) {
        int fd = memory_file(plan->data[i].text, strlen(plan->data[i].text));
        if (fd < 0) return failed("Making a file in memory");
        entrance->handed[entrance->handed_count++] = (struct handed_fd){fd, plan->data[i].fd};
    }
    return NULL;
}

/// A copy in memory of the supervisor's own program file, which nobody can change.
static int copy_program(void) {
    int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    int copy = memfd_create("roost-supervisor", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    bool ok = file >= 0 && copy >= 0;
    for (ssize_t count = 1; ok && count > 0;) {
        count = sendfile(copy, file, NULL, 1 << 20);
        ok = count >= 0;
    }
    ok = ok && fchmod(copy, 0500) == 0 && fcntl(copy, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) == 0;
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", copy);
    // The kernel does not run a file that is open for writing.
    int program = ok ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file >= 0) close(file);
    if (copy >= 0) close(copy);
    return program;
}

/// What the sandbox's first process runs. A session that runs as the owner of the supervisor's file could reach it through
/// `/proc/PID/exe` and change its mode, so it gets a copy.
static int open_program(const struct plan *plan) {
    return plan->switches_user ? open("/proc/self/exe", O_PATH | O_CLOEXEC) : copy_program();
}

static const char *open_connections(const struct plan *plan, struct sandbox *sandbox, struct entrance *entrance) {
    int channel[2], log[2], errors[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel) != 0) return failed("Making a socket pair");
    if (pipe2(log, O_CLOEXEC) != 0 || pipe2(errors, O_CLOEXEC) != 0) return failed("Making a pipe");
    int yes = 1;
    setsockopt(channel[0], SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes);
    // So that a program may open /dev/stdout, which leads to this pipe.
    if (plan->switches_user && fchown(log[1], plan->uid, plan->gid) != 0) return failed("Giving away the log pipe");
    fcntl(log[0], F_SETFL, O_NONBLOCK);
    fcntl(errors[0], F_SETFL, O_NONBLOCK);
    int orders = open_orders(plan);
    if (orders < 0) return failed("Making a file in memory");
    int program = open_program(plan);
    if (program < 0) return failed("Opening the supervisor's own program file");
    *sandbox = (struct sandbox){.channel = channel[0], .log = log[0], .errors = errors[0]};
    struct handed_fd handed[] = {{errors[1], FD_ERRORS}, {channel[1], FD_CHANNEL}, {log[1], FD_LOG},
                                 {orders, FD_ORDERS},    {program, FD_PROGRAM}};
    memcpy(entrance->handed, handed, sizeof handed);
    entrance->handed_count = sizeof handed / sizeof *handed;
    return NULL;
}

static const char *open_all(const struct plan *plan, struct sandbox *sandbox, struct entrance *entrance) {
    const char *error = open_connections(plan, sandbox, entrance);
    if (error == NULL) error = open_data(plan, entrance);
    return error;
}

const char *sandbox_start(const struct plan *plan, struct sandbox *sandbox) {
    struct entrance entrance = {.supervisor = getpid()};
    const char *error = open_all(plan, sandbox, &entrance);
    if (error != NULL) return error;
    sandbox->process = fork();
    if (sandbox->process < 0) return failed("Starting a process");
    if (sandbox->process == 0) sandbox_enter(plan, &entrance);
    for (size_t i = 0; i < entrance.handed_count; i++) close(entrance.handed[i].fd);
    return NULL;
}
