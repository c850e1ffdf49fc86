/* point.h: a stretch of the calendar of some granularity, with unknown pieces, as a TIMEX3 value
 * and as days. */
#ifndef DATES_POINT_H
#define DATES_POINT_H
#include "common/calendar.h"
#include "frame.h"
#include <stddef.h>

#define YEAR_UNKNOWN INT32_MIN
#define ZONE_UNKNOWN INT16_MIN
enum { YEAR_MAX = 99999, VALUE_MAX = 96 };
enum { U_PART = U_ANY + 1 }; /* a part of a day, finer than U_DAY */

typedef struct date_point {
    uint8_t gran;                  /* enum unit, or U_PART */
    int32_t y;                     /* astronomical (0 is 1 BC); of the ISO week for weeks */
    int8_t m, d;                   /* 0: unknown */
    int8_t q, half;                /* 1 to 4, 1 to 2 */
    int8_t season, part, week, wd; /* -1 or 0: unknown */
    int8_t hour, min, sec;         /* -1: unknown */
    int16_t zone;                  /* minutes east of UTC */
} date_point;

/* Of that granularity with nothing known; a day, by its number; the ISO week that holds it. */
date_point point_unknown(int gran);
date_point point_day(int64_t day);
date_point point_week(int64_t day);

/* The days it covers, [begin, end); false when its year (or day of the week) is not known. */
bool point_days(const date_point *p, int64_t *ret_begin, int64_t *ret_end);

/* Moved by n units, at the granularity of the unit; false when a piece that is needed is not
 * known. */
bool point_shift(const date_point *from, int64_t n, int unit, date_point *ret);

/* The stretch of a unit that holds the beginning of p; false as above. */
bool point_widen(const date_point *p, int unit, date_point *ret);

/* TIMEX3 value, terminated; at most VALUE_MAX / 2 bytes. */
void point_format(const date_point *p, char *ret, size_t cap);
/* n and num/den (num 0: no fraction) of a unit as an ISO 8601 duration, terminated; n VALUE_X:
 * "some". */
void duration_format(int32_t n, int32_t num, int32_t den, int unit, char *ret, size_t cap);
void zone_format(int zone, char *ret, size_t cap);   /* +05:30 */
void day_format(int64_t day, char *ret, size_t cap); /* ISO 8601 */
#endif
