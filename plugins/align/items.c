#include "align/items.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_ITEM_TERMS = 256, SAME_SPEAKER_BONUS = SIMILARITY_ONE / 10 };

typedef struct grouping_state {
    const library *library;
    item_groups *groups;
    term_vector *vector;
    weighted *weights;
} grouping_state;

static size_t weigh(const library *l, item_ref r, weighted *w)
{
    const note *d = &l->document[r.document];
    const note_item *item = &d->items[r.item];
    size_t n = item->n_terms < MAX_ITEM_TERMS ? item->n_terms : MAX_ITEM_TERMS;
    for (size_t i = 0; i < n; i++) {
        uint32_t term = d->item_terms[item->first_term + i];
        w[i] = (weighted){term, term_weight(l->frequencies, term)};
    }
    return n;
}

uint32_t item_similarity(const library *l, item_ref a, item_ref b)
{
    weighted wa[MAX_ITEM_TERMS], wb[MAX_ITEM_TERMS];
    size_t na = weigh(l, a, wa), nb = weigh(l, b, wb);
    return cosine((term_vector){wa, na, vector_norm2(wa, na)}, (term_vector){wb, nb, vector_norm2(wb, nb)});
}

static bool compatible(void *self, uint32_t a, uint32_t b)
{
    const grouping_state *s = self;
    const item_ref x = s->groups->ref[a], y = s->groups->ref[b];
    const note_item *i = item_of(s->library, x), *k = item_of(s->library, y);
    bool reasons = i->kind == ITEM_REASON || k->kind == ITEM_REASON;
    return x.document != y.document && i->denied == k->denied && (!reasons || i->kind == k->kind);
}

static uint32_t similarity(void *self, uint32_t a, uint32_t b)
{
    const grouping_state *s = self;
    uint32_t c = cosine(s->vector[a], s->vector[b]);
    const note_item *i = item_of(s->library, s->groups->ref[a]), *k = item_of(s->library, s->groups->ref[b]);
    if (c > 0 && i->speaker != 0 && i->speaker == k->speaker)
        c += SAME_SPEAKER_BONUS;
    return c;
}

/* A sentence that holds a claim is represented by the claim. */
static bool holds_claim(const note *d, uint32_t sentence)
{
    for (uint32_t i = sentence + 1; i < d->head.n_items; i++)
        if (d->items[i].kind == ITEM_CLAIM && d->items[i].sentence == sentence)
            return true;
    return false;
}

static bool collect(const library *l, const uint32_t *documents, size_t n_documents, unsigned kinds, item_groups *g)
{
    size_t cap = 0;
    for (size_t d = 0; d < n_documents; d++)
        cap += l->document[documents[d]].head.n_items;
    g->ref = malloc((cap + 1) * sizeof *g->ref);
    g->group = malloc((cap + 1) * sizeof *g->group);
    g->n = 0;
    if (g->ref == NULL || g->group == NULL)
        return false;
    for (size_t d = 0; d < n_documents; d++) {
        const note *doc = &l->document[documents[d]];
        for (uint32_t i = 0; i < doc->head.n_items; i++)
            if (kinds & 1u << doc->items[i].kind && doc->items[i].n_terms >= 2 &&
                (doc->items[i].kind != ITEM_STATEMENT || !holds_claim(doc, i)))
                g->ref[g->n++] = (item_ref){documents[d], i};
    }
    return true;
}

static bool make_vectors(grouping_state *s)
{
    size_t total = 0, at = 0;
    for (uint32_t i = 0; i < s->groups->n; i++)
        total += item_of(s->library, s->groups->ref[i])->n_terms;
    s->weights = malloc((total + 1) * sizeof *s->weights);
    s->vector = malloc(((size_t)s->groups->n + 1) * sizeof *s->vector);
    if (s->weights == NULL || s->vector == NULL)
        return false;
    for (uint32_t i = 0; i < s->groups->n; i++) {
        weighted *w = s->weights + at;
        size_t n = weigh(s->library, s->groups->ref[i], w);
        s->vector[i] = (term_vector){w, n, vector_norm2(w, n)};
        at += n;
    }
    return true;
}

typedef struct posting {
    uint32_t term, item;
} posting;

static int by_posting(const void *a, const void *b)
{
    const posting *x = a, *y = b;
    if (x->term != y->term)
        return x->term < y->term ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

static int by_pair(const void *a, const void *b)
{
    const scored_pair *x = a, *y = b;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

typedef struct pair_list {
    scored_pair *p;
    size_t n, cap;
} pair_list;

static bool add_pair(pair_list *l, uint32_t a, uint32_t b)
{
    if (l->n == l->cap) {
        size_t cap = l->cap == 0 ? 1024 : l->cap * 2;
        scored_pair *grown = realloc(l->p, cap * sizeof *grown);
        if (grown == NULL)
            return false;
        l->p = grown, l->cap = cap;
    }
    l->p[l->n++] = (scored_pair){0, a, b};
    return true;
}

/* Pairs that share a term which is rare within the event: at most COMMON items hold it. */
enum { COMMON = 64 };

static bool pair_up(const grouping_state *s, const posting *p, size_t n, pair_list *pairs)
{
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && p[end].term == p[i].term;)
            end++;
        if (end - i > COMMON)
            continue;
        for (size_t a = i; a < end; a++)
            for (size_t b = a + 1; b < end; b++)
                if (compatible((void *)(uintptr_t)s, p[a].item, p[b].item) && !add_pair(pairs, p[a].item, p[b].item))
                    return false;
    }
    return true;
}

static size_t unique_pairs(scored_pair *p, size_t n)
{
    size_t kept = 0;
    if (n > 1)
        qsort(p, n, sizeof *p, by_pair);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || by_pair(&p[i], &p[kept - 1]) != 0)
            p[kept++] = p[i];
    return kept;
}

static bool candidate_pairs(grouping_state *s, pair_list *pairs)
{
    size_t total = 0, at = 0;
    for (uint32_t i = 0; i < s->groups->n; i++)
        total += s->vector[i].n;
    posting *p = malloc((total + 1) * sizeof *p);
    if (p == NULL)
        return false;
    for (uint32_t i = 0; i < s->groups->n; i++)
        for (size_t k = 0; k < s->vector[i].n; k++)
            p[at++] = (posting){s->vector[i].w[k].term, i};
    if (at > 1)
        qsort(p, at, sizeof *p, by_posting);
    bool ok = pair_up(s, p, at, pairs);
    free(p);
    pairs->n = unique_pairs(pairs->p, pairs->n);
    for (size_t i = 0; i < pairs->n; i++)
        pairs->p[i].similarity = similarity(s, pairs->p[i].a, pairs->p[i].b);
    return ok;
}

bool group_items(const library *l, const uint32_t *documents, size_t n_documents, unsigned kinds, uint32_t threshold,
                 item_groups *ret_groups)
{
    item_groups g = {0};
    grouping_state s = {l, &g, NULL, NULL};
    pair_list pairs = {0};
    bool ok = collect(l, documents, n_documents, kinds, &g) && make_vectors(&s) && candidate_pairs(&s, &pairs);
    grouping_rules rules = {threshold, compatible, similarity, &s};
    ok = ok && group_by_average_link(g.n, pairs.p, pairs.n, &rules, g.group);
    free(pairs.p);
    free(s.vector);
    free(s.weights);
    if (!ok)
        item_groups_release(&g);
    *ret_groups = g;
    return ok;
}

void item_groups_release(item_groups *g)
{
    free(g->ref);
    free(g->group);
    memset(g, 0, sizeof *g);
}
