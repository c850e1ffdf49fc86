/* train.h: what the parts of the trainer share. A developer's tool: it ends the program when
 * something is wrong. The corpus and its format: GUIDE.md. */
#ifndef PLUGINS_CLAIMS_TRAIN_TRAIN_H
#define PLUGINS_CLAIMS_TRAIN_TRAIN_H
#include "claims/model/decode.h"
#include "text/tagger.h"

/* ---- articles.c ---- */
void die(const char *what, const char *which);
void *must(void *p);
char *read_all(const char *path, size_t *ret_len); /* with a NUL behind it */

enum { MOST_PIECES = 40, STANCES = STANCE_HEDGED + 1 };
extern const char *const stances[STANCES];

/* An attribution as annotated, in tokens. */
typedef struct gold {
    uint8_t class, stance;
    range piece[LABELS][MOST_PIECES]; /* tokens */
    unsigned n[LABELS];
    uint32_t head;
} gold;

/* A text with what the stage makes of it before the model. */
typedef struct article {
    char *text;
    text_analysis found;
    wn_analysis view;
    syntax s;
    claim_list rules;
    token_view *token;
    gold *gold;
    size_t n_gold;
} article;

/* The data files of the stage. */
typedef struct knowledge {
    text_rules *rules;
    tagger tags;
    lexicon *words;
} knowledge;

article *read_article(const char *path, const knowledge *k); /* NNN.ann, beside NNN.txt */
/* The data files below the folder `plugins`. */
knowledge load_knowledge(const char *plugins);

/* ---- examples.c ---- */
/* Features are worked out once, and kept. */
typedef struct step_example {
    uint32_t *emit, *step;
    uint8_t n_emit, n_step, gold;
    uint32_t at;
} step_example;

typedef struct span_example {
    step_example *token;
    uint32_t n;
    uint32_t first, head;
} span_example;

typedef struct head_example {
    uint32_t *f;
    uint8_t n, gold;
} head_example;

typedef struct examples {
    head_example *head;
    size_t n_heads, cap_heads;
    span_example *span;
    size_t n_spans, cap_spans;
    size_t lost_heads, all_heads;
} examples;

/* All heads and windows of an article. */
void add_examples(examples *e, article *a);
/* Leave out features that stand in the examples too seldom to tell anything. */
void prune(examples *e);

/* ---- perceptron.c ---- */
/* Weights of hashed features, and their means (Collins 2002). */
typedef struct table {
    float *w, *sum, *all; /* now; over the steps of a run; over the runs */
    uint32_t *stamp;
    uint32_t mask, width;
} table;

typedef struct weights {
    table head, emit, step;
} weights;
/* The summed means of several runs over the examples. */
weights learn(const examples *e);

/* ---- write.c ---- */
/* The model's file in memory. threshold: in units of weights, of one run. */
uint8_t *model_bytes(const weights *w, float threshold, size_t *ret_len);

/* ---- score.c ---- */
/* Print how well rules and model find what is annotated. outermost_only: claims within another
 * one's content count for nothing, as PolNeAR marks only the outermost. */
void score(article **a, size_t n, bool outermost_only, const uint8_t *bytes, size_t len);
#endif
