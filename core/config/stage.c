/* stage.c: one entry of `input`, `stages` or `output`: NAME, or {id, use, with, on_error}. */
#include "config/private.h"
#include "config/options.h"
#include "util/show.h"
#include <string.h>

static const char *const entry_keys[] = {"use", "id", "with", "on_error"};

wn_status check_keys(const node *map, const char *const *known, size_t n, const char *what,
                     wn_error *err)
{
    for (size_t i = 0; i < map->n; i++) {
        size_t j = 0;
        while (j < n && strcmp(known[j], map->key[i]->text) != 0)
            j++;
        if (j < n)
            continue;
        char hint[300];
        suggest_clause(map->key[i]->text, known, n, hint, sizeof hint);
        return node_fail(map->key[i], err, "%s has no key `%.60s`%s", what, map->key[i]->text,
                         hint);
    }
    return WN_OK;
}

static wn_status scalar(const node *map, const char *key, const node **ret_value, wn_error *err)
{
    const node *n = node_get(map, key);
    *ret_value = n;
    if (n != NULL && (n->kind != NODE_SCALAR || node_is_null(n)))
        return node_fail(n, err, "`%s` takes a word, not %s", key, node_kind_name(n));
    return WN_OK;
}

static bool belongs(const wn_plugin *p, const char *section)
{
    if (strcmp(section, "input") == 0)
        return p->read != NULL;
    return strcmp(section, "output") == 0 ? p->write != NULL
                                          : p->process != NULL || p->emit != NULL;
}

static wn_status load(config *c, const node *use, const char *section, stage *st, wn_error *err)
{
    wn_error why = WN_ERROR_INIT;
    wn_status status =
        plugin_load(use->text, c->priv->dirs, c->priv->n_dirs, &st->plugin, &st->plugin_path, &why);
    if (status == WN_E_NOMEM)
        return out_of_memory(err);
    if (status != WN_OK)
        return node_fail(use, err, "%s", why.text);
    if (belongs(st->plugin, section))
        return WN_OK;
    return node_fail(use, err, "`%s` (%s) cannot stand under `%s`: it belongs under `%s`",
                     st->plugin->name, plugin_kind(st->plugin), section,
                     st->plugin->read != NULL    ? "input"
                     : st->plugin->write != NULL ? "output"
                                                 : "stages");
}

static wn_status read_id(const node *n, const node *use, stage *st, wn_error *err)
{
    const node *id;
    wn_status status = scalar(n, "id", &id, err);
    if (status != WN_OK)
        return status;
    st->id = id != NULL ? id->text : use->text;
    if (!name_is_valid(st->id, "_-"))
        return node_fail(id != NULL ? id : use, err, "id `%.60s` does not match [a-z][a-z0-9_-]*",
                         st->id);
    return WN_OK;
}

static wn_status read_on_error(const node *n, stage *st, wn_error *err)
{
    static const char *const words[] = {"reject", "fail"};
    const node *on;
    wn_status status = scalar(n, "on_error", &on, err);
    if (status != WN_OK || on == NULL)
        return status;
    st->on_error = strcmp(on->text, "fail") == 0 ? ON_ERROR_FAIL : ON_ERROR_REJECT;
    if (strcmp(on->text, words[st->on_error == ON_ERROR_FAIL]) == 0)
        return WN_OK;
    char hint[200];
    suggest_clause(on->text, words, 2, hint, sizeof hint);
    return node_fail(on, err, "`on_error` is reject or fail, not `%.60s`%s", on->text,
                     strncmp(hint, "; did", 5) == 0 ? hint : "");
}

static bool note_origin(config *c, const char *prefix, const char *key, const node *from)
{
    strbuf path = STRBUF_INIT;
    strbuf_printf(&path, "%s.%s", prefix, key);
    const char *origin = from == NULL ? "default" : node_origin(from, c->priv->memory);
    bool ok = !path.oom && origin != NULL &&
              json_object_set_new(c->origin, path.p, show_json(origin)) == 0;
    strbuf_release(&path);
    return ok;
}

static wn_status fill(config *c, const node *n, const char *prefix, stage *st, json_t *with,
                      wn_error *err)
{
    char owner[100];
    (void)snprintf(owner, sizeof owner, "plugin `%s`", st->plugin->name);
    const option_sink to = {c->priv->memory, with, c->origin, prefix, owner};
    size_t size = st->plugin->options_size;
    st->options = arena_alloc(c->priv->memory, size > 0 ? size : 1);
    if (st->options == NULL)
        return out_of_memory(err);
    return options_fill(st->plugin->options, st->options, node_get(n, "with"), &to, err);
}

static wn_status describe(config *c, const node *n, const node *use, const char *section, stage *st,
                          json_t **ret_resolved, wn_error *err)
{
    strbuf prefix = STRBUF_INIT, with_prefix = STRBUF_INIT;
    bool input = strcmp(section, "input") == 0;
    strbuf_printf(&prefix, "%s%s%s", section, input ? "" : ".", input ? "" : st->id);
    strbuf_printf(&with_prefix, "%s.with", prefix.oom ? "" : prefix.p);
    json_t *with = json_object(), *entry = json_object();
    bool ok =
        !prefix.oom && !with_prefix.oom && with != NULL &&
        json_object_set_new(entry, "id", json_string(st->id)) == 0 &&
        json_object_set_new(entry, "use", json_string(st->plugin->name)) == 0 &&
        json_object_set_new(entry, "on_error",
                            json_string(st->on_error == ON_ERROR_FAIL ? "fail" : "reject")) == 0 &&
        json_object_set(entry, "with", with) == 0 && note_origin(c, prefix.p, "use", use) &&
        note_origin(c, prefix.p, "on_error", node_get(n, "on_error"));
    wn_status status = ok ? fill(c, n, with_prefix.p, st, with, err) : out_of_memory(err);
    strbuf_release(&prefix);
    strbuf_release(&with_prefix);
    json_decref(with);
    if (status == WN_OK)
        *ret_resolved = entry;
    else
        json_decref(entry);
    return status;
}

wn_status entry_build(config *c, const node *n, const char *section, stage *st,
                      json_t **ret_resolved, wn_error *err)
{
    const node *use = n;
    if (n->kind == NODE_LIST || node_is_null(n))
        return node_fail(
            n, err,
            "an entry of `%s` is a plugin's name or a mapping (use, id, with, on_error), not %s",
            section, node_kind_name(n));
    wn_status status = WN_OK;
    if (n->kind == NODE_MAP) {
        status =
            check_keys(n, entry_keys, sizeof entry_keys / sizeof entry_keys[0], "an entry", err);
        if (status == WN_OK)
            status = scalar(n, "use", &use, err);
        if (status == WN_OK && use == NULL)
            status =
                node_fail(n, err, "this entry of `%s` says no plugin: add `use: NAME`", section);
    }
    if (status == WN_OK)
        status = load(c, use, section, st, err);
    if (status == WN_OK)
        status = read_id(n, use, st, err);
    if (status == WN_OK)
        status = read_on_error(n, st, err);
    return status == WN_OK ? describe(c, n, use, section, st, ret_resolved, err) : status;
}
