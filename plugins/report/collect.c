#include "report/collect.h"

#include <string.h>

enum { MAX_RANGES = 64 }; /* of one passage; more are joined into the last */

static const char *const kind_names[] = {NULL, "decoded", "edited", "approx"};

static json_t *range_json(const wn_range *r)
{
    json_t *a = json_pack("[I, I]", (json_int_t)r->start, (json_int_t)r->end);
    if (r->kind > 0 && r->kind < 4)
        (void)json_array_append_new(a, json_string(kind_names[r->kind]));
    return a;
}

static json_t *ranges_json(const wn_range *r, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        (void)json_array_append_new(list, range_json(&r[i]));
    return list;
}

static json_t *raw_json(wn_doc *doc, size_t start, size_t end)
{
    wn_range few[MAX_RANGES];
    size_t n = wn_raw_ranges(doc, start, end, few, MAX_RANGES);
    if (n <= MAX_RANGES)
        return ranges_json(few, n);
    few[MAX_RANGES - 1].kind = WN_MAP_APPROX; /* a bound: the rest of the passage lies in it */
    wn_range *all = wn_alloc(doc, n * sizeof *all);
    if (all == NULL)
        return ranges_json(few, MAX_RANGES);
    (void)wn_raw_ranges(doc, start, end, all, n);
    return ranges_json(all, n);
}

/* Put text, offsets and raw ranges of [start, end) into an object. */
static json_t *with_passage(json_t *object, wn_doc *doc, size_t start, size_t end)
{
    wn_str text = wn_text(doc);
    (void)json_object_set_new(object, "text", json_stringn(text.p + start, end - start));
    (void)json_object_set_new(object, "start", json_integer((json_int_t)start));
    (void)json_object_set_new(object, "end", json_integer((json_int_t)end));
    (void)json_object_set_new(object, "raw", raw_json(doc, start, end));
    return object;
}

/* Sentences that touch [start, end), as one passage. */
static json_t *context_json(wn_doc *doc, size_t start, size_t end)
{
    size_t n, from = start, to = end;
    const wn_span *s = wn_spans(doc, "sentence", &n);
    for (size_t i = 0; i < n; i++) {
        if (s[i].end <= start || s[i].start >= end)
            continue;
        from = s[i].start < from ? s[i].start : from;
        to = s[i].end > to ? s[i].end : to;
    }
    return with_passage(json_object(), doc, from, to);
}

static json_t *parts_json(wn_doc *doc, const wn_span *s)
{
    json_t *parts = json_array();
    for (size_t i = 0; i < s->n_parts; i++)
        (void)json_array_append_new(parts, with_passage(json_pack("{s:s}", "role", s->parts[i].role), doc,
                                                        s->parts[i].start, s->parts[i].end));
    return parts;
}

static json_t *span_json(wn_doc *doc, const wn_span *s)
{
    json_t *o = s->attrs != NULL ? json_deep_copy(s->attrs) : json_object();
    with_passage(o, doc, s->start, s->end);
    (void)json_object_set_new(o, "context", context_json(doc, s->start, s->end));
    if (s->n_parts > 0)
        (void)json_object_set_new(o, "parts", parts_json(doc, s));
    return o;
}

static json_t *layer_json(wn_doc *doc, const char *layer)
{
    size_t n;
    const wn_span *s = wn_spans(doc, layer, &n);
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        (void)json_array_append_new(list, span_json(doc, &s[i]));
    return list;
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
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        json_t *value = json_object_get(meta, keys[i]);
        wn_range few[MAX_RANGES];
        if (value == NULL)
            continue;
        (void)json_object_set(o, keys[i], value);
        size_t n = wn_meta_ranges(doc, keys[i], few, MAX_RANGES);
        if (n > 0 && n <= MAX_RANGES)
            (void)json_object_set_new(origin, keys[i], ranges_json(few, n));
    }
    (void)json_object_set_new(o, "lead", lead_json(doc));
    (void)json_object_set_new(o, "provenance", origin);
    return o;
}

json_t *collect_document(wn_doc *doc)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "doc", document_json(doc), "claims", layer_json(doc, "claim"), "dates",
                     layer_json(doc, "date"), "quantities", layer_json(doc, "quantity"));
}
