/* isodate.h: a calendar date as pages and headers print it, to ISO 8601. Knows no plugin type. */
#ifndef PLUGINS_CLEAN_ISODATE_H
#define PLUGINS_CLEAN_ISODATE_H
#include <stdbool.h>
#include <stddef.h>

enum { ISODATE_MAX = 40 };

/* Does a date begin at s[0]? "2023-05-30" (then also T or a blank with a time and zone),
 * "2023/05/30", "20230530", "May 30, 2023", "30 May 2023", "30.05.2023", "Tue, 30 May 2023". Day
 * first or month first in dates such as 5/6/2023 is not guessed. Years 1900 to 2099. Returns the
 * length read, 0 for none; ret (ISODATE_MAX bytes) gets YYYY-MM-DD, or YYYY-MM-DDThh:mm[:ss][zone]
 * for what was given in ISO form. */
size_t isodate_read(const char *s, size_t len, char *ret);

/* Does the text begin with the name of a month, or its abbreviation? */
bool isodate_month(const char *s, size_t len);

/* The first whole date in the path of an address, ".../2023/05/30/..." or with hyphens: its length,
 * 0 for none; ret gets YYYY-MM-DD, *ret_at its offset. */
size_t isodate_path(const char *s, size_t len, char *ret, size_t *ret_at);

/* The first date within the text, at a word's start; *ret_at is its offset. */
size_t isodate_find(const char *s, size_t len, char *ret, size_t *ret_at);
#endif
