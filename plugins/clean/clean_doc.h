/* clean_doc.h: the document, as the cleaner leaves it. */
#ifndef CLEAN_CLEAN_DOC_H
#define CLEAN_CLEAN_DOC_H
#include "clean/clean.h"
#include <winnow/plugin.h>

/* A metadata value that is a string, borrowed; else NULL. */
const char *clean_meta(wn_doc *doc, const char *key);
/* Has a source or an earlier pass marked paragraphs or headings? */
bool clean_marked(const wn_doc *doc);
/* One step's result: metadata that nobody has set yet, the edits, then layers on the new text. A
 * status of the host's; err is filled when it is of the edits. */
wn_status clean_take(wn_doc *doc, const clean_result *r, wn_error *err);
#endif
