/* winnow/host.h: what crosses the border between host and plugin: the ABI's version, the structs
 * and the table of the host's functions. Part of plugin.h, whose inline functions are how a stage
 * calls them and whose comments say what they do. */
#ifndef WINNOW_HOST_H
#define WINNOW_HOST_H

#include <jansson.h>
#include <winnow/option.h>
#include <winnow/status.h>
#include <winnow/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- ABI version --------------------------------------------------------
 * Major: equal, or the host refuses. Minor: the plugin's may not exceed the host's; a plugin that
 * needs no more than 1.0 says so (#define WN_ABI_WANT_MINOR 0 before this header) and runs under
 * every 1.x. The descriptor and the host's table grow at their end only; the host reads as much of
 * a descriptor as the plugin's header had, and takes the rest as zeros. Structs that cross as
 * arrays (wn_option, wn_edit, wn_range, wn_part, wn_span, wn_value, wn_edge, wn_token, wn_extent,
 * wn_quotation) cannot grow unseen, as both sides step through them: the descriptor says how large
 * they were for the plugin (wn_strides), so that a later host can convert, and one that cannot
 * refuses. How each may grow:
 *   wn_option           at its end; read once, when the plugin is loaded, by the plugin's stride
 *   wn_edit, wn_range   at their end: of the plugin's memory, converted at each call
 *   wn_span, wn_value   only by an array made for each plugin of another stride: so what is new of
 *                       a span belongs into attrs, what is new of a value into its bytes
 *   wn_part, wn_token, wn_extent, wn_quotation
 *                       not; another call gives what is new
 *   wn_edge             at its end: the host hands out one at a time
 *   wn_record           by its reserved words: the host writes it into the plugin's memory
 * Reserved words are 0. What a later minor n adds to these headers, members too, stands between
 * #if WN_ABI_WANT_MINOR >= n and #endif: so the sizes are those of the minor that is wanted.
 * History:
 *   1.0  first. */
#define WN_ABI_MAGIC UINT32_C(0x314e4957) /* "WIN1" */
#define WN_ABI_MAJOR 1
#define WN_ABI_MINOR 0
#ifndef WN_ABI_WANT_MINOR
#define WN_ABI_WANT_MINOR WN_ABI_MINOR
#endif
#if WN_ABI_WANT_MINOR > WN_ABI_MINOR
#error "this header has not the minor version that is wanted: take that of a newer winnow"
#endif

typedef struct wn_doc wn_doc;       /* a document */
typedef struct wn_stage wn_stage;   /* one configured stage of the pipeline */
typedef struct wn_input wn_input;   /* what a source reads: a file or a part of one */
typedef struct wn_corpus wn_corpus; /* what reduce() and settle() of a corpus stage see */
typedef struct wn_output wn_output; /* a file a sink writes in the run directory */
typedef struct wn_host wn_host;

typedef struct wn_str {
    const char *p; /* never NULL */
    size_t len;
} wn_str;

/* ---- Documents ---------------------------------------------------------- */

/* One change of a document's text: bytes [start, end) become `text`. start == end
 * inserts, an empty text deletes, both at once is a no-op. */
typedef struct wn_edit {
    size_t start, end;
    wn_str text;
} wn_edit;

/* Where text came from. Offsets count bytes of the record's raw bytes, see wn_raw. */
typedef enum wn_map_kind {
    WN_MAP_EXACT = 0,   /* the same bytes */
    WN_MAP_DECODED = 1, /* the host decoded them: character set, JSON escapes */
    WN_MAP_EDITED = 2,  /* a stage replaced these raw bytes by this text */
    WN_MAP_APPROX = 3   /* a stage handed in a new text; the range is a bound */
} wn_map_kind;

typedef struct wn_range {
    uint64_t start, end;
    uint32_t kind; /* wn_map_kind */
    uint32_t reserved;
} wn_range;

/* A named piece of a span, e.g. the source, cue and content of a claim. A role may
 * occur several times (discontinuous content). */
typedef struct wn_part {
    const char *role;
    size_t start, end;
} wn_part;

typedef struct wn_span {
    size_t start, end;
    json_t *attrs; /* an object, or NULL; belongs to the document, may be changed in place */
    const wn_part *parts;
    size_t n_parts;
} wn_span;

/* ---- Sources ------------------------------------------------------------ */

/* Where a record lies: codec and member say how to reach its bytes in the file. */
typedef struct wn_record {
    wn_str bytes;    /* the record, decompressed; borrowed until the next read */
    uint64_t offset; /* of its first byte: in the file, or in the decompressed member */
    uint64_t member; /* compressed files: offset of the member or frame in the file */
    uint64_t reserved[2];
} wn_record;

/* ---- Corpus stages ------------------------------------------------------ */

typedef struct wn_value {
    uint64_t doc; /* ordinal in input order, dense from 0, of the documents emit() saw */
    wn_str value;
} wn_value;

typedef struct wn_edge {
    uint64_t a, b; /* ordinals, a <= b */
    wn_str value;
} wn_edge;

typedef enum wn_level { WN_DEBUG, WN_INFO, WN_WARN } wn_level;

/* ---- The host ----------------------------------------------------------- *
 * Reached through the handles; use the inline functions below, not the table. Append only. */
struct wn_host {
    uint32_t struct_size;
    uint16_t abi_major, abi_minor;
    /* documents */
    wn_str (*text)(const wn_doc *doc);
    wn_str (*raw)(wn_doc *doc);
    wn_str (*id)(const wn_doc *doc);
    wn_status (*edit)(wn_doc *doc, const wn_edit *edits, size_t n, wn_error *err);
    wn_status (*set_text)(wn_doc *doc, wn_str text, wn_error *err);
    size_t (*raw_ranges)(const wn_doc *doc, size_t start, size_t end, wn_range *ret_ranges,
                         size_t cap);
    json_t *(*meta)(wn_doc *doc);
    wn_status (*meta_set)(wn_doc *doc, const char *key, json_t *take_value, size_t start,
                          size_t end);
    size_t (*meta_ranges)(const wn_doc *doc, const char *key, wn_range *ret_ranges, size_t cap);
    const wn_span *(*spans)(const wn_doc *doc, const char *layer, size_t *ret_n);
    wn_status (*span_add)(wn_doc *doc, const char *layer, size_t start, size_t end,
                          json_t *take_attrs, size_t *ret_index);
    wn_status (*part_add)(wn_doc *doc, const char *layer, size_t index, const char *role,
                          size_t start, size_t end);
    void (*layer_clear)(wn_doc *doc, const char *layer);
    const char *(*layer_name)(const wn_doc *doc, size_t i);
    wn_status (*drop)(wn_doc *doc, const char *reason, const char *rule, json_t *take_value,
                      json_t *take_threshold);
    wn_status (*merge)(wn_doc *doc, const char *into_id, const char *reason, const char *rule,
                       json_t *take_value, json_t *take_threshold);
    void *(*alloc)(wn_doc *doc, size_t size);
    wn_status (*tick)(wn_doc *doc, wn_error *err);
    void *(*worker)(wn_doc *doc);
    void (*count)(wn_doc *doc, const char *counter, int64_t n);
    /* stages */
    const void *(*options)(const wn_stage *stage);
    const char *(*stage_id)(const wn_stage *stage);
    void (*set_state)(wn_stage *stage, void *state);
    void *(*state)(const wn_stage *stage);
    void *(*stage_alloc)(wn_stage *stage, size_t size);
    wn_status (*load_data)(wn_stage *stage, const char *name, wn_str *ret_bytes, wn_error *err);
    void (*log)(const wn_stage *stage, wn_level level, const char *fmt, ...) WN_PRINTF(3, 4);
    /* sources */
    const char *(*input_path)(const wn_input *in);
    wn_status (*input_line)(wn_input *in, wn_record *ret_record, wn_error *err);
    wn_status (*input_peek)(wn_input *in, size_t n, wn_record *ret_record, wn_error *err);
    wn_status (*input_skip)(wn_input *in, size_t n, wn_error *err);
    bool (*input_in_unit)(const wn_input *in);
    wn_status (*record_set)(wn_doc *doc, wn_input *in, const wn_record *record, wn_error *err);
    wn_status (*record_decode)(wn_doc *doc, const wn_range *pieces, size_t n, const char *codec,
                               wn_error *err);
    wn_status (*record_text)(wn_doc *doc, const wn_range *pieces, size_t n, const char *charset,
                             wn_error *err);
    wn_status (*record_json)(wn_doc *doc, const char *text_key, const char *id_key, wn_error *err);
    wn_status (*record_id)(wn_doc *doc, wn_str id);
    /* corpus stages */
    wn_status (*emit)(wn_doc *doc, wn_str key, wn_str value);
    wn_status (*note)(wn_doc *doc, wn_str note);
    uint64_t (*corpus_size)(const wn_corpus *corpus);
    wn_str (*corpus_note)(const wn_corpus *corpus, uint64_t ordinal);
    wn_str (*corpus_id)(const wn_corpus *corpus, uint64_t ordinal);
    wn_status (*edge)(wn_corpus *corpus, uint64_t a, uint64_t b, wn_str value);
    const wn_edge *(*next_edge)(wn_corpus *corpus);
    wn_status (*verdict)(wn_corpus *corpus, uint64_t ordinal, wn_str verdict);
    wn_status (*publish)(wn_corpus *corpus, json_t *take_findings);
    /* sinks */
    wn_output *(*output_open)(wn_stage *stage, const char *name, wn_error *err);
    wn_status (*output_write)(wn_output *out, const void *bytes, size_t n, wn_error *err);
    const json_t *(*findings)(const wn_stage *stage, const char *plugin_name);
    const json_t *(*run_info)(const wn_stage *stage);
    wn_status (*doc_json)(wn_doc *doc, unsigned flags, wn_str *ret_line, wn_error *err);
    const json_t *(*locator)(wn_doc *doc);
    /* text */
    wn_status (*load_tagger)(wn_stage *stage, const char *name, wn_error *err);
    wn_status (*analyse)(wn_doc *doc, unsigned what, const wn_analysis **ret_analysis,
                         wn_error *err);
    /* 1.0 ends here */
};

/* Every handle starts with the table; the rest is the host's own. */
struct wn_doc {
    const wn_host *host;
};
struct wn_stage {
    const wn_host *host;
};
struct wn_input {
    const wn_host *host;
};
struct wn_corpus {
    const wn_host *host;
};
struct wn_output {
    const wn_host *host;
};

#ifdef __cplusplus
}
#endif
#endif
