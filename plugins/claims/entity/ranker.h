/* ranker.h: whom pronouns and nouns that point back mean: a linear ranker over the entities before
 * them, which abstains (a mention-ranking model as of Denis and Baldridge 2008, without clusters of
 * its own). README.md of claims has the format of the weights and how they are made. Knows no
 * plugin type. */
#ifndef PLUGINS_CLAIMS_ENTITY_RANKER_H
#define PLUGINS_CLAIMS_ENTITY_RANKER_H
#include "claims/entity/entity.h"

enum { CANDIDATES = 12, RANKER_FEATURES = 96 };

/* Which weights count: of the kind of pronoun, and more when it is the source of a claim. */
enum ranker_class { RANK_PERSON, RANK_MANY, RANK_THING, RANK_SPEAKER = 3, RANKER_CLASSES = 6 };

typedef struct ranker {
    int32_t weight[RANKER_CLASSES][RANKER_FEATURES];
    int32_t threshold[RANKER_CLASSES]; /* the least lead over the second best, and over none */
} ranker;

/* An entity that a pronoun may mean, and what speaks for it: the features that hold. */
typedef struct candidate {
    uint32_t entity, mention; /* its last mention before the pronoun */
    uint8_t feature[40];
    unsigned n;
} candidate;

/* Read the weights. false: ret_text holds one line with the place and the cure. */
bool ranker_load(ranker *r, const char *text, size_t len, char *ret_text, size_t ret_size);
const char *ranker_feature_name(unsigned feature); /* NULL: no such feature */
const char *ranker_class_name(unsigned class);

/* Told of each pronoun before it is resolved: its candidates and, as item n, that it means none. */
typedef void ranker_trace(void *arg, size_t mention, unsigned class, const candidate *c,
                          unsigned n);

/* Give the mentions that entities_find() left open their entities, in the order of the text, and
 * count mentions. Nouns that nothing before them fits become entities of their own; pronouns stay
 * without. r NULL: pronouns are not resolved. trace may be NULL. false: out of memory, or told to
 * stop. */
bool anaphora_resolve(const ranker *r, const syntax *s, const claim_list *claims, entity_set *e,
                      ranker_trace *trace, void *arg);
#endif
