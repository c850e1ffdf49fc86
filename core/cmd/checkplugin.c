/* checkplugin.c: winnow check-plugin: a judge for stages. Every trial is a real run in a child
 * process over documents that real corpora contain (probe.c makes them), so that a crash is a verdict too. */
#include "config.h"
#include "cmd/commands.h"
#include "cmd/probe.h"
#include "config/options.h"
#include "run/run.h"
#include "util/path.h"
#include "util/show.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int checkplugin_main(int argc, char **argv);

const command cmd_check_plugin = {
    "check-plugin", "FILE.so [--set KEY=VALUE]...", "judge a stage before you trust it",
    "Loads the plugin and runs it, with its default options or those of --set (KEY is the option's\n"
    "name), over documents that are empty, huge, one line, full of odd characters or were invalid\n"
    "UTF-8. Checked: the ABI, the option table, that no document ends or crashes the run, that results\n"
    "are the same again and with more workers, and, for stages that say they are idempotent, that a\n"
    "second pass changes nothing. Prints TAP. Exit status: 0 all hold; 1 one does not.\n",
    checkplugin_main};

typedef struct judge {
    const char *file, *name, *kind;
    char dir[4096];          /* work folder */
    const char **set;
    size_t n_set, checks, bad;
    bool idempotent;
} judge;

typedef struct outcome {
    bool ran;
    char digest[65];
    char problem[720];
} outcome;

static void tell(judge *j, bool ok, const char *what, const char *why)
{
    j->checks++;
    j->bad += !ok;
    show_printf(stdout, "%sok %zu - %s\n", ok ? "" : "not ", j->checks, what);
    if (!ok && why != NULL && *why != '\0')
        show_printf(stdout, "# %s\n", why);
    (void)fflush(stdout);
}

/* In the child: one run; the outcome goes through the pipe. */
static void run_trial(const char *yaml, const char *out_dir, unsigned jobs, int fd)
{
    outcome o = {false, "", ""};
    config *c = NULL;
    run_result result;
    wn_error err = WN_ERROR_INIT;
    config_args args = {.path = yaml, .host = &run_host};
    run_args run = {.out_dir = out_dir, .jobs = jobs, .quiet = true};
    if (config_open(&args, &c, &err) == WN_OK && run_pipeline(c, &run, &result, &err) == WN_OK) {
        o.ran = true;
        memcpy(o.digest, result.digest, sizeof o.digest);
    } else {
        (void)snprintf(o.problem, sizeof o.problem, "%s%s%s", err.where, err.where[0] != '\0' ? ": " : "", err.text);
    }
    config_close(c);
    _exit(write(fd, &o, sizeof o) == (ssize_t)sizeof o ? 0 : 1);
}

static outcome trial(const char *yaml, const char *out_dir, unsigned jobs)
{
    outcome o = {false, "", "the trial could not be started"};
    int fd[2], status = 0;
    if (pipe(fd) != 0)
        return o;
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        (void)close(fd[0]);
        run_trial(yaml, out_dir, jobs, fd[1]);
    }
    (void)close(fd[1]);
    ssize_t got = child > 0 ? read(fd[0], &o, sizeof o) : -1;
    (void)close(fd[0]);
    if (child > 0)
        (void)waitpid(child, &status, 0);
    if (got != (ssize_t)sizeof o) {
        o.ran = false;
        (void)snprintf(o.problem, sizeof o.problem, "the process ended with %s %d", WIFSIGNALED(status) ? "signal" : "status",
                       WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    }
    return o;
}

static bool write_yaml(const judge *j, const char *path, const char *documents, unsigned passes)
{
    char folder[4096] = "";
    size_t n = path_dir(j->file);
    FILE *f = fopen(path, "w");
    if (f == NULL || (n > 0 && n < sizeof folder && snprintf(folder, sizeof folder, "%.*s", (int)n, j->file) < 0))
        return false;
    bool source = strstr(j->kind, "source") != NULL, sink = strcmp(j->kind, "sink") == 0;
    (void)fprintf(f, "version: 1\nplugins: ['%s']\ninput: {use: %s, with: {path: ['%s']}}\nstages:%s\n", *folder != '\0' ? folder : ".",
                  source ? j->name : "jsonl", documents, source || sink ? " []" : "");
    for (unsigned i = 0; i < passes && !source && !sink; i++) {
        (void)fprintf(f, "  - use: %s\n    id: pass%u\n    with: {", j->name, i + 1);
        for (size_t k = 0; k < j->n_set; k++) {
            const char *eq = strchr(j->set[k], '=');
            (void)fprintf(f, "%s%.*s: %s", k > 0 ? ", " : "", (int)(eq - j->set[k]), j->set[k], eq + 1);
        }
        (void)fprintf(f, "}\n");
    }
    (void)fprintf(f, "output: [%s]\n", sink ? j->name : "jsonl");
    return fclose(f) == 0;
}

static outcome run_on(const judge *j, probe_kind kind, unsigned jobs, unsigned passes, const char *out)
{
    char documents[4200], yaml[4200], dir[4200];
    outcome o = {false, "", "the work folder cannot be written"};
    (void)snprintf(documents, sizeof documents, "%s/%s.jsonl", j->dir, probe_name(kind));
    (void)snprintf(yaml, sizeof yaml, "%s/%s-%u.yaml", j->dir, probe_name(kind), passes);
    (void)snprintf(dir, sizeof dir, "%s/%s", j->dir, out);
    if (!probe_write(kind, documents) || !write_yaml(j, yaml, documents, passes))
        return o;
    return trial(yaml, dir, jobs);
}

static void check_probes(judge *j)
{
    for (probe_kind kind = 0; kind < PROBE_KINDS; kind++) {
        char what[120], out[80];
        (void)snprintf(what, sizeof what, "survives %s", probe_words(kind));
        (void)snprintf(out, sizeof out, "out-%s", probe_name(kind));
        outcome o = run_on(j, kind, 2, 1, out);
        tell(j, o.ran, what, o.problem);
    }
}

static void check_repeats(judge *j)
{
    outcome one = run_on(j, PROBE_NEWS, 1, 1, "out-one"), again = run_on(j, PROBE_NEWS, 1, 1, "out-again");
    outcome many = run_on(j, PROBE_NEWS, 7, 1, "out-many");
    tell(j, one.ran && again.ran && strcmp(one.digest, again.digest) == 0, "the same results again",
            !one.ran ? one.problem : "two runs over the same documents differ: is there a clock, a random number, a pointer value?");
    tell(j, one.ran && many.ran && strcmp(one.digest, many.digest) == 0, "the same results with 7 workers",
            !many.ran ? many.problem : "1 and 7 workers differ: is state shared between threads? (worker_open makes state for one)");
}

static void check_idempotent(judge *j)
{
    char one[4200], two[4200];
    outcome o = run_on(j, PROBE_NEWS, 1, 2, "out-twice");
    (void)snprintf(one, sizeof one, "%s/out-one/documents.jsonl", j->dir);
    (void)snprintf(two, sizeof two, "%s/out-twice/documents.jsonl", j->dir);
    tell(j, o.ran && probe_same_texts(one, two), "a second pass changes nothing",
            o.ran ? "the texts after one pass and after two differ, and the plugin says WN_IDEMPOTENT" : o.problem);
}

static int judge_plugin(judge *j)
{
    const wn_plugin *p = NULL;
    wn_error err = WN_ERROR_INIT;
    tell(j, plugin_load_file(j->file, &p, &err) == WN_OK, "loads, and its ABI is one we speak", err.text);
    if (p == NULL)
        return EXIT_CHECK;
    wn_error table = WN_ERROR_INIT;
    tell(j, option_table_check(p->options, p->options_size, &table) == WN_OK, "its option table is honest", table.text);
    j->name = p->name;
    j->kind = plugin_kind(p);
    if (table.status != WN_OK)
        return EXIT_CHECK;
    check_probes(j);
    check_repeats(j);
    if (p->flags & WN_IDEMPOTENT && p->process != NULL)
        check_idempotent(j);
    return j->bad > 0 ? EXIT_CHECK : EXIT_DONE;
}

static bool take_arguments(judge *j, int argc, char **argv)
{
    if (argc < 2 || argv[1][0] == '-')
        return usage_error(&cmd_check_plugin, "which file?"), false;
    j->file = argv[1];
    for (int i = 2; i < argc; i += 2) {
        if (strcmp(argv[i], "--set") != 0 || i + 1 == argc || strchr(argv[i + 1], '=') == NULL)
            return usage_error(&cmd_check_plugin, "`%s` is not understood", argv[i]), false;
        j->set[j->n_set++] = argv[i + 1];
    }
    return true;
}

static int checkplugin_main(int argc, char **argv)
{
    const char *tmp = getenv("TMPDIR");
    judge j = {.set = calloc((size_t)argc + 1, sizeof *j.set)};
    int status = EXIT_USAGE;
    if (j.set == NULL)
        return EXIT_INTERNAL;
    if (take_arguments(&j, argc, argv)) {
        char *real = realpath(j.file, NULL);
        j.file = real != NULL ? real : j.file;
        (void)snprintf(j.dir, sizeof j.dir, "%s/winnow-check-XXXXXX", tmp != NULL && *tmp != '\0' ? tmp : "/tmp");
        status = mkdtemp(j.dir) != NULL ? judge_plugin(&j) : EXIT_IO;
        printf("1..%zu\n", j.checks);
        remove_tree(j.dir);
        free(real);
    }
    free(j.set);
    return end_output(status);
}
