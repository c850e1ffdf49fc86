/* plan.h: what a run will do, made once from the configuration and the command line: `run` executes
 * it, `plan`, `validate` and `run --dry-run` print it. What is not known before a run (the sums of
 * the inputs, the counts) is in the run's record. */
#ifndef CORE_PLAN_PLAN_H
#define CORE_PLAN_PLAN_H
#include "config/config.h"
#include "input/input.h"

typedef struct plan_args {
    const char *out_dir; /* run directory, which is never read as input; NULL: not known */
    unsigned jobs;       /* workers; 0: one for each core that this process may use */
    int64_t max_memory;  /* 0: that of the configuration */
} plan_args;

/* In a step each document is read (from the input, then from the spool), passes through the stages
 * of the step and goes to the corpus stage that ends it, or in the last step to the sinks. */
/* the corpus stage of the step before, which hands out its verdicts; NULL: the first step */
typedef struct plan_step {
    const stage *before;
    size_t first, end; /* the configuration's stages [first, end) */
    /* stages[end - 1], which needs all documents before it can go on with any; NULL: the last */
    const stage *corpus;
} plan_step;

typedef struct plan {
    config *config;
    unsigned workers;
    size_t memory; /* bytes for the buffers of the whole run */
    input_list inputs;
    uint64_t input_bytes;
    input_unit *unit; /* pieces of the inputs, in their order */
    size_t n_units;
    plan_step *step;
    size_t n_steps; /* 1 at least */
} plan;

/* The configuration is borrowed; it must outlive the plan. On failure there is nothing to release.
 * WN_E_CONFIG: a pattern matches nothing. */
wn_status plan_make(config *c, const plan_args *args, plan *ret_plan, wn_error *err);
void plan_release(plan *p); /* one of zeros is fine */
#endif
