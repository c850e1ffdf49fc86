/* extract.c: the walk over the sentences, quotations that go on, and nesting. */
#include "claims/extract_internal.h"
#include "claims/stance.h"
#include "common/grow.h"
#include <stdlib.h>
#include <string.h>

enum { NESTING_WINDOW = 16 };

bool quote_ends_at(const syntax *s, uint32_t i)
{
    return s->a->token[i].kind == WN_TOKEN_QUOTE && s->quotation[i] >= 0 &&
           s->quoted[s->quotation[i]].last == i + 1;
}

bool quote_starts_at(const syntax *s, uint32_t i)
{
    return s->a->token[i].kind == WN_TOKEN_QUOTE && s->quotation[i] >= 0 &&
           s->quoted[s->quotation[i]].first == i;
}

static bool whole_quotation(const syntax *s, range r)
{
    return !range_empty(r) && quote_starts_at(s, r.first) &&
           s->quoted[s->quotation[r.first]].last == r.last;
}

bool holds_quotation(const syntax *s, range r)
{
    for (uint32_t i = r.first; i < r.last; i++)
        if (quote_starts_at(s, i))
            return true;
    return false;
}

/* “frank and useful”: a quotation that starts in the middle of a sentence. */
static bool fragment(const syntax *s, range r)
{
    return r.first + 1 < r.last && s->a->token[r.first + 1].kind == WN_TOKEN_WORD &&
           (s->a->token[r.first + 1].flags & WN_TOKEN_CAPITAL) == 0;
}

void claim_set_type(const syntax *s, claim *c)
{
    bool all = c->n_contents > 0 && !fragment(s, c->content[0]), any = false;
    for (unsigned i = 0; i < c->n_contents; i++) {
        all = all && whole_quotation(s, c->content[i]) &&
              c->content[i].last - c->content[i].first > 3;
        any = any || holds_quotation(s, c->content[i]);
    }
    c->type = all ? CLAIM_DIRECT : any ? CLAIM_MIXED : CLAIM_INDIRECT;
}

bool add_content(claim *c, range r)
{
    if (range_empty(r) || c->n_contents == CLAIM_CONTENTS ||
        (c->n_contents > 0 && r.first < c->content[c->n_contents - 1].last))
        return false;
    c->content[c->n_contents++] = r;
    return true;
}

/* A claim within what is being said does not take over the floor. */
static bool inside_speaking(const extractor *x, const claim *c)
{
    if (x->speaking < 0)
        return false;
    const claim *now = &x->out->item[x->speaking];
    for (unsigned i = 0; i < now->n_contents; i++)
        if (now->content[i].first <= c->cue.first && now->content[i].last >= c->cue.last)
            return true;
    return false;
}

bool add_claim(extractor *x, claim c)
{
    claim_list *l = x->out;
    claim *all = grown(l->item, &l->cap, l->n, sizeof *all);
    if (all == NULL)
        return false;
    l->item = all;
    if (c.type != CLAIM_NO_COMMENT)
        claim_set_type(x->s, &c);
    c.stance = stance_of(x->s, &c, x->first, x->last);
    l->item[l->n++] = c;
    if (c.n_contents > 0 && c.class == CUE_STATEMENT && !inside_speaking(x, &c)) {
        x->speaking = (int32_t)l->n - 1;
        x->speaking_paragraph = x->paragraph;
    }
    return true;
}

/* Claims without a verb group that begin at token i: false: out of memory. */
static bool claims_at(extractor *x, uint32_t i)
{
    const syntax *s = x->s;
    if (i + 2 < x->last && word_is(s, i, "according") && word_is(s, i + 1, "to") &&
        !try_according(x, i))
        return false;
    if (s->a->token[i].kind == WN_TOKEN_PUNCT)
        return try_mark(x, i);
    bool noun = s->word[i].noun >= 0 && is_noun(s, i) && s->chunk_last[i] != 0;
    return !noun || try_noun(x, i);
}

static bool sentence_claims(extractor *x)
{
    syntax *s = x->s;
    if (!syntax_sentence(s, x->first, x->last))
        return false;
    x->sentence_claims = x->out->n;
    if (!try_as(x))
        return false;
    size_t group = 0;
    for (uint32_t i = x->first; i < x->last; i++) {
        if (!wn_beat(s->pulse))
            return false;
        if (group < s->n_groups && s->group[group].main == i && !try_group(x, group++))
            return false;
        if (!claims_at(x, i))
            return false;
    }
    return true;
}

/* “The wall is sound,” said goalkeeper Orr: does the sentence go on to say who speaks, though no
 * rule knows how? After a comma within the marks nothing else can follow. */
static bool attributed_itself(const extractor *x, range quoted)
{
    const syntax *s = x->s;
    uint32_t next = quoted.last;
    if (next >= x->last || quoted.last < quoted.first + 2)
        return false;
    if (mark_is(s, quoted.last - 2, ','))
        return true;
    if (chunk_starts(s, next) && s->chunk_last[next] < x->last)
        next = s->chunk_last[next];
    return s->word[next].verb >= 0 && is_verb(s, next);
}

/* Quotations of the sentence that no cue took go on with what was being said. */
static void continue_quotations(extractor *x, bool paragraph_starts)
{
    syntax *s = x->s;
    if (x->speaking < 0 || x->first >= x->last || !quote_starts_at(s, x->first) ||
        attributed_itself(x, s->quoted[s->quotation[x->first]]))
        return;
    claim *c = &x->out->item[x->speaking];
    int32_t q = s->quotation[x->first];
    bool went_on = false;
    if (x->paragraph != x->speaking_paragraph && paragraph_starts) {
        int32_t before = s->quotation[c->content[c->n_contents - 1].last - 1];
        went_on = before >= 0 && s->a->quotation[before].open_ended &&
                  x->paragraph == x->speaking_paragraph + 1;
    }
    if (x->paragraph != x->speaking_paragraph && !went_on)
        return;
    if (!add_content(c, s->quoted[q]))
        return;
    claim_set_type(s, c);
    x->speaking_paragraph = x->paragraph;
}

static bool claimed(const extractor *x, size_t from, range r)
{
    for (size_t i = from; i < x->out->n; i++)
        for (unsigned k = 0; k < x->out->item[i].n_contents; k++)
            if (x->out->item[i].content[k].first <= r.first &&
                x->out->item[i].content[k].last >= r.last)
                return true;
    return false;
}

/* A line that asks for something, or a heading: short, without a final stop, most words capital. */
static bool not_prose(const syntax *s, uint32_t first, uint32_t last)
{
    if (in_list(s, first, LIST_BOILERPLATE) && last - first < 40 &&
        (s->tag[first] == WN_TAG_VB || s->tag[first] == WN_TAG_VBP ||
         (first + 1 < last && mark_is(s, first + 1, ':'))))
        return true;
    uint32_t words = 0, capitals = 0;
    if (last - first > 30)
        return false;
    unsigned char end = (unsigned char)s->text[s->a->token[last - 1].end - 1];
    if (end == '.' || end == '?' || end == '!' || s->a->token[last - 1].kind == WN_TOKEN_QUOTE)
        return false;
    for (uint32_t i = first; i < last; i++) {
        const wn_token *t = &s->a->token[i];
        if (t->kind != WN_TOKEN_WORD || t->end - t->start < 4)
            continue;
        words++;
        capitals += (t->flags & WN_TOKEN_CAPITAL) != 0;
    }
    return capitals * 3 >= words * 2;
}

static bool skipped(const extract_options *o, size_t *next, const wn_token *t)
{
    while (*next < o->n_skip && o->skip[*next].end <= t->start)
        (*next)++;
    return *next < o->n_skip && o->skip[*next].start <= t->start;
}

bool sentence_skipped(const syntax *s, const extract_options *o, size_t *next, uint32_t first,
                      uint32_t last)
{
    return skipped(o, next, &s->a->token[first]) || not_prose(s, first, last);
}

void find_parents(claim_list *l)
{
    for (size_t i = 0; i < l->n; i++) {
        uint32_t best = UINT32_MAX;
        l->item[i].parent = -1;
        size_t low = i > NESTING_WINDOW ? i - NESTING_WINDOW : 0;
        size_t high = i + NESTING_WINDOW < l->n ? i + NESTING_WINDOW : l->n;
        for (size_t k = low; k < high; k++)
            for (unsigned p = 0; k != i && p < l->item[k].n_contents; p++) {
                range r = l->item[k].content[p];
                if (r.first <= l->item[i].cue.first && r.last >= l->item[i].cue.last &&
                    r.last - r.first < best) {
                    best = r.last - r.first;
                    l->item[i].parent = (int32_t)k;
                }
            }
        if (best == UINT32_MAX && i > 0 && strcmp(l->item[i].rule, "citing_source") == 0)
            l->item[i].parent = (int32_t)i - 1;
    }
}

bool claims_extract(syntax *s, const extract_options *o, claim_list *ret, size_t *ret_left_out)
{
    const wn_analysis *a = s->a;
    extractor x = {.s = s, .o = o, .out = ret, .speaking = -1};
    size_t skip = 0, paragraph = 0;
    ret->n = 0;
    *ret_left_out = 0;
    for (uint32_t first = 0, last; first < a->n_tokens; first = last) {
        for (last = first + 1;
             last < a->n_tokens && a->token[last].sentence == a->token[first].sentence;)
            last++;
        while (paragraph + 1 < a->n_paragraphs &&
               a->paragraph[paragraph].end <= a->token[first].start)
            paragraph++;
        bool starts = x.paragraph != paragraph || first == 0;
        x.paragraph = (uint32_t)paragraph;
        x.first = first;
        x.last = last;
        if (last - first > o->max_sentence) {
            (*ret_left_out)++;
            continue;
        }
        if (sentence_skipped(s, o, &skip, first, last)) {
            if (!try_mark(&x, first)) /* "-- Ann Orr, the mayor" looks like a heading */
                return false;
            continue;
        }
        size_t before = ret->n;
        if (!sentence_claims(&x))
            return false;
        if (quote_starts_at(s, first) &&
            !claimed(&x, before > 4 ? before - 4 : 0, s->quoted[s->quotation[first]]))
            continue_quotations(&x, starts);
    }
    find_parents(ret);
    return true;
}

void claim_list_release(claim_list *l)
{
    free(l->item);
    *l = (claim_list){0};
}
