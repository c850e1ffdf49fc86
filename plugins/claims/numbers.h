/* numbers.h: the pieces that amounts are written in, and a number out of them. Knows no plugin
 * type. Places in the text are pieces: a token, or a part of one ("20-mile" is "20" and "mile",
 * "5m" is "5" and "m"). */
#ifndef PLUGINS_CLAIMS_NUMBERS_H
#define PLUGINS_CLAIMS_NUMBERS_H
#include "claims/syntax.h"

/* A sentence that is read: its tokens are [first, last). */
typedef struct reading {
    const syntax *s;
    const measures *m;
    uint32_t first, last;
    uint32_t taken; /* up to here the quantity before goes */
} reading;

typedef enum piece_joint {
    APART,    /* it opens a token */
    HYPHENED, /* "mile" in "20-mile" */
    JOINED    /* "m" in "5m" */
} piece_joint;

typedef struct piece {
    uint32_t token; /* reading.last, and no bytes: behind the end */
    uint32_t start, end;
    piece_joint joint;
    const measure_word *word; /* never NULL; of what means nothing no list is set */
} piece;

/* The first piece of the token, which may be r->last; the piece after p, which is not behind the
 * end. */
piece piece_at(const reading *r, uint32_t token);
piece piece_after(const reading *r, const piece *p);

/* Is the piece's word in the list? */
static inline bool means(const piece *p, measure_list list)
{
    return (p->word->lists >> list & 1) != 0;
}

/* Does it start with a digit? */
bool piece_digits(const reading *r, const piece *p);

/* Is nothing between the two, q being the next? */
static inline bool pieces_touch(const piece *p, const piece *q)
{
    return p->end == q->start;
}

/* The longest phrase of the list, of at most three pieces, that starts at p; NULL: none. */
const measure_word *phrase_at(const reading *r, const piece *p, measure_list list,
                              piece *ret_after);

/* The longest phrase of the list that ends before the token, not before the sentence; NULL: none.
 * Whole tokens only. */
const measure_word *phrase_before(const reading *r, uint32_t token, measure_list list,
                                  uint32_t *ret_first);

typedef struct number {
    double value;
    double units, divisor; /* the value without magnitudes that follow it: both whole, of figures */
    double place; /* of the last digit written: 100000 of "1.7 million", 1000 of "40,000" */
    /* the magnitudes at its end: all of them, 100000 of "two hundred thousand", and the last one */
    double scale, last_scale;
    bool written; /* in words, all of it */
    piece after;
} number;

typedef enum number_found { NO_NUMBER, NOT_READ, NUMBER } number_found;

/* The number that starts at p. with_and: "one hundred and fifty" is one, and so is "two and a
 * half". NOT_READ: figures that are no number ("3,5", "21st", more than 15 digits), up to
 * ret->after. */
number_found number_at(const reading *r, const piece *p, bool with_and, number *ret);

/* A number that is told otherwise, before the magnitudes at x->after: they are taken too. */
void take_magnitudes(const reading *r, number *x);
#endif
