/* dates_doc.c: one document through the date finder: sentences, document date, dates. */
#include "dates/dates_doc.h"
#include <winnow/plugin.h>
#include "dates/date_json.h"
#include <stdlib.h>
#include <string.h>

static const char *meta_text(wn_doc *doc, const char *key)
{
    return json_string_value(json_object_get(wn_meta(doc), key));
}

static const date_rules *rules_for(const dates_state *s, const dates_options *o, wn_doc *doc)
{
    const char *language = meta_text(doc, "language");
    if (language == NULL || strcmp(language, "und") == 0)
        language = o->language;
    for (size_t i = 0; i < s->n; i++)
        if (strncmp(s->rules[i]->language, language, strcspn(language, "-")) == 0)
            return s->rules[i];
    return NULL;
}

static wn_status add_sentences(wn_doc *doc, wn_error *err)
{
    const wn_analysis *a;
    wn_status status = wn_analyse(doc, 0, &a, err);
    for (size_t i = 0; status == WN_OK && i < a->n_sentences; i++)
        status = wn_span_add(doc, "sentence", a->sentence[i].start, a->sentence[i].end, NULL, NULL);
    return status;
}

/* Ends of the sentences: of the layer, which is made when there is none. */
static wn_status sentences(wn_doc *doc, dates_worker *w, const wn_doc_pulse *beat)
{
    size_t n;
    wn_status status =
        wn_spans(doc, "sentence", &n) == NULL ? add_sentences(doc, beat->err) : WN_OK;
    const wn_span *span = wn_spans(doc, "sentence", &n);
    w->sentence_ends.n = 0;
    for (size_t i = 0; i < n && status == WN_OK; i++) {
        uint32_t *end = list_add(&w->sentence_ends, sizeof *end);
        if (end == NULL)
            return wn_doc_pulse_failure(beat);
        *end = (uint32_t)span[i].end;
    }
    return status;
}

static wn_status out_of_memory(wn_error *err)
{
    return wn_fail(err, WN_E_NOMEM, "out of memory");
}

static int numeric_order(const dates_options *o)
{
    return strcmp(o->numeric_order, "dmy") == 0   ? ORDER_DMY
           : strcmp(o->numeric_order, "mdy") == 0 ? ORDER_MDY
                                                  : ORDER_AUTO;
}

static wn_status find_document_date(wn_doc *doc, const date_rules *rules, const dates_options *o,
                                    docdate *ret, const wn_doc_pulse *beat)
{
    dates_worker *w = wn_worker(doc);
    wn_str text = wn_text(doc);
    bool any = strcmp(o->document_date, "none") != 0, read = strcmp(o->document_date, "auto") == 0;
    docdate_input in = {.published = any ? meta_text(doc, "published") : NULL,
                        .captured = meta_text(doc, "captured"),
                        .url = meta_text(doc, "url"),
                        .text = text.p,
                        .len = (uint32_t)text.len,
                        .read_text = read || strcmp(o->document_date, "text") == 0,
                        .read_url = read};
    if (strcmp(o->document_date, "text") == 0)
        in.published = NULL;
    if (!docdate_find(rules, &in, &w->found, numeric_order(o), &w->scratch, ret))
        return wn_doc_pulse_failure(beat);
    json_t *object = docdate_object(ret);
    if (object == NULL)
        return out_of_memory(beat->err);
    return wn_meta_set(doc, "document_date", object, ret->start, ret->end);
}

static wn_status add_span(wn_doc *doc, const date_value *v, wn_error *err)
{
    size_t index;
    json_t *attributes = date_attributes(v);
    if (attributes == NULL)
        return out_of_memory(err);
    wn_status status = wn_span_add(doc, "date", v->start, v->end, attributes, &index);
    if (status != WN_OK || !v->is_range)
        return status;
    status = wn_part_add(doc, "date", index, "begin", v->part[0], v->part[1]);
    return status != WN_OK ? status
                           : wn_part_add(doc, "date", index, "end", v->part[2], v->part[3]);
}

static wn_status add_dates(wn_doc *doc, const date_rules *rules, const dates_options *o,
                           const docdate *d, wn_error *err)
{
    static const char *const counters[] = {"resolved", "inferred", "open"};
    const matches *found = &((dates_worker *)wn_worker(doc))->found;
    const uint32_t *index = found->found.item;
    resolve_options how = {.has_document_day = d->status == STATUS_RESOLVED,
                           .document_day = d->day,
                           .nearest_weekday = strcmp(o->weekday_direction, "nearest") == 0,
                           .numeric_order = resolve_order(found, numeric_order(o))};
    resolver r;
    resolver_start(&r, rules, found, &how);
    wn_layer_clear(doc, "date");
    for (size_t i = 0; i < found->found.n; i++) {
        date_value v;
        resolve_next(&r, index[i], &v);
        wn_count(doc, counters[v.status], 1);
        wn_status status = add_span(doc, &v, err);
        if (status != WN_OK)
            return status;
    }
    return WN_OK;
}

static wn_status find(wn_stage *stage, wn_doc *doc, const wn_doc_pulse *beat)
{
    const dates_options *o = wn_options(stage);
    const date_rules *rules = rules_for(wn_state(stage), o, doc);
    dates_worker *w = wn_worker(doc);
    wn_str text = wn_text(doc);
    docdate d;
    wn_status status = sentences(doc, w, beat);
    if (status != WN_OK)
        return status;
    if (rules == NULL) {
        wn_count(doc, "language not attempted", 1);
        return wn_meta_set(doc, "document_date",
                           json_pack("{s:s,s:s}", "status", "open", "reason",
                                     "not attempted: no date rules for the language"),
                           0, 0);
    }
    matches_clear(&w->found);
    if (!date_match(rules, text.p, (uint32_t)text.len, w->sentence_ends.item, w->sentence_ends.n,
                    &w->found))
        return wn_doc_pulse_failure(beat);
    if (w->found.given_up > 0)
        wn_count(doc, "positions over the step limit", w->found.given_up);
    status = find_document_date(doc, rules, o, &d, beat);
    return status != WN_OK ? status : add_dates(doc, rules, o, &d, beat->err);
}

void dates_worker_clear(dates_worker *w)
{
    matches_release(&w->found);
    matches_release(&w->scratch);
    free(w->sentence_ends.item);
    w->sentence_ends = (list){NULL, 0, 0};
}

wn_status dates_process(wn_stage *stage, wn_doc *doc, wn_error *err)
{
    /* items: lists of a longer text are not worth keeping for the next */
    enum { KEPT = 1 << 16 };
    dates_worker *w = wn_worker(doc);
    wn_doc_pulse beat;
    if (wn_text(doc).len >= UINT32_MAX)
        return wn_fail(err, WN_E_LIMIT, "text of 4 GiB or more: split the document");
    w->found.pulse = wn_doc_pulse_start(&beat, doc, err);
    wn_status status = find(stage, doc, &beat);
    w->found.pulse = NULL;
    if (w->found.kept.cap > KEPT || w->sentence_ends.cap > KEPT)
        dates_worker_clear(w);
    return status;
}
