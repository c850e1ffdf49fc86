/* json.c: writing JSON. */
#include "util/json.h"
#include <float.h>
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

static inline bool special(char c)
{
    return (unsigned char)c < 0x20 || c == '"' || c == '\\';
}

/* Length of the prefix that needs no escape. */
static size_t plain_prefix(const char *p, size_t n)
{
    size_t i = 0;
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"'), back = _mm_set1_epi8('\\'),
                  control = _mm_set1_epi8(0x1F);
    for (; n - i >= 16; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, back)),
                                   _mm_cmpeq_epi8(_mm_min_epu8(v, control), v));
        unsigned mask = (unsigned)_mm_movemask_epi8(hit);
        if (mask != 0)
            return i + (size_t)__builtin_ctz(mask);
    }
#endif
    while (i < n && !special(p[i]))
        i++;
    return i;
}

static void put_escape(strbuf *out, char c)
{
    static const char letters[] = "\b\t\n\f\r\"\\", names[] = "btnfr\"\\";
    const char *at = c == '\0' ? NULL : strchr(letters, c);
    if (at != NULL) {
        char two[2] = {'\\', names[at - letters]};
        strbuf_add(out, two, 2);
    } else {
        char six[6] = {'\\',
                       'u',
                       '0',
                       '0',
                       "0123456789abcdef"[(unsigned char)c >> 4],
                       "0123456789abcdef"[c & 15]};
        strbuf_add(out, six, 6);
    }
}

void json_put_string(strbuf *out, const char *s, size_t n)
{
    if (!strbuf_reserve(out, n + n / 16 + 2))
        return;
    strbuf_putc(out, '"');
    for (size_t i = 0; i < n;) {
        size_t plain = plain_prefix(s + i, n - i);
        strbuf_add(out, s + i, plain);
        i += plain;
        if (i < n)
            put_escape(out, s[i++]);
    }
    strbuf_putc(out, '"');
}

void json_put_uint(strbuf *out, uint64_t n)
{
    char digits[20];
    size_t i = sizeof digits;
    do
        digits[--i] = (char)('0' + n % 10);
    while ((n /= 10) > 0);
    strbuf_add(out, digits + i, sizeof digits - i);
}

static void put_int(strbuf *out, json_int_t n)
{
    if (n < 0)
        strbuf_putc(out, '-');
    json_put_uint(out, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
}

void json_put_real(strbuf *out, double x)
{
    char digits[40];
    int n = 0;
    for (int precision = 15; precision <= 17; precision++) {
        n = snprintf(digits, sizeof digits, "%.*g", precision, x);
        if (strtod(digits, NULL) == x) /* same locale as snprintf, whichever it is */
            break;
    }
    bool whole = true;
    for (int i = 0; i < n; i++) {
        if (strchr("0123456789+-e", digits[i]) == NULL)
            digits[i] = '.'; /* another locale's point */
        whole = whole && digits[i] != '.' && digits[i] != 'e';
    }
    strbuf_add(out, digits, (size_t)n);
    if (whole)
        strbuf_puts(out, ".0");
}

static bool put(strbuf *out, const json_t *value, unsigned depth);

static bool put_object(strbuf *out, json_t *object, unsigned depth)
{
    char before = '{';
    for (void *i = json_object_iter(object); i != NULL; i = json_object_iter_next(object, i)) {
        strbuf_putc(out, before);
        before = ',';
        json_put_string(out, json_object_iter_key(i), json_object_iter_key_len(i));
        strbuf_putc(out, ':');
        if (!put(out, json_object_iter_value(i), depth))
            return false;
    }
    strbuf_puts(out, before == '{' ? "{}" : "}");
    return true;
}

static bool put_array(strbuf *out, const json_t *array, unsigned depth)
{
    char before = '[';
    for (size_t i = 0; i < json_array_size(array); i++) {
        strbuf_putc(out, before);
        before = ',';
        if (!put(out, json_array_get(array, i), depth))
            return false;
    }
    strbuf_puts(out, before == '[' ? "[]" : "]");
    return true;
}

static bool put(strbuf *out, const json_t *value, unsigned depth)
{
    if (value == NULL) {
        strbuf_puts(out, "null");
        return true;
    }
    switch (json_typeof(value)) {
    case JSON_OBJECT: return depth > 0 && put_object(out, (json_t *)value, depth - 1);
    case JSON_ARRAY: return depth > 0 && put_array(out, value, depth - 1);
    case JSON_STRING:
        json_put_string(out, json_string_value(value), json_string_length(value));
        return true;
    case JSON_INTEGER: put_int(out, json_integer_value(value)); return true;
    case JSON_REAL: json_put_real(out, json_real_value(value)); return true;
    case JSON_TRUE: strbuf_puts(out, "true"); return true;
    case JSON_FALSE: strbuf_puts(out, "false"); return true;
    case JSON_NULL: break;
    }
    strbuf_puts(out, "null");
    return true;
}

bool json_put(strbuf *out, const json_t *value)
{
    return put(out, value, JSON_DEPTH);
}
