/* utf8.h: UTF-8 checking and stepping. Pure functions; lengths in bytes. */
#ifndef CORE_UTIL_UTF8_H
#define CORE_UTIL_UTF8_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_REPLACEMENT 0xFFFDu

/* Length of the longest valid prefix by RFC 3629 (no surrogates, nothing overlong, at most
 * U+10FFFF). NUL is a character like others. */
size_t utf8_valid_prefix(const char *p, size_t n);
/* All of it by the same rule; an empty text is. */
static inline bool utf8_valid(const char *p, size_t n)
{
    return utf8_valid_prefix(p, n) == n;
}

/* Where a valid prefix ends: how many bytes one U+FFFD stands for (the maximal subpart of an
 * ill-formed sequence, as Unicode 3.9 and the WHATWG decoder have it). n > 0; at least 1. */
size_t utf8_bad_length(const char *p, size_t n);

/* Is `at` the start of a character, or the end, of this valid text? */
static inline bool utf8_boundary(const char *p, size_t n, size_t at)
{
    return at == n || (at < n && ((unsigned char)p[at] & 0xC0) != 0x80);
}

size_t utf8_count(const char *p, size_t n); /* characters that start in these bytes; valid UTF-8 */
/* Bytes written, 1 to 4. That it is a scalar value is not checked. */
size_t utf8_encode(uint32_t codepoint, char ret[4]);
#endif
