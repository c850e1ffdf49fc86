/* proof.c: see proof.h. Raw bytes are decoded anew and matched with the text, range by range. */
#include "config.h"
#include "cmd/proof.h"
#include "util/json.h"
#include "util/show.h"
#include "util/utf8.h"
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

/* ---- bytes to text ---- */

static bool decode_charset(wn_str in, const char *charset, strbuf *out)
{
    char *from = (char *)(uintptr_t)in.p;
    size_t left = in.len;
    iconv_t cd = charset == NULL ? (iconv_t)-1 : iconv_open("UTF-8", charset);
    if (cd == (iconv_t)-1)
        return false;
    strbuf_clear(out);
    while (left > 0 && strbuf_reserve(out, left + 16)) {
        char *to = out->p + out->len;
        size_t room = out->cap - out->len - 1;
        size_t r = iconv(cd, &from, &left, &to, &room);
        out->len = (size_t)(to - out->p);
        if (r == (size_t)-1 && errno != E2BIG) { /* the run put U+FFFD here */
            strbuf_puts(out, "\xEF\xBF\xBD");
            from++;
            left--;
        }
    }
    (void)iconv_close(cd);
    return !out->oom;
}

static bool decode_json(wn_str in, strbuf *out)
{
    strbuf quoted = STRBUF_INIT;
    wn_str body;
    strbuf_putc(&quoted, '"');
    strbuf_add(&quoted, in.p, in.len);
    strbuf_putc(&quoted, '"');
    json_scan s = json_scan_start((wn_str){quoted.p != NULL ? quoted.p : "", quoted.len});
    strbuf_clear(out);
    bool good = !quoted.oom && memchr(in.p, '\\', in.len) != NULL && utf8_valid(in.p, in.len) &&
                json_scan_string(&s, &body) && json_scan_end(&s);
    if (good)
        (void)json_unescape(body, out);
    strbuf_release(&quoted);
    return good && !out->oom;
}

static void put_scalar(strbuf *out, unsigned long c)
{
    char bytes[4];
    strbuf_add(out, bytes, utf8_encode((uint32_t)c, bytes));
}

static const struct {
    const char *name;
    unsigned value;
} entities[] = {{"amp", '&'},      {"lt", '<'},        {"gt", '>'},       {"quot", '"'},
                {"apos", '\''},    {"nbsp", 0xA0},     {"copy", 0xA9},    {"reg", 0xAE},
                {"deg", 0xB0},     {"pound", 0xA3},    {"euro", 0x20AC},  {"ndash", 0x2013},
                {"mdash", 0x2014}, {"lsquo", 0x2018},  {"rsquo", 0x2019}, {"ldquo", 0x201C},
                {"rdquo", 0x201D}, {"hellip", 0x2026}, {"bull", 0x2022},  {"middot", 0xB7},
                {"laquo", 0xAB},   {"raquo", 0xBB},    {"auml", 0xE4},    {"ouml", 0xF6},
                {"uuml", 0xFC},    {"szlig", 0xDF},    {"agrave", 0xE0},  {"aacute", 0xE1},
                {"egrave", 0xE8},  {"eacute", 0xE9},   {"ccedil", 0xE7},  {"ntilde", 0xF1},
                {"oacute", 0xF3},  {"trade", 0x2122}};

/* The character of "x41" or "65"; 0: there is none of that number. */
static unsigned long numbered(const char *p, size_t n)
{
    char digits[12];
    bool hex = n > 0 && (p[0] == 'x' || p[0] == 'X');
    memcpy(digits, p + hex, n - hex);
    digits[n - hex] = '\0';
    unsigned long c = strtoul(digits, NULL, hex ? 16 : 10);
    return c < 0x110000 && (c < 0xD800 || c > 0xDFFF) ? c : 0;
}

/* That of "amp"; 0: the name is not known. */
static unsigned long named(const char *p, size_t n)
{
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (strlen(entities[i].name) == n && memcmp(entities[i].name, p, n) == 0)
            return entities[i].value;
    return 0;
}

/* Length of the character reference at p, its character; 0: none. */
static size_t reference(const char *p, size_t n, unsigned long *ret)
{
    size_t len = 1;
    while (len < n && len < 12 && p[len] != ';')
        len++;
    if (len == n || p[len] != ';' || len < 2)
        return 0;
    *ret = p[1] == '#' ? numbered(p + 2, len - 2) : named(p + 1, len - 1);
    return *ret != 0 ? len + 1 : 0;
}

static void decode_entities(const strbuf *in, strbuf *out)
{
    strbuf_clear(out);
    for (size_t i = 0; i < in->len;) {
        unsigned long c = 0;
        size_t n = in->p[i] == '&' ? reference(in->p + i, in->len - i, &c) : 0;
        if (n > 0)
            put_scalar(out, c);
        else
            strbuf_putc(out, in->p[i]);
        i += n > 0 ? n : 1;
    }
}

/* ---- matching ---- */

typedef struct matcher {
    wn_str text;
    size_t pos; /* up to here the text is accounted for */
    const char *charset;
    strbuf reading[3]; /* of the range at hand: as it is, by charset, by JSON */
    bool usable[3];
    strbuf slot, plain; /* edited raw bytes since the last range that was found */
    bool edited, approx, in_slot, decoded, words_edited;
    strbuf *note;
} matcher;

static const char bad_character[] = "\xEF\xBF\xBD";

/* Does the text at `at` go on with s? Runs of U+FFFD count as one. Returns the end of the match,
 * SIZE_MAX if none. */
static size_t match_at(wn_str text, size_t at, const strbuf *s)
{
    size_t i = 0;
    while (i < s->len) {
        if (at >= text.len || text.p[at] != s->p[i])
            return SIZE_MAX;
        bool bad = s->len - i >= 3 && text.len - at >= 3 &&
                   memcmp(s->p + i, bad_character, 3) == 0 &&
                   memcmp(text.p + at, bad_character, 3) == 0;
        if (!bad) {
            i++, at++;
            continue;
        }
        while (s->len - i >= 3 && memcmp(s->p + i, bad_character, 3) == 0)
            i += 3;
        while (text.len - at >= 3 && memcmp(text.p + at, bad_character, 3) == 0)
            at += 3;
    }
    return at;
}

static size_t match_any(matcher *m, size_t at)
{
    for (size_t k = 0; k < 3; k++) {
        size_t end = m->usable[k] ? match_at(m->text, at, &m->reading[k]) : SIZE_MAX;
        if (end != SIZE_MAX) {
            m->decoded = m->decoded || k > 0;
            return end;
        }
    }
    return SIZE_MAX;
}

/* Letters or digits: what nobody may add unseen. Blanks, marks and bullets may stand between two
 * ranges. */
static bool has_words(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
            (c >= 0xC3 && c != 0xE2))
            return true;
    }
    return false;
}

/* The text between two ranges, [pos, end), which edits made. */
static void close_slot(matcher *m, size_t end)
{
    const char *made = m->text.p + m->pos;
    size_t n = end - m->pos;
    bool proven = n == m->plain.len && (n == 0 || memcmp(made, m->plain.p, n) == 0);
    if (proven && n > 0)
        m->decoded = true;
    else if (has_words(made, n) && !m->approx) {
        m->words_edited = true;
        strbuf_puts(m->note, m->note->len > 0 ? ", \"" : "\"");
        show_bytes(m->note, m->slot.p != NULL ? m->slot.p : "", m->slot.len, 60);
        strbuf_puts(m->note, "\" -> \"");
        show_bytes(m->note, made, n, 60);
        strbuf_puts(m->note, "\"");
    }
    m->pos = end;
    m->in_slot = false;
    strbuf_clear(&m->slot);
    strbuf_clear(&m->plain);
}

/* Find the range at hand; false: it is not where it must be. */
static bool place(matcher *m)
{
    size_t at = m->pos, end;
    if (m->in_slot) {
        size_t expected = m->plain.len > 0 ? match_at(m->text, at, &m->plain) : SIZE_MAX;
        if (expected != SIZE_MAX && (end = match_any(m, expected)) != SIZE_MAX) {
            close_slot(m, expected);
            m->pos = end;
            return true;
        }
    }
    for (; at <= m->text.len; at++) {
        if ((end = match_any(m, at)) != SIZE_MAX) {
            if (m->in_slot)
                close_slot(m, at);
            m->pos = end;
            return true;
        }
        if (at < m->text.len && !m->in_slot && has_words(m->text.p + at, 1))
            return false;
    }
    return false;
}

static void read_bytes(matcher *m, wn_str bytes)
{
    strbuf_clear(&m->reading[0]);
    strbuf_add(&m->reading[0], bytes.p, bytes.len);
    m->usable[0] = true;
    m->usable[1] = decode_charset(bytes, m->charset, &m->reading[1]);
    m->usable[2] = decode_json(bytes, &m->reading[2]);
}

static void add_slot(matcher *m, wn_str bytes, uint32_t kind)
{
    m->in_slot = true;
    m->approx = m->approx || kind == WN_MAP_APPROX;
    strbuf_add(&m->slot, bytes.p, bytes.len);
    if (!decode_charset((wn_str){m->slot.p != NULL ? m->slot.p : "", m->slot.len}, m->charset,
                        &m->reading[1]))
        m->reading[1].len = 0, strbuf_add(&m->reading[1], m->slot.p, m->slot.len);
    decode_entities(&m->reading[1], &m->plain);
}

static proof wrong(matcher *m, const char *why, wn_str bytes)
{
    strbuf_clear(m->note);
    strbuf_puts(m->note, why);
    strbuf_puts(m->note, ": raw \"");
    show_bytes(m->note, bytes.p, bytes.len, 80);
    strbuf_puts(m->note, "\", text \"");
    show_bytes(m->note, m->text.p + m->pos, m->text.len - m->pos, 80);
    strbuf_puts(m->note, "\"");
    return PROOF_WRONG;
}

static proof prove_all(matcher *m, wn_str raw, const wn_range *r, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (r[i].start > r[i].end || r[i].end > raw.len)
            return wrong(m, "a range lies outside the record", (wn_str){"", 0});
        wn_str bytes = {raw.p + r[i].start, (size_t)(r[i].end - r[i].start)};
        if (r[i].kind >= WN_MAP_EDITED) {
            add_slot(m, bytes, r[i].kind);
            continue;
        }
        read_bytes(m, bytes);
        if (!place(m))
            return wrong(m, "the text is not what the raw bytes say", bytes);
    }
    if (m->in_slot)
        close_slot(m, m->text.len);
    if (has_words(m->text.p + m->pos, m->text.len - m->pos))
        return wrong(m, n == 0 ? "text without an origin" : "text goes on without an origin",
                     (wn_str){"", 0});
    return m->approx         ? PROOF_APPROX
           : m->words_edited ? PROOF_EDITED
           : m->decoded      ? PROOF_DECODED
                             : PROOF_EXACT;
}

proof prove(wn_str text, wn_str raw, const wn_range *ranges, size_t n, const char *charset,
            strbuf *note)
{
    matcher m = {.text = text, .charset = charset, .note = note};
    strbuf_clear(note);
    proof p = prove_all(&m, raw, ranges, n);
    for (size_t k = 0; k < 3; k++)
        strbuf_release(&m.reading[k]);
    strbuf_release(&m.slot);
    strbuf_release(&m.plain);
    return p;
}

/* ---- JSON ---- */

static bool range_of_json(const json_t *a, wn_range *ret)
{
    static const char *const names[] = {"exact", "decoded", "edited", "approx"};
    const json_t *start = json_array_get(a, 0), *end = json_array_get(a, 1);
    const char *kind = json_string_value(json_array_get(a, 2));
    if (!json_is_integer(start) || !json_is_integer(end) || json_integer_value(start) < 0 ||
        json_integer_value(end) < 0)
        return false;
    *ret = (wn_range){(uint64_t)json_integer_value(start), (uint64_t)json_integer_value(end),
                      WN_MAP_EXACT, 0};
    for (uint32_t k = 0; kind != NULL && k < 4; k++)
        if (strcmp(kind, names[k]) == 0)
            ret->kind = k;
    return true;
}

size_t ranges_of_json(const json_t *list, wn_range *ret, size_t cap)
{
    size_t n = json_array_size(list);
    wn_range r;
    if (!json_is_array(list))
        return SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        if (!range_of_json(json_array_get(list, i), &r))
            return SIZE_MAX;
        if (i < cap)
            ret[i] = r;
    }
    return n;
}
