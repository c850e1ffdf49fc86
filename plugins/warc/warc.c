/* warc: a source that makes one document of each stored page in WARC files. */
#include "warc/page.h"
#include "warc/record.h"
#include <winnow/plugin.h>

static const wn_option options[] = {
    WN_OPT_LIST(warc_options, path, NULL, "files, folders and patterns (** * ? [..] {a,b}); - is standard input"),
    WN_OPT_LIST(warc_options, types, "response,resource,conversion", "kinds of records that may be pages; others are counted"),
    WN_OPT_LIST(warc_options, content_types, "text/html,application/xhtml+xml,text/plain", "media types that are read"),
    WN_OPT_LIST(warc_options, status, "200", "HTTP status codes that are read"),
    WN_OPT_END
};

/* The slices are good until the next call of wn_input_*. */
static bool header_here(wn_input *in, warc_header *ret)
{
    wn_record window;
    wn_error ignored = WN_ERROR_INIT;
    return wn_input_peek(in, WARC_HEADER_MAX, &window, &ignored) == WN_OK &&
           warc_parse(window.bytes.p, window.bytes.len, ret) && ret->content_length < SIZE_MAX / 2;
}

/* Does a record end `at` bytes from here: is it where the file ends or the next one starts? A record larger than
 * the host lets us see is taken at its word. */
static bool ends_at(wn_input *in, size_t at)
{
    wn_record window;
    wn_error ignored = WN_ERROR_INIT;
    if (wn_input_peek(in, at + 4 + WARC_START, &window, &ignored) != WN_OK)
        return true;
    while (at < window.bytes.len && (window.bytes.p[at] == '\r' || window.bytes.p[at] == '\n'))
        at++;
    return at == window.bytes.len ||
           (at < window.bytes.len && warc_starts(window.bytes.p + at, window.bytes.len - at));
}

static bool record_here(wn_input *in, warc_header *ret)
{
    return header_here(in, ret) && ends_at(in, ret->size + (size_t)ret->content_length) && header_here(in, ret);
}

/* Move on to the next line that starts like a record; `whole`: one that record_here believes. */
static wn_status seek_record(wn_input *in, bool line_start, bool whole, wn_error *err)
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
        if (found && (!whole || record_here(in, &ignored)))
            return WN_OK;
        if (found && (status = wn_input_skip(in, 1, err)) != WN_OK)
            return status;
        line_start = line_start && !found;
    }
    return status;
}

static wn_status sync_record(wn_stage *stage, wn_input *in, wn_error *err)
{
    (void)stage;
    return seek_record(in, true, true, err);
}

static wn_status skip_newlines(wn_input *in, wn_error *err)
{
    wn_record c;
    wn_status status;
    while ((status = wn_input_peek(in, 1, &c, err)) == WN_OK && (*c.bytes.p == '\r' || *c.bytes.p == '\n'))
        (void)wn_input_skip(in, 1, err);
    return status;
}

/* One reject for what lies between here and the next record. */
static wn_status damaged(wn_input *in, wn_doc *doc, wn_error *err)
{
    wn_record head;
    wn_error why = WN_ERROR_INIT;
    wn_status status = wn_input_peek(in, WARC_HEADER_MAX, &head, err);
    if (status != WN_OK || (status = wn_record_set(doc, in, &head, err)) != WN_OK)
        return status;
    if ((status = wn_input_skip(in, 1, &why)) == WN_OK)
        status = seek_record(in, false, false, &why);
    if (status < 0) { /* compressed data are damaged */
        *err = why;
        return status;
    }
    return wn_fail(err, WN_E_DATA, "byte %llu (member %llu): a damaged WARC record: no header, or a Content-Length that "
                   "does not lead to the next record; reading went on at the next line that starts with WARC/",
                   (unsigned long long)head.offset, (unsigned long long)head.member);
}

static wn_status read_page(const warc_options *o, wn_input *in, wn_doc *doc, size_t size, wn_error *err)
{
    wn_error after = WN_ERROR_INIT;
    wn_record record;
    wn_status status = wn_input_peek(in, size, &record, err);
    if (status == WN_OK && (status = wn_record_set(doc, in, &record, err)) == WN_OK)
        status = page_read(o, doc, record.bytes, err);
    if (wn_input_skip(in, size, &after) < 0 && status >= 0) {
        *err = after;
        return after.status;
    }
    return status;
}

static wn_status read_record(wn_stage *stage, wn_input *in, wn_doc *doc, wn_error *err)
{
    const warc_options *o = wn_options(stage);
    warc_header h;
    char counter[64];
    for (;;) {
        wn_status status = skip_newlines(in, err);
        if (status != WN_OK)
            return status;
        if (!wn_input_in_unit(in))
            return WN_END;
        if (!record_here(in, &h))
            return damaged(in, doc, err);
        if (page_wanted(o->types, h.type))
            return read_page(o, in, doc, h.size + (size_t)h.content_length, err);
        page_counter(counter, sizeof counter, "skipped_", h.type);
        wn_count(doc, counter, 1);
        if ((status = wn_input_skip(in, h.size + (size_t)h.content_length, err)) != WN_OK)
            return status;
    }
}

static const wn_plugin plugin = {
    WN_PLUGIN_HEAD,
    .name = "warc",
    .version = "1.0",
    .license = "MIT",
    .summary = "one document a stored page of WARC files",
    .flags = WN_SOURCE_SPLITS,
    .options = options,
    .options_size = sizeof(warc_options),
    .suffixes = ".warc .warc.gz .warc.zst .wet .wet.gz",
    .sync = sync_record,
    .read = read_record,
};
WN_PLUGIN_ENTRY(plugin)
