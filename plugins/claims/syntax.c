/* syntax.c: words, noun chunks and quotations. */
#include "claims/syntax_internal.h"
#include "common/ascii.h"
#include "common/grow.h"
#include <stdlib.h>
#include <string.h>

bool word_is(const syntax *s, uint32_t i, const char *word)
{
    const wn_token *t = &s->a->token[i];
    size_t n = t->end - t->start;
    for (size_t k = 0; k < n; k++)
        if (word[k] == '\0' || ascii_lower(s->text[t->start + k]) != word[k])
            return false;
    return word[n] == '\0';
}

static bool word_ends(char c)
{
    return c == ' ' || c == '\0';
}

bool word_among(const syntax *s, uint32_t i, const char *words)
{
    const wn_token *t = &s->a->token[i];
    const char *text = s->text + t->start;
    size_t n = t->end - t->start;
    for (const char *word = words; *word != '\0'; word += *word == ' ') {
        size_t same = 0;
        while (same < n && ascii_lower(text[same]) == word[same] && !word_ends(word[same]))
            same++;
        word += same;
        if (same == n && word_ends(*word))
            return true;
        while (!word_ends(*word))
            word++;
    }
    return false;
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
    return tag_in(s, i, TAGS_NOUN);
}

bool object_pronoun(const syntax *s, uint32_t i)
{
    return word_among(s, i, "me him them us");
}

bool has_finite_verb(const syntax *s, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i < last; i++)
        if (tag_in(s, i, TAGS_FINITE))
            return true;
    return false;
}

static bool grow_tokens(syntax *s, size_t n)
{
    const grown_array by_token[] = {{&s->tag, sizeof *s->tag},
                                    {&s->word, sizeof *s->word},
                                    {&s->chunk_first, sizeof *s->chunk_first},
                                    {&s->chunk_last, sizeof *s->chunk_last},
                                    {&s->quotation, sizeof *s->quotation}};
    return grow_together(by_token, sizeof by_token / sizeof *by_token, &s->cap_tokens, n);
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
    enum {
        PARTICIPLES = 1 << WN_TAG_VBG | 1 << WN_TAG_VBN,
        BEFORE =
            1 << WN_TAG_DT | 1 << WN_TAG_PRPS | 1 << WN_TAG_POS | 1 << WN_TAG_JJ | 1 << WN_TAG_CD,
    };
    return tag_in(s, i, PARTICIPLES) && i + 1 < last &&
           tag_in(s, i + 1, TAGS_NOUN | 1 << WN_TAG_JJ) && i > 0 && tag_in(s, i - 1, BEFORE);
}

static bool may_open_chunk(const syntax *s, uint32_t i)
{
    enum {
        OPENERS = TAGS_NOUN | TAGS_STAND_IN | 1 << WN_TAG_DT | 1 << WN_TAG_PRPS | 1 << WN_TAG_CD |
                  1 << WN_TAG_JJ | 1 << WN_TAG_EX | 1 << WN_TAG_SYMBOL,
    };
    return tag_in(s, i, OPENERS);
}

/* "the very [old]" */
static bool adverb_within(const syntax *s, uint32_t i, uint32_t last)
{
    enum { BEFORE = 1 << WN_TAG_DT | 1 << WN_TAG_PRPS | 1 << WN_TAG_POS };
    return tag_in(s, i - 1, BEFORE) && i + 1 < last && s->tag[i + 1] == WN_TAG_JJ;
}

/* "a Lamp/Beacon poll", "a “frank” exchange" */
static bool mark_within(const syntax *s, uint32_t i, uint32_t last)
{
    enum { BEFORE = 1 << WN_TAG_DT | 1 << WN_TAG_PRPS | 1 << WN_TAG_JJ };
    if (i + 1 >= last)
        return false;
    if (mark_is(s, i, '/'))
        return s->tag[i - 1] == WN_TAG_NNP && s->tag[i + 1] == WN_TAG_NNP;
    return s->a->token[i].kind == WN_TOKEN_QUOTE && tag_in(s, i - 1, BEFORE) &&
           tag_in(s, i + 1, TAGS_NOUN | 1 << WN_TAG_JJ);
}

/* Does token i go on with the chunk that holds the token before it? */
static bool continues_chunk(const syntax *s, uint32_t i, uint32_t last)
{
    switch (s->tag[i]) {
    case WN_TAG_NN:
    case WN_TAG_CD:
    case WN_TAG_JJ:
    case WN_TAG_SYMBOL: return true;
    case WN_TAG_NNP: return !in_list(s, i, LIST_DAY);
    case WN_TAG_DT:
    case WN_TAG_PRPS: return s->tag[i - 1] == WN_TAG_DT;
    case WN_TAG_POS: return is_noun(s, i - 1);
    case WN_TAG_RB: return adverb_within(s, i, last);
    case WN_TAG_VBG:
    case WN_TAG_VBN: return premodifier(s, i, last);
    case WN_TAG_PUNCT: return mark_within(s, i, last);
    default: return false;
    }
}

/* No noun phrase is as long as MAX_CHUNK: a run of words without a verb is cut there, so that no
 * loop over a chunk is long. */
static uint32_t chunk_end(const syntax *s, uint32_t first, uint32_t last)
{
    enum {
        MAX_CHUNK = 64,
        DETERMINERS = 1 << WN_TAG_DT | 1 << WN_TAG_PRPS,
        HEADS = TAGS_NOUN | 1 << WN_TAG_CD, /* what a chunk may end with */
    };
    if (tag_in(s, first, TAGS_STAND_IN | 1 << WN_TAG_EX))
        return first + 1;
    uint32_t end = first + tag_in(s, first, HEADS | DETERMINERS);
    uint32_t i = first + 1, most = last - first > MAX_CHUNK ? first + MAX_CHUNK : last;
    for (; i < most && continues_chunk(s, i, last); i++)
        if (tag_in(s, i, HEADS | 1 << WN_TAG_SYMBOL))
            end = i + 1;
    bool bare_adjective =
        tag_in(s, first, DETERMINERS) && end == first + 1 && i > end && s->tag[i - 1] == WN_TAG_JJ;
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

/* As marks alone: no chunk, no verb. */
static void no_syntax(syntax *s, size_t first, size_t last)
{
    memset(s->tag + first, WN_TAG_PUNCT, last - first);
    memset(s->chunk_last + first, 0, (last - first) * sizeof *s->chunk_last);
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
    if (a->n_tokens > 0 && a->tag != NULL)
        memcpy(s->tag, a->tag, a->n_tokens * sizeof *s->tag);
    for (size_t i = 0; i < a->n_tokens && wn_beat(pulse); i++)
        s->word[i] =
            a->token[i].kind == WN_TOKEN_WORD
                ? lexicon_look_up_hashed(l, text + a->token[i].start,
                                         a->token[i].end - a->token[i].start, a->token[i].hash)
                : (word_info){-1, -1, 0};
    if (!mark_quotations(s))
        return false;
    for (size_t first = 0, last; first < a->n_tokens; first = last) {
        for (last = first + 1;
             last < a->n_tokens && a->token[last].sentence == a->token[first].sentence;)
            last++;
        if (a->tag == NULL && !may_attribute(s, (uint32_t)first, (uint32_t)last)) {
            no_syntax(s, first, last);
            continue;
        }
        if (a->tag == NULL)
            quick_tags(s, (uint32_t)first, (uint32_t)last);
        correct_tags(s, (uint32_t)first, (uint32_t)last);
        chunk_sentence(s, (uint32_t)first, (uint32_t)last);
    }
    return pulse == NULL || pulse->stopped == 0;
}
