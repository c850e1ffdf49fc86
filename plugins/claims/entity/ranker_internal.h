/* ranker_internal.h: what the files of the ranker share. */
#ifndef PLUGINS_CLAIMS_ENTITY_RANKER_INTERNAL_H
#define PLUGINS_CLAIMS_ENTITY_RANKER_INTERNAL_H
#include "claims/entity/entity_internal.h"
#include "claims/entity/ranker.h"

/* A document while its mentions are resolved from first to last. */
typedef struct discourse {
    const syntax *s;
    const claim_list *claims;
    entity_set *e;
    uint32_t floor[2]; /* the last sources before here, the youngest first */
    uint32_t topic;    /* the first entity of the paragraph */
    uint32_t paragraph;
} discourse;

/* clang-format off */
#define FEATURES(F) \
    F(none) F(none_quoted) F(none_alone) F(none_several) F(none_told) F(none_opens) \
    F(sentence_same) F(sentence_1) F(sentence_2) F(sentence_3) F(sentence_4_6) F(sentence_far) \
    F(paragraph_same) F(paragraph_1) F(paragraph_far) F(nearest) F(second) F(third) F(later) \
    F(mentions_1) F(mentions_2_3) F(mentions_4_8) F(mentions_far) F(by_name) F(by_noun) \
    F(by_new_noun) F(by_pronoun) F(by_same_pronoun) F(subject) F(object) F(after_preposition) \
    F(owner) F(modifier) F(elsewhere) F(subject_before) F(both_subjects) F(same_clause) \
    F(addressee) F(full_name) F(one_name) F(role) F(role_definite) F(unknown_kind) F(body) \
    F(place) F(gender_agrees) F(gender_open) F(called_alike) F(called_other) F(plural) \
    F(singular) F(same_floor) F(floor_before) F(spoke) F(never_spoke) F(speaks_here) \
    F(own_content) F(quoted_alike) F(quoted_only_it) F(quoted_only_pronoun) F(once) F(twice) \
    F(often) F(very_often) F(topic) F(opens_sentence) F(only) F(only_agreeing) \
    F(floor_in_paragraph) F(floor_nearest) F(subject_nearest)
/* clang-format on */

#define FEATURE_ENUM(name) FEATURE_##name,
enum ranker_feature { FEATURES(FEATURE_ENUM) FEATURE_COUNT };
_Static_assert((int)FEATURE_COUNT <= (int)RANKER_FEATURES, "room for the weights");

/* features.c: the entities that pronoun `index` may mean, the nearest first, with their features;
 * ret has room for CANDIDATES + 1, the last one given is that it means none. Returns how many
 * before that. */
unsigned candidates_of(const discourse *d, size_t index, unsigned class, candidate *ret);
/* Of a pronoun of the third person; RANKER_CLASSES: another one. */
unsigned pronoun_class(const syntax *s, const mention *m);

/* pointback.c: nouns and relative pronouns, without weights. */
bool noun_resolve(const discourse *d, size_t index); /* false: out of memory */
uint32_t relative_resolve(const discourse *d, size_t index);
bool index_roles(const syntax *s, entity_set *e); /* false: out of memory */
#endif
