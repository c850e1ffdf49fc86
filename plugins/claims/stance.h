/* stance.h: how the text holds that its source says the content: said, denied, never said, asked,
 * ... Only what is asserted, denied or hedged may be shown as said. */
#ifndef PLUGINS_CLAIMS_STANCE_H
#define PLUGINS_CLAIMS_STANCE_H
#include "claims/extract.h"

/* The stance of a claim whose cue lies in the sentence [first, last), the one last given to
 * syntax_sentence(). */
enum claim_stance stance_of(const syntax *s, const claim *c, uint32_t first, uint32_t last);
#endif
