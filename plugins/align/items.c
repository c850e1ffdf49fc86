/* items.c: see items.h: items that share a term become pairs, which are scored and grouped. */
#include "align/items.h"
#include "common/grow.h"

#include "align/sketch.h"
#include <stdlib.h>
#include <string.h>

enum { SAME_SPEAKER_BONUS = SIMILARITY_ONE / 10 };

typedef struct grouping_state {
    const library *library;
    item_groups *groups;
} grouping_state;

size_t weigh_item(const library *l, item_ref r, weighted *w)
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
    uint32_t c = cosine(s->groups->vector[a], s->groups->vector[b]);
    const note_item *i = item_of(s->library, s->groups->ref[a]),
                    *k = item_of(s->library, s->groups->ref[b]);
    if (c > 0 && i->speaker != 0 && i->speaker == k->speaker)
        c += SAME_SPEAKER_BONUS;
    return c;
}

/* Marks the statements of a document that hold a claim: there the claim stands for them. */
static void mark_held(const note *d, bool *held)
{
    memset(held, 0, d->head.n_items * sizeof *held);
    for (uint32_t i = 0; i < d->head.n_items; i++)
        if (d->items[i].kind == ITEM_CLAIM && d->items[i].sentence < d->head.n_items)
            held[d->items[i].sentence] = true;
}

static bool allot(const library *l, const uint32_t *documents, size_t n_documents, item_groups *g,
                  bool **ret_held)
{
    size_t cap = 0, most = 0;
    for (size_t d = 0; d < n_documents; d++) {
        size_t n = l->document[documents[d]].head.n_items;
        cap += n;
        most = n > most ? n : most;
    }
    g->ref = malloc((cap + 1) * sizeof *g->ref);
    g->group = malloc((cap + 1) * sizeof *g->group);
    g->order = malloc((cap + 1) * sizeof *g->order);
    *ret_held = malloc((most + 1) * sizeof **ret_held);
    return g->ref != NULL && g->group != NULL && g->order != NULL && *ret_held != NULL;
}

static bool collect(const library *l, const uint32_t *documents, size_t n_documents, unsigned kinds,
                    item_groups *g)
{
    bool *held = NULL, ok = allot(l, documents, n_documents, g, &held);
    for (size_t d = 0; ok && d < n_documents; d++) {
        const note *doc = &l->document[documents[d]];
        mark_held(doc, held);
        for (uint32_t i = 0; i < doc->head.n_items; i++)
            if (kinds & 1u << doc->items[i].kind && doc->items[i].n_terms >= 2 && !held[i])
                g->ref[g->n++] = (item_ref){documents[d], i};
    }
    free(held);
    return ok;
}

static bool make_vectors(grouping_state *s)
{
    size_t total = 0, at = 0;
    for (uint32_t i = 0; i < s->groups->n; i++)
        total += item_of(s->library, s->groups->ref[i])->n_terms;
    s->groups->weights = malloc((total + 1) * sizeof *s->groups->weights);
    s->groups->vector = malloc(((size_t)s->groups->n + 1) * sizeof *s->groups->vector);
    if (s->groups->weights == NULL || s->groups->vector == NULL)
        return false;
    for (uint32_t i = 0; i < s->groups->n; i++) {
        weighted *w = s->groups->weights + at;
        size_t n = weigh_item(s->library, s->groups->ref[i], w);
        s->groups->vector[i] = (term_vector){w, n, vector_norm2(w, n)};
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
    scored_pair *p = grown(l->p, &l->cap, l->n, sizeof *p);
    if (p == NULL)
        return false;
    l->p = p;
    l->p[l->n++] = (scored_pair){0, a, b};
    return true;
}

enum { COMMON = 64, LOOK_AHEAD = 16 };

static bool pair_all(const grouping_state *s, const posting *p, size_t n, pair_list *pairs)
{
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++)
            if (compatible((void *)(uintptr_t)s, p[a].item, p[b].item) &&
                !add_pair(pairs, p[a].item, p[b].item))
                return false;
    return true;
}

/* A term that more than COMMON items hold: see sketch.h. */
static bool pair_alike(const grouping_state *s, const posting *p, size_t n, sketched *place,
                       pair_list *pairs)
{
    for (size_t i = 0; i < n; i++) {
        const term_vector *v = &s->groups->vector[p[i].item];
        place[i] = (sketched){UINT32_MAX, 0, p[i].item};
        for (size_t k = 0; k < v->n; k++)
            if (v->w[k].term != p[i].term)
                place[i].sketch = sketch_fold(place[i].sketch, p[i].term, v->w[k].term);
    }
    sketch_sort(place, n);
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1, found = 0; k < n && k - i <= LOOK_AHEAD && found < NEIGHBOURS; k++) {
            uint32_t a = place[i].thing, b = place[k].thing;
            if (!compatible((void *)(uintptr_t)s, a, b))
                continue;
            if (!add_pair(pairs, a < b ? a : b, a < b ? b : a))
                return false;
            found++;
        }
    return true;
}

static bool pair_up(const grouping_state *s, const posting *p, size_t n, pair_list *pairs)
{
    sketched *place = malloc(((size_t)s->groups->n + 1) * sizeof *place);
    bool ok = place != NULL;
    for (size_t i = 0, end; ok && i < n; i = end) {
        for (end = i + 1; end < n && p[end].term == p[i].term;)
            end++;
        ok = end - i <= COMMON ? pair_all(s, p + i, end - i, pairs)
                               : pair_alike(s, p + i, end - i, place, pairs);
    }
    free(place);
    return ok;
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
        total += s->groups->vector[i].n;
    posting *p = malloc((total + 1) * sizeof *p);
    if (p == NULL)
        return false;
    for (uint32_t i = 0; i < s->groups->n; i++)
        for (size_t k = 0; k < s->groups->vector[i].n; k++)
            p[at++] = (posting){s->groups->vector[i].w[k].term, i};
    if (at > 1)
        qsort(p, at, sizeof *p, by_posting);
    bool ok = pair_up(s, p, at, pairs);
    free(p);
    pairs->n = unique_pairs(pairs->p, pairs->n);
    for (size_t i = 0; i < pairs->n; i++)
        pairs->p[i].similarity = similarity(s, pairs->p[i].a, pairs->p[i].b);
    return ok;
}

static bool put_in_order(item_groups *g)
{
    uint32_t *at = calloc((size_t)g->n + 1, sizeof *at);
    if (at == NULL)
        return false;
    for (uint32_t i = 0; i < g->n; i++)
        at[g->group[i]]++;
    for (uint32_t i = 0, sum = 0; i < g->n; i++) {
        uint32_t size = at[i];
        at[i] = sum;
        sum += size;
    }
    for (uint32_t i = 0; i < g->n; i++)
        g->order[at[g->group[i]]++] = i;
    free(at);
    return true;
}

bool group_items(const library *l, const uint32_t *documents, size_t n_documents, unsigned kinds,
                 uint32_t threshold, item_groups *ret_groups)
{
    item_groups g = {0};
    grouping_state s = {l, &g};
    pair_list pairs = {0};
    bool ok = collect(l, documents, n_documents, kinds, &g) && make_vectors(&s) &&
              candidate_pairs(&s, &pairs);
    grouping_rules rules = {threshold, compatible, similarity, &s};
    ok = ok && group_by_average_link(g.n, pairs.p, pairs.n, &rules, g.group);
    ok = ok && put_in_order(&g);
    free(pairs.p);
    if (!ok)
        item_groups_release(&g);
    *ret_groups = g;
    return ok;
}

uint32_t item_group_end(const item_groups *g, uint32_t i)
{
    uint32_t end = i + 1;
    while (end < g->n && g->group[g->order[end]] == g->group[g->order[i]])
        end++;
    return end;
}

void item_groups_release(item_groups *g)
{
    free(g->ref);
    free(g->group);
    free(g->order);
    free(g->vector);
    free(g->weights);
    memset(g, 0, sizeof *g);
}
