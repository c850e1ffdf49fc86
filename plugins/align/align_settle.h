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

wn_status align_reduce(wn_stage *stage, wn_corpus *corpus, wn_str key, const wn_value *values,
                       size_t n, wn_error *err);
wn_status align_settle(wn_stage *stage, wn_corpus *corpus, wn_error *err);
#endif
