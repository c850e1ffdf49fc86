/* test_failing_memory.c: every allocation of a document's life fails once, in turn: a clean error,
 * nothing lost, no leak (the sanitizer build looks), and the document can be used again. */
#include "document/document.h"
#include "heap.h"
#include "tap.h"
#include "util/alloc.h"
#include <stdlib.h>

static const char record_text[] = "{\"id\":\"x\\n1\",\"text\":\"On \\\"May 3\\\" it was \\u0416 "
                                  "said\",\"k\\n\":[1],\"title\":\"T\",\"metadata\":{\"a\":[1,{"
                                  "\"b\":\"c\\td\"}],\"huge\":1e999}}";

/* What can be done with a document; each returns WN_OK, or the failure. */
typedef wn_status action(document *d, wn_error *err);

static wn_status read_json(document *d, wn_error *err)
{
    const locator at = {
        .path = "p", .offset = 7, .length = sizeof record_text - 1, .codec = "gzip", .member = 3};
    wn_status status =
        document_set_record(d, &at, (wn_str){record_text, sizeof record_text - 1}, true, err);
    return status != WN_OK ? status : document_record_json(document_handle(d), NULL, NULL, err);
}

static wn_status read_pieces(document *d, wn_error *err)
{
    static const char bytes[] = "\xCF\xF0gap\xE8\xE2";
    const locator at = {.path = "p", .length = 7};
    const wn_range pieces[] = {{0, 2, 0, 0}, {5, 7, 0, 0}}, whole = {0, 4, 0, 0};
    wn_status status = document_set_record(d, &at, (wn_str){bytes, 7}, false, err);
    if (status == WN_OK)
        status = document_record_decode(document_handle(d), pieces, 2, "identity", err);
    return status != WN_OK
               ? status
               : document_record_text(document_handle(d), &whole, 1, "windows-1251", err);
}

static wn_status read_unnamed(document *d, wn_error *err)
{
    static const char bytes[] = "\xCF\xF0\xE8\xE2\xE5\xF2 \xE2\xF1\xE5\xEC";
    const locator at = {.path = "p", .length = sizeof bytes - 1};
    const wn_range pieces[] = {{0, 2, 0, 0}, {3, sizeof bytes - 1, 0, 0}};
    wn_status status = document_set_record(d, &at, (wn_str){bytes, sizeof bytes - 1}, true, err);
    return status != WN_OK ? status
                           : document_record_text(document_handle(d), pieces, 2, "koi8-r", err);
}

static wn_status annotate(document *d, wn_error *err)
{
    wn_doc *doc = document_handle(d);
    wn_status status = read_json(d, err);
    for (size_t i = 0; i < 10 && status == WN_OK; i++) {
        json_t *attrs = json_pack("{s:s}", "value", "x");
        status = attrs == NULL
                     ? WN_E_NOMEM
                     : document_span_add(doc, i % 2 == 0 ? "a" : "b", i, i + 4, attrs, NULL);
        for (size_t k = 0; k < 5 && status == WN_OK && i % 2 == 0; k++)
            status = document_part_add(doc, "a", i / 2, "role", k, k + 1);
    }
    json_t *value = json_string("v");
    if (status == WN_OK)
        status = value == NULL ? WN_E_NOMEM : document_meta_set(doc, "author", value, 2, 8);
    else
        json_decref(value);
    if (status == WN_OK)
        status = document_record_id(doc, (wn_str){"id", 2});
    return status;
}

static wn_status change(document *d, wn_error *err)
{
    wn_doc *doc = document_handle(d);
    const wn_edit edits[] = {{1, 3, {"", 0}},
                             {5, 5, {"new text that is longer than before", 35}},
                             {6, 9, {"x", 1}}};
    wn_status status = annotate(d, err);
    if (status == WN_OK)
        status = document_edit(doc, edits, 3, err);
    return status != WN_OK
               ? status
               : document_set_text(doc, (wn_str){"On and on and on and on and on, it was said", 43},
                                   err);
}

static wn_status write_lines(document *d, wn_error *err)
{
    wn_str line;
    strbuf out = STRBUF_INIT;
    wn_status status = change(d, err);
    if (status == WN_OK)
        status = document_json(document_handle(d), WN_JSON_MAP, &line, err);
    (void)document_merge(document_handle(d), "other", "reason", "rule", json_integer(1),
                         json_real(0.5));
    if (status == WN_OK)
        status = document_reject_json(document_handle(d), &out, err);
    strbuf_release(&out);
    return status;
}

static wn_status through_the_spool(document *d, wn_error *err)
{
    strbuf frozen = STRBUF_INIT;
    document *e = document_new(NULL, 0);
    wn_status status = e == NULL ? WN_E_NOMEM : change(d, err);
    if (status == WN_OK)
        status = document_freeze(d, &frozen);
    if (status == WN_OK)
        status = document_thaw(e, (wn_str){frozen.p, frozen.len}, err);
    if (status == WN_E_NOMEM && e != NULL) /* what is there of it is sound */
        CHECK_INT(document_id(document_handle(e)).len, strlen(document_id(document_handle(e)).p));
    document_free(e);
    strbuf_release(&frozen);
    return status;
}

static wn_status find_place(document *d, wn_error *err)
{
    wn_status status = read_pieces(d, err);
    return status != WN_OK                                     ? status
           : document_locator_json(document_handle(d)) == NULL ? WN_E_NOMEM
                                                               : WN_OK;
}

static void check_once(action *act, const char *name)
{
    bool failed = true;
    for (unsigned long n = 1; failed && n < 5000; n++) {
        wn_error err = WN_ERROR_INIT;
        (void)mem_fail_at(n);
        document *d = document_new(NULL, 0);
        wn_status status = d == NULL ? WN_E_NOMEM : act(d, &err);
        failed = mem_fail_at(0);
        /* for what is not there: the run ends by mem_failures() */
        const bool optional = act == write_lines || act == find_place;
        if (failed ? status != WN_E_NOMEM && !(optional && status == WN_OK) : status != WN_OK) {
            printf("# %s, allocation %lu: status %d, %s\n", name, n, (int)status, err.text);
            CHECK(false && "a clean failure");
        }
        if (d != NULL) {
            document_reset(d);
            err = (wn_error)WN_ERROR_INIT;
            CHECK_INT(act(d, &err), WN_OK);
            CHECK_STR(err.text, "");
        }
        document_free(d);
    }
    CHECK(!failed);
}

/* Nothing is lost: neither by what failed nor by the documents that were done. What freed pieces
 * take that were not used again yet has a bound, so that a loss in each round stands out. */
static void check_action(action *act, const char *name)
{
    enum { ROUNDS = 100, BOUND = 32 << 10 };
    check_once(act, name);
    check_once(act, name);
    const size_t before = heap_in_use();
    for (int i = 0; i < ROUNDS; i++)
        check_once(act, name);
    const size_t after = heap_in_use();
    if (after > before + BOUND) {
        printf("# %s: %zu bytes lost\n", name, after - before);
        CHECK(false && "nothing is lost");
    }
}

static void reading_a_json_record(void)
{
    check_action(read_json, "read_json");
}
static void decoding_pieces(void)
{
    check_action(read_pieces, "read_pieces");
}
static void joining_pieces(void)
{
    check_action(read_unnamed, "read_unnamed");
}
static void telling_the_place(void)
{
    check_action(find_place, "find_place");
}
static void adding_spans(void)
{
    check_action(annotate, "annotate");
}
static void editing(void)
{
    check_action(change, "change");
}
static void writing_lines(void)
{
    check_action(write_lines, "write_lines");
}
static void freezing_and_thawing(void)
{
    check_action(through_the_spool, "spool");
}

int main(void)
{
    json_set_alloc_funcs(mem_alloc, mem_free);
    json_decref(json_object()); /* seeds Jansson's hash */
    RUN(reading_a_json_record);
    RUN(decoding_pieces);
    RUN(joining_pieces);
    RUN(telling_the_place);
    RUN(adding_spans);
    RUN(editing);
    RUN(writing_lines);
    RUN(freezing_and_thawing);
    return DONE();
}
