/* test_report.c: the page escapes what documents say, marks parts, and bounds what it shows. */
#include "report/assemble.h"
#include "report/dump.h"
#include "report/html.h"
#include "tap.h"

#include <stdint.h>
#include <stdlib.h>

static const char evil[] = "<script>alert(1)</script>\" onload='x' & </style>\x01";

static json_t *document(const char *id, const char *text)
{
    return json_pack("{s:{s:s, s:s, s:s, s:{s:s, s:i, s:i}}, s:[{s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:[[i,i]], s:{s:s, s:i, s:i},"
                     " s:[{s:s, s:i, s:i}, {s:s, s:i, s:i}]}], s:[], s:[]}",
                     "doc", "id", id, "title", text, "publisher", text, "raw", "path", text, "offset", 0, "length", 9,
                     "claims", "id", "c1", "type", "direct", "class", "statement", "speaker", text, "text", text, "start", 0,
                     "end", 8, "raw", 0, 8, "context", "text", text, "start", 0, "end", (int)strlen(text),
                     "parts", "role", "cue", "start", 4, "end", 6, "role", "source", "start", 0, "end", 3, "dates", "quantities");
}

static char *page_of(const json_t *report)
{
    html_page page = {.css = "", .js = ""};
    html_writer *w = html_report(report, &page);
    char *copy = strndup(html_bytes(w), html_length(w));
    html_free(w);
    return copy;
}

static json_t *report_of(json_t *doc, size_t max)
{
    assembly_args args = {evil, NULL, NULL, max};
    assembly *a = assembly_new(&args);
    CHECK(assembly_add(a, doc));
    json_t *report = assembly_finish(a, NULL);
    assembly_free(a);
    return report;
}

static size_t occurrences(const char *page, const char *what)
{
    size_t n = 0;
    for (const char *p = page; (p = strstr(p, what)) != NULL; p++)
        n++;
    return n;
}

static void hostile_text_cannot_leave_its_place(void)
{
    json_t *report = report_of(document(evil, evil), 10);
    char *page = page_of(report);
    CHECK_INT(occurrences(page, "<script>"), 1); /* our own */
    CHECK_INT(occurrences(page, "</style>"), 1);
    CHECK_INT(occurrences(page, "onload='"), 0);
    CHECK(strstr(page, "&lt;script&gt;alert(1)") != NULL);
    CHECK(strchr(page, '\x01') == NULL);
    CHECK(strstr(page, "default-src 'none'") != NULL);
    CHECK(strstr(page, "http://") == NULL && strstr(page, "https://") == NULL);
    free(page);
    json_decref(report);
}

static void what_would_end_a_script_is_found(void)
{
    CHECK_INT(html_unsafe_inline("a < b / c <\\/ <!-", 17), 0);
    CHECK_INT(html_unsafe_inline("a\nb </", 6), 2);
    CHECK_INT(html_unsafe_inline("a\nb </", 5), 0);
    CHECK_INT(html_unsafe_inline("\n\n<!--", 6), 3);
    CHECK_INT(html_unsafe_inline("a\0b", 3), 1);
}

static void parts_are_marked_in_text_order(void)
{
    json_t *report = report_of(document("d", "Ann says no."), 10);
    char *page = page_of(report);
    CHECK(strstr(page, "<mark class=\"source\">Ann</mark> <mark class=\"cue\">sa</mark>ys no.") != NULL);
    free(page);
    json_decref(report);
}

static void documents_of_shared_events_come_first(void)
{
    json_t *align = json_pack("{s:[{s:s, s:[s, s]}], s:[], s:[]}", "events", "id", "e1", "docs", "x", "y", "clusters", "differences");
    assembly_args args = {"t", align, NULL, 3};
    assembly *a = assembly_new(&args);
    CHECK(assembly_wants(a, "p", 1));
    CHECK(assembly_add(a, document("p", "one")));
    CHECK(!assembly_wants(a, "q", 1)); /* two places are kept for x and y */
    assembly_count(a);
    CHECK(assembly_wants(a, "x", 1));
    CHECK(assembly_add(a, document("x", "two")));
    CHECK(assembly_wants(a, "y", 1));
    CHECK(assembly_add(a, document("y", "three")));
    json_t *report = assembly_finish(a, NULL);
    CHECK_INT(json_integer_value(json_object_get(json_object_get(report, "unknown"), "not_shown")), 1);
    CHECK_INT(json_array_size(json_object_get(report, "documents")), 3);
    json_decref(report);
    assembly_free(a);
    json_decref(align);
}

typedef struct heap {
    char bytes[100000];
    size_t n, pieces, most;
} heap;

static bool add_piece(const char *bytes, size_t n, void *arg)
{
    heap *h = arg;
    if (h->pieces == h->most || n > sizeof h->bytes - h->n)
        return false;
    memcpy(h->bytes + h->n, bytes, n);
    h->n += n;
    h->pieces++;
    return true;
}

static void the_dump_is_the_one_of_jansson(void)
{
    static heap h = {.most = 100};
    char control[33] = "", *longest = malloc(70001);
    for (int i = 0; i < 32; i++)
        control[i] = (char)i;
    CHECK(longest != NULL);
    memset(longest, '"', 70000);
    longest[70000] = '\0';
    json_t *value = json_pack("{s:s%, s:[], s:{}, s:[i, I, f, f, f, n, b, b], s:s, s:{s:[[i]]}, s:s#}", "control\n", control, (size_t)32,
                              "none", "empty", "scalars", 0, (json_int_t)INT64_MIN, 0.1, 1e30, 4.0, 1, 0, "utf", "\xC3\xA9\x7F/\\",
                              "deep", "er", 7, "long", longest, 30000);
    char *want = json_dumps(value, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    CHECK(dump_json(value, add_piece, &h));
    CHECK(want != NULL && h.n == strlen(want) && memcmp(h.bytes, want, h.n) == 0);
    CHECK(h.pieces < 5);
    h.most = h.pieces;
    CHECK(!dump_json(value, add_piece, &h)); /* refused */
    free(want);
    free(longest);
    json_decref(value);
}

static void a_dump_has_a_depth(void)
{
    static heap h = {.most = 100};
    json_t *value = json_array();
    for (int i = 0; i < 600; i++) {
        json_t *around = json_array();
        (void)json_array_append_new(around, value);
        value = around;
    }
    CHECK(!dump_json(value, add_piece, &h));
    json_decref(value);
}

int main(void)
{
    RUN(hostile_text_cannot_leave_its_place);
    RUN(what_would_end_a_script_is_found);
    RUN(parts_are_marked_in_text_order);
    RUN(documents_of_shared_events_come_first);
    RUN(the_dump_is_the_one_of_jansson);
    RUN(a_dump_has_a_depth);
    return DONE();
}
