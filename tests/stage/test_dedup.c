/* test_dedup.c: shingles, signatures and groups without the machine. */
#include "dedup/cluster.h"
#include "dedup/minhash.h"
#include "dedup/shingle.h"
#include "tap.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static shingle_set set_of(const char *text, unsigned width)
{
    shingle_set s = {0};
    if (!shingle_text(&s, text, strlen(text), width))
        abort();
    return s;
}

static bool same_exact(const char *a, const char *b)
{
    shingle_set x = set_of(a, 5), y = set_of(b, 5);
    bool same = x.exact[0] == y.exact[0] && x.exact[1] == y.exact[1];
    shingle_release(&x);
    shingle_release(&y);
    return same;
}

static void folding_ignores_case_marks_and_space(void)
{
    CHECK(same_exact("The tide, at last, turned.", "  the TIDE at\nlast turned"));
    CHECK(same_exact("\xc3\x85se M\xc3\x98LLER", "\xc3\xa5se m\xc3\xb8ller")); /* Latin-1 */
    CHECK(same_exact("\xd0\x9c\xd0\x98\xd0\xa0", "\xd0\xbc\xd0\xb8\xd1\x80")); /* Cyrillic */
    /* curly quotes, dash */
    CHECK(same_exact("\xe2\x80\x9cwall\xe2\x80\x9d \xe2\x80\x94 now", "wall now"));
    CHECK(same_exact("ÀÞ ΑΩ АЯ ЀЏ", "àþ αω ая ѐџ")); /* first and last of each alphabet */
    CHECK(!same_exact("3 × 4", "3 ÷ 4"));            /* signs among the letters */
    /* a byte order mark, U+2042, an ideographic space */
    CHECK(same_exact("\xEF\xBB\xBFwall⁂ now　then", "wall now then"));
    CHECK(!same_exact("€ wall", "wall"));
    CHECK(!same_exact("the tide turned", "the tide turns"));
    CHECK(!same_exact("sea wall", "seawall"));
}

static void ideographs_are_words(void)
{
    shingle_set s = set_of("\xe6\xb5\xb7\xe5\xa0\xa4\xe3\x80\x82\xe6\xb8\xaf", 1);
    CHECK_INT(s.n_words, 3);
    shingle_release(&s);
}

static void short_and_empty_texts(void)
{
    shingle_set s = set_of("two words", 5);
    CHECK_INT(s.n, 1);
    shingle_release(&s);
    s = set_of(" ... ", 5);
    CHECK_INT(s.n, 0);
    CHECK_INT(s.n_words, 0);
    shingle_release(&s);
}

static void jaccard_by_hand(void)
{
    const uint32_t a[] = {1, 2, 3, 4}, b[] = {3, 4, 5};
    CHECK(fabs(shingle_jaccard_from(a, 4, b, 3, 0.0) - 0.4) < 1e-12);
    CHECK(shingle_jaccard_from(a, 4, a, 4, 0.0) == 1.0);
    CHECK(shingle_jaccard_from(a, 0, b, 0, 0.0) == 0.0);
    /* the limit itself counts */
    CHECK(fabs(shingle_jaccard_from(a, 4, b, 3, 0.4) - 0.4) < 1e-12);
    CHECK(shingle_jaccard_from(a, 4, b, 3, 0.41) == 0.0);
}

/* Two sets of n random values with a given overlap; how often do signature slots agree? */
static double estimate(const minhash *m, uint64_t *seed, size_t n, size_t common)
{
    uint32_t *a = malloc(n * sizeof *a), *b = malloc(n * sizeof *b), sa[MINHASH_MAX],
             sb[MINHASH_MAX];
    for (size_t i = 0; i < n; i++) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        a[i] = (uint32_t)(*seed >> 32);
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        b[i] = i < common ? a[i] : (uint32_t)(*seed >> 32);
    }
    minhash_sign(m, a, n, sa);
    minhash_sign(m, b, n, sb);
    unsigned same = 0;
    for (unsigned k = 0; k < m->n; k++)
        same += sa[k] == sb[k];
    free(a);
    free(b);
    return (double)same / m->n;
}

/* The estimator's error must be what theory gives: sqrt(J(1-J)/K). A bad hash family fails here. */
static void signatures_estimate_without_bias(void)
{
    minhash m;
    minhash_init(&m, 128, 0, 0, 0.8);
    uint64_t seed = 99;
    const size_t n = 300, commons[] = {100, 200, 270};
    for (size_t c = 0; c < 3; c++) {
        double j = (double)commons[c] / (double)(2 * n - commons[c]), bias = 0, square = 0;
        for (int i = 0; i < 400; i++) {
            double e = estimate(&m, &seed, n, commons[c]) - j;
            bias += e / 400, square += e * e / 400;
        }
        double theory = sqrt(j * (1 - j) / 128);
        CHECK(fabs(bias) < 0.01);
        CHECK(sqrt(square) < 1.15 * theory);
    }
}

/* Signatures are compared between machines and runs: these were written by the first kernel. */
static void signatures_stay_as_they_were(void)
{
    static const uint32_t values[] = {0, 1, UINT32_MAX, 123456789};
    minhash m;
    uint32_t slot[MINHASH_MAX];
    minhash_init(&m, MINHASH_MAX, 0, 0, 0.7);
    minhash_sign(&m, values, 4, slot);
    CHECK(slot[0] == 0x48CC9B32 && slot[1] == 0x0FA011A0 && slot[127] == 0x00132D54 &&
          slot[255] == 0x1ECC04B3);
}

static bool kernels_agree(const minhash *m, const uint32_t *values, size_t n)
{
    size_t n_kernels;
    const minhash_kernel *kernels = minhash_kernels(&n_kernels);
    uint32_t want[MINHASH_MAX], slot[MINHASH_MAX];
    kernels[n_kernels - 1].sign(m, values, n, want);
    for (size_t i = 0; i + 1 < n_kernels; i++) {
        if (!kernels[i].usable())
            continue;
        memset(slot, 0, sizeof slot);
        kernels[i].sign(m, values, n, slot);
        if (memcmp(slot, want, m->n * sizeof *slot) != 0) {
            printf("# %s differs: %u slots of %zu values\n", kernels[i].name, m->n, n);
            return false;
        }
    }
    return true;
}

static void every_kernel_signs_alike(void)
{
    enum { MOST = 700 };
    uint32_t values[MOST];
    uint64_t seed = 5;
    bool agree = true;
    for (unsigned slots = 8; slots <= MINHASH_MAX; slots++) {
        minhash m;
        minhash_init(&m, slots, 1, 1, 0.7);
        size_t n = slots * 37 % MOST + 1;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            values[i] = i == 1 ? 0 : i == 2 ? UINT32_MAX : (uint32_t)(seed >> 32);
        }
        agree = agree && kernels_agree(&m, values, n) && kernels_agree(&m, values, 1);
    }
    CHECK(agree);
}

/* What Linux says of the processor, not what the code under test asks it. */
static bool cpuinfo_has(const char *flag)
{
    static char line[1 << 14];
    FILE *f = fopen("/proc/cpuinfo", "r");
    bool has = false;
    while (f != NULL && !has && fgets(line, sizeof line, f) != NULL)
        has = strncmp(line, "flags", 5) == 0 && strstr(line, flag) != NULL;
    if (f != NULL)
        (void)fclose(f);
    return has;
}

static void the_best_kernel_runs(void)
{
    minhash m;
    minhash_init(&m, 128, 0, 0, 0.7);
#if defined(__x86_64__) && defined(__linux__)
    CHECK_STR(m.kernel->name, cpuinfo_has(" avx2 ") ? "avx2" : "vector");
#else
    CHECK(!cpuinfo_has(" avx2 ") && m.kernel->usable());
#endif
}

static void banding_meets_its_recall(void)
{
    for (double t = 0.4; t < 0.99; t += 0.1) {
        minhash m;
        minhash_init(&m, 128, 0, 0, t);
        CHECK(m.bands * m.rows <= 128);
        CHECK(minhash_recall(m.bands, m.rows, t) >= 0.99);
        CHECK(minhash_recall(128 / (m.rows + 1), m.rows + 1, t) < 0.99);
    }
    minhash m;
    minhash_init(&m, 128, 16, 0, 0.8); /* half of it is given: both are chosen */
    CHECK(m.rows > 0 && m.bands > 0);
    minhash_init(&m, 128, 0, 8, 0.8);
    CHECK(m.rows > 0 && m.bands > 0);
    minhash_init(&m, 128, 16, 8, 0.8);
    CHECK(m.bands == 16 && m.rows == 8);
}

/* Documents on a line: similarity falls with distance, rank is the number itself. */
static double line_similarity(void *self, uint64_t a, uint64_t b)
{
    (void)self;
    return 1.0 - 0.15 * (a > b ? (double)(a - b) : (double)(b - a));
}

static int line_rank(void *self, uint64_t a, uint64_t b)
{
    (void)self;
    return (a > b) - (a < b);
}

static char groups[256];

static bool print_group(void *arg, const uint64_t *member, const double *similarity, size_t n)
{
    (void)arg;
    (void)similarity;
    for (size_t i = 0; i < n; i++)
        (void)snprintf(groups + strlen(groups), sizeof groups - strlen(groups), "%s%d",
                       i ? "," : " ", (int)member[i]);
    return true;
}

static void a_chain_does_not_pull_strangers_together(void)
{
    cluster_rules rules = {line_rank, line_similarity, 0.8, NULL};
    clusters *c = clusters_new(9);
    for (uint64_t i = 0; i + 1 < 6; i++)
        clusters_join(c, i, i + 1); /* 0-1-2-3-4-5 chained, each step 0.85 */
    clusters_join(c, 8, 7);
    groups[0] = '\0';
    CHECK(clusters_each(c, &rules, print_group, NULL));
    CHECK_STR(groups, " 0,1 2,3 4,5 7,8");
    clusters_free(c);
}

static double never_similar(void *self, uint64_t a, uint64_t b)
{
    (void)self, (void)a, (void)b;
    return 0.0;
}

static void a_component_too_large_and_unlike_is_given_up_and_counted(void)
{
    enum { N = 6000 };
    cluster_rules rules = {line_rank, never_similar, 0.8, NULL};
    clusters *c = clusters_new(N);
    for (uint64_t i = 0; i + 1 < N; i++)
        clusters_join(c, i, i + 1);
    groups[0] = '\0';
    CHECK(clusters_each(c, &rules, print_group, NULL));
    CHECK_STR(groups, "");
    CHECK(clusters_left_out(c) > 0 && clusters_left_out(c) < N);
    clusters_free(c);
}

int main(void)
{
    RUN(folding_ignores_case_marks_and_space);
    RUN(ideographs_are_words);
    RUN(short_and_empty_texts);
    RUN(jaccard_by_hand);
    RUN(signatures_estimate_without_bias);
    RUN(signatures_stay_as_they_were);
    RUN(every_kernel_signs_alike);
    RUN(the_best_kernel_runs);
    RUN(banding_meets_its_recall);
    RUN(a_chain_does_not_pull_strangers_together);
    RUN(a_component_too_large_and_unlike_is_given_up_and_counted);
    return DONE();
}
