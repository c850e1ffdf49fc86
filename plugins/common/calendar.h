/* calendar.h: civil dates of the proleptic Gregorian calendar as 64-bit day numbers, day 0 being
 * 1970-01-01. Years run from -999999 to 999999 (0 is 1 BC). No libc time function, no clock.
 * Civil conversion after Hinnant, "chrono-compatible low-level date algorithms"; Easter after the
 * anonymous Gregorian algorithm (Meeus). Pure functions. */
#ifndef PLUGINS_COMMON_CALENDAR_H
#define PLUGINS_COMMON_CALENDAR_H
#include <stdint.h>

typedef struct civil {
    int32_t y;
    int m, d;
} civil;

/* Day number of a date, and back. Month and day are those of the calendar: nothing is checked. */
int64_t day_of(int32_t y, int m, int d);
civil civil_of(int64_t day);

/* 1 Monday ... 7 Sunday */
int weekday_of(int64_t day);

/* ISO 8601 weeks: the year a week belongs to is the year of its Thursday. */
void iso_week_of(int64_t day, int32_t *ret_year, int *ret_week);
int64_t day_of_iso_week(int32_t year, int week); /* its Monday */

int days_in_month(int32_t y, int m); /* m 1 to 12 */

/* Day number moved by months; the day of the month is cut to the month's length. */
int64_t add_months(int64_t day, int64_t months);

int64_t easter_sunday(int32_t y); /* day number, of the Western churches; y > 0 */

/* The nth (1 to 5, or -1 for the last) weekday wd (1 to 7) of a month. */
int64_t nth_weekday(int32_t y, int m, int nth, int wd);
#endif
