/* json.h: JSON without a DOM for the hot path: string escaping, an emitter of json_t values, and a
 * strict scanner (RFC 8259) that knows byte positions and makes json_t trees on request.
 * Input of the scanner must be valid UTF-8 (utf8.h). The emitters append; want of memory shows in
 * out->oom. No state is shared between threads. */
#ifndef CORE_UTIL_JSON_H
#define CORE_UTIL_JSON_H
#include "util/strbuf.h"

enum { JSON_DEPTH = 256 }; /* deepest nesting read and written */

/* The string in quotes, escaped as little as JSON allows; its UTF-8 is not checked. */
void json_put_string(strbuf *out, const char *s, size_t n);
void json_put_uint(strbuf *out, uint64_t n); /* all its digits, also beyond json_int_t */
/* A number that reads back as the same double, in the fewest of 15 to 17 digits, in any locale; has
 * a point or an exponent. x is finite. */
void json_put_real(strbuf *out, double x);
/* A value on one line, no blanks, object keys in their order. false: deeper than JSON_DEPTH (a
 * cycle?), and out ends midway; NULL is written as null. */
bool json_put(strbuf *out, const json_t *value);

typedef enum scan_status {
    SCAN_OK = 0,
    SCAN_SYNTAX, /* not JSON; message and at say what and where */
    SCAN_DEPTH,  /* nested deeper than JSON_DEPTH */
    SCAN_RANGE,  /* a number that json_t cannot hold (trees only) */
    SCAN_NOMEM
} scan_status;

typedef struct json_scan {
    const char *p, *end; /* what is left to read */
    scan_status status;  /* the first failure */
    const char *message; /* of the failure: "expected ..." */
    const char *at;      /* of the failure */
    unsigned depth;      /* how deep a value may be nested */
} json_scan;

/* At the first byte of s, which must outlive the scan and the slices that it gives. */
static inline json_scan json_scan_start(wn_str s)
{
    return (json_scan){s.p, s.p + s.len, SCAN_OK, NULL, NULL, JSON_DEPTH};
}

/* All return false on failure, see status. Blanks before what they read are skipped. The slices are
 * of the text that is scanned. */
bool json_scan_char(json_scan *s, char c); /* this character: ':', '{' or '"' (the message) */
/* a string; its bytes between the quotes, escapes checked and left as they are */
bool json_scan_string(json_scan *s, wn_str *ret_body);
/* any value, checked and skipped; its bytes */
bool json_scan_value(json_scan *s, wn_str *ret_value);
bool json_scan_end(json_scan *s); /* nothing but blanks */
/* Note a failure unless there is one; always false. `message` is borrowed: a literal. */
bool json_scan_fail(json_scan *s, scan_status status, const char *at, const char *message);

/* One member of an object whose '{' was read: key (escaped, between its quotes) and value. false:
 * its '}' was read, or failure (status). */
bool json_scan_member(json_scan *s, bool first, wn_str *ret_key, wn_str *ret_value);

/* The escape at p, a backslash in a checked string that ends at end. Returns how many bytes it has
 * (a surrogate pair: 12); *ret_length of ret_utf8 are filled. A lone surrogate reads as U+FFFD, and
 * *ret_lone is set then. */
size_t json_escape(const char *p, const char *end, char ret_utf8[4], size_t *ret_length,
                   bool *ret_lone);

/* Body of a checked string, unescaped, appended. Returns the number of lone surrogates. */
size_t json_unescape(wn_str body, strbuf *out);

/* Value (checked by json_scan_value) as json_t, a new reference. NULL: *ret_status is SCAN_RANGE or
 * SCAN_NOMEM, else it is left alone. `scratch` is overwritten. Integers beyond 64 bits and reals
 * beyond double (too large, or not 0 but too small) are SCAN_RANGE; of equal keys the last wins. */
json_t *json_tree(wn_str value, strbuf *scratch, scan_status *ret_status);

/* A whole text, checked, as json_t: how winnow reads what winnow wrote. What one record and one
 * stage may nest, each JSON_DEPTH deep, is read however it was put together; a number that json_t
 * cannot hold becomes a string of its digits, a lone surrogate U+FFFD. Ten times as fast as
 * json_loadb. NULL: *ret_why (may be NULL) has status, message and place. */
json_t *json_load(wn_str text, json_scan *ret_why);
/* Line and column (in bytes) of a place in the text, 1-based: for messages. */
void json_place(wn_str text, const char *at, unsigned *ret_line, unsigned *ret_column);
#endif
