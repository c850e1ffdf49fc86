/* glob.h: shell patterns on bytes, the same in every locale. Pure; no file system. */
#ifndef CORE_INPUT_GLOB_H
#define CORE_INPUT_GLOB_H
#include <winnow/plugin.h>

/* Does one path component match? * any bytes, ? one UTF-8 character, [a-z] [!a-z] bytes, \ takes
 * the next byte as it is. Linear in the product of both lengths. */
bool glob_match(const char *pattern, const char *name);

/* Any of * ? [ { in it, not escaped? */
bool glob_is_pattern(const char *s);

/* Call `each` with every expansion of {a,b} (nested ones too); stops and returns what `each`
 * returned when that is not WN_OK; WN_E_CONFIG beyond 4096 expansions. The pattern that `each` gets
 * is borrowed for the call. */
typedef wn_status glob_each(void *self, const char *pattern, wn_error *err);
wn_status glob_braces(const char *pattern, glob_each *each, void *self, wn_error *err);
#endif
