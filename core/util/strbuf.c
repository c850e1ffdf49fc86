/* strbuf.c: see strbuf.h. */
#include "util/strbuf.h"
#include "util/alloc.h"
#include <string.h>

bool strbuf_reserve(strbuf *b, size_t extra)
{
    if (!b->oom && extra < b->cap - b->len)
        return true;
    if (b->oom || extra > SIZE_MAX / 2 - b->len) {
        b->oom = true;
        return false;
    }
    b->oom = !MEM_GROW(b->p, b->cap, b->len + extra + 1);
    return !b->oom;
}

void strbuf_add(strbuf *b, const void *bytes, size_t n)
{
    if (!strbuf_reserve(b, n))
        return;
    if (n > 0)
        memcpy(b->p + b->len, bytes, n);
    b->len += n;
    b->p[b->len] = '\0';
}

void strbuf_puts(strbuf *b, const char *s)
{
    strbuf_add(b, s, strlen(s));
}

void strbuf_putc(strbuf *b, char c)
{
    if (!strbuf_reserve(b, 1))
        return;
    b->p[b->len++] = c;
    b->p[b->len] = '\0';
}

void strbuf_vprintf(strbuf *b, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    if (n < 0)
        b->oom = true;
    else if (strbuf_reserve(b, (size_t)n)) {
        (void)vsnprintf(b->p + b->len, (size_t)n + 1, fmt, again);
        b->len += (size_t)n;
    }
    va_end(again);
}

void strbuf_printf(strbuf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    strbuf_vprintf(b, fmt, ap);
    va_end(ap);
}

void strbuf_clear(strbuf *b)
{
    b->len = 0;
    b->oom = false;
    if (b->p != NULL)
        b->p[0] = '\0';
}

void strbuf_release(strbuf *b)
{
    mem_free(b->p);
    *b = (strbuf)STRBUF_INIT;
}
