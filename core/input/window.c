/* window.c: see window.h. */
#include "config.h"
#include "input/window.h"
#include "util/alloc.h"
#include <stdlib.h>
#include <string.h>

enum { WINDOW = 512 * 1024, CHUNK = 256 * 1024 };

bool window_open(window *w, const rawfile *file, codec kind, size_t most)
{
    w->file = *file;
    w->kind = kind;
    w->most = most;
    w->watch = w->watched = UINT64_MAX;
    w->unpack = unpack_new(kind, &w->file);
    return w->unpack != NULL;
}

void window_close(window *w)
{
    unpack_free(w->unpack);
    mem_free(w->buffer);
    mem_free(w->segment);
}

/* ---- places ---- */

static void advance_segment(window *w)
{
    while (w->first_segment + 1 < w->n_segments && w->segment[w->first_segment + 1].at <= w->pos)
        w->first_segment++;
}

static bool add_segment(window *w, size_t at, place where)
{
    if (w->n_segments > 0) { /* the same member goes on */
        const segment *last = &w->segment[w->n_segments - 1];
        if (last->place.member == where.member &&
            where.offset - last->place.offset == at - last->at)
            return true;
    }
    if (!MEM_GROW(w->segment, w->cap_segments, w->n_segments + 1))
        return false;
    w->segment[w->n_segments++] = (segment){at, where};
    advance_segment(w);
    return true;
}

/* Drop what was consumed. */
static void compact(window *w)
{
    size_t gone = w->first_segment;
    if (w->pos == 0)
        return;
    memmove(w->buffer, w->buffer + w->pos, w->len - w->pos);
    for (size_t i = gone; i < w->n_segments; i++) {
        segment s = w->segment[i];
        if (s.at < w->pos) {
            s.place.offset += w->pos - s.at;
            s.at = w->pos;
        }
        s.at -= w->pos;
        w->segment[i - gone] = s;
    }
    w->n_segments -= gone;
    w->first_segment = 0;
    w->len -= w->pos;
    w->pos = 0;
}

/* ---- filling ---- */

/* For a CHUNK, or for all that is left of a small plain file (one byte more, so that it is never
 * none). */
static size_t wanted_room(const window *w)
{
    uint64_t left = w->kind == CODEC_NONE ? w->file.size - unpack_next(w->unpack) : CHUNK;
    return left < CHUNK ? (size_t)left + 1 : CHUNK;
}

static bool make_room(window *w)
{
    size_t need = wanted_room(w), most = w->most + 2 * (size_t)CHUNK;
    if (w->cap - w->len >= need)
        return true;
    compact(w);
    if (w->cap - w->len >= need)
        return true;
    size_t cap = w->cap > 0 ? w->cap * 2 : need < CHUNK ? need : WINDOW;
    while (cap - w->len < need)
        cap *= 2;
    /* nobody asks for more than a record, and what was consumed is gone */
    cap = cap < most ? cap : most;
    char *more = mem_realloc(w->buffer, cap);
    if (more == NULL)
        return false;
    w->buffer = more;
    w->cap = cap;
    return true;
}

static void set_fault(window *w, wn_status status, const char *what)
{
    w->fault = status;
    (void)snprintf(
        w->fault_text, sizeof w->fault_text,
        "byte %llu: %s %s %s after %llu bytes of output; what could be read before was used",
        (unsigned long long)unpack_member(w->unpack), codec_name(w->kind),
        w->kind == CODEC_GZIP ? "member" : "frame", what,
        (unsigned long long)unpack_produced(w->unpack));
}

static void set_unreadable(window *w)
{
    uint64_t at;
    int why = unpack_why(w->unpack, &at);
    w->fault = WN_E_IO;
    if (why != 0)
        (void)snprintf(w->fault_text, sizeof w->fault_text, "byte %llu: cannot be read: %s",
                       (unsigned long long)at, strerror(why));
    else
        (void)snprintf(
            w->fault_text, sizeof w->fault_text,
            "the file ends at byte %llu, but had %llu bytes: it became shorter while it was read",
            (unsigned long long)at, (unsigned long long)w->file.size);
}

static void set_no_memory(window *w)
{
    w->fault = WN_E_NOMEM;
    (void)snprintf(w->fault_text, sizeof w->fault_text, "out of memory for a record");
}

void window_result(window *w, unpack_result r)
{
    switch (r) {
    case UNPACK_MORE:
    case UNPACK_END: break;
    case UNPACK_EOF: w->eof = true; break;
    case UNPACK_TRUNCATED: set_fault(w, WN_E_DATA, "ends too early (truncated file)"); break;
    case UNPACK_DAMAGED: set_fault(w, WN_E_DATA, "is damaged"); break;
    case UNPACK_BOMB:
        set_fault(w, WN_E_LIMIT, "unpacks to far more than its size (a decompression bomb)");
        break;
    case UNPACK_GIVEN_UP:
        set_fault(w, WN_E_DATA, "is followed by too much that only looks like one");
        break;
    case UNPACK_UNREADABLE: set_unreadable(w); break;
    case UNPACK_NOMEM: set_no_memory(w); break;
    }
}

static void read_chunk(window *w)
{
    size_t n = 0;
    if (!make_room(w)) {
        set_no_memory(w);
        return;
    }
    size_t room = w->cap - w->len;
    unpack_result r = unpack_read(w->unpack, w->buffer + w->len, room < CHUNK ? room : CHUNK, &n);
    place where = {unpack_member(w->unpack), unpack_produced(w->unpack) - n};
    if (n > 0 && !add_segment(w, w->len, where)) {
        set_no_memory(w);
        return;
    }
    w->len += n;
    if (r != UNPACK_EOF && where.member >= w->watch && w->watched == UINT64_MAX)
        w->watched = where.member;
    window_result(w, r);
}

size_t window_read(window *w, size_t n)
{
    while (w->len - w->pos < n && !w->eof && w->fault == WN_OK)
        read_chunk(w);
    return w->len - w->pos;
}

place window_end_place(const window *w)
{
    return w->fault == WN_OK ? PLACE_NOWHERE
                             : (place){unpack_member(w->unpack), unpack_produced(w->unpack)};
}

void window_consume(window *w, size_t n)
{
    w->pos += n;
    w->used += n;
    advance_segment(w);
}

void window_trim(window *w)
{
    if (w->cap <= 4 * (size_t)WINDOW || window_left(w) > WINDOW)
        return;
    compact(w);
    char *less = mem_realloc(w->buffer, 2 * (size_t)WINDOW);
    if (less == NULL)
        return;
    w->buffer = less;
    w->cap = 2 * (size_t)WINDOW;
}

size_t window_before(const window *w, uint64_t limit)
{
    size_t i = w->n_segments - 1;
    const segment *s = &w->segment[i];
    if (w->kind == CODEC_NONE) {
        uint64_t n = limit - (s->place.offset + (w->pos - s->at));
        return n < w->len - w->pos ? (size_t)n : w->len - w->pos;
    }
    if (s->place.member < limit)
        return w->len - w->pos;
    while (i > w->first_segment && w->segment[i - 1].place.member >= limit)
        i--;
    return w->segment[i].at > w->pos ? w->segment[i].at - w->pos : 0;
}

/* Reading goes on at the next member, if there is one. */
static void pass_damage(window *w)
{
    uint64_t next = 0;
    unpack_result r =
        unpack_find(w->unpack, unpack_member(w->unpack) + 1, UINT64_MAX, false, &next);
    w->passed_damage = true;
    if (r == UNPACK_MORE)
        unpack_seek(w->unpack, next);
    else
        window_result(w, r);
    w->eof = r != UNPACK_MORE;
}

wn_status window_end(window *w, char ret_text[WINDOW_TEXT])
{
    wn_status status = w->fault;
    if (status == WN_OK)
        return WN_END;
    memcpy(ret_text, w->fault_text, WINDOW_TEXT);
    if (status == WN_E_NOMEM)
        return status;
    w->used++;
    w->unreadable = w->unreadable || status == WN_E_IO;
    w->fault = WN_OK;
    if (status != WN_E_IO && !w->eof)
        pass_damage(w);
    else
        w->eof = true;
    return status;
}
