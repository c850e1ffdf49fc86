/* quantity.c: the walk over a text's numbers: what each is a quantity of. */
#include "claims/amounts.h"
#include <string.h>

/* ---- What is measured ---- */

static range no_range(void)
{
    return (range){0, 0};
}

static bool is(const reading *r, uint32_t i, measure_list list)
{
    const piece p = piece_at(r, i);
    return means(&p, list);
}

static bool chunk_begins(const reading *r, uint32_t i)
{
    return i < r->last && r->s->chunk_last[i] > i;
}

/* A noun phrase to measure: not a year, not "the", and what "hundreds of" counts. */
static range measured(const reading *r, range phrase)
{
    bool noun = false;
    for (uint32_t i = phrase.first; i < phrase.last; i++)
        noun |= is_noun(r->s, i);
    if (noun && is(r, phrase.last - 1, MEASURE_MANY) && is(r, phrase.last, MEASURE_OF) &&
        chunk_begins(r, phrase.last + 1))
        return (range){phrase.last + 1, r->s->chunk_last[phrase.last + 1]};
    return noun ? phrase : no_range();
}

/* "$160,000 for 18 years", "$900 million in a single year": a time, not what is measured. */
static bool lasts(const reading *r, uint32_t first)
{
    const syntax *s = r->s;
    const uint32_t noun = s->chunk_last[first] - 1;
    return s->tag[first] == WN_TAG_CD || is(r, noun, MEASURE_TIME) ||
           in_lists(s, noun, LIST_BIT(LIST_PERIOD) | LIST_BIT(LIST_DAY));
}

/* "[arms package] worth $2 billion": the nearest noun phrase before "worth", which may be taken for
 * its last word. */
static range thing_worth(const reading *r, uint32_t start)
{
    enum { REACH = 12 };
    const syntax *s = r->s;
    if (start == r->first || !is(r, start - 1, MEASURE_WORTH))
        return no_range();
    for (uint32_t i = start - 1; i > r->first && start - i < REACH; i--) {
        bool ends = s->chunk_last[i - 1] == i || (i == start - 1 && s->chunk_last[i - 1] > i);
        if (!ends || in_list(s, i - 1, LIST_DAY) || s->tag[i - 1] != WN_TAG_NN)
            continue;
        /* "sales, one last month worth": a time hides what is worth it */
        bool time = is(r, i - 1, MEASURE_TIME) || in_list(s, i - 1, LIST_PERIOD);
        return time ? no_range() : (range){s->chunk_first[i - 1], i};
    }
    return no_range();
}

/* "about a third said", "a third fewer" */
static bool no_thing(const reading *r, uint32_t at)
{
    return in_list(r->s, at, LIST_SAID) ||
           (is(r, at, MEASURE_COMPARED) && r->s->chunk_last[at] == at + 1);
}

/* What it measures: "$2 billion [arms sale]", "$8 billion for [military aid]", "40 percent of
 * [voters]". */
static range head_of(const reading *r, const quantity *q)
{
    enum {
        OPENERS = TAGS_NOUN | 1 << WN_TAG_JJ | 1 << WN_TAG_VBG | 1 << WN_TAG_VBN,
        WHOLE = 1 << WN_TAG_DT | 1 << WN_TAG_PRPS,
    };
    const uint32_t at = q->span.last;
    const bool half_the = is(r, at - 1, MEASURE_HALF) && at < r->last && tag_in(r->s, at, WHOLE);
    if (chunk_begins(r, at) && no_thing(r, at))
        return no_range();
    if (chunk_begins(r, at) && (tag_in(r->s, at, OPENERS) || half_the))
        return is(r, r->s->chunk_last[at] - 1, MEASURE_TIME) /* "$20 million last month" */
                   ? no_range()
                   : measured(r, (range){at, r->s->chunk_last[at]});
    const range thing = thing_worth(r, q->span.first);
    if (range_empty(thing) && chunk_begins(r, at + 1) && is(r, at, MEASURE_HEAD_OF) &&
        !lasts(r, at + 1))
        return measured(r, (range){at + 1, r->s->chunk_last[at + 1]});
    return thing;
}

/* ---- Does the number count anything? ---- */

static bool space_before(const reading *r, uint32_t i)
{
    return (r->s->a->token[i].flags & WN_TOKEN_SPACE_BEFORE) != 0;
}

/* "a 5-4 ruling" */
static bool ends_score(const reading *r, uint32_t i)
{
    return i >= r->first + 2 && r->s->a->token[i - 2].kind == WN_TOKEN_NUMBER &&
           mark_is(r->s, i - 1, '-') && !space_before(r, i);
}

/* A number in a name or a date: "May 21", "Room 5". */
static bool in_name(const reading *r, uint32_t i)
{
    return i > r->first && r->s->tag[i - 1] == WN_TAG_NNP && i != r->s->chunk_first[i];
}

/* "40,000 [cars] a day", taken for a verb */
static range noun_taken_for_verb(const reading *r, const amount *a)
{
    const uint32_t i = a->after.token;
    rate per;
    piece next = piece_after(r, &a->after), after;
    return a->x.value > 1 && r->s->tag[i] == WN_TAG_VBZ && rate_at(r, &next, &per, &after)
               ? (range){i, i + 1}
               : no_range();
}

/* Not a bare year, the end of a score, or a number in a name. first: token of the number, or of the
 * first one of a range. */
static bool may_count(const reading *r, uint32_t first, const amount *last)
{
    return !amount_is_year(r, last) && !ends_score(r, first) && !in_name(r, first);
}

/* "a 4-5 vote", "2 thirds" */
static bool no_count(const reading *r, uint32_t noun)
{
    return is(r, noun, MEASURE_SCORE) ||
           (is(r, noun, MEASURE_SHARES) && !is(r, noun, MEASURE_TIME));
}

/* The noun phrase that it counts; empty: there is none, or it is a time of day, or the like. */
static range counted(const reading *r, const amount *a)
{
    const syntax *s = r->s;
    const uint32_t at = a->after.token;
    if (a->after.joint != APART || at >= r->last || in_list(s, at, LIST_NOT_COUNTED) ||
        s->a->token[at].kind == WN_TOKEN_NUMBER || !space_before(r, at) ||
        (a->x.written && a->x.value <= 1)) /* "the 90's" */
        return no_range();
    if (s->chunk_last[at] <= at || (s->chunk_first[at] == at && at == a->x.after.token))
        return noun_taken_for_verb(r, a);
    const uint32_t noun = s->chunk_last[at] - 1;
    if (s->text[s->a->token[noun].end - 1] == '.' || s->tag[noun] != WN_TAG_NN || no_count(r, noun))
        return no_range();
    return (range){at, noun + 1};
}

/* "Two countries", "three things": so few of so plain a thing are many sentences' own. */
static bool too_few(const reading *r, const quantity *q, const amount *a)
{
    enum { FEW = 12 };
    return strcmp(q->unit, "count") == 0 && a->x.written && q->high <= FEW &&
           (q->qualifier == QUALIFIER_EXACT || q->qualifier == QUALIFIER_RANGE) && q->per == NULL &&
           range_empty(q->per_words) && !range_empty(q->head) &&
           !is(r, q->head.last - 1, MEASURE_COUNTED) && !is(r, q->head.last - 1, MEASURE_TIME);
}

/* ---- What is around it ---- */

static void take_qualifier(const reading *r, quantity *q)
{
    uint32_t first;
    const measure_word *w = phrase_before(r, q->span.first, MEASURE_QUALIFIER, &first);
    if (w == NULL)
        return;
    q->span.first = first;
    q->qualifier = w->qualifier;
}

/* "40 or more", "20 or so people" */
static void take_qualifier_after(const reading *r, quantity *q, piece *after)
{
    const measure_word *w = phrase_at(r, after, MEASURE_QUALIFIER_AFTER, after);
    if (w == NULL)
        return;
    if (q->qualifier == QUALIFIER_EXACT)
        q->qualifier = w->qualifier;
    q->span.last = piece_limit(after);
}

static bool is_rate(const quantity *q)
{
    return q->per != NULL || !range_empty(q->per_words);
}

static void take_rate(const reading *r, quantity *q, const piece *at)
{
    piece after;
    rate per;
    if (is_rate(q) || !rate_at(r, at, &per, &after))
        return;
    q->per = per.name;
    q->per_words = per.words;
    q->span.last = piece_limit(&after);
}

/* ---- Kinds of quantities ---- */

static bool has_number(const reading *r, range phrase)
{
    for (uint32_t i = phrase.first; i < phrase.last; i++)
        if (r->s->tag[i] == WN_TAG_CD || r->s->a->token[i].kind == WN_TOKEN_NUMBER)
            return true;
    return false;
}

/* The head, and a rate behind it, unless a number of its own stands between. */
static void take_head(const reading *r, quantity *q)
{
    if (range_empty(q->head))
        q->head = head_of(r, q);
    if (range_empty(q->head) || q->head.first < q->span.first || has_number(r, q->head))
        return;
    const piece behind = piece_at(r, q->head.last);
    take_rate(r, q, &behind);
}

/* 66.7 of 2/3: three digits, which is more than shares are good for */
static double rounded(double value)
{
    double by = 1;
    while (value * by < 100 && by < 1e9)
        by *= 10;
    return (double)(int64_t)(value * by + 0.5) / by;
}

static uint32_t finish_share(const reading *r, const share *f, quantity *q)
{
    *q = (quantity){.span = {f->first, piece_limit(&f->after)},
                    .value = f->times ? f->x.value : rounded(100 * f->x.value),
                    .unit = f->times ? "times" : "percent"};
    take_rate(r, q, &f->after);
    take_qualifier(r, q);
    q->head = range_empty(f->head) ? head_of(r, q) : f->head;
    quantity_bounds(q, f->times ? &f->x : NULL);
    return q->span.last;
}

/* The unit of q, which has its rate: that of b, or "count" when b counts something; NULL: none. */
static const char *unit_of(const reading *r, uint32_t first, const amount *b, quantity *q)
{
    if (b->unit != NULL || !may_count(r, first, b))
        return amount_unit(b);
    q->head = counted(r, b);
    return !range_empty(q->head) || is_rate(q) ? "count" : NULL;
}

/* q, of which the span is known up to the number, from b: the number, or the last of those that
 * start at token `first`.
 * false: it is a quantity of nothing. */
static bool finish_amount(const reading *r, uint32_t first, amount *b, quantity *q)
{
    take_qualifier(r, q);
    take_qualifier_after(r, q, &b->after);
    q->per = b->unit != NULL && b->unit->per[0] != '\0' ? b->unit->per : NULL;
    take_rate(r, q, &b->after);
    q->unit = unit_of(r, first, b, q);
    if (q->unit == NULL)
        return false;
    take_head(r, q);
    return true;
}

/* "minus 5 degrees", "-5%": there are no values below zero; not "plus or minus 4 percent". */
static bool is_negative(const reading *r, const amount *a)
{
    const uint32_t i = a->first;
    if (i == r->first)
        return false;
    if (mark_is(r->s, i - 1, '-'))
        return !space_before(r, i) && (i < r->first + 2 || space_before(r, i - 1));
    return is(r, i - 1, MEASURE_MINUS) && (i < r->first + 2 || !is(r, i - 2, MEASURE_RANGE_OR));
}

static uint32_t single(const reading *r, amount *a, quantity *q)
{
    quantity one = {.span = {a->first, piece_limit(&a->after)}, .value = a->x.value};
    const uint32_t limit = one.span.last;
    if (is_negative(r, a) || !finish_amount(r, a->start, a, &one))
        return limit;
    quantity_bounds(&one, &a->x);
    if (!too_few(r, &one, a))
        *q = one;
    return one.span.last;
}

static uint32_t ranged(const reading *r, uint32_t first, const amount *a, amount *b, quantity *q)
{
    quantity all = {.span = {first, piece_limit(&b->after)},
                    .value = (a->x.value + b->x.value) / 2,
                    .low = a->x.value,
                    .high = b->x.value,
                    .qualifier = QUALIFIER_RANGE};
    const uint32_t limit = all.span.last;
    if (!finish_amount(r, a->start, b, &all))
        return limit;
    if (!too_few(r, &all, b))
        *q = all;
    return all.span.last;
}

/* The first of two values: what the second counts, it counts. */
static uint32_t changed(const reading *r, const amount *a, amount *b, quantity *q)
{
    quantity one = {.span = {b->first, piece_limit(&b->after)}, .value = a->x.value};
    const uint32_t limit = piece_limit(&a->after);
    if (!finish_amount(r, a->start, b, &one))
        return limit;
    one.span = (range){a->first, limit};
    one.unit = a->unit != NULL ? amount_unit(a) : "count";
    one.qualifier = QUALIFIER_EXACT;
    take_qualifier(r, &one);
    quantity_bounds(&one, &a->x);
    *q = one;
    return limit;
}

/* ---- The walk ---- */

static uint32_t read_amount(const reading *r, amount *a, quantity *q, range_found *ret)
{
    amount b;
    uint32_t first;
    switch (*ret = range_at(r, a, &b, &first)) {
    case RANGE: return ranged(r, first, a, &b, q);
    case CHANGE: return changed(r, a, &b, q);
    case NO_AMOUNT: return piece_limit(&b.after);
    default: return single(r, a, q);
    }
}

/* The amount at p. After "between" an "and" belongs to the range first, to the number then. */
static uint32_t amount_from(const reading *r, const piece *p, quantity *q)
{
    amount a;
    uint32_t first;
    range_found found;
    const bool opened = phrase_before(r, p->token, MEASURE_RANGE, &first) != NULL;
    if (opened && amount_at(r, p, false, &a) == NUMBER) {
        quantity inside = {.unit = NULL};
        const uint32_t next = read_amount(r, &a, &inside, &found);
        if (found != NO_RANGE) {
            *q = inside;
            return next;
        }
    }
    switch (amount_at(r, p, true, &a)) {
    case NUMBER: return read_amount(r, &a, q, &found);
    case NOT_READ: return piece_limit(&a.after);
    default: return p->token;
    }
}

#define LIST(name) (UINT64_C(1) << MEASURE_##name)

static const uint64_t number_starts =
    LIST(NUMBER) | LIST(HALF) | LIST(MULTIPLE) | LIST(MULTIPLE_OF) | LIST(SIGN) | LIST(ARTICLE);

/* May the token open a number? Nearly all are asked, and nearly none does. */
static bool may_open(const reading *r, const wn_token *t)
{
    const char *at = r->s->text + t->start;
    const size_t len = t->end - t->start;
    if (t->kind != WN_TOKEN_WORD)
        return t->kind != WN_TOKEN_PUNCT && t->kind != WN_TOKEN_QUOTE;
    const measure_word *w = measures_find(r->m, t->hash);
    if (w != NULL)
        return (w->lists & number_starts) != 0;
    return memchr(at, '-', len) != NULL || memchr(at, '\xE2', len) != NULL; /* the other hyphens */
}

static bool may_start(const reading *r, const piece *p)
{
    if ((p->word->lists & number_starts) == 0)
        return piece_digits(r, p);
    if (!means(p, MEASURE_ARTICLE))
        return true;
    const piece next = piece_after(r, p);
    return (next.word->lists & (LIST(MAGNITUDE) | LIST(SHARE))) != 0; /* "a million", "a third" */
}

/* The quantity at token i; the token after it, or i when there is none (ret_q->unit NULL too where
 * a number counts nothing). */
static uint32_t read_quantity(const reading *r, uint32_t i, quantity *ret_q)
{
    share f;
    amount a;
    range_found found;
    if (!may_open(r, &r->s->a->token[i]))
        return i;
    const piece p = piece_at(r, i);
    if (!may_start(r, &p))
        return i;
    if (share_as_amount(r, &p, &a))
        return read_amount(r, &a, ret_q, &found);
    if (multiple_at(r, &p, &f) || share_at(r, &p, &f))
        return finish_share(r, &f, ret_q);
    return amount_from(r, &p, ret_q);
}

bool quantities_find(const syntax *s, quantity_taker *take, void *arg)
{
    const wn_analysis *a = s->a;
    bool ok = true;
    reading r = {s, lexicon_measures(s->lexicon), 0, 0, 0};
    for (; r.first < a->n_tokens && ok; r.first = r.last) {
        for (r.last = r.first + 1;
             r.last < a->n_tokens && a->token[r.last].sentence == a->token[r.first].sentence;)
            r.last++;
        for (uint32_t i = r.first; i < r.last && ok;) {
            quantity q = {.unit = NULL};
            const uint32_t next = read_quantity(&r, i, &q);
            i = next > i ? next : i + 1;
            r.taken = q.unit != NULL ? i : r.taken;
            ok = (q.unit == NULL || take(arg, &q)) && wn_beat(s->pulse);
        }
    }
    return ok;
}
