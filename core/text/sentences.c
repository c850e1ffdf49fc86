/* sentences.c: where sentences end in news prose. A stop, question or exclamation mark ends one,
 * with the closing marks after it, unless what follows goes on with the sentence: a lower-case
 * word, the speaker of a quotation just closed, or the rest of a quoted fragment. */
#include "text/text_internal.h"
#include "util/alloc.h"
#include <string.h>

typedef struct splitter {
    text_analysis *a;
    const char *text;
    size_t first, last;
    size_t start;     /* first token of the sentence being read */
    size_t quotation; /* the next one to be entered */
    int32_t inside;   /* innermost that holds the token, or -1 */
    /* of the last run of closing marks and stops that was read, and its last quotation mark */
    size_t run_end;
    size_t run_quote;
} splitter;

static bool known(const splitter *s, const wn_token *t, unsigned kind)
{
    return text_rules_hashed(s->a->rules, s->text + t->start, t->end - t->start, t->hash, kind) !=
           0;
}

static bool is(const splitter *s, size_t i, char c)
{
    const wn_token *t = &s->a->token[i];
    return t->kind == WN_TOKEN_PUNCT && s->text[t->start] == c;
}

static bool closing(const splitter *s, size_t i)
{
    const wn_token *t = &s->a->token[i];
    if (t->kind == WN_TOKEN_PUNCT)
        return is(s, i, ')') || is(s, i, ']') || is(s, i, '}');
    if (t->kind != WN_TOKEN_QUOTE || (t->flags & WN_TOKEN_LINE_START) != 0)
        return false;
    switch ((enum mark)t->reserved) {
    case MARK_DOUBLE_CLOSE:
    case MARK_SINGLE_CLOSE:
    case MARK_ANGLE_CLOSE: return true;
    case MARK_STRAIGHT:
    case MARK_SINGLE: return (t->flags & WN_TOKEN_SPACE_BEFORE) == 0;
    default: return false;
    }
}

/* “Really?” Mr Smith asked. A name of up to five words, then a verb of speech, goes on with the
 * sentence. */
static bool speaker_follows(const splitter *s, size_t i)
{
    for (size_t k = i; k < s->last && k < i + 6; k++) {
        const wn_token *t = &s->a->token[k];
        if (t->kind != WN_TOKEN_WORD)
            return false;
        if (known(s, t, TEXT_SPEECH))
            return true;
        if (k > i && (t->flags & WN_TOKEN_CAPITAL) == 0 && k > i + 2)
            return false;
    }
    return false;
}

static bool starts_lower(const splitter *s, const wn_token *t)
{
    if (t->kind != WN_TOKEN_WORD)
        return false;
    unsigned char c = (unsigned char)s->text[t->start];
    return (c >= 'a' && c <= 'z') || (c >= 0x80 && (t->flags & WN_TOKEN_CAPITAL) == 0);
}

/* "the end.The next": a capital right behind a stop that ends a word in small letters. */
static bool lacks_blank(const splitter *s, size_t i, char mark)
{
    const wn_token *t = &s->a->token[i], *word = i - 1 > s->first ? &s->a->token[i - 2] : NULL;
    return mark == '.' && (t->flags & WN_TOKEN_CAPITAL) != 0 && word != NULL &&
           word->kind == WN_TOKEN_WORD && word->end - word->start > 2 &&
           (word->flags & WN_TOKEN_CAPITAL) == 0;
}

/* May the text go on with a new sentence at token i, after a terminator `mark`, with closing marks
 * between or not? */
static bool may_start(const splitter *s, size_t i, char mark, bool quote_closed)
{
    const wn_token *t = &s->a->token[i];
    if ((t->flags & WN_TOKEN_SPACE_BEFORE) == 0)
        return lacks_blank(s, i, mark) || t->kind == WN_TOKEN_QUOTE;
    if (starts_lower(s, t))
        return false;
    if (t->kind == WN_TOKEN_PUNCT && !is(s, i, '(') && !is(s, i, '[') && !is(s, i, '-'))
        return (unsigned char)s->text[t->start] >= 0x80 || is(s, i, '.');
    return !quote_closed || mark == '.' || !speaker_follows(s, i);
}

/* Whole sentences are quoted when the quotation starts with a capital letter or a figure. */
static bool inside_fragment(const splitter *s)
{
    if (s->inside < 0)
        return false;
    const wn_quotation *q = &s->a->quotation[s->inside];
    unsigned char c = (unsigned char)s->text[q->inner.start];
    return c >= 'a' && c <= 'z' && !q->open_ended;
}

static bool abbreviation_ends(const splitter *s, size_t i)
{
    const wn_token *t = &s->a->token[i];
    size_t len = t->end - t->start - 1;
    const unsigned is =
        text_rules_word(s->a->rules, s->text + t->start, len, TEXT_TITLE | TEXT_FINAL);
    if ((is & TEXT_TITLE) != 0 || i + 1 >= s->last)
        return false;
    size_t next = i + 1;
    while (next < s->last && closing(s, next))
        next++;
    if (next == s->last)
        return false;
    const wn_token *n = &s->a->token[next];
    if (n->kind == WN_TOKEN_QUOTE && next + 1 < s->last)
        n++;
    if ((n->flags & WN_TOKEN_CAPITAL) == 0)
        return false;
    return known(s, n, TEXT_STARTER) || ((is & TEXT_FINAL) != 0 && next > i + 1);
}

static bool terminator(const splitter *s, const wn_token *t)
{
    char last = s->text[t->end - 1];
    return last == '.' || last == '?' || last == '!' ||
           (t->end - t->start == 3 && memcmp(s->text + t->start, "\xE2\x80\xA6", 3) == 0);
}

/* The token after the closing marks and stops behind token i; a run of them is read once. */
static size_t closing_run(splitter *s, size_t i, bool *ret_quote_closed)
{
    size_t next = i + 1 > s->run_end ? i + 1 : s->run_end;
    for (; next < s->last &&
           (closing(s, next) || is(s, next, '.') || is(s, next, '?') || is(s, next, '!'));
         next++)
        if (s->a->token[next].kind == WN_TOKEN_QUOTE)
            s->run_quote = next;
    s->run_end = next;
    *ret_quote_closed = s->run_quote > i;
    return next;
}

/* The token after the sentence that token i may end, or i when it does not. */
static size_t sentence_end(splitter *s, size_t i)
{
    const wn_token *t = &s->a->token[i];
    char last = s->text[t->end - 1];
    if (t->kind == WN_TOKEN_WORD || t->kind == WN_TOKEN_NUMBER) {
        if (last != '.' || !abbreviation_ends(s, i))
            return i;
    } else if (t->kind != WN_TOKEN_PUNCT || !terminator(s, t)) {
        return i;
    }
    bool quote_closed;
    size_t next = closing_run(s, i, &quote_closed);
    if (next == s->last || t->kind != WN_TOKEN_PUNCT)
        return next;
    bool ellipsis = t->end - t->start > 1;
    if (ellipsis && s->inside >= 0 && !quote_closed)
        return i;
    if (!quote_closed && inside_fragment(s))
        return i;
    return may_start(s, next, last, quote_closed) ? next : i;
}

static bool add_sentence(splitter *s, size_t end)
{
    text_analysis *a = s->a;
    if (!MEM_GROW(a->sentence, a->cap_sentences, a->n_sentences + 1))
        return false;
    for (size_t i = s->start; i < end; i++)
        a->token[i].sentence = (uint32_t)a->n_sentences;
    a->token[s->start].flags |= WN_TOKEN_SENTENCE_START;
    a->sentence[a->n_sentences++] = (wn_extent){a->token[s->start].start, a->token[end - 1].end};
    s->start = end;
    return true;
}

static void follow_quotations(splitter *s, const wn_token *t)
{
    while (s->inside >= 0 && s->a->quotation[s->inside].outer.end <= t->start)
        s->inside = s->a->quotation[s->inside].parent;
    while (s->quotation < s->a->n_quotations &&
           s->a->quotation[s->quotation].outer.start <= t->start)
        s->inside = (int32_t)s->quotation++;
}

bool text_split_sentences(text_analysis *a, const char *text, size_t first, size_t last,
                          size_t first_quotation)
{
    splitter s = {a, text, first, last, first, first_quotation, -1, 0, 0};
    for (size_t i = first; i < last; i++) {
        if (!wn_beat(a->pulse))
            return false;
        follow_quotations(&s, &a->token[i]);
        size_t end = sentence_end(&s, i);
        if (end == i)
            continue;
        for (; i + 1 < end; i++)
            follow_quotations(&s, &a->token[i]);
        if (!add_sentence(&s, end))
            return false;
    }
    return s.start == last || add_sentence(&s, last);
}
