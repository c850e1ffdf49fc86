/* prepare.c: see prepare.h. */
#include <config.h>
#include "cmd/prepare.h"
#include "config/options.h"
#include "guard/guard.h"
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* The letters are their names in the code; nobody types them. */
static const struct option long_options[] = {{"set", required_argument, NULL, 's'},
                                             {"out", required_argument, NULL, 'o'},
                                             {"jobs", required_argument, NULL, 'j'},
                                             {"max-memory", required_argument, NULL, 'm'},
                                             {"limit", required_argument, NULL, 'n'},
                                             {"quiet", no_argument, NULL, 'q'},
                                             {"dry-run", no_argument, NULL, 'd'},
                                             {"format", required_argument, NULL, 'f'},
                                             {NULL, 0, NULL, 0}};
static const char common[] = "sojmn";

/* What is being read. */
typedef struct arguments {
    const command *command;
    const char *more; /* options beside the common ones */
    prepared *to;
    const char **set;
    size_t n_set;
} arguments;

static bool whole_in(const char *text, int64_t low, int64_t high, int64_t *ret)
{
    return parse_whole(text, ret) && *ret >= low && *ret <= high;
}

static int take_plan_option(const command *c, int option, plan_args *to)
{
    enum { MOST_JOBS = 1024 };
    int64_t n = 0;
    switch (option) {
    case 'o':
        to->out_dir = optarg;
        return optarg[0] != '\0' ? EXIT_DONE : usage_error(c, "--out needs the name of a folder");
    case 'j':
        if (!whole_in(optarg, 1, MOST_JOBS, &n))
            return usage_error(c, "--jobs %s: a whole number from 1 to %d", optarg, MOST_JOBS);
        to->jobs = (unsigned)n;
        return EXIT_DONE;
    case 'm':
        if (!parse_size(optarg, &to->max_memory) || to->max_memory <= 0)
            return usage_error(c, "--max-memory %s: a size like 512MiB or 2GiB", optarg);
        return EXIT_DONE;
    default:
        if (!whole_in(optarg, 1, INT64_MAX, &n))
            return usage_error(c, "--limit %s: a whole number from 1", optarg);
        to->limit = (uint64_t)n;
        return EXIT_DONE;
    }
}

static int take_option(arguments *a, int option)
{
    if (strchr(common, option) == NULL && strchr(a->more, option) == NULL)
        return usage_error(a->command, "an option is not known or lacks its value");
    switch (option) {
    case 's': a->set[a->n_set++] = optarg; return EXIT_DONE;
    case 'q': a->to->run.quiet = true; return EXIT_DONE;
    case 'd': a->to->dry_run = true; return EXIT_DONE;
    case 'f':
        a->to->json = strcmp(optarg, "json") == 0;
        return a->to->json || strcmp(optarg, "text") == 0
                   ? EXIT_DONE
                   : usage_error(a->command, "--format is text or json, not `%s`", optarg);
    default: return take_plan_option(a->command, option, &a->to->run.plan);
    }
}

static int take_options(arguments *a, int argc, char **argv)
{
    optind = 0; /* a new scan, also of a second call in one process */
    opterr = 0;
    for (int option; (option = getopt_long(argc, argv, "", long_options, NULL)) != -1;) {
        int status = take_option(a, option);
        if (status != EXIT_DONE)
            return status;
    }
    return optind < argc ? EXIT_DONE : usage_error(a->command, "which configuration?");
}

/* What went wrong, or a signal (of a command that catches them) while it was read. */
static int failed(const wn_error *err)
{
    if (guard_signal() == 0)
        return report_error(err);
    (void)fprintf(stderr, "winnow: interrupted; nothing was written\n");
    return 128 + guard_signal();
}

static int open_all(const config_args *args, prepared *p)
{
    wn_error err = WN_ERROR_INIT;
    if (config_open(args, &p->config, &err) != WN_OK ||
        plan_make(p->config, &p->run.plan, &p->plan, &err) != WN_OK ||
        run_check(&p->plan, &err) != WN_OK)
        return failed(&err);
    return EXIT_DONE;
}

static int with_set(arguments *a, int argc, char **argv)
{
    int status = take_options(a, argc, argv);
    if (status != EXIT_DONE)
        return status;
    const config_args args = {.path = argv[optind],
                              .set = a->set,
                              .n_set = a->n_set,
                              .inputs = (const char *const *)&argv[optind + 1],
                              .n_inputs = (size_t)(argc - optind - 1),
                              .host = &run_host};
    return open_all(&args, a->to);
}

int prepare(const command *c, const char *options, int argc, char **argv, prepared *ret)
{
    *ret = (prepared){.run = {.plan = {.out_dir = "winnow-out"}}};
    arguments a = {.command = c, .more = options, .to = ret};
    a.set = calloc((size_t)argc + 1, sizeof *a.set);
    if (a.set == NULL)
        return report_error(&(wn_error){.status = WN_E_NOMEM, .text = "out of memory"});
    int status = with_set(&a, argc, argv);
    free(a.set);
    if (status != EXIT_DONE)
        prepared_release(ret);
    return status;
}

void prepared_release(prepared *p)
{
    plan_release(&p->plan);
    config_close(p->config);
    *p = (prepared){.config = NULL};
}
