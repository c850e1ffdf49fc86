/* late.c: to be preloaded: does something to a file at the moment it is opened or read, or makes
 *     that fail. LATE="WHEN PATH ACTION [ARGUMENT]"
 * WHEN: open; opendir; read: at the first read of more than its first bytes; from=N: at the first
 * at offset N or more. PATH as it is opened. ACTION: unlink, folder, fifo, socket, device, truncate
 * N, append, write (in place), rename, touch, fail ERRNO. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/un.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

typedef struct order {
    char when[32], path[2048], action[32];
    long argument;
} order;

static atomic_int watched = -1; /* the descriptor of the path */
static atomic_bool done;

static int (*real_open(void))(const char *, int, ...)
{
    int (*f)(const char *, int, ...);
    void *p = dlsym(RTLD_NEXT, "open");
    memcpy(&f, &p, sizeof f);
    return f;
}

static bool read_order(order *o)
{
    const char *text = getenv("LATE");
    memset(o, 0, sizeof *o);
    return text != NULL &&
           sscanf(text, "%31s %2047s %31s %ld", o->when, o->path, o->action, &o->argument) >= 3;
}

static void make_socket(const char *path)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (strlen(path) < sizeof at.sun_path)
        strcpy(at.sun_path, path);
    if (fd >= 0)
        (void)bind(fd, (struct sockaddr *)&at, sizeof at);
}

static void put(const char *path, int flags, const char *text)
{
    int fd = real_open()(path, O_WRONLY | flags, 0666);
    if (fd < 0 || write(fd, text, strlen(text)) < 0 || close(fd) != 0)
        _exit(99);
}

static void act(const order *o)
{
    const char *a = o->action;
    char other[2100];
    (void)snprintf(other, sizeof other, "%s.other", o->path);
    if (strcmp(a, "truncate") == 0)
        (void)!truncate(o->path, o->argument);
    else if (strcmp(a, "append") == 0)
        put(o->path, O_APPEND, "{\"id\":\"late\",\"text\":\"appended\"}\n");
    else if (strcmp(a, "write") == 0)
        put(o->path, 0, "\377\376\0\0{{{{");
    else if (strcmp(a, "touch") == 0)
        (void)utimensat(AT_FDCWD, o->path, (struct timespec[2]){{1, 0}, {1, 0}}, 0);
    else if (strcmp(a, "rename") == 0) {
        put(other, O_CREAT, "another file\n");
        (void)rename(other, o->path);
    } else {
        (void)unlink(o->path);
        if (strcmp(a, "folder") == 0)
            (void)mkdir(o->path, 0777);
        else if (strcmp(a, "fifo") == 0)
            (void)mkfifo(o->path, 0666);
        else if (strcmp(a, "socket") == 0)
            make_socket(o->path);
        else if (strcmp(a, "device") == 0)
            (void)!symlink("/dev/zero", o->path);
    }
}

/* False: the call fails, with errno. */
static bool carry_out(const order *o)
{
    if (strcmp(o->action, "fail") == 0) {
        errno = (int)o->argument;
        return false;
    }
    if (!atomic_exchange(&done, true))
        act(o);
    return true;
}

static int late_open(const char *path, int flags, mode_t mode)
{
    order o;
    bool ours = (flags & O_ACCMODE) == O_RDONLY && read_order(&o) && strcmp(path, o.path) == 0;
    if (ours && strcmp(o.when, "open") == 0 && !carry_out(&o))
        return -1;
    int fd = real_open()(path, flags, mode);
    int other = fd; /* of an earlier file, if it is the same number */
    if (ours)
        atomic_store(&watched, fd);
    else if (fd >= 0)
        (void)atomic_compare_exchange_strong(&watched, &other, -1);
    return fd;
}

static mode_t mode_of(int flags, va_list ap)
{
    return (flags & O_CREAT) != 0 ? va_arg(ap, mode_t) : 0;
}

EXPORT int open(const char *path, int flags, ...)
{
    va_list ap;
    va_start(ap, flags);
    mode_t mode = mode_of(flags, ap);
    va_end(ap);
    return late_open(path, flags, mode);
}

int open64(const char *path, int flags, ...);
EXPORT int open64(const char *path, int flags, ...)
{
    va_list ap;
    va_start(ap, flags);
    mode_t mode = mode_of(flags, ap);
    va_end(ap);
    return late_open(path, flags, mode);
}

EXPORT DIR *opendir(const char *path)
{
    DIR *(*real)(const char *);
    void *p = dlsym(RTLD_NEXT, "opendir");
    order o;
    memcpy(&real, &p, sizeof real);
    bool ours = read_order(&o) && strcmp(path, o.path) == 0 && strcmp(o.when, "opendir") == 0;
    return ours && !carry_out(&o) ? NULL : real(path);
}

static ssize_t late_pread(int fd, void *buffer, size_t n, off_t at)
{
    ssize_t (*real)(int, void *, size_t, off_t);
    void *p = dlsym(RTLD_NEXT, "pread");
    order o;
    memcpy(&real, &p, sizeof real);
    if (fd >= 0 && fd == atomic_load(&watched) && n > 8 && read_order(&o) &&
        strcmp(o.when, "open") != 0) {
        long from = strncmp(o.when, "from=", 5) == 0 ? atol(o.when + 5) : 0;
        if (at >= from && !carry_out(&o))
            return -1;
    }
    return real(fd, buffer, n, at);
}

EXPORT ssize_t pread(int fd, void *buffer, size_t n, off_t at)
{
    return late_pread(fd, buffer, n, at);
}

ssize_t pread64(int fd, void *buffer, size_t n, off_t at);
EXPORT ssize_t pread64(int fd, void *buffer, size_t n, off_t at)
{
    return late_pread(fd, buffer, n, at);
}
