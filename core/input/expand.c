/* expand.c: from patterns, folders and names to the sorted list of input files. */
#include "config.h"
#include "input/glob.h"
#include "input/input.h"
#include "input/rawfile.h"
#include "util/alloc.h"
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_STARS = 4 }; /* ** in one pattern: each multiplies the work by the depth of the tree */

typedef struct found {
    input_file file;
    char *real; /* set by drop_doubles for those that share a device and inode */
} found;

typedef struct walk {
    arena *memory;
    found *found;
    size_t n, cap;
    const char *suffixes;
    struct { dev_t dev; ino_t ino; } *folder; /* entered in this walk */
    size_t n_folders, cap_folders;
    size_t matched_folders;
    char path[PATH_MAX];
    wn_error *err;
} walk;

static wn_status out_of_memory(walk *w)
{
    return wn_fail(w->err, WN_E_NOMEM, "out of memory for the list of input files");
}

/* ---- names ---- */

/* Drop "." and empty components; "x/.." too when that names the same file (x may be a symbolic link). */
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

static bool ends_with(const char *name, const char *suffix, size_t n)
{
    size_t len = strlen(name);
    if (len <= n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = name[len - n + i];
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != suffix[i])
            return false;
    }
    return true;
}

static bool has_suffix(const char *name, const char *suffixes)
{
    for (const char *s = suffixes; s != NULL && *s != '\0';) {
        size_t n = strcspn(s, " ");
        if (n > 0 && ends_with(name, s, n))
            return true;
        s += n + (s[n] == ' ');
    }
    return false;
}

/* ---- the list ---- */

static wn_status add_file(walk *w, const char *path, const struct stat *st)
{
    char name[PATH_MAX];
    void *grown = w->found;
    if (!mem_grow(&grown, &w->cap, w->n + 1, sizeof *w->found))
        return out_of_memory(w);
    w->found = grown;
    strcpy(name, path);
    if (strcmp(path, "-") != 0)
        normalise(name, st);
    const char *kept = arena_strndup(w->memory, name, strlen(name));
    if (kept == NULL)
        return out_of_memory(w);
    w->found[w->n++] = (found){{kept, (uint64_t)st->st_size, st->st_dev, st->st_ino, st->st_mtim}, NULL};
    return WN_OK;
}

static bool entered(const walk *w, const struct stat *st)
{
    for (size_t i = 0; i < w->n_folders; i++)
        if (w->folder[i].dev == st->st_dev && w->folder[i].ino == st->st_ino)
            return true;
    return false;
}

static wn_status enter(walk *w, const struct stat *st)
{
    void *grown = w->folder;
    if (!mem_grow(&grown, &w->cap_folders, w->n_folders + 1, sizeof *w->folder))
        return out_of_memory(w);
    w->folder = grown;
    w->folder[w->n_folders].dev = st->st_dev;
    w->folder[w->n_folders++].ino = st->st_ino;
    return WN_OK;
}

/* ---- folders ---- */

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
    void *grown = l->name;
    if (!mem_grow(&grown, &l->cap, l->n + 1, sizeof *l->name))
        return false;
    l->name = grown;
    char *copy = mem_alloc(size);
    if (copy == NULL)
        return false;
    l->name[l->n++] = memcpy(copy, name, size);
    return true;
}

static wn_status list_folder(walk *w, bool hidden, names *ret)
{
    const char *path = *w->path != '\0' ? w->path : ".";
    DIR *d = opendir(path);
    struct dirent *e;
    wn_status status = WN_OK;
    if (d == NULL)
        return wn_fail(w->err, WN_E_IO, "%s: the folder cannot be read: %s", path, strerror(errno));
    while (status == WN_OK && (e = readdir(d)) != NULL) {
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 && (hidden || e->d_name[0] != '.') &&
            !add_name(ret, e->d_name))
            status = out_of_memory(w);
    }
    (void)closedir(d);
    if (ret->n > 1)
        qsort(ret->name, ret->n, sizeof *ret->name, by_bytes);
    return status;
}

/* Append a component to w->path; returns the old length, SIZE_MAX (and an error) if it does not fit. */
static size_t push(walk *w, const char *name, size_t n)
{
    size_t len = strlen(w->path), slash = len > 0 && w->path[len - 1] != '/';
    if (len + slash + n + 1 > sizeof w->path) {
        (void)wn_fail(w->err, WN_E_IO, "%.200s...: the path is longer than %d bytes", w->path, PATH_MAX);
        return SIZE_MAX;
    }
    if (slash)
        w->path[len] = '/';
    memcpy(w->path + len + slash, name, n);
    w->path[len + slash + n] = '\0';
    return len;
}

/* May a walk go into the folder at w->path? Symbolic links to folders are followed to each target once. */
static bool may_enter(const walk *w, const struct stat *st)
{
    struct stat link;
    return !entered(w, st) || (lstat(w->path, &link) == 0 && !S_ISLNK(link.st_mode));
}

typedef wn_status visit(walk *w, const char *name, const struct stat *st, const char *rest);

static wn_status for_entries(walk *w, bool hidden, visit *each, const char *rest)
{
    names l = {NULL, 0, 0};
    wn_status status = list_folder(w, hidden, &l);
    for (size_t i = 0; status == WN_OK && i < l.n; i++) {
        struct stat st;
        size_t len = push(w, l.name[i], strlen(l.name[i]));
        if (len == SIZE_MAX)
            status = WN_E_IO;
        else if (stat(w->path, &st) == 0) /* else a dangling link */
            status = each(w, l.name[i], &st, rest);
        if (len != SIZE_MAX)
            w->path[len] = '\0';
    }
    names_free(&l);
    return status;
}

static wn_status take_from_folder(walk *w, const char *name, const struct stat *st, const char *rest)
{
    if (S_ISREG(st->st_mode))
        return has_suffix(name, w->suffixes) ? add_file(w, w->path, st) : WN_OK;
    if (!S_ISDIR(st->st_mode) || !may_enter(w, st))
        return WN_OK;
    wn_status status = enter(w, st);
    return status == WN_OK ? for_entries(w, false, take_from_folder, rest) : status;
}

/* ---- patterns ---- */

static wn_status match_rest(walk *w, const char *rest);

/* `rest` starts with the component to match. */
static wn_status match_entry(walk *w, const char *name, const struct stat *st, const char *rest)
{
    char part[NAME_MAX * 4 + 1];
    size_t n = strcspn(rest, "/");
    if (n >= sizeof part || (name[0] == '.' && rest[0] != '.'))
        return WN_OK;
    memcpy(part, rest, n);
    part[n] = '\0';
    if (!glob_match(part, name))
        return WN_OK;
    if (rest[n] == '/')
        return S_ISDIR(st->st_mode) ? match_rest(w, rest + n + 1) : WN_OK;
    if (S_ISREG(st->st_mode))
        return add_file(w, w->path, st);
    w->matched_folders += S_ISDIR(st->st_mode);
    return WN_OK;
}

static wn_status descend(walk *w, const char *name, const struct stat *st, const char *rest)
{
    (void)name;
    if (!S_ISDIR(st->st_mode) || !may_enter(w, st))
        return WN_OK;
    wn_status status = enter(w, st);
    if (status == WN_OK)
        status = match_rest(w, rest);
    return status == WN_OK ? for_entries(w, false, descend, rest) : status;
}

static wn_status match_plain(walk *w, const char *rest, size_t n)
{
    struct stat st;
    wn_status status = WN_OK;
    size_t len = push(w, rest, n);
    if (len == SIZE_MAX)
        return WN_E_IO;
    if (stat(w->path, &st) == 0) {
        if (rest[n] == '/' && S_ISDIR(st.st_mode))
            status = match_rest(w, rest + n + 1);
        else if (rest[n] == '\0' && S_ISREG(st.st_mode))
            status = add_file(w, w->path, &st);
    }
    w->path[len] = '\0';
    return status;
}

static wn_status match_rest(walk *w, const char *rest)
{
    char part[NAME_MAX * 4 + 1];
    rest += strspn(rest, "/");
    size_t n = strcspn(rest, "/");
    if (n == 2 && memcmp(rest, "**", 2) == 0) {
        const char *after = rest[2] == '/' ? rest + 3 : "*";
        wn_status status = match_rest(w, after);
        return status == WN_OK ? for_entries(w, false, descend, after) : status;
    }
    if (n >= sizeof part)
        return WN_OK;
    memcpy(part, rest, n);
    part[n] = '\0';
    if (n == 0 || !glob_is_pattern(part))
        return match_plain(w, rest, n);
    return for_entries(w, rest[0] == '.', match_entry, rest);
}

static wn_status match_pattern(void *self, const char *pattern, wn_error *err)
{
    walk *w = self;
    size_t stars = 0;
    for (const char *p = pattern; (p = strstr(p, "**")) != NULL; p += 2)
        stars++;
    if (stars > MAX_STARS)
        return wn_fail(err, WN_E_CONFIG, "%s: more than %d times ** in a path pattern", pattern, MAX_STARS);
    strcpy(w->path, pattern[0] == '/' ? "/" : "");
    w->n_folders = 0;
    return match_rest(w, pattern);
}

/* ---- one item of the list ---- */

static wn_status take_stdin(walk *w)
{
    struct stat st = {0};
    uint64_t size = 0;
    wn_status status = rawfile_spool_stdin(&size, w->err);
    if (status != WN_OK)
        return status;
    st.st_size = (off_t)size;
    return add_file(w, "-", &st);
}

static wn_status take_folder(walk *w, const char *path, const struct stat *st)
{
    size_t before = w->n;
    strcpy(w->path, path);
    w->n_folders = 0;
    wn_status status = enter(w, st);
    if (status == WN_OK)
        status = for_entries(w, false, take_from_folder, "");
    if (status == WN_OK && w->n == before)
        return wn_fail(w->err, WN_E_CONFIG, "%s: the folder holds no input; this source takes files named %s", path,
                       w->suffixes != NULL && *w->suffixes != '\0' ? w->suffixes : "one by one");
    return status;
}

static wn_status take_pattern(walk *w, const char *pattern)
{
    size_t before = w->n;
    w->matched_folders = 0;
    wn_status status = glob_braces(pattern, match_pattern, w, w->err);
    if (status != WN_OK || w->n > before)
        return status;
    return wn_fail(w->err, WN_E_CONFIG, "%s: the pattern matches %s", pattern,
                   w->matched_folders > 0 ? "folders only; add /** for the files in them" : "no file");
}

static wn_status take(walk *w, const char *item, const char *base_dir)
{
    char path[PATH_MAX];
    struct stat st;
    bool based = base_dir != NULL && *base_dir != '\0' && item[0] != '/';
    if (strcmp(item, "-") == 0)
        return take_stdin(w);
    if (*item == '\0')
        return wn_fail(w->err, WN_E_CONFIG, "an input path is empty");
    if (snprintf(path, sizeof path, "%s%s%s", based ? base_dir : "", based ? "/" : "", item) >= (int)sizeof path)
        return wn_fail(w->err, WN_E_CONFIG, "%.200s...: the path is longer than %d bytes", item, PATH_MAX);
    if (stat(path, &st) == 0) {
        if (S_ISREG(st.st_mode))
            return add_file(w, path, &st);
        if (S_ISDIR(st.st_mode))
            return take_folder(w, path, &st);
        return wn_fail(w->err, WN_E_CONFIG, "%s: neither a file nor a folder; pipe it in and name it -", path);
    }
    if (!glob_is_pattern(path))
        return wn_fail(w->err, WN_E_CONFIG, "%s: %s", path, strerror(errno));
    return take_pattern(w, path);
}

/* ---- sorted, each once ---- */

static int by_inode(const void *a, const void *b)
{
    const input_file *x = &((const found *)a)->file, *y = &((const found *)b)->file;
    if (x->dev != y->dev)
        return x->dev < y->dev ? -1 : 1;
    if (x->ino != y->ino)
        return x->ino < y->ino ? -1 : 1;
    return strcmp(x->path, y->path);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const found *)a)->file.path, ((const found *)b)->file.path);
}

static bool same_inode(const found *a, const found *b)
{
    return a->file.dev == b->file.dev && a->file.ino == b->file.ino;
}

/* One folder entry named in several ways (spellings, symbolic links) stays once, under the first name by bytes; hard
 * links are files of their own. */
static void drop_doubles(walk *w)
{
    size_t kept = 0;
    qsort(w->found, w->n, sizeof *w->found, by_inode);
    for (size_t i = 0; i < w->n; i++) {
        found f = w->found[i];
        bool twice = false;
        if ((i > 0 && same_inode(&f, &w->found[i - 1])) || (i + 1 < w->n && same_inode(&f, &w->found[i + 1])))
            f.real = realpath(f.file.path, NULL);
        for (size_t k = kept; k > 0 && same_inode(&f, &w->found[k - 1]) && !twice; k--)
            twice = strcmp(f.file.path, w->found[k - 1].file.path) == 0 ||
                    (f.real != NULL && w->found[k - 1].real != NULL && strcmp(f.real, w->found[k - 1].real) == 0);
        w->found[i].real = NULL;
        if (twice)
            free(f.real);
        else
            w->found[kept++] = f;
    }
    for (size_t i = 0; i < kept; i++)
        free(w->found[i].real);
    w->n = kept;
    qsort(w->found, w->n, sizeof *w->found, by_path);
}

static wn_status make_list(walk *w, input_list *ret_list)
{
    if (w->n > 0)
        drop_doubles(w);
    input_file *file = mem_zeroed((w->n + 1) * sizeof *file);
    if (file == NULL)
        return out_of_memory(w);
    for (size_t i = 0; i < w->n; i++)
        file[i] = w->found[i].file;
    *ret_list = (input_list){file, w->n, w->memory};
    return WN_OK;
}

wn_status input_expand(const char *const *patterns, size_t n, const char *base_dir, const char *suffixes,
                       input_list *ret_list, wn_error *err)
{
    walk *w = mem_zeroed(sizeof *w);
    wn_status status = WN_OK;
    if (w == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory for the list of input files");
    w->memory = arena_new(0);
    w->suffixes = suffixes;
    w->err = err;
    if (w->memory == NULL)
        status = out_of_memory(w);
    for (size_t i = 0; status == WN_OK && i < n; i++)
        status = take(w, patterns[i], base_dir);
    if (status == WN_OK)
        status = make_list(w, ret_list);
    if (status != WN_OK && w->memory != NULL)
        arena_free(w->memory);
    mem_free(w->found);
    mem_free(w->folder);
    mem_free(w);
    return status;
}

void input_list_release(input_list *l)
{
    mem_free(l->file);
    arena_free(l->memory);
    *l = (input_list){NULL, 0, NULL};
}
