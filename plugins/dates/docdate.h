/* docdate.h: the date of the document itself: from metadata, from a header or dateline of the text,
 * from the address, or only bounds. Never a guess, never today. */
#ifndef DATES_DOCDATE_H
#define DATES_DOCDATE_H
#include "resolve.h"

enum { FROM_NOTHING, FROM_METADATA, FROM_HEADER, FROM_DATELINE, FROM_URL };

typedef struct docdate_input {
    const char *published, *captured, *url; /* terminated, or NULL */
    const char *text;
    uint32_t len;
    bool read_text, read_url; /* may the text's head and the address tell it? */
} docdate_input;

typedef struct docdate {
    int status; /* STATUS_RESOLVED or STATUS_OPEN */
    int from;
    int64_t day;
    char value[40];      /* with the time, when the metadata tell it */
    uint32_t start, end; /* of the words, when read from the text */
    bool has_not_before, has_not_after;
    int64_t not_before, not_after;
    const char *reason; /* static, when open */
} docdate;

/* `scratch` is used for the metadata, and holds nothing afterwards. false: out of memory, or the
 * pulse of `found` says to stop. */
bool docdate_find(const date_rules *rules, const docdate_input *in, const matches *found,
                  int numeric_order, matches *scratch, docdate *ret);
const char *docdate_from_name(int from); /* "metadata" ...; NULL for FROM_NOTHING; static */
#endif
