/* grouping.h: average-link clustering of things numbered 0..n-1 from scored pairs, the best pair
 * first. Two clusters join when every pair across them is compatible and their mean similarity
 * reaches the threshold; large clusters are judged by their first members. */
#ifndef PLUGINS_ALIGN_GROUPING_H
#define PLUGINS_ALIGN_GROUPING_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct scored_pair {
    uint32_t similarity, a, b; /* a < b */
} scored_pair;

typedef struct grouping_rules {
    uint32_t threshold;
    bool (*compatible)(void *self, uint32_t a, uint32_t b);
    uint32_t (*similarity)(void *self, uint32_t a, uint32_t b);
    void *self;
} grouping_rules;

/* Pairs are reordered; of equal similarity the smaller numbers go first, so that the answer does
 * not depend on their order. ret_group[i] is the smallest member of i's cluster. false: out of
 * memory. */
bool group_by_average_link(uint32_t n, scored_pair *pairs, size_t n_pairs,
                           const grouping_rules *rules, uint32_t *ret_group);
#endif
