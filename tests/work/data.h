/* data.h: the data files of the stages. */
#ifndef TESTS_WORK_DATA_H
#define TESTS_WORK_DATA_H
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct work_data {
    char *p;
    size_t len;
} work_data;

/* A file below plugins/ of $srcdir; ends the program when it cannot be read. Kept to the end of the
 * program. */
static inline work_data work_read(const char *name)
{
    enum { MOST = 1 << 24 };
    static char *kept[8]; /* reachable, for whoever looks for leaks */
    static size_t n_kept;
    const char *srcdir = getenv("srcdir");
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/plugins/%s", srcdir != NULL ? srcdir : ".", name);
    FILE *f = fopen(path, "rb");
    work_data d = {malloc(MOST), 0};
    if (f == NULL || d.p == NULL || n_kept == sizeof kept / sizeof *kept) {
        printf("Bail out! cannot read %s\n", path);
        exit(1);
    }
    kept[n_kept++] = d.p;
    d.len = fread(d.p, 1, MOST - 1, f);
    d.p[d.len] = '\0';
    (void)fclose(f);
    return d;
}
#endif
