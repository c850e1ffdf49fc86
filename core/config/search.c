/* search.c: the folders that are searched for plugins. */
#include "config/search.h"
#include "config/home.h"
#include "config/node.h"
#include <stdlib.h>
#include <string.h>

wn_status split_path(const char *list, arena *memory, const char ***ret_item, size_t *ret_n)
{
    size_t n = 0, most = 1;
    for (const char *p = list; p != NULL && *p != '\0'; p++)
        most += *p == ':';
    const char **item = arena_alloc(memory, most * sizeof *item);
    if (item == NULL)
        return WN_E_NOMEM;
    for (const char *p = list; p != NULL && *p != '\0';) {
        size_t len = strcspn(p, ":");
        if (len > 0 && (item[n++] = arena_strndup(memory, p, len)) == NULL)
            return WN_E_NOMEM;
        p += len + (p[len] == ':');
    }
    *ret_item = item;
    *ret_n = n;
    return WN_OK;
}

wn_status plugin_dirs(const char *const *extra, size_t n_extra, arena *memory,
                      const char *const **ret_dirs, size_t *ret_n, wn_error *err)
{
    const char **listed = NULL;
    size_t n = 0;
    if (split_path(getenv("WINNOW_PLUGIN_PATH"), memory, &listed, &n) != WN_OK)
        return out_of_memory(err);
    const char **dirs = arena_alloc(memory, (n_extra + n + 2) * sizeof *dirs);
    home own;
    if (dirs == NULL || !home_find(memory, &own))
        return out_of_memory(err);
    for (size_t i = 0; i < n_extra; i++)
        dirs[i] = extra[i];
    for (size_t i = 0; i < n; i++)
        dirs[n_extra + i] = listed[i];
    n += n_extra;
    if (own.plugins != NULL && strcmp(own.plugins, PKGPLUGINDIR) != 0)
        dirs[n++] = own.plugins;
    dirs[n++] = PKGPLUGINDIR;
    *ret_dirs = dirs;
    *ret_n = n;
    return WN_OK;
}
