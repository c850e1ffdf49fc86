/* charset.c: which character set, and decoding with the map. The only file that knows uchardet and
 * iconv. */
#include "document/charsets.h"
#include "document/state.h"
#include "util/utf8.h"
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <uchardet.h>

static const char replacement[] = "\xEF\xBF\xBD";
enum { REPLACEMENT_LEN = 3 };

/* ---- which ---- */

static const charset *byte_order_mark(wn_str b, size_t *ret_len)
{
    static const struct {
        const char *mark;
        size_t len;
        const char *name;
    } marks[] = {{"\xEF\xBB\xBF", 3, "utf-8"},
                 {"\xFF\xFE\0\0", 4, "utf-32le"},
                 {"\0\0\xFE\xFF", 4, "utf-32be"},
                 {"\xFF\xFE", 2, "utf-16le"},
                 {"\xFE\xFF", 2, "utf-16be"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (b.len >= marks[i].len && memcmp(b.p, marks[i].mark, marks[i].len) == 0) {
            *ret_len = marks[i].len;
            return charset_named((wn_str){marks[i].name, strlen(marks[i].name)});
        }
    }
    *ret_len = 0;
    return NULL;
}

/* UTF-8 with some damage: far more good characters beyond ASCII than bad bytes. Other character
 * sets hardly ever look like that. */
static bool mostly_utf8(wn_str b)
{
    size_t good = 0, bad = 0;
    if (utf8_valid(b.p, b.len))
        return true;
    for (size_t i = 0; i < b.len;) {
        size_t n = utf8_valid_prefix(b.p + i, b.len - i);
        for (size_t k = i; k < i + n; k++)
            good += (unsigned char)b.p[k] >= 0xC0;
        i += n;
        if (i < b.len) {
            i += utf8_bad_length(b.p + i, b.len - i);
            bad++;
        }
    }
    return good / 8 >= bad;
}

static const charset *guess(wn_str b)
{
    enum { ENOUGH = 256 << 10 };
    const charset *c = NULL;
    uchardet_t detector = uchardet_new();
    if (detector != NULL &&
        uchardet_handle_data(detector, b.p, b.len < ENOUGH ? b.len : ENOUGH) == 0) {
        uchardet_data_end(detector);
        const char *name = uchardet_get_charset(detector);
        c = charset_named((wn_str){name, strlen(name)});
    }
    if (detector != NULL)
        uchardet_delete(detector);
    return c != NULL && c->width != CHARSET_UTF8 ? c : charset_named((wn_str){"windows-1252", 12});
}

static const charset *detect(wn_str bytes, const char *declared, bool html, size_t *ret_mark)
{
    const charset *c = byte_order_mark(bytes, ret_mark);
    if (c == NULL && declared != NULL)
        c = charset_named((wn_str){declared, strlen(declared)});
    if (c == NULL && html)
        c = charset_of_html(bytes);
    if (c == NULL && mostly_utf8(bytes))
        c = charset_named((wn_str){"utf-8", 5});
    return c != NULL ? c : guess(bytes);
}

const char *charset_detect(wn_str bytes, const char *declared, bool html)
{
    size_t mark;
    return detect(bytes, declared, html, &mark)->name;
}

/* ---- decoding ---- */

typedef struct decoder {
    strbuf *text;
    spanmap *map;
    wn_str in; /* all bytes */
    uint64_t bad;
    bool oom;
} decoder;

static void out(decoder *d, const char *utf8, size_t n, size_t raw_start, size_t raw_len)
{
    strbuf_add(d->text, utf8, n);
    d->oom |= raw_len <= UINT16_MAX ? !spanmap_chars(d->map, n, raw_start, 1, (unsigned)raw_len)
                                    : !spanmap_whole(d->map, n, raw_start, raw_len, WN_MAP_DECODED);
}

static void out_bad(decoder *d, size_t raw_start, size_t raw_len)
{
    out(d, replacement, REPLACEMENT_LEN, raw_start, raw_len);
    d->bad++;
}

static void decode_utf8(decoder *d, size_t at)
{
    strbuf_reserve(d->text, d->in.len - at);
    while (at < d->in.len && !d->oom) {
        size_t n = utf8_valid_prefix(d->in.p + at, d->in.len - at);
        strbuf_add(d->text, d->in.p + at, n);
        d->oom |= !spanmap_bytes(d->map, n, at);
        at += n;
        if (at == d->in.len)
            break;
        n = utf8_bad_length(d->in.p + at, d->in.len - at);
        out_bad(d, at, n);
        at += n;
    }
}

/* UTF-8 of one code point by iconv; 0: undecodable. */
static size_t convert_byte(iconv_t cd, char byte, char ret[4])
{
    wchar_t codepoint = 0;
    char *in = &byte, *to = (char *)&codepoint;
    size_t in_left = 1, to_left = sizeof codepoint;
    (void)iconv(cd, NULL, NULL, NULL, NULL);
    if (iconv(cd, &in, &in_left, &to, &to_left) == (size_t)-1)
        return 0;
    if (to_left != 0) /* held back, to be combined with a mark that may follow */
        (void)iconv(cd, NULL, NULL, &to, &to_left);
    return to_left == 0 ? utf8_encode((uint32_t)codepoint, ret) : 0;
}

typedef struct byte_table {
    char utf8[256][4];
    uint8_t length[256];
    bool bad[256];
} byte_table;

static void byte_table_fill(byte_table *t, iconv_t cd)
{
    for (unsigned c = 0; c < 256; c++) {
        size_t n = c < 0x80 ? utf8_encode(c, t->utf8[c]) : convert_byte(cd, (char)c, t->utf8[c]);
        t->bad[c] = n == 0;
        if (n == 0)
            memcpy(t->utf8[c], replacement, n = REPLACEMENT_LEN);
        t->length[c] = (uint8_t)n;
    }
}

static void decode_byte_wise(decoder *d, size_t at, iconv_t cd)
{
    enum { RUN = 256 };
    byte_table t;
    byte_table_fill(&t, cd);
    strbuf_reserve(d->text, d->in.len - at + d->in.len / 8);
    while (at < d->in.len && !d->oom) {
        size_t stop = d->in.len - at < RUN ? d->in.len : at + RUN;
        char run[RUN * 4];
        size_t n = 0;
        for (size_t i = at; i < stop; i++) {
            const unsigned char c = (unsigned char)d->in.p[i];
            memcpy(run + n, t.utf8[c], 4);
            n += t.length[c];
            d->bad += t.bad[c];
        }
        strbuf_add(d->text, run, n);
        d->oom |= !spanmap_chars(d->map, n, at, stop - at, 1);
        at = stop;
    }
}

/* Everything else, one code point a call: with room for one only, iconv tells how far it read. Code
 * points that come without reading belong to the bytes before them. */
static void decode_by_iconv(decoder *d, size_t at, iconv_t cd, unsigned unit)
{
    size_t before = at;
    for (;;) {
        wchar_t codepoint = 0;
        char utf8[4], *in = (char *)(uintptr_t)d->in.p + at, *to = (char *)&codepoint;
        size_t left = d->in.len - at, to_left = sizeof codepoint;
        const bool flush = left == 0;
        int problem =
            iconv(cd, flush ? NULL : &in, flush ? NULL : &left, &to, &to_left) == (size_t)-1 ? errno
                                                                                             : 0;
        size_t used = d->in.len - at - left;
        if (to_left == 0 && used == 0) {
            size_t n = utf8_encode((uint32_t)codepoint, utf8);
            strbuf_add(d->text, utf8, n);
            d->oom |= !spanmap_whole(d->map, n, before, at - before, WN_MAP_DECODED);
        } else if (to_left == 0) {
            out(d, utf8, utf8_encode((uint32_t)codepoint, utf8), at, used);
            before = at;
        } else if (problem == EILSEQ && left > 0) {
            used += unit < left ? unit : left;
            out_bad(d, at, used);
            (void)iconv(cd, NULL, NULL, NULL, NULL);
        } else if (problem == EINVAL) { /* cut short by the end */
            used += left;
            out_bad(d, at, used);
        }
        at += used;
        if (d->oom || flush)
            break;
    }
}

wn_status charset_decode(document *doc, wn_str bytes, const char *declared, decoded_text *ret,
                         wn_error *err)
{
    size_t mark = 0;
    const charset *c = detect(bytes, declared, looks_like_html(bytes), &mark);
    decoder d = {&doc->spare_text, &doc->spare_map, bytes, 0, false};
    if (document_allows(doc, bytes.len, err) != WN_OK)
        return WN_E_NOMEM;
    if (bytes.len > DOCUMENT_LIMIT / 4 &&
        !(c->width == CHARSET_UTF8 && utf8_valid(bytes.p, bytes.len)))
        return wn_fail(err, WN_E_LIMIT,
                       "more than 1 GiB of text in %s: convert it to UTF-8, or split it", c->name);
    strbuf_clear(d.text);
    spanmap_clear(d.map);
    iconv_t cd = (iconv_t)-1;
    if (c->width != CHARSET_UTF8 && (cd = iconv_open("WCHAR_T", c->iconv)) == (iconv_t)-1)
        return wn_fail(err, WN_E_INTERNAL,
                       "this system's iconv does not know %s: install its conversion modules",
                       c->iconv);
    if (c->width == CHARSET_UTF8)
        decode_utf8(&d, mark);
    else if (c->width == CHARSET_BYTE)
        decode_byte_wise(&d, mark, cd);
    else
        decode_by_iconv(&d, mark, cd, c->unit);
    if (cd != (iconv_t)-1)
        (void)iconv_close(cd);
    if (d.oom || d.text->oom || document_allows(doc, 0, err) != WN_OK)
        return document_no_memory(doc, err);
    *ret = (decoded_text){c->name, d.bad};
    return WN_OK;
}
