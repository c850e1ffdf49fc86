/* document.h: the document behind wn_doc, as the core sees it. The functions named as in
 * wn_host implement that table; their contracts stand in winnow/plugin.h. That words and values
 * from a stage are UTF-8 and not NULL is checked before (engine/host.c). One owner at a time, no
 * threads. */
#ifndef CORE_DOCUMENT_DOCUMENT_H
#define CORE_DOCUMENT_DOCUMENT_H
#include "util/arena.h"
#include "util/strbuf.h"
#include <winnow/plugin.h>

typedef struct spanmap spanmap; /* document/spanmap.h */

/* Where a record's bytes lie, enough to fetch them again. */
typedef struct locator {
    const char *path;       /* as named by the user */
    const char *codec;      /* NULL, "gzip", "zstd": how the file is compressed */
    uint64_t member;        /* compressed: offset of the member or frame in the file */
    uint64_t offset;        /* of the record: in the file, or in the decompressed member */
    uint64_t length;        /* of the record, decompressed */
    const char *decode;     /* NULL, or the codec of record_decode */
    const wn_range *pieces; /* of the record, joined, then decoded (with `decode`) */
    size_t n_pieces;
} locator;

typedef struct verdict {
    wn_status status;  /* WN_OK, WN_DROP, WN_MERGED or an error */
    const char *stage; /* step id */
    const char *reason, *rule, *into;
    json_t *value, *threshold;
} verdict;

/* Services the runner lends a document while a stage holds it. */
typedef struct doc_context {
    const wn_stage *stage;
    void *worker; /* wn_worker */
    wn_status (*emit)(void *self, wn_doc *doc, wn_str key, wn_str value);
    wn_status (*note)(void *self, wn_doc *doc, wn_str note);
    wn_status (*tick)(void *self, wn_doc *doc, wn_error *err);
    void (*count)(void *self, wn_doc *doc, const char *counter, int64_t n);
    wn_status (*analyse)(void *self, wn_doc *doc, unsigned what, const wn_analysis **ret,
                         wn_error *err);
    wn_status (*fetch)(void *self, const locator *at, arena *into, wn_str *ret_raw, wn_error *err);
    void *self;
} doc_context;

typedef struct document document; /* first member: wn_doc */

/* An empty document; `host` is borrowed. memory_limit: bytes for its arena and buffers, 0: none.
 * NULL: out of memory. */
document *document_new(const wn_host *host, size_t memory_limit);
/* Empty again, context and bounds kept, and of the memory what is not huge. All that was borrowed
 * of the document ends. */
void document_reset(document *d);
void document_free(document *d); /* NULL is fine */
/* The same document as a stage sees it, and back. */
wn_doc *document_handle(document *d);
document *document_of(wn_doc *doc);
const document *document_of_const(const wn_doc *doc);

/* The document's own, to be filled by who lends it to a stage; document_reset leaves it. */
doc_context *document_context(document *d);
/* How it left, WN_OK while it goes on. Its words and values are the document's until reset. */
const verdict *document_verdict(const document *d);
/* The verdict becomes err's status, with its text (shown, where it is not UTF-8) as reason. Both
 * are copied. */
void document_fail(document *d, const char *stage, const wn_error *err);
/* Name of the document in this run where its id, the label, is another document's too; copied.
 * document_id() gives the name. WN_E_NOMEM: memory or limit. */
wn_status document_set_name(document *d, wn_str name, wn_error *err);
/* A call of the host failed while a stage held the document. A limit, an interruption, a lack of
 * memory keep their meaning whatever the stage makes of them: the runner takes the first such
 * failure for the stage's own. `why` may be NULL or tell of something else. */
void document_trouble_note(document *d, wn_status status, const wn_error *why);
const wn_error *document_trouble(const document *d); /* status WN_OK: none */
/* An allocation of the document's failed since its reset: the limit, or no memory. */
bool document_out_of_memory(const document *d);
/* Bytes it holds: arena, buffers, spans, and about those of its JSON. */
size_t document_memory(const document *d);

/* Where the record lies: borrowed until reset. */
const locator *document_locator(const document *d);

/* The record's raw bytes, first of all: borrowed if `keep` is false (they outlive the document),
 * else copied into the arena, as the locator is; the id becomes PATH, PATH#OFFSET or
 * PATH#MEMBER+OFFSET. WN_E_LIMIT: 4 GiB or more; WN_E_DATA: the path is not UTF-8; WN_E_NOMEM. */
wn_status document_set_record(document *d, const locator *at, wn_str raw, bool keep, wn_error *err);
/* Contracts: wn_record_decode, _text, _json, _id of plugin.h. One of text and json comes once,
 * decode once before it; else WN_E_STAGE. */
wn_status document_record_decode(wn_doc *doc, const wn_range *pieces, size_t n, const char *codec,
                                 wn_error *err);
wn_status document_record_text(wn_doc *doc, const wn_range *pieces, size_t n, const char *charset,
                               wn_error *err);
wn_status document_record_json(wn_doc *doc, const char *text_key, const char *id_key,
                               wn_error *err);
wn_status document_record_id(wn_doc *doc, wn_str id);

wn_str document_text(const wn_doc *doc); /* contract: wn_text */
/* Another number whenever the text or the layer `paragraph` changed, also from one use of a
 * document to the next; no two documents of a process have the same. */
uint64_t document_revision(const wn_doc *doc);
/* Contracts: the functions of plugin.h of these names. Where there is no wn_error, failures are in
 * the status alone: WN_E_STAGE, WN_E_NOMEM, of spans also WN_E_LIMIT. */
wn_str document_raw(wn_doc *doc);
wn_str document_id(const wn_doc *doc);
wn_status document_edit(wn_doc *doc, const wn_edit *edits, size_t n, wn_error *err);
wn_status document_set_text(wn_doc *doc, wn_str text, wn_error *err);
size_t document_raw_ranges(const wn_doc *doc, size_t start, size_t end, wn_range *ret_ranges,
                           size_t cap);
json_t *document_meta(wn_doc *doc);
wn_status document_meta_set(wn_doc *doc, const char *key, json_t *take_value, size_t start,
                            size_t end);
size_t document_meta_ranges(const wn_doc *doc, const char *key, wn_range *ret_ranges, size_t cap);
const wn_span *document_spans(const wn_doc *doc, const char *layer, size_t *ret_n);
wn_status document_span_add(wn_doc *doc, const char *layer, size_t start, size_t end,
                            json_t *take_attrs, size_t *ret_index);
wn_status document_part_add(wn_doc *doc, const char *layer, size_t index, const char *role,
                            size_t start, size_t end);
void document_layer_clear(wn_doc *doc, const char *layer);
const char *document_layer_name(const wn_doc *doc, size_t i);
wn_status document_drop(wn_doc *doc, const char *reason, const char *rule, json_t *take_value,
                        json_t *take_threshold);
wn_status document_merge(wn_doc *doc, const char *into, const char *reason, const char *rule,
                         json_t *take_value, json_t *take_threshold);
void *document_alloc(wn_doc *doc, size_t size);
const json_t *document_locator_json(wn_doc *doc);

/* jsonl.c: documents and rejects as JSON lines. What `winnow verify` proves: every object with
 * "raw": [range, ...] beside "start" and "end" (and in reports "text" and "doc") is a pointer. A
 * range is [s, e] when the bytes are the text's own or decode to it (WN_MAP_EXACT and
 * WN_MAP_DECODED; neighbours of both are joined), else [s, e, "edited" | "approx"]; s and e count
 * bytes of the record's raw bytes, to which the document's locator leads: "raw": {"path", "offset",
 * "length", "codec"?, "member"?, "decode"?, "pieces"?: [[s, e], ...]} at the top of its line. A
 * reject line holds the common keys (text: the text as the source read it when it can be had, so
 * that the line can be read back in) and "reject": {stage, status, reason, rule, value, threshold,
 * into}. */
/* Contract: wn_doc_json. */
wn_status document_json(wn_doc *doc, unsigned flags, wn_str *ret_line, wn_error *err);
/* Appends the line of the document's verdict, with its newline. */
wn_status document_reject_json(wn_doc *doc, strbuf *out, wn_error *err);

/* check.c: what a stage handed in past the host's functions, or through a cast: can the document be
 * written as JSON, and is its text what the last edit left? WN_E_STAGE with what is wrong. */
wn_status document_check(const document *d, wn_error *err);
/* values in the metadata and attributes of a document, each as often as it is held */
enum { DOCUMENT_VALUES = 1 << 24 };
/* UTF-8, finite numbers, not deeper than JSON_DEPTH, at most so many values? NULL is. false:
 * *ret_why says what (static). */
bool json_is_sound(const json_t *value, size_t most, const char **ret_why);
/* So that at least a reject can be written: metadata and layers are forgotten, the text counts as
 * edited, so that the reject's line reads it anew. */
void document_disown(document *d);

/* freeze.c: the whole state between two steps (all but the raw bytes). Restoring rejects
 * damaged input with WN_E_INTERNAL and never reads outside it; it goes into an empty document,
 * whose memory limits do not count meanwhile. Freezing appends; on WN_E_NOMEM and WN_E_STAGE (JSON
 * nested too deeply) out is as before. */
wn_status document_freeze(const document *d, strbuf *out);
/* Append a frozen document without a name, with this one. */
void document_name_frozen(strbuf *out, wn_str frozen, wn_str name);
wn_status document_thaw(document *d, wn_str frozen, wn_error *err);

/* decode.c: gunzip (RFC 1952, all members) and inflate (RFC 1950 and 1951) for record_decode; used
 * by `verify` too. codec: "gzip", "x-gzip", "deflate", "identity". Appends; WN_E_LIMIT: `out` would
 * be longer than `limit` bytes; WN_E_DATA: damaged, cut short, or another codec; then `out` may
 * hold a part. */
wn_status decode_bytes(const char *codec, wn_str in, size_t limit, strbuf *out, wn_error *err);
/* charset.c: name of the character set for these bytes (static, never NULL), by their byte order
 * mark, else the label `declared` (may be NULL), else (html) what the page says, else UTF-8 if they
 * are it but for little damage, else uchardet's guess from the first 256 KiB. */
const char *charset_detect(wn_str bytes, const char *declared, bool html);

/* Bytes that record_decode may make; a quarter of the memory limit where it is not set. Kept by
 * document_reset, as is the context. */
void document_set_max_record(document *d, size_t max_record);
/* Memory of the spans' attributes, in bytes for each byte of the text, above 6 MiB; 0: no bound.
 * Kept by document_reset. */
void document_set_max_span_ratio(document *d, size_t ratio);
#endif
