/* run.h: run a configured pipeline. */
#ifndef CORE_ENGINE_RUN_H
#define CORE_ENGINE_RUN_H
#include "state/args.h"

extern const wn_host run_host; /* host.c: the table */

/* Carry out a plan, which is borrowed, as args are; args->plan is not asked any more. WN_OK, or the
 * error that ended the run (nothing half-written stays under a final name). SIGINT and SIGTERM end
 * it with WN_E_INTERRUPTED; the handlers of before are put back. *ret_result is filled on success
 * only. One run at a time in a process. */
wn_status run_plan(const plan *p, const run_args *args, run_result *ret_result, wn_error *err);
/* What run_plan() would refuse before it reads a document: a run directory that holds what is not
 * winnow's, or cannot be made or written. Changes nothing. */
wn_status run_check(const plan *p, wn_error *err);
/* plan_make(c, &args->plan) and run_plan(). */
wn_status run_pipeline(config *c, const run_args *args, run_result *ret_result, wn_error *err);
#endif
