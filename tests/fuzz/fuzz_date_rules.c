/* fuzz_date_rules.c: any bytes as a rule file: refused with a position, or accepted and then run
 * over a text. */
#include "dates/resolve.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(const date_rules *rules)
{
    static const char text[] = "On 5 May 2023, two weeks ago, from May 1 to June 2, every third "
                               "Monday at 10:30 a.m. he ran.";
    matches found = {.given_up = 0};
    resolve_options o = {.has_document_day = true, .document_day = day_of(2023, 5, 30)};
    resolver r;
    if (!date_match(rules, text, sizeof text - 1, NULL, 0, &found))
        abort();
    resolver_start(&r, rules, &found, &o);
    for (size_t i = 0; i < found.found.n; i++) {
        date_value v;
        resolve_next(&r, ((const uint32_t *)found.found.item)[i], &v);
    }
    matches_release(&found);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    rules_error err;
    date_rules *rules = date_rules_new();
    if (rules == NULL || size > 1 << 16)
        return 0;
    if (date_rules_load(rules, (const char *)data, size, &err)) {
        if (date_rules_finish(rules, &err))
            use(rules);
    } else if (err.line < 1 || err.column < 1 || err.text[0] == '\0') {
        fprintf(stderr, "refused without a position: %d:%d %s\n", err.line, err.column, err.text);
        abort();
    }
    date_rules_free(rules);
    return 0;
}
