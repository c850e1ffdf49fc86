/* syntax_internal.h: what the files that read a sentence share. */
#ifndef PLUGINS_CLAIMS_SYNTAX_INTERNAL_H
#define PLUGINS_CLAIMS_SYNTAX_INTERNAL_H
#include "claims/syntax.h"

/* quick.c: for an analysis without tags: is the sentence worth them; set them. */
bool may_attribute(const syntax *s, uint32_t first, uint32_t last);
void quick_tags(syntax *s, uint32_t first, uint32_t last);

/* tags.c: correct the tags of the sentence that is tokens [first, last), before it is chunked. */
void correct_tags(syntax *s, uint32_t first, uint32_t last);
#endif
