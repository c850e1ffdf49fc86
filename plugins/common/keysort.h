/* keysort.h: sort many items by a 32-bit key in linear time, so that a document of any size is
 * bounded by its ticks. */
#ifndef PLUGINS_COMMON_KEYSORT_H
#define PLUGINS_COMMON_KEYSORT_H
#include <winnow/pulse.h>

/* n items of `size` bytes, each of which starts with its key, a uint32_t; ascending, equal keys
 * stay as they were. false: out of memory, or the pulse (may be NULL) says to stop; then the order
 * is undefined. */
bool key_sort(void *items, size_t n, size_t size, wn_pulse *owner);
#endif
