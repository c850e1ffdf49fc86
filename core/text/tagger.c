/* tagger.c: features, and greedy decoding with a table of small integers. */
#include "text/tagger.h"
#include "util/alloc.h"
#include <string.h>

enum {
    HEAD = 16,                 /* bytes of a model before its table */
    SET_OF_NONE = 0x2b3c4d5e,  /* tagger_word.set of a word that tells nothing */
    WORD_OF_NONE = 0x3c4d5e6f, /* tagger_word.word of one that the model does not know */
};

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

/* The one tag of a word that is sure of it, else -1. */
static int sure_tag(uint32_t known)
{
    uint32_t set = known & TAGGER_SETS;
    if ((known & TAGGER_SURE) == 0 || set == 0 || (set & (set - 1)) != 0)
        return -1;
    int tag = 0;
    while (set >> tag != 1)
        tag++;
    return tag;
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
    ret->suffix4 = hash_bytes(word + (n > 4 ? n - 4 : 0), n > 4 ? 4 : n, 5);
    ret->suffix3 = hash_bytes(word + (n > 3 ? n - 3 : 0), n > 3 ? 3 : n, 2);
    ret->suffix2 = hash_bytes(word + (n > 2 ? n - 2 : 0), n > 2 ? 2 : n, 3);
    ret->prefix = hash_bytes(word, n > 3 ? 3 : n, 4);
    ret->shape = shape_of(text, t, first);
    ret->certain = (int8_t)certain_tag(text, t);
    ret->known = 0;
    ret->set = SET_OF_NONE;
}

static uint32_t read_be32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

void tagger_look_up(const tagger *t, tagger_word *w)
{
    for (uint32_t at = w->word & t->slot_mask;; at = (at + 1) & t->slot_mask) {
        const uint8_t *slot = t->slot + (size_t)at * 8;
        uint32_t known = read_be32(slot + 4);
        if (known == 0) { /* a word of its own tells nothing: all such words are one */
            w->word = WORD_OF_NONE;
            return;
        }
        if (read_be32(slot) != w->word)
            continue;
        w->known = known;
        if ((known & TAGGER_RARE) == 0)
            w->set = mix((known & TAGGER_SETS) + 0x1f83d9abU);
        return;
    }
}

uint32_t tagger_allowed(uint32_t known)
{
    enum {
        OPEN = 1 << WN_TAG_CD | 1 << WN_TAG_NN | 1 << WN_TAG_NNP | 1 << WN_TAG_JJ | 1 << WN_TAG_RB |
               1 << WN_TAG_VB | 1 << WN_TAG_VBP | 1 << WN_TAG_VBZ | 1 << WN_TAG_VBD |
               1 << WN_TAG_VBN | 1 << WN_TAG_VBG | 1 << WN_TAG_UH | 1 << WN_TAG_SYMBOL |
               1 << WN_TAG_PUNCT
    };
    return (known & TAGGER_SETS) | OPEN;
}

void tagger_features(const tagger_word *w, size_t i, size_t n, unsigned tag1, unsigned tag2,
                     uint32_t ret[TAGGER_FEATURES])
{
    static const tagger_word none = {.word = 0x1234567,
                                     .suffix4 = 0x5678912,
                                     .suffix3 = 0x2345678,
                                     .suffix2 = 0x3456789,
                                     .prefix = 0x4567891,
                                     .set = 0x6789123,
                                     .certain = -1};
    const tagger_word *p = i > 0 ? &w[i - 1] : &none, *pp = i > 1 ? &w[i - 2] : &none;
    const tagger_word *q = i + 1 < n ? &w[i + 1] : &none, *qq = i + 2 < n ? &w[i + 2] : &none;
    const tagger_word *x = &w[i];
    uint32_t t1 = tag1 + 1, t2 = tag2 + 1, case3 = x->shape & 7;
    ret[0] = x->word;
    ret[1] = x->suffix3 + 0x11111111U * (1 + case3);
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
    ret[16] = mix(x->set + 0x9b05688cU + case3);
    ret[17] = mix(x->set + t1 * 0x5be0cd19U);
    ret[18] = mix(q->set + 0x137e2179U);
    ret[19] = mix(q->set * 3 + x->set + t1 * 0x428a2f98U);
    ret[20] = mix(q->set * 5 + x->word);
    ret[21] = mix(qq->set * 7 + q->set * 3 + 0x71374491U);
    ret[22] = mix(p->word * 9 + x->word);
    ret[23] = mix(p->word * 11 + x->set + 0x3956c25bU);
    ret[24] = mix(x->suffix4 * 13 + case3 + 0x59f111f1U);
    ret[25] = mix(x->set + (t1 * 64 + t2) * 0x923f82a4U);
    ret[26] = mix(x->shape + t1 * 0xab1c5ed5U + (q->shape & 3) * 0xd807aa98U);
    ret[27] = mix(x->prefix * 17 + x->suffix3);
    ret[28] = mix(x->word * 19 + case3);
    ret[29] = mix((((p->shape & 7) * 8 + (q->shape & 7)) * 8 + case3) * 0x12835b01U + t1);
    ret[30] = mix(x->suffix3 * 23 + q->set + case3);
    ret[31] = mix(p->word * 29 + q->word);
}

bool tagger_load(tagger *t, const void *bytes, size_t len)
{
    static const uint8_t magic[8] = "wntag 2";
    const uint8_t *p = bytes;
    if (len < HEAD || memcmp(p, magic, 8) != 0 || p[8] > TAGGER_MAX_BITS || p[9] != WN_TAGS ||
        p[10] > TAGGER_MAX_BITS)
        return false;
    size_t rows = (size_t)1 << p[8], table = rows * TAGGER_STRIDE, slots = (size_t)1 << p[10];
    if (len != HEAD + table + slots * 8)
        return false;
    *t = (tagger){(const int8_t *)(p + HEAD), (uint32_t)rows - 1, p + HEAD + table,
                  (uint32_t)slots - 1};
    size_t empty = 0;
    for (size_t i = 0; i < slots; i++) {
        uint32_t known = read_be32(t->slot + i * 8 + 4);
        empty += known == 0;
        if ((known & TAGGER_SURE) != 0 && sure_tag(known) < 0)
            return false;
    }
    return empty > 0; /* or a search would not end */
}

static unsigned best_tag(const tagger *t, const uint32_t features[TAGGER_FEATURES],
                         uint32_t allowed)
{
    int16_t score[TAGGER_STRIDE] = {0};
    for (size_t f = 0; f < TAGGER_FEATURES; f++) {
        const int8_t *row = t->weight + (size_t)(features[f] & t->mask) * TAGGER_STRIDE;
        for (size_t k = 0; k < TAGGER_STRIDE; k++)
            score[k] = (int16_t)(score[k] + row[k]);
    }
    unsigned best = WN_TAG_NN;
    for (unsigned k = 0; k < WN_TAGS; k++)
        if (score[k] > score[best] && (allowed >> k & 1) != 0)
            best = k;
    return best;
}

bool tagger_tag_described(const tagger *t, const tagger_word *w, size_t n, wn_pulse *owner,
                          uint8_t *ret_tags)
{
    unsigned tag1 = WN_TAGS, tag2 = WN_TAGS;
    for (size_t i = 0; i < n && wn_beat(owner); i++) {
        int tag = w[i].certain >= 0 ? w[i].certain : sure_tag(w[i].known);
        if (tag < 0) {
            uint32_t features[TAGGER_FEATURES];
            tagger_features(w, i, n, tag1, tag2, features);
            tag = (int)best_tag(t, features, tagger_allowed(w[i].known));
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
    for (size_t i = 0; i < n && wn_beat(owner); i++) {
        tagger_describe(text, &tokens[i], i == 0, &work->word[i]);
        tagger_look_up(t, &work->word[i]);
    }
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
