/* Whole runs with sources that do not move on, or fail where a unit starts, and with inputs that
 * cannot be opened. */
#include "config.h"
#include "files.h"
#include "engine/run.h"
#include "run_plugins.h"
#include "tap.h"
#include "util/alloc.h"

static pipeline p;
static run_result result;
static wn_error err;
static int calls;

static wn_status go(const wn_plugin *source, const char *const *inputs, size_t n)
{
    run_args args = {.plan = {.out_dir = "out", .jobs = 3}, .quiet = true};
    wn_error none = WN_ERROR_INIT;
    pipeline_make(&p, "o");
    p.config.source.plugin = source;
    p.config.limits.split_size = 65536;
    p.config.limits.max_record = 1000;
    for (size_t i = 0; i < n; i++)
        p.inputs[i] = inputs[i];
    p.config.n_inputs = n;
    json_decref(result.info);
    memset(&result, 0, sizeof result);
    err = none;
    calls = 0;
    return run_pipeline(&p.config, &args, &result, &err);
}

static wn_status go_one(const wn_plugin *source, const char *path)
{
    return go(source, &path, 1);
}

static size_t count_in(const char *path, const char *words)
{
    strbuf b = STRBUF_INIT;
    size_t n = 0;
    char piece[65536];
    FILE *f = fopen(path, "rb");
    for (size_t got; f != NULL && (got = fread(piece, 1, sizeof piece, f)) > 0;)
        strbuf_add(&b, piece, got);
    if (f != NULL)
        (void)fclose(f);
    for (const char *at = b.p; at != NULL && (at = strstr(at, words)) != NULL; at++)
        n++;
    strbuf_release(&b);
    return n;
}

/* ---- sources that do not move on ---- */

static wn_status stuck_read(wn_stage *self, wn_input *in, wn_doc *doc, wn_error *e)
{
    wn_record r;
    (void)self, (void)doc;
    calls++;
    return wn_input_peek(in, 1, &r, e) == WN_END ? WN_END : wn_fail(e, WN_E_DATA, "once more");
}

static wn_status stuck_here(wn_stage *self, wn_input *in, wn_doc *doc, wn_error *e)
{
    wn_record r;
    wn_status status = wn_input_peek(in, 1, &r, e);
    calls++;
    (void)self;
    if (status == WN_OK)
        status = wn_record_set(doc, in, &r, e);
    return status == WN_OK ? wn_fail(e, WN_E_LIMIT, "once more") : status;
}

static const wn_plugin stuck = {WN_PLUGIN_HEAD, .name = "stuck", .version = "1", .suffixes = ".txt",
                                .read = stuck_read};
static const wn_plugin stuck_with_record = {WN_PLUGIN_HEAD, .name = "stuck", .version = "1",
                                            .suffixes = ".txt", .read = stuck_here};

static void a_source_that_does_not_move_is_stopped_soon(void)
{
    const wn_plugin *const all[] = {&stuck, &stuck_with_record};
    file_put("in.txt", "a line\n", 7);
    for (size_t i = 0; i < 2; i++) {
        CHECK_INT(go_one(all[i], "in.txt"), WN_E_STAGE);
        CHECK_STR(err.text,
                  "source lines gives one record after the other without moving on in in.txt");
        CHECK(calls >= 1000 && calls <= 1010);
        CHECK_INT(access("out/run.json", F_OK), -1);
    }
}

/* Each is a reject without a record, and the source moves. */
static void thousands_of_long_lines_are_no_standstill(void)
{
    strbuf b = STRBUF_INIT;
    for (int i = 0; i < 3000; i++)
        strbuf_printf(&b, "%01200d\n", i);
    file_put_buf("in.txt", &b);
    CHECK_INT(go_one(&lines_plugin, "in.txt"), WN_OK);
    CHECK_INT(result.rejects, 3000);
    CHECK_INT(result.documents, 3000);
    strbuf_release(&b);
}

/* ---- where a unit starts ---- */

static wn_status sync_fails(wn_stage *self, wn_input *in, wn_error *e)
{
    (void)self, (void)in;
    return wn_fail(e, WN_E_STAGE, "sync has no idea");
}

static wn_status sync_ends(wn_stage *self, wn_input *in, wn_error *e)
{
    (void)self, (void)in;
    return wn_fail(e, WN_E_CONFIG, "sync wants another option");
}

static void put_lines(const char *path)
{
    strbuf b = STRBUF_INIT;
    for (int i = 0; i < 10000; i++)
        strbuf_printf(&b, "id%05d text\n", i);
    file_put_buf(path, &b);
    strbuf_release(&b);
}

static void a_failing_sync_costs_that_input(void)
{
    static const char *const inputs[] = {"in.txt", "small.txt"};
    wn_plugin source = lines_plugin;
    source.sync = sync_fails;
    put_lines("in.txt");
    file_put("small.txt", "id text\n", 8);
    CHECK_INT(go(&source, inputs, 2), WN_OK);
    /* 120 KB in two units: each of them looks for a record at the cut */
    CHECK_INT(result.documents, 3);
    CHECK_INT(result.rejects, 2);
    CHECK_INT(count_in("out/rejects.jsonl", "sync has no idea"), 2);
    CHECK_INT(count_in("out/rejects.jsonl", "\"path\":\"in.txt\""), 2);
    source.sync = sync_ends;
    CHECK_INT(go(&source, inputs, 2), WN_E_CONFIG);
    CHECK_STR(err.text, "sync wants another option");
}

static wn_status read_says_io(wn_stage *self, wn_input *in, wn_doc *doc, wn_error *e)
{
    wn_record r;
    wn_status status = wn_input_line(in, &r, e);
    (void)self, (void)doc;
    return status == WN_OK ? wn_fail(e, WN_E_IO, "no disk") : status;
}

static void io_of_a_source_is_a_reject(void)
{
    wn_plugin source = lines_plugin;
    source.read = read_says_io;
    file_put("in.txt", "a b\nc d\n", 8);
    CHECK_INT(go_one(&source, "in.txt"), WN_OK);
    CHECK_INT(result.rejects, 2);
}

/* ---- inputs that cannot be opened ---- */

static void one_reject_for_all_units_of_a_file(void)
{
    static const char *const inputs[] = {"f"};
    bool root = geteuid() == 0;
    CHECK(mkdir("f", 0777) == 0 && system("rm -rf out") == 0);
    put_lines("f/a.txt"), put_lines("f/b.txt"), put_lines("f/c.txt");
    CHECK(chmod("f/b.txt", 0) == 0 && chmod(".", 0777) == 0);
    if (root && seteuid(65534) != 0)
        return;
    CHECK_INT(go(&lines_plugin, inputs, 1), WN_OK);
    CHECK_INT(root ? seteuid(0) : 0, 0);
    CHECK_INT(result.documents, 20001);
    CHECK_INT(result.rejects, 1);
    CHECK_INT(count_in("out/rejects.jsonl", "\"id\":\"f/b.txt\""), 1);
    CHECK_INT(count_in("out/rejects.jsonl", "cannot be opened: Permission denied"), 1);
    CHECK_INT(count_in("out/run.json", "f/b.txt"), 0);
    CHECK_INT(count_in("out/stats.json", "\"inputs_unreadable\": 1"), 1);
}

/* Beyond --limit: what was opened has a sum; what was not, is not in run.json. */
static void with_a_limit_all_that_was_opened_has_a_sum(void)
{
    static const char *const inputs[] = {"f"};
    run_args args = {.plan = {.out_dir = "out", .jobs = 4, .limit = 5}, .quiet = true};
    for (int round = 0; round < 20; round++) {
        wn_error none = WN_ERROR_INIT;
        pipeline_make(&p, "o");
        p.config.limits.split_size = 65536;
        p.inputs[0] = inputs[0];
        p.config.n_inputs = 1;
        json_decref(result.info);
        memset(&result, 0, sizeof result);
        err = none;
        CHECK_INT(run_pipeline(&p.config, &args, &result, &err), WN_OK);
        CHECK_INT(result.documents, 5);
        /* of the plugins, which are built in */
        CHECK_INT(count_in("out/run.json", "\"sha256\": null"), 3);
    }
}

int main(void)
{
    files_enter("source");
    RUN(a_source_that_does_not_move_is_stopped_soon);
    RUN(thousands_of_long_lines_are_no_standstill);
    RUN(a_failing_sync_costs_that_input);
    RUN(io_of_a_source_is_a_reject);
    RUN(one_reject_for_all_units_of_a_file);
    RUN(with_a_limit_all_that_was_opened_has_a_sum);
    json_decref(result.info);
    files_leave();
    return DONE();
}
