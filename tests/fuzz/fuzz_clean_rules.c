/* fuzz_clean_rules.c: any bytes as the data files of clean; what is accepted is used. */
#include "clean/clean.h"
#include "clean/lines.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char text[] = "By Ann Lee\nThe Daily Post\nJune 3, 2021\n\nPORT - The ferry was "
                               "late again, the harbour office said on Monday after a "
                               "storm.\n\nAnn Lee is a reporter at The Daily Post. Follow her "
                               "@annlee. AP\n";
    clean_rules *rules = calloc(1, sizeof *rules);
    line_cleaner c = {0};
    clean_result r = {0};
    lines_known known = {"A title", "Ann Lee", NULL};
    int line;
    if (rules == NULL)
        return 0;
    for (int i = 0; i < CLEAN_FILES; i++) {
        bool good = clean_rules_load(rules, (clean_file)i, (const char *)data, size, &line);
        if (i == CLEAN_BOILERPLATE && good)
            (void)lines_clean(&c, &rules->boiler, text, sizeof text - 1, &known, true, &r);
        if (i == CLEAN_WORDS && good)
            (void)function_words_language(&rules->words, text, sizeof text - 1);
    }
    lines_release(&c);
    result_release(&r);
    clean_rules_release(rules);
    free(rules);
    return 0;
}
