/* similarity.h: how alike two term vectors are. Weights are small integers (sixteenths of a bit of
 * inverse document frequency) and sums are exact, so that results do not depend on the machine.
 * A similarity is a cosine in 1/65536. */
#ifndef PLUGINS_ALIGN_SIMILARITY_H
#define PLUGINS_ALIGN_SIMILARITY_H
#include "align/note.h"

enum { SIMILARITY_ONE = 65536 };

typedef struct weighted {
    uint32_t term, weight;
} weighted;

/* ascending by term */
typedef struct term_vector {
    const weighted *w;
    size_t n;
    uint64_t norm2;
} term_vector;

typedef struct frequencies frequencies;

/* In how many documents each term is: each document is added once. */
frequencies *frequencies_new(void);                         /* NULL: out of memory */
void frequencies_free(frequencies *f);                      /* NULL is fine */
bool frequencies_add(frequencies *f, const note *document); /* false: out of memory */

/* Inverse document frequency (Spaerck Jones 1972): log2 of ((documents + 10) / (documents with the
 * term + 1)), in sixteenths, plus 8, at most 64. The 10 and the 8 keep the words of a corpus about
 * one event, small or large, from weighing nothing. The limit lets a similarity mean the same in a
 * corpus of a hundred documents and of a million, where words of one document alone would drown the
 * rest. */
uint32_t term_weight(const frequencies *f, uint32_t term);
/* The same for a document's term: counts and names add to it. */
uint32_t document_term_weight(const frequencies *f, const note_term *t);

/* 0 to SIMILARITY_ONE; of a vector without weight 0. */
uint32_t cosine(term_vector a, term_vector b);
uint64_t vector_norm2(const weighted *w, size_t n); /* sum of the squares, for term_vector */
#endif
