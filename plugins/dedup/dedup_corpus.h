/* dedup_corpus.h: the corpus side of the glue: notes, pairs within a bucket, groups, verdicts. */
#ifndef PLUGINS_DEDUP_DEDUP_CORPUS_H
#define PLUGINS_DEDUP_DEDUP_CORPUS_H
#include "dedup/shingle.h"
#include <winnow/plugin.h>

typedef struct dedup_options {
    double threshold;
    const char *keep;
    bool near;
    int64_t shingle, permutations, bands, rows, min_shingles;
} dedup_options;

/* Leave the document's note (note.h) with the host. */
wn_status dedup_note(wn_doc *doc, const shingle_set *s, wn_error *err);
/* The stage's functions of these names, see wn_plugin. Keys that begin with 'b' are bands: their
 * documents are compared; others are equal texts. */
wn_status dedup_reduce(wn_stage *stage, wn_corpus *corpus, wn_str key, const wn_value *values,
                       size_t n, wn_error *err);
wn_status dedup_settle(wn_stage *stage, wn_corpus *corpus, wn_error *err);
wn_status dedup_apply(wn_stage *stage, wn_doc *doc, wn_str verdict, wn_error *err);
#endif
