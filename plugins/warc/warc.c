/* warc: a source that makes one document of each stored page in WARC files. */
#include "warc/page.h"
#include "warc/walk.h"
#include <winnow/plugin.h>

static const wn_option options[] = {
    WN_OPT_INPUTS(warc_options, path,
                  "files, folders and patterns (** * ? [..] {a,b}); - is standard input"),
    WN_OPT_LIST(warc_options, types, "response,resource,conversion",
                "kinds of records that may be pages; others are counted"),
    WN_OPT_LIST(warc_options, content_types, "text/html,application/xhtml+xml,text/plain",
                "media types that are read"),
    WN_OPT_LIST(warc_options, status, "200", "HTTP status codes that are read"), WN_OPT_END};

static wn_status sync_record(wn_stage *stage, wn_input *in, wn_error *err)
{
    (void)stage;
    return walk_seek(in, true, true, err);
}

static wn_status read_page(const warc_options *o, wn_input *in, wn_doc *doc, size_t size,
                           wn_error *err)
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

/* Not a page by its type: counted and passed over. */
static wn_status pass_over(wn_input *in, wn_doc *doc, const warc_header *h, walk_found found,
                           wn_error *err)
{
    char counter[64];
    page_counter(counter, sizeof counter, "skipped_", h->type);
    wn_count(doc, counter, 1);
    if (found == WALK_RECORD)
        return wn_input_skip(in, walk_size(h), err);
    wn_status status = wn_input_skip(in, 1, err);
    return status == WN_OK ? walk_seek(in, false, true, err) : status;
}

static wn_status read_record(wn_stage *stage, wn_input *in, wn_doc *doc, wn_error *err)
{
    const warc_options *o = wn_options(stage);
    warc_header h;
    for (;;) { /* a file may hold any number of records that are passed over */
        wn_status status = wn_tick(doc, err);
        if (status == WN_OK)
            status = walk_skip_newlines(in, err);
        if (status != WN_OK)
            return status;
        if (!wn_input_in_unit(in))
            return WN_END;
        walk_found found = walk_look(in, &h);
        if (found == WALK_NONE)
            return walk_reject_damage(in, doc, err);
        if (!page_wanted(o->types, h.type))
            status = pass_over(in, doc, &h, found, err);
        else if (found == WALK_GIANT)
            return walk_reject_giant(in, doc, walk_size(&h), err);
        else
            return read_page(o, in, doc, walk_size(&h), err);
        if (status != WN_OK)
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
