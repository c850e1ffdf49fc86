/* http.c: see http.h: header lines and chunked bodies (RFC 9112). */
#include "warc/http.h"
#include "common/ascii.h"
#include <stdlib.h>
#include <string.h>

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static slice slice_trim(slice s)
{
    while (s.len > 0 && blank(s.p[0]))
        s.p++, s.len--;
    while (s.len > 0 && blank(s.p[s.len - 1]))
        s.len--;
    return s;
}

bool slice_is(slice s, const char *word)
{
    if (s.p == NULL || s.len != strlen(word))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (ascii_lower(s.p[i]) != word[i])
            return false;
    return true;
}

static size_t line_end(const char *bytes, size_t len, size_t at)
{
    const char *nl = memchr(bytes + at, '\n', len - at);
    return nl == NULL ? len : (size_t)(nl - bytes) + 1;
}

int header_next(const char *bytes, size_t len, size_t *at, slice *ret_name, slice *ret_value)
{
    size_t start = *at, end;
    if (start >= len)
        return -1;
    *at = end = line_end(bytes, len, start);
    if (bytes[end - 1] != '\n')
        return -1;
    if (bytes[start] == '\n' || (bytes[start] == '\r' && end == start + 2))
        return 0;
    while (end < len && (bytes[end] == ' ' || bytes[end] == '\t'))
        *at = end = line_end(bytes, len, end);
    const char *colon = memchr(bytes + start, ':', end - start);
    if (colon == NULL)
        return -1;
    size_t name = (size_t)(colon - bytes) - start;
    *ret_name = slice_trim((slice){bytes + start, name});
    *ret_value = slice_trim((slice){colon + 1, end - start - name - 1});
    return 1;
}

/* "HTTP/1.1 200 OK": the status, or 0. */
static int status_line(const char *p, size_t len)
{
    size_t i = 5;
    if (len < 12 || memcmp(p, "HTTP/", 5) != 0)
        return 0;
    while (i < len && p[i] != ' ' && p[i] != '\n')
        i++;
    while (i < len && p[i] == ' ')
        i++;
    int status = 0;
    for (int k = 0; k < 3; k++, i++) {
        if (i >= len || p[i] < '0' || p[i] > '9')
            return 0;
        status = status * 10 + (p[i] - '0');
    }
    return status;
}

bool http_parse(const char *bytes, size_t len, http_response *ret)
{
    http_response r = {0};
    slice name, value;
    size_t at = line_end(bytes, len, 0);
    int more;
    r.status = status_line(bytes, len);
    if (r.status == 0)
        return false;
    while ((more = header_next(bytes, len, &at, &name, &value)) != 0) {
        if (more < 0) {
            if (at >= len)
                return false; /* else servers do send lines without a colon: pass over them */
        } else if (slice_is(name, "content-type")) {
            r.content_type = value;
        } else if (slice_is(name, "content-encoding")) {
            r.content_encoding = value;
        } else if (slice_is(name, "transfer-encoding")) {
            r.chunked = slice_is(value, "chunked");
        }
    }
    r.body = at;
    *ret = r;
    return true;
}

static void copy_lower(slice s, char *out, size_t cap)
{
    size_t n = 0;
    for (; n < s.len && n + 1 < cap; n++)
        out[n] = ascii_lower(s.p[n]);
    out[n] = '\0';
}

static slice unquoted(slice s)
{
    if (s.len >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.len - 1] == s.p[0])
        return (slice){s.p + 1, s.len - 2};
    return s;
}

void media_type(slice value, char *ret_type, size_t type_cap, char *ret_charset, size_t charset_cap)
{
    size_t at = 0;
    *ret_type = *ret_charset = '\0';
    for (bool first = true; value.p != NULL && at <= value.len; first = false) {
        const char *semicolon = memchr(value.p + at, ';', value.len - at);
        size_t end = semicolon == NULL ? value.len : (size_t)(semicolon - value.p);
        slice part = slice_trim((slice){value.p + at, end - at});
        const char *equals = memchr(part.p, '=', part.len);
        if (first) {
            copy_lower(part, ret_type, type_cap);
        } else if (equals != NULL &&
                   slice_is(slice_trim((slice){part.p, (size_t)(equals - part.p)}), "charset")) {
            size_t skip = (size_t)(equals - part.p) + 1;
            copy_lower(unquoted(slice_trim((slice){part.p + skip, part.len - skip})), ret_charset,
                       charset_cap);
            return;
        }
        at = end + 1;
    }
}

static int hex(char c)
{
    c = ascii_lower(c);
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "1a3; extension\r\n" at *at: the size; false: not the head of a chunk. */
static bool chunk_head(const char *bytes, size_t len, size_t *at, uint64_t *ret_size)
{
    size_t i = *at, digits = 0;
    uint64_t size = 0;
    for (; i < len && hex(bytes[i]) >= 0 && digits < 15; i++, digits++)
        size = size * 16 + (uint64_t)hex(bytes[i]);
    while (i < len && bytes[i] == ' ')
        i++;
    if (digits == 0 || i >= len || (bytes[i] != '\r' && bytes[i] != '\n' && bytes[i] != ';'))
        return false;
    *at = line_end(bytes, len, i);
    *ret_size = size;
    return true;
}

static bool add_piece(piece **list, size_t *n, piece p)
{
    if ((*n & (*n - 1)) == 0) { /* full at 0 and at powers of two */
        piece *more = realloc(*list, (*n > 0 ? *n * 2 : 1) * sizeof *more);
        if (more == NULL)
            return false;
        *list = more;
    }
    (*list)[(*n)++] = p;
    return true;
}

long http_chunks(const char *bytes, size_t len, size_t start, piece **ret_pieces)
{
    piece *list = NULL;
    size_t n = 0, at = start;
    uint64_t size = 1;
    while (chunk_head(bytes, len, &at, &size) && size > 0 && at < len) {
        size_t take = size < len - at ? (size_t)size : len - at;
        if (!add_piece(&list, &n, (piece){at, at + take})) {
            free(list);
            return CHUNKED_NO_MEMORY;
        }
        at += take;
        if (at < len && bytes[at] == '\r')
            at++;
        if (at < len && bytes[at] == '\n')
            at++;
    }
    bool ended = n > 0 || (at > start && size == 0);
    if (!ended) {
        free(list);
        return CHUNKED_DAMAGED;
    }
    *ret_pieces = list;
    return (long)n;
}
