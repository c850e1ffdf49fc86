/* bare.c: quotations whose speaker stands beside them without a word of saying. */
#include "claims/extract_internal.h"

/* A name of two words or more, or with a title or role: "Note" and "Verdict" are nobody. */
static bool names_somebody(const syntax *s, range r)
{
    uint32_t names = 0;
    bool known = false;
    for (uint32_t i = r.first; i < r.last; i++) {
        names += s->tag[i] == WN_TAG_NNP;
        known |= in_lists(s, i,
                          LIST_BIT(LIST_TITLE) | LIST_BIT(LIST_ROLE) | LIST_BIT(LIST_MALE_NAME) |
                              LIST_BIT(LIST_FEMALE_NAME));
    }
    return (names >= 2 || (names == 1 && known)) && speaks(s, r);
}

/* "Mayor Ann Orr:", "And from chairwoman Ann Orr:": the phrase that begins the sentence and ends at
 * the mark. */
static range phrase_before(const extractor *x, uint32_t mark)
{
    const syntax *s = x->s;
    uint32_t start = x->first;
    while (start < mark && mark - start > 1 &&
           (s->tag[start] == WN_TAG_CC || s->tag[start] == WN_TAG_RB || word_is(s, start, "from")))
        start++;
    range r = noun_phrase_right(s, start, mark);
    return r.last == mark ? r : (range){0, 0};
}

static bool add_bare(extractor *x, const char *rule, range source, uint32_t mark, range content)
{
    claim c = {.class = CUE_STATEMENT,
               .rule = rule,
               .source = source,
               .cue = {mark, mark + 1},
               .head = mark,
               .parent = -1};
    (void)add_content(&c, content);
    return add_claim(x, c);
}

/* "Mayor Ann Orr: “...”", also with the quotation in the next paragraph. */
static bool try_colon(extractor *x, uint32_t i)
{
    const syntax *s = x->s;
    if (i + 1 >= s->a->n_tokens || !quote_starts_at(s, i + 1))
        return true;
    range source = phrase_before(x, i);
    if (range_empty(source) || !names_somebody(s, source))
        return true;
    return add_bare(x, "source_colon", source, i, s->quoted[s->quotation[i + 1]]);
}

/* "“...” -- Ann Orr, the mayor": to the end of the paragraph. */
static bool try_credit(extractor *x, uint32_t i)
{
    const syntax *s = x->s;
    const wn_token *t = &s->a->token[i];
    if (i == 0 || i + 1 >= x->last || !quote_ends_at(s, i - 1) || s->quotation[i] >= 0)
        return true;
    range source = noun_phrase_right(s, i + 1, x->last);
    uint32_t end = source.last;
    while (!range_empty(source) && end < x->last && s->tag[end] == WN_TAG_PUNCT)
        end++;
    bool closes = end == x->last || (t->flags & WN_TOKEN_LINE_START) != 0;
    if (range_empty(source) || !closes || has_finite_verb(s, i + 1, x->last) ||
        !names_somebody(s, source))
        return true;
    if (end == x->last)
        source.last = x->last - (end - source.last);
    return add_bare(x, "quote_credit", source, i, s->quoted[s->quotation[i - 1]]);
}

static bool dash(const syntax *s, uint32_t i)
{
    const wn_token *t = &s->a->token[i];
    const unsigned char *c = (const unsigned char *)s->text + t->start;
    bool wide = t->end - t->start == 3 && c[0] == 0xE2 && c[1] == 0x80 && c[2] >= 0x93 &&
                c[2] <= 0x95; /* en dash, em dash, bar */
    return wide || (c[0] == '-' && t->end - t->start <= 2);
}

bool try_mark(extractor *x, uint32_t i)
{
    if (mark_is(x->s, i, ':'))
        return try_colon(x, i);
    return !dash(x->s, i) || try_credit(x, i);
}
