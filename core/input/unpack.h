/* unpack.h: a compressed file as a sequence of members (gzip) or frames (zstd), and the search for the first one
 * at or after an offset. One owner, no threads. */
#ifndef CORE_INPUT_UNPACK_H
#define CORE_INPUT_UNPACK_H
#include "input/filemap.h"

typedef struct unpack unpack;

typedef enum unpack_result {
    UNPACK_MORE,      /* bytes were made, the member goes on                              */
    UNPACK_END,       /* the member is complete (bytes may have been made); the next call goes to the next one */
    UNPACK_EOF,       /* no further member: the file ends, or only zero padding is left    */
    UNPACK_DAMAGED,   /* not valid; what was made before stands. Go on with unpack_find     */
    UNPACK_TRUNCATED, /* the file ends inside the member                                   */
    UNPACK_BOMB,      /* output grew out of all proportion to the input                    */
    UNPACK_NOMEM
} unpack_result;

/* The file's bytes are borrowed. NULL: out of memory. */
unpack *unpack_new(codec c, const unsigned char *file, size_t size);
void unpack_free(unpack *u);

/* The next call of unpack_read starts the member at this offset. */
void unpack_seek(unpack *u, size_t member);

/* Make up to cap > 0 bytes; all of one call lie in one member, unpack_member(), and end at unpack_produced(). */
unpack_result unpack_read(unpack *u, char *out, size_t cap, size_t *ret_n);
size_t unpack_member(const unpack *u);     /* offset in the file of the member read last        */
size_t unpack_next(const unpack *u);       /* compressed bytes used so far, as an offset in the file  */
uint64_t unpack_produced(const unpack *u); /* bytes made of that member                          */

/* Offset of the first member at or after `from` and before `end`, SIZE_MAX if none. A candidate must inflate.
 * `chain`: what follows it must be members too, for PROBE_BYTES or to the file's end. A stored block of deflate and a raw
 * block of zstd are shorter than that, so that a compressed file inside a member is not taken for one. */
size_t unpack_find(codec c, const unsigned char *file, size_t size, size_t from, size_t end, bool chain);
#endif
