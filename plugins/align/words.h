/* words.h: from words to terms: case folding, stop words, stemming (Snowball). The word lists are
 * shared and read-only; a stemmer belongs to one worker. */
#ifndef PLUGINS_ALIGN_WORDS_H
#define PLUGINS_ALIGN_WORDS_H
#include <winnow/text.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct word_lists word_lists;

/* Lists as in data/en.words: "[stop]" and "[reason]" sections, one entry a line, # comments.
 * Entries of [reason] are the words after which a reason follows ("because of"). On a bad line:
 * NULL, and *ret_line says which (0: out of memory). */
word_lists *word_lists_parse(const char *bytes, size_t len, int *ret_line);
void word_lists_free(word_lists *w); /* NULL is fine */

typedef struct term_maker term_maker;
/* The lists are borrowed. NULL: out of memory. */
term_maker *term_maker_new(const word_lists *w);
void term_maker_free(term_maker *m); /* NULL is fine */

/* The term of a word, 0 for stop words, marks and single letters. */
uint32_t term_of(term_maker *m, const char *word, size_t len);

/* The term_hash of a word, folded to small letters (wn_fold); of a very long one of its start. */
uint32_t word_hash(const char *word, size_t len);

/* How many of n tokens, whose word_hash is given, are a reason phrase; 0: none. */
size_t reason_phrase(const word_lists *w, const uint32_t *hash, size_t n);

/* XXH3 of the bytes as they are, the same on every machine. */
uint32_t term_hash(const char *bytes, size_t len); /* its low half; never 0 */
uint64_t text_hash(const char *bytes, size_t len);
#endif
