/* args.h: what a run is asked to do, and what it answers. */
#ifndef CORE_STATE_ARGS_H
#define CORE_STATE_ARGS_H
#include "config/config.h"

typedef struct run_args {
    const char *out_dir;  /* run directory; made if absent */
    unsigned jobs;        /* workers; 0: one a core */
    uint64_t limit;       /* documents to read in all, in input order; 0: no limit */
    int64_t max_memory;   /* 0: that of the configuration */
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
