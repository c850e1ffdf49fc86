/* rates.c: "a day", "per minute", "/hour" behind an amount. */
#include "claims/amounts.h"

/* The name of what is told at p, of the list of those. */
static bool named_rate(const reading *r, const piece *p, rate *ret, piece *ret_after)
{
    const measure_word *w = phrase_at(r, p, MEASURE_RATE_OF, ret_after);
    *ret = (rate){.name = w != NULL ? w->name : NULL};
    return w != NULL;
}

/* "100,000 births", "voter": any noun that follows "per". */
static bool told_rate(const reading *r, const piece *p, rate *ret, piece *ret_after)
{
    if (p->token >= r->last || p->joint != APART)
        return false;
    const uint32_t end = r->s->chunk_last[p->token];
    if (end <= p->token || !is_noun(r->s, end - 1))
        return false;
    *ret_after = piece_at(r, end);
    *ret = (rate){.words = {p->token, end}};
    return true;
}

/* Does the phrase that ends before `after` go on: "a day centre", "a year ago"? */
static bool goes_on(const reading *r, const piece *p, const piece *after)
{
    return means(after, MEASURE_NO_RATE) || (after->joint == APART && p->joint == APART &&
                                             r->s->chunk_last[p->token] > after->token);
}

static bool slash(const reading *r, const piece *p)
{
    return p->token < r->last && mark_is(r->s, p->token, '/') &&
           (r->s->a->token[p->token].flags & WN_TOKEN_SPACE_BEFORE) == 0;
}

bool rate_at(const reading *r, const piece *p, rate *ret, piece *ret_after)
{
    piece next = piece_after(r, p);
    if (p->token >= r->last)
        return false;
    if (means(p, MEASURE_PER))
        return named_rate(r, &next, ret, ret_after) || told_rate(r, &next, ret, ret_after);
    if (means(p, MEASURE_RATE) && (r->s->tag[p->token] == WN_TAG_RB ||
                                   r->s->chunk_last[p->token] == 0)) { /* not "daily papers" */
        *ret_after = next;
        *ret = (rate){.name = p->word->name};
        return true;
    }
    if (slash(r, p))
        return named_rate(r, &next, ret, ret_after);
    if (means(p, MEASURE_EACH) && (means(&next, MEASURE_NUMBER) || piece_digits(r, &next)))
        return told_rate(r, &next, ret, ret_after); /* "every three months" */
    if (!means(p, MEASURE_ARTICLE) && !means(p, MEASURE_EACH))
        return false;
    return named_rate(r, &next, ret, ret_after) && !goes_on(r, &next, ret_after);
}
