/* worker.h: a worker hands a document to a stage: what the host's calls find there, its clock, its
 * counters; and what is watched meanwhile (guard.h). */
#ifndef CORE_STATE_WORKER_H
#define CORE_STATE_WORKER_H
#include "state/state.h"

wn_status worker_open(worker *w, stage_run *s, wn_error *err);
void worker_close_all(worker *w);
/* "document" or "input": its clock starts */
void worker_begin(worker *w, const char *what, const char *name);
/* the stage gets the document, or NULL */
void worker_enter(worker *w, stage_run *s, const char *call, document *d);
void worker_leave(worker *w);
/* The stage is called for `n` documents at once (reduce, settle) or for none (begin, end). */
void stage_enter(const stage_run *s, const char *call, uint64_t n);
/* For messages: its id, or where it lies. */
void document_name(document *d, char *name, size_t cap);
#endif
