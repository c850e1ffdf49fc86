/* window.h: a file's bytes, unpacked, as a stream of which a window is held: each byte knows its
 * place. It grows to what is asked for at once, a record (`most` bytes), and 512 KiB. One owner, no
 * threads. */
#ifndef CORE_INPUT_WINDOW_H
#define CORE_INPUT_WINDOW_H
#include "input/unpack.h"

/* Where a byte lies, in the order of the file. Plain files: member 0. */
typedef struct place {
    uint64_t member, offset;
} place;

/* From here on in the window, bytes lie one after the other from this place. */
typedef struct segment {
    size_t at;
    place place;
} segment;

enum { WINDOW_TEXT = 320 };

typedef struct window {
    rawfile file; /* borrowed */
    codec kind;
    unpack *unpack;
    size_t most;
    char *buffer; /* bytes [pos, len) are not yet consumed */
    size_t pos, len, cap;
    segment *segment;
    size_t n_segments, first_segment, cap_segments;
    bool eof;
    wn_status fault; /* waits behind the window's last byte */
    char fault_text[WINDOW_TEXT];
    uint64_t used;                  /* grows with each byte consumed and each fault told */
    bool unreadable, passed_damage; /* such a fault was told */
    /* the first member come to at `watch` or later; UINT64_MAX: none yet */
    uint64_t watch, watched;
} window;

#define PLACE_NOWHERE ((place){UINT64_MAX, UINT64_MAX}) /* behind the last byte */
/* By member, then by offset in it. */
static inline bool place_before(place a, place b)
{
    return a.member != b.member ? a.member < b.member : a.offset < b.offset;
}

/* *w is all zero. The file is copied and stays its owner's. false: out of memory; window_close is
 * due all the same. */
bool window_open(window *w, const rawfile *file, codec kind, size_t most);
void window_close(window *w);

static inline size_t window_left(const window *w) /* in the window */
{
    return w->len - w->pos;
}

/* At least n bytes in the window, or all up to the end or the next fault. Returns how many there
 * are: from then on w->buffer + w->pos is where they lie. */
size_t window_read(window *w, size_t n);
/* The same without a call where they are there already. */
static inline size_t window_fill(window *w, size_t n)
{
    return window_left(w) >= n ? window_left(w) : window_read(w, n);
}

place window_end_place(const window *w); /* nowhere, or that of the fault that waits */
/* Of the next byte; where none is in the window, window_end_place. */
static inline place window_here(const window *w)
{
    if (w->pos == w->len)
        return window_end_place(w);
    const segment *s = &w->segment[w->first_segment];
    return (place){s->place.member, s->place.offset + (w->pos - s->at)};
}
void window_consume(window *w, size_t n); /* n <= window_left(w) */
/* Memory that a giant record needed is given back, unless much of it is not consumed yet. */
void window_trim(window *w);

/* How many of the bytes from pos on lie before the limit, an offset of the file. One at least is
 * there, the first lies before it. */
size_t window_before(const window *w, uint64_t limit);
/* As an unpack_result says: the end, or a fault that waits. */
void window_result(window *w, unpack_result r);

/* The window is empty: WN_END, or the fault comes up with its text, and the next fill goes on at
 * the next member. Where the file cannot be read (WN_E_IO), that is its end. */
wn_status window_end(window *w, char ret_text[WINDOW_TEXT]);
#endif
