/* shingle.h: a text as a set of word shingles. Words are runs of letters and digits, case folded;
 * an ideograph or kana is a word of its own. Punctuation and white space do not count, so two
 * texts that differ in nothing else have the same shingles and the same `exact` hash.
 * Knows no plugin type; one owner, no threads. Hashes are XXH3, the same on every machine. */
#ifndef PLUGINS_DEDUP_SHINGLE_H
#define PLUGINS_DEDUP_SHINGLE_H
#include <winnow/pulse.h>

typedef struct shingle_set {
    uint32_t *hash; /* ascending, each once */
    size_t n, cap;
    uint64_t *word; /* hashes of the words, in text order */
    size_t n_words, cap_words;
    uint64_t exact[2]; /* of the whole text after folding */
    wn_pulse *pulse;   /* NULL: never asked */
} shingle_set;

/* Shingles of `width` words; a shorter text has one shingle, an empty one none. false: out of
 * memory, or the pulse says to stop. */
bool shingle_text(shingle_set *s, const char *text, size_t len, unsigned width);
void shingle_release(shingle_set *s); /* zeros again */

/* Jaccard similarity of two ascending sets if it is at least `least`, else 0: most pairs are given
 * up after a few steps. Two empty sets have 0. */
double shingle_jaccard_from(const uint32_t *a, size_t na, const uint32_t *b, size_t nb,
                            double least);
#endif
