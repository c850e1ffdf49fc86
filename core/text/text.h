/* text.h: the analysis of a text, see <winnow/text.h>: paragraphs first, then, for each of them,
 * tokens, quotations, sentences. Lists grow and are used again for the next text; one owner, no
 * threads. */
#ifndef CORE_TEXT_TEXT_H
#define CORE_TEXT_TEXT_H
#include "text/rules.h"
#include <winnow/pulse.h>
#include <winnow/text.h>

typedef struct text_analysis {
    wn_token *token;
    size_t n_tokens, cap_tokens;
    wn_extent *paragraph;
    size_t n_paragraphs, cap_paragraphs;
    wn_extent *sentence;
    size_t n_sentences, cap_sentences;
    wn_quotation *quotation;
    size_t n_quotations, cap_quotations;
    uint8_t *tag;
    size_t cap_tags;         /* see tagger.h */
    wn_pulse *pulse;         /* of the passes over it; NULL: never asked */
    const text_rules *rules; /* the words they know; NULL: none */
} text_analysis;

/* Analyse a text, UTF-8, of at most 4 GiB - 2 bytes; of a longer one the beginning. `paragraphs`
 * (n > 0) are those the caller knows, ascending. false: out of memory, or the pulse says to
 * stop. */
bool text_analyse(text_analysis *a, const char *text, size_t len, const wn_extent *paragraphs,
                  size_t n_paragraphs);
void text_analysis_release(text_analysis *a); /* zeros again, which are also the start */

/* As stages see it; borrowed until the next text. The tags are left out. */
wn_analysis text_view(const text_analysis *a);

/* Lists of a text with more tokens than that are not worth keeping for the next. */
enum { KEEP_TOKENS = 1 << 16 };
#endif
