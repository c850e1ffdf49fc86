/* pattern.c: patterns to code. sequence := item*; item := prefixes (word | "text" | CLASS |
 * (alternatives)) [tests] ? */
#include "rulefile.h"
#include <string.h>

enum { NEST_MAX = 12, BRANCH_MAX = 100 };

typedef struct context {
    int8_t capture; /* of the group around, or -1 */
    int nest, branches;
} context;

static bool alternatives(cursor *c, context ctx);

static uint16_t here(const cursor *c)
{
    return (uint16_t)c->rules->code.n;
}

static instr *code_at(const cursor *c, uint16_t at)
{
    return (instr *)c->rules->code.item + at;
}

static bool put(cursor *c, uint8_t op, uint16_t a, uint16_t b)
{
    if (c->rules->code.n >= CODE_MAX)
        return refuse(c,
                      "the rules are too big: at most %d pattern steps; split the file by language",
                      CODE_MAX);
    instr *i = list_add(&c->rules->code, sizeof *i);
    if (i == NULL)
        return refuse(c, "out of memory");
    *i = (instr){op, a, b};
    return true;
}

int class_of(cursor *c, const char *name, size_t len)
{
    date_rules *r = c->rules;
    int found = date_class_find(r, name, len);
    if (found >= 0)
        return found;
    if (r->n_classes == CLASS_MAX || len >= NAME_MAX_LEN) {
        (void)refuse(c, "too many classes or too long a name: at most %d names of %d letters",
                     CLASS_MAX, NAME_MAX_LEN - 1);
        return -1;
    }
    memcpy(r->class_name[r->n_classes], name, len);
    return r->n_classes++;
}

static int cond_field(const cursor *c)
{
    static const char *const names[] = {"len", "cap", "caps", "line", "newline", "value"};
    for (int i = 0; i < 6; i++)
        if (is_word(c, names[i]))
            return COND_LEN + i;
    return field_find(c->start, c->len);
}

static bool cond_operand(cursor *c, cond *ret)
{
    bool minus = is_mark(c, '-');
    if (minus)
        next_token(c);
    if (c->type == T_NUMBER)
        ret->value = c->number;
    else if (c->type != T_NAME || !symbol_value(c->start, c->len, &ret->value))
        return refuse(c, "expected a number or a symbol after the comparison");
    if (minus)
        ret->value = -ret->value;
    next_token(c);
    return true;
}

static bool condition(cursor *c, cond *ret)
{
    ret->op = COND_HAS;
    if (is_mark(c, '!'))
        ret->op = COND_NOT, next_token(c);
    int field = c->type == T_NAME ? cond_field(c) : -1;
    if (field < 0)
        return refuse(c, "unknown field in a test: use a field of README.md, len, cap, caps, line, "
                         "newline or value");
    ret->field = (uint8_t)field;
    next_token(c);
    if (!is_mark(c, '=') && !is_mark(c, '<') && !is_mark(c, '>'))
        return true;
    ret->op = is_mark(c, '=') ? COND_EQ : is_mark(c, '<') ? COND_LE : COND_GE;
    next_token(c);
    if (ret->op != COND_EQ) {
        if (!is_mark(c, '='))
            return refuse(c, "expected <= or >=");
        next_token(c);
    }
    return cond_operand(c, ret);
}

static bool conditions(cursor *c, elem *e)
{
    if (!is_mark(c, '['))
        return true;
    e->cond = (uint16_t)c->rules->conds.n;
    do {
        next_token(c);
        cond test = {0};
        if (!condition(c, &test))
            return false;
        cond *place =
            c->rules->conds.n < UINT16_MAX ? list_add(&c->rules->conds, sizeof *place) : NULL;
        if (place == NULL)
            return refuse(c, "too many tests in the rules");
        *place = test, e->n_cond++;
    } while (is_mark(c, ','));
    if (!is_mark(c, ']'))
        return refuse(c, "expected , or ] after a test");
    next_token(c);
    return true;
}

static bool literal(cursor *c, elem *e)
{
    int word = c->len > 0 ? date_word_add(c->rules, c->start, c->len) : -1;
    if (word < 0)
        return refuse(c, "a word of a pattern has 1 to %d bytes", WORD_MAX);
    e->symbol = (uint16_t)word, e->flags |= ELEM_LITERAL;
    return true;
}

static const macro *find_macro(const cursor *c)
{
    const macro *m = c->rules->macros.item;
    for (size_t i = 0; c->type == T_NAME && i < c->rules->macros.n; i++)
        if (strlen(m[i].name) == c->len && memcmp(m[i].name, c->start, c->len) == 0)
            return &m[i];
    return NULL;
}

static bool expand(cursor *c, const macro *m, context ctx)
{
    const char *pool = c->rules->pool.item, *text = m->len > 0 ? pool + m->at : "";
    cursor inner = *c;
    inner.p = inner.line_start = text, inner.end = text + m->len, inner.line = m->line,
    inner.column_base = m->column;
    next_token(&inner);
    if (!alternatives(&inner, ctx))
        return false;
    if (inner.type != T_END)
        return refuse(&inner, "the definition does not end here: a bracket too many");
    next_token(c);
    return true;
}

static bool element(cursor *c, context ctx, uint8_t flags, uint8_t op)
{
    elem e = {0, flags, ctx.capture, 0, 0};
    bool upper = c->type == T_NAME && *c->start >= 'A' && *c->start <= 'Z';
    if (upper) {
        int cls = date_class_find(c->rules, c->start, c->len);
        if (cls < 0)
            return refuse(c, "class or definition \"%.*s\" is not known (yet): define it above",
                          (int)c->len, c->start);
        e.symbol = (uint16_t)cls;
    } else if (c->type == T_NAME || c->type == T_STRING || c->type == T_MARK) {
        if (!literal(c, &e))
            return false;
        e.capture = -1;
    } else {
        return refuse(c, "expected a word, a CLASS, \"text\" or ( here");
    }
    next_token(c);
    if (!conditions(c, &e))
        return false;
    elem *place = c->rules->elems.n < UINT16_MAX ? list_add(&c->rules->elems, sizeof *place) : NULL;
    if (place == NULL)
        return refuse(c, "too many elements in the rules");
    *place = e;
    return put(c, op, (uint16_t)(c->rules->elems.n - 1), 0);
}

static uint8_t prefix_look(cursor *c)
{
    bool negative = is_mark(c, '!');
    if (!negative && !is_mark(c, '='))
        return OP_ELEM;
    next_token(c);
    if (!is_mark(c, '<'))
        return negative ? OP_NOT_AHEAD : OP_AHEAD;
    next_token(c);
    return negative ? OP_NOT_BEHIND : OP_BEHIND;
}

static void prefix_capture(cursor *c, context *ctx)
{
    cursor saved = *c;
    int field = c->type == T_NAME ? field_find(c->start, c->len) : -1;
    if (field < 0)
        return;
    next_token(c);
    if (is_mark(c, ':') && !c->space_before) {
        next_token(c);
        ctx->capture = (int8_t)field;
    } else {
        *c = saved;
    }
}

static bool item_body(cursor *c, context ctx)
{
    uint8_t op = prefix_look(c), flags = 0;
    for (; is_mark(c, '~') || is_mark(c, '+'); next_token(c))
        flags |= is_mark(c, '~') ? ELEM_TIGHT : ELEM_MERGE;
    prefix_capture(c, &ctx);
    const macro *m = find_macro(c);
    if ((m != NULL || is_mark(c, '(')) && (op != OP_ELEM || flags != 0))
        return refuse(c, "!, =, ~ and + go before a single word or class, not before a group");
    ctx.branches = 0;
    if (++ctx.nest > NEST_MAX)
        return refuse(c, "groups are nested too deep: at most %d", NEST_MAX);
    if (m != NULL)
        return expand(c, m, ctx);
    if (!is_mark(c, '('))
        return element(c, ctx, flags, op);
    next_token(c);
    if (!alternatives(c, ctx))
        return false;
    if (!is_mark(c, ')'))
        return refuse(c, "expected ) or | here");
    next_token(c);
    return true;
}

/* Room for a SPLIT before code that is already there: what follows `at` moves by one. */
static bool insert_split(cursor *c, uint16_t at)
{
    if (!put(c, OP_SPLIT, 0, 0))
        return false;
    instr *code = c->rules->code.item;
    for (uint16_t i = (uint16_t)(here(c) - 1); i > at; i--) {
        code[i] = code[i - 1];
        if (code[i].op == OP_SPLIT || code[i].op == OP_JUMP)
            code[i].a++, code[i].b++;
    }
    code[at] = (instr){OP_SPLIT, (uint16_t)(at + 1), 0};
    return true;
}

static bool item(cursor *c, context ctx)
{
    uint16_t at = here(c);
    if (!item_body(c, ctx))
        return false;
    if (!is_mark(c, '?'))
        return true;
    next_token(c);
    if (!insert_split(c, at))
        return false;
    code_at(c, at)->b = here(c);
    return true;
}

static bool sequence(cursor *c, context ctx)
{
    while (c->type != T_END && c->type != T_ARROW && !is_mark(c, '|') && !is_mark(c, ')'))
        if (!item(c, ctx))
            return false;
    return true;
}

static bool alternatives(cursor *c, context ctx)
{
    uint16_t at = here(c);
    if (!sequence(c, ctx))
        return false;
    if (!is_mark(c, '|'))
        return true;
    next_token(c);
    if (!insert_split(c, at))
        return false;
    uint16_t jump = here(c);
    if (!put(c, OP_JUMP, 0, 0))
        return false;
    code_at(c, at)->b = here(c);
    if (++ctx.branches > BRANCH_MAX)
        return refuse(c, "too many alternatives in one group: make a class of them");
    if (!alternatives(c, ctx))
        return false;
    code_at(c, jump)->a = here(c);
    return true;
}

bool compile_pattern(cursor *c, bool to_arrow, uint16_t *ret_code)
{
    *ret_code = here(c);
    if (!alternatives(c, (context){-1, 0, 0}))
        return false;
    if (c->type != (to_arrow ? T_ARROW : T_END))
        return refuse(c, to_arrow ? "expected -> and a type after the pattern"
                                  : "unexpected mark in the pattern");
    if (here(c) == *ret_code)
        return refuse(c, "the pattern is empty");
    return put(c, OP_END, 0, 0);
}
