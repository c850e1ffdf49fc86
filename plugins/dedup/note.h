/* note.h: what dedup remembers of a document between emit() and settle(): its shingles and what
 * decides which copy is the origin. Lives in the run's work files only; host byte order. */
#ifndef PLUGINS_DEDUP_NOTE_H
#define PLUGINS_DEDUP_NOTE_H
#include "dedup/shingle.h"

typedef struct note_head {
    uint64_t exact[2];
    uint32_t n_shingles;
    uint8_t is_wire;    /* credits an agency and names no other publisher: the agency's own copy */
    char published[10]; /* YYYY-MM-DD, or zeros: not known */
    uint8_t reserved;
} note_head;

typedef struct note {
    note_head head;
    const uint32_t *shingles;
} note;

/* Below 0: a is the better origin. The agency's own copy first, then dated ones, the earliest
 * first, then (by the caller) input order. */
int note_rank(const note_head *a, const note_head *b);
#endif
