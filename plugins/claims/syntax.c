/* syntax.c: words, chunks and verb groups. */
#include "claims/syntax.h"
#include "common/grow.h"
#include <stdlib.h>
#include <string.h>

bool word_is(const syntax *s, uint32_t i, const char *lower)
{
    const wn_token *t = &s->a->token[i];
    size_t n = strlen(lower);
    if (t->end - t->start != n)
        return false;
    for (size_t k = 0; k < n; k++) {
        char c = s->text[t->start + k];
        if ((c >= 'A' && c <= 'Z' ? (char)(c + 32) : c) != lower[k])
            return false;
    }
    return true;
}

bool mark_is(const syntax *s, uint32_t i, char c)
{
    const wn_token *t = &s->a->token[i];
    return t->kind == WN_TOKEN_PUNCT && t->end - t->start == 1 && s->text[t->start] == c;
}

bool in_list(const syntax *s, uint32_t i, word_list list)
{
    return (s->word[i].lists >> list & 1) != 0;
}

bool is_verb(const syntax *s, uint32_t i)
{
    return s->tag[i] >= WN_TAG_MD && s->tag[i] <= WN_TAG_VBG;
}

bool is_noun(const syntax *s, uint32_t i)
{
    return s->tag[i] == WN_TAG_NN || s->tag[i] == WN_TAG_NNP;
}

static bool grow_tokens(syntax *s, size_t n)
{
    if (n <= s->cap_tokens)
        return true;
    size_t cap = n + n / 2;
    void *tag = realloc(s->tag, cap * sizeof *s->tag);
    s->tag = tag != NULL ? tag : s->tag;
    void *word = realloc(s->word, cap * sizeof *s->word);
    s->word = word != NULL ? word : s->word;
    void *first = realloc(s->chunk_first, cap * sizeof *s->chunk_first);
    s->chunk_first = first != NULL ? first : s->chunk_first;
    void *last = realloc(s->chunk_last, cap * sizeof *s->chunk_last);
    s->chunk_last = last != NULL ? last : s->chunk_last;
    void *inside = realloc(s->quotation, cap * sizeof *s->quotation);
    s->quotation = inside != NULL ? inside : s->quotation;
    if (tag == NULL || word == NULL || first == NULL || last == NULL || inside == NULL)
        return false;
    s->cap_tokens = cap;
    return true;
}

void syntax_release(syntax *s)
{
    free(s->tag);
    free(s->word);
    free(s->chunk_first);
    free(s->chunk_last);
    free(s->quotation);
    free(s->quoted);
    free(s->group);
    *s = (syntax){0};
}

/* A participle or gerund before a noun is an adjective there. */
static bool premodifier(const syntax *s, uint32_t i, uint32_t last)
{
    if ((s->tag[i] != WN_TAG_VBG && s->tag[i] != WN_TAG_VBN) || i + 1 >= last)
        return false;
    unsigned next = s->tag[i + 1];
    if (next != WN_TAG_NN && next != WN_TAG_NNP && next != WN_TAG_JJ)
        return false;
    unsigned before = i > 0 ? s->tag[i - 1] : (unsigned)WN_TAG_PUNCT;
    return before == WN_TAG_DT || before == WN_TAG_PRPS || before == WN_TAG_POS ||
           before == WN_TAG_JJ || before == WN_TAG_CD;
}

static bool may_open_chunk(const syntax *s, uint32_t i)
{
    switch (s->tag[i]) {
    case WN_TAG_DT:
    case WN_TAG_PRPS:
    case WN_TAG_CD:
    case WN_TAG_JJ:
    case WN_TAG_NN:
    case WN_TAG_NNP:
    case WN_TAG_PRP:
    case WN_TAG_WH:
    case WN_TAG_EX:
    case WN_TAG_SYMBOL: return true;
    default: return false;
    }
}

/* Does token i go on with the chunk [first, i)? */
static bool continues_chunk(const syntax *s, uint32_t first, uint32_t i, uint32_t last)
{
    unsigned before = s->tag[i - 1];
    switch (s->tag[i]) {
    case WN_TAG_NN:
    case WN_TAG_NNP:
    case WN_TAG_CD:
    case WN_TAG_JJ:
    case WN_TAG_SYMBOL: return !(s->tag[i] == WN_TAG_NNP && in_list(s, i, LIST_DAY));
    case WN_TAG_DT: return before == WN_TAG_DT;
    case WN_TAG_PRPS: return before == WN_TAG_DT;
    case WN_TAG_POS: return is_noun(s, i - 1);
    case WN_TAG_RB:
        return i + 1 < last && s->tag[i + 1] == WN_TAG_JJ &&
               (before == WN_TAG_DT || before == WN_TAG_PRPS || before == WN_TAG_POS);
    case WN_TAG_VBG:
    case WN_TAG_VBN: return premodifier(s, i, last);
    case WN_TAG_PUNCT:
        if (mark_is(s, i, '/')) /* "a Lamp/Beacon poll" */
            return before == WN_TAG_NNP && i + 1 < last && s->tag[i + 1] == WN_TAG_NNP;
        return s->a->token[i].kind == WN_TOKEN_QUOTE && i > first && i + 1 < last &&
               before != WN_TAG_NNP &&
               (before == WN_TAG_DT || before == WN_TAG_JJ || before == WN_TAG_PRPS) &&
               (s->tag[i + 1] == WN_TAG_NN || s->tag[i + 1] == WN_TAG_JJ ||
                s->tag[i + 1] == WN_TAG_NNP);
    default: return false;
    }
}

/* No noun phrase is as long as MAX_CHUNK: a run of words without a verb is cut there, so that no
 * loop over a chunk is long. */
static uint32_t chunk_end(const syntax *s, uint32_t first, uint32_t last)
{
    enum { MAX_CHUNK = 64 };
    unsigned tag = s->tag[first];
    if (tag == WN_TAG_PRP || tag == WN_TAG_WH || tag == WN_TAG_EX)
        return first + 1;
    uint32_t end = is_noun(s, first) || tag == WN_TAG_CD || tag == WN_TAG_DT || tag == WN_TAG_PRPS
                       ? first + 1
                       : first;
    uint32_t i = first + 1, most = last - first > MAX_CHUNK ? first + MAX_CHUNK : last;
    for (; i < most && continues_chunk(s, first, i, last); i++)
        if (is_noun(s, i) || s->tag[i] == WN_TAG_CD || s->tag[i] == WN_TAG_SYMBOL)
            end = i + 1;
    bool bare_adjective = (tag == WN_TAG_DT || tag == WN_TAG_PRPS) && end == first + 1 && i > end &&
                          s->tag[i - 1] == WN_TAG_JJ;
    return bare_adjective ? i : end;
}

static void chunk_sentence(syntax *s, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i < last && wn_beat(s->pulse);) {
        uint32_t end = may_open_chunk(s, i) || premodifier(s, i, last) ? chunk_end(s, i, last) : i;
        if (end <= i) {
            s->chunk_last[i++] = 0;
            continue;
        }
        for (uint32_t k = i; k < end; k++) {
            s->chunk_first[k] = i;
            s->chunk_last[k] = end;
        }
        i = end;
    }
}

static bool mark_quotations(syntax *s)
{
    const wn_analysis *a = s->a;
    range *quoted = grown_to(s->quoted, &s->cap_quotations, a->n_quotations, sizeof *quoted);
    if (quoted == NULL)
        return false;
    s->quoted = quoted;
    int32_t inside = -1;
    size_t next = 0;
    for (size_t i = 0; i < a->n_tokens && wn_beat(s->pulse); i++) {
        while (inside >= 0 && a->quotation[inside].outer.end <= a->token[i].start)
            inside = a->quotation[inside].parent;
        while (next < a->n_quotations && a->quotation[next].outer.start <= a->token[i].start) {
            inside = (int32_t)next++;
            s->quoted[inside] = (range){(uint32_t)i, (uint32_t)i + 1};
        }
        s->quotation[i] = inside;
        for (int32_t q = inside; q >= 0; q = a->quotation[q].parent)
            s->quoted[q].last = (uint32_t)i + 1;
    }
    return true;
}

/* A capital within a sentence makes a name of what the tagger takes for an adverb or a verb. */
static bool name_by_capital(const syntax *s, uint32_t first, uint32_t i, uint32_t last)
{
    const wn_token *t = &s->a->token[i];
    if ((t->flags & WN_TOKEN_ALLCAPS) != 0 && is_verb(s, i) &&
        (s->a->token[i + 1].flags & WN_TOKEN_ALLCAPS) == 0)
        return true;
    /* prepositions are a closed class */
    if (i == first && s->tag[i] == WN_TAG_IN && s->tag[i + 1] == WN_TAG_NNP)
        return !in_list(s, i, LIST_PREPOSITION) && !in_list(s, i, LIST_JOIN) &&
               !in_list(s, i, LIST_SUBORDINATE);
    if (i == first || t->kind != WN_TOKEN_WORD || (t->flags & WN_TOKEN_CAPITAL) == 0 ||
        t[-1].kind == WN_TOKEN_QUOTE || t[-1].kind == WN_TOKEN_PUNCT || t->end - t->start < 2)
        return false;
    switch (s->tag[i]) {
    case WN_TAG_RB:
    case WN_TAG_IN:
    case WN_TAG_UH:
    case WN_TAG_RP:
    case WN_TAG_VB:
    case WN_TAG_VBP:
    case WN_TAG_VBZ:
    case WN_TAG_VBD:
    case WN_TAG_VBN:
    case WN_TAG_VBG:
    case WN_TAG_NN: return true;
    case WN_TAG_JJ:
        return s->tag[i - 1] == WN_TAG_NNP && (i + 1 >= last || !is_noun(s, i + 1)) &&
               (t[-1].flags & WN_TOKEN_CAPITAL) != 0;
    default: return false;
    }
}

/* A participle after a noun takes no object: before one, or a clause, it is a past tense. */
static bool past_tense(const syntax *s, uint32_t first, uint32_t i, bool finite)
{
    if (s->tag[i] != WN_TAG_VBN)
        return false;
    uint32_t before = i;
    while (before > first && s->tag[before - 1] == WN_TAG_RB)
        before--;
    if (before == first)
        return false;
    if (mark_is(s, before - 1, ',') && s->word[i].verb >= 0 && !word_is(s, i + 1, "by") &&
        !word_is(s, i + 1, "as"))
        return !finite; /* the only verb there is */
    unsigned left = s->tag[before - 1], right = s->tag[i + 1];
    if (left != WN_TAG_NN && left != WN_TAG_NNP && left != WN_TAG_PRP && left != WN_TAG_WH)
        return false;
    return right == WN_TAG_DT || right == WN_TAG_PRP || right == WN_TAG_PRPS ||
           right == WN_TAG_NNP || right == WN_TAG_MD || right == WN_TAG_VBD ||
           right == WN_TAG_VBZ || word_is(s, i + 1, "that") ||
           (s->a->token[i + 1].kind == WN_TOKEN_QUOTE &&
            (s->a->token[i + 1].flags & WN_TOKEN_SPACE_BEFORE) != 0);
}

/* "committee chair" before a name */
static bool role_as_verb(const syntax *s, uint32_t first, uint32_t i)
{
    return (s->tag[i] == WN_TAG_VB || s->tag[i] == WN_TAG_VBP) &&
           (i == first || s->tag[i - 1] == WN_TAG_NN || s->tag[i - 1] == WN_TAG_NNP ||
            s->tag[i - 1] == WN_TAG_JJ || s->tag[i - 1] == WN_TAG_POS);
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

static void read_subject(const syntax *s, uint32_t first, uint32_t i, subject *ret)
{
    ret->none |= is_verb(s, i) || s->tag[i] == WN_TAG_PUNCT || s->tag[i] == WN_TAG_POS ||
                 s->tag[i] == WN_TAG_PRPS;
    ret->headed |= i > first && s->tag[i] == WN_TAG_IN;
    if (!ret->headed)
        ret->plural = is_noun(s, i) && ends_in_s(s, i);
}

/* "The chamber of trade estimates that shops ...", "Scholars of the institute estimate that ...":
 * the sentence's first verb, taken for a noun. Not "the estimates that were made". */
static bool states_that(const syntax *s, const subject *before, uint32_t first, uint32_t i,
                        uint32_t last)
{
    if (before->none || s->tag[i] != WN_TAG_NN || s->word[i].verb < 0 || i < first + 2 ||
        i + 3 >= last || !word_is(s, i + 1, "that") || is_verb(s, i + 2) || !is_noun(s, i - 1) ||
        (s->a->token[i].flags & WN_TOKEN_CAPITAL) != 0)
        return false;
    return before->plural != ends_in_s(s, i);
}

static bool determiner(const syntax *s, uint32_t i)
{
    return word_is(s, i, "a") || word_is(s, i, "an") || word_is(s, i, "the") ||
           s->tag[i] == WN_TAG_PRPS;
}

/* What the lexicon knows better than the tagger: titles before names, "'s" that is a verb. */
static void correct_tags(syntax *s, uint32_t first, uint32_t last)
{
    bool finite = false;
    subject before = {false, false, false};
    for (uint32_t i = first; i < last && !finite; i++)
        finite = s->tag[i] == WN_TAG_MD || s->tag[i] == WN_TAG_VBD || s->tag[i] == WN_TAG_VBZ ||
                 s->tag[i] == WN_TAG_VBP;
    for (uint32_t i = first; i + 1 < last && wn_beat(s->pulse); i++) {
        bool capital = (s->a->token[i].flags & WN_TOKEN_CAPITAL) != 0,
             next = (s->a->token[i + 1].flags & WN_TOKEN_CAPITAL) != 0;
        unsigned after = s->tag[i + 1];
        if (capital && next && in_list(s, i, LIST_TITLE) &&
            s->a->token[i + 1].kind == WN_TOKEN_WORD)
            s->tag[i] = s->tag[i + 1] = WN_TAG_NNP;
        else if (name_by_capital(s, first, i, last))
            s->tag[i] = WN_TAG_NNP;
        else if (s->tag[i] == WN_TAG_POS &&
                 (after == WN_TAG_DT || after == WN_TAG_PRP || after == WN_TAG_PRPS ||
                  after == WN_TAG_VBG || after == WN_TAG_TO))
            s->tag[i] = WN_TAG_VBZ;
        else if (in_list(s, i, LIST_ROLE) && !capital && next &&
                 (s->tag[i] == WN_TAG_JJ || role_as_verb(s, first, i)))
            s->tag[i] = WN_TAG_NN; /* "chief economist" before a name */
        else if (i == first && (s->tag[i] == WN_TAG_VB || s->tag[i] == WN_TAG_VBP) &&
                 s->word[i].verb < 0 && (is_noun(s, i + 1) || in_list(s, i + 1, LIST_ROLE)) &&
                 (in_list(s, i, LIST_ROLE) || in_list(s, i, LIST_GROUP)))
            s->tag[i] = WN_TAG_NN; /* "Committee chair" at the start */
        else if (states_that(s, &before, first, i, last))
            s->tag[i] = WN_TAG_VBZ;
        else if (s->tag[i] == WN_TAG_VBD && i > first &&
                 (s->tag[i - 1] == WN_TAG_DT || s->tag[i - 1] == WN_TAG_PRPS) &&
                 (after == WN_TAG_JJ || after == WN_TAG_NN || after == WN_TAG_NNP) &&
                 determiner(s, i - 1))
            s->tag[i] = WN_TAG_VBN; /* "an alleged spy" */
        else if (s->tag[i] == WN_TAG_NN && s->word[i].verb >= 0 && i > first &&
                 after == WN_TAG_TO &&
                 (s->tag[i - 1] == WN_TAG_NNP || s->tag[i - 1] == WN_TAG_PRP) && i + 2 < last &&
                 s->tag[i + 2] == WN_TAG_VB)
            s->tag[i] = WN_TAG_VBZ; /* "Mr Orr plans to stay" */
        else if (past_tense(s, first, i, finite))
            s->tag[i] = WN_TAG_VBD;
        read_subject(s, first, i, &before);
    }
}

bool syntax_document(syntax *s, const char *text, const wn_analysis *a, const lexicon *l,
                     wn_pulse *pulse)
{
    s->text = text;
    s->a = a;
    s->lexicon = l;
    s->pulse = pulse;
    if (!grow_tokens(s, a->n_tokens + 1))
        return false;
    if (a->n_tokens > 0)
        memcpy(s->tag, a->tag, a->n_tokens * sizeof *s->tag);
    for (size_t i = 0; i < a->n_tokens && wn_beat(pulse); i++)
        s->word[i] =
            a->token[i].kind == WN_TOKEN_WORD
                ? lexicon_look_up(l, text + a->token[i].start, a->token[i].end - a->token[i].start)
                : (word_info){-1, -1, 0};
    if (!mark_quotations(s))
        return false;
    for (size_t first = 0, last; first < a->n_tokens; first = last) {
        for (last = first + 1;
             last < a->n_tokens && a->token[last].sentence == a->token[first].sentence;)
            last++;
        correct_tags(s, (uint32_t)first, (uint32_t)last);
        chunk_sentence(s, (uint32_t)first, (uint32_t)last);
    }
    return pulse == NULL || pulse->stopped == 0;
}

static bool auxiliary(const syntax *s, uint32_t i)
{
    static const char *const forms[] = {"be",    "am",  "is",   "are",    "was", "were", "been",
                                        "being", "'s",  "'re",  "'m",     "’s",  "’re",  "’m",
                                        "have",  "has", "had",  "having", "'ve", "’ve",  "'d",
                                        "’d",    "do",  "does", "did"};
    if (s->tag[i] == WN_TAG_MD)
        return true;
    if (!is_verb(s, i))
        return false;
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++)
        if (word_is(s, i, forms[k]))
            return true;
    return false;
}

static bool form_of_be(const syntax *s, uint32_t i)
{
    return word_is(s, i, "be") || word_is(s, i, "is") || word_is(s, i, "are") ||
           word_is(s, i, "was") || word_is(s, i, "were") || word_is(s, i, "been") ||
           word_is(s, i, "being") || word_is(s, i, "am");
}

static bool negation(const syntax *s, uint32_t i)
{
    return word_is(s, i, "not") || word_is(s, i, "n't") || word_is(s, i, "n’t") ||
           word_is(s, i, "never");
}

/* The group that starts at token i, a verb or "to" before one. */
static verb_group read_group(const syntax *s, uint32_t i, uint32_t last)
{
    verb_group g = {.first = i, .main = i};
    g.infinitive = s->tag[i] == WN_TAG_TO;
    g.last = i + g.infinitive;
    uint32_t k = i + g.infinitive;
    bool be = false, aux = false;
    for (uint32_t adverbs = 0; k < last; k++) {
        if (is_verb(s, k)) {
            if (g.last > i + g.infinitive && !aux)
                break;
            g.main = k;
            g.last = k + 1;
            aux = auxiliary(s, k);
            be = be || (aux && form_of_be(s, k));
            adverbs = 0;
        } else if (aux && (s->tag[k] == WN_TAG_RB || negation(s, k)) && adverbs++ < 3) {
            g.negated |= negation(s, k);
            g.last = negation(s, k) ? k + 1 : g.last;
        } else if (g.infinitive && k == i + 1 && s->tag[k] == WN_TAG_RB) {
            continue;
        } else {
            break;
        }
    }
    unsigned tag = s->tag[i];
    g.finite = tag == WN_TAG_MD || tag == WN_TAG_VBD || tag == WN_TAG_VBZ || tag == WN_TAG_VBP;
    g.participle = tag == WN_TAG_VBG || tag == WN_TAG_VBN;
    g.passive = (s->tag[g.main] == WN_TAG_VBN || s->tag[g.main] == WN_TAG_VBD) && be &&
                g.main > g.first && !form_of_be(s, g.main);
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
                      (s->tag[i + 1] == WN_TAG_VB || s->tag[i + 1] == WN_TAG_RB));
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
