/* walk.h: from record to record through an input, also past damage. */
#ifndef PLUGINS_WARC_WALK_H
#define PLUGINS_WARC_WALK_H
#include "warc/record.h"
#include <winnow/plugin.h>

typedef enum walk_found {
    /* no record, or one that does not end where the file ends or the next record starts */
    WALK_NONE,
    WALK_RECORD,
    /* larger than the host lets us see: its end cannot be checked, so it is not relied upon */
    WALK_GIANT
} walk_found;

/* What starts here? The slices of the header are good until the next call of wn_input_*. */
walk_found walk_look(wn_input *in, warc_header *ret);
size_t walk_size(const warc_header *h); /* header and block, without the line ends behind */

/* Past line ends. WN_END: nothing follows them; or what the input says. */
wn_status walk_skip_newlines(wn_input *in, wn_error *err);

/* Move to the next line that starts like a record; `whole`: one that walk_look believes.
 * `line_start`: is here the start of a line? WN_END when there is none. */
wn_status walk_seek(wn_input *in, bool line_start, bool whole, wn_error *err);

/* One reject for what lies between here and the next record, damage or a giant of `length` bytes:
 * makes the first bytes the document's record and moves on. WN_E_DATA, of a giant WN_E_LIMIT; or
 * what the input says. */
wn_status walk_reject_damage(wn_input *in, wn_doc *doc, wn_error *err);
wn_status walk_reject_giant(wn_input *in, wn_doc *doc, uint64_t length, wn_error *err);
#endif
