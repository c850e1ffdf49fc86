/* text_internal.h: what the passes of text_analyse() share. A pass fills its list, reads those
 * before it; it answers false when it is out of memory, or the analysis' pulse says to stop. */
#ifndef CORE_TEXT_TEXT_INTERNAL_H
#define CORE_TEXT_TEXT_INTERNAL_H
#include "text/text.h"

/* Quotation marks, kept in token.reserved of WN_TOKEN_QUOTE. */
enum mark {
    MARK_NONE,
    MARK_STRAIGHT,     /* ", '' */
    MARK_DOUBLE_OPEN,  /* U+201C, `` */
    MARK_DOUBLE_CLOSE, /* U+201D */
    MARK_DOUBLE_LOW,   /* U+201E, closed by U+201C or U+201D */
    MARK_SINGLE,       /* ', may be an apostrophe */
    MARK_SINGLE_OPEN,  /* U+2018, U+201A */
    MARK_SINGLE_CLOSE, /* U+2019, may be an apostrophe */
    MARK_ANGLE_OPEN,   /* guillemets */
    MARK_ANGLE_CLOSE
};

/* Tokens of text [start, end), appended. */
bool text_tokenise(text_analysis *a, const char *text, size_t start, size_t end);

/* Quotations among tokens [first, last), one paragraph. Marks that turn out to be apostrophes
 * become WN_TOKEN_WORD (after a word) or WN_TOKEN_PUNCT. */
bool text_pair_quotes(text_analysis *a, const char *text, size_t first, size_t last,
                      bool quote_follows);

/* Sentences of tokens [first, last), one paragraph, whose quotations start at index
 * first_quotation. */
bool text_split_sentences(text_analysis *a, const char *text, size_t first, size_t last,
                          size_t first_quotation);
#endif
