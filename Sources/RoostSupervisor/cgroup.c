#define _GNU_SOURCE
#include "cgroup.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util.h"

enum { PATIENCE_MS = 10000, CONTROL_FILE_MAX = 1 << 20 };

static char problem[PATH_MAX + 200];

static const char *failed(const char *what, const char *path) {
    int error = errno;
    snprintf(problem, sizeof problem, "%s %s failed: %s.", what, path, strerror(error));
    return problem;
}

static const char *in(const char *directory, const char *file) {
    static char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", directory, file);
    return path;
}

/// Writes what stands behind the line break of `setting` to the path before it.
static bool apply(const char *setting) {
    char path[PATH_MAX];
    const char *split = strchr(setting, '\n');
    if (split == NULL || (size_t)(split - setting) >= sizeof path) {
        errno = EINVAL;
        return false;
    }
    memcpy(path, setting, (size_t)(split - setting));
    path[split - setting] = '\0';
    return write_control_file(path, split + 1);
}

const char *cgroup_create(const struct plan *plan) {
    for (size_t i = 0; i < plan->cgroups.count; i++) {
        if (mkdir(plan->cgroups.items[i], 0755) == 0) continue;
        if (errno != EEXIST) return failed("Making the cgroup", plan->cgroups.items[i]);
        // What a supervisor that was killed before it started its session left behind.
        cgroup_kill(plan);
    }
    for (size_t i = 0; i < plan->limits.count; i++)
        if (!apply(plan->limits.items[i])) return failed("Setting the limit", plan->limits.items[i]);
    for (size_t i = 0; i < plan->preferences.count; i++) apply(plan->preferences.items[i]);
    return NULL;
}

const char *cgroup_join(const struct plan *plan, pid_t process) {
    char number[16];
    snprintf(number, sizeof number, "%d", process);
    for (size_t i = 0; i < plan->cgroups.count; i++) {
        const char *path = in(plan->cgroups.items[i], "cgroup.procs");
        if (!write_control_file(path, number)) return failed("Entering the cgroup", plan->cgroups.items[i]);
    }
    return NULL;
}

/// Sends SIGKILL to all processes of a cgroup and says whether there were any.
static bool kill_members(const char *directory) {
    char *list = read_file(in(directory, "cgroup.procs"), CONTROL_FILE_MAX, NULL);
    if (list == NULL) return false;
    bool any = false;
    for (char *rest = list; *rest != '\0';) {
        pid_t process = (pid_t)strtol(rest, &rest, 10);
        if (process > 1) kill(process, SIGKILL);
        if (process > 0) any = true;
        while (*rest == '\n') rest++;
    }
    free(list);
    return any;
}

void cgroup_kill(const struct plan *plan) {
    int64_t deadline = steady_clock_ms() + PATIENCE_MS;
    for (useconds_t pause = 500; steady_clock_ms() < deadline; pause = pause < 20000 ? pause * 2 : pause) {
        bool any = false;
        for (size_t i = 0; i < plan->cgroups.count; i++) {
            if (plan->cgroup_version == 2) write_control_file(in(plan->cgroups.items[i], "cgroup.kill"), "1");
            if (kill_members(plan->cgroups.items[i])) any = true;
        }
        if (!any) return;
        usleep(pause);
    }
}

void cgroup_remove(const struct plan *plan) {
    int64_t deadline = steady_clock_ms() + PATIENCE_MS;
    for (size_t i = 0; i < plan->cgroups.count; i++) {
        // The kernel answers EBUSY for some milliseconds after the last process is gone.
        for (useconds_t pause = 500; rmdir(plan->cgroups.items[i]) != 0; pause = pause < 20000 ? pause * 2 : pause) {
            if (errno != EBUSY || steady_clock_ms() > deadline) break;
            usleep(pause);
        }
    }
}

/// The number behind `key` in a file of keys and numbers, or the file's only number if `key` is NULL.
static int64_t number_in(const char *directory, const char *file, const char *key) {
    if (directory == NULL) return -1;
    char *text = read_file(in(directory, file), CONTROL_FILE_MAX, NULL);
    if (text == NULL) return -1;
    int64_t number = -1;
    if (key == NULL) number = strtoll(text, NULL, 10);
    size_t length = key == NULL ? 0 : strlen(key);
    for (char *line = key == NULL ? NULL : text; line != NULL; line = strchr(line, '\n')) {
        if (*line == '\n') line++;
        if (strncmp(line, key, length) == 0 && line[length] == ' ') number = strtoll(line + length, NULL, 10);
    }
    free(text);
    return number;
}

struct cgroup_counts cgroup_read(const struct plan *plan) {
    if (plan->cgroup_version == 2) {
        return (struct cgroup_counts){
            .oom_kills = number_in(plan->memory_cgroup, "memory.events", "oom_kill"),
            .peak_bytes = number_in(plan->memory_cgroup, "memory.peak", NULL),
            .cpu_us = number_in(plan->cpu_cgroup, "cpu.stat", "usage_usec"),
        };
    }
    int64_t nanoseconds = number_in(plan->cpu_cgroup, "cpuacct.usage", NULL);
    return (struct cgroup_counts){
        .oom_kills = number_in(plan->memory_cgroup, "memory.oom_control", "oom_kill"),
        .peak_bytes = number_in(plan->memory_cgroup, "memory.max_usage_in_bytes", NULL),
        .cpu_us = nanoseconds < 0 ? -1 : nanoseconds / 1000,
    };
}
