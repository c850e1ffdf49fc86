/* ranges.c: "$3-4 million", "between 20 and 30 people"; and "from 10 to 15 percent", which is a
 * range where something lies and two values where something rises. */
#include "claims/amounts.h"
#include <string.h>

typedef enum joint { BY_DASH, BY_OPENER, BY_TO, BY_OR } joint;

static bool is_dash(const reading *r, const piece *p)
{
    const char *at = r->s->text + p->start;
    return p->token < r->last && p->joint == APART &&
           ((p->end - p->start == 1 && *at == '-') ||
            (p->end - p->start == 3 && memcmp(at, "\xE2\x80\x93", 3) == 0));
}

static bool touches_before(const reading *r, const piece *p)
{
    return (r->s->a->token[p->token].flags & WN_TOKEN_SPACE_BEFORE) == 0;
}

/* "-" right between two; ret_next: the second */
static bool dash_between(const reading *r, const piece *p, piece *ret_next)
{
    *ret_next = piece_after(r, p);
    return is_dash(r, p) && touches_before(r, p) && pieces_touch(p, ret_next) &&
           ret_next->token < r->last;
}

/* "between" or "from" before the amount, over a qualifier: "between about 20 and 30". NULL: there
 * is none. */
static const measure_word *opener_of(const reading *r, const amount *a, uint32_t *ret_first)
{
    uint32_t first;
    const measure_word *w = phrase_before(r, a->first, MEASURE_RANGE, ret_first);
    if (w == NULL && phrase_before(r, a->first, MEASURE_QUALIFIER, &first) != NULL)
        w = phrase_before(r, first, MEASURE_RANGE, ret_first);
    return w;
}

/* What joins a to the next amount, which starts at ret_b then. */
static bool joined(const reading *r, const amount *a, const measure_word *opener, piece *ret_b,
                   joint *ret)
{
    piece p = a->after;
    if (p.token >= r->last)
        return false;
    if (p.joint == HYPHENED && piece_digits(r, &p)) {
        *ret_b = p; /* "3m-4m" */
        *ret = BY_DASH;
        return true;
    }
    if (dash_between(r, &p, ret_b)) {
        *ret = BY_DASH;
        return true;
    }
    if (opener != NULL && word_is(r->s, p.token, opener->name))
        *ret = BY_OPENER;
    else if (means(&p, MEASURE_RANGE_TO))
        *ret = BY_TO;
    else if (means(&p, MEASURE_RANGE_OR))
        *ret = BY_OR;
    else
        return false;
    return true;
}

static bool same_unit(const amount *a, const amount *b)
{
    return strcmp(a->unit->name, b->unit->name) == 0;
}

/* "4 million", "5 people": does it count something? */
static bool has_noun(const reading *r, const amount *b)
{
    const uint32_t i = b->after.token;
    return b->after.joint == APART && i < r->last && r->s->chunk_last[i - 1] > i;
}

/* Does b's unit, or none, go with a's? "$3 to 5 people" is no range. */
static bool units_fit(const reading *r, const amount *a, const amount *b, joint by)
{
    if (a->unit != NULL && b->unit != NULL)
        return same_unit(a, b);
    if (a->unit == NULL)
        return !b->sign;
    return a->sign && (by == BY_DASH || by == BY_OPENER || !has_noun(r, b) ||
                       (a->x.scale <= 1 && b->x.scale > 1));
}

static void lend(amount *a, double by)
{
    a->x.value *= by;
    a->x.place *= by;
}

/* "3" in "$3-4 million" is 3 million, in "one to two hundred thousand" a hundred thousand; but 900
 * in "900 to 1.2 million" is what it is. */
static void lend_magnitude(amount *a, const amount *b)
{
    if (a->x.scale <= 1 && a->x.value * b->x.scale < b->x.value)
        lend(a, b->x.scale);
    else if (a->x.scale <= 1 && a->x.value * b->x.last_scale < b->x.value)
        lend(a, b->x.last_scale);
}

/* A fall has the larger value first, so the sizes tell: "from 5 to 3 million", "from 900 to 1.2
 * million". */
static void lend_over_change(amount *a, const amount *b)
{
    enum { FAR = 100 };
    const double lent = a->x.value * b->x.scale;
    if (a->x.scale <= 1 && lent < b->x.value * FAR && lent * FAR > b->x.value)
        lend(a, b->x.scale);
}

/* A word of the list before the token; not over another verb: "after the rise tickets cost
 * from". */
static bool told_before(const reading *r, uint32_t token, measure_list list)
{
    enum { REACH = 12, VERBS = 1 << WN_TAG_VBD | 1 << WN_TAG_VBZ | 1 << WN_TAG_VBP };
    uint32_t first;
    for (uint32_t i = token; i > r->first && token - i < REACH; i--) {
        if (phrase_before(r, i, list, &first) != NULL)
            return true;
        if (tag_in(r->s, i - 1, VERBS))
            return false;
    }
    return false;
}

/* "555-123-4567" */
static bool goes_on(const reading *r, const amount *b)
{
    piece p = b->after, next;
    return (p.joint == HYPHENED && piece_digits(r, &p)) ||
           (p.token < r->last && dash_between(r, &p, &next) && piece_digits(r, &next));
}

static bool ascends(const reading *r, const amount *a, const amount *b, joint by)
{
    const bool near = by != BY_OR || b->x.value <= 2 * a->x.value + 1; /* "20 or 30" */
    const bool years = b->unit == NULL && amount_is_year(r, a) && amount_is_year(r, b);
    return a->x.value < b->x.value && near && !years;
}

/* From here on both have one unit, the one that is told. */
static void share_unit(amount *a, amount *b)
{
    if (b->unit == NULL)
        b->unit = a->unit, b->sign = a->sign;
    if (a->unit == NULL)
        a->unit = b->unit;
}

/* "from 10 to 15 percent" of what rises, or falls */
static bool changes(const reading *r, const amount *a, const amount *b, uint32_t opened)
{
    return means(&a->after, MEASURE_RANGE_TO) &&
           (told_before(r, opened, MEASURE_CHANGE) || a->x.value > b->x.value);
}

range_found range_at(const reading *r, amount *a, amount *ret_b, uint32_t *ret_first)
{
    piece at;
    joint by;
    uint32_t opened = a->first;
    const measure_word *opener = opener_of(r, a, &opened);
    if (!joined(r, a, opener, &at, &by) || amount_at(r, &at, true, ret_b) != NUMBER)
        return NO_RANGE;
    const range_found none = by == BY_DASH ? NO_AMOUNT : NO_RANGE;
    if (!units_fit(r, a, ret_b, by) || (by == BY_DASH && goes_on(r, ret_b)))
        return none;
    if (by == BY_OPENER && changes(r, a, ret_b, opened)) {
        lend_over_change(a, ret_b);
        share_unit(a, ret_b);
        return CHANGE;
    }
    if (by == BY_TO && told_before(r, a->first, MEASURE_CONTEST))
        return NO_RANGE;
    amount low = *a;
    lend_magnitude(&low, ret_b);
    if (!ascends(r, &low, ret_b, by))
        return none;
    *a = low;
    share_unit(a, ret_b);
    *ret_first = by == BY_OPENER ? opened : a->first;
    return RANGE;
}
