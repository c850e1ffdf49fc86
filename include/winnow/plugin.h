/* winnow/plugin.h: all that the author of a stage needs. One header, no
 * library of ours to link (Jansson is the JSON of the API).
 *
 *     #include <winnow/plugin.h>
 *
 *     typedef struct { int64_t min_chars; } short_options;
 *     static const wn_option options[] = {
 *         WN_OPT_INT(short_options, min_chars, "200", 0, 1e9, "bytes of text to be kept"),
 *         WN_OPT_END
 *     };
 *
 *     static wn_status process(wn_stage *stage, wn_doc *doc, wn_error *err)
 *     {
 *         const short_options *o = wn_options(stage);
 *         (void)err;
 *         if (wn_text(doc).len >= (size_t)o->min_chars)
 *             return WN_OK;
 *         return wn_drop(doc, "text is short", "min_chars",
 *                        json_integer((json_int_t)wn_text(doc).len), json_integer(o->min_chars));
 *     }
 *     static const wn_plugin plugin = {
 *         WN_PLUGIN_HEAD, .name = "short", .version = "1.0", .license = "MIT",
 *         .summary = "drop short documents", .options = options,
 *         .options_size = sizeof(short_options), .process = process,
 *     };
 *     WN_PLUGIN_ENTRY(plugin)
 *
 * Conventions that hold everywhere in this file
 *   offsets    bytes of UTF-8 text, half-open [start, end), on character boundaries
 *   strings    wn_str is a borrowed slice: not terminated, may hold NUL
 *   ownership  "borrowed": valid until the next call that changes the same thing;
 *              json_t parameters named `take_...` are stolen, also on failure;
 *              memory from wn_alloc lives as long as the document
 *   errors     a status below zero, and one line in the wn_error with the cure in it;
 *              outputs named ret_ stay untouched on failure
 *   threads    a document belongs to one thread at a time. A stage's options and what
 *              open() made are shared by all workers and read-only after open();
 *              state that changes belongs in the worker (see worker_open)
 *   outside    no clock, locale, environment, random number or pointer value may reach
 *              a result: the same bytes in must give the same bytes out
 *   Jansson    host and stage share one libjansson.so, dynamically linked; its allocator is the
 *              host's (never json_set_alloc_funcs), a value belongs to one thread at a time
 *
 * Design: what is to come, and is decided now, so that a stage written today stays as it is
 *   processes  A stage may be run in a process of its own. Whatever crosses then are bytes:
 *              options, data files, text, metadata and attributes as JSON, notes, records,
 *              verdicts. So a stage keeps nothing of the host's beyond a call but what is said to
 *              live longer, hands over no pointer inside a note, a record, a verdict or findings,
 *              and changes attributes of spans (wn_span.attrs) only in the call that got them: they
 *              are sent back when it returns.
 *   languages  For the same reason nothing in the table takes a FILE, a varargs list (but log,
 *              which is text by then) or a callback.
 *   sinks      render() depends on its document alone, and may be called anywhere. write() sees all
 *              documents in one process, unless the sink says that it need not (WN_SINK_PARTS):
 *              then the host may call it for parts of a corpus apart, and joins what it wrote for
 *              them in input order; what is about all documents belongs into end(), which takes
 *              sums from wn_findings and wn_run_info.
 *   corpora    Notes and edges may come from files of several machines: settle() reads them by
 *              ordinal and in order, once or more often, and must not count on their being in
 *              memory. Ordinals are dense and in input order over all shards.
 *   findings   json_t today, bytes of JSON where they cross a process; wn_findings parses once.
 *              Their keys are the contract (plugins/README.md), not their form in memory.
 */
#ifndef WINNOW_PLUGIN_H
#define WINNOW_PLUGIN_H

#include <winnow/host.h>
#include <winnow/pulse.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Documents: what a stage does with them ------------------------------ */

/* The current text, valid UTF-8. Borrowed until the next edit. */
static inline wn_str wn_text(const wn_doc *doc)
{
    return doc->host->text(doc);
}

/* The record's raw bytes, to which wn_range offsets point. Never changed. The host may
 * have to read the input again (after a corpus stage); on failure the slice is empty. */
static inline wn_str wn_raw(wn_doc *doc)
{
    return doc->host->raw(doc);
}

/* By what the results call the document. Unique in the run once the first step of the chain is done
 * (a corpus stage ends a step, and wn_corpus_id gives names that are): of two documents whose
 * inputs give them one id the second is called ID~2. Until then it is the id as it was read. */
static inline wn_str wn_id(const wn_doc *doc)
{
    return doc->host->id(doc);
}

/* Apply n edits at once. They must be ascending and must not overlap; offsets are those
 * of the text before the call. The map to the raw bytes and all layers follow: spans
 * shrink to what is left of them, a span of which nothing is left goes away. Text of
 * the edits is copied. Fails with WN_E_STAGE on bad ranges or bad UTF-8, changing nothing. */
static inline wn_status wn_edit_text(wn_doc *doc, const wn_edit *edits, size_t n, wn_error *err)
{
    return doc->host->edit(doc, edits, n, err);
}

/* The last resort: a whole new text. The host aligns it with the old one by common
 * prefix and suffix; what lies between is marked WN_MAP_APPROX and loses its layers. */
static inline wn_status wn_set_text(wn_doc *doc, wn_str text, wn_error *err)
{
    return doc->host->set_text(doc, text, err);
}

/* Raw byte ranges behind text [start, end), ascending as the text runs, neighbours of one
 * kind joined. Returns how many there are; at most cap are written (NULL, 0: count only).
 * Inserted text has none. */
static inline size_t wn_raw_ranges(const wn_doc *doc, size_t start, size_t end,
                                   wn_range *ret_ranges, size_t cap)
{
    return doc->host->raw_ranges(doc, start, end, ret_ranges, cap);
}

/* The document's metadata: a Jansson object, borrowed, to be read and changed in place.
 * Keys with a meaning to the stock stages: see plugins/README.md. */
static inline json_t *wn_meta(wn_doc *doc)
{
    return doc->host->meta(doc);
}

/* Set a metadata value and remember that it was read from text [start, end), so that it
 * stays traceable when the text is cut. start == end: no origin in the text. Another value set
 * later, here or in wn_meta, has no such origin. */
static inline wn_status wn_meta_set(wn_doc *doc, const char *key, json_t *take_value, size_t start,
                                    size_t end)
{
    return doc->host->meta_set(doc, key, take_value, start, end);
}

/* Raw ranges of a value set with wn_meta_set; 0 when it has none. */
static inline size_t wn_meta_ranges(const wn_doc *doc, const char *key, wn_range *ret_ranges,
                                    size_t cap)
{
    return doc->host->meta_ranges(doc, key, ret_ranges, cap);
}

/* The spans of a layer in the order they were added; NULL and 0 when there are none.
 * Borrowed until the layer or the text changes. */
static inline const wn_span *wn_spans(const wn_doc *doc, const char *layer, size_t *ret_n)
{
    return doc->host->spans(doc, layer, ret_n);
}

/* Add a span: start < end, both on character boundaries, attributes an object or NULL, else
 * WN_E_STAGE (parts likewise). Its index in the layer goes to ret_index (may be NULL). */
static inline wn_status wn_span_add(wn_doc *doc, const char *layer, size_t start, size_t end,
                                    json_t *take_attrs, size_t *ret_index)
{
    return doc->host->span_add(doc, layer, start, end, take_attrs, ret_index);
}

/* Add a part to the span of that index; the role is copied. WN_E_STAGE: no such span, or a bad
 * range, which need not lie in the span. */
static inline wn_status wn_part_add(wn_doc *doc, const char *layer, size_t index, const char *role,
                                    size_t start, size_t end)
{
    return doc->host->part_add(doc, layer, index, role, start, end);
}

/* All spans of the layer go, and the layer's name with them. */
static inline void wn_layer_clear(wn_doc *doc, const char *layer)
{
    doc->host->layer_clear(doc, layer);
}

/* Name of the i-th layer in order of name, NULL past the last. */
static inline const char *wn_layer_name(const wn_doc *doc, size_t i)
{
    return doc->host->layer_name(doc, i);
}

/* The document leaves, on purpose. reason: words for people; rule: the option or rule that
 * decided, with the measured value and the threshold (either may be NULL). Returns WN_DROP. */
static inline wn_status wn_drop(wn_doc *doc, const char *reason, const char *rule,
                                json_t *take_value, json_t *take_threshold)
{
    return doc->host->drop(doc, reason, rule, take_value, take_threshold);
}

/* The document leaves because the document into_id stands for it, a document of this run. Returns
 * WN_MERGED. */
static inline wn_status wn_merge(wn_doc *doc, const char *into_id, const char *reason,
                                 const char *rule, json_t *take_value, json_t *take_threshold)
{
    return doc->host->merge(doc, into_id, reason, rule, take_value, take_threshold);
}

/* Zeroed memory that lives as long as the document; NULL when out of memory or over the
 * document's memory limit. */
static inline void *wn_alloc(wn_doc *doc, size_t size)
{
    return doc->host->alloc(doc, size);
}

/* Call it now and then in loops that may take long: WN_E_LIMIT once the document has used
 * up its time, to be returned at once. */
static inline wn_status wn_tick(wn_doc *doc, wn_error *err)
{
    return doc->host->tick(doc, err);
}

#define WN_ANALYSE_TAGS 1u
/* Tokens, sentences, paragraphs and quotations of the text (winnow/text.h), by the rules of the
 * document's language (metadata `language`; `text: rules` of the configuration). The work is done
 * once for all stages that ask while the text and its paragraphs stay as they are. WN_ANALYSE_TAGS:
 * parts of speech too, by the model that the stage named in open() (wn_load_tagger). Borrowed until
 * the text or the layer `paragraph` changes, or the stage's call returns. A text of 4 GiB or more:
 * WN_E_LIMIT. */
static inline wn_status wn_analyse(wn_doc *doc, unsigned what, const wn_analysis **ret_analysis,
                                   wn_error *err)
{
    return doc->host->analyse(doc, what, ret_analysis, err);
}

/* What worker_open made for the stage and thread that now hold this document. */
static inline void *wn_worker(wn_doc *doc)
{
    return doc->host->worker(doc);
}

/* Add to a named counter of the stage in stats.json. */
static inline void wn_count(wn_doc *doc, const char *counter, int64_t n)
{
    doc->host->count(doc, counter, n);
}

/* ---- Stages --------------------------------------------------------------- */

/* The options struct, filled from the configuration. Read-only, lives as long as the stage. */
static inline const void *wn_options(const wn_stage *stage)
{
    return stage->host->options(stage);
}
static inline const char *wn_stage_id(const wn_stage *stage)
{
    return stage->host->stage_id(stage);
}

/* What open() made: read-only once open() has returned. */
static inline void wn_set_state(wn_stage *stage, void *state)
{
    stage->host->set_state(stage, state);
}
static inline void *wn_state(const wn_stage *stage)
{
    return stage->host->state(stage);
}

/* Zeroed memory that lives as long as the stage. For open() only. */
static inline void *wn_stage_alloc(wn_stage *stage, size_t size)
{
    return stage->host->stage_alloc(stage, size);
}

/* Read a data file (rules, a lexicon) whole. Looked for beside the configuration, then in the
 * plugin's data folder. Its hash goes into run.json. The bytes live as long as the stage and
 * are followed by a NUL that is not counted. For open() only. */
static inline wn_status wn_load_data(wn_stage *stage, const char *name, wn_str *ret_bytes,
                                     wn_error *err)
{
    return stage->host->load_data(stage, name, ret_bytes, err);
}

/* Load the model by which wn_analyse tags for this stage: a data file, found and recorded as by
 * wn_load_data; "tagger.model" is winnow's own. For open() only. */
static inline wn_status wn_load_tagger(wn_stage *stage, const char *name, wn_error *err)
{
    return stage->host->load_tagger(stage, name, err);
}

#define wn_log(stage, level, ...) ((stage)->host->log((stage), (level), __VA_ARGS__))

/* ---- Sources -------------------------------------------------------------- *
 * The host finds the input files, cuts big ones into units and decompresses (gzip, zstd).
 * sync() moves to the first record that starts in the unit; read() makes one document of the
 * next record that starts in it, or answers WN_END. */

/* Of the file, as the user named it; terminated, borrowed as long as the input. */
static inline const char *wn_input_path(const wn_input *in)
{
    return in->host->input_path(in);
}

/* The next line, without its newline (LF or CR LF). WN_END at the end of input; a line longer
 * than the record limit is skipped whole, with WN_E_LIMIT and its place in the error. */
static inline wn_status wn_input_line(wn_input *in, wn_record *ret_record, wn_error *err)
{
    return in->host->input_line(in, ret_record, err);
}

/* The next n bytes without consuming them, fewer at the end of input (WN_END: none).
 * n == SIZE_MAX: all that is left, within the record limit (more than that: WN_E_LIMIT, and the
 * rest is skipped); of a file without any bytes it is an empty record, once. */
static inline wn_status wn_input_peek(wn_input *in, size_t n, wn_record *ret_record, wn_error *err)
{
    return in->host->input_peek(in, n, ret_record, err);
}

/* Consume n bytes. WN_END: the input ends before; what there was is consumed. */
static inline wn_status wn_input_skip(wn_input *in, size_t n, wn_error *err)
{
    return in->host->input_skip(in, n, err);
}

/* Does a record that starts here belong to this unit? */
static inline bool wn_input_in_unit(const wn_input *in)
{
    return in->host->input_in_unit(in);
}

/* Make `record` the document's raw bytes (copied). First call of every read(). */
static inline wn_status wn_record_set(wn_doc *doc, wn_input *in, const wn_record *record,
                                      wn_error *err)
{
    return doc->host->record_set(doc, in, record, err);
}

/* The raw bytes become the decoded (codec: "gzip", "deflate", "identity") join of `pieces` of
 * themselves; the decoding is part of the document's locator and is repeated by `winnow verify`. */
static inline wn_status wn_record_decode(wn_doc *doc, const wn_range *pieces, size_t n,
                                         const char *codec, wn_error *err)
{
    return doc->host->record_decode(doc, pieces, n, codec, err);
}

/* The text becomes the given pieces of the raw bytes, decoded from `charset` (an IANA name, or
 * NULL: byte order mark, <meta> of HTML, UTF-8 if valid, else detected). Undecodable bytes become
 * U+FFFD and are counted. */
static inline wn_status wn_record_text(wn_doc *doc, const wn_range *pieces, size_t n,
                                       const char *charset, wn_error *err)
{
    return doc->host->record_text(doc, pieces, n, charset, err);
}

/* The record is one JSON object: id, text and metadata are taken from it, see plugins/README.md. */
static inline wn_status wn_record_json(wn_doc *doc, const char *text_key, const char *id_key,
                                       wn_error *err)
{
    return doc->host->record_json(doc, text_key, id_key, err);
}

/* What the input calls the document, in place of its path and offset: UTF-8, copied. */
static inline wn_status wn_record_id(wn_doc *doc, wn_str id)
{
    return doc->host->record_id(doc, id);
}

/* ---- Corpus stages -------------------------------------------------------- *
 * emit(doc) -> (key, value) records and one note a document; reduce(all records of one key)
 * -> edges; settle(all edges) -> verdicts; apply(doc, verdict). Records of a key come in
 * order of (document, value), edges in order of (a, b, value) without duplicates. */

/* For emit(): a record that reduce() will see under `key`. */
static inline wn_status wn_emit(wn_doc *doc, wn_str key, wn_str value)
{
    return doc->host->emit(doc, key, value);
}

/* For emit(): what reduce() and settle() may look up about this document. At most one. Wherever a
 * note is read it begins at a multiple of 8 bytes, so that structs in it can be read in place;
 * keys, values and verdicts begin anywhere. */
static inline wn_status wn_note(wn_doc *doc, wn_str bytes)
{
    return doc->host->note(doc, bytes);
}

/* How many documents emit() saw. */
static inline uint64_t wn_corpus_size(const wn_corpus *corpus)
{
    return corpus->host->corpus_size(corpus);
}

/* The note and the id of a document; empty when it left no note, or there is none of that ordinal.
 * Borrowed until the call of reduce() or settle() returns. */
static inline wn_str wn_corpus_note(const wn_corpus *corpus, uint64_t ordinal)
{
    return corpus->host->corpus_note(corpus, ordinal);
}
static inline wn_str wn_corpus_id(const wn_corpus *corpus, uint64_t ordinal)
{
    return corpus->host->corpus_id(corpus, ordinal);
}

/* For reduce(): an edge between two documents, in any order. The value is copied. */
static inline wn_status wn_edge_add(wn_corpus *corpus, uint64_t a, uint64_t b, wn_str value)
{
    return corpus->host->edge(corpus, a, b, value);
}

/* For settle(): the next edge, NULL after the last. */
static inline const wn_edge *wn_next_edge(wn_corpus *corpus)
{
    return corpus->host->next_edge(corpus);
}

/* For settle(): what apply() will get for this document; without one it gets an empty slice. */
static inline wn_status wn_verdict(wn_corpus *corpus, uint64_t ordinal, wn_str verdict)
{
    return corpus->host->verdict(corpus, ordinal, verdict);
}

/* For settle(): findings about the whole corpus, for later sinks (wn_findings). */
static inline wn_status wn_publish(wn_corpus *corpus, json_t *take_findings)
{
    return corpus->host->publish(corpus, take_findings);
}

/* ---- Sinks ---------------------------------------------------------------- */

/* Open a file in the run directory. It appears under its name only when the run succeeds. */
static inline wn_output *wn_output_open(wn_stage *stage, const char *name, wn_error *err)
{
    return stage->host->output_open(stage, name, err);
}

/* Append, on the thread that opened it. Once it failed every write fails. */
static inline wn_status wn_output_write(wn_output *out, const void *bytes, size_t n, wn_error *err)
{
    return out->host->output_write(out, bytes, n, err);
}

/* What the corpus stage of that id published, or else the last stage that uses the plugin of that
 * name; NULL when nothing. Borrowed. */
static inline const json_t *wn_findings(const wn_stage *stage, const char *plugin_name)
{
    return stage->host->findings(stage, plugin_name);
}

/* {"stages":[{"id","plugin","in","out","dropped","merged","failed"}], "inputs": n, "rejects":
 * [first ones]}: the counts so far, complete in a sink's end(). Nothing in it depends on time or
 * threads. Borrowed. */
static inline const json_t *wn_run_info(const wn_stage *stage)
{
    return stage->host->run_info(stage);
}

/* The document as one line of JSON with a newline, in its arena: the common keys, metadata,
 * layers with text and raw offsets, locator. */
#define WN_JSON_NO_SPANS 1u /* leave the layers out */
#define WN_JSON_MAP 2u      /* add the whole text-to-raw map */
static inline wn_status wn_doc_json(wn_doc *doc, unsigned flags, wn_str *ret_line, wn_error *err)
{
    return doc->host->doc_json(doc, flags, ret_line, err);
}

/* Where the raw bytes lie: {"path", "offset", "length", "codec"?, "member"?, "decode"?}.
 * Borrowed. */
static inline const json_t *wn_locator(wn_doc *doc)
{
    return doc->host->locator(doc);
}

/* ---- The descriptor -------------------------------------------------------- */

#define WN_SOURCE_SPLITS 1u /* source: sync() works at any byte, so that big files may be cut */
#define WN_IDEMPOTENT 2u    /* document stage: a second pass changes nothing (check-plugin) */
/* sink: write() may be called for parts of a corpus apart, see Design */
#define WN_SINK_PARTS 4u

/* Sizes of what crosses as arrays, as the plugin was compiled. */
typedef struct wn_strides {
    uint16_t option, edit, range, part, span, value, edge, token, extent, quotation, reserved[2];
} wn_strides;
#define WN_STRIDES \
    { \
        sizeof(wn_option), sizeof(wn_edit), sizeof(wn_range), sizeof(wn_part), sizeof(wn_span), \
            sizeof(wn_value), sizeof(wn_edge), sizeof(wn_token), sizeof(wn_extent), \
            sizeof(wn_quotation), \
        { \
            0, 0 \
        } \
    }

typedef struct wn_plugin {
    uint32_t magic;
    uint16_t abi_major, abi_minor;
    uint32_t struct_size;
    uint32_t flags;
    wn_strides strides;
    const char *name; /* [a-z][a-z0-9_-]*, the file is NAME.so */
    const char *version;
    const char *summary;      /* one line */
    const char *license;      /* SPDX */
    const wn_option *options; /* ends with WN_OPT_END; NULL: none */
    size_t options_size;
    /* life cycle, all optional. open() checks what a table cannot and loads data; close() is
     * called once, also after a failed open(). worker_open() makes what one thread may change. */
    wn_status (*open)(wn_stage *stage, wn_error *err);
    void (*close)(wn_stage *stage);
    wn_status (*worker_open)(wn_stage *stage, void **ret_worker, wn_error *err);
    void (*worker_close)(wn_stage *stage, void *worker);
    /* a source: read, and suffixes ("." names, blank separated) for what it takes from a folder */
    const char *suffixes;
    wn_status (*sync)(wn_stage *stage, wn_input *in, wn_error *err);
    /* read: WN_OK: a document. WN_DROP (by wn_drop), WN_E_DATA, WN_E_LIMIT or WN_E_IO: this record
     * is a reject (of the source's step) and the host calls read() again; read() must have moved
     * past the record, and the wn_input_* functions do so when they fail thus: behind WN_E_IO, a
     * file that cannot be read or became shorter, comes WN_END. WN_END: no further record in this
     * unit. Any other error ends the run. What is by its type no document (a WARC `request`) is
     * passed over and counted by wn_count. */
    wn_status (*read)(wn_stage *stage, wn_input *in, wn_doc *doc, wn_error *err);
    /* a document stage */
    wn_status (*process)(wn_stage *stage, wn_doc *doc, wn_error *err);
    /* a corpus stage: all four */
    wn_status (*emit)(wn_stage *stage, wn_doc *doc, wn_error *err);
    wn_status (*reduce)(wn_stage *stage, wn_corpus *corpus, wn_str key, const wn_value *values,
                        size_t n, wn_error *err);
    wn_status (*settle)(wn_stage *stage, wn_corpus *corpus, wn_error *err);
    wn_status (*apply)(wn_stage *stage, wn_doc *doc, wn_str verdict, wn_error *err);
    /* a sink: write, in input order on one thread. render() may prepare a document's bytes on
     * a worker; write() then gets them. end() comes after the last document. */
    wn_status (*begin)(wn_stage *stage, wn_error *err);
    wn_status (*render)(wn_stage *stage, wn_doc *doc, wn_str *ret_bytes, wn_error *err);
    wn_status (*write)(wn_stage *stage, wn_doc *doc, wn_str rendered, wn_error *err);
    wn_status (*end)(wn_stage *stage, wn_error *err);
    /* 1.0 ends here */
} wn_plugin;

#define WN_PLUGIN_HEAD \
    .magic = WN_ABI_MAGIC, .abi_major = WN_ABI_MAJOR, .abi_minor = WN_ABI_WANT_MINOR, \
    .struct_size = (uint32_t)sizeof(wn_plugin), .strides = WN_STRIDES

/* The same for C++, which has no designated initialisers before C++20:
 *     static wn_plugin describe() { wn_plugin p = wn_plugin_head(); p.name = "short"; return p; }
 *     static const wn_plugin plugin = describe();
 *     WN_PLUGIN_ENTRY(plugin) */
static inline wn_plugin wn_plugin_head(void)
{
    static const wn_strides strides = WN_STRIDES;
#ifdef __cplusplus
    wn_plugin p = wn_plugin();
#else
    wn_plugin p = {0};
#endif
    p.magic = WN_ABI_MAGIC;
    p.abi_major = WN_ABI_MAJOR;
    p.abi_minor = WN_ABI_WANT_MINOR;
    p.struct_size = (uint32_t)sizeof p;
    p.strides = strides;
    return p;
}

/* The one symbol a plugin exports: a pure function. */
#define WN_ENTRY_NAME "winnow_plugin"
#ifdef __cplusplus
#define WN_ENTRY_LINKAGE_ extern "C"
#else
#define WN_ENTRY_LINKAGE_
#endif
#define WN_PLUGIN_ENTRY(descriptor) \
    WN_ENTRY_LINKAGE_ WN_EXPORT const wn_plugin *winnow_plugin(void); \
    WN_ENTRY_LINKAGE_ const wn_plugin *winnow_plugin(void) \
    { \
        return &(descriptor); \
    }

#ifdef __cplusplus
}
#endif
#include <winnow/docpulse.h>
#endif
