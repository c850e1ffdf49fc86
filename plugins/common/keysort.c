/* keysort.c: radix sort from the lowest byte of the key, between the items and a scratch of the
 * same size. */
#include "common/keysort.h"
#include <stdlib.h>
#include <string.h>

enum { BYTES = 4, BUCKETS = 256 };

static uint32_t key_of(const char *item)
{
    uint32_t key;
    memcpy(&key, item, sizeof key);
    return key;
}

static bool spread(const char *from, char *to, size_t n, size_t size, unsigned shift,
                   wn_pulse *owner)
{
    size_t at[BUCKETS] = {0}, sum = 0;
    for (size_t i = 0; i < n; i++)
        at[key_of(from + i * size) >> shift & (BUCKETS - 1)]++;
    for (size_t b = 0; b < BUCKETS; b++) {
        size_t count = at[b];
        at[b] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n && wn_beat(owner); i++)
        memcpy(to + at[key_of(from + i * size) >> shift & (BUCKETS - 1)]++ * size, from + i * size,
               size);
    return owner == NULL || owner->stopped == 0;
}

bool key_sort(void *items, size_t n, size_t size, wn_pulse *owner)
{
    char *a = items, *b = n > 1 && n <= SIZE_MAX / size ? malloc(n * size) : NULL;
    bool ok = b != NULL || n <= 1;
    for (unsigned byte = 0; b != NULL && ok && byte < BYTES; byte += 2)
        ok = spread(a, b, n, size, 8 * byte, owner) && spread(b, a, n, size, 8 * byte + 8, owner);
    free(b);
    return ok;
}
