/* tense.c: past or future? The nearest finite verb of the sentence decides, to the left first. The
 * verbs are words of the class VERB of the rule file (value -1 past, 1 future, 2 present); other
 * words go by its @suffix lines. */
#include "match.h"
#include <string.h>

static int verb_of(const date_rules *r, const char *text, const item *i, int cls)
{
    if (i->kind != KIND_WORD)
        return TENSE_NONE;
    int32_t v = date_word_value(r, i->word, cls, TENSE_NONE);
    if (v != TENSE_NONE || i->word >= 0)
        return (int)v;
    const suffix *s = r->suffixes.item;
    size_t len = i->end - i->start;
    for (size_t k = 0; k < r->suffixes.n; k++)
        if (s[k].cls == cls && len > s[k].len + 1u &&
            memcmp(text + i->end - s[k].len, s[k].text, s[k].len) == 0)
            return (int)s[k].value;
    return TENSE_NONE;
}

/* Index of the sentence that holds byte `at`. */
static size_t sentence_of(const uint32_t *end, size_t n, uint32_t at)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (end[mid] > at)
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo;
}

static bool sentence_ends(const char *text, const item *items, size_t n, size_t i)
{
    if (items[i].kind != KIND_MARK || strchr(".?!", text[items[i].start]) == NULL)
        return false;
    return i + 1 == n || ((items[i + 1].flags & ITEM_SPACE) && (items[i + 1].flags & ITEM_CAP));
}

enum { REACH = 40 }; /* items to either side that can tell the tense */

/* The items around `at` that are in its sentence [lo, hi). */
static void bounds_known(const item *items, size_t n, size_t at, const uint32_t *end, size_t n_end,
                         size_t *ret_from, size_t *ret_to)
{
    size_t s = sentence_of(end, n_end, items[at].start), from = at, to = at + 1;
    uint32_t lo = s > 0 ? end[s - 1] : 0, hi = s < n_end ? end[s] : UINT32_MAX;
    while (from > 0 && at - from < REACH && items[from - 1].start >= lo)
        from--;
    while (to < n && to - at < REACH && items[to].start < hi)
        to++;
    *ret_from = from, *ret_to = to;
}

/* The same where nobody has told the sentences. */
static void bounds_guessed(const char *text, const item *items, size_t n, size_t at,
                           size_t *ret_from, size_t *ret_to)
{
    size_t from = at, to = at + 1;
    while (from > 0 && at - from < REACH && !sentence_ends(text, items, n, from - 1))
        from--;
    while (to < n && to - at < REACH && !sentence_ends(text, items, n, to))
        to++;
    *ret_from = from, *ret_to = to;
}

int date_tense(const date_rules *r, const char *text, const item *items, size_t n, size_t at,
               const uint32_t *sentence_end, size_t n_sentences)
{
    size_t from, to;
    int cls = r->verb, towards = r->towards;
    if (cls < 0)
        return TENSE_NONE;
    if (n_sentences > 0)
        bounds_known(items, n, at, sentence_end, n_sentences, &from, &to);
    else
        bounds_guessed(text, items, n, at, &from, &to);
    if (towards >= 0 && at > from && date_word_value(r, items[at - 1].word, towards, 0) != 0)
        return (int)date_word_value(r, items[at - 1].word, towards, 0);
    int present = TENSE_NONE;
    for (size_t i = at; i-- > from;) {
        int v = verb_of(r, text, &items[i], cls);
        if (v == TENSE_FUTURE || v == TENSE_PAST)
            return v;
        if (v == TENSE_PRESENT)
            present = v;
    }
    for (size_t i = at + 1; i < to; i++) {
        int v = verb_of(r, text, &items[i], cls);
        if (v == TENSE_FUTURE || v == TENSE_PAST)
            return v;
        if (v == TENSE_PRESENT && present == TENSE_NONE)
            present = v;
    }
    return present;
}
