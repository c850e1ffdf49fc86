/* fuzz_report.c: the report's page. Input: JSON in the shape of a report, or any text, which is
 * then put everywhere a report has a string. No crash; and no text gets into markup: every string
 * carries a mark behind "<", which must not survive. */
#include "report/dump.h"
#include "report/html.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(cond) \
    do { \
        if (!(cond)) { \
            fprintf(stderr, "not true: %s\n", #cond); \
            abort(); \
        } \
    } while (0)

static const char mark[] = "<fzq\"'>";

/* The same value with the mark before and after each string; NULL for none. Depth is bounded by
 * Jansson's parser. */
static json_t *marked(const json_t *value)
{
    const char *key;
    json_t *child, *out;
    size_t i;
    if (json_is_string(value)) {
        size_t n = json_string_length(value), m = sizeof mark - 1;
        char *both = malloc(n + 2 * m);
        MUST(both != NULL);
        memcpy(both, mark, m);
        memcpy(both + m, json_string_value(value), n);
        memcpy(both + m + n, mark, m);
        out = json_stringn(both, n + 2 * m);
        free(both);
        return out;
    }
    if (json_is_array(value)) {
        out = json_array();
        json_array_foreach(value, i, child)(void) json_array_append_new(out, marked(child));
        return out;
    }
    if (json_is_object(value)) {
        out = json_object();
        json_object_foreach((json_t *)(uintptr_t)value, key, child)(void)
            json_object_set_new(out, key, marked(child));
        return out;
    }
    return json_deep_copy(value);
}

static void check_page(const json_t *report)
{
    const char *s = json_string_value(json_object_get(report, "title"));
    s = s != NULL ? s : "";
    const html_day days[] = {{s, "", s, 1}, {s, s, "", 2}};
    html_page page = {.css = "", .js = "", .days = days, .n_days = 2};
    json_text text = {NULL, 0, 0};
    MUST(html_report(report, &page, json_text_add, &text));
    const char *p = text.p, *end = p + text.n;
    for (const char *at = p; at + 4 < end && (at = memchr(at, '<', (size_t)(end - at - 4))) != NULL;
         at++)
        MUST(memcmp(at, "<fzq", 4) != 0);
    size_t scripts = 0;
    for (const char *at = p; at + 7 < end && (at = memchr(at, '<', (size_t)(end - at - 7))) != NULL;
         at++)
        scripts += memcmp(at, "<script", 7) == 0;
    MUST(scripts == 1);
    json_text_free(&text);
}

static json_t *text_everywhere(const uint8_t *data, size_t size)
{
    json_t *s = json_stringn((const char *)data, size);
    if (s == NULL)
        return NULL;
    json_t *passage = json_pack(
        "{s:O, s:O, s:i, s:i, s:O, s:{s:O, s:i, s:i}, s:[{s:s, s:i, s:i}, {s:O, s:i, s:i}]}", "doc",
        s, "text", s, "start", 1, "end", 3, "type", s, "context", "text", s, "start", 0, "end",
        (int)size, "parts", "role", "cue", "start", 1, "end", 2, "role", s, "start", 2, "end", 4);
    (void)json_object_set(passage, "speaker", s);
    (void)json_object_set(passage, "cluster", s);
    (void)json_object_set(passage, "event", s);
    (void)json_object_set(passage, "since", s);
    (void)json_object_set(passage, "until", s);
    (void)json_object_set(passage, "kind", s);
    (void)json_object_set(passage, "reason", s);
    json_t *report =
        json_pack("{s:O, s:[{s:O, s:O, s:O, s:[O, O]}], s:[{s:O, s:O, s:O, s:[O]}], s:[{s:s, s:O, "
                  "s:O, s:O}], s:[{s:[O]}],"
                  " s:[{s:O, s:O, s:O, s:O, s:{s:O}}], s:{s:i, s:[O]}, s:{s:i, s:[{s:O}]}, "
                  "s:{s:[O], s:{s:i, s:[O]}, s:[O]}}",
                  "title", s, "events", "id", s, "title", s, "begin", s, "docs", s, s, "clusters",
                  "event", s, "kind", s, "label", s, "claims", passage, "differences", "relation",
                  "conflict", "kind", s, "a", passage, "b", passage, "groups", "members", passage,
                  "documents", "id", s, "event", s, "publisher", s, "published", s, "raw", "path",
                  s, "claims", "n", 9, "rows", passage, "speakers", "n", 1, "rows", "name", s,
                  "unknown", "undated", passage, "open_dates", "n", 1, "rows", passage, "rejects",
                  passage);
    MUST(report != NULL);
    json_decref(passage);
    json_decref(s);
    return report;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 1 << 16)
        return 0;
    json_t *report = json_loadb((const char *)data, size, 0, NULL);
    if (report == NULL)
        report = text_everywhere(data, size);
    if (report == NULL)
        return 0;
    check_page(report);
    json_t *hostile = marked(report);
    check_page(hostile);
    json_decref(hostile);
    json_decref(report);
    return 0;
}
