/* entity.h: who and what a document speaks of: persons, bodies, places and people by their role,
 * each with all its mentions. Found from the light syntax of syntax.h. Knows no plugin type.
 *
 * All positions are token indexes. Memory is a constant for every mention, time is linear: a name
 * is compared with at most NAMESAKES entities that share a word with it, and a pronoun with at most
 * CANDIDATES (ranker.h). */
#ifndef PLUGINS_CLAIMS_ENTITY_ENTITY_H
#define PLUGINS_CLAIMS_ENTITY_ENTITY_H
#include "claims/extract.h"

enum { NAMESAKES = 64, ENTITY_ROLES = 4 };

/* ENTITY_ROLE: people of whom the text tells what they are, not who: "a driver", "the mayor". */
enum entity_kind { ENTITY_UNKNOWN, ENTITY_PERSON, ENTITY_BODY, ENTITY_PLACE, ENTITY_ROLE };
enum entity_gender { GENDER_UNKNOWN, GENDER_MALE, GENDER_FEMALE };
enum entity_number { NUMBER_UNKNOWN, NUMBER_SINGULAR, NUMBER_PLURAL };
enum mention_form { FORM_NAME, FORM_NOUN, FORM_PRONOUN };
/* Where it stands in its clause. */
enum mention_place {
    PLACE_OTHER,
    PLACE_SUBJECT,
    PLACE_OBJECT,
    PLACE_AFTER_PREPOSITION,
    PLACE_OWNER
};

#define NO_ENTITY UINT32_MAX
#define NO_CLAIM UINT32_MAX

typedef struct mention {
    range span; /* with determiner and titles */
    range name; /* what of it may name the entity: without them */
    uint32_t head;
    uint32_t paragraph;
    uint32_t entity; /* NO_ENTITY: a pronoun that means none, or nobody knows whom */
    uint32_t source; /* the claim whose source it is, or NO_CLAIM */
    uint8_t form, kind, gender, number, place;
    bool definite, modifier; /* modifier: stands before a noun, as "Salem" in "Salem officials" */
} mention;

typedef struct entity {
    range name;                  /* the fullest; of an ENTITY_ROLE its first words */
    range titles;                /* words before the name that tell rank or role, or empty */
    range acronym;               /* or empty */
    uint32_t role[ENTITY_ROLES]; /* tokens of the nouns that say what it is */
    uint32_t first;              /* index of its first mention */
    uint32_t last;               /* ... of the last one so far, while mentions are resolved */
    uint32_t n_mentions;
    uint32_t id; /* from 1, in the order of the first mentions; 0: has none */
    uint8_t n_roles, kind, gender, number;
    uint8_t called; /* gender of the pronouns that were resolved to it */
    bool named;     /* it has a name */
    bool sure;      /* its kind is told by a title or a first name, not by its form alone */
    bool spoke;     /* a source so far */
} entity;

/* Of one document: start with zeros, use again for the next; one owner, no threads. */
typedef struct entity_set {
    mention *mention; /* ascending by head */
    size_t n_mentions, cap_mentions;
    entity *entity; /* those with n_mentions 0 were joined to others */
    size_t n, cap;
    struct name_node *node; /* names.c */
    uint32_t *bucket;
    size_t n_nodes, cap_nodes, cap_buckets, n_buckets;
    uint8_t *cut; /* mentions.c: of each token */
    size_t cap_cut;
} entity_set;

void entity_set_release(entity_set *e); /* zeros again */

/* Mentions and entities of a document that syntax_document() has seen; the claims tell who is a
 * source. Pronouns and nouns that point back are left without entity, see ranker.h. false: out of
 * memory, or the pulse says to stop. */
bool entities_find(const syntax *s, const claim_list *claims, entity_set *ret);

/* The mention that a source is about: its head, or the name in apposition to it. NULL: none. */
mention *principal_mention(const syntax *s, const entity_set *e, range source);

/* Index of the first mention whose head is not before the token. */
size_t mention_from(const entity_set *e, uint32_t token);
#endif
