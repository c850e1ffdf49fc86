/* grouping.c: see grouping.h. Clusters are told by their first members; pairs that may not join
 * are remembered. */
#include "align/grouping.h"

#include <stdlib.h>

enum { JUDGED = 32 }; /* members of a cluster that speak for it */

static int best_first(const void *x, const void *y)
{
    const scored_pair *a = x, *b = y;
    if (a->similarity != b->similarity)
        return a->similarity > b->similarity ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

static bool may_join(uint32_t a, uint32_t b, const uint32_t *next, const grouping_rules *r)
{
    uint64_t sum = 0, pairs = 0;
    uint32_t i = a;
    for (int x = 0; x < JUDGED && (x == 0 || i != a); x++, i = next[i]) {
        uint32_t k = b;
        for (int y = 0; y < JUDGED && (y == 0 || k != b); y++, k = next[k]) {
            if (r->compatible != NULL && !r->compatible(r->self, i, k))
                return false;
            sum += r->similarity(r->self, i, k);
            pairs++;
        }
    }
    return sum >= pairs * r->threshold;
}

/* Two clusters that may not join, as large as they were then. They are asked about again for each
 * pair of their members: as long as neither has grown, the answer is known. Of two that share a
 * place the later one is remembered. */
typedef struct refusal {
    uint32_t a, b, size_a, size_b;
} refusal;

enum { REFUSALS = 1 << 12 };

static refusal *place_of(refusal *known, uint32_t a, uint32_t b)
{
    return &known[(a * UINT32_C(0x9E3779B1) ^ b * UINT32_C(0x85EBCA77)) >> 20];
}

/* Clusters are told by their first members: size and first are those of the cluster whose first
 * member, or label, that is. */
typedef struct clusters {
    uint32_t *next; /* member after this one, around the ring */
    uint32_t *size, *first;
    uint32_t *label; /* of each member: the same for all of a cluster */
    refusal *known;
} clusters;

static bool clusters_make(clusters *c, uint32_t n, uint32_t *label)
{
    const size_t each = ((size_t)n + 1) * sizeof *c->next;
    /* no cluster has the size 0 */
    *c = (clusters){malloc(each), malloc(each), malloc(each), label,
                    calloc(REFUSALS, sizeof *c->known)};
    if (c->next == NULL || c->size == NULL || c->first == NULL || c->known == NULL)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        c->next[i] = c->first[i] = label[i] = i;
        c->size[i] = 1;
    }
    return true;
}

static void clusters_free(clusters *c)
{
    free(c->next);
    free(c->size);
    free(c->first);
    free(c->known);
}

/* a < b, first members. */
static bool joins(const clusters *c, uint32_t a, uint32_t b, const grouping_rules *r)
{
    refusal *k = place_of(c->known, a, b);
    if (k->a == a && k->b == b && k->size_a == c->size[a] && k->size_b == c->size[b])
        return false;
    if (may_join(a, b, c->next, r))
        return true;
    *k = (refusal){a, b, c->size[a], c->size[b]};
    return false;
}

/* a < b, first members. The smaller cluster takes the label of the larger: each member is labelled
 * anew a few times at most. */
static void join(clusters *c, uint32_t a, uint32_t b)
{
    uint32_t small = c->size[a] < c->size[b] ? a : b, label = c->label[small == a ? b : a],
             i = small;
    do
        c->label[i] = label;
    while ((i = c->next[i]) != small);
    uint32_t t = c->next[a];
    c->next[a] = c->next[b];
    c->next[b] = t;
    c->size[a] += c->size[b];
    c->first[label] = a;
}

bool group_by_average_link(uint32_t n, scored_pair *pairs, size_t n_pairs,
                           const grouping_rules *rules, uint32_t *ret_group)
{
    clusters c;
    bool ok = clusters_make(&c, n, ret_group);
    if (ok && n_pairs > 1)
        qsort(pairs, n_pairs, sizeof *pairs, best_first);
    for (size_t p = 0; ok && p < n_pairs && pairs[p].similarity >= rules->threshold; p++) {
        uint32_t x = c.first[c.label[pairs[p].a]], y = c.first[c.label[pairs[p].b]],
                 a = x < y ? x : y, b = x < y ? y : x;
        if (a != b && joins(&c, a, b, rules))
            join(&c, a, b);
    }
    for (uint32_t i = 0; ok && i < n; i++)
        ret_group[i] = c.first[c.label[i]];
    clusters_free(&c);
    return ok;
}
