/* Records the file operations of a process below a folder, makes one of them fail, or sets its clock. Loaded with LD_PRELOAD.
 *
 *     SHIM_ROOT    the folder; shared memory of SQLite (-shm) is left alone, because it does not outlive a restart
 *     SHIM_TRACE   a file that each operation is appended to, as struct record and its bytes
 *     SHIM_FAULT   KIND:NUMBER[:+]: the operation of that number fails, with + each one from there on
 *                  KIND: eio (any operation), enospc (whatever needs space), short (half is written), fsync
 *     SHIM_COUNT   a file that gets one byte for each operation that SHIM_FAULT could have met
 *     SHIM_CLOCK   the time that the clock shows, in seconds since 1970
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct record {
    uint32_t kind, first, second, data; /* a letter, and the lengths of two paths and of the bytes that follow */
    uint64_t file, offset;              /* the inode, and where in it */
};

static char root[PATH_MAX];
static size_t root_length;
static int trace = -1, count_file = -1;
static char fault[16];
static long fault_number = -1, operations;
static int is_sticky;
static const char *clock_text;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void start(void) {
    const char *value = getenv("SHIM_ROOT");
    clock_text = getenv("SHIM_CLOCK");
    if (!value || !realpath(value, root)) return;
    root_length = strlen(root);
    int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC;
    if ((value = getenv("SHIM_TRACE"))) trace = syscall(SYS_openat, AT_FDCWD, value, flags, 0600);
    if ((value = getenv("SHIM_COUNT"))) count_file = syscall(SYS_openat, AT_FDCWD, value, flags, 0600);
    if (!(value = getenv("SHIM_FAULT"))) return;
    char plus = 0;
    sscanf(value, "%15[^:]:%ld:%c", fault, &fault_number, &plus);
    is_sticky = plus == '+';
}

static int is_below(const char *path) {
    size_t length = strlen(path);
    return root_length && !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]) &&
           !(length > 4 && !strcmp(path + length - 4, "-shm"));
}

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = root_length ? readlink(link, path, PATH_MAX - 1) : -1;
    path[length > 0 ? length : 0] = 0;
    return length > 0 && is_below(path);
}

static int absolute(int folder, const char *name, char *path) {
    char base[PATH_MAX];
    if (*name == '/') {
        snprintf(path, PATH_MAX, "%s", name);
    } else if (folder == AT_FDCWD) {
        snprintf(path, PATH_MAX, "%s/%s", getcwd(base, sizeof base) ? base : "", name);
    } else {
        path_of(folder, base);
        snprintf(path, PATH_MAX, "%s/%s", base, name);
    }
    /* The folder may be a link, or be named by another path. */
    char *slash = strrchr(path, '/'), parent[PATH_MAX];
    if (slash && slash != path) {
        *slash = 0;
        if (realpath(path, parent)) {
            char last[NAME_MAX + 1];
            snprintf(last, sizeof last, "%s", slash + 1);
            snprintf(path, PATH_MAX, "%s/%s", parent, last);
        } else {
            *slash = '/';
        }
    }
    return is_below(path);
}

static void record(char kind, uint64_t file, uint64_t offset, const char *first, const char *second, const void *data, size_t size) {
    if (trace < 0) return;
    struct record head = {kind, strlen(first), strlen(second), size, file, offset};
    struct iovec parts[] = {{&head, sizeof head}, {(void *)first, head.first}, {(void *)second, head.second}, {(void *)data, size}};
    int before = errno;
    syscall(SYS_writev, trace, parts, 4);
    errno = before;
}

/* Whether an operation fails now: needs names the kinds of fault that it can have. */
static int fails(const char *needs) {
    if (!*fault || !strstr(needs, fault)) return 0;
    long number = __atomic_fetch_add(&operations, 1, __ATOMIC_SEQ_CST);
    if (count_file >= 0) syscall(SYS_write, count_file, "x", 1);
    if (number != fault_number && !(is_sticky && number > fault_number && fault_number >= 0)) return 0;
    errno = !strcmp(fault, "enospc") ? ENOSPC : EIO;
    return 1;
}

static uint64_t inode(int fd, uint64_t *size) {
    struct stat status;
    if (syscall(SYS_fstat, fd, &status)) return 0;
    if (size) *size = status.st_size;
    return status.st_ino;
}

static int opened(int folder, const char *name, int flags, mode_t mode) {
    char path[PATH_MAX];
    struct stat status;
    int is_ours = absolute(folder, name, path), is_new = 0;
    if (is_ours) {
        is_new = (flags & O_CREAT) && lstat(path, &status);
        if (fails(is_new ? "eio enospc" : "eio")) return -1;
    }
    int fd = syscall(SYS_openat, folder, name, flags | O_LARGEFILE, mode);
    if (fd < 0 || !is_ours) return fd;
    if (is_new) record('C', inode(fd, 0), 0, path, "", "", 0);
    else if ((flags & O_TRUNC) && (flags & O_ACCMODE) != O_RDONLY) record('T', inode(fd, 0), 0, path, "", "", 0);
    return fd;
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | __O_TMPFILE)) { va_list list; va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); }
int open(const char *name, int flags, ...) { MODE(flags) return opened(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE(flags) return opened(AT_FDCWD, name, flags, mode); }
int openat(int folder, const char *name, int flags, ...) { MODE(flags) return opened(folder, name, flags, mode); }
int openat64(int folder, const char *name, int flags, ...) { MODE(flags) return opened(folder, name, flags, mode); }
int creat(const char *name, mode_t mode) { return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode); }

static ssize_t written(int fd, const void *bytes, size_t count, off_t offset, int is_positioned) {
    char path[PATH_MAX];
    int is_ours = path_of(fd, path);
    uint64_t size = 0, file = is_ours ? inode(fd, &size) : 0;
    if (is_ours && fails("eio enospc short")) {
        if (strcmp(fault, "short") || count < 2) return -1;
        count /= 2;
    }
    if (!is_positioned && is_ours) offset = (fcntl(fd, F_GETFL) & O_APPEND) ? (off_t)size : lseek(fd, 0, SEEK_CUR);
    ssize_t done = is_positioned ? syscall(SYS_pwrite64, fd, bytes, count, offset) : syscall(SYS_write, fd, bytes, count);
    if (is_ours && done > 0) record('W', file, offset, path, "", bytes, done);
    return done;
}
ssize_t write(int fd, const void *bytes, size_t count) { return written(fd, bytes, count, 0, 0); }
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return written(fd, bytes, count, offset, 1); }
ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) { return written(fd, bytes, count, offset, 1); }

static int read_fails(int fd) {
    char path[PATH_MAX];
    return *fault && path_of(fd, path) && fails("eio");
}
ssize_t read(int fd, void *bytes, size_t count) { return read_fails(fd) ? -1 : syscall(SYS_read, fd, bytes, count); }
ssize_t pread(int fd, void *bytes, size_t count, off_t offset) {
    return read_fails(fd) ? -1 : syscall(SYS_pread64, fd, bytes, count, offset);
}
ssize_t pread64(int fd, void *bytes, size_t count, off_t offset) { return pread(fd, bytes, count, offset); }

static int synced(int fd, int call) {
    char path[PATH_MAX];
    struct stat status;
    if (!path_of(fd, path)) return syscall(call, fd);
    if (fails("eio fsync")) return -1;
    int result = syscall(call, fd);
    if (!result && !syscall(SYS_fstat, fd, &status)) record(S_ISDIR(status.st_mode) ? 'D' : 'S', status.st_ino, 0, path, "", "", 0);
    return result;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

int ftruncate(int fd, off_t size) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return syscall(SYS_ftruncate, fd, size);
    if (fails("eio")) return -1;
    int result = syscall(SYS_ftruncate, fd, size);
    if (!result) record('T', inode(fd, 0), size, path, "", "", 0);
    return result;
}
int ftruncate64(int fd, off_t size) { return ftruncate(fd, size); }

static int moved(char kind, const char *from, const char *to, const char *needs) {
    char first[PATH_MAX], second[PATH_MAX];
    int is_ours = absolute(AT_FDCWD, to, second) | absolute(AT_FDCWD, from, first);
    if (is_ours && fails(needs)) return -1;
    int result = kind == 'R' ? REAL(rename)(from, to) : REAL(link)(from, to);
    if (is_ours && !result) record(kind, 0, 0, first, second, "", 0);
    return result;
}
int rename(const char *from, const char *to) { return moved('R', from, to, "eio enospc"); }
int link(const char *from, const char *to) { return moved('L', from, to, "eio enospc"); }

static int removed(char kind, const char *name) {
    char path[PATH_MAX];
    int is_ours = absolute(AT_FDCWD, name, path);
    if (is_ours && fails("eio")) return -1;
    int result = kind == 'K' ? REAL(rmdir)(name) : REAL(unlink)(name);
    if (is_ours && !result) record(kind, 0, 0, path, "", "", 0);
    return result;
}
int unlink(const char *name) { return removed('U', name); }
int rmdir(const char *name) { return removed('K', name); }

int mkdir(const char *name, mode_t mode) {
    char path[PATH_MAX];
    int is_ours = absolute(AT_FDCWD, name, path);
    if (is_ours && fails("eio enospc")) return -1;
    int result = REAL(mkdir)(name, mode);
    if (is_ours && !result) record('M', 0, 0, path, "", "", 0);
    return result;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    if (!clock_text || (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE)) return syscall(SYS_clock_gettime, clock, time);
    *time = (struct timespec){atoll(clock_text), 0};
    return 0;
}
int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    *time = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
    return 0;
}
time_t time(time_t *result) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (result) *result = now.tv_sec;
    return now.tv_sec;
}
