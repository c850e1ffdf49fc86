/* extract_internal.h: what the walk over the sentences and the rules around a cue share. */
#ifndef PLUGINS_CLAIMS_EXTRACT_INTERNAL_H
#define PLUGINS_CLAIMS_EXTRACT_INTERNAL_H
#include "claims/extract.h"

typedef struct extractor {
    syntax *s;
    const extract_options *o;
    claim_list *out;
    uint32_t first, last;   /* the sentence */
    size_t sentence_claims; /* index of its first claim */
    int32_t speaking;       /* claim of the last quotation, -1: none */
    uint32_t speaking_paragraph, paragraph;
} extractor;

/* extract.c: is token i the opening or the closing mark of a quotation; does one open in r? */
bool quote_starts_at(const syntax *s, uint32_t i);
bool quote_ends_at(const syntax *s, uint32_t i);
bool holds_quotation(const syntax *s, range r);
bool add_content(claim *c, range r); /* false: empty, out of order, or one too many: left out */
/* Append the claim to x->out; false: out of memory. */
bool add_claim(extractor *x, claim c);

/* rules.c: can this noun phrase speak: a name, a person's pronoun, a role or a group? */
bool speaks(const syntax *s, range r);

/* bare.c: a claim without a word of saying, around the mark at token i: "Orr: “...”", "“...” - Ann
 * Orr". false: out of memory. */
bool try_mark(extractor *x, uint32_t i);
/* bare.c: "As X reported, ...", the claim of a sentence that begins so. false: out of memory. */
bool try_as(extractor *x);

/* silence.c: "declined to comment", "did not respond": does the group, of cue c or NULL, say that
 * its subject said nothing? ret gets the claim. */
bool silent(const extractor *x, const verb_group *g, const cue *c, claim *ret);

/* silence.c: "has not said who will pay", "would not rule out a tax": neither said nor denied. */
bool left_open(const syntax *s, const verb_group *g, const cue *c);

/* rules.c: what the lexicon knows of the verb at token i, with the particle that may follow it
 * before `last`; NULL: nothing. */
const cue *verb_cue(const syntax *s, uint32_t i, uint32_t last);

/* rules.c: add the claim around a verb group, if there is one. false: out of memory. */
bool try_group(extractor *x, size_t index);

/* nouns.c: the same around "according to" at token `at`, or a cue noun there. */
bool try_according(extractor *x, uint32_t at);
bool try_noun(extractor *x, uint32_t at);

/* rules.c: the words before a closing quotation mark or comma at `end`: what was said, to the left
 * of the cue. Empty: none. */
range quotation_left(const extractor *x, uint32_t end);
#endif
