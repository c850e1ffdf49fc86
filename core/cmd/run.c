/* run.c: winnow run: a configuration over its inputs. */
#include "config.h"
#include "cmd/commands.h"
#include "cmd/prepare.h"
#include "config/options.h"
#include "guard/guard.h"
#include "engine/run.h"
#include "util/show.h"

#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static int run_main(int argc, char **argv);

const command cmd_run = {
    "run",
    "CONFIG [INPUT ...] [--out DIR] [--jobs N] [--set KEY=VALUE]... [--max-memory SIZE] [--limit "
    "N] [--quiet] [--dry-run]",
    "run a configuration",
    "Inputs named here replace those of the configuration. Everything is written under the run\n"
    "directory, and only when the run succeeds; results of an earlier run there are replaced.\n"
    "\n"
    "  --out DIR          the run directory (winnow-out)\n"
    "  --jobs N           workers (one a core); the results do not depend on it\n"
    "  --set KEY=VALUE    change the configuration: stages.dedup.with.threshold=0.7\n"
    "  --max-memory SIZE  buffers of the run: 512MiB; what does not fit goes to disk\n"
    "  --limit N          read the first N documents only\n"
    "  --quiet            no progress line, no table at the end\n"
    "  --dry-run          check the configuration, find the inputs, tell what would be done\n"
    "\n"
    "Exit status: 0 done; 2 usage; 65 bad input data; 70 a stage crashed or hung, no memory or\n"
    "descriptors left, or an internal error; 74 I/O error; 78 bad configuration;\n"
    "129, 130 or 143 interrupted, and nothing was written.\n",
    run_main};

typedef struct arguments {
    run_args run;
    const char **set;
    size_t n_set;
    bool dry_run;
} arguments;

enum {
    OPT_OUT = 'o',
    OPT_JOBS = 'j',
    OPT_SET = 's',
    OPT_MEMORY = 'm',
    OPT_LIMIT = 'n',
    OPT_QUIET = 'q',
    OPT_DRY = 'd'
};

static const struct option long_options[] = {{"out", required_argument, NULL, OPT_OUT},
                                             {"jobs", required_argument, NULL, OPT_JOBS},
                                             {"set", required_argument, NULL, OPT_SET},
                                             {"max-memory", required_argument, NULL, OPT_MEMORY},
                                             {"limit", required_argument, NULL, OPT_LIMIT},
                                             {"quiet", no_argument, NULL, OPT_QUIET},
                                             {"dry-run", no_argument, NULL, OPT_DRY},
                                             {NULL, 0, NULL, 0}};

static bool whole_in(const char *text, int64_t low, int64_t high, int64_t *ret)
{
    return parse_whole(text, ret) && *ret >= low && *ret <= high;
}

/* false: the message was printed. */
static bool take_option(arguments *a, int option)
{
    enum { MOST_JOBS = 1024 };
    int64_t n = 0;
    switch (option) {
    case OPT_OUT:
        a->run.out_dir = optarg;
        return optarg[0] != '\0' ||
               (usage_error(&cmd_run, "--out needs the name of a folder"), false);
    case OPT_JOBS:
        if (!whole_in(optarg, 1, MOST_JOBS, &n))
            return usage_error(&cmd_run, "--jobs %s: a whole number from 1 to %d", optarg,
                               MOST_JOBS),
                   false;
        a->run.jobs = (unsigned)n;
        return true;
    case OPT_SET: a->set[a->n_set++] = optarg; return true;
    case OPT_MEMORY:
        if (!parse_size(optarg, &a->run.max_memory) || a->run.max_memory <= 0)
            return usage_error(&cmd_run, "--max-memory %s: a size like 512MiB or 2GiB", optarg),
                   false;
        return true;
    case OPT_LIMIT:
        if (!whole_in(optarg, 1, INT64_MAX, &n))
            return usage_error(&cmd_run, "--limit %s: a whole number from 1", optarg), false;
        a->run.limit = (uint64_t)n;
        return true;
    case OPT_QUIET: a->run.quiet = true; return true;
    case OPT_DRY: a->dry_run = true; return true;
    default: return usage_error(&cmd_run, "an option is not known or lacks its value"), false;
    }
}

static bool take_options(arguments *a, int argc, char **argv)
{
    int option;
    optind = 0; /* a new scan, also of a second call in one process */
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1)
        if (!take_option(a, option))
            return false;
    if (optind < argc)
        return true;
    (void)usage_error(&cmd_run, "which configuration?");
    return false;
}

static long long count_of(const json_t *s, const char *key)
{
    return (long long)json_integer_value(json_object_get(s, key));
}

static void print_table(const run_args *args, const run_result *result)
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
    show_printf(stdout, "results in %s\n", args->out_dir);
    printf("digest %s\n", result->digest);
}

static int run_it(config *c, const arguments *a)
{
    run_result result;
    wn_error err = WN_ERROR_INIT;
    if (run_pipeline(c, &a->run, &result, &err) != WN_OK) {
        int status = report_error(&err);
        return err.status == WN_E_INTERRUPTED && guard_signal() != 0 ? 128 + guard_signal()
                                                                     : status;
    }
    if (!a->run.quiet)
        print_table(&a->run, &result);
    json_decref(result.info);
    return end_output(EXIT_DONE);
}

static int tell(config *c, const arguments *a)
{
    const plan_args wanted = {a->run.out_dir, a->run.jobs, a->run.max_memory};
    plan p;
    wn_error err = WN_ERROR_INIT;
    if (plan_make(c, &wanted, &p, &err) != WN_OK)
        return report_error(&err);
    printf("would read %zu files (%llu bytes) by %s", p.inputs.n, (unsigned long long)p.input_bytes,
           c->source.id);
    for (size_t i = 0; i < c->n_stages; i++)
        printf(", pass them through %s", c->stages[i].id);
    for (size_t i = 0; i < c->n_sinks; i++)
        printf("%s %s", i == 0 ? ", write" : " and", c->sinks[i].id);
    show_printf(stdout, " into %s\n", a->run.out_dir);
    say_passed(&p.inputs, "");
    plan_release(&p);
    return end_output(EXIT_DONE);
}

/* While the configuration was read, whatever became of that. */
static int interrupted(void)
{
    (void)fprintf(stderr, "winnow: interrupted; nothing was written\n");
    return 128 + guard_signal();
}

static int with_arguments(arguments *a, int argc, char **argv)
{
    wn_error err = WN_ERROR_INIT;
    config *c = NULL;
    if (!take_options(a, argc, argv))
        return EXIT_USAGE;
    config_args args = {.path = argv[optind],
                        .set = a->set,
                        .n_set = a->n_set,
                        .inputs = (const char *const *)&argv[optind + 1],
                        .n_inputs = (size_t)(argc - optind - 1),
                        .host = &run_host};
    if (config_open(&args, &c, &err) != WN_OK)
        return guard_signal() != 0 ? interrupted() : report_error(&err);
    int status = a->dry_run ? tell(c, a) : run_it(c, a);
    config_close(c);
    return status;
}

static int run_main(int argc, char **argv)
{
    guard_signals_catch(); /* for good: the status tells what became of the results */
    arguments a = {.run = {.out_dir = "winnow-out", .progress = true, .argc = argc}};
    size_t size = ((size_t)argc + 1) * sizeof *argv;
    int status = EXIT_INTERNAL;
    a.set = malloc(size);
    a.run.argv = malloc(size); /* as it was typed: getopt moves the words */
    if (a.set != NULL && a.run.argv != NULL) {
        memcpy(a.run.argv, argv, size);
        status = with_arguments(&a, argc, argv);
    } else {
        status = report_error(&(wn_error){.status = WN_E_NOMEM, .text = "out of memory"});
    }
    free(a.set);
    free(a.run.argv);
    return status;
}
