/* prepare.c: CONFIG [INPUT ...] of `validate` and `plan`, brought to where `run` would start. */
#include <config.h>
#include "cmd/prepare.h"
#include "config/options.h"
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_JOBS = 1024 };

static const struct option long_options[] = {{"set", required_argument, NULL, 's'},
                                             {"jobs", required_argument, NULL, 'j'},
                                             {"format", required_argument, NULL, 'f'},
                                             {NULL, 0, NULL, 0}};

static int take_option(const command *c, int option, const char **set, size_t *n_set, prepared *p)
{
    int64_t n;
    switch (option) {
    case 's': set[(*n_set)++] = optarg; return EXIT_DONE;
    case 'j':
        if (!parse_whole(optarg, &n) || n < 1 || n > MOST_JOBS)
            return usage_error(c, "--jobs %s: a whole number from 1 to %d", optarg, MOST_JOBS);
        p->jobs = (unsigned)n;
        return EXIT_DONE;
    case 'f':
        p->json = strcmp(optarg, "json") == 0;
        return p->json || strcmp(optarg, "text") == 0
                   ? EXIT_DONE
                   : usage_error(c, "--format is text or json, not `%s`", optarg);
    default: return usage_error(c, "an option is not known or lacks its value");
    }
}

static int open_all(const config_args *args, prepared *p)
{
    wn_error err = WN_ERROR_INIT;
    const plan_args wanted = {.jobs = p->jobs};
    if (config_open(args, &p->config, &err) != WN_OK ||
        plan_make(p->config, &wanted, &p->plan, &err) != WN_OK)
        return report_error(&err);
    return EXIT_DONE;
}

static int with_set(const command *c, int argc, char **argv, const char **set, prepared *p)
{
    size_t n_set = 0;
    optind = 0; /* a new scan, also of a second call in one process */
    opterr = 0;
    for (int option; (option = getopt_long(argc, argv, "", long_options, NULL)) != -1;) {
        int status = take_option(c, option, set, &n_set, p);
        if (status != EXIT_DONE)
            return status;
    }
    if (optind >= argc)
        return usage_error(c, "which configuration?");
    const config_args args = {.path = argv[optind],
                              .set = set,
                              .n_set = n_set,
                              .inputs = (const char *const *)&argv[optind + 1],
                              .n_inputs = (size_t)(argc - optind - 1),
                              .host = &run_host};
    return open_all(&args, p);
}

int prepare(const command *c, int argc, char **argv, prepared *ret)
{
    *ret = (prepared){.config = NULL};
    const char **set = calloc((size_t)argc + 1, sizeof *set);
    if (set == NULL)
        return report_error(&(wn_error){.status = WN_E_NOMEM, .text = "out of memory"});
    int status = with_set(c, argc, argv, set, ret);
    free(set);
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

void say_passed(const input_list *l, const char *before)
{
    strbuf lines = STRBUF_INIT;
    input_passed_say(&l->passed, before, &lines);
    (void)fwrite(lines.p != NULL ? lines.p : "", 1, lines.len, stdout);
    strbuf_release(&lines);
}

const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}
