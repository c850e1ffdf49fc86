/* jsonl: a source that makes one document of each line, and a sink that writes one line a
 * document. */
#include <string.h>
#include <winnow/plugin.h>

typedef struct jsonl_options {
    wn_list path;
    const char *text_key, *id_key, *name;
    bool spans, map;
} jsonl_options;

static const wn_option options[] = {
    WN_OPT_INPUTS(jsonl_options, path,
                  "source: files, folders and patterns (** * ? [..] {a,b}); - is standard input"),
    WN_OPT_STRING(jsonl_options, text_key, "text", "source: key of the text"),
    WN_OPT_STRING(jsonl_options, id_key, "id", "source: key of the identifier"),
    WN_OPT_OUTPUT(jsonl_options, name, "documents.jsonl",
                  "sink: name of the file in the run directory"),
    WN_OPT_BOOL(jsonl_options, spans, "true",
                "sink: write the layers (sentences, dates, claims, ...)"),
    WN_OPT_BOOL(jsonl_options, map, "false",
                "sink: write the whole map from the text to the raw bytes"),
    WN_OPT_END};

typedef struct jsonl_state {
    wn_output *out;
} jsonl_state;

static wn_status open_stage(wn_stage *stage, wn_error *err)
{
    jsonl_state *s = wn_stage_alloc(stage, sizeof *s);
    if (s == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    wn_set_state(stage, s);
    return WN_OK;
}

/* ---- source ---- */

static wn_status sync_line(wn_stage *stage, wn_input *in, wn_error *err)
{
    wn_record rest;
    (void)stage;
    /* a line that starts right here belongs to the unit before */
    return wn_input_line(in, &rest, err);
}

static bool is_blank(wn_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (strchr(" \t\r", s.p[i]) == NULL || s.p[i] == '\0')
            return false;
    return true;
}

static void drop_byte_order_mark(wn_record *line)
{
    if (line->offset == 0 && line->bytes.len >= 3 &&
        memcmp(line->bytes.p, "\xef\xbb\xbf", 3) == 0) {
        line->bytes.p += 3;
        line->bytes.len -= 3;
        line->offset = 3;
    }
}

static wn_status read_line(wn_stage *stage, wn_input *in, wn_doc *doc, wn_error *err)
{
    enum { OFTEN = 65536 };
    const jsonl_options *o = wn_options(stage);
    wn_record line;
    wn_status status;
    size_t n = 0;
    do { /* a file may hold any number of blank lines */
        if (!wn_input_in_unit(in))
            return WN_END;
        if ((++n % OFTEN == 0 && (status = wn_tick(doc, err)) != WN_OK) ||
            (status = wn_input_line(in, &line, err)) != WN_OK)
            return status;
        drop_byte_order_mark(&line);
    } while (is_blank(line.bytes));
    status = wn_record_set(doc, in, &line, err);
    return status == WN_OK ? wn_record_json(doc, o->text_key, o->id_key, err) : status;
}

/* ---- sink ---- */

static wn_status begin(wn_stage *stage, wn_error *err)
{
    const jsonl_options *o = wn_options(stage);
    jsonl_state *s = wn_state(stage);
    s->out = wn_output_open(stage, o->name, err);
    return s->out != NULL ? WN_OK : err->status;
}

static wn_status render(wn_stage *stage, wn_doc *doc, wn_str *ret_bytes, wn_error *err)
{
    const jsonl_options *o = wn_options(stage);
    return wn_doc_json(doc, (o->spans ? 0 : WN_JSON_NO_SPANS) | (o->map ? WN_JSON_MAP : 0),
                       ret_bytes, err);
}

static wn_status write_line(wn_stage *stage, wn_doc *doc, wn_str line, wn_error *err)
{
    const jsonl_state *s = wn_state(stage);
    (void)doc;
    return wn_output_write(s->out, line.p, line.len, err);
}

static const wn_plugin plugin = {
    WN_PLUGIN_HEAD,
    .name = "jsonl",
    .version = "1.0",
    .license = "MIT",
    .summary = "one document a line of JSON: reads and writes",
    .flags = WN_SOURCE_SPLITS | WN_SINK_PARTS,
    .options = options,
    .options_size = sizeof(jsonl_options),
    .open = open_stage,
    .suffixes = ".jsonl .ndjson .jsonl.gz .ndjson.gz .jsonl.zst .ndjson.zst",
    .sync = sync_line,
    .read = read_line,
    .begin = begin,
    .render = render,
    .write = write_line,
};
WN_PLUGIN_ENTRY(plugin)
