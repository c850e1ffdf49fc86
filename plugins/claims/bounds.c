/* bounds.c: what a number leaves open, by the last digit of it. Two sources that mean the same
 * should overlap, and two that do not should not. */
#include "claims/amounts.h"
#include <string.h>

/* Where its last digit stands that is no zero: 1e9 in "2 billion", 10 in "40". */
static double digit_place(const number *x)
{
    double place = x->place;
    for (int64_t n = (int64_t)(x->value / x->place + 0.5); n > 0 && n % 10 == 0; n /= 10)
        place *= 10;
    return place;
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

/* What rounds to the value: half a unit of the last digit. In round numbers ("2 billion", "40,000")
 * that is much, so it is a fortieth at most: who means 2.4 billion writes that. A count in full is
 * what it says. */
static double rounding(const quantity *q, const number *x)
{
    enum { PART = 40 };
    const double half = x != NULL ? x->place / 2 : 0.5, part = q->value / PART;
    if (x == NULL || x->place > 1) /* shares are told in small numbers, "one in 1,000" too */
        return least(half, part);
    return strcmp(q->unit, "count") == 0 ? 0 : half;
}

/* "about": a unit of the last digit that is no zero, but at most a tenth. */
static double vagueness(const number *x, double value, double round)
{
    const double tenth = value / 10, digit = x != NULL ? least(digit_place(x), tenth) : tenth;
    return digit > round ? digit : round;
}

/* "over": up to the next unit of that digit, but at least a quarter more. */
static double excess(const number *x, double value)
{
    const double quarter = value / 4, digit = x != NULL ? digit_place(x) : quarter;
    return digit > quarter ? digit : quarter;
}

/* "under": below the value, but not below all that the value may be rounded from; of a count, one
 * less, and down to a tenth less. */
static void set_under(quantity *q, double round)
{
    const double v = q->value;
    q->high = v - (round > 0 ? round / 10 : least(1, v / 20));
    q->low = least(v - v / 10, round > 0 ? v : v - 1);
}

void quantity_bounds(quantity *q, const number *x)
{
    const double v = q->value, round = rounding(q, x), about = vagueness(x, v, round);
    q->low = q->high = v;
    switch (q->qualifier) {
    case QUALIFIER_OVER: q->high = v + excess(x, v); break;
    case QUALIFIER_UP_TO: q->low = 0; break;
    case QUALIFIER_ABOUT: q->low = v - about, q->high = v + about; break;
    case QUALIFIER_UNDER: set_under(q, round); break;
    default: q->low = v - round, q->high = v + round;
    }
    q->low = q->low > 0 ? q->low : 0;
}
