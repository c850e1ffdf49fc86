/* strbuf.h: a growing byte buffer. Terminated behind len; p is NULL until something was appended.
 * May hold NUL; `oom` sticks, so that a series of appends is checked once at its end. One owner, no
 * threads. */
#ifndef CORE_UTIL_STRBUF_H
#define CORE_UTIL_STRBUF_H
#include <stdbool.h>
#include <stddef.h>
#include <winnow/plugin.h>

typedef struct strbuf {
    char *p;
    size_t len, cap;
    bool oom;
} strbuf;
#define STRBUF_INIT \
    { \
        NULL, 0, 0, false \
    }

/* Room for `extra` bytes more and the terminator, len as before. false: oom is set, and stays. */
bool strbuf_reserve(strbuf *b, size_t extra);
/* Append. Once oom is set nothing is appended any more; what was there stays. p may move. A format
 * that cannot be written counts as oom. */
void strbuf_add(strbuf *b, const void *bytes, size_t n);
void strbuf_puts(strbuf *b, const char *s);
void strbuf_putc(strbuf *b, char c);
void strbuf_printf(strbuf *b, const char *fmt, ...) WN_PRINTF(2, 3);
void strbuf_vprintf(strbuf *b, const char *fmt, va_list ap) WN_PRINTF(2, 0);
void strbuf_clear(strbuf *b);   /* length 0 and no oom, memory kept */
void strbuf_release(strbuf *b); /* memory freed; as STRBUF_INIT again */
#endif
