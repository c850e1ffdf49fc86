/* fuzz_jsonl.c: a JSON record. What is accepted must be what Jansson reads: text, id, metadata;
 * what is refused must be so for a reason; what is written must read back. */
#include "document/document.h"
#include "util/json.h"
#include "util/utf8.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool condition, const char *what)
{
    if (!condition) {
        (void)fprintf(stderr, "%s\n", what);
        abort();
    }
}

static void same_string(wn_str got, const json_t *want, const char *what)
{
    must(got.len == json_string_length(want) &&
             memcmp(got.p, json_string_value(want), got.len) == 0,
         what);
}

static bool non_empty_string(const json_t *value)
{
    return json_is_string(value) && json_string_length(value) > 0;
}

static bool iso_date(const char *s)
{
    int y, m, d, n = 0;
    return strlen(s) >= 10 && strspn(s, "0123456789") == 4 && strspn(s + 5, "0123456789") == 2 &&
           strspn(s + 8, "0123456789") == 2 && sscanf(s, "%4d-%2d-%2d%n", &y, &m, &d, &n) == 3 &&
           n == 10 && (s[10] == '\0' || s[10] == 'T' || s[10] == ' ');
}

/* The metadata a document must have, from Jansson's reading of the record. */
static json_t *wanted_metadata(json_t *root)
{
    static const char *const keys[] = {"url",       "title",    "author",
                                       "publisher", "language", "published"};
    json_t *given = json_object_get(root, "metadata"),
           *meta = json_is_object(given) ? json_deep_copy(given) : json_object();
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (json_object_get(meta, keys[i]) == NULL &&
            non_empty_string(json_object_get(root, keys[i])))
            (void)json_object_set(meta, keys[i], json_object_get(root, keys[i]));
    const json_t *date = json_object_get(root, "date");
    if (json_object_get(meta, "published") == NULL && non_empty_string(date) &&
        iso_date(json_string_value(date)))
        (void)json_object_set_new(meta, "published", json_copy((json_t *)(uintptr_t)date));
    return meta;
}

/* Equal keys: Jansson shows only the last, we look at all of them where it matters less (metadata
 * of a scalar). */
static bool has_equal_keys(const uint8_t *data, size_t size)
{
    json_error_t error;
    json_t *strict =
        json_loadb((const char *)data, size, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &error);
    json_decref(strict);
    return strict == NULL;
}

/* Jansson reads 1e-999 as 0; we keep such a value as it is written, beside the metadata. */
static bool may_underflow(json_t *value)
{
    size_t i;
    const char *key;
    json_t *item;
    bool may = json_is_real(value) && json_real_value(value) == 0;
    json_array_foreach(value, i, item)
    {
        may = may || may_underflow(item);
    }
    json_object_foreach(value, key, item)
    {
        may = may || may_underflow(item);
    }
    return may;
}

static void leave_out_underflows(json_t *want, const json_t *got)
{
    const char *key;
    json_t *value;
    void *next;
    json_object_foreach_safe(want, next, key, value)
    {
        if (json_object_get(got, key) == NULL && may_underflow(value))
            (void)json_object_del(want, key);
    }
}

static void compare(document *d, json_t *root)
{
    wn_doc *doc = document_handle(d);
    const json_t *id = json_object_get(root, "id");
    json_t *meta = wanted_metadata(root);
    same_string(document_text(doc), json_object_get(root, "text"), "another text than Jansson's");
    if (non_empty_string(id))
        same_string(document_id(doc), id, "another id than Jansson's");
    leave_out_underflows(meta, document_meta(doc));
    must(json_equal(document_meta(doc), meta), "other metadata than Jansson's");
    json_decref(meta);
}

/* Each character of the text is its raw bytes, unescaped. */
static void check_map(document *d)
{
    wn_doc *doc = document_handle(d);
    const wn_str text = document_text(doc), raw = document_raw(doc);
    strbuf one = STRBUF_INIT;
    must(utf8_valid(text.p, text.len), "text that is not UTF-8");
    for (size_t i = 0, e, n = 0; i < text.len && n < 2000; i = e, n++) {
        for (e = i + 1; !utf8_boundary(text.p, text.len, e);)
            e++;
        wn_range r;
        must(document_raw_ranges(doc, i, e, &r, 1) == 1 && r.end <= raw.len,
             "not one range a character");
        strbuf_clear(&one);
        (void)json_unescape((wn_str){raw.p + r.start, (size_t)(r.end - r.start)}, &one);
        must(one.len == e - i && memcmp(one.p, text.p + i, one.len) == 0,
             "a character from other bytes");
    }
    strbuf_release(&one);
}

static void read_back(document *d)
{
    wn_str line = {"", 0};
    wn_error err = WN_ERROR_INIT;
    const wn_str text = document_text(document_handle(d));
    must(document_json(document_handle(d), WN_JSON_MAP, &line, &err) == WN_OK, "cannot be written");
    document *again = document_new(NULL, 0);
    const locator at = {.path = "again"};
    must(again != NULL && document_set_record(again, &at, line, false, &err) == WN_OK &&
             document_record_json(document_handle(again), NULL, NULL, &err) == WN_OK,
         "the line does not read back");
    const wn_str text_again = document_text(document_handle(again));
    must(text.len == text_again.len && memcmp(text.p, text_again.p, text.len) == 0,
         "another text when read back");
    document_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static document *d;
    wn_error err = WN_ERROR_INIT;
    const locator at = {.path = "fuzz", .length = size};
    if (d == NULL)
        d = document_new(NULL, (size_t)1 << 30);
    document_reset(d);
    must(document_set_record(d, &at, (wn_str){(const char *)data, size}, false, &err) == WN_OK,
         err.text);
    wn_status status = document_record_json(document_handle(d), NULL, NULL, &err);
    json_error_t error;
    json_t *root = json_loadb((const char *)data, size, JSON_ALLOW_NUL, &error);
    if (status == WN_OK) {
        if (root != NULL && !has_equal_keys(data, size))
            compare(d, root);
        check_map(d);
        read_back(d);
    } else {
        const bool deep = strstr(err.text, "deeply") != NULL;
        /* Jansson lets some pass between values */
        const bool nul = size > 0 && memchr(data, '\0', size) != NULL;
        must(deep || nul || !json_is_object(root) || !json_is_string(json_object_get(root, "text")),
             "refused what Jansson reads");
        must(err.text[0] != '\0', "refused without a reason");
    }
    strbuf reject = STRBUF_INIT;
    document_fail(d, "fuzz", &err);
    must(document_reject_json(document_handle(d), &reject, &err) == WN_OK,
         "the reject cannot be written");
    json_t *line = json_load((wn_str){reject.p, reject.len}, NULL);
    must(json_is_object(line), "the reject is not JSON");
    json_decref(line);
    strbuf_release(&reject);
    json_decref(root);
    return 0;
}
