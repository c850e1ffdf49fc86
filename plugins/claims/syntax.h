/* syntax.h: a light syntax of sentences: word knowledge, tags, noun chunks, and verb groups with
 * their subjects. Knows no plugin type. All positions are token indexes, half-open. */
#ifndef PLUGINS_CLAIMS_SYNTAX_H
#define PLUGINS_CLAIMS_SYNTAX_H
#include "claims/lexicon.h"
#include <winnow/pulse.h>
#include <winnow/text.h>

typedef struct range {
    uint32_t first, last;
} range;

/* No token, whatever the ends are. */
static inline bool range_empty(range r)
{
    return r.first >= r.last;
}

/* "has consistently warned": first..last, main is the verb that means */
typedef struct verb_group {
    uint32_t first, main, last;
    bool finite, passive, negated, infinitive, participle;
    bool shares_subject; /* with the verb group before it, over a conjunction */
    bool relative;       /* its subject is a relative pronoun */
    range subject;
} verb_group;

typedef struct syntax {
    const char *text;
    const wn_analysis *a;
    const lexicon *lexicon;
    wn_pulse *pulse; /* NULL: never asked */
    uint8_t *tag;    /* the analysis', some corrected */
    word_info *word;
    /* of the noun chunk that holds the token; chunk_last 0: none */
    uint32_t *chunk_first, *chunk_last;
    int32_t *quotation; /* innermost that holds the token, -1: none */
    size_t cap_tokens;
    range *quoted;
    size_t cap_quotations; /* tokens of each quotation, with its marks */
    /* of the sentence last given to syntax_sentence */
    verb_group *group;
    size_t n_groups, cap_groups;
} syntax;

/* Look up and chunk all tokens of the analysis. Without tags (tier `fast`) they are guessed, in
 * sentences where somebody may say something. All but s is borrowed until the
 * next document. false: out of memory, or the pulse says to stop. */
bool syntax_document(syntax *s, const char *text, const wn_analysis *a, const lexicon *l,
                     wn_pulse *pulse);
void syntax_release(syntax *s); /* zeros again */

/* Verb groups of the sentence that is tokens [first, last). false: out of memory. */
bool syntax_sentence(syntax *s, uint32_t first, uint32_t last);

/* The whole noun phrase (joined by prepositions and apposition) that ends before `end`, or starts
 * at `start`; empty when there is none. */
range noun_phrase_left(const syntax *s, uint32_t first, uint32_t end);
range noun_phrase_right(const syntax *s, uint32_t start, uint32_t last);

/* The noun chunk that ends right before `end`, not before `first`; empty: none. */
range chunk_before(const syntax *s, uint32_t first, uint32_t end);

/* Does a finite verb stand in [first, last)? */
bool has_finite_verb(const syntax *s, uint32_t first, uint32_t last);

/* What token i is; i is below the analysis' n_tokens. */
bool word_is(const syntax *s, uint32_t i, const char *lower); /* ASCII, lower case */
/* Is it one of the words, which are as for word_is() and parted by one space? */
bool word_among(const syntax *s, uint32_t i, const char *words);
bool mark_is(const syntax *s, uint32_t i, char c); /* a WN_TOKEN_PUNCT of this one byte */
bool in_list(const syntax *s, uint32_t i, word_list list);
/* By tag: a verb in any form, or a modal; a noun or a name. */
bool is_verb(const syntax *s, uint32_t i);
bool is_noun(const syntax *s, uint32_t i);

/* A form of "be", "have" or "do", or a modal. */
bool auxiliary(const syntax *s, uint32_t i);

/* "me", "him": stands for whom the verb is done to, and never speaks. */
bool object_pronoun(const syntax *s, uint32_t i);

/* Sets of tags: the bit of each. */
enum {
    TAGS_NOUN = 1 << WN_TAG_NN | 1 << WN_TAG_NNP,
    TAGS_FINITE = 1 << WN_TAG_MD | 1 << WN_TAG_VBD | 1 << WN_TAG_VBZ | 1 << WN_TAG_VBP,
    TAGS_TO = 1 << WN_TAG_IN | 1 << WN_TAG_TO,        /* prepositions: "to" has its own tag */
    TAGS_STAND_IN = 1 << WN_TAG_PRP | 1 << WN_TAG_WH, /* for a noun phrase, whole */
};

/* Does token i have a tag of the set? */
static inline bool tag_in(const syntax *s, uint32_t i, uint32_t tags)
{
    return (tags >> s->tag[i] & 1) != 0;
}

#define LIST_BIT(list) (UINT64_C(1) << (list))

/* Is it in one of the lists, each given as its bit, LIST_BIT()? */
static inline bool in_lists(const syntax *s, uint32_t i, uint64_t lists)
{
    return (s->word[i].lists & lists) != 0;
}

/* Does a noun chunk start at token i? */
static inline bool chunk_starts(const syntax *s, uint32_t i)
{
    return s->chunk_last[i] != 0 && s->chunk_first[i] == i;
}
#endif
