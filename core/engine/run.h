/* run.h: run a configured pipeline. */
#ifndef CORE_ENGINE_RUN_H
#define CORE_ENGINE_RUN_H
#include "state/args.h"

extern const wn_host run_host; /* host.c: the table */

/* WN_OK, or the error that ended the run (nothing half-written stays under a final name).
 * SIGINT and SIGTERM end it with WN_E_INTERRUPTED; the handlers of before are put back. c and args
 * are borrowed. *ret_result is filled on success only. One run at a time in a process. */
wn_status run_pipeline(config *c, const run_args *args, run_result *ret_result, wn_error *err);
#endif
