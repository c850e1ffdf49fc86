/* silence.c: what was not said: no comment, no answer. */
#include "claims/extract_internal.h"
#include <string.h>

static bool silent_word_follows(const syntax *s, uint32_t i, uint32_t last)
{
    for (uint32_t k = i; k < last && k < i + 4; k++)
        if (in_list(s, k, LIST_SILENCE))
            return true;
    return false;
}

/* "if a brand does not respond" */
static bool supposed(const extractor *x, const verb_group *g)
{
    return g->subject.first > x->first && word_among(x->s, g->subject.first - 1, "if unless");
}

/* "declined to comment" */
static bool refused(const extractor *x, const verb_group *g, const cue *c)
{
    return c != NULL && c->class == CUE_SILENCE && g->last < x->last &&
           word_is(x->s, g->last, "to") && silent_word_follows(x->s, g->last + 1, x->last);
}

/* "did not respond": not "it does not say", "he cannot comment", "does not speak for". */
static bool unanswered(const extractor *x, const verb_group *g)
{
    const syntax *s = x->s;
    if (!g->negated || !g->finite || g->relative || !in_list(s, g->main, LIST_SILENCE) ||
        word_among(s, g->subject.first, "i you we it that") ||
        word_among(s, g->first, "can ca should"))
        return false;
    return !word_is(s, g->main, "speak") || g->last >= x->last || !word_is(s, g->last, "for");
}

/* "did not return calls" */
static bool unreturned(const extractor *x, const verb_group *g)
{
    return g->negated && word_among(x->s, g->main, "return returned") && g->last + 1 < x->last &&
           !range_empty(noun_phrase_right(x->s, g->last, x->last));
}

/* "could not be reached for comment", "was unavailable for an interview" */
static bool unreached(const extractor *x, const verb_group *g)
{
    const syntax *s = x->s;
    uint32_t end = g->last;
    if (!word_is(s, g->main, "reached") &&
        (end >= x->last || !word_among(s, end, "available unavailable")))
        return false;
    for (uint32_t k = end; k + 1 < x->last && k < end + 4; k++)
        if (word_is(s, k, "for") && in_list(s, k + 1, LIST_UNAVAILABLE))
            return true;
    return false;
}

bool silent(const extractor *x, const verb_group *g, const cue *c, claim *ret)
{
    if (range_empty(g->subject) || supposed(x, g))
        return false;
    bool refusal = refused(x, g, c);
    if (!refusal && !unanswered(x, g) && !unreturned(x, g) && !unreached(x, g))
        return false;
    uint32_t end = refusal ? g->last + 2 : g->last;
    *ret = (claim){.type = CLAIM_NO_COMMENT,
                   .class = CUE_STATEMENT,
                   .rule = "no_comment",
                   .lemma = c != NULL ? c->lemma : "comment",
                   .source = g->subject,
                   .head = g->main,
                   .cue = {g->first, end < x->last ? end : x->last},
                   .parent = -1};
    return true;
}

bool left_open(const syntax *s, const verb_group *g, const cue *c)
{
    if (!g->negated || c->class != CUE_STATEMENT)
        return false;
    return c->denies || (lexicon_look_up(s->lexicon, c->lemma, strlen(c->lemma)).lists &
                         LIST_BIT(LIST_SILENCE)) != 0;
}
