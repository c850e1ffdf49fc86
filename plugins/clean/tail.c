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

typedef struct ending {
    const boiler_rules *rules;
    const char *text;
    clean_result *r;
    const char *agency; /* the best find so far, of RANK_LINE at least; NULL: none */
} ending;

/* Of finds of one rank the first is the best: once there is one, no line needs another, however
 * many there are. */
static void find_agency(ending *e, const char *name, size_t len, size_t start, size_t end)
{
    if (e->agency != NULL)
        return;
    result_find(e->r, "agency", name, len, start, end, RANK_LINE);
    const clean_find *best = result_best(e->r, "agency");
    e->agency = best != NULL ? best->value : NULL;
}

/* The agency of the dateline again, or capitals that are an agency's name by their last word. */
static bool take_named_agency(ending *e, size_t start, size_t end)
{
    enum { LONGEST = 60 };
    char name[LONGEST];
    if (e->agency != NULL && strlen(e->agency) == end - start &&
        strncasecmp(e->agency, e->text + start, end - start) == 0)
        return true;
    if (end - start > LONGEST || !in_capitals(e->text, start, end) ||
        !names_wire(e->rules, e->text, start, end))
        return false;
    find_agency(e, name, capitals_to_name(e->text, start, end, name), start, end);
    return true;
}

static bool take_agency(ending *e, size_t start, size_t end)
{
    const word_list *agency = rules_agency(e->rules, e->text, start, end);
    if (agency != NULL)
        find_agency(e, agency->name, agency->name_len, start, end);
    return agency != NULL || take_named_agency(e, start, end);
}

/* A line that is nothing but an agency, or several: "AP", "(Reuters)", "AFP/Reuters". */
static bool credit_line(ending *e, const text_unit *u)
{
    const char *text = e->text, *known = e->agency;
    size_t start = u->from, end = u->to, before = e->r->n_finds;
    undecorate(text, &start, &end);
    if (end == start || end - start > 60)
        return false;
    for (size_t i = start; i <= end;) {
        size_t from = i;
        while (i < end && text[i] != '/' && text[i] != ',' && text[i] != '+')
            i++;
        size_t to = i++;
        undecorate(text, &from, &to);
        if (!take_agency(e, from, to)) {
            e->r->n_finds = before;
            e->agency = known;
            return false;
        }
    }
    return true;
}

/* Offset of the full stop's end (with closing quotes) behind which [.., end) holds a last few
 * words; start: none. */
static size_t last_sentence_end(const char *text, size_t start, size_t end)
{
    enum { LONGEST = 40 };
    size_t low = end - start > LONGEST ? end - LONGEST : start;
    for (size_t i = end; i-- > low;) {
        if (!blank(text[i]))
            continue;
        size_t k = i;
        while (k > start &&
               (text[k - 1] == '"' || text[k - 1] == '\'' || (uint8_t)text[k - 1] >= 0x80))
            k--;
        if (k > start && strchr(".!?", text[k - 1]) != NULL)
            return i;
    }
    return start;
}

/* "... he said. BLOOMBERG" and "... he said. (Reuters)" or "... - AP". */
static void credit_suffix(ending *e, text_unit *u)
{
    const char *text = e->text;
    size_t at = last_sentence_end(text, u->from, u->to), start = at, end = u->to;
    if (at == u->from)
        return;
    while (start < end && blank(text[start]))
        start++;
    size_t bare = start;
    undecorate(text, &start, &end);
    if ((start > bare || in_capitals(text, start, end)) && take_agency(e, start, end))
        u->to = at;
}

void tail_clean(line_cleaner *c, const boiler_rules *rules, const char *text, clean_result *r)
{
    const clean_find *best = result_best(r, "agency");
    ending e = {rules, text, r, best != NULL ? best->value : NULL};
    for (size_t i = c->n_units; i-- > 0 && wn_beat(r->pulse);) {
        text_unit *u = &c->unit[i];
        if (u->cut)
            continue;
        if (i == 0 || !credit_line(&e, u)) {
            credit_suffix(&e, u);
            return;
        }
        u->cut = true;
    }
}
