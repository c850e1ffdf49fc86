/* quantity.c: numbers with their magnitude, unit, qualifier and head noun. */
#include "claims/quantity.h"
#include <stdlib.h>
#include <string.h>

typedef struct named_value {
    const char *word;
    double value;
} named_value;

static const named_value magnitudes[] = {
    {"hundred", 1e2},   {"thousand", 1e3}, {"million", 1e6}, {"millions", 1e6}, {"billion", 1e9},
    {"trillion", 1e12}, {"dozen", 12},     {"m", 1e6},       {"mn", 1e6},       {"bn", 1e9},
    {"tn", 1e12},       {"k", 1e3},        {"b", 1e9},
};
static const named_value small_numbers[] = {
    {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},      {"five", 5},
    {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},      {"ten", 10},
    {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15},
    {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},
    {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},    {"seventy", 70},
    {"eighty", 80},  {"ninety", 90},
};

typedef struct named_unit {
    const char *word, *unit;
} named_unit;

static const named_unit signs[] = {
    {"$", "USD"},  {"€", "EUR"},  {"£", "GBP"},   {"¥", "JPY"},  {"₹", "INR"}, {"₽", "RUB"},
    {"₩", "KRW"},  {"₺", "TRY"},  {"₴", "UAH"},   {"₪", "ILS"},  {"₦", "NGN"}, {"US$", "USD"},
    {"A$", "AUD"}, {"C$", "CAD"}, {"HK$", "HKD"}, {"S$", "SGD"},
};
static const named_unit unit_words[] = {
    {"dollars", "USD"},     {"dollar", "USD"},       {"euros", "EUR"},
    {"euro", "EUR"},        {"pounds", "GBP"},       {"yen", "JPY"},
    {"yuan", "CNY"},        {"rupees", "INR"},       {"roubles", "RUB"},
    {"rubles", "RUB"},      {"francs", "CHF"},       {"pesos", "peso"},
    {"percent", "percent"}, {"per", "percent"},      {"%", "percent"},
    {"kilometres", "km"},   {"kilometers", "km"},    {"km", "km"},
    {"miles", "mile"},      {"metres", "m"},         {"meters", "m"},
    {"tonnes", "tonne"},    {"tons", "ton"},         {"barrels", "barrel"},
    {"degrees", "degree"},  {"hectares", "hectare"}, {"acres", "acre"},
    {"litres", "litre"},    {"liters", "litre"},     {"kilograms", "kg"},
    {"kg", "kg"},
};

typedef struct phrase {
    const char *words[3];
    qualifier qualifier;
} phrase;

static const phrase qualifiers[] = {
    {{"more", "than", NULL}, QUALIFIER_OVER},         {{"greater", "than", NULL}, QUALIFIER_OVER},
    {{"at", "least", NULL}, QUALIFIER_OVER},          {{"as", "many", "as"}, QUALIFIER_UP_TO},
    {{"as", "much", "as"}, QUALIFIER_UP_TO},          {{"up", "to", NULL}, QUALIFIER_UP_TO},
    {{"at", "most", NULL}, QUALIFIER_UP_TO},          {{"less", "than", NULL}, QUALIFIER_UNDER},
    {{"fewer", "than", NULL}, QUALIFIER_UNDER},       {{"over", NULL, NULL}, QUALIFIER_OVER},
    {{"above", NULL, NULL}, QUALIFIER_OVER},          {{"nearly", NULL, NULL}, QUALIFIER_UNDER},
    {{"almost", NULL, NULL}, QUALIFIER_UNDER},        {{"under", NULL, NULL}, QUALIFIER_UNDER},
    {{"below", NULL, NULL}, QUALIFIER_UNDER},         {{"about", NULL, NULL}, QUALIFIER_ABOUT},
    {{"around", NULL, NULL}, QUALIFIER_ABOUT},        {{"roughly", NULL, NULL}, QUALIFIER_ABOUT},
    {{"approximately", NULL, NULL}, QUALIFIER_ABOUT}, {{"some", NULL, NULL}, QUALIFIER_ABOUT},
    {{"an", "estimated", NULL}, QUALIFIER_ABOUT},
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static double named(const syntax *s, uint32_t i, const named_value *list, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (word_is(s, i, list[k].word))
            return list[k].value;
    return 0;
}

static const char *unit_named(const syntax *s, uint32_t i, const named_unit *list, size_t n)
{
    const wn_token *t = &s->a->token[i];
    for (size_t k = 0; k < n; k++)
        if (word_is(s, i, list[k].word) ||
            (strlen(list[k].word) == t->end - t->start &&
             memcmp(list[k].word, s->text + t->start, t->end - t->start) == 0))
            return list[k].unit;
    return NULL;
}

/* Digits with groups and a fraction: the value is ret_digits / ret_divisor, both whole, so that
 * nothing is rounded before the magnitude is known. No strtod: it follows the locale. */
static bool read_digits(const char *p, size_t n, double *ret_digits, double *ret_divisor,
                        size_t *ret_used)
{
    double value = 0, divisor = 1;
    bool fraction = false;
    size_t i = 0, digits = 0;
    for (; i < n; i++) {
        if (p[i] >= '0' && p[i] <= '9') {
            if (++digits > 15)
                return false;
            value = value * 10 + (p[i] - '0');
            divisor = fraction ? divisor * 10 : divisor;
        } else if (p[i] == '.' && !fraction) {
            fraction = true;
        } else if (p[i] != ',' || fraction) {
            break;
        }
    }
    if (i < n && (p[i] == ':' || p[i] == '/' || p[i] == '.'))
        return false;
    *ret_digits = value;
    *ret_divisor = divisor;
    *ret_used = i;
    return digits > 0;
}

typedef struct number {
    double value, step;
    uint32_t last;
} number;

static double letters_magnitude(const char *p, size_t n)
{
    for (size_t k = 7; k < COUNT(magnitudes); k++)
        if (strlen(magnitudes[k].word) == n) {
            size_t i = 0;
            while (i < n && (p[i] | 0x20) == magnitudes[k].word[i])
                i++;
            if (i == n)
                return magnitudes[k].value;
        }
    return 0;
}

static bool read_number(const syntax *s, uint32_t i, uint32_t end, number *ret)
{
    const wn_token *t = &s->a->token[i];
    size_t used = 0;
    uint32_t last = i + 1;
    double digits = 0, divisor = 1, by = 1;
    if (t->kind == WN_TOKEN_NUMBER) {
        size_t n = t->end - t->start;
        if (!read_digits(s->text + t->start, n, &digits, &divisor, &used))
            return false;
        by = used < n ? letters_magnitude(s->text + t->start + used, n - used) : 1;
    } else if (t->kind == WN_TOKEN_WORD) {
        digits = named(s, i, small_numbers, COUNT(small_numbers));
        by = digits > 0 ? 1 : 0;
    } else {
        return false;
    }
    if (by <= 0) /* "21st", "1990s" */
        return false;
    for (double more;
         last < end && (more = named(s, last, magnitudes, COUNT(magnitudes))) > 0 && by < 1e15;
         last++)
        by *= more;
    double step = by >= divisor ? by / divisor : 1 / (divisor / by);
    *ret = (number){by >= divisor ? digits * step : digits * by / divisor, step, last};
    return true;
}

static void set_bounds(quantity *q, double step)
{
    q->low = q->high = q->value;
    switch (q->qualifier) {
    case QUALIFIER_OVER: q->high = q->value * 1.25; break;
    case QUALIFIER_UNDER: q->low = q->value * 0.9; break;
    case QUALIFIER_UP_TO: q->low = 0; break;
    case QUALIFIER_ABOUT: q->low = q->value * 0.9, q->high = q->value * 1.1; break;
    default:
        if (strcmp(q->unit, "count") != 0 || step > 1)
            q->low = q->value - step / 2, q->high = q->value + step / 2;
    }
}

static void take_qualifier(const syntax *s, uint32_t first, quantity *q)
{
    for (size_t k = 0; k < COUNT(qualifiers); k++) {
        uint32_t n = 0;
        while (n < 3 && qualifiers[k].words[n] != NULL)
            n++;
        if (q->span.first < first + n)
            continue;
        uint32_t at = q->span.first - n, i = 0;
        while (i < n && word_is(s, at + i, qualifiers[k].words[i]))
            i++;
        if (i == n) {
            q->span.first = at;
            q->qualifier = qualifiers[k].qualifier;
            return;
        }
    }
}

/* A noun phrase to measure: not a year, not "the", and what "hundreds of" counts. */
static range measured(const syntax *s, range r, uint32_t last)
{
    range none = {0, 0};
    bool noun = false;
    for (uint32_t i = r.first; i < r.last; i++)
        noun |= is_noun(s, i);
    if (noun && word_among(s, r.last - 1, "hundreds thousands dozens millions") &&
        r.last + 1 < last && word_is(s, r.last, "of") && s->chunk_last[r.last + 1] > r.last + 1)
        return (range){r.last + 1, s->chunk_last[r.last + 1]};
    return noun ? r : none;
}

/* "$160,000 for 18 years", "$900 million in a single year": a time, not what is measured. */
static bool lasts(const syntax *s, uint32_t first)
{
    return s->tag[first] == WN_TAG_CD || in_list(s, s->chunk_last[first] - 1, LIST_PERIOD) ||
           in_list(s, s->chunk_last[first] - 1, LIST_DAY);
}

/* "[arms package] worth $2 billion" */
static range thing_worth(const syntax *s, uint32_t first, uint32_t start)
{
    enum { REACH = 12 };
    if (start > first && word_is(s, start - 1, "worth"))
        for (uint32_t i = start - 1; i > first && start - i < REACH; i--)
            if (s->chunk_last[i - 1] == i && !in_list(s, i - 1, LIST_DAY) &&
                s->tag[i - 1] == WN_TAG_NN)
                return (range){s->chunk_first[i - 1], i};
    return (range){0, 0};
}

/* What it measures: "$2 billion [arms sale]", "$8 billion for [military aid]", "40 percent of
 * [voters]". */
static range head_of(const syntax *s, uint32_t first, uint32_t last, const quantity *q)
{
    enum {
        OPENERS = TAGS_NOUN | 1 << WN_TAG_JJ | 1 << WN_TAG_VBG | 1 << WN_TAG_VBN,
    };
    uint32_t at = q->span.last;
    if (at < last && s->chunk_last[at] > at && tag_in(s, at, OPENERS))
        return measured(s, (range){at, s->chunk_last[at]}, last);
    if (at + 1 < last && s->chunk_last[at + 1] > at + 1 && word_among(s, at, "of for in on"))
        return lasts(s, at + 1) ? (range){0, 0}
                                : measured(s, (range){at + 1, s->chunk_last[at + 1]}, last);
    return thing_worth(s, first, q->span.first);
}

static bool space_before(const syntax *s, uint32_t i)
{
    return (s->a->token[i].flags & WN_TOKEN_SPACE_BEFORE) != 0;
}

static bool bare_year(const syntax *s, uint32_t i, const quantity *q)
{
    return q->value >= 1000 && q->value < 2100 && q->span.last == i + 1 &&
           s->a->token[i].end - s->a->token[i].start == 4;
}

/* "a 5-4 ruling" */
static bool ends_score(const syntax *s, uint32_t i)
{
    return i >= 2 && s->a->token[i - 2].kind == WN_TOKEN_NUMBER && mark_is(s, i - 1, '-') &&
           !space_before(s, i);
}

/* A bare year, an ordinal in a date, a number in a name: not a count. */
static bool counts(const syntax *s, uint32_t i, uint32_t last, const quantity *q)
{
    if (q->span.last >= last || s->chunk_last[i] <= q->span.last || bare_year(s, i, q) ||
        ends_score(s, i) || in_list(s, q->span.last, LIST_NOT_COUNTED))
        return false;
    uint32_t noun = s->chunk_last[i] - 1;
    /* "one last month", "2 p.m." */
    if (word_is(s, i, "one") || s->text[s->a->token[noun].end - 1] == '.')
        return false;
    return s->tag[noun] == WN_TAG_NN &&
           (i == 0 || s->tag[i - 1] != WN_TAG_NNP || i == s->chunk_first[i]);
}

/* "US$", "A$": whose dollars, told by the word that the sign at i is joined to. */
static void take_country(const syntax *s, uint32_t first, uint32_t i, quantity *q)
{
    static const named_unit prefixes[] = {{"US", "USD"}, {"A", "AUD"}, {"C", "CAD"},
                                          {"HK", "HKD"}, {"S", "SGD"}, {"NZ", "NZD"}};
    if (i == first || space_before(s, i) || s->a->token[i - 1].kind != WN_TOKEN_WORD)
        return;
    const char *national = unit_named(s, i - 1, prefixes, COUNT(prefixes));
    if (national != NULL) {
        q->unit = national;
        q->span.first--;
    }
}

/* The unit after the number, NULL: none. */
static const char *take_unit_word(const syntax *s, uint32_t last, const number *x, quantity *q)
{
    const char *unit =
        x->last < last ? unit_named(s, x->last, unit_words, COUNT(unit_words)) : NULL;
    if (unit == NULL)
        return NULL;
    uint32_t next = x->last + 1;
    if (word_is(s, x->last, "per")) {
        if (next >= last || !word_is(s, next, "cent"))
            return NULL;
        q->span.last++;
    }
    q->span.last++;
    bool sterling = next < last && word_is(s, next, "sterling");
    return strcmp(unit, "GBP") == 0 && x->step < 1e6 && !sterling ? "pound" /* money or weight */
                                                                  : unit;
}

/* The quantity at token i; the token after it, or i when there is none (ret_q->unit NULL too where
 * a number counts nothing). */
static uint32_t read_quantity(const syntax *s, uint32_t first, uint32_t i, uint32_t last,
                              quantity *ret_q)
{
    const char *sign = i + 1 < last ? unit_named(s, i, signs, COUNT(signs)) : NULL;
    uint32_t at = i + (sign != NULL);
    number x;
    if (!read_number(s, at, last, &x))
        return i;
    quantity q = {.span = {i, x.last}, .value = x.value, .unit = sign};
    if (sign != NULL)
        take_country(s, first, i, &q);
    else
        q.unit = take_unit_word(s, last, &x, &q);
    if (q.unit == NULL) {
        if (!counts(s, at, last, &q))
            return x.last;
        q.unit = "count";
    }
    take_qualifier(s, first, &q);
    set_bounds(&q, x.step);
    q.head = head_of(s, first, last, &q);
    *ret_q = q;
    return q.span.last;
}

bool quantities_find(const syntax *s, quantity_taker *take, void *arg)
{
    const wn_analysis *a = s->a;
    bool ok = true;
    for (uint32_t first = 0, last; first < a->n_tokens && ok; first = last) {
        for (last = first + 1;
             last < a->n_tokens && a->token[last].sentence == a->token[first].sentence;)
            last++;
        for (uint32_t i = first; i < last && ok;) {
            bool start = s->tag[i] == WN_TAG_CD || a->token[i].kind == WN_TOKEN_NUMBER ||
                         a->token[i].kind == WN_TOKEN_SYMBOL;
            quantity q = {.unit = NULL};
            uint32_t next = start ? read_quantity(s, first, i, last, &q) : i;
            i = next > i ? next : i + 1;
            ok = (q.unit == NULL || take(arg, &q)) && wn_beat(s->pulse);
        }
    }
    return ok;
}
