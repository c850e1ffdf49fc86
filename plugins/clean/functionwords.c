/* functionwords.c: see functionwords.h: a hash table of words, each with the languages that have
 * it. */
#include "clean/functionwords.h"
#include "common/ascii.h"
#include <string.h>

/* The bytes of a word of at most FUNCTION_WORD as one number. */
static uint64_t key_of(const char *word, size_t n)
{
    uint64_t key = 0;
    for (size_t i = 0; i < n; i++)
        key |= (uint64_t)(uint8_t)word[i] << (8 * i);
    return key;
}

/* The slot of a word, or the free one where it would be. */
static size_t slot_of(const function_words *f, uint64_t word)
{
    size_t i = (size_t)((word * UINT64_C(0x9E3779B97F4A7C15)) >> 53) % FUNCTION_SLOTS;
    while (f->slot[i].word != 0 && f->slot[i].word != word)
        i = (i + 1) % FUNCTION_SLOTS;
    return i;
}

static bool add_word(function_words *f, const char *word, size_t n, size_t language)
{
    if (n > FUNCTION_WORD || memchr(word, '\0', n) != NULL)
        return false;
    uint64_t key = key_of(word, n);
    size_t i = slot_of(f, key);
    if (f->slot[i].word == 0) {
        if (f->used >= FUNCTION_SLOTS / 2)
            return false;
        f->slot[i].word = key;
        f->used++;
    }
    f->slot[i].languages |= UINT32_C(1) << language;
    return true;
}

/* "[en] the of and ..." */
static bool load_line(function_words *f, const char *s, size_t n)
{
    if (n > 0 && s[n - 1] == '\r')
        n--;
    if (n == 0 || s[0] == '#')
        return true;
    const char *close = memchr(s, ']', n);
    size_t tag = close != NULL ? (size_t)(close - s) - 1 : 0;
    if (s[0] != '[' || tag == 0 || tag >= FUNCTION_TAG || f->n_languages == FUNCTION_LANGUAGES)
        return false;
    memcpy(f->tag[f->n_languages], s + 1, tag);
    for (size_t i = tag + 2; i < n;) {
        size_t start = i;
        while (i < n && s[i] != ' ')
            i++;
        if (i > start && !add_word(f, s + start, i - start, f->n_languages))
            return false;
        i++;
    }
    f->n_languages++;
    return true;
}

bool function_words_load(function_words *f, const char *data, size_t len, int *ret_line)
{
    int line = 1;
    for (size_t i = 0; i < len; line++) {
        const char *end = memchr(data + i, '\n', len - i);
        size_t n = end != NULL ? (size_t)(end - (data + i)) : len - i;
        if (!load_line(f, data + i, n)) {
            *ret_line = line;
            return false;
        }
        i += n + 1;
    }
    return true;
}

/* Letters, and what is not ASCII but for the block of typographic quotes and dashes (E2 ..). */
static bool in_word(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0x80 && c != 0xE2);
}

/* How many of the words of the text each language has; returns how many there are. */
static size_t count_words(const function_words *f, const char *text, size_t len,
                          size_t count[FUNCTION_LANGUAGES])
{
    size_t words = 0;
    for (size_t i = 0; i < len;) {
        uint64_t key = 0;
        size_t n = 0;
        for (; i < len && in_word((uint8_t)text[i]); i++, n++)
            if (n < FUNCTION_WORD)
                key |= (uint64_t)(uint8_t)ascii_lower(text[i]) << (8 * n);
        i += i < len && text[i] == '\xE2' ? 3 : 1;
        words += n > 0;
        uint32_t l = n > 0 && n <= FUNCTION_WORD ? f->slot[slot_of(f, key)].languages : 0;
        for (uint32_t at = 0; l != 0; l >>= 1, at++)
            count[at] += l & 1;
    }
    return words;
}

const char *function_words_language(const function_words *f, const char *text, size_t len)
{
    enum { LEAST_WORDS = 40, LEAST_SHARE = 20, LEAST_LEAD = 2 };
    size_t count[FUNCTION_LANGUAGES] = {0}, best = 0, second = 0;
    size_t words = count_words(f, text, len, count);
    for (size_t l = 1; l < f->n_languages; l++)
        best = count[l] > count[best] ? l : best;
    for (size_t l = 0; l < f->n_languages; l++)
        second = l != best && count[l] > second ? count[l] : second;
    bool clear = words >= LEAST_WORDS && count[best] * 100 >= words * LEAST_SHARE &&
                 count[best] >= second * LEAST_LEAD;
    return clear ? f->tag[best] : NULL;
}
