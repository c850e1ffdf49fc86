/* claims.c: the claim finder, whole, with its real data. */
#include "claims/quantity.h"
#include "claims/speaker.h"
#include "analysed.h"
#include "work/data.h"
#include "work/work.h"

static bool take(void *unused, const quantity *q)
{
    (void)unused;
    return q->unit != NULL;
}

bool work_claims(const char *text, size_t len, wn_pulse *owner)
{
    static syntax s;
    static claim_list claims;
    static entity_set entities;
    static ranker weights;
    static lexicon *words;
    static tagger tags;
    const extract_options o = {400, true, NULL, 0};
    size_t left_out;
    if (words == NULL) {
        char problem[256];
        const work_data cues = work_read("claims/data/cues.txt"),
                        lists = work_read("claims/data/words.txt"),
                        model = work_read("common/data/tagger.model"),
                        ranks = work_read("claims/data/speaker.weights");
        words = lexicon_new(cues.p, cues.len, lists.p, lists.len, problem, sizeof problem);
        if (words == NULL || !tagger_load(&tags, model.p, model.len) ||
            !ranker_load(&weights, ranks.p, ranks.len, problem, sizeof problem))
            return false;
    }
    const wn_analysis *a = analysed(text, len, owner, &tags);
    return a != NULL && syntax_document(&s, text, a, words, owner) &&
           claims_extract(&s, &o, &claims, &left_out) && quantities_find(&s, take, NULL) &&
           speakers_resolve(&weights, &s, &claims, &entities);
}
