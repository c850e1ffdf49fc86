/* walk.c: see walk.h. */
#include "config.h"
#include "input/walk.h"
#include "guard/guard.h"
#include "input/rawfile.h"
#include "util/alloc.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static wn_status out_of_memory(walk *w)
{
    return wn_fail(w->err, WN_E_NOMEM, "out of memory for the list of input files");
}

void walk_begin(walk *w, const char *path)
{
    (void)snprintf(w->path, sizeof w->path, "%s", path);
    if (w->cap_folders > 0)
        memset(w->folder, 0, w->cap_folders * sizeof *w->folder);
    w->n_folders = 0;
    w->matching = false;
}

void walk_free(walk *w)
{
    mem_free(w->found);
    mem_free(w->folder);
    mem_free(w);
}

size_t walk_push(walk *w, const char *name, size_t n)
{
    size_t len = strlen(w->path), slash = len > 0 && w->path[len - 1] != '/';
    if (len + slash + n + 1 > sizeof w->path)
        return SIZE_MAX;
    if (slash)
        w->path[len] = '/';
    memcpy(w->path + len + slash, name, n);
    w->path[len + slash + n] = '\0';
    return len;
}

/* ---- the list ---- */

/* Drop "." and empty components; "x/.." too when that names the same file (x may be a symbolic
 * link). */
static void drop_dots(char *path)
{
    char *to = path + (*path == '/'), *start = to;
    for (const char *from = to; *from != '\0';) {
        size_t n = strcspn(from, "/");
        bool more = from[n] == '/', keep = n > 0 && !(n == 1 && *from == '.');
        if (keep && to > start)
            *to++ = '/';
        if (keep)
            memmove(to, from, n);
        to += keep ? n : 0;
        from += n + more;
    }
    *to = '\0';
}

static bool collapse_one(const char *path, char *out)
{
    for (const char *p = path; (p = strstr(p, "/..")) != NULL; p += 3) {
        const char *name = p;
        if (p[3] != '/' && p[3] != '\0')
            continue;
        while (name > path && name[-1] != '/')
            name--;
        if (name == p || (p - name == 2 && memcmp(name, "..", 2) == 0))
            continue;
        size_t head = (size_t)(name - path);
        memcpy(out, path, head);
        strcpy(out + head, p[3] == '/' ? p + 4 : p + 3);
        return *out != '\0';
    }
    return false;
}

static void normalise(char *path, const struct stat *st)
{
    char shorter[PATH_MAX];
    struct stat other;
    drop_dots(path);
    while (collapse_one(path, shorter)) {
        if (stat(shorter, &other) != 0 || other.st_dev != st->st_dev || other.st_ino != st->st_ino)
            return;
        strcpy(path, shorter);
    }
}

static wn_status add(walk *w, found_kind kind, input_file file)
{
    if (!MEM_GROW(w->found, w->cap, w->n + 1))
        return out_of_memory(w);
    file.path = arena_strndup(w->memory, file.path, strlen(file.path));
    if (file.path == NULL)
        return out_of_memory(w);
    w->found[w->n++] = (found){file, kind, NULL};
    return WN_OK;
}

wn_status walk_add(walk *w, found_kind kind, const char *path, const struct stat *st)
{
    char name[PATH_MAX];
    (void)snprintf(name, sizeof name, "%s", path);
    if (strcmp(path, "-") != 0)
        normalise(name, st);
    return add(w, kind,
               (input_file){name, (uint64_t)st->st_size, st->st_dev, st->st_ino, st->st_mtim,
                            NULL});
}

wn_status walk_add_broken(walk *w, const char *what)
{
    const char *reason = strerror(errno);
    char name[PATH_MAX];
    if (rawfile_is_want(errno))
        return wn_fail(w->err, WN_E_NOMEM, "%.200s: %s%s", w->path, what, reason);
    size_t size = strlen(what) + strlen(reason) + 1;
    char *problem = arena_alloc(w->memory, size);
    if (problem == NULL)
        return out_of_memory(w);
    (void)snprintf(problem, size, "%s%s", what, reason);
    (void)snprintf(name, sizeof name, "%s", *w->path != '\0' ? w->path : ".");
    drop_dots(name);
    return add(w, FOUND_INPUT,
               (input_file){.path = *name != '\0' ? name : ".", .problem = problem});
}

/* ---- which folders ---- */

static folder_key *key_of(const walk *w, dev_t dev, ino_t ino)
{
    size_t i =
        (size_t)(((uint64_t)ino * UINT64_C(0x9e3779b97f4a7c15)) ^ dev) & (w->cap_folders - 1);
    while (w->folder[i].taken && (w->folder[i].dev != dev || w->folder[i].ino != ino))
        i = (i + 1) & (w->cap_folders - 1);
    return &w->folder[i];
}

static bool grow_folders(walk *w)
{
    const folder_key *old = w->folder;
    size_t n = w->cap_folders, cap = n == 0 ? 64 : 2 * n;
    folder_key *grown = mem_zeroed(cap * sizeof *grown);
    if (grown == NULL)
        return false;
    w->folder = grown;
    w->cap_folders = cap;
    for (size_t i = 0; i < n; i++)
        if (old[i].taken)
            *key_of(w, old[i].dev, old[i].ino) = old[i];
    mem_free((void *)(uintptr_t)old);
    return true;
}

static bool is_link(const walk *w)
{
    struct stat st;
    return lstat(w->path, &st) == 0 && S_ISLNK(st.st_mode);
}

static wn_status note_folder(walk *w, const struct stat *st, bool *ret_before)
{
    if (2 * (w->n_folders + 1) > w->cap_folders && !grow_folders(w))
        return out_of_memory(w);
    folder_key *k = key_of(w, st->st_dev, st->st_ino);
    *ret_before = k->taken;
    w->n_folders += !k->taken;
    *k = (folder_key){st->st_dev, st->st_ino, true};
    return WN_OK;
}

static bool is_run(walk *w, const struct stat *st)
{
    struct stat mark;
    bool marked = false;
    size_t len = walk_push(w, ".winnow", 7);
    if (len != SIZE_MAX) {
        marked = lstat(w->path, &mark) == 0;
        w->path[len] = '\0';
    }
    return marked || (w->out.taken && st->st_dev == w->out.dev && st->st_ino == w->out.ino);
}

wn_status walk_leaves_out(walk *w, const struct stat *st, bool *ret_out)
{
    *ret_out = is_run(w, st);
    return *ret_out ? walk_add(w, FOUND_RUN, w->path, st) : WN_OK;
}

wn_status walk_enter(walk *w, const struct stat *st, bool *ret_may)
{
    bool before = false, out = false;
    wn_status status = note_folder(w, st, &before);
    *ret_may = status == WN_OK && (!before || !is_link(w));
    if (!*ret_may)
        return status;
    status = walk_leaves_out(w, st, &out);
    *ret_may = !out;
    return status;
}

wn_status walk_enter_named(walk *w, const struct stat *st)
{
    bool ignored;
    wn_status status = note_folder(w, st, &ignored);
    return status == WN_OK ? walk_add(w, FOUND_NAMED, w->path, st) : status;
}

/* ---- entries ---- */

typedef struct names {
    char **name;
    size_t n, cap;
} names;

static void names_free(names *l)
{
    for (size_t i = 0; i < l->n; i++)
        mem_free(l->name[i]);
    mem_free(l->name);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool add_name(names *l, const char *name)
{
    size_t size = strlen(name) + 1;
    if (!MEM_GROW(l->name, l->cap, l->n + 1))
        return false;
    char *copy = mem_alloc(size);
    if (copy == NULL)
        return false;
    l->name[l->n++] = memcpy(copy, name, size);
    return true;
}

static bool is_wanted(const char *name, bool hidden)
{
    return strcmp(name, ".") != 0 && strcmp(name, "..") != 0 && (hidden || name[0] != '.');
}

/* *ret_broken: errno, where the folder cannot be read (to its end). */
static wn_status list_folder(walk *w, bool hidden, names *ret, int *ret_broken)
{
    DIR *d = opendir(*w->path != '\0' ? w->path : ".");
    struct dirent *e = NULL;
    wn_status status = WN_OK;
    *ret_broken = errno;
    if (d == NULL)
        return WN_OK;
    while (status == WN_OK && (errno = 0, (e = readdir(d)) != NULL)) {
        if (is_wanted(e->d_name, hidden) && !add_name(ret, e->d_name))
            status = out_of_memory(w);
    }
    *ret_broken = e == NULL ? errno : 0;
    (void)closedir(d);
    if (ret->n > 1)
        qsort(ret->name, ret->n, sizeof *ret->name, by_bytes);
    return status;
}

static wn_status visit_entry(walk *w, const char *name, walk_visit *each, const char *rest,
                             bool *long_path)
{
    struct stat st;
    size_t len = walk_push(w, name, strlen(name));
    *long_path = *long_path || len == SIZE_MAX;
    if (len == SIZE_MAX)
        return WN_OK;
    if (guard_signal() != 0)
        return wn_fail(w->err, WN_E_INTERRUPTED, "interrupted while looking for input files");
    wn_status status = each(w, name, stat(w->path, &st) == 0 ? &st : NULL, rest);
    w->path[len] = '\0';
    return status;
}

wn_status walk_entries(walk *w, bool hidden, walk_visit *each, const char *rest)
{
    names l = {NULL, 0, 0};
    int broken = 0;
    bool long_path = false;
    wn_status status = list_folder(w, hidden, &l, &broken);
    for (size_t i = 0; status == WN_OK && i < l.n; i++)
        status = visit_entry(w, l.name[i], each, rest, &long_path);
    names_free(&l);
    errno = broken;
    if (status == WN_OK && broken != 0)
        return walk_add_broken(w, "the folder cannot be read: ");
    errno = ENAMETOOLONG;
    return status == WN_OK && long_path
               ? walk_add_broken(w, "the folder's entries cannot be read: ")
               : status;
}
