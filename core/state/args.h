/* args.h: what a run is asked to do, and what it answers. */
#ifndef CORE_STATE_ARGS_H
#define CORE_STATE_ARGS_H
#include "plan/plan.h"

typedef struct run_args {
    plan_args plan;
    bool check_all;       /* documents are checked after each stage, not once */
    bool quiet, progress; /* progress: a line on standard error, if that is a terminal */
    int argc;
    char **argv; /* the command line, for run.json; may be 0 and NULL */
} run_args;

typedef struct run_result {
    uint64_t documents, rejects, renamed; /* renamed: had the id of an earlier one */
    char digest[65];                      /* sha256 over the results */
    json_t *info; /* counts by stage, as wn_run_info; the caller's reference */
} run_result;
#endif
