#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands.h"
#include "lock.h"
#include "plan.h"
#include "supervise.h"
#include "util.h"

/// Whether the session has run, or must not be run again.
static bool is_over(void) { return access("outcome", F_OK) == 0 || access("started", F_OK) == 0; }

static int open_control(void) {
    if (mkfifo("control", 0600) != 0 && errno != EEXIST) return -1;
    // Open for writing too, so that it does not end when a writer closes it.
    return open("control", O_RDWR | O_NONBLOCK | O_CLOEXEC);
}

static void detach_standard_files(void) {
    int null = open("/dev/null", O_RDWR);
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) dup2(null, fd);
    if (null > STDERR_FILENO) close(null);
}

static int start(struct plan *plan, int control) {
    pid_t supervisor = fork();
    if (supervisor < 0) return report(EXIT_TRY_LATER, "The supervisor could not be started: %s.", strerror(errno));
    if (supervisor > 0) return EXIT_ACCEPTED;
    setsid();
    detach_standard_files();
    supervise(plan, control);
    return EXIT_ACCEPTED;
}

int command_watch(const char *directory) {
    close_range(STDERR_FILENO + 1, ~0U, 0);
    umask(077);
    if (chdir(directory) != 0) return report(EXIT_REFUSED, "%s cannot be entered: %s.", directory, strerror(errno));
    // Inherited by the supervisor, and held until it ends.
    switch (lock_take()) {
        case LOCK_TAKEN: break;
        case LOCK_HELD: return EXIT_ACCEPTED;
        case LOCK_FAILED: return report(EXIT_TRY_LATER, "The lock cannot be taken: %s.", strerror(errno));
    }
    if (is_over()) {
        // Written by a launch that came too late; it holds the session's environment.
        unlink("plan");
        return EXIT_ACCEPTED;
    }
    struct plan plan;
    const char *problem = plan_read(&plan);
    if (problem != NULL) return report(EXIT_REFUSED, "%s", problem);
    if (!reserve_file("outcome"))
        return report(EXIT_TRY_LATER, "There is no room to note the session's outcome: %s.", strerror(errno));
    int control = open_control();
    if (control < 0) return report(EXIT_TRY_LATER, "The control pipe cannot be made: %s.", strerror(errno));
    return start(&plan, control);
}
