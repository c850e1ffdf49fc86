/* match.h: finds expressions in a text by the rules, level by level: results of a level are items
 * of the next. Works through the text in chunks (up to a blank line), so that memory and look-ahead
 * stay small; every position costs a bounded number of steps. */
#ifndef DATES_MATCH_H
#define DATES_MATCH_H
#include <winnow/pulse.h>
#include "rules.h"

enum {
    ITEM_SPACE = 1,
    ITEM_CAP = 2,
    ITEM_CAPS = 4,
    ITEM_LINE = 8,
    ITEM_HOT = 16,
    ITEM_NEWLINE = 32,
    ITEM_RESULT = 64
};
enum { KIND_WORD, KIND_INT, KIND_MARK, KIND_ATOM };

typedef struct item {
    uint64_t mask;       /* bit per class it is in */
    uint32_t start, end; /* bytes of the text */
    int32_t value;       /* INT: the number; atom: its index */
    int32_t word;        /* id, or -1 */
    uint8_t kind, flags, len /* digits */;
} item;

/* what a rule made */
typedef struct atom {
    uint32_t start, end;
    uint16_t rule;
    uint8_t cls;
    int8_t tense; /* of the clause around; reported atoms only */
    frame f;
} atom;

/* An atom that is reported, or a side of one; of its frame the fields that are set: a page of dates
 * has very many. */
typedef struct kept_atom {
    uint32_t start, end;
    uint32_t values; /* index of the first of them */
    uint16_t rule;
    uint8_t cls;
    int8_t tense;
    uint64_t set;
} kept_atom;

typedef struct matches {
    list items, atoms; /* of the current chunk */
    list kept, values; /* kept_atom of the whole text; int32_t: their fields */
    list found;        /* uint32_t: those to report, in order of the text */
    uint32_t given_up; /* positions where the step limit was reached */
    wn_pulse *pulse;   /* NULL: never asked */
} matches;

/* Find everything in text[0, len), len < 4 GiB. `sentence_end` are n ascending ends of sentences
 * (NULL, 0: by full stops). `out` was cleared before. false: out of memory, or the pulse says to
 * stop. */
bool date_match(const date_rules *rules, const char *text, uint32_t len,
                const uint32_t *sentence_end, size_t n, matches *out);
void matches_clear(matches *m);   /* empty, memory kept */
void matches_release(matches *m); /* zeros again, the pulse too */

/* scan.c: the items of the next chunk, in place of those in the list; returns where it ends, and
 * whether a trigger was in it. Text is cut at blank lines, or after CHUNK_MAX items. UINT32_MAX:
 * out of memory. */
uint32_t date_scan(const date_rules *rules, const char *text, uint32_t at, uint32_t len,
                   list *items, bool *ret_hot);

/* tense.c: the tense (enum tense) of the clause around item `at` of items[0, n). */
int date_tense(const date_rules *rules, const char *text, const item *items, size_t n, size_t at,
               const uint32_t *sentence_end, size_t n_sentences);

/* An atom of the current chunk. */
static inline const atom *chunk_atom(const matches *m, size_t i)
{
    return (const atom *)m->atoms.item + i;
}

/* The kept atom of that index (found holds indexes); F_a and F_b of a range are indexes, too. */
atom match_atom(const matches *m, size_t index);
#endif
