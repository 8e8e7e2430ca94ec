#define _GNU_SOURCE
#include "supervise.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cgroup.h"
#include "session.h"
#include "util.h"

enum {
    /// What a program gets when the machine shuts down, or somebody else asks the supervisor to end.
    OWN_GRACE_MS = 10000,
    /// A read from a pipe gives at least a page unless the pipe is empty by then.
    LOG_PIECE_MIN = 4096,
    GRACE_MAX_MS = 24 * 3600 * 1000,
    CHILDREN_MAX = 1 << 20,
};

/// The descriptors that the loop waits for.
enum source { SOURCE_SIGNALS, SOURCE_CONTROL, SOURCE_CHANNEL, SOURCE_LOG, SOURCE_ERRORS, SOURCE_COUNT };

static struct session session;

static int open_signals(void) {
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGCHLD);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, NULL);
    signal(SIGHUP, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &blocked, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void add_usage(const struct rusage *usage) {
    int64_t seconds = usage->ru_utime.tv_sec + usage->ru_stime.tv_sec;
    session.reaped_cpu_us += seconds * 1000000 + usage->ru_utime.tv_usec + usage->ru_stime.tv_usec;
    int64_t peak = (int64_t)usage->ru_maxrss * 1024;
    if (peak > session.reaped_peak_bytes) session.reaped_peak_bytes = peak;
}

/// Kills every child, also those that became children when the one that made them died.
///
/// A bubblewrap that is killed while it sets up its namespaces leaves a process that waits for it for ever.
static void kill_children(void) {
    char *list = read_file("/proc/thread-self/children", CHILDREN_MAX, NULL);
    if (list == NULL) return;
    char *rest = list, *end;
    for (long child; (child = strtol(rest, &end, 10)) > 0 && end != rest; rest = end) kill((pid_t)child, SIGKILL);
    free(list);
}

/// Collects dead children; false once there are none left, dead or alive.
static bool reap(void) {
    struct rusage usage;
    pid_t process;
    while ((process = wait4(-1, NULL, WNOHANG, &usage)) > 0) {
        add_usage(&usage);
        if (process == session.sandbox.process) session.sandbox.process = 0;
    }
    if (process == 0 && session.sandbox.process == 0) kill_children();
    return process == 0;
}

static void take_signals(int signals) {
    struct signalfd_siginfo info;
    while (read(signals, &info, sizeof info) == sizeof info)
        if (info.ssi_signo == SIGTERM) session_stop(&session, OWN_GRACE_MS);
}

static void take_requests(int control) {
    char text[4096];
    ssize_t count = read(control, text, sizeof text - 1);
    if (count <= 0) return;
    text[count] = '\0';
    char *rest = text;
    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        long long grace;
        if (sscanf(line, "stop %lld", &grace) == 1 && grace >= 0)
            session_stop(&session, grace < GRACE_MAX_MS ? grace : GRACE_MAX_MS);
    }
}

/// Keeps the end of what the sandbox's builder complains about; false when its pipe has ended.
static bool take_complaint(void) {
    char text[512];
    ssize_t count = read(session.sandbox.errors, text, sizeof text);
    if (count <= 0) return count < 0 && (errno == EAGAIN || errno == EINTR);
    size_t room = sizeof session.complaint - 1 - session.complaint_length;
    size_t taken = (size_t)count < room ? (size_t)count : room;
    memcpy(session.complaint + session.complaint_length, text, taken);
    session.complaint_length += taken;
    while (session.complaint_length > 0 && strchr(".\n ", session.complaint[session.complaint_length - 1]) != NULL)
        session.complaint_length--;
    session.complaint[session.complaint_length] = '\0';
    return true;
}

static int timeout(void) {
    int log = log_timeout(&session.log);
    if (session.kill_at == 0) return log;
    int64_t rest = session.kill_at - steady_clock_ms();
    int kill = rest < 0 ? 0 : (int)rest;
    return log >= 0 && log < kill ? log : kill;
}

static void keep_time(void) {
    log_tick(&session.log);
    if (session.kill_at != 0 && steady_clock_ms() >= session.kill_at) session_kill(&session);
}

static void close_source(struct pollfd *poll) {
    close(poll->fd);
    poll->fd = -1;
}

static void serve(struct pollfd *polls) {
    if (polls[SOURCE_CHANNEL].revents != 0 && !session_hear(&session)) {
        close_source(&polls[SOURCE_CHANNEL]);
        session.sandbox.channel = -1;
    }
    if (polls[SOURCE_LOG].revents != 0 && log_take(&session.log, session.sandbox.log) == LOG_INPUT_END)
        close_source(&polls[SOURCE_LOG]);
    if (polls[SOURCE_ERRORS].revents != 0 && !take_complaint()) close_source(&polls[SOURCE_ERRORS]);
    if (polls[SOURCE_CONTROL].revents != 0) take_requests(polls[SOURCE_CONTROL].fd);
    if (polls[SOURCE_SIGNALS].revents != 0) take_signals(polls[SOURCE_SIGNALS].fd);
}

/// Takes what dead processes left in the log's pipe, and no more: a living one that was handed the pipe could go on for ever.
static void drain_log(int log) {
    int left = 0;
    if (ioctl(log, FIONREAD, &left) != 0) return;
    for (int rounds = left / LOG_PIECE_MIN + 1; rounds > 0; rounds--)
        if (log_take(&session.log, log) != LOG_INPUT_SOME) return;
}

/// Takes what dead processes left in the pipes.
static void drain(const struct pollfd *polls) {
    while (polls[SOURCE_CHANNEL].fd >= 0 && session_hear(&session) && !session.is_killed) {
        struct pollfd more = {.fd = session.sandbox.channel, .events = POLLIN};
        if (poll(&more, 1, 0) <= 0) break;
    }
    if (polls[SOURCE_ERRORS].fd >= 0) take_complaint();
    if (polls[SOURCE_LOG].fd >= 0) drain_log(session.sandbox.log);
    log_finish(&session.log);
}

static void run(int control, int signals) {
    struct pollfd polls[SOURCE_COUNT] = {
        [SOURCE_SIGNALS] = {.fd = signals, .events = POLLIN},
        [SOURCE_CONTROL] = {.fd = control, .events = POLLIN},
        [SOURCE_CHANNEL] = {.fd = session.sandbox.channel, .events = POLLIN},
        [SOURCE_LOG] = {.fd = session.sandbox.log, .events = POLLIN},
        [SOURCE_ERRORS] = {.fd = session.sandbox.errors, .events = POLLIN},
    };
    while (reap()) {
        int ready = poll(polls, SOURCE_COUNT, timeout());
        if (ready > 0) serve(polls);
        keep_time();
    }
    drain(polls);
}

/// Nothing of the plan is needed any more but where the cgroups are; its secrets should not stay in memory.
static void forget_secrets(struct plan *plan) {
    for (size_t i = 0; i < plan->environment.count; i++)
        explicit_bzero(plan->environment.items[i], strlen(plan->environment.items[i]));
}

/// Makes the cgroups and moves the sandbox's builder there, while that is at work.
///
/// Entering a cgroup waits for the kernel's other processors, some milliseconds that would otherwise be lost. Nothing of
/// the session runs before its first process is moved as well, which then takes no time any more.
static const char *set_limits(const struct plan *plan) {
    const char *error = cgroup_create(plan);
    return error != NULL ? error : cgroup_join(plan, session.sandbox.process);
}

void supervise(struct plan *plan, int control) {
    session.plan = plan;
    session.outcome = (struct outcome){.exit_code = -1, .signal = -1};
    session.sandbox.channel = -1;
    int signals = open_signals();
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    log_open(&session.log, plan->log_limit);
    const char *error = sandbox_start(plan, &session.sandbox);
    if (error == NULL) {
        forget_secrets(plan);
        error = set_limits(plan);
        if (error != NULL) session_kill(&session);
        run(control, signals);
    }
    if (error != NULL) snprintf(session.outcome.failure, sizeof session.outcome.failure, "%s", error);
    session_conclude(&session);
}
