/* state.h: what a document is made of. For the files of core/document only. */
#ifndef CORE_DOCUMENT_STATE_H
#define CORE_DOCUMENT_STATE_H
#include "document/document.h"
#include "document/spanmap.h"

/* Texts and raw bytes stay below this, so that maps can count in 32 bits. */
#define DOCUMENT_LIMIT ((size_t)UINT32_MAX - 1)

enum { MAP_KEPT = 1 << 20 }; /* bytes of maps that are kept for the next text */

typedef struct layer {
    const char *name;
    wn_span *span; /* on the heap */
    size_t n, cap;
} layer;

/* Where a metadata value was read; void once the value is another one. */
typedef struct origin {
    const char *key;
    json_t *value; /* a reference: the value that was set */
    wn_range *range;
    size_t n;
    size_t age; /* of entries with one key the one set last counts; see metadata_sort */
} origin;

/* A top-level key of a JSON record, kept as it was: bytes between the quotes, bytes of the
 * value. */
typedef struct kept_key {
    wn_str key, value;
} kept_key;

/* How the text was made from the raw bytes; done again for a reject line. */
typedef struct reading {
    enum { READ_NOTHING, READ_BYTES, READ_JSON } how;
    const char *charset; /* READ_BYTES: as asked for; NULL: detected */
    wn_range *pieces;    /* READ_BYTES */
    size_t n_pieces;
    const char *text_key, *id_key; /* READ_JSON */
} reading;

struct document {
    wn_doc handle;
    arena *memory;
    size_t limit, max_record;
    size_t max_span_ratio; /* 0: no bound */
    size_t spans_memory;   /* of the lists of spans */
    size_t attrs_memory;   /* of the spans' attributes, counted as the arena's: what went in */
    bool out_of_memory;
    doc_context context;
    verdict verdict;
    wn_error trouble; /* the first failure of the host's while a stage held the document */
    locator at;
    json_t *at_json; /* NULL until asked for */
    wn_str raw;
    size_t raw_len; /* known also where raw is not at hand */
    bool has_raw;
    strbuf decoded; /* what record_decode made: raw points into it */
    wn_str id;      /* the label that the input gave it, or its path */
    bool id_is_number;
    wn_str name; /* unique in the run; empty: the id */
    reading reading;
    bool edited;
    uint64_t text_sum; /* of the text as the last edit left it */
    /* grows with each change of the text or of its paragraphs; not the same in two documents */
    uint64_t revision;
    strbuf text, spare_text; /* an edit writes the spare one and swaps */
    spanmap map, spare_map;
    layer *layers; /* by name */
    size_t n_layers, cap_layers;
    json_t *meta;
    origin *origins; /* by key */
    size_t n_origins, cap_origins;
    kept_key *kept; /* in the record's order; values last as long as the arena */
    size_t n_kept, cap_kept;
    kept_key *kept_meta; /* metadata members that json_t cannot hold */
    size_t n_kept_meta, cap_kept_meta;
    strbuf line; /* of document_json, when it is huge */
    strbuf scratch;
};

void verdict_clear(verdict *v); /* to "goes on"; its values are given back */

/* From the arena, zeroed or a terminated copy; NULL and out_of_memory set when that fails, of _str
 * an empty slice. */
void *document_take(document *d, size_t size);
char *document_copy(document *d, const char *s, size_t n);
wn_str document_copy_str(document *d, wn_str s);
/* Room for n items of an arena array that has *cap; grows by doubling. false: out of memory. */
bool document_room(document *d, void **items, size_t *cap, size_t n, size_t each);
/* WN_E_NOMEM with the error filled, and its mark in the document. */
wn_status document_no_memory(document *d, wn_error *err);
/* Would `extra` bytes more stay in the memory limit? WN_OK, or document_no_memory. */
wn_status document_allows(document *d, size_t extra, wn_error *err);

/* Count the attributes (NULL: none) of a span that is added. WN_E_NOMEM: over the memory limit;
 * WN_E_LIMIT: over max_span_ratio, and noted as trouble. */
wn_status document_charge(document *d, const json_t *attrs);

/* The new text stands in spare_text, its map in spare_map: make them the text. */
void document_swap_text(document *d);
/* The text is what it shall be: document_check compares with its sum from now on. */
void document_sum_text(document *d);

/* layers.c */
/* Move all spans. `starts` comes from prepare, the only step that can fail. whole_survives: a span
 * that one edit replaces whole keeps the new text; else it goes away. */
wn_status layers_edit_prepare(document *d, const wn_edit *edits, size_t n, size_t **ret_starts);
void layers_edit(document *d, const wn_edit *edits, size_t n, const size_t *starts,
                 bool whole_survives);
void layers_clear(document *d); /* all layers go, with their memory */
/* The layer of that name, made if `add`. NULL: none, or out of memory. Valid until one is added. */
layer *layers_find(document *d, const char *name, bool add);

/* metadata.c. All values and what is known of their origins go; the object stays. */
void metadata_clear(document *d);
/* Set a value, in place of another one, and the raw ranges that it was read from (copied; n 0:
 * none). WN_E_NOMEM: out_of_memory is set. */
wn_status metadata_put(document *d, const char *key, json_t *take_value, const wn_range *ranges,
                       size_t n);
/* For a record with any number of keys: put them all, then sort once, before anything else looks.
 * The key is UTF-8. */
wn_status metadata_put_many(document *d, const char *key, json_t *take_value,
                            const wn_range *range);
void metadata_sort(document *d);
/* Where the value of the key was read; NULL: not known, or the value was set anew since. */
const origin *metadata_origin(const document *d, const char *key);

/* charset.c: decode the bytes to d->spare_text and d->spare_map (raw offsets: those of `bytes`). */
typedef struct decoded_text {
    const char *charset; /* static */
    uint64_t undecodable;
} decoded_text;
/* `declared` (NULL: detected) is a label; a byte order mark goes before it and is left out. What
 * cannot be decoded becomes U+FFFD. WN_E_LIMIT: more than 1 GiB that is not UTF-8; WN_E_NOMEM;
 * WN_E_INTERNAL: iconv lacks the character set. */
wn_status charset_decode(document *d, wn_str bytes, const char *declared, decoded_text *ret,
                         wn_error *err);

/* jsonl.c: append to such a list of the document; the slices are borrowed for as long as its arena
 * lasts. false: out of memory. */
bool kept_add(document *d, kept_key **list, size_t *n, size_t *cap, wn_str key, wn_str value);
#endif
