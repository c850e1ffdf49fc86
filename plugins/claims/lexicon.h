/* lexicon.h: cue verbs and nouns with their inflections, and word lists, read from data files
 * (formats: README.md). Knows no plugin type. Read-only once made, so threads may share it. */
#ifndef PLUGINS_CLAIMS_LEXICON_H
#define PLUGINS_CLAIMS_LEXICON_H
#include "claims/measures.h"

enum cue_class { CUE_STATEMENT, CUE_ATTITUDE, CUE_DECISION, CUE_SILENCE, CUE_NOUN };

/* frames: bit of letter, see data/cues.txt */
enum {
    FRAME_CLAUSE = 1 << ('c' - 'a'),
    FRAME_QUOTE = 1 << ('q' - 'a'),
    FRAME_QUESTION = 1 << ('w' - 'a'),
    FRAME_INFINITIVE = 1 << ('i' - 'a'),
    FRAME_NOUN = 1 << ('n' - 'a'),
    FRAME_AS = 1 << ('a' - 'a'),
    FRAME_GERUND = 1 << ('g' - 'a'),
    FRAME_PREPOSITION = 1 << ('p' - 'a'),
    FRAME_ADDRESSEE = 1 << ('r' - 'a'),
    FRAME_EVIDENCE = 1 << ('e' - 'a'),
    FRAME_LEFT = 1 << ('l' - 'a'),
    FRAME_OWN_ADDRESSEE = 1 << ('r' - 'a') | 1 << 26
};

typedef struct cue {
    const char *lemma;    /* "point out" */
    const char *particle; /* "out", or NULL */
    uint32_t frames;
    uint8_t class;
    bool denies;
    int16_t next; /* another cue with the same first word, -1: none */
} cue;

typedef enum word_list {
    LIST_TITLE,
    LIST_ROLE,
    LIST_GROUP,
    LIST_MALE,
    LIST_FEMALE,
    LIST_SILENCE,
    LIST_UNAVAILABLE,
    LIST_BOILERPLATE,
    LIST_DAY,
    LIST_JOIN,
    LIST_SUBORDINATE,
    LIST_SPEECH_NOUN,
    LIST_SAID,
    LIST_NOBODY,
    LIST_MODAL,
    LIST_PLACE,
    LIST_PREPOSITION,
    LIST_NEAR,
    LIST_PERIOD,
    LIST_NOT_COUNTED,
    LIST_MALE_NAME,
    LIST_FEMALE_NAME,
    LIST_BODY_NAME,
    LIST_HEDGE,
    LIST_FALSELY,
    LIST_NEGATION,
    LIST_CONDITION,
    LIST_REFUSAL,
    LIST_SEEM,
    LIST_FUTURE,
    LIST_CONTRARY,
    LIST_DETERMINER,
    LIST_PRONOUN,
    LIST_POSSESSIVE,
    LIST_RELATIVE,
    LIST_CONJUNCTION,
    LIST_AUXILIARY,
    LIST_SPEAKING,
    LIST_NO_SOURCE,
    LIST_NOTHING,
    LIST_TRUE,
    LIST_COMPLEMENTIZER,
    LIST_AGENT,
    LIST_PAST,
    LIST_PERSON,
    LIST_PLURAL,
    LIST_PARTICLE,
    LIST_MONTH,
    LIST_WRITING,
    LISTS
} word_list;

typedef struct word_info {
    int16_t verb, noun; /* index of the first cue with this form, -1: none */
    uint64_t lists;     /* bit of each word_list */
} word_info;

typedef struct lexicon lexicon;

/* Read both files, which need not outlive it. NULL: ret_text holds one line with the place and the
 * cure; or out of memory. */
lexicon *lexicon_new(const char *cues, size_t cues_len, const char *words, size_t words_len,
                     char *ret_text, size_t ret_size);
void lexicon_free(lexicon *l);                       /* NULL is fine */
const cue *lexicon_cue(const lexicon *l, int index); /* NULL: no such index, as -1 */
const measures *lexicon_measures(const lexicon *l);  /* the lexicon's own */

/* What is known of a word as it stands in the text (any case, either apostrophe). */
word_info lexicon_look_up(const lexicon *l, const char *word, size_t len);
/* The same of a word whose wn_word_hash is known, as a token's is: most words are told apart by
 * that alone. */
word_info lexicon_look_up_hashed(const lexicon *l, const char *word, size_t len, uint32_t hash);
#endif
