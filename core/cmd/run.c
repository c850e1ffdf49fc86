/* run.c: winnow run: a configuration over its inputs. */
#include "config.h"
#include "cmd/commands.h"
#include "cmd/prepare.h"
#include "guard/guard.h"
#include "util/show.h"

#include <stdlib.h>
#include <string.h>

static int run_main(int argc, char **argv);

const command cmd_run = {
    "run",
    "CONFIG [INPUT ...] [--out DIR] [--jobs N] [--set KEY=VALUE]... [--max-memory SIZE] "
    "[--limit N] [--quiet] [--dry-run]",
    "run a configuration",
    "Inputs named here replace those of the configuration. Everything is written\n"
    "under the run directory, and only when the run succeeds; results of an earlier\n"
    "run there are replaced.\n"
    "\n"
    "  --out DIR          the run directory (winnow-out)\n"
    "  --jobs N           workers (one a core); the results do not depend on it\n"
    "  --set KEY=VALUE    change the configuration: stages.dedup.with.threshold=0.7\n"
    "  --max-memory SIZE  buffers of the run: 512MiB; what does not fit goes to\n"
    "                     disk\n"
    "  --limit N          read the first N documents only\n"
    "  --quiet            no progress line, no table at the end\n"
    "  --dry-run          check the configuration, find the inputs, tell what would\n"
    "                     be done\n"
    "\n"
    "Exit status: 0 done; 2 usage; 65 bad input data; 70 a stage crashed or hung,\n"
    "no memory or descriptors left, or an internal error; 74 I/O error; 78 bad\n"
    "configuration; 129, 130 or 143 interrupted, and nothing was written.\n",
    run_main,
};

static long long count_of(const json_t *s, const char *key)
{
    return (long long)json_integer_value(json_object_get(s, key));
}

static void print_table(const plan *p, const run_result *result)
{
    size_t i;
    json_t *s;
    printf("%-20s %10s %10s %10s %10s %10s\n", "stage", "in", "out", "dropped", "merged", "failed");
    json_array_foreach(json_object_get(result->info, "stages"), i, s)
    {
        printf("%-20s %10lld %10lld %10lld %10lld %10lld\n",
               json_string_value(json_object_get(s, "id")), count_of(s, "in"), count_of(s, "out"),
               count_of(s, "dropped"), count_of(s, "merged"), count_of(s, "failed"));
    }
    if (result->renamed > 0)
        printf("%llu documents had the id of an earlier one; the results call them ID~2, ID~3 and "
               "so on\n",
               (unsigned long long)result->renamed);
    printf("%llu documents read, %llu rejects (rejects.jsonl)\n",
           (unsigned long long)result->documents, (unsigned long long)result->rejects);
    show_printf(stdout, "results in %s\n", p->out_dir);
    printf("digest %s\n", result->digest);
}

static int run_it(const prepared *p)
{
    run_result result;
    wn_error err = WN_ERROR_INIT;
    if (run_plan(&p->plan, &p->run, &result, &err) != WN_OK) {
        int status = report_error(&err);
        return err.status == WN_E_INTERRUPTED && guard_signal() != 0 ? 128 + guard_signal()
                                                                     : status;
    }
    if (!p->run.quiet)
        print_table(&p->plan, &result);
    json_decref(result.info);
    return end_output(EXIT_DONE);
}

static int tell(const prepared *p)
{
    printf("nothing is done: --dry-run\n");
    say_plan(&p->plan);
    return end_output(EXIT_DONE);
}

/* typed: the command line as it was; prepare() moves the words of argv. */
static int prepare_and_run(int argc, char **argv, char **typed)
{
    prepared p;
    int status = prepare(&cmd_run, "qd", argc, argv, &p);
    if (status != EXIT_DONE)
        return status;
    p.run.progress = true;
    p.run.argc = argc;
    p.run.argv = typed;
    status = p.dry_run ? tell(&p) : run_it(&p);
    prepared_release(&p);
    return status;
}

static int run_main(int argc, char **argv)
{
    guard_signals_catch(); /* for good: the status tells what became of the results */
    size_t size = ((size_t)argc + 1) * sizeof *argv;
    char **typed = malloc(size);
    if (typed == NULL)
        return report_error(&(wn_error){.status = WN_E_NOMEM, .text = "out of memory"});
    memcpy(typed, argv, size);
    int status = prepare_and_run(argc, argv, typed);
    free(typed);
    return status;
}
