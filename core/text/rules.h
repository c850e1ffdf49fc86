/* rules.h: the words of a language that the passes of text_analyse() know, read from rule files
 * (format: README.md). Built by one thread, then read-only and shared. No words: no rules. */
#ifndef CORE_TEXT_RULES_H
#define CORE_TEXT_RULES_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TEXT_FILE_MAX = 1 << 20, /* bytes of a file */
    TEXT_WORDS_MAX = 20000,  /* of a language */
    TEXT_WORD_MAX = 25,      /* bytes of a word */
    TEXT_LANGUAGE_MAX = 8    /* letters of a language */
};

/* What a word is, each the name of a directive; a word may be several. */
typedef enum text_word {
    /* words whose stop belongs to them, told by their letters' case; one of the three */
    TEXT_TITLE = 1,        /* a name follows: never ends a sentence */
    TEXT_ABBREVIATION = 2, /* ends one when a word follows that starts sentences */
    TEXT_NUMBERED = 4,     /* also a word ("No", "Sat"): an abbreviation before digits only */
    TEXT_FINAL = 8,        /* one that ends a sentence before closing marks and a capital */
    TEXT_LETTER = 16,      /* a capital that is a word: with a stop it is no initial */
    /* without case */
    TEXT_STARTER = 32, /* begins sentences */
    TEXT_SPEECH = 64,  /* verb of speech */
    TEXT_CLITIC = 128, /* end of a word that is a token of its own; with ' for all apostrophes */
    TEXT_POSSESSIVE = 256, /* last letter of words behind which an apostrophe stands alone */
    TEXT_ELISION = 512     /* begins with an apostrophe that stands for what is left out */
} text_word;

typedef struct text_rules text_rules;

typedef struct text_rules_error {
    int line, column; /* 1-based */
    char text[200];   /* empty: out of memory */
} text_rules_error;

text_rules *text_rules_new(void);    /* NULL: out of memory */
void text_rules_free(text_rules *r); /* NULL is fine */

/* Add a file; may be called for several files of one language. false: *err says why, and the rules
 * are good for nothing but to be freed. */
bool text_rules_load(text_rules *r, const char *bytes, size_t len, text_rules_error *err);

/* The language of a file (its directive `language`), terminated; empty: it names none, which
 * text_rules_load refuses. */
void text_rules_file_language(const char *bytes, size_t len, char ret[TEXT_LANGUAGE_MAX + 1]);
const char *text_rules_language(const text_rules *r);

/* Which of `kinds` the word is; 0: none. r NULL: no words. Upper and lower case count for the kinds
 * up to TEXT_LETTER and do not for those after. */
unsigned text_rules_word(const text_rules *r, const char *word, size_t len, unsigned kinds);
/* The same of a word whose wn_word_hash is known. */
unsigned text_rules_hashed(const text_rules *r, const char *word, size_t len, uint32_t hash,
                           unsigned kinds);
/* Bytes of the longest piece of a clitic before its apostrophe ("n" of n't). */
size_t text_rules_before_apostrophe(const text_rules *r);

/* The rules of a run, one for each language, those of the first file first. */
typedef struct text_rule_set {
    text_rules **item;
    size_t n;
} text_rule_set;
/* Those of a language ("en-GB" is "en"; NULL: not known), else the first, else NULL. */
const text_rules *text_rules_for(const text_rule_set *set, const char *language);
#endif
