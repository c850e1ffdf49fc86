/* node.c: building, reading and reporting on configuration nodes. */
#include "config/node.h"
#include <stdarg.h>
#include <string.h>

node *node_new(arena *memory, node_kind kind, const node *at)
{
    node *n = arena_alloc(memory, sizeof *n);
    if (n == NULL)
        return NULL;
    n->kind = kind;
    if (at != NULL) {
        n->file = at->file;
        n->line = at->line;
        n->column = at->column;
        n->literal = at->literal;
    }
    return n;
}

static size_t find(const node *map, const char *key)
{
    for (size_t i = 0; map != NULL && map->kind == NODE_MAP && i < map->n; i++)
        if (strcmp(map->key[i]->text, key) == 0)
            return i;
    return SIZE_MAX;
}

node *node_get(const node *map, const char *key)
{
    size_t i = find(map, key);
    return i == SIZE_MAX ? NULL : map->item[i];
}

const node *node_key(const node *map, const char *key)
{
    size_t i = find(map, key);
    return i == SIZE_MAX ? NULL : map->key[i];
}

static bool grow(arena *memory, node ***list, size_t n)
{
    if (n != 0 && (n < 4 || (n & (n - 1)) != 0))
        return true; /* room is made at 0, 4, 8, 16, ... */
    node **bigger = arena_alloc(memory, (n == 0 ? 4 : 2 * n) * sizeof(node *));
    if (bigger == NULL)
        return false;
    if (n > 0)
        memcpy(bigger, *list, n * sizeof(node *));
    *list = bigger;
    return true;
}

bool node_add(arena *memory, node *to, node *key, node *value)
{
    if (!grow(memory, &to->item, to->n) || (to->kind == NODE_MAP && !grow(memory, &to->key, to->n)))
        return false;
    if (to->kind == NODE_MAP)
        to->key[to->n] = key;
    to->item[to->n++] = value;
    return true;
}

void node_remove(node *map, const char *key)
{
    size_t i = find(map, key);
    if (i == SIZE_MAX)
        return;
    map->n--;
    memmove(map->key + i, map->key + i + 1, (map->n - i) * sizeof(node *));
    memmove(map->item + i, map->item + i + 1, (map->n - i) * sizeof(node *));
}

bool node_is_null(const node *n)
{
    return n->kind == NODE_SCALAR && !n->quoted && !n->made &&
           (n->text[0] == '\0' || strcmp(n->text, "~") == 0 || strcmp(n->text, "null") == 0);
}

const char *node_kind_name(const node *n)
{
    static const char *const names[] = {"a single value", "a list", "a mapping"};
    return node_is_null(n) ? "nothing" : names[n->kind];
}

static const char *format_in(arena *memory, strbuf *b)
{
    const char *s = b->oom || b->p == NULL ? NULL : arena_strndup(memory, b->p, b->len);
    strbuf_release(b);
    return s;
}

const char *node_origin(const node *n, arena *memory)
{
    if (n->line == 0)
        return "--set";
    strbuf b = STRBUF_INIT;
    if (n->variable != NULL)
        strbuf_printf(&b, "environment %s in ", n->variable);
    strbuf_printf(&b, "%s:%d:%d", n->file->name, n->line, n->column);
    return format_in(memory, &b);
}

static void include_chain(const node_file *file, wn_error *err)
{
    for (; file->from != NULL; file = file->from->file) {
        size_t used = strlen(err->text);
        (void)snprintf(err->text + used, sizeof err->text - used, " (included from %s:%d:%d)",
                       file->from->file->name, file->from->line, file->from->column);
    }
}

wn_status node_fail(const node *at, wn_error *err, const char *fmt, ...)
{
    if (err == NULL || err->status != WN_OK)
        return WN_E_CONFIG;
    va_list ap;
    va_start(ap, fmt);
    (void)vsnprintf(err->text, sizeof err->text, fmt, ap);
    va_end(ap);
    err->status = WN_E_CONFIG;
    err->line = at->line;
    err->column = at->column;
    (void)snprintf(err->where, sizeof err->where, "%s", at->file->name);
    include_chain(at->file, err);
    return WN_E_CONFIG;
}

wn_status out_of_memory(wn_error *err)
{
    return wn_fail(err, WN_E_NOMEM, "out of memory while reading the configuration");
}
