/* text.h: tokens, paragraphs, sentences and quotation marks of English-like text. Knows no plugin
 * type. Offsets are bytes of UTF-8, half-open. Lists grow and are reused from document to document;
 * one owner, no threads. */
#ifndef PLUGINS_COMMON_TEXT_H
#define PLUGINS_COMMON_TEXT_H
#include "common/pulse.h"

typedef enum token_kind {
    TOKEN_WORD,    /* letters, with inner apostrophes and hyphens split as in the Penn treebank:
                      "don't" -> "do" "n't", "China's" -> "China" "'s"; "U.S.", "Mr." keep their stops;
                      hyphenated words stay whole                                          */
    TOKEN_NUMBER,  /* digits with inner , . : / and letters after them: "21st", "1990s", "5m";
                      but "45-year-old" is a word, and "2019-2021" three tokens              */
    TOKEN_PUNCT,   /* one mark; "..." and "--" are one                                     */
    TOKEN_QUOTE,   /* a quotation mark that is not an apostrophe                           */
    TOKEN_SYMBOL   /* $ % and the like                                                     */
} token_kind;

enum { /* flags */
    TOKEN_CAPITAL = 1,       /* starts with an upper-case letter                           */
    TOKEN_ALLCAPS = 2,
    TOKEN_SPACE_BEFORE = 4,
    TOKEN_LINE_START = 8,    /* first of its line                                          */
    TOKEN_SENTENCE_START = 16
};

typedef struct token {
    uint32_t start, end;
    uint8_t kind;  /* token_kind */
    uint8_t flags;
    uint16_t reserved;
    uint32_t sentence; /* index */
} token;

typedef struct extent {
    uint32_t start, end;
} extent;

typedef struct quotation { /* outer includes the marks, inner does not                         */
    extent outer, inner;
    int32_t parent;        /* index of the quotation around it, or -1                       */
    bool open_ended;       /* no closing mark before the paragraph's end (it may go on in the next) */
} quotation;

typedef struct text_analysis {
    token *token; size_t n_tokens, cap_tokens;
    extent *paragraph; size_t n_paragraphs, cap_paragraphs;
    extent *sentence; size_t n_sentences, cap_sentences;
    quotation *quotation; size_t n_quotations, cap_quotations;
    pulse *pulse; /* of the passes over it; NULL: never asked */
} text_analysis;

/* Analyse a text of at most 4 GiB - 1. `paragraphs` (n > 0) are those the caller knows; otherwise blank lines,
 * and line ends where lines are long, divide. Sentences do not cross paragraphs and do not end inside
 * a quotation unless the quotation holds whole sentences. false: out of memory, or the pulse says to stop. */
bool text_analyse(text_analysis *a, const char *text, size_t len, const extent *paragraphs, size_t n_paragraphs);
void text_analysis_release(text_analysis *a);

/* Lists of a text with more tokens than that are not worth keeping for the next. */
enum { KEEP_TOKENS = 1 << 16 };

/* Lower-case ASCII and Latin-1, Greek and Cyrillic letters; at most cap bytes are written, the length is returned. */
size_t text_fold(const char *word, size_t len, char *out, size_t cap);
#endif
