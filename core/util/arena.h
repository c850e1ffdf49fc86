/* arena.h: memory that is freed all at once. Not thread-safe: one owner. */
#ifndef CORE_UTIL_ARENA_H
#define CORE_UTIL_ARENA_H
#include <stdbool.h>
#include <stddef.h>

typedef struct arena arena;

arena *arena_new(size_t limit);                 /* limit: bytes in all, 0 none; NULL: out of memory       */
void arena_set_limit(arena *a, size_t limit);   /* from now on; may be below what is used */
void *arena_alloc(arena *a, size_t size);       /* zeroed, aligned for any type; NULL: no memory, or limit */
char *arena_strndup(arena *a, const char *s, size_t n); /* terminated copy                                */
void arena_reset(arena *a);                     /* keep the memory for the next owner, within reason      */
void arena_free(arena *a);                      /* NULL is fine                                           */
size_t arena_used(const arena *a);
/* In sanitizer builds (WN_ARENA_DEBUG) every piece is a malloc of its own, so that the tools see it. */
#endif
