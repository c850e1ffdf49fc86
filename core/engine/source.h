/* source.h: documents of a unit of input, or of a block of the spool. */
#ifndef CORE_ENGINE_SOURCE_H
#define CORE_ENGINE_SOURCE_H
#include "state/state.h"
#include "store/spool.h"

typedef struct reader {
    input *input;    /* NULL: of a block of the spool, or it could not be opened: */
    wn_error broken; /* the one record then is this reject */
    run *run;        /* NULL: of a block of the spool */
    const spool *spool;
    wn_str block; /* not yet read part of a spool block */
    /* unit or block; of the next record: index in the unit, or ordinal in the spool */
    uint64_t unit, index;
    /* how many records in a row lay at the same place */
    uint64_t last_used, last_member, last_offset, still;
} reader;
/* An input that cannot be opened makes a reader that gives a reject and ends. NULL: the run ends,
 * as err says (memory, descriptors, an interruption, the configuration). Worker and spool outlive
 * the reader, which belongs to one thread. */
reader *reader_open_unit(worker *w, uint64_t unit, wn_error *err);
reader *reader_open_block(const spool *s, uint64_t block, wn_error *err);
/* WN_OK: a document; WN_END; WN_DROP, WN_E_DATA, WN_E_LIMIT, WN_E_IO: a reject of the source;
 * other: ends the run. */
wn_status reader_next(reader *r, worker *w, document *d, wn_error *err);
void reader_close(reader *r); /* NULL is fine */
#endif
