/* t_hostile.c: a plugin that does what a plugin must not, where it is told to: `at` names the
 * callback, `how` the deed. In callbacks with a document it strikes on texts that hold the word
 * BAD. Built twice: t_hostile is a source, a document stage and a sink; t_hostile_corpus (with
 * -DCORPUS) is a corpus stage. */
#include <winnow/plugin.h>

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef CORPUS
#define NAME "t_hostile_corpus"
#else
#define NAME "t_hostile"
#endif

typedef struct hostile_options {
    const char *at, *how;
    wn_list path;
} hostile_options;

static const wn_option options[] = {WN_OPT_STRING(hostile_options, at, "",
                                                  "the callback in which to strike"),
                                    WN_OPT_STRING(hostile_options, how, "", "what to do"),
#ifndef CORPUS
                                    WN_OPT_INPUTS(hostile_options, path, "as a source: the input"),
#endif
                                    WN_OPT_END};

static volatile int sink_of_loops;

static int dive(const volatile char *above, int depth)
{
    volatile char here[4096];
    here[0] = above[0];
    return depth < 0 ? here[0] : dive(here, depth + 1) + here[0];
}

static void strike(const char *how)
{
    volatile char *nowhere = NULL;
    volatile int zero = 0;
    if (strcmp(how, "segv") == 0)
        nowhere[0] = 1;
    else if (strcmp(how, "stack") == 0)
        sink_of_loops = dive("x", 0);
    else if (strcmp(how, "fpe") == 0)
        sink_of_loops = 1 / zero;
    else if (strcmp(how, "abort") == 0)
        abort();
    else if (strcmp(how, "free") == 0)
        free((void *)(uintptr_t)((uintptr_t)&sink_of_loops + 1));
    else if (strcmp(how, "exit") == 0)
        exit(0);
    else if (strcmp(how, "_exit") == 0)
        _exit(0);
    else if (strcmp(how, "list") == 0) /* what a program gets from us that a stage starts */
        sink_of_loops = system("ls -l /proc/self/fd >descriptors.txt");
    /* one of its own crashes, which it takes well; then it is killed */
    else if (strcmp(how, "helper") == 0) {
        pid_t helper = fork();
        if (helper == 0)
            abort();
        (void)waitpid(helper, NULL, 0);
        (void)kill(getpid(), SIGKILL);
    } else if (strcmp(how, "kill") == 0)
        (void)kill(getpid(), SIGKILL);
    else if (strcmp(how, "term") == 0) { /* as if somebody had wanted the run to end */
        (void)raise(SIGTERM);
        (void)sleep(1);
    } else if (strcmp(how, "pthread_exit") == 0)
        pthread_exit(NULL);
    else if (strcmp(how, "loop") == 0)
        while (zero == 0)
            sink_of_loops++;
    else if (strcmp(how, "nap") == 0)
        (void)usleep(300000);
    else if (strcmp(how, "sleep") == 0)
        while (zero == 0)
            (void)sleep(1000);
}

static const char words[] = "words\x1b[2J\nwinnow: of another \xc2\x9b\xe2\x80\xae\xff";

static wn_status deed(const wn_stage *stage, const char *at)
{
    const hostile_options *o = wn_options(stage);
    if (strcmp(o->at, at) != 0)
        return WN_OK;
    strike(o->how);
    if (strcmp(o->how, "log") == 0)
        wn_log(stage, WN_WARN, "%s", words);
    if (strcmp(o->how, "odd") == 0)
        return (wn_status)77;
    if (strcmp(o->how, "interrupted") == 0)
        return WN_E_INTERRUPTED;
    return strcmp(o->how, "nomem") == 0  ? WN_E_NOMEM
           : strcmp(o->how, "fail") == 0 ? WN_E_STAGE
                                         : WN_OK;
}

static bool is_bad(const wn_doc *doc)
{
    wn_str text = wn_text(doc);
    for (size_t i = 0; i + 3 <= text.len; i++)
        if (memcmp(text.p + i, "BAD", 3) == 0)
            return true;
    return false;
}

static json_t *bad_string(void)
{
    return json_stringn_nocheck("\xff\xfe", 2);
}

/* A list that holds the one below it twice, and so on: small, and too long to be looked through. */
static json_t *doubled(int levels)
{
    json_t *below = json_array();
    for (int i = 0; i < levels; i++) {
        json_t *both = json_array();
        (void)json_array_append(both, below);
        (void)json_array_append_new(both, below);
        below = both;
    }
    return below;
}

/* What is done to the document itself. */
static wn_status spoil(wn_doc *doc, const char *how, wn_error *err)
{
    if (strcmp(how, "bad_metadata") == 0)
        (void)json_object_set_new(wn_meta(doc), "x", bad_string());
    else if (strcmp(how, "shared") == 0)
        (void)json_object_set_new(wn_meta(doc), "x", doubled(60));
    else if (strcmp(how, "bad_key") == 0)
        (void)json_object_setn_new_nocheck(wn_meta(doc), "\xff", 1, json_true());
    else if (strcmp(how, "bad_layer") == 0)
        (void)wn_span_add(doc, "\xff", 0, 1, NULL, NULL);
    else if (strcmp(how, "bad_attribute") == 0)
        (void)wn_span_add(doc, "thing", 0, 1, json_pack("{s:o}", "x", bad_string()), NULL);
    else if (strcmp(how, "bad_role") == 0 && wn_span_add(doc, "thing", 0, 1, NULL, NULL) == WN_OK)
        (void)wn_part_add(doc, "thing", 0, "\xff", 0, 1);
    else if (strcmp(how, "renamed") == 0 && memchr(wn_id(doc).p, '~', wn_id(doc).len) != NULL)
        return wn_fail(err, WN_E_DATA, "not under this name");
    else if (strcmp(how, "renamed_drop") == 0 && memchr(wn_id(doc).p, '~', wn_id(doc).len) != NULL)
        return wn_drop(doc, "not under this name", NULL, NULL, NULL);
    else if (strcmp(how, "renamed_segv") == 0 && memchr(wn_id(doc).p, '~', wn_id(doc).len) != NULL)
        strike("segv");
    else if (strcmp(how, "cast") == 0)
        ((char *)(uintptr_t)wn_text(doc).p)[0] = (char)0xff;
    else if (strcmp(how, "complain") == 0)
        return wn_fail(err, WN_E_STAGE, "%s", words);
    else if (strcmp(how, "bad_reason") == 0)
        return wn_drop(doc, "\xff", NULL, NULL, NULL);
    else if (strcmp(how, "bad_value") == 0)
        return wn_drop(doc, "a reason", "rule", bad_string(), NULL);
    else if (strcmp(how, "bad_counter") == 0)
        wn_count(doc, "\xff", 1);
    else if (strcmp(how, "merge_unknown") == 0)
        return wn_merge(doc, "nobody", "the same", NULL, NULL, NULL);
    else if (strcmp(how, "merge_self") == 0)
        return wn_merge(doc, wn_id(doc).p, "the same", NULL, NULL, NULL);
    /* a limit is reached, and the stage says that all is well */
    else if (strcmp(how, "swallow") == 0)
        while (wn_tick(doc, err) == WN_OK)
            sink_of_loops++;
    /* a limit is reached, and the stage says something else */
    else if (strcmp(how, "misreport") == 0) {
        while (wn_span_add(doc, "thing", 0, 1, NULL, NULL) == WN_OK)
            wn_layer_clear(doc, "thing");
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    } else if (strcmp(how, "lie") == 0)
        return WN_DROP;
    return WN_OK;
}

static wn_status with_document(const wn_stage *stage, wn_doc *doc, const char *at, wn_error *err)
{
    const hostile_options *o = wn_options(stage);
    if (strcmp(o->at, at) != 0 || !is_bad(doc))
        return WN_OK;
    wn_status status = deed(stage, at);
    return status == WN_OK ? spoil(doc, o->how, err) : status;
}

/* The library is taken down by exit(), or earlier: nobody calls the stage any more, and yet its
 * code runs. */
static bool exits_last;
__attribute__((destructor)) static void unload(void)
{
    if (exits_last)
        _exit(0);
}

static wn_status open_it(wn_stage *stage, wn_error *err)
{
    const hostile_options *o = wn_options(stage);
    (void)err;
    exits_last = exits_last || strcmp(o->at, "unload") == 0;
    return deed(stage, "open");
}

static void close_it(wn_stage *stage)
{
    (void)deed(stage, "close");
}

static wn_status worker_open(wn_stage *stage, void **ret_worker, wn_error *err)
{
    (void)err;
    *ret_worker = NULL;
    return deed(stage, "worker_open");
}

static void worker_close(wn_stage *stage, void *worker)
{
    (void)worker;
    (void)deed(stage, "worker_close");
}

#ifdef CORPUS
static wn_status emit(wn_stage *stage, wn_doc *doc, wn_error *err)
{
    wn_status status = with_document(stage, doc, "emit", err);
    return status == WN_OK ? wn_emit(doc, (wn_str){"all", 3}, wn_id(doc)) : status;
}

static wn_status reduce(wn_stage *stage, wn_corpus *corpus, wn_str key, const wn_value *values,
                        size_t n, wn_error *err)
{
    const hostile_options *o = wn_options(stage);
    (void)key, (void)values, (void)n, (void)err;
    if (strcmp(o->how, "bad_edge") == 0 && strcmp(o->at, "reduce") == 0)
        (void)wn_edge_add(corpus, 0, wn_corpus_size(corpus), (wn_str){"x", 1});
    return deed(stage, "reduce");
}

static wn_status settle(wn_stage *stage, wn_corpus *corpus, wn_error *err)
{
    const hostile_options *o = wn_options(stage);
    (void)err;
    if (strcmp(o->at, "settle") == 0 && strcmp(o->how, "bad_findings") == 0)
        (void)wn_publish(corpus, json_pack("{s:o}", "x", bad_string()));
    if (strcmp(o->how, "bad_edge") == 0)
        (void)wn_verdict(corpus, wn_corpus_size(corpus), (wn_str){"x", 1});
    if (strcmp(o->how, "ring") == 0) /* each is merged into the next, the last into the first */
        for (uint64_t i = 0, n = wn_corpus_size(corpus); i < n; i++)
            (void)wn_verdict(corpus, i, wn_corpus_id(corpus, (i + 1) % n));
    return deed(stage, "settle");
}

static wn_status apply(wn_stage *stage, wn_doc *doc, wn_str verdict, wn_error *err)
{
    const hostile_options *o = wn_options(stage);
    char into[200];
    if (strcmp(o->how, "ring") != 0 || verdict.len >= sizeof into)
        return with_document(stage, doc, "apply", err);
    memcpy(into, verdict.p, verdict.len);
    into[verdict.len] = '\0';
    return wn_merge(doc, into, "the same", NULL, NULL, NULL);
}
#else
static wn_status sync_it(wn_stage *stage, wn_input *in, wn_error *err)
{
    wn_record rest;
    (void)deed(stage, "sync");
    return wn_input_line(in, &rest, err);
}

static wn_status read_it(wn_stage *stage, wn_input *in, wn_doc *doc, wn_error *err)
{
    wn_record line;
    if (!wn_input_in_unit(in))
        return WN_END;
    wn_status status = wn_input_line(in, &line, err);
    if (status == WN_OK)
        status = wn_record_set(doc, in, &line, err);
    wn_range all = {0, line.bytes.len, 0, 0};
    if (status == WN_OK)
        status = wn_record_text(doc, &all, 1, "utf-8", err);
    return status == WN_OK ? with_document(stage, doc, "read", err) : status;
}

static wn_status process(wn_stage *stage, wn_doc *doc, wn_error *err)
{
    return with_document(stage, doc, "process", err);
}

/* For some time nothing can be written, and the sink does not care. */
static wn_status careless(wn_stage *stage, wn_error *err)
{
    static const char block[1 << 20];
    struct rlimit before, none;
    wn_output *out = wn_output_open(stage, "careless.bin", err);
    if (out == NULL || getrlimit(RLIMIT_FSIZE, &before) != 0)
        return WN_E_STAGE;
    none = before;
    none.rlim_cur = 0;
    (void)setrlimit(RLIMIT_FSIZE, &none);
    (void)wn_output_write(out, block, sizeof block, NULL);
    (void)setrlimit(RLIMIT_FSIZE, &before);
    (void)wn_output_write(out, block, sizeof block, NULL);
    return WN_OK;
}

static wn_status begin(wn_stage *stage, wn_error *err)
{
    const hostile_options *o = wn_options(stage);
    if (strcmp(o->how, "early") == 0)
        wn_set_state(stage, wn_output_open(stage, "early.txt", err));
    return strcmp(o->how, "careless") == 0 ? careless(stage, err) : deed(stage, "begin");
}

static wn_status render(wn_stage *stage, wn_doc *doc, wn_str *ret_bytes, wn_error *err)
{
    const hostile_options *o = wn_options(stage);
    (void)ret_bytes;
    if (strcmp(o->how, "early") == 0) /* on a worker, while the run writes */
        (void)wn_output_write(wn_state(stage), "early\n", 6, NULL);
    return with_document(stage, doc, "render", err);
}

static wn_status write_it(wn_stage *stage, wn_doc *doc, wn_str rendered, wn_error *err)
{
    (void)rendered;
    return with_document(stage, doc, "write", err);
}

static wn_status end(wn_stage *stage, wn_error *err)
{
    (void)err;
    return deed(stage, "end");
}
#endif

static const wn_plugin plugin = {
    WN_PLUGIN_HEAD,
    .name = NAME,
    .version = "1.0",
    .license = "MIT",
    .summary = "does what a plugin must not",
    .options = options,
    .options_size = sizeof(hostile_options),
    .open = open_it,
    .close = close_it,
    .worker_open = worker_open,
    .worker_close = worker_close,
#ifdef CORPUS
    .emit = emit,
    .reduce = reduce,
    .settle = settle,
    .apply = apply,
#else
    .flags = WN_SOURCE_SPLITS,
    .suffixes = ".txt",
    .sync = sync_it,
    .read = read_it,
    .process = process,
    .begin = begin,
    .render = render,
    .write = write_it,
    .end = end,
#endif
};
WN_PLUGIN_ENTRY(plugin)
