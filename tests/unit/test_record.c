/* test_record.c: records become documents, documents and rejects become JSON lines, and those read
 * back. */
#include "document/document.h"
#include "tap.h"
#include "util/json.h"
#include <stdlib.h>

static wn_str str(const char *s)
{
    return (wn_str){s, strlen(s)};
}

static document *record(const char *raw, size_t n)
{
    wn_error err = WN_ERROR_INIT;
    document *d = document_new(NULL, 0);
    const locator at = {.path = "in.jsonl", .offset = 40, .length = n};
    CHECK_INT(document_set_record(d, &at, (wn_str){raw, n}, true, &err), WN_OK);
    return d;
}

static document *json_record(const char *raw, const char *text_key, const char *id_key)
{
    wn_error err = WN_ERROR_INIT;
    document *d = record(raw, strlen(raw));
    CHECK_INT(document_record_json(document_handle(d), text_key, id_key, &err), WN_OK);
    CHECK_STR(err.text, "");
    return d;
}

static void check_json(const char *s, size_t n)
{
    json_error_t error;
    json_t *parsed = json_loadb(s, n, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &error);
    if (parsed == NULL && json_error_code(&error) != json_error_numeric_overflow) {
        printf("# %s\n", error.text);
        CHECK_STR(s, "JSON without duplicate keys");
    }
    json_decref(parsed);
    json_t *ours = json_load((wn_str){s, n}, NULL);
    CHECK(json_is_object(ours));
    json_decref(ours);
}

static const char *line_of(document *d, unsigned flags)
{
    wn_error err = WN_ERROR_INIT;
    wn_str line = {"", 0};
    CHECK_INT(document_json(document_handle(d), flags, &line, &err), WN_OK);
    check_json(line.p, line.len);
    return line.p;
}

static void check_line(const char *raw, unsigned flags, const char *want)
{
    document *d = json_record(raw, NULL, NULL);
    CHECK_STR(line_of(d, flags), want);
    document_free(d);
}

static const char *meta(document *d, const char *key)
{
    return json_string_value(json_object_get(document_meta(document_handle(d)), key));
}

static void the_keys_of_a_record_come_back(void)
{
    check_line("{\"id\":\"a\\n1\", \"text\":\"one\\ntwo\", \"n\": 1.10, \"added\":\"2024\", "
               "\"source\":\"s\", \"big\":123456789012345678901 }",
               WN_JSON_NO_SPANS,
               "{\"id\":\"a\\n1\",\"text\":\"one\\ntwo\",\"source\":\"s\",\"added\":\"2024\",\"n\":"
               "1.10,\"big\":123456789012345678901,"
               "\"metadata\":{},\"provenance\":{},\"raw\":{\"path\":\"in.jsonl\",\"offset\":40,"
               "\"length\":103}}\n");
    check_line("{\"id\":12,\"text\":\"\"}", 0,
               "{\"id\":12,\"text\":\"\",\"metadata\":{},\"provenance\":{},\"spans\":{},\"raw\":{"
               "\"path\":\"in.jsonl\",\"offset\":40,\"length\":19}}\n");
    check_line("\xEF\xBB\xBF{\"text\":\"x\"}\r", 0,
               "{\"id\":\"in.jsonl#40\",\"text\":\"x\",\"metadata\":{},\"provenance\":{},\"spans\":"
               "{},\"raw\":{\"path\":\"in.jsonl\",\"offset\":40,\"length\":16}}\n");
}

static void keys_that_collide_with_ours_go_into_input(void)
{
    const char *raw =
        "{\"id\":null,\"text\":\"x\",\"raw\":\"<p>\",\"spans\":[1],\"input\":2,\"metadata\":7}";
    document *d = json_record(raw, NULL, NULL);
    const char *line = line_of(d, 0);
    CHECK(strstr(
              line,
              "\"input\":{\"id\":null,\"raw\":\"<p>\",\"spans\":[1],\"input\":2,\"metadata\":7}") !=
          NULL);
    document *again = json_record(line, NULL, NULL);
    CHECK(strstr(line_of(again, 0), "\"input\":{\"input\":{\"id\":null,\"raw\":\"<p>\"") != NULL);
    document_free(again);
    document_free(d);
    check_line("{\"text\":\"x\",\"input\":2}", WN_JSON_NO_SPANS,
               "{\"id\":\"in.jsonl#40\",\"text\":\"x\",\"input\":2,\"metadata\":{},\"provenance\":{"
               "},\"raw\":{\"path\":\"in.jsonl\",\"offset\":40,\"length\":22}}\n");
}

static void the_source_names_its_keys(void)
{
    document *d =
        json_record("{\"body\":\"b\",\"text\":\"t\",\"nr\":-5,\"id\":\"i\"}", "body", "nr");
    CHECK_MEM(document_text(document_handle(d)).p, document_text(document_handle(d)).len, "b");
    CHECK(strstr(line_of(d, 0),
                 "{\"id\":-5,\"text\":\"b\",\"input\":{\"text\":\"t\",\"id\":\"i\"},") != NULL);
    document_free(d);
}

static void metadata_is_filled_from_the_top_level(void)
{
    document *d =
        json_record("{\"text\":\"x\",\"title\":\"A\\u00e9\",\"url\":\"http://"
                    "u\",\"date\":\"2020-02-03T10:00\",\"author\":7,\"created\":\"2021-01-01\","
                    "\"metadata\":{\"url\":\"http://"
                    "m\",\"n\":[1.5,{\"k\":null}],\"huge\":18446744073709551616}}",
                    NULL, NULL);
    wn_range r[2];
    CHECK_STR(meta(d, "title"), "A\xC3\xA9");
    CHECK_STR(meta(d, "url"), "http://m");
    CHECK_STR(meta(d, "published"), "2020-02-03T10:00");
    CHECK(meta(d, "author") == NULL && meta(d, "created") == NULL);
    CHECK_INT(document_meta_ranges(document_handle(d), "title", r, 2), 1);
    CHECK(r[0].start == 21 && r[0].end == 28 && r[0].kind == WN_MAP_DECODED);
    CHECK(strstr(line_of(d, 0),
                 "\"metadata\":{\"url\":\"http://"
                 "m\",\"n\":[1.5,{\"k\":null}],\"title\":\"A\xC3\xA9\",\"published\":"
                 "\"2020-02-03T10:00\",\"huge\":18446744073709551616},") != NULL);
    document_free(d);
    d = json_record("{\"text\":\"x\",\"date\":\"May 3\",\"published\":\"May 4\"}", NULL, NULL);
    CHECK_STR(meta(d, "published"), "May 4");
    document_free(d);
    d = json_record("{\"text\":\"x\",\"metadata\":{\"huge\":1e999}}", NULL, NULL);
    CHECK(strstr(line_of(d, 0), "\"metadata\":{ \"huge\":1e999},") != NULL);
    document_free(d);
}

static void the_last_of_equal_keys_wins(void)
{
    document *d = json_record("{\"text\":\"1\",\"te\\u0078t\":\"2\",\"id\":\"a\",\"id\":\"b\","
                              "\"metadata\":{\"k\":\"1\",\"k\":\"2\"}}",
                              NULL, NULL);
    CHECK_MEM(document_text(document_handle(d)).p, document_text(document_handle(d)).len, "2");
    CHECK_MEM(document_id(document_handle(d)).p, document_id(document_handle(d)).len, "b");
    CHECK_STR(meta(d, "k"), "2");
    document_free(d);
    d = json_record("{\"text\":\"t\",\"b\":1,\"a\":2,\"\\u0062\":3,\"metadata\":{\"n\":1e999,\"m\":"
                    "2e999,\"n\":3e999,\"o\":1,\"o\":4e999,\"p\":5e999,\"p\":6}}",
                    NULL, NULL);
    CHECK(
        strstr(
            line_of(d, 0),
            "\"t\",\"a\":2,\"b\":3,\"metadata\":{\"p\":6,\"m\":2e999,\"n\":3e999,\"o\":4e999},") !=
        NULL);
    document_free(d);
}

static void numbers_beyond_json_t_stay_as_they_are_written(void)
{
    static const char *const numbers[] = {"1e999",
                                          "-1e400",
                                          "1e-999",
                                          "-0.1e-400",
                                          "18446744073709551616",
                                          "123456789012345678901234567890",
                                          "[0,{\"x\":1E999}]"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char raw[200], want[100];
        (void)snprintf(raw, sizeof raw, "{\"text\":\"t\",\"top\":%s,\"metadata\":{\"in\":%s}}",
                       numbers[i], numbers[i]);
        (void)snprintf(want, sizeof want, "\"top\":%s,\"metadata\":{ \"in\":%s},", numbers[i],
                       numbers[i]);
        document *d = json_record(raw, NULL, NULL);
        const char *line = line_of(d, 0);
        if (strstr(line, want) == NULL)
            CHECK_STR(line, want);
        json_t *back = json_load((wn_str){line, strlen(line)}, NULL);
        const json_t *in = json_object_get(json_object_get(back, "metadata"), "in");
        CHECK(json_equal(json_object_get(back, "top"), in));
        CHECK(json_is_array(in) ||
              (json_is_string(in) && strcmp(json_string_value(in), numbers[i]) == 0));
        json_decref(back);
        document_free(d);
    }
}

static void bad_records_say_where(void)
{
    static const struct {
        const char *raw;
        int column;
        const char *text;
    } cases[] = {
        {"", 1, "not a JSON record: expected an object at byte 1"},
        {"[1]", 1, "not a JSON record: expected an object at byte 1"},
        {"{\"text\":\"a\" \"b\":1}", 13, "not a JSON record: expected ',' or '}' at byte 13"},
        {"{\"text\":\"a\"} x", 14, "not a JSON record: unexpected text after the value at byte 14"},
        {"{\"text\":5}", 9, "not a JSON record: the text is not a string at byte 9"},
        {"{\"id\":5}", 0,
         "the record has no \"text\" (the source's option text_key names the text)"},
        {"{\"text\":\"\xC3(\"}", 10, "not a JSON record: invalid UTF-8 at byte 10"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wn_error err = WN_ERROR_INIT;
        document *d = record(cases[i].raw, strlen(cases[i].raw));
        CHECK_INT(document_record_json(document_handle(d), NULL, NULL, &err), WN_E_DATA);
        CHECK_STR(err.text, cases[i].text);
        CHECK_INT(err.column, cases[i].column);
        document_free(d);
    }
}

static void spans_and_map_are_written_with_raw_ranges(void)
{
    document *d = json_record("{\"text\":\"On \\\"May 3\\\" x\"}", NULL, NULL);
    wn_doc *doc = document_handle(d);
    wn_error err = WN_ERROR_INIT;
    size_t index;
    CHECK_INT(document_span_add(doc, "date", 4, 9,
                                json_pack("{s:s,s:i}", "value", "2020-05-03", "start", 9), &index),
              WN_OK);
    CHECK_INT(document_part_add(doc, "date", index, "day", 8, 9), WN_OK);
    CHECK_INT(document_span_add(doc, "a", 0, 12, NULL, NULL), WN_OK);
    const wn_edit edits[] = {{0, 3, {"", 0}}, {10, 12, {"...", 3}}};
    CHECK_INT(document_edit(doc, edits, 2, &err), WN_OK);
    CHECK_STR(line_of(d, WN_JSON_MAP),
              "{\"id\":\"in.jsonl#40\",\"text\":\"\\\"May "
              "3\\\"...\",\"metadata\":{},\"provenance\":{},\"spans\":{"
              "\"a\":[{\"start\":0,\"end\":10,\"raw\":[[12,21],[21,23,\"edited\"]]}],"
              "\"date\":[{\"start\":1,\"end\":6,\"raw\":[[14,19]],\"value\":\"2020-05-03\","
              "\"attrs\":{\"start\":9},"
              "\"parts\":[{\"role\":\"day\",\"start\":5,\"end\":6,\"raw\":[[18,19]]}]}]},"
              "\"raw\":{\"path\":\"in.jsonl\",\"offset\":40,\"length\":25},"
              "\"map\":[[0,1,12,14,\"decoded\",2],[1,6,14,19,\"exact\"],[6,7,19,21,\"decoded\",2],["
              "7,10,21,23,\"edited\"]]}\n");
    document_free(d);
}

static void provenance_survives_the_cut_but_not_another_value(void)
{
    document *d = json_record("{\"text\":\"By Ann Lee\\nText\"}", NULL, NULL);
    wn_doc *doc = document_handle(d);
    wn_error err = WN_ERROR_INIT;
    const wn_edit cut = {0, 11, {"", 0}};
    CHECK_INT(document_meta_set(doc, "author", json_string("Ann Lee"), 3, 10), WN_OK);
    CHECK_INT(document_edit(doc, &cut, 1, &err), WN_OK);
    CHECK(strstr(line_of(d, 0), "\"provenance\":{\"author\":[[12,19]]},") != NULL);
    (void)json_object_set_new(document_meta(doc), "author", json_string("Other"));
    CHECK_INT(document_meta_ranges(doc, "author", NULL, 0), 0);
    CHECK_INT(document_meta_set(doc, "author", json_string("Third"), 0, 0), WN_OK);
    CHECK_INT(document_meta_ranges(doc, "author", NULL, 0), 0);
    CHECK_INT(document_meta_set(doc, "author", NULL, 0, 0), WN_E_STAGE);
    CHECK_INT(document_meta_set(doc, "author", json_true(), 0, 99), WN_E_STAGE);
    document_free(d);
}

static void bad_edits_change_nothing(void)
{
    document *d = json_record("{\"text\":\"a\xC3\xA9z\"}", NULL, NULL);
    wn_doc *doc = document_handle(d);
    const wn_edit cuts[] = {{2, 3, {"", 0}}}, outside[] = {{0, 9, {"", 0}}},
                  backwards[] = {{1, 3, {"x", 1}}, {0, 1, {"", 0}}}, inverted[] = {{3, 1, {"", 0}}},
                  bad_text[] = {{0, 1, {"\xFF", 1}}};
    const struct {
        const wn_edit *e;
        size_t n;
    } all[] = {{cuts, 1}, {outside, 1}, {backwards, 2}, {inverted, 1}, {bad_text, 1}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        wn_error err = WN_ERROR_INIT;
        CHECK_INT(document_edit(doc, all[i].e, all[i].n, &err), WN_E_STAGE);
        CHECK(err.text[0] != '\0');
        CHECK_MEM(document_text(doc).p, document_text(doc).len, "a\xC3\xA9z");
    }
    wn_error err = WN_ERROR_INIT;
    CHECK_INT(document_set_text(doc, (wn_str){"\xC3", 1}, &err), WN_E_STAGE);
    CHECK_INT(document_span_add(doc, "x", 0, 2, json_object(), NULL), WN_E_STAGE);
    CHECK_INT(document_span_add(doc, "x", 1, 1, NULL, NULL), WN_E_STAGE);
    CHECK_INT(document_part_add(doc, "x", 0, "r", 0, 1), WN_E_STAGE);
    CHECK(document_layer_name(doc, 0) == NULL);
    document_free(d);
}

static const char *reject_of(document *d, strbuf *out)
{
    wn_error err = WN_ERROR_INIT;
    strbuf_clear(out);
    CHECK_INT(document_reject_json(document_handle(d), out, &err), WN_OK);
    check_json(out->p, out->len);
    return out->p;
}

static void rejects_hold_the_text_as_it_was_read(void)
{
    strbuf out = STRBUF_INIT;
    wn_error err = WN_ERROR_INIT;
    document *d = json_record("{\"id\":\"7\",\"text\":\"one\\ntwo\",\"k\":[1]}", NULL, NULL);
    const wn_edit cut = {0, 4, {"", 0}};
    CHECK_INT(document_edit(document_handle(d), &cut, 1, &err), WN_OK);
    CHECK_INT(document_drop(document_handle(d), "too short", "min", json_integer(3),
                            json_real(4.5)),
              WN_DROP);
    CHECK_STR(reject_of(d, &out),
              "{\"id\":\"7\",\"text\":\"one\\ntwo\",\"k\":[1],\"metadata\":{},\"raw\":{\"path\":"
              "\"in.jsonl\",\"offset\":40,\"length\":36},"
              "\"reject\":{\"stage\":\"\",\"status\":\"dropped\",\"reason\":\"too "
              "short\",\"rule\":\"min\",\"value\":3,\"threshold\":4.5}}\n");
    CHECK_INT(document_merge(document_handle(d), "6", "copy", NULL, NULL, NULL), WN_MERGED);
    CHECK(strstr(reject_of(d, &out),
                 "\"status\":\"merged\",\"reason\":\"copy\",\"into\":\"6\"}}") != NULL);
    document_free(d);
    strbuf_release(&out);
}

static void a_record_nobody_could_read_is_a_valid_reject(void)
{
    strbuf out = STRBUF_INIT;
    wn_error err = WN_ERROR_INIT;
    document *d = record("{\"a\":1,\"text\":\"\xFFq", 17);
    CHECK_INT(document_record_json(document_handle(d), NULL, NULL, &err), WN_E_DATA);
    document_fail(d, "jsonl", &err);
    CHECK_STR(reject_of(d, &out),
              "{\"id\":\"in.jsonl#40\",\"text\":\"{\\\"a\\\":1,\\\"text\\\":\\\"\xEF\xBF\xBDq\","
              "\"metadata\":{},"
              "\"raw\":{\"path\":\"in.jsonl\",\"offset\":40,\"length\":17},\"reject\":{\"stage\":"
              "\"jsonl\",\"status\":\"failed\","
              "\"reason\":\"not a JSON record: invalid UTF-8 at byte 16\",\"note\":\"the text is "
              "the record's raw bytes, the first 17 of 17\"}}\n");
    document_free(d);
    char *big = malloc(1 << 20);
    memset(big, '[', 1 << 20);
    d = record(big, 1 << 20);
    err = (wn_error)WN_ERROR_INIT;
    CHECK_INT(document_record_json(document_handle(d), NULL, NULL, &err), WN_E_DATA);
    (void)reject_of(d, &out);
    CHECK(out.len < 66000 && strstr(out.p, "the first 65536 of 1048576") != NULL);
    document_free(d);
    free(big);
    strbuf_release(&out);
}

static void pieces_outside_the_record_are_refused(void)
{
    const wn_range bad[] = {{2, 9, 0, 0}}, inverted[] = {{2, 1, 0, 0}};
    wn_error err = WN_ERROR_INIT;
    document *d = record("abc", 3);
    CHECK_INT(document_record_text(document_handle(d), bad, 1, NULL, &err), WN_E_STAGE);
    CHECK_INT(document_record_text(document_handle(d), inverted, 1, NULL, &err), WN_E_STAGE);
    CHECK_INT(document_record_text(document_handle(d), NULL, 0, NULL, &err), WN_OK);
    CHECK_INT(document_text(document_handle(d)).len, 0);
    document_free(d);
}

static void a_record_is_read_once(void)
{
    wn_error err = WN_ERROR_INIT;
    const wn_range whole = {0, 3, 0, 0};
    document *d = record("abc", 3);
    CHECK_INT(document_record_text(document_handle(d), &whole, 1, NULL, &err), WN_OK);
    CHECK_INT(document_record_text(document_handle(d), &whole, 1, NULL, &err), WN_E_STAGE);
    CHECK_STR(err.text, "the record's text was read before");
    document_free(d);
}

static void a_name_that_is_not_utf8_is_told_with_marks_in_it(void)
{
    wn_error err = WN_ERROR_INIT;
    document *d = document_new(NULL, 0);
    const locator at = {.path = "a\xFF"
                                "b\xE2\x80"
                                "c\xC3",
                        .length = 1};
    CHECK_INT(document_set_record(d, &at, str("x"), true, &err), WN_E_DATA);
    CHECK_STR(document_locator(d)->path, "a\xEF\xBF\xBD"
                                         "b\xEF\xBF\xBD"
                                         "c\xEF\xBF\xBD");
    document_free(d);
}

static void a_byte_order_mark_alone_is_no_record(void)
{
    wn_error err = WN_ERROR_INIT;
    document *d = record("\xEF\xBB\xBF", 3);
    CHECK(document_record_json(document_handle(d), NULL, NULL, &err) != WN_OK);
    CHECK(strstr(err.text, "at byte 4") != NULL);
    document_free(d);
}

/* More than the first room for parts holds: none is written over by what is allocated next. */
static void a_span_has_as_many_parts_as_are_added(void)
{
    enum { N = 40 };
    document *d = json_record("{\"text\":\"May June\"}", NULL, NULL);
    wn_doc *doc = document_handle(d);
    char role[8];
    size_t at, n;
    CHECK_INT(document_span_add(doc, "claim", 0, 8, NULL, &at), WN_OK);
    for (int i = 0; i < N; i++) {
        (void)snprintf(role, sizeof role, "r%d", i);
        CHECK_INT(document_part_add(doc, "claim", at, role, 0, (size_t)(1 + i % 8)), WN_OK);
    }
    const wn_span *s = document_spans(doc, "claim", &n);
    CHECK_INT(n, 1);
    CHECK_INT(s[0].n_parts, N);
    for (int i = 0; i < N; i++) {
        (void)snprintf(role, sizeof role, "r%d", i);
        CHECK_STR(s[0].parts[i].role, role);
        CHECK_INT(s[0].parts[i].end, 1 + i % 8);
    }
    document_free(d);
}

static wn_status fetched(void *self, const locator *at, arena *into, wn_str *ret_raw, wn_error *err)
{
    (void)into, (void)err;
    CHECK_INT(at->offset, 40);
    *ret_raw = str(self);
    return WN_OK;
}

static void a_thawed_document_is_the_same_and_fetches_its_bytes(void)
{
    const char *raw = "{\"text\":\"one\\ntwo\",\"id\":3,\"source\":\"s\",\"metadata\":{\"title\":"
                      "\"T\",\"huge\":1e999,\"r\":0.1}}";
    document *d = json_record(raw, NULL, NULL), *e = document_new(NULL, 0);
    wn_error err = WN_ERROR_INIT;
    strbuf frozen = STRBUF_INIT, again = STRBUF_INIT, reject = STRBUF_INIT;
    const wn_edit edit = {0, 3, {"1", 1}};
    CHECK_INT(document_span_add(document_handle(d), "x", 0, 5, json_pack("{s:f}", "f", 0.1), NULL),
              WN_OK);
    CHECK_INT(document_part_add(document_handle(d), "x", 0, "p", 0, 1), WN_OK);
    CHECK_INT(document_edit(document_handle(d), &edit, 1, &err), WN_OK);
    CHECK_INT(document_freeze(d, &frozen), WN_OK);
    CHECK_INT(document_thaw(e, (wn_str){frozen.p, frozen.len}, &err), WN_OK);
    CHECK_STR(line_of(e, WN_JSON_MAP), line_of(d, WN_JSON_MAP));
    CHECK_INT(document_freeze(e, &again), WN_OK);
    CHECK(again.len == frozen.len && memcmp(again.p, frozen.p, frozen.len) == 0);
    CHECK_INT(document_raw(document_handle(e)).len, 0);
    (void)document_drop(document_handle(e), "r", NULL, NULL, NULL);
    CHECK(strstr(reject_of(e, &reject), "could not be read again") != NULL);
    document_context(e)->fetch = fetched;
    document_context(e)->self = (void *)(uintptr_t)raw;
    CHECK(strstr(reject_of(e, &reject), "\"text\":\"one\\ntwo\"") != NULL);
    CHECK_STR(document_raw(document_handle(e)).p, raw);
    strbuf_release(&frozen);
    strbuf_release(&again);
    strbuf_release(&reject);
    document_free(d);
    document_free(e);
}

static void cut_short_the_spool_is_refused(void)
{
    document *d = json_record(
        "{\"text\":\"one\\ntwo\",\"source\":1,\"metadata\":{\"title\":\"T\",\"huge\":1e999}}", NULL,
        NULL);
    strbuf frozen = STRBUF_INIT;
    CHECK_INT(document_span_add(document_handle(d), "x", 0, 5, json_object(), NULL), WN_OK);
    CHECK_INT(document_freeze(d, &frozen), WN_OK);
    for (size_t n = 0; n <= frozen.len; n++) {
        wn_error err = WN_ERROR_INIT;
        char *copy = malloc(n + 1); /* of the exact size, for the sanitizer */
        memcpy(copy, frozen.p, n);
        CHECK_INT(document_thaw(d, (wn_str){copy, n}, &err),
                  n == frozen.len ? WN_OK : WN_E_INTERNAL);
        free(copy);
    }
    strbuf_release(&frozen);
    document_free(d);
}

static void memory_has_its_limit(void)
{
    wn_error err = WN_ERROR_INIT;
    document *d = document_new(NULL, 10000);
    const locator at = {.path = "p"};
    char *big = malloc(20000);
    memset(big, 'x', 20000);
    CHECK_INT(document_set_record(d, &at, (wn_str){big, 20000}, true, &err), WN_E_NOMEM);
    CHECK(document_out_of_memory(d));
    document_reset(d);
    err = (wn_error)WN_ERROR_INIT;
    CHECK_INT(document_set_record(d, &at, (wn_str){big, 20000}, false, &err), WN_OK);
    const wn_range whole = {0, 20000, 0, 0}, some = {0, 3000, 0, 0};
    CHECK_INT(document_record_text(document_handle(d), &whole, 1, NULL, &err), WN_E_NOMEM);
    err = (wn_error)WN_ERROR_INIT;
    CHECK_INT(document_record_text(document_handle(d), &some, 1, NULL, &err), WN_OK);
    const wn_edit grow = {0, 0, {big, 15000}};
    CHECK_INT(document_edit(document_handle(d), &grow, 1, &err), WN_E_NOMEM);
    CHECK_INT(document_text(document_handle(d)).len, 3000);
    document_free(d);
    free(big);
}

/* What Jansson holds for a document counts, although it is not the arena's. */
static void many_keys_take_no_quadratic_time(void)
{
    strbuf raw = STRBUF_INIT;
    wn_error err = WN_ERROR_INIT;
    strbuf_puts(&raw, "{\"text\":\"x\",\"metadata\":{");
    for (unsigned i = 0; i < 60000; i++)
        strbuf_printf(&raw, "\"k%u\":\"v\",\"big%u\":1e999,", (i * 7919u) % 45000u, i % 45000u);
    strbuf_puts(&raw, "\"z\":\"\"}");
    for (unsigned i = 0; i < 60000; i++)
        strbuf_printf(&raw, ",\"t%u\":\"v\"", i % 45000u);
    strbuf_puts(&raw, "}");
    document *d = record(raw.p, raw.len);
    CHECK_INT(document_record_json(document_handle(d), NULL, NULL, &err), WN_OK);
    CHECK_INT(json_object_size(document_meta(document_handle(d))), 45001);
    wn_range r = {0, 0, 0, 0};
    CHECK_INT(document_meta_ranges(document_handle(d), "k7919", &r, 1), 1);
    CHECK_MEM(raw.p + r.start - 8, 9, "k7919\":\"v");
    CHECK(r.start > raw.len / 3); /* the later one of two */
    wn_str line;
    CHECK_INT(document_json(document_handle(d), 0, &line, &err), WN_OK);
    document_free(d);
    strbuf_release(&raw);
}

int main(void)
{
    RUN(the_keys_of_a_record_come_back);
    RUN(keys_that_collide_with_ours_go_into_input);
    RUN(the_source_names_its_keys);
    RUN(metadata_is_filled_from_the_top_level);
    RUN(the_last_of_equal_keys_wins);
    RUN(numbers_beyond_json_t_stay_as_they_are_written);
    RUN(bad_records_say_where);
    RUN(spans_and_map_are_written_with_raw_ranges);
    RUN(provenance_survives_the_cut_but_not_another_value);
    RUN(bad_edits_change_nothing);
    RUN(rejects_hold_the_text_as_it_was_read);
    RUN(a_record_nobody_could_read_is_a_valid_reject);
    RUN(pieces_outside_the_record_are_refused);
    RUN(a_record_is_read_once);
    RUN(a_name_that_is_not_utf8_is_told_with_marks_in_it);
    RUN(a_byte_order_mark_alone_is_no_record);
    RUN(a_span_has_as_many_parts_as_are_added);
    RUN(a_thawed_document_is_the_same_and_fetches_its_bytes);
    RUN(cut_short_the_spool_is_refused);
    RUN(memory_has_its_limit);
    RUN(many_keys_take_no_quadratic_time);
    return DONE();
}
