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

/* Scratch files go to `dir`, which is borrowed; `name` is for messages. memory: bytes of buffers in
 * all. NULL: out of memory. */
sorter *sorter_new(const char *dir, const char *name, unsigned partitions, size_t memory);
/* The record is copied. WN_E_LIMIT: key or value of 4 GiB or more; WN_E_NOMEM; WN_E_IO: the spill
 * cannot be written. */
wn_status sorter_add(sorter *s, unsigned partition, const sorter_record *r, wn_error *err);
wn_status sorter_seal(sorter *s, wn_error *err); /* after the last; WN_E_IO, WN_E_NOMEM */
unsigned sorter_runs(const sorter *s);           /* how often was spilled */
void sorter_free(sorter *s);                     /* NULL is fine */

/* The order above: below 0, 0 or above, as memcmp. */
int sorter_compare(const sorter_record *a, const sorter_record *b);

typedef struct sorter_cursor sorter_cursor;
/* A merge of a partition of the sealed sorter; sorts its buffer, so that one cursor at a time reads
 * a partition. NULL: out of memory, err says so. */
sorter_cursor *sorter_cursor_new(sorter *s, unsigned partition, wn_error *err);
/* The next record in order; its slices live as long as the sorter. false: no more. */
bool sorter_cursor_next(sorter_cursor *c, sorter_record *ret_record);
/* The pages of its partition leave memory; they can be read again. NULL is fine. */
void sorter_cursor_free(sorter_cursor *c);
#endif
