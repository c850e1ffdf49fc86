/* point.c: see point.h: days, moving, widening, and TIMEX3 values. */
#include "point.h"
#include <stdio.h>
#include <string.h>

date_point point_unknown(int gran)
{
    return (date_point){.gran = (uint8_t)gran,
                        .y = YEAR_UNKNOWN,
                        .season = -1,
                        .part = -1,
                        .hour = -1,
                        .min = -1,
                        .sec = -1,
                        .zone = ZONE_UNKNOWN};
}

date_point point_day(int64_t day)
{
    civil c = civil_of(day);
    date_point p = point_unknown(U_DAY);
    p.y = c.y, p.m = (int8_t)c.m, p.d = (int8_t)c.d;
    return p;
}

date_point point_week(int64_t day)
{
    date_point p = point_unknown(U_WEEK);
    int week;
    iso_week_of(day, &p.y, &week);
    p.week = (int8_t)week;
    return p;
}

static void years(int64_t y, int64_t n, int64_t *b, int64_t *e)
{
    *b = day_of((int32_t)y, 1, 1);
    *e = day_of((int32_t)(y + n), 1, 1);
}

static void months(int32_t y, int m, int n, int64_t *b, int64_t *e)
{
    *b = day_of(y, m, 1);
    *e = add_months(*b, n);
}

static int32_t floor_to(int32_t y, int32_t n)
{
    return (y >= 0 ? y / n : -((-y + n - 1) / n)) * n;
}

bool point_days(const date_point *p, int64_t *b, int64_t *e)
{
    if (p->y == YEAR_UNKNOWN)
        return false;
    switch (p->gran) {
    case U_MILLENNIUM: years(floor_to(p->y, 1000), 1000, b, e); return true;
    case U_CENTURY: years(floor_to(p->y, 100), 100, b, e); return true;
    case U_DECADE: years(floor_to(p->y, 10), 10, b, e); return true;
    case U_YEAR: years(p->y, 1, b, e); return true;
    case U_HALF: months(p->y, p->half == 2 ? 7 : 1, 6, b, e); return true;
    case U_SEASON: months(p->y, 3 + 3 * (p->season > 0 ? p->season : 0), 3, b, e); return true;
    case U_QUARTER: months(p->y, p->q > 0 ? p->q * 3 - 2 : 1, 3, b, e); return true;
    case U_MONTH:
        if (p->m > 0)
            months(p->y, p->m, 1, b, e);
        return p->m > 0;
    case U_WEEK:
    case U_WEEKEND:
        *b = day_of_iso_week(p->y, p->week) + (p->gran == U_WEEKEND ? 5 : 0);
        *e = *b + (p->gran == U_WEEKEND ? 2 : 7);
        return p->week > 0;
    default:
        if (p->m == 0 || p->d == 0)
            return false;
        *b = day_of(p->y, p->m, p->d);
        *e = *b + 1;
        return true;
    }
}

static bool shift_days(const date_point *from, int64_t n, int unit, date_point *ret)
{
    int64_t b, e;
    if (!point_days(from, &b, &e))
        return false;
    if (unit == U_DAY) {
        *ret = point_day(b + n);
        return true;
    }
    *ret = point_week(b + n * (unit == U_FORTNIGHT ? 14 : 7));
    if (unit == U_WEEKEND)
        ret->gran = U_WEEKEND;
    return true;
}

static bool shift_months(const date_point *from, int64_t n, int unit, date_point *ret)
{
    int64_t b, e, step = unit == U_MONTH ? 1 : unit == U_HALF ? 6 : 3;
    if (from->gran >= U_YEAR && from->gran <= U_MILLENNIUM)
        return false;
    if (!point_days(from, &b, &e))
        return false;
    civil c = civil_of(add_months(b - civil_of(b).d + 1, n * step));
    *ret = point_unknown(unit);
    ret->y = c.y;
    ret->m = (int8_t)(unit == U_MONTH ? c.m : 0);
    ret->q = (int8_t)(unit == U_QUARTER ? (c.m + 2) / 3 : 0);
    ret->half = (int8_t)(unit == U_HALF ? (c.m + 5) / 6 : 0);
    return true;
}

static bool shift_years(const date_point *from, int64_t n, int unit, date_point *ret)
{
    static const int16_t years[] = {[U_DECADE] = 10, [U_CENTURY] = 100, [U_MILLENNIUM] = 1000};
    int64_t y = from->y + n * (unit >= U_DECADE && unit <= U_MILLENNIUM ? years[unit] : 1);
    if (y > YEAR_MAX || y < -YEAR_MAX)
        return false;
    *ret = point_unknown(unit);
    ret->y = (int32_t)y;
    ret->season = from->season;
    return true;
}

bool point_shift(const date_point *from, int64_t n, int unit, date_point *ret)
{
    if (from->y == YEAR_UNKNOWN || n > YEAR_MAX || n < -YEAR_MAX)
        return false;
    if (unit <= U_HOUR)
        return shift_days(from, 0, U_DAY, ret);
    switch (unit) {
    case U_DAY:
    case U_WEEK:
    case U_WEEKEND:
    case U_FORTNIGHT: return shift_days(from, n, unit, ret);
    case U_MONTH:
    case U_QUARTER:
    case U_HALF: return shift_months(from, n, unit, ret);
    default: return shift_years(from, n, unit, ret);
    }
}

bool point_widen(const date_point *p, int unit, date_point *ret)
{
    return point_shift(p, 0, unit, ret);
}

static void format_year(int32_t y, char *ret, size_t cap)
{
    if (y == YEAR_UNKNOWN)
        (void)snprintf(ret, cap, "XXXX");
    else if (y <= 0)
        (void)snprintf(ret, cap, "BC%04d", 1 - y);
    else
        (void)snprintf(ret, cap, "%04d", y);
}

static void format_day(const date_point *p, const char *year, char *ret, size_t cap)
{
    if (p->m == 0 && p->d == 0 && p->wd > 0)
        (void)snprintf(ret, cap, "XXXX-WXX-%d", p->wd);
    else if (p->m == 0 && p->d == 0)
        (void)snprintf(ret, cap, "%s-XX-XX", year);
    else if (p->m == 0)
        (void)snprintf(ret, cap, "%s-XX-%02d", year, p->d);
    else if (p->d == 0)
        (void)snprintf(ret, cap, "%s-%02d-XX", year, p->m);
    else
        (void)snprintf(ret, cap, "%s-%02d-%02d", year, p->m, p->d);
}

static void format_time(const date_point *p, char *ret, size_t cap)
{
    static const char *const parts[] = {"TMO", "TMI", "TAF", "TEV", "TNI", "TDT", "TMO"};
    if (p->hour < 0)
        (void)snprintf(ret, cap, "%s", p->part >= 0 ? parts[p->part] : "");
    else if (p->min < 0)
        (void)snprintf(ret, cap, "T%02d", p->hour);
    else if (p->sec < 0)
        (void)snprintf(ret, cap, "T%02d:%02d", p->hour, p->min);
    else
        (void)snprintf(ret, cap, "T%02d:%02d:%02d", p->hour, p->min, p->sec);
}

void point_format(const date_point *p, char *ret, size_t cap)
{
    static const char *const seasons[] = {"SP", "SU", "FA", "WI"};
    bool known = p->y != YEAR_UNKNOWN;
    char year[16];
    format_year(p->y, year, sizeof year);
    switch (p->gran) {
    case U_MILLENNIUM:
        (void)snprintf(ret, cap, known && p->y > 0 ? "%d" : "X", p->y / 1000);
        return;
    case U_CENTURY: (void)snprintf(ret, cap, known && p->y > 0 ? "%02d" : "XX", p->y / 100); return;
    case U_DECADE: (void)snprintf(ret, cap, known && p->y > 0 ? "%03d" : "XXX", p->y / 10); return;
    case U_YEAR: (void)snprintf(ret, cap, "%s", year); return;
    case U_HALF: (void)snprintf(ret, cap, p->half ? "%s-H%d" : "%s-HX", year, p->half); return;
    case U_QUARTER: (void)snprintf(ret, cap, p->q ? "%s-Q%d" : "%s-QX", year, p->q); return;
    case U_SEASON:
        (void)snprintf(ret, cap, "%s-%s", year, p->season >= 0 ? seasons[p->season] : "XX");
        return;
    case U_MONTH: (void)snprintf(ret, cap, p->m ? "%s-%02d" : "%s-XX", year, p->m); return;
    case U_WEEK: (void)snprintf(ret, cap, p->week ? "%s-W%02d" : "%s-WXX", year, p->week); return;
    case U_WEEKEND:
        (void)snprintf(ret, cap, p->week ? "%s-W%02d-WE" : "%s-WXX-WE", year, p->week);
        return;
    default: break;
    }
    format_day(p, year, ret, cap);
    if (p->gran != U_DAY)
        format_time(p, ret + strlen(ret), cap - strlen(ret));
}

static const char *unit_letter(int unit)
{
    static const char *const letters[] = {"S", "M", "H", "D", "W",  "WE", "W", "M",
                                          "Q", "Y", "M", "Y", "DE", "CE", "Y", "X"};
    return letters[unit];
}

/* "half a year" is months: the unit in which a part of another is counted, and how many it has. */
typedef struct smaller {
    int8_t unit, small;
    int16_t size;
} smaller;

static const smaller *smaller_than(int unit)
{
    static const smaller parts[] = {{U_YEAR, U_MONTH, 12},    {U_HOUR, U_MINUTE, 60},
                                    {U_MINUTE, U_SECOND, 60}, {U_DAY, U_HOUR, 24},
                                    {U_DECADE, U_YEAR, 10},   {U_CENTURY, U_YEAR, 100},
                                    {U_WEEK, U_DAY, 7},       {U_MONTH, U_DAY, 30}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].unit == unit)
            return &parts[i];
    return NULL;
}

static int64_t count_in_letters(int32_t n, int unit)
{
    switch (unit) {
    case U_FORTNIGHT: return (int64_t)n * 2;
    case U_HALF: return (int64_t)n * 6;
    case U_MILLENNIUM: return (int64_t)n * 1000;
    default: return n;
    }
}

void duration_format(int32_t n, int32_t num, int32_t den, int unit, char *ret, size_t cap)
{
    const char *prefix = unit <= U_HOUR ? "PT" : "P";
    if (n == VALUE_X) {
        (void)snprintf(ret, cap, "%sX%s", prefix, unit_letter(unit));
        return;
    }
    if (unit == U_DECADE && n > 1 && num == 0)
        n = n < INT32_MAX / 10 ? n * 10 : n, unit = U_YEAR;
    const long long count = count_in_letters(n, unit);
    const smaller *s = num > 0 && den > 0 ? smaller_than(unit) : NULL;
    if (s == NULL) {
        (void)snprintf(ret, cap, "%s%lld%s", prefix, count, unit_letter(unit));
        return;
    }
    const long long small = (int64_t)num * s->size / den;
    const char *t = s->small <= U_HOUR ? "T" : "";
    if (count == 0)
        (void)snprintf(ret, cap, "P%s%lld%s", t, small, unit_letter(s->small));
    else
        (void)snprintf(ret, cap, "%s%lld%s%s%lld%s", prefix, count, unit_letter(unit),
                       unit <= U_HOUR ? "" : t, small, unit_letter(s->small));
}

void zone_format(int zone, char *ret, size_t cap)
{
    int z = zone < 0 ? -zone : zone;
    (void)snprintf(ret, cap, "%c%02d:%02d", zone < 0 ? '-' : '+', z / 60, z % 60);
}

void day_format(int64_t day, char *ret, size_t cap)
{
    civil c = civil_of(day);
    (void)snprintf(ret, cap, c.y < 0 ? "%05d-%02d-%02d" : "%04d-%02d-%02d", c.y, c.m, c.d);
}
