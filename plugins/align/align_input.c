/* align_input.c: see align_input.h: layers and metadata of the stages before as plain lists. */
#include "align/align_input.h"
#include "common/calendar.h"
#include <winnow/plugin.h>

#include <stdlib.h>
#include <string.h>

static int by_range(const void *x, const void *y)
{
    const wn_span *a = *(const wn_span *const *)x, *b = *(const wn_span *const *)y;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    return (a > b) - (a < b); /* of one array: in the order they were added */
}

/* The spans of a layer by their place in the text. NULL: out of memory. */
static const wn_span **spans_in_order(wn_doc *doc, const char *layer, size_t *ret_n, wn_error *err)
{
    const wn_span *s = wn_spans(doc, layer, ret_n),
                  **order = wn_alloc(doc, (*ret_n + 1) * sizeof *order);
    if (order == NULL) {
        (void)wn_fail(err, WN_E_NOMEM, "out of memory");
        return NULL;
    }
    bool sorted = true;
    for (size_t i = 0; i < *ret_n; i++) {
        order[i] = &s[i];
        sorted = sorted && (i == 0 || by_range(&order[i - 1], &order[i]) <= 0);
    }
    if (!sorted)
        qsort(order, *ret_n, sizeof *order, by_range);
    return order;
}

static const char *attr(const wn_span *s, const char *key)
{
    return json_string_value(json_object_get(s->attrs, key));
}

static bool digits(const char *s, size_t n, int *ret)
{
    *ret = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return false;
        *ret = *ret * 10 + (s[i] - '0');
    }
    return true;
}

/* Day number of an ISO date (days since 1970-01-01, proleptic Gregorian); `open` if it is none. */
static int32_t day_of_iso(const char *iso, int32_t open)
{
    int y, m, d;
    if (iso == NULL || strlen(iso) < 10 || iso[4] != '-' || iso[7] != '-' || !digits(iso, 4, &y) ||
        !digits(iso + 5, 2, &m) || !digits(iso + 8, 2, &d))
        return open;
    return m < 1 || m > 12 || d < 1 || d > 31 ? open : (int32_t)day_of(y, m, d);
}

static void document_days(wn_doc *doc, build_input *in)
{
    json_t *meta = wn_meta(doc), *date = json_object_get(meta, "document_date");
    const char *value = json_string_value(json_object_get(date, "value"));
    if (value == NULL)
        value = json_string_value(json_object_get(meta, "published"));
    in->day_begin = day_of_iso(value, DAY_MIN);
    in->dated = in->day_begin != DAY_MIN;
    in->day_end = in->dated ? in->day_begin + 1 : DAY_MAX;
    if (in->dated)
        return;
    const char *after = json_string_value(json_object_get(date, "not_before"));
    const char *before = json_string_value(json_object_get(date, "not_after"));
    in->day_begin = day_of_iso(after, DAY_MIN);
    in->day_end = day_of_iso(before, DAY_MAX);
}

static wn_status quantities(wn_doc *doc, build_input *in, const wn_doc_pulse *beat)
{
    size_t n;
    const wn_span **s = spans_in_order(doc, "quantity", &n, beat->err);
    build_quantity *q = wn_alloc(doc, (n + 1) * sizeof *q);
    if (s == NULL || q == NULL)
        return wn_doc_pulse_failure(beat);
    in->quantity = q;
    for (size_t i = 0; i < n; i++) {
        if (!wn_beat(in->pulse))
            return wn_doc_pulse_failure(beat);
        const char *unit = attr(s[i], "unit"), *qualifier = attr(s[i], "qualifier");
        double value = json_number_value(json_object_get(s[i]->attrs, "value"));
        json_t *low = json_object_get(s[i]->attrs, "low"),
               *high = json_object_get(s[i]->attrs, "high");
        q[in->n_quantities++] =
            (build_quantity){.start = (uint32_t)s[i]->start,
                             .end = (uint32_t)s[i]->end,
                             .unit = unit != NULL ? unit : "",
                             .per = attr(s[i], "per"),
                             .head = attr(s[i], "head"),
                             .exact = qualifier == NULL || strcmp(qualifier, "exact") == 0,
                             .low = json_is_number(low) ? json_number_value(low) : value,
                             .high = json_is_number(high) ? json_number_value(high) : value};
    }
    return WN_OK;
}

/* The content parts, first to last; the whole span when there are none. */
static void content_range(const wn_span *s, uint32_t *start, uint32_t *end)
{
    *start = UINT32_MAX, *end = 0;
    for (size_t i = 0; i < s->n_parts; i++) {
        if (strcmp(s->parts[i].role, "content") != 0)
            continue;
        *start = s->parts[i].start < *start ? (uint32_t)s->parts[i].start : *start;
        *end = s->parts[i].end > *end ? (uint32_t)s->parts[i].end : *end;
    }
    if (*end == 0)
        *start = (uint32_t)s->start, *end = (uint32_t)s->end;
}

static bool attr_among(const wn_span *s, const char *key, const char *a, const char *b,
                       const char *c)
{
    const char *value = attr(s, key);
    return value != NULL &&
           (strcmp(value, a) == 0 || strcmp(value, b) == 0 || strcmp(value, c) == 0);
}

/* Only what the text says that somebody said: neither what was thought or wanted, nor what was
 * never said, asked or supposed, nor what is doubtful. What has no such attribute is another
 * stage's, and believed. */
static bool is_statement(const wn_span *s)
{
    return !attr_among(s, "type", "no_comment", "", "") &&
           !attr_among(s, "class", "attitude", "decision", "") &&
           !attr_among(s, "stance", "negated", "asked", "conditional") &&
           !attr_among(s, "stance", "reported_false", "", "") &&
           !attr_among(s, "confidence", "low", "", "");
}

static wn_status claims(wn_doc *doc, build_input *in, const wn_doc_pulse *beat)
{
    size_t n;
    const wn_span **s = spans_in_order(doc, "claim", &n, beat->err);
    build_claim *c = wn_alloc(doc, (n + 1) * sizeof *c);
    if (s == NULL || c == NULL)
        return wn_doc_pulse_failure(beat);
    in->claim = c;
    for (size_t i = 0; i < n; i++) {
        if (!wn_beat(in->pulse))
            return wn_doc_pulse_failure(beat);
        const char *id = attr(s[i], "id"), *polarity = attr(s[i], "polarity");
        if (id == NULL || !is_statement(s[i]))
            continue;
        build_claim *out = &c[in->n_claims++];
        *out = (build_claim){.id = id,
                             .speaker = attr(s[i], "speaker"),
                             .denied = polarity != NULL && strcmp(polarity, "denied") == 0};
        content_range(s[i], &out->start, &out->end);
    }
    return WN_OK;
}

static wn_status days(wn_doc *doc, build_input *in, const wn_doc_pulse *beat)
{
    size_t n;
    const wn_span **s = spans_in_order(doc, "date", &n, beat->err);
    build_days *d = wn_alloc(doc, (n + 1) * sizeof *d);
    if (s == NULL || d == NULL)
        return wn_doc_pulse_failure(beat);
    in->days = d;
    for (size_t i = 0; i < n; i++) {
        if (!wn_beat(in->pulse))
            return wn_doc_pulse_failure(beat);
        int32_t begin = day_of_iso(attr(s[i], "since"), DAY_MIN),
                stop = day_of_iso(attr(s[i], "until"), DAY_MAX);
        if (begin != DAY_MIN && stop != DAY_MAX)
            d[in->n_days++] = (build_days){(uint32_t)s[i]->start, (uint32_t)s[i]->end, begin, stop};
    }
    return WN_OK;
}

/* Without those in headings, which name a topic and report nothing, and those that begin inside
 * another. */
static wn_status sentences(wn_doc *doc, build_input *in, const wn_doc_pulse *beat)
{
    size_t n, n_headings, h = 0;
    const wn_span **s = spans_in_order(doc, "sentence", &n, beat->err);
    const wn_span **heading = spans_in_order(doc, "heading", &n_headings, beat->err);
    wn_extent *e = wn_alloc(doc, (n + 1) * sizeof *e);
    if (s == NULL || heading == NULL || e == NULL)
        return wn_doc_pulse_failure(beat);
    in->sentence = e;
    for (size_t i = 0; i < n; i++) {
        if (!wn_beat(in->pulse))
            return wn_doc_pulse_failure(beat);
        while (h < n_headings && heading[h]->end < s[i]->end)
            h++;
        bool named = h < n_headings && heading[h]->start <= s[i]->start;
        bool inside = in->n_sentences > 0 && s[i]->start < e[in->n_sentences - 1].end;
        if (!named && !inside)
            e[in->n_sentences++] = (wn_extent){(uint32_t)s[i]->start, (uint32_t)s[i]->end};
    }
    return WN_OK;
}

wn_status align_input(wn_doc *doc, wn_doc_pulse *beat, build_input *ret_input)
{
    wn_str text = wn_text(doc), id = wn_id(doc);
    const char *origin =
        json_string_value(json_object_get(json_object_get(wn_meta(doc), "duplicate"), "origin"));
    *ret_input = (build_input){.text = text.p,
                               .len = text.len,
                               .origin = origin != NULL ? origin : id.p,
                               .origin_len = origin != NULL ? strlen(origin) : id.len,
                               .pulse = &beat->pulse,
                               .title = json_string_value(json_object_get(wn_meta(doc), "title"))};
    document_days(doc, ret_input);
    wn_status status = wn_analyse(doc, 0, &ret_input->analysis, beat->err);
    if (status == WN_OK)
        status = sentences(doc, ret_input, beat);
    if (status == WN_OK)
        status = quantities(doc, ret_input, beat);
    if (status == WN_OK)
        status = claims(doc, ret_input, beat);
    return status == WN_OK ? days(doc, ret_input, beat) : status;
}
