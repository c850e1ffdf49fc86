/* path.c: see path.h. */
#include "util/path.h"
#include <string.h>

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

size_t path_dir(const char *path)
{
    size_t n = (size_t)(path_base(path) - path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    return n;
}

void path_join(strbuf *out, const char *folder, const char *name)
{
    if (!path_absolute(name) && folder[0] != '\0' && strcmp(folder, ".") != 0) {
        strbuf_puts(out, folder);
        if (folder[strlen(folder) - 1] != '/')
            strbuf_putc(out, '/');
    }
    strbuf_puts(out, name);
}
