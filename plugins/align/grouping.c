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

/* Two clusters that may not join, as large as they were then. They are asked about again for each pair of their members: as long
 * as neither has grown, the answer is known. Of two that share a place the later one is remembered. */
typedef struct refusal {
    uint32_t a, b, size_a, size_b;
} refusal;

enum { REFUSALS = 1 << 12 };

static refusal *place_of(refusal *known, uint32_t a, uint32_t b)
{
    return &known[(a * UINT32_C(0x9E3779B1) ^ b * UINT32_C(0x85EBCA77)) >> 20];
}

/* a < b; size[i] is that of the cluster whose first member is i. */
static bool joins(uint32_t a, uint32_t b, const uint32_t *next, const uint32_t *size, const grouping_rules *r, refusal *known)
{
    refusal *k = place_of(known, a, b);
    if (k->a == a && k->b == b && k->size_a == size[a] && k->size_b == size[b])
        return false;
    if (may_join(a, b, next, r))
        return true;
    *k = (refusal){a, b, size[a], size[b]};
    return false;
}

static void join(uint32_t root, uint32_t other, uint32_t *group, uint32_t *next)
{
    uint32_t i = other;
    do
        group[i] = root;
    while ((i = next[i]) != other);
    uint32_t t = next[root];
    next[root] = next[other];
    next[other] = t;
}

bool group_by_average_link(uint32_t n, scored_pair *pairs, size_t n_pairs, const grouping_rules *rules,
                           uint32_t *ret_group)
{
    uint32_t *next = malloc(((size_t)n + 1) * sizeof *next), *size = malloc(((size_t)n + 1) * sizeof *size);
    refusal *known = calloc(REFUSALS, sizeof *known); /* no cluster has the size 0 */
    bool ok = next != NULL && size != NULL && known != NULL;
    for (uint32_t i = 0; ok && i < n; i++) {
        ret_group[i] = next[i] = i;
        size[i] = 1;
    }
    if (ok && n_pairs > 1)
        qsort(pairs, n_pairs, sizeof *pairs, best_first);
    for (size_t p = 0; ok && p < n_pairs && pairs[p].similarity >= rules->threshold; p++) {
        uint32_t x = ret_group[pairs[p].a], y = ret_group[pairs[p].b], a = x < y ? x : y, b = x < y ? y : x;
        if (a == b || !joins(a, b, next, size, rules, known))
            continue;
        join(a, b, ret_group, next);
        size[a] += size[b];
    }
    free(next);
    free(size);
    free(known);
    return ok;
}
