/* validate.c: winnow validate: would `run` start? */
#include "cmd/prepare.h"
#include "util/show.h"

static int validate_main(int argc, char **argv);

const command cmd_validate = {
    "validate",
    "CONFIG [INPUT ...] [options of run]",
    "check a configuration without running it",
    "Goes the way of `run` up to its start: reads the file and what it includes,\n"
    "loads the plugins, fills and checks all options, opens every stage, finds the\n"
    "inputs, looks whether the run directory can be used. What is accepted here,\n"
    "starts.\n"
    "\n"
    "Takes the options of `run`: --out, --jobs, --max-memory, --limit, --set.\n"
    "\n"
    "Exit status: 0 valid; 78 not, with FILE:LINE:COLUMN and what to do about it; 74\n"
    "the run directory cannot be made or written.\n",
    validate_main,
};

static int validate_main(int argc, char **argv)
{
    prepared p;
    int status = prepare(&cmd_validate, "", argc, argv, &p);
    if (status != EXIT_DONE)
        return status;
    show_printf(stdout, "%s: valid: %zu stage%s, %zu output%s, %zu input file%s\n", p.config->path,
                p.config->n_stages, plural(p.config->n_stages), p.config->n_sinks,
                plural(p.config->n_sinks), p.plan.inputs.n, plural(p.plan.inputs.n));
    say_passed(&p.plan.inputs, "");
    prepared_release(&p);
    return end_output(EXIT_DONE);
}
