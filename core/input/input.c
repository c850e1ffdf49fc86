/* input.c: one unit of an input file: lines and pieces of it, and where its records begin and
 * end. */
#include "config.h"
#include "input/input.h"
#include "input/opened.h"
#include "input/window.h"
#include "util/alloc.h"
#include <stdlib.h>
#include <string.h>

struct input {
    wn_input handle; /* first member */
    const char *path;
    input_unit unit;
    size_t max_record;
    window window;
    place cut;       /* records from here on belong to the next unit */
    uint64_t limit;  /* during sync: no record of the unit starts here or later */
    bool left_unit;  /* during sync: the source came to the limit */
    bool no_start;   /* no member starts in the unit */
    bool empty_seen; /* the one record of an empty file was given */
};

static input *input_of(const wn_input *in)
{
    return (input *)(uintptr_t)in; /* the handle is the first member, and never const itself */
}

static wn_status fail_at(const input *in, wn_error *err, wn_status status, const char *text)
{
    if (err != NULL && err->status == WN_OK)
        (void)snprintf(err->where, sizeof err->where, "%s", in->path);
    return wn_fail(err, status, "%s", text);
}

static wn_status end_or_fault(input *in, wn_error *err)
{
    char text[WINDOW_TEXT];
    wn_status status = window_end(&in->window, text);
    return status == WN_END ? WN_END : fail_at(in, err, status, text);
}

/* A record that a reading fault cuts off is not given: drop it, and tell. */
static wn_status cut_off(input *in, wn_error *err)
{
    window_consume(&in->window, window_left(&in->window));
    return end_or_fault(in, err);
}

/* ---- in sync(): where the unit ends ---- */

static bool is_plain(const input *in)
{
    return in->window.kind == CODEC_NONE;
}

/* Reading has come to the limit. If the next unit starts just here, what follows is found by it; if
 * not (it starts later, behind damage, or at what only looks like a member), reading must go on to
 * see where this unit's records end. */
static void reach_limit(input *in)
{
    uint64_t come_to = in->window.watched, start = 0;
    bool known =
        !is_plain(in) && come_to != UINT64_MAX &&
        unpack_find(in->window.unpack, in->limit, come_to + 1, true, &start) == UNPACK_MORE;
    if (is_plain(in) || (known && start == come_to))
        in->left_unit = true;
    else
        in->limit = UINT64_MAX;
}

/* A source in sync() has come to its unit's end without a record. */
static bool beyond_limit(input *in)
{
    if (in->limit == UINT64_MAX)
        return in->left_unit;
    place at = window_here(&in->window);
    if ((is_plain(in) ? at.offset : at.member) >= in->limit)
        reach_limit(in);
    return in->left_unit;
}

/* The newline in the window behind `seen` bytes that have none; NULL: none. A line of which the
 * unit does not see the end is not followed beyond the limit: some units before us do that. */
static const char *find_newline(input *in, size_t seen)
{
    const window *w = &in->window;
    size_t have = window_left(w), n = in->limit == UINT64_MAX ? have : window_before(w, in->limit);
    const char *from = w->buffer + w->pos,
               *nl = n > seen ? memchr(from + seen, '\n', n - seen) : NULL;
    if (nl != NULL || n == have)
        return nl;
    reach_limit(in);
    return in->left_unit ? NULL : find_newline(in, n);
}

/* ---- lines ---- */

static void set_record(const input *in, size_t n, wn_record *ret_record)
{
    place at = window_here(&in->window);
    *ret_record =
        (wn_record){{in->window.buffer + in->window.pos, n}, at.offset, at.member, {0, 0}};
}

static wn_status line_too_long(const input *in, uint64_t length, place at, wn_error *err)
{
    char text[256];
    (void)snprintf(text, sizeof text,
                   "byte %llu: a line of %llu bytes; limits.max_record allows %zu: raise it, or "
                   "split the line",
                   (unsigned long long)at.offset, (unsigned long long)length, in->max_record);
    return fail_at(in, err, WN_E_LIMIT, text);
}

/* Consume up to and with the next newline, however far. */
static wn_status skip_line(input *in, wn_error *err)
{
    window *w = &in->window;
    place at = window_here(w);
    uint64_t length = 0;
    size_t n;
    while ((n = window_fill(w, 1)) > 0) {
        const char *nl = find_newline(in, 0);
        if (in->left_unit)
            return WN_END;
        size_t used = nl != NULL ? (size_t)(nl - (w->buffer + w->pos)) + 1 : n;
        length += used;
        window_consume(w, used);
        if (nl != NULL)
            break;
    }
    return line_too_long(in, length, at, err);
}

/* Length of the line here with its newline; 0: longer than a record may be, or the limit was
 * reached. */
static size_t line_length(input *in)
{
    window *w = &in->window;
    size_t seen = 0, have = window_left(w);
    for (;;) {
        const char *nl = find_newline(in, seen);
        if (nl != NULL)
            return (size_t)(nl - (w->buffer + w->pos)) + 1;
        seen = have;
        if (in->left_unit || seen > in->max_record)
            return 0;
        if ((have = window_fill(w, seen + 1)) == seen)
            return seen;
    }
}

wn_status input_line(wn_input *handle, wn_record *ret_record, wn_error *err)
{
    input *in = input_of(handle);
    window *w = &in->window;
    if (window_fill(w, 1) == 0)
        return end_or_fault(in, err);
    if (beyond_limit(in))
        return WN_END;
    size_t used = line_length(in), n = used;
    if (in->left_unit)
        return WN_END;
    bool ended = used > 0 && w->buffer[w->pos + used - 1] == '\n';
    if (ended)
        n -= n > 1 && w->buffer[w->pos + n - 2] == '\r' ? 2 : 1;
    if (used == 0 || n > in->max_record)
        return skip_line(in, err);
    if (!ended && w->fault == WN_E_IO)
        return cut_off(in, err);
    set_record(in, n, ret_record);
    window_consume(w, used);
    return WN_OK;
}

/* ---- pieces ---- */

static wn_status record_too_long(const input *in, wn_error *err)
{
    char text[256];
    (void)snprintf(text, sizeof text,
                   "byte %llu: a record longer than limits.max_record (%zu bytes); raise it",
                   (unsigned long long)window_here(&in->window).offset, in->max_record);
    return fail_at(in, err, WN_E_LIMIT, text);
}

static void skip_rest(window *w)
{
    size_t n;
    while ((n = window_fill(w, 1)) > 0)
        window_consume(w, n);
}

static wn_status peek_all(input *in, wn_record *ret_record, wn_error *err)
{
    size_t have = window_fill(&in->window, in->max_record + 1);
    if (have > in->max_record) {
        wn_status status = record_too_long(in, err);
        skip_rest(&in->window);
        return status;
    }
    if (have > 0 && in->window.fault == WN_E_IO)
        return cut_off(in, err);
    if (have == 0 && in->window.file.size == 0 && !in->empty_seen) {
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
    size_t have = window_fill(&in->window, n);
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
        size_t have = window_fill(&in->window, 1);
        if (have == 0)
            return end_or_fault(in, err);
        size_t used = have < n ? have : n;
        window_consume(&in->window, used);
        n -= used;
    }
    return WN_OK;
}

/* ---- where it stands ---- */

bool input_overran(const input *in)
{
    bool cut = place_before(in->cut, PLACE_NOWHERE) && place_before((place){0, 0}, in->cut);
    return cut && place_before(in->cut, window_here(&in->window));
}

bool input_in_unit(const wn_input *handle)
{
    /* looks one byte ahead, so that an empty member does not count as a place */
    input *in = input_of(handle);
    if (window_fill(&in->window, 1) == 0 && in->window.fault == WN_OK)
        return false;
    return place_before(window_here(&in->window), in->cut);
}

void input_trim(input *in)
{
    window_trim(&in->window);
}

bool input_unreadable(const input *in)
{
    return in->window.unreadable;
}

uint64_t input_used(const input *in)
{
    return in->window.used;
}

const char *input_path(const wn_input *in)
{
    return input_of(in)->path;
}

wn_status input_record_set(wn_doc *doc, wn_input *handle, const wn_record *record, wn_error *err)
{
    const input *in = input_of(handle);
    locator at = {.path = in->path,
                  .codec = codec_name(in->window.kind),
                  .member = record->member,
                  .offset = record->offset,
                  .length = record->bytes.len};
    return document_set_record(document_of(doc), &at, record->bytes, true, err);
}

/* ---- opening, and where a unit's records begin and end ---- */

/* The first unit starts at the first byte, others at the first member at or after their start. */
static wn_status find_start(input *in, wn_error *err)
{
    window *w = &in->window;
    uint64_t at = in->unit.start;
    unpack_result r = UNPACK_MORE;
    if (!is_plain(in) && at > 0)
        r = unpack_find(w->unpack, in->unit.start, in->limit, true, &at);
    if (r == UNPACK_NOMEM)
        return fail_at(in, err, WN_E_NOMEM, "out of memory");
    if (r == UNPACK_GIVEN_UP)
        return fail_at(in, err, WN_E_DATA,
                       "cannot be cut into units: too much in it only looks like the start of "
                       "compressed data; set limits.split_size above the file's size");
    if (r == UNPACK_MORE)
        unpack_seek(w->unpack, at);
    else
        window_result(w, r);
    in->no_start = r == UNPACK_EOF;
    w->watch = in->limit;
    return WN_OK;
}

static wn_status open_at(const input *like, const rawfile *file, codec kind, input_unit unit,
                         uint64_t limit, input **ret_input, wn_error *err)
{
    input *in = mem_zeroed(sizeof *in);
    if (in == NULL)
        return fail_at(like, err, WN_E_NOMEM, "out of memory");
    in->handle = like->handle;
    in->path = like->path;
    in->max_record = like->max_record;
    in->unit = unit;
    in->limit = limit;
    in->cut = PLACE_NOWHERE;
    wn_status status = window_open(&in->window, file, kind, in->max_record)
                           ? find_start(in, err)
                           : fail_at(in, err, WN_E_NOMEM, "out of memory");
    if (status == WN_OK)
        *ret_input = in;
    else
        input_close(in);
    return status;
}

wn_status input_open(const wn_host *host, input_files *f, size_t unit, size_t max_record,
                     input **ret_input, wn_error *err)
{
    const input_unit *u = input_files_unit(f, unit);
    const input like = {.handle = {host},
                        .path = input_files_path(f, unit),
                        .max_record = max_record < SIZE_MAX / 4 ? max_record : SIZE_MAX / 4};
    rawfile file;
    wn_status status = input_files_open(f, unit, &file, err);
    return status == WN_OK ? open_at(&like, &file, codec_of(&file), *u, u->end, ret_input, err)
                           : status;
}

void input_close(input *in)
{
    if (in == NULL)
        return;
    window_close(&in->window);
    mem_free(in);
}

wn_input *input_handle(input *in)
{
    return &in->handle;
}

/* A line too long, damage or what cannot be read does not matter here: the record before it owns
 * it. Damage may be no damage but bytes inside a member that look like another, so what comes
 * behind it may be the middle of a record: look for a start again. */
static wn_status call_sync(input *in, const wn_plugin *source, wn_stage *stage, wn_error *err)
{
    wn_error ignored = WN_ERROR_INIT;
    wn_status status;
    do {
        ignored = (wn_error)WN_ERROR_INIT;
        in->window.passed_damage = false;
        status = source->sync == NULL ? WN_OK : source->sync(stage, &in->handle, &ignored);
        if (status == WN_OK && window_fill(&in->window, 1) == 0)
            status = end_or_fault(in, &ignored);
    } while (status < 0 && in->window.passed_damage);
    if (status == WN_E_DATA || status == WN_E_LIMIT || status == WN_E_IO || status == WN_END ||
        status == WN_DROP)
        status = WN_OK;
    if (status < 0 && err != NULL && err->status == WN_OK)
        *err = ignored;
    return status;
}

/* Where the records of the unit after this one begin. */
static wn_status find_cut(input *in, const wn_plugin *source, wn_stage *stage, wn_error *err)
{
    const window *w = &in->window;
    input_unit rest = {in->unit.file, in->unit.end, w->file.size};
    input *next = NULL;
    wn_status status = open_at(in, &w->file, w->kind, rest, UINT64_MAX, &next, err);
    if (status == WN_OK)
        status = call_sync(next, source, stage, err);
    if (status == WN_OK)
        in->cut = window_fill(&next->window, 1) > 0 || next->window.fault != WN_OK
                      ? window_here(&next->window)
                      : PLACE_NOWHERE;
    input_close(next);
    return status;
}

wn_status input_sync(input *in, const wn_plugin *source, wn_stage *stage, wn_error *err)
{
    window *w = &in->window;
    wn_status status = WN_OK;
    in->limit = in->unit.end;
    if (in->unit.start > 0)
        status = call_sync(in, source, stage, err);
    in->limit = UINT64_MAX;
    if (in->left_unit)
        in->cut = (place){0, 0};
    else if (status == WN_OK && !in->no_start && in->unit.end < w->file.size)
        status = find_cut(in, source, stage, err);
    in->left_unit = false;
    return status;
}
