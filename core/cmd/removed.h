/* removed.h: which raw bytes of a document are not in its text. Pure. */
#ifndef CORE_CMD_REMOVED_H
#define CORE_CMD_REMOVED_H
#include "util/strbuf.h"

typedef struct removed {
    wn_range *range; /* ascending, apart */
    size_t n, cap;
    uint64_t bytes;
    /* from the whole map of the line; else from its paragraphs, headings and sentences */
    bool by_map;
} removed;
#define REMOVED_INIT \
    { \
        NULL, 0, 0, 0, false \
    }

/* `doc`: a line of documents.jsonl. False: it tells nothing about its raw bytes (or out of
 * memory). */
bool removed_find(const json_t *doc, size_t raw_len, removed *ret);
void removed_release(removed *r); /* REMOVED_INIT again */

/* The words of these raw bytes: markup, scripts and styles left out, blanks squeezed. */
void removed_words(wn_str raw, wn_range range, strbuf *ret);
#endif
