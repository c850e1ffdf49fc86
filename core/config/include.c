/* include.c: a configuration file and what it includes, as one tree. Mappings are merged key by
 * key and the including file wins; lists and single values are replaced whole. */
#include "config/node.h"
#include "config/files.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { INCLUDE_MAX_FILES = 64 };

typedef struct includes {
    arena *memory;
    size_t files;
    wn_error *err;
} includes;

static wn_status include_files(includes *in, node *root);

static const char *use_of(const node *n)
{
    const node *use = n->kind == NODE_SCALAR ? n : node_get(n, "use");
    return use != NULL && use->kind == NODE_SCALAR ? use->text : NULL;
}

/* Options of one plugin mean nothing to another. */
static bool different_plugins(const node *a, const node *b)
{
    const char *x = use_of(a), *y = use_of(b);
    return x != NULL && y != NULL && strcmp(x, y) != 0;
}

static wn_status merge(includes *in, node *into, const node *from)
{
    for (size_t i = 0; i < from->n; i++) {
        node *old = node_get(into, from->key[i]->text);
        wn_status status = WN_OK;
        if (old == NULL)
            status = node_add(in->memory, into, from->key[i], from->item[i])
                         ? WN_OK
                         : out_of_memory(in->err);
        else if (old->kind == NODE_MAP && from->item[i]->kind == NODE_MAP &&
                 !different_plugins(old, from->item[i]))
            status = merge(in, old, from->item[i]);
        if (status != WN_OK)
            return status;
    }
    return WN_OK;
}

static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static wn_status check_chain(const includes *in, const node *at, const char *name)
{
    int depth = 0;
    for (const node_file *f = at->file; f != NULL;
         f = f->from == NULL ? NULL : f->from->file, depth++) {
        if (same_file(f->name, name))
            return node_fail(at, in->err, "`%.100s` includes itself", at->text);
    }
    if (depth > INCLUDE_MAX_DEPTH)
        return node_fail(at, in->err, "includes are nested deeper than %d", INCLUDE_MAX_DEPTH);
    return WN_OK;
}

/* The main file may be a pipe, or "-"; an included one is a file, so that reading it cannot
 * hang. */
static int read_file(const node_file *file, strbuf *text)
{
    struct stat st;
    if (file->from != NULL && stat(file->name, &st) == 0 && !S_ISREG(st.st_mode))
        return S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
    if (file->from != NULL && strcmp(file->name, "-") == 0)
        return ENOENT;
    return read_whole(file->name, NODE_MAX_BYTES, text);
}

static wn_status parse_file(includes *in, const node_file *file, node **ret_root)
{
    strbuf text = STRBUF_INIT;
    const node top = {.file = file};
    const node *at = file->from != NULL ? file->from : &top;
    int failed = read_file(file, &text);
    wn_status status;
    if (failed == ENOMEM)
        status = out_of_memory(in->err);
    else if (failed != 0)
        status = node_fail(at, in->err, "cannot read %.200s: %s", file->name, strerror(failed));
    else
        status = node_parse((wn_str){text.p, text.len}, file, in->memory, ret_root, in->err);
    strbuf_release(&text);
    return status;
}

static wn_status include_one(includes *in, node *root, const node *at)
{
    if (at->kind != NODE_SCALAR || at->text[0] == '\0')
        return node_fail(at, in->err, "`include` takes file names, not %s", node_kind_name(at));
    if (++in->files > INCLUDE_MAX_FILES)
        return node_fail(at, in->err, "more than %d files are included", INCLUDE_MAX_FILES);
    node_file *file = arena_alloc(in->memory, sizeof *file);
    const char *here = folder_of(at->file->name, in->memory),
               *below = folder_of(at->text, in->memory);
    if (file == NULL || here == NULL || below == NULL)
        return out_of_memory(in->err);
    file->from = at;
    file->name = join_path(here, at->text, in->memory);
    file->folder =
        below[0] == '\0' ? at->file->folder : join_path(at->file->folder, below, in->memory);
    if (file->name == NULL || file->folder == NULL)
        return out_of_memory(in->err);
    node *other;
    wn_status status = check_chain(in, at, file->name);
    if (status == WN_OK)
        status = parse_file(in, file, &other);
    if (status == WN_OK)
        status = include_files(in, other);
    return status == WN_OK ? merge(in, root, other) : status;
}

static wn_status include_files(includes *in, node *root)
{
    if (root->kind != NODE_MAP)
        return node_fail(root, in->err,
                         "a configuration is a mapping (version, input, stages, output), not %s",
                         node_kind_name(root));
    node *vars = node_get(root, "vars"), *list = node_get(root, "include");
    wn_status status = vars == NULL ? WN_OK : node_interpolate(vars, NULL, in->memory, in->err);
    if (list == NULL || status != WN_OK)
        return status;
    status = node_interpolate(list, vars, in->memory, in->err);
    node_remove(root, "include");
    if (list->kind != NODE_LIST)
        return status == WN_OK ? include_one(in, root, list) : status;
    /* a later file wins over an earlier one */
    for (size_t i = list->n; i-- > 0 && status == WN_OK;)
        status = include_one(in, root, list->item[i]);
    return status;
}

wn_status node_read(const char *path, arena *memory, node **ret_root, wn_error *err)
{
    includes in = {memory, 0, err};
    node_file *file = arena_alloc(memory, sizeof *file);
    if (file == NULL)
        return out_of_memory(err);
    *file = (node_file){path, "", NULL};
    return parse_file(&in, file, ret_root);
}

wn_status node_include(node *root, arena *memory, wn_error *err)
{
    includes in = {memory, 0, err};
    return include_files(&in, root);
}
