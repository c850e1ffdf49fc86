/* heap.h: what this process has allocated, for tests that nothing is lost also where no sanitizer
 * looks. */
#ifndef TESTS_UNIT_HEAP_H
#define TESTS_UNIT_HEAP_H
#include <stddef.h>
#include <stdlib.h> /* defines __GLIBC__ */
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Bytes in use; 0 where the C library does not tell. Small pieces that were freed may count until
 * they are used again: run what is measured once before, and measure many times of it. */
static inline size_t heap_in_use(void)
{
#if defined __GLIBC__ && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
    struct mallinfo2 m = mallinfo2();
    return m.uordblks + m.hblkhd;
#else
    return 0;
#endif
}
#endif
