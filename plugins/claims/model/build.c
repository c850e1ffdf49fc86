/* build.c: a claim of the labels around a head. */
#include "claims/content.h"
#include "claims/extract_internal.h"
#include "claims/model/decode.h"
#include "claims/stance.h"
#include <string.h>

/* The pieces with the label, each without marks that only part it from the next. */
static unsigned pieces_of(const window *w, const uint8_t *label, unsigned want, range *ret,
                          unsigned most)
{
    unsigned n = 0;
    for (uint32_t k = 0, size = w->last - w->first; k < size && n < most; k++) {
        if (label[k] != want)
            continue;
        range r = {w->first + k, w->first + k};
        while (k < size && label[k] == want)
            r.last = w->first + ++k;
        if (!range_empty(r))
            ret[n++] = r;
    }
    return n;
}

static bool has_word(const syntax *s, range r)
{
    for (uint32_t i = r.first; i < r.last; i++)
        if (s->a->token[i].kind == WN_TOKEN_WORD || s->a->token[i].kind == WN_TOKEN_NUMBER)
            return true;
    return false;
}

/* The outermost quotation that holds the token and not the head; -1: none. */
static int32_t quotation_apart(const syntax *s, uint32_t i, uint32_t head)
{
    int32_t found = -1;
    for (int32_t q = s->quotation[i]; q >= 0; q = s->a->quotation[q].parent)
        if (head < s->quoted[q].first || head >= s->quoted[q].last)
            found = q;
    return found;
}

/* Of a quotation everything is content: its marks, and what stands between them. */
static range whole_quotations(const syntax *s, range r, uint32_t head)
{
    int32_t a = quotation_apart(s, r.first, head), b = quotation_apart(s, r.last - 1, head);
    if (a >= 0)
        r.first = s->quoted[a].first;
    if (b >= 0)
        r.last = s->quoted[b].last;
    return r;
}

/* "said, [in an email,] [that ...]": what comes between the cue and "that" is no content. */
static void drop_lead(const syntax *s, uint32_t head, range *piece, unsigned *n)
{
    for (unsigned k = 1; k < *n; k++) {
        bool lead = piece[k - 1].first > head && s->quotation[piece[k - 1].first] < 0;
        if (!in_list(s, piece[k].first, LIST_COMPLEMENTIZER) || !lead)
            continue;
        memmove(piece + k - 1, piece + k, (*n - k) * sizeof *piece);
        (*n)--;
        return;
    }
}

/* The pieces of content as they are told: whole quotations, no marks at the ends, nothing without a
 * word, and none within another. */
static unsigned tidy_contents(const syntax *s, uint32_t head, range *piece, unsigned n)
{
    unsigned kept = 0;
    for (unsigned k = 0; k < n; k++) {
        range r = content_trim(s, piece[k]);
        if (range_empty(r) || !has_word(s, r))
            continue;
        r = whole_quotations(s, r, head);
        if (kept > 0 && piece[kept - 1].last >= r.first) {
            if (r.last > piece[kept - 1].last)
                piece[kept - 1].last = r.last;
            continue;
        }
        piece[kept++] = r;
    }
    return kept;
}

/* What is known of the cue beside its place: from the rules' claim, else from the lexicon. */
static void set_cue(const scene *c, const window *w, claim *ret)
{
    const cue *known = verb_cue(c->s, w->head, c->last);
    if (known == NULL)
        known = lexicon_cue(c->s->lexicon, c->s->word[w->head].noun);
    if (w->rule != NULL) {
        ret->lemma = w->rule->lemma;
        ret->rule = w->rule->rule;
        ret->denied = known != NULL ? known->denies : w->rule->denied;
        return;
    }
    ret->lemma = known != NULL ? known->lemma : NULL;
    ret->denied = known != NULL && known->denies;
    ret->rule = "learned";
}

static void set_class(const scene *c, const head_guess *h, claim *ret)
{
    static const uint8_t classes[HEADS] = {[HEAD_STATEMENT] = CUE_STATEMENT,
                                           [HEAD_ATTITUDE] = CUE_ATTITUDE,
                                           [HEAD_DECISION] = CUE_DECISION,
                                           [HEAD_SILENCE] = CUE_STATEMENT};
    ret->class = classes[h->class];
    claim_set_type(c->s, ret);
    if (h->class == HEAD_SILENCE) {
        ret->type = CLAIM_NO_COMMENT;
        ret->rule = "no_comment";
    }
}

/* Quotations beyond the window, which the rules found to go on with what is said. */
static void go_on(const window *w, claim *ret)
{
    const claim *r = w->rule;
    for (unsigned k = 0; r != NULL && ret->n_contents > 0 && k < r->n_contents; k++)
        if (r->content[k].first >= w->last)
            (void)add_content(ret, r->content[k]);
}

/* Quotations with their speaker beside them: the rules do not err, and the model adds nothing. */
bool sure_rule(const claim *c)
{
    return c->type == CLAIM_DIRECT && !range_empty(c->source);
}

/* A comma that closes what another one opens belongs to the source, any other mark does not. */
static range tidy_source(const syntax *s, range r)
{
    bool pair = false;
    for (uint32_t i = r.first; i + 1 < r.last; i++)
        pair |= mark_is(s, i, ',');
    while (!range_empty(r) && tag_in(s, r.first, 1 << WN_TAG_PUNCT))
        r.first++;
    while (!range_empty(r) && tag_in(s, r.last - 1, 1 << WN_TAG_PUNCT) &&
           !(pair && mark_is(s, r.last - 1, ',')))
        r.last--;
    return r;
}

/* Can the phrase be somebody or something that says: not "the" alone, nor the first words of a
 * phrase that goes on into the cue ("[a US] request for"), but "[the US's] request". */
static bool can_be_source(const syntax *s, range r, uint32_t head)
{
    enum { SAYS = TAGS_NOUN | TAGS_STAND_IN | 1 << WN_TAG_PRPS | 1 << WN_TAG_CD | 1 << WN_TAG_JJ };
    if (range_empty(r))
        return true;
    uint32_t last = r.last - 1;
    bool whole = s->chunk_last[last] == 0 || s->chunk_last[last] <= r.last ||
                 s->chunk_first[last] != s->chunk_first[head] ||
                 tag_in(s, last, 1 << WN_TAG_POS | 1 << WN_TAG_PRPS);
    bool some = r.last - r.first > 1 || !in_list(s, r.first, LIST_NO_SOURCE);
    for (uint32_t i = r.first; i < r.last && some; i++)
        if (tag_in(s, i, SAYS) && !in_list(s, i, LIST_DAY))
            return whole;
    return some && whole && r.last - r.first == 1 && !in_list(s, r.first, LIST_DAY);
}

/* The rule's contents, and those of the model's that are whole quotations too. */
static void take_quotations(const syntax *s, const claim *rule, claim *ret)
{
    claim both = *rule;
    for (unsigned k = 0; k < ret->n_contents; k++) {
        range r = ret->content[k];
        if (quote_starts_at(s, r.first) && s->quoted[s->quotation[r.first]].last == r.last)
            (void)add_content(&both, r);
    }
    memcpy(ret->content, both.content, sizeof ret->content);
    ret->n_contents = both.n_contents;
}

/* "described by X as": the word before the source leaves no doubt. */
static bool told_by_agent(const claim *rule)
{
    return strcmp(rule->rule, "participle_by_source") == 0;
}

/* "X said it would close, [citing] losses": X cites. */
static range subject_of(const scene *c, uint32_t head)
{
    for (size_t k = 0; k < c->s->n_groups; k++) {
        const verb_group *g = &c->s->group[k];
        if (g->main == head && c->s->tag[head] != WN_TAG_VBN && !g->passive && !g->infinitive)
            return g->subject;
    }
    return (range){0, 0};
}

/* "X's estimate that", "the claim of": what a noun for cue tells stands behind it, or is quoted. */
static void keep_behind_noun(const syntax *s, claim *ret)
{
    unsigned kept = 0;
    for (unsigned k = 0; k < ret->n_contents; k++)
        if (s->tag[ret->head] != WN_TAG_NN || ret->content[k].first >= ret->cue.first ||
            holds_quotation(s, ret->content[k]))
            ret->content[kept++] = ret->content[k];
    if (kept > 0)
        ret->n_contents = kept;
}

/* "reassured [the public] that ...": whom it is said to is no content. */
static void drop_addressee(const scene *c, claim *ret)
{
    const syntax *s = c->s;
    const cue *known = verb_cue(s, ret->head, c->last);
    if (known == NULL || (known->frames & FRAME_ADDRESSEE) == 0 || ret->n_contents == 0)
        return;
    range *r = &ret->content[0];
    range np = noun_phrase_right(s, r->first, r->last);
    if (r->first == ret->cue.last && !range_empty(np) && np.last < r->last &&
        in_list(s, np.last, LIST_COMPLEMENTIZER))
        r->first = np.last;
}

/* "said that A, but B": both, where the rules see one sentence of the source's go on. */
static void go_over_and(const scene *c, const window *w, claim *ret)
{
    const syntax *s = c->s;
    if (w->rule == NULL || w->rule->n_contents != 1 || ret->n_contents != 1)
        return;
    range r = w->rule->content[0];
    uint32_t end = ret->content[0].last;
    if (r.first != ret->content[0].first || !in_list(s, r.first, LIST_COMPLEMENTIZER))
        return;
    end += end < r.last && mark_is(s, end, ',');
    if (end < r.last && s->tag[end] == WN_TAG_CC)
        ret->content[0] = r;
}

/* “...,” [plumber] Ann Orr said: words between the quotation and the name are the speaker's. */
static void part_title(const syntax *s, claim *c)
{
    for (unsigned k = 0; k < c->n_contents; k++) {
        range *r = &c->content[k];
        if (r->last != c->source.first || !quote_starts_at(s, r->first))
            continue;
        range q = s->quoted[s->quotation[r->first]];
        if (q.last < r->last && r->last - q.last < 5) {
            r->last = q.last;
            c->source.first = q.last;
        }
    }
}

static const verb_group *group_of_head(const scene *c, uint32_t head)
{
    for (size_t k = 0; k < c->s->n_groups; k++)
        if (c->s->group[k].main == head)
            return &c->s->group[k];
    return NULL;
}

/* "The bill was condemned as a tax": who it is done to is no source, but content. */
static void turn_passive(const scene *c, claim *ret)
{
    const verb_group *g = group_of_head(c, ret->head);
    if (g == NULL || !g->passive || range_empty(ret->source) || ret->source.last > g->first)
        return;
    claim turned = *ret;
    turned.n_contents = 0;
    (void)add_content(&turned, ret->source);
    for (unsigned k = 0; k < ret->n_contents; k++)
        (void)add_content(&turned, ret->content[k]);
    turned.source = (range){0, 0};
    *ret = turned;
}

/* "Orr, pressed by Quay": the one who presses stands behind. */
static bool done_to_source(const scene *c, const claim *ret)
{
    uint32_t end = ret->cue.last;
    bool agent =
        in_list(c->s, end - 1, LIST_AGENT) || (end < c->last && in_list(c->s, end, LIST_AGENT));
    return agent && !range_empty(ret->source) && ret->source.last <= ret->cue.first &&
           tag_in(c->s, ret->head, 1 << WN_TAG_VBN | 1 << WN_TAG_VBD);
}

/* A verb that takes a clause only, as the lexicon has it, says nothing by a noun phrase: "protested
 * outside the store". */
static bool fits_frame(const scene *c, const claim *ret)
{
    enum { PHRASE = FRAME_NOUN | FRAME_AS | FRAME_PREPOSITION | FRAME_GERUND };
    const syntax *s = c->s;
    const cue *known = verb_cue(s, ret->head, c->last);
    if (known == NULL || (known->frames & PHRASE) != 0 || known->particle != NULL)
        return true;
    for (unsigned k = 0; k < ret->n_contents; k++) {
        range r = ret->content[k];
        bool opener = in_list(s, r.first, LIST_COMPLEMENTIZER) ||
                      tag_in(s, r.first, 1 << WN_TAG_TO | 1 << WN_TAG_WH | 1 << WN_TAG_IN);
        if (opener || r.last - r.first < 3 || holds_quotation(s, r) ||
            has_finite_verb(s, r.first, r.last))
            return true;
    }
    return ret->n_contents == 0;
}

bool build_claim(const scene *c, const window *w, const uint8_t *label, const head_guess *h,
                 claim *ret)
{
    range source[1], verb[1];
    *ret = (claim){.parent = -1, .head = w->head};
    if (pieces_of(w, label, LABEL_SOURCE, source, 1) == 1)
        ret->source = tidy_source(c->s, source[0]);
    (void)pieces_of(w, label, LABEL_CUE, verb, 1);
    ret->cue = verb[0];
    ret->n_contents =
        tidy_contents(c->s, w->head, ret->content,
                      pieces_of(w, label, LABEL_CONTENT, ret->content, CLAIM_CONTENTS));
    drop_lead(c->s, w->head, ret->content, &ret->n_contents);
    drop_addressee(c, ret);
    keep_behind_noun(c->s, ret);
    go_over_and(c, w, ret);
    part_title(c->s, ret);
    set_cue(c, w, ret);
    if (range_empty(ret->source))
        ret->source = subject_of(c, w->head);
    if (w->rule != NULL && told_by_agent(w->rule))
        ret->source = w->rule->source;
    if (w->rule != NULL && sure_rule(w->rule)) {
        take_quotations(c->s, w->rule, ret);
        ret->source = range_empty(ret->source) ? w->rule->source : ret->source;
    }
    go_on(w, ret);
    ret->stance = stance_of(c->s, ret, c->first, c->last);
    set_class(c, h, ret);
    turn_passive(c, ret);
    return !done_to_source(c, ret) && fits_frame(c, ret) &&
           (ret->n_contents > 0 || ret->type == CLAIM_NO_COMMENT) &&
           can_be_source(c->s, ret->source, w->head);
}
