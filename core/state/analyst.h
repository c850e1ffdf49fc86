/* analyst.h: the text of the document that a worker has at hand, analysed once for all stages that
 * ask (wn_analyse). One owner, no threads. Starts with zeros. */
#ifndef CORE_STATE_ANALYST_H
#define CORE_STATE_ANALYST_H
#include "document/document.h"
#include "text/tagger.h"

typedef struct analyst {
    text_analysis found;
    wn_analysis view;
    tagger_work work;
    bool known;              /* whether there is an analysis at all */
    uint64_t revision;       /* of the document, when it was made */
    const tagger *tagged_by; /* NULL: it has no tags */
} analyst;

/* what an analysis is made with */
typedef struct analyst_means {
    const text_rule_set *rules; /* of the run; those of the document's language are taken */
    const tagger *tagger;       /* of the stage that asks; NULL: it loaded none */
} analyst_means;

/* Contract of wn_analyse. tags: the parts of speech too, by with->tagger (NULL: WN_E_STAGE). The
 * document's own time limit counts. */
wn_status analyst_ask(analyst *a, wn_doc *doc, bool tags, const analyst_means *with,
                      const wn_analysis **ret_analysis, wn_error *err);
/* A stage gave the document back: the analysis of a huge text goes, and is made again for the next
 * that asks; others stay. */
void analyst_trim(analyst *a);
void analyst_release(analyst *a); /* all memory; as at the start */
#endif
