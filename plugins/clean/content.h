/* content.h: which blocks of a page are its main content. Each block is judged by boosted decision
 * trees (Friedman 2001) over whole numbers (its text, its place in the tree, hints, neighbours);
 * data/content.model says how they were learnt. Whole numbers only, so that every machine decides
 * alike. */
#ifndef PLUGINS_CLEAN_CONTENT_H
#define PLUGINS_CLEAN_CONTENT_H
#include "clean/htmlblocks.h"

typedef struct model_node {
    int32_t feature; /* -1: a leaf, and `value` is its share of the score */
    int32_t value;   /* go left when feature <= value */
    int32_t left, right;
} model_node;

typedef struct content_model {
    model_node *node;
    size_t n_nodes, cap_nodes;
    int32_t *root;
    size_t n_roots, cap_roots;
    int32_t threshold; /* keep when the score is above it */
} content_model;

/* Read the model (checked: features known, children after their parents). false: *ret_line is the
 * bad line, 0 when out of memory. */
bool model_load(content_model *m, const char *data, size_t len, int *ret_line);
void model_release(content_model *m); /* zeros again */

/* Set block.keep. A heading that repeats the title goes. false: nothing was found and the baseline
 * was taken (all prose, else all text). */
bool content_select(const content_model *m, const html_tree *t, html_blocks *b, const char *src,
                    const char *title);

/* The numbers, for the model and for learning it: content_features writes content_n_features of
 * them. */
extern const size_t content_n_features;
/* Name of number i, as it stands in the model: static, NULL past the last; and the numbers of a
 * block, in this order. */
const char *content_feature_name(size_t i);
void content_features(const html_tree *t, const html_blocks *b, size_t block, int32_t *ret_values);
#endif
