/* collect.c: see collect.h: a document's spans, each with its text, sentence and raw ranges, as
 * JSON. */
#include "report/collect.h"
#include "common/grow.h"

#include <stdlib.h>
#include <string.h>

enum {
    RANGES = 64,    /* of one metadata value; of more, none are told */
    CONTEXT = 1500, /* bytes of a sentence told on each side of a passage, */
    LEAST = 100,    /* and fewer where spans lie thick: all contexts of a document take */
    TIMES = 64,     /* this many times its text, or this least for each */
    CONTEXTS = 64
}; /* of a document, kept for the next span in the same sentence */

static const char *const kind_names[] = {NULL, "decoded", "edited", "approx"};

/* A sentence as it was written for the last span in it. */
typedef struct context {
    size_t from, to; /* both 0: none */
    json_text json;
} context;

struct collector {
    wn_doc *doc;
    json_t *event;   /* of the document, or NULL */
    size_t reach;    /* CONTEXT, or what there is room for */
    wn_range *range; /* of the passage at hand */
    size_t cap;
    bool oom;
    json_text span; /* the JSON of the span at hand */
    dumper to_span, to_context;
    context known[CONTEXTS]; /* by offset */
};

collector *collector_new(void)
{
    return calloc(1, sizeof(collector));
}

void collector_free(collector *c)
{
    if (c == NULL)
        return;
    for (size_t i = 0; i < CONTEXTS; i++)
        json_text_free(&c->known[i].json);
    json_text_free(&c->span);
    free(c->range);
    free(c);
}

bool collector_too_deep(const collector *c)
{
    return c->to_span.too_deep;
}

/* ---- Passages ---- */

/* The raw ranges of [start, end), in c->range. */
static size_t ranges_of(collector *c, size_t start, size_t end)
{
    size_t n = wn_raw_ranges(c->doc, start, end, c->range, c->cap);
    if (n <= c->cap)
        return n;
    wn_range *p = grown_to(c->range, &c->cap, n, sizeof *p);
    c->oom = c->oom || p == NULL;
    if (p == NULL)
        return 0;
    c->range = p;
    return wn_raw_ranges(c->doc, start, end, c->range, c->cap);
}

static void put_range(dumper *d, const wn_range *r)
{
    dump_item(d);
    dump_open(d, '[');
    dump_item(d);
    dump_integer(d, (json_int_t)r->start);
    dump_item(d);
    dump_integer(d, (json_int_t)r->end);
    if (r->kind > 0 && r->kind < 4) {
        dump_item(d);
        dump_string(d, kind_names[r->kind], strlen(kind_names[r->kind]));
    }
    dump_close(d, ']');
}

static void put_offset(dumper *d, const char *key, size_t at)
{
    dump_key(d, key);
    dump_integer(d, (json_int_t)at);
}

/* Text, offsets and raw ranges of [start, end), as members. */
static void put_passage(collector *c, dumper *d, size_t start, size_t end)
{
    size_t n = ranges_of(c, start, end);
    dump_key(d, "text");
    dump_string(d, wn_text(c->doc).p + start, end - start);
    put_offset(d, "start", start);
    put_offset(d, "end", end);
    dump_key(d, "raw");
    dump_open(d, '[');
    for (size_t i = 0; i < n; i++)
        put_range(d, &c->range[i]);
    dump_close(d, ']');
}

/* ---- The sentence around it ---- */

static size_t boundary_before(wn_str text, size_t at)
{
    while (at > 0 && at < text.len && ((unsigned char)text.p[at] & 0xC0) == 0x80)
        at--;
    return at;
}

/* Sentences that touch [*start, *end), as one passage; of a very long one what stands near. */
static void widen(wn_doc *doc, size_t reach, size_t *start, size_t *end)
{
    size_t n, lo = 0, from = *start, to = *end;
    const wn_span *s = wn_spans(doc, "sentence", &n); /* ascending, as all who make them do */
    for (size_t hi = n; lo < hi;) {
        size_t mid = lo + (hi - lo) / 2;
        if (s[mid].end <= *start)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < n && s[lo].start < *end; lo++) {
        from = s[lo].start < from ? s[lo].start : from;
        to = s[lo].end > to ? s[lo].end : to;
    }
    if (*start - from > reach)
        from = boundary_before(wn_text(doc), *start - reach);
    if (to - *end > reach)
        to = boundary_before(wn_text(doc), *end + reach);
    *start = from;
    *end = to;
}

static const json_text *context_of(collector *c, size_t start, size_t end)
{
    widen(c->doc, c->reach, &start, &end);
    context *k = &c->known[start % CONTEXTS];
    if (k->to != 0 && k->from == start && k->to == end)
        return &k->json;
    k->from = start;
    k->to = end;
    k->json.n = 0;
    dump_begin(&c->to_context, json_text_add, &k->json, ASSEMBLY_DEPTH + 1);
    dump_open(&c->to_context, '{');
    put_passage(c, &c->to_context, start, end);
    dump_close(&c->to_context, '}');
    c->oom = !dump_end(&c->to_context) || c->oom;
    return &k->json;
}

/* ---- Spans ---- */

static bool is(const char *key, const char *other)
{
    return strcmp(key, other) == 0;
}

/* Does the report say this itself of the span? */
static bool is_told(const collector *c, assembly_list list, const wn_span *s, const char *key)
{
    return is(key, "text") || is(key, "start") || is(key, "end") || is(key, "raw") ||
           is(key, "context") || is(key, "doc") || (is(key, "parts") && s->n_parts > 0) ||
           (is(key, "event") && assembly_tells_event(list) && c->event != NULL);
}

static void put_attributes(const collector *c, dumper *d, assembly_list list, const wn_span *s)
{
    const char *key;
    json_t *value;
    json_object_foreach(s->attrs, key, value)
    {
        if (is_told(c, list, s, key))
            continue;
        dump_key(d, key);
        dump_value(d, value);
    }
}

static void put_parts(collector *c, dumper *d, const wn_span *s)
{
    if (s->n_parts == 0)
        return;
    dump_key(d, "parts");
    dump_open(d, '[');
    for (size_t i = 0; i < s->n_parts; i++) {
        dump_item(d);
        dump_open(d, '{');
        dump_key(d, "role");
        dump_string(d, s->parts[i].role, strlen(s->parts[i].role));
        put_passage(c, d, s->parts[i].start, s->parts[i].end);
        dump_close(d, '}');
    }
    dump_close(d, ']');
}

static void put_span(collector *c, dumper *d, assembly_list list, const wn_span *s)
{
    wn_str id = wn_id(c->doc);
    dump_open(d, '{');
    put_attributes(c, d, list, s);
    put_passage(c, d, s->start, s->end);
    const json_text *around = context_of(c, s->start, s->end);
    dump_key(d, "context");
    dump_made(d, around->p, around->n, 0);
    put_parts(c, d, s);
    if (assembly_tells_event(list) && c->event != NULL) {
        dump_key(d, "event");
        dump_value(d, c->event);
    }
    dump_key(d, "doc");
    dump_string(d, id.p, id.len);
    dump_close(d, '}');
}

static bool collect_span(collector *c, assembly *a, assembly_list list, const wn_span *s)
{
    if (list == LIST_NONE)
        return true;
    c->span.n = 0;
    dump_begin(&c->to_span, json_text_add, &c->span, ASSEMBLY_DEPTH);
    put_span(c, &c->to_span, list, s);
    return dump_end(&c->to_span) && !c->oom &&
           assembly_span(a, list, s->attrs, c->span.p, c->span.n);
}

static assembly_list quantity(const assembly *a, const json_t *attrs)
{
    (void)a, (void)attrs;
    return LIST_QUANTITIES;
}

/* A text of nothing but numbers in one sentence would be told hundreds of times. */
static size_t reach_of(wn_doc *doc)
{
    static const char *const layers[] = {"claim", "date", "quantity"};
    size_t n, all = 0;
    for (size_t i = 0; i < sizeof layers / sizeof layers[0]; i++) {
        (void)wn_spans(doc, layers[i], &n);
        all += n;
    }
    size_t room = all == 0 ? CONTEXT : TIMES * wn_text(doc).len / (2 * all);
    return room > CONTEXT ? CONTEXT : room < LEAST ? LEAST : room;
}

static bool collect_layer(collector *c, assembly *a, const char *layer,
                          assembly_list (*place)(const assembly *a, const json_t *attrs))
{
    size_t n;
    const wn_span *s = wn_spans(c->doc, layer, &n);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = collect_span(c, a, place(a, s[i].attrs), &s[i]);
    return ok;
}

/* ---- The document itself ---- */

/* The first sentence that is no heading: how this document tells it. */
static const wn_span *lead_of(wn_doc *doc)
{
    size_t n, n_headings, h = 0, i = 0;
    const wn_span *s = wn_spans(doc, "sentence", &n),
                  *heading = wn_spans(doc, "heading", &n_headings);
    while (i < n && h < n_headings) {
        if (heading[h].end <= s[i].start)
            h++;
        else if (heading[h].start < s[i].end)
            i++;
        else
            break;
    }
    return i < n ? &s[i] : NULL;
}

static void put_lead(collector *c, dumper *d)
{
    wn_str id = wn_id(c->doc);
    const wn_span *lead = lead_of(c->doc);
    dump_key(d, "lead");
    if (lead == NULL) {
        dump_value(d, NULL);
        return;
    }
    dump_open(d, '{');
    dump_key(d, "doc");
    dump_string(d, id.p, id.len);
    put_passage(c, d, lead->start, lead->end);
    dump_close(d, '}');
}

static const char *const meta_keys[] = {"title",     "subtitle", "author",   "publisher",
                                        "agency",    "place",    "url",      "published",
                                        "modified",  "captured", "language", "document_date",
                                        "duplicate", "event"};
enum { N_KEYS = sizeof meta_keys / sizeof meta_keys[0] };

static void put_metadata(const collector *c, dumper *d)
{
    for (size_t i = 0; i < N_KEYS; i++) {
        const json_t *value = json_object_get(wn_meta(c->doc), meta_keys[i]);
        if (value == NULL)
            continue;
        dump_key(d, meta_keys[i]);
        dump_value(d, value);
    }
}

static void put_provenance(const collector *c, dumper *d)
{
    dump_key(d, "provenance");
    dump_open(d, '{');
    for (size_t i = 0; i < N_KEYS; i++) {
        wn_range few[RANGES];
        size_t n = json_object_get(wn_meta(c->doc), meta_keys[i]) == NULL
                       ? 0
                       : wn_meta_ranges(c->doc, meta_keys[i], few, RANGES);
        if (n == 0 || n > RANGES)
            continue;
        dump_key(d, meta_keys[i]);
        dump_open(d, '[');
        for (size_t k = 0; k < n; k++)
            put_range(d, &few[k]);
        dump_close(d, ']');
    }
    dump_close(d, '}');
}

static void put_document(collector *c, dumper *d, size_t number)
{
    wn_str id = wn_id(c->doc);
    dump_open(d, '{');
    dump_key(d, "id");
    dump_string(d, id.p, id.len);
    put_offset(d, "bytes", wn_text(c->doc).len);
    dump_key(d, "raw");
    dump_value(d, wn_locator(c->doc));
    put_metadata(c, d);
    put_provenance(c, d);
    put_lead(c, d);
    put_offset(d, "n", number);
    dump_close(d, '}');
}

/* As a tree, without its ranges: the page looks documents up. */
static json_t *document_for_page(const collector *c, size_t number)
{
    wn_str id = wn_id(c->doc), text = wn_text(c->doc);
    const wn_span *lead = lead_of(c->doc);
    json_t *o =
        json_pack("{s:o, s:O, s:I, s:{s:o}}", "id", json_stringn(id.p, id.len), "raw",
                  wn_locator(c->doc), "n", (json_int_t)number, "lead", "text",
                  lead == NULL ? json_null()
                               : json_stringn(text.p + lead->start, lead->end - lead->start));
    bool ok = o != NULL;
    for (size_t i = 0; ok && i < N_KEYS; i++) {
        json_t *value = json_object_get(wn_meta(c->doc), meta_keys[i]);
        ok = value == NULL || json_object_set(o, meta_keys[i], value) == 0;
    }
    if (ok)
        return o;
    json_decref(o);
    return NULL;
}

static bool collect_head(collector *c, assembly *a)
{
    size_t number = assembly_next(a);
    json_t *document = document_for_page(c, number);
    c->span.n = 0;
    dump_begin(&c->to_span, json_text_add, &c->span, ASSEMBLY_DEPTH);
    put_document(c, &c->to_span, number);
    if (document != NULL && dump_end(&c->to_span) && !c->oom)
        return assembly_document(a, document, c->span.p, c->span.n);
    json_decref(document);
    return false;
}

bool collect_document(collector *c, wn_doc *doc, assembly *a)
{
    c->doc = doc;
    c->event = json_object_get(wn_meta(doc), "event");
    c->reach = reach_of(doc);
    for (size_t i = 0; i < CONTEXTS; i++)
        c->known[i].to = 0;
    return collect_head(c, a) && collect_layer(c, a, "claim", assembly_claim) &&
           collect_layer(c, a, "date", assembly_date) && collect_layer(c, a, "quantity", quantity);
}
