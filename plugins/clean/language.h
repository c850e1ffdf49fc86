/* language.h: the language of a text, by its function words, else by libexttextcat (known to
 * language.c only; n-grams after Cavnar and Trenkle 1994). */
#ifndef PLUGINS_CLEAN_LANGUAGE_H
#define PLUGINS_CLEAN_LANGUAGE_H
#include "clean/functionwords.h"
#include <stdbool.h>
#include <stddef.h>

typedef struct language_finder language_finder; /* one owner, no threads */

/* `words` may be NULL, and must outlive the finder. NULL: no memory, or no fingerprints in the
 * folder. */
language_finder *language_new(const function_words *words, const char *data_dir);
void language_free(language_finder *f); /* NULL is fine */

/* A BCP 47 code, "und" when the text is short or no language stands out. Borrowed until the next
 * call. NULL: no memory, or the fingerprints cannot be read. */
const char *language_find(language_finder *f, const char *text, size_t len);

/* Do two tags name one language ("en" and "en-GB")? NULL is no language. */
bool language_is(const char *tag, const char *wanted);
#endif
