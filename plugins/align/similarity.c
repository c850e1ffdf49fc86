/* similarity.c: see similarity.h: document frequencies in a hash table, weights, cosine. */
#include "align/similarity.h"

#include <math.h>
#include <stdlib.h>

enum { MIN_WEIGHT = 8, MAX_WEIGHT = 64 };

typedef struct slot {
    uint32_t term, documents;
} slot;

struct frequencies {
    slot *slot; /* open addressing, a power of two, at most half full; term 0: free */
    size_t n_slots, used;
    uint64_t documents;
};

frequencies *frequencies_new(void)
{
    frequencies *f = calloc(1, sizeof *f);
    if (f == NULL)
        return NULL;
    f->n_slots = 1024;
    f->slot = calloc(f->n_slots, sizeof *f->slot);
    if (f->slot == NULL) {
        free(f);
        return NULL;
    }
    return f;
}

void frequencies_free(frequencies *f)
{
    if (f == NULL)
        return;
    free(f->slot);
    free(f);
}

static slot *find(const frequencies *f, uint32_t term)
{
    size_t i = (term * UINT32_C(0x9E3779B1)) & (f->n_slots - 1);
    while (f->slot[i].term != 0 && f->slot[i].term != term)
        i = (i + 1) & (f->n_slots - 1);
    return &f->slot[i];
}

static bool grow(frequencies *f)
{
    frequencies larger = *f;
    larger.n_slots = f->n_slots * 2;
    larger.slot = calloc(larger.n_slots, sizeof *larger.slot);
    if (larger.slot == NULL)
        return false;
    for (size_t i = 0; i < f->n_slots; i++)
        if (f->slot[i].term != 0)
            *find(&larger, f->slot[i].term) = f->slot[i];
    free(f->slot);
    *f = larger;
    return true;
}

bool frequencies_add(frequencies *f, const note *document)
{
    f->documents++;
    for (size_t i = 0; i < document->head.n_terms; i++) {
        if (f->used * 2 >= f->n_slots && !grow(f))
            return false;
        slot *s = find(f, document->terms[i].term);
        f->used += s->term == 0;
        s->term = document->terms[i].term;
        s->documents++;
    }
    return true;
}

/* Linear between powers of two: exact arithmetic only, so the same everywhere. */
static uint32_t log2_sixteenths(double x)
{
    int exponent;
    double m = frexp(x, &exponent); /* in [0.5, 1) */
    double log = (double)(exponent - 1) + (2.0 * m - 1.0);
    return log <= 0 ? 0 : (uint32_t)(log * 16.0);
}

uint32_t term_weight(const frequencies *f, uint32_t term)
{
    uint32_t w = MIN_WEIGHT + log2_sixteenths(((double)f->documents + 10.0) /
                                              ((double)find(f, term)->documents + 1.0));
    return w < MAX_WEIGHT ? w : MAX_WEIGHT;
}

uint32_t document_term_weight(const frequencies *f, const note_term *t)
{
    uint32_t w = term_weight(f, t->term) * (16 + log2_sixteenths(t->count)) / 16;
    return t->name ? w + w / 2 : w;
}

uint64_t vector_norm2(const weighted *w, size_t n)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (uint64_t)w[i].weight * w[i].weight;
    return sum;
}

uint32_t cosine(term_vector a, term_vector b)
{
    uint64_t dot = 0;
    if (a.norm2 == 0 || b.norm2 == 0)
        return 0;
    for (size_t i = 0, j = 0; i < a.n && j < b.n;) {
        uint32_t x = a.w[i].term, y = b.w[j].term;
        if (x == y)
            dot += (uint64_t)a.w[i].weight * b.w[j].weight;
        i += x <= y;
        j += y <= x;
    }
    double c = (double)dot / sqrt((double)a.norm2 * (double)b.norm2);
    return (uint32_t)(c * SIMILARITY_ONE);
}
