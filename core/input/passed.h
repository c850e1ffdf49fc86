/* passed.h: what a search for input files passed over. No file system. */
#ifndef CORE_INPUT_PASSED_H
#define CORE_INPUT_PASSED_H
#include "util/strbuf.h"

enum { PASSED_SUFFIXES = 32 };

typedef struct input_passed {
    /* files of folders with a suffix the source does not take; of them, by suffix: */
    size_t names;
    struct {
        char suffix[12];
        size_t n;
    } by_suffix[PASSED_SUFFIXES];
    size_t n_suffixes;
    size_t special; /* FIFOs, sockets, devices */
    size_t runs;    /* run directories */
    /* not passed over, but rejects: names that lead nowhere, folders that cannot be read */
    size_t broken;
} input_passed;

/* One more file of this name. */
void passed_name(input_passed *p, const char *name);

/* Append a line for each kind of thing, how many there were and how to have them, each behind
 * `before`. */
void input_passed_say(const input_passed *p, const char *before, strbuf *out);
/* {"names": {SUFFIX: n}, "special": n, "run_directories": n}: all that are not 0. A new
 * reference. */
json_t *input_passed_json(const input_passed *p);
#endif
