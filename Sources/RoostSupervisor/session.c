#define _GNU_SOURCE
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "cgroup.h"
#include "protocol.h"
#include "util.h"

void session_hint(const struct session *session) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const char *path = session->plan->events;
    if (path == NULL || strlen(path) >= sizeof address.sun_path) return;
    strcpy(address.sun_path, path);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return;
    const char *id = session->plan->id;
    sendto(fd, id, strlen(id), MSG_NOSIGNAL, (struct sockaddr *)&address, sizeof address);
    close(fd);
}

static void fail(struct session *session, const char *sentence) {
    if (*session->outcome.failure == '\0')
        snprintf(session->outcome.failure, sizeof session->outcome.failure, "%s", sentence);
    session_kill(session);
}

static bool say(const struct session *session, const char *message) {
    return send(session->sandbox.channel, message, strlen(message), MSG_NOSIGNAL) >= 0;
}

void session_kill(struct session *session) {
    session->is_killed = true;
    session->kill_at = 0;
    // Its death is the death of the sandbox's first process, and so of all in the process namespace.
    if (session->sandbox.process > 0) kill(session->sandbox.process, SIGKILL);
    if (session->sandbox.channel >= 0) shutdown(session->sandbox.channel, SHUT_RDWR);
    cgroup_kill(session->plan);
}

void session_stop(struct session *session, int64_t grace_ms) {
    session->stop_requested = true;
    if (session->is_killed) return;
    int64_t kill_at = steady_clock_ms() + grace_ms;
    if (session->kill_at == 0 || kill_at < session->kill_at) session->kill_at = kill_at;
    if (!session->is_released || !say(session, MESSAGE_TERMINATE)) session_kill(session);
}

/// Creates the mark that forbids a second launch of this session.
static bool mark_released(void) {
    int fd = open("started", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return false;
    close(fd);
    // Before the program runs: after a power failure the session would otherwise look as if it had never been launched.
    sync_working_directory();
    return true;
}

/// The sandbox stands: puts its first process under the limits and lets it start the program.
static void release(struct session *session, pid_t first_process) {
    if (session->stop_requested) return;
    const char *error = cgroup_join(session->plan, first_process);
    if (error != NULL) {
        fail(session, error);
    } else if (!mark_released()) {
        fail(session, "The mark of the start could not be written; the disk may be full.");
    } else {
        session->is_released = true;
        say(session, MESSAGE_GO);
    }
}

static void note_start(struct session *session, int64_t time) {
    char text[32];
    session->outcome.started_ms = time;
    snprintf(text, sizeof text, "%lld\n", (long long)time);
    // A full disk only hides the start until the end, which tells it too.
    write_control_file("started", text);
    session_hint(session);
}

static void interpret(struct session *session, const char *message, pid_t sender) {
    int number;
    long long time;
    if (strcmp(message, MESSAGE_READY) == 0) {
        release(session, sender);
    } else if (sscanf(message, MESSAGE_STARTED " %lld", &time) == 1) {
        note_start(session, time);
    } else if (sscanf(message, MESSAGE_EXIT " %d %lld", &number, &time) == 2) {
        session->outcome.exit_code = number;
        session->outcome.ended_ms = time;
    } else if (sscanf(message, MESSAGE_SIGNAL " %d %lld", &number, &time) == 2) {
        session->outcome.signal = number;
        session->outcome.ended_ms = time;
    } else if (strncmp(message, MESSAGE_FAILED " ", strlen(MESSAGE_FAILED) + 1) == 0) {
        fail(session, message + strlen(MESSAGE_FAILED) + 1);
    }
}

bool session_hear(struct session *session) {
    char message[MESSAGE_MAX];
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(struct ucred))];
    } control;
    struct iovec part = {message, sizeof message - 1};
    struct msghdr envelope = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t count = recvmsg(session->sandbox.channel, &envelope, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (count < 0) return errno == EAGAIN || errno == EINTR;
    if (count == 0) return false;
    message[count] = '\0';
    struct ucred sender = {0};
    struct cmsghdr *header = CMSG_FIRSTHDR(&envelope);
    if (header != NULL && header->cmsg_type == SCM_CREDENTIALS) memcpy(&sender, CMSG_DATA(header), sizeof sender);
    interpret(session, message, sender.pid);
    return true;
}

/// Fills in what nobody reported: the program, or the whole sandbox, was killed.
static void settle(struct session *session) {
    struct outcome *outcome = &session->outcome;
    if (outcome->ended_ms == 0) outcome->ended_ms = wall_clock_ms();
    if (*outcome->failure != '\0' || outcome->exit_code >= 0 || outcome->signal >= 0) return;
    if (session->is_released) {
        outcome->signal = SIGKILL;
    } else if (session->stop_requested) {
        outcome->signal = SIGTERM;
    } else {
        flatten(session->complaint);
        snprintf(outcome->failure, sizeof outcome->failure, "The sandbox could not be set up: %s.",
                 session->complaint_length > 0 ? session->complaint : "bubblewrap ended without a word");
    }
}

static void count(struct session *session) {
    struct outcome *outcome = &session->outcome;
    outcome->counts = cgroup_read(session->plan);
    if (outcome->counts.peak_bytes < 0) outcome->counts.peak_bytes = session->reaped_peak_bytes;
    if (outcome->counts.cpu_us < 0) outcome->counts.cpu_us = session->reaped_cpu_us;
    // A child that the kernel killed some time ago is not what a stop, or another exit code, means.
    bool was_killed = outcome->signal == SIGKILL || outcome->exit_code == 128 + SIGKILL;
    outcome->out_of_memory = outcome->counts.oom_kills > 0 && was_killed && !session->stop_requested;
}

void session_conclude(struct session *session) {
    settle(session);
    count(session);
    cgroup_remove(session->plan);
    // A full disk is what makes this fail, and the outcome is worth waiting for; unless the directory has been deleted.
    for (useconds_t pause = 10000; !outcome_write(&session->outcome); pause = pause < 1000000 ? pause * 2 : pause) {
        if (errno == ENOENT) return;
        usleep(pause);
    }
    unlink("plan");
    unlink("control");
    session_hint(session);
}
