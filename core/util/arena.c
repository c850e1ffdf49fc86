/* arena.c: blocks of growing size, cut from the front; with WN_ARENA_DEBUG a malloc per piece. */
#include "util/arena.h"
#include "util/alloc.h"
#include <stdint.h>
#include <string.h>

enum { FIRST_BLOCK = 16 << 10, LARGEST_BLOCK = 1 << 20 };
#ifdef WN_ARENA_DEBUG
enum { KEPT_BLOCK = 0 };
#else
enum { KEPT_BLOCK = LARGEST_BLOCK };
#endif

typedef struct block {
    struct block *next;
    size_t size, used;
    max_align_t bytes[];
} block;

struct arena {
    block *first; /* the one that pieces are cut from; full ones follow */
    size_t limit, used, next_size;
};

arena *arena_new(size_t limit)
{
    arena *a = mem_alloc(sizeof *a);
    if (a != NULL)
        *a = (arena){NULL, limit, 0, FIRST_BLOCK};
    return a;
}

void arena_set_limit(arena *a, size_t limit)
{
    a->limit = limit;
}

static block *block_add(arena *a, size_t need)
{
#ifdef WN_ARENA_DEBUG
    size_t size = need;
#else
    size_t size = need > a->next_size ? need : a->next_size;
#endif
    block *b = size > SIZE_MAX - sizeof *b ? NULL : mem_alloc(sizeof *b + size);
    if (b == NULL)
        return NULL;
    b->size = size;
    b->used = 0;
    b->next = a->first;
    a->first = b;
    if (a->next_size < LARGEST_BLOCK)
        a->next_size *= 2;
    return b;
}

static void *take(arena *a, size_t size)
{
    const size_t align = sizeof(max_align_t);
    if (size > SIZE_MAX - align)
        return NULL;
    size_t need = size == 0 ? align : (size + align - 1) / align * align;
    if (a->limit != 0 && (need > a->limit || a->used > a->limit - need))
        return NULL;
    block *b = a->first;
    if ((b == NULL || b->size - b->used < need) && (b = block_add(a, need)) == NULL)
        return NULL;
    void *p = (char *)b->bytes + b->used;
    b->used += need;
    a->used += need;
    return p;
}

void *arena_alloc(arena *a, size_t size)
{
    void *p = take(a, size);
    return p != NULL ? memset(p, 0, size) : NULL;
}

char *arena_strndup(arena *a, const char *s, size_t n)
{
    char *copy = n == SIZE_MAX ? NULL : take(a, n + 1);
    if (copy == NULL)
        return NULL;
    if (n > 0)
        memcpy(copy, s, n);
    copy[n] = '\0';
    return copy;
}

void arena_reset(arena *a)
{
    block *kept = NULL;
    for (block *b = a->first, *next; b != NULL; b = next) {
        next = b->next;
        if (b->size <= KEPT_BLOCK && (kept == NULL || b->size > kept->size)) {
            mem_free(kept);
            kept = b;
        } else {
            mem_free(b);
        }
    }
    if (kept != NULL) {
        kept->next = NULL;
        kept->used = 0;
    }
    a->first = kept;
    a->used = 0;
    a->next_size = FIRST_BLOCK;
}

void arena_free(arena *a)
{
    if (a == NULL)
        return;
    for (block *b = a->first, *next; b != NULL; b = next) {
        next = b->next;
        mem_free(b);
    }
    mem_free(a);
}

size_t arena_used(const arena *a)
{
    return a->used;
}
