/* isodate.c: see isodate.h: a reader for each form, tried one after the other. */
#include "clean/isodate.h"
#include "common/ascii.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Reads between `least` and `most` digits; 0 when there are fewer. */
static size_t digits(const char *s, size_t len, size_t least, size_t most, int *ret)
{
    size_t n = 0;
    int value = 0;
    while (n < len && n < most && ascii_digit(s[n]))
        value = value * 10 + (s[n++] - '0');
    if (n < least)
        return 0;
    *ret = value;
    return n;
}

static bool valid(int year, int month, int day)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= days[month - 1] + (leap && month == 2);
}

static size_t month_name(const char *s, size_t len, int *ret)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    size_t n = 0;
    while (n < len && letter(s[n]))
        n++;
    for (int m = 0; m < 12; m++) {
        size_t full = strlen(names[m]);
        if ((n == full || n == 3 || (m == 8 && n == 4)) && strncasecmp(names[m], s, n) == 0) {
            *ret = m + 1;
            return n + (n < full && n < len && s[n] == '.');
        }
    }
    return 0;
}

static size_t blanks(const char *s, size_t len)
{
    size_t n = 0;
    while (n < len && (s[n] == ' ' || s[n] == ','))
        n++;
    return n;
}

/* "T10:15:00+02:00" behind an ISO date; also a blank for the T. */
/* ":SS" and a fraction, which is passed over. How many bytes; *ret_out: how many were written. */
static size_t second_part(const char *s, size_t len, char *ret, size_t cap, size_t *ret_out)
{
    int second;
    *ret_out = 0;
    if (len < 3 || s[0] != ':' || digits(s + 1, len - 1, 2, 2, &second) != 2 || second > 60)
        return 0;
    *ret_out = (size_t)snprintf(ret, cap, ":%02d", second);
    size_t n = 3;
    if (n < len && s[n] == '.')
        for (size_t fraction = n + 1; fraction < len && ascii_digit(s[fraction]);)
            n = ++fraction;
    return n;
}

/* "Z", "+02:00", "+0200". */
static size_t zone_part(const char *s, size_t len, char *ret, size_t cap)
{
    int hour, minute;
    if (len > 0 && s[0] == 'Z') {
        (void)snprintf(ret, cap, "Z");
        return 1;
    }
    if (len < 5 || (s[0] != '+' && s[0] != '-') || digits(s + 1, len - 1, 2, 2, &hour) != 2 ||
        hour > 14)
        return 0;
    size_t m = 3 + (s[3] == ':');
    if (m + 2 > len || digits(s + m, len - m, 2, 2, &minute) != 2 || minute > 59)
        return 0;
    (void)snprintf(ret, cap, "%c%02d:%02d", s[0], hour, minute);
    return m + 2;
}

static size_t clock_part(const char *s, size_t len, char *ret, size_t cap)
{
    int hour, minute;
    if (len < 6 || (s[0] != 'T' && s[0] != ' ') || digits(s + 1, len - 1, 2, 2, &hour) == 0 ||
        s[3] != ':' || digits(s + 4, len - 4, 2, 2, &minute) == 0 || hour > 23 || minute > 59)
        return 0;
    size_t n = 6, more, out = (size_t)snprintf(ret, cap, "T%02d:%02d", hour, minute);
    n += second_part(s + n, len - n, ret + out, cap - out, &more);
    out += more;
    return n + zone_part(s + n, len - n, ret + out, cap - out);
}

/* 20230530, of the year y */
static size_t compact_date(const char *s, size_t len, int y, char *ret)
{
    int m, d;
    if (len < 8 || digits(s + 4, 4, 2, 2, &m) == 0 || digits(s + 6, len - 6, 2, 2, &d) == 0 ||
        (len > 8 && ascii_digit(s[8])) || !valid(y, m, d))
        return 0;
    (void)snprintf(ret, ISODATE_MAX, "%04d-%02d-%02d", y, m, d);
    return 8;
}

static size_t number_date(const char *s, size_t len, char *ret)
{
    int y, m, d;
    size_t n = digits(s, len, 4, 4, &y);
    if (n == 0 || n == len)
        return 0;
    char sep = s[n];
    if (ascii_digit(sep))
        return compact_date(s, len, y, ret);
    if (sep != '-' && sep != '/' && sep != '.')
        return 0;
    size_t k = digits(s + n + 1, len - n - 1, 1, 2, &m);
    n += 1 + k;
    if (k == 0 || n >= len || s[n] != sep)
        return 0;
    k = digits(s + n + 1, len - n - 1, 1, 2, &d);
    n += 1 + k;
    if (k == 0 || (n < len && ascii_digit(s[n])) || !valid(y, m, d))
        return 0;
    int out = snprintf(ret, ISODATE_MAX, "%04d-%02d-%02d", y, m, d);
    return n + clock_part(s + n, len - n, ret + out, ISODATE_MAX - (size_t)out);
}

/* "30.05.2023": with stops the day always comes first. */
static size_t dotted_date(const char *s, size_t len, char *ret)
{
    int y, m, d;
    size_t n = digits(s, len, 1, 2, &d), k;
    if (n == 0 || n >= len || s[n] != '.' || (k = digits(s + n + 1, len - n - 1, 1, 2, &m)) == 0)
        return 0;
    n += 1 + k;
    if (n >= len || s[n] != '.' || digits(s + n + 1, len - n - 1, 4, 4, &y) == 0 || !valid(y, m, d))
        return 0;
    n += 5;
    if (n < len && ascii_digit(s[n]))
        return 0;
    (void)snprintf(ret, ISODATE_MAX, "%04d-%02d-%02d", y, m, d);
    return n;
}

static size_t ordinal(const char *s, size_t len)
{
    static const char *const ends[] = {"st", "nd", "rd", "th"};
    for (size_t i = 0; i < 4; i++)
        if (len >= 2 && strncasecmp(s, ends[i], 2) == 0 && (len == 2 || !letter(s[2])))
            return 2;
    return 0;
}

/* "May 30, 2023" or "30 May 2023". */
/* What stands between the parts of a date in words. */
static size_t gap(const char *s, size_t len)
{
    return len > 0 && s[0] == '-' ? 1 : blanks(s, len);
}

/* "May 3rd" or "3rd May", "3-May". How many bytes; 0: neither. */
static size_t month_and_day(const char *s, size_t len, int *ret_month, int *ret_day)
{
    size_t n = month_name(s, len, ret_month);
    if (n > 0) {
        n += blanks(s + n, len - n);
        size_t k = digits(s + n, len - n, 1, 2, ret_day);
        return k > 0 ? n + k + ordinal(s + n + k, len - n - k) : 0;
    }
    n = digits(s, len, 1, 2, ret_day);
    if (n == 0)
        return 0;
    n += ordinal(s + n, len - n);
    size_t g = gap(s + n, len - n), k = g > 0 ? month_name(s + n + g, len - n - g, ret_month) : 0;
    return k > 0 ? n + g + k : 0;
}

static size_t word_date(const char *s, size_t len, char *ret)
{
    int y = 0, m = 0, d = 0;
    size_t n = month_and_day(s, len, &m, &d);
    if (n == 0 || n >= len)
        return 0;
    size_t g = gap(s + n, len - n), k = g > 0 ? digits(s + n + g, len - n - g, 4, 4, &y) : 0;
    n += g + k;
    if (k == 0 || (n < len && ascii_digit(s[n])) || !valid(y, m, d))
        return 0;
    (void)snprintf(ret, ISODATE_MAX, "%04d-%02d-%02d", y, m, d);
    return n;
}

static size_t weekday(const char *s, size_t len)
{
    static const char *const names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday"};
    size_t n = 0;
    while (n < len && letter(s[n]))
        n++;
    for (size_t i = 0; i < 7 && n >= 3; i++)
        if ((n == strlen(names[i]) || n == 3) && strncasecmp(names[i], s, n) == 0) {
            n += n < len && s[n] == '.';
            return n + blanks(s + n, len - n);
        }
    return 0;
}

size_t isodate_read(const char *s, size_t len, char *ret)
{
    size_t n = number_date(s, len, ret);
    if (n > 0)
        return n;
    size_t day = weekday(s, len);
    n = word_date(s + day, len - day, ret);
    if (n == 0)
        n = dotted_date(s + day, len - day, ret);
    return n > 0 ? day + n : 0;
}

size_t isodate_path(const char *s, size_t len, char *ret, size_t *ret_at)
{
    for (size_t i = 0; i + 10 < len; i++) {
        if (s[i] != '/' || !ascii_digit(s[i + 1]))
            continue;
        size_t n = number_date(s + i + 1, len - i - 1, ret);
        bool whole = i + 1 + n == len || !ascii_digit(s[i + 1 + n]);
        if (n >= 8 && whole && s[i + 1 + 4] != '.' && !ascii_digit(s[i + 1 + 4])) {
            ret[10] = '\0';
            *ret_at = i + 1;
            return n;
        }
    }
    return 0;
}

bool isodate_month(const char *s, size_t len)
{
    int month;
    return month_name(s, len, &month) > 0;
}

size_t isodate_find(const char *s, size_t len, char *ret, size_t *ret_at)
{
    for (size_t i = 0; i < len; i++) {
        bool start = i == 0 || (!letter(s[i - 1]) && !ascii_digit(s[i - 1]));
        if (!start || !(letter(s[i]) || ascii_digit(s[i])))
            continue;
        size_t n = isodate_read(s + i, len - i, ret);
        if (n > 0) {
            *ret_at = i;
            return n;
        }
    }
    return 0;
}
