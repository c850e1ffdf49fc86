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

static void join(uint32_t a, uint32_t b, uint32_t *group, uint32_t *next)
{
    uint32_t root = a < b ? a : b, other = a < b ? b : a, i = other;
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
    uint32_t *next = malloc(((size_t)n + 1) * sizeof *next);
    if (next == NULL)
        return false;
    for (uint32_t i = 0; i < n; i++)
        ret_group[i] = next[i] = i;
    if (n_pairs > 1)
        qsort(pairs, n_pairs, sizeof *pairs, best_first);
    for (size_t p = 0; p < n_pairs && pairs[p].similarity >= rules->threshold; p++) {
        uint32_t a = ret_group[pairs[p].a], b = ret_group[pairs[p].b];
        if (a != b && may_join(a < b ? a : b, a < b ? b : a, next, rules))
            join(a, b, ret_group, next);
    }
    free(next);
    return true;
}
