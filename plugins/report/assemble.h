/* assemble.h: the report from the documents and the findings: all of it as JSON, and what the page
 * shows. Knows no plugin type. The report's shape is documented in README.md. Documents come one
 * after the other, each with its spans, which are kept as the JSON they will be written as. */
#ifndef PLUGINS_REPORT_ASSEMBLE_H
#define PLUGINS_REPORT_ASSEMBLE_H
#include "report/dump.h"
#include "report/html.h"
#include "report/spill.h"

typedef struct assembly assembly;

typedef struct assembly_args {
    const char *title;
    const json_t *align, *dedup; /* findings, or NULL */
    size_t max_documents;        /* shown in detail; documents of shared events come first */
    bool attitudes;              /* also what sources think, want and decide */
    size_t in_memory;            /* bytes of spans; what is more goes to a temporary file */
} assembly_args;

/* Lists of what is kept as JSON. */
typedef enum assembly_list {
    LIST_CLAIMS,
    LIST_NO_COMMENT,
    LIST_QUANTITIES,
    LIST_TIMELINE,
    LIST_OPEN_DATES,
    LIST_UNKNOWN_SPEAKERS, /* claims that stand there too */
    LIST_DOCUMENTS,        /* no spans, kept like them */
    N_LISTS,
    LIST_NONE = N_LISTS /* not told */
} assembly_list;

enum { ASSEMBLY_DEPTH = 2 }; /* of a span's JSON and a document's: see dump_begin */

/* false from any of these that can fail: assembly_problem. */
assembly *assembly_new(const assembly_args *args); /* NULL: out of memory */
void assembly_free(assembly *a);                   /* NULL is fine */

/* Is this document wanted in detail? Asked before it is collected. */
bool assembly_wants(assembly *a, const char *id, size_t len);
/* A document in detail; its spans follow. take_document: what the page and the lists need, with
 * "n", the number that assembly_next gives; bytes: the whole, as a dumper of ASSEMBLY_DEPTH wrote
 * it. */
size_t assembly_next(const assembly *a);
bool assembly_document(assembly *a, json_t *take_document, const char *bytes, size_t n);
/* A document that is only counted. */
void assembly_count(assembly *a);

/* Where a span with these attributes belongs. What nobody has said (negated, asked, supposed, or
 * called false by the text) belongs nowhere. */
assembly_list assembly_claim(const assembly *a, const json_t *attrs);
assembly_list assembly_date(const assembly *a, const json_t *attrs);
/* do its spans name the event of their document? */
bool assembly_tells_event(assembly_list list);
/* A span of the last document, as a dumper of ASSEMBLY_DEPTH wrote it. */
bool assembly_span(assembly *a, assembly_list list, const json_t *attrs, const char *bytes,
                   size_t n);

/* After the last document. run_info: see wn_run_info. */
bool assembly_end(assembly *a, const json_t *run_info);
/* The whole report. The dumper's own failure is its own. */
bool assembly_write(assembly *a, dumper *d);
/* For the page, as html.h wants it: only the rows that it shows. A new reference; NULL:
 * assembly_problem. */
json_t *assembly_page(assembly *a);
html_day *assembly_days(const assembly *a, size_t *ret_n); /* see days_by_event */

int assembly_problem(const assembly *a); /* errno: ENOMEM, or why the temporary file failed */
#endif
