/* test_marks.c: what the attributes of spans take is counted, against the document's memory and
 * against its text. */
#include "document/document.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

static wn_str str(const char *s)
{
    return (wn_str){s, strlen(s)};
}

/* A text that is all dates: marks beyond so many bytes for each of its own, above 6 MiB. */
static void marks_are_bounded_by_the_text(void)
{
    wn_error err = WN_ERROR_INIT;
    document *d = document_new(NULL, 0);
    const char *raw = "{\"text\":\"May June\"}";
    const locator at = {.path = "p", .length = strlen(raw)};
    document_set_max_span_ratio(d, 32);
    CHECK_INT(document_set_record(d, &at, str(raw), true, &err), WN_OK);
    CHECK_INT(document_record_json(document_handle(d), NULL, NULL, &err), WN_OK);
    size_t n = 0;
    wn_status status = WN_OK;
    for (; n < 1000000 && status == WN_OK; n += status == WN_OK)
        status = document_span_add(document_handle(d), "date", 0, 3,
                                   json_pack("{s:s}", "type", "DATE"), NULL);
    CHECK_INT(status, WN_E_LIMIT);
    CHECK(n > 10000 && n < 60000);
    CHECK_INT(document_trouble(d)->status, WN_E_LIMIT);
    CHECK(strstr(document_trouble(d)->text, "max_span_ratio") != NULL);
    document_free(d);
}

/* Marks that the text allowed when they were made stay when it is cut, also on the way through the
 * spool. */
static void marks_allowed_once_stay(void)
{
    enum { TEXT = 4 << 20, MARKS = 40000 };
    wn_error err = WN_ERROR_INIT;
    document *d = document_new(NULL, 0), *e = document_new(NULL, 64 << 20);
    wn_doc *doc = document_handle(d);
    char *text = malloc(TEXT);
    memset(text, 'x', TEXT);
    const locator at = {.path = "p"};
    const wn_edit cut = {100, TEXT, {"", 0}};
    strbuf frozen = STRBUF_INIT;
    document_set_max_span_ratio(d, 4);
    document_set_max_span_ratio(e, 4);
    CHECK_INT(document_set_record(d, &at, (wn_str){"", 0}, true, &err), WN_OK);
    CHECK_INT(document_set_text(doc, (wn_str){text, TEXT}, &err), WN_OK);
    for (size_t i = 0; i < MARKS; i++)
        CHECK_INT(document_span_add(doc, "date", 0, 3, json_pack("{s:s}", "type", "DATE"), NULL),
                  WN_OK);
    CHECK_INT(document_edit(doc, &cut, 1, &err), WN_OK);
    CHECK_INT(document_freeze(d, &frozen), WN_OK);
    CHECK_INT(document_thaw(e, (wn_str){frozen.p, frozen.len}, &err), WN_OK);
    size_t n = 0;
    CHECK(document_spans(document_handle(e), "date", &n) != NULL);
    CHECK_INT(n, MARKS);
    CHECK_INT(document_span_add(document_handle(e), "date", 0, 3,
                                json_pack("{s:s}", "type", "DATE"), NULL),
              WN_E_LIMIT);
    CHECK_INT(document_trouble(e)->status, WN_E_LIMIT);
    free(text);
    strbuf_release(&frozen);
    document_free(d);
    document_free(e);
}

/* So does one whose memory is at its limit: it is not lost on the way, the stage that asks for more
 * is told. */
static void a_full_document_is_read_back(void)
{
    enum { LIMIT = 1 << 20 };
    wn_error err = WN_ERROR_INIT;
    document *d = document_new(NULL, 0), *e = document_new(NULL, LIMIT);
    const locator at = {.path = "p"};
    strbuf frozen = STRBUF_INIT;
    CHECK_INT(document_set_record(d, &at, (wn_str){"", 0}, true, &err), WN_OK);
    CHECK_INT(document_set_text(document_handle(d), str("May June"), &err), WN_OK);
    for (size_t i = 0; i < 10000; i++)
        CHECK_INT(document_span_add(document_handle(d), "date", 0, 3,
                                    json_pack("{s:s}", "type", "DATE"), NULL),
                  WN_OK);
    CHECK_INT(document_freeze(d, &frozen), WN_OK);
    CHECK_INT(document_thaw(e, (wn_str){frozen.p, frozen.len}, &err), WN_OK);
    CHECK(document_memory(e) > LIMIT);
    CHECK(document_alloc(document_handle(e), LIMIT) == NULL);
    CHECK_INT(document_span_add(document_handle(e), "date", 0, 3, NULL, NULL), WN_E_NOMEM);
    CHECK(document_out_of_memory(e));
    strbuf_release(&frozen);
    document_free(d);
    document_free(e);
}

static void attributes_count_as_memory(void)
{
    enum { LIMIT = 200000 };
    wn_error err = WN_ERROR_INIT;
    document *d = document_new(NULL, LIMIT);
    const char *raw = "{\"text\":\"May June\"}";
    const locator at = {.path = "p", .length = strlen(raw)};
    CHECK_INT(document_set_record(d, &at, str(raw), true, &err), WN_OK);
    CHECK_INT(document_record_json(document_handle(d), NULL, NULL, &err), WN_OK);
    size_t n = 0, spans;
    wn_status status = WN_OK;
    while (n < LIMIT && status == WN_OK) {
        json_t *attrs =
            json_pack("{s:s, s:s, s:s}", "type", "DATE", "value", "XXXX-05", "status", "open");
        status = document_span_add(document_handle(d), "date", 0, 3, attrs, NULL);
        n += status == WN_OK;
    }
    CHECK_INT(status, WN_E_NOMEM);
    CHECK(document_out_of_memory(d));
    CHECK(n > LIMIT / 1000 && n < LIMIT / 200);
    CHECK(document_spans(document_handle(d), "date", &spans) != NULL);
    CHECK_INT(spans, n);
    CHECK(document_memory(d) > LIMIT / 2);
    document_reset(d);
    CHECK(document_memory(d) < LIMIT / 4);
    document_free(d);
}

static void a_string_counts_by_its_length(void)
{
    enum { LIMIT = 200000, LONG = 120000 };
    wn_error err = WN_ERROR_INIT;
    document *d = document_new(NULL, LIMIT);
    const char *raw = "{\"text\":\"May June\"}";
    const locator at = {.path = "p", .length = strlen(raw)};
    static char text[LONG + 1];
    memset(text, 'x', LONG);
    CHECK_INT(document_set_record(d, &at, str(raw), true, &err), WN_OK);
    CHECK_INT(document_record_json(document_handle(d), NULL, NULL, &err), WN_OK);
    CHECK_INT(document_span_add(document_handle(d), "date", 0, 3, json_pack("{s:s}", "value", text),
                                NULL),
              WN_OK);
    CHECK_INT(document_span_add(document_handle(d), "date", 4, 8, json_pack("{s:s}", "value", text),
                                NULL),
              WN_E_NOMEM);
    document_free(d);
}

int main(void)
{
    RUN(a_string_counts_by_its_length);
    RUN(attributes_count_as_memory);
    RUN(marks_are_bounded_by_the_text);
    RUN(marks_allowed_once_stay);
    RUN(a_full_document_is_read_back);
    return DONE();
}
