/* collect.h: what the report keeps of one document, as JSON. Part of the glue. */
#ifndef PLUGINS_REPORT_COLLECT_H
#define PLUGINS_REPORT_COLLECT_H
#include <winnow/plugin.h>

/* {"doc": {...}, "claims": [...], "dates": [...], "quantities": [...]}; every quoted passage carries its
 * text, its offsets and the raw byte ranges it came from. NULL: out of memory. Caller owns it. */
json_t *collect_document(wn_doc *doc);
#endif
