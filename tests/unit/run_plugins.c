/* Plugins that obey, drop, fail and lie. */
#include "config.h"
#include "run_plugins.h"
#include "engine/run.h"
#include "util/alloc.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static bool says(wn_doc *doc, const char *word)
{
    wn_str text = wn_text(doc);
    return memmem(text.p, text.len, word, strlen(word)) != NULL;
}

/* ---- source ---- */

static wn_status lines_sync(wn_stage *self, wn_input *in, wn_error *err)
{
    wn_record rest;
    (void)self;
    return wn_input_line(in, &rest, err);
}

static wn_status lines_read(wn_stage *self, wn_input *in, wn_doc *doc, wn_error *err)
{
    wn_record r;
    (void)self;
    if (!wn_input_in_unit(in))
        return WN_END;
    wn_status status = wn_input_line(in, &r, err);
    if (status != WN_OK)
        return status;
    if ((status = wn_record_set(doc, in, &r, err)) != WN_OK)
        return status;
    const char *blank = memchr(r.bytes.p, ' ', r.bytes.len);
    if (blank == NULL)
        return wn_fail(err, WN_E_DATA, "a line without a blank");
    wn_str id = {r.bytes.p, (size_t)(blank - r.bytes.p)};
    wn_range text = {id.len + 1, r.bytes.len, WN_MAP_EXACT, 0};
    if (id.len == 4 && memcmp(id.p, "SKIP", 4) == 0)
        return wn_drop(doc, "the source skips it", NULL, NULL, NULL);
    (void)wn_record_id(doc, id);
    return wn_record_text(doc, &text, 1, "utf-8", err);
}

const wn_plugin lines_plugin = {
    WN_PLUGIN_HEAD,     .name = "lines",    .version = "1",
    .summary = "lines", .license = "MIT",   .flags = WN_SOURCE_SPLITS,
    .suffixes = ".txt", .sync = lines_sync, .read = lines_read,
};

/* ---- document ---- */

/* As somebody at a terminal would: what a process sends to itself is no interruption. */
static void interrupt(void)
{
    pid_t self = getpid(), other = fork();
    if (other == 0) {
        (void)kill(self, SIGINT);
        _exit(0);
    }
    (void)waitpid(other, NULL, 0);
}

static wn_status obey_limits(wn_doc *doc, wn_error *err)
{
    if (says(doc, "GREEDY"))
        while (wn_alloc(doc, 1 << 20) != NULL)
            ;
    if (says(doc, "GREEDY") || says(doc, "NOMEM"))
        return WN_E_NOMEM;
    while (says(doc, "SLOW")) {
        wn_status status = wn_tick(doc, err);
        if (status != WN_OK)
            return status;
    }
    while (says(doc, "HANG"))
        (void)pause();
    if (says(doc, "INT"))
        interrupt();
    wn_str text = wn_text(doc);
    const char *n = memmem(text.p, text.len, "OOM", 3);
    if (n != NULL)
        (void)mem_fail_at(strtoul(n + 3, NULL, 10));
    return WN_OK;
}

static wn_status obey_edits(wn_doc *doc, wn_error *err)
{
    wn_str text = wn_text(doc);
    const char *at = memmem(text.p, text.len, "EDIT", 4);
    wn_edit edit = {0, 0, {"", 0}};
    wn_str raw = says(doc, "RAW") ? wn_raw(doc) : text;
    if (memmem(raw.p, raw.len, text.p, text.len) == NULL)
        return wn_fail(err, WN_E_STAGE, "wn_raw has %zu other bytes", raw.len);
    if (says(doc, "COUNT"))
        wn_count(doc, "counted", 2);
    if (at == NULL)
        return WN_OK;
    edit.start = (size_t)(at - text.p);
    edit.end = edit.start + 4;
    return wn_edit_text(doc, &edit, 1, err);
}

static wn_status obey(wn_stage *self, wn_doc *doc, wn_error *err)
{
    wn_str x = {"x", 1};
    (void)self;
    if (says(doc, "DROP") && !says(doc, "LIEDROP"))
        return wn_drop(doc, "it says so", "word", json_string("DROP"), NULL);
    if (says(doc, "FAIL"))
        return wn_fail(err, WN_E_STAGE, "it says FAIL");
    if (says(doc, "SAYSNOTHING"))
        return WN_E_STAGE;
    if (says(doc, "LIEOK"))
        (void)wn_drop(doc, "a lie", NULL, NULL, NULL);
    if (says(doc, "LIEDROP"))
        return WN_DROP;
    if (says(doc, "ODD"))
        return (wn_status)17;
    if (says(doc, "EMIT") && !says(doc, "BADEMIT"))
        return wn_emit(doc, x, x);
    wn_status status = obey_limits(doc, err);
    return status == WN_OK ? obey_edits(doc, err) : status;
}

const wn_plugin obey_plugin = {
    WN_PLUGIN_HEAD,     .name = "obey",   .version = "1",
    .summary = "obeys", .license = "MIT", .process = obey,
};

/* ---- corpus ---- */

static wn_status same_emit(wn_stage *self, wn_doc *doc, wn_error *err)
{
    (void)self;
    wn_status status = wn_emit(doc, wn_text(doc), wn_id(doc));
    if (says(doc, "BADEMIT"))
        return wn_fail(err, WN_E_STAGE, "bad emit"); /* its record must not count */
    return status == WN_OK ? wn_note(doc, wn_id(doc)) : status;
}

static wn_status same_reduce(wn_stage *self, wn_corpus *c, wn_str key, const wn_value *values,
                             size_t n, wn_error *err)
{
    wn_str none = {"", 0};
    (void)self;
    if (memmem(key.p, key.len, "BADREDUCE", 9) != NULL)
        return wn_fail(err, WN_E_STAGE, "bad reduce");
    for (size_t i = 0; i < n; i++) {
        wn_str note = wn_corpus_note(c, values[i].doc);
        if (note.len != values[i].value.len || memcmp(note.p, values[i].value.p, note.len) != 0)
            return wn_fail(err, WN_E_STAGE, "note and value differ");
        if (i > 0 && values[i].doc <= values[i - 1].doc)
            return wn_fail(err, WN_E_STAGE, "values are out of order");
        /* the other way round and twice: the host sorts and makes unique */
        if (i > 0 && (wn_edge_add(c, values[i].doc, values[0].doc, none) != WN_OK ||
                      wn_edge_add(c, values[i].doc, values[0].doc, none) != WN_OK))
            return WN_E_NOMEM;
    }
    return WN_OK;
}

static wn_status same_settle(wn_stage *self, wn_corpus *c, wn_error *err)
{
    int64_t merged = 0;
    uint64_t a = 0, b = 0;
    (void)self;
    for (const wn_edge *e = wn_next_edge(c); e != NULL; e = wn_next_edge(c)) {
        if (merged > 0 && (e->a < a || (e->a == a && e->b <= b)))
            return wn_fail(err, WN_E_STAGE, "edges are out of order");
        a = e->a;
        b = e->b;
        if (wn_verdict(c, b, wn_corpus_id(c, a)) != WN_OK)
            return WN_E_STAGE;
        merged++;
    }
    for (uint64_t i = 0; i < wn_corpus_size(c); i++)
        if (wn_corpus_id(c, i).len == 9 && memcmp(wn_corpus_id(c, i).p, "BADSETTLE", 9) == 0)
            /* overlooked */
            return wn_verdict(c, wn_corpus_size(c), wn_corpus_id(c, i)) == WN_OK ? WN_OK : WN_OK;
    return wn_publish(c, json_pack("{s:I, s:I}", "n", (json_int_t)wn_corpus_size(c), "merged",
                                   (json_int_t)merged));
}

static wn_status same_apply(wn_stage *self, wn_doc *doc, wn_str said, wn_error *err)
{
    char into[64];
    (void)self;
    if (says(doc, "BADAPPLY"))
        return wn_fail(err, WN_E_STAGE, "bad apply");
    if (said.len == 0)
        return WN_OK;
    (void)snprintf(into, sizeof into, "%.*s", (int)said.len, said.p);
    return wn_merge(doc, into, "the same text", NULL, NULL, NULL);
}

const wn_plugin same_plugin = {
    WN_PLUGIN_HEAD,        .name = "same",        .version = "1",
    .summary = "merges",   .license = "MIT",      .emit = same_emit,
    .reduce = same_reduce, .settle = same_settle, .apply = same_apply,
};

/* ---- sink ---- */

static wn_output *sink_out;

static wn_status sink_begin(wn_stage *self, wn_error *err)
{
    sink_out = wn_output_open(self, "lines.txt", err);
    return sink_out == NULL ? err->status : WN_OK;
}

static wn_status sink_render(wn_stage *self, wn_doc *doc, wn_str *ret_bytes, wn_error *err)
{
    wn_str id = wn_id(doc), text = wn_text(doc);
    char *line = wn_alloc(doc, id.len + text.len + 2);
    (void)self;
    if (says(doc, "BADRENDER"))
        return wn_fail(err, WN_E_STAGE, "bad render");
    if (line == NULL)
        return WN_E_NOMEM;
    memcpy(line, id.p, id.len);
    line[id.len] = ' ';
    memcpy(line + id.len + 1, text.p, text.len);
    line[id.len + 1 + text.len] = '\n';
    ret_bytes->p = line;
    ret_bytes->len = id.len + text.len + 2;
    return WN_OK;
}

static wn_status sink_write(wn_stage *self, wn_doc *doc, wn_str rendered, wn_error *err)
{
    (void)self;
    if (says(doc, "BADWRITE"))
        return wn_fail(err, WN_E_STAGE, "bad write");
    wn_count(doc, "lines", 1);
    return wn_output_write(sink_out, rendered.p, rendered.len, err);
}

static wn_status sink_end(wn_stage *self, wn_error *err)
{
    json_t *all = json_pack("{s:O?, s:O?}", "info", (json_t *)(uintptr_t)wn_run_info(self), "same",
                            (json_t *)(uintptr_t)wn_findings(self, "same"));
    char *text = json_dumps(all, JSON_COMPACT);
    wn_status status =
        text == NULL ? WN_E_NOMEM : wn_output_write(sink_out, text, strlen(text), err);
    free(text);
    json_decref(all);
    return status;
}

const wn_plugin sink_plugin = {
    WN_PLUGIN_HEAD,        .name = "sink",      .version = "1",
    .summary = "writes",   .license = "MIT",    .begin = sink_begin,
    .render = sink_render, .write = sink_write, .end = sink_end,
};

/* ---- configuration ---- */

static void stage_make(stage *s, const wn_plugin *plugin, const char *id, config *c)
{
    memset(s, 0, sizeof *s);
    s->handle.host = &run_host;
    s->plugin = plugin;
    s->plugin_path = "(built in)";
    s->id = id;
    s->config = c;
}

void pipeline_make(pipeline *p, const char *stages)
{
    static const char *const ids[] = {"one", "two", "three", "four"};
    config *c = &p->config;
    memset(p, 0, sizeof *p);
    stage_make(&c->source, &lines_plugin, "lines", c);
    c->stages = p->stages;
    for (; stages[c->n_stages] != '\0'; c->n_stages++)
        stage_make(&p->stages[c->n_stages],
                   stages[c->n_stages] == 'o' ? &obey_plugin : &same_plugin, ids[c->n_stages], c);
    c->sinks = p->sinks;
    c->n_sinks = 1;
    stage_make(&p->sinks[0], &sink_plugin, "sink", c);
    c->inputs = p->inputs;
    c->inputs_from_command_line = true;
    c->limits = (limits){.max_record = 1 << 20,
                         .max_document_memory = 8 << 20,
                         .max_document_seconds = 60,
                         .max_rejects = -1,
                         .split_size = 1 << 25,
                         .max_memory = 64 << 20};
}
