/* functionwords.h: a language told by its function words ("the of and to"), from
 * data/function.words where the format is described. Answers at once for most text and leaves the
 * rest to language.h. Read-only once loaded. */
#ifndef PLUGINS_CLEAN_FUNCTIONWORDS_H
#define PLUGINS_CLEAN_FUNCTIONWORDS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FUNCTION_SLOTS = 2048, FUNCTION_LANGUAGES = 32, FUNCTION_TAG = 8, FUNCTION_WORD = 8 };

typedef struct function_words {
    struct {
        uint64_t word;      /* its bytes, the first one lowest; 0: a free slot */
        uint32_t languages; /* a bit for each */
    } slot[FUNCTION_SLOTS]; /* open addressing */
    size_t used;
    char tag[FUNCTION_LANGUAGES][FUNCTION_TAG];
    size_t n_languages;
} function_words;

/* Read the data into zeroed words. false: *ret_line is the bad line. */
bool function_words_load(function_words *f, const char *data, size_t len, int *ret_line);

/* The tag of the language whose words are a clear share of the text's, NULL when none is or the
 * text is short. */
const char *function_words_language(const function_words *f, const char *text, size_t len);
#endif
