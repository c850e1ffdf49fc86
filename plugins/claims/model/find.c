/* find.c: heads of a document and the claims around them. */
#include "claims/extract_internal.h"
#include "claims/model/decode.h"
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

static int by_score(const void *a, const void *b)
{
    const head_guess *x = a, *y = b;
    return x->score != y->score ? (x->score < y->score ? 1 : -1)
                                : (x->at > y->at) - (x->at < y->at);
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

static bool in_cue(const claim_list *l, size_t from, range r)
{
    for (size_t k = from; k < l->n; k++)
        if (l->item[k].cue.first < r.last && r.first < l->item[k].cue.last)
            return true;
    return false;
}

static int by_cue(const void *a, const void *b)
{
    const claim *x = a, *y = b;
    return (x->cue.first > y->cue.first) - (x->cue.first < y->cue.first);
}

/* What the model does not know of, or not for sure: a clause before its speaker, an answer that was
 * not given, and who is cited for another one's words. */
static bool kept_rule(const claim *c)
{
    bool clause = strcmp(c->rule, "clause_source_verb") == 0 && c->class == CUE_STATEMENT;
    return sure_rule(c) || clause || c->type == CLAIM_NO_COMMENT ||
           strcmp(c->rule, "citing_source") == 0;
}

/* The claims of such rules that the model passed over. */
static bool add_sure(const scene *c, size_t from, claim_list *ret)
{
    for (size_t k = 0; k < c->n_rules; k++) {
        const claim *r = &c->rule[k];
        if (kept_rule(r) && !in_cue(ret, from, r->cue) && !add(ret, r))
            return false;
    }
    return true;
}

/* "The refusal signals a setback": no person, body or paper; who writes so thinks so. Of verbs that
 * tell what was said ("..., X said") the source is somebody, whatever the word for him. */
static bool told_by_thing(const scene *c, const claim *found)
{
    const syntax *s = c->s;
    const cue *known = verb_cue(s, found->head, c->last);
    range r = found->source;
    bool tells = known != NULL && (known->frames & FRAME_LEFT) != 0;
    if (range_empty(r) || tells || found->type == CLAIM_DIRECT || s->chunk_last[r.first] == 0)
        return false;
    uint32_t head = s->chunk_last[r.first] - 1;
    return s->tag[head] == WN_TAG_NN &&
           !in_lists(s, head,
                     LIST_BIT(LIST_ROLE) | LIST_BIT(LIST_GROUP) | LIST_BIT(LIST_PERSON) |
                         LIST_BIT(LIST_TITLE) | LIST_BIT(LIST_WRITING) | LIST_BIT(LIST_BODY_NAME) |
                         LIST_BIT(LIST_PLURAL));
}

static bool wanted(const extract_options *o, const head_guess *h)
{
    return o->attitudes || (h->class != HEAD_ATTITUDE && h->class != HEAD_DECISION);
}

/* The claim around a head, unless its cue is one of those found since `from`. false: out of
 * memory. */
static bool add_around(const attribution_model *m, attribution_work *work, const scene *c,
                       const head_guess *head, size_t from, claim_list *ret)
{
    window w;
    uint8_t label[WINDOW_MAX];
    claim found;
    window_open(&w, c, head->at, (enum head_class)head->class);
    decode_window(m, work, c, &w, label);
    if (!build_claim(c, &w, label, head, &found) || in_cue(ret, from, found.cue))
        return true;
    found.doubtful = (w.rule == NULL && head->score < m->confident) || told_by_thing(c, &found);
    return add(ret, &found);
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
    for (size_t k = 0; k < n; k++)
        if (!in_cue(ret, from, (range){head[k].at, head[k].at + 1}) && wanted(o, &head[k]) &&
            !add_around(m, work, c, &head[k], from, ret))
            return false;
    if (!add_sure(c, from, ret))
        return false;
    if (ret->n > from + 1)
        qsort(ret->item + from, ret->n - from, sizeof *ret->item, by_cue);
    return true;
}

static bool has_own_cue(const syntax *s, const claim *c, range piece)
{
    const wn_token *t = s->a->token;
    uint32_t from = t[piece.first].sentence, to = t[piece.last - 1].sentence;
    return t[c->head].sentence >= from && t[c->head].sentence <= to;
}

/* A quotation with an attribution of its own does not go on with the speaker before. */
static void give_up_pieces(const syntax *s, claim *c, const claim *other)
{
    unsigned kept = 0;
    for (unsigned k = 0; k < c->n_contents; k++) {
        bool theirs = false,
             within = c->content[k].first <= other->head && other->head < c->content[k].last;
        for (unsigned p = 0; p < other->n_contents && !within; p++)
            theirs |= other->content[p].first < c->content[k].last &&
                      c->content[k].first < other->content[p].last;
        if (theirs && !has_own_cue(s, c, c->content[k]) && has_own_cue(s, other, c->content[k]))
            continue;
        c->content[kept++] = c->content[k];
    }
    if (kept > 0)
        c->n_contents = kept;
}

static void part_contents(const syntax *s, claim_list *l)
{
    enum { NEAR = 6 };
    for (size_t i = 0; i < l->n; i++)
        for (size_t k = i > NEAR ? i - NEAR : 0; k < l->n && k <= i + NEAR; k++)
            if (k != i && strcmp(l->item[k].rule, "citing_source") != 0)
                give_up_pieces(s, &l->item[i], &l->item[k]);
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

/* The views of all tokens, and nothing known of their scores. */
static bool prepare(attribution_work *w, const syntax *s)
{
    const grown_array by_token[] = {{&w->token, sizeof *w->token},
                                    {&w->alone, 2 * sizeof *w->alone}};
    if (!grow_together(by_token, 2, &w->cap_tokens, s->a->n_tokens + 1) ||
        !describe_tokens(s, w->token))
        return false;
    for (size_t i = 0; i < s->a->n_tokens * 2; i++)
        w->alone[i].known = false;
    return true;
}

/* The sentence's rule claims, from *rule on. */
static void take_rules(scene *c, const claim_list *rules, size_t *rule)
{
    c->rule = rules->n > 0 ? rules->item + *rule : NULL;
    while (*rule < rules->n && rules->item[*rule].cue.first < c->last) {
        (*rule)++;
        c->n_rules++;
    }
}

bool attribution_find(const attribution_model *m, attribution_work *w, syntax *s,
                      const extract_options *o, const claim_list *rules, claim_list *ret)
{
    const wn_analysis *a = s->a;
    size_t rule = 0, skip = 0;
    ret->n = 0;
    if (!prepare(w, s))
        return false;
    for (uint32_t first = 0, last; first < a->n_tokens; first = last) {
        for (last = first + 1;
             last < a->n_tokens && a->token[last].sentence == a->token[first].sentence;)
            last++;
        scene c = {.s = s, .token = w->token, .first = first, .last = last};
        take_rules(&c, rules, &rule);
        bool skipped = sentence_skipped(s, o, &skip, first, last);
        if (last - first > o->max_sentence || skipped) {
            if (!add_sure(&c, ret->n, ret))
                return false;
            continue;
        }
        if (!syntax_sentence(s, first, last) || !sentence(m, w, &c, o, ret) || !wn_beat(s->pulse))
            return false;
    }
    part_contents(s, ret);
    find_parents(ret);
    drop_own_words(s, ret);
    find_parents(ret);
    return true;
}
