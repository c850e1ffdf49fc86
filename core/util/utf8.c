/* utf8.c: see utf8.h. Eight bytes at a time where the text is ASCII. */
#include "util/utf8.h"
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define HIGH_BITS UINT64_C(0x8080808080808080)
#define LOW_BITS UINT64_C(0x0101010101010101)

static inline uint64_t load8(const char *p)
{
    uint64_t w;
    memcpy(&w, p, sizeof w);
    return w;
}

static inline size_t ascii_prefix(const char *p, size_t n)
{
    size_t i = 0;
#ifdef __SSE2__
    for (; n - i >= 16; i += 16) {
        unsigned mask =
            (unsigned)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)(p + i)));
        if (mask != 0)
            return i + (size_t)__builtin_ctz(mask);
    }
#else
    while (n - i >= 8 && (load8(p + i) & HIGH_BITS) == 0)
        i += 8;
#endif
    while (i < n && (unsigned char)p[i] < 0x80)
        i++;
    return i;
}

/* Length of the common sequences of two and three bytes; 0: look closer. */
static inline size_t plain_sequence(const unsigned char *p, size_t n)
{
    if (n >= 3 && p[0] > 0xE0 && p[0] < 0xF0 && p[0] != 0xED && (p[1] & 0xC0) == 0x80 &&
        (p[2] & 0xC0) == 0x80)
        return 3;
    if (n >= 2 && p[0] >= 0xC2 && p[0] < 0xE0 && (p[1] & 0xC0) == 0x80)
        return 2;
    return 0;
}

/* What may follow a lead byte: length of the sequence (0: not a lead byte) and limits of its second
 * byte (Unicode table 3-7). */
static size_t lead_class(unsigned char c, unsigned char *ret_low, unsigned char *ret_high)
{
    *ret_low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    *ret_high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (c < 0x80)
        return 1;
    if (c < 0xC2)
        return 0;
    return c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
}

/* Bytes of the well-formed beginning of the sequence at p; *ret_whole tells if that is a
 * character. */
static size_t sequence(const char *p, size_t n, bool *ret_whole)
{
    unsigned char low, high;
    size_t want = lead_class((unsigned char)p[0], &low, &high), have = want > 0;
    while (have > 0 && have < want && have < n) {
        unsigned char c = (unsigned char)p[have];
        if (c < low || c > high)
            break;
        low = 0x80, high = 0xBF;
        have++;
    }
    *ret_whole = want > 0 && have == want;
    return have;
}

size_t utf8_valid_prefix(const char *p, size_t n)
{
    size_t i = 0;
    for (;;) {
        i += ascii_prefix(p + i, n - i);
        bool whole;
        while (i < n && (unsigned char)p[i] >= 0x80) {
            size_t length = plain_sequence((const unsigned char *)p + i, n - i);
            if (length == 0 && (length = sequence(p + i, n - i, &whole), !whole))
                return i;
            i += length;
        }
        if (i == n)
            return n;
    }
}

size_t utf8_bad_length(const char *p, size_t n)
{
    bool whole;
    size_t length = sequence(p, n, &whole);
    return length > 0 ? length : 1;
}

size_t utf8_count(const char *p, size_t n)
{
    size_t i = 0, inner = 0; /* continuation bytes: high bit set, next bit clear */
    for (; n - i >= 8; i += 8) {
        uint64_t w = load8(p + i);
        inner += (size_t)((((w >> 7) & (~w >> 6) & LOW_BITS) * LOW_BITS) >> 56);
    }
    for (; i < n; i++)
        inner += ((unsigned char)p[i] & 0xC0) == 0x80;
    return n - inner;
}

size_t utf8_encode(uint32_t c, char ret[4])
{
    if (c < 0x80) {
        ret[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        ret[0] = (char)(0xC0 | c >> 6);
        ret[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        ret[0] = (char)(0xE0 | c >> 12);
        ret[1] = (char)(0x80 | (c >> 6 & 0x3F));
        ret[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    ret[0] = (char)(0xF0 | c >> 18);
    ret[1] = (char)(0x80 | (c >> 12 & 0x3F));
    ret[2] = (char)(0x80 | (c >> 6 & 0x3F));
    ret[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}
