/* dispatch.c: after all rules were read: which of them may start with a symbol, and what each needs
 * to match. */
#include "dates/rules.h"
#include <stdlib.h>
#include <string.h>

/* What may come first in a match of a rule: classes, and some literals of a shared list. */
typedef struct rule_first {
    uint64_t classes, literal_bits; /* of literals: date_word_bit, to be quick */
    size_t literal, n_literals, rule;
    bool anything; /* too many ways to tell */
} rule_first;

/* of the rules of one level */
typedef struct firsts {
    list rules, literals; /* rule_first; size_t: words */
} firsts;

static bool note_first(const date_rules *r, size_t rule, firsts *f)
{
    uint16_t stack[256];
    int n = 0;
    stack[n++] = date_rule(r, rule)->code;
    const instr *code = r->code.item;
    rule_first *ret = list_add(&f->rules, sizeof *ret);
    if (ret == NULL)
        return false;
    *ret = (rule_first){.literal = f->literals.n, .rule = rule};
    while (n > 0) {
        const instr *i = &code[stack[--n]];
        uint16_t next = (uint16_t)(i - code + 1);
        const elem *e;
        size_t *literal;
        switch (i->op) {
        case OP_ELEM:
            e = date_elem(r, i->a);
            if (!(e->flags & ELEM_LITERAL)) {
                ret->classes |= UINT64_C(1) << e->symbol;
                break;
            }
            if ((literal = list_add(&f->literals, sizeof *literal)) == NULL)
                return false;
            *literal = e->symbol;
            ret->literal_bits |= date_word_bit(e->symbol);
            ret->n_literals++;
            break;
        case OP_JUMP: stack[n++] = i->a; break;
        case OP_SPLIT:
            ret->anything = n + 2 > (int)(sizeof stack / sizeof *stack);
            if (ret->anything)
                return true;
            stack[n++] = i->a, stack[n++] = i->b;
            break;
        case OP_END: return true;
        default: stack[n++] = next; break;
        }
    }
    return true;
}

static bool may_start(const firsts *f, const rule_first *q, size_t symbol, uint64_t mask,
                      uint64_t word_bit)
{
    bool hit = q->anything || (q->classes & mask) != 0;
    for (size_t i = 0; (q->literal_bits & word_bit) != 0 && i < q->n_literals && !hit; i++)
        hit = ((const size_t *)f->literals.item)[q->literal + i] == symbol;
    return hit;
}

static bool add_first(date_rules *r, const firsts *f, int level, size_t symbol, uint64_t mask,
                      uint8_t *ret_levels)
{
    size_t before = r->first.n;
    uint64_t word_bit = date_word_bit((unsigned)symbol);
    const rule_first *rule = f->rules.item;
    for (size_t i = 0; i < f->rules.n; i++) {
        if (!may_start(f, &rule[i], symbol, mask, word_bit))
            continue;
        rule_start *place = list_add(&r->first, sizeof *place);
        const rule_entry *q = date_rule(r, rule[i].rule);
        if (place == NULL)
            return false;
        *place =
            (rule_start){q->need_class, q->need_word, (uint16_t)rule[i].rule, q->code, q->longest};
    }
    uint32_t *end = list_add(&r->first_of, sizeof *end);
    if (end == NULL)
        return false;
    *end = (uint32_t)r->first.n;
    if (r->first.n > before)
        *ret_levels |= (uint8_t)(1 << level);
    return true;
}

static bool add_level(date_rules *r, firsts *f, int level)
{
    lex_word *words = r->words.item;
    f->rules.n = f->literals.n = 0;
    for (size_t i = 0; i < r->rules.n; i++)
        if (date_rule(r, i)->level == level && !note_first(r, i, f))
            return false;
    for (size_t w = 0; w < r->words.n; w++)
        if (!add_first(r, f, level, w, words[w].mask, &words[w].levels))
            return false;
    for (int cls = 0; cls < r->n_classes; cls++)
        if (!add_first(r, f, level, r->words.n + (size_t)cls, UINT64_C(1) << cls,
                       &r->class_levels[cls]))
            return false;
    return true;
}

typedef struct need {
    uint64_t cls, word;
    uint8_t longest;
} need;

static need join(need a, need b)
{
    return (need){a.cls & b.cls, a.word & b.word, a.longest > b.longest ? a.longest : b.longest};
}

/* What every match of a rule must contain; targets lie ahead, so one pass from the end does it. */
static bool find_needs(date_rules *r)
{
    const instr *code = r->code.item;
    need *at = calloc(r->code.n + 1, sizeof *at);
    if (at == NULL)
        return false;
    for (size_t i = r->code.n; i-- > 0;) {
        const elem *e;
        switch (code[i].op) {
        case OP_END: break;
        case OP_JUMP: at[i] = at[code[i].a]; break;
        case OP_SPLIT: at[i] = join(at[code[i].a], at[code[i].b]); break;
        case OP_ELEM:
            e = date_elem(r, code[i].a);
            at[i] = at[i + 1];
            at[i].longest = (uint8_t)(at[i].longest < 255 ? at[i].longest + 1 : 255);
            if (e->flags & ELEM_LITERAL)
                at[i].word |= date_word_bit(e->symbol);
            else
                at[i].cls |= UINT64_C(1) << e->symbol;
            break;
        default: at[i] = at[i + 1]; break;
        }
    }
    for (size_t i = 0; i < r->rules.n; i++) {
        rule_entry *q = (rule_entry *)r->rules.item + i;
        q->longest = NEED_WINDOW;
        if (at[q->code].longest <= NEED_WINDOW)
            q->longest = at[q->code].longest, q->need_class = at[q->code].cls,
            q->need_word = at[q->code].word;
    }
    free(at);
    return true;
}

static void find_levels(date_rules *r)
{
    uint64_t results = 0;
    for (int level = 0; level < r->n_levels; level++) {
        uint64_t made = 0;
        r->needs_result[level] = true;
        for (size_t i = 0; i < r->rules.n; i++) {
            const rule_entry *q = date_rule(r, i);
            if (q->level != level)
                continue;
            made |= UINT64_C(1) << q->cls;
            r->needs_result[level] &= (q->need_class & results) != 0;
        }
        results |= made & ~(UINT64_C(1) << CLASS_NONE);
    }
}

/* The classes that the code knows by their names. */
static void find_named_classes(date_rules *r)
{
    const struct {
        const char *name;
        int *ret;
    } named[] = {{"VERB", &r->verb},
                 {"TOWARDS", &r->towards},
                 {"LABEL", &r->label},
                 {"MONTH", &r->month},
                 {"MONTHAB", &r->month_short}};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        *named[i].ret = date_class_find(r, named[i].name, strlen(named[i].name));
}

bool date_rules_finish(date_rules *r, rules_error *err)
{
    *err = (rules_error){0, 0, ""};
    if (r->language[0] == '\0') {
        *err = (rules_error){1, 1, "the rules name no language: add a line like \"@language en\""};
        return false;
    }
    if (!find_needs(r))
        return false;
    find_levels(r);
    if (list_add(&r->first_of, sizeof(uint32_t)) == NULL)
        return false;
    find_named_classes(r);
    firsts f = {0};
    r->finished = true;
    for (int level = 0; level < r->n_levels; level++)
        r->finished = r->finished && add_level(r, &f, level);
    free(f.literals.item);
    free(f.rules.item);
    return r->finished;
}
