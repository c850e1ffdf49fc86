/* batch.h: what a worker hands over: results of consecutive documents. */
#ifndef CORE_ENGINE_BATCH_H
#define CORE_ENGINE_BATCH_H
#include "state/state.h"
#include "store/queue.h"

/* All slices are offsets into `bytes`. */
typedef struct part {
    size_t at, len;
} part;
typedef struct item {
    document *doc;    /* last step: alive until it is written */
    wn_str *rendered; /* last step: by sink, in the document's arena */
    /* index of the pass that ended it; the number of passes: came out; -1: the source */
    int ended;
    wn_status status;
    bool ends_run;   /* the run ends here, with: */
    wn_error *fatal; /* NULL: not even memory for that */
    part frozen, id, note, emitted, reject, reason, origin, into;
    size_t counters, n_counters; /* in `counter` of the batch */
} item;
typedef struct batch {
    piece piece; /* first member */
    item *item;
    size_t n, cap;
    counter *counter;
    size_t n_counters, cap_counters;
    strbuf bytes;
    size_t held; /* memory of live documents */
} batch;
enum { BATCH_DOCUMENTS = 64, BATCH_BYTES = 1024 * 1024 };
batch *batch_new(void);            /* NULL: out of memory */
void batch_free(batch *b, run *r); /* its documents go back to the pool; NULL is fine */
item *batch_item(batch *b);        /* a new one, zeroed; NULL: out of memory */
bool batch_full(const batch *b);   /* BATCH_DOCUMENTS, or BATCH_BYTES held: hand it over */
/* Bytes of the batch and back. Appending may fail (bytes.oom, asked once by batch_keep_...); the
 * slice is borrowed until the next append. */
part batch_add(batch *b, wn_str bytes);
wn_str batch_part(const batch *b, part p);
/* Fill an item: from a document on its way into a corpus stage, one on its way to the sinks (the
 * item takes the document), one that does not come out, and one that ends the run (err is copied,
 * with the document as its place). WN_E_NOMEM; frozen and reject also WN_E_STAGE: nested too
 * deeply. */
wn_status batch_keep_frozen(batch *b, item *i, const worker *w, document *d, wn_error *err);
void batch_keep_alive(batch *b, item *i, document *d, wn_str *rendered);
wn_status batch_keep_reject(batch *b, item *i, document *d, wn_error *err);
void batch_keep_fatal(item *i, const char *stage_id, document *d, const wn_error *err);
/* A copy of what stages counted for the document at hand. */
wn_status batch_keep_counters(batch *b, item *i, const worker *w, wn_error *err);
size_t batch_cost(const batch *b); /* bytes of memory it holds, its documents' too */
#endif
