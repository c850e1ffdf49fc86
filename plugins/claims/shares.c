/* shares.c: shares of a whole ("three out of four", "two thirds", "half of"), fractions of a unit
 * ("half a million") and multiples. The words of fractions mean many other things, a quarter of a
 * year, a third man, half past: a share wants around it what shares have. */
#include "claims/amounts.h"
#include "common/ascii.h"

/* ---- The words of a fraction ---- */

typedef enum fraction_kind {
    NO_FRACTION,
    HALF,    /* "half" */
    OPEN,    /* may be something else: "a third", "one third", "three quarters" */
    CERTAIN, /* "two thirds", "one-third" */
} fraction_kind;

static share fraction(const reading *r, uint32_t first, double value, const piece *word)
{
    return (share){.first = first,
                   .x = {.value = value,
                         .units = value,
                         .divisor = 1,
                         .place = 0.1,
                         .scale = 1,
                         .last_scale = 1,
                         .written = true},
                   .after = piece_after(r, word)};
}

/* "thirds" after "two" */
static fraction_kind counted_fraction(const reading *r, const piece *p, share *ret)
{
    number x;
    if (number_at(r, p, false, &x) != NUMBER || x.scale > 1)
        return NO_FRACTION;
    const piece *word = &x.after;
    const bool one = x.value <= 1;
    if (!means(word, one ? MEASURE_SHARE : MEASURE_SHARES) || x.value * word->word->number >= 1)
        return NO_FRACTION;
    *ret = fraction(r, p->token, x.value * word->word->number, word);
    return word->joint == HYPHENED || (!one && !means(word, MEASURE_TIME)) ? CERTAIN : OPEN;
}

static fraction_kind fraction_at(const reading *r, const piece *p, share *ret)
{
    piece second = piece_after(r, p);
    if (means(p, MEASURE_HALF)) {
        *ret = fraction(r, p->token, p->word->number, p);
        return HALF;
    }
    if (means(p, MEASURE_ARTICLE) && means(&second, MEASURE_SHARE)) {
        *ret = fraction(r, p->token, second.word->number, &second);
        return OPEN;
    }
    return counted_fraction(r, p, ret);
}

/* ---- What stands around it ---- */

static bool before_is(const reading *r, uint32_t token, measure_list list)
{
    uint32_t first;
    return phrase_before(r, token, list, &first) != NULL;
}

static bool tagged(const reading *r, const piece *p, uint32_t tags)
{
    return p->token < r->last && p->joint == APART && tag_in(r->s, p->token, tags);
}

/* Does the chunk that holds the token end with a time: "years", "the season"? */
static bool ends_in_time(const reading *r, uint32_t token)
{
    const uint32_t end = r->s->chunk_last[token];
    const piece noun = piece_at(r, end > token ? end - 1 : token);
    return means(&noun, MEASURE_TIME);
}

/* "of the voters"; not "of a century", "of 2019" */
static bool of_whole(const reading *r, const piece *of)
{
    piece whole = piece_after(r, of);
    amount year;
    return means(of, MEASURE_OF) && whole.token < r->last && !ends_in_time(r, whole.token) &&
           (amount_at(r, &whole, true, &year) != NUMBER || !amount_is_year(r, &year));
}

/* "fell by a third", "nearly a quarter", "a third fewer"; not "about a third man", "nearly a
 * quarter to five". */
static bool measured_by(const reading *r, const share *f)
{
    if (means(&f->after, MEASURE_COMPARED))
        return true;
    if (tagged(r, &f->after, TAGS_NOUN) && !in_list(r->s, f->after.token, LIST_SAID))
        return false;
    return before_is(r, f->first, MEASURE_BY) || before_is(r, f->first, MEASURE_CHANGE) ||
           (before_is(r, f->first, MEASURE_QUALIFIER) && !means(&f->after, MEASURE_CLOCK));
}

/* "half the voters", "half of"; not "the second half of", "half an hour" */
static bool half_of_whole(const reading *r, const share *f)
{
    enum {
        BEFORE = 1 << WN_TAG_DT | 1 << WN_TAG_JJ | 1 << WN_TAG_PRPS | 1 << WN_TAG_POS,
        WHOLE = 1 << WN_TAG_DT | 1 << WN_TAG_PRPS,
    };
    const bool before = f->first > r->first && tag_in(r->s, f->first - 1, BEFORE);
    if (f->after.joint != APART || (before && !before_is(r, f->first, MEASURE_QUALIFIER)))
        return false; /* "half-full" */
    if (tagged(r, &f->after, WHOLE))
        return !means(&f->after, MEASURE_ARTICLE) && !ends_in_time(r, f->after.token);
    return of_whole(r, &f->after) || measured_by(r, f);
}

static bool stands_as_share(const reading *r, fraction_kind kind, const share *f)
{
    if (kind == HALF)
        return half_of_whole(r, f);
    if (means(&f->after, MEASURE_OF))
        return of_whole(r, &f->after);
    return kind == CERTAIN || (kind == OPEN && measured_by(r, f));
}

/* "2/3 of" */
static bool in_figures(const reading *r, const piece *p, share *ret)
{
    enum { MOST = 100 };
    const char *at = r->s->text + p->start, *end = r->s->text + p->end;
    unsigned part = 0, all = 0;
    for (; at < end && ascii_digit(*at) && part < MOST; at++)
        part = part * 10 + (unsigned)(*at - '0');
    if (at == end || *at != '/')
        return false;
    for (at++; at < end && ascii_digit(*at) && all < MOST; at++)
        all = all * 10 + (unsigned)(*at - '0');
    if (at != end || part == 0 || part >= all || all > MOST)
        return false;
    *ret = fraction(r, p->token, (double)part / all, p);
    return of_whole(r, &ret->after);
}

/* ---- So many of so many ---- */

typedef enum joining { NOT_JOINED, OUT_OF, IN, OF } joining;

/* "out of", "in", "of" between the part and the whole, which starts at ret */
static joining joined(const reading *r, const piece *p, piece *ret)
{
    if (phrase_at(r, p, MEASURE_OUT_OF, ret) != NULL)
        return OUT_OF;
    if (phrase_at(r, p, MEASURE_IN, ret) != NULL)
        return IN;
    *ret = piece_after(r, p);
    return means(p, MEASURE_OF) ? OF : NOT_JOINED;
}

/* Are they a share? After "in" a whole is a small one or a round one: "nine in ten", not "20 in 30
 * games"; after "of" ten or a hundred: "eight of 10", not "one of six ships". */
static bool are_share(joining by, double part, double all)
{
    enum { SMALL = 10, ROUND = 100 };
    if (part <= 0 || part > all || all <= 1)
        return false;
    const bool round = all == SMALL || all == ROUND;
    switch (by) {
    case OUT_OF: return true;
    case IN:
        return part < all && part <= SMALL &&
               (all <= SMALL || part <= 1 || (int64_t)all % ROUND == 0);
    default: return part > 1 && round;
    }
}

/* Does the number count a time: "one in [five years]"? */
static bool counts_time(const reading *r, const amount *a)
{
    const uint32_t i = a->after.token;
    return a->after.joint == APART && i < r->last && r->s->chunk_last[i - 1] > i &&
           ends_in_time(r, i);
}

/* Are the part and the amount at p, which `by` joins, a share? Not with "five years", "2019". */
static bool with_whole(const reading *r, joining by, const piece *p, double part, share *ret)
{
    const double most = 1e9, no_year = 1000;
    amount all;
    if (by == NOT_JOINED || amount_at(r, p, true, &all) != NUMBER)
        return false;
    ret->x.value = part / all.x.value;
    ret->after = all.after;
    return all.unit == NULL && all.x.value <= most && !counts_time(r, &all) &&
           (!amount_is_year(r, &all) || all.x.value <= no_year) && are_share(by, part, all.x.value);
}

/* "one [nurse] in five": the noun behind the part; not "three people in two attacks" */
static bool over_noun(const reading *r, const number *part, share *ret)
{
    const uint32_t i = part->after.token;
    piece at;
    if (part->after.joint != APART || i >= r->last || r->s->chunk_first[i] == i ||
        r->s->chunk_last[i] <= i || r->s->tag[r->s->chunk_last[i] - 1] != WN_TAG_NN)
        return false;
    ret->head = (range){i, r->s->chunk_last[i]};
    const piece join = piece_at(r, ret->head.last);
    const joining by = joined(r, &join, &at);
    if (by == OF || !with_whole(r, by, &at, part->value, ret))
        return false;
    const uint32_t end = piece_limit(&ret->after);
    return by == OUT_OF || end >= r->last || r->s->chunk_last[end - 1] <= end;
}

/* "three out of four nurses", "one in five" */
static bool part_of(const reading *r, const piece *p, share *ret)
{
    number part;
    piece at;
    if (number_at(r, p, false, &part) != NUMBER)
        return false;
    *ret = (share){.first = p->token, .x = part};
    const joining by = joined(r, &part.after, &at);
    return with_whole(r, by, &at, part.value, ret) ||
           (by == NOT_JOINED && over_noun(r, &part, ret));
}

bool share_at(const reading *r, const piece *p, share *ret)
{
    const fraction_kind kind = fraction_at(r, p, ret);
    if (kind != NO_FRACTION)
        return stands_as_share(r, kind, ret);
    return in_figures(r, p, ret) || part_of(r, p, ret);
}

/* "half a [million]", "a quarter of a [mile]", "half of 1 [percent]", "half-[mile]" */
static bool of_one_unit(const reading *r, fraction_kind kind, piece *p)
{
    piece after;
    number one;
    const bool of = means(p, MEASURE_OF);
    if (of)
        *p = piece_after(r, p);
    if (means(p, MEASURE_ARTICLE))
        *p = piece_after(r, p);
    else if (of && number_at(r, p, false, &one) == NUMBER && one.value <= 1 && one.scale <= 1)
        *p = one.after;
    else if (of || kind != HALF)
        return false;
    return means(p, MEASURE_MAGNITUDE) || phrase_at(r, p, MEASURE_UNIT, &after) != NULL;
}

bool share_as_amount(const reading *r, const piece *p, amount *ret)
{
    share f;
    const fraction_kind kind = fraction_at(r, p, &f);
    if (kind == NO_FRACTION || !of_one_unit(r, kind, &f.after))
        return false;
    *ret = (amount){.first = p->token, .start = p->token, .x = f.x};
    ret->x.after = f.after;
    take_magnitudes(r, &ret->x);
    ret->after = ret->x.after;
    amount_take_unit(r, ret);
    return true;
}

/* ---- Multiples ---- */

/* "as many", "higher", "the size", or "a week"; not "as mayor", "that year" */
static bool is_compared(const reading *r, const piece *p)
{
    enum { DEGREE = 1 << WN_TAG_JJ | 1 << WN_TAG_RB };
    piece next = piece_after(r, p), after;
    rate per;
    if (means(p, MEASURE_AS))
        return tagged(r, &next, DEGREE);
    if (means(p, MEASURE_TIMES_OF))
        return !ends_in_time(r, p->token);
    return means(p, MEASURE_COMPARED) || rate_at(r, p, &per, &after);
}

static share multiple(const reading *r, uint32_t first, double value, const piece *word)
{
    share m = fraction(r, first, value, word);
    m.x.place = value < 1 ? 0.1 : 1;
    m.times = true;
    return m;
}

/* "three times", "10-fold" */
static bool counted_multiple(const reading *r, const piece *p, share *ret)
{
    number x;
    if (number_at(r, p, true, &x) != NUMBER)
        return false;
    *ret = (share){.first = p->token, .x = x, .times = true, .after = piece_after(r, &x.after)};
    return means(&x.after, MEASURE_FOLD) ||
           (means(&x.after, MEASURE_TIMES) && is_compared(r, &ret->after));
}

/* "twice as many", "will double" */
static bool multiplies(const reading *r, const piece *p, const piece *after)
{
    return is_compared(r, after) ||
           (tagged(r, p, 1 << WN_TAG_VB | 1 << WN_TAG_VBP | 1 << WN_TAG_VBZ | 1 << WN_TAG_VBG) &&
            !tagged(r, after, 1 << WN_TAG_RP | TAGS_NOUN));
}

bool multiple_at(const reading *r, const piece *p, share *ret)
{
    *ret = multiple(r, p->token, p->word->number, p);
    if (means(p, MEASURE_MULTIPLE))
        return true;
    if (means(p, MEASURE_MULTIPLE_OF))
        return multiplies(r, p, &ret->after);
    if (fraction_at(r, p, ret) != NO_FRACTION) {
        ret->times = true;
        return means(&ret->after, MEASURE_AS) && is_compared(r, &ret->after);
    }
    return counted_multiple(r, p, ret);
}
