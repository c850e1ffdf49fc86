/* hints.h: what the words in class, id and role attributes say about an element; from
 * data/html.hints, where the format is described. */
#ifndef PLUGINS_CLEAN_HINTS_H
#define PLUGINS_CLEAN_HINTS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* order of the names in hints.c */
typedef enum html_hint {
    HINT_BODY,
    HINT_CONTENT,
    HINT_NAV,
    HINT_FOOTER,
    HINT_HEADER,
    HINT_ASIDE,
    HINT_COMMENT,
    HINT_SHARE,
    HINT_RELATED,
    HINT_PROMO,
    HINT_COOKIE,
    HINT_PAYWALL,
    HINT_BYLINE,
    HINT_DATE,
    HINT_CAPTION,
    HINT_TAGS,
    HINT_FORM,
    HINT_HIDDEN,
    HINT_TITLE,
    HINT_SUMMARY,
    HINT_MEDIA,
    HINT_TOC,
    HINT_PRODUCT,
    HINT_FORUM,
    HINT_COUNT
} html_hint;
#define HINT(h) (UINT32_C(1) << (h))

enum { HINT_SLOTS = 2048, HINT_WORD = 48 };

typedef struct html_hints {
    struct {
        char word[HINT_WORD]; /* words joined by '-', folded; empty: a free slot */
        uint32_t bits;
    } slot[HINT_SLOTS]; /* open addressing */
    size_t used;
} html_hints;

/* Read the data into zeroed hints. false: *ret_line is the bad line. */
bool hints_load(html_hints *h, const char *data, size_t len, int *ret_line);

/* The bits for the value of a class, id, role or itemprop attribute. */
uint32_t hints_match(const html_hints *h, const char *value);
#endif
