/* spanmap.c: see spanmap.h. */
#include "document/spanmap.h"
#include "util/alloc.h"
#include "util/utf8.h"
#include <string.h>

/* longest text of a MAP_CHARS segment: bounds the counting of a look-up */
enum { CHARS_LIMIT = 1024 };

void spanmap_clear(spanmap *m)
{
    m->n = 0;
    m->text_len = 0;
}

void spanmap_release(spanmap *m)
{
    mem_free(m->seg);
    *m = (spanmap){NULL, 0, 0, 0};
}

size_t spanmap_memory(const spanmap *m)
{
    return m->cap * sizeof *m->seg;
}

/* Can text that corresponds as `next` does be added to the segment `last` of that much text? */
static bool continues(const segment *last, size_t last_text, const segment *next, size_t next_text)
{
    if (last->form != next->form || last->kind != next->kind)
        return false;
    switch (last->form) {
    case MAP_BYTES: return last->raw_start + last->raw_len == next->raw_start;
    case MAP_CHARS:
        return last->per_char == next->per_char &&
               last->raw_start + last->raw_len == next->raw_start &&
               last_text + next_text <= CHARS_LIMIT;
    case MAP_WHOLE: return last->raw_start == next->raw_start && last->raw_len == next->raw_len;
    default: return true;
    }
}

/* Append text_len bytes of text; s.text_start is set here. */
static bool append(spanmap *m, segment s, size_t text_len)
{
    if (text_len == 0)
        return true;
    if (m->n > 0) {
        segment *last = &m->seg[m->n - 1];
        if (continues(last, m->text_len - last->text_start, &s, text_len)) {
            if (last->form != MAP_WHOLE)
                last->raw_len += s.raw_len;
            m->text_len += (uint32_t)text_len;
            return true;
        }
    }
    if (!MEM_GROW(m->seg, m->cap, m->n + 1))
        return false;
    s.text_start = m->text_len;
    m->seg[m->n++] = s;
    m->text_len += (uint32_t)text_len;
    return true;
}

bool spanmap_bytes(spanmap *m, size_t text_len, size_t raw_start)
{
    return append(m,
                  (segment){0, (uint32_t)raw_start, (uint32_t)text_len, 0, WN_MAP_EXACT, MAP_BYTES},
                  text_len);
}

bool spanmap_chars(spanmap *m, size_t text_len, size_t raw_start, size_t chars, unsigned per_char)
{
    segment s = {0,
                 (uint32_t)raw_start,
                 (uint32_t)(chars * per_char),
                 (uint16_t)per_char,
                 WN_MAP_DECODED,
                 MAP_CHARS};
    return append(m, s, text_len);
}

bool spanmap_whole(spanmap *m, size_t text_len, size_t raw_start, size_t raw_len, wn_map_kind kind)
{
    return append(m,
                  (segment){0, (uint32_t)raw_start, (uint32_t)raw_len, 0, (uint8_t)kind, MAP_WHOLE},
                  text_len);
}

bool spanmap_none(spanmap *m, size_t text_len)
{
    return append(m, (segment){0, 0, 0, 0, WN_MAP_EDITED, MAP_NONE}, text_len);
}

/* Index of the segment that holds text offset `at` (< text_len). */
static size_t find(const spanmap *m, size_t at)
{
    size_t low = 0, high = m->n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (m->seg[middle].text_start <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The part of segment i for text [start, end), which lies inside it: where its raw bytes are. */
static segment slice(const spanmap *m, const char *text, size_t i, size_t start, size_t end)
{
    segment s = m->seg[i];
    const size_t whole_end = spanmap_text_end(m, i);
    if (s.form == MAP_BYTES) {
        s.raw_start += (uint32_t)(start - s.text_start);
        s.raw_len = (uint32_t)(end - start);
    } else if (s.form == MAP_CHARS && (start > s.text_start || end < whole_end)) {
        while (start > s.text_start && !utf8_boundary(text, whole_end, start))
            start--;
        s.raw_start += (uint32_t)utf8_count(text + s.text_start, start - s.text_start) * s.per_char;
        s.raw_len = (uint32_t)utf8_count(text + start, end - start) * s.per_char;
    }
    return s;
}

range_walk spanmap_walk(const spanmap *m, const char *text, size_t start, size_t end)
{
    end = end < m->text_len ? end : m->text_len;
    return (range_walk){m, text, start < end ? find(m, start) : m->n, start, end};
}

/* Can the raw bytes of s be told with those of r? */
static bool range_joins(wn_range *r, const segment *s)
{
    const uint64_t start = s->raw_start, end = start + s->raw_len;
    if (r->kind != s->kind || start < r->start || start > r->end)
        return false;
    r->end = end > r->end ? end : r->end;
    return true;
}

bool spanmap_next(range_walk *w, wn_range *ret)
{
    bool some = false;
    for (; w->i < w->m->n && w->m->seg[w->i].text_start < w->end; w->i++) {
        const size_t from = w->m->seg[w->i].text_start, to = spanmap_text_end(w->m, w->i);
        const segment s = slice(w->m, w->text, w->i, w->start > from ? w->start : from,
                                w->end < to ? w->end : to);
        if (s.form == MAP_NONE || (some && range_joins(ret, &s)))
            continue;
        if (some)
            return true;
        *ret = (wn_range){s.raw_start, (uint64_t)s.raw_start + s.raw_len, s.kind, 0};
        some = true;
    }
    return some;
}

size_t spanmap_ranges(const spanmap *m, const char *text, size_t start, size_t end,
                      wn_range *ret_ranges, size_t cap)
{
    range_walk w = spanmap_walk(m, text, start, end);
    size_t n = 0;
    for (wn_range r; spanmap_next(&w, &r); n++)
        if (ret_ranges != NULL && n < cap)
            ret_ranges[n] = r;
    return n;
}

/* A walk over the segments, left to right. */
typedef struct walk {
    const spanmap *m;
    const char *text;
    size_t i, at; /* segment, text offset */
} walk;

/* The next stretch of one segment up to `end`; false: end reached. */
static bool step(walk *w, size_t end, segment *ret, size_t *ret_len)
{
    if (w->at >= end)
        return false;
    const size_t whole_end = spanmap_text_end(w->m, w->i), stop = end < whole_end ? end : whole_end;
    *ret = slice(w->m, w->text, w->i, w->at, stop);
    *ret_len = stop - w->at;
    w->at = stop;
    w->i += stop == whole_end;
    return true;
}

/* Replace text [w->at, end) by len bytes: they stand for all raw bytes from its first to its
 * last. */
static bool replace(walk *w, size_t end, size_t len, wn_map_kind kind, spanmap *to)
{
    segment s;
    size_t n;
    uint64_t low = UINT64_MAX, high = 0;
    while (step(w, end, &s, &n)) {
        if (s.form == MAP_NONE)
            continue;
        low = s.raw_start < low ? s.raw_start : low;
        high = (uint64_t)s.raw_start + s.raw_len > high ? (uint64_t)s.raw_start + s.raw_len : high;
        kind = s.kind == WN_MAP_APPROX ? WN_MAP_APPROX : kind;
    }
    return low <= high ? spanmap_whole(to, len, low, high - low, kind) : spanmap_none(to, len);
}

bool spanmap_edit(const spanmap *m, const char *text, const wn_edit *edits, size_t n,
                  wn_map_kind kind, spanmap *to)
{
    walk w = {m, text, 0, 0};
    for (size_t i = 0; i <= n; i++) {
        segment s;
        size_t len;
        while (step(&w, i < n ? edits[i].start : m->text_len, &s, &len))
            if (!append(to, s, len))
                return false;
        if (i < n && !replace(&w, edits[i].end, edits[i].text.len, kind, to))
            return false;
    }
    return true;
}

/* ---- joined pieces ---- */

typedef struct joined {
    const wn_range *piece;
    size_t n, i;
    uint64_t base; /* offset of piece[i] in the join */
} joined;

static uint64_t piece_len(const joined *j)
{
    return j->piece[j->i].end - j->piece[j->i].start;
}

/* Go to the piece that holds offset `at` of the join, forwards. */
static void seek(joined *j, uint64_t at)
{
    while (j->i + 1 < j->n && at >= j->base + piece_len(j)) {
        j->base += piece_len(j);
        j->i++;
    }
}

static uint64_t place(const joined *j, uint64_t at)
{
    return j->piece[j->i].start + (at - j->base);
}

/* One stretch that lies across pieces, or starts where one ends: as a whole. */
static bool rebase_whole(joined *j, const segment *s, size_t text_len, spanmap *to)
{
    seek(j, s->raw_start);
    uint64_t low = place(j, s->raw_start), high = low;
    for (uint64_t at = s->raw_start, end = at + s->raw_len; at < end;) {
        seek(j, at);
        uint64_t stop =
            j->base + piece_len(j) < end && j->i + 1 < j->n ? j->base + piece_len(j) : end;
        low = place(j, at) < low ? place(j, at) : low;
        high = place(j, stop) > high ? place(j, stop) : high;
        at = stop;
    }
    return spanmap_whole(to, text_len, low, high - low, s->kind);
}

/* Text bytes of the first n characters. */
static size_t chars_length(const char *text, size_t len, size_t n)
{
    size_t i = 0;
    for (; n > 0 && i < len; n--)
        do
            i++;
        while (i < len && !utf8_boundary(text, len, i));
    return i;
}

/* Segment s of `len` bytes of text, cut where pieces end. */
static bool rebase_segment(joined *j, segment s, const char *text, size_t len, spanmap *to)
{
    const unsigned per = s.form == MAP_CHARS ? s.per_char : 1;
    while (len > 0) {
        seek(j, s.raw_start);
        uint64_t room = j->i + 1 < j->n ? j->base + piece_len(j) - s.raw_start : s.raw_len;
        segment part = s;
        size_t text_len = len;
        if (s.form != MAP_WHOLE && room < s.raw_len) {
            bool straddles = room < per;
            size_t chars = straddles ? 1 : (size_t)room / per;
            text_len = s.form == MAP_CHARS ? chars_length(text, len, chars) : chars;
            part.raw_len = (uint32_t)chars * per;
            if (straddles)
                part.form = MAP_WHOLE;
        }
        bool whole = part.form == MAP_WHOLE;
        segment placed = part;
        placed.raw_start = (uint32_t)place(j, part.raw_start);
        if (!(whole ? rebase_whole(j, &part, text_len, to) : append(to, placed, text_len)))
            return false;
        s.raw_start += part.raw_len;
        s.raw_len -= part.raw_len;
        text += text_len;
        len -= text_len;
    }
    return true;
}

bool spanmap_rebase(const spanmap *m, const char *text, const wn_range *pieces, size_t n,
                    spanmap *to)
{
    joined j = {pieces, n, 0, 0};
    for (size_t i = 0; i < m->n; i++) {
        const size_t start = m->seg[i].text_start, len = spanmap_text_end(m, i) - start;
        if (m->seg[i].form == MAP_NONE ? !spanmap_none(to, len)
                                       : !rebase_segment(&j, m->seg[i], text + start, len, to))
            return false;
    }
    return true;
}

static bool segment_valid(const segment *s, const char *text, size_t len, size_t raw_len)
{
    if (s->kind > WN_MAP_APPROX || (uint64_t)s->raw_start + s->raw_len > raw_len)
        return false;
    switch (s->form) {
    case MAP_BYTES: return s->kind == WN_MAP_EXACT && s->raw_len == len;
    case MAP_CHARS:
        return s->kind == WN_MAP_DECODED && s->per_char > 0 && len <= CHARS_LIMIT &&
               utf8_count(text, len) * s->per_char == s->raw_len;
    default: return s->form == MAP_WHOLE || s->form == MAP_NONE;
    }
}

bool spanmap_valid(const spanmap *m, const char *text, size_t text_len, size_t raw_len)
{
    if (m->text_len != text_len || (m->n == 0) != (text_len == 0) ||
        (m->n > 0 && m->seg[0].text_start != 0))
        return false;
    for (size_t i = 0; i < m->n; i++) {
        const size_t start = m->seg[i].text_start, end = spanmap_text_end(m, i);
        if (end <= start || end > text_len ||
            !segment_valid(&m->seg[i], text + start, end - start, raw_len))
            return false;
    }
    return true;
}
