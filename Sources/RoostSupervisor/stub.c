#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "commands.h"
#include "protocol.h"
#include "util.h"

enum { ORDERS_MAX = 8 << 20 };

struct orders {
    char **command;
    char **environment;
};

__attribute__((format(printf, 1, 2))) static void tell(const char *format, ...) {
    char message[MESSAGE_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    send(FD_CHANNEL, message, strlen(message), MSG_NOSIGNAL);
}

static size_t count_strings(const char *text, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        if (text[i] == '\0') count++;
    return count;
}

static bool read_orders(struct orders *orders) {
    size_t length = 0;
    if (lseek(FD_ORDERS, 0, SEEK_SET) != 0) return false;
    char *text = read_open_file(FD_ORDERS, ORDERS_MAX, &length);
    if (text == NULL) return false;
    size_t strings = count_strings(text, length), arguments = strtoul(text, NULL, 10);
    if (arguments == 0 || arguments >= strings) return false;
    char **items = calloc(strings + 1, sizeof *items);
    if (items == NULL) return false;
    char *string = text + strlen(text) + 1;
    for (size_t i = 1; i < strings; i++) {
        items[i <= arguments ? i - 1 : i] = string;
        string += strlen(string) + 1;
    }
    *orders = (struct orders){.command = items, .environment = items + arguments + 1};
    return true;
}

/// Waits for the supervisor's next word; false if it is gone.
static bool receive(char *message) {
    ssize_t count;
    do count = recv(FD_CHANNEL, message, MESSAGE_MAX - 1, 0);
    while (count < 0 && errno == EINTR);
    if (count <= 0) return false;
    message[count] = '\0';
    return true;
}

static _Noreturn void become_program(const struct orders *orders, int failure) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    dup2(FD_LOG, STDOUT_FILENO);
    dup2(FD_LOG, STDERR_FILENO);
    close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
    environ = orders->environment;
    execvp(orders->command[0], orders->command);
    int error = errno;
    write_all(failure, &error, sizeof error);
    _exit(127);
}

static void tell_failure(const char *command, int error) {
    switch (error) {
        case ENOENT:
            tell(MESSAGE_FAILED " The command '%.300s' was not found in the image, or the interpreter that it names.",
                 command);
            break;
        case EACCES:
            tell(MESSAGE_FAILED " The command '%.300s' may not be executed: permission denied.", command);
            break;
        case E2BIG:
            tell(MESSAGE_FAILED " The command's arguments and environment are too long for the kernel.");
            break;
        default: tell(MESSAGE_FAILED " The command '%.300s' could not be started: %s.", command, strerror(error));
    }
}

/// Starts the program and waits until the kernel has accepted it; -1 if it has not.
static pid_t start(const struct orders *orders) {
    int failure[2], error = 0;
    if (pipe2(failure, O_CLOEXEC) != 0) return -1;
    pid_t program = fork();
    if (program == 0) become_program(orders, failure[1]);
    error = program < 0 ? errno : 0;
    close(failure[1]);
    close(FD_LOG);
    ssize_t count;
    do count = program < 0 ? 0 : read(failure[0], &error, sizeof error);
    while (count < 0 && errno == EINTR);
    close(failure[0]);
    if (error == 0) {
        tell(MESSAGE_STARTED " %lld", (long long)wall_clock_ms());
        return program;
    }
    tell_failure(orders->command[0], error);
    return -1;
}

/// Collects dead processes; true once the program is among them.
static bool collect(pid_t program) {
    int status;
    for (pid_t process; (process = waitpid(-1, &status, WNOHANG)) > 0;) {
        if (process != program) continue;
        long long now = wall_clock_ms();
        if (WIFSIGNALED(status)) tell(MESSAGE_SIGNAL " %d %lld", WTERMSIG(status), now);
        else tell(MESSAGE_EXIT " %d %lld", WEXITSTATUS(status), now);
        return true;
    }
    return false;
}

static void watch(pid_t program, int signals) {
    struct pollfd polls[] = {{.fd = FD_CHANNEL, .events = POLLIN}, {.fd = signals, .events = POLLIN}};
    while (!collect(program)) {
        if (poll(polls, 2, -1) < 0 && errno != EINTR) return;
        struct signalfd_siginfo info;
        if (polls[1].revents != 0 && read(signals, &info, sizeof info) < 0 && errno != EINTR) return;
        if (polls[0].revents == 0) continue;
        char message[MESSAGE_MAX];
        if (!receive(message)) return;
        if (strcmp(message, MESSAGE_TERMINATE) != 0) continue;
        kill(-program, SIGTERM);
        kill(-program, SIGCONT);
    }
}

// The kernel kills whatever is left in the process namespace when this, its process 1, returns.
int command_exec(void) {
    // The program runs as the same user; it must not look into this process or act in its name.
    prctl(PR_SET_DUMPABLE, 0);
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGCHLD);
    sigprocmask(SIG_BLOCK, &blocked, NULL);
    int signals = signalfd(-1, &blocked, SFD_CLOEXEC);
    struct orders orders;
    if (signals < 0 || !read_orders(&orders)) return report(126, "The command could not be read: %s", strerror(errno));
    close(FD_ORDERS);
    close(FD_PROGRAM);
    tell(MESSAGE_READY);
    char message[MESSAGE_MAX];
    if (!receive(message) || strcmp(message, MESSAGE_GO) != 0) return 1;
    pid_t program = start(&orders);
    if (program > 0) watch(program, signals);
    return 0;
}
