/* speaker.c: resolution of sources against the names and sources before them. */
#include "claims/speaker.h"
#include <string.h>

enum { PRONOUN_REACH = 6, MAX_TOKENS_BACK = 4000 };

static bool same_word(const syntax *s, uint32_t a, uint32_t b)
{
    const token *x = &s->a->token[a], *y = &s->a->token[b];
    return x->end - x->start == y->end - y->start &&
           memcmp(s->text + x->start, s->text + y->start, x->end - x->start) == 0;
}

static bool has_list(const syntax *s, range r, word_list list)
{
    for (uint32_t i = r.first; i < r.last; i++)
        if (in_list(s, i, list))
            return true;
    return false;
}

/* The last run of proper nouns in the phrase's own chunks, titles left out: a name. Empty: none. */
static range name_in(const syntax *s, range r)
{
    range best = {0, 0};
    for (uint32_t i = r.first; i < r.last; i++) {
        if (s->tag[i] != TAG_NNP || in_list(s, i, LIST_DAY))
            continue;
        uint32_t end = i;
        while (end < r.last && s->tag[end] == TAG_NNP)
            end++;
        bool possessor = end < r.last && s->tag[end] == TAG_POS;
        if (!possessor)
            best = (range){i, end};
        i = end;
    }
    while (best.last > best.first + 1 && in_list(s, best.first, LIST_TITLE))
        best.first++;
    return best;
}

static uint32_t words_in(const syntax *s, range r)
{
    uint32_t n = 0;
    for (uint32_t i = r.first; i < r.last; i++)
        n += s->a->token[i].kind == TOKEN_WORD;
    return n;
}

/* The fullest earlier mention that ends in the same surname: with first name, and with its title or role. */
static range full_mention(const syntax *s, range name, uint32_t before)
{
    uint32_t surname = name.last - 1, low = before > MAX_TOKENS_BACK ? before - MAX_TOKENS_BACK : 0;
    for (uint32_t i = before; i-- > low;) {
        if (s->tag[i] != TAG_NNP || s->chunk_last[i] == 0)
            continue;
        bool family = same_word(s, i, surname) || (i + 1 < s->chunk_last[i] && same_word(s, i, name.first));
        if (!family)
            continue;
        range chunk = {s->chunk_first[i], s->chunk_last[i]};
        range full = name_in(s, chunk);
        if (full.last - full.first >= 2 && full.last <= i + 2)
            return chunk;
    }
    return (range){0, 0};
}

static bool pronoun(const syntax *s, range r)
{
    return r.last - r.first == 1 && (s->tag[r.first] == TAG_PRP || s->tag[r.first] == TAG_PRPS);
}

static int gender(const syntax *s, range r)
{
    return has_list(s, r, LIST_MALE) ? 1 : has_list(s, r, LIST_FEMALE) ? 2 : 0;
}

static bool person_like(const syntax *s, range r)
{
    range name = name_in(s, r);
    return !range_empty(name) && (!has_list(s, r, LIST_GROUP) || has_list(s, r, LIST_TITLE));
}

static void set(claim *c, enum speaker_status status, range mention, const char *reason)
{
    c->speaker_status = (uint8_t)status;
    c->speaker = mention;
    c->speaker_reason = reason;
}

/* The nearest earlier source that the test accepts. */
static const claim *earlier_source(const claim_list *l, size_t i, const syntax *s, range source,
                                   bool (*fits)(const syntax *s, range source, const claim *before))
{
    for (size_t k = i; k-- > 0 && i - k <= PRONOUN_REACH;)
        if (!range_empty(l->item[k].source) && fits(s, source, &l->item[k]))
            return &l->item[k];
    return NULL;
}

static range mention_of(const claim *c)
{
    return !range_empty(c->speaker) ? c->speaker : c->source;
}

static bool fits_pronoun(const syntax *s, range source, const claim *before)
{
    range m = mention_of(before);
    int want = gender(s, source), have = gender(s, m);
    return before->speaker_status <= SPEAKER_RESOLVED && person_like(s, m) && (have == 0 || want == 0 || have == want);
}

static bool plural_phrase(const syntax *s, range r)
{
    const token *t = &s->a->token[r.last - 1];
    char last = s->text[t->end - 1];
    return s->tag[r.last - 1] == TAG_NN && last == 's' && t->end - t->start > 3;
}

static bool fits_plural(const syntax *s, range source, const claim *before)
{
    (void)source;
    return plural_phrase(s, before->source);
}

static bool fits_thing(const syntax *s, range source, const claim *before)
{
    (void)source;
    return has_list(s, before->source, LIST_GROUP) && !pronoun(s, before->source);
}

static bool fits_role(const syntax *s, range source, const claim *before)
{
    range m = mention_of(before);
    for (uint32_t i = m.first; i < m.last; i++)
        if (same_word(s, i, source.last - 1))
            return true;
    return false;
}

static void resolve_pronoun(const syntax *s, claim_list *l, size_t i)
{
    claim *c = &l->item[i];
    range none = {0, 0};
    uint32_t at = c->source.first;
    bool plural = word_is(s, at, "they") || word_is(s, at, "their"), thing = word_is(s, at, "it") || word_is(s, at, "its");
    if (word_is(s, at, "i") || word_is(s, at, "we") || word_is(s, at, "you") || word_is(s, at, "my") ||
        word_is(s, at, "our") || word_is(s, at, "your")) {
        set(c, SPEAKER_UNKNOWN, none, "first or second person");
        return;
    }
    const claim *before = earlier_source(l, i, s, c->source, plural ? fits_plural : thing ? fits_thing : fits_pronoun);
    if (before != NULL)
        set(c, SPEAKER_RESOLVED, mention_of(before), "pronoun: the last source that fits");
    else
        set(c, SPEAKER_UNKNOWN, none, "pronoun without a source before it that fits");
}

static void resolve_relative(const syntax *s, claim *c)
{
    range none = {0, 0};
    uint32_t at = c->source.first;
    uint32_t end = at > 0 && mark_is(s, at - 1, ',') ? at - 1 : at;
    range np = end > 0 ? noun_phrase_left(s, end > 40 ? end - 40 : 0, end) : none;
    if (range_empty(np))
        set(c, SPEAKER_UNKNOWN, none, "relative pronoun without a noun before it");
    else
        set(c, SPEAKER_RESOLVED, np, "relative pronoun: the noun before it");
}

static void resolve_name(const syntax *s, claim *c, range name)
{
    range none = {0, 0};
    bool whole = name.last - name.first >= 2 || has_list(s, c->source, LIST_GROUP);
    range full = whole ? none : full_mention(s, name, c->source.first);
    if (!range_empty(full))
        set(c, SPEAKER_RESOLVED, full, "surname: a fuller mention before");
    else
        set(c, SPEAKER_NAMED, none, NULL);
}

static void resolve_phrase(const syntax *s, claim_list *l, size_t i)
{
    claim *c = &l->item[i];
    range none = {0, 0};
    bool definite = word_is(s, c->source.first, "the") && words_in(s, c->source) <= 3;
    const claim *before = definite ? earlier_source(l, i, s, c->source, fits_role) : NULL;
    if (before != NULL && before->speaker_status <= SPEAKER_RESOLVED)
        set(c, SPEAKER_RESOLVED, mention_of(before), "role: the last source with it");
    else
        set(c, SPEAKER_UNNAMED, none, "no name in the source");
}

void speakers_resolve(const syntax *s, claim_list *claims)
{
    for (size_t i = 0; i < claims->n; i++) {
        claim *c = &claims->item[i];
        range none = {0, 0};
        if (range_empty(c->source)) {
            set(c, SPEAKER_UNKNOWN, none, "no source found");
            continue;
        }
        range name = name_in(s, c->source);
        if (pronoun(s, c->source))
            resolve_pronoun(s, claims, i);
        else if (s->tag[c->source.first] == TAG_WH)
            resolve_relative(s, c);
        else if (!range_empty(name))
            resolve_name(s, c, name);
        else
            resolve_phrase(s, claims, i);
    }
}
