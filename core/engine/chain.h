/* chain.h: one document through the stages of a step. */
#ifndef CORE_ENGINE_CHAIN_H
#define CORE_ENGINE_CHAIN_H
#include "state/worker.h"

typedef struct pass {
    pass_kind kind;
    unsigned sink; /* PASS_RENDER: which */
    stage_run *s;
} pass;

typedef struct chain {
    pass *pass;
    unsigned n;
    const corpus *before; /* whose verdicts PASS_APPLY hands out */
} chain;
/* Through all passes. *ret_ended: the pass that ended it, c->n when it came out. rendered: by sink,
 * slots for what render() made, in the document's arena. ordinal: of the document in the corpus
 * `before`. The status is judge's or, of a document that cannot be written, WN_E_STAGE. */
wn_status chain_run(const chain *c, worker *w, document *d, uint64_t ordinal, wn_str *rendered,
                    unsigned *ret_ended, wn_error *err);
/* The status a stage returned against the document's verdict: a stage that says two things failed
 * (WN_E_STAGE), and a call of the host's that failed goes before what the stage made of it
 * (document_trouble_note). */
wn_status chain_judge(const stage_run *s, document *d, wn_status returned, wn_error *err);
/* Does this failure end the run, or is the document a reject? */
bool chain_ends_run(const stage_run *s, const document *d, wn_status status);
#endif
