#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "util.h"

static const char usage[] =
    "usage: roost-supervisor watch DIRECTORY   start the session whose plan is in DIRECTORY\n"
    "       roost-supervisor bury DIRECTORY    clean up after a session whose supervisor was killed\n"
    "       roost-supervisor exec              first process of a sandbox; started by watch\n";

int main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], "watch") == 0) return command_watch(argv[2]);
    if (argc == 3 && strcmp(argv[1], "bury") == 0) return command_bury(argv[2]);
    if (argc == 2 && strcmp(argv[1], "exec") == 0) return command_exec();
    fputs(usage, stderr);
    return EXIT_REFUSED;
}
