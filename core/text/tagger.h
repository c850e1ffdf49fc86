/* tagger.h: parts of speech by an averaged perceptron over hashed features (Collins 2002), greedy
 * from left to right. Knows no plugin type. The model is data; README.md says what it was learnt
 * from and how to make it again. */
#ifndef CORE_TEXT_TAGGER_H
#define CORE_TEXT_TAGGER_H
#include "text/text.h"

enum { TAGGER_STRIDE = 32, TAGGER_FEATURES = 32, TAGGER_MAX_BITS = 20 };

/* What the model knows of a word: the set of tags it was seen with, one bit each, and: */
enum {
    TAGGER_SURE = 1 << 30, /* often, and never with another tag: needs no weights */
    TAGGER_RARE = 1 << 29, /* too seldom for the set to tell the words around it anything */
    TAGGER_SETS = (1 << WN_TAGS) - 1
};

typedef struct tagger {
    const int8_t *weight; /* [rows][TAGGER_STRIDE] */
    uint32_t mask;        /* rows - 1 */
    /* an open hash table of 8-byte slots: hash of the word, what is known of it; big endian, a
     * slot of zeros is empty */
    const uint8_t *slot;
    uint32_t slot_mask; /* slots - 1 */
} tagger;

/* A model in memory, borrowed for as long as the tagger is used. false: not a model, or a damaged
 * one. */
bool tagger_load(tagger *t, const void *bytes, size_t len);

/* what the features are made of: hashes, and bits of shape */
typedef struct tagger_word {
    uint32_t word, suffix4, suffix3, suffix2, prefix, shape;
    uint32_t known; /* tagger_look_up's; 0: never seen */
    uint32_t set;   /* a hash of the tags it may have */
    int8_t certain; /* the tag when it needs no model, else -1 */
} tagger_word;

/* one owner, no threads; start with zeros */
typedef struct tagger_work {
    tagger_word *word;
    size_t cap;
} tagger_work;
void tagger_work_release(tagger_work *w); /* zeros again */

/* The tags of the whole analysis, into a->tag, sentence by sentence. false: out of memory, or its
 * pulse says to stop. */
bool text_tag(text_analysis *a, const tagger *t, tagger_work *work, const char *text);

/* Tags (wn_tag) of the n tokens of one sentence, whose offsets are bytes of `text`. false: out of
 * memory, or the pulse (may be NULL) says to stop. */
bool tagger_tag(const tagger *t, tagger_work *work, const char *text, const wn_token *tokens,
                size_t n, wn_pulse *owner, uint8_t *ret_tags);

/* For the trainer: hashes of the word (with its affixes), then what the model knows of it; features
 * of token i of the n of its sentence, given the tags of the one before it and the one before that
 * (WN_TAGS: none); the tags that a word of which `known` is known may have, as a set: no word gets
 * the tag of a closed class that it was never seen with; and tagging of n described words (false:
 * the pulse says to stop). Pure. */
void tagger_describe(const char *text, const wn_token *t, bool first, tagger_word *ret);
void tagger_look_up(const tagger *t, tagger_word *w);
uint32_t tagger_allowed(uint32_t known);
void tagger_features(const tagger_word *w, size_t i, size_t n, unsigned tag1, unsigned tag2,
                     uint32_t ret[TAGGER_FEATURES]);
bool tagger_tag_described(const tagger *t, const tagger_word *w, size_t n, wn_pulse *owner,
                          uint8_t *ret_tags);
#endif
