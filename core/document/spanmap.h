/* spanmap.h: which raw bytes each piece of a text came from. A list of segments that cover the text
 * without a gap, ascending in the text. Composed through every edit, so that it is never deeper
 * than one.
 *
 * Text and raw bytes are below 4 GiB (the document sees to it). Functions that return bool: false
 * is out of memory, and the map they filled is then worthless. One owner, no threads. */
#ifndef CORE_DOCUMENT_SPANMAP_H
#define CORE_DOCUMENT_SPANMAP_H
#include <winnow/plugin.h>

/* How text and raw bytes of a segment correspond. */
typedef enum map_form {
    MAP_BYTES, /* byte for byte */
    MAP_CHARS, /* each character stands for per_char raw bytes */
    MAP_WHOLE, /* any part of the text stands for all of the raw bytes */
    MAP_NONE   /* inserted: no raw bytes */
} map_form;

typedef struct segment {
    uint32_t text_start; /* it ends where the next one starts */
    uint32_t raw_start, raw_len;
    uint16_t per_char; /* MAP_CHARS */
    uint8_t kind;      /* wn_map_kind */
    uint8_t form;      /* map_form */
} segment;

struct spanmap {
    segment *seg;
    size_t n, cap;
    uint32_t text_len;
};
typedef struct spanmap spanmap;

void spanmap_clear(spanmap *m);          /* empty, memory kept */
void spanmap_release(spanmap *m);        /* empty, memory freed */
size_t spanmap_memory(const spanmap *m); /* bytes of its list, used or not */
/* Where segment i < n ends, in bytes of text. */
static inline uint32_t spanmap_text_end(const spanmap *m, size_t i)
{
    return i + 1 < m->n ? m->seg[i + 1].text_start : m->text_len;
}

/* Appending, for decoders: where the next `text_len` bytes of text came from; 0 adds nothing.
 * _bytes: as many raw bytes, the same ones. _chars: `chars` characters of per_char raw bytes each.
 * _whole: all of them from all of raw_len bytes. _none: from nowhere. Neighbours that go on alike
 * become one segment. */
bool spanmap_bytes(spanmap *m, size_t text_len, size_t raw_start);
bool spanmap_chars(spanmap *m, size_t text_len, size_t raw_start, size_t chars, unsigned per_char);
bool spanmap_whole(spanmap *m, size_t text_len, size_t raw_start, size_t raw_len, wn_map_kind kind);
bool spanmap_none(spanmap *m, size_t text_len);

/* Contract of wn_raw_ranges. `text` is the text of the map. O(log segments + answer). */
size_t spanmap_ranges(const spanmap *m, const char *text, size_t start, size_t end,
                      wn_range *ret_ranges, size_t cap);

/* The same ranges one after the other, for answers that may be long: spanmap_next gives each once,
 * then false. The map and its text stay as they are meanwhile. */
typedef struct range_walk {
    const spanmap *m;
    const char *text;
    size_t i, start, end; /* segment; bytes of text */
} range_walk;
/* Of text [start, end), cut at its end. */
range_walk spanmap_walk(const spanmap *m, const char *text, size_t start, size_t end);
bool spanmap_next(range_walk *w, wn_range *ret); /* false: no more, and *ret is as it was */

/* The map after edits (checked: ascending, in range, on character boundaries), appended to the
 * empty map `to`. Replaced text becomes `kind`. O(segments + edits). */
bool spanmap_edit(const spanmap *m, const char *text, const wn_edit *edits, size_t n,
                  wn_map_kind kind, spanmap *to);

/* m counts raw offsets in the join of `pieces`; `to` (empty) gets them in the bytes the pieces were
 * cut from. A character that straddles pieces stands for all bytes from its first to its last. */
bool spanmap_rebase(const spanmap *m, const char *text, const wn_range *pieces, size_t n,
                    spanmap *to);

/* Is this a map that the functions above could have made for that text and raw_len raw bytes? */
bool spanmap_valid(const spanmap *m, const char *text, size_t text_len, size_t raw_len);
#endif
