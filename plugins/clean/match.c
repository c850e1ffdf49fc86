/* match.c: a line's words against the patterns of rules.h. */
#include "clean/isodate.h"
#include "clean/rules.h"
#include "common/ascii.h"
#include <string.h>

static bool plain(char c)
{
    return ascii_upper(c) || (c >= 'a' && c <= 'z') || ascii_digit(c);
}

/* Bytes of a mark that is no part of a word at s: ASCII punctuation, and the typographic marks
 * U+2010 to U+2027 and U+00A0 to U+00BF (not ©). 0: a word goes on. */
static size_t mark_at(const char *s, size_t n)
{
    if (plain(s[0]))
        return 0;
    if (strchr(".,:;!?\"'()[]{}|<>*-/_#~`\\", s[0]) != NULL && s[0] != '\0')
        return 1;
    if (n >= 3 && s[0] == '\xE2' && s[1] == '\x80' && (uint8_t)s[2] >= 0x90 &&
        (uint8_t)s[2] <= 0xA7)
        return 3;
    if (n >= 2 && s[0] == '\xC2' && (uint8_t)s[1] >= 0xA0 && (uint8_t)s[1] <= 0xBF &&
        s[1] != '\xA9')
        return 2;
    return 0;
}

/* The mark that ends at s + n. */
static size_t mark_before(const char *s, size_t n)
{
    if (n > 0 && plain(s[n - 1]))
        return 0;
    for (size_t k = 1; k <= 3 && k <= n; k++)
        if (mark_at(s + n - k, k) == k)
            return k;
    return 0;
}

/* An upper-case letter of two bytes: Latin-1, Latin Extended-A (even code points), Greek and
 * Cyrillic capitals. */
static bool capital_at(const char *s, size_t n)
{
    if (n == 0)
        return false;
    if (ascii_upper(s[0]) || ascii_digit(s[0]))
        return true;
    uint8_t b = n > 1 ? (uint8_t)s[1] : 0;
    switch ((uint8_t)s[0]) { /* two bytes of Latin, Greek, Cyrillic */
    case 0xC3: return b >= 0x80 && b <= 0x9E;
    case 0xC4:
    case 0xC5: return b % 2 == 0;
    case 0xCE: return b >= 0x91 && b <= 0xA9;
    case 0xD0: return b >= 0x90 && b <= 0xAF;
    default: return false;
    }
}

/* A word between blanks, without the marks around it; marks alone close the word before. false: the
 * line has more words than there is room for. */
static bool take_word(line_words *w, const char *text, size_t from, size_t end)
{
    size_t to = end, k;
    while (from < to && (k = mark_at(text + from, to - from)) > 0)
        from += k;
    while (to > from && (k = mark_before(text + from, to - from)) > 0)
        to -= k;
    if (from == to) {
        if (w->n > 0)
            w->word[w->n - 1].closed = true;
        return true;
    }
    w->more = w->more || w->n == LINE_WORDS;
    if (w->n == LINE_WORDS)
        return false;
    bool initial = to - from == 1 && to < end && text[to] == '.'; /* "J." */
    w->word[w->n++] = (line_word){(uint32_t)from, (uint32_t)to, capital_at(text + from, to - from),
                                  to < end && !initial};
    return true;
}

void line_split(line_words *w, const char *text, size_t start, size_t end)
{
    enum { LONGEST = 1 << 14 }; /* a line of more bytes is no line that a rule knows */
    w->n = 0;
    w->more = end - start > LONGEST;
    if (w->more)
        for (end = start + LONGEST; end > start && !ascii_space(text[end - 1]);)
            end--;
    for (size_t i = start; i < end;) {
        while (i < end && ascii_space(text[i]))
            i++;
        size_t from = i;
        while (i < end && !ascii_space(text[i]))
            i++;
        if (!take_word(w, text, from, i))
            return;
    }
}

unsigned word_slot(const char *word, size_t n)
{
    enum { SINGLE = 16 }; /* slots of words of one character, of which most lists have none */
    /* ’ counts as ', and all that begin as it does */
    bool wide = n >= 3 && (uint8_t)word[0] == 0xE2;
    size_t first = wide ? 3 : 1;
    unsigned a = wide    ? '\''
                 : n > 0 ? (uint8_t)ascii_lower(word[0])
                         : 0,
             b = n > first ? (uint8_t)ascii_lower(word[first]) : 0;
    if (n <= first)
        return a % SINGLE;
    b = b == 0xE2 ? '\'' : b;
    return SINGLE + (a + 11 * b) % (WORD_SLOTS - SINGLE);
}

/* The word of the text equals [p, p + n), folded; ’ counts as '. */
static bool word_equals(const char *text, const line_word *w, const char *p, size_t n)
{
    size_t i = w->start, k = 0;
    for (; i < w->end && k < n; k++) {
        if (w->end - i >= 3 && memcmp(text + i, "\xE2\x80\x99", 3) == 0 && p[k] == '\'')
            i += 3;
        else if (ascii_lower(text[i]) == p[k])
            i++;
        else
            return false;
    }
    return i == w->end && k == n;
}

/* Most words of a list begin otherwise. */
static bool one_of(const char *text, const line_word *w, const char *list, size_t n, char sep)
{
    char first = w->end > w->start ? ascii_lower(text[w->start]) : '\0',
         other = first == '\xE2' ? '\'' : first;
    for (size_t i = 0; i < n;) {
        size_t from = i;
        bool may = list[i] == first || list[i] == other;
        while (i < n && list[i] != sep)
            i++;
        if (may && i > from && word_equals(text, w, list + from, i - from))
            return true;
        i++;
    }
    return false;
}

bool list_has(const word_list *list, const char *word, size_t n)
{
    line_word w = {0, (uint32_t)n, false, false};
    return (list->begins & word_bit(word, n)) != 0 &&
           one_of(word, &w, list->list, list->list_len, ' ');
}

static bool in_list(const word_list *list, const char *text, const line_word *w)
{
    return list_has(list, text + w->start, w->end - w->start);
}

/* May the word stand small within a name? */
static bool links(const boiler_rules *r, const char *text, const line_word *w, bool person)
{
    if (!person)
        return in_list(&r->outlet_particle, text, w);
    return in_list(&r->name_particle, text, w) || in_list(&r->joiner, text, w);
}

/* "Ann Orr, Bo Quayle": a comma behind a person, and another begins. */
static bool goes_on(const char *text, const line_words *line, size_t i)
{
    return i + 1 < line->n && line->word[i + 1].capital && text[line->word[i].end] == ',';
}

size_t name_end(const boiler_rules *r, const char *text, const line_words *line, size_t i,
                bool person)
{
    size_t start = i, last = i, longest = person ? 16 : 7;
    for (; i < line->n && i - start < longest; i++) {
        const line_word *w = &line->word[i];
        bool named = w->capital && !(person && ascii_digit(text[w->start]));
        bool link = i > start && links(r, text, w, person);
        if (!named && !link)
            break;
        if (!named)
            continue;
        last = i + 1;
        if (w->closed && !(person && goes_on(text, line, i)))
            break;
    }
    return last;
}

typedef struct matcher {
    const boiler_rules *rules;
    const char *text;
    const line_words *line;
    const char *author;
    line_match *match;
    int budget;
} matcher;

static bool match_items(matcher *m, const rule_item *item, size_t n, size_t at);

static bool match_rest(matcher *m, const rule_item *item, size_t n, size_t from, size_t to,
                       uint8_t kind)
{
    size_t before = m->match->n;
    if (before < MAX_CAPTURES)
        m->match->capture[m->match->n++] =
            (capture){kind, m->line->word[from].start, m->line->word[to - 1].end};
    if (match_items(m, item + 1, n - 1, to))
        return true;
    m->match->n = before;
    return false;
}

/* Names are taken as long as they go, then shorter ones are tried. */
static bool match_name(matcher *m, const rule_item *item, size_t n, size_t at)
{
    bool person = item->kind == ITEM_NAME;
    size_t start = at;
    if (at < m->line->n && list_has(&m->rules->label, m->text + m->line->word[at].start,
                                    m->line->word[at].end - m->line->word[at].start))
        return false;
    if (!person && at < m->line->n && in_list(&m->rules->article, m->text, &m->line->word[at]))
        start++;
    size_t to = name_end(m->rules, m->text, m->line, start, person);
    for (size_t least = start + (person ? 2 : 1); to >= least; to--)
        if (m->line->word[to - 1].capital && match_rest(m, item, n, start, to, item->kind))
            return true;
    return false;
}

static bool match_agency(matcher *m, const rule_item *item, size_t n, size_t at)
{
    for (size_t to = at + 4 < m->line->n ? at + 4 : m->line->n; to > at; to--)
        if (rules_agency(m->rules, m->text, m->line->word[at].start, m->line->word[to - 1].end) !=
                NULL &&
            match_rest(m, item, n, at, to, ITEM_AGENCY))
            return true;
    return false;
}

static bool match_date(matcher *m, const rule_item *item, size_t n, size_t at)
{
    char iso[ISODATE_MAX];
    if (at >= m->line->n)
        return false;
    size_t start = m->line->word[at].start, len = m->line->word[m->line->n - 1].end - start;
    size_t used = isodate_read(m->text + start, len, iso), to = at;
    while (used > 0 && to < m->line->n && m->line->word[to].start < start + used)
        to++;
    return to > at && match_rest(m, item, n, at, to, item->kind);
}

static bool match_author(matcher *m, const rule_item *item, size_t n, size_t at)
{
    size_t len = m->author != NULL ? strlen(m->author) : 0;
    if (len == 0 || at >= m->line->n)
        return false;
    size_t start = m->line->word[at].start, to = at;
    if (m->line->word[m->line->n - 1].end - start < len ||
        memcmp(m->text + start, m->author, len) != 0)
        return false;
    while (to < m->line->n && m->line->word[to].start < start + len)
        to++;
    return match_items(m, item + 1, n - 1, to);
}

static bool is_handle(const char *text, const line_word *w)
{
    const char *at = memchr(text + w->start, '@', w->end - w->start);
    return at != NULL ||
           (w->end - w->start > 8 && memmem(text + w->start, w->end - w->start, "://", 3) != NULL);
}

static bool is_number(const char *text, const line_word *w)
{
    for (size_t i = w->start; i < w->end; i++)
        if (!ascii_digit(text[i]) && text[i] != ',' && text[i] != '.' &&
            !(i + 1 == w->end && (text[i] == 'k' || text[i] == 'K')))
            return false;
    return ascii_digit(text[w->start]);
}

static bool match_word(const matcher *m, const rule_item *item, size_t at)
{
    if (at >= m->line->n)
        return false;
    const line_word *w = &m->line->word[at];
    if ((item->kind == ITEM_WORD || item->kind == ITEM_SET) &&
        (item->begins & word_bit(m->text + w->start, w->end - w->start)) == 0)
        return false;
    switch (item->kind) {
    case ITEM_WORD: return one_of(m->text, w, item->words, item->len, '|');
    case ITEM_SET:
        return one_of(m->text, w, m->rules->set[item->set].list, m->rules->set[item->set].list_len,
                      ' ');
    case ITEM_HANDLE: return is_handle(m->text, w);
    default: return is_number(m->text, w);
    }
}

static bool match_any(matcher *m, const rule_item *item, size_t n, size_t at)
{
    if (n == 1)
        return true;
    for (; at <= m->line->n; at++)
        if (match_items(m, item + 1, n - 1, at))
            return true;
    return false;
}

static bool match_items(matcher *m, const rule_item *item, size_t n, size_t at)
{
    if (n == 0)
        return at == m->line->n && !m->line->more;
    if (m->budget-- <= 0)
        return false;
    bool hit;
    switch (item->kind) {
    case ITEM_ANY: hit = match_any(m, item, n, at); break;
    case ITEM_NAME:
    case ITEM_OUTLET: hit = match_name(m, item, n, at); break;
    case ITEM_AGENCY: hit = match_agency(m, item, n, at); break;
    case ITEM_DATE:
    case ITEM_UPDATED: hit = match_date(m, item, n, at); break;
    case ITEM_AUTHOR: hit = match_author(m, item, n, at); break;
    default: hit = match_word(m, item, at) && match_items(m, item + 1, n - 1, at + 1);
    }
    return hit || (item->optional && match_items(m, item + 1, n - 1, at));
}

bool rule_match(const boiler_rules *r, const line_rule *rule, const char *text,
                const line_words *line, const char *author, line_match *ret_match)
{
    enum { STEPS = 4000 }; /* bounds the search of patterns with several "..." */
    matcher m = {r, text, line, author, ret_match, STEPS};
    ret_match->n = 0;
    return match_items(&m, r->item + rule->item, rule->n_items, 0);
}

static bool alias_equals(const char *alias, size_t n, const char *s, size_t len)
{
    while (n > 0 && *alias == ' ')
        alias++, n--;
    while (n > 0 && alias[n - 1] == ' ')
        n--;
    for (size_t i = 0; n == len && i < n; i++)
        if (ascii_lower(s[i]) != alias[i])
            return false;
    return n == len && n > 0;
}

const word_list *rules_agency(const boiler_rules *r, const char *text, size_t start, size_t end)
{
    for (size_t i = 0; i < r->n_agencies; i++) {
        const word_list *a = &r->agency[i];
        for (size_t k = 0; k < a->list_len;) {
            size_t from = k;
            while (k < a->list_len && a->list[k] != ',')
                k++;
            if (alias_equals(a->list + from, k - from, text + start, end - start))
                return a;
            k++;
        }
    }
    return NULL;
}
