/* rawfile.h: the bytes of an input file as they lie on disk, read by pread. Nothing is mapped: a
 * file that is cut short or written to while it is read is an answer of a call here, never a
 * signal. Reading one file from several threads is fine, but for one with a `sum`. */
#ifndef CORE_INPUT_RAWFILE_H
#define CORE_INPUT_RAWFILE_H
#include "util/hash.h"
#include <stdint.h>
#include <sys/stat.h>
#include <winnow/plugin.h>

/* The sum of the bytes before `next`. */
typedef struct running_sum {
    hash_sum hash;
    uint64_t next;
} running_sum;

typedef struct rawfile {
    int fd;           /* -1: none */
    uint64_t size;    /* no more is read, whatever the file may grow to */
    running_sum *sum; /* goes on with what is read at its place; NULL: none wanted */
} rawfile;
#define RAWFILE_NONE \
    { \
        -1, 0, NULL \
    }

/* This errno says that the process or the machine lacks something (descriptors, memory): no fault
 * of the file's. */
bool rawfile_is_want(int problem);

/* Never waits (a FIFO, a device) and takes regular files only: else WN_E_IO with the reason, the
 * path in err->where. WN_E_NOMEM: rawfile_is_want.
 * "-" is what rawfile_spool_stdin kept. *ret_stat (may be NULL): of what was opened. */
wn_status rawfile_open(const char *path, rawfile *ret_file, struct stat *ret_stat, wn_error *err);
void rawfile_close(rawfile *f); /* RAWFILE_NONE is fine; the sum is its owner's */

/* Up to n bytes at `at`. Fewer: the size is reached, or *ret_errno says why the rest cannot be
 * read, 0: the file ends before its size. */
size_t rawfile_read(const rawfile *f, uint64_t at, void *out, size_t n, int *ret_errno);

void running_sum_start(running_sum *s); /* of no byte yet */
/* Add the bytes up to `end` that are still missing; false: they cannot be read, and s->next says
 * where that was. Reads through `buffer` of `cap` bytes. */
bool running_sum_reach(running_sum *s, const rawfile *f, uint64_t end, void *buffer, size_t cap);

/* Standard input, copied once a process to an unlinked temporary file, so that it can be read by
 * several threads and more than once. WN_E_INTERRUPTED: guard_signal() while waiting for it. */
wn_status rawfile_spool_stdin(uint64_t *ret_size, wn_error *err);
#endif
