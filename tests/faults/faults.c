/* faults.c: a library for LD_PRELOAD that makes one call of one function of libc fail. By
 * environment:
 *     FAULT_CALL    the function's name
 *     FAULT_N       which call fails; a "+" behind it: that one and all later ones
 *     FAULT_ERRNO   the errno it fails with; "kill": the process dies there by SIGKILL; "after": it
 *                   dies when the call is done
 *     FAULT_IN      "child": calls are counted after a fork; "parent": in the first process only
 *     FAULT_COUNT   a file of 8 bytes that will hold the number of calls
 * open and openat count when they may write, or are to make a file. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *chosen; /* NULL: nothing fails */
static uint64_t which;
static bool onwards, in_child, afterwards;
static int with; /* errno; 0: SIGKILL */
static _Thread_local bool dying;
static atomic_bool counting;
static _Atomic uint64_t *count;

static void after_fork(void)
{
    atomic_store(&counting, in_child);
}

__attribute__((constructor)) static void begin(void)
{
    const char *call = getenv("FAULT_CALL"), *file = getenv("FAULT_COUNT"), *n = getenv("FAULT_N"),
               *error = getenv("FAULT_ERRNO");
    const char *in = getenv("FAULT_IN");
    if (call == NULL || file == NULL || n == NULL || error == NULL || in == NULL)
        return;
    int fd = (int)syscall(SYS_openat, AT_FDCWD, file, O_RDWR | O_CLOEXEC);
    /* all are read as long */
    void *shared = (void *)syscall(SYS_mmap, NULL, sizeof *count, (long)(PROT_READ | PROT_WRITE),
                                   (long)MAP_SHARED, (long)fd, 0L);
    if (fd < 0 || shared == MAP_FAILED)
        _exit(99);
    (void)syscall(SYS_close, fd);
    count = shared;
    which = strtoull(n, NULL, 10), onwards = strchr(n, '+') != NULL;
    afterwards = strcmp(error, "after") == 0;
    with = afterwards || strcmp(error, "kill") == 0 ? 0 : atoi(error);
    in_child = strcmp(in, "child") == 0;
    (void)pthread_atfork(NULL, NULL, after_fork);
    chosen = call;
    atomic_store(&counting, !in_child);
}

static bool fails(const char *call)
{
    if (!atomic_load(&counting) || strcmp(call, chosen) != 0)
        return false;
    uint64_t n = atomic_fetch_add(count, 1) + 1;
    if (n != which && !(onwards && n > which))
        return false;
    if (afterwards) {
        dying = true;
        return false;
    }
    if (with == 0)
        (void)syscall(SYS_kill, getpid(), SIGKILL);
    errno = with;
    return true;
}

static void done(void)
{
    if (dying)
        (void)syscall(SYS_kill, getpid(), SIGKILL);
}

/* ISO C knows no cast from void * to a function. */
#define REAL(name) \
    static __typeof__(name) *real; \
    if (real == NULL) { \
        void *symbol = dlsym(RTLD_NEXT, #name); \
        memcpy(&real, &symbol, sizeof real); \
    }

#define FAULT(type, name, failure, parameters, ...) \
    __attribute__((visibility("default"))) type name parameters \
    { \
        REAL(name) \
        type result = fails(#name) ? (failure) : real(__VA_ARGS__); \
        done(); \
        return result; \
    }

FAULT(ssize_t, write, -1, (int fd, const void *p, size_t n), fd, p, n)
FAULT(ssize_t, pwrite, -1, (int fd, const void *p, size_t n, off_t at), fd, p, n, at)
FAULT(ssize_t, read, -1, (int fd, void *p, size_t n), fd, p, n)
FAULT(ssize_t, pread, -1, (int fd, void *p, size_t n, off_t at), fd, p, n, at)
FAULT(int, fsync, -1, (int fd), fd)
FAULT(int, renameat, -1, (int from, const char *a, int to, const char *b), from, a, to, b)
FAULT(int, symlinkat, -1, (const char *target, int dir, const char *name), target, dir, name)
FAULT(int, unlinkat, -1, (int dir, const char *name, int flags), dir, name, flags)
FAULT(int, mkdirat, -1, (int dir, const char *name, mode_t mode), dir, name, mode)
FAULT(int, mkdir, -1, (const char *name, mode_t mode), name, mode)
FAULT(int, posix_fallocate, with, (int fd, off_t at, off_t n), fd, at, n)
FAULT(void *, mmap, MAP_FAILED, (void *p, size_t n, int how, int flags, int fd, off_t at), p, n,
      how, flags, fd, at)
FAULT(int, pthread_create, with,
      (pthread_t * t, const pthread_attr_t *a, void *(*f)(void *), void *arg), t, a, f, arg)
FAULT(pid_t, fork, -1, (void))
FAULT(void *, malloc, NULL, (size_t n), n)
FAULT(void *, realloc, NULL, (void *p, size_t n), p, n)

/* A descriptor is closed also when close() fails, as on Linux. */
__attribute__((visibility("default"))) int close(int fd)
{
    REAL(close)
    bool failed = fails("close");
    int status = real(fd);
    errno = failed ? with : errno;
    return failed ? -1 : status;
}

/* dlsym may ask for memory, while it is asked where the real one is: on this thread, and no
 * other. */
__attribute__((visibility("default"))) void *calloc(size_t n, size_t size)
{
    static __typeof__(calloc) *_Atomic found;
    static _Thread_local bool asking;
    static _Thread_local char early[1024];
    __typeof__(calloc) *real = found;
    if (asking)
        return n * size <= sizeof early ? early : NULL;
    if (real == NULL) {
        asking = true;
        void *symbol = dlsym(RTLD_NEXT, "calloc");
        memcpy(&real, &symbol, sizeof real);
        asking = false;
        found = real;
    }
    return fails("calloc") ? NULL : real(n, size);
}

#define OPEN(name, parameters, last, ...) \
    __attribute__((visibility("default"))) int name parameters \
    { \
        REAL(name) \
        mode_t mode = 0; \
        if ((flags & O_CREAT) != 0) { \
            va_list ap; \
            va_start(ap, last); \
            mode = va_arg(ap, mode_t); \
            va_end(ap); \
        } \
        bool writes = (flags & (O_ACCMODE | O_CREAT)) != O_RDONLY; \
        return writes && fails(#name) ? -1 : real(__VA_ARGS__, flags, mode); \
    }

OPEN(open, (const char *path, int flags, ...), flags, path)
OPEN(openat, (int dir, const char *path, int flags, ...), flags, dir, path)
