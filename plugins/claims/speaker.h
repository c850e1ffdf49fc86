/* speaker.h: whom a source means: a surname its full name, a pronoun the person before it. */
#ifndef PLUGINS_CLAIMS_SPEAKER_H
#define PLUGINS_CLAIMS_SPEAKER_H
#include "claims/entity/ranker.h"

/* Set name, speaker, entity, speaker_status and speaker_reason of every claim, and take words that
 * tell when or where off the front of its source. What cannot be resolved is unknown or unnamed,
 * with the reason; nothing is guessed in silence. The claims are in the order of their cues,
 * parents set, from claims_extract() or attribution_find(); ret_entities gets the entities of the
 * document. r NULL: pronouns stay unknown. false: out of memory, or the pulse says to stop. */
bool speakers_resolve(const ranker *r, const syntax *s, claim_list *claims,
                      entity_set *ret_entities);
/* The same, told of each pronoun's candidates: for the trainer. */
bool speakers_resolve_traced(const ranker *r, const syntax *s, claim_list *claims,
                             entity_set *ret_entities, ranker_trace *trace, void *arg);
#endif
