/* input.h: finding input files, cutting them into units, reading units, fetching records again. */
#ifndef CORE_INPUT_INPUT_H
#define CORE_INPUT_INPUT_H
#include "document/document.h"
#include <winnow/plugin.h>

typedef struct input_file {
    const char *path;     /* as named: pattern matches keep the pattern's leading folders    */
    uint64_t size;
} input_file;

typedef struct input_list {
    input_file *file; size_t n; /* ascending by path bytes, each once                        */
    struct arena *memory;
} input_list;

/* Expand patterns (** * ? [..] {a,b}), folders (files with one of `suffixes`, recursively, hidden
 * ones left out) and plain files (taken whatever their suffix; "-" is standard input). A pattern or
 * path that matches nothing is WN_E_CONFIG, with the pattern in the message. */
wn_status input_expand(const char *const *patterns, size_t n, const char *base_dir, const char *suffixes,
                       input_list *ret_list, wn_error *err);
void input_list_release(input_list *l);

/* A unit: records of file `file` that start in bytes [start, end) of it (of the compressed file). */
typedef struct input_unit { size_t file; uint64_t start, end; } input_unit;

/* Units in input order. Depends on the list, `splits` and split_size only. Compressed files are cut like plain
 * ones: the reader finds the first member (gzip) or frame (zstd) at or after a cut; a unit in which none starts is
 * empty, so that a single-member gzip of any size is read by its first unit. *ret_units is the caller's, for mem_free. */
wn_status input_units(const input_list *l, bool splits, uint64_t split_size, input_unit **ret_units, size_t *ret_n, wn_error *err);

typedef struct input input; /* behind wn_input */
wn_status input_open(const wn_host *host, const input_list *l, const input_unit *u, size_t max_record, input **ret_input, wn_error *err);
void input_close(input *in);

/* To be called once after input_open (never call plugin->sync directly): puts the input at the first record of the
 * unit and finds where the next unit's records begin, by the source's sync() at both ends. Both units thus agree on
 * the cut, whatever lies there. No sync() is called at a file's start and end. */
wn_status input_sync(input *in, const wn_plugin *source, wn_stage *stage, wn_error *err);
wn_input *input_handle(input *in);
/* Mapped memory must outlive the documents that borrow from it: the runner closes an input when
 * the last document of its unit is done. */

/* After WN_END: did the last record run past where the next unit begins? Then the two disagree where records start (a
 * WARC file inside a record, a compressed file inside a member made for it) and records may have been read twice. */
bool input_overran(const input *in);

const char *input_path(const wn_input *in);
wn_status input_line(wn_input *in, wn_record *ret_record, wn_error *err);
wn_status input_peek(wn_input *in, size_t n, wn_record *ret_record, wn_error *err);
wn_status input_skip(wn_input *in, size_t n, wn_error *err);
bool input_in_unit(const wn_input *in);
wn_status input_record_set(wn_doc *doc, wn_input *in, const wn_record *record, wn_error *err);

/* Fetch a record's bytes again (decompressed and, with a `decode`, decoded). Used by wn_raw after a
 * corpus step, by `verify` and by `why`. Thread-safe; keeps a small cache of open files. */
typedef struct fetcher fetcher;
fetcher *fetcher_new(size_t max_record);
void fetcher_free(fetcher *f);
wn_status fetcher_get(fetcher *f, const locator *at, arena *into, wn_str *ret_raw, wn_error *err);

/* sha256 of a file's bytes, as hex (65 bytes with the terminator). util/hash.h does the hashing. */
wn_status input_digest(const char *path, char ret_hex[65], wn_error *err);
#endif
