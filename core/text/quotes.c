/* quotes.c: pairing of quotation marks within a paragraph, with a stack of open ones. */
#include "text/text_internal.h"
#include "util/alloc.h"
#include <string.h>

enum { MAX_DEPTH = 8, LOOKAHEAD = 200, DROPPED = -2 };

typedef struct opened {
    size_t quotation, token;
    enum mark mark;
} opened;

typedef struct pairing {
    text_analysis *a;
    const char *text;
    size_t first, last;
    opened stack[MAX_DEPTH];
    size_t depth;
} pairing;

static bool space_after(const pairing *p, size_t i)
{
    return i + 1 >= p->last || (p->a->token[i + 1].flags & WN_TOKEN_SPACE_BEFORE) != 0;
}

/* nothing of a word stands right before it */
static bool starts_free(const pairing *p, size_t i)
{
    const wn_token *t = &p->a->token[i];
    if (i == p->first || (t->flags & WN_TOKEN_SPACE_BEFORE) != 0 || t[-1].kind == WN_TOKEN_QUOTE)
        return true;
    return t[-1].kind == WN_TOKEN_PUNCT && memchr(".,;:!?)]}", p->text[t[-1].start], 9) == NULL;
}

static bool opens(enum mark m)
{
    return m == MARK_STRAIGHT || m == MARK_DOUBLE_OPEN || m == MARK_DOUBLE_LOW ||
           m == MARK_ANGLE_OPEN || m == MARK_SINGLE_OPEN || m == MARK_SINGLE ||
           m == MARK_SINGLE_CLOSE;
}

static bool single(enum mark m)
{
    return m == MARK_SINGLE || m == MARK_SINGLE_OPEN || m == MARK_SINGLE_CLOSE;
}

static bool closes(enum mark open, enum mark close)
{
    switch (open) {
    case MARK_DOUBLE_LOW:
        return close == MARK_DOUBLE_OPEN || close == MARK_DOUBLE_CLOSE || close == MARK_STRAIGHT;
    case MARK_DOUBLE_OPEN: return close == MARK_DOUBLE_CLOSE || close == MARK_STRAIGHT;
    case MARK_STRAIGHT: return close == MARK_STRAIGHT || close == MARK_DOUBLE_CLOSE;
    case MARK_ANGLE_OPEN: return close == MARK_ANGLE_CLOSE;
    default: return close == MARK_SINGLE || close == MARK_SINGLE_CLOSE;
    }
}

static bool push(pairing *p, size_t i, enum mark m)
{
    text_analysis *a = p->a;
    if (p->depth == MAX_DEPTH)
        return true;
    if (!MEM_GROW(a->quotation, a->cap_quotations, a->n_quotations + 1))
        return false;
    p->stack[p->depth++] = (opened){a->n_quotations, i, m};
    a->quotation[a->n_quotations++] =
        (wn_quotation){{a->token[i].start, 0}, {a->token[i].end, 0}, -1, 0};
    return true;
}

static void drop_top(pairing *p)
{
    opened *o = &p->stack[--p->depth];
    p->a->quotation[o->quotation].outer.end = 0;
    wn_token *t = &p->a->token[o->token];
    if (single(o->mark) || o->mark == MARK_STRAIGHT)
        t->kind = o->mark == MARK_STRAIGHT ? WN_TOKEN_SYMBOL : WN_TOKEN_PUNCT;
}

static void close_at(pairing *p, size_t level, size_t i)
{
    while (p->depth > level + 1)
        drop_top(p);
    opened *o = &p->stack[--p->depth];
    wn_quotation *q = &p->a->quotation[o->quotation];
    q->inner.end = p->a->token[i].start;
    q->outer.end = p->a->token[i].end;
}

/* The level of the innermost quotation this mark can close, or p->depth. */
static size_t closable(const pairing *p, enum mark m)
{
    for (size_t level = p->depth; level-- > 0;)
        if (closes(p->stack[level].mark, m))
            return level;
    return p->depth;
}

/* Is the last letter of the word one behind which an apostrophe stands alone? */
static bool takes_possessive(const pairing *p, const wn_token *word)
{
    size_t at = word->end - 1;
    while (at > word->start && ((unsigned char)p->text[at] & 0xC0) == 0x80)
        at--;
    return text_rules_word(p->a->rules, p->text + at, word->end - at, TEXT_POSSESSIVE) != 0;
}

/* After such a word a single mark may be a possessive: so when a clear closing mark comes later. */
static bool possessive(const pairing *p, size_t i)
{
    const wn_token *t = &p->a->token[i];
    if (i == p->first || t[-1].kind != WN_TOKEN_WORD || !takes_possessive(p, t - 1) ||
        i + 1 >= p->last || t[1].kind != WN_TOKEN_WORD || !space_after(p, i))
        return false;
    size_t stop = p->last - i > LOOKAHEAD ? i + LOOKAHEAD : p->last;
    for (size_t k = i + 1; k < stop; k++) {
        const wn_token *c = &p->a->token[k];
        if (c->kind != WN_TOKEN_QUOTE || !single((enum mark)c->reserved))
            continue;
        if ((c->flags & WN_TOKEN_SPACE_BEFORE) != 0)
            return false;
        return true;
    }
    return false;
}

/* An apostrophe behind a word (then one of it), a mark of feet, or a stray mark. */
static void no_quotation_mark(wn_token *t, bool attached, bool after_digit)
{
    bool word = attached && t[-1].kind == WN_TOKEN_WORD;
    t->kind = word ? WN_TOKEN_WORD : after_digit ? WN_TOKEN_SYMBOL : WN_TOKEN_PUNCT;
    t->hash = word ? wn_word_hash("'", 1) : 0;
}

static bool elided_word(const pairing *p, const wn_token *t)
{
    return t->kind == WN_TOKEN_WORD &&
           text_rules_word(p->a->rules, p->text + t->start, t->end - t->start, TEXT_ELISION) != 0;
}

/* "the '90s" */
static bool decade(const pairing *p, const wn_token *t)
{
    return t->kind == WN_TOKEN_NUMBER && t->end - t->start == 3 && p->text[t->end - 1] == 's';
}

/* Rock 'n' roll, the '90s: the mark stands for what is left out, before the word or behind it. */
static bool elision(const pairing *p, size_t i)
{
    const wn_token *t = &p->a->token[i];
    if (starts_free(p, i))
        return !space_after(p, i) && i + 1 < p->last && (elided_word(p, t + 1) || decade(p, t + 1));
    return i >= p->first + 2 && elided_word(p, t - 1) && t[-2].kind == WN_TOKEN_PUNCT &&
           single((enum mark)t[-2].reserved) && (t[-1].flags & WN_TOKEN_SPACE_BEFORE) == 0;
}

static bool take_single(pairing *p, size_t i, enum mark m)
{
    wn_token *t = &p->a->token[i];
    bool free = starts_free(p, i), space = space_after(p, i);
    size_t level = closable(p, m);
    bool after_digit = i > p->first && t[-1].kind == WN_TOKEN_NUMBER && !free;
    bool feet = after_digit && !space && t[1].kind == WN_TOKEN_NUMBER;
    bool may_open = m == MARK_SINGLE_OPEN || (m == MARK_SINGLE && free && !space);
    bool attached = !(t->flags & WN_TOKEN_SPACE_BEFORE), may_close = level < p->depth && attached;
    if (may_close && (may_open || (!feet && !possessive(p, i))))
        close_at(p, level, i);
    else if (may_open)
        return push(p, i, MARK_SINGLE_OPEN);
    else
        no_quotation_mark(t, i > p->first && attached, after_digit);
    return true;
}

static bool take_straight(pairing *p, size_t i)
{
    wn_token *t = &p->a->token[i];
    bool free = starts_free(p, i), space = space_after(p, i);
    size_t level = closable(p, MARK_STRAIGHT);
    if (level == p->depth) {
        if (free || (t[-1].kind != WN_TOKEN_NUMBER && !space))
            return push(p, i, MARK_STRAIGHT);
        t->kind = WN_TOKEN_SYMBOL; /* inches, seconds, a stray mark */
        return true;
    }
    bool reopens = (t->flags & WN_TOKEN_SPACE_BEFORE) != 0 && !space;
    if (reopens && p->stack[level].mark == MARK_STRAIGHT) {
        while (p->depth > level)
            drop_top(p);
        return push(p, i, MARK_STRAIGHT);
    }
    close_at(p, level, i);
    return true;
}

static bool take_mark(pairing *p, size_t i)
{
    wn_token *t = &p->a->token[i];
    enum mark m = (enum mark)t->reserved;
    if (single(m) && elision(p, i)) {
        no_quotation_mark(t, false, false);
        return true;
    }
    if (single(m))
        return take_single(p, i, m);
    if (m == MARK_STRAIGHT)
        return take_straight(p, i);
    size_t level = closable(p, m);
    if (level < p->depth) {
        close_at(p, level, i);
        return true;
    }
    if (!opens(m))
        return true;
    /* the same mark again while it is open: the first was never closed */
    if (p->depth > 0 && p->stack[p->depth - 1].mark == m && m == MARK_DOUBLE_OPEN)
        drop_top(p);
    return push(p, i, m);
}

/* A straight mark that nothing closes: before a word, where a sentence may begin, or where the next
 * paragraph goes on with one. */
static bool straight_opens(const pairing *p, size_t i, bool quote_follows)
{
    const wn_token *t = &p->a->token[i];
    bool begins = i == p->first || t[-1].kind == WN_TOKEN_PUNCT || t[-1].kind == WN_TOKEN_QUOTE;
    return !space_after(p, i) && (quote_follows || (begins && starts_free(p, i)));
}

/* What is still open runs to the paragraph's end, if its mark is a sure one. */
static void finish(pairing *p, bool quote_follows)
{
    size_t end = p->a->token[p->last - 1].end;
    while (p->depth > 0) {
        opened o = p->stack[p->depth - 1];
        bool sure = o.mark == MARK_DOUBLE_OPEN || o.mark == MARK_ANGLE_OPEN ||
                    o.mark == MARK_DOUBLE_LOW ||
                    (o.mark == MARK_STRAIGHT && straight_opens(p, o.token, quote_follows));
        wn_quotation *q = &p->a->quotation[o.quotation];
        if (!sure || q->inner.start >= end) {
            drop_top(p);
            continue;
        }
        q->inner.end = q->outer.end = (uint32_t)end;
        q->open_ended = true;
        p->depth--;
    }
}

/* Take out what was dropped, and say which quotation each lies in: they are in order and nested. */
static void compact(text_analysis *a, size_t from)
{
    size_t to = from;
    for (size_t i = from; i < a->n_quotations; i++) {
        wn_quotation q = a->quotation[i];
        if (q.outer.end == 0)
            continue;
        int32_t around = (int32_t)to - 1;
        while (around >= (int32_t)from && a->quotation[around].outer.end <= q.outer.start)
            around = a->quotation[around].parent;
        q.parent = around >= (int32_t)from ? around : -1;
        a->quotation[to++] = q;
    }
    a->n_quotations = to;
}

bool text_pair_quotes(text_analysis *a, const char *text, size_t first, size_t last,
                      bool quote_follows)
{
    pairing p = {.a = a, .text = text, .first = first, .last = last};
    size_t from = a->n_quotations;
    for (size_t i = first; i < last; i++)
        if ((a->token[i].kind == WN_TOKEN_QUOTE && !take_mark(&p, i)) || !wn_beat(a->pulse))
            return false;
    if (last > first)
        finish(&p, quote_follows);
    compact(a, from);
    return true;
}
