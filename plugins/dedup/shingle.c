/* shingle.c: see shingle.h: words, their hashes, and the hashes of runs of them, sorted. */
#include "dedup/shingle.h"

#include "common/grow.h"
#include "common/keysort.h"
#define XXH_INLINE_ALL
#include <string.h>
#include <xxhash.h>

enum { WORD_MAX = 256 }; /* longer words are hashed by their first bytes */

typedef struct folder {
    char word[WORD_MAX];
    size_t len;
    shingle_set *set;
} folder;

static bool add_word(shingle_set *s, uint64_t h)
{
    uint64_t *all = grown(s->word, &s->cap_words, s->n_words, sizeof *all);
    if (all == NULL)
        return false;
    s->word = all;
    s->word[s->n_words++] = h;
    return wn_beat(s->pulse);
}

static bool end_word(folder *f)
{
    if (f->len == 0)
        return true;
    uint64_t h = XXH3_64bits(f->word, f->len);
    f->len = 0;
    return add_word(f->set, h);
}

static void put(folder *f, const unsigned char *p, size_t n)
{
    if (f->len + n <= sizeof f->word) {
        memcpy(f->word + f->len, p, n);
        f->len += n;
    }
}

/* Two-byte characters: Latin-1, Greek and Cyrillic capitals have their small letters nearby. */
static void put_two(folder *f, unsigned c)
{
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
        (c >= 0x410 && c <= 0x42F))
        c += 0x20;
    else if (c >= 0x400 && c <= 0x40F)
        c += 0x50;
    const unsigned char out[2] = {(unsigned char)(0xC0 | c >> 6),
                                  (unsigned char)(0x80 | (c & 0x3F))};
    put(f, out, 2);
}

/* Punctuation and space among the three-byte characters: U+2000-206F, U+3000-303F, U+FF00-FF0F. */
static bool is_mark3(const unsigned char *p)
{
    return (p[0] == 0xE2 && (p[1] == 0x80 || p[1] == 0x81)) || (p[0] == 0xE3 && p[1] == 0x80) ||
           (p[0] == 0xEF && p[1] == 0xBC && p[2] <= 0x8F) ||
           (p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF);
}

static bool is_ideograph(const unsigned char *p)
{
    return p[0] >= 0xE3 && p[0] <= 0xE9 && !(p[0] == 0xE3 && p[1] == 0x80);
}

static bool fold_multibyte(folder *f, const unsigned char *p, size_t n)
{
    if (n == 2 && p[0] == 0xC2)
        return end_word(f); /* U+0080-00BF: space and marks */
    if (n == 2) {
        put_two(f, (unsigned)(p[0] & 0x1F) << 6 | (p[1] & 0x3F));
        return true;
    }
    if (n == 3 && is_mark3(p))
        return end_word(f);
    if (n == 3 && is_ideograph(p)) {
        bool ok = end_word(f);
        put(f, p, n);
        return ok && end_word(f);
    }
    put(f, p, n);
    return true;
}

static size_t char_length(unsigned char lead, size_t left)
{
    size_t n = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return n <= left ? n : left;
}

static bool fold_words(folder *f, const unsigned char *p, size_t len)
{
    for (size_t i = 0, n; i < len; i += n) {
        unsigned char c = p[i];
        n = char_length(c, len - i);
        bool ok = true;
        if (n > 1)
            ok = fold_multibyte(f, p + i, n);
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            put(f, &c, 1);
        else if (c >= 'A' && c <= 'Z')
            c = (unsigned char)(c | 0x20), put(f, &c, 1);
        else
            ok = end_word(f);
        if (!ok)
            return false;
    }
    return end_word(f);
}

/* Horner's rule over `width` word hashes: the multiplier is odd, so order counts. */
static uint32_t shingle_at(const uint64_t *word, size_t width)
{
    uint64_t h = 0x9E3779B97F4A7C15u;
    for (size_t i = 0; i < width; i++)
        h = (h ^ word[i]) * 0xD6E8FEB86659FD93u + (h >> 32);
    return (uint32_t)(h >> 32);
}

static bool make_shingles(shingle_set *s, unsigned width)
{
    size_t n = s->n_words == 0 ? 0 : s->n_words < width ? 1 : s->n_words - width + 1;
    uint32_t *all = grown_to(s->hash, &s->cap, n, sizeof *all);
    if (all == NULL)
        return false;
    s->hash = all;
    for (size_t i = 0; i < n && wn_beat(s->pulse); i++)
        s->hash[i] = shingle_at(s->word + i, s->n_words < width ? s->n_words : width);
    if (!key_sort(s->hash, n, sizeof *s->hash, s->pulse))
        return false;
    s->n = 0;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || s->hash[i] != s->hash[s->n - 1])
            s->hash[s->n++] = s->hash[i];
    return true;
}

bool shingle_text(shingle_set *s, const char *text, size_t len, unsigned width)
{
    folder f = {.set = s};
    s->n_words = 0;
    if (!fold_words(&f, (const unsigned char *)text, len) || !make_shingles(s, width))
        return false;
    XXH128_hash_t h = XXH3_128bits(s->word, s->n_words * sizeof *s->word);
    s->exact[0] = h.high64, s->exact[1] = h.low64;
    return true;
}

void shingle_release(shingle_set *s)
{
    free(s->hash);
    free(s->word);
    memset(s, 0, sizeof *s);
}

double shingle_jaccard_from(const uint32_t *a, size_t na, const uint32_t *b, size_t nb,
                            double least)
{
    /* common / (na + nb - common) >= least  <=>  na + nb - 2 * common <= (na + nb) * (1 - least) /
     *                                       (1 + least) */
    size_t i = 0, j = 0, common = 0;
    size_t may_differ = (size_t)((double)(na + nb) * (1.0 - least) / (1.0 + least) + 1e-6);
    while (i < na && j < nb && i + j - 2 * common <= may_differ) {
        uint32_t x = a[i], y = b[j];
        common += x == y;
        i += x <= y;
        j += y <= x;
    }
    size_t all = na + nb - common;
    double similarity = all == 0 ? 0.0 : (double)common / (double)all;
    return similarity >= least ? similarity : 0.0;
}
