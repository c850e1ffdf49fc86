/* rawfile.c: see rawfile.h. */
#include "config.h"
#include "input/rawfile.h"
#include "guard/guard.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t spool_lock = PTHREAD_MUTEX_INITIALIZER;
static int spool_fd = -1;

static bool write_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t done = write(fd, p, n);
        if (done < 0 && errno != EINTR)
            return false;
        if (done > 0) {
            p += done;
            n -= (size_t)done;
        }
    }
    return true;
}

static int temporary_file(void)
{
    const char *dir = getenv("TMPDIR"); /* decides where bytes lie, never what they are */
    char path[4096];
    if (dir == NULL || *dir == '\0')
        dir = "/tmp";
    if (snprintf(path, sizeof path, "%s/winnow-stdin-XXXXXX", dir) >= (int)sizeof path)
        return -1;
    int fd = mkostemp(path, O_CLOEXEC); /* what a stage starts need not hold it */
    if (fd >= 0)
        (void)unlink(path);
    return fd;
}

/* Until there is something to read, or the run is interrupted. A signal just before poll() is seen
 * after a nap. */
static void await(int fd)
{
    const int nap_ms = 200;
    struct pollfd p = {fd, POLLIN, 0};
    while (guard_signal() == 0 && poll(&p, 1, nap_ms) == 0)
        continue;
}

static bool copy_all(int from, int to)
{
    static char buffer[64 * 1024]; /* under spool_lock */
    for (;;) {
        await(from);
        errno = EINTR;
        ssize_t n = guard_signal() != 0 ? -1 : read(from, buffer, sizeof buffer);
        if (n == 0)
            return true;
        if (n < 0 && errno == EINTR && guard_signal() == 0)
            continue;
        if (n < 0 || !write_all(to, buffer, (size_t)n))
            return false;
    }
}

static wn_status spool_failed(wn_error *err)
{
    int problem = errno;
    if (guard_signal() != 0)
        return wn_fail(err, WN_E_INTERRUPTED, "interrupted while reading standard input");
    return wn_fail(err, WN_E_IO, "standard input cannot be copied to a temporary file (TMPDIR): %s",
                   strerror(problem));
}

wn_status rawfile_spool_stdin(uint64_t *ret_size, wn_error *err)
{
    struct stat st;
    wn_status status = WN_OK;
    (void)pthread_mutex_lock(&spool_lock);
    if (spool_fd < 0) {
        int fd = temporary_file();
        if (fd < 0 || !copy_all(STDIN_FILENO, fd)) {
            status = spool_failed(err);
            if (fd >= 0)
                (void)close(fd);
        } else {
            spool_fd = fd;
        }
    }
    if (status == WN_OK && fstat(spool_fd, &st) != 0)
        status = wn_fail(err, WN_E_IO, "standard input: %s", strerror(errno));
    if (status == WN_OK)
        *ret_size = (uint64_t)st.st_size;
    (void)pthread_mutex_unlock(&spool_lock);
    return status;
}

static int open_stdin(void)
{
    (void)pthread_mutex_lock(&spool_lock);
    int fd = spool_fd < 0 ? -1 : fcntl(spool_fd, F_DUPFD_CLOEXEC, 0);
    (void)pthread_mutex_unlock(&spool_lock);
    return fd;
}

bool rawfile_is_want(int problem)
{
    return problem == EMFILE || problem == ENFILE || problem == ENOMEM || problem == ENOBUFS;
}

static wn_status want(const char *path, int problem, wn_error *err)
{
    if (err != NULL && err->status == WN_OK)
        (void)snprintf(err->where, sizeof err->where, "%s", path);
    return wn_fail(err, WN_E_NOMEM,
                   "cannot be opened: %s; lower --jobs, or raise the limit (ulimit -n)",
                   strerror(problem));
}

static wn_status refuse(const char *path, const char *why, const char *reason, wn_error *err)
{
    if (err != NULL && err->status == WN_OK)
        (void)snprintf(err->where, sizeof err->where, "%s", path);
    return wn_fail(err, WN_E_IO, "%s%s", why, reason);
}

wn_status rawfile_open(const char *path, rawfile *ret_file, struct stat *ret_stat, wn_error *err)
{
    struct stat st;
    bool spooled = strcmp(path, "-") == 0;
    int fd = spooled ? open_stdin() : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0 && spooled)
        return refuse(path, "standard input cannot be read again; name a file", "", err);
    if (fd < 0 && rawfile_is_want(errno))
        return want(path, errno, err);
    if (fd < 0)
        return refuse(path, "cannot be opened: ", strerror(errno), err);
    bool regular = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    if (!regular) {
        (void)close(fd);
        return refuse(path, "is not a regular file; pipe it in and name it -", "", err);
    }
    *ret_file = (rawfile){fd, (uint64_t)st.st_size, NULL};
    if (ret_stat != NULL)
        *ret_stat = st;
    return WN_OK;
}

void rawfile_close(rawfile *f)
{
    if (f->fd >= 0)
        (void)close(f->fd);
    f->fd = -1;
}

/* What continues the sum is added to it; what was read before, or is read out of turn, is not. */
static void follow(running_sum *s, uint64_t at, const char *bytes, size_t n)
{
    if (at > s->next || at + n <= s->next)
        return;
    size_t known = (size_t)(s->next - at);
    hash_add(&s->hash, bytes + known, n - known);
    s->next = at + n;
}

size_t rawfile_read(const rawfile *f, uint64_t at, void *out, size_t n, int *ret_errno)
{
    size_t have = 0, left = at < f->size ? (size_t)(f->size - at) : 0;
    *ret_errno = 0;
    if (n > left)
        n = left;
    while (have < n) {
        ssize_t got = pread(f->fd, (char *)out + have, n - have, (off_t)(at + have));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            *ret_errno = errno;
        if (got <= 0)
            break;
        have += (size_t)got;
    }
    if (f->sum != NULL)
        follow(f->sum, at, out, have);
    return have;
}

void running_sum_start(running_sum *s)
{
    hash_init(&s->hash);
    s->next = 0;
}

bool running_sum_reach(running_sum *s, const rawfile *f, uint64_t end, void *buffer, size_t cap)
{
    rawfile plain = {f->fd, f->size, NULL};
    int ignored;
    while (s->next < end) {
        size_t want = end - s->next < cap ? (size_t)(end - s->next) : cap;
        size_t n = rawfile_read(&plain, s->next, buffer, want, &ignored);
        if (n == 0)
            return false;
        follow(s, s->next, buffer, n);
    }
    return true;
}
