/* checkplugin.c: winnow check-plugin: a judge for stages. Every trial is a real run in a child
 * process over documents that real corpora contain (probe.c makes them), so that a crash is a
 * verdict too. */
#include "config.h"
#include "cmd/commands.h"
#include "cmd/probe.h"
#include "cmd/rundir.h"
#include "config/options.h"
#include "guard/guard.h"
#include "engine/run.h"
#include "util/arena.h"
#include "util/path.h"
#include "util/show.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static int checkplugin_main(int argc, char **argv);

const command cmd_check_plugin = {
    "check-plugin",
    "FILE.so [--set KEY=VALUE]...",
    "judge a stage before you trust it",
    "Loads the plugin and runs it, with its default options or those of --set (KEY\n"
    "is the option's name, VALUE is YAML), over documents that are empty, huge, one\n"
    "line, full of odd characters or were invalid UTF-8. Checked: the ABI, the\n"
    "option table, that the stage fails on no document and none ends or crashes the\n"
    "run, that results are the same again and with more workers, and, for stages\n"
    "that say they are idempotent, that a second pass changes nothing. Prints TAP.\n"
    "\n"
    "Exit status: 0 all hold; 1 one does not; 74 no work folder (TMPDIR); 78 an\n"
    "option of --set is not one of the plugin's, or cannot have that value.\n",
    checkplugin_main,
};

typedef struct judge {
    const char *file, *folder, *name, *kind;
    char dir[WORK_FOLDER];
    const char **set; /* KEY=VALUE, as typed */
    size_t n_set, checks, bad;
    int stop; /* exit status of what ended the judging early; 0: nothing did */
} judge;

/* What a trial has to say, in memory that both processes share. */
typedef struct outcome {
    bool ran;
    int signal; /* that interrupted it */
    char digest[65];
    char problem[1000];
} outcome;

typedef struct trial {
    const judge *judge;
    /* out_dir NULL: the configuration is opened, nothing runs */
    const char *documents, *out_dir;
    unsigned jobs, passes;
    outcome *outcome;
} trial;

static void tell(judge *j, bool ok, const char *what, const char *why)
{
    if (j->stop != 0)
        return;
    j->checks++;
    j->bad += !ok;
    show_printf(stdout, "%sok %zu - %s\n", ok ? "" : "not ", j->checks, what);
    if (!ok && why != NULL && *why != '\0')
        show_printf(stdout, "# %s\n", why);
    (void)fflush(stdout);
}

static void stop(judge *j, int status, const char *why)
{
    if (j->stop == 0)
        show_printf(stderr, "winnow: %s\n", why);
    j->stop = j->stop == 0 ? status : j->stop;
}

/* ---- In the child: one run ---- */

/* Nothing of a stranger stands in the text: folder, inputs and options come as arguments do. */
static void put_config(const trial *t, strbuf *out)
{
    const judge *j = t->judge;
    bool source = strstr(j->kind, "source") != NULL, sink = strcmp(j->kind, "sink") == 0;
    /* no bound on marks: the documents are all marks on purpose, and it is the stage that is
     * judged */
    strbuf_printf(out, "version: 1\nlimits: {max_span_ratio: 0}\ninput: %s\nstages:",
                  source ? j->name : "jsonl");
    for (unsigned i = 1; i <= t->passes && !source && !sink; i++)
        strbuf_printf(out, "%s{use: %s, id: pass%u}", i == 1 ? " [" : ", ", j->name, i);
    strbuf_printf(out, "%s]\noutput: [%s]\n", source || sink ? " [" : "", sink ? j->name : "jsonl");
}

/* KEY=VALUE as typed, for that pass. NULL: out of memory. */
static const char *set_for(const trial *t, unsigned pass, const char *typed, arena *memory)
{
    const judge *j = t->judge;
    strbuf text = STRBUF_INIT;
    if (strstr(j->kind, "source") != NULL)
        strbuf_printf(&text, "input.with.%s", typed);
    else if (strcmp(j->kind, "sink") == 0)
        strbuf_printf(&text, "output.%s.with.%s", j->name, typed);
    else
        strbuf_printf(&text, "stages.pass%u.with.%s", pass, typed);
    const char *copy = text.oom ? NULL : arena_strndup(memory, text.p, text.len);
    strbuf_release(&text);
    return copy;
}

/* Every option for every pass. NULL: out of memory. */
static const char **make_set(const trial *t, size_t n, arena *memory)
{
    const char **set = memory == NULL ? NULL : arena_alloc(memory, n * sizeof *set);
    for (size_t i = 0; set != NULL && i < n; i++)
        if ((set[i] = set_for(t, (unsigned)(i % t->passes) + 1, t->judge->set[i / t->passes],
                              memory)) == NULL)
            return NULL;
    return set;
}

/* A document on which the stage itself failed, by its own word or the host's. */
static wn_status check_rejects(const json_t *info, wn_error *err)
{
    size_t i;
    json_t *r;
    json_array_foreach(json_object_get(info, "rejects"), i, r)
    {
        const json_t *reject = json_object_get(r, "reject"), *id = json_object_get(r, "id");
        const char *by = string_in(reject, "stage"), *status = string_in(reject, "status");
        if (by != NULL && strncmp(by, "pass", 4) == 0 && status != NULL &&
            strcmp(status, "failed") == 0)
            return wn_fail(err, WN_E_STAGE, "%s failed on document %.100s: %s", by,
                           json_is_string(id) ? json_string_value(id) : "?",
                           string_in(reject, "reason"));
    }
    return WN_OK;
}

static wn_status run_config(const trial *t, const config_args *args, wn_error *err)
{
    config *c = NULL;
    run_result result;
    run_args run = {.plan = {.out_dir = t->out_dir, .jobs = t->jobs},
                    .quiet = true,
                    .check_all = true};
    wn_status status = config_open(args, &c, err);
    if (status == WN_OK && t->out_dir != NULL)
        status = run_pipeline(c, &run, &result, err);
    if (status == WN_OK && t->out_dir != NULL) {
        memcpy(t->outcome->digest, result.digest, sizeof result.digest);
        status = check_rejects(result.info, err);
        json_decref(result.info);
    }
    config_close(c);
    return status;
}

/* In a trial a signal ends a stage that hangs; a run itself notes them. One that was noted before,
 * by this process or the one that it was made from, counts as well. */
static void let_signals_end(void)
{
    guard_signals_restore();
    if (guard_signal() != 0)
        (void)raise(guard_signal());
}

static int run_trial(void *arg)
{
    const trial *t = arg;
    wn_error err = WN_ERROR_INIT;
    strbuf text = STRBUF_INIT, problem = STRBUF_INIT;
    arena *memory = arena_new(0);
    const size_t n_set = t->judge->n_set * t->passes;
    let_signals_end();
    const char **set = make_set(t, n_set, memory);
    put_config(t, &text);
    const config_args args = {.text = {text.p, text.len},
                              .set = set,
                              .n_set = n_set,
                              .inputs = &t->documents,
                              .n_inputs = 1,
                              .plugins = &t->judge->folder,
                              .n_plugins = 1,
                              .host = &run_host};
    wn_status status = set == NULL || text.oom ? wn_fail(&err, WN_E_NOMEM, "out of memory")
                                               : run_config(t, &args, &err);
    put_error(&problem, &err);
    (void)snprintf(t->outcome->problem, sizeof t->outcome->problem, "%s",
                   problem.p != NULL ? problem.p : err.text);
    t->outcome->signal = status == WN_E_INTERRUPTED ? guard_signal() : 0;
    t->outcome->ran = status == WN_OK;
    strbuf_release(&text);
    strbuf_release(&problem);
    arena_free(memory);
    return EXIT_DONE;
}

static int load_trial(void *arg)
{
    const trial *t = arg;
    const wn_plugin *p;
    wn_error err = WN_ERROR_INIT;
    let_signals_end();
    t->outcome->ran = plugin_load_file(t->judge->file, &p, &err) == WN_OK;
    (void)snprintf(t->outcome->problem, sizeof t->outcome->problem, "%s", err.text);
    return EXIT_DONE;
}

/* ---- In the parent ---- */

/* f(t) in a process of its own. Only one that came to its end has an outcome; a crash is told by
 * its last words. */
static outcome try(judge *j, int (*f)(void *trial), trial t)
{
    outcome o = {.ran = false};
    if (guard_signal() != 0)
        stop(j, 128 + guard_signal(), "interrupted");
    if (j->stop != 0)
        return o;
    outcome *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        stop(j, EXIT_INTERNAL, "out of memory for a trial");
        return o;
    }
    t.judge = j;
    t.outcome = shared;
    guard_end end = guard_run(f, &t);
    o = *shared;
    (void)munmap(shared, sizeof *shared);
    int interrupted = o.signal != 0 ? o.signal
                      : end.signal == SIGINT || end.signal == SIGTERM || end.signal == SIGHUP
                          ? end.signal
                          : 0;
    if (interrupted != 0)
        stop(j, 128 + interrupted, "interrupted");
    if (end.done && end.signal == 0)
        return o;
    o.ran = false;
    if (end.words[0] != '\0')
        (void)snprintf(o.problem, sizeof o.problem, "%s", end.words);
    else
        (void)snprintf(o.problem, sizeof o.problem, "the process ended with %s %d",
                       end.signal != 0 ? "signal" : "status",
                       end.signal != 0 ? end.signal : end.status);
    return o;
}

static outcome run_on(judge *j, probe_kind kind, unsigned jobs, unsigned passes, const char *out)
{
    char documents[WORK_FOLDER + 40], dir[WORK_FOLDER + 40];
    outcome o = {.ran = false};
    if (j->stop != 0)
        return o;
    (void)snprintf(documents, sizeof documents, "%s/%s.jsonl", j->dir, probe_name(kind));
    (void)snprintf(dir, sizeof dir, "%s/%s", j->dir, out);
    if (probe_write(kind, documents))
        return try(j, run_trial,
                   (trial){.documents = documents, .out_dir = dir, .jobs = jobs, .passes = passes});
    (void)snprintf(o.problem, sizeof o.problem, "%.900s: %s", documents, strerror(errno));
    stop(j, EXIT_IO, o.problem);
    return o;
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
    outcome one = run_on(j, PROBE_NEWS, 1, 1, "out-one"),
            again = run_on(j, PROBE_NEWS, 1, 1, "out-again");
    outcome many = run_on(j, PROBE_NEWS, 7, 1, "out-many");
    tell(j, one.ran && again.ran && strcmp(one.digest, again.digest) == 0, "the same results again",
         !one.ran     ? one.problem
         : !again.ran ? again.problem
                      : "two runs over the same documents differ: is there a clock, a random "
                        "number, a pointer value?");
    tell(j, one.ran && many.ran && strcmp(one.digest, many.digest) == 0,
         "the same results with 7 workers",
         !many.ran ? many.problem
                   : "1 and 7 workers differ: is state shared between threads? (worker_open makes "
                     "state for one)");
}

static void check_idempotent(judge *j)
{
    char one[WORK_FOLDER + 40], two[WORK_FOLDER + 40];
    outcome o = run_on(j, PROBE_NEWS, 1, 2, "out-twice");
    (void)snprintf(one, sizeof one, "%s/out-one", j->dir);
    (void)snprintf(two, sizeof two, "%s/out-twice", j->dir);
    tell(j, o.ran && probe_same_texts(one, two), "a second pass changes nothing",
         o.ran ? "the texts after one pass and after two differ, and the plugin says WN_IDEMPOTENT"
               : o.problem);
}

/* Options that the plugin does not know are no fault of its. */
static void check_set(judge *j)
{
    char documents[WORK_FOLDER + 40];
    (void)snprintf(documents, sizeof documents, "%s/set.jsonl", j->dir);
    if (j->n_set == 0 || j->stop != 0)
        return;
    if (!probe_write(PROBE_EMPTY, documents))
        stop(j, EXIT_IO, "the work folder cannot be written");
    outcome o = try(j, run_trial, (trial){.documents = documents, .jobs = 1, .passes = 1});
    if (!o.ran && strncmp(o.problem, "--set ", 6) == 0)
        stop(j, EXIT_CONFIGURATION, o.problem);
}

static int judge_plugin(judge *j)
{
    const wn_plugin *p = NULL;
    wn_error err = WN_ERROR_INIT, table = WN_ERROR_INIT;
    outcome o = try(j, load_trial, (trial){.passes = 1});
    bool loads = o.ran && plugin_load_file(j->file, &p, &err) == WN_OK;
    tell(j, loads, "loads, and its ABI is one we speak", o.ran ? err.text : o.problem);
    if (p == NULL)
        return EXIT_CHECK;
    tell(j, option_table_check(p->options, p->options_size, &table) == WN_OK,
         "its option table is honest", table.text);
    j->name = p->name;
    j->kind = plugin_kind(p);
    if (table.status != WN_OK)
        return EXIT_CHECK;
    check_set(j);
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

static int judge_in_folder(judge *j)
{
    wn_error err = WN_ERROR_INIT;
    char *real = realpath(j->file, NULL), *folder = real != NULL ? strdup(real) : NULL;
    if (folder != NULL) {
        folder[path_dir(real)] = '\0';
        j->file = real;
        j->folder = folder;
    }
    if (!work_folder("check", j->dir, &err)) {
        free(real);
        free(folder);
        return report_error(&err);
    }
    int status = judge_plugin(j);
    printf("1..%zu\n", j->checks);
    remove_tree(j->dir);
    free(real);
    free(folder);
    return j->stop != 0 ? j->stop : status;
}

static int checkplugin_main(int argc, char **argv)
{
    judge j = {.set = calloc((size_t)argc + 1, sizeof *j.set)};
    int status = EXIT_USAGE;
    if (j.set == NULL)
        return report_error(&(wn_error){.status = WN_E_NOMEM, .text = "out of memory"});
    guard_signals_catch(); /* so that the work folder goes */
    if (take_arguments(&j, argc, argv))
        status = judge_in_folder(&j);
    guard_signals_restore();
    free(j.set);
    return end_output(status);
}
