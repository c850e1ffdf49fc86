/* dateline.c: "PLACE, date (Agency) - " before the first sentence, see dateline_read in lines.h. */
#include "clean/isodate.h"
#include "clean/lines.h"
#include "common/ascii.h"
#include <string.h>
#include <strings.h>

enum { LONGEST = 90, PLACE_WORDS = 8 };

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Length of a dash at s: the typographic ones stand with or without blanks, "-" and "--" between
 * blanks (the one before may be missing after a bracket). */
static size_t dash_at(const char *text, size_t start, size_t i, size_t end)
{
    static const char *const dashes[] = {"\xE2\x80\x92", "\xE2\x80\x93", "\xE2\x80\x94",
                                         "\xE2\x80\x95"};
    for (size_t k = 0; k < 4; k++)
        if (end - i >= 3 && memcmp(text + i, dashes[k], 3) == 0)
            return 3;
    if (text[i] != '-' || i == start || !(blank(text[i - 1]) || text[i - 1] == ')'))
        return 0;
    size_t n = i + 1 < end && text[i + 1] == '-' ? 2 : 1;
    return i + n < end && blank(text[i + n]) ? n : 0;
}

/* A sentence begins here: a capital, a digit or a quotation mark. */
static bool sentence_at(const char *text, size_t i, size_t end)
{
    if (i >= end)
        return false;
    uint8_t c = (uint8_t)text[i];
    return ascii_upper(text[i]) || (text[i] >= '0' && text[i] <= '9') || text[i] == '"' ||
           text[i] == '\'' || text[i] == '$' ||
           (end - i >= 3 && c == 0xE2 && (text[i + 1] == '\x80') &&
            ((uint8_t)text[i + 2] & 0xF8) == 0x98) ||
           c == 0xC3 || (c >= 0xC4 && c <= 0xDF);
}

static bool all_caps(const char *text, const line_words *w)
{
    size_t letters = 0;
    for (size_t i = 0; i < w->n; i++)
        for (uint32_t k = w->word[i].start; k < w->word[i].end; k++) {
            if (text[k] >= 'a' && text[k] <= 'z')
                return false;
            letters += ascii_upper(text[k]) || (uint8_t)text[k] >= 0x80;
        }
    return letters >= 3;
}

static bool all_named(const boiler_rules *rules, const char *text, const line_words *w)
{
    for (size_t i = 0; i < w->n; i++) {
        const line_word *one = &w->word[i];
        bool small =
            i > 0 && list_has(&rules->place_particle, text + one->start, one->end - one->start);
        if (!one->capital && !small)
            return false;
    }
    return w->n > 0;
}

size_t capitals_to_name(const char *text, size_t start, size_t end, char *out)
{
    size_t n = 0;
    for (size_t i = start; i < end;) {
        size_t from = i;
        while (i < end && !blank(text[i]) && text[i] != '-')
            i++;
        bool keep = i - from <= 2 || memchr(text + from, '.', i - from) != NULL;
        for (size_t k = from; k < i; k++) {
            char c = text[k];
            bool caps = ascii_upper(c) && k > from &&
                        (ascii_upper(text[k - 1]) || (uint8_t)text[k - 1] >= 0x80);
            out[n++] = caps && !keep ? (char)(c + 32) : c;
        }
        if (i < end)
            out[n++] = text[i++];
    }
    return n;
}

bool names_wire(const boiler_rules *rules, const char *text, size_t start, size_t end)
{
    line_words w;
    line_split(&w, text, start, end);
    return w.n >= 2 && w.n <= 5 && all_named(rules, text, &w) &&
           list_has(&rules->wire, text + w.word[w.n - 1].start,
                    w.word[w.n - 1].end - w.word[w.n - 1].start);
}

/* "(Reuters)", "(Some Town Wire)", "(Outlet Magazine)". */
static void find_credit(const boiler_rules *rules, const char *publisher, const char *text,
                        size_t start, size_t end, clean_result *r)
{
    size_t slash = start;
    while (slash < end && text[slash] != '/' && text[slash] != ';')
        slash++;
    const word_list *agency = rules_agency(rules, text, start, slash);
    if (agency != NULL)
        result_find(r, "agency", agency->name, agency->name_len, start, slash, RANK_DATELINE);
    else if (publisher != NULL && strlen(publisher) == end - start &&
             strncasecmp(publisher, text + start, end - start) == 0)
        return;
    else if (publisher != NULL || names_wire(rules, text, start, end))
        result_find(r, "agency", text + start, end - start, start, end, RANK_DATELINE);
    else
        result_find(r, "publisher", text + start, end - start, start, end, RANK_DATELINE);
}

static bool credit_fits(const boiler_rules *rules, const char *text, size_t start, size_t end)
{
    line_words w;
    line_split(&w, text, start, end);
    return w.n >= 1 && w.n <= 6 && all_named(rules, text, &w) &&
           memchr(text + start, '.', end - start) != text + end - 1;
}

static void find_place(const char *text, size_t start, size_t end, clean_result *r)
{
    char name[LONGEST];
    size_t comma = start;
    while (comma < end && text[comma] != ',')
        comma++;
    while (comma > start && blank(text[comma - 1]))
        comma--;
    char iso[ISODATE_MAX];
    size_t at = 0, used = isodate_find(text + start, end - start, iso, &at);
    if (used > 0)
        result_find(r, "published", iso, strlen(iso), start + at, start + at + used, RANK_DATELINE);
    if (used > 0 && comma > start + at)
        comma = start + at;
    if (isodate_month(text + start, comma - start))
        return;
    size_t n = capitals_to_name(text, start, comma, name);
    result_find(r, "place", name, n, start, comma, RANK_DATELINE);
}

/* Words in capitals before a dash that are no place: "EXCLUSIVE - ", "UPDATE 1 - ". */
static bool is_kicker(const boiler_rules *rules, const char *text, const line_words *w)
{
    for (size_t i = 0; i < w->n; i++)
        if (list_has(&rules->kicker, text + w->word[i].start, w->word[i].end - w->word[i].start))
            return true;
    return false;
}

/* [start, end) without blanks at its end. */
static size_t trimmed(const char *text, size_t start, size_t end)
{
    while (end > start && (blank(text[end - 1]) || text[end - 1] == ','))
        end--;
    return end;
}

static bool place_fits(const boiler_rules *rules, const char *text, size_t start, size_t end,
                       bool credited)
{
    line_words whole, first;
    size_t comma = start;
    while (comma < end && text[comma] != ',')
        comma++;
    line_split(&whole, text, start, end);
    line_split(&first, text, start, comma);
    if (whole.n == 0 || whole.n > PLACE_WORDS || first.n == 0 || first.n > 4 ||
        !ascii_upper(text[start]) || !all_named(rules, text, &first) ||
        is_kicker(rules, text, &first) || memchr(text + start, ':', end - start) != NULL)
        return false;
    for (size_t i = 1; i < first.n; i++)
        if (first.word[i - 1].closed)
            return false;
    return (credited && all_named(rules, text, &whole)) || all_caps(text, &first);
}

static size_t accept(const boiler_rules *rules, const char *publisher, const char *text,
                     size_t start, size_t dash, clean_result *r)
{
    size_t head = trimmed(text, start, dash), open = head, credit_end = head;
    if (head > start && text[head - 1] == ')') {
        credit_end = head - 1;
        while (open > start && text[open - 1] != '(')
            open--;
        if (open == start || !credit_fits(rules, text, open, credit_end))
            return start;
        head = trimmed(text, start, open - 1);
    }
    bool credited = credit_end > open;
    if (head > start ? !place_fits(rules, text, start, head, credited)
                     : !credited || (rules_agency(rules, text, open, credit_end) == NULL &&
                                     !names_wire(rules, text, open, credit_end)))
        return start;
    if (head > start)
        find_place(text, start, head, r);
    if (credited)
        find_credit(rules, publisher, text, open, credit_end, r);
    size_t all = trimmed(text, start, dash);
    result_find(r, "dateline", text + start, all - start, start, all, RANK_DATELINE);
    return dash;
}

size_t dateline_read(const boiler_rules *rules, const char *publisher, const char *text,
                     size_t start, size_t end, clean_result *r)
{
    size_t limit = end - start < LONGEST ? end : start + LONGEST;
    for (size_t i = start + 1; i < limit; i++) {
        size_t n = dash_at(text, start, i, end);
        if (n == 0)
            continue;
        size_t after = i + n;
        while (after < end && blank(text[after]))
            after++;
        return sentence_at(text, after, end) && accept(rules, publisher, text, start, i, r) != start
                   ? after
                   : start;
    }
    return start;
}
