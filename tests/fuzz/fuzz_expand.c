/* Path patterns: matching ends soon, braces are bounded, and the file system is only read. */
#include "config.h"
#include "input/glob.h"
#include "input/input.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static wn_status match(void *self, const char *pattern, wn_error *err)
{
    (void)err;
    (void)glob_match(pattern, self);
    return WN_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *pattern = malloc(size + 1), *name = malloc(size + 1);
    wn_error err = WN_ERROR_INIT;
    input_list l;
    if (pattern == NULL || name == NULL)
        abort();
    memcpy(pattern, data, size);
    memcpy(name, data, size);
    pattern[size] = name[size] = '\0';
    name[strcspn(name, "\n")] = '\0'; /* name, newline, pattern */
    const char *p = pattern + strlen(name) + (strlen(name) < size);
    (void)glob_is_pattern(p);
    (void)glob_braces(p, match, name, &err);
    err = (wn_error)WN_ERROR_INIT;
    /* below a folder that has nothing in it to find, so that / and .. do not wander through the
     * machine */
    if (p[0] != '/' && strstr(p, "..") == NULL && strcmp(p, "-") != 0 &&
        input_expand(&p, 1, "/proc/self/net/stat", ".txt", NULL, &l, &err) == WN_OK)
        input_list_release(&l);
    free(pattern);
    free(name);
    return 0;
}
