/* fetch.c: records again, by locator. Plain files: one read. Compressed ones: a cursor for each
 * member read lately, which remembers the last stretch of output, so that records asked for in
 * about the order of the file cost one pass. Memory: N_CURSORS windows of three times KEEP, or of a
 * record and KEEP, and what zlib or zstd need. */
#include "config.h"
#include "input/input.h"
#include "input/rawfile.h"
#include "input/unpack.h"
#include "util/alloc.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { N_FILES = 16, N_CURSORS = 8, KEEP = 4 << 20, STEP = 256 * 1024 };

typedef struct open_file {
    char *path;
    rawfile file;
    unsigned users;
    uint64_t used; /* clock for "least recently used": orders evictions only */
} open_file;

/* Output of the members from `member` on, as one stream of bytes. */
typedef struct cursor {
    open_file *file;
    uint64_t member;
    unpack *unpack;
    strbuf window;
    uint64_t at; /* stream offset of the window's first byte */
    uint64_t used;
} cursor;

struct fetcher {
    pthread_mutex_t lock;
    size_t max_record;
    open_file file[N_FILES];
    cursor cursor[N_CURSORS];
    uint64_t clock;
};

fetcher *fetcher_new(size_t max_record)
{
    fetcher *f = mem_zeroed(sizeof *f);
    if (f == NULL)
        return NULL;
    if (pthread_mutex_init(&f->lock, NULL) != 0) {
        mem_free(f);
        return NULL;
    }
    f->max_record = max_record;
    for (size_t i = 0; i < N_FILES; i++)
        f->file[i].file.fd = -1;
    return f;
}

static void close_cursor(cursor *c)
{
    if (c->file != NULL)
        c->file->users--;
    unpack_free(c->unpack);
    strbuf_release(&c->window);
    *c = (cursor){NULL, 0, NULL, STRBUF_INIT, 0, 0};
}

static void close_file(open_file *o)
{
    rawfile_close(&o->file);
    mem_free(o->path);
    *o = (open_file){NULL, RAWFILE_NONE, 0, 0};
}

void fetcher_free(fetcher *f)
{
    if (f == NULL)
        return;
    for (size_t i = 0; i < N_CURSORS; i++)
        close_cursor(&f->cursor[i]);
    for (size_t i = 0; i < N_FILES; i++)
        close_file(&f->file[i]);
    (void)pthread_mutex_destroy(&f->lock);
    mem_free(f);
}

/* Under the lock. There are more places for files than for cursors, so one is always free of
 * users. */
static wn_status get_file(fetcher *f, const char *path, open_file **ret, wn_error *err)
{
    open_file *o = NULL;
    for (size_t i = 0; i < N_FILES; i++) {
        open_file *c = &f->file[i];
        if (c->path != NULL && strcmp(c->path, path) == 0) {
            c->used = ++f->clock;
            *ret = c;
            return WN_OK;
        }
        if (c->users == 0 && (o == NULL || c->used < o->used))
            o = c;
    }
    close_file(o);
    wn_status status = rawfile_open(path, &o->file, NULL, err);
    if (status != WN_OK)
        return status;
    size_t size = strlen(path) + 1;
    o->path = mem_alloc(size);
    if (o->path == NULL) {
        close_file(o);
        return wn_fail(err, WN_E_NOMEM, "%s: out of memory", path);
    }
    memcpy(o->path, path, size);
    o->used = ++f->clock;
    *ret = o;
    return WN_OK;
}

static wn_status changed(const locator *at, wn_error *err)
{
    return wn_fail(err, WN_E_DATA,
                   "%s: no record of %llu bytes at byte %llu (member %llu); was the file changed?",
                   at->path, (unsigned long long)at->length, (unsigned long long)at->offset,
                   (unsigned long long)at->member);
}

static wn_status unreadable(const locator *at, uint64_t where, int why, wn_error *err)
{
    return wn_fail(err, WN_E_IO, "%s: cannot be read at byte %llu: %s", at->path,
                   (unsigned long long)where, strerror(why));
}

static wn_status get_cursor(fetcher *f, const locator *at, cursor **ret, wn_error *err)
{
    open_file *o;
    cursor *c = &f->cursor[0];
    wn_status status = get_file(f, at->path, &o, err);
    if (status != WN_OK)
        return status;
    for (size_t i = 0; i < N_CURSORS; i++) {
        cursor *k = &f->cursor[i];
        if (k->file == o && k->member == at->member && k->at <= at->offset) {
            k->used = ++f->clock;
            *ret = k;
            return WN_OK;
        }
        if (k->used < c->used)
            c = k;
    }
    if (at->member >= o->file.size || codec_named(at->codec) == CODEC_NONE)
        return changed(at, err);
    close_cursor(c);
    c->unpack = unpack_new(codec_named(at->codec), &o->file);
    if (c->unpack == NULL)
        return wn_fail(err, WN_E_NOMEM, "%s: out of memory", at->path);
    unpack_seek(c->unpack, at->member);
    c->file = o;
    o->users++;
    c->member = at->member;
    c->used = ++f->clock;
    *ret = c;
    return WN_OK;
}

/* Forget output before stream offset `keep`. */
static void slide(cursor *c, uint64_t keep)
{
    size_t gone = keep > c->at ? (size_t)(keep - c->at) : 0;
    if (gone > c->window.len)
        gone = c->window.len;
    memmove(c->window.p, c->window.p + gone, c->window.len - gone);
    c->window.len -= gone;
    c->at += gone;
}

static wn_status read_on(cursor *c, const locator *at, wn_error *err)
{
    size_t n = 0;
    if (c->window.len > 2 * (size_t)KEEP) {
        uint64_t end = c->at + c->window.len;
        slide(c, at->offset < end - KEEP ? at->offset : end - KEEP);
    }
    if (!strbuf_reserve(&c->window, STEP))
        return wn_fail(err, WN_E_NOMEM, "%s: out of memory", at->path);
    unpack_result r = unpack_read(c->unpack, c->window.p + c->window.len, STEP, &n);
    c->window.len += n;
    if (r == UNPACK_NOMEM)
        return wn_fail(err, WN_E_NOMEM, "%s: out of memory", at->path);
    uint64_t where;
    int why = r == UNPACK_UNREADABLE ? unpack_why(c->unpack, &where) : 0;
    if (why != 0)
        return unreadable(at, where, why, err);
    return n == 0 && r != UNPACK_MORE && r != UNPACK_END ? changed(at, err) : WN_OK;
}

static wn_status get_packed(fetcher *f, const locator *at, char *out, wn_error *err)
{
    cursor *c = NULL;
    wn_status status = get_cursor(f, at, &c, err);
    uint64_t end = at->offset + at->length;
    while (status == WN_OK && c->at + c->window.len < end)
        status = read_on(c, at, err);
    if (status != WN_OK)
        return status;
    memcpy(out, c->window.p + (at->offset - c->at), (size_t)at->length);
    return WN_OK;
}

static wn_status get_plain(fetcher *f, const locator *at, char *out, wn_error *err)
{
    open_file *o;
    wn_status status = get_file(f, at->path, &o, err);
    if (status != WN_OK)
        return status;
    int why = 0;
    size_t n = rawfile_read(&o->file, at->offset, out, (size_t)at->length, &why);
    if (why != 0)
        return unreadable(at, at->offset + n, why, err);
    return n == at->length ? WN_OK : changed(at, err);
}

static wn_status join_pieces(const fetcher *f, const locator *at, wn_str raw, strbuf *joined,
                             wn_error *err)
{
    for (size_t i = 0; i < at->n_pieces; i++) {
        wn_range r = at->pieces[i];
        if (r.start > r.end || r.end > raw.len)
            return changed(at, err);
        /* a locator from a file may name one byte a million times */
        if (r.end - r.start > f->max_record - joined->len)
            return wn_fail(
                err, WN_E_LIMIT,
                "%s: pieces of more bytes than a record may have (limits.max_record: %zu)",
                at->path, f->max_record);
        strbuf_add(joined, raw.p + r.start, (size_t)(r.end - r.start));
    }
    return WN_OK;
}

static wn_status decode(fetcher *f, const locator *at, arena *into, wn_str *raw, wn_error *err)
{
    strbuf joined = STRBUF_INIT, decoded = STRBUF_INIT;
    wn_status status = join_pieces(f, at, *raw, &joined, err);
    if (status == WN_OK && !joined.oom)
        status = decode_bytes(at->decode, (wn_str){joined.p != NULL ? joined.p : "", joined.len},
                              f->max_record, &decoded, err);
    char *copy = status == WN_OK && !joined.oom && !decoded.oom
                     ? arena_strndup(into, decoded.p != NULL ? decoded.p : "", decoded.len)
                     : NULL;
    if (status == WN_OK && copy == NULL)
        status = wn_fail(err, WN_E_NOMEM, "%s: out of memory", at->path);
    if (status == WN_OK)
        *raw = (wn_str){copy, decoded.len};
    strbuf_release(&joined);
    strbuf_release(&decoded);
    return status;
}

wn_status fetcher_get(fetcher *f, const locator *at, arena *into, wn_str *ret_raw, wn_error *err)
{
    if (at->offset > UINT64_MAX - at->length)
        return changed(at, err);
    if (at->length > f->max_record)
        return wn_fail(err, WN_E_LIMIT, "%s: a record of %llu bytes; limits.max_record allows %zu",
                       at->path, (unsigned long long)at->length, f->max_record);
    char *bytes = arena_alloc(into, (size_t)at->length + 1);
    if (bytes == NULL)
        return wn_fail(err, WN_E_NOMEM, "%s: out of memory", at->path);
    (void)pthread_mutex_lock(&f->lock);
    wn_status status =
        at->codec == NULL ? get_plain(f, at, bytes, err) : get_packed(f, at, bytes, err);
    (void)pthread_mutex_unlock(&f->lock);
    wn_str raw = {bytes, (size_t)at->length};
    if (status == WN_OK && at->decode != NULL)
        status = decode(f, at, into, &raw, err);
    if (status == WN_OK)
        *ret_raw = raw;
    return status;
}
