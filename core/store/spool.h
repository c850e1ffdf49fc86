/* spool.h: documents between two steps: one scratch file of frozen documents, in blocks that are
 * the units of work of the next step. */
#ifndef CORE_STORE_SPOOL_H
#define CORE_STORE_SPOOL_H
#include "store/workfile.h"

typedef struct spool_block {
    uint64_t offset, length, first; /* first: ordinal of its first document */
} spool_block;

typedef struct spool {
    workfile file;
    wn_str all; /* once sealed */
    spool_block *block;
    size_t n_blocks, cap_blocks;
    uint64_t n;
} spool;

/* The file is made in `dir`. One thread adds (WN_E_IO, WN_E_NOMEM); sealing maps it, and then any
 * threads read. spool_close is due also when one of these failed. */
wn_status spool_open(spool *s, const char *dir, const char *name, wn_error *err);
wn_status spool_add(spool *s, wn_str frozen, wn_error *err);
wn_status spool_seal(spool *s, wn_error *err);
/* The bytes of a block, for spool_next; borrowed until spool_close. block < n_blocks. */
wn_str spool_get(const spool *s, uint64_t block);
/* Its documents are done: their pages need not stay in memory. */
void spool_forget(const spool *s, uint64_t block);
/* Take the next document off a block's bytes. false: none is left. */
bool spool_next(wn_str *block, wn_str *ret_frozen);
void spool_close(spool *s); /* the file and all slices end; an open one, or a closed one */
#endif
