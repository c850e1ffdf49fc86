/* files.h: input files made at test time, below the build folder. */
#ifndef TESTS_UNIT_FILES_H
#define TESTS_UNIT_FILES_H
#include "util/strbuf.h"
#include <dirent.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

/* A fresh folder, made the current one, so that paths in tests are short and relative. */
static inline void files_enter(const char *name)
{
    char path[4096];
    const char *build = getenv("builddir");
    (void)snprintf(path, sizeof path, "%s/tests/unit/%s-files-XXXXXX", build != NULL ? build : ".",
                   name);
    if (mkdtemp(path) == NULL || chdir(path) != 0) {
        printf("Bail out! no folder for test files: %s\n", path);
        exit(99);
    }
}

/* Remove the folder and what is in it (two levels are enough here). */
static inline void files_leave(void)
{
    char here[4096], command[4200];
    if (getcwd(here, sizeof here) == NULL || strstr(here, "-files-") == NULL || chdir("..") != 0)
        return;
    (void)snprintf(command, sizeof command, "rm -rf '%s'", here);
    if (system(command) != 0)
        printf("# not removed: %s\n", here);
}

static inline void file_put(const char *path, const char *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    if (f == NULL || fwrite(bytes, 1, n, f) != n || fclose(f) != 0) {
        printf("Bail out! %s cannot be written\n", path);
        exit(99);
    }
}

static inline void file_put_buf(const char *path, const strbuf *b)
{
    file_put(path, b->len > 0 ? b->p : "", b->len);
}

static inline void gzip_add(strbuf *out, const char *bytes, size_t n, int level)
{
    z_stream z;
    memset(&z, 0, sizeof z);
    if (deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        exit(99);
    strbuf_reserve(out, deflateBound(&z, (uLong)n) + 32);
    z.next_in = (Bytef *)(uintptr_t)bytes;
    z.avail_in = (uInt)n;
    z.next_out = (Bytef *)out->p + out->len;
    z.avail_out = (uInt)(out->cap - out->len);
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        exit(99);
    out->len += z.total_out;
    (void)deflateEnd(&z);
}

static inline void zstd_add(strbuf *out, const char *bytes, size_t n)
{
    strbuf_reserve(out, ZSTD_compressBound(n));
    size_t r = ZSTD_compress(out->p + out->len, out->cap - out->len, bytes, n, 3);
    if (ZSTD_isError(r))
        exit(99);
    out->len += r;
}

/* In members of `step` bytes each (0: one member). */
static inline void pack(strbuf *out, bool zstd, const char *bytes, size_t n, size_t step)
{
    for (size_t at = 0; at < n || at == 0; at += step) {
        if (step == 0)
            step = n + 1;
        size_t take = n - at < step ? n - at : step;
        if (zstd)
            zstd_add(out, bytes + at, take);
        else
            gzip_add(out, bytes + at, take, 6);
    }
}
#endif
