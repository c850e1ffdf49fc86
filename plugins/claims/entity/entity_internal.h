/* entity_internal.h: what the files that find entities share. */
#ifndef PLUGINS_CLAIMS_ENTITY_ENTITY_INTERNAL_H
#define PLUGINS_CLAIMS_ENTITY_ENTITY_INTERNAL_H
#include "claims/entity/entity.h"

/* words.c: what a token tells. Plural by its form or by words.txt. */
bool is_person_noun(const syntax *s, uint32_t i);
bool is_body_noun(const syntax *s, uint32_t i);
bool is_plural_noun(const syntax *s, uint32_t i);
bool is_capital(const syntax *s, uint32_t i);
bool same_word(const syntax *s, uint32_t i, uint32_t k); /* without case */
uint8_t noun_gender(const syntax *s, uint32_t i);        /* of "Mrs", "spokesman", "he" */
uint8_t first_name_gender(const syntax *s, uint32_t i);  /* of "Ann" */
bool is_owner_mark(const syntax *s, uint32_t i);         /* "'s", whatever its tag */
/* Does what a phrase is about end at token i: at "for", "to", "who", "saying", a mark? */
bool leaves_head(const syntax *s, uint32_t i);
/* Does a sentence, a clause or a quotation end with token i? */
bool closes_phrase(const syntax *s, uint32_t i);

/* entities.c: make an entity of the mention, which is its first. false: out of memory. */
bool entity_new(entity_set *e, mention *m, uint32_t index);

/* mentions.c: mentions without entities, ascending. false: out of memory, or told to stop. */
bool mentions_collect(const syntax *s, const claim_list *claims, entity_set *e);

/* names.c: the name in the noun phrase np, whose last word is a name: without titles, and with
 * "of ..." after a body's. ret_titles: the words before it that tell rank or role, or empty. An
 * empty name: the phrase has titles only. */
range name_of(const syntax *s, range np, range *ret_titles);
/* Does what stands in the phrase before its name say when or where, as the subject comes after it:
 * "In the summer Ann Orr said"? np ends with the name. */
bool leads_in(const syntax *s, range np);
uint8_t name_kind(const syntax *s, range np, range name, range titles);
/* Is the name that may be shorter one of the full one: its surname, given name, first word,
 * initials? */
bool may_be_short_for(const syntax *s, range shorter, const entity *full);
bool same_name(const syntax *s, range a, range b);        /* word for word */
bool same_person_name(const syntax *s, range a, range b); /* "Ann Orr", "A. Orr", "Ann B. Orr" */
bool initials_of(const syntax *s, uint32_t acronym, range name);

/* names.c: entities by a word of theirs (its hash). false: out of memory. */
bool index_word(entity_set *e, uint32_t hash, uint32_t entity);
/* The next entity with the word, the youngest first; *at: start with UINT32_MAX. NO_ENTITY: no
 * more. */
uint32_t indexed_next(const entity_set *e, uint32_t hash, uint32_t *at);
#endif
