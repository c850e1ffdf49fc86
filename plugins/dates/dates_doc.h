/* dates_doc.h: the part of the glue that works on one document. */
#ifndef DATES_DATES_DOC_H
#define DATES_DATES_DOC_H
#include "dates/docdate.h"
#include <winnow/plugin.h>

typedef struct dates_options {
    wn_list rules;
    const char *language, *numeric_order, *weekday_direction, *document_date;
} dates_options;

enum { LANGUAGES_MAX = 64 };
typedef struct dates_state {
    date_rules *rules[LANGUAGES_MAX];
    size_t n;
} dates_state;

typedef struct dates_worker {
    matches found, scratch;
    list sentence_ends;
} dates_worker;

void dates_worker_clear(dates_worker *w); /* its memory; zeros again */
/* The stage's process(): layer `date` and metadata `document_date`. A text of 4 GiB or more:
 * WN_E_LIMIT. */
wn_status dates_process(wn_stage *stage, wn_doc *doc, wn_error *err);
#endif
