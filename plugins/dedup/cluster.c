/* cluster.c: see cluster.h: components by union-find, in each a ring of its documents. */
#include "dedup/cluster.h"
#include "common/grow.h"

#include <stdlib.h>
#include <string.h>

struct clusters {
    uint64_t *parent, *next; /* union-find; next: ring of a component's documents */
    uint64_t n;
    uint64_t *member, *scratch;
    double *similarity;
    size_t cap;
    uint64_t left_out;
};

/* pairs compared in one component: all, up to 5,792 documents */
enum { MAX_COMPARED = 1 << 24 };

clusters *clusters_new(uint64_t n)
{
    clusters *c = calloc(1, sizeof *c);
    if (c == NULL)
        return NULL;
    c->parent = malloc((size_t)(n + 1) * sizeof *c->parent);
    c->next = malloc((size_t)(n + 1) * sizeof *c->next);
    if (c->parent == NULL || c->next == NULL) {
        clusters_free(c);
        return NULL;
    }
    for (uint64_t i = 0; i < n; i++)
        c->parent[i] = c->next[i] = i;
    c->n = n;
    return c;
}

void clusters_free(clusters *c)
{
    if (c == NULL)
        return;
    free(c->parent);
    free(c->next);
    free(c->member);
    free(c->scratch);
    free(c->similarity);
    free(c);
}

static uint64_t root_of(clusters *c, uint64_t i)
{
    while (c->parent[i] != i)
        i = c->parent[i] = c->parent[c->parent[i]];
    return i;
}

void clusters_join(clusters *c, uint64_t a, uint64_t b)
{
    uint64_t ra = root_of(c, a), rb = root_of(c, b);
    if (ra == rb)
        return;
    c->parent[ra < rb ? rb : ra] = ra < rb ? ra : rb; /* the root is the smallest document */
    uint64_t t = c->next[ra];
    c->next[ra] = c->next[rb];
    c->next[rb] = t;
}

static bool reserve(clusters *c, size_t n)
{
    const grown_array arrays[] = {{&c->member, sizeof *c->member},
                                  {&c->scratch, sizeof *c->scratch},
                                  {&c->similarity, sizeof *c->similarity}};
    return grow_together(arrays, sizeof arrays / sizeof *arrays, &c->cap, n);
}

static size_t gather(clusters *c, uint64_t root, bool *ok)
{
    size_t n = 0;
    uint64_t i = root;
    do {
        if (!(*ok = reserve(c, n + 1)))
            return 0;
        c->member[n++] = i;
        i = c->next[i];
    } while (i != root);
    return n;
}

/* Merge sort: qsort has no argument for the rules, and its order of equals is not fixed. */
static void sort_by_rank(uint64_t *v, uint64_t *scratch, size_t n, const cluster_rules *r)
{
    if (n < 2)
        return;
    size_t half = n / 2, i = 0, j = half, k = 0;
    sort_by_rank(v, scratch, half, r);
    sort_by_rank(v + half, scratch, n - half, r);
    while (i < half && j < n)
        scratch[k++] = r->rank(r->self, v[j], v[i]) < 0 ? v[j++] : v[i++];
    while (i < half)
        scratch[k++] = v[i++];
    while (j < n)
        scratch[k++] = v[j++];
    memcpy(v, scratch, n * sizeof *v);
}

/* Split member[0..n) (ascending by rank) into the first one's group and the rest; both keep their
 * order. Returns the size of the group. */
static size_t take_group(clusters *c, uint64_t *member, size_t n, const cluster_rules *r)
{
    size_t taken = 1, left = 0;
    c->similarity[0] = 1.0;
    for (size_t i = 1; i < n; i++) {
        double s = r->similarity(r->self, member[0], member[i]);
        if (s >= r->threshold) {
            c->similarity[taken] = s;
            member[taken++] = member[i];
        } else {
            c->scratch[left++] = member[i];
        }
    }
    memcpy(member + taken, c->scratch, left * sizeof *member);
    return taken;
}

static bool each_group(clusters *c, size_t n, const cluster_rules *r,
                       bool (*group)(void *, const uint64_t *, const double *, size_t), void *arg)
{
    sort_by_rank(c->member, c->scratch, n, r);
    for (size_t at = 0, taken, compared = 0; at < n; at += taken) {
        compared += n - at - 1;
        if (compared > MAX_COMPARED) {
            c->left_out += n - at;
            break;
        }
        taken = take_group(c, c->member + at, n - at, r);
        if (taken > 1 && !group(arg, c->member + at, c->similarity, taken))
            return false;
    }
    return true;
}

uint64_t clusters_left_out(const clusters *c)
{
    return c->left_out;
}

bool clusters_each(clusters *c, const cluster_rules *rules,
                   bool (*group)(void *arg, const uint64_t *member, const double *similarity,
                                 size_t n),
                   void *arg)
{
    for (uint64_t i = 0; i < c->n; i++) {
        if (root_of(c, i) != i || c->next[i] == i)
            continue;
        bool ok = true;
        size_t n = gather(c, i, &ok);
        if (!ok || !each_group(c, n, rules, group, arg))
            return false;
    }
    return true;
}
