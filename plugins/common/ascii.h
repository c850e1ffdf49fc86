/* ascii.h: letters, digits and white space of ASCII, whatever the locale: bytes above 0x7F are
 * none. */
#ifndef PLUGINS_COMMON_ASCII_H
#define PLUGINS_COMMON_ASCII_H
#include <stdbool.h>

/* A to Z, 0 to 9. */
static inline bool ascii_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}
static inline bool ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* White space as isspace() in the C locale has it: blank, tab, line ends, vertical tab, form
 * feed. */
static inline bool ascii_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The small letter of a capital; any other byte as it is. */
static inline char ascii_lower(char c)
{
    return (char)(ascii_upper(c) ? c + ('a' - 'A') : c);
}
#endif
