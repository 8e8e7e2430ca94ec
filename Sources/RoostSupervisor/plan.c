#define _GNU_SOURCE
#include "plan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util.h"

enum { PLAN_SIZE_MAX = 8 << 20 };

static bool append(struct strings *list, char *item) {
    if (list->count % 16 == 0) {
        char **larger = realloc(list->items, (list->count + 17) * sizeof *larger);
        if (larger == NULL) return false;
        list->items = larger;
    }
    list->items[list->count++] = item;
    list->items[list->count] = NULL;
    return true;
}

static bool append_data(struct plan *plan, const char *number, char *text) {
    if (plan->data_count == PLAN_DATA_MAX) return false;
    plan->data[plan->data_count++] = (struct plan_data){.fd = atoi(number), .text = text};
    return true;
}

static struct strings *list_named(struct plan *plan, const char *key) {
    if (strcmp(key, "sandbox") == 0) return &plan->sandbox;
    if (strcmp(key, "command") == 0) return &plan->command;
    if (strcmp(key, "environment") == 0) return &plan->environment;
    if (strcmp(key, "cgroup") == 0) return &plan->cgroups;
    if (strcmp(key, "limit") == 0) return &plan->limits;
    if (strcmp(key, "preference") == 0) return &plan->preferences;
    return NULL;
}

static const char **text_named(struct plan *plan, const char *key) {
    if (strcmp(key, "id") == 0) return &plan->id;
    if (strcmp(key, "stage") == 0) return &plan->stage;
    if (strcmp(key, "home") == 0) return &plan->home;
    if (strcmp(key, "root") == 0) return &plan->root;
    if (strcmp(key, "events") == 0) return &plan->events;
    if (strcmp(key, "memory-cgroup") == 0) return &plan->memory_cgroup;
    if (strcmp(key, "cpu-cgroup") == 0) return &plan->cpu_cgroup;
    return NULL;
}

static bool set_number(struct plan *plan, const char *key, const char *value) {
    if (strcmp(key, "uid") == 0) {
        plan->uid = (uid_t)strtoul(value, NULL, 10);
        plan->switches_user = true;
    } else if (strcmp(key, "gid") == 0) {
        plan->gid = (gid_t)strtoul(value, NULL, 10);
    } else if (strcmp(key, "cgroup-version") == 0) {
        plan->cgroup_version = atoi(value);
    } else if (strcmp(key, "log-limit") == 0) {
        plan->log_limit = strtoll(value, NULL, 10);
    } else {
        return false;
    }
    return true;
}

static bool set(struct plan *plan, const char *key, char *value) {
    struct strings *list = list_named(plan, key);
    if (list != NULL) return append(list, value);
    const char **text = text_named(plan, key);
    if (text != NULL) {
        *text = value;
        return true;
    }
    if (strncmp(key, "data.", 5) == 0) return append_data(plan, key + 5, value);
    return set_number(plan, key, value);
}

static const char *missing(const struct plan *plan) {
    if (plan->id == NULL) return "The plan names no session.";
    if (plan->sandbox.count == 0) return "The plan does not say how to build the sandbox.";
    if (plan->command.count == 0) return "The plan has no command.";
    if (plan->log_limit <= 0) return "The plan sets no limit for the log.";
    if (plan->switches_user && plan->uid == 0) return "The plan asks to run the session as root, which is refused.";
    if (plan->switches_user && plan->stage == NULL) return "The plan names no directory to stage the home in.";
    return NULL;
}

const char *plan_read(struct plan *plan) {
    static char problem[160];
    size_t length = 0;
    *plan = (struct plan){0};
    plan->memory = read_file("plan", PLAN_SIZE_MAX, &length);
    if (plan->memory == NULL) {
        snprintf(problem, sizeof problem, "The plan cannot be read: %s.", strerror(errno));
        return problem;
    }
    char *end = plan->memory + length;
    for (char *key = plan->memory; key < end;) {
        char *value = key + strlen(key) + 1;
        if (value >= end) return "The plan breaks off in the middle.";
        if (!set(plan, key, value)) {
            snprintf(problem, sizeof problem, "The plan has a key that this supervisor does not know: '%.40s'.", key);
            return problem;
        }
        key = value + strlen(value) + 1;
    }
    return missing(plan);
}

void plan_free(struct plan *plan) {
    struct strings *lists[] = {&plan->sandbox, &plan->command, &plan->environment,
                               &plan->cgroups, &plan->limits,  &plan->preferences};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) free(lists[i]->items);
    free(plan->memory);
    *plan = (struct plan){0};
}
