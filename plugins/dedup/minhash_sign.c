/* minhash_sign.c: the inner loop of MinHash, the whole cost of near-duplicate detection, once for
 * each instruction set. Vectors are written out: what an optimiser makes of a plain loop depends on
 * its level and on the user's CFLAGS. */
#include "dedup/minhash.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

/* The values are spread first: a*x+b mod 2^32 alone leaves low bits correlated. */
static inline uint32_t spread(uint32_t x)
{
    x ^= x >> 16;
    x *= 0x7FEB352Du;
    x ^= x >> 15;
    return x;
}

static bool always(void)
{
    return true;
}

static void sign_scalar(const minhash *m, const uint32_t *values, size_t n, uint32_t *restrict slot)
{
    for (unsigned k = 0; k < m->n; k++)
        slot[k] = UINT32_MAX;
    for (size_t i = 0; i < n; i++) {
        uint32_t x = spread(values[i]);
        for (unsigned k = 0; k < m->n; k++) {
            uint32_t h = m->a[k] * x + m->b[k];
            slot[k] = h < slot[k] ? h : slot[k];
        }
    }
}

#ifdef __GNUC__
/* 128 bits by the compiler's vector types: SSE2 on every x86-64, Neon on arm64. */
typedef uint32_t lanes4 __attribute__((vector_size(16), aligned(4), may_alias));

static void sign_vector(const minhash *m, const uint32_t *values, size_t n, uint32_t *restrict slot)
{
    for (unsigned k = 0; k < m->n; k += 4)
        *(lanes4 *)(slot + k) = ~(lanes4){0};
    for (size_t i = 0; i < n; i++) {
        uint32_t x = spread(values[i]);
        for (unsigned k = 0; k < m->n; k += 4) {
            lanes4 h = *(const lanes4 *)(m->a + k) * x + *(const lanes4 *)(m->b + k),
                   least = *(lanes4 *)(slot + k);
            lanes4 less = (lanes4)(h < least);
            *(lanes4 *)(slot + k) = (h & less) | (least & ~less);
        }
    }
}
#endif

#ifdef __x86_64__
#define AVX2 __attribute__((target("avx2")))

AVX2 static inline __m256i load8(const uint32_t *p)
{
    return _mm256_loadu_si256((const __m256i_u *)p);
}

AVX2 static inline __m256i least8(__m256i least, __m256i a, __m256i x, __m256i b)
{
    return _mm256_min_epu32(least, _mm256_add_epi32(_mm256_mullo_epi32(a, x), b));
}

/* 16 slots stay in registers while the values pass. */
AVX2 static void sign_avx2(const minhash *m, const uint32_t *values, size_t n,
                           uint32_t *restrict slot)
{
    for (unsigned k = 0; k < m->n; k += 16) {
        const __m256i a0 = load8(m->a + k), a1 = load8(m->a + k + 8);
        const __m256i b0 = load8(m->b + k), b1 = load8(m->b + k + 8);
        __m256i least0 = _mm256_set1_epi32(-1), least1 = least0;
        for (size_t i = 0; i < n; i++) {
            __m256i x = _mm256_set1_epi32((int)spread(values[i]));
            least0 = least8(least0, a0, x, b0);
            least1 = least8(least1, a1, x, b1);
        }
        _mm256_storeu_si256((__m256i_u *)(slot + k), least0);
        _mm256_storeu_si256((__m256i_u *)(slot + k + 8), least1);
    }
}

static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2");
}
#endif

/* Best first. */
static const minhash_kernel kernels[] = {
#ifdef __x86_64__
    {"avx2", has_avx2, sign_avx2},
#endif
#ifdef __GNUC__
    {"vector", always, sign_vector},
#endif
    {"scalar", always, sign_scalar},
};

const minhash_kernel *minhash_kernels(size_t *ret_n)
{
    *ret_n = sizeof kernels / sizeof *kernels;
    return kernels;
}

const minhash_kernel *minhash_best_kernel(void)
{
    const minhash_kernel *k = kernels;
    while (!k->usable())
        k++;
    return k;
}
