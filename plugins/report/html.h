/* html.h: the report's page. One file without network access: styles and script are inlined, a
 * content security policy allows these by their hash and forbids everything else, and all text from
 * documents is escaped by html_text. The page reads without its script; the script only filters.
 * Knows no plugin type. */
#ifndef PLUGINS_REPORT_HTML_H
#define PLUGINS_REPORT_HTML_H
#include "report/pieces.h"

#include <jansson.h>

typedef struct html_writer html_writer;

/* [since, until), mentioned so often in the documents of an event. */
typedef struct html_day {
    const char *event, *since, *until;
    size_t mentions;
} html_day;

typedef struct html_page {
    const char *css, *js; /* UTF-8 for which html_unsafe_inline is 0 */
    size_t css_len, js_len;
    const html_day *days; /* by event, since, until */
    size_t n_days;
} html_page;

enum { HTML_LISTED = 500 }; /* rows of a list on the page; the JSON has all */

/* The first line of a style or script that cannot stand inside a page, as it holds "</", "<!--" or
 * NUL; 0: none. */
size_t html_unsafe_inline(const char *bytes, size_t n);

/* The whole page, in pieces. The report object has the members of report.json, but: of claims,
 * no_comment, speakers, unknown.open_dates and unknown.unknown_speakers {"rows": the first
 * HTML_LISTED, "n": how many there are}, and no timeline, quantities and stages. false: out of
 * memory, or a piece was refused. */
bool html_report(const json_t *report, const html_page *page, piece_write *write, void *arg);

/* ---- for the sections ---- */

void html_failed(html_writer *w); /* memory ran out: html_report will return false */

/* Markup, as it is. Arguments of %s are NOT escaped: constants and numbers only. */
void html_raw(html_writer *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* escaped, for content and quoted attributes */
void html_text(html_writer *w, const char *text, size_t n);
/* a string member, escaped */
void html_str(html_writer *w, const json_t *object, const char *key);

const char *member(const json_t *object, const char *key); /* borrowed; "" when absent */
long long number(const json_t *object, const char *key);   /* 0 when absent, or no integer */

/* Sections, in the order of the page, each from the report's member of that name. */
void section_summary(html_writer *w, const json_t *report);
void section_events(html_writer *w, const json_t *report);
void section_claims(html_writer *w, const json_t *report);
void section_differences(html_writer *w, const json_t *report);
void section_groups(html_writer *w, const json_t *report);
void section_unknown(html_writer *w, const json_t *report);
void section_documents(html_writer *w, const json_t *report);

/* Days of one event as SVG. Writes nothing when there are fewer than two. */
void timeline_svg(html_writer *w, const char *event);

/* A passage: its sentence with the parts marked, and where its bytes lie. */
void html_passage(html_writer *w, const json_t *span);
/* Link to a document's entry, by id (may be NULL), with a short name. */
void html_doc_link(html_writer *w, const char *id);
/* Of one event: what stands under "documents" or "clusters". NULL: nothing. */
const json_t *html_of_event(const html_writer *w, const char *list, const char *event);
/* The days of an event, borrowed from the page; *ret_n of them. */
const html_day *html_days(const html_writer *w, const char *event, size_t *ret_n);
/* NULL: not shown in detail */
const json_t *html_document(const html_writer *w, const char *id);
#endif
