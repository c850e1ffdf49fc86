/* workfile.c: scratch files. */
#include "config.h"
#include "store/workfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { BUFFER_SIZE = 256 * 1024 };

wn_status write_all(int fd, const void *bytes, size_t n, const char *name, wn_error *err)
{
    const char *p = bytes;
    while (n > 0) {
        ssize_t done = write(fd, p, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return wn_fail(err, WN_E_IO, "cannot write %s: %s%s", name, strerror(errno),
                           errno == ENOSPC ? "; free some space and run again" : "");
        p += done;
        n -= (size_t)done;
    }
    return WN_OK;
}

wn_status workfile_open(workfile *f, const char *dir, const char *name, wn_error *err)
{
    workfile empty = WORKFILE_INIT;
    char path[4096];
    int len = snprintf(path, sizeof path, "%s/%s", dir, name);
    *f = empty;
    if (len < 0 || (size_t)len >= sizeof path)
        return wn_fail(err, WN_E_IO, "path of the run directory is too long: %s", dir);
    (void)snprintf(f->name, sizeof f->name, "%s", name);
    f->buffer = malloc(BUFFER_SIZE);
    if (f->buffer == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory for work file %s", name);
    f->fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (f->fd < 0) {
        wn_status status = wn_fail(err, WN_E_IO, "cannot create %s: %s", path, strerror(errno));
        workfile_close(f);
        return status;
    }
    (void)unlink(path);
    return WN_OK;
}

static wn_status workfile_flush(workfile *f, wn_error *err)
{
    wn_status status = write_all(f->fd, f->buffer, f->buffered, f->name, err);
    f->buffered = 0;
    return status;
}

wn_status workfile_write(workfile *f, const void *bytes, size_t n, wn_error *err)
{
    wn_status status = WN_OK;
    if (n > BUFFER_SIZE - f->buffered)
        status = workfile_flush(f, err);
    if (status == WN_OK && n > BUFFER_SIZE)
        status = write_all(f->fd, bytes, n, f->name, err);
    else if (status == WN_OK && n > 0) {
        memcpy(f->buffer + f->buffered, bytes, n);
        f->buffered += n;
    }
    if (status == WN_OK)
        f->size += n;
    return status;
}

static wn_status map(workfile *f, int protection, wn_error *err)
{
    f->map = mmap(NULL, (size_t)f->size, protection, MAP_SHARED, f->fd, 0);
    if (f->map != MAP_FAILED)
        return WN_OK;
    f->map = NULL;
    return wn_fail(err, WN_E_NOMEM, "cannot map work file %s: %s", f->name, strerror(errno));
}

wn_status workfile_map(workfile *f, wn_str *ret_bytes, wn_error *err)
{
    wn_status status = workfile_flush(f, err);
    if (status == WN_OK && f->size > 0)
        status = map(f, PROT_READ, err);
    if (status != WN_OK)
        return status;
    free(f->buffer);
    f->buffer = NULL;
    (void)close(f->fd); /* the mapping stays */
    f->fd = -1;
    ret_bytes->p = f->map == NULL ? "" : f->map;
    ret_bytes->len = (size_t)f->size;
    return WN_OK;
}

void workfile_forget(const workfile *f, uint64_t start, uint64_t end)
{
    start -= start % (uint64_t)sysconf(_SC_PAGESIZE);
    if (f->map != NULL && end > start)
        (void)madvise((char *)f->map + start, (size_t)(end - start), MADV_DONTNEED);
}

wn_status workfile_reserve(workfile *f, size_t n, void **ret_memory, wn_error *err)
{
    /* posix_fallocate: a full disk is an error here, not a SIGBUS later */
    int problem = n == 0 ? 0 : posix_fallocate(f->fd, 0, (off_t)n);
    if (problem != 0)
        return wn_fail(err, WN_E_IO, "cannot set aside %zu bytes for %s: %s", n, f->name,
                       strerror(problem));
    f->size = n;
    wn_status status = n == 0 ? WN_OK : map(f, PROT_READ | PROT_WRITE, err);
    if (status == WN_OK)
        *ret_memory = f->map;
    return status;
}

void workfile_close(workfile *f)
{
    workfile empty = WORKFILE_INIT;
    if (f->map != NULL)
        (void)munmap(f->map, (size_t)f->size);
    if (f->fd >= 0)
        (void)close(f->fd);
    free(f->buffer);
    *f = empty;
}
