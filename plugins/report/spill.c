/* spill.c: see spill.h: the temporary file is removed as soon as it is open. */
#include "config.h"
#include "report/spill.h"
#include "common/grow.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WINDOW = 8192 }; /* read at once: neighbours are often wanted next, and often not */

struct spill {
    char *tail; /* what is not in the file yet */
    size_t n, cap, most;
    uint64_t in_file;
    int fd;       /* -1: none yet */
    char *window; /* bytes of the file from window_at on */
    size_t window_n, window_cap;
    uint64_t window_at;
    int problem;
};

spill *spill_new(size_t in_memory)
{
    spill *s = calloc(1, sizeof *s);
    if (s != NULL) {
        s->most = in_memory;
        s->fd = -1;
    }
    return s;
}

void spill_free(spill *s)
{
    if (s == NULL)
        return;
    if (s->fd >= 0)
        (void)close(s->fd);
    free(s->tail);
    free(s->window);
    free(s);
}

int spill_problem(const spill *s)
{
    return s->problem;
}

static bool failed(spill *s, int problem)
{
    s->problem = problem;
    return false;
}

static bool room(char **bytes, size_t *cap, size_t need)
{
    char *p = grown_to(*bytes, cap, need, 1);
    *bytes = p != NULL ? p : *bytes;
    return p != NULL;
}

static bool open_file(spill *s)
{
    const char *dir = getenv("TMPDIR"); /* decides where bytes lie, never what they are */
    char path[4096];
    if (dir == NULL || *dir == '\0')
        dir = "/tmp";
    if (snprintf(path, sizeof path, "%s/winnow-report-XXXXXX", dir) >= (int)sizeof path)
        return failed(s, ENAMETOOLONG);
    s->fd = mkostemp(path, O_CLOEXEC);
    if (s->fd < 0)
        return failed(s, errno);
    (void)unlink(path);
    return true;
}

static bool write_all(spill *s, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t done = write(s->fd, p, n);
        if (done < 0 && errno != EINTR)
            return failed(s, errno);
        p += done > 0 ? done : 0;
        n -= done > 0 ? (size_t)done : 0;
        s->in_file += done > 0 ? (uint64_t)done : 0;
    }
    return true;
}

static bool flush(spill *s)
{
    if (s->fd < 0 && !open_file(s))
        return false;
    if (!write_all(s, s->tail, s->n))
        return false;
    s->n = 0;
    return true;
}

bool spill_add(spill *s, const char *bytes, size_t n, spilled *ret_where)
{
    if (s->problem != 0 || (s->n > 0 && n > s->most - s->n && !flush(s)))
        return false;
    if (!room(&s->tail, &s->cap, s->n + n))
        return failed(s, ENOMEM);
    *ret_where = (spilled){s->in_file + s->n, n};
    memcpy(s->tail + s->n, bytes, n);
    s->n += n;
    return s->n <= s->most || flush(s);
}

static bool read_window(spill *s, uint64_t at, size_t n)
{
    size_t want = n > WINDOW ? n : WINDOW;
    if (!room(&s->window, &s->window_cap, want))
        return failed(s, ENOMEM);
    s->window_at = at;
    s->window_n = 0;
    while (s->window_n < n) {
        ssize_t got =
            pread(s->fd, s->window + s->window_n, want - s->window_n, (off_t)(at + s->window_n));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return failed(s, got < 0 ? errno : EIO);
        s->window_n += (size_t)got;
    }
    return true;
}

const char *spill_get(spill *s, spilled where)
{
    if (where.at >= s->in_file)
        return s->tail + (where.at - s->in_file);
    bool there = where.at >= s->window_at && where.at - s->window_at <= s->window_n &&
                 where.n <= s->window_n - (size_t)(where.at - s->window_at);
    if (!there && !read_window(s, where.at, where.n))
        return NULL;
    return s->window + (where.at - s->window_at);
}
