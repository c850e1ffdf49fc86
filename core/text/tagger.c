/* tagger.c: features, and greedy decoding with a table of small integers. */
#include "text/tagger.h"
#include "util/alloc.h"
#include <string.h>

static uint32_t mix(uint32_t h)
{
    h ^= h >> 16;
    h *= 0x7feb352dU;
    h ^= h >> 15;
    h *= 0x846ca68bU;
    return h ^ h >> 16;
}

static uint32_t hash_bytes(const char *s, size_t n, uint32_t h)
{
    for (size_t i = 0; i < n; i++)
        h = (h ^ (uint8_t)s[i]) * 0x01000193U;
    return mix(h);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static uint32_t shape_of(const char *text, const wn_token *t, bool first)
{
    uint32_t shape = (t->flags & WN_TOKEN_CAPITAL ? 1U : 0) |
                     (t->flags & WN_TOKEN_ALLCAPS ? 2U : 0) | (first ? 4U : 0);
    for (size_t i = t->start; i < t->end; i++) {
        shape |= text[i] == '-' ? 8U : 0;
        shape |= is_digit(text[i]) ? 16U : 0;
        shape |= text[i] == '.' ? 32U : 0;
    }
    return shape;
}

static int certain_tag(const char *text, const wn_token *t)
{
    switch (t->kind) {
    case WN_TOKEN_PUNCT:
    case WN_TOKEN_QUOTE: return WN_TAG_PUNCT;
    case WN_TOKEN_SYMBOL: return WN_TAG_SYMBOL;
    case WN_TOKEN_NUMBER: {
        char last = text[t->end - 1];
        return last == 's'                                                            ? WN_TAG_NN
               : last == 'h' || last == 't' || (last == 'd' && t->end - t->start > 2) ? WN_TAG_JJ
                                                                                      : WN_TAG_CD;
    }
    default: return -1;
    }
}

void tagger_describe(const char *text, const wn_token *t, bool first, tagger_word *ret)
{
    char word[48];
    size_t n = wn_fold(text + t->start, t->end - t->start, word, sizeof word);
    for (size_t i = 0; i < n; i++)
        if (is_digit(word[i]))
            word[i] = '0';
    if (n > 3 && memcmp(word, "\xE2\x80\x99", 3) == 0) { /* ’s is 's */
        memmove(word + 1, word + 3, n - 3);
        word[0] = '\'';
        n -= 2;
    } else if (n == 5 && memcmp(word, "n\xE2\x80\x99t", 5) == 0) {
        memcpy(word, "n't", 3);
        n = 3;
    }
    ret->word = hash_bytes(word, n, 1);
    ret->suffix3 = hash_bytes(word + (n > 3 ? n - 3 : 0), n > 3 ? 3 : n, 2);
    ret->suffix2 = hash_bytes(word + (n > 2 ? n - 2 : 0), n > 2 ? 2 : n, 3);
    ret->prefix = hash_bytes(word, n > 3 ? 3 : n, 4);
    ret->shape = shape_of(text, t, first);
    ret->certain = (int8_t)certain_tag(text, t);
}

void tagger_features(const tagger_word *w, size_t i, size_t n, unsigned tag1, unsigned tag2,
                     uint32_t ret[TAGGER_FEATURES])
{
    static const tagger_word none = {0x1234567, 0x2345678, 0x3456789, 0x4567891, 0, -1};
    const tagger_word *p = i > 0 ? &w[i - 1] : &none, *pp = i > 1 ? &w[i - 2] : &none;
    const tagger_word *q = i + 1 < n ? &w[i + 1] : &none, *qq = i + 2 < n ? &w[i + 2] : &none;
    const tagger_word *x = &w[i];
    uint32_t t1 = tag1 + 1, t2 = tag2 + 1;
    ret[0] = x->word;
    ret[1] = x->suffix3 + 0x11111111U * (1 + (x->shape & 7));
    ret[2] = x->suffix2;
    ret[3] = x->prefix;
    ret[4] = mix(x->shape + 0x51ed2701U);
    ret[5] = mix(t1 + 0x3c6ef372U);
    ret[6] = mix(t1 * 64 + t2 + 0x1b873593U);
    ret[7] = mix(x->word + t1 * 0x9e3779b9U);
    ret[8] = mix(p->word + 0x2545f491U);
    ret[9] = mix(q->word + 0x6a09e667U);
    ret[10] = mix(pp->word + 0xbb67ae85U);
    ret[11] = mix(qq->word + 0xa54ff53aU);
    ret[12] = mix(q->suffix3 + 0x510e527fU);
    ret[13] = mix(x->suffix3 + t1 * 0x7f4a7c15U);
    ret[14] = mix(x->word + q->word * 3);
    ret[15] = mix(q->suffix2 + t1 * 0x632be5abU + x->suffix2 * 5);
}

bool tagger_load(tagger *t, const void *bytes, size_t len)
{
    static const uint8_t magic[8] = "wntag 1";
    const uint8_t *p = bytes;
    if (len < 16 || memcmp(p, magic, 8) != 0 || p[8] > TAGGER_MAX_BITS || p[9] != WN_TAGS)
        return false;
    size_t rows = (size_t)1 << p[8], table = rows * TAGGER_STRIDE;
    size_t known = (size_t)p[12] << 16 | (size_t)p[13] << 8 | p[14];
    if (len != 16 + table + known * 5)
        return false;
    *t = (tagger){(const int8_t *)(p + 16), p + 16 + table, known, (uint32_t)rows - 1};
    for (size_t i = 0; i < known; i++)
        if (t->known[i * 5 + 4] >= WN_TAGS)
            return false;
    return true;
}

static int known_tag(const tagger *t, uint32_t word)
{
    size_t low = 0, high = t->n_known;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const uint8_t *e = t->known + mid * 5;
        uint32_t h = (uint32_t)e[0] << 24 | (uint32_t)e[1] << 16 | (uint32_t)e[2] << 8 | e[3];
        if (h == word)
            return e[4];
        if (h < word)
            low = mid + 1;
        else
            high = mid;
    }
    return -1;
}

static unsigned best_tag(const tagger *t, const uint32_t features[TAGGER_FEATURES])
{
    int16_t score[TAGGER_STRIDE] = {0};
    for (size_t f = 0; f < TAGGER_FEATURES; f++) {
        const int8_t *row = t->weight + (size_t)(features[f] & t->mask) * TAGGER_STRIDE;
        for (size_t k = 0; k < TAGGER_STRIDE; k++)
            score[k] = (int16_t)(score[k] + row[k]);
    }
    unsigned best = 0;
    for (unsigned k = 1; k < WN_TAGS; k++)
        if (score[k] > score[best])
            best = k;
    return best;
}

bool tagger_tag_described(const tagger *t, const tagger_word *w, size_t n, wn_pulse *owner,
                          uint8_t *ret_tags)
{
    unsigned tag1 = WN_TAGS, tag2 = WN_TAGS;
    for (size_t i = 0; i < n && wn_beat(owner); i++) {
        int tag = w[i].certain >= 0 ? w[i].certain : known_tag(t, w[i].word);
        if (tag < 0) {
            uint32_t features[TAGGER_FEATURES];
            tagger_features(w, i, n, tag1, tag2, features);
            tag = (int)best_tag(t, features);
        }
        ret_tags[i] = (uint8_t)tag;
        tag2 = tag1;
        tag1 = (unsigned)tag;
    }
    return owner == NULL || owner->stopped == 0;
}

bool tagger_tag(const tagger *t, tagger_work *work, const char *text, const wn_token *tokens,
                size_t n, wn_pulse *owner, uint8_t *ret_tags)
{
    if (!MEM_GROW(work->word, work->cap, n))
        return false;
    for (size_t i = 0; i < n && wn_beat(owner); i++)
        tagger_describe(text, &tokens[i], i == 0, &work->word[i]);
    return tagger_tag_described(t, work->word, n, owner, ret_tags);
}

bool text_tag(text_analysis *a, const tagger *t, tagger_work *work, const char *text)
{
    /* of what is no sentence, for its length: the work takes 24 bytes a token */
    enum { PIECE = 1 << 14 };
    bool ok = MEM_GROW(a->tag, a->cap_tags, a->n_tokens + 1);
    for (size_t first = 0, last; ok && first < a->n_tokens; first = last) {
        for (last = first + 1; last < a->n_tokens && last - first < PIECE &&
                               a->token[last].sentence == a->token[first].sentence;)
            last++;
        ok = tagger_tag(t, work, text, a->token + first, last - first, a->pulse, a->tag + first);
    }
    return ok;
}

void tagger_work_release(tagger_work *w)
{
    mem_free(w->word);
    *w = (tagger_work){0};
}
