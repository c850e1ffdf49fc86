#include "config.h"
#include "input/unpack.h"
#include "util/alloc.h"
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

enum {
    WHOLE_MEMBER = 64 * 1024,     /* libdeflate is tried when there is room for this much          */
    PROBE_BYTES = 256 * 1024,     /* compressed bytes that must follow well for a chain             */
    PROBE_OUTPUT = 64 << 20,
    BOMB_FLOOR = 64 << 20,        /* no member is called a bomb below this size                     */
    BOMB_RATIO = 2000             /* deflate reaches 1032 at most; text under zstd stays far below    */
};

struct unpack {
    codec kind;
    const unsigned char *file;
    size_t size;
    size_t member, next;          /* start of the member read last; first byte not yet used         */
    uint64_t produced;
    bool inside;                  /* between two reads of one member                                */
    bool only_stream;             /* the member before was too big for libdeflate: do not try        */
    struct libdeflate_decompressor *whole;
    z_stream z;
    bool z_ready;
    ZSTD_DCtx *zstd;
};

unpack *unpack_new(codec c, const unsigned char *file, size_t size)
{
    unpack *u = mem_zeroed(sizeof *u);
    if (u == NULL)
        return NULL;
    u->kind = c;
    u->file = file;
    u->size = size;
    return u;
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
    mem_free(u);
}

void unpack_seek(unpack *u, size_t member)
{
    u->next = member;
    u->member = member;
    u->produced = 0;
    u->inside = false;
}

size_t unpack_member(const unpack *u)
{
    return u->member;
}

size_t unpack_next(const unpack *u)
{
    return u->next;
}

uint64_t unpack_produced(const unpack *u)
{
    return u->produced;
}

static bool all_zero(const unsigned char *p, size_t n)
{
    return n == 0 || (p[0] == 0 && memcmp(p, p + 1, n - 1) == 0);
}

static uint32_t le32(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Past skippable frames; false: one of them runs over the end. */
static bool skip_frames(unpack *u)
{
    while (u->size - u->next >= 8 && (le32(u->file + u->next) & 0xfffffff0u) == 0x184d2a50u) {
        uint64_t n = 8 + (uint64_t)le32(u->file + u->next + 4);
        if (n > u->size - u->next)
            return false;
        u->next += (size_t)n;
    }
    return true;
}

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
    size_t used = 0;
    if (u->kind != CODEC_GZIP || u->only_stream || cap < WHOLE_MEMBER)
        return false;
    if (u->whole == NULL)
        u->whole = libdeflate_alloc_decompressor();
    if (u->whole == NULL)
        return false;
    if (libdeflate_gzip_decompress_ex(u->whole, u->file + u->next, u->size - u->next, out, cap, &used, ret_n) !=
        LIBDEFLATE_SUCCESS)
        return false;
    u->next += used;
    u->produced = *ret_n;
    return true;
}

static unpack_result read_gzip(unpack *u, char *out, size_t cap, size_t *ret_n)
{
    size_t left = u->size - u->next;
    u->z.next_in = (z_const Bytef *)(uintptr_t)(u->file + u->next);
    u->z.avail_in = left > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uInt)left;
    u->z.next_out = (Bytef *)out;
    u->z.avail_out = cap > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uInt)cap;
    uInt in_before = u->z.avail_in, out_before = u->z.avail_out;
    int r = inflate(&u->z, Z_NO_FLUSH);
    u->next += in_before - u->z.avail_in;
    *ret_n = out_before - u->z.avail_out;
    u->produced += *ret_n;
    if (r == Z_STREAM_END)
        return UNPACK_END;
    if (r == Z_MEM_ERROR)
        return UNPACK_NOMEM;
    if (r != Z_OK && r != Z_BUF_ERROR)
        return UNPACK_DAMAGED;
    return *ret_n == 0 && u->next == u->size ? UNPACK_TRUNCATED : UNPACK_MORE;
}

static unpack_result read_zstd(unpack *u, char *out, size_t cap, size_t *ret_n)
{
    ZSTD_inBuffer in = {u->file + u->next, u->size - u->next, 0};
    ZSTD_outBuffer to = {out, cap, 0};
    size_t r = ZSTD_decompressStream(u->zstd, &to, &in);
    u->next += in.pos;
    *ret_n = to.pos;
    u->produced += to.pos;
    if (ZSTD_isError(r))
        return UNPACK_DAMAGED;
    if (r == 0)
        return UNPACK_END;
    return to.pos == 0 && u->next == u->size ? UNPACK_TRUNCATED : UNPACK_MORE;
}

/* UNPACK_MORE: a member starts here. */
static unpack_result start_member(unpack *u)
{
    u->member = u->next;
    u->produced = 0;
    if (u->kind == CODEC_ZSTD && !skip_frames(u))
        return UNPACK_TRUNCATED;
    u->member = u->next;
    if (u->next == u->size || all_zero(u->file + u->next, u->size - u->next))
        return UNPACK_EOF;
    return UNPACK_MORE;
}

static bool is_bomb(const unpack *u)
{
    return u->produced > BOMB_FLOOR && u->produced / BOMB_RATIO > u->next - u->member;
}

unpack_result unpack_read(unpack *u, char *out, size_t cap, size_t *ret_n)
{
    unpack_result r;
    *ret_n = 0;
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

/* Does a member start here? See unpack_find. */
static bool probe(unpack *u, size_t at, bool chain, char *scratch, size_t cap)
{
    uint64_t total = 0;
    unpack_seek(u, at);
    while (u->next - at < PROBE_BYTES && total < PROBE_OUTPUT) {
        size_t n;
        unpack_result r = unpack_read(u, scratch, cap, &n);
        total += n;
        if (r == UNPACK_EOF)
            return true;
        if (r == UNPACK_TRUNCATED)
            return total > 0;
        if (r == UNPACK_END && !chain)
            return true;
        if (r != UNPACK_MORE && r != UNPACK_END)
            return false;
    }
    return true;
}

static bool plausible(codec c, const unsigned char *p, size_t left)
{
    return c == CODEC_ZSTD || (left >= 18 && p[3] < 0x20); /* gzip: no reserved flag */
}

size_t unpack_find(codec c, const unsigned char *file, size_t size, size_t from, size_t end, bool chain)
{
    enum { SCRATCH = WHOLE_MEMBER - 1 }; /* too small for libdeflate: a probe need not see a whole member */
    const char *magic = c == CODEC_GZIP ? "\x1f\x8b\x08" : "\x28\xb5\x2f\xfd";
    size_t n = c == CODEC_GZIP ? 3 : 4, found = SIZE_MAX;
    unpack *u = unpack_new(c, file, size);
    char *scratch = mem_alloc(SCRATCH);
    if (end > size)
        end = size;
    while (u != NULL && scratch != NULL && from < end) {
        size_t span = size - end < n - 1 ? size - from : end - from + n - 1;
        const unsigned char *p = memmem(file + from, span, magic, n);
        if (p == NULL)
            break;
        from = (size_t)(p - file);
        if (plausible(c, p, size - from) && probe(u, from, chain, scratch, SCRATCH)) {
            found = from;
            break;
        }
        from++;
    }
    mem_free(scratch);
    unpack_free(u);
    return found;
}
