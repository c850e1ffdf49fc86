/* rules.c: the claim around a verb group that is a cue. */
#include "claims/content.h"
#include "claims/extract_internal.h"

enum { MAX_QUOTE_BEFORE = 60 };

const cue *verb_cue(const syntax *s, uint32_t i, uint32_t last)
{
    const cue *plain = NULL;
    for (const cue *c = lexicon_cue(s->lexicon, s->word[i].verb); c != NULL;
         c = lexicon_cue(s->lexicon, c->next)) {
        if (c->particle == NULL)
            plain = c;
        else if (i + 1 < last && word_is(s, i + 1, c->particle))
            return c;
    }
    return plain;
}

static const cue *cue_of(const syntax *s, const verb_group *g, uint32_t last, uint32_t *ret_end)
{
    const cue *c = verb_cue(s, g->main, last);
    *ret_end = g->main + 1 > g->last ? g->main + 1 : g->last;
    if (c != NULL && c->particle != NULL)
        *ret_end = g->main + 2;
    return c;
}

range quotation_left(const extractor *x, uint32_t end)
{
    const syntax *s = x->s;
    uint32_t close = end;
    if (close > x->first && mark_is(s, close - 1, ','))
        close--;
    if (close <= x->first || !quote_ends_at(s, close - 1) ||
        s->a->quotation[s->quotation[close - 1]].parent >= 0)
        return (range){0, 0};
    range q = s->quoted[s->quotation[close - 1]];
    uint32_t start = q.first;
    while (start > 0 && q.first - start < MAX_QUOTE_BEFORE &&
           !(s->a->token[start].flags & WN_TOKEN_SENTENCE_START))
        start--;
    bool claimed = x->out->n > 0 && x->out->item[x->out->n - 1].cue.first >= start;
    bool led = q.first > start && (mark_is(s, q.first - 1, ':') || mark_is(s, q.first - 1, ','));
    return claimed || led || q.first - start < 2 ? q : (range){start, q.last};
}

/* "The agency has promised to pay, Orr said.": a claim that is part of what is said. Its content
 * may have been taken for longer, up to the end of the sentence. */
static bool lies_within(const claim *c, uint32_t first, uint32_t end)
{
    if (c->n_contents == 0)
        return true;
    return c->type == CLAIM_INDIRECT && c->n_contents == 1 && c->source.first >= first &&
           c->source.last <= c->cue.first && c->cue.last <= c->content[0].first &&
           c->content[0].first < end;
}

/* What lies within the claim that is added around them ends before its cue. */
static void trim_within(const extractor *x, uint32_t end)
{
    for (size_t i = x->sentence_claims; i < x->out->n; i++) {
        claim *c = &x->out->item[i];
        if (c->n_contents == 1 && c->content[0].first < end && c->content[0].last > end)
            c->content[0] = content_trim(x->s, (range){c->content[0].first, end});
    }
}

/* "The repair cost 3 million, Orr said.": where nothing but a speaker and "said" is left of the
 * sentence, what stands before them is a clause, even if its verb was taken for a noun. */
static bool clause_without_verb(const extractor *x, uint32_t end, bool closes)
{
    enum {
        OPENS = TAGS_NOUN | 1 << WN_TAG_DT | 1 << WN_TAG_PRP | 1 << WN_TAG_PRPS | 1 << WN_TAG_CD
    };
    return closes && end - x->first > 3 && tag_in(x->s, x->first, OPENS) &&
           !in_list(x->s, x->first, LIST_DAY);
}

static range clause_left(const extractor *x, uint32_t end, bool closes)
{
    const syntax *s = x->s;
    range none = {0, 0};
    if (end <= x->first + 2 || !mark_is(s, end - 1, ',') ||
        !(has_finite_verb(s, x->first, end - 1) || clause_without_verb(x, end, closes)))
        return none;
    uint32_t start = x->first;
    /* after another claim of the sentence: only around it */
    for (size_t i = x->sentence_claims; i < x->out->n; i++)
        if (x->out->item[i].class == CUE_STATEMENT && !lies_within(&x->out->item[i], start, end))
            return none;
    if (s->tag[start] == WN_TAG_IN && !word_is(s, start, "if"))
        for (uint32_t i = end - 1; i-- > start && !has_finite_verb(s, i, i + 1);)
            if (mark_is(s, i, ','))
                return none;
    return content_trim(s, (range){start, end - 1});
}

/* Can the word be a whole source? Not "When asked". */
static bool word_speaks(const syntax *s, uint32_t i)
{
    if (word_among(s, i, "a an the this that there what"))
        return false;
    if (s->tag[i] == WN_TAG_WH)
        return word_among(s, i, "who which");
    return s->tag[i] != WN_TAG_CD || word_is(s, i, "it");
}

static bool plausible_source(const syntax *s, range r)
{
    if (range_empty(r) || s->tag[r.first] == WN_TAG_EX)
        return false;
    if (s->tag[r.first] == WN_TAG_SYMBOL && r.last - r.first < 3)
        return false;
    return r.last - r.first != 1 || word_speaks(s, r.first);
}

/* Can this noun phrase speak: a name, a person's pronoun, a role or a group, or a plural of
 * people? */
bool speaks(const syntax *s, range r)
{
    for (uint32_t i = r.first; i < r.last; i++)
        if (s->tag[i] == WN_TAG_NNP || s->tag[i] == WN_TAG_PRP || s->tag[i] == WN_TAG_WH ||
            in_list(s, i, LIST_ROLE) || in_list(s, i, LIST_GROUP) || in_list(s, i, LIST_TITLE))
            return true;
    return false;
}

/* "last year", "this week" */
static bool period(const syntax *s, uint32_t i)
{
    return s->chunk_last[i] == i + 2 && s->chunk_first[i] == i && in_list(s, i + 1, LIST_PERIOD) &&
           (word_is(s, i, "last") || word_is(s, i, "this") || word_is(s, i, "next"));
}

static range past_adverbials(const syntax *s, uint32_t i, uint32_t last)
{
    uint32_t start = i;
    for (int guard = 0; guard < 6 && i < last; guard++) {
        if (in_list(s, i, LIST_DAY) || s->tag[i] == WN_TAG_RB)
            i++;
        else if (period(s, i))
            i = s->chunk_last[i];
        else if ((s->tag[i] == WN_TAG_IN || s->tag[i] == WN_TAG_TO) && i + 1 < last &&
                 s->chunk_first[i + 1] == i + 1 && s->chunk_last[i + 1] > i + 1)
            i = noun_phrase_right(s, i + 1, last).last;
        else
            break;
    }
    return (range){start, i};
}

typedef struct attempt {
    const verb_group *g;
    size_t index;
    const cue *cue;
    uint32_t end; /* after the cue */
    claim claim;
} attempt;

/* "The plan, officials said, will ...": the rest of a clause that the cue interrupts. */
static range interrupted(const extractor *x, const attempt *t, uint32_t edge, uint32_t after)
{
    const syntax *s = x->s;
    range none = {0, 0};
    uint32_t i = past_adverbials(s, after, x->last).last;
    if ((t->cue->frames & FRAME_LEFT) == 0 || edge < x->first + 2 || !mark_is(s, edge - 1, ',') ||
        i + 1 >= x->last || !mark_is(s, i, ',') || x->out->n > x->sentence_claims ||
        has_finite_verb(s, x->first, edge) || !has_finite_verb(s, i + 1, x->last) ||
        s->tag[i + 1] == WN_TAG_VBG)
        return none;
    return content_until(s, s->n_groups, i + 1, x->first, x->last);
}

/* “...,” X said, “...”: the second half */
static range resumed(const extractor *x, uint32_t from)
{
    const syntax *s = x->s;
    range to = noun_phrase_right(s, from, x->last); /* "told [reporters] on Monday" */
    uint32_t i = past_adverbials(s, range_empty(to) ? from : to.last, x->last).last, at = i + 1;
    if (at >= x->last || !(mark_is(s, i, ',') || mark_is(s, i, ':')) || !quote_starts_at(s, at))
        return (range){0, 0};
    if (s->tag[at] == WN_TAG_VBG && at + 1 < x->last && s->word[at].verb < 0)
        return (range){0, 0};
    return s->quoted[s->quotation[at]];
}

static bool quote_before(const syntax *s, uint32_t i)
{
    i -= i > 0 && mark_is(s, i - 1, ',');
    return i > 0 && quote_ends_at(s, i - 1);
}

/* Ends a quotation before token i, with a comma, a question or an exclamation mark? */
static bool quote_then(const syntax *s, uint32_t first, uint32_t i)
{
    if (i < first + 2)
        return false;
    bool comma = mark_is(s, i - 1, ',');
    uint32_t close = i - 1 - comma;
    if (close <= first || !quote_ends_at(s, close))
        return false;
    return comma || mark_is(s, close - 1, ',') || mark_is(s, close - 1, '?') ||
           mark_is(s, close - 1, '!');
}

static bool inverted_source(const syntax *s, range r)
{
    return !range_empty(r) && speaks(s, r) && s->tag[r.first] != WN_TAG_WH &&
           !in_list(s, r.first, LIST_DAY) && !object_pronoun(s, r.first);
}

/* After ", X said": nothing that could be its content. */
static bool clause_ends(const syntax *s, uint32_t i, uint32_t last)
{
    i = past_adverbials(s, i, last).last;
    return i >= last || s->tag[i] == WN_TAG_PUNCT || s->tag[i] == WN_TAG_CC ||
           in_list(s, i, LIST_SUBORDINATE);
}

/* "On the programme “Some Name,” X said that ...": the quotation is part of the introduction. */
static bool introduces(const extractor *x, const attempt *t, range content)
{
    uint32_t at = content.first;
    while (at < content.last && !quote_starts_at(x->s, at))
        at++;
    range addressee;
    return !has_finite_verb(x->s, content.first, at) &&
           !range_empty(
               content_right(x->s, t->index, t->cue, t->end, x->first, x->last, &addressee));
}

/* Who says what stands to the left of the cue, and where the words of saying are: [edge, after). */
typedef struct sayer {
    range source;
    bool inverted; /* "said X" */
    uint32_t edge, after;
} sayer;

/* "..., said Orr." */
static bool closes_sentence(const extractor *x, const verb_group *g, uint32_t end)
{
    return end + 1 >= x->last && in_list(x->s, g->main, LIST_SAID) && g->first > x->first &&
           mark_is(x->s, g->first - 1, ',');
}

/* "said X": X stands behind the verb. Behind a quotation and "said" whoever stands there speaks:
 * "said a woman". */
static bool follows(const extractor *x, const verb_group *g, uint32_t end, range right)
{
    bool may_follow = range_empty(g->subject) || g->shares_subject ||
                      (right.last > end && closes_sentence(x, g, right.last)) ||
                      quote_before(x->s, g->first);
    bool anybody = quote_then(x->s, x->first, g->first) && in_list(x->s, g->main, LIST_SAID) &&
                   !range_empty(right) && !in_list(x->s, right.first, LIST_DAY);
    return may_follow && (anybody || inverted_source(x->s, right));
}

static bool find_sayer(const extractor *x, const attempt *t, sayer *ret)
{
    const verb_group *g = t->g;
    if ((t->cue->frames & (FRAME_LEFT | FRAME_QUOTE)) == 0 || !(g->finite || g->participle) ||
        g->passive)
        return false;
    range right = noun_phrase_right(x->s, t->end, x->last);
    if (follows(x, g, t->end, right))
        *ret = (sayer){right, true, g->first, right.last};
    else
        *ret = (sayer){g->subject, false, g->subject.first, t->end};
    if (ret->edge > x->first && word_is(x->s, ret->edge - 1, "as"))
        ret->edge--;
    return !range_empty(ret->source);
}

static range quotation_of(const extractor *x, const attempt *t, const sayer *who)
{
    return (t->cue->frames & FRAME_QUOTE) != 0 ? quotation_left(x, who->edge) : (range){0, 0};
}

static bool holds_cue(range content, const verb_group *g)
{
    return content.first <= g->first && content.last > g->first;
}

/* “...,” X said / “...,” said X */
static bool attempt_quotation(extractor *x, attempt *t)
{
    sayer who;
    if (!find_sayer(x, t, &who))
        return false;
    range content = quotation_of(x, t, &who);
    if (range_empty(content) || holds_cue(content, t->g) ||
        (!quote_starts_at(x->s, content.first) && introduces(x, t, content)))
        return false;
    t->claim.source = who.source;
    t->claim.rule = who.inverted ? "quote_verb_source" : "quote_source_verb";
    (void)add_content(&t->claim, content);
    (void)add_content(&t->claim, resumed(x, who.after));
    return true;
}

/* "The plan, officials said, will ...": both parts of the clause. */
static bool attempt_interrupted(const extractor *x, attempt *t, const sayer *who)
{
    range rest = interrupted(x, t, who->edge, who->after);
    if (range_empty(rest))
        return false;
    t->claim.source = who->source;
    t->claim.rule = "clause_interrupted";
    return add_content(&t->claim, content_trim(x->s, (range){x->first, who->edge - 1})) &&
           add_content(&t->claim, rest);
}

/* Without quotation marks: "..., X said" */
static bool attempt_clause(extractor *x, attempt *t)
{
    const syntax *s = x->s;
    sayer who;
    if (!find_sayer(x, t, &who) || !range_empty(quotation_of(x, t, &who)) ||
        !clause_ends(s, who.after, x->last))
        return false;
    bool may_follow = !who.inverted || in_list(s, t->g->main, LIST_SAID) ||
                      s->tag[who.source.first] == WN_TAG_NNP;
    range content = {0, 0};
    if ((t->cue->frames & FRAME_LEFT) != 0 && may_follow)
        content =
            clause_left(x, who.edge, who.after + 1 >= x->last && in_list(s, t->g->main, LIST_SAID));
    if (range_empty(content))
        return attempt_interrupted(x, t, &who);
    trim_within(x, who.edge);
    if (holds_cue(content, t->g))
        return false;
    t->claim.source = who.source;
    t->claim.rule = who.inverted ? "clause_verb_source" : "clause_source_verb";
    (void)add_content(&t->claim, content);
    return true;
}

/* What things "show" or "signal" without a clause is not said by anybody. */
static bool idle(const syntax *s, const verb_group *g, range content)
{
    bool clause = word_is(s, content.first, "that") || s->tag[content.first] == WN_TAG_TO ||
                  holds_quotation(s, content) || has_finite_verb(s, content.first, content.last);
    if (!clause && !speaks(s, (range){g->subject.first, s->chunk_last[g->subject.first]}))
        return true;
    return false;
}

/* "X said ..., adding that": still X */
static range source_of_group(const extractor *x, const attempt *t)
{
    const verb_group *g = t->g;
    bool goes_on = g->participle && g->first > x->first && mark_is(x->s, g->first - 1, ',') &&
                   (t->cue->frames & FRAME_LEFT) != 0 && x->out->n > x->sentence_claims;
    return goes_on ? x->out->item[x->out->n - 1].source : g->subject;
}

/* "a plan called ...": a past participle says something only before "that" or a quotation. */
static bool describes(const syntax *s, const verb_group *g, range content)
{
    return g->participle && s->tag[g->first] == WN_TAG_VBN && !word_is(s, content.first, "that") &&
           !quote_starts_at(s, content.first);
}

/* "X said that ..." */
static bool attempt_right(extractor *x, attempt *t)
{
    const verb_group *g = t->g;
    range source = source_of_group(x, t), addressee;
    if (g->passive || !plausible_source(x->s, source))
        return false;
    range content = content_right(x->s, t->index, t->cue, t->end, x->first, x->last, &addressee);
    if (range_empty(content) || content.first < t->end || idle(x->s, g, content) ||
        describes(x->s, g, content))
        return false;
    if ((t->cue->frames & FRAME_OWN_ADDRESSEE) == FRAME_OWN_ADDRESSEE &&
        addressee.first == t->end && addressee.last <= content.first)
        t->claim.cue.last = addressee.last;
    t->claim.source = source;
    t->claim.rule = g->participle ? "source_participle" : "source_verb";
    return add_content(&t->claim, content);
}

/* What is told by a passive verb may start at token i, behind who tells it. */
static bool told_after_agent(const syntax *s, const verb_group *g, uint32_t i)
{
    bool infinitive = s->tag[i] == WN_TAG_TO && g->passive && !range_empty(g->subject);
    return infinitive || quote_starts_at(s, i) || word_is(s, i, "as") || word_is(s, i, "that");
}

/* described by X as “...” */
static bool attempt_agent(extractor *x, attempt *t)
{
    const syntax *s = x->s;
    const verb_group *g = t->g;
    if (t->end + 1 >= x->last || !word_is(s, t->end, "by"))
        return false;
    if (!g->passive && !tag_in(s, g->main, 1 << WN_TAG_VBN | 1 << WN_TAG_VBD))
        return false;
    range source = noun_phrase_right(s, t->end + 1, x->last);
    if (range_empty(source) || source.last >= x->last)
        return false;
    uint32_t at = source.last;
    at += word_is(s, at, "as") && at + 1 < x->last && quote_starts_at(s, at + 1);
    if (!told_after_agent(s, g, at))
        return false;
    if (s->tag[at] == WN_TAG_TO) /* "[the dam] was said by X [to be safe]" */
        (void)add_content(&t->claim, g->subject);
    range content = quote_starts_at(s, at) ? s->quoted[s->quotation[at]]
                                           : content_until(s, t->index, at, x->first, x->last);
    t->claim.source = source;
    t->claim.rule = "participle_by_source";
    return add_content(&t->claim, content);
}

/* “..., X said, citing Y”: Y is the source of the same content. */
static bool attempt_citing(extractor *x, attempt *t)
{
    const syntax *s = x->s;
    if (!word_is(s, t->g->main, "citing") && !word_is(s, t->g->main, "quoting"))
        return false;
    if (x->out->n == x->sentence_claims)
        return false;
    const claim *before = &x->out->item[x->out->n - 1];
    range source = noun_phrase_right(s, t->end, x->last);
    if (range_empty(source) || !speaks(s, source) || before->n_contents == 0 ||
        before->content[before->n_contents - 1].last > t->g->first ||
        t->g->first - before->cue.last > 8)
        return false;
    t->claim.source = source;
    t->claim.rule = "citing_source";
    for (unsigned i = 0; i < before->n_contents; i++)
        (void)add_content(&t->claim, before->content[i]);
    return true;
}

/* Nothing has been said by "I think" and "you know" inside a quotation, by "might say", by
 * nobody. */
static bool aside(const syntax *s, const verb_group *g, const cue *c)
{
    if (s->tag[g->first] == WN_TAG_MD ||
        (g->first + 1 < g->main && s->tag[g->first + 1] == WN_TAG_MD))
        for (uint32_t i = g->first; i < g->main; i++)
            if (in_list(s, i, LIST_MODAL))
                return true;
    bool evidence = (c->frames & FRAME_EVIDENCE) != 0;
    for (uint32_t i = g->subject.first; i < g->subject.last && evidence; i++)
        evidence = !in_list(s, i, LIST_GROUP);
    if (g->subject.last - g->subject.first != 1)
        return evidence;
    uint32_t at = g->subject.first;
    bool self = word_is(s, at, "i") || word_is(s, at, "you") || word_is(s, at, "we");
    return evidence || in_list(s, at, LIST_NOBODY) || (self && s->quotation[g->main] >= 0);
}

static void leave_open(claim *c)
{
    c->type = CLAIM_NO_COMMENT;
    c->rule = "no_comment";
    c->denied = false;
}

/* “...,” grumbled Orr / “...?” Orr sighed: right behind a quotation that a comma, a question or an
 * exclamation ends, with somebody beside it, every verb is one of saying. */
static bool manner_verb(const extractor *x, const verb_group *g)
{
    enum { TOLD = 1 << WN_TAG_VBD | 1 << WN_TAG_VBZ | 1 << WN_TAG_VBN };
    const syntax *s = x->s;
    if (g->main != g->first || !tag_in(s, g->main, TOLD) || auxiliary(s, g->main))
        return false;
    range after = noun_phrase_right(s, g->main + 1, x->last);
    bool inverted = quote_then(s, x->first, g->first) && inverted_source(s, after);
    bool plain = !range_empty(g->subject) && quote_then(s, x->first, g->subject.first) &&
                 speaks(s, g->subject) && clause_ends(s, g->last, x->last);
    return inverted || plain;
}

static const cue *cue_or_manner(const extractor *x, const verb_group *g, uint32_t *ret_end)
{
    static const cue manner = {.frames = FRAME_QUOTE, .class = CUE_STATEMENT, .next = -1};
    const cue *c = cue_of(x->s, g, x->last, ret_end);
    return c == NULL && manner_verb(x, g) ? &manner : c;
}

bool try_group(extractor *x, size_t index)
{
    const syntax *s = x->s;
    const verb_group *g = &s->group[index];
    attempt t = {.g = g, .index = index};
    t.cue = cue_or_manner(x, g, &t.end);
    if (silent(x, g, t.cue, &t.claim)) {
        (void)add_claim(x, t.claim);
        return true;
    }
    if (t.cue == NULL || t.cue->class == CUE_SILENCE || g->infinitive || aside(s, g, t.cue) ||
        (t.cue->class != CUE_STATEMENT && !x->o->attitudes))
        return true;
    t.claim = (claim){.class = t.cue->class,
                      .denied = t.cue->denies != g->negated,
                      .lemma = t.cue->lemma,
                      .cue = {g->first, t.end},
                      .head = g->main,
                      .parent = -1};
    if (attempt_citing(x, &t) || attempt_quotation(x, &t) || attempt_agent(x, &t) ||
        attempt_right(x, &t) || attempt_clause(x, &t)) {
        if (left_open(s, g, t.cue))
            leave_open(&t.claim);
        return add_claim(x, t.claim);
    }
    return true;
}
