/* amounts.c: a number with what says of what: a sign before it, or a unit behind. */
#include "claims/amounts.h"
#include <string.h>

static bool has_flag(const reading *r, uint32_t i, unsigned flag)
{
    return (r->s->a->token[i].flags & flag) != 0;
}

/* "US$", "A$": whose dollars, told by the word that the sign is joined to. */
static void take_nation(const reading *r, amount *a)
{
    if (a->first == r->first || has_flag(r, a->first, WN_TOKEN_SPACE_BEFORE))
        return;
    piece nation = piece_at(r, a->first - 1);
    if (!means(&nation, MEASURE_NATION))
        return;
    a->unit = nation.word;
    a->first--;
}

/* "CHF 300" */
static void take_code_before(const reading *r, amount *a)
{
    if (a->first <= r->first || a->first <= r->taken || a->x.written ||
        !has_flag(r, a->first - 1, WN_TOKEN_CAPITAL))
        return;
    piece code = piece_at(r, a->first - 1);
    if (!means(&code, MEASURE_CURRENCY))
        return;
    a->unit = code.word;
    a->sign = true;
    a->first--;
}

number_found amount_at(const reading *r, const piece *p, bool with_and, amount *ret)
{
    *ret = (amount){.first = p->token};
    piece at = *p;
    if (means(p, MEASURE_SIGN)) {
        at = piece_after(r, p);
        if (!piece_digits(r, &at))
            return NO_NUMBER;
        ret->unit = p->word;
        ret->sign = true;
        take_nation(r, ret);
    }
    ret->start = at.token;
    const number_found found = number_at(r, &at, with_and, &ret->x);
    ret->after = ret->x.after;
    if (found != NUMBER)
        return found;
    if (!ret->sign)
        take_code_before(r, ret);
    if (!ret->sign)
        amount_take_unit(r, ret);
    return NUMBER;
}

/* "Three Mile Island" */
static bool in_name(const reading *r, const amount *a, const piece *after)
{
    const uint32_t i = a->after.token;
    return a->x.written && after->joint == APART && has_flag(r, i, WN_TOKEN_CAPITAL) &&
           after->token < r->last && r->s->tag[after->token] == WN_TAG_NNP;
}

void amount_take_unit(const reading *r, amount *a)
{
    piece after;
    const measure_word *unit = phrase_at(r, &a->after, MEASURE_UNIT, &after);
    if (unit == NULL && means(&a->after, MEASURE_CURRENCY) &&
        (a->after.joint == JOINED || has_flag(r, a->after.token, WN_TOKEN_CAPITAL))) {
        unit = a->after.word;
        after = piece_after(r, &a->after);
    }
    if (unit == NULL || in_name(r, a, &after))
        return;
    a->unit = unit;
    a->after = after;
}

const char *amount_unit(const amount *a)
{
    const double large = 1e6;
    if (a->unit == NULL)
        return NULL;
    return a->x.value >= large && a->unit->large[0] != '\0' ? a->unit->large : a->unit->name;
}

bool amount_is_year(const reading *r, const amount *a)
{
    const wn_token *t = &r->s->a->token[a->start];
    return !a->x.written && a->x.value >= 1000 && a->x.value < 2100 && t->end - t->start == 4 &&
           piece_limit(&a->x.after) == a->start + 1;
}
