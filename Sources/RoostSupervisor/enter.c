#define _GNU_SOURCE
#include "enter.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/keyctl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "protocol.h"
#include "util.h"

/// Where descriptors wait, out of the way of the numbers that they are to get.
enum { FD_WAITING = 100 };

static _Noreturn void die(const char *what) {
    dprintf(FD_ERRORS, "%s failed: %s\n", what, strerror(errno));
    _exit(126);
}

static void reset_process(void) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    umask(022);
    // A server that is spared when memory runs out must not pass that on; lowering it needs root, which is no matter.
    write_control_file("/proc/self/oom_score_adj", "0");
    struct rlimit core;
    if (getrlimit(RLIMIT_CORE, &core) == 0) {
        core.rlim_cur = 0;
        setrlimit(RLIMIT_CORE, &core);
    }
}

/// Gives each descriptor its number; two rounds, as one's number may be another's present one.
static void hand_over(const struct entrance *entrance) {
    int waiting[PLAN_DATA_MAX + 5];
    for (size_t i = 0; i < entrance->handed_count; i++) {
        waiting[i] = fcntl(entrance->handed[i].fd, F_DUPFD_CLOEXEC, FD_WAITING);
        if (waiting[i] < 0) die("Duplicating a file descriptor");
    }
    for (size_t i = 0; i < entrance->handed_count; i++)
        if (dup2(waiting[i], entrance->handed[i].number) < 0) die("Duplicating a file descriptor");
}

/// Opens a directory of this mount namespace; -1 for no path.
static int open_directory(const char *path) {
    if (path == NULL) return -1;
    int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        dprintf(FD_ERRORS, "The directory %s cannot be opened: %s\n", path, strerror(errno));
        _exit(126);
    }
    return fd;
}

static void bind_below_stage(const char *stage, const char *name, int fd) {
    char target[256], source[64];
    snprintf(target, sizeof target, "%s/%s", stage, name);
    snprintf(source, sizeof source, "/proc/self/fd/%d", fd);
    if (mkdir(target, 0755) != 0) die("Making a directory to bind");
    if (mount(source, target, NULL, MS_BIND | MS_REC, NULL) != 0) die("Binding a directory");
}

/// Puts home and image where their user can reach them, however deep below closed directories they are.
static void stage_directories(const struct plan *plan) {
    if (unshare(CLONE_NEWNS) != 0) die("Making a mount namespace");
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) die("Making mounts private");
    // Opened before the stage hides what is below it.
    int home = open_directory(plan->home), root = open_directory(plan->root);
    if (mount("roost", plan->stage, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755,size=64k") != 0) die("Mounting a tmpfs");
    if (home >= 0) bind_below_stage(plan->stage, "home", home);
    if (root >= 0) bind_below_stage(plan->stage, "root", root);
}

/// Keys that the manager holds would otherwise be the session's as well.
static void leave_keyring(void) { syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL); }

static void drop_privileges(const struct plan *plan) {
    if (setgroups(0, NULL) != 0) die("Leaving all groups");
    if (setresgid(plan->gid, plan->gid, plan->gid) != 0) die("Changing the group");
    if (setresuid(plan->uid, plan->uid, plan->uid) != 0) die("Changing the user");
}

_Noreturn void sandbox_enter(const struct plan *plan, const struct entrance *entrance) {
    static char *const environment[] = {"PATH=/usr/bin:/bin", NULL};
    hand_over(entrance);
    reset_process();
    if (plan->switches_user) {
        stage_directories(plan);
        drop_privileges(plan);
    }
    leave_keyring();
    if (chdir("/") != 0) die("Changing to the root directory");
    // The kernel forgets this on a change of user, so it comes after that.
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) die("Tying the session to its supervisor");
    if (getppid() != entrance->supervisor) _exit(126);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) die("Giving up privileges for good");
    execve(plan->sandbox.items[0], plan->sandbox.items, environment);
    die(plan->sandbox.items[0]);
}
