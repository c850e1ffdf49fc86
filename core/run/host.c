/* host.c: the table of functions that plugins see. */
#include "config.h"
#include "run/internal.h"

static wn_status host_tick(wn_doc *doc, wn_error *err)
{
    const doc_context *c = document_context(document_of(doc));
    return c->tick == NULL ? WN_OK : c->tick(c->self, doc, err);
}

/* Edits and spans also look at the clock, so that a stage without wn_tick is bounded where it works. */
static wn_status host_edit(wn_doc *doc, const wn_edit *edits, size_t n, wn_error *err)
{
    wn_status status = host_tick(doc, err);
    return status != WN_OK ? status : document_edit(doc, edits, n, err);
}

static wn_status host_span_add(wn_doc *doc, const char *layer, size_t start, size_t end, json_t *take_attrs,
                               size_t *ret_index)
{
    wn_status status = host_tick(doc, NULL);
    if (status == WN_OK)
        return document_span_add(doc, layer, start, end, take_attrs, ret_index);
    json_decref(take_attrs);
    return status;
}

static void *host_worker(wn_doc *doc)
{
    return document_context(document_of(doc))->worker;
}

static void host_count(wn_doc *doc, const char *name, int64_t n)
{
    const doc_context *c = document_context(document_of(doc));
    if (c->count != NULL)
        c->count(c->self, doc, name, n);
}

static wn_status host_emit(wn_doc *doc, wn_str key, wn_str value)
{
    const doc_context *c = document_context(document_of(doc));
    return c->emit == NULL ? WN_E_STAGE : c->emit(c->self, doc, key, value);
}

static wn_status host_note(wn_doc *doc, wn_str note)
{
    const doc_context *c = document_context(document_of(doc));
    return c->note == NULL ? WN_E_STAGE : c->note(c->self, doc, note);
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
    .set_text = document_set_text,
    .raw_ranges = document_raw_ranges,
    .meta = document_meta,
    .meta_set = document_meta_set,
    .meta_ranges = document_meta_ranges,
    .spans = document_spans,
    .span_add = host_span_add,
    .part_add = document_part_add,
    .layer_clear = document_layer_clear,
    .layer_name = document_layer_name,
    .drop = document_drop,
    .merge = document_merge,
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
    .record_decode = document_record_decode,
    .record_text = document_record_text,
    .record_json = document_record_json,
    .record_id = document_record_id,
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
    .doc_json = document_json,
    .locator = document_locator_json,
};
