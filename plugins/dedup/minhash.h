/* minhash.h: MinHash signatures (Broder 1997) and their bands for locality-sensitive hashing (Indyk
 * and Motwani 1998). Pure; a minhash that is set up is read-only and shared.
 * Signature slot k is the minimum over the set of a_k * x + b_k mod 2^32, a_k odd; a_k and b_k come
 * from a fixed generator, so that signatures agree between machines and runs. */
#ifndef PLUGINS_DEDUP_MINHASH_H
#define PLUGINS_DEDUP_MINHASH_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MINHASH_MAX = 256 };

typedef struct minhash_kernel minhash_kernel;

typedef struct minhash {
    /* all are set: a kernel may round n up to its lanes */
    uint32_t a[MINHASH_MAX], b[MINHASH_MAX];
    unsigned n;           /* permutations, at most MINHASH_MAX */
    unsigned bands, rows; /* bands * rows <= n */
    const minhash_kernel *kernel;
} minhash;

/* bands and rows of 0 choose the most selective banding that finds a pair of similarity
 * `threshold` with a probability of at least 0.99. */
void minhash_init(minhash *m, unsigned n, unsigned bands, unsigned rows, double threshold);

/* n > 0 values into m->n slots; there must be room for MINHASH_MAX. */
void minhash_sign(const minhash *m, const uint32_t *values, size_t n, uint32_t *ret_signature);

/* Hash of the rows of a band: equal for signatures that agree in all of them. band < m->bands */
uint64_t minhash_band(const minhash *m, const uint32_t *signature, unsigned band);

/* Probability that a pair of this similarity shares at least one band: 1 - (1 - s^rows)^bands. */
double minhash_recall(unsigned bands, unsigned rows, double similarity);

/* The same function for one instruction set each, the best first, the portable one last. All give
 * the same signature; minhash_init takes the first that this processor can run. */
struct minhash_kernel {
    const char *name;
    bool (*usable)(void);
    void (*sign)(const minhash *m, const uint32_t *values, size_t n,
                 uint32_t *restrict ret_signature);
};
/* All of them, also those that cannot run here; and the first that can. Static. */
const minhash_kernel *minhash_kernels(size_t *ret_n);
const minhash_kernel *minhash_best_kernel(void);
#endif
