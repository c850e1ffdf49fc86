/* plan.h: what a run will do, made once from the configuration and the command line: `run` executes
 * it, `plan`, `validate` and `run --dry-run` print it. What is not known before a run (the sums of
 * the inputs, the counts) is in the run's record. */
#ifndef CORE_PLAN_PLAN_H
#define CORE_PLAN_PLAN_H
#include "config/config.h"
#include "input/input.h"

typedef struct plan_args {
    /* run directory, which is never read as input; NULL: none, as for the tests of a
     * configuration */
    const char *out_dir;
    unsigned jobs;      /* workers; 0: one for each core that this process may use */
    int64_t max_memory; /* 0: that of the configuration */
    uint64_t limit;     /* documents to read in all, in input order; 0: no limit */
} plan_args;

/* One call of a stage for each document of a step. */
typedef enum pass_kind { PASS_PROCESS, PASS_EMIT, PASS_APPLY, PASS_RENDER } pass_kind;
typedef struct plan_pass {
    pass_kind kind;
    unsigned stage; /* number in the run: 0 the source, then the stages, then the sinks */
    unsigned sink;  /* PASS_RENDER: which of the sinks */
} plan_pass;

/* In a step each document is read (from the input, then from the spool), passes through the stages
 * of the step and goes to the corpus stage that ends it, or in the last step to the sinks. */
typedef struct plan_step {
    const plan_pass *pass;
    size_t n_passes;
    /* the corpus stage of the step before, which hands out its verdicts; NULL: the first step */
    const stage *before;
    /* that of the last pass, which needs all documents before any can go on; NULL: the last step */
    const stage *corpus;
} plan_step;

/* A file that the run will write. */
typedef struct plan_output {
    const char *name; /* or what the names of its files begin with; NULL: known to the sink only */
    const stage *by;  /* NULL: winnow itself */
} plan_output;

typedef struct plan {
    config *config;
    const char *out_dir; /* NULL: none */
    unsigned workers;
    size_t memory; /* bytes for the buffers of the whole run */
    uint64_t limit;
    input_list inputs;
    uint64_t input_bytes;
    input_unit *unit; /* pieces of the inputs, in their order */
    size_t n_units;
    plan_step *step;
    size_t n_steps;  /* 1 at least */
    plan_pass *pass; /* of all steps */
    plan_output *output;
    size_t n_outputs;
} plan;

/* The configuration and args->out_dir are borrowed and must outlive the plan. On failure there is
 * nothing to release. WN_E_CONFIG: a pattern matches nothing, with the place where it is written;
 * WN_E_INTERRUPTED: a signal while inputs were searched. */
wn_status plan_make(config *c, const plan_args *args, plan *ret_plan, wn_error *err);
void plan_release(plan *p); /* one of zeros is fine */
/* The stage of that number. */
const stage *plan_stage(const plan *p, unsigned number);
#endif
