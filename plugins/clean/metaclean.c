/* metaclean.c: what a value of metadata is without what pages put around it, see find_title in
 * htmlmeta.h. */
#include "clean/htmlmeta.h"
#include "clean/isodate.h"
#include "clean/rules.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Character references that are left in a value (JSON-LD often holds HTML). In place; returns the
 * new length. */
static size_t put_char(char *out, unsigned long c)
{
    if (c < 0x80) {
        out[0] = (char)(c < 0x20 ? ' ' : c);
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3F));
    out[2] = (char)(0x80 | (c & 0x3F));
    return 3;
}

/* The value of a digit, -1: it is none of that base. */
static int digit_of(char c, bool hex)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return hex && (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* "&#8217;" or "&#x2019;", of four bytes at least. 0: no character. */
static unsigned long numbered(const char *s, size_t len, size_t *ret_used)
{
    enum { MOST_DIGITS = 6 };
    bool hex = s[2] == 'x' || s[2] == 'X';
    unsigned long c = 0;
    size_t first = hex ? 3 : 2, i = first;
    for (int d; i < len && i < first + MOST_DIGITS && (d = digit_of(s[i], hex)) >= 0; i++)
        c = c * (hex ? 16 : 10) + (unsigned long)d;
    if (i == first || i == len || s[i] != ';' || c == 0 || c > 0xFFFD ||
        (c >= 0xD800 && c < 0xE000))
        return 0;
    *ret_used = i + 1;
    return c;
}

static unsigned long reference(const char *s, size_t len, size_t *ret_used)
{
    static const struct {
        const char *name;
        unsigned long c;
    } named[] = {{"&amp;", '&'},      {"&quot;", '"'},     {"&apos;", '\''},    {"&lt;", '<'},
                 {"&gt;", '>'},       {"&nbsp;", ' '},     {"&rsquo;", 0x2019}, {"&lsquo;", 0x2018},
                 {"&ldquo;", 0x201C}, {"&rdquo;", 0x201D}, {"&ndash;", 0x2013}, {"&mdash;", 0x2014},
                 {"&hellip;", 0x2026}};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        size_t n = strlen(named[i].name);
        if (n <= len && memcmp(s, named[i].name, n) == 0) {
            *ret_used = n;
            return named[i].c;
        }
    }
    return len >= 4 && s[1] == '#' ? numbered(s, len, ret_used) : 0;
}

static size_t decode_references(char *s, size_t n)
{
    size_t out = 0;
    for (size_t i = 0; i < n;) {
        size_t used = 0;
        unsigned long c = s[i] == '&' ? reference(s + i, n - i, &used) : 0;
        if (c != 0) {
            out += put_char(s + out, c);
            i += used;
        } else if (n - i >= 2 && memcmp(s + i, "\xC2\xA0", 2) == 0) {
            s[out++] = ' ';
            i += 2;
        } else {
            s[out++] = s[i++];
        }
    }
    s[out] = '\0';
    return out;
}

void find_plain(clean_result *r, const char *key, const char *value, size_t n, size_t start,
                size_t end, int rank)
{
    enum { LONGEST = 1000 };
    char *copy = n <= LONGEST ? result_copy(r, value, n) : NULL;
    if (copy == NULL)
        return;
    n = decode_references(copy, n);
    result_find(r, key, copy, n, start, end, rank);
}

/* Tags that a title's source has as text ("30 years of <br> tags"), and the sign of a link to the
 * heading behind it. */
static size_t strip_title(char *s, size_t n)
{
    static const char *const tags[] = {"<br>", "<br/>", "<br />", "<b>",      "</b>",     "<i>",
                                       "</i>", "<em>",  "</em>",  "<strong>", "</strong>"};
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sizeof tags / sizeof *tags; k++) {
            size_t m = strlen(tags[k]);
            if (m <= n - i && memcmp(s + i, tags[k], m) == 0)
                memset(s + i, tags[k][1] == 'b' && tags[k][2] == 'r' ? ' ' : '\x7F', m);
        }
    size_t out = 0;
    for (size_t i = 0; i < n; i++)
        if (s[i] != '\x7F')
            s[out++] = s[i];
    while (out >= 2 && memcmp(s + out - 2, "\xC2\xB6", 2) == 0)
        out -= 2;
    s[out] = '\0';
    return out;
}

void find_title(clean_result *r, const char *value, size_t n, size_t start, size_t end, int rank)
{
    enum { LONGEST = 1000 };
    char *copy = n <= LONGEST ? result_copy(r, value, n) : NULL;
    if (copy == NULL)
        return;
    n = strip_title(copy, decode_references(copy, n));
    result_find(r, "title", copy, n, start, end, rank);
}

void find_date(clean_result *r, const char *key, const char *value, size_t n, size_t start,
               size_t end, int rank)
{
    char iso[ISODATE_MAX];
    size_t at = 0;
    if (n > 0 && n < 200 && isodate_find(value, n, iso, &at) > 0)
        result_find(r, key, iso, strlen(iso), start, end, rank);
}

static bool holds(const char *s, size_t n, const char *part)
{
    return memmem(s, n, part, strlen(part)) != NULL;
}

/* Does one of the phrases stand at s? A _ stands for a blank; small and capital letters differ. */
static bool phrase_at(const word_list *list, const char *s, size_t n)
{
    const char *phrase;
    if (n == 0 || (list->begins & phrase_bit(*s)) == 0)
        return false;
    for (size_t at = 0, m; (m = list_phrase(list, &at, &phrase)) > 0;) {
        size_t i = 0;
        while (i < m && i < n && s[i] == (phrase[i] == '_' ? ' ' : phrase[i]))
            i++;
        if (i == m)
            return true;
    }
    return false;
}

/* Length of a by-line up to what is no name: another element, a date, a dash, a bullet, a digit. */
static size_t name_length(const boiler_rules *words, const char *s, size_t n)
{
    static const char *const ends[] = {
        "\t", " | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", "\xE2\x80\xA2", "\xC2\xB7"};
    for (size_t i = 0; i < n; i++) {
        if (s[i] >= '0' && s[i] <= '9')
            return i;
        if (i > 0 && words != NULL && phrase_at(&words->byline_end, s + i, n - i))
            return i;
        for (size_t k = 0; k < sizeof ends / sizeof *ends && i > 0; k++) {
            size_t m = strlen(ends[k]);
            if (m <= n - i && memcmp(s + i, ends[k], m) == 0)
                return i;
        }
    }
    return n;
}

static bool nobody(const boiler_rules *words, const char *s, size_t n)
{
    const char *phrase;
    if (words == NULL || n == 0 || (words->nobody.begins & phrase_bit(*s)) == 0)
        return false;
    for (size_t at = 0, m; (m = list_phrase(&words->nobody, &at, &phrase)) > 0;)
        if (m == n && strncasecmp(phrase, s, n) == 0)
            return true;
    return false;
}

/* Length of the words before an author at s ("written by") with the mark behind them; 0: none. */
static size_t lead_at(const boiler_rules *words, const char *s, size_t n)
{
    const char *phrase;
    if (n == 0 || (words->byline_lead.begins & phrase_bit(*s)) == 0)
        return 0;
    for (size_t at = 0, m; (m = list_phrase(&words->byline_lead, &at, &phrase)) > 0;)
        if (n > m + 1 && strncasecmp(phrase, s, m) == 0 &&
            (s[m] == ' ' || s[m] == ':' || s[m] == '\t'))
            return m + 1;
    return 0;
}

static char *skip_leads(const boiler_rules *words, char *s, size_t *n)
{
    for (size_t lead = 1; lead > 0; s += lead, *n -= lead) {
        while (*n > 0 && (*s == ' ' || *s == ':' || (*s >= '\t' && *s <= '\r')))
            s++, (*n)--;
        lead = words != NULL ? lead_at(words, s, *n) : 0;
    }
    return s;
}

void find_author(clean_result *r, const char *value, size_t n, size_t start, size_t end, int rank)
{
    char *copy = n < 300 ? result_copy(r, value, n) : NULL;
    if (copy == NULL)
        return;
    n = decode_references(copy, n);
    char *s = skip_leads(r->words, copy, &n);
    if (rank <= RANK_PAGE + 2)
        n = name_length(r->words, s, n);
    while (n > 0 && strchr(" ,|\n\t-(", s[n - 1]) != NULL)
        n--;
    size_t longest = rank <= RANK_PAGE + 2 ? 50 : 120;
    if (n < 2 || n > longest || holds(s, n, "://") || holds(s, n, "www.") || holds(s, n, "@") ||
        nobody(r->words, s, n))
        return;
    result_find(r, "author", s, n, start, end, rank);
}

enum { FOLD = 256 };

static bool same(const char *a, size_t n, const char *b, size_t m)
{
    char fa[FOLD], fb[FOLD];
    size_t ka = fold_letters(a, n, fa, FOLD), kb = fold_letters(b, m, fb, FOLD);
    return ka > 2 && ka == kb && ka < FOLD && memcmp(fa, fb, ka) == 0;
}

/* One name is the beginning of the other: "The Outlet" and "The Outlet News". */
static bool names_one(const char *a, size_t n, const char *b, size_t m)
{
    char fa[FOLD], fb[FOLD];
    size_t ka = fold_letters(a, n, fa, FOLD), kb = fold_letters(b, m, fb, FOLD);
    size_t least = ka < kb ? ka : kb;
    return least >= 4 && memcmp(fa, fb, least) == 0;
}

/* Length of a separator of title and site at s[i], with its blanks: " | ", " - ", dashes, "»"; 0:
 * none. */
static size_t separator(const char *s, size_t n, size_t i)
{
    static const char *const marks[] = {
        " | ",        " - ",        " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xBB ",
        " \xC2\xAB ", " \xC2\xB7 ", " :: ",           " \xE2\x80\xA2 ", " / "};
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
        size_t m = strlen(marks[k]);
        if (i + m < n && memcmp(s + i, marks[k], m) == 0)
            return m;
    }
    return 0;
}

/* How much of a title is left without the site's name behind it. */
static size_t title_length(const char *s, size_t n, const clean_find *publisher, const char *h1,
                           size_t h1_len)
{
    for (size_t i = n; i-- > 1;) {
        size_t m = separator(s, n, i);
        if (m == 0)
            continue;
        if (h1_len > 0 && same(s, i, h1, h1_len))
            return i;
        if (publisher != NULL &&
            names_one(s + i + m, n - i - m, publisher->value, strlen(publisher->value)))
            return title_length(s, i, publisher, h1, h1_len);
    }
    return n;
}

void trim_titles(clean_result *r, const char *h1, size_t h1_len)
{
    const clean_find *publisher = result_best(r, "publisher");
    for (size_t i = 0; i < r->n_finds; i++) {
        clean_find *f = &r->find[i];
        size_t n = strlen(f->value);
        if (strcmp(f->key, "title") != 0 || n > 400)
            continue;
        size_t cut = title_length(f->value, n, publisher, h1, h1_len);
        if (cut == n)
            continue;
        char *shorter = result_copy(r, f->value, cut);
        if (shorter == NULL)
            return;
        f->value = shorter;
        if (f->end - f->start == n)
            f->end = f->start + cut;
    }
}
