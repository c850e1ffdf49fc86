/* units.c: a text as units: its lines, or the paragraphs of a text that was wrapped, see lines.h.
 * */
#include "clean/lines.h"
#include "common/grow.h"
#include "common/ascii.h"
#include <string.h>

/* Length of closing marks (quotes, brackets, blanks) at the end of s. */
static size_t closing(const char *s, size_t n)
{
    static const char *const marks[] = {
        "\"", "'", ")", "]", "*", "_", " ", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t m = strlen(marks[i]);
        if (m <= n && memcmp(s + n - m, marks[i], m) == 0)
            return m;
    }
    return 0;
}

static void read_end(text_unit *u, const char *text)
{
    enum { MOST_CLOSING = 64 };
    size_t n = u->end - u->start, m;
    const char *s = text + u->start;
    for (int k = 0; k < MOST_CLOSING && (m = closing(s, n)) > 0; k++)
        n -= m;
    char last = n > 0 ? s[n - 1] : ' ';
    u->full_stop = last == '.' || (n >= 3 && memcmp(s + n - 3, "\xE2\x80\xA6", 3) == 0);
    u->stop = u->full_stop || last == '!' || last == '?';
}

static void count_words(text_unit *u, const char *text)
{
    enum { MOST = 60000 };
    for (size_t i = u->start; i < u->end && u->words < MOST;) {
        while (i < u->end && ascii_space(text[i]))
            i++;
        size_t from = i;
        while (i < u->end && !ascii_space(text[i]))
            i++;
        while (from < i && strchr("\"'([", text[from]) != NULL)
            from++;
        u->words = (uint16_t)(u->words + (i > from));
        if (i - from < 4)
            continue;
        bool capital = (text[from] >= 'A' && text[from] <= 'Z') ||
                       (text[from] >= '0' && text[from] <= '9') ||
                       ((uint8_t)text[from] >= 0xC3 && (uint8_t)text[from] <= 0xD0);
        u->long_words++;
        u->capitals = (uint16_t)(u->capitals + capital);
    }
}

static bool bullet(const char *s, size_t n)
{
    if (n > 2 && (s[0] == '-' || s[0] == '*') && s[1] == ' ')
        return true;
    if (n > 3 && memcmp(s, "\xE2\x80\xA2", 3) == 0)
        return true;
    size_t d = 0;
    while (d < n && d < 3 && s[d] >= '0' && s[d] <= '9')
        d++;
    return d > 0 && d + 1 < n && (s[d] == '.' || s[d] == ')') && s[d + 1] == ' ';
}

/* Behind the mark of a heading at `at`, "## "; `at` when there is none. */
static size_t heading_mark(const char *text, size_t at, size_t end, uint8_t *ret_level)
{
    size_t hashes = 0;
    while (at + hashes < end && hashes < 7 && text[at + hashes] == '#')
        hashes++;
    size_t after = at + hashes;
    if (hashes == 0 || hashes == 7 || after == end || !ascii_space(text[after]))
        return at;
    *ret_level = (uint8_t)hashes;
    while (after < end && ascii_space(text[after]))
        after++;
    return after;
}

static void measure(text_unit *u, const char *text)
{
    size_t after = u->start, next;
    /* "# # ": what is left is read again */
    while ((next = heading_mark(text, after, u->end, &u->level)) != after)
        after = next;
    u->from = after, u->to = u->end;
    read_end(u, text);
    count_words(u, text);
    u->list = bullet(text + u->start, u->end - u->start);
}

static bool add_unit(line_cleaner *c, size_t start, size_t end, bool gap)
{
    text_unit *all = grown(c->unit, &c->cap_units, c->n_units, sizeof *all);
    if (all == NULL)
        return false;
    c->unit = all;
    c->unit[c->n_units++] = (text_unit){.start = start, .end = end, .gap = gap};
    return true;
}

static bool split_lines(line_cleaner *c, const char *text, size_t len, wn_pulse *owner)
{
    bool gap = false;
    for (size_t i = 0; i < len;) {
        const char *nl = memchr(text + i, '\n', len - i);
        size_t end = nl != NULL ? (size_t)(nl - text) : len, next = end + 1;
        while (i < end && ascii_space(text[i]))
            i++;
        while (end > i && ascii_space(text[end - 1]))
            end--;
        if (!wn_beat(owner))
            return false;
        if (i == end)
            gap = true;
        else if (!add_unit(c, i, end, gap))
            return false;
        else
            gap = false;
        i = next;
    }
    return true;
}

/* Text that was wrapped at a width: most lines that have a neighbour below are of middling length
 * and end inside a sentence. */
static bool wrapped(const line_cleaner *c, const char *text)
{
    size_t inner = 0, broken = 0;
    for (size_t i = 0; i + 1 < c->n_units; i++) {
        const text_unit *u = &c->unit[i];
        size_t n = u->end - u->start;
        if (c->unit[i + 1].gap)
            continue;
        inner++;
        char last = text[u->end - 1];
        broken += n >= 40 && n <= 100 && strchr(".!?:\"", last) == NULL && (uint8_t)last < 0x80;
    }
    return inner >= 4 && broken * 10 >= inner * 7;
}

static void join_wrapped(line_cleaner *c)
{
    size_t out = 0;
    for (size_t i = 0; i < c->n_units; i++) {
        if (out > 0 && !c->unit[i].gap)
            c->unit[out - 1].end = c->unit[i].end;
        else
            c->unit[out++] = c->unit[i];
    }
    c->n_units = out;
}

bool units_split(line_cleaner *c, const char *text, size_t len, wn_pulse *owner)
{
    c->n_units = 0;
    if (!split_lines(c, text, len, owner))
        return false;
    if (wrapped(c, text))
        join_wrapped(c);
    for (size_t i = 0; i < c->n_units && wn_beat(owner); i++)
        measure(&c->unit[i], text);
    return owner == NULL || owner->stopped == 0;
}

bool unit_is_prose(const text_unit *u)
{
    return (u->words >= 12 && u->stop && !unit_is_title_case(u)) || u->words >= 40;
}

bool unit_is_title_case(const text_unit *u)
{
    return u->words <= 30 && u->long_words > 0 && u->capitals * 10 >= u->long_words * 7;
}

size_t next_unit(const line_cleaner *c, size_t i)
{
    for (i++; i < c->n_units && c->unit[i].cut;)
        i++;
    return i < c->n_units ? i : c->n_units;
}
