/* test_decode.c: compressed content of a record: inflated within limits, and the document's raw
 * text from then on. */
#include "document/document.h"
#include "tap.h"
#include <stdlib.h>
#include <zlib.h>

static document *record(const char *raw, size_t n)
{
    wn_error err = WN_ERROR_INIT;
    document *d = document_new(NULL, 0);
    const locator at = {.path = "in.jsonl", .offset = 40, .length = n};
    CHECK_INT(document_set_record(d, &at, (wn_str){raw, n}, true, &err), WN_OK);
    return d;
}

static size_t deflate_some(const char *in, size_t n, int window, char *out, size_t cap)
{
    z_stream z;
    memset(&z, 0, sizeof z);
    (void)deflateInit2(&z, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
    z.next_in = (Bytef *)(uintptr_t)in;
    z.avail_in = (uInt)n;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)cap;
    (void)deflate(&z, Z_FINISH);
    n = z.total_out;
    (void)deflateEnd(&z);
    return n;
}

static wn_status decode(const char *codec, const char *in, size_t n, size_t limit, strbuf *out)
{
    wn_error err = WN_ERROR_INIT;
    strbuf_clear(out);
    wn_status status = decode_bytes(codec, (wn_str){in, n}, limit, out, &err);
    CHECK((status == WN_OK) == (err.text[0] == '\0'));
    return status;
}

static void content_is_inflated_within_limits(void)
{
    char packed[5000], *zeros = calloc(1, 1 << 20);
    strbuf out = STRBUF_INIT;
    const int windows[] = {15, -15, 31};
    for (size_t i = 0; i < 3; i++) {
        size_t n = deflate_some("hello hello", 11, windows[i], packed, sizeof packed);
        CHECK_INT(decode(windows[i] == 31 ? "gzip" : "deflate", packed, n, 11, &out), WN_OK);
        CHECK_STR(out.p, "hello hello");
        CHECK_INT(decode(windows[i] == 31 ? "gzip" : "deflate", packed, n, 10, &out), WN_E_LIMIT);
        CHECK_INT(decode(windows[i] == 31 ? "gzip" : "deflate", packed, n - 9, 11, &out),
                  WN_E_DATA);
    }
    size_t n = deflate_some("ab", 2, 31, packed, sizeof packed);
    n += deflate_some("cd", 2, 31, packed + n, sizeof packed - n);
    memcpy(packed + n, "junk", 4);
    CHECK_INT(decode("gzip", packed, n + 4, 100, &out), WN_OK);
    CHECK_STR(out.p, "abcd");
    n = deflate_some(zeros, 1 << 20, 31, packed, sizeof packed);
    CHECK_INT(decode("gzip", packed, n, 1 << 19, &out), WN_E_LIMIT);
    CHECK_INT(decode("gzip", packed, n, 1 << 20, &out), WN_OK);
    CHECK_INT(decode("gzip", "nonsense", 8, 100, &out), WN_E_DATA);
    CHECK_INT(decode("gzip", "", 0, 100, &out), WN_E_DATA);
    CHECK_INT(decode("br", "x", 1, 100, &out), WN_E_DATA);
    CHECK_INT(decode("identity", "xyz", 3, 2, &out), WN_E_LIMIT);
    strbuf_release(&out);
    free(zeros);
}

static void a_decoded_body_is_the_raw_text(void)
{
    char packed[100];
    wn_error err = WN_ERROR_INIT;
    size_t n = deflate_some("caf\xE9", 4, 31, packed + 3, 90);
    memmove(packed + 13, packed + 8, n - 5); /* a gap of five bytes, as between chunks */
    document *d = record(packed, n + 8);
    wn_doc *doc = document_handle(d);
    const wn_range pieces[] = {{3, 8, 0, 0}, {13, n + 8, 0, 0}}, whole = {0, 4, 0, 0};
    CHECK_INT(document_record_decode(doc, pieces, 2, "gzip", &err), WN_OK);
    CHECK_STR(err.text, "");
    CHECK_MEM(document_raw(doc).p, document_raw(doc).len, "caf\xE9");
    CHECK_INT(document_record_text(doc, &whole, 1, "latin1", &err), WN_OK);
    CHECK_MEM(document_text(doc).p, document_text(doc).len, "caf\xC3\xA9");
    CHECK_INT(document_record_decode(doc, pieces, 2, "gzip", &err), WN_E_STAGE);
    json_t *at = json_deep_copy(document_locator_json(doc));
    CHECK_STR(json_string_value(json_object_get(at, "decode")), "gzip");
    CHECK_INT(json_array_size(json_object_get(at, "pieces")), 2);
    json_decref(at);
    document_free(d);
}

int main(void)
{
    RUN(content_is_inflated_within_limits);
    RUN(a_decoded_body_is_the_raw_text);
    return DONE();
}
