/* walk.c: see walk.h: a record is believed when the next one, or the file's end, is where it says.
 * */
#include "warc/walk.h"

static bool header_here(wn_input *in, warc_header *ret)
{
    wn_record window;
    wn_error ignored = WN_ERROR_INIT;
    return wn_input_peek(in, WARC_HEADER_MAX, &window, &ignored) == WN_OK &&
           warc_parse(window.bytes.p, window.bytes.len, ret) && ret->content_length < SIZE_MAX / 2;
}

size_t walk_size(const warc_header *h)
{
    return h->size + (size_t)h->content_length;
}

/* Does the file end `at` bytes from here, or the next record start? */
static walk_found ends_at(wn_input *in, size_t at)
{
    wn_record window;
    wn_error why = WN_ERROR_INIT;
    wn_status status = wn_input_peek(in, at + 4 + WARC_START, &window, &why);
    if (status == WN_E_LIMIT)
        return WALK_GIANT;
    if (status != WN_OK)
        return WALK_NONE;
    while (at < window.bytes.len && (window.bytes.p[at] == '\r' || window.bytes.p[at] == '\n'))
        at++;
    return at == window.bytes.len || (at < window.bytes.len &&
                                      warc_starts(window.bytes.p + at, window.bytes.len - at))
               ? WALK_RECORD
               : WALK_NONE;
}

walk_found walk_look(wn_input *in, warc_header *ret)
{
    if (!header_here(in, ret))
        return WALK_NONE;
    walk_found found = ends_at(in, walk_size(ret));
    /* the bytes may have moved */
    return found != WALK_NONE && header_here(in, ret) ? found : WALK_NONE;
}

wn_status walk_skip_newlines(wn_input *in, wn_error *err)
{
    enum { SOME = 256 };
    wn_record w;
    wn_status status;
    size_t n = 1;
    while (n > 0 && (status = wn_input_peek(in, SOME, &w, err)) == WN_OK) {
        for (n = 0; n < w.bytes.len && (w.bytes.p[n] == '\r' || w.bytes.p[n] == '\n'); n++)
            ;
        (void)wn_input_skip(in, n, err);
    }
    return status;
}

wn_status walk_seek(wn_input *in, bool line_start, bool whole, wn_error *err)
{
    wn_record window;
    wn_status status;
    warc_header ignored;
    while ((status = wn_input_peek(in, WARC_HEADER_MAX, &window, err)) == WN_OK) {
        size_t n = window.bytes.len, keep = n == WARC_HEADER_MAX ? WARC_START : 0;
        size_t at = warc_find(window.bytes.p, n, line_start);
        bool found = at < n;
        if (!found)
            at = n - keep;
        line_start = at > 0 ? window.bytes.p[at - 1] == '\n' : line_start;
        if ((status = wn_input_skip(in, at, err)) != WN_OK)
            return status;
        if (found && (!whole || walk_look(in, &ignored) == WALK_RECORD))
            return WN_OK;
        if (found && (status = wn_input_skip(in, 1, err)) != WN_OK)
            return status;
        line_start = line_start && !found;
    }
    return status;
}

/* Up to where the next record may start: so that all rejects together hold no more than the
 * file. */
static void cut_head(wn_record *head)
{
    if (head->bytes.len > 0)
        head->bytes.len =
            1 + warc_find(head->bytes.p + 1, head->bytes.len - 1, head->bytes.p[0] == '\n');
}

/* Set the record and move on; `ret_head`: where it was. */
static wn_status pass(wn_input *in, wn_doc *doc, bool whole, wn_record *ret_head, wn_error *err)
{
    wn_status status = wn_input_peek(in, WARC_HEADER_MAX, ret_head, err);
    if (status == WN_OK) {
        cut_head(ret_head);
        status = wn_record_set(doc, in, ret_head, err);
    }
    if (status == WN_OK)
        status = wn_input_skip(in, 1, err);
    /* < 0: compressed data are damaged */
    return status == WN_OK ? walk_seek(in, false, whole, err) : status;
}

wn_status walk_reject_damage(wn_input *in, wn_doc *doc, wn_error *err)
{
    wn_record head;
    wn_status status = pass(in, doc, false, &head, err);
    if (status < 0)
        return status;
    return wn_fail(
        err, WN_E_DATA,
        "byte %llu (member %llu): a damaged WARC record: no header, or a Content-Length that "
        "does not lead to the next record; reading went on at the next line that starts with WARC/",
        (unsigned long long)head.offset, (unsigned long long)head.member);
}

wn_status walk_reject_giant(wn_input *in, wn_doc *doc, uint64_t length, wn_error *err)
{
    wn_record head;
    wn_status status = pass(in, doc, true, &head, err);
    if (status < 0)
        return status;
    return wn_fail(
        err, WN_E_LIMIT,
        "byte %llu (member %llu): a WARC record of %llu bytes is above limits.max_record: raise "
        "it; reading went on at the next whole record",
        (unsigned long long)head.offset, (unsigned long long)head.member,
        (unsigned long long)length);
}
