/* clean_driver.h: the algorithm of `clean` without the machine: all passes over a text, with the
 * origin of every byte that is left. For the tests and the fuzz targets. */
#ifndef TESTS_STAGE_CLEAN_DRIVER_H
#define TESTS_STAGE_CLEAN_DRIVER_H
#include "clean/clean.h"

enum { DRIVER_KEYS = 11, DRIVER_BLOCKS = 4096 };
extern const char *const driver_keys[DRIVER_KEYS];

typedef struct driver {
    clean_rules *rules;
    char *data[CLEAN_FILES];
    cleaner *cleaner;
} driver;

typedef struct driven {
    char *text; /* terminated */
    size_t len;
    size_t *origin; /* of each byte in the text given, SIZE_MAX: put in by an edit */
    char *meta[DRIVER_KEYS];
    clean_block block[DRIVER_BLOCKS];
    size_t n_blocks;
    const char *broken; /* NULL, or which promise about edits was broken */
} driven;

/* Loads plugins/clean/data below `srcdir`; exits with 99 when that fails. */
void driver_init(driver *d, const char *srcdir);
void driver_release(driver *d);

/* Clean a copy of the text. `before` (may be NULL): what a first run found and marked stays
 * known. */
driven *driver_run(driver *d, const char *text, size_t len, const char *content_type,
                   const driven *before);
void driven_free(driven *r);
const char *driven_meta(const driven *r, const char *key);
#endif
