/* content.h: where the content of a claim starts and ends. Pure; positions are token indexes,
 * half-open, within the sentence [first, last) last given to syntax_sentence. */
#ifndef PLUGINS_CLAIMS_CONTENT_H
#define PLUGINS_CLAIMS_CONTENT_H
#include "claims/syntax.h"

/* The content to the right of a cue: `from` is the token after it, `last` the sentence's end.
 * Empty: none. ret_addressee gets the person addressed between cue and content, or an empty
 * range. */
range content_right(const syntax *s, size_t group, const cue *c, uint32_t from, uint32_t first,
                    uint32_t last, range *ret_addressee);

/* Content that starts at `start`: up to the end of its clause. group: the cue's, or n_groups for
 * none. */
range content_until(const syntax *s, size_t group, uint32_t start, uint32_t first, uint32_t last);

/* Without the marks around that belong to the sentence. */
range content_trim(const syntax *s, range r);
#endif
