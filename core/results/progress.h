/* progress.h: what a run says while it works: the progress line, messages of stages. */
#ifndef CORE_RESULTS_PROGRESS_H
#define CORE_RESULTS_PROGRESS_H
#include "state/state.h"

void progress_show(run *r, uint64_t bytes_done, uint64_t bytes_all);
void progress_begin(run *r);
void progress_clear(const run *r); /* before a line is written that stays */
void progress_end(run *r);
void host_log(const wn_stage *stage, wn_level level, const char *fmt, ...) WN_PRINTF(3, 4);
#endif
