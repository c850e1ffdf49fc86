/* yaml.c: the only file that knows libyaml. Events become nodes; anchors, aliases and merge keys
 * are resolved here, under the bounds of node.h. */
#include "config/node.h"
#include <string.h>
#include <yaml.h>

typedef struct anchor {
    const char *name;
    const node *value; /* NULL while it is being read */
    struct anchor *next;
} anchor;

typedef struct reader {
    yaml_parser_t parser;
    wn_str text;
    const node_file *file;
    arena *memory;
    anchor *anchors;
    size_t count;
    wn_error *err;
} reader;

static wn_status fail_mark(reader *r, yaml_mark_t mark, const char *text)
{
    const node at = {.file = r->file, .line = (int)mark.line + 1, .column = (int)mark.column + 1};
    return node_fail(&at, r->err, "%s", text);
}

static wn_str line_at(wn_str text, size_t line)
{
    const char *p = text.p, *end = text.p + text.len;
    for (; line > 0 && p < end; line--) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        p = newline == NULL ? end : newline + 1;
    }
    const char *newline = p < end ? memchr(p, '\n', (size_t)(end - p)) : NULL;
    return (wn_str){p, (size_t)((newline == NULL ? end : newline) - p)};
}

static const char *syntax_hint(wn_str line)
{
    size_t i = 0;
    while (i < line.len && line.p[i] == ' ')
        i++;
    if (i < line.len && line.p[i] == '\t')
        return "; a tab indents this line: use spaces";
    for (i = 0; i + 1 < line.len; i++)
        if (line.p[i] == '$' && line.p[i + 1] == '{')
            return "; inside [..] and {..} put quotes around \"${...}\"";
    if (memchr(line.p, '\t', line.len) != NULL)
        return "; there is a tab in this line: use spaces";
    for (i = 0; i + 2 < line.len; i++)
        if (line.p[i] == ':' && line.p[i + 1] == ' ' &&
            memchr(line.p + i + 2, ':', line.len - i - 2) != NULL)
            return "; a value that contains \": \" needs quotes";
    return "";
}

/* libyaml's own words, with the place that helps most and a hint. */
static wn_status fail_syntax(reader *r)
{
    const yaml_parser_t *p = &r->parser;
    if (p->error == YAML_MEMORY_ERROR)
        return out_of_memory(r->err);
    char text[300];
    yaml_mark_t mark = p->problem_mark;
    if (p->error == YAML_READER_ERROR) {
        (void)snprintf(text, sizeof text, "byte %zu is not valid UTF-8 text: %s", p->problem_offset,
                       p->problem);
        wn_str before = {r->text.p,
                         p->problem_offset < r->text.len ? p->problem_offset : r->text.len};
        mark = (yaml_mark_t){0, 0, 0};
        for (size_t i = 0; i < before.len; i++)
            if (before.p[i] == '\n')
                mark.line++;
        return fail_mark(r, mark, text);
    }
    bool unclosed = p->context != NULL && strstr(p->problem, "end of stream") != NULL;
    if (unclosed)
        mark = p->context_mark;
    (void)snprintf(text, sizeof text, "not valid YAML: %s%s%s%s",
                   p->context != NULL ? p->context : "", p->context != NULL ? ", " : "", p->problem,
                   syntax_hint(line_at(r->text, mark.line)));
    return fail_mark(r, mark, text);
}

static wn_status next(reader *r, yaml_event_t *ret_event)
{
    return yaml_parser_parse(&r->parser, ret_event) ? WN_OK : fail_syntax(r);
}

static wn_status make(reader *r, node_kind kind, yaml_mark_t mark, node **ret_node)
{
    const node at = {.file = r->file, .line = (int)mark.line + 1, .column = (int)mark.column + 1};
    if (++r->count > NODE_MAX_COUNT)
        return fail_mark(r, mark, "too many values (are aliases nested?)");
    *ret_node = node_new(r->memory, kind, &at);
    return *ret_node == NULL ? out_of_memory(r->err) : WN_OK;
}

static wn_status anchor_add(reader *r, const yaml_char_t *name, anchor **ret_anchor)
{
    *ret_anchor = NULL;
    if (name == NULL)
        return WN_OK;
    anchor *a = arena_alloc(r->memory, sizeof *a);
    if (a == NULL || (a->name = arena_strndup(r->memory, (const char *)name,
                                              strlen((const char *)name))) == NULL)
        return out_of_memory(r->err);
    a->next = r->anchors;
    *ret_anchor = r->anchors = a;
    return WN_OK;
}

static wn_status copy(reader *r, const node *from, yaml_mark_t mark, int depth, node **ret_node)
{
    if (depth > NODE_MAX_DEPTH)
        return fail_mark(r, mark, "nested too deep (are aliases nested?)");
    node *n;
    wn_status status = make(r, from->kind, mark, &n);
    if (status != WN_OK)
        return status;
    const node made = *n;
    *n = *from;
    n->line = made.line;
    n->column = made.column;
    n->n = 0;
    n->key = n->item = NULL;
    for (size_t i = 0; i < from->n; i++) {
        node *item;
        status = copy(r, from->item[i], mark, depth + 1, &item);
        if (status != WN_OK)
            return status;
        if (!node_add(r->memory, n, from->kind == NODE_MAP ? from->key[i] : NULL, item))
            return out_of_memory(r->err);
    }
    *ret_node = n;
    return WN_OK;
}

static wn_status read_alias(reader *r, const yaml_event_t *e, int depth, node **ret_node)
{
    const char *name = (const char *)e->data.alias.anchor;
    const anchor *a = r->anchors;
    while (a != NULL && strcmp(a->name, name) != 0)
        a = a->next;
    if (a == NULL)
        return fail_mark(r, e->start_mark, "alias to an anchor that does not stand above it");
    if (a->value == NULL)
        return fail_mark(r, e->start_mark, "alias to the value that contains it");
    return copy(r, a->value, e->start_mark, depth, ret_node);
}

static wn_status read_scalar(reader *r, const yaml_event_t *e, node **ret_node)
{
    node *n;
    wn_status status = make(r, NODE_SCALAR, e->start_mark, &n);
    if (status != WN_OK)
        return status;
    const char *text = (const char *)e->data.scalar.value;
    if (memchr(text, '\0', e->data.scalar.length) != NULL)
        return fail_mark(r, e->start_mark, "a NUL character cannot be part of a value");
    n->text = arena_strndup(r->memory, text, e->data.scalar.length);
    n->quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE || e->data.scalar.tag != NULL;
    *ret_node = n;
    return n->text == NULL ? out_of_memory(r->err) : WN_OK;
}

static wn_status read_value(reader *r, yaml_event_t *e, int depth, node **ret_node);

static wn_status read_next(reader *r, int depth, node **ret_node)
{
    yaml_event_t e;
    wn_status status = next(r, &e);
    if (status != WN_OK)
        return status;
    status = read_value(r, &e, depth, ret_node);
    yaml_event_delete(&e);
    return status;
}

static wn_status read_list(reader *r, int depth, node *list)
{
    for (;;) {
        yaml_event_t e;
        node *item;
        wn_status status = next(r, &e);
        if (status != WN_OK)
            return status;
        bool end = e.type == YAML_SEQUENCE_END_EVENT;
        if (!end)
            status = read_value(r, &e, depth, &item);
        yaml_event_delete(&e);
        if (status != WN_OK || end)
            return status;
        if (!node_add(r->memory, list, NULL, item))
            return out_of_memory(r->err);
    }
}

/* `<<: *base`: the keys of base that the mapping does not give itself. They are added after its
 * own keys, so that these win wherever the merge stands. */
static wn_status merge(reader *r, node *map, const node *from, const node *at)
{
    if (from->kind == NODE_LIST) {
        wn_status status = WN_OK;
        for (size_t i = 0; i < from->n && status == WN_OK; i++)
            status = from->item[i]->kind == NODE_MAP ? merge(r, map, from->item[i], at)
                                                     : node_fail(at, r->err, "`<<` takes mappings");
        return status;
    }
    if (from->kind != NODE_MAP)
        return node_fail(at, r->err, "`<<` takes a mapping, as in `<<: *base`");
    for (size_t i = 0; i < from->n; i++) {
        if (node_get(map, from->key[i]->text) != NULL)
            continue;
        if (map->n >= NODE_MAX_KEYS)
            return node_fail(at, r->err, "more than %d keys in one mapping", NODE_MAX_KEYS);
        if (!node_add(r->memory, map, from->key[i], from->item[i]))
            return out_of_memory(r->err);
    }
    return WN_OK;
}

static wn_status add_pair(reader *r, node *map, node *key, int depth, node **merged)
{
    if (key->kind != NODE_SCALAR)
        return node_fail(key, r->err, "a key must be a single word, not %s", node_kind_name(key));
    const node *first = node_key(map, key->text);
    if (first != NULL)
        return node_fail(key, r->err,
                         "key `%.60s` was already given on line %d: remove one of them", key->text,
                         first->line);
    if (map->n >= NODE_MAX_KEYS)
        return node_fail(key, r->err, "more than %d keys in one mapping", NODE_MAX_KEYS);
    node *value;
    wn_status status = read_next(r, depth, &value);
    if (status != WN_OK)
        return status;
    if (strcmp(key->text, "<<") != 0 || key->quoted)
        return node_add(r->memory, map, key, value) ? WN_OK : out_of_memory(r->err);
    if (*merged != NULL)
        return node_fail(key, r->err, "`<<` was already given: write `<<: [*a, *b]`");
    *merged = value;
    return WN_OK;
}

static wn_status read_map(reader *r, int depth, node *map)
{
    node *merged = NULL;
    for (;;) {
        yaml_event_t e;
        node *key;
        wn_status status = next(r, &e);
        if (status != WN_OK)
            return status;
        bool end = e.type == YAML_MAPPING_END_EVENT;
        if (!end)
            status = read_value(r, &e, depth, &key);
        yaml_event_delete(&e);
        if (status == WN_OK && !end)
            status = add_pair(r, map, key, depth, &merged);
        if (status != WN_OK)
            return status;
        if (end)
            return merged == NULL ? WN_OK : merge(r, map, merged, merged);
    }
}

static bool tag_is(const yaml_char_t *tag, const char *name)
{
    return tag == NULL || strcmp((const char *)tag, name) == 0 ||
           strcmp((const char *)tag, "!") == 0;
}

/* What a value of each kind may be marked with, and the tag that says nothing new. */
typedef struct marks {
    const yaml_char_t *tag, *anchor;
    const char *usual_tag;
} marks;

static marks marks_of(const yaml_event_t *e)
{
    if (e->type == YAML_SCALAR_EVENT)
        return (marks){e->data.scalar.tag, e->data.scalar.anchor, YAML_STR_TAG};
    if (e->type == YAML_MAPPING_START_EVENT)
        return (marks){e->data.mapping_start.tag, e->data.mapping_start.anchor, YAML_MAP_TAG};
    return (marks){e->data.sequence_start.tag, e->data.sequence_start.anchor, YAML_SEQ_TAG};
}

static wn_status read_value(reader *r, yaml_event_t *e, int depth, node **ret_node)
{
    if (depth > NODE_MAX_DEPTH)
        return fail_mark(r, e->start_mark, "nested too deep");
    if (e->type == YAML_ALIAS_EVENT)
        return read_alias(r, e, depth, ret_node);
    const marks m = marks_of(e);
    anchor *a;
    if (!tag_is(m.tag, m.usual_tag))
        return fail_mark(r, e->start_mark, "YAML tags (!...) are not used here: remove it");
    wn_status status = anchor_add(r, m.anchor, &a);
    if (status != WN_OK)
        return status;
    bool map = e->type == YAML_MAPPING_START_EVENT;
    if (e->type == YAML_SCALAR_EVENT)
        status = read_scalar(r, e, ret_node);
    else if ((status = make(r, map ? NODE_MAP : NODE_LIST, e->start_mark, ret_node)) == WN_OK)
        status = map ? read_map(r, depth + 1, *ret_node) : read_list(r, depth + 1, *ret_node);
    if (status == WN_OK && a != NULL)
        a->value = *ret_node;
    return status;
}

/* STREAM-START, then the one document with its DOCUMENT-START and -END, then STREAM-END. */
static wn_status read_stream(reader *r, node **ret_root)
{
    static const yaml_event_type_t frame[] = {YAML_STREAM_START_EVENT, YAML_DOCUMENT_START_EVENT,
                                              YAML_NO_EVENT, YAML_DOCUMENT_END_EVENT,
                                              YAML_STREAM_END_EVENT};
    for (size_t i = 0; i < sizeof frame / sizeof frame[0]; i++) {
        yaml_event_t e;
        wn_status status = frame[i] == YAML_NO_EVENT ? read_next(r, 0, ret_root) : next(r, &e);
        if (status != WN_OK)
            return status;
        if (frame[i] == YAML_NO_EVENT)
            continue;
        yaml_event_type_t type = e.type;
        yaml_mark_t mark = e.start_mark;
        yaml_event_delete(&e);
        if (type == YAML_STREAM_END_EVENT && i == 1)
            return make(r, NODE_MAP, mark, ret_root);
        if (type != frame[i])
            return fail_mark(r, mark, "a second YAML document starts here: one file, one document");
    }
    return WN_OK;
}

wn_status node_parse(wn_str text, const node_file *file, arena *memory, node **ret_root,
                     wn_error *err)
{
    reader r = {.text = text, .file = file, .memory = memory, .err = err};
    if (text.len > NODE_MAX_BYTES)
        return fail_mark(&r, (yaml_mark_t){0, 0, 0}, "larger than 4 MiB: not a configuration");
    if (!yaml_parser_initialize(&r.parser))
        return out_of_memory(err);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)text.p, text.len);
    node *root = NULL;
    wn_status status = read_stream(&r, &root);
    yaml_parser_delete(&r.parser);
    if (status == WN_OK)
        *ret_root = root;
    return status;
}
