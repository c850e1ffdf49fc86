/* tokens.c: tokens in one pass over the bytes, driven by a table of byte classes. */
#include "text/text_internal.h"
#include "util/alloc.h"
#include <string.h>

enum {
    SPACE,
    NEWLINE,
    LOWER,
    UPPER,
    DIGIT,
    HIGH,
    STOP,
    HYPHEN,
    APOSTROPHE,
    BACKTICK,
    STRAIGHT,
    SYMBOL,
    PUNCT
};

#define X4(c) c, c, c, c
#define X8(c) X4(c), X4(c)
#define X16(c) X8(c), X8(c)
static const uint8_t byte_class[256] = {
    X8(SPACE),
    SPACE,
    SPACE,
    NEWLINE,
    SPACE,
    SPACE,
    NEWLINE,
    SPACE,
    SPACE,
    X16(SPACE),
    /* 20 */ SPACE,
    PUNCT,
    STRAIGHT,
    SYMBOL,
    SYMBOL,
    SYMBOL,
    SYMBOL,
    APOSTROPHE,
    PUNCT,
    PUNCT,
    SYMBOL,
    SYMBOL,
    PUNCT,
    HYPHEN,
    STOP,
    PUNCT,
    /* 30 */ X8(DIGIT),
    DIGIT,
    DIGIT,
    PUNCT,
    PUNCT,
    SYMBOL,
    SYMBOL,
    SYMBOL,
    PUNCT,
    /* 40 */ SYMBOL,
    X16(UPPER),
    X8(UPPER),
    UPPER,
    UPPER,
    PUNCT,
    SYMBOL,
    PUNCT,
    SYMBOL,
    LOWER,
    /* 60 */ BACKTICK,
    X16(LOWER),
    X8(LOWER),
    LOWER,
    LOWER,
    PUNCT,
    SYMBOL,
    PUNCT,
    SYMBOL,
    SPACE,
    /* 80 */ X16(HIGH),
    X16(HIGH),
    X16(HIGH),
    X16(HIGH),
    X16(HIGH),
    X16(HIGH),
    X16(HIGH),
    X16(HIGH),
};

typedef struct scanner {
    text_analysis *a;
    const uint8_t *s;
    size_t pos, end;
    unsigned flags; /* for the next wn_token */
} scanner;

/* a character outside ASCII */
typedef struct glyph {
    uint8_t class, mark, len;
} glyph;

static size_t sequence_length(const uint8_t *s, size_t left)
{
    size_t want = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : s[0] >= 0xC0 ? 2 : 1;
    size_t n = 1;
    while (n < want && n < left && (s[n] & 0xC0) == 0x80)
        n++;
    return n;
}

static unsigned decode(const uint8_t *s, size_t n)
{
    if (n == 2)
        return (unsigned)(s[0] & 0x1F) << 6 | (s[1] & 0x3Fu);
    if (n == 3)
        return (unsigned)(s[0] & 0x0F) << 12 | (unsigned)(s[1] & 0x3F) << 6 | (s[2] & 0x3Fu);
    return n == 4 ? 0x10000 : 0;
}

static uint8_t general_punctuation(unsigned c, uint8_t *ret_mark)
{
    static const uint8_t marks[8] = {MARK_SINGLE_OPEN, MARK_SINGLE_CLOSE, MARK_SINGLE_OPEN,
                                     MARK_SINGLE_OPEN, MARK_DOUBLE_OPEN,  MARK_DOUBLE_CLOSE,
                                     MARK_DOUBLE_LOW,  MARK_DOUBLE_OPEN};
    if (c >= 0x2018 && c <= 0x201F) {
        *ret_mark = marks[c - 0x2018];
        return STRAIGHT;
    }
    if (c <= 0x200F || c == 0x202F || c == 0x205F || c == 0x2060)
        return SPACE;
    if (c == 0x2028 || c == 0x2029)
        return NEWLINE;
    if (c == 0x2010 || c == 0x2011)
        return HYPHEN;
    return c <= 0x2015 || c == 0x2026 ? PUNCT : SYMBOL;
}

/* U+0080 to U+00BF. */
static uint8_t latin_punctuation(unsigned c, uint8_t *ret_mark)
{
    switch (c) {
    case 0xAB: *ret_mark = MARK_ANGLE_OPEN; return STRAIGHT;
    case 0xBB: *ret_mark = MARK_ANGLE_CLOSE; return STRAIGHT;
    case 0xA0:
    case 0xAD: return SPACE;
    case 0xAA:
    case 0xB5:
    case 0xBA: return LOWER; /* ª µ º */
    default: return SYMBOL;
    }
}

/* Latin Extended-A: pairs of a capital and a small letter, whose parity changes twice. */
static uint8_t extended_latin(unsigned c)
{
    const bool odd_capitals = (c >= 0x139 && c <= 0x148) || c >= 0x179;
    return ((c & 1) == 0) != odd_capitals ? UPPER : LOWER;
}

static uint8_t class_of(unsigned c, uint8_t *ret_mark)
{
    static const struct {
        uint16_t last;
        uint8_t class;
    } from_370[] = {
        {0x390, LOWER},   {0x3A9, UPPER},  {0x3FF, LOWER},   {0x42F, UPPER},  {0x206F, LOWER},
        {0x2BFF, SYMBOL}, {0x2FFF, LOWER}, {0x3000, SPACE},  {0x3002, PUNCT}, {0xFEFE, LOWER},
        {0xFEFF, SPACE},  {0xFFFC, LOWER}, {0xFFFD, SYMBOL},
    };
    if (c < 0xC0)
        return c < 0x80 ? LOWER : latin_punctuation(c, ret_mark);
    if (c < 0x100)
        return c == 0xD7 || c == 0xF7 ? SYMBOL : c <= 0xDE ? UPPER : LOWER;
    if (c < 0x180)
        return extended_latin(c);
    if (c >= 0x2000 && c < 0x2070)
        return general_punctuation(c, ret_mark);
    for (size_t i = 0; i < sizeof from_370 / sizeof *from_370; i++)
        if (c <= from_370[i].last)
            return from_370[i].class;
    return LOWER;
}

static glyph glyph_at(const scanner *sc, size_t at)
{
    glyph g = {LOWER, MARK_NONE, 1};
    uint8_t b = sc->s[at];
    g.len = (uint8_t)sequence_length(sc->s + at, sc->end - at);
    if (b == 0xF0 && g.len == 4 && sc->s[at + 1] == 0x9F)
        g.class = SYMBOL; /* pictographs */
    else if (g.len > 1)
        g.class = class_of(decode(sc->s + at, g.len), &g.mark);
    return g;
}

static bool word_byte_at(const scanner *sc, size_t at)
{
    if (at >= sc->end)
        return false;
    unsigned class = byte_class[sc->s[at]];
    if (class == HIGH)
        class = glyph_at(sc, at).class;
    return class >= LOWER && class <= DIGIT;
}

static bool add(scanner *sc, size_t start, size_t end, wn_token_kind kind, unsigned flags,
                unsigned mark)
{
    text_analysis *a = sc->a;
    if (a->n_tokens == a->cap_tokens && !MEM_GROW(a->token, a->cap_tokens, a->n_tokens + 1))
        return false;
    a->token[a->n_tokens++] = (wn_token){
        .start = (uint32_t)start,
        .end = (uint32_t)end,
        .kind = (uint8_t)kind,
        .flags = (uint8_t)(flags | sc->flags),
        .hash = kind == WN_TOKEN_WORD ? wn_word_hash((const char *)sc->s + start, end - start) : 0,
        .reserved = (uint16_t)mark};
    sc->flags = 0;
    sc->pos = end;
    return wn_beat(a->pulse);
}

typedef struct word {
    size_t start, end;
    size_t apostrophe, after_apostrophe; /* the last one inside; 0: none */
    size_t segment;                      /* after the last stop or hyphen */
    unsigned upper, letters, stops;
} word;

/* What the rules know the word [start, end) as. */
static unsigned known(const scanner *sc, size_t start, size_t end, unsigned kinds)
{
    return text_rules_word(sc->a->rules, (const char *)sc->s + start, end - start, kinds);
}

static bool stop_belongs(const scanner *sc, const word *w, size_t at)
{
    bool letter_follows = word_byte_at(sc, at + 1);
    if (letter_follows && (at - w->segment == 1 || byte_class[sc->s[at + 1]] == LOWER))
        return byte_class[sc->s[at - 1]] != DIGIT;
    if (letter_follows)
        return false;
    if (at - w->segment == 1 &&
        (w->stops > 0 || (byte_class[sc->s[at - 1]] == UPPER && at - w->start == 1 &&
                          !known(sc, w->start, at, TEXT_LETTER))))
        return true;
    const unsigned is = known(sc, w->start, at, TEXT_TITLE | TEXT_ABBREVIATION | TEXT_NUMBERED);
    if (is != TEXT_NUMBERED)
        return is != 0;
    size_t next = at + 1;
    next += next < sc->end && sc->s[next] == ' ';
    return next < sc->end && (byte_class[sc->s[next]] == DIGIT || sc->s[at + 1] == ',');
}

/* Bytes that continue the word at `at`, 0 when it ends there. */
static size_t inner_mark(const scanner *sc, word *w, size_t at, unsigned class, unsigned mark,
                         size_t len)
{
    if (class == APOSTROPHE || mark == MARK_SINGLE_CLOSE) {
        if (!word_byte_at(sc, at + len))
            return 0;
        w->apostrophe = at;
        w->after_apostrophe = at + len;
        return len;
    }
    if (class == HYPHEN && word_byte_at(sc, at + len)) {
        w->segment = at + len;
        return len;
    }
    if (class == STOP && stop_belongs(sc, w, at)) {
        w->segment = at + 1;
        w->stops++;
        return 1;
    }
    if (sc->s[at] == '&' && at + 1 < sc->end && byte_class[sc->s[at + 1]] == UPPER &&
        byte_class[sc->s[at - 1]] == UPPER)
        return 1;
    return 0;
}

static void scan_word(scanner *sc, word *w)
{
    size_t at = w->start;
    while (at < sc->end) {
        unsigned class = byte_class[sc->s[at]];
        size_t len = 1;
        unsigned mark = MARK_NONE;
        if (class == LOWER) {
            size_t from = at;
            while (++at < sc->end && byte_class[sc->s[at]] == LOWER)
                ;
            w->letters += (unsigned)(at - from);
            continue;
        }
        if (class == HIGH) {
            glyph g = glyph_at(sc, at);
            class = g.class, len = g.len, mark = g.mark;
        }
        if (class >= LOWER && class <= DIGIT) {
            w->letters += class != DIGIT;
            w->upper += class == UPPER;
        } else if ((len = inner_mark(sc, w, at, class, mark, len)) == 0) {
            break;
        }
        at += len;
    }
    w->end = at;
}

/* Letters of ASCII in both cases? */
static bool mixed_case(const scanner *sc, size_t start, size_t end)
{
    bool upper = false, lower = false;
    for (size_t i = start; i < end; i++) {
        upper = upper || byte_class[sc->s[i]] == UPPER;
        lower = lower || byte_class[sc->s[i]] == LOWER;
    }
    return upper && lower;
}

/* Where a clitic starts (Penn treebank), or 0. The longest counts: n't before 't. */
static size_t clitic_start(const scanner *sc, const word *w)
{
    if (w->apostrophe <= w->start || mixed_case(sc, w->after_apostrophe, w->end))
        return 0;
    size_t before = text_rules_before_apostrophe(sc->a->rules);
    if (before > w->apostrophe - w->start)
        before = w->apostrophe - w->start;
    for (size_t start = w->apostrophe - before; start <= w->apostrophe; start++)
        if (known(sc, start, w->end, TEXT_CLITIC) != 0)
            return start;
    return 0;
}

static bool take_word(scanner *sc)
{
    word w = {.start = sc->pos, .segment = sc->pos};
    scan_word(sc, &w);
    uint8_t first = sc->s[w.start];
    unsigned flags = 0;
    if (w.upper > 0) {
        unsigned class =
            byte_class[first] == HIGH ? glyph_at(sc, w.start).class : byte_class[first];
        flags |= class == UPPER ? WN_TOKEN_CAPITAL : 0u;
        flags |= w.upper > 1 && w.upper == w.letters ? WN_TOKEN_ALLCAPS : 0u;
    }
    size_t clitic = w.apostrophe != 0 ? clitic_start(sc, &w) : 0;
    if (clitic <= w.start)
        return add(sc, w.start, w.end, WN_TOKEN_WORD, flags, 0);
    if (w.upper > 1 && w.letters - w.upper == w.end - w.after_apostrophe)
        flags |= WN_TOKEN_ALLCAPS; /* "NATO's" */
    return add(sc, w.start, clitic, WN_TOKEN_WORD, flags, 0) &&
           add(sc, clitic, w.end, WN_TOKEN_WORD, 0, 0);
}

static bool ascii_letter_at(const scanner *sc, size_t at)
{
    return at < sc->end && (byte_class[sc->s[at]] == LOWER || byte_class[sc->s[at]] == UPPER);
}

static bool digit_at(const scanner *sc, size_t at)
{
    return at < sc->end && byte_class[sc->s[at]] == DIGIT;
}

/* Behind the digits from `at` on, with what may stand between two of them. */
static size_t figures_end(const scanner *sc, size_t at)
{
    while (at < sc->end) {
        const uint8_t byte = sc->s[at];
        const bool inner = byte_class[byte] == STOP || byte == ',' || byte == ':' || byte == '/';
        if (!digit_at(sc, at) && !(inner && digit_at(sc, at + 1)))
            break;
        at++;
    }
    return at;
}

static bool take_number(scanner *sc)
{
    const size_t start = sc->pos, at = figures_end(sc, start);
    word w = {.start = at, .end = at, .segment = at};
    if (ascii_letter_at(sc, at)) {
        scan_word(sc, &w); /* 21st, 1990s, 5m, 9p.m. */
    } else if (at < sc->end && byte_class[sc->s[at]] == HYPHEN && ascii_letter_at(sc, at + 1)) {
        w.start = w.segment = at + 1;
        scan_word(sc, &w); /* 45-year-old */
        return add(sc, start, w.end, WN_TOKEN_WORD, 0, 0);
    }
    size_t clitic = w.apostrophe != 0 ? clitic_start(sc, &w) : 0;
    if (clitic > start)
        return add(sc, start, clitic, WN_TOKEN_NUMBER, 0, 0) &&
               add(sc, clitic, w.end, WN_TOKEN_WORD, 0, 0);
    return add(sc, start, w.end > at ? w.end : at, WN_TOKEN_NUMBER, 0, 0);
}

static size_t run_length(const scanner *sc, uint8_t byte)
{
    size_t n = 1;
    while (sc->pos + n < sc->end && sc->s[sc->pos + n] == byte)
        n++;
    return n;
}

static bool take_mark(scanner *sc, unsigned class, glyph g)
{
    size_t at = sc->pos, n = g.len;
    bool doubled = at + 1 < sc->end && sc->s[at + 1] == sc->s[at];
    switch (class) {
    case STOP:
    case HYPHEN:
        if (g.len == 1)
            n = run_length(sc, sc->s[at]);
        return add(sc, at, at + n, WN_TOKEN_PUNCT, 0, 0);
    case APOSTROPHE:
        return add(sc, at, at + 1 + doubled, WN_TOKEN_QUOTE, 0,
                   doubled ? MARK_STRAIGHT : MARK_SINGLE);
    case BACKTICK:
        return add(sc, at, at + 1 + doubled, WN_TOKEN_QUOTE, 0,
                   doubled ? MARK_DOUBLE_OPEN : MARK_SINGLE_OPEN);
    case STRAIGHT:
        return add(sc, at, at + n, WN_TOKEN_QUOTE, 0, g.mark != MARK_NONE ? g.mark : MARK_STRAIGHT);
    default: return add(sc, at, at + n, class == PUNCT ? WN_TOKEN_PUNCT : WN_TOKEN_SYMBOL, 0, 0);
    }
}

bool text_tokenise(text_analysis *a, const char *text, size_t start, size_t end)
{
    scanner sc = {a, (const uint8_t *)text, start, end,
                  WN_TOKEN_LINE_START | WN_TOKEN_SPACE_BEFORE};
    bool ok = true;
    while (ok && sc.pos < end) {
        unsigned class = byte_class[sc.s[sc.pos]];
        glyph g = {(uint8_t) class, MARK_NONE, 1};
        if (class == HIGH) {
            g = glyph_at(&sc, sc.pos);
            class = g.class;
        }
        if (class == SPACE) {
            sc.flags |= WN_TOKEN_SPACE_BEFORE;
            sc.pos += g.len;
        } else if (class == NEWLINE) {
            sc.flags |= WN_TOKEN_SPACE_BEFORE | WN_TOKEN_LINE_START;
            sc.pos += g.len;
        } else if (class == LOWER || class == UPPER) {
            ok = take_word(&sc);
        } else if (class == DIGIT) {
            ok = take_number(&sc);
        } else {
            ok = take_mark(&sc, class, g);
        }
    }
    return ok;
}
