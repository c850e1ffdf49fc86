/* unpack.h: a file as a sequence of members (gzip) or frames (zstd), and the search for the first
 * one at or after an offset. A plain file is one member at 0. Memory: a block of the file
 * (RAW_BLOCK at most), what zlib or zstd hold, and as much again during a search. One owner, no
 * threads. */
#ifndef CORE_INPUT_UNPACK_H
#define CORE_INPUT_UNPACK_H
#include "input/rawfile.h"

typedef enum codec { CODEC_NONE, CODEC_GZIP, CODEC_ZSTD } codec;
/* by those of the file; CODEC_NONE if they cannot be read */
codec codec_of(const rawfile *f);
const char *codec_name(codec c);     /* NULL: plain */
codec codec_named(const char *name); /* NULL and unknown names: CODEC_NONE */

typedef struct unpack unpack;

typedef enum unpack_result {
    UNPACK_MORE, /* bytes were made, the member goes on */
    /* the member is complete (bytes may have been made); the next call goes to the next one */
    UNPACK_END,
    UNPACK_EOF,        /* no further member: the file ends, or only zero padding is left */
    UNPACK_DAMAGED,    /* not valid; what was made before stands. Go on with unpack_find */
    UNPACK_TRUNCATED,  /* the file ends inside the member */
    UNPACK_BOMB,       /* output grew out of all proportion to the input */
    UNPACK_UNREADABLE, /* the file cannot be read, see unpack_why */
    UNPACK_GIVEN_UP,   /* unpack_find: too much looks like a member and is none */
    UNPACK_NOMEM
} unpack_result;

/* The file is borrowed. NULL: out of memory. */
unpack *unpack_new(codec c, const rawfile *file);
void unpack_free(unpack *u); /* NULL is fine; the file stays open */

/* The next call of unpack_read starts the member at this offset; of a plain file, reads there. */
void unpack_seek(unpack *u, uint64_t member);

/* Make up to cap > 0 bytes; all of one call lie in one member, unpack_member(), and end at
 * unpack_produced(). */
unpack_result unpack_read(unpack *u, char *out, size_t cap, size_t *ret_n);
uint64_t unpack_member(const unpack *u);   /* offset in the file of the member read last */
uint64_t unpack_next(const unpack *u);     /* bytes of the file used so far, as an offset in it */
uint64_t unpack_produced(const unpack *u); /* bytes made of that member */
/* After UNPACK_UNREADABLE: an errno, or 0: the file became shorter; and where. */
int unpack_why(const unpack *u, uint64_t *ret_at);

/* Offset of the first member at or after `from` and before `end`: UNPACK_MORE and *ret_member;
 * UNPACK_EOF: there is none. A candidate must inflate. `chain`: what follows it must be members
 * too, for PROBE_BYTES or to the file's end. A stored block of deflate and a raw block of zstd are
 * shorter than that, so that a compressed file inside a member is not taken for one. What is being
 * read is left as it is. All searches of one unpack together make PROBE_BUDGET bytes of candidates
 * that fail in the end. */
unpack_result unpack_find(unpack *u, uint64_t from, uint64_t end, bool chain, uint64_t *ret_member);
#endif
