/* rules.c: see rules.h: reading the data; match.c matches. */
#include "clean/rules.h"
#include "common/grow.h"
#include <string.h>

static bool word_is(const char *s, size_t n, const char *word)
{
    return strlen(word) == n && memcmp(s, word, n) == 0;
}

/* The next blank-separated word from *s; 0 at the end. */
static size_t next_word(const char **s, const char *end)
{
    while (*s < end && **s == ' ')
        (*s)++;
    const char *from = *s;
    while (from < end && *from != ' ')
        from++;
    return (size_t)(from - *s);
}

static int find_set(const boiler_rules *r, const char *name, size_t n)
{
    for (size_t i = 0; i < r->n_sets; i++)
        if (r->set[i].name_len == n && memcmp(r->set[i].name, name, n) == 0)
            return (int)i;
    return -1;
}

static uint64_t bits_of(const char *list, size_t n, char sep)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < n; i++) {
        size_t from = i;
        while (i < n && list[i] != sep)
            i++;
        bits |= word_bit(list + from, i - from);
    }
    return bits;
}

/* The words that a rule's line may begin with: those of its items up to the first that must be
 * there. */
static uint64_t rule_begins(const rule_item *item, size_t n)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < n && (item[i].kind == ITEM_WORD || item[i].kind == ITEM_SET); i++) {
        bits |= item[i].begins;
        if (!item[i].optional)
            return bits;
    }
    return UINT64_MAX;
}

static bool read_item(const boiler_rules *r, const char *s, size_t n, rule_item *ret)
{
    static const struct {
        const char *name;
        item_kind kind;
    } named[] = {{"...", ITEM_ANY},         {"<name>", ITEM_NAME},     {"<outlet>", ITEM_OUTLET},
                 {"<agency>", ITEM_AGENCY}, {"<date>", ITEM_DATE},     {"<updated>", ITEM_UPDATED},
                 {"<author>", ITEM_AUTHOR}, {"<handle>", ITEM_HANDLE}, {"<number>", ITEM_NUMBER}};
    *ret = (rule_item){.kind = ITEM_WORD};
    if (n > 1 && s[n - 1] == '?') {
        ret->optional = true;
        n--;
    }
    ret->words = s;
    ret->len = (uint16_t)n;
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (word_is(s, n, named[i].name)) {
            ret->kind = (uint8_t)named[i].kind;
            return true;
        }
    if (n > 1 && s[0] == '@' && memchr(s, '|', n) == NULL) {
        int set = find_set(r, s + 1, n - 1);
        ret->kind = ITEM_SET;
        ret->set = (uint16_t)set;
        if (set >= 0)
            ret->begins = r->set[set].begins;
        return set >= 0;
    }
    ret->begins = bits_of(s, n, '|');
    return n > 0 && n < 1000 && s[0] != '<';
}

static bool read_weight(const char *s, size_t n, int16_t *ret)
{
    if (n != 3 || s[0] < '0' || s[0] > '9' || s[1] != '.' || s[2] < '0' || s[2] > '9')
        return false;
    *ret = (int16_t)((s[0] - '0') * 100 + (s[2] - '0') * 10);
    return true;
}

static bool read_rule(boiler_rules *r, const char *s, const char *end)
{
    enum { MOST_ITEMS = 40 };
    line_rule rule = {.item = (uint32_t)r->n_items};
    size_t n = next_word(&s, end);
    if (!read_weight(s, n, &rule.weight))
        return false;
    s += n;
    n = next_word(&s, end);
    if (!word_is(s, n, "any") && !word_is(s, n, "head") && !word_is(s, n, "tail"))
        return false;
    rule.where = s[0] == 'a' ? WHERE_ANY : s[0] == 'h' ? WHERE_HEAD : WHERE_TAIL;
    for (s += n; (n = next_word(&s, end)) > 0; s += n, rule.n_items++) {
        rule_item item;
        rule_item *items = rule.n_items < MOST_ITEMS
                               ? grown(r->item, &r->cap_items, r->n_items, sizeof *items)
                               : NULL;
        if (items == NULL)
            return false;
        r->item = items;
        if (!read_item(r, s, n, &item))
            return false;
        r->item[r->n_items++] = item;
    }
    line_rule *rules =
        rule.n_items > 0 ? grown(r->rule, &r->cap_rules, r->n_rules, sizeof *rules) : NULL;
    if (rules == NULL)
        return false;
    r->rule = rules;
    rule.begins = rule_begins(r->item + rule.item, rule.n_items);
    r->rule[r->n_rules++] = rule;
    return true;
}

static bool read_agency(boiler_rules *r, const char *s, const char *end)
{
    const char *equal = memchr(s, '=', (size_t)(end - s));
    word_list *all =
        equal != NULL ? grown(r->agency, &r->cap_agencies, r->n_agencies, sizeof *all) : NULL;
    if (all == NULL)
        return false;
    r->agency = all;
    while (s < equal && *s == ' ')
        s++;
    const char *name_end_at = equal;
    while (name_end_at > s && name_end_at[-1] == ' ')
        name_end_at--;
    r->agency[r->n_agencies++] =
        (word_list){s, equal + 1, (uint16_t)(name_end_at - s), (uint32_t)(end - equal - 1), 0};
    return name_end_at > s;
}

static word_list list_of(const char *name, size_t n, const char *end)
{
    const char *list = name + n;
    size_t len = (size_t)(end - list);
    return (word_list){name, list, (uint16_t)n, (uint32_t)len, bits_of(list, len, ' ')};
}

static bool read_set(boiler_rules *r, const char *s, const char *end)
{
    size_t n = next_word(&s, end);
    word_list *all = n > 0 ? grown(r->set, &r->cap_sets, r->n_sets, sizeof *all) : NULL;
    if (all == NULL)
        return false;
    r->set = all;
    r->set[r->n_sets++] = list_of(s, n, end);
    return true;
}

size_t list_phrase(const word_list *list, size_t *at, const char **ret)
{
    const char *s = list->list, *end = s + list->list_len;
    for (s += *at; s < end && (*s == ' ' || *s == ',');)
        s++;
    const char *stop = s < end ? memchr(s, ',', (size_t)(end - s)) : NULL;
    stop = stop != NULL ? stop : end;
    *at = (size_t)(stop - list->list);
    *ret = s;
    while (stop > s && stop[-1] == ' ')
        stop--;
    return s < stop ? (size_t)(stop - s) : 0;
}

/* The bytes that a phrase of the list may begin with, either case, by their last six bits. */
static uint64_t first_bytes(const word_list *list)
{
    const char *phrase;
    uint64_t bits = 0;
    for (size_t at = 0; list_phrase(list, &at, &phrase) > 0;) {
        char c = *phrase == '_' ? ' ' : *phrase;
        bits |= phrase_bit(c) | phrase_bit((c | 32) >= 'a' && (c | 32) <= 'z' ? c ^ 32 : c);
    }
    return bits;
}

/* "NAME word ..." or "NAME phrase, ...". false: no list has that name, or has been given before. */
static bool read_list(boiler_rules *r, const char *s, size_t n, const char *end)
{
    const struct {
        const char *name;
        word_list *list;
        bool phrases;
    } lists[] = {{"kicker", &r->kicker, false},
                 {"outlet", &r->outlet, false},
                 {"wire", &r->wire, false},
                 {"label", &r->label, false},
                 {"name_particle", &r->name_particle, false},
                 {"outlet_particle", &r->outlet_particle, false},
                 {"place_particle", &r->place_particle, false},
                 {"joiner", &r->joiner, false},
                 {"article", &r->article, false},
                 {"dated", &r->dated, true},
                 {"byline_lead", &r->byline_lead, true},
                 {"byline_end", &r->byline_end, true},
                 {"nobody", &r->nobody, true}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (!word_is(s, n, lists[i].name))
            continue;
        if (lists[i].list->name != NULL)
            return false; /* given already: it would be lost */
        *lists[i].list = list_of(s, n, end);
        if (lists[i].phrases)
            lists[i].list->begins = first_bytes(lists[i].list);
        return true;
    }
    return false;
}

static bool read_line(boiler_rules *r, const char *s, const char *end)
{
    if (end > s && end[-1] == '\r')
        end--;
    size_t n = next_word(&s, end);
    if (n == 0 || s[0] == '#')
        return true;
    const char *rest = s + n;
    if (word_is(s, n, "line"))
        return read_rule(r, rest, end);
    if (word_is(s, n, "agency"))
        return read_agency(r, rest, end);
    if (word_is(s, n, "set"))
        return read_set(r, rest, end);
    return read_list(r, s, n, end);
}

/* A rule lies in the slot of each word that it may begin with. */
static bool file_by_slot(boiler_rules *r)
{
    uint32_t n = 0;
    r->by_slot = malloc((r->n_rules * WORD_SLOTS + 1) * sizeof *r->by_slot);
    if (r->by_slot == NULL)
        return false;
    for (unsigned slot = 0; slot < WORD_SLOTS; slot++) {
        r->first_of[slot] = n;
        for (size_t i = 0; i < r->n_rules; i++)
            if ((r->rule[i].begins >> slot & 1) != 0)
                r->by_slot[n++] = (uint32_t)i;
    }
    r->first_of[WORD_SLOTS] = n;
    return true;
}

bool rules_load(boiler_rules *r, const char *data, size_t len, int *ret_line)
{
    *ret_line = 1;
    for (const char *s = data, *end = data + len; s < end; (*ret_line)++) {
        const char *nl = memchr(s, '\n', (size_t)(end - s));
        if (nl == NULL)
            nl = end;
        if (!read_line(r, s, nl))
            return false;
        s = nl + 1;
    }
    *ret_line = 0;
    return file_by_slot(r);
}

void rules_release(boiler_rules *r)
{
    free(r->rule);
    free(r->by_slot);
    free(r->item);
    free(r->set);
    free(r->agency);
    memset(r, 0, sizeof *r);
}
