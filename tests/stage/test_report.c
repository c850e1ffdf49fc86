/* test_report.c: the page escapes what documents say, marks parts, and bounds what it shows. */
#include "report/assemble.h"
#include "report/dump.h"
#include "report/html.h"
#include "tap.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char evil[] = "<script>alert(1)</script>\" onload='x' & </style>\x01";

enum { PLENTY = 1 << 20 };

static json_t *document(const char *id, const char *text)
{
    return json_pack("{s:s, s:s, s:s, s:{s:s, s:i, s:i}}", "id", id, "title", text, "publisher",
                     text, "raw", "path", text, "offset", 0, "length", 9);
}

/* A claim, or a date. */
static json_t *span(const char *id, const char *text)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:[[i,i]], s:{s:s, s:i, s:i}, "
                     "s:[{s:s, s:i, s:i}, {s:s, s:i, s:i}]}",
                     "type", "direct", "class", "statement", "speaker", text, "since", "2024-05-07",
                     "until", "2024-05-08", "text", text, "doc", id, "start", 0, "end", 8, "raw", 0,
                     8, "context", "text", text, "start", 0, "end", (int)strlen(text), "parts",
                     "role", "cue", "start", 4, "end", 6, "role", "source", "start", 0, "end", 3);
}

static bool add_span(assembly *a, assembly_list list, json_t *take_span)
{
    json_text text = {NULL, 0, 0};
    dumper d;
    dump_begin(&d, json_text_add, &text, ASSEMBLY_DEPTH);
    dump_value(&d, take_span);
    bool ok = dump_end(&d) && assembly_span(a, list, take_span, text.p, text.n);
    json_text_free(&text);
    json_decref(take_span);
    return ok;
}

static assembly *assemble(const json_t *align, size_t max_documents, size_t in_memory)
{
    assembly_args args = {evil, align, NULL, max_documents, false, in_memory};
    return assembly_new(&args);
}

static bool head(assembly *a, const char *id, const char *text)
{
    json_text bytes = {NULL, 0, 0};
    dumper d;
    json_t *doc = document(id, text);
    CHECK_INT(json_object_set_new(doc, "n", json_integer((json_int_t)assembly_next(a))), 0);
    dump_begin(&d, json_text_add, &bytes, ASSEMBLY_DEPTH);
    dump_value(&d, doc);
    bool ok = dump_end(&d) && assembly_document(a, doc, bytes.p, bytes.n);
    json_text_free(&bytes);
    return ok;
}

static bool add_document(assembly *a, const char *id, const char *text)
{
    return head(a, id, text) && add_span(a, LIST_CLAIMS, span(id, text));
}

/* report.json; NULL: it could not be made. */
static char *json_of(assembly *a)
{
    json_text text = {NULL, 0, 0};
    dumper d;
    dump_begin(&d, json_text_add, &text, 0);
    bool ok = assembly_write(a, &d);
    CHECK(dump_end(&d) && json_text_add("", 1, &text));
    if (ok)
        return text.p;
    json_text_free(&text);
    return NULL;
}

static json_t *report_of(assembly *a)
{
    char *text = json_of(a);
    json_t *report = json_loads(text, 0, NULL);
    free(text);
    return report;
}

static char *page_of(assembly *a)
{
    html_page page = {.css = "", .js = ""};
    html_day *days = assembly_days(a, &page.n_days);
    json_t *report = assembly_page(a);
    page.days = days;
    json_text text = {NULL, 0, 0};
    CHECK(html_report(report, &page, json_text_add, &text) && json_text_add("", 1, &text));
    json_decref(report);
    free(days);
    return text.p;
}

static char *page_with(const char *id, const char *text)
{
    assembly *a = assemble(NULL, 10, PLENTY);
    CHECK(add_document(a, id, text) && assembly_end(a, NULL));
    char *page = page_of(a);
    assembly_free(a);
    return page;
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
    char *page = page_with(evil, evil);
    CHECK_INT(occurrences(page, "<script>"), 1); /* our own */
    CHECK_INT(occurrences(page, "</style>"), 1);
    CHECK_INT(occurrences(page, "onload='"), 0);
    CHECK(strstr(page, "&lt;script&gt;alert(1)") != NULL);
    CHECK(strchr(page, '\x01') == NULL);
    CHECK(strstr(page, "default-src 'none'") != NULL);
    CHECK(strstr(page, "http://") == NULL && strstr(page, "https://") == NULL);
    free(page);
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
    char *page = page_with("d", "Ann says no.");
    CHECK(strstr(page, "<mark class=\"source\">Ann</mark> <mark class=\"cue\">sa</mark>ys no.") !=
          NULL);
    free(page);
}

static void documents_of_shared_events_come_first(void)
{
    json_t *align = json_pack("{s:[{s:s, s:[s, s]}], s:[], s:[]}", "events", "id", "e1", "docs",
                              "x", "y", "clusters", "differences");
    assembly *a = assemble(align, 3, PLENTY);
    CHECK(assembly_wants(a, "p", 1));
    CHECK(add_document(a, "p", "one"));
    CHECK(!assembly_wants(a, "q", 1)); /* two places are kept for x and y */
    assembly_count(a);
    CHECK(assembly_wants(a, "x", 1));
    CHECK(add_document(a, "x", "two"));
    CHECK(assembly_wants(a, "y", 1));
    CHECK(add_document(a, "y", "three"));
    CHECK(assembly_end(a, NULL));
    json_t *report = report_of(a);
    CHECK_INT(json_integer_value(json_object_get(json_object_get(report, "unknown"), "not_shown")),
              1);
    CHECK_INT(json_array_size(json_object_get(report, "documents")), 3);
    json_decref(report);
    assembly_free(a);
    json_decref(align);
}

/* Some documents with spans in every list. */
static assembly *many(size_t in_memory)
{
    assembly *a = assemble(NULL, 100, in_memory);
    char id[] = "a", long_text[3001];
    memset(long_text, 'x', 3000);
    long_text[3000] = '\0';
    for (; id[0] < 'i'; id[0]++) {
        bool odd = (id[0] & 1) != 0;
        CHECK(head(a, id, id));
        CHECK(add_span(a, LIST_CLAIMS, span(id, odd ? long_text : "short")));
        json_t *unknown = span(id, "who");
        CHECK(json_object_set_new(unknown, "speaker_status", json_string("unknown")) == 0 &&
              add_span(a, LIST_CLAIMS, unknown));
        json_t *early = span(id, "line\nbreak");
        CHECK(json_object_set_new(early, "since", json_string(odd ? "2023-01-02" : "2024-05-07")) ==
              0);
        CHECK(add_span(a, LIST_TIMELINE, early));
        CHECK(add_span(a, LIST_QUANTITIES, span(id, "7")) &&
              add_span(a, LIST_OPEN_DATES, span(id, long_text)));
    }
    CHECK(assembly_end(a, NULL));
    return a;
}

static void a_report_on_disk_is_the_same(void)
{
    assembly *in_memory = many(PLENTY), *on_disk = many(5000), *all_on_disk = many(1);
    char *want = json_of(in_memory), *got = json_of(on_disk), *other = json_of(all_on_disk);
    CHECK(want != NULL && got != NULL && strcmp(want, got) == 0);
    CHECK(other != NULL && strcmp(want, other) == 0);
    char *page = page_of(in_memory), *same = page_of(all_on_disk);
    CHECK_STR(same, page);
    json_t *report = json_loads(want, 0, NULL);
    char *again = json_dumps(report, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    CHECK(again != NULL && strcmp(again, want) == 0); /* also what stands one level deeper */
    CHECK_INT(json_array_size(json_object_get(report, "claims")), 16);
    CHECK_INT(json_array_size(
                  json_object_get(json_object_get(report, "unknown"), "unknown_speakers")),
              8);
    CHECK_INT(json_array_size(json_object_get(json_object_get(report, "unknown"), "open_dates")),
              8);
    char *texts[] = {want, got, other, page, same, again};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        free(texts[i]);
    json_decref(report);
    assembly_free(in_memory);
    assembly_free(on_disk);
    assembly_free(all_on_disk);
}

static void no_room_on_disk_is_told(void)
{
    char before[4096] = "";
    if (getenv("TMPDIR") != NULL)
        (void)snprintf(before, sizeof before, "%s", getenv("TMPDIR"));
    CHECK_INT(setenv("TMPDIR", "/nowhere/at/all", 1), 0);
    assembly *a = assemble(NULL, 10, 1);
    CHECK(!head(a, "d", "text"));
    CHECK_INT(assembly_problem(a), ENOENT);
    CHECK(!add_span(a, LIST_CLAIMS, span("d", "text")));
    assembly_free(a);
    if (before[0] != '\0')
        CHECK_INT(setenv("TMPDIR", before, 1), 0);
    else
        CHECK_INT(unsetenv("TMPDIR"), 0);
}

/* The timeline by since and until, then as the documents tell it; the page's days by event. */
static void days_are_in_order(void)
{
    assembly *a = many(PLENTY);
    json_t *report = report_of(a), *timeline = json_object_get(report, "timeline");
    const char *docs = "acegbdfh";
    CHECK_INT(json_array_size(timeline), 8);
    for (size_t i = 0; i < 8; i++)
        CHECK_INT(json_string_value(json_object_get(json_array_get(timeline, i), "doc"))[0],
                  docs[i]);
    size_t n = 0;
    html_day *days = assembly_days(a, &n);
    CHECK_INT(n, 2);
    CHECK_STR(days[0].since, "2023-01-02");
    CHECK_STR(days[1].until, "2024-05-08");
    CHECK_INT(days[0].mentions, 4);
    CHECK_INT(days[1].mentions, 4);
    free(days);
    json_decref(report);
    assembly_free(a);
}

static void speakers_are_counted(void)
{
    assembly *a = assemble(NULL, 10, PLENTY);
    CHECK(add_document(a, "a", "The mayor") && add_span(a, LIST_CLAIMS, span("a", "the mayor")));
    CHECK(add_document(a, "b", "Ann Orr"));
    json_t *unnamed = span("b", "the company");
    CHECK(json_object_set_new(unnamed, "speaker_status", json_string("unnamed")) == 0 &&
          add_span(a, LIST_CLAIMS, unnamed));
    CHECK(add_document(a, "c", "the mayor") && add_span(a, LIST_CLAIMS, span("c", "Bo Lee")) &&
          assembly_end(a, NULL));
    json_t *report = report_of(a), *speakers = json_object_get(report, "speakers"),
           *first = json_array_get(speakers, 0);
    CHECK_INT(json_array_size(speakers), 3);
    CHECK_STR(json_string_value(json_object_get(first, "name")), "The mayor");
    CHECK_INT(json_integer_value(json_object_get(first, "claims")), 3);
    CHECK_INT(json_integer_value(json_object_get(first, "docs")), 2);
    CHECK_STR(json_string_value(json_object_get(json_array_get(speakers, 1), "name")), "Ann Orr");
    json_decref(report);
    assembly_free(a);
}

/* Of many claims the page shows the first, and says how many more there are. */
static void the_page_is_cut(void)
{
    assembly *a = assemble(NULL, 10, 1000);
    char name[20];
    CHECK(head(a, "d", "text"));
    for (int i = 0; i < HTML_LISTED + 7; i++) {
        (void)snprintf(name, sizeof name, "Speaker %d", i);
        json_t *s = span("d", name);
        CHECK(json_object_set_new(s, "speaker_status", json_string("unknown")) == 0 &&
              add_span(a, LIST_CLAIMS, s));
    }
    CHECK(assembly_end(a, NULL));
    char *page = page_of(a);
    CHECK_INT(occurrences(page, "<article class=\"claim\""), HTML_LISTED);
    CHECK_INT(occurrences(page, "7 more in report.json"), 2); /* claims, speakers */
    CHECK(strstr(page, "Claims without a speaker (507)") != NULL &&
          strstr(page, "<li>and 7 more</li>") != NULL);
    CHECK(strstr(page, "Who is quoted (507)") != NULL);
    free(page);
    assembly_free(a);
}

typedef struct heap {
    char bytes[1 << 20]; /* more than a dump of all depth takes */
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

/* The page is not held in memory: it leaves in pieces of one size, and the first that is refused is
 * the last. */
static void the_page_leaves_in_pieces(void)
{
    enum { MOST = 32 * 1024 };
    static heap h = {.most = 100};
    char *script = malloc(3 * MOST);
    CHECK(script != NULL);
    memset(script, 'x', 3 * MOST);
    html_page page = {.css = "", .js = script, .js_len = 2 * MOST + 9};
    assembly *a = many(1);
    json_t *report = assembly_page(a);
    CHECK(html_report(report, &page, add_piece, &h));
    CHECK(h.pieces > 2 && h.n > 2 * MOST && h.pieces == (h.n + MOST - 1) / MOST);
    CHECK(memcmp(h.bytes + h.n - 8, "</html>\n", 8) == 0);
    h.most = h.pieces + 1;
    CHECK(!html_report(report, &page, add_piece, &h));
    CHECK_INT(h.pieces, h.most);
    json_decref(report);
    assembly_free(a);
    free(script);
}

/* The policy names the style as a browser reads it: lines end with LF. printf 'a\nb\nc\n' |
 * sha256sum */
static void the_hash_stands_before_its_bytes(void)
{
    html_page page = {.css = "a\r\nb\rc\n", .css_len = 7, .js = ""};
    assembly *a = many(PLENTY);
    json_t *report = assembly_page(a);
    json_text text = {NULL, 0, 0};
    CHECK(html_report(report, &page, json_text_add, &text) && json_text_add("", 1, &text));
    CHECK(strstr(text.p, "style-src 'sha256-iAVT/Kj86pTjJe4s+0jlqYXMeX85oUzG087ez+sq5NI='") !=
          NULL);
    CHECK(strstr(text.p, "script-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='") !=
          NULL);
    CHECK(strstr(text.p, "<style>a\nb\nc\n</style>") != NULL);
    json_text_free(&text);
    json_decref(report);
    assembly_free(a);
}

static bool dump_whole(const json_t *value, heap *h)
{
    dumper d;
    dump_begin(&d, add_piece, h, 0);
    dump_value(&d, value);
    return dump_end(&d);
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
    json_t *value =
        json_pack("{s:s%, s:[], s:{}, s:[i, I, f, f, f, n, b, b], s:s, s:{s:[[i]]}, s:s#}",
                  "control\n", control, (size_t)32, "none", "empty", "scalars", 0,
                  (json_int_t)INT64_MIN, 0.1, 1e30, 4.0, 1, 0, "utf", "\xC3\xA9\x7F/\\", "deep",
                  "er", 7, "long", longest, 30000);
    char *want = json_dumps(value, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    CHECK(dump_whole(value, &h));
    CHECK(want != NULL && h.n == strlen(want) && memcmp(h.bytes, want, h.n) == 0);
    CHECK(h.pieces < 5);
    h.most = h.pieces;
    CHECK(!dump_whole(value, &h)); /* refused */
    free(want);
    free(longest);
    json_decref(value);
}

/* Eight bytes are looked at at once: each byte at each place, between bytes on either side of those
 * that are escaped. */
static void each_byte_is_escaped_wherever_it_stands(void)
{
    static const char around[] = {'a', ' ', '!', '#', '[', ']', '\x7F'};
    for (size_t k = 0; k < sizeof around; k++)
        for (size_t at = 0; at < 19; at++)
            for (int byte = 0; byte < 0x80; byte++) {
                char text[19];
                json_text got = {NULL, 0, 0};
                dumper d;
                memset(text, around[k], sizeof text);
                text[at] = (char)byte;
                json_t *value = json_stringn(text, sizeof text);
                char *want = json_dumps(value, JSON_ENCODE_ANY);
                dump_begin(&d, json_text_add, &got, 0);
                dump_value(&d, value);
                if (!dump_end(&d) || got.n != strlen(want) || memcmp(got.p, want, got.n) != 0)
                    CHECK_INT(byte, -1);
                free(want);
                json_text_free(&got);
                json_decref(value);
            }
    CHECK(true);
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
    dumper d;
    dump_begin(&d, add_piece, &h, 0);
    dump_value(&d, value);
    CHECK(!dump_end(&d) && d.too_deep);
    dump_begin(&d, add_piece, &h, 0);
    /* 600 - 1 are still too many; none is left over of the one before */
    dump_value(&d, json_array_get(value, 0));
    CHECK(!dump_end(&d) && d.too_deep);
    dump_begin(&d, add_piece, &h, 0);
    dump_integer(&d, 1);
    CHECK(dump_end(&d) && !d.too_deep);
    json_decref(value);
}

int main(void)
{
    RUN(hostile_text_cannot_leave_its_place);
    RUN(what_would_end_a_script_is_found);
    RUN(parts_are_marked_in_text_order);
    RUN(documents_of_shared_events_come_first);
    RUN(a_report_on_disk_is_the_same);
    RUN(no_room_on_disk_is_told);
    RUN(days_are_in_order);
    RUN(speakers_are_counted);
    RUN(the_page_is_cut);
    RUN(the_page_leaves_in_pieces);
    RUN(the_hash_stands_before_its_bytes);
    RUN(the_dump_is_the_one_of_jansson);
    RUN(each_byte_is_escaped_wherever_it_stands);
    RUN(a_dump_has_a_depth);
    return DONE();
}
