#include "config.h"
#include "input/filemap.h"
#include "util/alloc.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAP_FROM = 256 * 1024 }; /* below it, reading is cheaper than a mapping and its page faults */

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
    int fd = mkstemp(path);
    if (fd >= 0)
        (void)unlink(path);
    return fd;
}

static bool copy_all(int from, int to)
{
    static char buffer[64 * 1024]; /* under spool_lock */
    for (;;) {
        ssize_t n = read(from, buffer, sizeof buffer);
        if (n == 0)
            return true;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 || !write_all(to, buffer, (size_t)n))
            return false;
    }
}

wn_status filemap_spool_stdin(uint64_t *ret_size, wn_error *err)
{
    struct stat st;
    wn_status status = WN_OK;
    (void)pthread_mutex_lock(&spool_lock);
    if (spool_fd < 0) {
        int fd = temporary_file();
        if (fd < 0 || !copy_all(STDIN_FILENO, fd)) {
            status = wn_fail(err, WN_E_IO, "standard input cannot be copied to a temporary file (TMPDIR): %s",
                             strerror(errno));
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

static int open_path(const char *path, wn_error *err)
{
    int fd;
    if (strcmp(path, "-") == 0) {
        (void)pthread_mutex_lock(&spool_lock);
        fd = spool_fd < 0 ? -1 : fcntl(spool_fd, F_DUPFD_CLOEXEC, 0);
        (void)pthread_mutex_unlock(&spool_lock);
        if (fd < 0)
            (void)wn_fail(err, WN_E_IO, "standard input (-) cannot be read again; name a file");
        return fd;
    }
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        (void)wn_fail(err, WN_E_IO, "%s: cannot be opened: %s", path, strerror(errno));
    return fd;
}

static wn_status read_whole(int fd, const char *path, filemap *m, wn_error *err)
{
    unsigned char *p = mem_alloc(m->size + 1);
    size_t have = 0;
    if (p == NULL)
        return wn_fail(err, WN_E_NOMEM, "%s: out of memory", path);
    while (have < m->size) {
        ssize_t n = pread(fd, p + have, m->size - have, (off_t)have);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            mem_free(p);
            return wn_fail(err, WN_E_IO, "%s: cannot be read: %s", path, n < 0 ? strerror(errno) : "it became shorter");
        }
        have += (size_t)n;
    }
    m->p = p;
    m->mapped = false;
    return WN_OK;
}

static wn_status map_whole(int fd, const char *path, filemap *m, wn_error *err)
{
    void *p = mmap(NULL, m->size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED)
        return wn_fail(err, WN_E_IO, "%s: cannot be mapped: %s", path, strerror(errno));
    (void)posix_madvise(p, m->size, POSIX_MADV_SEQUENTIAL);
    m->p = p;
    m->mapped = true;
    return WN_OK;
}

wn_status filemap_open(const char *path, filemap *ret_map, wn_error *err)
{
    filemap m = {NULL, 0, false};
    struct stat st;
    wn_status status;
    int fd = open_path(path, err);
    if (fd < 0)
        return WN_E_IO;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || (uint64_t)st.st_size > SIZE_MAX / 2) {
        status = wn_fail(err, WN_E_IO, "%s: not a regular file that can be mapped", path);
    } else {
        m.size = (size_t)st.st_size;
        status = m.size < MAP_FROM ? read_whole(fd, path, &m, err) : map_whole(fd, path, &m, err);
    }
    (void)close(fd);
    if (status == WN_OK)
        *ret_map = m;
    return status;
}

void filemap_close(filemap *m)
{
    if (m->p == NULL)
        return;
    if (m->mapped)
        (void)munmap((void *)(uintptr_t)m->p, m->size);
    else
        mem_free((void *)(uintptr_t)m->p);
    m->p = NULL;
}

codec codec_detect(const unsigned char *p, size_t n)
{
    if (n >= 3 && p[0] == 0x1f && p[1] == 0x8b && p[2] == 8)
        return CODEC_GZIP;
    if (n >= 4 && memcmp(p, "\x28\xb5\x2f\xfd", 4) == 0)
        return CODEC_ZSTD;
    if (n >= 8 && (p[0] & 0xf0) == 0x50 && memcmp(p + 1, "\x2a\x4d\x18", 3) == 0)
        return CODEC_ZSTD; /* a skippable frame first, as pzstd writes */
    return CODEC_NONE;
}

const char *codec_name(codec c)
{
    return c == CODEC_GZIP ? "gzip" : c == CODEC_ZSTD ? "zstd" : NULL;
}

codec codec_named(const char *name)
{
    if (name == NULL)
        return CODEC_NONE;
    return strcmp(name, "gzip") == 0 ? CODEC_GZIP : strcmp(name, "zstd") == 0 ? CODEC_ZSTD : CODEC_NONE;
}
