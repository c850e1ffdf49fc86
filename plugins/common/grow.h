/* grow.h: growing arrays of a plugin's own, by malloc: to be given back by free. */
#ifndef PLUGINS_COMMON_GROW_H
#define PLUGINS_COMMON_GROW_H
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* The items with room for `need`, to be kept in place of `items`; NULL: out of memory, and the
 * items stay as they are. */
static inline void *grown_to(void *items, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap && items != NULL)
        return items;
    size_t more = *cap < 32 ? 64 : *cap <= SIZE_MAX / 2 ? *cap * 2 : SIZE_MAX;
    more = more < need ? need : more;
    void *p = more <= SIZE_MAX / size ? realloc(items, more * size) : NULL;
    if (p != NULL)
        *cap = more;
    return p;
}

/* The n items with room for one more; NULL as above. */
static inline void *grown(void *items, size_t *cap, size_t n, size_t size)
{
    return n < *cap ? items : grown_to(items, cap, n + 1, size);
}
#endif
