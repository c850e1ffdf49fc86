/* Whole runs in this process, with plugins that obey, drop, fail and lie (run_plugins.c). */
#include "config.h"
#include "guard/guard.h"
#include "results/generation.h"
#include "results/stats.h"
#include "engine/run.h"
#include "run_plugins.h"
#include "util/alloc.h"
#include "tap.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[2048], out[2100], in[2100];
static pipeline p;
static run_args args;
static run_result result;
static wn_error err;
static bool quiet;

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    CHECK(f != NULL && fputs(text, f) >= 0 && fclose(f) == 0);
}

static char *read_file(const char *name)
{
    static char text[1 << 20];
    char path[4096];
    size_t n = 0;
    (void)snprintf(path, sizeof path, "%s/%s", out, name);
    FILE *f = fopen(path, "r");
    if (f != NULL) {
        n = fread(text, 1, sizeof text - 1, f);
        (void)fclose(f);
    }
    text[n] = '\0';
    return text;
}

/* Names in a folder, "." and ".." apart; -1: not there. */
static int entries(const char *path)
{
    DIR *d = opendir(path);
    int n = -2;
    if (d == NULL)
        return -1;
    while (readdir(d) != NULL)
        n++;
    (void)closedir(d);
    return n;
}

static void remove_tree(const char *path)
{
    char command[4200];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", path);
    CHECK_INT(system(command), 0);
}

static wn_status go_on(const char *text)
{
    wn_error none = WN_ERROR_INIT;
    write_file(in, text);
    p.inputs[0] = in;
    p.config.n_inputs = 1;
    args.plan.out_dir = out;
    args.quiet = true;
    err = none;
    json_decref(result.info);
    memset(&result, 0, sizeof result);
    wn_status status = run_pipeline(&p.config, &args, &result, &err);
    if (status != WN_OK && !quiet)
        printf("# %d: %s: %s\n", (int)status, err.where, err.text);
    return status;
}

/* A fresh pipeline of `stages` over `text`. */
static wn_status go(const char *stages, const char *text)
{
    remove_tree(out);
    pipeline_make(&p, stages);
    memset(&args, 0, sizeof args);
    args.plan.jobs = 3;
    return go_on(text);
}

static long long count(const char *id, const char *key)
{
    size_t i;
    json_t *s;
    json_array_foreach(json_object_get(result.info, "stages"), i, s)
    {
        if (strcmp(json_string_value(json_object_get(s, "id")), id) == 0)
            return (long long)json_integer_value(json_object_get(s, key));
    }
    return -1;
}

static bool starts(const char *text, const char *with)
{
    bool yes = strncmp(text, with, strlen(with)) == 0;
    if (!yes)
        printf("# got: %.300s\n", text);
    return yes;
}

static unsigned lines(const char *text)
{
    unsigned n = 0;
    for (; *text != '\0'; text++)
        n += *text == '\n';
    return n;
}

/* Is `a` before `b` in the text, and each there? */
static bool in_order(const char *text, const char *a, const char *b)
{
    const char *x = strstr(text, a), *y = strstr(text, b);
    return x != NULL && y != NULL && x < y;
}

static void documents_pass(void)
{
    CHECK_INT(go("o", "a one\nb EDIT two COUNT\n"), WN_OK);
    CHECK_INT(result.documents, 2);
    CHECK_INT(result.rejects, 0);
    CHECK(starts(read_file("lines.txt"), "a one\nb  two COUNT\n"));
    CHECK_STR(read_file("rejects.jsonl"), "");
    CHECK(strstr(read_file("stats.json"), "\"counted\": 2") != NULL);
    CHECK(strstr(read_file("stats.json"), "\"lines\": 2") != NULL);
    CHECK(strstr(read_file("run.json"), result.digest) != NULL);
    CHECK_INT(entries(out), 5);
}

static void rejects_are_told(void)
{
    CHECK_INT(go("o", "a x\nb DROP\nnoblank\nSKIP me\nc FAIL\nd SAYSNOTHING\ne y\nf BADRENDER\n"),
              WN_OK);
    CHECK_INT(result.documents, 8);
    CHECK_INT(result.rejects, 6);
    CHECK(starts(read_file("lines.txt"), "a x\ne y\n{"));
    const char *r = read_file("rejects.jsonl");
    CHECK_INT(lines(r), 6);
    CHECK(in_order(r, "it says so", "a line without a blank"));
    CHECK(in_order(r, "a line without a blank", "the source skips it"));
    CHECK(in_order(r, "it says FAIL", "without saying why"));
    CHECK(in_order(r, "without saying why", "bad render"));
    CHECK_INT(count("lines", "in"), 8);
    CHECK_INT(count("lines", "failed"), 1);
    CHECK_INT(count("lines", "dropped"), 1);
    CHECK_INT(count("one", "in"), 6);
    CHECK_INT(count("one", "dropped"), 1);
    CHECK_INT(count("one", "failed"), 2);
    CHECK_INT(count("sink", "failed"), 1);
    CHECK_INT(count("sink", "out"), 2);
}

static void liars_are_found(void)
{
    CHECK_INT(go("o", "a LIEOK\nb LIEDROP\nc ODD\nd EMIT\ne fine\n"), WN_OK);
    CHECK_INT(result.rejects, 4);
    CHECK_INT(count("one", "failed"), 4);
    CHECK(starts(read_file("lines.txt"), "e fine\n{"));
    CHECK(strstr(read_file("rejects.jsonl"), "fault of the stage") != NULL);
}

static void limits_make_rejects(void)
{
    CHECK_INT(go("o", ""), WN_OK);
    p.config.limits.max_document_seconds = 0.2;
    CHECK_INT(go_on("a GREEDY\nb SLOW\nc fine\n"), WN_OK);
    CHECK_INT(result.rejects, 2);
    CHECK(strstr(read_file("rejects.jsonl"), "max_document_seconds") != NULL);
    CHECK(starts(read_file("lines.txt"), "c fine\n{"));
}

/* A line over max_record has no record, but is told of. */
static void giant_line(void)
{
    char *text = malloc(3 << 20);
    CHECK_INT(go("o", ""), WN_OK);
    memset(text, 'x', 3 << 20);
    memcpy(text, "a fine\nb ", 9);
    memcpy(text + (2 << 20), "\nc fine\n", 9);
    text[(2 << 20) + 9] = '\0';
    CHECK_INT(go_on(text), WN_OK);
    CHECK_INT(result.documents, 3);
    CHECK_INT(result.rejects, 1);
    CHECK(starts(read_file("lines.txt"), "a fine\nc fine\n{"));
    CHECK(strstr(read_file("rejects.jsonl"), "in.txt") != NULL);
    free(text);
}

static void failures_end_the_run(void)
{
    static const char *const cases[][3] = {
        {"o", "a x\nb FAIL\nc FAIL\n", "it says FAIL"}, {"s", "a BADREDUCE\n", "bad reduce"},
        {"s", "BADSETTLE x\nb y\n", "no document 2"},   {"", "a BADWRITE\n", "bad write"},
        {"o", "a NOMEM\n", "without saying why"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CHECK_INT(go(cases[i][0], "a fine\n"), WN_OK);
        p.stages[0].on_error = ON_ERROR_FAIL;
        remove_tree(out);
        CHECK(go_on(cases[i][1]) < WN_OK);
        CHECK(strstr(err.text, cases[i][2]) != NULL);
        CHECK_INT(entries(out), -1); /* the folder was made for this run */
    }
    CHECK_INT(go("o", "a x\n"), WN_OK);
    p.stages[0].on_error = ON_ERROR_FAIL;
    CHECK_INT(go_on("a x\nb FAIL\n"), WN_E_STAGE);
    CHECK_STR(err.where, "document b, stage one");
    /* the results of the run before are untouched */
    CHECK(starts(read_file("lines.txt"), "a x\n{"));
    CHECK_INT(entries(out), 5);
}

static void too_many_rejects(void)
{
    CHECK_INT(go("o", ""), WN_OK);
    p.config.limits.max_rejects = 2;
    CHECK_INT(go_on("a DROP\nb DROP\nc x\n"), WN_OK);
    CHECK_INT(go_on("a DROP\nb DROP\nc DROP\n"), WN_E_DATA);
    CHECK(strstr(err.text, "max_rejects") != NULL);
}

static void corpus_merges(void)
{
    CHECK_INT(go("oso", "a x\nb y\nc x\nd DROP\ne x\nf BADEMIT\ng BADAPPLY\nh y\n"), WN_OK);
    const char *text = read_file("lines.txt");
    CHECK(starts(text, "a x\nb y\n{"));
    CHECK(strstr(text, "\"same\":{\"n\":6,\"merged\":3}") != NULL);
    CHECK_INT(result.rejects, 6);
    CHECK_INT(count("two", "in"), 7);
    CHECK_INT(count("two", "out"), 2);
    CHECK_INT(count("two", "merged"), 3);
    CHECK_INT(count("two", "failed"), 2);
    CHECK_INT(count("three", "in"), 2);
    const char *r = read_file("rejects.jsonl");
    CHECK(in_order(r, "\"id\":\"d\"", "\"id\":\"f\"")); /* input order within a step */
    CHECK(in_order(r, "\"id\":\"f\"", "\"id\":\"c\""));
    CHECK(in_order(r, "\"id\":\"g\"", "\"id\":\"h\""));
    CHECK(strstr(r, "\"into\":\"a\"") != NULL);
}

static void two_corpus_stages(void)
{
    CHECK_INT(go("sos", "a x\nb x\nc EDITy\nd y\ne RAW\n"), WN_OK);
    CHECK(starts(read_file("lines.txt"), "a x\nc y\ne RAW\n{"));
    CHECK_INT(count("one", "merged"), 1);
    CHECK_INT(count("three", "merged"), 1);
}

static void no_documents(void)
{
    CHECK_INT(go("oso", ""), WN_OK);
    CHECK_INT(result.documents, 0);
    CHECK_INT(go("s", "a DROP\n"), WN_OK);
}

/* The same digest for any number of workers, memory so small that everything is spilled, and small
 * units. */
static void same_for_any_workers(void)
{
    enum { N = 20000 };
    static const unsigned jobs[] = {1, 2, 7, 3};
    char *text = malloc(N * 40), *at = text, want[65] = "";
    CHECK(text != NULL);
    for (unsigned i = 0; text != NULL && i < N; i++)
        at += sprintf(at, "doc%u %s text %u\n", i,
                      i % 101 == 0  ? "DROP"
                      : i % 97 == 0 ? "FAIL"
                                    : "plain",
                      i * 7919u % (N / 2));
    for (size_t i = 0; i < sizeof jobs / sizeof jobs[0]; i++) {
        CHECK_INT(go("oso", ""), WN_OK);
        args.plan.jobs = jobs[i];
        args.plan.max_memory = i % 2 == 1 ? 1 : 0;
        p.config.limits.split_size = i < 2 ? 10000 : 1 << 25;
        CHECK_INT(go_on(text), WN_OK);
        CHECK_INT(result.documents, N);
        if (i == 0)
            (void)snprintf(want, sizeof want, "%s", result.digest);
        CHECK_STR(result.digest, want);
    }
    args.plan.limit = 1234;
    CHECK_INT(go_on(text), WN_OK);
    CHECK_INT(result.documents, 1234);
    CHECK_INT(count("one", "in"), 1234);
    free(text);
}

static void interrupted(void)
{
    CHECK_INT(go("o", "a x\n"), WN_OK);
    CHECK_INT(go_on("a y\nb INT\nc z\n"), WN_E_INTERRUPTED);
    CHECK_INT(guard_signal(), SIGINT);
    CHECK(starts(read_file("lines.txt"), "a x\n"));
    CHECK_INT(entries(out), 5);
    CHECK_INT(go_on("a y\n"), WN_OK);
    CHECK_INT(guard_signal(), 0);
}

static void users_are_protected(void)
{
    char path[4096];
    CHECK_INT(go("o", "a x\n"), WN_OK);
    remove_tree(out);
    CHECK_INT(mkdir(out, 0777), 0);
    CHECK_INT(go_on("a x\n"), WN_OK); /* empty: fine */
    (void)snprintf(path, sizeof path, "%s/.winnow", out);
    remove_tree(path);
    (void)snprintf(path, sizeof path, "%s/mine", out);
    write_file(path, "precious");
    CHECK_INT(go_on("a x\n"), WN_E_CONFIG);
    CHECK(strstr(err.text, "no run directory") != NULL);
    CHECK_INT(entries(out), 5);
    CHECK_INT(go("o", "a x\n"), WN_OK);
    (void)snprintf(path, sizeof path, "%s/lines.txt", out);
    CHECK_INT(unlink(path), 0);
    CHECK_INT(mkdir(path, 0777), 0); /* somebody else's */
    CHECK_INT(go_on("a x\n"), WN_E_CONFIG);
    CHECK(strstr(err.text, "in the way") != NULL);
    CHECK_INT(entries(path), 0);
}

/* What a killed run left is swept away; two runs do not share a directory. */
static void stale_and_locked(void)
{
    char path[4096];
    CHECK_INT(go("o", "a x\n"), WN_OK);
    (void)snprintf(path, sizeof path, "%s/.winnow/gen-2", out);
    CHECK_INT(mkdir(path, 0777), 0);
    (void)snprintf(path, sizeof path, "%s/.winnow/gen-2/lines.txt", out);
    write_file(path, "half");
    (void)snprintf(path, sizeof path, "%s/old.txt", out); /* a name that the run before had */
    CHECK_INT(symlink(".winnow/current/old.txt", path), 0);
    CHECK_INT(go_on("b x\n"), WN_OK);
    CHECK(starts(read_file("lines.txt"), "b x\n"));
    (void)snprintf(path, sizeof path, "%s/.winnow", out);
    CHECK_INT(entries(path), 2); /* current, and what it leads to */
    remove_tree(out);            /* of a first run that was killed while it published */
    CHECK_INT(mkdir(out, 0777), 0);
    (void)snprintf(path, sizeof path, "%s/run.json", out);
    CHECK_INT(symlink(".winnow/current/run.json", path), 0);
    CHECK_INT(go_on("b x\n"), WN_OK);
    CHECK_INT(entries(out), 5);
}

/* What goes away by hand while a run is at work (a file of the generation, or all of it) is not
 * published as if it were there. */
static void results_that_went_away(void)
{
    static const char *const outputs_of_it[] = {"lines.txt"};
    for (int all = 0; all < 2; all++) {
        char path[4096];
        generation *d = NULL;
        err = (wn_error)WN_ERROR_INIT;
        CHECK_INT(go("o", "a x\n"), WN_OK);
        CHECK_INT(generation_begin(out, &d, &err), WN_OK);
        int fd = generation_create(d, outputs_of_it[0], &err);
        CHECK(fd >= 0 && close(fd) == 0);
        (void)snprintf(path, sizeof path, "%s/.winnow/gen-2%s", out, all ? "" : "/lines.txt");
        remove_tree(path);
        if (all) { /* another run, which no lock kept out, has made its own */
            CHECK_INT(mkdir(path, 0777), 0);
            (void)snprintf(path, sizeof path, "%s/.winnow/gen-2/lines.txt", out);
            write_file(path, "half");
        }
        CHECK_INT(generation_publish(d, outputs_of_it, 1, &err), WN_E_IO);
        CHECK(strstr(err.text, "went away while the run was at work") != NULL);
        generation_end(d);
        CHECK(starts(read_file("lines.txt"), "a x\n"));
    }
}

/* No memory for the counts of an origin: they are missing, and nothing is used that is gone
 * (valgrind and the sanitizer build look). */
static void origins_without_memory(void)
{
    struct run r = {.origins = NULL};
    unsigned long n = 0;
    json_set_alloc_funcs(mem_alloc, mem_free);
    do {
        json_decref(r.origins);
        r.origins = json_object();
        (void)mem_fail_at(++n);
        count_origin(&r, (wn_str){"Harbour Times", 13}, true);
    } while (mem_fail_at(0));
    CHECK(n > 5);
    CHECK_INT(json_integer_value(
                  json_object_get(json_object_get(r.origins, "Harbour Times"), "written")),
              1);
    json_decref(r.origins);
}

/* A file that may not grow: an error, nothing left. */
static void disk_is_full(void)
{
    enum { N = 4000 };
    char *text = malloc(N * 100), *at = text;
    struct rlimit old, small = {100000, 0};
    for (unsigned i = 0; text != NULL && i < N; i++)
        at += sprintf(at, "doc%u a text that is not long but takes its place on disk %u\n", i, i);
    CHECK_INT(go("s", text), WN_OK);
    remove_tree(out);
    CHECK_INT(getrlimit(RLIMIT_FSIZE, &old), 0);
    small.rlim_max = old.rlim_max;
    p.inputs[0] = in;
    (void)setrlimit(RLIMIT_FSIZE, &small);
    wn_error none = WN_ERROR_INIT;
    err = none;
    CHECK_INT(run_pipeline(&p.config, &args, &result, &err), WN_E_IO);
    (void)setrlimit(RLIMIT_FSIZE, &old);
    CHECK(strstr(err.text, "cannot write") != NULL);
    CHECK_INT(entries(out), -1);
    free(text);
}

/* Wherever an allocation fails: all is well, or the run ends with a message; it never crashes,
 * loses a document or leaves a file. */
static void check_out_of_memory(wn_status status)
{
    if (status == WN_OK) {
        CHECK_INT(result.documents, 5);
        return;
    }
    CHECK(status == WN_E_NOMEM || status == WN_E_STAGE || status == WN_E_INTERNAL);
    CHECK(err.text[0] != '\0');
    CHECK_INT(entries(out), -1);
}

static void out_of_memory(void)
{
    enum { N = 150 };
    char text[200];
    unsigned failed[2] = {0, 0};
    quiet = true;
    for (unsigned n = 1; n < N; n++) {
        CHECK_INT(go("oso", ""), WN_OK);
        remove_tree(out);
        (void)mem_fail_at(n); /* in the main thread */
        wn_status status = go_on("a x\nb y\nc x\nd DROP\ne COUNT z\n");
        (void)mem_fail_at(0);
        failed[0] += status != WN_OK;
        check_out_of_memory(status);
        remove_tree(out);
        /* in a worker */
        (void)snprintf(text, sizeof text, "a x\nb OOM%u\nc x\nd DROP\ne COUNT z\n", n);
        status = go_on(text);
        failed[1] += status != WN_OK;
        check_out_of_memory(status);
    }
    quiet = false;
    CHECK(failed[0] > 20);
    CHECK(failed[1] > 5);
}

static int hang(void *unused)
{
    (void)unused;
    (void)freopen("/dev/null", "w", stderr);
    p.config.limits.max_document_seconds = 0.05;
    (void)go_on("a HANG\n");
    return 1;
}

static void hanging_stage(void)
{
    CHECK_INT(go("o", ""), WN_OK);
    remove_tree(out);
    guard_end end = guard_run(hang, NULL);
    CHECK(!end.done && end.told && !end.committed);
    CHECK_INT(end.status, 70);
    CHECK_INT(entries(out), -1); /* the parent has swept */
}

int main(void)
{
    const char *build = getenv("builddir");
    /* background jobs of a shell start with it ignored, and a run leaves it so */
    (void)signal(SIGINT, SIG_DFL);
    (void)snprintf(dir, sizeof dir, "%s/tests/unit/run.tmp", build == NULL ? "." : build);
    (void)snprintf(out, sizeof out, "%s/out", dir);
    (void)snprintf(in, sizeof in, "%s/in.txt", dir);
    remove_tree(dir);
    CHECK_INT(mkdir(dir, 0777), 0);
    RUN(documents_pass);
    RUN(rejects_are_told);
    RUN(liars_are_found);
    RUN(limits_make_rejects);
    RUN(giant_line);
    RUN(failures_end_the_run);
    RUN(too_many_rejects);
    RUN(corpus_merges);
    RUN(two_corpus_stages);
    RUN(no_documents);
    RUN(same_for_any_workers);
    RUN(interrupted);
    RUN(users_are_protected);
    RUN(stale_and_locked);
    RUN(results_that_went_away);
    RUN(origins_without_memory);
    RUN(disk_is_full);
    RUN(out_of_memory);
    RUN(hanging_stage);
    json_decref(result.info);
    remove_tree(dir);
    return DONE();
}
