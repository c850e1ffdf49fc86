/* grow.h: growing arrays of a plugin's own, by malloc: to be given back by free. */
#ifndef PLUGINS_COMMON_GROW_H
#define PLUGINS_COMMON_GROW_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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

/* One of several arrays that have one length and grow together: the address of its pointer
 * (malloc's, or NULL) and the size of an item. */
typedef struct grown_array {
    void *address;
    size_t each;
} grown_array;

/* Room for `need` items in each of the n arrays, of which all have room for *cap; half as many more
 * are made when they grow. false: out of memory; *cap is as before, and all arrays hold that
 * much. */
static inline bool grow_together(const grown_array *array, size_t n, size_t *cap, size_t need)
{
    if (need <= *cap)
        return true;
    const size_t more = need <= SIZE_MAX / 2 ? need + need / 2 : need;
    for (size_t i = 0; i < n; i++) {
        void *p;
        memcpy(&p, array[i].address, sizeof p);
        p = more <= SIZE_MAX / array[i].each ? realloc(p, more * array[i].each) : NULL;
        if (p == NULL)
            return false;
        memcpy(array[i].address, &p, sizeof p);
    }
    *cap = more;
    return true;
}
#endif
