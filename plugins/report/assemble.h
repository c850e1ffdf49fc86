/* assemble.h: the report as one JSON object, from the documents and the findings. Knows no plugin type.
 * Its shape is documented in README.md. */
#ifndef PLUGINS_REPORT_ASSEMBLE_H
#define PLUGINS_REPORT_ASSEMBLE_H
#include <jansson.h>
#include <stdbool.h>

typedef struct assembly assembly;

typedef struct assembly_args {
    const char *title;
    const json_t *align, *dedup; /* findings, or NULL                                        */
    size_t max_documents;        /* shown in detail; documents of shared events come first    */
} assembly_args;

assembly *assembly_new(const assembly_args *args); /* NULL: out of memory */
void assembly_free(assembly *a);

/* Is this document wanted in detail? Asked before it is collected. */
bool assembly_wants(assembly *a, const char *id, size_t len);
/* Takes what collect_document made. */
bool assembly_add(assembly *a, json_t *take_document);
/* A document that is only counted. */
void assembly_count(assembly *a);

/* run_info: see wn_run_info. A new reference; NULL: out of memory. */
json_t *assembly_finish(assembly *a, const json_t *run_info);
#endif
