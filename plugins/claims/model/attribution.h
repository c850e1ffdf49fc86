/* attribution.h: the learned part of finding claims, two linear models over hashed features. The
 * first says of a token whether it is the head of a cue, and what that cue does; the second labels
 * the tokens around a head as source, cue and content (structured perceptron, Collins 2002, decoded
 * by Viterbi). What the rules found is among the features of both. README.md of claims has the
 * format of the model and how it is made. Knows no plugin type. */
#ifndef PLUGINS_CLAIMS_MODEL_ATTRIBUTION_H
#define PLUGINS_CLAIMS_MODEL_ATTRIBUTION_H
#include "claims/extract.h"

/* What the head of a cue says of its source. */
enum head_class { HEAD_NONE, HEAD_STATEMENT, HEAD_ATTITUDE, HEAD_DECISION, HEAD_SILENCE, HEADS };
enum span_label { LABEL_NONE, LABEL_SOURCE, LABEL_CUE, LABEL_CONTENT, LABELS };

enum {
    HEAD_STRIDE = 8, /* weights of a feature of heads; HEADS of them are used */
    STEP_STRIDE = LABELS * LABELS,
    MODEL_MAX_BITS = 24
};

typedef struct attribution_model {
    const int16_t *head; /* [rows][HEAD_STRIDE] */
    const int16_t *emit; /* [rows][LABELS] */
    const int16_t *step; /* [rows][LABELS before][LABELS] */
    /* weights are so small that those of all features of a token together fit 16 bits */
    uint32_t head_mask, emit_mask, step_mask; /* rows - 1 */
    int32_t threshold;                        /* a head must score more than that above none */
    int32_t confident;                        /* below that, and without a rule: doubtful */
} attribution_model;

/* A model in memory, borrowed for as long as it is used. false: none, of another version, or
 * damaged (it has a checksum). */
bool attribution_load(attribution_model *m, const void *bytes, size_t len);

/* What is known of a token before any head is looked at. */
typedef struct token_view {
    uint32_t word, stem, suffix; /* hashes; the word's without case */
    uint32_t lists;              /* a hash of those of the lexicon that it is in */
    uint8_t tag, shape, quote;
    uint8_t cue; /* what the lexicon knows of it as a cue */
} token_view;

/* Scores of a token by itself, on one side of a head. */
typedef struct alone {
    int16_t emit[LABELS], step[STEP_STRIDE];
    bool known;
} alone;

/* One document: start with zeros; one owner, no threads. */
typedef struct attribution_work {
    token_view *token;
    alone *alone; /* two a token */
    size_t cap_tokens;
} attribution_work;
void attribution_work_release(attribution_work *w); /* zeros again */

/* The claims of a document. `rules` are those of claims_extract() on s, which syntax_document() has
 * seen; ret gets the model's, in the order of their heads, parents set, speakers not. false: out of
 * memory, or the pulse says to stop. */
bool attribution_find(const attribution_model *m, attribution_work *w, syntax *s,
                      const extract_options *o, const claim_list *rules, claim_list *ret);
#endif
