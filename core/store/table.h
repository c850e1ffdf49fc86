/* table.h: a long list of byte strings in two scratch files: appended in order, then read by index.
 * Each begins at a multiple of 8 bytes. */
#ifndef CORE_STORE_TABLE_H
#define CORE_STORE_TABLE_H
#include "store/workfile.h"

typedef struct table {
    workfile bytes, ends;
    uint64_t n;
    wn_str all; /* once sealed */
    const uint64_t *end;
} table;

/* Both files are made in `dir`. One thread adds (WN_E_IO), then seals. table_close is due also when
 * one of these failed. */
wn_status table_open(table *t, const char *dir, const char *name, wn_error *err);
wn_status table_add(table *t, wn_str s, wn_error *err);
wn_status table_seal(table *t, wn_error *err);
/* Sealed; empty when i is out of range; threads may share it. Borrowed until table_close. */
wn_str table_get(const table *t, uint64_t i);
void table_close(table *t);

/* The same with a string for each of n indexes, set in any order; the last one set counts, and all
 * that were set take space. One not set is empty. */
typedef struct slot {
    uint64_t offset, length;
} slot;
typedef struct slots {
    workfile bytes, places;
    uint64_t n;
    slot *place;
    wn_str all;
} slots;

/* As those of tables. slots_set: WN_E_STAGE when i is not below n. The disk space of n places is
 * set aside at once (WN_E_IO). */
wn_status slots_open(slots *s, const char *dir, const char *name, uint64_t n, wn_error *err);
wn_status slots_set(slots *s, uint64_t i, wn_str value, wn_error *err);
wn_status slots_seal(slots *s, wn_error *err);
wn_str slots_get(const slots *s, uint64_t i);
void slots_close(slots *s);
#endif
