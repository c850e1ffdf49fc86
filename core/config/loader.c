/* loader.c: the only file that knows libltdl. Finds NAME.la or NAME.so in a list of folders, loads
 * it for good (plugins are resident: unloading buys a batch program nothing) and checks what it
 * exports. For the main thread, before workers start: libltdl has no locks. */
#include <config.h>
#include "config/config.h"
#include "config/elf.h"
#include "config/node.h"
#include "config/options.h"
#include "guard/guard.h"
#include <dirent.h>
#include <dlfcn.h>
#include <limits.h>
#include <ltdl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct loaded {
    char *path;       /* of the shared object, absolute */
    wn_plugin plugin; /* a copy: zero where an older, shorter descriptor ends */
    struct loaded *next;
} loaded;

static loaded *all_loaded; /* main thread only, see above */

static wn_status refuse(wn_error *err, const char *path, const char *why)
{
    return wn_fail(err, WN_E_ABI, "%.200s: %s", path, why);
}

static const loaded *find_loaded(const char *path)
{
    const loaded *l = all_loaded;
    while (l != NULL && strcmp(l->path, path) != 0)
        l = l->next;
    return l;
}

/* libltdl says "file not found" for whatever goes wrong, and binds lazily, so that a missing
 * function would end the run in its middle: the system's loader is asked first, with a file that is
 * whole. */
static wn_status bind_now(const char *so, wn_error *err)
{
    uint64_t size, need;
    struct stat st;
    if (stat(so, &st) == 0 && !S_ISREG(st.st_mode)) /* a FIFO would be waited for without end */
        return wn_fail(err, WN_E_ABI, "%.200s is not a regular file", so);
    if (!elf_is_whole(so, &size, &need))
        return wn_fail(
            err, WN_E_ABI,
            "%.200s is truncated (%llu bytes, its headers need %llu): build or copy it again", so,
            (unsigned long long)size, (unsigned long long)need);
    return dlopen(so, RTLD_NOW | RTLD_LOCAL) != NULL
               ? WN_OK
               : wn_fail(err, WN_E_ABI, "%s (try: ldd %s)", dlerror(), so);
}

static lt_dlhandle open_module(const char *file)
{
    lt_dladvise advice;
    lt_dlhandle handle = NULL;
    if (lt_dlinit() != 0 || lt_dladvise_init(&advice) != 0)
        return NULL;
    if (lt_dladvise_local(&advice) == 0 && lt_dladvise_resident(&advice) == 0)
        handle = lt_dlopenadvise(file, advice);
    (void)lt_dladvise_destroy(&advice);
    return handle;
}

/* The descriptor of a loaded module, checked, as far as this host knows it. */
static wn_status read_descriptor(lt_dlhandle handle, const char *so, const char *name,
                                 wn_plugin *ret_plugin, wn_error *err)
{
    union {
        void *object;
        const wn_plugin *(*function)(void);
    } entry = {lt_dlsym(handle, WN_ENTRY_NAME)};
    if (entry.object == NULL)
        return refuse(err, so,
                      "does not export " WN_ENTRY_NAME
                      "(): end the plugin with WN_PLUGIN_ENTRY(descriptor)");
    const wn_plugin *p = entry.function();
    wn_error why = WN_ERROR_INIT;
    if (abi_check(p, &why) != WN_OK)
        return why.status == WN_E_NOMEM ? out_of_memory(err) : refuse(err, so, why.text);
    if (strcmp(p->name, name) != 0)
        return wn_fail(err, WN_E_ABI,
                       "%.200s: calls itself `%s`: name the file %s.so, or the plugin `%s`", so,
                       p->name, p->name, name);
    *ret_plugin = abi_copy(p);
    return WN_OK;
}

enum { A_MINUTE = 60 };

static wn_status load(const char *file, const char *so, const char *name, const loaded **ret_loaded,
                      wn_error *err)
{
    guard_about("file", so);
    guard_enter(name, "load", A_MINUTE, "a minute for loading");
    wn_status status = bind_now(so, err);
    lt_dlhandle handle = status == WN_OK ? open_module(file) : NULL;
    guard_leave();
    if (status != WN_OK)
        return status;
    if (handle == NULL) {
        const char *why = lt_dlerror();
        return refuse(err, so, why == NULL ? "cannot be loaded" : why);
    }
    loaded *l = calloc(1, sizeof *l);
    if (l == NULL || (l->path = strdup(so)) == NULL) {
        free(l);
        return out_of_memory(err);
    }
    status = read_descriptor(handle, so, name, &l->plugin, err);
    if (status != WN_OK) {
        free(l->path);
        free(l);
        return status;
    }
    l->next = all_loaded;
    all_loaded = l;
    *ret_loaded = l;
    return WN_OK;
}

/* The file libltdl opens and the shared object behind it: NAME.so, or NAME.la with .libs/NAME.so as
 * libtool leaves them in a build tree. */
static bool find_files(const char *dir, const char *name, char file[PATH_MAX], char so[PATH_MAX])
{
    char real[PATH_MAX];
    if (realpath(dir, real) == NULL)
        return false;
    for (int libtool = 1; libtool >= 0; libtool--) {
        int n = snprintf(file, PATH_MAX, "%s/%s%s", real, name, libtool ? ".la" : ".so");
        int m = snprintf(so, PATH_MAX, "%s/%s%s.so", real, libtool ? ".libs/" : "", name);
        if (n < PATH_MAX && m < PATH_MAX && access(file, F_OK) == 0 && access(so, F_OK) == 0)
            return true;
    }
    return false;
}

static wn_status load_from(const char *dir, const char *name, const wn_plugin **ret_plugin,
                           const char **ret_path, bool *ret_found, wn_error *err)
{
    char file[PATH_MAX], so[PATH_MAX];
    *ret_found = find_files(dir, name, file, so);
    if (!*ret_found)
        return WN_OK;
    const loaded *l = find_loaded(so);
    wn_status status = l == NULL ? load(file, so, name, &l, err) : WN_OK;
    if (status == WN_OK) {
        *ret_plugin = &l->plugin;
        *ret_path = l->path;
    }
    return status;
}

/* NAME of NAME.so or NAME.la, in `ret_name`; false for other files. */
static bool plugin_name(const char *file, char ret_name[72])
{
    const char *dot = strrchr(file, '.');
    if (dot == NULL || (strcmp(dot, ".so") != 0 && strcmp(dot, ".la") != 0) || dot - file > 64)
        return false;
    memcpy(ret_name, file, (size_t)(dot - file));
    ret_name[dot - file] = '\0';
    return name_is_valid(ret_name, "_-");
}

static int by_name(const void *a, const void *b)
{
    const plugin_file *x = a, *y = b;
    return strcmp(x->name, y->name);
}

static bool known(const plugin_file *files, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(files[i].name, name) == 0)
            return true;
    return false;
}

static wn_status add_file(plugin_file **files, size_t *n, const char *dir, const char *name,
                          wn_error *err)
{
    char file[PATH_MAX], so[PATH_MAX];
    if (known(*files, *n, name) || !find_files(dir, name, file, so))
        return WN_OK;
    plugin_file *bigger = realloc(*files, (*n + 1) * sizeof *bigger);
    if (bigger == NULL)
        return out_of_memory(err);
    *files = bigger;
    memset(&bigger[*n], 0, sizeof bigger[*n]);
    char *own_name = strdup(name), *path = strdup(so);
    bigger[*n].name = own_name;
    bigger[*n].path = path;
    if (own_name == NULL || path == NULL) {
        free(own_name);
        free(path);
        return out_of_memory(err);
    }
    ++*n;
    return WN_OK;
}

/* All plugin files of the folders, an earlier folder first; nothing is loaded. */
static wn_status find_plugins(const char *const *dirs, size_t n_dirs, plugin_file **ret_files,
                              size_t *ret_n, wn_error *err)
{
    wn_status status = WN_OK;
    *ret_files = NULL;
    *ret_n = 0;
    for (size_t i = 0; i < n_dirs && status == WN_OK; i++) {
        DIR *d = opendir(dirs[i]);
        char name[72];
        for (struct dirent *e; d != NULL && status == WN_OK && (e = readdir(d)) != NULL;)
            if (plugin_name(e->d_name, name))
                status = add_file(ret_files, ret_n, dirs[i], name, err);
        if (d != NULL)
            (void)closedir(d);
    }
    if (status != WN_OK) {
        plugins_scan_free(*ret_files, *ret_n);
        return status;
    }
    if (*ret_n > 0)
        qsort(*ret_files, *ret_n, sizeof **ret_files, by_name);
    return WN_OK;
}

wn_status plugins_scan(const char *const *dirs, size_t n_dirs, plugin_file **ret_files,
                       size_t *ret_n, wn_error *err)
{
    plugin_file *files;
    size_t n;
    wn_status status = find_plugins(dirs, n_dirs, &files, &n, err);
    if (status != WN_OK)
        return status;
    for (size_t i = 0; i < n; i++) {
        wn_error why = WN_ERROR_INIT;
        if (plugin_load_file(files[i].path, &files[i].plugin, &why) != WN_OK)
            (void)snprintf(files[i].problem, sizeof files[i].problem, "%s", why.text);
    }
    *ret_files = files;
    *ret_n = n;
    return WN_OK;
}

void plugins_scan_free(plugin_file *files, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free((char *)(uintptr_t)files[i].name);
        free((char *)(uintptr_t)files[i].path);
    }
    free(files);
}

static wn_status not_found(const char *name, const char *const *dirs, size_t n_dirs, wn_error *err)
{
    plugin_file *files;
    size_t n;
    wn_status status = find_plugins(dirs, n_dirs, &files, &n, err);
    if (status != WN_OK)
        return status;
    const char *names[128];
    for (size_t i = 0; i < n && i < 128; i++)
        names[i] = files[i].name;
    char hint[200], searched[300] = "";
    suggest_clause(name, names, n < 128 ? n : 128, hint, sizeof hint);
    size_t used = 0;
    for (size_t i = 0; i < n_dirs && used < sizeof searched; i++)
        used += (size_t)snprintf(searched + used, sizeof searched - used, "%s%s",
                                 i == 0 ? "" : ", ", dirs[i]);
    plugins_scan_free(files, n);
    return wn_fail(err, WN_E_CONFIG, "no plugin `%.64s`%s (searched: %s)", name, hint, searched);
}

wn_status plugin_load(const char *name, const char *const *dirs, size_t n_dirs,
                      const wn_plugin **ret_plugin, const char **ret_path, wn_error *err)
{
    if (!name_is_valid(name, "_-"))
        return wn_fail(
            err, WN_E_CONFIG,
            "`%.64s` is not a plugin name: write NAME of NAME.so, and its folder under `plugins:`",
            name);
    for (size_t i = 0; i < n_dirs; i++) {
        bool found;
        wn_status status = load_from(dirs[i], name, ret_plugin, ret_path, &found, err);
        if (found)
            return status;
    }
    return not_found(name, dirs, n_dirs, err);
}

wn_status plugin_load_file(const char *path, const wn_plugin **ret_plugin, wn_error *err)
{
    char dir[PATH_MAX], name[72];
    const char *slash = strrchr(path, '/'), *file = slash == NULL ? path : slash + 1, *so;
    int n = slash == NULL ? 1 : slash == path ? 1 : (int)(slash - path);
    if (!plugin_name(file, name))
        return wn_fail(err, WN_E_CONFIG,
                       "%.200s: a plugin's file is called NAME.so, NAME matching [a-z][a-z0-9_-]*",
                       path);
    if (snprintf(dir, sizeof dir, "%.*s", n, slash == NULL ? "." : path) >= (int)sizeof dir)
        return wn_fail(err, WN_E_CONFIG, "%.200s: the path is too long", path);
    bool found;
    wn_status status = load_from(dir, name, ret_plugin, &so, &found, err);
    return found ? status : wn_fail(err, WN_E_CONFIG, "%.200s: no such plugin file", path);
}
