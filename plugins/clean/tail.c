/* tail.c: agency credits at the end of a text. */
#include "clean/lines.h"
#include <string.h>
#include <strings.h>

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* Length of an opening or closing decoration of a credit at s: blanks, brackets, dashes. */
static size_t decoration(const char *s, size_t n)
{
    if (strchr(" ()[]-/*_.", s[0]) != NULL && s[0] != '\0')
        return 1;
    return n >= 3 && s[0] == '\xE2' && s[1] == '\x80' && ((uint8_t)s[2] & 0xF8) == 0x90 ? 3 : 0;
}

static void undecorate(const char *text, size_t *start, size_t *end)
{
    size_t n;
    while (*start < *end && (n = decoration(text + *start, *end - *start)) > 0)
        *start += n;
    while (*end > *start && decoration(text + *end - 1, 1) > 0)
        (*end)--;
}

static bool in_capitals(const char *text, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (text[i] >= 'a' && text[i] <= 'z')
            return false;
    return end - start >= 2;
}

/* The agency of the dateline again, or capitals that are an agency's name by their last word. */
static bool take_named_agency(const boiler_rules *rules, const char *text, size_t start, size_t end, clean_result *r)
{
    enum { LONGEST = 60 };
    char name[LONGEST];
    const clean_find *known = result_best(r, "agency");
    if (known != NULL && strlen(known->value) == end - start && strncasecmp(known->value, text + start, end - start) == 0)
        return true;
    if (end - start > LONGEST || !in_capitals(text, start, end) || !names_wire(rules, text, start, end))
        return false;
    result_find(r, "agency", name, capitals_to_name(text, start, end, name), start, end, RANK_LINE);
    return true;
}

static bool take_agency(const boiler_rules *rules, const char *text, size_t start, size_t end, clean_result *r)
{
    const word_list *agency = rules_agency(rules, text, start, end);
    if (agency != NULL)
        result_find(r, "agency", agency->name, agency->name_len, start, end, RANK_LINE);
    return agency != NULL || take_named_agency(rules, text, start, end, r);
}

/* A line that is nothing but an agency, or several: "AP", "(Reuters)", "AFP/Reuters". */
static bool credit_line(const boiler_rules *rules, const char *text, const text_unit *u, clean_result *r)
{
    size_t start = u->from, end = u->to, before = r->n_finds;
    undecorate(text, &start, &end);
    if (end == start || end - start > 60)
        return false;
    for (size_t i = start; i <= end;) {
        size_t from = i;
        while (i < end && text[i] != '/' && text[i] != ',' && text[i] != '+')
            i++;
        size_t to = i++;
        undecorate(text, &from, &to);
        if (!take_agency(rules, text, from, to, r)) {
            r->n_finds = before;
            return false;
        }
    }
    return true;
}

/* Offset of the full stop's end (with closing quotes) behind which [.., end) holds a last few words; start: none. */
static size_t last_sentence_end(const char *text, size_t start, size_t end)
{
    enum { LONGEST = 40 };
    size_t low = end - start > LONGEST ? end - LONGEST : start;
    for (size_t i = end; i-- > low;) {
        if (!blank(text[i]))
            continue;
        size_t k = i;
        while (k > start && (text[k - 1] == '"' || text[k - 1] == '\'' || (uint8_t)text[k - 1] >= 0x80))
            k--;
        if (k > start && strchr(".!?", text[k - 1]) != NULL)
            return i;
    }
    return start;
}

/* "... he said. BLOOMBERG" and "... he said. (Reuters)" or "... - AP". */
static void credit_suffix(const boiler_rules *rules, const char *text, text_unit *u, clean_result *r)
{
    size_t at = last_sentence_end(text, u->from, u->to), start = at, end = u->to;
    if (at == u->from)
        return;
    while (start < end && blank(text[start]))
        start++;
    size_t bare = start;
    undecorate(text, &start, &end);
    if ((start > bare || in_capitals(text, start, end)) && take_agency(rules, text, start, end, r))
        u->to = at;
}

void tail_clean(line_cleaner *c, const boiler_rules *rules, const char *text, clean_result *r)
{
    enum { MOST_CREDITS = 64 }; /* more than that are no credits of one text */
    unsigned credits = 0;
    for (size_t i = c->n_units; i-- > 0;) {
        text_unit *u = &c->unit[i];
        if (u->cut)
            continue;
        if (i > 0 && credits < MOST_CREDITS && credit_line(rules, text, u, r)) {
            u->cut = true;
            credits++;
            continue;
        }
        credit_suffix(rules, text, u, r);
        return;
    }
}
