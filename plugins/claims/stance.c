/* stance.c: negation, questions, conditions and hedges around a cue. */
#include "claims/stance.h"

/* The cue's clause, as far as stance needs it. */
typedef struct clause {
    const syntax *s;
    const claim *c;
    const verb_group *g;  /* of the cue's head, NULL: none */
    uint32_t first, last; /* the sentence */
    uint32_t start, end;  /* of the words of the cue, with the verbs that govern it */
} clause;

static const verb_group *group_at(const syntax *s, uint32_t i)
{
    for (size_t k = 0; k < s->n_groups; k++)
        if (s->group[k].first <= i && i < s->group[k].last)
            return &s->group[k];
    return NULL;
}

static bool any_in(const syntax *s, uint32_t from, uint32_t to, word_list list)
{
    for (uint32_t i = from; i < to; i++)
        if (in_list(s, i, list))
            return true;
    return false;
}

/* "refused [to say]", "seemed [to suggest]", "stopped short of [calling]": the verb that governs an
 * infinitive or gerund, right before it or a word or two away. */
static uint32_t governor(const clause *k)
{
    const syntax *s = k->s;
    uint32_t at = k->start;
    bool governed = k->g != NULL && (k->g->infinitive || s->tag[k->g->first] == WN_TAG_VBG);
    for (uint32_t i = at; governed && i > k->first && at - i < 5; i--)
        if (in_lists(s, i - 1, LIST_BIT(LIST_REFUSAL) | LIST_BIT(LIST_SEEM)))
            return i - 1;
    return UINT32_MAX;
}

static bool governed_by(const clause *k, word_list list)
{
    uint32_t at = governor(k);
    return at != UINT32_MAX && in_list(k->s, at, list);
}

/* "no official said", "none of them", "neither side": the source itself. */
static bool no_source(const clause *k)
{
    const syntax *s = k->s;
    range r = k->c->source;
    return !range_empty(r) && in_list(s, r.first, LIST_NEGATION) && r.last <= k->c->cue.last;
}

/* "said [nothing] of the kind", "promised [no] such thing": right behind the cue. */
static bool says_nothing(const clause *k)
{
    range r = k->c->n_contents > 0 ? k->c->content[0] : (range){0, 0};
    return !range_empty(r) && r.first == k->c->cue.last && in_list(k->s, r.first, LIST_NOTHING) &&
           (r.last - r.first < 6);
}

/* "did not say", "never said", "no longer says", "without saying" */
static bool negated(const clause *k)
{
    const syntax *s = k->s;
    if (k->g != NULL && k->g->negated)
        return true;
    uint32_t from = k->start > k->first ? k->start - 1 : k->start;
    if (from < k->start && (!in_list(s, from, LIST_NEGATION) || s->tag[from] == WN_TAG_CC))
        from = k->start;
    return any_in(s, from, k->c->cue.last, LIST_NEGATION) || no_source(k) || says_nothing(k) ||
           any_in(s, k->start, k->c->head, LIST_REFUSAL) || governed_by(k, LIST_REFUSAL);
}

/* The quotation that holds the cue and a mark that ends the sentence are the same. */
static bool ends_in_question(const clause *k)
{
    const syntax *s = k->s;
    for (uint32_t i = k->last; i > k->c->cue.last && k->last - i < 3; i--)
        if (mark_is(s, i - 1, '?'))
            return s->quotation[i - 1] == s->quotation[k->c->head];
    return false;
}

/* "Did X say ...?", "Who says ...?", "Does the mayor think ...?": not a question that is reported,
 * whose words stand after its cue. */
static bool asked(const clause *k)
{
    const syntax *s = k->s;
    if (!ends_in_question(k) || k->g == NULL)
        return false;
    uint32_t before = k->c->source.first < k->start ? k->c->source.first : k->start;
    bool inverted = before > k->first && tag_in(s, before - 1, TAGS_FINITE);
    return inverted || k->g->relative || s->tag[k->first] == WN_TAG_WH;
}

/* "if he says", "unless the mayor agrees", "whether X wants": between the opener and the cue there
 * is no other verb. */
static bool conditional_clause(const clause *k)
{
    const syntax *s = k->s;
    uint32_t from =
        k->c->source.first < k->start && !range_empty(k->c->source) ? k->c->source.first : k->start;
    for (uint32_t i = from; i > k->first && from - i < 3; i--) {
        if (in_list(s, i - 1, LIST_CONDITION))
            return true;
        if (s->tag[i - 1] != WN_TAG_RB && s->tag[i - 1] != WN_TAG_DT)
            return false;
    }
    return false;
}

/* "may say", "could argue", "will tell": nothing has been said by it. A habit has: "would often
 * say". */
static bool supposed(const clause *k)
{
    const syntax *s = k->s;
    for (uint32_t i = k->start; i < k->c->head; i++) {
        if (s->tag[i] != WN_TAG_MD)
            continue;
        bool habit = word_is(s, i, "would") && i + 1 < k->c->head && s->tag[i + 1] == WN_TAG_RB;
        return !habit && in_lists(s, i, LIST_BIT(LIST_MODAL) | LIST_BIT(LIST_FUTURE));
    }
    return false;
}

/* "Rumours that ... are nonsense": a noun for cue, and what is told of it behind the content. */
static bool rumour_is_false(const clause *k)
{
    const syntax *s = k->s;
    if (!is_noun(s, k->c->head) || k->c->n_contents == 0)
        return false;
    uint32_t end = k->c->content[k->c->n_contents - 1].last;
    return any_in(s, end, end + 4 < k->last ? end + 4 : k->last, LIST_FALSELY);
}

/* "It is not true that X called ...", "It is a lie that ...": what stands before the claim. */
static bool denied_before(const clause *k)
{
    const syntax *s = k->s;
    uint32_t from =
        k->c->source.first < k->start && !range_empty(k->c->source) ? k->c->source.first : k->start;
    bool no = false, so = false;
    if (from < k->first + 3 || !in_list(s, from - 1, LIST_COMPLEMENTIZER))
        return false;
    for (uint32_t i = from - 1; i > k->first && from - i < 6; i--) {
        no |= in_list(s, i - 1, LIST_NEGATION);
        so |= in_list(s, i - 1, LIST_TRUE);
        if (in_list(s, i - 1, LIST_FALSELY))
            return true;
    }
    return no && so;
}

/* "falsely claimed", "the debunked claim that", "contrary to reports that" */
static bool called_false(const clause *k)
{
    const syntax *s = k->s;
    uint32_t from = k->c->head;
    while (from > k->first && k->c->head - from < 3 && s->tag[from - 1] != WN_TAG_PUNCT)
        from--;
    uint32_t to = k->c->cue.last + 1 < k->last ? k->c->cue.last + 1 : k->last;
    if (any_in(s, from, to, LIST_FALSELY))
        return true;
    for (uint32_t i = k->c->head; i > k->first && k->c->head - i < 4; i--)
        if (in_list(s, i - 1, LIST_CONTRARY))
            return true;
    return rumour_is_false(k) || denied_before(k);
}

/* "is said to", "it is thought that": by nobody who is named; what stands before the cue is part of
 * the content. */
static bool said_by_nobody(const clause *k)
{
    return k->g != NULL && k->g->passive && k->c->class != CUE_DECISION &&
           (range_empty(k->c->source) || k->c->source.last <= k->g->first);
}

static bool hedged(const clause *k)
{
    uint32_t from = k->start > k->first ? k->start - 1 : k->start;
    uint32_t to = k->c->cue.last + 1 < k->last ? k->c->cue.last + 1 : k->last;
    return any_in(k->s, from, to, LIST_HEDGE) || governed_by(k, LIST_SEEM) || said_by_nobody(k);
}

enum claim_stance stance_of(const syntax *s, const claim *c, uint32_t first, uint32_t last)
{
    clause k = {s, c, group_at(s, c->head), first, last, c->cue.first, c->cue.last};
    if (k.g != NULL && k.g->first < k.start)
        k.start = k.g->first;
    bool no = negated(&k);
    if (asked(&k))
        return STANCE_ASKED;
    if (conditional_clause(&k) || (!no && supposed(&k)))
        return STANCE_CONDITIONAL;
    if (no)
        return STANCE_NEGATED;
    if (called_false(&k))
        return STANCE_REPORTED_FALSE;
    if (c->denied)
        return STANCE_DENIED;
    return hedged(&k) ? STANCE_HEDGED : STANCE_ASSERTED;
}
