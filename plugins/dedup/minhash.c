/* minhash.c: permutations, banding and the bands of a signature; minhash_sign.c makes the
 * signature. */
#include "dedup/minhash.h"

#include <math.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

double minhash_recall(unsigned bands, unsigned rows, double similarity)
{
    return 1.0 - pow(1.0 - pow(similarity, rows), bands);
}

static void choose_banding(minhash *m, double threshold)
{
    m->rows = 1, m->bands = m->n;
    for (unsigned rows = 1; rows <= m->n; rows++) {
        if (minhash_recall(m->n / rows, rows, threshold) < 0.99)
            break;
        m->rows = rows, m->bands = m->n / rows;
    }
}

static uint64_t next_random(uint64_t *state) /* splitmix64 */
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

void minhash_init(minhash *m, unsigned n, unsigned bands, unsigned rows, double threshold)
{
    uint64_t state = 1;
    m->n = n;
    m->kernel = minhash_best_kernel();
    for (unsigned k = 0; k < MINHASH_MAX; k++) {
        m->a[k] = (uint32_t)next_random(&state) | 1u;
        m->b[k] = (uint32_t)next_random(&state);
    }
    m->bands = bands, m->rows = rows;
    if (bands == 0 || rows == 0)
        choose_banding(m, threshold);
}

void minhash_sign(const minhash *m, const uint32_t *values, size_t n, uint32_t *ret_signature)
{
    m->kernel->sign(m, values, n, ret_signature);
}

uint64_t minhash_band(const minhash *m, const uint32_t *signature, unsigned band)
{
    return XXH3_64bits_withSeed(signature + (size_t)band * m->rows, m->rows * sizeof *signature,
                                band);
}
