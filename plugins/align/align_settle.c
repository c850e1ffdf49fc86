/* align_settle.c: see align_settle.h: pairs under each key, then events, findings and a verdict
 * for each document. */
#include "align/align_settle.h"
#include "common/grow.h"

#include "align/findings.h"
#include "align/sketch.h"
#include <stdlib.h>
#include <string.h>

enum { COMMON_KEY = 48 }; /* documents under a key that are all compared with each other */

/* documents under one key */
typedef struct bucket {
    sketched *place; /* thing: index in the next two */
    note *document;
    const wn_value *value;
    size_t n;
} bucket;

static wn_status fill_bucket(bucket *b, const wn_corpus *corpus, uint32_t key, wn_error *err)
{
    for (size_t i = 0; i < b->n; i++) {
        wn_str block = wn_corpus_note(corpus, b->value[i].doc);
        note *d = &b->document[i];
        if (!note_view(block.p, block.len, d))
            return wn_fail(err, WN_E_INTERNAL, "a note of align cannot be read");
        sketched *s = &b->place[i];
        *s = (sketched){UINT32_MAX, d->head.day_begin, (uint32_t)i};
        for (uint32_t t = 0; b->n > COMMON_KEY && t < d->head.n_terms; t++)
            if (d->terms[t].name && d->terms[t].term != key)
                s->sketch = sketch_fold(s->sketch, key, d->terms[t].term);
    }
    return WN_OK;
}

static wn_status pair_up(const bucket *b, wn_corpus *corpus, size_t reach, int32_t window)
{
    wn_status status = WN_OK;
    for (size_t i = 0; i < b->n; i++)
        for (size_t k = i + 1; k < b->n && k - i <= reach && status == WN_OK; k++) {
            uint32_t x = b->place[i].thing, y = b->place[k].thing;
            if (b->value[x].doc != b->value[y].doc &&
                days_compatible(&b->document[x].head, &b->document[y].head, window))
                status = wn_edge_add(corpus, b->value[x].doc, b->value[y].doc, (wn_str){"", 0});
        }
    return status;
}

/* Under a rare name all documents are pairs; under a common one those that stand side by side. */
wn_status align_reduce(wn_stage *stage, wn_corpus *corpus, wn_str key, const wn_value *values,
                       size_t n, wn_error *err)
{
    const align_options *o = wn_options(stage);
    bucket b = {malloc((n + 1) * sizeof *b.place), malloc((n + 1) * sizeof *b.document), values, n};
    uint32_t term = 0;
    memcpy(&term, key.p, key.len < sizeof term ? key.len : sizeof term);
    wn_status status = b.place != NULL && b.document != NULL
                           ? fill_bucket(&b, corpus, term, err)
                           : wn_fail(err, WN_E_NOMEM, "out of memory");
    if (status == WN_OK && n > COMMON_KEY)
        sketch_sort(b.place, n);
    if (status == WN_OK)
        status = pair_up(&b, corpus, n > COMMON_KEY ? NEIGHBOURS : n, (int32_t)o->window);
    free(b.place);
    free(b.document);
    return status;
}

static wn_status load_library(const wn_corpus *corpus, library *l, wn_error *err)
{
    l->n = (uint32_t)wn_corpus_size(corpus);
    l->document = calloc((size_t)l->n + 1, sizeof *l->document);
    l->frequencies = frequencies_new();
    if (l->document == NULL || l->frequencies == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    for (uint32_t i = 0; i < l->n; i++) {
        wn_str block = wn_corpus_note(corpus, i);
        if (!note_view(block.p, block.len, &l->document[i]))
            return wn_fail(err, WN_E_INTERNAL, "a note of align cannot be read");
        if (!frequencies_add(l->frequencies, &l->document[i]))
            return wn_fail(err, WN_E_NOMEM, "out of memory");
    }
    return WN_OK;
}

static wn_status load_candidates(wn_corpus *corpus, scored_pair **ret_pairs, size_t *ret_n,
                                 wn_error *err)
{
    scored_pair *p = NULL;
    size_t n = 0, cap = 0;
    for (const wn_edge *e; (e = wn_next_edge(corpus)) != NULL; n++) {
        scored_pair *more = grown(p, &cap, n, sizeof *more);
        if (more == NULL) {
            free(p);
            return wn_fail(err, WN_E_NOMEM, "out of memory");
        }
        p = more;
        p[n] = (scored_pair){0, (uint32_t)e->a, (uint32_t)e->b};
    }
    *ret_pairs = p, *ret_n = n;
    return WN_OK;
}

static const char *document_id(void *arg, uint32_t document, size_t *ret_len)
{
    wn_str id = wn_corpus_id(arg, document);
    *ret_len = id.len;
    return id.p;
}

static wn_status hand_over(wn_corpus *corpus, findings *f, wn_error *err)
{
    for (uint32_t i = 0; i < f->library->n; i++) {
        char *text = json_dumps(f->verdict[i], JSON_COMPACT);
        if (text == NULL)
            return wn_fail(err, WN_E_NOMEM, "out of memory");
        wn_status status = wn_verdict(corpus, i, (wn_str){text, strlen(text)});
        free(text);
        if (status != WN_OK)
            return status;
    }
    json_t *all = json_pack("{s:O, s:O, s:O}", "events", f->events, "clusters", f->clusters,
                            "differences", f->differences);
    return all != NULL ? wn_publish(corpus, all) : wn_fail(err, WN_E_NOMEM, "out of memory");
}

static wn_status settle(wn_corpus *corpus, const align_options *o, library *l, uint32_t *event,
                        wn_error *err)
{
    scored_pair *pairs = NULL;
    size_t n = 0;
    wn_status status = load_candidates(corpus, &pairs, &n, err);
    if (status != WN_OK)
        return status;
    event_rules rules = {(uint32_t)(o->event_similarity * SIMILARITY_ONE), (int32_t)o->window};
    findings f = {.library = l,
                  .event = event,
                  .id = document_id,
                  .id_arg = corpus,
                  .item_threshold = (uint32_t)(o->claim_similarity * SIMILARITY_ONE),
                  .max_listed = o->max_listed < UINT32_MAX ? (uint32_t)o->max_listed : UINT32_MAX};
    if (find_events(l, pairs, n, &rules, event) && findings_make(&f))
        status = hand_over(corpus, &f, err);
    else
        status = wn_fail(err, WN_E_NOMEM, "out of memory while comparing documents");
    findings_release(&f);
    free(pairs);
    return status;
}

wn_status align_settle(wn_stage *stage, wn_corpus *corpus, wn_error *err)
{
    library l = {NULL, 0, NULL};
    if (wn_corpus_size(corpus) >= UINT32_MAX)
        return wn_fail(err, WN_E_LIMIT,
                       "align compares fewer than 2^32 documents: split the input");
    wn_status status = load_library(corpus, &l, err);
    uint32_t *event = calloc((size_t)l.n + 1, sizeof *event);
    if (status == WN_OK)
        status = event != NULL ? settle(corpus, wn_options(stage), &l, event, err)
                               : wn_fail(err, WN_E_NOMEM, "out of memory");
    free(event);
    free(l.document);
    frequencies_free(l.frequencies);
    return status;
}
