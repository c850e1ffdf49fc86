/* expand.c: from patterns, folders and names to the sorted list of input files. */
#include "config.h"
#include "input/glob.h"
#include "input/input.h"
#include "input/rawfile.h"
#include "input/walk.h"
#include "util/alloc.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ** in one pattern: each multiplies the work by the depth of the tree */
enum { MAX_STARS = 4 };

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

/* An entry that cannot be seen may be anything, unless it is a link that leads nowhere. */
static bool may_be_anything(void)
{
    return errno != ENOENT && errno != ELOOP;
}

/* ---- folders ---- */

static wn_status take_from_folder(walk *w, const char *name, const struct stat *st,
                                  const char *rest)
{
    bool may = false;
    if (st == NULL && (has_suffix(name, w->suffixes) || may_be_anything()))
        return walk_add_broken(w, "cannot be opened: ");
    if (st == NULL)
        return walk_add(w, FOUND_PASSED, w->path, &(struct stat){0});
    if (S_ISREG(st->st_mode))
        return walk_add(w, has_suffix(name, w->suffixes) ? FOUND_INPUT : FOUND_PASSED, w->path, st);
    if (!S_ISDIR(st->st_mode))
        return walk_add(w, FOUND_SPECIAL, w->path, st);
    wn_status status = walk_enter(w, st, &may);
    return status == WN_OK && may ? walk_entries(w, false, take_from_folder, rest) : status;
}

/* ---- patterns ---- */

static wn_status match_rest(walk *w, const char *rest);

static wn_status match_folder(walk *w, const struct stat *st, const char *rest)
{
    bool out = false;
    wn_status status = walk_leaves_out(w, st, &out);
    return status != WN_OK || out ? status : match_rest(w, rest);
}

static wn_status match_file(walk *w, const struct stat *st)
{
    if (S_ISREG(st->st_mode))
        return walk_add(w, FOUND_INPUT, w->path, st);
    w->matched_folders += S_ISDIR(st->st_mode);
    return S_ISDIR(st->st_mode) ? WN_OK : walk_add(w, FOUND_SPECIAL, w->path, st);
}

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
    if (st == NULL)
        return rest[n] == '\0' || may_be_anything() ? walk_add_broken(w, "cannot be opened: ")
                                                    : WN_OK;
    if (rest[n] == '/')
        return S_ISDIR(st->st_mode) ? match_folder(w, st, rest + n + 1) : WN_OK;
    return match_file(w, st);
}

static wn_status descend(walk *w, const char *name, const struct stat *st, const char *rest)
{
    bool may = false;
    (void)name;
    if (st == NULL || !S_ISDIR(st->st_mode))
        return WN_OK;
    wn_status status = walk_enter(w, st, &may);
    if (status != WN_OK || !may)
        return status;
    status = match_rest(w, rest);
    return status == WN_OK ? walk_entries(w, false, descend, rest) : status;
}

static wn_status match_plain(walk *w, const char *rest, size_t n)
{
    struct stat st;
    wn_status status = WN_OK;
    size_t len = walk_push(w, rest, n);
    if (len == SIZE_MAX)
        return wn_fail(w->err, WN_E_CONFIG, "%.200s...: the path is longer than %d bytes", w->path,
                       PATH_MAX);
    if (stat(w->path, &st) != 0)
        status = may_be_anything() ? walk_add_broken(w, "cannot be opened: ") : WN_OK;
    else if (rest[n] == '\0')
        status = match_file(w, &st);
    else if (S_ISDIR(st.st_mode))
        status = w->matching ? match_folder(w, &st, rest + n + 1) : match_rest(w, rest + n + 1);
    w->path[len] = '\0';
    return status;
}

static wn_status match_rest(walk *w, const char *rest)
{
    char part[NAME_MAX * 4 + 1];
    rest += strspn(rest, "/");
    size_t n = strcspn(rest, "/");
    if (n == 2 && memcmp(rest, "**", 2) == 0) {
        w->matching = true;
        const char *after = rest[2] == '/' ? rest + 3 : "*";
        wn_status status = match_rest(w, after);
        return status == WN_OK ? walk_entries(w, false, descend, after) : status;
    }
    if (n >= sizeof part)
        return WN_OK;
    memcpy(part, rest, n);
    part[n] = '\0';
    if (n == 0 || !glob_is_pattern(part))
        return match_plain(w, rest, n);
    w->matching = true;
    return walk_entries(w, rest[0] == '.', match_entry, rest);
}

static wn_status match_pattern(void *self, const char *pattern, wn_error *err)
{
    walk *w = self;
    size_t stars = 0;
    for (const char *p = pattern; (p = strstr(p, "**")) != NULL; p += 2)
        stars++;
    if (stars > MAX_STARS)
        return wn_fail(err, WN_E_CONFIG, "%s: more than %d times ** in a path pattern", pattern,
                       MAX_STARS);
    walk_begin(w, pattern[0] == '/' ? "/" : "");
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
    return walk_add(w, FOUND_INPUT, "-", &st);
}

/* Inputs among what was found since. */
static size_t inputs_since(const walk *w, size_t before)
{
    size_t n = 0;
    for (size_t i = before; i < w->n; i++)
        n += w->found[i].kind == FOUND_INPUT;
    return n;
}

static size_t passed_since(const walk *w, size_t before)
{
    size_t n = 0;
    for (size_t i = before; i < w->n; i++)
        n += w->found[i].kind > FOUND_NAMED;
    return n;
}

static wn_status take_folder(walk *w, const char *path, const struct stat *st)
{
    size_t before = w->n;
    walk_begin(w, path);
    wn_status status = walk_enter_named(w, st);
    if (status == WN_OK)
        status = walk_entries(w, false, take_from_folder, "");
    if (status != WN_OK || inputs_since(w, before) > 0)
        return status;
    return wn_fail(
        w->err, WN_E_CONFIG,
        "%s: the folder holds no input (of %zu entries); this source takes files named %s", path,
        passed_since(w, before),
        w->suffixes != NULL && *w->suffixes != '\0' ? w->suffixes : "one by one");
}

static wn_status take_pattern(walk *w, const char *pattern)
{
    size_t before = w->n;
    w->matched_folders = 0;
    wn_status status = glob_braces(pattern, match_pattern, w, w->err);
    if (status != WN_OK || inputs_since(w, before) > 0)
        return status;
    return wn_fail(w->err, WN_E_CONFIG, "%s: the pattern matches %s", pattern,
                   w->matched_folders > 0 ? "folders only; add /** for the files in them"
                                          : "no file");
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
    if (snprintf(path, sizeof path, "%s%s%s", based ? base_dir : "", based ? "/" : "", item) >=
        (int)sizeof path)
        return wn_fail(w->err, WN_E_CONFIG, "%.200s...: the path is longer than %d bytes", item,
                       PATH_MAX);
    if (stat(path, &st) == 0) {
        if (S_ISREG(st.st_mode))
            return walk_add(w, FOUND_INPUT, path, &st);
        if (S_ISDIR(st.st_mode))
            return take_folder(w, path, &st);
        return wn_fail(w->err, WN_E_CONFIG,
                       "%s: neither a file nor a folder; pipe it in and name it -", path);
    }
    if (!glob_is_pattern(path))
        return wn_fail(w->err, WN_E_CONFIG, "%s: %s", path, strerror(errno));
    return take_pattern(w, path);
}

/* ---- sorted, each once ---- */

static int compare(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int by_inode(const void *a, const void *b)
{
    const input_file *x = &((const found *)a)->file, *y = &((const found *)b)->file;
    int c = compare(x->dev, y->dev);
    return c != 0 ? c : compare(x->ino, y->ino);
}

static const char *name_of(const found *f)
{
    return f->real != NULL ? f->real : f->file.path;
}

static int by_entry(const void *a, const void *b)
{
    const found *x = a, *y = b;
    int c = by_inode(a, b);
    if (c == 0)
        c = strcmp(name_of(x), name_of(y));
    if (c == 0)
        c = compare(x->kind, y->kind);
    return c != 0 ? c : strcmp(x->file.path, y->file.path);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const found *)a)->file.path, ((const found *)b)->file.path);
}

/* One folder entry named in several ways (spellings, symbolic links) stays once, under the first
 * name by bytes; hard links are files of their own. */
static void drop_doubles(walk *w)
{
    size_t kept = 0;
    qsort(w->found, w->n, sizeof *w->found, by_inode);
    for (size_t i = 0; i < w->n; i++) {
        found *f = &w->found[i];
        if ((i > 0 && by_inode(f, f - 1) == 0) || (i + 1 < w->n && by_inode(f, f + 1) == 0))
            f->real = realpath(f->file.path, NULL);
    }
    qsort(w->found, w->n, sizeof *w->found, by_entry);
    for (size_t i = 0; i < w->n; i++) {
        found *f = &w->found[i], *last = kept > 0 ? &w->found[kept - 1] : NULL;
        if (last != NULL && by_inode(f, last) == 0 && strcmp(name_of(f), name_of(last)) == 0)
            free(f->real);
        else
            w->found[kept++] = *f;
    }
    for (size_t i = 0; i < kept; i++)
        free(w->found[i].real);
    w->n = kept;
    qsort(w->found, w->n, sizeof *w->found, by_path);
}

static void sort_out(const found *f, input_list *l)
{
    const char *slash = strrchr(f->file.path, '/');
    switch (f->kind) {
    case FOUND_INPUT:
        l->passed.broken += f->file.problem != NULL;
        l->file[l->n++] = f->file;
        break;
    case FOUND_NAMED: break;
    case FOUND_RUN: l->passed.runs++; break;
    case FOUND_SPECIAL: l->passed.special++; break;
    case FOUND_PASSED: passed_name(&l->passed, slash != NULL ? slash + 1 : f->file.path); break;
    }
}

static wn_status make_list(walk *w, input_list *ret_list)
{
    if (w->n > 0)
        drop_doubles(w);
    input_list l = {.file = mem_zeroed(w->n * sizeof *l.file), .memory = w->memory};
    if (l.file == NULL)
        return wn_fail(w->err, WN_E_NOMEM, "out of memory for the list of input files");
    for (size_t i = 0; i < w->n; i++)
        sort_out(&w->found[i], &l);
    *ret_list = l;
    return WN_OK;
}

wn_status input_expand(const char *const *patterns, size_t n, const char *base_dir,
                       const char *suffixes, const char *out_dir, input_list *ret_list,
                       wn_error *err)
{
    struct stat out;
    walk *w = mem_zeroed(sizeof *w);
    arena *memory = arena_new(0);
    wn_status status = WN_OK;
    if (w == NULL || memory == NULL) {
        mem_free(w);
        arena_free(memory);
        return wn_fail(err, WN_E_NOMEM, "out of memory for the list of input files");
    }
    w->memory = memory;
    w->suffixes = suffixes;
    w->err = err;
    if (out_dir != NULL && stat(out_dir, &out) == 0)
        w->out = (folder_key){out.st_dev, out.st_ino, true};
    for (size_t i = 0; status == WN_OK && i < n; i++)
        status = take(w, patterns[i], base_dir);
    if (status == WN_OK)
        status = make_list(w, ret_list);
    if (status != WN_OK)
        arena_free(memory);
    walk_free(w);
    return status;
}

void input_list_release(input_list *l)
{
    mem_free(l->file);
    arena_free(l->memory);
    *l = (input_list){.n = 0};
}
