/* rules_private.h: what the table of words (rules.c) and the reader of its files (rules_read.c)
 * share. */
#ifndef CORE_TEXT_RULES_PRIVATE_H
#define CORE_TEXT_RULES_PRIVATE_H
#include "text/rules.h"
#include <winnow/text.h>

typedef struct known_word {
    uint32_t hash;
    uint16_t kind; /* one text_word */
    uint8_t len;
    char text[TEXT_WORD_MAX]; /* in lower case where case does not count */
} known_word;

struct text_rules {
    known_word *word;
    size_t n, cap;
    uint32_t *slot; /* index + 1; 0: free */
    uint32_t mask;
    size_t longest, before_apostrophe;
    char language[TEXT_LANGUAGE_MAX + 1];
};

/* A word of at most TEXT_WORD_MAX bytes, not yet there as what it is. false: out of memory. */
bool text_rules_add(text_rules *r, const char *word, size_t len, unsigned kind);
#endif
