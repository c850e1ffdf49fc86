/* alloc.h: the allocator of the core's small libraries and documents, with a hook by which tests
 * make one allocation fail. Thread-safe; the hook is per thread. */
#ifndef CORE_UTIL_ALLOC_H
#define CORE_UTIL_ALLOC_H
#include <stdbool.h>
#include <stddef.h>

void *mem_alloc(size_t size); /* not zeroed; NULL: out of memory. Fits json_set_alloc_funcs */
void *mem_realloc(void *p, size_t size);
void mem_free(void *p);

/* MEM_GROW(p, cap, need): grow the array `p` (a pointer variable), which has room for `cap` items
 * (a size_t variable), to hold at least `need`. false: out of memory, or a size beyond SIZE_MAX;
 * the array is as before. */
#define MEM_GROW(p, cap, need) mem_grow_array(&(p), sizeof *(p), &(cap), need)
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
