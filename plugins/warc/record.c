/* record.c: see record.h. */
#define _GNU_SOURCE
#include "warc/record.h"
#include "common/ascii.h"
#include <string.h>

/* Length of "WARC/x.y" with its line end, 0 if it is none. */
static size_t version_line(const char *p, size_t len)
{
    size_t i = 5;
    if (len < 9 || memcmp(p, "WARC/", 5) != 0 || !ascii_digit(p[i]))
        return 0;
    while (i < len && i < 12 && (ascii_digit(p[i]) || p[i] == '.'))
        i++;
    if (i < len && p[i] == '\r')
        i++;
    return i < len && p[i] == '\n' ? i + 1 : 0;
}

bool warc_starts(const char *bytes, size_t len)
{
    return version_line(bytes, len) > 0;
}

static bool number(slice s, uint64_t *ret)
{
    uint64_t n = 0;
    if (s.len == 0 || s.len > 18)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (!ascii_digit(s.p[i]))
            return false;
        n = n * 10 + (uint64_t)(s.p[i] - '0');
    }
    *ret = n;
    return true;
}

static slice without_brackets(slice s)
{
    if (s.len >= 2 && s.p[0] == '<' && s.p[s.len - 1] == '>')
        return (slice){s.p + 1, s.len - 2};
    return s;
}

static bool take_field(warc_header *h, slice name, slice value, bool *has_length)
{
    if (slice_is(name, "warc-type"))
        h->type = value;
    else if (slice_is(name, "warc-record-id"))
        h->id = without_brackets(value);
    else if (slice_is(name, "warc-date"))
        h->date = value;
    else if (slice_is(name, "warc-target-uri"))
        /* some writers put it in brackets, as 0.17 and 1.0 say */
        h->uri = without_brackets(value);
    else if (slice_is(name, "warc-truncated"))
        h->truncated = value;
    else if (slice_is(name, "content-type"))
        h->content_type = value;
    else if (slice_is(name, "content-length"))
        return *has_length = number(value, &h->content_length);
    return true;
}

bool warc_parse(const char *bytes, size_t len, warc_header *ret)
{
    warc_header h = {0};
    bool has_length = false;
    size_t at = version_line(bytes, len);
    slice name, value;
    int more;
    if (at == 0)
        return false;
    if (len > WARC_HEADER_MAX)
        len = WARC_HEADER_MAX;
    while ((more = header_next(bytes, len, &at, &name, &value)) > 0)
        if (!take_field(&h, name, value, &has_length))
            return false;
    if (more < 0 || !has_length || h.type.p == NULL)
        return false;
    h.size = at;
    *ret = h;
    return true;
}

size_t warc_find(const char *bytes, size_t len, bool line_start)
{
    size_t at = 0;
    while (at < len) {
        const char *p = memmem(bytes + at, len - at, "WARC/", 5);
        if (p == NULL)
            break;
        at = (size_t)(p - bytes);
        if ((at == 0 ? line_start : p[-1] == '\n') && warc_starts(p, len - at))
            return at;
        at++;
    }
    return len;
}
