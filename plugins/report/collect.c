#include "report/collect.h"

#include <stdbool.h>
#include <stdlib.h>

enum { META_RANGES = 64, /* of one metadata value; of more, none are told */
       CONTEXT = 1500,   /* bytes of a sentence told on each side of a passage */
       CONTEXTS = 64 };  /* of a document, kept to be shared */

static const char *const kind_names[] = {NULL, "decoded", "edited", "approx"};

/* All of this file returns NULL, or false, when memory ran out, and takes NULL for the same. */
static bool put(json_t *object, const char *key, json_t *take_value)
{
    return json_object_set_new_nocheck(object, key, take_value) == 0; /* keys are ours */
}

static json_t *checked(json_t *take_value, bool ok)
{
    if (ok)
        return take_value;
    json_decref(take_value);
    return NULL;
}

static json_t *range_json(const wn_range *r)
{
    json_t *a = json_array();
    bool told = r->kind > 0 && r->kind < 4;
    return checked(a, json_array_append_new(a, json_integer((json_int_t)r->start)) == 0 &&
                          json_array_append_new(a, json_integer((json_int_t)r->end)) == 0 &&
                          (!told || json_array_append_new(a, json_string(kind_names[r->kind])) == 0));
}

static json_t *ranges_json(const wn_range *r, size_t n)
{
    json_t *list = json_array();
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < n; i++)
        ok = json_array_append_new(list, range_json(&r[i])) == 0;
    return checked(list, ok);
}

static json_t *raw_json(wn_doc *doc, size_t start, size_t end)
{
    wn_range few[META_RANGES];
    size_t n = wn_raw_ranges(doc, start, end, few, META_RANGES);
    if (n <= META_RANGES)
        return ranges_json(few, n);
    wn_range *all = malloc(n * sizeof *all);
    if (all == NULL)
        return NULL;
    (void)wn_raw_ranges(doc, start, end, all, n);
    json_t *list = ranges_json(all, n);
    free(all);
    return list;
}

/* Put text, offsets and raw ranges of [start, end) into an object. */
static json_t *with_passage(json_t *take_object, wn_doc *doc, size_t start, size_t end)
{
    wn_str text = wn_text(doc);
    json_t *o = take_object;
    return checked(o, put(o, "text", json_stringn(text.p + start, end - start)) &&
                          put(o, "start", json_integer((json_int_t)start)) && put(o, "end", json_integer((json_int_t)end)) &&
                          put(o, "raw", raw_json(doc, start, end)));
}

static size_t boundary_before(wn_str text, size_t at)
{
    while (at > 0 && at < text.len && ((unsigned char)text.p[at] & 0xC0) == 0x80)
        at--;
    return at;
}

/* Spans of one sentence share its JSON. */
typedef struct context {
    size_t from, to;
    json_t *passage;
} context;

typedef struct collector {
    wn_doc *doc;
    context known[CONTEXTS]; /* by offset */
} collector;

static json_t *shared_passage(collector *c, size_t from, size_t to)
{
    context *k = &c->known[from % CONTEXTS];
    if (k->passage == NULL || k->from != from || k->to != to) {
        json_decref(k->passage);
        *k = (context){from, to, with_passage(json_object(), c->doc, from, to)};
    }
    return json_incref(k->passage);
}

/* Sentences that touch [start, end), as one passage; of a very long one what stands near. */
static json_t *context_json(collector *c, size_t start, size_t end)
{
    wn_doc *doc = c->doc;
    size_t n, lo = 0, from = start, to = end;
    const wn_span *s = wn_spans(doc, "sentence", &n); /* ascending, as all who make them do */
    for (size_t hi = n; lo < hi;) {
        size_t mid = lo + (hi - lo) / 2;
        if (s[mid].end <= start)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < n && s[lo].start < end; lo++) {
        from = s[lo].start < from ? s[lo].start : from;
        to = s[lo].end > to ? s[lo].end : to;
    }
    if (start - from > CONTEXT)
        from = boundary_before(wn_text(doc), start - CONTEXT);
    if (to - end > CONTEXT)
        to = boundary_before(wn_text(doc), end + CONTEXT);
    return shared_passage(c, from, to);
}

static json_t *parts_json(wn_doc *doc, const wn_span *s)
{
    json_t *parts = json_array();
    bool ok = parts != NULL;
    for (size_t i = 0; ok && i < s->n_parts; i++)
        ok = json_array_append_new(parts, with_passage(json_pack("{s:s}", "role", s->parts[i].role), doc, s->parts[i].start,
                                                       s->parts[i].end)) == 0;
    return checked(parts, ok);
}

static json_t *span_json(collector *c, const wn_span *s)
{
    wn_doc *doc = c->doc;
    json_t *o = with_passage(s->attrs != NULL ? json_deep_copy(s->attrs) : json_object(), doc, s->start, s->end);
    return checked(o, put(o, "context", context_json(c, s->start, s->end)) &&
                          (s->n_parts == 0 || put(o, "parts", parts_json(doc, s))));
}

static json_t *layer_json(collector *c, const char *layer)
{
    size_t n;
    const wn_span *s = wn_spans(c->doc, layer, &n);
    json_t *list = json_array();
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < n; i++)
        ok = json_array_append_new(list, span_json(c, &s[i])) == 0;
    return checked(list, ok);
}

/* The first sentence that is no heading: how this document tells it. */
static json_t *lead_json(wn_doc *doc)
{
    size_t n, n_headings, h = 0, i = 0;
    const wn_span *s = wn_spans(doc, "sentence", &n), *heading = wn_spans(doc, "heading", &n_headings);
    while (i < n && h < n_headings) {
        if (heading[h].end <= s[i].start)
            h++;
        else if (heading[h].start < s[i].end)
            i++;
        else
            break;
    }
    wn_str id = wn_id(doc);
    return i < n ? with_passage(json_pack("{s:o}", "doc", json_stringn(id.p, id.len)), doc, s[i].start, s[i].end) : json_null();
}

static json_t *document_json(wn_doc *doc)
{
    static const char *const keys[] = {"title", "subtitle", "author", "publisher", "agency", "place", "url", "published",
                                       "modified", "captured", "language", "document_date", "duplicate", "event"};
    wn_str id = wn_id(doc);
    json_t *meta = wn_meta(doc), *origin = json_object();
    json_t *o = json_pack("{s:o, s:I, s:O}", "id", json_stringn(id.p, id.len), "bytes", (json_int_t)wn_text(doc).len,
                          "raw", wn_locator(doc));
    bool ok = o != NULL && origin != NULL;
    for (size_t i = 0; ok && i < sizeof keys / sizeof keys[0]; i++) {
        json_t *value = json_object_get(meta, keys[i]);
        wn_range few[META_RANGES];
        if (value == NULL)
            continue;
        size_t n = wn_meta_ranges(doc, keys[i], few, META_RANGES);
        ok = json_object_set(o, keys[i], value) == 0 &&
             (n == 0 || n > META_RANGES || put(origin, keys[i], ranges_json(few, n)));
    }
    return checked(o, put(o, "provenance", origin) && ok && put(o, "lead", lead_json(doc)));
}

json_t *collect_document(wn_doc *doc)
{
    collector c = {.doc = doc};
    json_t *o = json_pack("{s:o, s:o, s:o, s:o}", "doc", document_json(doc), "claims", layer_json(&c, "claim"), "dates",
                          layer_json(&c, "date"), "quantities", layer_json(&c, "quantity"));
    for (size_t i = 0; i < CONTEXTS; i++)
        json_decref(c.known[i].passage);
    return o;
}
