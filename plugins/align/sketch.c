/* sketch.c: see sketch.h. */
#include "align/sketch.h"

#include <stdlib.h>

uint32_t sketch_fold(uint32_t sketch, uint32_t shared, uint32_t term)
{
    uint32_t h = term ^ (shared * UINT32_C(0x9E3779B1));
    h ^= h >> 16;
    h *= UINT32_C(0x7FEB352D);
    h ^= h >> 15;
    h *= UINT32_C(0x846CA68B);
    h ^= h >> 16;
    return h < sketch ? h : sketch;
}

static int in_order(const void *x, const void *y)
{
    const sketched *a = x, *b = y;
    if (a->sketch != b->sketch)
        return a->sketch < b->sketch ? -1 : 1;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return (a->thing > b->thing) - (a->thing < b->thing);
}

void sketch_sort(sketched *s, size_t n)
{
    if (n > 1)
        qsort(s, n, sizeof *s, in_order);
}
