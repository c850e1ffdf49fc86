/* jsonl.c: a JSON record becomes a document. One pass over the bytes finds the members; only the
 * text, the id and the metadata are taken apart. */
#include "document/state.h"
#include "util/json.h"
#include "util/utf8.h"
#include <stdlib.h>
#include <string.h>

/* Top-level keys that metadata gets when it lacks them, in order of precedence. */
static const struct {
    const char *key, *meta;
} copied[] = {{"url", "url"},           {"title", "title"},
              {"author", "author"},     {"publisher", "publisher"},
              {"language", "language"}, {"published", "published"},
              {"date", "published"}};
enum { N_COPIED = sizeof copied / sizeof *copied };

typedef struct members {
    wn_str text, id, metadata; /* values; p is NULL where there is none */
    wn_str copied[N_COPIED];
} members;

bool kept_add(document *d, kept_key **list, size_t *n, size_t *cap, wn_str key, wn_str value)
{
    void *items = *list;
    if (!document_room(d, &items, cap, *n + 1, sizeof **list))
        return false;
    *list = items;
    (*list)[(*n)++] = (kept_key){key, value};
    return true;
}

static int by_key_and_place(const void *a, const void *b)
{
    const kept_key *x = *(const kept_key *const *)a, *y = *(const kept_key *const *)b;
    size_t n = x->key.len < y->key.len ? x->key.len : y->key.len;
    int order = n == 0 ? 0 : memcmp(x->key.p, y->key.p, n);
    if (order == 0 && x->key.len != y->key.len)
        order = x->key.len < y->key.len ? -1 : 1;
    return order != 0 ? order : x < y ? -1 : 1;
}

/* Of equal keys the last stays, as in a tree; the others keep their order. */
static bool kept_unique(document *d, kept_key *list, size_t *n)
{
    size_t left = 0;
    kept_key **by_key = *n < 2 ? NULL : document_take(d, *n * sizeof(kept_key *));
    if (by_key == NULL)
        return *n < 2;
    for (size_t i = 0; i < *n; i++)
        by_key[i] = &list[i];
    qsort(by_key, *n, sizeof *by_key, by_key_and_place);
    for (size_t i = 0; i + 1 < *n; i++)
        if (by_key[i]->key.len == by_key[i + 1]->key.len &&
            memcmp(by_key[i]->key.p, by_key[i + 1]->key.p, by_key[i]->key.len) == 0)
            by_key[i]->value.p = NULL;
    for (size_t i = 0; i < *n; i++)
        if (list[i].value.p != NULL)
            list[left++] = list[i];
    *n = left;
    return true;
}

static wn_status fail_at(const document *d, const char *at, const char *message, wn_error *err)
{
    size_t column = (size_t)(at - d->raw.p) + 1;
    wn_status status =
        wn_fail(err, WN_E_DATA, "not a JSON record: %s at byte %zu", message, column);
    if (err != NULL && err->column == 0)
        err->column = column <= INT32_MAX ? (int)column : 0;
    return status;
}

static wn_status scan_failure(document *d, const json_scan *s, wn_error *err)
{
    return s->status == SCAN_NOMEM ? document_no_memory(d, err)
                                   : fail_at(d, s->at, s->message, err);
}

static bool equals(wn_str s, const char *word)
{
    return s.len == strlen(word) && memcmp(s.p, word, s.len) == 0;
}

/* A string's bytes without escapes: borrowed from the record where possible, else in the arena. */
static bool plain(document *d, wn_str body, wn_str *ret)
{
    if (body.len == 0 || memchr(body.p, '\\', body.len) == NULL) {
        *ret = body;
        return true;
    }
    strbuf_clear(&d->scratch);
    (void)json_unescape(body, &d->scratch);
    *ret = d->scratch.oom ? (wn_str){"", 0}
                          : document_copy_str(d, (wn_str){d->scratch.p, d->scratch.len});
    return !d->scratch.oom && !d->out_of_memory;
}

static bool is_id(wn_str value)
{
    return (value.p[0] == '"' && value.len > 2) || value.p[0] == '-' ||
           (value.p[0] >= '0' && value.p[0] <= '9');
}

static bool take_member(document *d, const reading *r, members *m, wn_str key, wn_str value)
{
    if (equals(key, r->text_key)) {
        m->text = value;
        return true;
    }
    if (equals(key, r->id_key) && is_id(value)) {
        m->id = value;
        return true;
    }
    if (equals(key, "metadata") && value.p[0] == '{') {
        m->metadata = value;
        return true;
    }
    for (size_t i = 0; i < N_COPIED; i++)
        if (equals(key, copied[i].key))
            m->copied[i] = value;
    return kept_add(d, &d->kept, &d->n_kept, &d->cap_kept, key, value);
}

static wn_status scan_record(document *d, const reading *r, members *m, wn_error *err)
{
    json_scan s = json_scan_start(d->raw);
    size_t good = utf8_valid_prefix(d->raw.p, d->raw.len);
    if (good < d->raw.len)
        return fail_at(d, d->raw.p + good, "invalid UTF-8", err);
    if (d->raw.len >= 3 && memcmp(d->raw.p, "\xEF\xBB\xBF", 3) == 0)
        s.p += 3;
    wn_str key, value;
    bool first = true;
    if (!json_scan_char(&s, '{'))
        return scan_failure(d, &s, err);
    for (; json_scan_member(&s, first, &key, &value); first = false)
        if (!plain(d, key, &key) || !take_member(d, r, m, key, value))
            return document_no_memory(d, err);
    if (s.status != SCAN_OK || !json_scan_end(&s))
        return scan_failure(d, &s, err);
    if (m->text.p == NULL)
        return wn_fail(err, WN_E_DATA,
                       "the record has no \"%s\" (the source's option text_key names the text)",
                       r->text_key);
    if (m->text.p[0] != '"')
        return fail_at(d, m->text.p, "the text is not a string", err);
    return WN_OK;
}

static wn_str body_of(wn_str string_value)
{
    return (wn_str){string_value.p + 1, string_value.len - 2};
}

/* The text value, unescaped, and its map, into spare_text and spare_map. */
static wn_status read_text(document *d, wn_str body, size_t *ret_lone, wn_error *err)
{
    const char *p = body.p, *end = p + body.len;
    bool ok = document_allows(d, body.len, err) == WN_OK;
    strbuf_clear(&d->spare_text);
    spanmap_clear(&d->spare_map);
    strbuf_reserve(&d->spare_text, body.len);
    while (p < end && ok) {
        const char *back = memchr(p, '\\', (size_t)(end - p)), *stop = back != NULL ? back : end;
        strbuf_add(&d->spare_text, p, (size_t)(stop - p));
        ok = spanmap_bytes(&d->spare_map, (size_t)(stop - p), (size_t)(p - d->raw.p));
        p = stop;
        if (back != NULL && ok) {
            char utf8[4];
            size_t length;
            bool lone;
            size_t used = json_escape(back, end, utf8, &length, &lone);
            strbuf_add(&d->spare_text, utf8, length);
            ok = spanmap_chars(&d->spare_map, length, (size_t)(p - d->raw.p), 1, (unsigned)used);
            p += used;
            *ret_lone += lone;
        }
    }
    return ok && !d->spare_text.oom ? WN_OK : document_no_memory(d, err);
}

static wn_status read_id(document *d, wn_str value, wn_error *err)
{
    if (value.p == NULL)
        return WN_OK;
    const bool number = value.p[0] != '"';
    if (!plain(d, number ? value : body_of(value), &value) ||
        document_record_id(&d->handle, value) != WN_OK)
        return document_no_memory(d, err);
    d->id_is_number = number;
    return WN_OK;
}

/* Set metadata from a JSON value of the record. A string remembers where it stood; what json_t
 * cannot hold (SCAN_RANGE) is kept as it is written. */
static wn_status put_value(document *d, wn_str key, wn_str value)
{
    scan_status status = SCAN_OK;
    json_t *tree = json_tree(value, &d->scratch, &status);
    json_t *meta = document_meta(&d->handle);
    if (tree == NULL && status == SCAN_RANGE) {
        (void)json_object_deln(meta, key.p, key.len);
        return kept_add(d, &d->kept_meta, &d->n_kept_meta, &d->cap_kept_meta, key, value)
                   ? WN_OK
                   : WN_E_NOMEM;
    }
    if (tree == NULL)
        return WN_E_NOMEM;
    if (!json_is_string(tree) || value.len <= 2 || memchr(key.p, '\0', key.len) != NULL)
        return json_object_setn_new_nocheck(meta, key.p, key.len, tree) == 0 ? WN_OK : WN_E_NOMEM;
    const wn_str body = body_of(value);
    const uint64_t start = (uint64_t)(body.p - d->raw.p);
    const bool escaped = memchr(body.p, '\\', body.len) != NULL;
    const wn_range range = {start, start + body.len, escaped ? WN_MAP_DECODED : WN_MAP_EXACT, 0};
    const char *name = document_copy(d, key.p, key.len);
    if (name == NULL) {
        json_decref(tree);
        return WN_E_NOMEM;
    }
    return metadata_put_many(d, name, tree, &range);
}

static wn_status read_metadata(document *d, wn_str object, wn_error *err)
{
    if (object.p == NULL)
        return WN_OK;
    json_scan s = json_scan_start(object);
    wn_str key, value;
    (void)json_scan_char(&s, '{');
    for (bool first = true; json_scan_member(&s, first, &key, &value); first = false)
        if (!plain(d, key, &key) || put_value(d, key, value) != WN_OK)
            return document_no_memory(d, err);
    return s.status == SCAN_OK ? WN_OK : scan_failure(d, &s, err);
}

/* Does the string start like an ISO 8601 date, YYYY-MM-DD? */
static bool iso_date(wn_str body)
{
    static const char pattern[] = "dddd-dd-dd";
    if (body.len < sizeof pattern - 1)
        return false;
    for (size_t i = 0; i < sizeof pattern - 1; i++)
        if (pattern[i] == 'd' ? body.p[i] < '0' || body.p[i] > '9' : body.p[i] != pattern[i])
            return false;
    return body.len == sizeof pattern - 1 || body.p[10] == 'T' || body.p[10] == ' ';
}

static wn_status copy_keys(document *d, const members *m, wn_error *err)
{
    json_t *meta = document_meta(&d->handle);
    for (size_t i = 0; i < N_COPIED; i++) {
        const wn_str value = m->copied[i], name = {copied[i].meta, strlen(copied[i].meta)};
        if (value.p == NULL || value.p[0] != '"' || value.len <= 2 ||
            json_object_get(meta, name.p) != NULL)
            continue;
        if (strcmp(copied[i].key, "date") == 0 && !iso_date(body_of(value)))
            continue;
        if (put_value(d, name, value) != WN_OK)
            return document_no_memory(d, err);
    }
    return WN_OK;
}

static wn_status note_lone_surrogates(document *d, size_t n, wn_error *err)
{
    if (n == 0)
        return WN_OK;
    json_t *meta = document_meta(&d->handle);
    return json_object_set_new(meta, "undecodable", json_integer((json_int_t)n)) == 0
               ? WN_OK
               : document_no_memory(d, err);
}

static const char *key_name(document *d, const char *key, const char *usual)
{
    return key == NULL ? usual : document_copy(d, key, strlen(key));
}

wn_status document_record_json(wn_doc *doc, const char *text_key, const char *id_key, wn_error *err)
{
    document *d = document_of(doc);
    members m;
    memset(&m, 0, sizeof m);
    if (d->reading.how != READ_NOTHING)
        return wn_fail(err, WN_E_STAGE, "the record's text was read before");
    reading r = {.how = READ_JSON,
                 .text_key = key_name(d, text_key, "text"),
                 .id_key = key_name(d, id_key, "id")};
    if (r.text_key == NULL || r.id_key == NULL)
        return document_no_memory(d, err);
    size_t lone = 0;
    wn_status status = scan_record(d, &r, &m, err);
    if (status == WN_OK)
        status = read_text(d, body_of(m.text), &lone, err);
    if (status == WN_OK)
        status = read_id(d, m.id, err);
    if (status == WN_OK)
        status = read_metadata(d, m.metadata, err);
    if (status == WN_OK)
        status = copy_keys(d, &m, err);
    metadata_sort(d);
    if (status == WN_OK &&
        (!kept_unique(d, d->kept, &d->n_kept) || !kept_unique(d, d->kept_meta, &d->n_kept_meta)))
        status = document_no_memory(d, err);
    if (status == WN_OK)
        status = note_lone_surrogates(d, lone, err);
    if (status != WN_OK) {
        d->n_kept = d->n_kept_meta = 0; /* half a record is no record */
        return status;
    }
    d->reading = r;
    document_swap_text(d);
    return WN_OK;
}
