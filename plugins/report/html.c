/* html.c: see html.h: the page's frame, escaping, passages; sections.c has the sections. */
#include "report/html.h"

#include <nettle/base64.h>
#include <nettle/sha2.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct html_writer {
    bool oom;
    const html_page *page;
    json_t *by_id;    /* document id -> document, made once */
    json_t *by_event; /* list name -> event id -> items, made once */
    piece_writer out;
};

static void put(html_writer *w, const char *bytes, size_t n)
{
    pieces_put(&w->out, bytes, n);
}

void html_raw(html_writer *w, const char *fmt, ...)
{
    char small[512];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    /* templates are short: a longer one is a mistake of ours */
    if (n < 0 || (size_t)n >= sizeof small)
        abort();
    put(w, small, (size_t)n);
}

static const char *entity(char c)
{
    switch (c) {
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '&': return "&amp;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

void html_text(html_writer *w, const char *text, size_t n)
{
    size_t done = 0;
    for (size_t i = 0; i < n; i++) {
        const char *e = entity(text[i]);
        bool control = (unsigned char)text[i] < 0x20 && text[i] != '\n' && text[i] != '\t';
        if (e == NULL && !control)
            continue;
        put(w, text + done, i - done);
        e = control ? "\xEF\xBF\xBD" : e;
        put(w, e, strlen(e));
        done = i + 1;
    }
    put(w, text + done, n - done);
}

void html_str(html_writer *w, const json_t *object, const char *key)
{
    const json_t *s = json_object_get(object, key);
    if (json_is_string(s))
        html_text(w, json_string_value(s), json_string_length(s));
}

const char *member(const json_t *object, const char *key)
{
    const char *s = json_string_value(json_object_get(object, key));
    return s != NULL ? s : "";
}

long long number(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

static void index_events(html_writer *w, const json_t *report)
{
    static const char *const lists[] = {"documents", "clusters"};
    size_t i, k;
    json_t *item;
    w->by_event = json_object();
    for (k = 0; k < sizeof lists / sizeof lists[0]; k++) {
        json_t *index = json_object();
        w->oom = json_object_set_new(w->by_event, lists[k], index) != 0 || w->oom;
        json_array_foreach(json_object_get(report, lists[k]), i, item)
        {
            json_t *items = json_object_get(index, member(item, "event"));
            if (items == NULL) {
                items = json_array();
                w->oom = json_object_set_new(index, member(item, "event"), items) != 0 || w->oom;
            }
            w->oom = json_array_append(items, item) != 0 || w->oom;
        }
    }
}

const json_t *html_of_event(const html_writer *w, const char *list, const char *event)
{
    return json_object_get(json_object_get(w->by_event, list), event);
}

const html_day *html_days(const html_writer *w, const char *event, size_t *ret_n)
{
    const html_day *days = w->page->days;
    size_t lo = 0, end;
    for (size_t hi = w->page->n_days; lo < hi;) {
        size_t mid = lo + (hi - lo) / 2;
        if (strcmp(days[mid].event, event) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (end = lo; end < w->page->n_days && strcmp(days[end].event, event) == 0;)
        end++;
    *ret_n = end - lo;
    return days + lo;
}

static void index_documents(html_writer *w, const json_t *report)
{
    size_t i;
    json_t *doc;
    w->by_id = json_object();
    json_array_foreach(json_object_get(report, "documents"), i,
                       doc) if (json_object_get(w->by_id, member(doc, "id")) == NULL) w->oom =
        json_object_set(w->by_id, member(doc, "id"), doc) != 0 || w->oom;
}

/* ---- Style and script: the policy allows these two by their hash, and nothing else ---- */

enum { HASH_LENGTH = BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE) };

typedef void take_bytes(void *to, const char *bytes, size_t n);

static void to_page(void *w, const char *bytes, size_t n)
{
    put(w, bytes, n);
}

static void to_sum(void *sum, const char *bytes, size_t n)
{
    sha256_update(sum, n, (const uint8_t *)bytes);
}

/* A browser hashes what its parser made of the page: a line ends with LF there. */
static void each_line(const char *bytes, size_t n, take_bytes *take, void *to)
{
    const char *end = bytes + n;
    while (bytes < end) {
        const char *cr = memchr(bytes, '\r', (size_t)(end - bytes));
        take(to, bytes, (size_t)((cr != NULL ? cr : end) - bytes));
        if (cr == NULL)
            break;
        take(to, "\n", 1);
        bytes = cr + 1;
        if (bytes < end && *bytes == '\n')
            bytes++;
    }
}

/* The policy stands before what it allows, and the page is written as it is made: the hash is made
 * ahead. */
static void put_hash(html_writer *w, const char *bytes, size_t n)
{
    struct sha256_ctx sum;
    uint8_t digest[SHA256_DIGEST_SIZE];
    char hash[HASH_LENGTH];
    sha256_init(&sum);
    each_line(bytes, n, to_sum, &sum);
    sha256_digest(&sum, sizeof digest, digest);
    base64_encode_raw(hash, sizeof digest, digest);
    put(w, "'sha256-", 8);
    put(w, hash, sizeof hash);
    put(w, "'", 1);
}

static void element(html_writer *w, const char *name, const char *bytes, size_t n)
{
    html_raw(w, "<%s>", name);
    each_line(bytes, n, to_page, w);
    html_raw(w, "</%s>\n", name);
}

size_t html_unsafe_inline(const char *bytes, size_t n)
{
    size_t line = 1;
    for (size_t i = 0; i < n; i++) {
        size_t left = n - i;
        if (bytes[i] == '\0' || (left >= 2 && memcmp(bytes + i, "</", 2) == 0) ||
            (left >= 4 && memcmp(bytes + i, "<!--", 4) == 0))
            return line;
        line += bytes[i] == '\n';
    }
    return 0;
}

static void policy(html_writer *w, const html_page *page)
{
    html_raw(w, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "base-uri 'none'; form-action 'none'; style-src ");
    put_hash(w, page->css, page->css_len);
    html_raw(w, "; script-src ");
    put_hash(w, page->js, page->js_len);
    html_raw(w, "\">\n");
}

static void head(html_writer *w, const json_t *report, const html_page *page)
{
    html_raw(w, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    policy(w, page);
    html_raw(w, "<title>");
    html_str(w, report, "title");
    html_raw(w, "</title>\n");
    element(w, "style", page->css, page->css_len);
    html_raw(w, "</head>\n<body>\n<header class=\"top\"><h1>");
    html_str(w, report, "title");
    html_raw(w, "</h1>\n<nav><a href=\"#events\">Events</a><a href=\"#claims\">Claims</a>"
                "<a href=\"#differences\">Differences</a><a href=\"#copies\">Copies</a><a "
                "href=\"#unknown\">Not known</a><a "
                "href=\"#documents\">Documents</a></nav>\n</header>\n<main>\n");
}

static void body(html_writer *w, const json_t *report)
{
    section_summary(w, report);
    section_events(w, report);
    section_claims(w, report);
    section_differences(w, report);
    section_groups(w, report);
    section_unknown(w, report);
    section_documents(w, report);
    html_raw(w, "</main>\n<footer>Made by winnow. Byte ranges count from the start of the record; "
                "<code>winnow verify</code> proves each of them against the input.</footer>\n");
}

bool html_report(const json_t *report, const html_page *page, piece_write *write, void *arg)
{
    html_writer *w = calloc(1, sizeof *w);
    if (w == NULL)
        return false;
    w->page = page;
    pieces_begin(&w->out, write, arg);
    index_documents(w, report);
    index_events(w, report);
    head(w, report, page);
    body(w, report);
    element(w, "script", page->js, page->js_len);
    html_raw(w, "</body>\n</html>\n");
    bool ok = pieces_flush(&w->out) && !w->oom;
    json_decref(w->by_id);
    json_decref(w->by_event);
    free(w);
    return ok;
}

void html_failed(html_writer *w)
{
    w->oom = true;
}

const json_t *html_document(const html_writer *w, const char *id)
{
    return json_object_get(w->by_id, id);
}

void html_doc_link(html_writer *w, const char *id)
{
    id = id != NULL ? id : "";
    const json_t *doc = html_document(w, id);
    const char *name = member(doc, "publisher");
    if (*name == '\0')
        name = *member(doc, "agency") != '\0' ? member(doc, "agency") : id;
    if (doc != NULL)
        html_raw(w, "<a class=\"doc\" href=\"#d%lld\" title=\"", number(doc, "n"));
    else
        html_raw(w, "<span class=\"doc\" title=\"");
    html_text(w, id, strlen(id));
    html_raw(w, "\">");
    const char *base = strrchr(name, '/');
    name = name == id && base != NULL ? base + 1 : name;
    html_text(w, name, strlen(name));
    html_raw(w, doc != NULL ? "</a>" : "</span>");
}

/* "file, bytes 120-188": the path and the raw ranges, joined when there are many. */
static void pointer(html_writer *w, const json_t *doc, const json_t *ranges)
{
    size_t n = json_array_size(ranges);
    const json_t *first = json_array_get(ranges, 0), *last = json_array_get(ranges, n - 1);
    const json_t *raw = json_object_get(doc, "raw");
    if (n == 0 || doc == NULL)
        return;
    html_raw(w, "<span class=\"bytes\">");
    html_str(w, raw, "path");
    html_raw(w, " @%lld+%lld-%lld</span>", number(raw, "offset"),
             (long long)json_integer_value(json_array_get(first, 0)),
             (long long)json_integer_value(json_array_get(last, 1)));
}

typedef struct mark {
    size_t start, end;
    const char *role;
} mark;

enum { MAX_MARKS = 64 };

static size_t marks_of(const json_t *span, mark *m)
{
    size_t i, n = 0;
    json_t *part;
    json_array_foreach(json_object_get(span, "parts"), i, part)
    {
        if (n == MAX_MARKS || strcmp(member(part, "role"), "speaker") == 0)
            continue;
        size_t at = n++;
        mark new = {(size_t)number(part, "start"), (size_t)number(part, "end"),
                    member(part, "role")};
        for (; at > 0 && m[at - 1].start > new.start; at--)
            m[at] = m[at - 1];
        m[at] = new;
    }
    if (n == 0)
        m[n++] = (mark){(size_t)number(span, "start"), (size_t)number(span, "end"), "hit"};
    return n;
}

void html_passage(html_writer *w, const json_t *span)
{
    const json_t *context = json_object_get(span, "context"),
                 *text = json_object_get(context != NULL ? context : span, "text");
    mark m[MAX_MARKS];
    size_t n = marks_of(span, m), base = (size_t)number(context != NULL ? context : span, "start");
    size_t len = json_string_length(text), at = 0;
    const char *p = json_string_value(text);
    html_raw(w, "<blockquote>");
    for (size_t i = 0; p != NULL && i < n; i++) {
        size_t start = m[i].start - base, end = m[i].end - base;
        if (m[i].start < base || start < at || end > len || end < start)
            continue; /* a part outside its sentence, or inside another part */
        html_text(w, p + at, start - at);
        html_raw(w, "<mark class=\"%s\">",
                 strcmp(m[i].role, "source") == 0    ? "source"
                 : strcmp(m[i].role, "cue") == 0     ? "cue"
                 : strcmp(m[i].role, "content") == 0 ? "content"
                                                     : "hit");
        html_text(w, p + start, end - start);
        html_raw(w, "</mark>");
        at = end;
    }
    if (p != NULL)
        html_text(w, p + at, len - at);
    html_raw(w, "</blockquote>\n<p class=\"where\">");
    html_doc_link(w, member(span, "doc"));
    pointer(w, html_document(w, member(span, "doc")), json_object_get(span, "raw"));
    html_raw(w, "</p>\n");
}
