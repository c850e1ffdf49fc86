/* show.h: text for people. What others wrote (names of files, ids, messages of stages) must not
 * steer a terminal or forge a line: control characters (C0, DEL, C1), bidirectional overrides and
 * bytes that are not UTF-8 are shown as \xNN or \u{NNNN}, a newline as \n. No state; one call
 * writes its text at once. */
#ifndef CORE_UTIL_SHOW_H
#define CORE_UTIL_SHOW_H
#include "util/strbuf.h"

/* Appended, see out->oom; of more than `max` bytes of p the first, whole characters, and "...". */
void show_bytes(strbuf *out, const char *p, size_t n, size_t max);
/* A text that need not be UTF-8 (a path) as a JSON string: as it is, or if need be as it is shown;
 * null of NULL. A new reference. NULL: out of memory. */
json_t *show_json(const char *text);
/* fprintf for people: newlines at the end of the format are newlines, all that it makes before them
 * is shown. Out of memory: the first 1 KiB of it. A failing f shows in ferror. */
void show_printf(FILE *f, const char *fmt, ...) WN_PRINTF(2, 3);
void show_vprintf(FILE *f, const char *fmt, va_list ap) WN_PRINTF(2, 0);
/* Where nothing may lock or allocate (signal handlers): as many whole characters of p as have room,
 * terminated. Returns the length. cap > 0. */
size_t show_fixed(char *ret, size_t cap, const char *p, size_t n);
#endif
