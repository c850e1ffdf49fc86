/* progress.h: what a run says while it works: the progress line, messages of stages. */
#ifndef CORE_RESULTS_PROGRESS_H
#define CORE_RESULTS_PROGRESS_H
#include "state/state.h"

/* The line on standard error, rewritten at most five times a second; nothing of it where
 * run_args.progress is off or there is no terminal. Main thread. */
void progress_show(run *r, uint64_t bytes_done, uint64_t bytes_all);
/* Between these two the watchdog clears the line before it speaks. */
void progress_begin(run *r);
void progress_end(run *r);
void progress_clear(const run *r); /* before a line is written that stays */
/* Contract: wn_log. Any thread. WN_DEBUG says nothing, WN_INFO nothing before a run or where it is
 * quiet; at most 511 bytes, as show.h shows them. */
void host_log(const wn_stage *stage, wn_level level, const char *fmt, ...) WN_PRINTF(3, 4);
#endif
