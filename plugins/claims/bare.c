/* bare.c: quotations whose speaker stands beside them without a word of saying. */
#include "claims/content.h"
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

static bool add_told(extractor *x, const verb_group *g, uint32_t mark, range content)
{
    claim c = {.class = CUE_STATEMENT,
               .rule = "source_colon",
               .source = g->subject,
               .cue = {g->first, mark + 1},
               .head = mark,
               .parent = -1};
    (void)add_content(&c, content);
    return add_claim(x, c);
}

/* "Orr was blunt: “...”", "Orr disagreed: “...”": the verb group that leads to the mark; NULL:
 * none, or not of somebody who is named at the start of the sentence. */
static const verb_group *group_before(const extractor *x, uint32_t mark)
{
    enum { NEAR = 6 };
    const syntax *s = x->s;
    for (size_t k = s->n_groups; k-- > 0;) {
        const verb_group *g = &s->group[k];
        if (g->first >= mark || !g->finite)
            continue;
        bool near = mark - g->last < NEAR && !range_empty(g->subject) && !g->relative;
        return near && g->subject.first <= x->first + 1 && speaks(s, g->subject) ? g : NULL;
    }
    return NULL;
}

/* "Orr, asked about it: “...”": who the sentence begins with, without a finite verb. */
static range name_apart(const extractor *x, uint32_t mark)
{
    const syntax *s = x->s;
    range r = noun_phrase_right(s, x->first, mark);
    bool apart = !range_empty(r) && r.last < mark && mark_is(s, r.last, ',') &&
                 !has_finite_verb(s, r.last, mark) && s->tag[r.last - 1] == WN_TAG_NNP;
    return apart ? r : (range){0, 0};
}

/* "Orr offers: “...”": a name and a verb of saying taken for one noun phrase. */
static bool ends_in_verb(const syntax *s, range r)
{
    if (r.last < r.first + 2)
        return false;
    uint32_t verb = r.last - 1;
    return s->word[verb].verb >= 0 && s->tag[verb] != WN_TAG_NNP &&
           (s->a->token[verb - 1].flags & WN_TOKEN_CAPITAL) != 0;
}

/* "Mayor Ann Orr: “...”", also with the quotation in the next paragraph. */
static bool try_colon(extractor *x, uint32_t i)
{
    const syntax *s = x->s;
    if (i + 1 >= s->a->n_tokens || !quote_starts_at(s, i + 1))
        return true;
    range source = phrase_before(x, i), content = s->quoted[s->quotation[i + 1]];
    if (ends_in_verb(s, source)) {
        uint32_t verb = source.last - 1;
        const verb_group g = {.first = verb, .main = verb, .subject = {source.first, verb}};
        return add_told(x, &g, i, content);
    }
    if (!range_empty(source) && names_somebody(s, source))
        return add_bare(x, "source_colon", source, i, content);
    const verb_group *g = group_before(x, i);
    const cue *known = g != NULL ? verb_cue(s, g->main, x->last) : NULL;
    if (g != NULL && (known == NULL || (known->frames & FRAME_QUOTE) == 0))
        return add_told(x, g, i, content);
    source = name_apart(x, i);
    return range_empty(source) || add_bare(x, "source_colon", source, i, content);
}

/* "Bo, Salem -- “...”": a reader's voice, all that stands before the mark. */
static bool try_reader(extractor *x, uint32_t i)
{
    enum { LONG = 8 };
    const syntax *s = x->s;
    range source = {x->first, i};
    if (i == x->first || i - x->first > LONG || s->tag[x->first] != WN_TAG_NNP ||
        has_finite_verb(s, x->first, i) || s->quotation[x->first] >= 0)
        return true;
    return add_bare(x, "source_colon", source, i, s->quoted[s->quotation[i + 1]]);
}

/* "“...” -- Ann Orr, the mayor": to the end of the paragraph. */
static bool try_credit(extractor *x, uint32_t i)
{
    const syntax *s = x->s;
    if (i == 0 || i + 1 >= x->last || s->quotation[i] >= 0)
        return true;
    if (i + 1 < x->last && quote_starts_at(s, i + 1))
        return try_reader(x, i);
    range source = noun_phrase_right(s, i + 1, x->last);
    if (range_empty(source) || !quote_ends_at(s, i - 1) || has_finite_verb(s, i + 1, x->last) ||
        !names_somebody(s, source))
        return true;
    /* all that is left of the sentence: "Ann Orr, 39, owner of the Anchor" */
    source.last = x->last;
    while (source.last > i + 2 && s->tag[source.last - 1] == WN_TAG_PUNCT)
        source.last--;
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

/* "As the Herald reported, the dam was cracked." */
bool try_as(extractor *x)
{
    const syntax *s = x->s;
    if (s->n_groups == 0 || !word_is(s, x->first, "as"))
        return true;
    const verb_group *g = &s->group[0];
    const cue *c = verb_cue(s, g->main, x->last);
    uint32_t comma = g->last;
    while (comma < x->last && !mark_is(s, comma, ','))
        comma++;
    bool tells =
        c != NULL && c->class == CUE_STATEMENT && (c->frames & FRAME_LEFT) != 0 && g->finite;
    if (!tells || g->subject.first != x->first + 1 || comma - g->last > 6 || comma + 2 >= x->last ||
        has_finite_verb(s, g->last, comma) || !has_finite_verb(s, comma, x->last))
        return true;
    claim k = {.class = CUE_STATEMENT,
               .lemma = c->lemma,
               .rule = "as_reported",
               .source = g->subject,
               .cue = {g->first, g->last},
               .head = g->main,
               .denied = c->denies,
               .parent = -1};
    (void)add_content(&k, content_until(s, s->n_groups, comma + 1, x->first, x->last));
    return k.n_contents == 0 || add_claim(x, k);
}
