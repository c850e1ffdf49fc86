/* proof.h: does text come from these raw bytes? Decides from the bytes alone (character set, JSON
 * escapes, HTML entities are decoded here anew), not from the map that the run kept. Pure. */
#ifndef CORE_CMD_PROOF_H
#define CORE_CMD_PROOF_H
#include "util/strbuf.h"

typedef enum proof {
    /* the raw bytes, one after the other, are the text (blanks between them aside) */
    PROOF_EXACT,
    PROOF_DECODED, /* so when decoded */
    PROOF_EDITED,  /* so, but for words that a stage put in the place of raw bytes */
    PROOF_APPROX,  /* some of the text has only a bound */
    PROOF_WRONG
} proof;

/* Text, which must be the text behind `ranges` of `raw`, as the text runs. A range of kind
 * WN_MAP_EXACT may be decoded too (writers join the two). `charset` may be NULL. What stands out
 * goes to `note` (cleared first): why it is wrong, or the edits as "raw bytes" -> "text". */
proof prove(wn_str text, wn_str raw, const wn_range *ranges, size_t n, const char *charset,
            strbuf *note);

/* "raw": [[s, e], [s, e, "edited"], ...] as ranges; at most cap are written. SIZE_MAX: not such a
 * list. */
size_t ranges_of_json(const json_t *list, wn_range *ret, size_t cap);
#endif
