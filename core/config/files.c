/* files.c: paths and whole files. */
#include <config.h>
#include "config/files.h"
#include "guard/guard.h"
#include "util/path.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

const char *folder_of(const char *path, arena *memory)
{
    return arena_strndup(memory, path, path_dir(path));
}

const char *join_path(const char *folder, const char *name, arena *memory)
{
    strbuf b = STRBUF_INIT;
    path_join(&b, folder, name);
    const char *joined = b.oom ? NULL : arena_strndup(memory, b.p == NULL ? "" : b.p, b.len);
    strbuf_release(&b);
    return joined;
}

static int read_all(int fd, size_t limit, strbuf *out)
{
    for (;;) {
        if (!strbuf_reserve(out, 65536))
            return ENOMEM;
        ssize_t n = read(fd, out->p + out->len, 65536);
        if (n < 0 && errno == EINTR && guard_signal() == 0)
            continue;
        if (n <= 0)
            return n < 0 ? errno : 0;
        out->len += (size_t)n;
        out->p[out->len] = '\0';
        if (out->len > limit)
            return EFBIG;
    }
}

int read_whole(const char *path, size_t limit, strbuf *out)
{
    int fd = strcmp(path, "-") == 0 ? dup(0) : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int failed = read_all(fd, limit, out);
    (void)close(fd);
    return failed;
}
