/* reader.c: one unit of an input file as a stream of bytes with places. Plain files are read in place; compressed
 * ones through a window that grows to one record at most. */
#include "config.h"
#include "input/input.h"
#include "input/unpack.h"
#include "util/alloc.h"
#include <stdlib.h>
#include <string.h>

enum { WINDOW = 1 << 20, CHUNK = 256 * 1024 };

/* Where a byte lies, in the order of the file. */
typedef struct place {
    uint64_t member, offset;
} place;

static const place nowhere = {UINT64_MAX, UINT64_MAX};

/* From here on in the window, bytes lie one after the other from this place. */
typedef struct segment {
    size_t at;
    place place;
} segment;

struct input {
    wn_input handle; /* first member */
    const char *path;
    input_unit unit;
    size_t max_record;
    filemap file;
    codec kind;
    const char *p;   /* window: bytes [pos, len) are not yet consumed */
    size_t pos, len;
    place cut;       /* records from here on belong to the next unit */
    uint64_t limit;  /* during sync: no record of the unit starts here or later */
    bool left_unit;  /* during sync: the source came to the limit */
    bool empty_seen; /* the one record of an empty file was given */
    bool passed_fault; /* during sync: a damaged member was left behind */
    /* compressed files only */
    unpack *unpack;
    char *buffer;
    size_t cap;
    segment *segment;
    size_t n_segments, first_segment, cap_segments;
    bool eof;
    wn_status fault; /* waits behind the window's last byte */
    char fault_text[320];
};

static input *input_of(const wn_input *in)
{
    return (input *)(uintptr_t)in; /* the handle is the first member, and never const itself */
}

static bool before(place a, place b)
{
    return a.member != b.member ? a.member < b.member : a.offset < b.offset;
}

static wn_status fail_at(const input *in, wn_error *err, wn_status status, const char *text)
{
    if (err != NULL && err->status == WN_OK)
        (void)snprintf(err->where, sizeof err->where, "%s", in->path);
    return wn_fail(err, status, "%s", text);
}

/* ---- the window of a compressed file ---- */

static const segment *segment_of(const input *in)
{
    return &in->segment[in->first_segment];
}

static void advance_segment(input *in)
{
    while (in->first_segment + 1 < in->n_segments && in->segment[in->first_segment + 1].at <= in->pos)
        in->first_segment++;
}

static bool add_segment(input *in, size_t at, place where)
{
    if (in->n_segments > 0) { /* the same member goes on */
        const segment *last = &in->segment[in->n_segments - 1];
        if (last->place.member == where.member && where.offset - last->place.offset == at - last->at)
            return true;
    }
    void *grown = in->segment;
    if (!mem_grow(&grown, &in->cap_segments, in->n_segments + 1, sizeof *in->segment))
        return false;
    in->segment = grown;
    in->segment[in->n_segments++] = (segment){at, where};
    advance_segment(in);
    return true;
}

/* Drop what was consumed. */
static void compact(input *in)
{
    size_t gone = in->first_segment;
    if (in->pos == 0)
        return;
    memmove(in->buffer, in->buffer + in->pos, in->len - in->pos);
    for (size_t i = gone; i < in->n_segments; i++) {
        segment s = in->segment[i];
        if (s.at < in->pos) {
            s.place.offset += in->pos - s.at;
            s.at = in->pos;
        }
        s.at -= in->pos;
        in->segment[i - gone] = s;
    }
    in->n_segments -= gone;
    in->first_segment = 0;
    in->len -= in->pos;
    in->pos = 0;
}

static bool make_room(input *in)
{
    if (in->cap - in->len >= CHUNK)
        return true;
    compact(in);
    if (in->cap - in->len >= CHUNK)
        return true;
    size_t cap = in->cap > 0 ? in->cap * 2 : WINDOW;
    char *more = mem_realloc(in->buffer, cap);
    if (more == NULL)
        return false;
    in->buffer = more;
    in->p = more;
    in->cap = cap;
    return true;
}

static void set_fault(input *in, wn_status status, const char *what)
{
    in->fault = status;
    (void)snprintf(in->fault_text, sizeof in->fault_text,
                   "byte %llu: %s %s %s after %llu bytes of output; what could be read before was used",
                   (unsigned long long)unpack_member(in->unpack), codec_name(in->kind),
                   in->kind == CODEC_GZIP ? "member" : "frame", what,
                   (unsigned long long)unpack_produced(in->unpack));
}

static void read_chunk(input *in)
{
    size_t n = 0;
    if (!make_room(in)) {
        set_fault(in, WN_E_NOMEM, "does not fit in memory");
        return;
    }
    unpack_result r = unpack_read(in->unpack, in->buffer + in->len, in->cap - in->len, &n);
    place where = {unpack_member(in->unpack), unpack_produced(in->unpack) - n};
    if (n > 0 && !add_segment(in, in->len, where)) {
        set_fault(in, WN_E_NOMEM, "does not fit in memory");
        return;
    }
    in->len += n;
    switch (r) {
    case UNPACK_MORE:
    case UNPACK_END: break;
    case UNPACK_EOF: in->eof = true; break;
    case UNPACK_TRUNCATED: set_fault(in, WN_E_DATA, "ends too early (truncated file)"); break;
    case UNPACK_DAMAGED: set_fault(in, WN_E_DATA, "is damaged"); break;
    case UNPACK_BOMB: set_fault(in, WN_E_LIMIT, "unpacks to far more than its size (a decompression bomb)"); break;
    case UNPACK_NOMEM: set_fault(in, WN_E_NOMEM, "cannot be unpacked: out of memory"); break;
    }
}

/* ---- any file ---- */

/* At least n bytes in the window, or all up to the end or the next fault. Returns how many there are. */
static size_t fill(input *in, size_t n)
{
    while (in->len - in->pos < n && in->unpack != NULL && !in->eof && in->fault == WN_OK)
        read_chunk(in);
    return in->len - in->pos;
}

static place here(const input *in)
{
    if (in->unpack == NULL)
        return (place){0, in->pos};
    if (in->pos == in->len)
        return in->fault == WN_OK ? nowhere : (place){unpack_member(in->unpack), unpack_produced(in->unpack)};
    const segment *s = segment_of(in);
    return (place){s->place.member, s->place.offset + (in->pos - s->at)};
}

static void consume(input *in, size_t n)
{
    in->pos += n;
    if (in->unpack != NULL)
        advance_segment(in);
}

/* The window is empty: the fault comes up, and the next read goes on behind it. */
static wn_status end_or_fault(input *in, wn_error *err)
{
    wn_status status = in->fault;
    if (status == WN_OK)
        return WN_END;
    if (status != WN_E_NOMEM) {
        size_t from = unpack_member(in->unpack) + 1;
        size_t next = unpack_find(in->kind, in->file.p, in->file.size, from, SIZE_MAX, false);
        in->eof = next == SIZE_MAX;
        if (!in->eof)
            unpack_seek(in->unpack, next);
        in->fault = WN_OK;
        in->passed_fault = true;
    }
    return fail_at(in, err, status, in->fault_text);
}

/* A source in sync() has come to its unit's end without a record. */
static bool beyond_limit(input *in)
{
    place at = here(in);
    if ((in->unpack == NULL ? at.offset : at.member) >= in->limit)
        in->left_unit = true;
    return in->left_unit;
}

/* A line of a plain file that goes on past the limit: do not look for its end, some units before us do. */
static bool line_beyond_limit(input *in)
{
    if (in->unpack == NULL && in->limit < in->len &&
        memchr(in->p + in->pos, '\n', (size_t)in->limit - in->pos) == NULL)
        in->left_unit = true;
    return in->left_unit;
}

static void set_record(const input *in, size_t n, wn_record *ret_record)
{
    place at = here(in);
    *ret_record = (wn_record){{in->p + in->pos, n}, at.offset, at.member, {0, 0}};
}

static wn_status line_too_long(input *in, uint64_t length, place at, wn_error *err)
{
    char text[256];
    (void)snprintf(text, sizeof text,
                   "byte %llu: a line of %llu bytes; limits.max_record allows %zu: raise it, or split the line",
                   (unsigned long long)at.offset, (unsigned long long)length, in->max_record);
    return fail_at(in, err, WN_E_LIMIT, text);
}

/* Consume up to and with the next newline, however far. */
static wn_status skip_line(input *in, wn_error *err)
{
    place at = here(in);
    uint64_t length = 0;
    size_t n;
    while ((n = fill(in, 1)) > 0) {
        const char *nl = memchr(in->p + in->pos, '\n', n);
        size_t used = nl != NULL ? (size_t)(nl - (in->p + in->pos)) + 1 : n;
        length += used;
        consume(in, used);
        if (nl != NULL)
            break;
    }
    return line_too_long(in, length, at, err);
}

/* Length of the line here with its newline; 0: longer than a record may be. */
static size_t line_length(input *in, size_t have)
{
    size_t seen = 0;
    for (;;) {
        const char *nl = memchr(in->p + in->pos + seen, '\n', have - seen);
        if (nl != NULL)
            return (size_t)(nl - (in->p + in->pos)) + 1;
        seen = have;
        if (seen > in->max_record)
            return 0;
        if ((have = fill(in, seen + 1)) == seen)
            return seen;
    }
}

wn_status input_line(wn_input *handle, wn_record *ret_record, wn_error *err)
{
    input *in = input_of(handle);
    size_t have = fill(in, 1);
    if (have == 0)
        return end_or_fault(in, err);
    if (beyond_limit(in) || line_beyond_limit(in))
        return WN_END;
    size_t used = line_length(in, have), n = used;
    if (n > 0 && in->p[in->pos + n - 1] == '\n')
        n -= n > 1 && in->p[in->pos + n - 2] == '\r' ? 2 : 1;
    if (used == 0 || n > in->max_record)
        return skip_line(in, err);
    set_record(in, n, ret_record);
    consume(in, used);
    return WN_OK;
}

static wn_status record_too_long(input *in, wn_error *err)
{
    char text[256];
    (void)snprintf(text, sizeof text, "byte %llu: a record longer than limits.max_record (%zu bytes); raise it",
                   (unsigned long long)here(in).offset, in->max_record);
    return fail_at(in, err, WN_E_LIMIT, text);
}

static void skip_rest(input *in)
{
    size_t n;
    while ((n = fill(in, 1)) > 0)
        consume(in, n);
}

static wn_status peek_all(input *in, wn_record *ret_record, wn_error *err)
{
    size_t have = fill(in, in->max_record + 1);
    if (have > in->max_record) {
        wn_status status = record_too_long(in, err);
        skip_rest(in);
        return status;
    }
    if (have == 0 && in->file.size == 0 && !in->empty_seen) {
        in->empty_seen = true;
        *ret_record = (wn_record){{"", 0}, 0, 0, {0, 0}};
        return WN_OK;
    }
    if (have == 0)
        return end_or_fault(in, err);
    set_record(in, have, ret_record);
    return WN_OK;
}

wn_status input_peek(wn_input *handle, size_t n, wn_record *ret_record, wn_error *err)
{
    input *in = input_of(handle);
    if (n == SIZE_MAX)
        return peek_all(in, ret_record, err);
    if (n > in->max_record)
        return record_too_long(in, err);
    size_t have = fill(in, n);
    if (have == 0 && n > 0)
        return end_or_fault(in, err);
    if (have > 0 && beyond_limit(in))
        return WN_END;
    set_record(in, have < n ? have : n, ret_record);
    return WN_OK;
}

wn_status input_skip(wn_input *handle, size_t n, wn_error *err)
{
    input *in = input_of(handle);
    while (n > 0) {
        size_t have = fill(in, 1);
        if (have == 0)
            return end_or_fault(in, err);
        size_t used = have < n ? have : n;
        consume(in, used);
        n -= used;
    }
    return WN_OK;
}

bool input_overran(const input *in)
{
    bool cut = before(in->cut, nowhere) && before((place){0, 0}, in->cut);
    return cut && before(in->cut, here(in));
}

bool input_in_unit(const wn_input *handle)
{
    input *in = input_of(handle); /* looks one byte ahead, so that an empty member does not count as a place */
    if (fill(in, 1) == 0 && in->fault == WN_OK)
        return false;
    return before(here(in), in->cut);
}

const char *input_path(const wn_input *in)
{
    return input_of(in)->path;
}

wn_status input_record_set(wn_doc *doc, wn_input *handle, const wn_record *record, wn_error *err)
{
    const input *in = input_of(handle);
    locator at = {.path = in->path, .codec = codec_name(in->kind), .member = record->member,
                  .offset = record->offset, .length = record->bytes.len};
    return document_set_record(document_of(doc), &at, record->bytes, in->unpack != NULL, err);
}

/* ---- opening, and where a unit's records begin and end ---- */

static wn_status start_codec(input *in, wn_error *err)
{
    in->kind = codec_detect(in->file.p, in->file.size);
    if (in->kind == CODEC_NONE) {
        in->p = (const char *)in->file.p;
        in->len = in->file.size;
        in->pos = in->unit.start < in->len ? (size_t)in->unit.start : in->len;
        return WN_OK;
    }
    in->unpack = unpack_new(in->kind, in->file.p, in->file.size);
    if (in->unpack == NULL)
        return wn_fail(err, WN_E_NOMEM, "%s: out of memory", in->path);
    if (in->unit.start > 0) {
        size_t at = unpack_find(in->kind, in->file.p, in->file.size, (size_t)in->unit.start, (size_t)in->limit, true);
        in->eof = at == SIZE_MAX;
        unpack_seek(in->unpack, in->eof ? in->file.size : at);
    }
    return WN_OK;
}

static wn_status open_at(const wn_host *host, const char *path, input_unit unit, uint64_t limit, size_t max_record,
                         input **ret_input, wn_error *err)
{
    input *in = mem_zeroed(sizeof *in);
    if (in == NULL)
        return wn_fail(err, WN_E_NOMEM, "%s: out of memory", path);
    in->handle.host = host;
    in->path = path;
    in->unit = unit;
    in->limit = limit;
    in->max_record = max_record < SIZE_MAX / 4 ? max_record : SIZE_MAX / 4;
    in->cut = nowhere;
    in->p = "";
    wn_status status = filemap_open(path, &in->file, err);
    if (status == WN_OK)
        status = start_codec(in, err);
    if (status != WN_OK) {
        input_close(in);
        return status;
    }
    *ret_input = in;
    return WN_OK;
}

wn_status input_open(const wn_host *host, const input_list *l, const input_unit *u, size_t max_record,
                     input **ret_input, wn_error *err)
{
    return open_at(host, l->file[u->file].path, *u, u->end, max_record, ret_input, err);
}

void input_close(input *in)
{
    if (in == NULL)
        return;
    unpack_free(in->unpack);
    mem_free(in->buffer);
    mem_free(in->segment);
    filemap_close(&in->file);
    mem_free(in);
}

wn_input *input_handle(input *in)
{
    return &in->handle;
}

/* A line too long or damage does not matter here: the record before it owns it. Damage may be no damage but bytes inside a
 * member that look like another, so what comes behind it may be the middle of a record: look for a start again. */
static wn_status call_sync(input *in, const wn_plugin *source, wn_stage *stage, wn_error *err)
{
    wn_error ignored = WN_ERROR_INIT;
    wn_status status;
    do {
        ignored = (wn_error)WN_ERROR_INIT;
        in->passed_fault = false;
        status = source->sync == NULL ? WN_OK : source->sync(stage, &in->handle, &ignored);
        if (status == WN_OK && in->unpack != NULL && fill(in, 1) == 0)
            status = end_or_fault(in, &ignored);
    } while (status < 0 && in->passed_fault);
    if (status == WN_E_DATA || status == WN_E_LIMIT || status == WN_END || status == WN_DROP)
        status = WN_OK;
    if (status < 0 && err != NULL && err->status == WN_OK)
        *err = ignored;
    return status;
}

/* Where the records of the unit after this one begin. */
static wn_status find_cut(input *in, const wn_plugin *source, wn_stage *stage, wn_error *err)
{
    input *next = NULL;
    input_unit rest = {in->unit.file, in->unit.end, in->file.size};
    wn_status status = open_at(in->handle.host, in->path, rest, UINT64_MAX, in->max_record, &next, err);
    if (status == WN_OK)
        status = call_sync(next, source, stage, err);
    if (status == WN_OK)
        in->cut = fill(next, 1) > 0 || next->fault != WN_OK ? here(next) : nowhere;
    input_close(next);
    return status;
}

wn_status input_sync(input *in, const wn_plugin *source, wn_stage *stage, wn_error *err)
{
    wn_status status = WN_OK;
    in->limit = in->unit.end;
    if (in->unit.start > 0)
        status = call_sync(in, source, stage, err);
    bool ended = fill(in, 1) == 0 && in->fault == WN_OK;
    in->limit = UINT64_MAX;
    if (in->left_unit)
        in->cut = (place){0, 0};
    else if (status == WN_OK && !ended && in->unit.end < in->file.size)
        status = find_cut(in, source, stage, err);
    in->left_unit = false;
    return status;
}
