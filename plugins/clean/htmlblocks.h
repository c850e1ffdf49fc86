/* htmlblocks.h: the tree's text as blocks (what a reader sees as a paragraph, a heading, a cell),
 * each with the numbers by which content is told from boilerplate. */
#ifndef PLUGINS_CLEAN_HTMLBLOCKS_H
#define PLUGINS_CLEAN_HTMLBLOCKS_H
#include "clean/htmltree.h"

typedef struct html_block {
    uint32_t piece, piece_end; /* may hold pieces that are not text, see html_visible */
    uint32_t node;             /* the block element it stands in */
    uint32_t chars, words, link_chars;
    uint32_t stops, commas, digits, capital_words;
    uint32_t good_before;  /* characters of good blocks before this one */
    uint32_t bytes_before; /* characters of all blocks before */
    char first, last;      /* first and last byte that are no white space */
    bool good;             /* a run of prose: some length, few links */
    bool keep;
    /* blocks to the last good one before and the next one after, GOOD_FAR: that or more */
    uint8_t good_back, good_on;
} html_block;

enum { GOOD_FAR = 30 };

/* Sums over a node and its descendants. */
typedef struct node_sum {
    uint32_t chars, link_chars, good, blocks;
} node_sum;

typedef struct html_blocks {
    html_block *block;
    size_t n_blocks, cap_blocks;
    node_sum *sum; /* one a node */
    size_t cap_sums;
    uint32_t *look_count; /* by look % LOOK_SLOTS: how many nodes share it */
    node_sum page;
    uint32_t first_h1; /* index of its block, or n_blocks */
    uint32_t articles; /* <article> elements */
} html_blocks;

enum { LOOK_SLOTS = 4096, HTML_A_BLOCK = 8 /* steps of a pulse for a walk from a block upwards */ };

/* Is the piece text for readers? */
bool html_visible(const html_tree *t, const html_piece *p);

/* The nearest block element of a node, itself included. */
uint32_t html_block_node(const html_tree *t, uint32_t node);

/* The blocks of the tree and their numbers, in place of those of the page before; none is kept yet.
 * src: the page's bytes. false: out of memory, or the tree's pulse says to stop. */
bool blocks_find(html_blocks *b, const html_tree *t, const char *src);
void blocks_release(html_blocks *b); /* zeros again */
#endif
