/* data.c: memory and data files of a stage. */
#include <config.h>
#include "config/private.h"
#include "config/files.h"
#include "config/home.h"
#include "config/search.h"
#include "util/hash.h"
#include "util/show.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { DATA_MAX_BYTES = 256 << 20 };

void *stage_alloc(wn_stage *stage_, size_t size)
{
    return arena_alloc(stage_of(stage_)->config->priv->memory, size);
}

/* folder/name + tail */
static const char *place(arena *memory, const char *folder, const char *name, const char *tail)
{
    strbuf s = STRBUF_INIT;
    strbuf_printf(&s, "%s/%s%s", folder, name, tail);
    const char *copy = s.oom ? NULL : arena_strndup(memory, s.p, s.len);
    strbuf_release(&s);
    return copy;
}

typedef struct folders {
    const char **dir;
    size_t n;
    arena *memory;
    bool oom;
} folders;

static void add_folder(folders *f, const char *dir, const char *name, const char *tail)
{
    const char *path = place(f->memory, dir, name, tail);
    f->oom = f->oom || path == NULL;
    f->dir[f->n++] = path;
}

/* The plugin's own folder: libtool keeps shared objects in .libs of it. */
static const char *own_folder(const stage *st, arena *memory)
{
    const char *own = folder_of(st->plugin_path, memory);
    const size_t len = own != NULL ? strlen(own) : 0;
    return len > 6 && strcmp(own + len - 6, "/.libs") == 0 ? arena_strndup(memory, own, len - 6)
                                                           : own;
}

/* The folders that may hold a stage's data: the configuration's, the plugin's own (as an author
 * ships it: NAME-data/ beside the .so, or beside it), the source tree's, the program's own tree's,
 * the installed one; and what is for all stages. st NULL: of no stage, what is for all. */
static wn_status data_folders(const config *c, const stage *st, folders *f)
{
    const char *const names[] = {"common", st != NULL ? st->plugin->name : NULL};
    const char *own = st != NULL ? own_folder(st, f->memory) : "", **listed;
    size_t n_listed;
    home tree;
    if (own == NULL || !home_find(f->memory, &tree) ||
        split_path(getenv("WINNOW_DATA_PATH"), f->memory, &listed, &n_listed) != WN_OK)
        return WN_E_NOMEM;
    f->dir = arena_alloc(f->memory, (3 + 2 * (n_listed + 2)) * sizeof *f->dir);
    if (f->dir == NULL)
        return WN_E_NOMEM;
    f->dir[f->n++] = c->folder;
    if (st != NULL) {
        add_folder(f, own, names[1], "-data");
        f->dir[f->n++] = own;
    }
    for (int k = st != NULL ? 1 : 0; k >= 0; k--) {
        for (size_t i = 0; i < n_listed; i++)
            add_folder(f, listed[i], names[k], "/data");
        if (tree.data != NULL)
            add_folder(f, tree.data, names[k], tree.built ? "/data" : "");
        add_folder(f, PKGDATADIR, names[k], "");
    }
    return f->oom ? WN_E_NOMEM : WN_OK;
}

static wn_status keep(config *c, json_t **files, const char *name, const char *path,
                      const strbuf *b, wn_str *ret_bytes, wn_error *err)
{
    char hex[65];
    hash_hex(b->p, b->len, hex);
    if (*files == NULL)
        *files = json_object();
    const char *bytes = arena_strndup(c->priv->memory, b->p, b->len);
    if (bytes == NULL ||
        json_object_set_new(*files, name,
                            json_pack("{s:o, s:s}", "path", show_json(path), "sha256", hex)) != 0)
        return out_of_memory(err);
    *ret_bytes = (wn_str){bytes, b->len};
    return WN_OK;
}

static wn_status read_at(config *c, json_t **files, const char *name, const char *path,
                         bool *ret_found, wn_str *ret_bytes, wn_error *err)
{
    strbuf b = STRBUF_INIT;
    int failed = read_whole(path, DATA_MAX_BYTES, &b);
    wn_status status;
    *ret_found = failed != ENOENT && failed != ENOTDIR;
    if (failed == 0)
        status = keep(c, files, name, path, &b, ret_bytes, err);
    else if (failed == ENOMEM)
        status = out_of_memory(err);
    else
        status = !*ret_found
                     ? WN_OK
                     : wn_fail(err, WN_E_CONFIG, "data file %.200s: %s", path, strerror(failed));
    strbuf_release(&b);
    return status;
}

/* For a stage, or (NULL) for all. */
static wn_status load_data(config *c, const stage *st, json_t **files, const char *name,
                           wn_str *ret_bytes, wn_error *err)
{
    folders f = {.memory = c->priv->memory};
    if (name == NULL || name[0] == '\0' || strcmp(name, "-") == 0)
        return wn_fail(err, WN_E_CONFIG, "the name of a data file is empty");
    if (data_folders(c, st, &f) != WN_OK)
        return out_of_memory(err);
    char searched[300] = "";
    size_t used = 0;
    for (size_t i = 0; i < f.n; i++) {
        const char *path = join_path(f.dir[i], name, c->priv->memory);
        bool found;
        if (path == NULL)
            return out_of_memory(err);
        wn_status status = read_at(c, files, name, path, &found, ret_bytes, err);
        if (found || status != WN_OK)
            return status;
        if (used < sizeof searched)
            used += (size_t)snprintf(searched + used, sizeof searched - used, "%s%s",
                                     i == 0 ? "" : ", ", f.dir[i][0] == '\0' ? "." : f.dir[i]);
    }
    return wn_fail(err, WN_E_CONFIG, "no data file %.100s (searched: %s)", name, searched);
}

wn_status stage_load_data(wn_stage *stage_, const char *name, wn_str *ret_bytes, wn_error *err)
{
    stage *st = stage_of(stage_);
    return load_data(st->config, st, &st->data_files, name, ret_bytes, err);
}

wn_status config_load_data(config *c, const char *name, wn_str *ret_bytes, wn_error *err)
{
    return load_data(c, NULL, &c->data_files, name, ret_bytes, err);
}

wn_status stage_load_tagger(wn_stage *stage_, const char *name, wn_error *err)
{
    stage *st = stage_of(stage_);
    wn_str model;
    wn_status status = stage_load_data(stage_, name, &model, err);
    if (status != WN_OK)
        return status;
    tagger *t = arena_alloc(st->config->priv->memory, sizeof *t);
    if (t == NULL)
        return out_of_memory(err);
    if (!tagger_load(t, model.p, model.len))
        return wn_fail(err, WN_E_CONFIG,
                       "%.200s: not a tagger model of this version: make it with `make models`",
                       name);
    st->tagger = t;
    return WN_OK;
}
