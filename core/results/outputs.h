/* outputs.h: the files that a run writes: buffered, summed, saved; generation.h gives them their
 * names. */
#ifndef CORE_RESULTS_OUTPUTS_H
#define CORE_RESULTS_OUTPUTS_H
#include "state/state.h"

/* Would outputs_open() take the plan's run directory? Changes nothing. */
wn_status outputs_check(const plan *p, wn_error *err);
/* Make the plan's run directory or check it, lock it, make its work folder. WN_E_CONFIG: it holds
 * what is not winnow's; WN_E_IO: it cannot be made, or another run is at work in it. */
wn_status outputs_open(const plan *p, const wn_host *host, outputs **ret_outputs, wn_error *err);
const char *outputs_work_dir(const outputs *o); /* borrowed */
/* A new file of the run, written by the thread that adds it. by: the sink; NULL: winnow itself. It
 * is the outputs' own. NULL: err says why not. */
wn_output *outputs_add(outputs *o, const char *name, const stage *by, wn_error *err);
/* a whole JSON file; the value is borrowed */
wn_status outputs_write(outputs *o, const char *name, json_t *value, wn_error *err);
wn_status outputs_finish(outputs *o, wn_error *err); /* flush, fsync, digests */
/* {name: {"bytes", "sha256", "stage", "plugin"}}, by name, without stats.json and run.json: a new
 * reference. ret_digest: SHA-256 over the names and sums of these, in hex. After outputs_finish. */
json_t *outputs_digests(const outputs *o, char ret_digest[65]);
wn_status outputs_publish(outputs *o, wn_error *err); /* all get their names, at once */
/* what was not published is removed; NULL is fine */
void outputs_close(outputs *o);
/* Contracts: wn_output_open (WN_E_STAGE outside of begin, write and end) and wn_output_write. A
 * file that failed once answers so ever after; another thread than the one that opened it is
 * refused. */
wn_output *host_output_open(wn_stage *stage, const char *name, wn_error *err);
wn_status host_output_write(wn_output *out, const void *bytes, size_t n, wn_error *err);
#endif
