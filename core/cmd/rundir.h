/* rundir.h: reading a run directory again, for `verify` and `why`. */
#ifndef CORE_CMD_RUNDIR_H
#define CORE_CMD_RUNDIR_H
#include "document/document.h"

/* RUN/name as JSON; NULL with the error set (WN_E_IO: it cannot be read; WN_E_DATA: it is not
 * JSON). */
json_t *rundir_json(const char *run, const char *name, wn_error *err);

/* JSON lines of RUN/name, one after the other. A file that is not there has none, if `optional`. */
typedef struct rundir_lines {
    FILE *file;
    char *line;
    size_t cap;
    uint64_t number; /* of the line read last, from 1 */
    int64_t offset;  /* of its first byte */
    int64_t next;
    char path[4096];
} rundir_lines;
/* WN_E_IO: it cannot be opened; else rundir_close is due. */
wn_status rundir_open(const char *run, const char *name, bool optional, rundir_lines *ret,
                      wn_error *err);
/* The next line as it is (borrowed), terminated; WN_END. */
wn_status rundir_next(rundir_lines *l, wn_str *ret_line, wn_error *err);
/* A new reference; NULL: not JSON (WN_E_DATA), with the place, or out of memory. */
json_t *rundir_parse(const rundir_lines *l, wn_str line, wn_error *err);
/* The id of the document on a line that winnow wrote, and what the results call it (its "doc",
 * where its id is another's too; else the id): the first keys of the line. A number is the text
 * that was written. false: no such line, or out of memory. */
bool rundir_names(wn_str line, strbuf *ret_id, strbuf *ret_name);
/* Go to the line that starts at this byte; `number` is not known from then on. WN_E_IO. */
wn_status rundir_seek(rundir_lines *l, int64_t offset, wn_error *err);
void rundir_close(rundir_lines *l); /* zeros are fine */

/* "raw": {"path", ...} of a document as a locator; strings are borrowed from the JSON, pieces lie
 * in the arena. WN_E_DATA: it is none. */
wn_status locator_of_json(const json_t *raw, arena *memory, locator *ret, wn_error *err);

const char *string_in(const json_t *object, const char *key); /* borrowed; NULL: no string */
/* The file with that suffix that the first output of this plugin wrote, or `otherwise`: by
 * "outputs" of run.json; where those name no stage, by the option `name` of the configuration. */
void rundir_output(const json_t *run_json, const char *plugin, const char *suffix,
                   const char *otherwise, char ret_name[256]);
/* limits.max_record of the run, in bytes; 1 GiB where it does not say. */
size_t rundir_max_record(const json_t *run_json);
#endif
