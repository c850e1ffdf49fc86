/* head.c: the head of an extracted text: title and what stands below it. */
#include "clean/isodate.h"
#include "clean/lines.h"
#include <string.h>
#include <strings.h>

enum { FOLD = 400 };

/* One repeats the other, or is its beginning and long enough to be told by it. */
static bool repeats(const char *a, size_t n, const char *b, size_t m)
{
    char fa[FOLD], fb[FOLD];
    size_t ka = fold_letters(a, n, fa, FOLD), kb = fold_letters(b, m, fb, FOLD),
           least = ka < kb ? ka : kb;
    if (least < 8 || memcmp(fa, fb, least) != 0)
        return false;
    return ka == kb || (least >= 24 && least * 2 >= (ka > kb ? ka : kb));
}

static bool prose_follows(const line_cleaner *c, size_t i)
{
    enum { NEAR = 5 };
    for (int k = 0; k < NEAR && (i = next_unit(c, i)) < c->n_units; k++)
        if (unit_is_prose(&c->unit[i]))
            return true;
    return false;
}

static bool looks_like_title(const line_cleaner *c, const char *text, size_t i)
{
    const text_unit *u = &c->unit[i];
    size_t n = u->to - u->from;
    char last = text[u->to - 1], first = text[u->from];
    if (u->words < 3 || u->words > 32 || n > 240 || u->list || (first >= 'a' && first <= 'z') ||
        strchr(",;:-", last) != NULL)
        return false;
    if (u->full_stop && (!unit_is_title_case(u) || u->words > 20))
        return false;
    if (u->stop && !u->full_stop && u->words > 20 && !unit_is_title_case(u))
        return false;
    return prose_follows(c, i);
}

static void cut(text_unit *u)
{
    u->cut = true;
}

static void take(clean_result *r, const char *key, const char *text, text_unit *u, int rank)
{
    result_find(r, key, text + u->from, u->to - u->from, u->from, u->to, rank);
    cut(u);
}

/* A short line of capitalised words with a word that outlets have in their names. */
/* "Harbour Herald", "The Coast Gazette": the last word is one that outlets are called by. */
static bool ends_as_outlet(const boiler_rules *rules, const char *text, const line_words *w)
{
    const line_word *last = &w->word[w->n - 1];
    return w->n >= 2 && list_has(&rules->outlet, text + last->start, last->end - last->start);
}

/* "herald.example" */
static bool is_domain(const char *text, const line_words *w)
{
    const char *s = text + w->word[0].start, *end = text + w->word[0].end;
    const char *dot = w->n == 1 ? memchr(s, '.', (size_t)(end - s)) : NULL;
    return dot != NULL && dot > s && dot + 2 < end;
}

static bool is_outlet_line(const boiler_rules *rules, const char *text, const text_unit *u)
{
    if (u->words > 6 || u->stop || u->list || !unit_is_title_case(u))
        return false;
    line_words w;
    line_split(&w, text, u->from, u->to);
    if (w.n == 0 || name_end(rules, text, &w, 0, false) < w.n)
        return false;
    return ends_as_outlet(rules, text, &w) || is_domain(text, &w) ||
           rules_agency(rules, text, u->from, u->to) != NULL;
}

static bool is_subtitle(const line_cleaner *c, const char *text, const text_unit *u, size_t i)
{
    if (u->words < 6 || u->words > 50 || u->stop || text[u->to - 1] == ':' || u->level > 0 ||
        u->list)
        return false;
    size_t next = next_unit(c, i);
    return next < c->n_units && unit_is_prose(&c->unit[next]);
}

/* Length of the words before a date ("Published on"); 0: none. The longest that fits counts. */
static size_t date_label(const boiler_rules *rules, const char *s, size_t n)
{
    const char *phrase;
    size_t longest = 0;
    if (n == 0 || (rules->dated.begins & phrase_bit(*s)) == 0)
        return 0;
    for (size_t at = 0, m; (m = list_phrase(&rules->dated, &at, &phrase)) > 0;)
        if (m > longest && n > m + 1 && strncasecmp(s, phrase, m) == 0 &&
            (s[m] == ' ' || s[m] == ':'))
            longest = m;
    return longest;
}

/* A capital, a quotation mark, or a letter that is not ASCII. */
static bool begins_text(const char *s, size_t n)
{
    return n > 0 && (s[0] == '"' || (s[0] >= 'A' && s[0] <= 'Z') || (uint8_t)s[0] >= 0x80);
}

/* Only asked: what the dateline tells is taken later. */
static bool has_dateline(const boiler_rules *rules, const char *text, size_t from, size_t to,
                         clean_result *r)
{
    size_t before = r->n_finds;
    bool dateline = dateline_read(rules, NULL, text, from, to, r) != from;
    r->n_finds = before;
    return dateline;
}

/* A date before the text proper: "date 2023-05-30 WASHINGTON - ...". Only with its label, or before
 * a dateline. */
static void prefix_date(const boiler_rules *rules, const char *text, text_unit *u, clean_result *r)
{
    char iso[ISODATE_MAX];
    size_t i = u->from + date_label(rules, text + u->from, u->to - u->from);
    bool label = i > u->from;
    while (i < u->to && (text[i] == ' ' || text[i] == ':'))
        i++;
    size_t n = isodate_read(text + i, u->to - i, iso);
    if (n == 0)
        return;
    size_t after = i + n;
    while (after < u->to && strchr(" :|-,", text[after]) != NULL)
        after++;
    bool numeric = text[i] >= '1' && text[i] <= '2' && n == 10;
    bool clear = label && numeric && begins_text(text + after, u->to - after);
    if (after < u->to && !clear && !has_dateline(rules, text, after, u->to, r))
        return;
    result_find(r, "published", iso, strlen(iso), i, i + n, RANK_LINE);
    u->from = after;
    u->cut = after >= u->to;
}

static size_t first_unit(const line_cleaner *c)
{
    return c->n_units > 0 && c->unit[0].cut ? next_unit(c, 0) : 0;
}

/* Title, a short name, the title again: what stands between is the outlet. */
static bool between_titles(const line_cleaner *c, const boiler_rules *rules, const char *text,
                           size_t i, const char *title, size_t n)
{
    const text_unit *u = &c->unit[i];
    size_t next = next_unit(c, i);
    line_words w;
    if (u->words > 5 || u->stop || u->list || next >= c->n_units)
        return false;
    line_split(&w, text, u->from, u->to);
    const text_unit *again = &c->unit[next];
    return w.n > 0 && name_end(rules, text, &w, 0, false) == w.n && again->words < 40 &&
           repeats(text + again->from, again->to - again->from, title, n);
}

/* Lines between the title and the first paragraph. */
static void below_title(line_cleaner *c, const boiler_rules *rules, const char *text,
                        const char *title, size_t n, size_t i, bool fresh, clean_result *r)
{
    bool subtitle = !fresh, outlet = !fresh;
    for (; i < c->n_units; i = next_unit(c, i)) {
        text_unit *u = &c->unit[i];
        if (repeats(text + u->from, u->to - u->from, title, n) && u->words < 40)
            cut(u);
        else if (!outlet &&
                 (is_outlet_line(rules, text, u) || between_titles(c, rules, text, i, title, n))) {
            take(r, "publisher", text, u, RANK_OUTLET_LINE);
            outlet = true;
        } else if (!subtitle && is_subtitle(c, text, u, i)) {
            take(r, "subtitle", text, u, RANK_LINE);
            subtitle = true;
        } else
            break;
    }
}

void head_clean(line_cleaner *c, const boiler_rules *rules, const char *text,
                const lines_known *known, clean_result *r)
{
    size_t i = first_unit(c);
    if (i == c->n_units)
        return;
    prefix_date(rules, text, &c->unit[i], r);
    if (c->unit[i].cut)
        i = next_unit(c, i);
    if (i == c->n_units)
        return;
    text_unit *u = &c->unit[i];
    if (known->title != NULL && known->title[0] != '\0') {
        below_title(c, rules, text, known->title, strlen(known->title), i, false, r);
    } else if (looks_like_title(c, text, i)) {
        size_t before = r->n_finds;
        bool dateline = dateline_read(rules, NULL, text, u->from, u->to, r) != u->from;
        r->n_finds = before;
        if (!dateline) {
            take(r, "title", text, u, RANK_LINE);
            below_title(c, rules, text, text + u->from, u->to - u->from, next_unit(c, i), true, r);
        }
    }
    i = first_unit(c);
    if (i == c->n_units)
        return;
    u = &c->unit[i];
    prefix_date(rules, text, u, r);
    if (!u->cut && (unit_is_prose(u) || u->words >= 8)) {
        const clean_find *publisher = result_best(r, "publisher");
        u->from = dateline_read(rules, publisher != NULL ? publisher->value : known->publisher,
                                text, u->from, u->to, r);
    }
}
