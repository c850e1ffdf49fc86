/* files: a source that makes one document of each file. */
#include "files/sniff.h"
#include <string.h>
#include <winnow/plugin.h>

typedef struct files_options {
    wn_list path;
    const char *encoding;
} files_options;

static const wn_option options[] = {
    WN_OPT_INPUTS(files_options, path,
                  "files, folders and patterns (** * ? [..] {a,b}); - is standard input"),
    WN_OPT_STRING(files_options, encoding, NULL,
                  "character set of all files (an IANA name); default: found out for each"),
    WN_OPT_END};

/* The path; of what lies behind damage in a compressed file, the path with the place where reading
 * went on. */
static wn_status set_id(wn_doc *doc, const wn_input *in, const wn_record *record)
{
    char id[4200];
    const char *path = wn_input_path(in);
    int n = record->member == 0
                ? snprintf(id, sizeof id, "%s", path)
                : snprintf(id, sizeof id, "%s#%llu", path, (unsigned long long)record->member);
    return wn_record_id(doc, (wn_str){id, n < (int)sizeof id ? (size_t)n : sizeof id - 1});
}

static wn_status set_text(wn_stage *stage, wn_doc *doc, const wn_record *record, wn_error *err)
{
    const files_options *o = wn_options(stage);
    wn_range all = {0, record->bytes.len, WN_MAP_EXACT, 0};
    return wn_record_text(doc, &all, 1, o->encoding, err);
}

static wn_status make_document(wn_stage *stage, wn_input *in, wn_doc *doc, const wn_record *read,
                               wn_error *err)
{
    wn_record record = *read;
    const char *format = NULL, *type;
    wn_status status = wn_record_set(doc, in, &record, err);
    if (status != WN_OK || (status = set_id(doc, in, &record)) != WN_OK)
        return status;
    type = sniff_type(wn_input_path(in), record.bytes.p, record.bytes.len, &format);
    if (type == NULL)
        status = wn_drop(doc, "not a text file", "format", json_string(format), NULL);
    else if (record.bytes.len == 0)
        status = wn_drop(doc, "empty file", "bytes", json_integer(0), json_integer(1));
    else if ((status = wn_meta_set(doc, "content_type", json_string(type), 0, 0)) == WN_OK)
        status = set_text(stage, doc, &record, err);
    return status;
}

static wn_status read_file(wn_stage *stage, wn_input *in, wn_doc *doc, wn_error *err)
{
    wn_error after = WN_ERROR_INIT;
    wn_record record;
    wn_status status = wn_input_peek(in, SIZE_MAX, &record, err);
    if (status != WN_OK)
        return status;
    status = make_document(stage, in, doc, &record, err);
    if (record.bytes.len > 0 && wn_input_skip(in, record.bytes.len, &after) < 0 && status >= 0) {
        *err = after;
        return after.status;
    }
    return status;
}

static const wn_plugin plugin = {
    WN_PLUGIN_HEAD,
    .name = "files",
    .version = "1.0",
    .license = "MIT",
    .summary = "one document a file: plain text and HTML",
    .options = options,
    .options_size = sizeof(files_options),
    .suffixes = ".txt .text .html .htm .xhtml .md .txt.gz .html.gz .htm.gz .txt.zst .html.zst",
    .read = read_file,
};
WN_PLUGIN_ENTRY(plugin)
