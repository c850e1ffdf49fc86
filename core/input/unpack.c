/* unpack.c: members of a file, through a block of it. */
#include "config.h"
#include "input/unpack.h"
#include "util/alloc.h"
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

enum {
    RAW_BLOCK = 256 * 1024, /* bytes of the file held at once */
    /* libdeflate sees so much of a member, or all up to the file's end */
    WHOLE_INPUT = 128 * 1024,
    WHOLE_MEMBER = 64 * 1024, /* libdeflate is tried when there is room for this much */
    PROBE_BYTES = 256 * 1024, /* compressed bytes that must follow well for a chain */
    PROBE_OUTPUT = 64 << 20,
    PROBE_BUDGET = 512 << 20, /* bytes read and made of candidates, in all */
    BOMB_FLOOR = 64 << 20,    /* no member is called a bomb below this size */
    /* deflate reaches 1032 at most; text under zstd stays far below */
    BOMB_RATIO = 2000
};

struct unpack {
    codec kind;
    const rawfile *file;
    uint64_t member, next; /* start of the member read last; first byte not yet used */
    uint64_t produced;
    bool inside;          /* between two reads of one member */
    bool only_stream;     /* the member before was too big for libdeflate: do not try */
    unsigned char *block; /* the file's bytes from block_at */
    size_t block_len, block_cap;
    uint64_t block_at;
    /* errno of the read that gave fewer bytes than it should: at why_at */
    int why;
    uint64_t why_at;
    struct libdeflate_decompressor *whole;
    z_stream z;
    bool z_ready;
    ZSTD_DCtx *zstd;
    uint64_t probed; /* of PROBE_BUDGET */
};

static codec codec_detect(const unsigned char *p, size_t n)
{
    if (n >= 3 && p[0] == 0x1f && p[1] == 0x8b && p[2] == 8)
        return CODEC_GZIP;
    if (n >= 4 && memcmp(p, "\x28\xb5\x2f\xfd", 4) == 0)
        return CODEC_ZSTD;
    if (n >= 8 && (p[0] & 0xf0) == 0x50 && memcmp(p + 1, "\x2a\x4d\x18", 3) == 0)
        return CODEC_ZSTD; /* a skippable frame first, as pzstd writes */
    return CODEC_NONE;
}

codec codec_of(const rawfile *f)
{
    unsigned char head[8];
    int ignored;
    size_t n = rawfile_read(f, 0, head, sizeof head, &ignored);
    return codec_detect(head, n);
}

const char *codec_name(codec c)
{
    return c == CODEC_GZIP ? "gzip" : c == CODEC_ZSTD ? "zstd" : NULL;
}

codec codec_named(const char *name)
{
    if (name == NULL)
        return CODEC_NONE;
    return strcmp(name, "gzip") == 0   ? CODEC_GZIP
           : strcmp(name, "zstd") == 0 ? CODEC_ZSTD
                                       : CODEC_NONE;
}

unpack *unpack_new(codec c, const rawfile *file)
{
    unpack *u = mem_zeroed(sizeof *u);
    if (u == NULL)
        return NULL;
    u->kind = c;
    u->file = file;
    u->block_cap = c == CODEC_NONE          ? 0
                   : file->size < RAW_BLOCK ? (size_t)file->size + 1
                                            : RAW_BLOCK;
    u->block = u->block_cap == 0 ? NULL : mem_alloc(u->block_cap);
    if (u->block_cap == 0 || u->block != NULL)
        return u;
    mem_free(u);
    return NULL;
}

void unpack_free(unpack *u)
{
    if (u == NULL)
        return;
    if (u->whole != NULL)
        libdeflate_free_decompressor(u->whole);
    if (u->z_ready)
        (void)inflateEnd(&u->z);
    (void)ZSTD_freeDCtx(u->zstd);
    mem_free(u->block);
    mem_free(u);
}

void unpack_seek(unpack *u, uint64_t member)
{
    u->next = member;
    u->member = u->kind == CODEC_NONE ? 0 : member;
    u->produced = u->kind == CODEC_NONE ? member : 0;
    u->inside = false;
}

uint64_t unpack_member(const unpack *u)
{
    return u->member;
}

uint64_t unpack_next(const unpack *u)
{
    return u->next;
}

int unpack_why(const unpack *u, uint64_t *ret_at)
{
    *ret_at = u->why_at;
    return u->why;
}

uint64_t unpack_produced(const unpack *u)
{
    return u->produced;
}

/* ---- the block ---- */

/* The file's bytes at `at`, at least `want` of them (which a block holds) where the file has so
 * many; *ret_n: how many. Fewer, although the file should go on: see u->why. */
static const unsigned char *raw_at(unpack *u, uint64_t at, size_t want, size_t *ret_n)
{
    bool inside = at >= u->block_at && at <= u->block_at + u->block_len;
    size_t keep = inside ? (size_t)(u->block_at + u->block_len - at) : 0;
    if (keep < want && at + keep < u->file->size) {
        memmove(u->block, u->block + (u->block_len - keep), keep);
        u->block_at = at;
        u->block_len =
            keep + rawfile_read(u->file, at + keep, u->block + keep, u->block_cap - keep, &u->why);
        keep = u->block_len;
        u->why_at = at + keep;
    }
    *ret_n = keep;
    return u->block + (at - u->block_at);
}

/* No byte is left in the block: because the file ends, or because it cannot be read? */
static unpack_result at_end(const unpack *u, unpack_result at_end_of_file)
{
    return u->next < u->file->size ? UNPACK_UNREADABLE : at_end_of_file;
}

static uint32_t le32(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Past skippable frames; UNPACK_TRUNCATED: one of them runs over the end. */
static unpack_result skip_frames(unpack *u)
{
    size_t n = 0;
    for (;;) {
        const unsigned char *p = raw_at(u, u->next, 8, &n);
        if (n < 8 || (le32(p) & 0xfffffff0u) != 0x184d2a50u)
            return UNPACK_MORE;
        uint64_t frame = 8 + (uint64_t)le32(p + 4);
        if (frame > u->file->size - u->next)
            return UNPACK_TRUNCATED;
        u->next += frame;
    }
}

static bool all_zero(const unsigned char *p, size_t n)
{
    return n == 0 || (p[0] == 0 && memcmp(p, p + 1, n - 1) == 0);
}

/* UNPACK_EOF: from here on there are zeros only, or nothing. UNPACK_MORE: something else. */
static unpack_result look_for_padding(unpack *u)
{
    for (uint64_t at = u->next; at < u->file->size;) {
        size_t n;
        const unsigned char *p = raw_at(u, at, 1, &n);
        if (n == 0)
            return UNPACK_UNREADABLE;
        if (!all_zero(p, n))
            return UNPACK_MORE;
        at += n;
    }
    return UNPACK_EOF;
}

/* ---- members ---- */

static bool start_stream(unpack *u)
{
    if (u->kind == CODEC_ZSTD) {
        if (u->zstd == NULL)
            u->zstd = ZSTD_createDCtx();
        return u->zstd != NULL && !ZSTD_isError(ZSTD_DCtx_reset(u->zstd, ZSTD_reset_session_only));
    }
    if (u->z_ready)
        return inflateReset(&u->z) == Z_OK;
    u->z_ready = inflateInit2(&u->z, 15 + 16) == Z_OK;
    return u->z_ready;
}

/* A whole gzip member at once. False: not done that way, nothing has changed. */
static bool read_whole_member(unpack *u, char *out, size_t cap, size_t *ret_n)
{
    size_t used = 0, n;
    if (u->kind != CODEC_GZIP || u->only_stream || cap < WHOLE_MEMBER)
        return false;
    if (u->whole == NULL)
        u->whole = libdeflate_alloc_decompressor();
    if (u->whole == NULL)
        return false;
    const unsigned char *p = raw_at(u, u->next, WHOLE_INPUT, &n);
    if (libdeflate_gzip_decompress_ex(u->whole, p, n, out, cap, &used, ret_n) != LIBDEFLATE_SUCCESS)
        return false;
    u->next += used;
    u->produced = *ret_n;
    return true;
}

static unpack_result read_gzip(unpack *u, char *out, size_t cap, size_t *ret_n)
{
    size_t left;
    const unsigned char *p = raw_at(u, u->next, 1, &left);
    u->z.next_in = (z_const Bytef *)(uintptr_t)p;
    u->z.avail_in = (uInt)left; /* of a block */
    u->z.next_out = (Bytef *)out;
    u->z.avail_out = cap > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uInt)cap;
    uInt out_before = u->z.avail_out;
    int r = inflate(&u->z, Z_NO_FLUSH);
    u->next += left - u->z.avail_in;
    *ret_n = out_before - u->z.avail_out;
    u->produced += *ret_n;
    if (r == Z_STREAM_END)
        return UNPACK_END;
    if (r == Z_MEM_ERROR)
        return UNPACK_NOMEM;
    if (r != Z_OK && r != Z_BUF_ERROR)
        return UNPACK_DAMAGED;
    return *ret_n == 0 && left == 0 ? at_end(u, UNPACK_TRUNCATED) : UNPACK_MORE;
}

static unpack_result read_zstd(unpack *u, char *out, size_t cap, size_t *ret_n)
{
    size_t left;
    const unsigned char *p = raw_at(u, u->next, 1, &left);
    ZSTD_inBuffer in = {p, left, 0};
    ZSTD_outBuffer to = {out, cap, 0};
    size_t r = ZSTD_decompressStream(u->zstd, &to, &in);
    u->next += in.pos;
    *ret_n = to.pos;
    u->produced += to.pos;
    if (ZSTD_isError(r))
        return ZSTD_getErrorCode(r) == ZSTD_error_memory_allocation ? UNPACK_NOMEM : UNPACK_DAMAGED;
    if (r == 0)
        return UNPACK_END;
    return to.pos == 0 && left == 0 ? at_end(u, UNPACK_TRUNCATED) : UNPACK_MORE;
}

/* A plain file needs no block: straight to where its bytes are wanted. */
static unpack_result read_plain(unpack *u, char *out, size_t cap, size_t *ret_n)
{
    if (u->next >= u->file->size)
        return UNPACK_EOF;
    *ret_n = rawfile_read(u->file, u->next, out, cap, &u->why);
    u->next += *ret_n;
    u->produced = u->next;
    u->why_at = u->next;
    return *ret_n == 0 ? UNPACK_UNREADABLE : UNPACK_MORE;
}

/* UNPACK_MORE: a member starts here. */
static unpack_result start_member(unpack *u)
{
    unpack_result r = UNPACK_MORE;
    u->member = u->next;
    u->produced = 0;
    if (u->kind == CODEC_ZSTD)
        r = skip_frames(u);
    u->member = u->next;
    return r == UNPACK_MORE ? look_for_padding(u) : r;
}

static bool is_bomb(const unpack *u)
{
    return u->produced > BOMB_FLOOR && u->produced / BOMB_RATIO > u->next - u->member;
}

unpack_result unpack_read(unpack *u, char *out, size_t cap, size_t *ret_n)
{
    unpack_result r;
    *ret_n = 0;
    if (u->kind == CODEC_NONE)
        return read_plain(u, out, cap, ret_n);
    if (!u->inside) {
        if ((r = start_member(u)) != UNPACK_MORE)
            return r;
        if (read_whole_member(u, out, cap, ret_n))
            return UNPACK_END;
        if (!start_stream(u))
            return UNPACK_NOMEM;
        u->inside = true;
    }
    r = u->kind == CODEC_GZIP ? read_gzip(u, out, cap, ret_n) : read_zstd(u, out, cap, ret_n);
    if (r == UNPACK_END) {
        u->inside = false;
        u->only_stream = u->produced > cap;
    }
    return r == UNPACK_MORE && is_bomb(u) ? UNPACK_BOMB : r;
}

/* ---- the search ---- */

/* too small for libdeflate: a probe need not see a whole member */
enum { SCRATCH = WHOLE_MEMBER - 1 };

typedef struct search {
    unpack *probe, *owner;
    bool chain;
    char scratch[SCRATCH];
    unsigned char part[64 * 1024]; /* of the file, in which magic bytes are looked for */
} search;

/* UNPACK_MORE: a member starts here, see unpack_find; UNPACK_EOF: none does; else the search
 * ends. */
static unpack_result probe(search *s, uint64_t at)
{
    unpack *u = s->probe;
    uint64_t total = 0;
    unpack_result r = UNPACK_MORE;
    unpack_seek(u, at);
    while (u->next - at < PROBE_BYTES && total < PROBE_OUTPUT) {
        size_t n;
        r = unpack_read(u, s->scratch, sizeof s->scratch, &n);
        total += n;
        if (r == UNPACK_NOMEM || r == UNPACK_UNREADABLE)
            return r;
        if (r == UNPACK_EOF || (r == UNPACK_END && !s->chain) ||
            (r == UNPACK_TRUNCATED && total > 0))
            return UNPACK_MORE;
        if (r != UNPACK_MORE && r != UNPACK_END)
            break;
    }
    if (r == UNPACK_MORE || r == UNPACK_END)
        return UNPACK_MORE;
    s->owner->probed += total + (u->next - at);
    return s->owner->probed > PROBE_BUDGET ? UNPACK_GIVEN_UP : UNPACK_EOF;
}

static bool plausible(codec c, const unsigned char *p, uint64_t left)
{
    return c == CODEC_ZSTD || (left >= 18 && p[3] < 0x20); /* gzip: no reserved flag */
}

/* In the part of the file at `from`, candidates before `end`. UNPACK_EOF: none; *ret_at: how far it
 * was looked. */
static unpack_result search_part(search *s, uint64_t from, uint64_t end, size_t n, uint64_t *ret_at)
{
    codec c = s->owner->kind;
    const char *magic = c == CODEC_GZIP ? "\x1f\x8b\x08" : "\x28\xb5\x2f\xfd";
    size_t at = 0;
    while (n - at >= 4) {
        const unsigned char *p =
            memmem(s->part + at, n - at - (c == CODEC_GZIP), magic, c == CODEC_GZIP ? 3 : 4);
        if (p == NULL)
            break;
        at = (size_t)(p - s->part);
        *ret_at = from + at;
        if (*ret_at >= end)
            return UNPACK_EOF;
        if (plausible(c, p, s->owner->file->size - *ret_at)) {
            unpack_result r = probe(s, *ret_at);
            if (r != UNPACK_EOF)
                return r;
        }
        at++;
    }
    /* the next part starts with what may be a beginning */
    *ret_at = from + (n < 4 ? n : n - 3);
    return UNPACK_EOF;
}

static unpack_result find(search *s, uint64_t from, uint64_t end, uint64_t *ret_member)
{
    unpack *u = s->owner;
    while (from < end && from < u->file->size) {
        size_t n = rawfile_read(u->file, from, s->part, sizeof s->part, &u->why);
        u->why_at = from + n;
        if (n < sizeof s->part && u->why_at < u->file->size)
            return UNPACK_UNREADABLE;
        unpack_result r = search_part(s, from, end, n, &from);
        if (r == UNPACK_MORE)
            *ret_member = from;
        if (r == UNPACK_UNREADABLE) {
            u->why = s->probe->why;
            u->why_at = s->probe->why_at;
        }
        if (r != UNPACK_EOF)
            return r;
    }
    return UNPACK_EOF;
}

unpack_result unpack_find(unpack *u, uint64_t from, uint64_t end, bool chain, uint64_t *ret_member)
{
    unpack_result r = UNPACK_NOMEM;
    search *s = mem_alloc(sizeof *s);
    unpack *inner = s == NULL ? NULL : unpack_new(u->kind, u->file);
    if (inner != NULL) {
        s->probe = inner;
        s->owner = u;
        s->chain = chain;
        r = find(s, from, end, ret_member);
    }
    unpack_free(inner);
    mem_free(s);
    return r;
}
