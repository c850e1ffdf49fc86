/* html.h: a page to the text of its main content, with what its markup says about it. Knows no
 * plugin type. */
#ifndef PLUGINS_CLEAN_HTML_H
#define PLUGINS_CLEAN_HTML_H
#include "clean/content.h"
#include "clean/hints.h"
#include "clean/result.h"

/* memory that is used from page to page; one owner, no threads */
typedef struct html_cleaner html_cleaner;

/* for the counters of a stage */
typedef struct html_report {
    size_t blocks, kept;
    size_t unplaced; /* bytes of text left out since their place in the source is not known */
    size_t cut;      /* 0, or the offset from which a limit (htmltree.h) left the page unread */
    size_t scripts;  /* of JSON-LD that were too long to be read whole */
    bool fallback;   /* no main content was found: all prose of the page is kept */
} html_report;

/* Hints and model are borrowed. NULL: out of memory. */
html_cleaner *html_cleaner_new(const html_hints *hints, const content_model *model);
void html_cleaner_free(html_cleaner *c); /* NULL is fine */
void html_cleaner_trim(html_cleaner *c); /* give back what only a huge page needed */

/* Edits, finds and blocks for a page of UTF-8 into the cleared `r`. false: out of memory, or the
 * pulse of r says to stop. */
bool html_clean(html_cleaner *c, const char *text, size_t len, clean_result *r,
                html_report *ret_report);
#endif
