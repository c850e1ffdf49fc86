/* amounts.h: what the files that read quantities share: a number with its sign or unit, ranges,
 * shares, multiples, rates, and what a number leaves open. Knows no plugin type. */
#ifndef PLUGINS_CLAIMS_AMOUNTS_H
#define PLUGINS_CLAIMS_AMOUNTS_H
#include "claims/numbers.h"
#include "claims/quantity.h"

/* A number with its unit. */
typedef struct amount {
    uint32_t first; /* token: its sign, whose dollars, or the number */
    uint32_t start; /* token of the number */
    number x;
    const measure_word *unit; /* NULL: none told */
    bool sign;                /* the unit stands before the number */
    piece after;
} amount;

/* The amount that starts at p; as number_at(). */
number_found amount_at(const reading *r, const piece *p, bool with_and, amount *ret);

/* The unit at a->after, if there is one. */
void amount_take_unit(const reading *r, amount *a);

/* What the amount's unit is called; NULL: it has none. */
const char *amount_unit(const amount *a);

/* "in 1999", "2019": figures that read as a year. */
bool amount_is_year(const reading *r, const amount *a);

typedef enum range_found {
    NO_RANGE,
    RANGE,    /* from a to b */
    CHANGE,   /* "rose from 10 to 15 percent": a has b's unit and magnitude now */
    NO_AMOUNT /* "a 5-4 ruling", "555-1234": neither is one, up to b->after */
} range_found;

/* Do a and what follows it make a range? ret_first: its first token, with "between". */
range_found range_at(const reading *r, amount *a, amount *ret_b, uint32_t *ret_first);

/* A part of a whole, or a multiple of something. */
typedef struct share {
    uint32_t first;
    number x;   /* 2/3, or 2 of "twice as many"; without what stands behind it */
    bool times; /* a multiple */
    range head; /* "one [nurse] in five"; else empty */
    piece after;
} share;

/* The share of a whole that starts at p: "three out of four", "two thirds", "half of". */
bool share_at(const reading *r, const piece *p, share *ret);

/* "half a million", "a quarter of a mile": the number that it is, with its unit. */
bool share_as_amount(const reading *r, const piece *p, amount *ret);

/* The multiple that starts at p: "twice as many", "half as high", "three times the size",
 * "tripled"; or the frequency, "three times a week". */
bool multiple_at(const reading *r, const piece *p, share *ret);

/* What there is so much of: "day". */
typedef struct rate {
    const char *name; /* held by the lexicon; NULL: the words */
    range words;
} rate;

/* The rate at p: "a day", "per minute", "daily", "per 100,000 births". false: there is none. */
bool rate_at(const reading *r, const piece *p, rate *ret, piece *ret_after);

/* q->low and q->high from its value, unit and qualifier. x: the number as it is written; NULL: q is
 * a share. */
void quantity_bounds(quantity *q, const number *x);

/* The token after p's last: p is the piece behind what is read. */
static inline uint32_t piece_limit(const piece *p)
{
    return p->joint == APART ? p->token : p->token + 1;
}
#endif
