/* run.h: run a configured pipeline. */
#ifndef CORE_ENGINE_RUN_H
#define CORE_ENGINE_RUN_H
#include "state/args.h"
#include "input/input.h"

extern const wn_host run_host; /* host.c: the table */

/* WN_OK, or the error that ended the run (nothing half-written stays under a final name).
 * SIGINT and SIGTERM end it with WN_E_INTERRUPTED; the handlers of before are put back. */
wn_status run_pipeline(config *c, const run_args *args, run_result *ret_result, wn_error *err);
/* The input files, as a run into out_dir (NULL: not known) will find them. */
wn_status run_inputs(const config *c, const char *out_dir, input_list *ret_list, wn_error *err);

/* cut.c: what `plan` tells of a run before it runs */
/* Workers when `asked` were asked for; 0: one for each core that this process may use. */
unsigned run_workers(unsigned asked);
/* A run is a sequence of steps. In a step each document is read (from the input, then from the spool), passes through the
 * stages of the step and goes to the corpus stage that ends it, or in the last step to the sinks. */
typedef struct run_cut {
    size_t end;          /* behind the last stage of the step that starts with stages[first] */
    const stage *corpus; /* stages[end - 1], which needs all documents before it can go on with any; NULL: the last step */
} run_cut;
run_cut run_cut_at(const config *c, size_t first);
#endif
