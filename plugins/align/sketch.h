/* sketch.h: which of many things that share a term may be alike. Where a term is held by too many
 * things to compare all of them, each is given the minimum of a hash over its terms (MinHash,
 * Broder 1997; the hash depends on the term they share, so that every shared term is another trial)
 * and compared with the next few in that order: things alike stand side by side. */
#ifndef PLUGINS_ALIGN_SKETCH_H
#define PLUGINS_ALIGN_SKETCH_H
#include <stddef.h>
#include <stdint.h>

enum { NEIGHBOURS = 4 }; /* how many of the next a thing is compared with */

typedef struct sketched {
    uint32_t sketch;
    int32_t day; /* alike things of one day stand together */
    uint32_t thing;
} sketched;

/* Start with UINT32_MAX and fold in every term. */
uint32_t sketch_fold(uint32_t sketch, uint32_t shared, uint32_t term);
void sketch_sort(sketched *s, size_t n); /* by sketch, day, thing */
#endif
