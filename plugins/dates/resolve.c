/* resolve.c: see resolve.h: ranges, durations and sets; resolve_point.c resolves dates and times.
 * */
#include "resolve_task.h"
#include <stdio.h>
#include <string.h>

const char *mod_name(int mod)
{
    static const char *const names[] = {NULL,         "START",         "MID",
                                        "END",        "APPROX",        "LESS_THAN",
                                        "MORE_THAN",  "EQUAL_OR_LESS", "EQUAL_OR_MORE",
                                        "BEFORE",     "AFTER",         "ON_OR_BEFORE",
                                        "ON_OR_AFTER"};
    return mod >= 0 && mod <= MOD_ON_OR_AFTER ? names[mod] : NULL;
}

const char *quant_name(int quant)
{
    static const char *const names[] = {"EVERY", "EACH", "SOME"};
    return quant >= 0 && quant <= QUANT_SOME ? names[quant] : NULL;
}

static task start_task(resolver *r, const atom *a, const frame *f)
{
    return (task){.r = r, .a = a, .f = f, .p = point_unknown(U_DAY), .anchor = ANCHOR_NONE};
}

static void remember(resolver *r, const task *t)
{
    int64_t b, e;
    if (t->reason != NULL || !point_days(&t->p, &b, &e))
        return;
    r->last = t->p, r->last_at = t->a->start;
    if (t->p.gran <= U_DAY || t->p.gran == U_PART)
        r->last_day = point_day(b), r->last_day_at = t->a->start;
    if ((t->p.gran == U_QUARTER || t->p.gran == U_HALF) && !t->shifted_period)
        r->period = t->p, r->period_at = t->a->start;
}

static void finish(const task *t, date_value *v)
{
    v->anchor = t->anchor, v->reason = t->reason, v->gran = t->p.gran, v->zone = t->p.zone;
    v->status =
        t->reason != NULL ? STATUS_OPEN
        : t->used_mention || (t->anchor == ANCHOR_DOCUMENT && t->r->options.document_inferred)
            ? STATUS_INFERRED
            : STATUS_RESOLVED;
    v->absolute = frame_has(&t->a->f, F_y) && t->reason == NULL;
}

static void do_point(resolver *r, const atom *a, date_value *v)
{
    static const char *const refs[] = {"PAST_REF", "PRESENT_REF", "FUTURE_REF"};
    task t = start_task(r, a, &a->f);
    int32_t rel = frame_get(&a->f, F_rel, 0), ref = frame_get(&a->f, F_ref, -1);
    if (ref < 0 && frame_has(&a->f, F_rel) && (rel == VALUE_X || rel == -VALUE_X))
        ref = frame_get(&a->f, F_dir, -1) < 0 ? REF_PAST : REF_FUTURE;
    if (ref >= 0 && ref <= REF_FUTURE) {
        (void)snprintf(v->value, sizeof v->value, "%s", refs[ref]);
        v->anchor = ANCHOR_NONE;
        return;
    }
    resolve_point(&t);
    point_format(&t.p, v->value, sizeof v->value);
    v->has_days = point_days(&t.p, &v->begin, &v->end_day);
    v->type = t.p.gran == U_PART ? CLASS_TIME : v->type;
    finish(&t, v);
    remember(r, &t);
}

/* ---- ranges: each side lends the other what it does not say */

static bool may_lend(frame_field k, const frame *from, const frame *to)
{
    switch (k) {
    case F_y:
        return !frame_has(to, F_yy) &&
               (frame_has(to, F_m) || (frame_has(to, F_d) && frame_has(from, F_m)));
    case F_m: return frame_has(to, F_d);
    case F_pm:
    case F_era:
    case F_zone: return true;
    default: return false;
    }
}

static void lend(const frame *from, frame *to)
{
    if (frame_has(to, F_rel) || frame_has(from, F_rel))
        return;
    for (int k = 0; k < FIELD_COUNT; k++)
        if (frame_has(from, (frame_field)k) && !frame_has(to, (frame_field)k) &&
            may_lend((frame_field)k, from, to))
            frame_set(to, (frame_field)k, from->v[k]);
}

static void do_range(resolver *r, const atom *a, date_value *v)
{
    atom first = match_atom(r->found, (size_t)a->f.v[F_a]),
         second = match_atom(r->found, (size_t)a->f.v[F_b]);
    char right[VALUE_MAX / 2];
    lend(&second.f, &first.f);
    lend(&first.f, &second.f);
    first.tense = second.tense = a->tense;
    task t = start_task(r, &first, &first.f), u = start_task(r, &second, &second.f);
    resolve_point(&t);
    resolve_point(&u);
    int64_t b1, e1, b2, e2;
    bool known = point_days(&t.p, &b1, &e1) && point_days(&u.p, &b2, &e2);
    if (known && b2 < b1 && !frame_has(&second.f, F_y) && u.p.y < YEAR_MAX && u.p.gran != U_WEEK) {
        u.p.y++; /* "November to February" */
        known = point_days(&u.p, &b2, &e2);
    }
    if (known && b2 < b1)
        (void)open_for(&t, "the end lies before the begin");
    point_format(&t.p, v->value, VALUE_MAX / 2);
    point_format(&u.p, right, sizeof right);
    size_t n = strlen(v->value);
    (void)snprintf(v->value + n, sizeof v->value - n, "/%s", right);
    v->has_days = known && b1 < e2 && t.reason == NULL;
    if (v->has_days)
        v->begin = b1, v->end_day = e2;
    if (t.reason == NULL)
        t.reason = u.reason;
    t.used_mention |= u.used_mention;
    finish(&t, v);
    v->type = t.p.gran == U_PART ? CLASS_TIME : CLASS_DATE;
    v->is_range = true;
    v->part[0] = first.start, v->part[1] = first.end, v->part[2] = second.start,
    v->part[3] = second.end;
    remember(r, &t);
    u.a = a;
    remember(r, &u);
}

/* ---- durations and sets */

static int unit_of(const frame *f, int otherwise)
{
    int32_t unit = frame_get(f, F_unit, otherwise);
    return unit >= U_SECOND && unit <= U_ANY ? unit : otherwise;
}

/* The other end of a span of n units (below 0: back) from a day that begins at b. */
static bool far_end(const date_point *from, int64_t b, int64_t n, int unit, int64_t *ret)
{
    static const int32_t months[] = {
        [U_MONTH] = 1,    [U_QUARTER] = 3,    [U_HALF] = 6,          [U_YEAR] = 12,
        [U_DECADE] = 120, [U_CENTURY] = 1200, [U_MILLENNIUM] = 12000};
    date_point to;
    if (months[unit] > 0) {
        *ret = add_months(b, n * months[unit]);
        return true;
    }
    *ret = b + n * (unit == U_DAY ? 1 : unit == U_FORTNIGHT ? 14 : 7);
    return point_shift(from, n, unit == U_SEASON ? U_DAY : unit, &to);
}

static void do_duration(resolver *r, const atom *a, date_value *v)
{
    const frame *f = &a->f;
    int unit = unit_of(f, U_ANY), span = frame_get(f, F_span, 0);
    span = span > 0 ? 1 : span < 0 ? -1 : 0;
    int32_t n = frame_get(f, F_n, VALUE_X);
    duration_format(n, frame_get(f, F_num, 0), frame_get(f, F_den, 0), unit, v->value,
                    sizeof v->value);
    v->anchor = ANCHOR_NONE, v->gran = (uint8_t)unit;
    if (span == 0 || n == VALUE_X || n < 0 || unit < U_DAY || unit == U_ANY)
        return;
    task t = start_task(r, a, f);
    date_point from;
    int64_t b = 0, e, other = 0;
    bool ok = anchor_point(&t, U_DAY, &from) && n <= YEAR_MAX && point_days(&from, &b, &e) &&
              far_end(&from, b, (int64_t)n * span, unit, &other);
    finish(&t, v);
    v->has_days = ok && other != b;
    if (v->has_days)
        v->begin = span < 0 ? other : b, v->end_day = span < 0 ? b : other;
}

static void do_set(resolver *r, const atom *a, date_value *v)
{
    frame f = a->f;
    if (!frame_has(&f, F_wd) && !frame_has(&f, F_m) && !frame_has(&f, F_q) &&
        !frame_has(&f, F_season) && !frame_has(&f, F_part) && !frame_has(&f, F_hour) &&
        !frame_has(&f, F_weekend)) {
        duration_format(frame_get(&f, F_n, 1), 0, 0, unit_of(&f, U_ANY), v->value, sizeof v->value);
    } else {
        resolver blank;
        resolver_start(&blank, r->rules, r->found, &(resolve_options){.numeric_order = r->order});
        frame_drop(&f, F_rel);
        task t = start_task(&blank, a, &f);
        resolve_point(&t);
        point_format(&t.p, v->value, sizeof v->value);
    }
    if (frame_has(&f, F_freq) && f.v[F_freq] > 0)
        (void)snprintf(v->freq, sizeof v->freq, "%dX", f.v[F_freq]);
    v->anchor = ANCHOR_NONE;
}

/* What 03/04 means, from the other dates of the text, unless it is told. */
int resolve_order(const matches *found, int told)
{
    const uint32_t *index = found->found.item;
    int order = told;
    for (size_t i = 0; order == ORDER_AUTO && i < found->found.n; i++) {
        atom a = match_atom(found, index[i]);
        if (frame_has(&a.f, F_f1) && frame_has(&a.f, F_f2))
            order = a.f.v[F_f1] > 12 ? ORDER_DMY : a.f.v[F_f2] > 12 ? ORDER_MDY : ORDER_AUTO;
    }
    return order;
}

void resolver_start(resolver *r, const date_rules *rules, const matches *found,
                    const resolve_options *options)
{
    *r = (resolver){.rules = rules,
                    .found = found,
                    .options = *options,
                    .order = options->numeric_order,
                    .last_at = UINT32_MAX,
                    .last_day_at = UINT32_MAX,
                    .period_at = UINT32_MAX};
}

void resolve_next(resolver *r, size_t index, date_value *v)
{
    const atom kept = match_atom(r->found, index), *a = &kept;
    *v = (date_value){.start = a->start,
                      .end = a->end,
                      .type = a->cls,
                      .status = STATUS_RESOLVED,
                      .quant = -1,
                      .tense = a->tense,
                      .anchor = ANCHOR_NONE,
                      .zone = ZONE_UNKNOWN,
                      .rule = date_rule(r->rules, a->rule)->name};
    v->mod = (uint8_t)frame_get(&a->f, F_mod, MOD_NONE);
    if (mod_name(v->mod) == NULL)
        v->mod = MOD_NONE;
    if (frame_has(&a->f, F_quant))
        v->quant = (int8_t)(quant_name(a->f.v[F_quant]) ? a->f.v[F_quant] : -1);
    bool range = a->cls == CLASS_RANGE && frame_has(&a->f, F_a) && frame_has(&a->f, F_b);
    if (a->cls == CLASS_DURATION)
        do_duration(r, a, v);
    else if (a->cls == CLASS_SET)
        do_set(r, a, v);
    else if (range)
        do_range(r, a, v);
    else
        do_point(r, a, v);
}
