/* cluster.h: groups of duplicates from verified pairs. Pairs are joined into components; inside one
 * the best-ranked document becomes an origin and takes those that are similar enough to it, the
 * best of the rest becomes the next origin, and so on. So every member is verified against its own
 * origin: a chain of small changes cannot pull unlike documents together. */
#ifndef PLUGINS_DEDUP_CLUSTER_H
#define PLUGINS_DEDUP_CLUSTER_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cluster_rules {
    /* < 0: a is the better origin; a total order */
    int (*rank)(void *self, uint64_t a, uint64_t b);
    double (*similarity)(void *self, uint64_t a, uint64_t b);
    double threshold;
    void *self;
} cluster_rules;

typedef struct clusters clusters;

clusters *clusters_new(uint64_t n_documents); /* NULL: out of memory */
void clusters_free(clusters *c);              /* NULL is fine */
/* A pair: both below n_documents, in any order, any number of times. Before clusters_each. */
void clusters_join(clusters *c, uint64_t a, uint64_t b);

/* Documents that no origin was left for, because their component is too large and too unlike itself
 * (2^24 comparisons). After clusters_each. */
uint64_t clusters_left_out(const clusters *c);

/* Calls `group` once for each group of two or more, ascending by its smallest document;
 * member[0] is the origin, the others ascend by rank; similarity[i] is that of member[i] to it.
 * Both lists are borrowed for the call. false: out of memory, or group said so. */
bool clusters_each(clusters *c, const cluster_rules *rules,
                   bool (*group)(void *arg, const uint64_t *member, const double *similarity,
                                 size_t n),
                   void *arg);
#endif
