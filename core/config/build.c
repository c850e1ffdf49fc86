/* build.c: the tree of a configuration becomes configured stages. */
#include "config/private.h"
#include "config/files.h"
#include "config/options.h"
#include "config/search.h"
#include <string.h>
#include <sys/stat.h>

static const char *const top_keys[] = {"version", "vars",   "plugins", "include", "input",
                                       "stages",  "output", "limits",  "text",    "tests"};

const wn_option limit_options[] = {
    WN_OPT_SIZE(limits, max_record, "12MiB", 1024, 1e12, "bytes of one record, decompressed"),
    WN_OPT_SIZE(limits, max_document_memory, "1GiB", 65536, 1e12,
                "memory of one document with its layers and their attributes"),
    WN_OPT_INT(limits, max_span_ratio, "16", 0, 1e9,
               "memory of what stages mark in a document, in bytes for each of its text's, above 6 "
               "MiB; 0: no bound"),
    WN_OPT_REAL(limits, max_document_seconds, "60", 0.001, 1e6,
                "processor time of one document in one step (see winnow plan)"),
    WN_OPT_INT(limits, max_rejects, "-1", -1, 1e15,
               "the run fails when more records are rejected; -1: no bound"),
    WN_OPT_SIZE(limits, split_size, "32MiB", 65536, 1e12,
                "larger files are cut into units of this size"),
    WN_OPT_SIZE(limits, max_memory, "1GiB", 16777216, 1e13, "buffers of the whole run"),
    WN_OPT_END};

static wn_status check_top(const node *root, wn_error *err)
{
    wn_status status =
        check_keys(root, top_keys, sizeof top_keys / sizeof top_keys[0], "the configuration", err);
    const node *version = node_get(root, "version");
    if (status != WN_OK)
        return status;
    if (version == NULL)
        return node_fail(root, err, "no `version`: start the file with `version: 1`");
    if (version->kind != NODE_SCALAR || strcmp(version->text, "1") != 0)
        return node_fail(version, err, "`version` must be 1 for this winnow");
    if (node_get(root, "input") == NULL)
        return node_fail(root, err,
                         "no `input`: add `input: {use: files, with: {path: [FOLDER]}}`");
    const node *output = node_get(root, "output");
    if (output == NULL || node_is_null(output) || (output->kind == NODE_LIST && output->n == 0))
        return node_fail(output == NULL ? root : output, err, "no `output`: add `output: [jsonl]`");
    return WN_OK;
}

static wn_status add_folder(config *c, const node *n, const char **ret_dir, wn_error *err)
{
    if (n->kind != NODE_SCALAR || n->text[0] == '\0')
        return node_fail(n, err, "`plugins` is a list of folders, not of %s", node_kind_name(n));
    const char *below = n->file->folder[0] == '\0'
                            ? c->folder
                            : join_path(c->folder, n->file->folder, c->priv->memory);
    *ret_dir = below == NULL ? NULL : join_path(below, n->text, c->priv->memory);
    if (*ret_dir == NULL)
        return out_of_memory(err);
    struct stat st;
    if (stat(*ret_dir, &st) != 0 || !S_ISDIR(st.st_mode))
        return node_fail(n, err, "no folder %.200s to look for plugins in", *ret_dir);
    return WN_OK;
}

static wn_status folders_build(config *c, const node *plugins, const config_args *args,
                               wn_error *err)
{
    size_t n = plugins == NULL || node_is_null(plugins) ? 0
               : plugins->kind == NODE_LIST             ? plugins->n
                                                        : 1;
    const char **extra = arena_alloc(c->priv->memory, (args->n_plugins + n + 1) * sizeof *extra);
    if (extra == NULL)
        return out_of_memory(err);
    for (size_t i = 0; i < args->n_plugins; i++)
        if ((extra[i] = arena_strndup(c->priv->memory, args->plugins[i],
                                      strlen(args->plugins[i]))) == NULL)
            return out_of_memory(err);
    for (size_t i = 0; i < n; i++) {
        wn_status status = add_folder(c, plugins->kind == NODE_LIST ? plugins->item[i] : plugins,
                                      &extra[args->n_plugins + i], err);
        if (status != WN_OK)
            return status;
    }
    return plugin_dirs(extra, args->n_plugins + n, c->priv->memory, &c->priv->dirs,
                       &c->priv->n_dirs, err);
}

/* Relative paths of an included file are relative to that file. */
static wn_status place_inputs(config *c, const node *written, wn_list *list, wn_error *err)
{
    const char **item = arena_alloc(c->priv->memory, (list->n + 1) * sizeof *item);
    if (item == NULL)
        return out_of_memory(err);
    for (size_t i = 0; i < list->n; i++) {
        const node *n = written->kind == NODE_LIST ? written->item[i] : written;
        item[i] = strcmp(n->text, "-") == 0 ? n->text
                                            : join_path(n->file->folder, n->text, c->priv->memory);
        if (item[i] == NULL)
            return out_of_memory(err);
        if (item[i][0] == '\0')
            return node_fail(n, err, "an input path is empty");
    }
    list->item = item;
    return WN_OK;
}

/* By what the origin of the inputs is filed: the source's option for them. */
static void inputs_key(const config *c, char key[128])
{
    const wn_option *o = option_with_role(c->source.plugin->options, WN_ROLE_INPUTS);
    (void)snprintf(key, 128, "input.with.%.100s", o != NULL ? o->name : "path");
}

static wn_status command_line_inputs(config *c, const config_args *args, wn_list *list,
                                     wn_error *err)
{
    const char **item = arena_alloc(c->priv->memory, args->n_inputs * sizeof *item);
    if (item == NULL)
        return out_of_memory(err);
    for (size_t i = 0; i < args->n_inputs; i++)
        if ((item[i] = arena_strndup(c->priv->memory, args->inputs[i], strlen(args->inputs[i]))) ==
            NULL)
            return out_of_memory(err);
    *list = (wn_list){item, args->n_inputs};
    c->inputs_from_command_line = true;
    char key[128];
    inputs_key(c, key);
    return json_object_set_new(c->origin, key, json_string("command line")) == 0
               ? WN_OK
               : out_of_memory(err);
}

const char *config_inputs_origin(const config *c)
{
    char key[128];
    inputs_key(c, key);
    return json_string_value(json_object_get(c->origin, key));
}

/* The source's option with the role INPUTS, or what stands on the command line; both in the
 * source's options too. */
static wn_status build_inputs(config *c, const node *input, const config_args *args, json_t *with,
                              wn_error *err)
{
    const wn_option *o = option_with_role(c->source.plugin->options, WN_ROLE_INPUTS);
    wn_list list = {NULL, 0};
    wn_status status = WN_OK;
    if (o != NULL)
        memcpy(&list, (char *)c->source.options + o->offset, sizeof list);
    const node *written = o != NULL ? node_get(node_get(input, "with"), o->name) : NULL;
    if (args->n_inputs > 0)
        status = command_line_inputs(c, args, &list, err);
    else if (written != NULL)
        status = place_inputs(c, written, &list, err);
    if (status != WN_OK)
        return status;
    if (list.n == 0)
        return node_fail(input, err,
                         "no input: set `with: {%s: [...]}` or name files on the command line",
                         o != NULL ? o->name : "path");
    c->inputs = list.item;
    c->n_inputs = list.n;
    if (o == NULL)
        return WN_OK;
    memcpy((char *)c->source.options + o->offset, &list, sizeof list);
    json_t *shown = option_shown(o, c->source.options, args->n_inputs > 0 ? NULL : written);
    return json_object_set_new(with, o->name, shown) == 0 ? WN_OK : out_of_memory(err);
}

static wn_status check_id(const config *c, const stage *st, const node *n, wn_error *err)
{
    for (int section = 0; section < 2; section++) {
        const stage *other = section == 0 ? c->stages : c->sinks;
        size_t count = section == 0 ? c->n_stages : c->n_sinks;
        for (size_t i = 0; i < count; i++)
            if (&other[i] != st && other[i].id != NULL && strcmp(other[i].id, st->id) == 0)
                return node_fail(n, err,
                                 "an entry with the id `%.60s` stands above already: give this one "
                                 "an `id` of its own",
                                 st->id);
    }
    return WN_OK;
}

static wn_status build_entries(config *c, const node *list, const char *section, stage **ret_stages,
                               size_t *ret_n, wn_error *err)
{
    json_t *resolved = json_array();
    if (resolved == NULL || json_object_set_new(c->resolved, section, resolved) != 0)
        return out_of_memory(err);
    if (list == NULL || node_is_null(list))
        return WN_OK;
    if (list->kind != NODE_LIST)
        return node_fail(list, err, "`%s` is a list (one `- NAME` a line), not %s", section,
                         node_kind_name(list));
    if (list->n > 1000)
        return node_fail(list, err, "more than 1000 entries under `%s`", section);
    stage *stages = arena_alloc(c->priv->memory, (list->n + 1) * sizeof *stages);
    if (stages == NULL)
        return out_of_memory(err);
    *ret_stages = stages;
    *ret_n = list->n;
    for (size_t i = 0; i < list->n; i++) {
        json_t *entry;
        wn_status status = entry_build(c, list->item[i], section, &stages[i], &entry, err);
        if (status == WN_OK && json_array_append_new(resolved, entry) != 0)
            status = out_of_memory(err);
        if (status == WN_OK)
            status = check_id(c, &stages[i], list->item[i], err);
        if (status == WN_OK && stages == c->sinks)
            status = output_name_check(c, i, list->item[i], err);
        if (status != WN_OK)
            return status;
    }
    return WN_OK;
}

static wn_status build_input(config *c, const node *root, const config_args *args, wn_error *err)
{
    const node *n = node_get(root, "input");
    json_t *entry;
    wn_status status = entry_build(c, n, "input", &c->source, &entry, err);
    if (status != WN_OK)
        return status;
    if (json_object_set_new(c->resolved, "input", entry) != 0)
        return out_of_memory(err);
    return build_inputs(c, n, args, json_object_get(entry, "with"), err);
}

/* A section of options that are no step's. */
static wn_status build_section(config *c, const node *root, const char *name,
                               const wn_option *table, void *options, wn_error *err)
{
    char owner[32];
    json_t *resolved = json_object();
    if (resolved == NULL || json_object_set_new(c->resolved, name, resolved) != 0)
        return out_of_memory(err);
    (void)snprintf(owner, sizeof owner, "`%s`", name);
    const option_sink to = {c->priv->memory, resolved, c->origin, name, owner};
    return options_fill(table, options, node_get(root, name), &to, err);
}

wn_status config_build(config *c, const node *root, const config_args *args, wn_error *err)
{
    wn_status status = check_top(root, err);
    if (status == WN_OK && json_object_set_new(c->resolved, "version", json_integer(1)) != 0)
        status = out_of_memory(err);
    if (status == WN_OK)
        status = folders_build(c, node_get(root, "plugins"), args, err);
    if (status == WN_OK)
        status = build_section(c, root, "limits", limit_options, &c->limits, err);
    if (status == WN_OK)
        status = build_section(c, root, "text", text_options_table, &c->text, err);
    if (status == WN_OK)
        status = build_input(c, root, args, err);
    if (status == WN_OK)
        status =
            build_entries(c, node_get(root, "stages"), "stages", &c->stages, &c->n_stages, err);
    if (status == WN_OK)
        status = build_entries(c, node_get(root, "output"), "output", &c->sinks, &c->n_sinks, err);
    return status == WN_OK ? tests_build(c, node_get(root, "tests"), err) : status;
}
