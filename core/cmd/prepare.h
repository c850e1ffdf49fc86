/* prepare.h: CONFIG [INPUT ...] of `validate` and `plan`, brought to where `run` would start. */
#ifndef CORE_CMD_PREPARE_H
#define CORE_CMD_PREPARE_H
#include "cmd/commands.h"
#include "engine/run.h"
#include "plan/plan.h"

typedef struct prepared {
    config *config;
    plan plan;
    unsigned jobs; /* --jobs; 0: one a core */
    bool json;     /* --format json */
} prepared;

/* Read the arguments, open the configuration, make the plan that `run` would execute.
 * EXIT_DONE, or the exit status after the message. */
int prepare(const command *c, int argc, char **argv, prepared *ret);
void prepared_release(prepared *p); /* one of zeros is fine */
const char *plural(size_t n);       /* "s", or "" for 1; static */
/* On standard output, each line behind `before`, what the search for inputs passed over. */
void say_passed(const input_list *l, const char *before);
#endif
