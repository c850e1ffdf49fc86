/* Built with -O3: the inner loop of minhash_sign is the whole cost of near-duplicate detection. */
#include "config.h"
#include "dedup/minhash.h"

#include <math.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#ifdef HAVE_TARGET_CLONES
#define MULTIVERSION __attribute__((target_clones("default", "avx2", "arch=skylake-avx512")))
#else
#define MULTIVERSION
#endif

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
    for (unsigned k = 0; k < n; k++) {
        m->a[k] = (uint32_t)next_random(&state) | 1u;
        m->b[k] = (uint32_t)next_random(&state);
    }
    m->bands = bands, m->rows = rows;
    if (bands == 0 || rows == 0)
        choose_banding(m, threshold);
}

/* The values are spread first: a*x+b mod 2^32 alone leaves low bits correlated. */
static inline uint32_t spread(uint32_t x)
{
    x ^= x >> 16;
    x *= 0x7FEB352Du;
    x ^= x >> 15;
    return x;
}

MULTIVERSION
static void sign_block(const uint32_t *restrict a, const uint32_t *restrict b, unsigned n_slots,
                       const uint32_t *restrict values, size_t n, uint32_t *restrict slot)
{
    for (unsigned k = 0; k < n_slots; k++)
        slot[k] = UINT32_MAX;
    for (size_t i = 0; i < n; i++) {
        uint32_t x = spread(values[i]);
        for (unsigned k = 0; k < n_slots; k++) {
            uint32_t h = a[k] * x + b[k];
            slot[k] = h < slot[k] ? h : slot[k];
        }
    }
}

void minhash_sign(const minhash *m, const uint32_t *values, size_t n, uint32_t *ret_signature)
{
    sign_block(m->a, m->b, m->n, values, n, ret_signature);
}

uint64_t minhash_band(const minhash *m, const uint32_t *signature, unsigned band)
{
    return XXH3_64bits_withSeed(signature + (size_t)band * m->rows, m->rows * sizeof *signature, band);
}
