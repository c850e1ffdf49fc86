/* analysed.h: a text as the host analyses it, for algorithms that get that from their stage. */
#ifndef TESTS_ANALYSED_H
#define TESTS_ANALYSED_H
#include "text/tagger.h"
#include "text_rules.h"

/* Held until the next call. tags: NULL: none. NULL: out of memory, or the owner says to stop. */
static inline const wn_analysis *analysed(const char *text, size_t len, wn_pulse *owner,
                                          const tagger *tags)
{
    static text_analysis found;
    static tagger_work work;
    static wn_analysis view;
    found.pulse = owner;
    found.rules = english_text();
    if (!text_analyse(&found, text, len, NULL, 0) ||
        (tags != NULL && !text_tag(&found, tags, &work, text)))
        return NULL;
    view = text_view(&found);
    view.tag = tags != NULL ? found.tag : NULL;
    return &view;
}
#endif
