/* home.c: see home.h. */
#include <config.h>
#include "config/home.h"
#include "util/strbuf.h"
#include <limits.h>
#include <string.h>
#include <unistd.h>

/* Length of what two paths begin with, in whole names. */
static size_t common_length(const char *a, const char *b)
{
    size_t n = 0, i = 0;
    for (; a[i] != '\0' && a[i] == b[i]; i++)
        if (a[i] == '/')
            n = i;
    if ((a[i] == '\0' || a[i] == '/') && (b[i] == '\0' || b[i] == '/'))
        n = i;
    return n;
}

static const char *joined(const char *head, size_t n, const char *tail, arena *memory)
{
    strbuf s = STRBUF_INIT;
    strbuf_add(&s, head, n);
    strbuf_puts(&s, tail);
    const char *path = s.oom ? NULL : arena_strndup(memory, s.p, s.len);
    strbuf_release(&s);
    return path;
}

const char *home_moved(const char *dir, const char *from, const char *to, arena *memory)
{
    const size_t common = common_length(from, to), n = strlen(dir), tail = strlen(from + common);
    if (n < tail || strcmp(dir + n - tail, from + common) != 0)
        return NULL;
    return joined(dir, n - tail, to + common, memory);
}

static bool there(const char *path)
{
    return access(path, R_OK) == 0;
}

static bool find_built(const char *dir, size_t n, arena *memory, home *ret)
{
    const char *status = joined(dir, n, "/config.status", memory),
               *plugins = joined(dir, n, "/plugins", memory),
               *source = joined(dir, n, "/plugins/README.md", memory);
    if (status == NULL || plugins == NULL || source == NULL)
        return false;
    if (there(status) && there(plugins))
        *ret = (home){plugins, there(source) ? plugins : NULL, true};
    return true;
}

bool home_of(const char *path, arena *memory, home *ret)
{
    const char *slash = strrchr(path, '/');
    *ret = (home){NULL, NULL, false};
    if (slash == NULL)
        return true;
    const size_t n = (size_t)(slash - path);
    if (!find_built(path, n, memory, ret))
        return false;
    if (ret->plugins != NULL)
        return true;
    const char *dir = joined(path, n, "", memory);
    if (dir == NULL)
        return false;
    const char *plugins = home_moved(dir, BINDIR, PKGPLUGINDIR, memory),
               *data = home_moved(dir, BINDIR, PKGDATADIR, memory);
    ret->plugins = plugins != NULL && there(plugins) ? plugins : NULL;
    ret->data = data != NULL && there(data) ? data : NULL;
    return true;
}

bool home_find(arena *memory, home *ret)
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    *ret = (home){NULL, NULL, false};
    if (n <= 0)
        return true;
    path[n] = '\0';
    return home_of(path, memory, ret);
}
