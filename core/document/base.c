/* base.c: what the other files of this folder stand on: handles, names, memory, verdicts. */
#include "document/state.h"
#include "util/alloc.h"
#include "util/hash.h"
#include "util/json.h"
#include "util/show.h"
#include "util/utf8.h"
#include <string.h>

wn_doc *document_handle(document *d)
{
    return &d->handle;
}

document *document_of(wn_doc *doc)
{
    return (document *)doc;
}

const document *document_of_const(const wn_doc *doc)
{
    return (const document *)doc;
}

doc_context *document_context(document *d)
{
    return &d->context;
}

void document_set_max_span_ratio(document *d, size_t ratio)
{
    d->max_span_ratio = ratio;
}

void document_set_max_record(document *d, size_t max_record)
{
    d->max_record = max_record;
}

const locator *document_locator(const document *d)
{
    return &d->at;
}

wn_str document_id(const wn_doc *doc)
{
    const document *d = document_of_const(doc);
    return d->name.len > 0 ? d->name : d->id;
}

wn_status document_set_name(document *d, wn_str name, wn_error *err)
{
    wn_str copy = document_copy_str(d, name);
    if (copy.len != name.len)
        return document_no_memory(d, err);
    d->name = copy;
    return WN_OK;
}

/* ---- trouble ---- */

void document_trouble_note(document *d, wn_status status, const wn_error *why)
{
    if (d->trouble.status != WN_OK || status >= WN_OK)
        return;
    if (why != NULL && why->status == status)
        d->trouble = *why;
    else
        (void)wn_fail(
            &d->trouble, status,
            status == WN_E_NOMEM
                ? "out of memory, or over the document's memory limit (limits.max_document_memory)"
                : "a call of the host failed");
}

const wn_error *document_trouble(const document *d)
{
    return &d->trouble;
}

wn_str document_text(const wn_doc *doc)
{
    const document *d = document_of_const(doc);
    return d->text.len > 0 ? (wn_str){d->text.p, d->text.len} : (wn_str){"", 0};
}

/* ---- memory ---- */

bool document_out_of_memory(const document *d)
{
    return d->out_of_memory;
}

void *document_take(document *d, size_t size)
{
    void *p = arena_alloc(d->memory, size);
    if (p == NULL)
        d->out_of_memory = true;
    return p;
}

char *document_copy(document *d, const char *s, size_t n)
{
    char *p = arena_strndup(d->memory, s, n);
    if (p == NULL)
        d->out_of_memory = true;
    return p;
}

wn_str document_copy_str(document *d, wn_str s)
{
    const char *p = document_copy(d, s.p, s.len);
    return p != NULL ? (wn_str){p, s.len} : (wn_str){"", 0};
}

bool document_room(document *d, void **items, size_t *cap, size_t n, size_t each)
{
    if (n <= *cap)
        return true;
    size_t grown = *cap < 4 ? 4 : *cap * 2;
    while (grown < n)
        grown *= 2;
    void *p = grown > SIZE_MAX / 2 / each ? NULL : document_take(d, grown * each);
    if (p == NULL)
        return false;
    if (*cap > 0)
        memcpy(p, *items, *cap * each);
    *items = p;
    *cap = grown;
    return true;
}

wn_status document_no_memory(document *d, wn_error *err)
{
    d->out_of_memory = true;
    return wn_fail(
        err, WN_E_NOMEM,
        "out of memory, or over the document's memory limit (limits.max_document_memory)");
}

static size_t buffers(const document *d)
{
    return arena_used(d->memory) + d->text.cap + d->spare_text.cap + d->decoded.cap +
           spanmap_memory(&d->map) + spanmap_memory(&d->spare_map) + d->line.cap + d->spans_memory +
           d->attrs_memory;
}

/* About what Jansson took for it: a node, of an object also its table, and for a member its key and
 * place there. */
static size_t json_memory(const json_t *value, unsigned depth)
{
    enum { NODE = 64, TABLE = 160, MEMBER = 80 };
    size_t n = json_is_object(value) ? NODE + TABLE : NODE;
    if (depth == 0)
        return n;
    if (json_is_string(value))
        n += json_string_length(value);
    for (size_t i = 0; i < json_array_size(value); i++)
        n += json_memory(json_array_get(value, i), depth - 1);
    for (void *i = json_object_iter((json_t *)value); i != NULL;
         i = json_object_iter_next((json_t *)value, i))
        n += MEMBER + json_memory(json_object_iter_value(i), depth - 1);
    return n;
}

enum { MEMORY_DEPTH = 16 };

size_t document_memory(const document *d)
{
    return buffers(d) + d->scratch.cap + json_memory(d->meta, MEMORY_DEPTH);
}

/* Real pages take 4 bytes for each of their text's (median), 17 (99 %), 45 at most; a text made of
 * nothing but dates 450. */
static wn_status attributes_allowed(document *d)
{
    enum { FREE = 6 << 20 };
    wn_error err = WN_ERROR_INIT;
    if (d->max_span_ratio == 0 || d->attrs_memory <= FREE ||
        (d->attrs_memory - FREE) / d->max_span_ratio <= d->text.len)
        return WN_OK;
    (void)wn_fail(
        &err, WN_E_LIMIT,
        "what the stages mark takes more than limits.max_span_ratio (%zu) bytes for each of the "
        "text's, above 6 MiB: a list of dates or numbers?",
        d->max_span_ratio);
    document_trouble_note(d, WN_E_LIMIT, &err);
    return WN_E_LIMIT;
}

wn_status document_charge(document *d, const json_t *attrs)
{
    d->attrs_memory += attrs != NULL ? json_memory(attrs, MEMORY_DEPTH) : 0;
    wn_status status = attributes_allowed(d);
    return status == WN_OK ? document_allows(d, 0, NULL) : status;
}

wn_status document_allows(document *d, size_t extra, wn_error *err)
{
    size_t used = buffers(d);
    if (d->limit != 0 && (extra > d->limit || used > d->limit - extra))
        return document_no_memory(d, err);
    return WN_OK;
}

void *document_alloc(wn_doc *doc, size_t size)
{
    return document_take(document_of(doc), size);
}

/* ---- verdict ---- */

void verdict_clear(verdict *v)
{
    json_decref(v->value);
    json_decref(v->threshold);
    *v = (verdict){WN_OK, "", "", NULL, NULL, NULL, NULL};
}

const verdict *document_verdict(const document *d)
{
    return &d->verdict;
}

static const char *copy_word(document *d, const char *s)
{
    const char *copy = s == NULL ? NULL : document_copy(d, s, strlen(s));
    return copy != NULL || s == NULL ? copy : "(out of memory)";
}

static void settle(document *d, wn_status status, const char *stage, const char *reason)
{
    verdict_clear(&d->verdict);
    d->verdict.status = status;
    d->verdict.stage = copy_word(d, stage);
    d->verdict.reason = copy_word(d, reason != NULL ? reason : "");
}

static const char *stage_name(const document *d)
{
    const wn_stage *s = d->context.stage;
    return s != NULL && s->host != NULL && s->host->stage_id != NULL ? s->host->stage_id(s) : "";
}

static wn_status leave(document *d, wn_status status, const char *reason, const char *rule,
                       json_t *take_value, json_t *take_threshold)
{
    settle(d, status, stage_name(d), reason);
    d->verdict.rule = copy_word(d, rule);
    d->verdict.value = take_value;
    d->verdict.threshold = take_threshold;
    return status;
}

wn_status document_drop(wn_doc *doc, const char *reason, const char *rule, json_t *take_value,
                        json_t *take_threshold)
{
    return leave(document_of(doc), WN_DROP, reason, rule, take_value, take_threshold);
}

wn_status document_merge(wn_doc *doc, const char *into, const char *reason, const char *rule,
                         json_t *take_value, json_t *take_threshold)
{
    document *d = document_of(doc);
    (void)leave(d, WN_MERGED, reason, rule, take_value, take_threshold);
    d->verdict.into = copy_word(d, into);
    return WN_MERGED;
}

void document_fail(document *d, const char *stage, const wn_error *err)
{
    char shown[2 * sizeof err->text];
    const char *reason = err->text;
    size_t n = strlen(reason);
    /* as the stage said it, or cut within a character; a reject is JSON */
    if (!utf8_valid(reason, n)) {
        (void)show_fixed(shown, sizeof shown, reason, n);
        reason = shown;
    }
    settle(d, err->status, stage, reason);
}

uint64_t document_revision(const wn_doc *doc)
{
    return document_of_const(doc)->revision;
}

size_t document_raw_ranges(const wn_doc *doc, size_t start, size_t end, wn_range *ret_ranges,
                           size_t cap)
{
    return spanmap_ranges(&document_of_const(doc)->map, document_text(doc).p, start, end,
                          ret_ranges, cap);
}
