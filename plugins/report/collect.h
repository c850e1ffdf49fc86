/* collect.h: what the report keeps of one document. Part of the glue. */
#ifndef PLUGINS_REPORT_COLLECT_H
#define PLUGINS_REPORT_COLLECT_H
#include "report/assemble.h"

#include <winnow/plugin.h>

typedef struct collector collector;

collector *collector_new(void);    /* NULL: out of memory */
void collector_free(collector *c); /* NULL is fine */
/* The document and its claims, dates and quantities; every quoted passage carries its text, its
 * offsets and the raw byte ranges it came from. false: a value is nested too deeply, or
 * assembly_problem. */
bool collect_document(collector *c, wn_doc *doc, assembly *a);
bool collector_too_deep(const collector *c); /* which of the two it was */
#endif
