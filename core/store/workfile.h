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

/* A file of that name in `dir`, which must not be there yet. WN_E_IO, WN_E_NOMEM; workfile_close is
 * harmless then. One owner while it is written; a map may be read by any threads. */
wn_status workfile_open(workfile *f, const char *dir, const char *name, wn_error *err);
/* Append; small pieces wait in the buffer until it is full or flushed. WN_E_IO: what is in the file
 * is not known then. */
wn_status workfile_write(workfile *f, const void *bytes, size_t n, wn_error *err);

/* Flush and map all that was written, read-only; the slice is valid until workfile_close, and
 * nothing can be written any more. WN_E_IO. */
wn_status workfile_map(workfile *f, wn_str *ret_bytes, wn_error *err);

/* The mapped bytes [start, end) were read: their pages need not stay in memory. They stay
 * readable. */
void workfile_forget(const workfile *f, uint64_t start, uint64_t end);

/* Make the file n zero bytes long, with the disk space set aside, and map it for reading and
 * writing until workfile_close; NULL for n 0. WN_E_IO: also a full disk. */
wn_status workfile_reserve(workfile *f, size_t n, void **ret_memory, wn_error *err);

/* Map and file end, and with them all that was in it; as WORKFILE_INIT, which is fine too. */
void workfile_close(workfile *f);

/* write(2) until all is written. WN_E_IO names `name` and the reason. */
wn_status write_all(int fd, const void *bytes, size_t n, const char *name, wn_error *err);
#endif
