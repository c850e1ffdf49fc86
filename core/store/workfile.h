/* workfile.h: scratch files of a run: written once from start to end, then mapped. The name is
 * removed as soon as the file is open, so that nothing stays behind however the run ends. */
#ifndef CORE_STORE_WORKFILE_H
#define CORE_STORE_WORKFILE_H
#include <winnow/plugin.h>

typedef struct workfile {
    int fd;        /* -1: closed */
    uint64_t size; /* bytes written, buffered ones too */
    char *buffer;
    size_t buffered;
    void *map;
    char name[64]; /* for messages */
} workfile;
#define WORKFILE_INIT \
    { \
        -1, 0, NULL, 0, NULL, "" \
    }

wn_status workfile_open(workfile *f, const char *dir, const char *name, wn_error *err);
wn_status workfile_write(workfile *f, const void *bytes, size_t n, wn_error *err);

/* Flush and map all that was written, read-only; the slice is valid until workfile_close. */
wn_status workfile_map(workfile *f, wn_str *ret_bytes, wn_error *err);

/* The mapped bytes [start, end) were read: their pages need not stay in memory. They stay
 * readable. */
void workfile_forget(const workfile *f, uint64_t start, uint64_t end);

/* Make the file n zero bytes long, with the disk space set aside, and map it for reading and
 * writing. */
wn_status workfile_reserve(workfile *f, size_t n, void **ret_memory, wn_error *err);

void workfile_close(workfile *f);

/* write(2) until all is written. */
wn_status write_all(int fd, const void *bytes, size_t n, const char *name, wn_error *err);
#endif
