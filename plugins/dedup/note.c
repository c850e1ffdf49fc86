/* note.c: see note.h: which copy is the origin. */
#include "dedup/note.h"

#include <string.h>

int note_rank(const note_head *a, const note_head *b)
{
    if (a->is_wire != b->is_wire)
        return a->is_wire ? -1 : 1;
    bool a_dated = a->published[0] != 0, b_dated = b->published[0] != 0;
    if (a_dated != b_dated)
        return a_dated ? -1 : 1;
    return memcmp(a->published, b->published, sizeof a->published);
}
