/* features.h: what the models of attribution look at: hashes of what stands at a token, around it
 * and between it and the head of a cue. Used alike when the models are learnt and when they are
 * applied. Pure; positions are token indexes, half-open. */
#ifndef PLUGINS_CLAIMS_MODEL_FEATURES_H
#define PLUGINS_CLAIMS_MODEL_FEATURES_H
#include "claims/model/attribution.h"

enum {
    MOST_HEAD_FEATURES = 64,
    MOST_EMIT_FEATURES = 80,
    MOST_STEP_FEATURES = 32,
    WINDOW_LEFT = 140, /* tokens, of a head */
    WINDOW_RIGHT = 180,
    WINDOW_MAX = WINDOW_LEFT + WINDOW_RIGHT + 1
};

/* The hashes a token has by itself, for all tokens of the document. false: the pulse says to
 * stop. */
bool describe_tokens(const syntax *s, token_view *ret);

/* A sentence in which heads are looked for: the one last given to syntax_sentence(). */
typedef struct scene {
    const syntax *s;
    const token_view *token;
    const claim *rule; /* the rules' claims whose cues lie in the sentence */
    size_t n_rules;
    uint32_t first, last;
} scene;

/* May token i be the head of a cue at all? */
bool head_candidate(const scene *c, uint32_t i);
/* Returns how many. */
unsigned head_features(const scene *c, uint32_t i, uint32_t ret[MOST_HEAD_FEATURES]);

/* place.rule: what the rules' claim makes of a token. Of source and content, whether it is the
 * first, one within, or the last. */
enum {
    RULE_NONE, /* there is no claim with this head */
    RULE_SOURCE_FIRST,
    RULE_SOURCE,
    RULE_SOURCE_LAST,
    RULE_CUE,
    RULE_CONTENT_FIRST,
    RULE_CONTENT,
    RULE_CONTENT_LAST,
    RULE_OUTSIDE
};

/* What lies between a token and the head, and what the rules make of it. */
typedef struct place {
    uint32_t path;                   /* a hash of the kinds of words passed */
    uint8_t distance, commas, verbs; /* in steps that grow */
    uint8_t quotes, rule, subject, after, clause;
    /* what is left of the sentence from here: tokens and commas, a finite verb, whose it is */
    uint8_t left, commas_left, verb_left, whose;
} place;

/* The tokens around a head that may be its source, cue and content. */
typedef struct window {
    uint32_t first, last, head;
    const claim *rule; /* the rules' claim with this head, or NULL */
    uint32_t rule_hash;
    uint8_t head_class;
    place at[WINDOW_MAX]; /* of token first + k */
} window;

/* Fill *w with the tokens around `head`, a token of the sentence, and what is known of each. */
void window_open(window *w, const scene *c, uint32_t head, enum head_class class);
/* Those that a token has whatever the head is; side: 0 up to the head, 1 after it. */
unsigned emit_features_alone(const scene *c, uint32_t i, unsigned side,
                             uint32_t ret[MOST_EMIT_FEATURES]);
unsigned step_features_alone(const scene *c, uint32_t i, unsigned side,
                             uint32_t ret[MOST_STEP_FEATURES]);
/* Those that it has by its place. */
unsigned emit_features(const scene *c, const window *w, uint32_t i,
                       uint32_t ret[MOST_EMIT_FEATURES]);
/* Of the step from the token before i, or from nothing, to token i. */
unsigned step_features(const scene *c, const window *w, uint32_t i,
                       uint32_t ret[MOST_STEP_FEATURES]);

/* The feature of the rules' opinion of a token, place.rule, alone. */
uint32_t role_feature(uint8_t role);

/* May the tokens before i and at i have these labels: the cue is one piece around the head. */
bool step_allowed(const window *w, uint32_t i, unsigned before, unsigned label);
#endif
