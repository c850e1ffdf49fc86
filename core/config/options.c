/* options.c: an options struct, filled from a mapping of the configuration. What is shown of it
 * holds no values of environment variables: they may be secrets, and run.json is given away. */
#include "config/options.h"
#include "config/node.h"
#include "util/show.h"
#include <string.h>

static void *slot_of(void *options, const wn_option *o)
{
    return (char *)options + o->offset;
}

static wn_status default_list(const wn_option *o, void *options, arena *memory)
{
    size_t n = 0, most = 1;
    const char *text = o->def == NULL ? "" : o->def;
    for (const char *p = text; *p != '\0'; p++)
        most += *p == ',';
    const char **item = arena_alloc(memory, most * sizeof *item);
    if (item == NULL)
        return WN_E_NOMEM;
    for (const char *p = text; *p != '\0';) {
        p += strspn(p, ", ");
        size_t len = strcspn(p, ",");
        if (len == 0)
            break;
        item[n] = arena_strndup(memory, p, len);
        if (item[n++] == NULL)
            return WN_E_NOMEM;
        p += len;
    }
    const wn_list list = {item, n};
    memcpy(slot_of(options, o), &list, sizeof list);
    return WN_OK;
}

static wn_status default_one(const wn_option *o, void *options, arena *memory)
{
    char problem[300];
    if (o->type == WN_T_LIST)
        return default_list(o, options, memory);
    return o->def == NULL
               ? WN_OK
               : option_parse(o, o->def, memory, slot_of(options, o), problem, sizeof problem);
}

wn_status options_default(const wn_option *table, void *options, arena *memory, wn_error *err)
{
    wn_status status = WN_OK;
    for (size_t i = 0; i < option_count(table) && status == WN_OK; i++)
        status = default_one(&table[i], options, memory);
    return status == WN_OK ? WN_OK : out_of_memory(err);
}

static json_t *list_json(wn_list list)
{
    json_t *j = json_array();
    for (size_t i = 0; j != NULL && i < list.n; i++) {
        if (json_array_append_new(j, show_json(list.item[i])) != 0) {
            json_decref(j);
            return NULL;
        }
    }
    return j;
}

json_t *option_json(const wn_option *o, const void *options)
{
    const void *slot = (const char *)options + o->offset;
    union {
        bool flag;
        int64_t whole;
        double real;
        const char *text;
        wn_list list;
    } v;
    memset(&v, 0, sizeof v);
    switch (o->type) {
    case WN_T_BOOL: memcpy(&v.flag, slot, sizeof v.flag); return json_boolean(v.flag);
    case WN_T_INT:
    case WN_T_SIZE:
        memcpy(&v.whole, slot, sizeof v.whole);
        return json_integer((json_int_t)v.whole);
    case WN_T_REAL: memcpy(&v.real, slot, sizeof v.real); return json_real(v.real);
    case WN_T_LIST: memcpy(&v.list, slot, sizeof v.list); return list_json(v.list);
    default:
        memcpy(&v.text, slot, sizeof v.text);
        return v.text == NULL ? json_null() : show_json(v.text);
    }
}

json_t *option_shown(const wn_option *o, const void *options, const node *from)
{
    if (from == NULL)
        return option_json(o, options);
    if (from->kind == NODE_SCALAR && from->written != NULL)
        return o->type == WN_T_LIST ? json_pack("[s]", from->written) : json_string(from->written);
    json_t *shown = option_json(o, options);
    for (size_t i = 0; i < from->n && i < json_array_size(shown); i++) {
        const char *written = from->item[i]->written;
        if (written != NULL && json_array_set_new(shown, i, json_string(written)) != 0) {
            json_decref(shown);
            return NULL;
        }
    }
    return shown;
}

static wn_status read_scalar(const wn_option *o, void *slot, const node *n, arena *memory,
                             wn_error *err)
{
    char problem[300];
    bool number = o->type == WN_T_INT || o->type == WN_T_REAL || o->type == WN_T_BOOL;
    if (n->kind != NODE_SCALAR || node_is_null(n))
        return node_fail(n, err, "`%s` takes a %s, not %s", o->name, option_type_name(o->type),
                         node_kind_name(n));
    wn_status status = option_parse(o, n->text, memory, slot, problem, sizeof problem);
    if (status == WN_E_NOMEM)
        return out_of_memory(err);
    if (status == WN_OK && number && n->quoted)
        return node_fail(n, err, "`%s` takes a %s: remove the quotes", o->name,
                         option_type_name(o->type));
    return status == WN_OK ? WN_OK : node_fail(n, err, "`%s` %s", o->name, problem);
}

static wn_status read_list(const wn_option *o, void *slot, const node *n, arena *memory,
                           wn_error *err)
{
    bool single = n->kind == NODE_SCALAR && !node_is_null(n);
    if (!single && n->kind != NODE_LIST)
        return node_fail(n, err, "`%s` takes a list, not %s", o->name, node_kind_name(n));
    size_t count = single ? 1 : n->n;
    const char **item = arena_alloc(memory, (count + 1) * sizeof *item);
    if (item == NULL)
        return out_of_memory(err);
    for (size_t i = 0; i < count; i++) {
        const node *one = single ? n : n->item[i];
        if (one->kind != NODE_SCALAR || node_is_null(one))
            return node_fail(one, err, "`%s` is a list of single values, not of %s", o->name,
                             one->kind == NODE_LIST ? "lists"
                             : node_is_null(one)    ? "nothing"
                                                    : "mappings");
        item[i] = one->text;
    }
    const wn_list list = {item, count};
    memcpy(slot, &list, sizeof list);
    return WN_OK;
}

static wn_status record(const wn_option *o, const void *options, const node *from,
                        const option_sink *to, wn_error *err)
{
    const char *origin = from == NULL ? "default" : node_origin(from, to->memory);
    strbuf path = STRBUF_INIT;
    strbuf_printf(&path, "%s.%s", to->prefix, o->name);
    bool ok = origin != NULL && !path.oom &&
              json_object_set_new(to->origin, path.p, show_json(origin)) == 0 &&
              json_object_set_new(to->resolved, o->name, option_shown(o, options, from)) == 0;
    strbuf_release(&path);
    return ok ? WN_OK : out_of_memory(err);
}

static wn_status check_names(const wn_option *table, const node *with, const char *owner,
                             wn_error *err)
{
    const char *names[256];
    size_t n = option_count(table);
    for (size_t i = 0; i < n; i++)
        names[i] = table[i].name;
    for (size_t i = 0; i < with->n; i++) {
        size_t j = 0;
        while (j < n && strcmp(names[j], with->key[i]->text) != 0)
            j++;
        if (j < n)
            continue;
        char hint[300] = "; it has no options";
        if (n > 0)
            suggest_clause(with->key[i]->text, names, n, hint, sizeof hint);
        return node_fail(with->key[i], err, "%s has no option `%.60s`%s", owner, with->key[i]->text,
                         hint);
    }
    return WN_OK;
}

wn_status options_fill(const wn_option *table, void *options, const node *with,
                       const option_sink *to, wn_error *err)
{
    wn_status status = options_default(table, options, to->memory, err);
    if (with != NULL && node_is_null(with))
        with = NULL;
    if (status == WN_OK && with != NULL && with->kind != NODE_MAP)
        return node_fail(with, err, "the options of %s are a mapping (name: value), not %s",
                         to->owner, node_kind_name(with));
    if (status == WN_OK && with != NULL)
        status = check_names(table, with, to->owner, err);
    for (size_t i = 0; i < option_count(table) && status == WN_OK; i++) {
        const wn_option *o = &table[i];
        const node *n = with == NULL ? NULL : node_get(with, o->name);
        if (n != NULL && o->type == WN_T_LIST)
            status = read_list(o, slot_of(options, o), n, to->memory, err);
        else if (n != NULL)
            status = read_scalar(o, slot_of(options, o), n, to->memory, err);
        if (status == WN_OK)
            status = record(o, options, n, to, err);
    }
    return status;
}
