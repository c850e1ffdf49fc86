/* find.c: heads of a document and the claims around them. */
#include "claims/content.h"
#include "claims/extract_internal.h"
#include "claims/model/decode.h"
#include "claims/stance.h"
#include "common/grow.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_HEADS = 64 }; /* of a sentence */

void attribution_work_release(attribution_work *w)
{
    free(w->token);
    free(w->alone);
    *w = (attribution_work){0};
}

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

static int by_score(const void *a, const void *b)
{
    const head_guess *x = a, *y = b;
    return x->score != y->score ? (x->score < y->score ? 1 : -1)
                                : (x->at > y->at) - (x->at < y->at);
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
static bool sure_rule(const claim *c)
{
    return strncmp(c->rule, "quote_", 6) == 0 || strcmp(c->rule, "source_colon") == 0;
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

static bool build_claim(const scene *c, const window *w, const uint8_t *label, const head_guess *h,
                        claim *ret)
{
    range source[1], verb[1];
    *ret = (claim){.parent = -1, .head = w->head};
    if (pieces_of(w, label, LABEL_SOURCE, source, 1) == 1)
        ret->source = source[0];
    (void)pieces_of(w, label, LABEL_CUE, verb, 1);
    ret->cue = verb[0];
    ret->n_contents =
        tidy_contents(c->s, w->head, ret->content,
                      pieces_of(w, label, LABEL_CONTENT, ret->content, CLAIM_CONTENTS));
    set_cue(c, w, ret);
    if (w->rule != NULL && sure_rule(w->rule)) {
        take_quotations(c->s, w->rule, ret);
        ret->source = range_empty(ret->source) ? w->rule->source : ret->source;
    }
    go_on(w, ret);
    ret->stance = stance_of(c->s, ret, c->first, c->last);
    set_class(c, h, ret);
    return ret->n_contents > 0 || ret->type == CLAIM_NO_COMMENT;
}

static bool add(claim_list *l, const claim *c)
{
    claim *all = grown(l->item, &l->cap, l->n, sizeof *all);
    if (all == NULL)
        return false;
    l->item = all;
    l->item[l->n++] = *c;
    return true;
}

static bool in_cue(const claim_list *l, size_t from, uint32_t i)
{
    for (size_t k = from; k < l->n; k++)
        if (l->item[k].cue.first <= i && l->item[k].cue.last > i)
            return true;
    return false;
}

static int by_cue(const void *a, const void *b)
{
    const claim *x = a, *y = b;
    return (x->cue.first > y->cue.first) - (x->cue.first < y->cue.first);
}

/* The claims of sure rules that the model passed over. */
static bool add_sure(const scene *c, size_t from, claim_list *ret)
{
    for (size_t k = 0; k < c->n_rules; k++) {
        const claim *r = &c->rule[k];
        if (sure_rule(r) && !in_cue(ret, from, r->head) && !add(ret, r))
            return false;
    }
    return true;
}

static bool sentence(const attribution_model *m, attribution_work *work, const scene *c,
                     const extract_options *o, claim_list *ret)
{
    head_guess head[MOST_HEADS];
    size_t n = 0, from = ret->n;
    for (uint32_t i = c->first; i < c->last && n < MOST_HEADS; i++) {
        if (!head_candidate(c, i))
            continue;
        head[n] = head_class_of(m, c, i);
        n += head[n].score > m->threshold;
    }
    qsort(head, n, sizeof *head, by_score);
    for (size_t k = 0; k < n; k++) {
        window w;
        uint8_t label[WINDOW_MAX];
        claim found;
        if (in_cue(ret, from, head[k].at) ||
            (!o->attitudes && (head[k].class == HEAD_ATTITUDE || head[k].class == HEAD_DECISION)))
            continue;
        window_open(&w, c, head[k].at, (enum head_class)head[k].class);
        decode_window(m, work, c, &w, label);
        if (build_claim(c, &w, label, &head[k], &found) && !add(ret, &found))
            return false;
    }
    if (!add_sure(c, from, ret))
        return false;
    qsort(ret->item + from, ret->n - from, sizeof *ret->item, by_cue);
    return true;
}

/* "I think", "we want" in what somebody says: part of it, and told by no one else. */
static bool own_words(const syntax *s, const claim *c)
{
    if (c->class != CUE_STATEMENT || range_empty(c->source))
        return true;
    return c->source.last - c->source.first == 1 && in_list(s, c->source.first, LIST_SPEAKING);
}

/* Leave out claims within the content of another one that say nothing beyond it. */
static void drop_own_words(const syntax *s, claim_list *l)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->n; i++)
        if (l->item[i].parent < 0 || !own_words(s, &l->item[i]))
            l->item[kept++] = l->item[i];
    l->n = kept;
}

bool attribution_find(const attribution_model *m, attribution_work *w, syntax *s,
                      const extract_options *o, const claim_list *rules, claim_list *ret)
{
    const wn_analysis *a = s->a;
    size_t rule = 0, skip = 0;
    ret->n = 0;
    const grown_array by_token[] = {{&w->token, sizeof *w->token},
                                    {&w->alone, 2 * sizeof *w->alone}};
    if (!grow_together(by_token, 2, &w->cap_tokens, a->n_tokens + 1) ||
        !describe_tokens(s, w->token))
        return false;
    for (size_t i = 0; i < a->n_tokens * 2; i++)
        w->alone[i].known = false;
    for (uint32_t first = 0, last; first < a->n_tokens; first = last) {
        for (last = first + 1;
             last < a->n_tokens && a->token[last].sentence == a->token[first].sentence;)
            last++;
        scene c = {
            .s = s, .token = w->token, .rule = rules->item + rule, .first = first, .last = last};
        while (rule < rules->n && rules->item[rule].cue.first < last) {
            rule++;
            c.n_rules++;
        }
        bool skipped = sentence_skipped(s, o, &skip, first, last);
        if (last - first > o->max_sentence || skipped) {
            if (!add_sure(&c, ret->n, ret))
                return false;
            continue;
        }
        if (!syntax_sentence(s, first, last) || !sentence(m, w, &c, o, ret) || !wn_beat(s->pulse))
            return false;
    }
    find_parents(ret);
    drop_own_words(s, ret);
    find_parents(ret);
    return true;
}
