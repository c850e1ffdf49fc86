/* fuzz_clean.h: the body of fuzz_clean_html and fuzz_clean_text. */
#include "stage/clean_driver.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t char_len(const uint8_t *s, size_t n)
{
    size_t len = s[0] < 0x80                   ? 1
                 : s[0] >= 0xC2 && s[0] < 0xE0 ? 2
                 : s[0] >= 0xE0 && s[0] < 0xF0 ? 3
                 : s[0] >= 0xF0 && s[0] < 0xF5 ? 4
                                               : 0;
    for (size_t i = 1; i < len; i++)
        if (i >= n || (s[i] & 0xC0) != 0x80)
            return 0;
    bool bad = len == 3 && ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F));
    bad = bad || (len == 4 && ((s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F)));
    return bad ? 0 : len;
}

/* The core hands out valid UTF-8 only: so do we. */
static void make_valid(uint8_t *s, size_t n)
{
    for (size_t i = 0, len; i < n; i += len) {
        len = char_len(s + i, n - i);
        if (len == 0)
            s[i] = '?', len = 1;
    }
}

static void give_up(const char *why)
{
    (void)fprintf(stderr, "broken: %s\n", why);
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static driver machine;
    if (machine.cleaner == NULL)
        driver_init(&machine, getenv("srcdir"));
    uint8_t *text = malloc(size + 1);
    if (text == NULL)
        return 0;
    if (size > 0)
        memcpy(text, data, size);
    make_valid(text, size);
    driven *v = driver_run(&machine, (const char *)text, size, FUZZ_TYPE, NULL);
    if (v->broken != NULL)
        give_up(v->broken);
    for (size_t i = 0, len; i < v->len; i += len)
        if ((len = char_len((const uint8_t *)v->text + i, v->len - i)) == 0)
            give_up("the text is valid UTF-8");
    driven *again = driver_run(&machine, v->text, v->len, FUZZ_TYPE, v);
    if (again->len != v->len || memcmp(again->text, v->text, v->len) != 0)
        give_up("a second cleaning changes nothing");
    driven_free(again);
    driven_free(v);
    free(text);
    return 0;
}
