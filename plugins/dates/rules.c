/* rules.c: the directives of a rule file, see README.md. */
#include "rulefile.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

date_rules *date_rules_new(void)
{
    static const char *const built_in[] = {"INT",      "WORD", "ANY",   "DATE", "TIME",
                                           "DURATION", "SET",  "RANGE", "NONE"};
    date_rules *r = calloc(1, sizeof *r);
    if (r == NULL)
        return NULL;
    for (int i = 0; i < CLASS_BUILT_IN; i++)
        strcpy(r->class_name[i], built_in[i]);
    r->n_classes = CLASS_BUILT_IN, r->n_levels = 1;
    return r;
}

void date_rules_free(date_rules *r)
{
    if (r == NULL)
        return;
    list *const lists[] = {&r->words,   &r->senses, &r->conds,    &r->elems,    &r->code,
                           &r->assigns, &r->rules,  &r->holidays, &r->suffixes, &r->tests,
                           &r->macros,  &r->pool,   &r->first,    &r->first_of};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        free(lists[i]->item);
    free(r->bucket);
    free(r);
}

static bool read_value(cursor *c, int32_t *ret_value)
{
    bool minus = is_mark(c, '-');
    if (minus)
        next_token(c);
    if (c->type == T_NUMBER)
        *ret_value = c->number;
    else if (c->type != T_NAME || !symbol_value(c->start, c->len, ret_value))
        return refuse(c, "expected a number or a symbol (README.md lists them) after =");
    if (minus && *ret_value != VALUE_X)
        *ret_value = -*ret_value;
    next_token(c);
    return true;
}

static bool add_sense(cursor *c, int word, int cls, int32_t value)
{
    sense *s = list_add(&c->rules->senses, sizeof *s);
    if (s == NULL)
        return refuse(c, "out of memory");
    lex_word *w = (lex_word *)c->rules->words.item + word;
    *s = (sense){w->sense, value, (uint8_t)cls};
    w->sense = (uint32_t)c->rules->senses.n;
    w->mask |= UINT64_C(1) << cls;
    return true;
}

static bool class_entry(cursor *c, int cls)
{
    int words[256], n = 0;
    int32_t value = 0;
    for (;;) {
        if (c->type != T_NAME && c->type != T_STRING)
            return refuse(c, "expected a word here; write the words of a class in lower case");
        int word = n < 256 ? date_word_add(c->rules, c->start, c->len) : -1;
        if (word < 0)
            return refuse(c, "a word has 1 to %d bytes, an entry at most 256 words", WORD_MAX);
        words[n++] = word;
        next_token(c);
        if (!is_mark(c, ','))
            break;
        next_token(c);
    }
    if (is_mark(c, '=')) {
        next_token(c);
        if (!read_value(c, &value))
            return false;
    }
    for (int i = 0; i < n; i++)
        if (!add_sense(c, words[i], cls, value))
            return false;
    return true;
}

static int class_name(cursor *c)
{
    if (c->type != T_NAME || *c->start < 'A' || *c->start > 'Z') {
        (void)refuse(c, "expected the name of a class, which starts with an upper-case letter");
        return -1;
    }
    int cls = class_of(c, c->start, c->len);
    next_token(c);
    return cls;
}

static bool directive_class(cursor *c)
{
    int cls = class_name(c);
    while (cls >= 0 && c->type != T_END)
        if (!class_entry(c, cls))
            return false;
    return cls >= 0;
}

static bool directive_trigger(cursor *c)
{
    while (c->type != T_END) {
        int cls = class_name(c);
        if (cls < 0)
            return false;
        c->rules->trigger |= UINT64_C(1) << cls;
    }
    return true;
}

static bool keep_text(cursor *c, const char *text, size_t len, uint32_t *ret_at)
{
    *ret_at = (uint32_t)c->rules->pool.n;
    for (size_t i = 0; i < len; i++) {
        char *place = c->rules->pool.n < INT32_MAX ? list_add(&c->rules->pool, 1) : NULL;
        if (place == NULL)
            return refuse(c, "out of memory");
        *place = text[i];
    }
    return true;
}

/* The rest of the directive as text. */
static bool keep_rest(cursor *c, uint32_t *ret_at, uint32_t *ret_len)
{
    const char *from = c->start, *to = c->start;
    for (; c->type != T_END; next_token(c))
        to = c->p;
    *ret_len = (uint32_t)(to - from);
    return keep_text(c, from, *ret_len, ret_at);
}

static bool read_name(cursor *c, char *ret_name)
{
    if (c->type != T_NAME || c->len >= NAME_MAX_LEN)
        return refuse(c, "expected a name of at most %d letters", NAME_MAX_LEN - 1);
    memcpy(ret_name, c->start, c->len);
    ret_name[c->len] = '\0';
    next_token(c);
    return true;
}

static bool directive_define(cursor *c)
{
    macro m = {0};
    if (!read_name(c, m.name))
        return false;
    m.line = c->line, m.column = (int)(c->start - c->line_start) + c->column_base;
    if (!keep_rest(c, &m.at, &m.len))
        return false;
    macro *place = list_add(&c->rules->macros, sizeof *place);
    if (place == NULL)
        return refuse(c, "out of memory");
    *place = m;
    return true;
}

static bool directive_test(cursor *c)
{
    rule_test t = {0, 0, c->line};
    if (!keep_rest(c, &t.at, &t.len))
        return false;
    rule_test *place = list_add(&c->rules->tests, sizeof *place);
    if (place == NULL)
        return refuse(c, "out of memory");
    *place = t;
    return true;
}

static bool directive_language(cursor *c)
{
    char name[NAME_MAX_LEN];
    if (!read_name(c, name))
        return false;
    if (strlen(name) >= sizeof c->rules->language ||
        (c->rules->language[0] && strcmp(c->rules->language, name) != 0))
        return refuse(c, "the rules are already for the language %s", c->rules->language);
    strcpy(c->rules->language, name);
    return true;
}

static bool directive_level(cursor *c)
{
    if (c->type != T_NUMBER || c->number >= LEVEL_MAX)
        return refuse(c, "expected a level from 0 to %d", LEVEL_MAX - 1);
    c->rules->level = (int)c->number;
    if (c->rules->n_levels <= c->rules->level)
        c->rules->n_levels = c->rules->level + 1;
    next_token(c);
    return true;
}

static bool directive_suffix(cursor *c)
{
    int cls = class_name(c);
    int32_t value = 0;
    if (cls < 0)
        return false;
    if (is_mark(c, '=')) {
        next_token(c);
        if (!read_value(c, &value))
            return false;
    }
    for (; c->type != T_END; next_token(c)) {
        suffix *s =
            c->len > 0 && c->len < sizeof s->text ? list_add(&c->rules->suffixes, sizeof *s) : NULL;
        if (s == NULL)
            return refuse(c, "a suffix has 1 to 7 bytes");
        memcpy(s->text, c->start, c->len);
        s->len = (uint8_t)c->len, s->cls = (uint8_t)cls, s->value = value;
    }
    return true;
}

static bool read_term(cursor *c, assign *a, int i)
{
    bool minus = is_mark(c, '-');
    if (minus)
        next_token(c);
    int field = c->type == T_NAME ? field_find(c->start, c->len) : -1;
    if (c->type == T_NUMBER)
        a->term[i] = minus ? -c->number : c->number;
    else if (field >= 0)
        a->kind[i] = minus ? TERM_MINUS_FIELD : TERM_FIELD, a->term[i] = field;
    else if (c->type != T_NAME || !symbol_value(c->start, c->len, &a->term[i]))
        return refuse(c, "expected a number, a field or a symbol");
    next_token(c);
    return true;
}

static bool read_assign(cursor *c)
{
    assign a = {0};
    int field = c->type == T_NAME ? field_find(c->start, c->len) : -1;
    if (field < 0)
        return refuse(c, "unknown field: README.md lists the fields");
    a.field = (uint8_t)field;
    next_token(c);
    if (!is_mark(c, '='))
        return refuse(c, "expected = after the field");
    next_token(c);
    if (!read_term(c, &a, 0))
        return false;
    if (c->type == T_MARK && !c->space_before && strchr("+-*/", *c->start) != NULL) {
        a.op = *c->start;
        next_token(c);
        if (!read_term(c, &a, 1))
            return false;
    }
    assign *place = list_add(&c->rules->assigns, sizeof *place);
    if (place == NULL)
        return refuse(c, "out of memory");
    *place = a;
    return true;
}

static bool add_rule(cursor *c, const rule_entry *r)
{
    rule_entry *place =
        c->rules->rules.n < RULE_MAX ? list_add(&c->rules->rules, sizeof *place) : NULL;
    if (place == NULL)
        return refuse(c, "too many rules: at most %d", RULE_MAX);
    *place = *r;
    return true;
}

static bool directive_rule(cursor *c)
{
    rule_entry r = {.level = (uint8_t)c->rules->level};
    if (!read_name(c, r.name) || !compile_pattern(c, true, &r.code))
        return false;
    next_token(c);
    int cls = class_name(c);
    if (cls < 0)
        return false;
    r.cls = (uint8_t)cls;
    r.assign = (uint32_t)c->rules->assigns.n;
    while (c->type != T_END)
        if (!read_assign(c))
            return false;
    r.n_assign = (uint32_t)c->rules->assigns.n - r.assign;
    return add_rule(c, &r);
}

static bool read_small(cursor *c, int lo, int hi, int *ret)
{
    bool minus = is_mark(c, '-');
    if (minus)
        next_token(c);
    int v = minus ? -(int)c->number : (int)c->number;
    if (c->type != T_NUMBER || v < lo || v > hi)
        return refuse(c, "expected a number from %d to %d", lo, hi);
    next_token(c);
    *ret = v;
    return true;
}

static bool expect(cursor *c, char mark)
{
    if (!is_mark(c, mark))
        return refuse(c, "expected %c here", mark);
    next_token(c);
    return true;
}

/* 12-25 | nth(month,n,weekday) | easter, each with +days or -days */
/* "(MONTH, NTH, WEEKDAY)" */
static bool holiday_nth(cursor *c, holiday *h)
{
    int m, nth, wd;
    if (!expect(c, '(') || !read_small(c, 1, 12, &m) || !expect(c, ',') ||
        !read_small(c, -1, 5, &nth) || !expect(c, ',') || !read_small(c, 1, 7, &wd) ||
        !expect(c, ')'))
        return false;
    h->month = (int8_t)m, h->nth = (int8_t)nth, h->wd = (int8_t)wd;
    return true;
}

/* "MONTH-DAY" */
static bool holiday_fixed(cursor *c, holiday *h)
{
    int m, d;
    if (!read_small(c, 1, 12, &m) || !expect(c, '-') || !read_small(c, 1, 31, &d))
        return false;
    h->month = (int8_t)m, h->day = (int8_t)d;
    return true;
}

/* "+DAYS", "-DAYS" or nothing */
static bool holiday_plus(cursor *c, holiday *h)
{
    int plus = 0;
    if (is_mark(c, '+')) {
        next_token(c);
        if (!read_small(c, 0, 300, &plus))
            return false;
    } else if (is_mark(c, '-') && !read_small(c, -300, 0, &plus)) {
        return false;
    }
    h->plus = (int16_t)plus;
    return true;
}

static bool holiday_when(cursor *c, holiday *h)
{
    bool ok = true;
    h->month = h->day = h->nth = h->wd = 1;
    if (is_word(c, "easter")) {
        h->kind = HOLIDAY_EASTER;
        next_token(c);
    } else if (is_word(c, "nth")) {
        h->kind = HOLIDAY_NTH;
        next_token(c);
        ok = holiday_nth(c, h);
    } else {
        ok = holiday_fixed(c, h);
    }
    return ok && holiday_plus(c, h);
}

static bool directive_holiday(cursor *c)
{
    holiday h = {0};
    rule_entry r = {.level = (uint8_t)c->rules->level, .cls = CLASS_DATE};
    if (!read_name(c, r.name) || !holiday_when(c, &h) || !expect(c, ':') ||
        !compile_pattern(c, false, &r.code))
        return false;
    holiday *place =
        c->rules->holidays.n < 1000 ? list_add(&c->rules->holidays, sizeof *place) : NULL;
    r.assign = (uint32_t)c->rules->assigns.n, r.n_assign = 1;
    assign *a = list_add(&c->rules->assigns, sizeof *a);
    if (place == NULL || a == NULL)
        return refuse(c, "too many holidays");
    *place = h;
    *a = (assign){.field = F_hol, .term = {(int32_t)c->rules->holidays.n - 1, 0}};
    return add_rule(c, &r);
}

static bool directive(cursor *c)
{
    static const struct {
        const char *name;
        bool (*read)(cursor *);
    } table[] = {
        {"class", directive_class},       {"rule", directive_rule},
        {"define", directive_define},     {"test", directive_test},
        {"level", directive_level},       {"trigger", directive_trigger},
        {"holiday", directive_holiday},   {"suffix", directive_suffix},
        {"language", directive_language},
    };
    next_token(c);
    if (!is_mark(c, '@'))
        return refuse(c, "a line starts with @ and a directive, with # or with a blank");
    next_token(c);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (!is_word(c, table[i].name))
            continue;
        next_token(c);
        if (!table[i].read(c))
            return false;
        return c->type == T_END || refuse(c, "the directive should end here");
    }
    return refuse(
        c,
        "unknown directive; known: class define holiday language level rule suffix test trigger");
}

static const char *line_end(const char *p, const char *end)
{
    const char *nl = memchr(p, '\n', (size_t)(end - p));
    return nl != NULL ? nl : end;
}

bool date_rules_load(date_rules *r, const char *bytes, size_t len, rules_error *err)
{
    cursor c = {
        .p = bytes, .end = bytes + len, .line = 1, .column_base = 1, .err = err, .rules = r};
    *err = (rules_error){0, 0, ""};
    r->level = 1;
    while (c.p < c.end) {
        c.line_start = c.start = c.p, c.column_base = 1;
        const char *eol = line_end(c.p, c.end), *p = c.p;
        while (p < eol && (*p == ' ' || *p == '\t' || *p == '\r'))
            p++;
        if (p == eol || *p == '#')
            c.p = eol;
        else if (!directive(&c))
            return false;
        c.p = line_end(c.p, c.end); /* a directive stops before the newline */
        c.p += c.p < c.end;
        c.line++;
    }
    return true;
}

void date_rules_language(const char *bytes, size_t len, char ret[16])
{
    static const char key[] = "@language ";
    const char *p = bytes, *end = bytes + len;
    ret[0] = '\0';
    for (; p < end; p = line_end(p, end) + 1) {
        if ((size_t)(end - p) < sizeof key || memcmp(p, key, sizeof key - 1) != 0)
            continue;
        size_t n = 0;
        for (p += sizeof key - 1; p + n < end && p[n] > ' ' && n < 15; n++)
            ret[n] = p[n];
        ret[n] = '\0';
        return;
    }
}
