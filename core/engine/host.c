/* host.c: the table of functions that plugins see. */
#include "config.h"
#include "engine/corpus.h"
#include "engine/run.h"
#include "results/outputs.h"
#include "results/progress.h"
#include "results/stats.h"
#include "util/utf8.h"

#include <string.h>

/* ---- Calls that can fail for reasons of the host's: what they were stays with the document
 * ---- */

static wn_status noted(wn_doc *doc, wn_status status, const wn_error *err)
{
    if (status == WN_E_NOMEM || status == WN_E_LIMIT || status == WN_E_IO ||
        status == WN_E_INTERNAL || status == WN_E_INTERRUPTED)
        document_trouble_note(document_of(doc), status, err);
    return status;
}

/* The stage handed in what cannot be: that is its failure, also where the call has no way to say
 * so. */
static wn_status refused(wn_doc *doc, const char *what)
{
    wn_error err = WN_ERROR_INIT;
    (void)wn_fail(&err, WN_E_STAGE, "%s is not UTF-8, or NULL; that is a fault of the stage", what);
    document_trouble_note(document_of(doc), WN_E_STAGE, &err);
    return WN_E_STAGE;
}

static bool is_word(const char *s)
{
    return s != NULL && utf8_valid(s, strlen(s));
}

static bool is_word_or_none(const char *s)
{
    return s == NULL || is_word(s);
}

/* Called for each span: the words are asked for when there is something to say. */
static wn_status host_tick(wn_doc *doc, wn_error *err)
{
    const doc_context *c = document_context(document_of(doc));
    wn_status status = c->tick == NULL ? WN_OK : c->tick(c->self, doc, NULL);
    if (status == WN_OK)
        return WN_OK;
    wn_error why = WN_ERROR_INIT;
    status = c->tick(c->self, doc, &why);
    if (err != NULL && err->status == WN_OK)
        *err = why;
    return noted(doc, status, &why);
}

/* Edits and spans also look at the clock, so that a stage without wn_tick is bounded where it
 * works. */
static wn_status host_edit(wn_doc *doc, const wn_edit *edits, size_t n, wn_error *err)
{
    wn_status status = host_tick(doc, err);
    return status != WN_OK ? status : noted(doc, document_edit(doc, edits, n, err), err);
}

static wn_status host_set_text(wn_doc *doc, wn_str text, wn_error *err)
{
    wn_status status = host_tick(doc, err);
    return status != WN_OK ? status : noted(doc, document_set_text(doc, text, err), err);
}

static wn_status host_meta_set(wn_doc *doc, const char *key, json_t *take_value, size_t start,
                               size_t end)
{
    if (is_word(key))
        return noted(doc, document_meta_set(doc, key, take_value, start, end), NULL);
    json_decref(take_value);
    return refused(doc, "a metadata key");
}

static wn_status host_span_add(wn_doc *doc, const char *layer, size_t start, size_t end,
                               json_t *take_attrs, size_t *ret_index)
{
    wn_status status = is_word(layer) ? host_tick(doc, NULL) : refused(doc, "a layer's name");
    if (status == WN_OK)
        return noted(doc, document_span_add(doc, layer, start, end, take_attrs, ret_index), NULL);
    json_decref(take_attrs);
    return status;
}

static wn_status host_part_add(wn_doc *doc, const char *layer, size_t index, const char *role,
                               size_t start, size_t end)
{
    if (!is_word(layer) || !is_word(role))
        return refused(doc, "a layer's name, or a part's role,");
    return noted(doc, document_part_add(doc, layer, index, role, start, end), NULL);
}

/* The value and the threshold are told to people only: what cannot be written is left out, and the
 * stage failed. */
static void only_sound(wn_doc *doc, json_t **value)
{
    const char *why = NULL;
    if (json_is_sound(*value, DOCUMENT_VALUES, &why))
        return;
    json_decref(*value);
    *value = NULL;
    (void)refused(doc, "the value of a verdict");
}

static wn_status host_drop(wn_doc *doc, const char *reason, const char *rule, json_t *take_value,
                           json_t *take_threshold)
{
    bool ok = is_word_or_none(reason) && is_word_or_none(rule);
    only_sound(doc, &take_value);
    only_sound(doc, &take_threshold);
    if (!ok)
        (void)refused(doc, "the reason or the rule of a drop");
    return document_drop(doc, ok ? reason : "", ok ? rule : NULL, take_value, take_threshold);
}

static wn_status host_merge(wn_doc *doc, const char *into, const char *reason, const char *rule,
                            json_t *take_value, json_t *take_threshold)
{
    bool ok = is_word(into) && is_word_or_none(reason) && is_word_or_none(rule);
    only_sound(doc, &take_value);
    only_sound(doc, &take_threshold);
    if (!ok)
        (void)refused(doc, "the target, the reason or the rule of a merge");
    return document_merge(doc, ok ? into : "", ok ? reason : "", ok ? rule : NULL, take_value,
                          take_threshold);
}

static wn_status host_analyse(wn_doc *doc, unsigned what, const wn_analysis **ret_analysis,
                              wn_error *err)
{
    const doc_context *c = document_context(document_of(doc));
    if (c->analyse == NULL)
        return wn_fail(err, WN_E_STAGE, "wn_analyse is for a document that a stage holds");
    return noted(doc, c->analyse(c->self, doc, what, ret_analysis, err), err);
}

static wn_status host_record_decode(wn_doc *doc, const wn_range *pieces, size_t n,
                                    const char *codec, wn_error *err)
{
    return noted(doc, document_record_decode(doc, pieces, n, codec, err), err);
}

static wn_status host_record_text(wn_doc *doc, const wn_range *pieces, size_t n,
                                  const char *charset, wn_error *err)
{
    return noted(doc, document_record_text(doc, pieces, n, charset, err), err);
}

static wn_status host_record_json(wn_doc *doc, const char *text_key, const char *id_key,
                                  wn_error *err)
{
    return noted(doc, document_record_json(doc, text_key, id_key, err), err);
}

static wn_status host_record_id(wn_doc *doc, wn_str id)
{
    if (id.p == NULL || !utf8_valid(id.p, id.len))
        return refused(doc, "the id");
    return noted(doc, document_record_id(doc, id), NULL);
}

static wn_status host_doc_json(wn_doc *doc, unsigned flags, wn_str *ret_line, wn_error *err)
{
    return noted(doc, document_json(doc, flags, ret_line, err), err);
}

static void *host_worker(wn_doc *doc)
{
    return document_context(document_of(doc))->worker;
}

static void host_count(wn_doc *doc, const char *name, int64_t n)
{
    const doc_context *c = document_context(document_of(doc));
    if (!is_word(name))
        (void)refused(doc, "a counter's name");
    else if (c->count != NULL)
        c->count(c->self, doc, name, n);
}

static wn_status host_emit(wn_doc *doc, wn_str key, wn_str value)
{
    const doc_context *c = document_context(document_of(doc));
    return c->emit == NULL ? WN_E_STAGE : noted(doc, c->emit(c->self, doc, key, value), NULL);
}

static wn_status host_note(wn_doc *doc, wn_str note)
{
    const doc_context *c = document_context(document_of(doc));
    return c->note == NULL ? WN_E_STAGE : noted(doc, c->note(c->self, doc, note), NULL);
}

static const void *host_options(const wn_stage *s)
{
    return stage_of_const(s)->options;
}

static const char *host_stage_id(const wn_stage *s)
{
    return stage_of_const(s)->id;
}

static void host_set_state(wn_stage *s, void *state)
{
    stage_of(s)->state = state;
}

static void *host_state(const wn_stage *s)
{
    return stage_of_const(s)->state;
}

const wn_host run_host = {
    .struct_size = sizeof(wn_host),
    .abi_major = WN_ABI_MAJOR,
    .abi_minor = WN_ABI_MINOR,
    .text = document_text,
    .raw = document_raw,
    .id = document_id,
    .edit = host_edit,
    .set_text = host_set_text,
    .raw_ranges = document_raw_ranges,
    .meta = document_meta,
    .meta_set = host_meta_set,
    .meta_ranges = document_meta_ranges,
    .spans = document_spans,
    .span_add = host_span_add,
    .part_add = host_part_add,
    .layer_clear = document_layer_clear,
    .layer_name = document_layer_name,
    .drop = host_drop,
    .merge = host_merge,
    .alloc = document_alloc,
    .tick = host_tick,
    .worker = host_worker,
    .count = host_count,
    .options = host_options,
    .stage_id = host_stage_id,
    .set_state = host_set_state,
    .state = host_state,
    .stage_alloc = stage_alloc,
    .load_data = stage_load_data,
    .log = host_log,
    .input_path = input_path,
    .input_line = input_line,
    .input_peek = input_peek,
    .input_skip = input_skip,
    .input_in_unit = input_in_unit,
    .record_set = input_record_set,
    .record_decode = host_record_decode,
    .record_text = host_record_text,
    .record_json = host_record_json,
    .record_id = host_record_id,
    .emit = host_emit,
    .note = host_note,
    .corpus_size = host_corpus_size,
    .corpus_note = host_corpus_note,
    .corpus_id = host_corpus_id,
    .edge = host_edge,
    .next_edge = host_next_edge,
    .verdict = host_verdict,
    .publish = host_publish,
    .output_open = host_output_open,
    .output_write = host_output_write,
    .findings = host_findings,
    .run_info = host_run_info,
    .doc_json = host_doc_json,
    .locator = document_locator_json,
    .load_tagger = stage_load_tagger,
    .analyse = host_analyse,
};
