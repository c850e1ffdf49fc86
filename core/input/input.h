/* input.h: finding input files, cutting them into units, reading units, fetching records again. */
#ifndef CORE_INPUT_INPUT_H
#define CORE_INPUT_INPUT_H
#include "document/document.h"
#include "input/passed.h"
#include <sys/stat.h>
#include <winnow/plugin.h>

typedef struct input_file {
    const char *path; /* as named: pattern matches keep the pattern's leading folders */
    uint64_t size;    /* when it was listed, as are those below: */
    dev_t dev;
    ino_t ino;
    struct timespec modified;
    const char *problem; /* NULL; or why it cannot be read, known already: it is a reject */
} input_file;

typedef struct input_list {
    input_file *file;
    size_t n; /* ascending by path bytes, each once */
    struct arena *memory;
    input_passed passed;
} input_list;

/* Expand patterns (** * ? [..] {a,b}), folders (files with one of `suffixes`, recursively, hidden
 * ones left out) and plain files (taken whatever their suffix; "-" is standard input). A pattern or
 * path that matches nothing is WN_E_CONFIG, with the pattern in the message; a folder below that
 * cannot be read, or a name that leads nowhere, is a file with a `problem`.
 * A run directory (it holds an entry .winnow), and the folder out_dir (NULL: none), are left out
 * with all that is in them where a folder or a pattern leads there; one that is named, or in which
 * something is named, is read. */
wn_status input_expand(const char *const *patterns, size_t n, const char *base_dir,
                       const char *suffixes, const char *out_dir, input_list *ret_list,
                       wn_error *err);
void input_list_release(input_list *l); /* to the empty list */

/* A unit: records of file `file` that start in bytes [start, end) of it (of the compressed
 * file). */
typedef struct input_unit {
    size_t file;
    uint64_t start, end;
} input_unit;

/* Units in input order. Depends on the list, `splits` and split_size only. Compressed files are cut
 * like plain ones: the reader finds the first member (gzip) or frame (zstd) at or after a cut; a
 * unit in which none starts is empty, so that a single-member gzip of any size is read by its first
 * unit. *ret_units is the caller's, for mem_free. WN_E_NOMEM. */
wn_status input_units(const input_list *l, bool splits, uint64_t split_size, input_unit **ret_units,
                      size_t *ret_n, wn_error *err);

/* The files of a run while they are read. Each is opened once and stays open until its last unit is
 * done, so that all of its units read one file whatever becomes of its name; its sum is made of its
 * bytes in their order, as its units get done. No file is mapped, and no more of it is read than it
 * had when it was listed. Thread-safe. Borrows the list and the units; `stop` (may be NULL): no sum
 * is wanted any more. NULL: out of memory. */
typedef struct input_files input_files;
input_files *input_files_new(const input_list *l, const input_unit *unit, size_t n_units,
                             bool (*stop)(void *self), void *self);
/* When all inputs are closed. NULL is fine. */
void input_files_free(input_files *f);

/* Once for each unit that was opened, when its input is closed: what can be hashed by now, is. */
void input_files_done(input_files *f, size_t unit);
/* Has nobody asked so before of this unit's file? A file that cannot be read is told once, not by
 * all of its units. */
bool input_files_tell(input_files *f, size_t unit);

/* When no unit is at work any more: finish the sums and look whether the files are still what was
 * listed. For any number of threads at once, which share the work. */
void input_files_settle(input_files *f);

/* what became of a file; to be asked after input_files_settle */
typedef struct input_fate {
    bool opened;     /* and read: else no unit asked for it, or it could not be opened */
    bool unreadable; /* could not be opened */
    /* since it was listed: its size, its time, or another file has its name, or none */
    bool changed;
    uint64_t bytes;  /* the sum is of so many: all that were listed, or could be read */
    char sha256[65]; /* "" for standard input */
} input_fate;
/* Of the list's file of that index; borrowed. */
const input_fate *input_files_fate(const input_files *f, size_t file);

typedef struct input input; /* behind wn_input */
/* WN_E_IO: the file cannot be opened. Memory: a window, which grows to one record at most
 * (max_record and 512 KiB), and for compressed files a block of 256 KiB with what zlib or zstd
 * need. Where the file cannot be read, or ends before the size that was listed, the functions below
 * answer WN_E_IO, once, after the whole records that come before. */
wn_status input_open(const wn_host *host, input_files *f, size_t unit, size_t max_record,
                     input **ret_input, wn_error *err);
void input_close(input *in); /* NULL is fine; then input_files_done is due */

/* To be called once after input_open (never call plugin->sync directly): puts the input at the
 * first record of the unit and finds where the next unit's records begin, by the source's sync() at
 * both ends. Both units thus agree on the cut, whatever lies there. No sync() is called at a file's
 * start and end. The status is sync's, or the input's. */
wn_status input_sync(input *in, const wn_plugin *source, wn_stage *stage, wn_error *err);
wn_input *input_handle(input *in); /* the same as a source sees it */

/* After WN_END: did the last record run past where the next unit begins? Then the two disagree
 * where records start (a WARC file inside a record, a compressed file inside a member made for it)
 * and records may have been read twice. */
bool input_overran(const input *in);

/* Between two records: memory that a giant one needed is given back. */
void input_trim(input *in);
bool input_unreadable(const input *in); /* one of the functions below has answered WN_E_IO */
/* grows with each byte that is consumed and each fault that is told */
uint64_t input_used(const input *in);

/* Contracts: wn_input_path, _line, _peek, _skip, _in_unit and wn_record_set of plugin.h. One owner,
 * no threads. */
const char *input_path(const wn_input *in);
wn_status input_line(wn_input *in, wn_record *ret_record, wn_error *err);
wn_status input_peek(wn_input *in, size_t n, wn_record *ret_record, wn_error *err);
wn_status input_skip(wn_input *in, size_t n, wn_error *err);
bool input_in_unit(const wn_input *in);
wn_status input_record_set(wn_doc *doc, wn_input *in, const wn_record *record, wn_error *err);

/* Fetch a record's bytes again (decompressed and, with a `decode`, decoded). Used by wn_raw after a
 * corpus step, by `verify` and by `why`. Thread-safe; keeps a few files open, and of compressed
 * ones the last stretch. *ret_raw lies in `into`, which has to be the caller's own; it is as long
 * as the locator says. WN_E_LIMIT: more than max_record bytes; WN_E_IO, WN_E_DATA: the file is not
 * what it was. */
typedef struct fetcher fetcher;
fetcher *fetcher_new(size_t max_record); /* bytes; NULL: out of memory */
void fetcher_free(fetcher *f);
wn_status fetcher_get(fetcher *f, const locator *at, arena *into, wn_str *ret_raw, wn_error *err);

/* SHA-256 of a file's bytes, as hex (65 bytes with the terminator). WN_E_IO: it cannot be read. */
wn_status input_digest(const char *path, char ret_hex[65], wn_error *err);
#endif
