/* config.c: opening and closing a configuration: the one path of run, validate, plan and test. */
#include <config.h>
#include "config/private.h"
#include "config/files.h"
#include "guard/guard.h"
#include <string.h>

static wn_status read_tree(const config_args *args, arena *memory, node **ret_root, wn_error *err)
{
    if (args->path != NULL)
        return node_read(args->path, memory, ret_root, err);
    node_file *file = arena_alloc(memory, sizeof *file);
    if (file == NULL)
        return out_of_memory(err);
    *file = (node_file){"(text)", "", NULL};
    return node_parse(args->text, file, memory, ret_root, err);
}

static wn_status check_vars(const node *vars, wn_error *err)
{
    if (vars == NULL || node_is_null(vars))
        return WN_OK;
    if (vars->kind != NODE_MAP)
        return node_fail(vars, err, "`vars` is a mapping (NAME: value), not %s",
                         node_kind_name(vars));
    for (size_t i = 0; i < vars->n; i++)
        if (vars->item[i]->kind != NODE_SCALAR)
            return node_fail(vars->item[i], err, "`vars` holds single values, not %s",
                             node_kind_name(vars->item[i]));
    return WN_OK;
}

/* Read, include, interpolate, --set: the tree as it is meant. */
static wn_status make_tree(const config_args *args, arena *memory, node **ret_root, wn_error *err)
{
    node *root;
    wn_status status = read_tree(args, memory, &root, err);
    if (status == WN_OK)
        status = node_set(root, args->set, args->n_set, true, memory, err);
    if (status == WN_OK)
        status = node_include(root, memory, err);
    if (status == WN_OK)
        status = check_vars(node_get(root, "vars"), err);
    if (status == WN_OK)
        status = node_interpolate(root, node_get(root, "vars"), memory, err);
    if (status == WN_OK)
        status = node_set(root, args->set, args->n_set, false, memory, err);
    if (status == WN_OK)
        *ret_root = root;
    return status;
}

enum { MEMORY_LIMIT = 1 << 30 }; /* of the tree, the options and the data files of all stages */

static config *config_new(const config_args *args)
{
    arena *memory = arena_new(MEMORY_LIMIT);
    config *c = memory == NULL ? NULL : arena_alloc(memory, sizeof *c);
    if (c == NULL || (c->priv = arena_alloc(memory, sizeof *c->priv)) == NULL) {
        arena_free(memory);
        return NULL;
    }
    c->priv->memory = memory;
    c->resolved = json_object();
    c->origin = json_object();
    if (c->resolved != NULL && c->origin != NULL) {
        const char *path = args->path == NULL ? "(text)" : args->path;
        c->path = arena_strndup(c->priv->memory, path, strlen(path));
        c->folder = args->path == NULL ? "" : folder_of(path, c->priv->memory);
    }
    if (c->path != NULL && c->folder != NULL)
        return c;
    config_close(c);
    return NULL;
}

static void prepare_stage(config *c, stage *st, const wn_host *host)
{
    st->handle.host = host;
    st->config = c;
}

static void prepare_stages(config *c, const wn_host *host)
{
    prepare_stage(c, &c->source, host);
    for (size_t i = 0; i < c->n_stages; i++)
        prepare_stage(c, &c->stages[i], host);
    for (size_t i = 0; i < c->n_sinks; i++)
        prepare_stage(c, &c->sinks[i], host);
}

/* For a call that has no document, in seconds. */
static double patience(const config *c)
{
    double seconds = c->limits.max_document_seconds;
    return seconds <= 0 ? 0 : seconds < 10 ? 10 : seconds;
}

static wn_status open_stage(stage *st, const node *at, wn_error *err)
{
    wn_error why = WN_ERROR_INIT;
    st->opened = true;
    guard_about("", "");
    guard_enter(st->id, "open", patience(st->config), "limits.max_document_seconds, ten at least");
    wn_status status = st->plugin->open == NULL ? WN_OK : st->plugin->open(&st->handle, &why);
    guard_leave();
    if (status == WN_OK)
        return WN_OK;
    if (status == WN_E_NOMEM)
        return out_of_memory(err);
    const char *text = why.text[0] != '\0' ? why.text : "its open() failed without a reason";
    if (why.where[0] != '\0')
        return node_fail(at, err, "%s: %s:%d: %s", st->id, why.where, why.line, text);
    return node_fail(at, err, "%s: %s", st->id, text);
}

/* Call every open(), in order; errors stand at the entry's place in the file. */
static wn_status open_stages(config *c, const node *root, wn_error *err)
{
    const node *stages = node_get(root, "stages"), *output = node_get(root, "output");
    wn_status status = open_stage(&c->source, node_get(root, "input"), err);
    for (size_t i = 0; i < c->n_stages && status == WN_OK; i++)
        status = open_stage(&c->stages[i], stages->item[i], err);
    for (size_t i = 0; i < c->n_sinks && status == WN_OK; i++)
        status = open_stage(&c->sinks[i], output->item[i], err);
    return status;
}

wn_status config_open(const config_args *args, config **ret_config, wn_error *err)
{
    config *c = config_new(args);
    if (c == NULL)
        return out_of_memory(err);
    guard_attach();
    (void)guard_watch();
    node *root;
    wn_error own = WN_ERROR_INIT;
    wn_status status = make_tree(args, c->priv->memory, &root, &own);
    if (status == WN_OK)
        status = config_build(c, root, args, &own);
    if (status == WN_OK && args->host != NULL) {
        prepare_stages(c, args->host);
        status = text_open(c, root, &own);
        if (status == WN_OK)
            status = open_stages(c, root, &own);
    }
    if (status == WN_OK) {
        *ret_config = c;
        return WN_OK;
    }
    if (err != NULL && err->status == WN_OK)
        *err = own;
    config_close(c);
    return status;
}

static void close_stage(stage *st)
{
    if (st->opened && st->plugin->close != NULL) {
        guard_about("", "");
        guard_enter(st->id, "close", patience(st->config),
                    "limits.max_document_seconds, ten at least");
        st->plugin->close(&st->handle);
        guard_leave();
    }
    json_decref(st->data_files);
}

void config_close(config *c)
{
    if (c == NULL)
        return;
    for (size_t i = c->n_sinks; i-- > 0;)
        close_stage(&c->sinks[i]);
    for (size_t i = c->n_stages; i-- > 0;)
        close_stage(&c->stages[i]);
    close_stage(&c->source);
    text_close(c);
    json_decref(c->resolved);
    json_decref(c->origin);
    json_decref(c->tests);
    arena_free(c->priv->memory); /* c too lies in it */
}
