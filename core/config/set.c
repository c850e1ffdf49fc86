/* set.c: --set KEY=VALUE. KEY is a path of names joined by dots; an entry under `stages` or
 * `output` goes by its id. VALUE is YAML: a word, a number, [a, list]. */
#include "config/node.h"
#include <string.h>

typedef struct setting {
    arena *memory;
    node *at; /* stands for the option on the command line in messages */
    wn_error *err;
} setting;

static void mark(node *n, const node *at)
{
    n->file = at->file;
    n->line = n->column = 0;
    n->literal = true;
    for (size_t i = 0; i < n->n; i++) {
        mark(n->item[i], at);
        if (n->kind == NODE_MAP)
            mark(n->key[i], at);
    }
}

static node *new_text(const setting *s, const char *text)
{
    node *n = node_new(s->memory, NODE_SCALAR, s->at);
    if (n != NULL)
        n->text = text;
    return n;
}

/* The short form `dedup` becomes `use: dedup`. */
static wn_status open_entry(const setting *s, node *entry)
{
    if (entry->kind != NODE_SCALAR)
        return WN_OK;
    node *use = node_new(s->memory, NODE_SCALAR, entry), *key = new_text(s, "use");
    if (use == NULL || key == NULL)
        return out_of_memory(s->err);
    *use = *entry;
    entry->kind = NODE_MAP;
    entry->n = 0;
    return node_add(s->memory, entry, key, use) ? WN_OK : out_of_memory(s->err);
}

static const char *entry_id(const node *entry)
{
    const node *id = node_get(entry, "id"), *use = node_get(entry, "use");
    const node *n = entry->kind == NODE_SCALAR ? entry : id != NULL ? id : use;
    return n != NULL && n->kind == NODE_SCALAR ? n->text : "";
}

static wn_status find_entry(const setting *s, const char *section, const node *list, const char *id,
                            node **ret_entry)
{
    enum { MOST = 64 };
    const char *ids[MOST];
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++) {
        const char *name = entry_id(list->item[i]);
        if (strcmp(name, id) == 0) {
            *ret_entry = list->item[i];
            return open_entry(s, *ret_entry);
        }
        if (n < MOST && name[0] != '\0')
            ids[n++] = name;
    }
    char hint[256];
    suggest_clause(id, ids, n, hint, sizeof hint);
    return node_fail(s->at, s->err, "no entry `%.60s` under `%s`%s", id, section, hint);
}

/* Step into `name`, making a mapping where there is nothing. */
static wn_status enter(const setting *s, node *map, const char *name, node **ret_next)
{
    node *found = node_get(map, name);
    if (map->kind != NODE_MAP)
        return node_fail(s->at, s->err,
                         "there is nothing to set below a single value or list before `%.60s`",
                         name);
    if (found == NULL || node_is_null(found)) {
        node_remove(map, name);
        node *key = new_text(s, name);
        found = node_new(s->memory, NODE_MAP, s->at);
        if (key == NULL || found == NULL || !node_add(s->memory, map, key, found))
            return out_of_memory(s->err);
    }
    *ret_next = found;
    return WN_OK;
}

static wn_status put(const setting *s, node *map, const char *name, node *value)
{
    if (map->kind != NODE_MAP)
        return node_fail(s->at, s->err, "`%.60s` cannot be set here: this is not a mapping", name);
    node_remove(map, name);
    node *key = new_text(s, name);
    return key != NULL && node_add(s->memory, map, key, value) ? WN_OK : out_of_memory(s->err);
}

/* Names are cut out of `path` in place. */
static wn_status set_at(const setting *s, node *root, char *path, node *value)
{
    node *here = root;
    for (int depth = 0;; depth++) {
        char *name = path, *dot = strchr(path, '.');
        if (dot != NULL)
            *dot = '\0';
        if (name[0] == '\0')
            return node_fail(s->at, s->err, "write --set stages.ID.with.OPTION=VALUE");
        if (dot == NULL)
            return put(s, here, name, value);
        wn_status status = enter(s, here, name, &here);
        path = dot + 1;
        if (status == WN_OK && depth == 0 && strcmp(name, "input") == 0)
            status = open_entry(s, here);
        if (status == WN_OK && depth == 0 && here->kind == NODE_LIST) {
            char *end = strchr(path, '.');
            if (end == NULL)
                return node_fail(s->at, s->err, "write --set %s.ID.with.OPTION=VALUE", name);
            *end = '\0';
            status = find_entry(s, name, here, path, &here);
            path = end + 1;
        }
        if (status != WN_OK)
            return status;
    }
}

static wn_status apply(node *root, const char *text, const char *equals, arena *memory,
                       wn_error *err)
{
    node_file *file = arena_alloc(memory, sizeof *file);
    strbuf name = STRBUF_INIT;
    strbuf_printf(&name, "--set %s", text);
    const char *shown = name.oom ? NULL : arena_strndup(memory, name.p, name.len);
    strbuf_release(&name);
    char *path = arena_strndup(memory, text, (size_t)(equals - text));
    if (file == NULL || shown == NULL || path == NULL)
        return out_of_memory(err);
    *file = (node_file){shown, "", NULL};
    const node here = {.file = file, .literal = true};
    setting s = {memory, node_new(memory, NODE_SCALAR, &here), err};
    if (s.at == NULL)
        return out_of_memory(err);
    node *value;
    wn_error why = WN_ERROR_INIT;
    wn_status status =
        node_parse((wn_str){equals + 1, strlen(equals + 1)}, file, memory, &value, &why);
    if (status != WN_OK)
        return status == WN_E_NOMEM ? out_of_memory(err) : node_fail(s.at, err, "%s", why.text);
    /* an empty document reads as a mapping; here it is an empty text */
    if (equals[1] == '\0') {
        value->kind = NODE_SCALAR;
        value->text = "";
        value->quoted = true;
    }
    mark(value, s.at);
    return set_at(&s, root, path, value);
}

wn_status node_set(node *root, const char *const *set, size_t n, bool vars, arena *memory,
                   wn_error *err)
{
    wn_status status = WN_OK;
    for (size_t i = 0; i < n && status == WN_OK; i++) {
        const char *equals = strchr(set[i], '=');
        if (equals == NULL)
            return wn_fail(err, WN_E_CONFIG,
                           "--set %.100s: write KEY=VALUE, as in stages.dedup.with.threshold=0.7",
                           set[i]);
        if ((strncmp(set[i], "vars.", 5) == 0) == vars)
            status = apply(root, set[i], equals, memory, err);
    }
    return status;
}
