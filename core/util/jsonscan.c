/* jsonscan.c: reading JSON, see json.h. Checks first (one pass, positions), trees on request. */
#include "util/json.h"
#include "util/utf8.h"
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

bool json_scan_fail(json_scan *s, scan_status status, const char *at, const char *message)
{
    if (s->status == SCAN_OK) {
        s->status = status;
        s->at = at;
        s->message = message;
    }
    return false;
}

static void skip_blanks(json_scan *s)
{
    while (s->p < s->end && (*s->p == ' ' || *s->p == '\t' || *s->p == '\n' || *s->p == '\r'))
        s->p++;
}

bool json_scan_char(json_scan *s, char c)
{
    skip_blanks(s);
    if (s->p < s->end && *s->p == c) {
        s->p++;
        return true;
    }
    const char *message = c == ':'   ? "expected ':'"
                          : c == '{' ? "expected an object"
                                     : "expected a string";
    return json_scan_fail(s, SCAN_SYNTAX, s->p, message);
}

bool json_scan_end(json_scan *s)
{
    skip_blanks(s);
    return s->p == s->end ||
           json_scan_fail(s, SCAN_SYNTAX, s->p, "unexpected text after the value");
}

/* The next byte that matters in a string: a quote, a backslash or a control character. */
static const char *next_special(const char *p, const char *end)
{
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"'), back = _mm_set1_epi8('\\'),
                  control = _mm_set1_epi8(0x1F);
    for (; end - p >= 16; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, back)),
                                   _mm_cmpeq_epi8(_mm_min_epu8(v, control), v));
        unsigned mask = (unsigned)_mm_movemask_epi8(hit);
        if (mask != 0)
            return p + __builtin_ctz(mask);
    }
#endif
    while (p < end && (unsigned char)*p >= 0x20 && *p != '"' && *p != '\\')
        p++;
    return p;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static bool four_digits(const char *p, const char *end, uint32_t *ret)
{
    uint32_t value = 0;
    if (end - p < 4)
        return false;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(p[i]);
        if (digit < 0)
            return false;
        value = value << 4 | (uint32_t)digit;
    }
    *ret = value;
    return true;
}

/* p: after the backslash. */
static bool check_escape(json_scan *s, const char **p)
{
    uint32_t unit;
    if (*p < s->end && **p == 'u') {
        if (!four_digits(*p + 1, s->end, &unit))
            return json_scan_fail(s, SCAN_SYNTAX, *p - 1, "\\u needs four hexadecimal digits");
        *p += 5;
        return true;
    }
    if (*p == s->end || **p == '\0' || strchr("\"\\/bfnrt", **p) == NULL)
        return json_scan_fail(s, SCAN_SYNTAX, *p - 1, "no such escape");
    *p += 1;
    return true;
}

bool json_scan_string(json_scan *s, wn_str *ret_body)
{
    if (!json_scan_char(s, '"'))
        return false;
    const char *start = s->p, *p = start;
    for (;;) {
        p = next_special(p, s->end);
        if (p == s->end)
            return json_scan_fail(s, SCAN_SYNTAX, start - 1, "string without an end");
        if (*p == '"')
            break;
        if (*p != '\\')
            return json_scan_fail(s, SCAN_SYNTAX, p, "control character in a string");
        p++;
        if (!check_escape(s, &p))
            return false;
    }
    *ret_body = (wn_str){start, (size_t)(p - start)};
    s->p = p + 1;
    return true;
}

static bool digits(json_scan *s)
{
    const char *start = s->p;
    while (s->p < s->end && *s->p >= '0' && *s->p <= '9')
        s->p++;
    return s->p > start || json_scan_fail(s, SCAN_SYNTAX, s->p, "expected a digit");
}

/* One of two bytes, if it comes next, is passed over. */
static bool pass(json_scan *s, char a, char b)
{
    const bool there = s->p < s->end && (*s->p == a || *s->p == b);
    s->p += there;
    return there;
}

static bool scan_exponent(json_scan *s)
{
    if (!pass(s, 'e', 'E'))
        return true;
    (void)pass(s, '+', '-');
    return digits(s);
}

static bool scan_number(json_scan *s)
{
    (void)pass(s, '-', '-');
    if (!pass(s, '0', '0') && !digits(s))
        return false;
    if ((pass(s, '.', '.') && !digits(s)) || !scan_exponent(s))
        return false;
    return s->p == s->end || strchr("0123456789.eE+-", *s->p) == NULL || *s->p == '\0' ||
           json_scan_fail(s, SCAN_SYNTAX, s->p, "malformed number");
}

static bool scan_word(json_scan *s, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(s->end - s->p) < n || memcmp(s->p, word, n) != 0)
        return json_scan_fail(s, SCAN_SYNTAX, s->p, "expected a value");
    s->p += n;
    return true;
}

static bool scan_value(json_scan *s, unsigned depth);

static bool scan_list(json_scan *s, bool object, unsigned depth)
{
    const char close = object ? '}' : ']';
    if (depth == 0)
        return json_scan_fail(s, SCAN_DEPTH, s->p, "nested too deeply");
    s->p++;
    skip_blanks(s);
    if (s->p < s->end && *s->p == close) {
        s->p++;
        return true;
    }
    for (;;) {
        wn_str key;
        if (object && !(json_scan_string(s, &key) && json_scan_char(s, ':')))
            return false;
        if (!scan_value(s, depth - 1))
            return false;
        skip_blanks(s);
        if (s->p == s->end || (*s->p != ',' && *s->p != close))
            return json_scan_fail(s, SCAN_SYNTAX, s->p,
                                  object ? "expected ',' or '}'" : "expected ',' or ']'");
        if (*s->p++ == close)
            return true;
    }
}

static bool scan_value(json_scan *s, unsigned depth)
{
    wn_str body;
    skip_blanks(s);
    if (s->p == s->end)
        return json_scan_fail(s, SCAN_SYNTAX, s->p, "expected a value");
    switch (*s->p) {
    case '"': return json_scan_string(s, &body);
    case '{': return scan_list(s, true, depth);
    case '[': return scan_list(s, false, depth);
    case 't': return scan_word(s, "true");
    case 'f': return scan_word(s, "false");
    case 'n': return scan_word(s, "null");
    default:
        if (*s->p == '-' || (*s->p >= '0' && *s->p <= '9'))
            return scan_number(s);
        return json_scan_fail(s, SCAN_SYNTAX, s->p, "expected a value");
    }
}

bool json_scan_value(json_scan *s, wn_str *ret_value)
{
    skip_blanks(s);
    const char *start = s->p;
    if (!scan_value(s, s->depth))
        return false;
    *ret_value = (wn_str){start, (size_t)(s->p - start)};
    return true;
}

bool json_scan_member(json_scan *s, bool first, wn_str *ret_key, wn_str *ret_value)
{
    skip_blanks(s);
    if (s->p < s->end && *s->p == '}') {
        s->p++;
        return false;
    }
    if (!first) {
        if (s->p == s->end || *s->p != ',')
            return json_scan_fail(s, SCAN_SYNTAX, s->p, "expected ',' or '}'");
        s->p++;
    }
    return json_scan_string(s, ret_key) && json_scan_char(s, ':') && json_scan_value(s, ret_value);
}

/* ---- values of what was checked ---- */

static size_t unicode_escape(const char *p, const char *end, uint32_t *ret, bool *ret_lone)
{
    uint32_t unit = 0, low = 0;
    (void)four_digits(p + 2, end, &unit);
    if (unit >= 0xD800 && unit < 0xDC00 && end - p >= 12 && p[6] == '\\' && p[7] == 'u' &&
        four_digits(p + 8, end, &low) && low >= 0xDC00 && low < 0xE000) {
        *ret = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        return 12;
    }
    *ret_lone = unit >= 0xD800 && unit < 0xE000;
    *ret = *ret_lone ? UTF8_REPLACEMENT : unit;
    return 6;
}

size_t json_escape(const char *p, const char *end, char ret_utf8[4], size_t *ret_length,
                   bool *ret_lone)
{
    static const char names[] = "bfnrt", values[] = "\b\f\n\r\t";
    *ret_lone = false;
    *ret_length = 1;
    if (p[1] == 'u') {
        uint32_t c = 0;
        size_t n = unicode_escape(p, end, &c, ret_lone);
        *ret_length = utf8_encode(c, ret_utf8);
        return n;
    }
    const char *at = strchr(names, p[1]);
    ret_utf8[0] = at != NULL ? values[at - names] : p[1];
    return 2;
}

size_t json_unescape(wn_str body, strbuf *out)
{
    const char *p = body.p, *end = p + body.len;
    size_t lone_ones = 0;
    while (p < end) {
        const char *back = memchr(p, '\\', (size_t)(end - p));
        strbuf_add(out, p, (size_t)((back == NULL ? end : back) - p));
        if (back == NULL)
            break;
        char utf8[4];
        size_t length;
        bool lone;
        p = back + json_escape(back, end, utf8, &length, &lone);
        strbuf_add(out, utf8, length);
        lone_ones += lone;
    }
    return lone_ones;
}
