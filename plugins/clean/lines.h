/* lines.h: already extracted, noisy text: what is not the article goes, line by line, and what such
 * lines say (title, byline, dateline, credit) becomes metadata. Knows no plugin type. When in doubt
 * a line stays. */
#ifndef PLUGINS_CLEAN_LINES_H
#define PLUGINS_CLEAN_LINES_H
#include "clean/result.h"
#include "clean/rules.h"

/* What is known of the document already; any may be NULL. */
typedef struct lines_known {
    const char *title, *author, *publisher;
} lines_known;

/* A line of the text, or the lines of a paragraph of text that was wrapped at a width. */
typedef struct text_unit {
    size_t start, end; /* without blanks at the ends */
    size_t from, to;   /* what stays of it: within start and end */
    uint16_t words;
    uint16_t long_words, capitals; /* words of four letters or more; those with a capital */
    uint8_t level;                 /* of a markdown heading, 0: none */
    /* ends with a full stop, question or exclamation mark, also inside a quotation or bracket */
    bool stop;
    bool full_stop; /* ends with a full stop */
    bool gap;       /* an empty line stands before it */
    bool list;      /* begins with a bullet or a number */
    bool cut;       /* the unit goes */
} text_unit;

typedef struct line_cleaner {
    text_unit *unit;
    size_t n_units, cap_units;
    size_t removed; /* of the last text: units that went */
} line_cleaner;

/* Edits and finds for the text into the cleared `r`. With `mark` also its blocks (rules may be
 * NULL: only they). false: out of memory, or the pulse of r says to stop. */
bool lines_clean(line_cleaner *c, const boiler_rules *rules, const char *text, size_t len,
                 const lines_known *known, bool mark, clean_result *r);
void lines_release(line_cleaner *c); /* zeros again */
void lines_trim(line_cleaner *c);    /* give back what only a text of very many lines needed */

/* units.c: the units of the text, in place of those of the text before. false: out of memory, or
 * the pulse (may be NULL) says to stop. */
bool units_split(line_cleaner *c, const char *text, size_t len, wn_pulse *owner);
/* a sentence at least: some length, and a stop */
bool unit_is_prose(const text_unit *u);
/* At most 30 words, and of the longer ones seven in ten with a capital. */
bool unit_is_title_case(const text_unit *u);
/* the next that stays after i; n_units: none */
size_t next_unit(const line_cleaner *c, size_t i);

/* head.c: title, subtitle, outlet, dateline, prefix date. tail.c: credits. They cut units, and add
 * finds to r (see r->oom); head_clean comes first, as the agency that it finds tells a credit. */
void head_clean(line_cleaner *c, const boiler_rules *rules, const char *text,
                const lines_known *known, clean_result *r);
void tail_clean(line_cleaner *c, const boiler_rules *rules, const char *text, clean_result *r);

/* dateline.c: a dateline at the start of text [start, end), "PLACE, date (Agency) - ": finds for
 * its parts, and the offset of the sentence behind it; `start` when there is none. A name in
 * brackets is an agency when it is not the known `publisher`, or when its words say so; without a
 * publisher (NULL) another name is the outlet's own. */
size_t dateline_read(const boiler_rules *rules, const char *publisher, const char *text,
                     size_t start, size_t end, clean_result *r);

/* Words in capitals as names are printed, "NEW YORK" to "New York"; words with stops and those of
 * two letters stay. `out` has room for end - start bytes; the bytes used. */
size_t capitals_to_name(const char *text, size_t start, size_t end, char *out);
/* Does the name end in a word of agencies ("... Wire")? Two words at least. */
bool names_wire(const boiler_rules *rules, const char *text, size_t start, size_t end);

/* Ranks of finds, see result.h. */
enum { RANK_LINE = 60, RANK_DATELINE = 65, RANK_OUTLET_LINE = 70, RANK_BIO = 50, RANK_PROMPT = 40 };
#endif
