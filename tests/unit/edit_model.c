/* edit_model.c: see edit_model.h. */
#include "unit/edit_model.h"
#include "document/document.h"
#include "util/utf8.h"
#include <stdlib.h>
#include <string.h>

enum { CAPACITY = 1 << 16, SPANS = 24, RANGES = 1 << 12 };

/* One byte of text: where it came from, and in which spans it is (bit 2i: span i, bit 2i+1: its
 * part). */
typedef struct cell {
    char c;
    bool has;
    uint64_t start, end;
    uint32_t kind;
    uint64_t in;
} cell;

typedef struct model {
    cell *cell, *spare;
    size_t n;
    char raw[CAPACITY];
    size_t n_raw;
    uint64_t live, part_live; /* spans and parts that exist */
    size_t layer[SPANS], order[SPANS], n_spans;
    wn_range meta[RANGES];
    size_t n_meta;
    document *d;
    char problem[640]; /* holds a whole error message and what was done */
} model;

static const char *const layer_names[] = {"alpha", "beta"};

uint32_t choose(chooser *c, uint32_t n)
{
    uint32_t x = 0;
    if (c->p != NULL) {
        for (int i = 0; i < 2 && c->p < c->end; i++)
            x = x << 8 | *c->p++;
        return x % n;
    }
    c->state ^= c->state << 13, c->state ^= c->state >> 7, c->state ^= c->state << 17;
    return (uint32_t)(c->state >> 32) % n;
}

static bool wrong(model *m, const char *what, unsigned long long got, unsigned long long want)
{
    (void)snprintf(m->problem, sizeof m->problem, "%s: got %llu, want %llu", what, got, want);
    return false;
}

/* ---- texts ---- */

static size_t random_char(chooser *c, char utf8[4])
{
    static const uint32_t some[] = {'a',  'b',   ' ',    '\n',   '"',    '\\',
                                    0xE9, 0x416, 0x2019, 0x4E2D, 0x1F600};
    return utf8_encode(some[choose(c, sizeof some / sizeof *some)], utf8);
}

static size_t random_text(chooser *c, char *out, size_t chars)
{
    size_t n = 0;
    while (chars-- > 0)
        n += random_char(c, out + n);
    return n;
}

static void add_cells(model *m, const char *utf8, size_t n, size_t raw_start, size_t raw_len,
                      wn_map_kind kind)
{
    for (size_t i = 0; i < n; i++) {
        const bool exact = kind == WN_MAP_EXACT;
        m->cell[m->n++] = (cell){
            utf8[i], true, raw_start + (exact ? i : 0), raw_start + (exact ? i + 1 : raw_len),
            kind,    0};
    }
}

static void add_raw(model *m, const void *bytes, size_t n)
{
    memcpy(m->raw + m->n_raw, bytes, n);
    m->n_raw += n;
}

/* UTF-8 with a bad byte here and there, in pieces. */
static bool make_utf8(model *m, chooser *c, size_t chars)
{
    wn_error err = WN_ERROR_INIT;
    wn_range pieces[8];
    size_t n_pieces = 1 + choose(c, 8), at_piece = 0, per_piece = chars / n_pieces + 1;
    for (size_t i = 0; i < chars; i++) {
        char utf8[4];
        if (i % per_piece == 0) {
            if (at_piece > 0) {
                pieces[at_piece - 1].end = m->n_raw;
                add_raw(m, "gap", 3);
            }
            pieces[at_piece++] = (wn_range){m->n_raw, 0, 0, 0};
        }
        size_t n = random_char(c, utf8);
        bool bad = choose(c, 40) == 0 && i % per_piece != per_piece - 1;
        size_t at = m->n_raw;
        add_raw(m, bad ? "\xFF" : utf8, bad ? 1 : n);
        if (bad)
            add_cells(m, "\xEF\xBF\xBD", 3, at, 1, WN_MAP_DECODED);
        else
            add_cells(m, utf8, n, at, n, WN_MAP_EXACT);
    }
    if (at_piece > 0)
        pieces[at_piece - 1].end = m->n_raw;
    const locator at = {.path = "utf8", .length = m->n_raw};
    return document_set_record(m->d, &at, (wn_str){m->raw, m->n_raw}, choose(c, 2) == 0, &err) ==
               WN_OK &&
           document_record_text(document_handle(m->d), pieces, at_piece, "utf-8", &err) == WN_OK;
}

/* A character set with `unit` bytes a character (two for UTF-16BE, cut into pieces anywhere). */
static bool make_legacy(model *m, chooser *c, size_t chars, bool wide)
{
    static const unsigned char bytes[] = {'a', ' ', 0xE9, 0xC0, 0x92, 'z'};
    static const uint32_t cyrillic[] = {'a', ' ', 0x439, 0x410, 0x2019, 'z'};
    wn_error err = WN_ERROR_INIT;
    size_t cut = choose(c, (uint32_t)chars * (wide ? 2 : 1) + 1), gap = 5;
    for (size_t i = 0, joined = 0; i < chars; i++) {
        const size_t k = choose(c, 6), unit = wide ? 2 : 1;
        const char two[2] = {(char)(cyrillic[k] >> 8), (char)cyrillic[k]};
        const char *in = wide ? two : (const char *)&bytes[k];
        char utf8[4];
        size_t start = 0;
        for (size_t b = 0; b < unit; b++, joined++) {
            if (joined == cut)
                add_raw(m, "xxxxx", gap);
            start = b == 0 ? m->n_raw : start;
            add_raw(m, in + b, 1);
        }
        add_cells(m, utf8, utf8_encode(cyrillic[k], utf8), start, m->n_raw - start, WN_MAP_DECODED);
    }
    const bool gapped = m->n_raw > chars * (wide ? 2 : 1);
    const wn_range pieces[] = {{0, gapped ? cut : m->n_raw, 0, 0},
                               {gapped ? cut + gap : m->n_raw, m->n_raw, 0, 0}};
    const locator at = {.path = "legacy", .length = m->n_raw};
    return document_set_record(m->d, &at, (wn_str){m->raw, m->n_raw}, false, &err) == WN_OK &&
           document_record_text(document_handle(m->d), pieces, 2,
                                wide ? "utf-16be" : "windows-1251", &err) == WN_OK;
}

static bool make_json(model *m, chooser *c, size_t chars)
{
    static const struct {
        const char *raw, *utf8;
    } escapes[] = {{"\\n", "\n"},
                   {"\\\"", "\""},
                   {"\\u0416", "\xD0\x96"},
                   {"\\ud83d\\ude00", "\xF0\x9F\x98\x80"},
                   {"\\u000a", "\n"},
                   {"\\ud83d", "\xEF\xBF\xBD"},
                   {"\\/", "/"}};
    wn_error err = WN_ERROR_INIT;
    const char head[] = "{\"title\":\"x\\ny\", \"text\" : \"", tail[] = "x\",\"id\":7}";
    add_raw(m, head, sizeof head - 1);
    for (size_t i = 0; i < chars; i++) {
        char utf8[4];
        size_t k = choose(c, 20), n = random_char(c, utf8), at = m->n_raw;
        if (k < sizeof escapes / sizeof *escapes) {
            add_raw(m, escapes[k].raw, strlen(escapes[k].raw));
            add_cells(m, escapes[k].utf8, strlen(escapes[k].utf8), at, m->n_raw - at,
                      WN_MAP_DECODED);
        } else if (n > 1 || utf8[0] == 'a') {
            add_raw(m, utf8, n);
            add_cells(m, utf8, n, at, n, WN_MAP_EXACT);
        }
    }
    add_cells(m, "x", 1, m->n_raw, 1, WN_MAP_EXACT);
    add_raw(m, tail, sizeof tail - 1);
    const locator at = {.path = "json", .length = m->n_raw};
    return document_set_record(m->d, &at, (wn_str){m->raw, m->n_raw}, false, &err) == WN_OK &&
           document_record_json(document_handle(m->d), NULL, NULL, &err) == WN_OK;
}

static bool make(model *m, chooser *c)
{
    const size_t chars = choose(c, 4) == 0 ? choose(c, 3000) : choose(c, 60);
    switch (choose(c, 4)) {
    case 0: return make_utf8(m, c, chars);
    case 1: return make_legacy(m, c, chars, false);
    case 2: return make_legacy(m, c, chars, true);
    default: return make_json(m, c, chars);
    }
}

/* ---- the same things done naively ---- */

/* A random offset on a character boundary, at least `from`. */
static size_t boundary(const model *m, chooser *c, size_t from)
{
    size_t at = from + choose(c, (uint32_t)(m->n - from) + 1);
    while (at < m->n && ((unsigned char)m->cell[at].c & 0xC0) == 0x80)
        at++;
    return at;
}

static cell replacement_cell(const model *m, const wn_edit *e, wn_map_kind kind)
{
    cell r = {0, false, UINT64_MAX, 0, kind, 0};
    for (size_t i = e->start; i < e->end; i++) {
        const cell *o = &m->cell[i];
        if (!o->has)
            continue;
        r.has = true;
        r.start = o->start < r.start ? o->start : r.start;
        r.end = o->end > r.end ? o->end : r.end;
        if (o->kind == WN_MAP_APPROX)
            r.kind = WN_MAP_APPROX;
    }
    return r;
}

/* Spans that new text at an edit belongs to. */
static uint64_t members_around(const model *m, const wn_edit *e, bool whole_survives)
{
    uint64_t in = UINT64_MAX;
    if (e->start == e->end)
        return e->start == 0 || e->end == m->n ? 0 : m->cell[e->start - 1].in & m->cell[e->end].in;
    for (size_t i = e->start; i < e->end; i++)
        in &= m->cell[i].in;
    for (unsigned bit = 0; bit < 2 * SPANS && !whole_survives; bit++) {
        const uint64_t b = UINT64_C(1) << bit;
        const bool before = e->start > 0 && (m->cell[e->start - 1].in & b) != 0;
        const bool after = e->end < m->n && (m->cell[e->end].in & b) != 0;
        if (!before && !after)
            in &= ~b;
    }
    return in;
}

static void bury(model *m)
{
    uint64_t seen = 0;
    for (size_t i = 0; i < m->n; i++)
        seen |= m->cell[i].in;
    for (size_t i = 0; i < m->n_spans; i++) {
        const uint64_t span = UINT64_C(1) << (2 * i), part = span << 1;
        if ((seen & span) == 0)
            m->live &= ~span;
        if ((seen & part) == 0 || (m->live & span) == 0)
            m->part_live &= ~part;
    }
    for (size_t i = 0; i < m->n; i++)
        m->cell[i].in &= m->live | m->part_live;
}

static void naive_edit(model *m, const wn_edit *edits, size_t n, wn_map_kind kind)
{
    size_t at = 0, out = 0;
    for (size_t i = 0; i <= n; i++) {
        const size_t stop = i < n ? edits[i].start : m->n;
        while (at < stop)
            m->spare[out++] = m->cell[at++];
        if (i == n)
            break;
        cell new_cell = replacement_cell(m, &edits[i], kind);
        new_cell.in = members_around(m, &edits[i], kind != WN_MAP_APPROX);
        for (size_t k = 0; k < edits[i].text.len; k++) {
            new_cell.c = edits[i].text.p[k];
            m->spare[out++] = new_cell;
        }
        at = edits[i].end;
    }
    cell *swap = m->cell;
    m->cell = m->spare;
    m->spare = swap;
    m->n = out;
    bury(m);
}

static bool step_edit(model *m, chooser *c)
{
    static char texts[8][64];
    wn_edit edits[8];
    wn_error err = WN_ERROR_INIT;
    size_t n = choose(c, 8), at = 0;
    for (size_t i = 0; i < n; i++) {
        edits[i].start = boundary(m, c,
                                  choose(c, 3) == 0 || at == m->n
                                      ? at
                                      : at + choose(c, (uint32_t)(m->n - at) / 2 + 1));
        edits[i].end = choose(c, 3) == 0 ? edits[i].start : boundary(m, c, edits[i].start);
        if (edits[i].end > edits[i].start + 40 && choose(c, 4) != 0)
            edits[i].end = edits[i].start;
        edits[i].text =
            (wn_str){texts[i], choose(c, 3) == 0 ? 0 : random_text(c, texts[i], choose(c, 12))};
        at = edits[i].end;
    }
    if (document_edit(document_handle(m->d), edits, n, &err) != WN_OK)
        return wrong(m, err.text, 0, 0);
    naive_edit(m, edits, n, WN_MAP_EDITED);
    return true;
}

static bool step_set_text(model *m, chooser *c)
{
    static char text[CAPACITY];
    char middle[64];
    wn_error err = WN_ERROR_INIT;
    const size_t start = boundary(m, c, 0), end = boundary(m, c, start),
                 len = random_text(c, middle, choose(c, 12));
    size_t n = 0, prefix = 0, suffix = 0;
    for (size_t i = 0; i < start; i++)
        text[n++] = m->cell[i].c;
    memcpy(text + n, middle, len);
    n += len;
    for (size_t i = end; i < m->n; i++)
        text[n++] = m->cell[i].c;
    while (prefix < n && prefix < m->n && text[prefix] == m->cell[prefix].c)
        prefix++;
    while ((prefix < n && ((unsigned char)text[prefix] & 0xC0) == 0x80) ||
           (prefix < m->n && ((unsigned char)m->cell[prefix].c & 0xC0) == 0x80))
        prefix--;
    while (suffix < n - prefix && suffix < m->n - prefix &&
           text[n - 1 - suffix] == m->cell[m->n - 1 - suffix].c)
        suffix++;
    while (suffix > 0 && ((unsigned char)text[n - suffix] & 0xC0) == 0x80)
        suffix--;
    const wn_edit e = {prefix, m->n - suffix, {text + prefix, n - suffix - prefix}};
    if (document_set_text(document_handle(m->d), (wn_str){text, n}, &err) != WN_OK)
        return wrong(m, err.text, 0, 0);
    if (e.start < e.end || e.text.len > 0)
        naive_edit(m, &e, 1, WN_MAP_APPROX);
    return true;
}

/* How many live spans of the same layer come before span k. */
static size_t index_of(const model *m, size_t k)
{
    size_t n = 0;
    for (size_t i = 0; i < k; i++)
        n += m->layer[i] == m->layer[k] && (m->live >> (2 * i) & 1) != 0;
    return n;
}

static bool step_span(model *m, chooser *c)
{
    const size_t start = boundary(m, c, 0), end = boundary(m, c, start), k = m->n_spans,
                 layer = choose(c, 2);
    const size_t part_start = boundary(m, c, 0), part_end = boundary(m, c, part_start);
    wn_doc *doc = document_handle(m->d);
    size_t index = 0;
    if (k == SPANS)
        return true;
    wn_status status = document_span_add(doc, layer_names[layer], start, end,
                                         json_pack("{s:i}", "k", (int)k), &index);
    if ((status == WN_OK) != (start < end))
        return wrong(m, "span_add", (unsigned)status, start < end);
    if (status != WN_OK)
        return true;
    m->layer[k] = layer;
    m->n_spans++;
    m->live |= UINT64_C(1) << (2 * k);
    for (size_t i = start; i < end; i++)
        m->cell[i].in |= UINT64_C(1) << (2 * k);
    if (index != index_of(m, k))
        return wrong(m, "index of a new span", index, index_of(m, k));
    if (part_start == part_end)
        return true;
    if (document_part_add(doc, layer_names[layer], index, "role", part_start, part_end) != WN_OK)
        return wrong(m, "part_add", 0, 1);
    m->part_live |= UINT64_C(2) << (2 * k);
    for (size_t i = part_start; i < part_end; i++)
        m->cell[i].in |= UINT64_C(2) << (2 * k);
    return true;
}

static void step_clear(model *m, chooser *c)
{
    const size_t layer = choose(c, 2);
    document_layer_clear(document_handle(m->d), layer_names[layer]);
    for (size_t k = 0; k < m->n_spans; k++)
        if (m->layer[k] == layer) {
            m->live &= ~(UINT64_C(1) << (2 * k));
            m->part_live &= ~(UINT64_C(2) << (2 * k));
        }
    bury(m);
}

static size_t naive_ranges(const model *m, size_t start, size_t end, wn_range *out)
{
    size_t n = 0;
    for (size_t i = start; i < end; i++) {
        const cell *c = &m->cell[i];
        if (!c->has)
            continue;
        wn_range *last = n > 0 ? &out[n - 1] : NULL;
        if (last != NULL && last->kind == c->kind && c->start >= last->start &&
            c->start <= last->end)
            last->end = c->end > last->end ? c->end : last->end;
        else if (n < RANGES)
            out[n++] = (wn_range){c->start, c->end, c->kind, 0};
    }
    return n;
}

static bool step_meta(model *m, chooser *c)
{
    const size_t start = boundary(m, c, 0), end = boundary(m, c, start);
    if (document_meta_set(document_handle(m->d), "key", json_integer(1), start, end) != WN_OK)
        return wrong(m, "meta_set", 0, 1);
    m->n_meta = naive_ranges(m, start, end, m->meta);
    return true;
}

static bool step_freeze(model *m)
{
    strbuf frozen = STRBUF_INIT;
    wn_error err = WN_ERROR_INIT;
    bool ok = document_freeze(m->d, &frozen) == WN_OK &&
              document_thaw(m->d, (wn_str){frozen.p, frozen.len}, &err) == WN_OK;
    strbuf_release(&frozen);
    return ok || wrong(m, err.text, 0, 1);
}

/* ---- comparing ---- */

static bool same_ranges(model *m, const wn_range *want, size_t n_want, const wn_range *got,
                        size_t n_got)
{
    if (n_want != n_got)
        return wrong(m, "number of ranges", n_got, n_want);
    for (size_t i = 0; i < n_want; i++)
        if (got[i].start != want[i].start || got[i].end != want[i].end ||
            got[i].kind != want[i].kind)
            return wrong(m, "range", got[i].start << 32 | got[i].end,
                         want[i].start << 32 | want[i].end);
    return true;
}

static bool same_text(model *m)
{
    const wn_str text = document_text(document_handle(m->d));
    if (text.len != m->n)
        return wrong(m, "text length", text.len, m->n);
    for (size_t i = 0; i < m->n; i++)
        if (text.p[i] != m->cell[i].c)
            return wrong(m, "text differs at", i, 0);
    return utf8_valid(text.p, text.len) || wrong(m, "text is not UTF-8", 0, 1);
}

static bool same_map(model *m, chooser *c)
{
    static wn_range want[RANGES], got[RANGES];
    for (int i = 0; i < 4; i++) {
        const size_t start = i == 0 ? 0 : boundary(m, c, 0),
                     end = i == 0 ? m->n : boundary(m, c, start);
        const size_t n = document_raw_ranges(document_handle(m->d), start, end, got, RANGES);
        if (!same_ranges(m, want, naive_ranges(m, start, end, want), got, n))
            return false;
    }
    size_t n = document_meta_ranges(document_handle(m->d), "key", got, RANGES);
    return same_ranges(m, m->meta, m->n_meta, got, n);
}

static bool extent_of(const model *m, uint64_t bit, size_t *start, size_t *end)
{
    *start = *end = 0;
    for (size_t i = 0; i < m->n; i++)
        if ((m->cell[i].in & bit) != 0) {
            *start = *end == 0 ? i : *start;
            *end = i + 1;
        }
    return *end > 0;
}

static bool same_spans(model *m)
{
    size_t n[2], seen[2] = {0, 0};
    const wn_span *spans[2];
    for (size_t l = 0; l < 2; l++)
        spans[l] = document_spans(document_handle(m->d), layer_names[l], &n[l]);
    for (size_t k = 0; k < m->n_spans; k++) {
        size_t start, end;
        if ((m->live >> (2 * k) & 1) == 0)
            continue;
        const size_t l = m->layer[k], i = seen[l]++;
        if (i >= n[l] || !extent_of(m, UINT64_C(1) << (2 * k), &start, &end))
            return wrong(m, "a span is missing", n[l], i + 1);
        const wn_span *s = &spans[l][i];
        if (s->start != start || s->end != end ||
            json_integer_value(json_object_get(s->attrs, "k")) != (json_int_t)k)
            return wrong(m, "span", s->start << 32 | s->end, start << 32 | end);
        const bool part = extent_of(m, UINT64_C(2) << (2 * k), &start, &end);
        if (s->n_parts != part || (part && (s->parts[0].start != start || s->parts[0].end != end)))
            return wrong(m, "part", s->n_parts, part);
    }
    return (seen[0] == n[0] && seen[1] == n[1]) ||
           wrong(m, "spans in the layers", n[0] + n[1], seen[0] + seen[1]);
}

static bool step(model *m, chooser *c)
{
    switch (choose(c, 12)) {
    case 0: return step_freeze(m);
    case 1: return step_set_text(m, c);
    case 2: return step_meta(m, c);
    case 3:
    case 4: return step_span(m, c);
    case 5:
        if (choose(c, 8) == 0)
            step_clear(m, c);
        return true;
    default: return step_edit(m, c);
    }
}

const char *model_run(chooser *c, unsigned steps)
{
    static model m;
    static cell cells[2][CAPACITY];
    memset(&m, 0, sizeof m);
    m.cell = cells[0];
    m.spare = cells[1];
    m.d = document_new(NULL, 0);
    bool ok = m.d != NULL && (make(&m, c) || wrong(&m, "making", 0, 1));
    ok = ok && same_text(&m) && same_map(&m, c);
    for (unsigned i = 0; i < steps && ok && m.n < CAPACITY / 2; i++)
        ok = step(&m, c) && same_text(&m) && same_map(&m, c) && same_spans(&m);
    document_free(m.d);
    return ok ? "" : m.problem;
}
