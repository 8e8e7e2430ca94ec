#define _GNU_SOURCE
#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum lock lock_take(void) {
    int fd = open("lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return LOCK_FAILED;
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(fd, F_OFD_SETLK, &whole) == 0) return LOCK_TAKEN;
    return errno == EAGAIN || errno == EACCES ? LOCK_HELD : LOCK_FAILED;
}
