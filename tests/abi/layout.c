/* layout.c: ABI 1.0 on 64-bit machines, frozen: structs may grow at their end with a new minor
 * version, nothing may move or change its value. A line that fails to compile here is a change that
 * breaks plugins already built. */
#include <winnow/plugin.h>

#if defined(__LP64__)
#define SIZE(type, n) _Static_assert(sizeof(type) == (n), "size of " #type);
/* clang-format off */
#define AT(type, member, n) _Static_assert(offsetof(type, member) == (n), #type "." #member);
#define VALUE(name, n) _Static_assert((int)(name) == (n), #name);

SIZE(wn_error, 752) AT(wn_error, status, 0) AT(wn_error, line, 4) AT(wn_error, column, 8)
AT(wn_error, where, 12) AT(wn_error, text, 204) AT(wn_error, reserved, 720)

SIZE(wn_str, 16) AT(wn_str, p, 0) AT(wn_str, len, 8)

SIZE(wn_list, 16) AT(wn_list, item, 0) AT(wn_list, n, 8)

SIZE(wn_option, 64) AT(wn_option, name, 0) AT(wn_option, type, 8) AT(wn_option, offset, 12)
AT(wn_option, def, 16) AT(wn_option, min, 24) AT(wn_option, max, 32) AT(wn_option, choices, 40)
AT(wn_option, doc, 48) AT(wn_option, role, 56) AT(wn_option, reserved, 60)

SIZE(wn_strides, 24) AT(wn_strides, option, 0) AT(wn_strides, edit, 2) AT(wn_strides, range, 4)
AT(wn_strides, part, 6)
AT(wn_strides, span, 8) AT(wn_strides, value, 10) AT(wn_strides, edge, 12)
AT(wn_strides, token, 14) AT(wn_strides, extent, 16)
AT(wn_strides, quotation, 18) AT(wn_strides, reserved, 20)

SIZE(wn_edit, 32) AT(wn_edit, start, 0) AT(wn_edit, end, 8) AT(wn_edit, text, 16)

SIZE(wn_range, 24) AT(wn_range, start, 0) AT(wn_range, end, 8) AT(wn_range, kind, 16)
AT(wn_range, reserved, 20)

SIZE(wn_part, 24) AT(wn_part, role, 0) AT(wn_part, start, 8) AT(wn_part, end, 16)

SIZE(wn_span, 40) AT(wn_span, start, 0) AT(wn_span, end, 8) AT(wn_span, attrs, 16)
AT(wn_span, parts, 24)
AT(wn_span, n_parts, 32)

SIZE(wn_record, 48) AT(wn_record, bytes, 0) AT(wn_record, offset, 16) AT(wn_record, member, 24)
AT(wn_record, reserved, 32)

SIZE(wn_value, 24) AT(wn_value, doc, 0) AT(wn_value, value, 8)

SIZE(wn_edge, 32) AT(wn_edge, a, 0) AT(wn_edge, b, 8) AT(wn_edge, value, 16)

SIZE(wn_plugin, 216) AT(wn_plugin, magic, 0) AT(wn_plugin, abi_major, 4) AT(wn_plugin, abi_minor, 6)
AT(wn_plugin, struct_size, 8) AT(wn_plugin, flags, 12) AT(wn_plugin, strides, 16)
AT(wn_plugin, name, 40) AT(wn_plugin, version, 48)
AT(wn_plugin, summary, 56) AT(wn_plugin, license, 64) AT(wn_plugin, options, 72)
AT(wn_plugin, options_size, 80) AT(wn_plugin, open, 88) AT(wn_plugin, close, 96)
AT(wn_plugin, worker_open, 104) AT(wn_plugin, worker_close, 112) AT(wn_plugin, suffixes, 120)
AT(wn_plugin, sync, 128) AT(wn_plugin, read, 136) AT(wn_plugin, process, 144)
AT(wn_plugin, emit, 152)
AT(wn_plugin, reduce, 160) AT(wn_plugin, settle, 168) AT(wn_plugin, apply, 176)
AT(wn_plugin, begin, 184)
AT(wn_plugin, render, 192) AT(wn_plugin, write, 200) AT(wn_plugin, end, 208)

SIZE(wn_host, 440) AT(wn_host, struct_size, 0) AT(wn_host, abi_major, 4) AT(wn_host, abi_minor, 6)
AT(wn_host, text, 8) AT(wn_host, raw, 16) AT(wn_host, id, 24) AT(wn_host, edit, 32)
AT(wn_host, set_text, 40) AT(wn_host, raw_ranges, 48) AT(wn_host, meta, 56)
AT(wn_host, meta_set, 64)
AT(wn_host, meta_ranges, 72) AT(wn_host, spans, 80) AT(wn_host, span_add, 88)
AT(wn_host, part_add, 96)
AT(wn_host, layer_clear, 104) AT(wn_host, layer_name, 112) AT(wn_host, drop, 120)
AT(wn_host, merge, 128)
AT(wn_host, alloc, 136) AT(wn_host, tick, 144) AT(wn_host, worker, 152) AT(wn_host, count, 160)
AT(wn_host, options, 168) AT(wn_host, stage_id, 176) AT(wn_host, set_state, 184)
AT(wn_host, state, 192)
AT(wn_host, stage_alloc, 200) AT(wn_host, load_data, 208) AT(wn_host, log, 216)
AT(wn_host, input_path, 224)
AT(wn_host, input_line, 232) AT(wn_host, input_peek, 240) AT(wn_host, input_skip, 248)
AT(wn_host, input_in_unit, 256) AT(wn_host, record_set, 264) AT(wn_host, record_decode, 272)
AT(wn_host, record_text, 280) AT(wn_host, record_json, 288) AT(wn_host, record_id, 296)
AT(wn_host, emit, 304) AT(wn_host, note, 312) AT(wn_host, corpus_size, 320)
AT(wn_host, corpus_note, 328)
AT(wn_host, corpus_id, 336) AT(wn_host, edge, 344) AT(wn_host, next_edge, 352)
AT(wn_host, verdict, 360)
AT(wn_host, publish, 368) AT(wn_host, output_open, 376) AT(wn_host, output_write, 384)
AT(wn_host, findings, 392) AT(wn_host, run_info, 400) AT(wn_host, doc_json, 408)
AT(wn_host, locator, 416)
AT(wn_host, load_tagger, 424) AT(wn_host, analyse, 432)

SIZE(wn_extent, 8) AT(wn_extent, start, 0) AT(wn_extent, end, 4)

SIZE(wn_token, 20) AT(wn_token, start, 0) AT(wn_token, end, 4) AT(wn_token, sentence, 8)
AT(wn_token, hash, 12)
AT(wn_token, kind, 16) AT(wn_token, flags, 17) AT(wn_token, reserved, 18)

SIZE(wn_quotation, 24) AT(wn_quotation, outer, 0) AT(wn_quotation, inner, 8)
AT(wn_quotation, parent, 16)
AT(wn_quotation, open_ended, 20)

SIZE(wn_analysis, 104) AT(wn_analysis, token, 0) AT(wn_analysis, n_tokens, 8)
AT(wn_analysis, sentence, 16)
AT(wn_analysis, n_sentences, 24) AT(wn_analysis, paragraph, 32) AT(wn_analysis, n_paragraphs, 40)
AT(wn_analysis, quotation, 48) AT(wn_analysis, n_quotations, 56) AT(wn_analysis, tag, 64)
AT(wn_analysis, reserved, 72)

SIZE(wn_pulse, 24) AT(wn_pulse, ask, 0) AT(wn_pulse, with, 8) AT(wn_pulse, steps, 16)
AT(wn_pulse, stopped, 20)

SIZE(wn_doc_pulse, 40) AT(wn_doc_pulse, pulse, 0) AT(wn_doc_pulse, doc, 24)
AT(wn_doc_pulse, err, 32)

VALUE(WN_OK, 0) VALUE(WN_DROP, 1) VALUE(WN_MERGED, 2) VALUE(WN_END, 3) VALUE(WN_E_NOMEM, -1)
VALUE(WN_E_CONFIG, -2) VALUE(WN_E_DATA, -3) VALUE(WN_E_IO, -4) VALUE(WN_E_LIMIT, -5)
VALUE(WN_E_STAGE, -6)
VALUE(WN_E_ABI, -7) VALUE(WN_E_INTERNAL, -8) VALUE(WN_E_INTERRUPTED, -9) VALUE(WN_T_END, 0)
VALUE(WN_T_BOOL, 1) VALUE(WN_T_INT, 2) VALUE(WN_T_SIZE, 3) VALUE(WN_T_REAL, 4) VALUE(WN_T_STRING, 5)
VALUE(WN_T_ENUM, 6) VALUE(WN_T_LIST, 7) VALUE(WN_MAP_EXACT, 0) VALUE(WN_MAP_DECODED, 1)
VALUE(WN_MAP_EDITED, 2) VALUE(WN_MAP_APPROX, 3) VALUE(WN_DEBUG, 0) VALUE(WN_INFO, 1)
VALUE(WN_WARN, 2)
VALUE(WN_JSON_NO_SPANS, 1) VALUE(WN_JSON_MAP, 2) VALUE(WN_SOURCE_SPLITS, 1) VALUE(WN_IDEMPOTENT, 2)
VALUE(WN_TOKEN_WORD, 0) VALUE(WN_TOKEN_NUMBER, 1) VALUE(WN_TOKEN_PUNCT, 2) VALUE(WN_TOKEN_QUOTE, 3)
VALUE(WN_TOKEN_SYMBOL, 4) VALUE(WN_TOKEN_CAPITAL, 1) VALUE(WN_TOKEN_ALLCAPS, 2)
VALUE(WN_TOKEN_SPACE_BEFORE, 4) VALUE(WN_TOKEN_LINE_START, 8) VALUE(WN_TOKEN_SENTENCE_START, 16)
VALUE(WN_TAG_PUNCT, 0) VALUE(WN_TAG_NN, 3) VALUE(WN_TAG_VB, 13) VALUE(WN_TAG_UH, 24)
VALUE(WN_TAGS, 25)
VALUE(WN_ROLE_NONE, 0) VALUE(WN_ROLE_INPUTS, 1) VALUE(WN_ROLE_OUTPUT, 2) VALUE(WN_SINK_PARTS, 4)
VALUE(WN_ANALYSE_TAGS, 1) VALUE(WN_ABI_MAJOR, 1)

_Static_assert(WN_ABI_MAGIC == 0x314e4957, "magic");
_Static_assert(sizeof(wn_stage) == sizeof(void *) && sizeof(wn_doc) == sizeof(void *), "handles");
#endif

int main(void)
{
    printf("ok 1 - the layout is that of ABI 1.0\n1..1\n");
    return 0;
}
