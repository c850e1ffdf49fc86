/* http.h: the parts of a stored HTTP response that a reader of pages needs. Knows no plugin type;
 * slices and ranges point into the bytes given. */
#ifndef PLUGINS_WARC_HTTP_H
#define PLUGINS_WARC_HTTP_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct slice {
    const char *p; /* NULL: absent */
    size_t len;
} slice;

bool slice_is(slice s, const char *lower_case_word); /* without regard to ASCII case */

/* The next line of headers at *at (bytes of len): name and value, folded lines joined into the raw
 * slice. 1: a field, 0: the empty line, -1: no colon, or no line end. *at is behind it in any
 * case. */
int header_next(const char *bytes, size_t len, size_t *at, slice *ret_name, slice *ret_value);

typedef struct http_response {
    int status;
    slice content_type; /* whole value */
    slice content_encoding;
    bool chunked;
    size_t body; /* offset */
} http_response;

/* Status line and headers (RFC 9112); of equal names the last counts, lines without a colon are
 * passed over. false: no status line, or the headers do not end within the bytes. */
bool http_parse(const char *bytes, size_t len, http_response *ret);

/* "text/html; charset=utf-8": the type in lower case (at most cap - 1 bytes), the charset parameter
 * ("" if none). */
void media_type(slice value, char *ret_type, size_t type_cap, char *ret_charset,
                size_t charset_cap);

/* Data ranges of a chunked body. */
typedef struct piece {
    size_t start, end;
} piece;
enum { CHUNKED_DAMAGED = -1, CHUNKED_NO_MEMORY = -2 };

/* How many pieces (*ret_pieces is malloc'ed), or CHUNKED_... : not chunked after all, or cut short
 * before any data. A body that breaks off later gives what there is; of an empty one *ret_pieces is
 * NULL. Offsets count from `bytes`; the body starts at `start`. */
long http_chunks(const char *bytes, size_t len, size_t start, piece **ret_pieces);
#endif
