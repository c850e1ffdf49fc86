/* match.c: see match.h: patterns at work, chunk by chunk, level by level; scan.c makes the items.
 * */
#include "match.h"
#include <stdlib.h>
#include <string.h>

enum { STEP_MAX = 3000, CAPTURE_MAX = 64, HOT_REACH = 7, HOT_BEHIND = 3 };

typedef struct capture {
    uint16_t elem;
    uint32_t pos;
} capture;

typedef struct machine {
    const date_rules *rules;
    matches *out;
    const item *items;
    size_t n;
    const item *before; /* the item before the start, or NULL */
    size_t start, best_end;
    uint32_t steps;
    capture cap[CAPTURE_MAX], best[CAPTURE_MAX];
    int n_best;
} machine;

static int32_t item_value(const machine *m, const item *i, uint16_t cls)
{
    if (i->kind == KIND_INT)
        return i->value;
    if (i->kind == KIND_ATOM)
        return frame_get(&chunk_atom(m->out, (size_t)i->value)->f, F_n, 0);
    return date_word_value(m->rules, i->word, cls, 0);
}

/* The number a test looks at; false: not there. */
static bool cond_value(const machine *m, const item *i, const elem *e, uint8_t field, int32_t *ret)
{
    switch (field) {
    case COND_LEN: *ret = i->len; return i->kind == KIND_INT;
    case COND_CAP: return (i->flags & ITEM_CAP) != 0;
    case COND_CAPS: return (i->flags & ITEM_CAPS) != 0;
    case COND_LINE: return (i->flags & ITEM_LINE) != 0;
    case COND_NEWLINE: return (i->flags & ITEM_NEWLINE) != 0;
    case COND_VALUE: *ret = item_value(m, i, e->symbol); return true;
    default: break;
    }
    if (i->kind != KIND_ATOM)
        return false;
    const frame *f = &chunk_atom(m->out, (size_t)i->value)->f;
    *ret = f->v[field];
    return frame_has(f, (frame_field)field);
}

static bool cond_holds(const machine *m, const item *i, const elem *e, const cond *c)
{
    int32_t v = 0;
    bool has = cond_value(m, i, e, c->field, &v);
    switch (c->op) {
    case COND_NOT: return !has;
    case COND_EQ: return has && v == c->value;
    case COND_LE: return has && v <= c->value;
    case COND_GE: return has && v >= c->value;
    default: return has;
    }
}

static bool elem_matches(const machine *m, const elem *e, const item *i)
{
    if (e->flags & ELEM_LITERAL) {
        if (i->word != e->symbol || i->kind == KIND_ATOM)
            return false;
    } else if ((i->mask >> e->symbol & 1) == 0) {
        return false;
    }
    if ((e->flags & ELEM_TIGHT) && (i->flags & ITEM_SPACE))
        return false;
    const cond *conds = m->rules->conds.item; /* NULL when no rule has a condition */
    for (int k = 0; k < e->n_cond; k++)
        if (!cond_holds(m, i, e, &conds[e->cond + k]))
            return false;
    return true;
}

static bool look_holds(const machine *m, const instr *i, size_t pos)
{
    const elem *e = date_elem(m->rules, i->a);
    bool behind = i->op == OP_BEHIND || i->op == OP_NOT_BEHIND;
    const item *at = behind       ? (pos > m->start ? &m->items[pos - 1] : m->before)
                     : pos < m->n ? &m->items[pos]
                                  : NULL;
    bool yes = at != NULL && elem_matches(m, e, at);
    return (i->op == OP_AHEAD || i->op == OP_BEHIND) == yes;
}

static void run(machine *m, uint16_t pc, size_t pos, int n_cap)
{
    const instr *code = m->rules->code.item;
    for (;;) {
        const instr *i = &code[pc];
        if (m->steps++ > STEP_MAX)
            return;
        switch (i->op) {
        case OP_ELEM:
            if (pos >= m->n || n_cap == CAPTURE_MAX ||
                !elem_matches(m, date_elem(m->rules, i->a), &m->items[pos]))
                return;
            m->cap[n_cap++] = (capture){i->a, (uint32_t)pos++};
            pc++;
            break;
        case OP_SPLIT:
            run(m, i->a, pos, n_cap);
            pc = i->b;
            break;
        case OP_JUMP: pc = i->a; break;
        case OP_END:
            if (pos > m->best_end) {
                m->best_end = pos, m->n_best = n_cap;
                memcpy(m->best, m->cap, sizeof *m->cap * (size_t)n_cap);
            }
            return;
        default:
            if (!look_holds(m, i, pos))
                return;
            pc++;
        }
    }
}

static int32_t term_value(const frame *f, const assign *a, int i)
{
    if (a->kind[i] == TERM_NUMBER)
        return a->term[i];
    int32_t v = frame_get(f, (frame_field)a->term[i], 0);
    return a->kind[i] == TERM_MINUS_FIELD && v != VALUE_X ? (int32_t) - (int64_t)v : v;
}

static int32_t compute(const frame *f, const assign *a)
{
    int64_t x = term_value(f, a, 0), y = a->op ? term_value(f, a, 1) : 0;
    if (x == VALUE_X || y == VALUE_X)
        return VALUE_X;
    switch (a->op) {
    case '+': x += y; break;
    case '-': x -= y; break;
    case '*': x *= y; break;
    case '/': x = y != 0 ? x / y : 0; break;
    default: break;
    }
    return x > INT32_MAX ? INT32_MAX : x < -INT32_MAX ? -INT32_MAX : (int32_t)x;
}

static void merge(frame *into, const frame *from)
{
    for (int k = 0; k < FIELD_COUNT; k++)
        if (frame_has(from, (frame_field)k))
            frame_set(into, (frame_field)k, from->v[k]);
}

static void capture_item(const machine *m, const capture *c, frame *f)
{
    const elem *e = date_elem(m->rules, c->elem);
    const item *i = &m->items[c->pos];
    if ((e->flags & ELEM_MERGE) && i->kind == KIND_ATOM)
        merge(f, &chunk_atom(m->out, (size_t)i->value)->f);
    if (e->capture < 0)
        return;
    bool index = e->capture == F_a || e->capture == F_b;
    frame_set(f, (frame_field)e->capture,
              index && i->kind == KIND_ATOM ? i->value : item_value(m, i, e->symbol));
}

static atom *make_atom(machine *m, uint16_t rule_index, size_t from, size_t to)
{
    atom made = {.start = m->items[from].start,
                 .end = m->items[to - 1].end,
                 .rule = rule_index,
                 .cls = date_rule(m->rules, rule_index)->cls};
    for (int i = 0; i < m->n_best; i++)
        capture_item(m, &m->best[i], &made.f);
    const rule_entry *r = date_rule(m->rules, rule_index);
    for (uint32_t i = 0; i < r->n_assign; i++) {
        const assign *a = (const assign *)m->rules->assigns.item + r->assign + i;
        frame_set(&made.f, (frame_field)a->field, compute(&made.f, a));
    }
    atom *place = m->out->atoms.n < INT32_MAX ? list_add(&m->out->atoms, sizeof *place) : NULL;
    if (place != NULL)
        *place = made;
    return place;
}

/* What an item starts rules as; false: nothing of this level starts here. */
static bool starts(const machine *m, int level, const item *i, size_t *ret_symbol)
{
    uint8_t cls = CLASS_INT;
    if (i->word >= 0) {
        *ret_symbol = (size_t)i->word;
        return (date_word(m->rules, (size_t)i->word)->levels >> level & 1) != 0;
    }
    if (i->kind == KIND_ATOM)
        cls = chunk_atom(m->out, (size_t)i->value)->cls;
    else if (i->kind != KIND_INT)
        return false;
    *ret_symbol = m->rules->words.n + cls;
    return (m->rules->class_levels[cls] >> level & 1) != 0;
}

/* The longest match at pos, the first rule of equals; returns its end, or pos. */
static size_t match_at(machine *m, int level, size_t pos, uint16_t *ret_rule)
{
    size_t symbol, n;
    if (!starts(m, level, &m->items[pos], &symbol))
        return pos;
    const rule_start *rules = date_rules_starting(m->rules, level, symbol, &n);
    m->start = m->best_end = pos;
    /* what the next k items hold */
    uint64_t classes[NEED_WINDOW + 1] = {0}, words[NEED_WINDOW + 1] = {0};
    for (size_t k = 0; k < NEED_WINDOW; k++) {
        const item *i = pos + k < m->n ? &m->items[pos + k] : NULL;
        classes[k + 1] = classes[k] | (i != NULL ? i->mask : 0);
        words[k + 1] =
            words[k] | (i != NULL && i->word >= 0 ? date_word_bit((unsigned)i->word) : 0);
    }
    for (size_t k = 0; k < n; k++) {
        const rule_start *r = &rules[k];
        if ((r->need_class & ~classes[r->longest]) != 0 || (r->need_word & ~words[r->longest]) != 0)
            continue;
        size_t before = m->best_end;
        m->steps = 0;
        run(m, r->code, pos, 0);
        m->out->given_up += m->steps > STEP_MAX;
        if (m->best_end > before)
            *ret_rule = r->rule;
    }
    return m->best_end;
}

/* Rules are tried near triggers only: up to HOT_REACH items before one, HOT_BEHIND after. Returns
 * where to go on. */
static size_t next_near(const item *items, size_t n, size_t from, size_t last_hot, uint8_t trigger)
{
    if (from - last_hot <= HOT_BEHIND)
        return from;
    size_t hot = from;
    while (hot < n && !(items[hot].flags & trigger))
        hot++;
    return hot == n ? n : hot - from > HOT_REACH ? hot - HOT_REACH : from;
}

/* One level over the chunk, in place: a match becomes one item. */
static bool run_level(machine *m, int level)
{
    item *items = m->out->items.item;
    size_t kept = 0, last_hot = SIZE_MAX / 2;
    uint8_t trigger = m->rules->needs_result[level] ? ITEM_RESULT : ITEM_HOT;
    for (size_t i = 0; i < m->n;) {
        uint16_t rule_index = 0;
        if (!wn_beat(m->out->pulse))
            return false;
        size_t near = next_near(items, m->n, i, last_hot, trigger);
        if (near > i) {
            if (kept != i)
                memmove(items + kept, items + i, (near - i) * sizeof *items);
            kept += near - i, i = near;
            continue;
        }
        m->before = kept > 0 ? &items[kept - 1] : NULL;
        size_t end = match_at(m, level, i, &rule_index);
        if (end == i) {
            last_hot = items[i].flags & trigger ? i : last_hot;
            items[kept++] = items[i++];
            continue;
        }
        atom *a = make_atom(m, rule_index, i, end);
        if (a == NULL)
            return false;
        items[kept++] = (item){.mask = UINT64_C(1) << CLASS_ANY | UINT64_C(1) << a->cls,
                               .start = a->start,
                               .end = a->end,
                               .word = -1,
                               .kind = KIND_ATOM,
                               .value = (int32_t)(m->out->atoms.n - 1),
                               .flags = (uint8_t)(items[i].flags | ITEM_HOT |
                                                  (a->cls == CLASS_NONE ? 0 : ITEM_RESULT))};
        last_hot = end - 1;
        i = end;
    }
    m->out->items.n = m->n = kept;
    return true;
}

/* Keep an atom of the chunk; *ret_index is its index. */
static bool keep(matches *m, const atom *a, int32_t *ret_index)
{
    kept_atom *k = m->kept.n < INT32_MAX ? list_add(&m->kept, sizeof *k) : NULL;
    if (k == NULL)
        return false;
    *k = (kept_atom){a->start, a->end, (uint32_t)m->values.n, a->rule, a->cls, a->tense, a->f.set};
    *ret_index = (int32_t)(m->kept.n - 1);
    for (int f = 0; f < FIELD_COUNT; f++) {
        int32_t *v =
            frame_has(&a->f, (frame_field)f) ? list_add(&m->values, sizeof *v) : &(int32_t){0};
        if (v == NULL)
            return false;
        *v = a->f.v[f];
    }
    return true;
}

/* A side of a range; a rule file may put anything into the field. */
static bool keep_side(matches *m, atom *a, frame_field side)
{
    int32_t index = frame_get(&a->f, side, -1);
    bool is_result = index >= 0 && (size_t)index < m->atoms.n &&
                     chunk_atom(m, (size_t)index)->start >= a->start &&
                     chunk_atom(m, (size_t)index)->end <= a->end;
    if (!is_result) {
        frame_drop(&a->f, side);
        return true;
    }
    return keep(m, chunk_atom(m, (size_t)index), &a->f.v[side]);
}

static bool report(machine *m, const char *text, const uint32_t *sentence_end, size_t n_sentences)
{
    for (size_t i = 0; i < m->n; i++) {
        if (m->items[i].kind != KIND_ATOM)
            continue;
        atom a = *chunk_atom(m->out, (size_t)m->items[i].value);
        if (a.cls < CLASS_DATE || a.cls > CLASS_RANGE)
            continue;
        a.tense = (int8_t)date_tense(m->rules, text, m->items, m->n, i, sentence_end, n_sentences);
        int32_t index;
        if (a.cls == CLASS_RANGE && (!keep_side(m->out, &a, F_a) || !keep_side(m->out, &a, F_b)))
            return false;
        uint32_t *place = keep(m->out, &a, &index) ? list_add(&m->out->found, sizeof *place) : NULL;
        if (place == NULL || !wn_beat(m->out->pulse))
            return false;
        *place = (uint32_t)index;
    }
    return true;
}

atom match_atom(const matches *m, size_t index)
{
    const kept_atom *k = (const kept_atom *)m->kept.item + index;
    uint32_t at = k->values;
    atom a = {.start = k->start,
              .end = k->end,
              .rule = k->rule,
              .cls = k->cls,
              .tense = k->tense,
              .f = {.set = k->set}};
    for (int f = 0; f < FIELD_COUNT; f++)
        if (frame_has(&a.f, (frame_field)f))
            a.f.v[f] = ((const int32_t *)m->values.item)[at++];
    return a;
}

bool date_match(const date_rules *rules, const char *text, uint32_t len,
                const uint32_t *sentence_end, size_t n, matches *out)
{
    for (uint32_t at = 0; at < len;) {
        bool hot;
        out->atoms.n = 0;
        at = date_scan(rules, text, at, len, &out->items, &hot);
        if (at == UINT32_MAX || !wn_beats(out->pulse, 1 + (uint32_t)out->items.n / 16))
            return false;
        if (!hot)
            continue;
        machine m = {.rules = rules, .out = out, .items = out->items.item, .n = out->items.n};
        for (int level = 0; level < rules->n_levels; level++)
            if (!run_level(&m, level))
                return false;
        if (!report(&m, text, sentence_end, n))
            return false;
    }
    return true;
}

void matches_clear(matches *m)
{
    m->items.n = m->atoms.n = m->kept.n = m->values.n = m->found.n = 0;
    m->given_up = 0;
}

void matches_release(matches *m)
{
    free(m->items.item);
    free(m->atoms.item);
    free(m->kept.item);
    free(m->values.item);
    free(m->found.item);
    *m = (matches){.given_up = 0};
}
