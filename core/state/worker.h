/* worker.h: a worker hands a document to a stage: what the host's calls find there, its clock, its
 * counters; and what is watched meanwhile (guard.h). */
#ifndef CORE_STATE_WORKER_H
#define CORE_STATE_WORKER_H
#include "state/state.h"

/* Call the plugin's worker_open for this worker, once a run; err says which stage. On the worker's
 * own thread. */
wn_status worker_open(worker *w, stage_run *s, wn_error *err);
/* worker_close of all stages that were opened for it. */
void worker_close_all(worker *w);
/* The worker turns to a "document" or an "input": its clock starts; the words are copied. */
void worker_begin(worker *w, const char *what, const char *name);
/* The stage gets the document, or NULL, for `call`: watched, and its processor time counted, until
 * worker_leave, when a huge text's analysis is given back. */
void worker_enter(worker *w, stage_run *s, const char *call, document *d);
void worker_leave(worker *w);
/* The stage is called for `n` documents at once (reduce, settle) or for none (begin, end): watched
 * until guard_leave. */
void stage_enter(const stage_run *s, const char *call, uint64_t n);
/* For messages: its id, or where it lies; terminated, cut to cap. */
void document_name(document *d, char *name, size_t cap);
#endif
