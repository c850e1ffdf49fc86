/* decode.c: gzip and deflate, with a limit on what comes out. */
#include "document/document.h"
#include <string.h>
#include <zlib.h>

enum { AUTO_HEADER = 32 + MAX_WBITS, NO_HEADER = -MAX_WBITS, STEP = 64 << 10 };

/* One member or stream; z->next_in is left behind it. */
static wn_status inflate_one(z_stream *z, size_t limit, strbuf *out, wn_error *err)
{
    for (;;) {
        size_t room = out->cap - out->len > STEP ? out->cap - out->len - 1 : STEP;
        if (!strbuf_reserve(out, room))
            return wn_fail(err, WN_E_NOMEM, "out of memory while inflating");
        z->next_out = (Bytef *)out->p + out->len;
        z->avail_out = (uInt)(room < UINT32_MAX ? room : UINT32_MAX);
        int result = inflate(z, Z_NO_FLUSH);
        out->len = (size_t)((char *)z->next_out - out->p);
        out->p[out->len] = '\0';
        if (out->len > limit)
            return wn_fail(err, WN_E_LIMIT, "decoded to more than %zu bytes (limits.max_record)",
                           limit);
        if (result == Z_STREAM_END)
            return WN_OK;
        if (result == Z_MEM_ERROR)
            return wn_fail(err, WN_E_NOMEM, "out of memory while inflating");
        if (result != Z_OK && result != Z_BUF_ERROR)
            return wn_fail(err, WN_E_DATA, "damaged compressed data: %s",
                           z->msg != NULL ? z->msg : "cannot be inflated");
        if (z->avail_in == 0 && z->avail_out > 0)
            return wn_fail(err, WN_E_DATA, "compressed data end early");
    }
}

static bool another_member(const z_stream *z)
{
    return z->avail_in >= 2 && z->next_in[0] == 0x1F && z->next_in[1] == 0x8B;
}

static wn_status inflate_all(wn_str in, int window, size_t limit, strbuf *out, wn_error *err)
{
    z_stream z;
    memset(&z, 0, sizeof z);
    z.next_in = (Bytef *)(uintptr_t)in.p;
    z.avail_in = (uInt)in.len;
    if (inflateInit2(&z, window) != Z_OK)
        return wn_fail(err, WN_E_NOMEM, "out of memory while inflating");
    wn_status status = inflate_one(&z, limit, out, err);
    while (status == WN_OK && another_member(&z)) {
        (void)inflateReset(&z);
        status = inflate_one(&z, limit, out, err);
    }
    (void)inflateEnd(&z);
    return status;
}

/* zlib's header: the method is 8 and the two bytes are a multiple of 31 (RFC 1950). */
static bool zlib_header(wn_str in)
{
    return in.len >= 2 && (in.p[0] & 0x0F) == 8 &&
           ((unsigned)(unsigned char)in.p[0] * 256 + (unsigned char)in.p[1]) % 31 == 0;
}

wn_status decode_bytes(const char *codec, wn_str in, size_t limit, strbuf *out, wn_error *err)
{
    if (in.len >= UINT32_MAX)
        return wn_fail(err, WN_E_LIMIT, "a record of 4 GiB or more: split the input");
    if (strcmp(codec, "gzip") == 0 || strcmp(codec, "x-gzip") == 0)
        return inflate_all(in, AUTO_HEADER, limit, out, err);
    if (strcmp(codec, "deflate") == 0) /* servers send it with and without the header */
        return inflate_all(in, zlib_header(in) ? AUTO_HEADER : NO_HEADER, limit, out, err);
    if (strcmp(codec, "identity") != 0)
        return wn_fail(err, WN_E_DATA,
                       "content encoding \"%.40s\" is not supported (gzip, deflate, identity are)",
                       codec);
    if (in.len > limit)
        return wn_fail(err, WN_E_LIMIT, "a record of more than %zu bytes (limits.max_record)",
                       limit);
    strbuf_add(out, in.p, in.len);
    return out->oom ? wn_fail(err, WN_E_NOMEM, "out of memory") : WN_OK;
}
