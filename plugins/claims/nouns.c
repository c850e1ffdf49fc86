/* nouns.c: the claim around "according to", or around a noun: "X's claim that". */
#include "claims/content.h"
#include "claims/extract_internal.h"

static uint32_t comma_in(const syntax *s, range r)
{
    for (uint32_t i = r.first + 1; i < r.last; i++)
        if (mark_is(s, i, ','))
            return i;
    return r.last;
}

/* "..., according to the mayor, Ann Orr.": the name behind the role, which ends the phrase. */
static uint32_t name_after(const syntax *s, range source, uint32_t last)
{
    uint32_t at = source.last + 1;
    if (at >= last || !mark_is(s, source.last, ',') || s->chunk_last[at] == 0 ||
        s->tag[at] != WN_TAG_NNP)
        return source.last;
    uint32_t end = s->chunk_last[at], head = source.first;
    while (head + 1 < source.last && s->chunk_first[head + 1] == s->chunk_first[source.first] &&
           s->chunk_last[head + 1] != 0)
        head++;
    bool role = (in_list(s, head, LIST_ROLE) || in_list(s, head, LIST_TITLE)) && end - at >= 2;
    return role && s->tag[end - 1] == WN_TAG_NNP &&
                   (end == last || mark_is(s, end, '.') || mark_is(s, end, ','))
               ? end
               : source.last;
}

/* "according to X, ..." and "..., according to X" */
bool try_according(extractor *x, uint32_t at)
{
    const syntax *s = x->s;
    range source = noun_phrase_right(s, at + 2, x->last);
    if (range_empty(source))
        return true;
    if (at <= x->first + 1 && source.last < x->last && !mark_is(s, source.last, ','))
        source.last = comma_in(s, source);
    source.last = name_after(s, source, x->last);
    claim c = {.class = CUE_STATEMENT,
               .lemma = "according to",
               .rule = "according_to",
               .source = source,
               .cue = {at, at + 2},
               .head = at,
               .parent = -1};
    if (at > x->first + 1) {
        range left = mark_is(s, at - 1, ',') ? quotation_left(x, at) : (range){0, 0};
        if (range_empty(left))
            left = content_trim(s, (range){x->first, at});
        (void)add_content(&c, left);
    }
    if ((at <= x->first + 1 || !has_finite_verb(s, x->first, at)) && source.last + 1 < x->last &&
        mark_is(s, source.last, ','))
        (void)add_content(&c, content_until(s, s->n_groups, source.last + 1, x->first, x->last));
    return c.n_contents == 0 || add_claim(x, c);
}

/* "[X]'s claim", "[her] claim": whose the noun is; empty: nobody's. */
static range owner(const syntax *s, uint32_t noun)
{
    uint32_t first = s->chunk_first[noun];
    range found = {0, 0};
    if (first == noun)
        return found;
    for (uint32_t i = first + 1; i < noun && s->chunk_last[noun] == noun + 1; i++)
        if (s->tag[i] == WN_TAG_POS)
            found = (range){first, i};
    if (range_empty(found) && s->tag[first] == WN_TAG_PRPS)
        found = (range){first, first + 1};
    return found;
}

/* "X's claim that ...", "the claim by X that ..." */
bool try_noun(extractor *x, uint32_t at)
{
    const syntax *s = x->s;
    const cue *c = lexicon_cue(s->lexicon, s->word[at].noun);
    range source = owner(s, at);
    uint32_t that = at + 1;
    if (range_empty(source) && at + 2 < x->last && word_among(s, at + 1, "by from")) {
        source = noun_phrase_right(s, at + 2, x->last);
        that = source.last;
    }
    if (range_empty(source) || that + 1 >= x->last || !word_is(s, that, "that"))
        return true;
    claim k = {.class = CUE_STATEMENT,
               .lemma = c->lemma,
               .rule = "noun_that",
               .source = source,
               .denied = c->denies,
               .cue = {at, at + 1},
               .head = at,
               .parent = -1};
    (void)add_content(&k, content_until(s, s->n_groups, that, x->first, x->last));
    return k.n_contents == 0 || add_claim(x, k);
}
