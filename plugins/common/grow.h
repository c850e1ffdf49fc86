/* grow.h: growing arrays. */
#ifndef PLUGINS_COMMON_GROW_H
#define PLUGINS_COMMON_GROW_H
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* The n items with room for one more, to be kept in place of `items`; NULL: out of memory, and the items stay as they are. */
static inline void *grown(void *items, size_t *cap, size_t n, size_t size)
{
    if (n < *cap)
        return items;
    size_t more = *cap < 32 ? 64 : *cap * 2;
    void *p = more <= SIZE_MAX / size ? realloc(items, more * size) : NULL;
    if (p != NULL)
        *cap = more;
    return p;
}
#endif
