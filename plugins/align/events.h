/* events.h: which documents tell of the same event. Knows no plugin type; one owner. */
#ifndef PLUGINS_ALIGN_EVENTS_H
#define PLUGINS_ALIGN_EVENTS_H
#include "align/grouping.h"
#include "align/similarity.h"

typedef struct event_rules {
    uint32_t threshold; /* mean similarity of documents of one event */
    int32_t window;     /* days: documents further apart tell of two events */
} event_rules;

/* all documents, by ordinal */
typedef struct library {
    note *document;
    uint32_t n;
    frequencies *frequencies;
} library;

/* Candidates: pairs that share keys; scored, reordered and grouped here. pair.similarity is not
 * read. ret_event[i]: the smallest document of the event of document i. false: out of memory. */
bool find_events(const library *l, scored_pair *candidates, size_t n, const event_rules *rules,
                 uint32_t *ret_event);

/* Could both have been published within `window` days of each other? */
bool days_compatible(const note_head *a, const note_head *b, int32_t window);
#endif
