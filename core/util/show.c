/* show.c: see show.h. */
#include "util/show.h"
#include "util/utf8.h"
#include <string.h>

/* U+202A to U+202E, U+2066 to U+2069: all of three bytes. 0: not one of them. */
static unsigned direction(const char *p)
{
    unsigned c = ((unsigned char)p[0] & 0x0Fu) << 12 | ((unsigned char)p[1] & 0x3Fu) << 6 | ((unsigned char)p[2] & 0x3Fu);
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ? c : 0;
}

/* Length of the character at p; 0: not UTF-8. */
static size_t character(const char *p, size_t n)
{
    if ((unsigned char)*p < 0x80)
        return 1;
    size_t length = (unsigned char)*p < 0xE0 ? 2 : (unsigned char)*p < 0xF0 ? 3 : 4;
    return length <= n && utf8_valid(p, length) ? length : 0;
}

static void show_character(strbuf *out, const char *p, size_t length)
{
    unsigned char c = (unsigned char)p[0], second = (unsigned char)(length == 2 ? p[1] : 0);
    if (c == '\n')
        strbuf_puts(out, "\\n");
    else if (length == 0 || c < 0x20 || c == 0x7F)
        strbuf_printf(out, "\\x%02x", c);
    else if (c == 0xC2 && second < 0xA0)
        strbuf_printf(out, "\\x%02x", second);
    else if (length == 3 && direction(p) != 0)
        strbuf_printf(out, "\\u{%04x}", direction(p));
    else
        strbuf_add(out, p, length);
}

void show_bytes(strbuf *out, const char *p, size_t n, size_t max)
{
    size_t shown = n > max ? max : n;
    while (shown > 0 && shown < n && ((unsigned char)p[shown] & 0xC0) == 0x80)
        shown--;
    for (size_t i = 0; i < shown;) {
        size_t length = character(p + i, shown - i);
        show_character(out, p + i, length);
        i += length > 0 ? length : 1;
    }
    if (shown < n)
        strbuf_puts(out, "...");
}

json_t *show_json(const char *text)
{
    strbuf shown = STRBUF_INIT;
    if (utf8_valid(text, strlen(text)))
        return json_string(text);
    show_bytes(&shown, text, strlen(text), SIZE_MAX);
    json_t *j = shown.oom ? NULL : json_string(shown.p);
    strbuf_release(&shown);
    return j;
}

void show_vprintf(FILE *f, const char *fmt, va_list ap)
{
    strbuf text = STRBUF_INIT, out = STRBUF_INIT;
    size_t lines = strlen(fmt);
    while (lines > 0 && fmt[lines - 1] == '\n')
        lines--;
    lines = strlen(fmt) - lines;
    strbuf_vprintf(&text, fmt, ap);
    if (!text.oom)
        show_bytes(&out, text.p, text.len - lines, SIZE_MAX);
    if (text.oom || out.oom)
        (void)fputs("(out of memory)", f);
    else
        (void)fwrite(out.p != NULL ? out.p : "", 1, out.len, f);
    while (lines-- > 0)
        (void)fputc('\n', f);
    strbuf_release(&text);
    strbuf_release(&out);
}

void show_printf(FILE *f, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    show_vprintf(f, fmt, ap);
    va_end(ap);
}
