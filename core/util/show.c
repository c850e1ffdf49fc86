/* show.c: see show.h. */
#include "util/show.h"
#include "util/alloc.h"
#include "util/utf8.h"
#include <string.h>

typedef struct shown {
    char p[8]; /* \u{2066} */
    size_t len;
} shown;

static const char digits[] = "0123456789abcdef";

static bool steers(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

/* Of the first two or three bytes of valid UTF-8; others steer nothing. */
static uint32_t character(const unsigned char *p, size_t n)
{
    if (n == 2)
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    return n == 3 ? (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F)
                  : p[0];
}

static shown escape_byte(unsigned char c)
{
    return c == '\n' ? (shown){"\\n", 2} : (shown){{'\\', 'x', digits[c >> 4], digits[c & 15]}, 4};
}

static shown escape_character(uint32_t c)
{
    return (shown){{'\\', 'u', '{', digits[c >> 12], digits[c >> 8 & 15], digits[c >> 4 & 15],
                    digits[c & 15], '}'},
                   8};
}

static size_t sequence_length(unsigned char lead)
{
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* How the first character of p, n > 0 bytes, is shown. Returns its length. */
static size_t next(const char *p, size_t n, shown *ret)
{
    size_t length = sequence_length((unsigned char)*p);
    if (length > n || !utf8_valid(p, length)) {
        *ret = escape_byte((unsigned char)*p);
        return 1;
    }
    uint32_t c = character((const unsigned char *)p, length);
    if (!steers(c)) {
        memcpy(ret->p, p, length);
        ret->len = length;
    } else {
        *ret = length == 1 ? escape_byte((unsigned char)*p) : escape_character(c);
    }
    return length;
}

void show_bytes(strbuf *out, const char *p, size_t n, size_t max)
{
    size_t few = n > max ? max : n;
    while (few > 0 && few < n && ((unsigned char)p[few] & 0xC0) == 0x80)
        few--;
    for (size_t i = 0; i < few;) {
        shown s;
        i += next(p + i, few - i, &s);
        strbuf_add(out, s.p, s.len);
    }
    if (few < n)
        strbuf_puts(out, "...");
}

json_t *show_json(const char *text)
{
    strbuf as = STRBUF_INIT;
    if (text == NULL)
        return json_null();
    if (utf8_valid(text, strlen(text)))
        return json_string(text);
    show_bytes(&as, text, strlen(text), SIZE_MAX);
    json_t *j = as.oom ? NULL : json_string(as.p);
    strbuf_release(&as);
    return j;
}

size_t show_fixed(char *ret, size_t cap, const char *p, size_t n)
{
    size_t len = 0;
    for (size_t i = 0; i < n;) {
        shown one;
        i += next(p + i, n - i, &one);
        if (one.len >= cap - len)
            break;
        memcpy(ret + len, one.p, one.len);
        len += one.len;
    }
    ret[len] = '\0';
    return len;
}

static size_t newlines_at_end(const char *s)
{
    size_t n = strlen(s), end = n;
    while (end > 0 && s[end - 1] == '\n')
        end--;
    return n - end;
}

/* `text`: what fmt made, of which as many last bytes are newlines of its own. */
static void put(FILE *f, const char *text, size_t n, size_t newlines)
{
    strbuf out = STRBUF_INIT;
    show_bytes(&out, text, n - newlines, SIZE_MAX);
    strbuf_add(&out, text + n - newlines, newlines);
    if (out.oom) { /* then as much as has room here */
        char few[1024];
        (void)fwrite(few, 1, show_fixed(few, sizeof few, text, n - newlines), f);
        (void)fwrite(text + n - newlines, 1, newlines, f);
    } else if (out.len > 0) {
        (void)fwrite(out.p, 1, out.len, f);
    }
    strbuf_release(&out);
}

void show_vprintf(FILE *f, const char *fmt, va_list ap)
{
    char few[1024], *text = few;
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(few, sizeof few, fmt, ap);
    if (n >= (int)sizeof few && (text = mem_alloc((size_t)n + 1)) != NULL)
        (void)vsnprintf(text, (size_t)n + 1, fmt, again);
    va_end(again);
    if (n >= 0 && text != NULL)
        put(f, text, (size_t)n, newlines_at_end(fmt));
    else
        put(f, few, strlen(few), 0);
    if (text != few)
        mem_free(text);
}

void show_printf(FILE *f, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    show_vprintf(f, fmt, ap);
    va_end(ap);
}
