/* chars.h: characters that extraction and wrong decoding left behind: controls, odd spaces,
 * invisible marks, line ends, UTF-8 that was read as Windows-1252, characters not in normal form C.
 * Knows no plugin type. */
#ifndef PLUGINS_CLEAN_CHARS_H
#define PLUGINS_CLEAN_CHARS_H
#include "clean/result.h"

typedef struct chars_counts {
    /* characters repaired, removed, replaced; spans brought to NFC */
    size_t mojibake, controls, spaces, normal;
} chars_counts;

/* Edits for valid UTF-8 into the cleared `r`; to be repeated until there are none (text that was
 * damaged twice). false: out of memory, or the pulse of r says to stop. */
bool chars_clean(const char *text, size_t len, bool mojibake, bool nfc, clean_result *r,
                 chars_counts *counts);

/* mojibake.c: length of a sequence at s that is one character of UTF-8 read as Windows-1252 or
 * Latin-1, and that character; 0: none. `sure` says whether it proves itself; the others hold only
 * beside sure ones. */
size_t mojibake_at(const char *s, size_t n, uint32_t *ret_char, bool *ret_sure);

/* One character of UTF-8, checked by the caller: bytes read (0: n is 0) or written (1 to 4). */
size_t utf8_read(const char *s, size_t n, uint32_t *ret_char);
size_t utf8_write(uint32_t c, char *out);

/* The character that Windows-1252 has at 0x80 to 0x9F; 0: none. */
uint32_t cp1252_char(uint32_t byte);
#endif
