/* fuzz_text_rules.c: any bytes as a rule file of texts: refused with a position, or accepted and
 * then used. */
#include "text/text.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char text[] = "Mr. Ott\xE2\x80\x99s isn't here, p. 4. \"Why?\" Ann said. The end.";
    char language[TEXT_LANGUAGE_MAX + 1];
    text_rules_error err;
    text_rules *rules = text_rules_new();
    if (rules == NULL)
        return 0;
    text_rules_file_language((const char *)data, size, language);
    if (text_rules_load(rules, (const char *)data, size, &err)) {
        text_analysis a = {.rules = rules};
        if (strcmp(language, text_rules_language(rules)) != 0 ||
            !text_analyse(&a, text, sizeof text - 1, NULL, 0) ||
            !text_analyse(&a, (const char *)data, size, NULL, 0))
            abort();
        text_analysis_release(&a);
    } else if (err.line < 1 || err.column < 1 || err.text[0] == '\0') {
        abort();
    }
    text_rules_free(rules);
    return 0;
}
