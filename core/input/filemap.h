/* filemap.h: the bytes of an input file, mapped (big files) or read (small ones), and how they are compressed. */
#ifndef CORE_INPUT_FILEMAP_H
#define CORE_INPUT_FILEMAP_H
#include <winnow/plugin.h>

typedef enum codec { CODEC_NONE, CODEC_GZIP, CODEC_ZSTD } codec;

typedef struct filemap {
    const unsigned char *p; /* never NULL */
    size_t size;
    bool mapped;
} filemap;

/* "-" is what filemap_spool_stdin kept. WN_E_IO with the system's reason. */
wn_status filemap_open(const char *path, filemap *ret_map, wn_error *err);
void filemap_close(filemap *m);

/* Standard input, copied once a process to an unlinked temporary file, so that it can be read by several threads
 * and more than once. */
wn_status filemap_spool_stdin(uint64_t *ret_size, wn_error *err);

codec codec_detect(const unsigned char *p, size_t n); /* by magic bytes */
const char *codec_name(codec c);                      /* NULL: plain */
codec codec_named(const char *name);
#endif
