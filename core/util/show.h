/* show.h: text of strangers (names, ids, paths, what a plugin says) for people: one line, and nothing in it that a
 * terminal would obey or that turns the order of letters round. What programs read goes another way (json.h). */
#ifndef CORE_UTIL_SHOW_H
#define CORE_UTIL_SHOW_H
#include "util/strbuf.h"

/* At most `max` bytes of it, appended: a newline as \n, control characters (C0, DEL, C1) and what is not UTF-8 as \xNN,
 * bidirectional embeddings, overrides and isolates as \u{NNNN}; "..." for what is left out. */
void show_bytes(strbuf *out, const char *p, size_t n, size_t max);

/* A text that need not be UTF-8 (a path) as a JSON string: as it is, or if need be as it is shown. NULL: out of memory. */
json_t *show_json(const char *text);

/* As fprintf, all of it shown; only newlines that end the format are newlines. */
void show_printf(FILE *f, const char *fmt, ...) WN_PRINTF(2, 3);
void show_vprintf(FILE *f, const char *fmt, va_list ap) WN_PRINTF(2, 0);
#endif
