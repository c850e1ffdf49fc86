/* align_settle.h: the corpus side of the glue: notes and edges in, verdicts and findings out. */
#ifndef PLUGINS_ALIGN_ALIGN_SETTLE_H
#define PLUGINS_ALIGN_ALIGN_SETTLE_H
#include <winnow/plugin.h>

typedef struct align_options {
    double event_similarity;
    int64_t window;
    double claim_similarity;
    int64_t max_listed;
    const char *words;
} align_options;

/* The stage's functions of these names, see wn_plugin. A key is a term that documents share (a
 * uint32_t): all of them become pairs, or under a common term those that stand side by side
 * (sketch.h). settle: fewer than 2^32 documents, else WN_E_LIMIT. */
wn_status align_reduce(wn_stage *stage, wn_corpus *corpus, wn_str key, const wn_value *values,
                       size_t n, wn_error *err);
wn_status align_settle(wn_stage *stage, wn_corpus *corpus, wn_error *err);
#endif
