/* quantity.h: amounts of money, percentages and counts. Knows no plugin type. */
#ifndef PLUGINS_CLAIMS_QUANTITY_H
#define PLUGINS_CLAIMS_QUANTITY_H
#include "claims/syntax.h"

typedef struct quantity {
    range span; /* with the qualifier's words: "over $1.7 billion" */
    /* in the unit; low and high: what qualifier and rounding leave open */
    double value, low, high;
    const char *unit; /* ISO 4217 code, "percent", "count", or a unit of measure */
    qualifier qualifier;
    range head; /* the noun phrase it counts or pays for; may be empty */
} quantity;

/* Quantities of a document that syntax_document() has seen, in text order, each to `take`: a text
 * may be made of nothing else. false: take said so, or the pulse says to stop. */
typedef bool quantity_taker(void *arg, const quantity *q);
bool quantities_find(const syntax *s, quantity_taker *take, void *arg);
#endif
