/* sorter.h: sorts more (key, ordinal, value) records than memory holds. Records are added to
 * partitions by one thread; what does not fit goes to disk as sorted runs, each a scratch file with
 * one section a partition. After sealing, partitions are read independently, each by one thread.
 *
 *     add, add, ... ──▶ buffers ──full──▶ run 0, run 1, ...      cursor = merge of a partition's
 *                          └────────── what is left ─────────▶   section of each run and its buffer
 *
 * Order: key bytes, ordinal, value bytes: total, so that it does not depend on how often was
 * spilled. */
#ifndef CORE_STORE_SORTER_H
#define CORE_STORE_SORTER_H
#include <winnow/plugin.h>

typedef struct sorter sorter;
typedef struct sorter_record {
    wn_str key;
    uint64_t ordinal;
    wn_str value;
} sorter_record;

/* memory: bytes of buffers in all. NULL: out of memory. */
sorter *sorter_new(const char *dir, const char *name, unsigned partitions, size_t memory);
wn_status sorter_add(sorter *s, unsigned partition, const sorter_record *r, wn_error *err);
wn_status sorter_seal(sorter *s, wn_error *err);
unsigned sorter_runs(const sorter *s); /* how often was spilled */
void sorter_free(sorter *s);           /* NULL is fine */

int sorter_compare(const sorter_record *a, const sorter_record *b);

typedef struct sorter_cursor sorter_cursor;
sorter_cursor *sorter_cursor_new(sorter *s, unsigned partition, wn_error *err);
/* The next record in order; its slices live as long as the sorter. false: no more. */
bool sorter_cursor_next(sorter_cursor *c, sorter_record *ret_record);
void sorter_cursor_free(sorter_cursor *c);
#endif
