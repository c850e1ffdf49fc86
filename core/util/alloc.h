/* alloc.h: the allocator of the core's small libraries and documents, with a hook by which tests
 * make one allocation fail. Thread-safe; the hook is per thread. */
#ifndef CORE_UTIL_ALLOC_H
#define CORE_UTIL_ALLOC_H
#include <stdbool.h>
#include <stddef.h>

/* As malloc, realloc and free, whose memory they mix with; size 0 gives a pointer to free, too.
 * NULL: out of memory, and what was at p stays. Fit json_set_alloc_funcs. */
void *mem_alloc(size_t size); /* not zeroed */
void *mem_realloc(void *p, size_t size);
void mem_free(void *p); /* NULL is fine */

/* MEM_GROW(p, cap, need): grow the array `p` (a pointer variable), which has room for `cap` items
 * (a size_t variable), to hold at least `need`; room doubles, from 8 items. false: out of memory,
 * or a size beyond SIZE_MAX; the array is as before. The caller's, for mem_free. */
#define MEM_GROW(p, cap, need) mem_grow_array(&(p), sizeof *(p), &(cap), need)
/* What MEM_GROW calls: the pointer variable's address, and bytes of an item. */
bool mem_grow_array(void *address_of_p, size_t each, size_t *cap, size_t need);

/* How many allocations of this thread have failed so far. Jansson's go through mem_alloc too, and
 * who builds JSON need not look at every step: one look at the end tells whether all of it is
 * there. */
unsigned long mem_failures(void);

/* For tests: the n-th allocation of this thread from now on fails, once; 0: none does. Returns
 * whether an earlier order was carried out. */
bool mem_fail_at(unsigned long n);

void *mem_zeroed(size_t size); /* as mem_alloc, zeroed */
#endif
