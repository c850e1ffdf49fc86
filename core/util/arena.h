/* arena.h: memory that is freed all at once. Not thread-safe: one owner. */
#ifndef CORE_UTIL_ARENA_H
#define CORE_UTIL_ARENA_H
#include <stdbool.h>
#include <stddef.h>

typedef struct arena arena;

/* limit: bytes in all, 0 none; NULL: out of memory */
arena *arena_new(size_t limit);
void arena_set_limit(arena *a, size_t limit); /* from now on; may be below what is used */
/* Zeroed, aligned for any type; valid until reset or free. NULL: no memory, or limit. */
void *arena_alloc(arena *a, size_t size);
/* A copy of n bytes and a terminator; NULL as above. s may be NULL where n is 0. */
char *arena_strndup(arena *a, const char *s, size_t n);
/* All pieces end; the largest block of at most 1 MiB is kept for the next owner, and the limit. */
void arena_reset(arena *a);
void arena_free(arena *a); /* NULL is fine */
/* Bytes handed out since the last reset, each piece rounded up to the alignment. */
size_t arena_used(const arena *a);
/* In sanitizer builds (WN_ARENA_DEBUG) every piece is a malloc of its own, so that the tools see
 * it. */
#endif
