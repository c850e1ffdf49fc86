/* verbs.c: verb groups and their subjects. */
#include "claims/syntax.h"
#include "common/grow.h"

enum { MAX_ADVERBS = 3 }; /* in a row within a verb group */

bool auxiliary(const syntax *s, uint32_t i)
{
    static const char forms[] = "be am is are was were been being 's 're 'm ’s ’re ’m "
                                "have has had having 've ’ve 'd ’d do does did";
    return s->tag[i] == WN_TAG_MD || (is_verb(s, i) && word_among(s, i, forms));
}

static bool form_of_be(const syntax *s, uint32_t i)
{
    return word_among(s, i, "be is are was were been being am");
}

static bool negation(const syntax *s, uint32_t i)
{
    return word_among(s, i, "not n't n’t never");
}

/* The words of the group whose verbs start at `start`, up to its main verb. ret_be: with a form of
 * "be". */
static void read_verbs(const syntax *s, uint32_t start, uint32_t last, verb_group *g, bool *ret_be)
{
    bool auxiliary_before = false;
    uint32_t adverbs = 0;
    for (uint32_t k = start; k < last; k++) {
        if (is_verb(s, k)) {
            if (g->last > start && !auxiliary_before)
                break;
            g->main = k;
            g->last = k + 1;
            auxiliary_before = auxiliary(s, k);
            *ret_be |= auxiliary_before && form_of_be(s, k);
            adverbs = 0;
        } else if (auxiliary_before && adverbs < MAX_ADVERBS && negation(s, k)) {
            adverbs++;
            g->negated = true;
            g->last = k + 1;
        } else if (auxiliary_before && adverbs < MAX_ADVERBS && s->tag[k] == WN_TAG_RB) {
            adverbs++;
        } else if (!(g->infinitive && k == start && s->tag[k] == WN_TAG_RB)) { /* "to soon say" */
            break;
        }
    }
}

/* The group that starts at token i, a verb or "to" before one. */
static verb_group read_group(const syntax *s, uint32_t i, uint32_t last)
{
    enum {
        PARTICIPLES = 1 << WN_TAG_VBG | 1 << WN_TAG_VBN,
        PAST = 1 << WN_TAG_VBN | 1 << WN_TAG_VBD, /* one is often taken for the other */
    };
    bool infinitive = s->tag[i] == WN_TAG_TO, be = false;
    uint32_t start = i + infinitive;
    verb_group g = {.first = i, .main = i, .last = start, .infinitive = infinitive};
    read_verbs(s, start, last, &g, &be);
    g.finite = tag_in(s, i, TAGS_FINITE);
    g.participle = tag_in(s, i, PARTICIPLES);
    g.passive = be && g.main > g.first && tag_in(s, g.main, PAST) && !form_of_be(s, g.main);
    return g;
}

/* Adverbs right before the group belong to it ("also said"), unless they open the sentence. */
static uint32_t with_adverbs(const syntax *s, uint32_t first, uint32_t i)
{
    uint32_t k = i;
    while (k > first + 1 && i - k < 2 && s->tag[k - 1] == WN_TAG_RB && !word_is(s, k - 1, "so"))
        k--;
    return k;
}

/* "comments from officials suggesting": of speech, the people are the source; else the whole
 * phrase. */
static range participle_subject(const syntax *s, uint32_t first, uint32_t at)
{
    range np = noun_phrase_left(s, first, at);
    for (uint32_t i = np.first; i < np.last; i++)
        if (in_list(s, i, LIST_SPEECH_NOUN))
            return chunk_before(s, first, at);
    return np;
}

/* "He said they would come and warned": with the group before of the same tense, a cue for a cue,
 * else the nearest finite one. */
static void share_subject(syntax *s, size_t index)
{
    verb_group *g = &s->group[index];
    const verb_group *nearest = NULL;
    int best = 0;
    for (size_t k = index; k-- > 0 && index - k < 8;) {
        const verb_group *h = &s->group[k];
        if (!h->finite && g->finite)
            continue;
        bool tense = s->tag[h->first] == s->tag[g->first],
             both = s->word[h->main].verb >= 0 && s->word[g->main].verb >= 0;
        int fit = 1 + tense + (tense && both);
        if (fit > best) {
            nearest = h;
            best = fit;
        }
    }
    if (nearest != NULL) {
        g->subject = nearest->subject;
        g->shares_subject = true;
    }
}

static void find_subject(syntax *s, uint32_t first, size_t index)
{
    verb_group *g = &s->group[index];
    uint32_t at = g->first;
    if (at > first && s->tag[at - 1] == WN_TAG_CC && index > 0) {
        share_subject(s, index);
        return;
    }
    if (g->participle && at > first && mark_is(s, at - 1, ',')) {
        if (index > 0) /* "..., citing": whoever the clause is about */
            g->subject = s->group[index - 1].subject;
        return;
    }
    g->subject = g->participle ? participle_subject(s, first, at) : noun_phrase_left(s, first, at);
    if (!range_empty(g->subject))
        g->relative = s->tag[g->subject.last - 1] == WN_TAG_WH;
}

static bool add_group(syntax *s, verb_group g)
{
    verb_group *all = grown(s->group, &s->cap_groups, s->n_groups, sizeof *all);
    if (all == NULL)
        return false;
    s->group = all;
    s->group[s->n_groups++] = g;
    return true;
}

bool syntax_sentence(syntax *s, uint32_t first, uint32_t last)
{
    s->n_groups = 0;
    for (uint32_t i = first; i < last;) {
        bool opens = (is_verb(s, i) && s->chunk_last[i] == 0) ||
                     (s->tag[i] == WN_TAG_TO && i + 1 < last &&
                      tag_in(s, i + 1, 1 << WN_TAG_VB | 1 << WN_TAG_RB));
        if (!opens) {
            i++;
            continue;
        }
        verb_group g = read_group(s, i, last);
        uint32_t next = g.last;
        if (!g.infinitive)
            g.first = with_adverbs(s, first, g.first);
        if (!add_group(s, g))
            return false;
        find_subject(s, first, s->n_groups - 1);
        i = next;
    }
    return true;
}
