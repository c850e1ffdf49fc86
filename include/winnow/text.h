/* winnow/text.h: what a text consists of: tokens, sentences, paragraphs and quotations, as
 * wn_analyse (plugin.h) gives them. Plain types only, so that the part of a stage that knows no
 * plugin can use them and be tested alone.
 *
 * Offsets are bytes of UTF-8, half-open. One analysis serves all stages of a document as long as
 * its text and its layer `paragraph` stay as they are, so that they agree on what a sentence is. */
#ifndef WINNOW_TEXT_H
#define WINNOW_TEXT_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum wn_token_kind {
    WN_TOKEN_WORD,   /* letters, with inner apostrophes and hyphens split as in the Penn treebank:
                        "don't" -> "do" "n't", "China's" -> "China" "'s"; "U.S.", "Mr." keep their
                        stops; hyphenated words stay whole */
    WN_TOKEN_NUMBER, /* digits with inner , . : / and letters after them: "21st", "1990s", "5m";
                        but "45-year-old" is a word, and "2019-2021" three tokens */
    WN_TOKEN_PUNCT,  /* one mark; "..." and "--" are one */
    WN_TOKEN_QUOTE,  /* a quotation mark that is not an apostrophe */
    WN_TOKEN_SYMBOL  /* $ % and the like */
} wn_token_kind;

/* wn_token.flags */
enum {
    WN_TOKEN_CAPITAL = 1, /* starts with an upper-case letter */
    WN_TOKEN_ALLCAPS = 2,
    WN_TOKEN_SPACE_BEFORE = 4,
    WN_TOKEN_LINE_START = 8, /* first of its line */
    WN_TOKEN_SENTENCE_START = 16
};

/* Parts of speech: the Penn tags, with those joined that are seldom told apart rightly. */
typedef enum wn_tag {
    WN_TAG_PUNCT,
    WN_TAG_SYMBOL,
    WN_TAG_CD,
    WN_TAG_NN,
    WN_TAG_NNP,
    WN_TAG_PRP,
    WN_TAG_PRPS,
    WN_TAG_DT,
    WN_TAG_JJ,
    WN_TAG_RB,
    WN_TAG_IN,
    WN_TAG_TO,
    WN_TAG_MD,
    WN_TAG_VB,
    WN_TAG_VBP,
    WN_TAG_VBZ,
    WN_TAG_VBD,
    WN_TAG_VBN,
    WN_TAG_VBG,
    WN_TAG_CC,
    WN_TAG_WH,
    WN_TAG_EX,
    WN_TAG_POS,
    WN_TAG_RP,
    WN_TAG_UH,
    WN_TAGS
} wn_tag;

typedef struct wn_extent {
    uint32_t start, end;
} wn_extent;

typedef struct wn_token {
    uint32_t start, end;
    uint32_t sentence; /* index */
    uint32_t hash;     /* wn_word_hash of a word; 0: another kind of token */
    uint8_t kind;      /* wn_token_kind */
    uint8_t flags;
    uint16_t reserved;
} wn_token;

/* outer includes the marks, inner does not */
typedef struct wn_quotation {
    wn_extent outer, inner;
    int32_t parent; /* index of the quotation around it, or -1 */
    /* 1: no closing mark before the paragraph's end; it may go on in the next */
    uint32_t open_ended;
} wn_quotation;

/* Sentences do not cross paragraphs and do not end inside a quotation unless the quotation holds
 * whole sentences. All lists ascend. */
typedef struct wn_analysis {
    const wn_token *token;
    size_t n_tokens;
    const wn_extent *sentence;
    size_t n_sentences;
    /* the layer `paragraph`; without one, blank lines divide, and line ends where lines are long */
    const wn_extent *paragraph;
    size_t n_paragraphs;
    const wn_quotation *quotation;
    size_t n_quotations;
    const uint8_t *tag; /* wn_tag of each token; NULL unless asked for (WN_ANALYSE_TAGS) */
    const void *reserved[4];
} wn_analysis;

/* ---- Words without case ---- */

/* The letter of two bytes in lower case: Latin-1, Greek, Cyrillic. */
static inline void wn_fold_pair(const unsigned char *in, unsigned char *out)
{
    unsigned c = (unsigned)(in[0] & 0x1F) << 6 | (in[1] & 0x3Fu);
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
        (c >= 0x410 && c <= 0x42F))
        c += 0x20;
    else if (c >= 0x400 && c <= 0x40F)
        c += 0x50;
    out[0] = (unsigned char)(0xC0 | c >> 6);
    out[1] = (unsigned char)(0x80 | (c & 0x3F));
}

/* Lower case of ASCII and of the letters above, of the same length; at most cap bytes are written.
 * Returns how many. */
static inline size_t wn_fold(const char *word, size_t len, char *out, size_t cap)
{
    size_t n = len < cap ? len : cap;
    for (size_t i = 0; i < n; i++) {
        const unsigned char c = (unsigned char)word[i];
        if (c >= 0xC2 && c <= 0xDF && i + 1 < n && ((unsigned char)word[i + 1] & 0xC0) == 0x80) {
            const unsigned char pair[2] = {c, (unsigned char)word[i + 1]};
            unsigned char folded[2];
            wn_fold_pair(pair, folded);
            out[i++] = (char)folded[0];
            out[i] = (char)folded[1];
        } else {
            out[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
    }
    return n;
}

/* FNV-1a (Fowler, Noll, Vo), 32 bits, of the word in lower case, with ' for its typographic form:
 * what a list of words is keyed by to be asked with wn_token.hash. Two words may have one hash.
 * Never 0. */
static inline uint32_t wn_word_hash(const char *word, size_t len)
{
    uint32_t h = UINT32_C(2166136261);
    for (size_t i = 0; i < len; i++) {
        unsigned char one[2] = {(unsigned char)word[i], 0};
        size_t n = 1;
        if (one[0] == 0xE2 && len - i >= 3 && (unsigned char)word[i + 1] == 0x80 &&
            (unsigned char)word[i + 2] == 0x99) {
            one[0] = '\'';
            i += 2;
        } else if (one[0] >= 0xC2 && one[0] <= 0xDF && i + 1 < len &&
                   ((unsigned char)word[i + 1] & 0xC0) == 0x80) {
            const unsigned char pair[2] = {one[0], (unsigned char)word[++i]};
            wn_fold_pair(pair, one);
            n = 2;
        } else if (one[0] >= 'A' && one[0] <= 'Z') {
            one[0] = (unsigned char)(one[0] + 32);
        }
        for (size_t k = 0; k < n; k++)
            h = (h ^ one[k]) * UINT32_C(16777619);
    }
    return h != 0 ? h : 1;
}

#ifdef __cplusplus
}
#endif
#endif
