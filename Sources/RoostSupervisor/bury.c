#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cgroup.h"
#include "commands.h"
#include "lock.h"
#include "outcome.h"
#include "plan.h"
#include "util.h"

static const char what_is_known[] =
    "The process that watched this session was killed or the machine was restarted; the session ended with it.";

static int64_t read_start(void) {
    char *text = read_file("started", 64, NULL);
    int64_t time = text == NULL ? 0 : strtoll(text, NULL, 10);
    free(text);
    return time;
}

/// Ends what is left of a session, and counts what it used. Without a plan there is nothing to end it by.
static struct cgroup_counts end_rest(void) {
    struct plan plan;
    if (plan_read(&plan) != NULL) return (struct cgroup_counts){-1, -1, -1};
    cgroup_kill(&plan);
    struct cgroup_counts counts = cgroup_read(&plan);
    cgroup_remove(&plan);
    return counts;
}

int command_bury(const char *directory) {
    umask(077);
    if (chdir(directory) != 0) return report(EXIT_REFUSED, "%s cannot be entered: %s.", directory, strerror(errno));
    switch (lock_take()) {
        case LOCK_TAKEN: break;
        case LOCK_HELD: return EXIT_ACCEPTED;
        case LOCK_FAILED: return report(EXIT_TRY_LATER, "The lock cannot be taken: %s.", strerror(errno));
    }
    if (access("outcome", F_OK) == 0) return EXIT_ACCEPTED;
    struct outcome outcome = {.exit_code = -1, .signal = -1, .started_ms = read_start(), .ended_ms = wall_clock_ms()};
    outcome.counts = end_rest();
    snprintf(outcome.lost, sizeof outcome.lost, "%s", what_is_known);
    if (!outcome_write(&outcome)) return report(EXIT_TRY_LATER, "The outcome cannot be written: %s.", strerror(errno));
    unlink("plan");
    unlink("control");
    return EXIT_ACCEPTED;
}
