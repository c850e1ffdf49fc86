/* text_rules.h: the rules of English as they are shipped, below plugins/ of $srcdir. */
#ifndef TESTS_TEXT_RULES_H
#define TESTS_TEXT_RULES_H
#include "text/rules.h"
#include <stdio.h>
#include <stdlib.h>

/* Read once, held to the end of the program, which ends when they cannot be read. */
static inline const text_rules *english_text(void)
{
    static char bytes[1 << 16];
    static text_rules *rules;
    char path[4096];
    text_rules_error err;
    const char *dir = getenv("srcdir");
    if (rules != NULL)
        return rules;
    (void)snprintf(path, sizeof path, "%s/plugins/common/data/en.text", dir != NULL ? dir : ".");
    FILE *f = fopen(path, "rb");
    size_t n = f != NULL ? fread(bytes, 1, sizeof bytes, f) : 0;
    rules = text_rules_new();
    if (f == NULL || rules == NULL || !text_rules_load(rules, bytes, n, &err)) {
        printf("Bail out! no rules in %s\n", path);
        exit(99);
    }
    (void)fclose(f);
    return rules;
}
#endif
