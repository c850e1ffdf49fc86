/* calendar.c: see calendar.h. */
#include "common/calendar.h"

int64_t day_of(int32_t y32, int m, int d)
{
    int64_t y = (int64_t)y32 - (m <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

civil civil_of(int64_t day)
{
    int64_t z = day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int m = (int)(mp < 10 ? mp + 3 : mp - 9);
    return (civil){(int32_t)(yoe + era * 400 + (m <= 2)), m, (int)(doy - (153 * mp + 2) / 5 + 1)};
}

int weekday_of(int64_t day)
{
    int64_t r = (day + 3) % 7; /* day 0 was a Thursday */
    return (int)(r < 0 ? r + 7 : r) + 1;
}

void iso_week_of(int64_t day, int32_t *ret_year, int *ret_week)
{
    int64_t thursday = day - weekday_of(day) + 4;
    *ret_year = civil_of(thursday).y;
    *ret_week = (int)((thursday - day_of(*ret_year, 1, 1)) / 7) + 1;
}

int64_t day_of_iso_week(int32_t year, int week)
{
    int64_t jan4 = day_of(year, 1, 4);
    return jan4 - weekday_of(jan4) + 1 + (int64_t)(week - 1) * 7;
}

int days_in_month(int32_t y, int m)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return m == 2 && (y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)) ? 29 : days[m - 1];
}

int64_t add_months(int64_t day, int64_t months)
{
    civil c = civil_of(day);
    int64_t index = (int64_t)c.y * 12 + (c.m - 1) + months;
    int64_t y = (index >= 0 ? index : index - 11) / 12;
    int m = (int)(index - y * 12) + 1;
    int last = days_in_month((int32_t)y, m);
    return day_of((int32_t)y, m, c.d < last ? c.d : last);
}

int64_t easter_sunday(int32_t y)
{
    int a = y % 19, b = y / 100, c = y % 100;
    int g = (8 * b + 13) / 25;
    int h = (19 * a + b - b / 4 - g + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int k = (a + 11 * h + 19 * l) / 433;
    int m = (h + l - 7 * k + 90) / 25;
    return day_of(y, m, (h + l - 7 * k + 33 * m + 19) % 32);
}

int64_t nth_weekday(int32_t y, int m, int nth, int wd)
{
    if (nth < 0) {
        int64_t last = day_of(y, m, days_in_month(y, m));
        return last - (weekday_of(last) - wd + 7) % 7;
    }
    int64_t first = day_of(y, m, 1);
    return first + (wd - weekday_of(first) + 7) % 7 + (int64_t)(nth - 1) * 7;
}
