/* mojibake.c: UTF-8 that was read as Windows-1252, back to the character, see mojibake_at in
 * chars.h. */
#include "clean/chars.h"
#include <string.h>

static const uint16_t cp1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

uint32_t cp1252_char(uint32_t byte)
{
    return byte >= 0x80 && byte < 0xA0 ? cp1252[byte - 0x80] : 0;
}

size_t utf8_read(const char *s, size_t n, uint32_t *ret_char)
{
    const uint8_t *b = (const uint8_t *)s;
    if (n == 0)
        return 0;
    size_t len = b[0] < 0x80 ? 1 : b[0] < 0xE0 ? 2 : b[0] < 0xF0 ? 3 : 4;
    if (len > n)
        len = n;
    uint32_t c = len == 1 ? b[0] : b[0] & (0x7Fu >> len);
    for (size_t i = 1; i < len; i++)
        c = c << 6 | (b[i] & 0x3Fu);
    *ret_char = c;
    return len;
}

size_t utf8_write(uint32_t c, char *out)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = len; i-- > 1; c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)((0xF00u >> len & 0xFF) | c);
    return len;
}

/* The byte that was read as this character: Windows-1252, or Latin-1 where that has a control. 0:
 * none. */
static uint32_t byte_of(uint32_t c)
{
    if (c >= 0x80 && c <= 0xFF)
        return c;
    for (uint32_t i = 0; c > 0xFF && i < 32; i++)
        if (cp1252[i] == c)
            return 0x80 + i;
    return 0;
}

static size_t follow_bytes(uint32_t lead)
{
    return lead >= 0xC2 && lead <= 0xDF   ? 1
           : lead >= 0xE0 && lead <= 0xEF ? 2
           : lead >= 0xF0 && lead <= 0xF4 ? 3
                                          : 0;
}

static bool letter_at(const char *s, size_t n)
{
    return n > 0 && ((s[0] >= 'a' && s[0] <= 'z') || (s[0] >= 'A' && s[0] <= 'Z'));
}

/* What the second byte is in windows-1252, that is what stands in the text. */
static bool is_letter_or_sign(uint32_t c)
{
    return c >= 0xA1 && c != 0xAB && c != 0xBB && c != 0xB4 && c != 0xA8;
}

static bool is_quote(uint32_t c)
{
    return (c >= 0x91 && c <= 0x97) || c == 0x84 || c == 0x85 || c == 0x82 || c == 0x8B ||
           c == 0x9B;
}

/* Two characters could stand side by side in clean text ("CAF\xC9\x85" is a word and an ellipsis).
 * They prove damage when the second is a sign that follows no letter, or a mark of quotation in the
 * midst of a word. */
static bool sure_pair(uint32_t lead, uint32_t last, const char *behind, size_t n)
{
    bool letter_or_sign = is_letter_or_sign(last), quote = is_quote(last);
    if (lead == 0xC2)
        return letter_or_sign;
    if (lead == 0xC3)
        return last != 0xA0 && (letter_or_sign || (last < 0xA0 && !quote) ||
                                (last != 0x92 && letter_at(behind, n)));
    return (lead == 0xC4 || lead == 0xC5 || lead == 0xCE || lead == 0xCF) && letter_or_sign &&
           letter_at(behind, n);
}

static bool sure_sequence(uint32_t lead, uint32_t last, size_t more, const char *behind, size_t n)
{
    if (more == 1)
        return sure_pair(lead, last, behind, n);
    /* punctuation, symbols, byte order marks, emoji */
    return lead == 0xE2 || lead == 0xEF || more == 3;
}

/* A closing quotation mark of which the last byte (0x9D, which Windows-1252 lacks) was lost. */
static size_t cut_quote(const char *s, size_t n)
{
    static const char head[] = "\xC3\xA2\xE2\x82\xAC"; /* "â€" */
    if (n < 5 || memcmp(s, head, 5) != 0)
        return 0;
    if (n >= 8 && memcmp(s + 5, "\xEF\xBF\xBD", 3) == 0)
        return 8;
    return n == 5 || strchr(" .,;:!?)\n", s[5]) != NULL ? 5 : 0;
}

/* The sequence at s whole; 0 when it is none. */
static size_t sequence(const char *s, size_t n, uint32_t *ret_lead, uint32_t *ret_last,
                       size_t *ret_more, uint32_t *ret_char)
{
    uint32_t c = 0, last = 0;
    size_t used = utf8_read(s, n, &c);
    uint32_t lead = byte_of(c);
    size_t more = follow_bytes(lead);
    if (more == 0)
        return 0;
    uint32_t value = lead & (0x3Fu >> more);
    for (size_t i = 0; i < more; i++) {
        size_t step = used < n ? utf8_read(s + used, n - used, &c) : 0;
        last = step > 0 ? byte_of(c) : 0;
        if (last < 0x80 || last > 0xBF)
            return 0;
        value = value << 6 | (last & 0x3F);
        used += step;
    }
    bool short_form =
        (more == 2 && value < 0x800) || (more == 3 && (value < 0x10000 || value > 0x10FFFF));
    if (short_form || (value >= 0xD800 && value < 0xE000))
        return 0;
    *ret_lead = lead, *ret_last = last, *ret_more = more, *ret_char = value;
    return used;
}

size_t mojibake_at(const char *s, size_t n, uint32_t *ret_char, bool *ret_sure)
{
    uint32_t lead, last, next_lead, next_last, next_char;
    size_t more, next_more, used = sequence(s, n, &lead, &last, &more, ret_char);
    if (used == 0) {
        *ret_char = 0x201D;
        *ret_sure = false;
        return cut_quote(s, n);
    }
    bool run = sequence(s + used, n - used, &next_lead, &next_last, &next_more, &next_char) > 0 &&
               next_more == more;
    *ret_sure = run || sure_sequence(lead, last, more, s + used, n - used);
    return used;
}
