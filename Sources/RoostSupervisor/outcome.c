#define _GNU_SOURCE
#include "outcome.h"

#include <stdio.h>

#include "util.h"

static void add(FILE *text, const char *key, int64_t number, int64_t unknown) {
    if (number != unknown) fprintf(text, "%s %lld\n", key, (long long)number);
}

static void add_sentence(FILE *text, const char *key, const char *sentence) {
    char copy[SENTENCE_MAX];
    if (*sentence == '\0') return;
    snprintf(copy, sizeof copy, "%s", sentence);
    flatten(copy);
    fprintf(text, "%s %s\n", key, copy);
}

bool outcome_write(const struct outcome *outcome) {
    char buffer[2 * SENTENCE_MAX + 512];
    FILE *text = fmemopen(buffer, sizeof buffer, "w");
    if (text == NULL) return false;
    add(text, "started_ms", outcome->started_ms, 0);
    add(text, "ended_ms", outcome->ended_ms, 0);
    add_sentence(text, "failed", outcome->failure);
    add_sentence(text, "lost", outcome->lost);
    add(text, "exit", outcome->exit_code, -1);
    add(text, "signal", outcome->signal, -1);
    add(text, "oom", outcome->out_of_memory, -1);
    add(text, "peak_bytes", outcome->counts.peak_bytes, -1);
    add(text, "cpu_us", outcome->counts.cpu_us, -1);
    return fclose(text) == 0 && replace_file("outcome", buffer);
}
