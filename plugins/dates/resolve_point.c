/* resolve_point.c: one point in time: its year, its month or week, its day, its hour, from what is
 * said and meant. */
#include "resolve_task.h"

enum {
    NEAR_MENTION = 400,
    NEAR_PERIOD = 1500,
    AGAINST_TENSE = 3,
    NEAR_STORY = 250,
    STORY_AGE = 10
};

static const char no_document_date[] = "no document date";
static const char no_mention[] = "no earlier date in the text to count from";
static const char not_a_date[] = "no such day in the calendar";
static const char ambiguous_order[] = "day and month cannot be told apart";

static bool has(const task *t, frame_field k)
{
    return frame_has(t->f, k);
}

static int32_t get(const task *t, frame_field k, int32_t otherwise)
{
    return frame_get(t->f, k, otherwise);
}

/* A field as a small number of the calendar; out of range: 0. */
static int8_t small(const task *t, frame_field k, int lo, int hi)
{
    int32_t v = get(t, k, 0);
    return (int8_t)(v >= lo && v <= hi ? v : 0);
}

static int direction(const task *t)
{
    if (has(t, F_dir))
        return get(t, F_dir, 0);
    return t->a->tense == TENSE_PAST ? -1 : t->a->tense == TENSE_FUTURE ? 1 : 0;
}

bool open_for(task *t, const char *reason)
{
    if (t->reason == NULL)
        t->reason = reason;
    return false;
}

/* ---- what to count from */

static bool document_point(task *t, date_point *ret)
{
    if (!t->r->options.has_document_day)
        return open_for(t, no_document_date);
    t->anchor = ANCHOR_DOCUMENT;
    *ret = point_day(t->r->options.document_day);
    return true;
}

static bool mention_point(task *t, int unit, date_point *ret)
{
    bool days = unit <= U_DAY || unit == U_WEEK || unit == U_PART;
    uint32_t at = days ? t->r->last_day_at : t->r->last_at;
    if (at == UINT32_MAX) {
        if (t->r->options.has_document_day) {
            t->used_mention = true; /* a guess, said so by the status */
            return document_point(t, ret);
        }
        return open_for(t, no_mention);
    }
    *ret = days ? t->r->last_day : t->r->last;
    t->anchor = ANCHOR_MENTION, t->used_mention = true;
    return true;
}

static bool period_near(const task *t)
{
    return t->r->period_at != UINT32_MAX && t->a->start - t->r->period_at < NEAR_PERIOD;
}

bool anchor_point(task *t, int unit, date_point *ret)
{
    int anchor = get(t, F_anchor, ANCHOR_DOCUMENT);
    if (anchor == ANCHOR_PERIOD)
        anchor = has(t, F_rel) && get(t, F_rel, 0) != 0 && get(t, F_keep, 0) == 0 ? ANCHOR_DOCUMENT
                                                                                  : ANCHOR_MENTION;
    if (anchor == ANCHOR_AUTO)
        anchor = t->r->last_day_at != UINT32_MAX && t->a->start - t->r->last_day_at < NEAR_MENTION
                     ? ANCHOR_MENTION
                     : ANCHOR_DOCUMENT;
    return anchor == ANCHOR_MENTION ? mention_point(t, unit, ret) : document_point(t, ret);
}

/* "a year ago" near a quarter means that quarter of the year before. */
static bool period_shift(task *t, int unit)
{
    if (get(t, F_anchor, ANCHOR_DOCUMENT) != ANCHOR_PERIOD || !period_near(t) || unit < U_QUARTER)
        return false;
    int32_t rel = get(t, F_rel, 0);
    if (rel > YEAR_MAX || rel < -YEAR_MAX)
        return false;
    t->p = t->r->period;
    t->p.y += unit == U_YEAR ? rel : 0;
    t->anchor = ANCHOR_MENTION, t->used_mention = t->shifted_period = true;
    if (unit == U_QUARTER && rel != 0)
        return point_shift(&t->r->period, rel, U_QUARTER, &t->p);
    return unit == U_YEAR || unit == U_QUARTER || unit == U_ANY;
}

static void shift_anchor(task *t)
{
    int unit = get(t, F_unit, U_DAY);
    unit = unit >= U_SECOND && unit <= U_ANY ? unit : U_DAY;
    date_point from;
    t->placed = true;
    if (period_shift(t, unit))
        return;
    t->p = point_unknown(unit == U_ANY         ? U_YEAR
                         : unit <= U_HOUR      ? U_DAY
                         : unit == U_FORTNIGHT ? U_WEEK
                                               : unit);
    if (!anchor_point(t, unit, &from))
        return;
    int32_t rel = get(t, F_rel, 0);
    if (unit == U_ANY)
        t->p = from;
    else if (!point_shift(&from, rel, unit, &t->p))
        (void)open_for(t, no_mention);
}

/* ---- years */

static int32_t two_digit_year(const task *t, int32_t yy)
{
    int32_t now = t->r->options.has_document_day ? civil_of(t->r->options.document_day).y : 2029;
    int32_t y = now - now % 100 + yy;
    return y > now + 20 ? y - 100 : y <= now - 80 ? y + 100 : y;
}

static void place_year(task *t)
{
    t->placed = true;
    t->p = point_unknown(U_YEAR);
    if (has(t, F_y))
        t->p.y = get(t, F_y, 0);
    else
        t->p.y = two_digit_year(t, small(t, F_yy, 0, 99));
    t->p.y = t->p.y > YEAR_MAX ? YEAR_MAX : t->p.y < -YEAR_MAX ? -YEAR_MAX : t->p.y;
    if (has(t, F_era) && t->p.y > -YEAR_MAX)
        t->p.y = 1 - t->p.y;
}

static void place_decade(task *t)
{
    t->placed = true;
    t->p = point_unknown(has(t, F_dec) ? U_DECADE : U_CENTURY);
    int32_t v = has(t, F_dec) ? get(t, F_dec, 0) : get(t, F_cent, 0);
    v = v < 0 ? 0 : v;
    if (has(t, F_dec))
        t->p.y = v < 10               ? two_digit_year(t, v * 10 + 9) / 10 * 10
                 : v <= YEAR_MAX / 10 ? v * 10
                                      : YEAR_UNKNOWN;
    else
        t->p.y = v <= YEAR_MAX / 100 ? v * 100 : YEAR_UNKNOWN;
}

typedef bool (*put_in_year)(const task *t, int32_t y, date_point *ret);

static int64_t begin_in(const task *t, put_in_year put, int32_t y)
{
    date_point p;
    int64_t b = 0, e = 0;
    return put(t, y, &p) && point_days(&p, &b, &e) ? b : INT64_MIN;
}

/* Which year, when none is said: the nearest, where the direction that the tense denies counts as
 * farther. */
static int32_t choose_year(const task *t, put_in_year put, int64_t from, int dir)
{
    int32_t y0 = civil_of(from).y, best = y0;
    int64_t best_distance = INT64_MAX;
    for (int32_t y = y0 - 4; y <= y0 + 4; y++) {
        date_point p;
        int64_t b, e;
        if (!put(t, y, &p) || !point_days(&p, &b, &e))
            continue;
        /* "reports its third quarter" looks ahead to the report, not to the quarter */
        int64_t past = p.gran == U_QUARTER ? AGAINST_TENSE : 3 * AGAINST_TENSE,
                future = p.gran == U_QUARTER ? 3 * AGAINST_TENSE : AGAINST_TENSE;
        int64_t distance = b > from    ? (b - from) * (dir < 0 ? future : 1)
                           : e <= from ? (from - e + 1) * (dir > 0 ? past : 1)
                                       : 0;
        if (distance < best_distance)
            best_distance = distance, best = y;
    }
    return best;
}

static int32_t rel_year(task *t, put_in_year put, int64_t from, int32_t rel)
{
    int32_t y0 = civil_of(from).y;
    if (rel == 0 || rel > YEAR_MAX || rel < -YEAR_MAX)
        return y0;
    int64_t b = begin_in(t, put, y0);
    bool same = b != INT64_MIN && civil_of(b).m == civil_of(from).m && t->p.gran != U_DAY;
    if (rel < 0)
        return b < from && !same ? y0 + rel + 1 : y0 + rel;
    return b > from && !same ? y0 + rel - 1 : y0 + rel;
}

/* A story of another time: the year just told goes on, until the text comes back to the document's
 * time. */
static bool narrated_year(const task *t, int32_t *ret_year)
{
    const resolver *r = t->r;
    if (!r->options.has_document_day || r->last_at == UINT32_MAX || has(t, F_rel) ||
        direction(t) > 0 || t->a->start - r->last_at > NEAR_STORY ||
        civil_of(r->options.document_day).y - r->last.y < STORY_AGE)
        return false;
    *ret_year = r->last.y;
    return r->last.gran <= U_YEAR || r->last.gran == U_PART;
}

static int64_t day_begin(const date_point *p)
{
    int64_t begin = 0, end = 0;
    (void)point_days(p, &begin, &end);
    return begin;
}

/* The last day of the text that is known to the day. */
static bool told_day(task *t, date_point *ret)
{
    return t->r->last_day_at != UINT32_MAX && mention_point(t, U_DAY, ret);
}

/* Put a yearly thing (month, quarter, holiday ...) into the year that is said or meant. */
/* The year of what names none, by what it hangs on: the date before it, the story's year, the
 * document's date, the day that was told, in this order; YEAR_UNKNOWN: by nothing. */
static int32_t year_by_anchor(task *t, put_in_year put)
{
    date_point from;
    int32_t y;
    if (get(t, F_anchor, ANCHOR_DOCUMENT) == ANCHOR_MENTION && mention_point(t, U_YEAR, &from))
        return from.y;
    if (narrated_year(t, &y)) {
        t->anchor = ANCHOR_MENTION, t->used_mention = true;
        return y;
    }
    if (t->r->options.has_document_day && document_point(t, &from)) {
        int64_t day = t->r->options.document_day;
        (void)put(t, 2000, &t->p);
        return has(t, F_rel) ? rel_year(t, put, day, get(t, F_rel, 0))
                             : choose_year(t, put, day, direction(t));
    }
    if (has(t, F_rel))
        return YEAR_UNKNOWN;
    if (direction(t) > 0 && told_day(t, &from)) {
        (void)put(t, 2000, &t->p);
        /* "will begin in June": after the day that was told */
        return choose_year(t, put, day_begin(&from), 1);
    }
    return t->r->last_at != UINT32_MAX && mention_point(t, U_YEAR, &from) ? from.y : YEAR_UNKNOWN;
}

static void place_yearly(task *t, put_in_year put)
{
    int32_t y = YEAR_UNKNOWN;
    if (!t->placed)
        y = year_by_anchor(t, put);
    else if (t->p.gran == U_YEAR || t->p.gran == U_MONTH)
        y = t->p.y;
    if (y == YEAR_UNKNOWN)
        (void)open_for(t, no_document_date);
    if (!put(t, y, &t->p))
        (void)open_for(t, not_a_date);
    t->placed = true;
}

static bool put_month(const task *t, int32_t y, date_point *ret)
{
    *ret = point_unknown(has(t, F_d) ? U_DAY : U_MONTH);
    ret->y = y;
    ret->m = small(t, F_m, 1, 12);
    ret->d = has(t, F_d) ? small(t, F_d, 1, 31) : 0;
    if (ret->m == 0 || (has(t, F_d) && ret->d == 0))
        return false;
    return ret->d == 0 || ret->d <= days_in_month(y == YEAR_UNKNOWN ? 2000 : y, ret->m);
}

static bool put_quarter(const task *t, int32_t y, date_point *ret)
{
    *ret = point_unknown(U_QUARTER);
    ret->y = y, ret->q = small(t, F_q, 1, 4);
    return ret->q > 0;
}

static bool put_half(const task *t, int32_t y, date_point *ret)
{
    *ret = point_unknown(U_HALF);
    ret->y = y, ret->half = small(t, F_half, 1, 2);
    return ret->half > 0;
}

static bool put_season(const task *t, int32_t y, date_point *ret)
{
    *ret = point_unknown(U_SEASON);
    ret->y = y, ret->season = small(t, F_season, 0, 3);
    return true;
}

static bool put_week(const task *t, int32_t y, date_point *ret)
{
    *ret = point_unknown(U_WEEK);
    ret->y = y, ret->week = small(t, F_week, 1, 53);
    return ret->week > 0;
}

static bool put_holiday(const task *t, int32_t y, date_point *ret)
{
    size_t i = (size_t)get(t, F_hol, 0);
    *ret = point_unknown(U_DAY);
    if (i >= t->r->rules->holidays.n)
        return false;
    const holiday *h = (const holiday *)t->r->rules->holidays.item + i;
    if (y == YEAR_UNKNOWN) {
        if (h->kind == HOLIDAY_FIXED && h->plus == 0)
            ret->m = h->month, ret->d = h->day;
        return true;
    }
    int last = days_in_month(y, h->month);
    int64_t day = h->kind == HOLIDAY_EASTER ? easter_sunday(y)
                  : h->kind == HOLIDAY_NTH  ? nth_weekday(y, h->month, h->nth, h->wd)
                                            : day_of(y, h->month, h->day < last ? h->day : last);
    *ret = point_day(day + h->plus);
    return true;
}

/* ---- days */

/* "this", "last", "next" Monday, seen from `day`. */
static int days_to_relative(int wd, int64_t day, int32_t rel)
{
    int ahead = (wd - weekday_of(day) + 7) % 7;
    if (rel == 0)
        return wd - weekday_of(day);
    return rel < 0 ? ahead - 7 : ahead == 0 ? 7 : ahead;
}

/* Plain "Monday": before or after `day` as the verb says, else as the option has it. */
static int days_to_nearest(const task *t, int wd, int64_t day)
{
    int ahead = (wd - weekday_of(day) + 7) % 7, dir = direction(t);
    bool back = dir < 0 || (dir == 0 && (!t->r->options.nearest_weekday || ahead > 3));
    return ahead != 0 && back ? ahead - 7 : ahead;
}

static void place_weekday(task *t)
{
    date_point from, base = t->p;
    int wd = small(t, F_wd, 1, 7) ? small(t, F_wd, 1, 7) : 1;
    int64_t b, e;
    if (t->placed && base.gran == U_WEEK && point_days(&base, &b, &e)) {
        t->p = point_day(b + wd - 1);
        return;
    }
    t->p = point_unknown(U_DAY);
    t->p.wd = (int8_t)wd;
    if (t->placed && has(t, F_nth) && point_days(&base, &b, &e)) {
        civil c = civil_of(b);
        t->p = point_day(
            nth_weekday(c.y, c.m, small(t, F_nth, 1, 5) ? small(t, F_nth, 1, 5) : -1, wd));
        return;
    }
    t->placed = true;
    if (!anchor_point(t, U_DAY, &from) || !point_days(&from, &b, &e))
        return;
    t->p = point_day(b + (has(t, F_rel) ? days_to_relative(wd, b, get(t, F_rel, 0))
                                        : days_to_nearest(t, wd, b)));
}

static void place_weekend(task *t)
{
    date_point from;
    int64_t b, e;
    t->p = point_unknown(U_WEEKEND);
    t->placed = true;
    if (!anchor_point(t, U_WEEKEND, &from) || !point_days(&from, &b, &e))
        return;
    int back = weekday_of(b) <= 5 && direction(t) < 0 ? 7 : 0;
    t->p = point_week(b - back);
    t->p.gran = U_WEEKEND;
}

static void place_day_of_month(task *t)
{
    date_point from, base = t->p;
    int8_t d = small(t, F_d, 1, 31);
    t->p = point_unknown(U_DAY);
    t->p.d = d;
    bool known = t->placed && base.gran == U_MONTH ? (from = base).y != YEAR_UNKNOWN
                                                   : anchor_point(t, U_MONTH, &from);
    t->placed = true;
    if (!known || from.m == 0)
        return;
    t->p.y = from.y, t->p.m = from.m;
    if (d == 0 || d > days_in_month(from.y, from.m))
        (void)open_for(t, not_a_date);
}

/* ---- time of day */

/* 0 to 24, from what the words say of morning and evening too. */
static int hour_of(const task *t)
{
    int hour = get(t, F_hour, 0), part = t->p.part;
    bool pm = has(t, F_pm) ? get(t, F_pm, 0) != 0
                           : part == PART_AFTERNOON || part == PART_EVENING ||
                                 (part == PART_NIGHT && hour >= 6);
    if (pm && hour < 12)
        hour += 12;
    else if (has(t, F_pm) && !pm && hour == 12)
        hour = 0;
    return hour >= 0 && hour <= 24 ? hour : 0;
}

static void put_clock(task *t)
{
    t->p.gran = U_PART;
    if (has(t, F_part))
        t->p.part = small(t, F_part, 0, PART_DAWN);
    if (has(t, F_zone) && get(t, F_zone, 0) >= -900 && get(t, F_zone, 0) <= 900)
        t->p.zone = (int16_t)get(t, F_zone, 0);
    if (!has(t, F_hour))
        return;
    t->p.hour = (int8_t)hour_of(t);
    t->p.min = has(t, F_min) ? small(t, F_min, 0, 59) : 0;
    if (has(t, F_sec))
        t->p.sec = small(t, F_sec, 0, 60);
}

static void place_time(task *t)
{
    date_point from;
    if (!t->placed || (t->p.gran != U_DAY && t->p.gran != U_WEEKEND)) {
        if (t->placed) /* a time of something wider than a day */
            return;
        t->p = point_unknown(U_DAY);
        int anchor = get(t, F_anchor, ANCHOR_AUTO);
        bool near_day =
            t->r->last_day_at != UINT32_MAX && t->a->start - t->r->last_day_at < NEAR_MENTION;
        if (anchor == ANCHOR_AUTO
                ? (near_day || !t->r->options.has_document_day) && t->r->last_day_at != UINT32_MAX
                : anchor == ANCHOR_MENTION) {
            if (mention_point(t, U_DAY, &from))
                t->p = from;
        } else if (document_point(t, &from)) {
            t->p = from;
        }
        t->p.part = -1, t->p.hour = t->p.min = t->p.sec = -1;
        t->placed = true;
    }
    put_clock(t);
}

/* ---- numeric dates */

static bool numeric(task *t, frame *copy)
{
    int a = get(t, F_f1, 0), b = get(t, F_f2, 0);
    int order = a > 12 ? ORDER_DMY : b > 12 || a == b ? ORDER_MDY : t->r->order;
    if (order == ORDER_AUTO) {
        t->placed = true;
        if (has(t, F_y) || has(t, F_yy))
            place_year(t);
        t->p.gran = U_DAY;
        return open_for(t, ambiguous_order);
    }
    frame_set(copy, F_m, order == ORDER_MDY ? a : b);
    frame_set(copy, F_d, order == ORDER_MDY ? b : a);
    return true;
}

/* ---- one point */

/* Years and what is longer, or so many units from the anchor. */
static void place_long(task *t)
{
    if (has(t, F_y) || has(t, F_yy))
        place_year(t);
    else if (has(t, F_dec) || has(t, F_cent))
        place_decade(t);
    else if (has(t, F_rel) && has(t, F_unit))
        shift_anchor(t);
}

/* What a year has once. Returns whether a weekday beside it only repeats it. */
static bool place_in_year(task *t)
{
    static const struct {
        frame_field field;
        put_in_year put;
        bool is_day_or_longer;
    } once[] = {{F_hol, put_holiday, true},   {F_m, put_month, true},
                {F_q, put_quarter, true},     {F_half, put_half, true},
                {F_season, put_season, true}, {F_week, put_week, false}};
    for (size_t i = 0; i < sizeof once / sizeof *once; i++)
        if (has(t, once[i].field)) {
            place_yearly(t, once[i].put);
            return once[i].is_day_or_longer;
        }
    return false;
}

static void place_day(task *t, bool told)
{
    if (has(t, F_wd) && (!told || has(t, F_nth)))
        place_weekday(t);
    else if (has(t, F_weekend))
        place_weekend(t);
    else if (has(t, F_d) && !has(t, F_m))
        place_day_of_month(t);
}

void resolve_point(task *t)
{
    frame copy = *t->f;
    if (has(t, F_f1) && has(t, F_f2)) {
        if (!numeric(t, &copy))
            return;
        t->f = &copy;
    }
    place_long(t);
    place_day(t, place_in_year(t));
    if (has(t, F_hour) || has(t, F_part))
        place_time(t);
    date_point wide;
    if (has(t, F_whole) && point_widen(&t->p, small(t, F_whole, U_DAY, U_MILLENNIUM), &wide))
        t->p = wide;
    t->f = &t->a->f;
}
