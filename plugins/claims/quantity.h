/* quantity.h: amounts of money, percentages, shares, multiples, measures and counts. Knows no
 * plugin type. */
#ifndef PLUGINS_CLAIMS_QUANTITY_H
#define PLUGINS_CLAIMS_QUANTITY_H
#include "claims/measures.h"
#include "claims/syntax.h"

typedef struct quantity {
    range span; /* with the words of qualifier, range and rate: "over $1.7 billion a year" */
    /* in the unit; low and high: what qualifier and rounding leave open, or the ends of a range */
    double value, low, high;
    /* ISO 4217 code, "percent", "times", "count", or a unit of measure: held by the lexicon */
    const char *unit;
    qualifier qualifier;
    range head; /* the noun phrase it counts or pays for; may be empty */
    /* "day" of "a day", "daily": held by the lexicon; NULL: the words tell, if there are any */
    const char *per;
    range per_words; /* "100,000 births" of "12 per 100,000 births"; empty: no rate, or by name */
} quantity;

/* Quantities of a document that syntax_document() has seen, in text order, each to `take`: a text
 * may be made of nothing else. false: take said so, or the pulse says to stop. */
typedef bool quantity_taker(void *arg, const quantity *q);
bool quantities_find(const syntax *s, quantity_taker *take, void *arg);
#endif
