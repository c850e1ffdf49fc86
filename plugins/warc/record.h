/* record.h: the header of a WARC record (ISO 28500, versions 0.17 to 1.1). Knows no plugin type;
 * slices point into the bytes given. */
#ifndef PLUGINS_WARC_RECORD_H
#define PLUGINS_WARC_RECORD_H
#include "warc/http.h"

typedef struct warc_header {
    slice type, id, date, uri, content_type, truncated;
    uint64_t content_length;
    size_t size; /* of the header with its empty line: the block starts here */
} warc_header;

enum {
    WARC_HEADER_MAX = 64 * 1024,
    WARC_START = 16 /* bytes that tell whether a record starts */
};

/* "WARC/x.y" and a line end? */
bool warc_starts(const char *bytes, size_t len);

/* False: no header (no empty line within the bytes, a line without a colon, no WARC-Type or
 * Content-Length). */
bool warc_parse(const char *bytes, size_t len, warc_header *ret);

/* Offset of the first line that starts like a record, or `len`; `line_start`: is bytes[0] at the
 * start of a line? */
size_t warc_find(const char *bytes, size_t len, bool line_start);
#endif
