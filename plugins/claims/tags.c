/* tags.c: what the lexicon and the words around know better than the tagger. */
#include "claims/syntax_internal.h"

static bool has_flag(const syntax *s, uint32_t i, unsigned flag)
{
    return (s->a->token[i].flags & flag) != 0;
}

/* Prepositions are a closed class: what else opens a sentence before a name is part of it. */
static bool no_preposition(const syntax *s, uint32_t i)
{
    return !in_lists(s, i,
                     LIST_BIT(LIST_PREPOSITION) | LIST_BIT(LIST_JOIN) | LIST_BIT(LIST_SUBORDINATE));
}

/* A capital that neither a sentence nor a quotation asks for. */
static bool capital_within(const syntax *s, uint32_t first, uint32_t i)
{
    const wn_token *t = &s->a->token[i];
    return i > first && has_flag(s, i, WN_TOKEN_CAPITAL) && t->kind == WN_TOKEN_WORD &&
           t[-1].kind != WN_TOKEN_QUOTE && t[-1].kind != WN_TOKEN_PUNCT && t->end - t->start >= 2;
}

/* A capital within a sentence makes a name of what the tagger takes for an adverb or a verb. */
static bool name_by_capital(const syntax *s, uint32_t first, uint32_t i)
{
    enum {
        TAKEN_FOR = 1 << WN_TAG_RB | 1 << WN_TAG_IN | 1 << WN_TAG_UH | 1 << WN_TAG_RP |
                    1 << WN_TAG_VB | 1 << WN_TAG_VBP | 1 << WN_TAG_VBZ | 1 << WN_TAG_VBD |
                    1 << WN_TAG_VBN | 1 << WN_TAG_VBG | 1 << WN_TAG_NN,
    };
    if (has_flag(s, i, WN_TOKEN_ALLCAPS) && is_verb(s, i) && !has_flag(s, i + 1, WN_TOKEN_ALLCAPS))
        return true;
    if (i == first && s->tag[i] == WN_TAG_IN && s->tag[i + 1] == WN_TAG_NNP)
        return no_preposition(s, i);
    if (!capital_within(s, first, i))
        return false;
    if (s->tag[i] == WN_TAG_JJ)
        return s->tag[i - 1] == WN_TAG_NNP && has_flag(s, i - 1, WN_TOKEN_CAPITAL) &&
               !is_noun(s, i + 1);
    return tag_in(s, i, TAKEN_FOR);
}

/* The object of a verb right before, or a clause. */
static bool object_or_clause(const syntax *s, uint32_t i)
{
    enum {
        OPENERS = 1 << WN_TAG_DT | 1 << WN_TAG_PRP | 1 << WN_TAG_PRPS | 1 << WN_TAG_NNP |
                  1 << WN_TAG_MD | 1 << WN_TAG_VBD | 1 << WN_TAG_VBZ,
    };
    return tag_in(s, i, OPENERS) || word_is(s, i, "that") ||
           (s->a->token[i].kind == WN_TOKEN_QUOTE && has_flag(s, i, WN_TOKEN_SPACE_BEFORE));
}

/* A participle after a noun takes no object: before one, or a clause, it is a past tense. */
static bool past_tense(const syntax *s, uint32_t first, uint32_t i, bool finite)
{
    uint32_t before = i;
    while (before > first && s->tag[before - 1] == WN_TAG_RB)
        before--;
    if (before == first)
        return false;
    if (mark_is(s, before - 1, ',') && s->word[i].verb >= 0 && !word_among(s, i + 1, "by as"))
        return !finite; /* the only verb there is */
    return tag_in(s, before - 1, TAGS_NOUN | TAGS_STAND_IN) && object_or_clause(s, i + 1);
}

static bool ends_in_s(const syntax *s, uint32_t i)
{
    return s->text[s->a->token[i].end - 1] == 's';
}

/* What the tokens of a sentence up to here may be the subject of: its head is before the first
 * preposition. */
typedef struct subject {
    bool none, plural, headed;
} subject;

/* Where a tag is looked at: token i of a sentence. */
typedef struct place {
    uint32_t first, i, last;
    bool finite; /* the sentence has a finite verb */
    subject before;
} place;

static void read_subject(const syntax *s, uint32_t first, uint32_t i, subject *ret)
{
    ret->none |=
        is_verb(s, i) || tag_in(s, i, 1 << WN_TAG_PUNCT | 1 << WN_TAG_POS | 1 << WN_TAG_PRPS);
    ret->headed |= i > first && s->tag[i] == WN_TAG_IN;
    if (!ret->headed)
        ret->plural = is_noun(s, i) && ends_in_s(s, i);
}

/* "The chamber of trade estimates that shops ...", "Scholars of the institute estimate that ...":
 * the sentence's first verb, taken for a noun. Not "the estimates that were made". */
static bool states_that(const syntax *s, const place *p)
{
    uint32_t i = p->i;
    if (p->before.none || s->word[i].verb < 0 || i < p->first + 2 || i + 3 >= p->last ||
        has_flag(s, i, WN_TOKEN_CAPITAL))
        return false;
    return is_noun(s, i - 1) && word_is(s, i + 1, "that") && !is_verb(s, i + 2) &&
           p->before.plural != ends_in_s(s, i);
}

/* "chief economist", "committee chair" before a name */
static bool role_before_name(const syntax *s, uint32_t first, uint32_t i)
{
    enum { BEFORE = TAGS_NOUN | 1 << WN_TAG_JJ | 1 << WN_TAG_POS };
    return in_list(s, i, LIST_ROLE) && !has_flag(s, i, WN_TOKEN_CAPITAL) &&
           has_flag(s, i + 1, WN_TOKEN_CAPITAL) &&
           (s->tag[i] == WN_TAG_JJ || i == first || tag_in(s, i - 1, BEFORE));
}

/* "Committee chair" at the start */
static bool role_at_start(const syntax *s, uint32_t first, uint32_t i)
{
    return i == first && s->tag[i] != WN_TAG_JJ && s->word[i].verb < 0 &&
           in_lists(s, i, LIST_BIT(LIST_ROLE) | LIST_BIT(LIST_GROUP)) &&
           (is_noun(s, i + 1) || in_list(s, i + 1, LIST_ROLE));
}

/* "Mr Orr plans to stay" */
static bool plans_to(const syntax *s, uint32_t first, uint32_t i, uint32_t last)
{
    return s->word[i].verb >= 0 && i > first &&
           tag_in(s, i - 1, 1 << WN_TAG_NNP | 1 << WN_TAG_PRP) && s->tag[i + 1] == WN_TAG_TO &&
           i + 2 < last && s->tag[i + 2] == WN_TAG_VB;
}

/* "an alleged spy" */
static bool participle_in_phrase(const syntax *s, uint32_t first, uint32_t i)
{
    return i > first && tag_in(s, i + 1, TAGS_NOUN | 1 << WN_TAG_JJ) &&
           (s->tag[i - 1] == WN_TAG_PRPS ||
            (s->tag[i - 1] == WN_TAG_DT && word_among(s, i - 1, "a an the")));
}

/* "'s" before what no owner has */
static bool short_verb(const syntax *s, uint32_t i)
{
    enum {
        NOT_OWNED =
            1 << WN_TAG_DT | 1 << WN_TAG_PRP | 1 << WN_TAG_PRPS | 1 << WN_TAG_VBG | 1 << WN_TAG_TO,
    };
    return tag_in(s, i + 1, NOT_OWNED);
}

/* “...,” [grumbled] baker Ann Orr: what stands between a quotation with a comma, a question or an
 * exclamation mark and a phrase that no verb follows is the verb. */
static bool verb_of_quotation(const syntax *s, const place *p)
{
    enum { PHRASE = TAGS_NOUN | 1 << WN_TAG_DT | 1 << WN_TAG_JJ | 1 << WN_TAG_PRPS };
    uint32_t i = p->i, k = i + 1;
    if (!tag_in(s, i, 1 << WN_TAG_JJ | 1 << WN_TAG_VBN | 1 << WN_TAG_NN) || i < p->first + 2 ||
        s->a->token[i - 1].kind != WN_TOKEN_QUOTE ||
        !(mark_is(s, i - 2, ',') || mark_is(s, i - 2, '?') || mark_is(s, i - 2, '!')))
        return false;
    while (k < p->last && tag_in(s, k, PHRASE))
        k++;
    return k > i + 1 && is_noun(s, k - 1) &&
           (k == p->last || !is_verb(s, k) || tag_in(s, k, 1 << WN_TAG_VBG));
}

/* “...,” said [trade] union leader Ann Orr / “...,” [plumber] Ann Orr said: a verb is not what
 * stands between a quotation, or the verb that tells it, and a noun. */
static bool noun_of_speaker(const syntax *s, const place *p)
{
    uint32_t i = p->i, mark = i - 1;
    if (i < p->first + 3 || !is_noun(s, i + 1))
        return false;
    if (in_list(s, mark, LIST_SAID))
        return s->a->token[mark - 1].kind == WN_TOKEN_QUOTE && !tag_in(s, i, 1 << WN_TAG_VBG);
    return s->a->token[mark].kind == WN_TOKEN_QUOTE && s->tag[i] == WN_TAG_VB &&
           tag_in(s, i + 1, 1 << WN_TAG_NNP) && mark_is(s, mark - 1, ',');
}

/* "Two members [left].", "The price [rose].": in a sentence without another verb. */
static bool only_verb(const syntax *s, const place *p)
{
    return !p->finite && p->i > p->first && in_list(s, p->i, LIST_PAST) &&
           tag_in(s, p->i - 1, TAGS_NOUN | 1 << WN_TAG_PRP | 1 << WN_TAG_CD);
}

/* "four [nurses]", "one [nurse]": a number counts; "one says" does not. */
static bool counted(const syntax *s, const place *p)
{
    uint32_t i = p->i;
    bool one = i > p->first && in_list(s, i - 1, LIST_NOBODY) && s->tag[i] == WN_TAG_VBZ;
    return i > p->first && s->tag[i - 1] == WN_TAG_CD && !one &&
           tag_in(s, i, 1 << WN_TAG_VB | 1 << WN_TAG_VBP | 1 << WN_TAG_VBZ) &&
           s->a->token[i - 1].kind == WN_TOKEN_WORD && s->word[i].verb < 0 && !auxiliary(s, i);
}

/* The tag that the token should have. It is not the sentence's last. */
static wn_tag corrected(const syntax *s, const place *p)
{
    uint32_t first = p->first, i = p->i;
    wn_tag tag = (wn_tag)s->tag[i];
    if (name_by_capital(s, first, i))
        return WN_TAG_NNP;
    if ((is_verb(s, i) && noun_of_speaker(s, p)) || counted(s, p))
        return WN_TAG_NN;
    if (only_verb(s, p) || verb_of_quotation(s, p))
        return WN_TAG_VBD;
    switch (tag) {
    case WN_TAG_POS: return short_verb(s, i) ? WN_TAG_VBZ : tag;
    case WN_TAG_JJ:
    case WN_TAG_VB:
    case WN_TAG_VBP:
        return role_before_name(s, first, i) || role_at_start(s, first, i) ? WN_TAG_NN : tag;
    case WN_TAG_NN: return states_that(s, p) || plans_to(s, first, i, p->last) ? WN_TAG_VBZ : tag;
    case WN_TAG_VBD: return participle_in_phrase(s, first, i) ? WN_TAG_VBN : tag;
    case WN_TAG_VBN: return past_tense(s, first, i, p->finite) ? WN_TAG_VBD : tag;
    default: return tag;
    }
}

static bool title_before_name(const syntax *s, uint32_t i)
{
    return has_flag(s, i, WN_TOKEN_CAPITAL) && has_flag(s, i + 1, WN_TOKEN_CAPITAL) &&
           in_list(s, i, LIST_TITLE) && s->a->token[i + 1].kind == WN_TOKEN_WORD;
}

void correct_tags(syntax *s, uint32_t first, uint32_t last)
{
    place p = {.first = first, .last = last, .finite = has_finite_verb(s, first, last)};
    for (uint32_t i = first; i + 1 < last && wn_beat(s->pulse); i++) {
        p.i = i;
        if (title_before_name(s, i))
            s->tag[i] = s->tag[i + 1] = WN_TAG_NNP;
        else
            s->tag[i] = (uint8_t)corrected(s, &p);
        read_subject(s, first, i, &p.before);
    }
}
