/* step.h: one step: workers read, pass documents through the chain, hand over; the main thread
 * commits in input order. */
#ifndef CORE_ENGINE_STEP_H
#define CORE_ENGINE_STEP_H
#include "engine/chain.h"
#include "engine/corpus.h"
#include "store/spool.h"

/* from: the spool that the step reads; NULL: the inputs. Documents that come out go to the corpus
 * `after` and the spool `to`, which are both NULL in the last step: then to the sinks. When it
 * returns no worker runs. WN_OK, or what ended the run. */
wn_status step_run(run *r, const chain *c, const spool *from, corpus *after, spool *to,
                   wn_error *err);
#endif
