/* claims_doc.h: what the glue and the pass over a document share. */
#ifndef PLUGINS_CLAIMS_CLAIMS_DOC_H
#define PLUGINS_CLAIMS_CLAIMS_DOC_H
#include "claims/model/attribution.h"
#include "claims/quantity.h"
#include "claims/speaker.h"
#include <winnow/plugin.h>

typedef struct claims_options {
    const char *classes, *tier, *language;
    int64_t max_sentence;
    bool quantities, entities;
    const char *cues, *words, *tagger, *model, *weights;
} claims_options;

/* read-only after open() */
typedef struct claims_state {
    lexicon *lexicon;
    ranker ranker;
    bool learned; /* tier `full`: */
    attribution_model model;
} claims_state;

typedef struct claims_worker {
    const wn_analysis *analysis; /* of the document at hand */
    syntax syntax;
    claim_list claims, ruled; /* ruled: what the rules alone find */
    attribution_work attribution;
    entity_set entities;
} claims_worker;

void claims_worker_clear(claims_worker *w); /* its memory; zeros again */
/* The stage's process(): layers `claim` and `quantity`; a document in another language is counted
 * and goes on as it is. */
wn_status claims_process(wn_stage *stage, wn_doc *doc, wn_error *err);
#endif
