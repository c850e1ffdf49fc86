/* corpus.h: a corpus stage: values and notes, reduce, settle, verdicts. */
#ifndef CORE_ENGINE_CORPUS_H
#define CORE_ENGINE_CORPUS_H
#include "state/state.h"
#include "store/sorter.h"
#include "store/table.h"

struct corpus {
    run *run;
    stage_run *s;
    uint64_t n;
    table ids, notes;
    sorter *emitted, *edges;
    slots verdicts;
    pthread_mutex_t lock; /* of edges */
    atomic_uint next_partition;
};
/* Its files are made in the run's work folder. NULL: err says why. */
corpus *corpus_new(run *r, stage_run *s, wn_error *err);
/* One more document in order, with what it emitted (pairs.h); all are copied. */
wn_status corpus_add(corpus *c, wn_str id, wn_str note, wn_str emitted, wn_error *err);
/* After the last document: reduce() on the workers' threads, then settle(); only the verdicts are
 * left. An error of the stage's ends the run. */
wn_status corpus_decide(corpus *c, wn_error *err);
/* What settle() said of the document; empty: nothing. Any thread, borrowed until corpus_free. */
wn_str corpus_verdict(const corpus *c, uint64_t ordinal);
void corpus_free(corpus *c); /* NULL is fine */
/* Contracts: wn_corpus_size, _note, _id, wn_edge_add, wn_next_edge, wn_verdict, wn_publish. A
 * misuse (an edge outside of reduce(), a verdict outside of settle()) ends the stage with
 * WN_E_STAGE, whatever the stage makes of the answer. */
uint64_t host_corpus_size(const wn_corpus *c);
wn_str host_corpus_note(const wn_corpus *c, uint64_t ordinal);
wn_str host_corpus_id(const wn_corpus *c, uint64_t ordinal);
wn_status host_edge(wn_corpus *c, uint64_t a, uint64_t b, wn_str value);
const wn_edge *host_next_edge(wn_corpus *c);
wn_status host_verdict(wn_corpus *c, uint64_t ordinal, wn_str verdict);
wn_status host_publish(wn_corpus *c, json_t *take_findings);
#endif
