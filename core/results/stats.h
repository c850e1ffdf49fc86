/* stats.h: counts by stage, their balance, and what sinks and stats.json show of them. */
#ifndef CORE_RESULTS_STATS_H
#define CORE_RESULTS_STATS_H
#include "state/state.h"

/* Add to a count of {name: count}. Beyond 1,000 names to "(more)"; what is not UTF-8 to "(name is
 * not UTF-8)". */
void count_add(json_t *counts, const char *name, int64_t n);
/* A document has come to its end: what stats.json says of its publisher, or the host of its url. */
void count_origin(run *r, wn_str name, bool written);
wn_str document_origin(document *d); /* borrowed; empty: not known */
json_t *stats_info(const run *r);    /* what wn_run_info shows */
json_t *stats_json(const run *r);    /* all of stats.json; both are new references */
/* Does every document that was read have one end: written, or a reject, and at each stage in = out
 * + dropped + merged + failed? Else WN_E_INTERNAL with the stage. */
wn_status stats_balance(const run *r, wn_error *err);
/* Contracts: wn_run_info, wn_findings. Borrowed; NULL: none yet. */
const json_t *host_run_info(const wn_stage *stage);
const json_t *host_findings(const wn_stage *stage, const char *name);
#endif
