/* work.h: how much work a stage does, counted and not timed: its files are compiled with
 * -fsanitize-coverage=trace-pc, so that every basic block calls the counter. The counter itself is
 * compiled without. */
#ifndef TESTS_WORK_WORK_H
#define TESTS_WORK_WORK_H
#include <winnow/pulse.h>

/* basic blocks so far, and bytes that library calls looked at, by the word */
extern uint64_t work_done;

/* One document through the algorithm of a stage. false: stopped by the pulse, or out of memory. */
typedef bool work_pass(const char *text, size_t len, wn_pulse *owner);
work_pass work_pages, work_clean, work_dates, work_claims, work_dedup, work_align, work_findings;
#endif
