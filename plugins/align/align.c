/* align.c: glue between winnow and the comparison of documents. */
#include "align/align_input.h"
#include "align/align_settle.h"

#include <string.h>

enum { KEYS = 24 }; /* of a document */

static const wn_option options[] = {
    WN_OPT_REAL(align_options, event_similarity, "0.32", 0.01, 1.0,
                "mean similarity from which documents tell of one event"),
    WN_OPT_INT(align_options, window, "10", 0, 36500,
               "days: documents further apart tell of different events"),
    WN_OPT_REAL(align_options, claim_similarity, "0.42", 0.01, 1.0,
                "mean similarity from which statements say the same"),
    WN_OPT_INT(align_options, max_listed, "2000", 0, 1e9,
               "corpora of more documents list no events of a single document"),
    WN_OPT_STRING(align_options, words, "en.words", "stop words and reason phrases (data file)"),
    WN_OPT_END,
};

static wn_status align_open(wn_stage *stage, wn_error *err)
{
    const align_options *o = wn_options(stage);
    wn_str bytes;
    wn_status status = wn_load_data(stage, o->words, &bytes, err);
    if (status != WN_OK)
        return status;
    int line = 0;
    word_lists *w = word_lists_parse(bytes.p, bytes.len, &line);
    wn_set_state(stage, w);
    if (w != NULL)
        return WN_OK;
    return line == 0
               ? wn_fail(err, WN_E_NOMEM, "out of memory")
               : wn_fail(err, WN_E_CONFIG, "%s:%d: not in a section: start with [stop] or [reason]",
                         o->words, line);
}

static void align_close(wn_stage *stage)
{
    word_lists_free(wn_state(stage));
}

static wn_status worker_open(wn_stage *stage, void **ret_worker, wn_error *err)
{
    *ret_worker = note_builder_new(wn_state(stage));
    return *ret_worker != NULL ? WN_OK : wn_fail(err, WN_E_NOMEM, "out of memory");
}

static void worker_close(wn_stage *stage, void *worker)
{
    (void)stage;
    note_builder_free(worker);
}

static wn_status align_emit(wn_stage *stage, wn_doc *doc, wn_error *err)
{
    build_input in;
    const void *block;
    size_t size;
    uint32_t keys[KEYS];
    (void)stage;
    wn_doc_pulse beat;
    (void)wn_doc_pulse_start(&beat, doc, err);
    wn_status status = align_input(doc, &beat, &in);
    if (status != WN_OK)
        return status;
    note_builder *b = wn_worker(doc);
    if (!note_build(b, &in, &block, &size))
        return wn_doc_pulse_failure(&beat);
    if (note_left_out(b) > 0)
        wn_count(doc, "statements_not_compared", (int64_t)note_left_out(b));
    status = wn_note(doc, (wn_str){block, size});
    size_t n = note_keys(b, keys, KEYS);
    for (size_t i = 0; i < n && status == WN_OK; i++)
        status = wn_emit(doc, (wn_str){(const char *)&keys[i], sizeof keys[i]}, (wn_str){"", 0});
    return status;
}

static wn_status align_apply(wn_stage *stage, wn_doc *doc, wn_str verdict, wn_error *err)
{
    (void)stage;
    if (verdict.len == 0)
        return WN_OK;
    json_t *v = json_loadb(verdict.p, verdict.len, 0, NULL);
    if (v == NULL)
        return wn_fail(err, WN_E_INTERNAL, "a verdict of align cannot be read");
    wn_status status = wn_meta_set(doc, "event", json_incref(json_object_get(v, "event")), 0, 0);
    size_t n;
    const wn_span *s = wn_spans(doc, "claim", &n);
    for (size_t i = 0; i < n; i++) {
        const char *id = json_string_value(json_object_get(s[i].attrs, "id"));
        json_t *cluster = id != NULL ? json_object_get(json_object_get(v, "clusters"), id) : NULL;
        if (cluster != NULL)
            (void)json_object_set(s[i].attrs, "cluster", cluster);
    }
    json_decref(v);
    return status;
}

static const wn_plugin plugin = {
    WN_PLUGIN_HEAD,
    .name = "align",
    .version = "1.0",
    .license = "MIT",
    .summary = "group documents by event, find what several say, and where they differ",
    .options = options,
    .options_size = sizeof(align_options),
    .open = align_open,
    .close = align_close,
    .worker_open = worker_open,
    .worker_close = worker_close,
    .emit = align_emit,
    .reduce = align_reduce,
    .settle = align_settle,
    .apply = align_apply,
};
WN_PLUGIN_ENTRY(plugin)
