/* events.c: see events.h: documents as vectors of weighted terms, grouped by average link. */
#include "align/events.h"

#include <stdlib.h>

typedef struct document_vectors {
    const library *library;
    const event_rules *rules;
    term_vector *vector;
    weighted *weights;
} document_vectors;

bool days_compatible(const note_head *a, const note_head *b, int32_t window)
{
    int64_t gap_ab = (int64_t)b->day_begin - a->day_end,
            gap_ba = (int64_t)a->day_begin - b->day_end;
    if (a->day_end == DAY_MAX || b->day_begin == DAY_MIN)
        gap_ab = 0;
    if (b->day_end == DAY_MAX || a->day_begin == DAY_MIN)
        gap_ba = 0;
    return gap_ab <= window && gap_ba <= window;
}

static bool compatible(void *self, uint32_t a, uint32_t b)
{
    const document_vectors *v = self;
    return days_compatible(&v->library->document[a].head, &v->library->document[b].head,
                           v->rules->window);
}

static uint32_t similarity(void *self, uint32_t a, uint32_t b)
{
    const document_vectors *v = self;
    return cosine(v->vector[a], v->vector[b]);
}

static bool make_vectors(document_vectors *v)
{
    size_t total = 0, at = 0;
    for (uint32_t i = 0; i < v->library->n; i++)
        total += v->library->document[i].head.n_terms;
    v->weights = malloc((total + 1) * sizeof *v->weights);
    v->vector = malloc(((size_t)v->library->n + 1) * sizeof *v->vector);
    if (v->weights == NULL || v->vector == NULL)
        return false;
    for (uint32_t i = 0; i < v->library->n; i++) {
        const note *d = &v->library->document[i];
        weighted *w = v->weights + at;
        for (size_t k = 0; k < d->head.n_terms; k++)
            w[k] = (weighted){d->terms[k].term,
                              document_term_weight(v->library->frequencies, &d->terms[k])};
        v->vector[i] = (term_vector){w, d->head.n_terms, vector_norm2(w, d->head.n_terms)};
        at += d->head.n_terms;
    }
    return true;
}

bool find_events(const library *l, scored_pair *candidates, size_t n, const event_rules *rules,
                 uint32_t *ret_event)
{
    document_vectors v = {l, rules, NULL, NULL};
    bool ok = make_vectors(&v);
    for (size_t i = 0; ok && i < n; i++)
        candidates[i].similarity = compatible(&v, candidates[i].a, candidates[i].b)
                                       ? similarity(&v, candidates[i].a, candidates[i].b)
                                       : 0;
    grouping_rules grouping = {rules->threshold, compatible, similarity, &v};
    ok = ok && group_by_average_link(l->n, candidates, n, &grouping, ret_event);
    free(v.vector);
    free(v.weights);
    return ok;
}
