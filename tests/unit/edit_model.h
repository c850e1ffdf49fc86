/* edit_model.h: a document beside a naive model of it, an array with one raw origin a byte, driven
 * by choices from a generator (property test) or from bytes (fuzzer). */
#ifndef TESTS_UNIT_EDIT_MODEL_H
#define TESTS_UNIT_EDIT_MODEL_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct chooser {
    const uint8_t *p, *end; /* the program; p == NULL: the generator */
    uint64_t state;
} chooser;

uint32_t choose(chooser *c, uint32_t n); /* one of 0 .. n-1 */

/* Make a document, do `steps` random things with it, compare all after each. "" or what is
 * wrong. */
const char *model_run(chooser *c, unsigned steps);
#endif
