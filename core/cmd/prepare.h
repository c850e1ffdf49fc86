/* prepare.h: CONFIG [INPUT ...] and the options of a run, brought to where the run would start: one
 * way for `run`, `plan` and `validate`, so that they agree. */
#ifndef CORE_CMD_PREPARE_H
#define CORE_CMD_PREPARE_H
#include "cmd/commands.h"
#include "engine/run.h"

typedef struct prepared {
    run_args run; /* as asked for on the command line */
    bool dry_run; /* --dry-run */
    bool json;    /* --format json */
    config *config;
    plan plan;
} prepared;

/* Read the arguments (getopt moves the words of argv), open the configuration, make the plan and
 * look whether its run directory could be used. `options`: those that the command has beside the
 * common ones, by their letters in prepare.c. EXIT_DONE, or the exit status after the message;
 * prepared_release() after EXIT_DONE only. */
int prepare(const command *c, const char *options, int argc, char **argv, prepared *ret);
void prepared_release(prepared *p);

/* planned.c: a plan in words, on standard output: inputs, workers, steps, outputs. */
void say_plan(const plan *p);
/* The same for programs; NULL: out of memory. */
json_t *plan_json(const plan *p);
/* On standard output, what the search for inputs passed over. */
void say_passed(const input_list *l, const char *before);
const char *plural(size_t n); /* "s", or "" for 1 */
#endif
