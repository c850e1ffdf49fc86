/* page.h: from the bytes of one WARC record to a document. */
#ifndef PLUGINS_WARC_PAGE_H
#define PLUGINS_WARC_PAGE_H
#include "warc/record.h"
#include <winnow/plugin.h>

typedef struct warc_options {
    wn_list path, types, content_types, status;
} warc_options;

/* Is the word one of the list, without regard to ASCII case? */
bool page_wanted(wn_list words, slice word);

/* prefix and word in lower case, as the name of a counter. */
void page_counter(char *out, size_t cap, const char *prefix, slice word);

/* Text, id and metadata of the page in this record (whose bytes are the document's raw bytes
 * already); WN_DROP when the options do not want it or it holds no page. */
wn_status page_read(const warc_options *o, wn_doc *doc, wn_str record, wn_error *err);
#endif
