/* lines.c: see lines.h: rules for lines, by their place in the text; then edits and blocks. head.c
 * and tail.c do the ends. */
#include "clean/isodate.h"
#include "clean/lines.h"
#include <stdlib.h>
#include <string.h>

enum { ENOUGH = 100, SHORT_BONUS = 20, A_LINE = 16 /* steps: every rule looks at it */ };

typedef struct sweep {
    line_cleaner *c;
    const boiler_rules *rules;
    const char *text;
    const char *author;
    clean_result *r;
} sweep;

static void note_capture(const sweep *s, const capture *p, const line_rule *rule)
{
    const char *t = s->text + p->start;
    size_t n = p->end - p->start;
    bool bio = rule->weight < ENOUGH;
    char iso[ISODATE_MAX];
    const word_list *agency;
    switch (p->kind) {
    case ITEM_NAME:
        result_find(s->r, "author", t, n, p->start, p->end, bio ? RANK_BIO : RANK_LINE);
        break;
    case ITEM_OUTLET:
        result_find(s->r, "publisher", t, n, p->start, p->end,
                    bio                         ? RANK_BIO
                    : rule->where == WHERE_HEAD ? RANK_LINE
                                                : RANK_PROMPT);
        break;
    case ITEM_AGENCY:
        if ((agency = rules_agency(s->rules, s->text, p->start, p->end)) != NULL)
            result_find(s->r, "agency", agency->name, agency->name_len, p->start, p->end,
                        RANK_LINE);
        break;
    case ITEM_DATE:
    case ITEM_UPDATED:
        if (isodate_read(t, n, iso) > 0)
            result_find(s->r, p->kind == ITEM_DATE ? "published" : "modified", iso, strlen(iso),
                        p->start, p->end, RANK_LINE);
        break;
    default: break;
    }
}

/* Weight of all rules for the place that match the line; what they caught is noted. Where a line is
 * prose only rules for the tail have their full weight: elsewhere it is likely to be a sentence of
 * the article. */
static int weigh(const sweep *s, const text_unit *u, rule_where where)
{
    line_words words;
    line_match match;
    int sum = 0;
    bool prose = unit_is_prose(u);
    line_split(&words, s->text, u->from, u->to);
    if (words.n == 0)
        return 0;
    const uint32_t *file = s->rules->first_of + word_slot(s->text + words.word[0].start,
                                                          words.word[0].end - words.word[0].start);
    for (uint32_t i = file[0]; i < file[1]; i++) {
        const line_rule *rule = &s->rules->rule[s->rules->by_slot[i]];
        if ((rule->where != WHERE_ANY && rule->where != where) ||
            !rule_match(s->rules, rule, s->text, &words, s->author, &match))
            continue;
        sum += prose && rule->where != WHERE_TAIL ? rule->weight * 2 / 3 : rule->weight;
        for (size_t k = 0; k < match.n; k++)
            note_capture(s, &match.capture[k], rule);
    }
    return sum > 0 && u->words <= 8 && !u->full_stop ? sum + SHORT_BONUS : sum;
}

static bool try_unit(const sweep *s, text_unit *u, rule_where where)
{
    size_t before = s->r->n_finds;
    if (u->cut)
        return true;
    if (!wn_beats(s->r->pulse, A_LINE))
        return false;
    if (weigh(s, u, where) >= ENOUGH) {
        u->cut = true;
        return true;
    }
    s->r->n_finds = before; /* what was caught in a line that stays does not count */
    return false;
}

static const char *author_of(const clean_result *r, const lines_known *known)
{
    const clean_find *f = result_best(r, "author");
    return f != NULL ? f->value : known->author;
}

/* Rules for the head apply until the first paragraph that stays, those for the tail after the last,
 * the others anywhere. */
static void sweep_all(sweep *s, const lines_known *known)
{
    line_cleaner *c = s->c;
    size_t head = 0, tail = c->n_units;
    while (head < c->n_units &&
           (try_unit(s, &c->unit[head], WHERE_HEAD) || !unit_is_prose(&c->unit[head])))
        head++;
    for (size_t i = head; i < c->n_units; i++)
        (void)try_unit(s, &c->unit[i], WHERE_ANY);
    s->author = author_of(s->r, known);
    while (tail > head &&
           (try_unit(s, &c->unit[tail - 1], WHERE_TAIL) || !unit_is_prose(&c->unit[tail - 1])))
        tail--;
}

static const char *gap_of(bool empty_line)
{
    return empty_line ? "\n\n" : "\n";
}

/* Parts of a unit: the lines of wrapped text are joined by a space. */
static void write_unit(const text_unit *u, const char *text, const char *sep, clean_result *r)
{
    size_t i = u->from;
    while (i < u->to) {
        const char *nl = memchr(text + i, '\n', u->to - i);
        size_t end = nl != NULL ? (size_t)(nl - text) : u->to, next = end;
        while (end > i && (text[end - 1] == ' ' || text[end - 1] == '\r' || text[end - 1] == '\t'))
            end--;
        result_keep(r, i, end, sep);
        while (next < u->to && strchr(" \t\r\n", text[next]) != NULL)
            next++;
        sep = " ";
        i = next;
    }
}

static bool is_heading(const line_cleaner *c, const char *text, size_t i)
{
    const text_unit *u = &c->unit[i];
    if (u->level > 0)
        return true;
    if (u->words > 12 || u->stop || u->list || u->words == 0 || u->to - u->from > 120 ||
        strchr(",;-", text[u->to - 1]) != NULL)
        return false;
    size_t next = next_unit(c, i);
    return (unit_is_title_case(u) || u->words <= 8) && next < c->n_units &&
           unit_is_prose(&c->unit[next]);
}

static void mark_block(const line_cleaner *c, const char *text, size_t i, size_t start,
                       clean_result *r)
{
    const text_unit *u = &c->unit[i];
    if (is_heading(c, text, i))
        result_block(r, start, r->out, BLOCK_HEADING, u->level > 0 ? u->level : 2);
    else
        result_block(r, start, r->out, u->list ? BLOCK_LIST : BLOCK_PARAGRAPH, 0);
}

static void write_units(const line_cleaner *c, const char *text, size_t len, bool mark,
                        clean_result *r)
{
    const text_unit *before = NULL;
    bool gap = false;
    for (size_t i = 0; i < c->n_units; i++) {
        const text_unit *u = &c->unit[i];
        gap = gap || u->gap;
        if (u->cut || u->to <= u->from || !wn_beat(r->pulse))
            continue;
        const char *sep = before == NULL ? "" : gap_of(gap);
        size_t n = strlen(sep), start = r->out + n;
        if (before != NULL && u->from - r->cursor >= n && memcmp(text + r->cursor, sep, n) == 0) {
            result_keep(r, r->cursor, r->cursor + n, ""); /* the line ends of the text stay */
            sep = "";
        }
        write_unit(u, text, sep, r);
        if (mark)
            mark_block(c, text, i, start, r);
        before = u;
        gap = false;
    }
    result_finish(r, len);
}

bool lines_clean(line_cleaner *c, const boiler_rules *rules, const char *text, size_t len,
                 const lines_known *known, bool mark, clean_result *r)
{
    c->removed = 0;
    if (!units_split(c, text, len, r->pulse))
        return false;
    sweep s = {c, rules, text, known->author, r};
    if (rules != NULL) {
        sweep_all(&s, known);
        head_clean(c, rules, text, known, r);
        tail_clean(c, rules, text, r);
    }
    write_units(c, text, len, mark, r);
    for (size_t i = 0; i < c->n_units; i++)
        c->removed += c->unit[i].cut;
    return !r->oom && (r->pulse == NULL || r->pulse->stopped == 0);
}

void lines_trim(line_cleaner *c)
{
    enum { KEPT = 1 << 14 };
    if (c->cap_units > KEPT)
        lines_release(c);
}

void lines_release(line_cleaner *c)
{
    free(c->unit);
    memset(c, 0, sizeof *c);
}
