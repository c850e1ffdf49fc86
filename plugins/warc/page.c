/* page.c: see page.h: what is wanted, the body's pieces, their decoding, charset and metadata. */
#include "warc/page.h"
#include <stdlib.h>
#include <string.h>

/* What is known of a page before its text is read. */
typedef struct page {
    warc_header record;
    bool http;
    http_response response;
    size_t body; /* offset in the record */
    size_t end;
    char type[128], charset[64], encoding[32];
} page;

bool page_wanted(wn_list words, slice word)
{
    for (size_t i = 0; i < words.n; i++)
        if (slice_is(word, words.item[i]))
            return true;
    return false;
}

void page_counter(char *out, size_t cap, const char *prefix, slice word)
{
    size_t n = (size_t)snprintf(out, cap, "%s", prefix);
    for (size_t i = 0; i < word.len && n + 1 < cap && i < 24; i++) {
        char c = word.p[i];
        out[n++] = c >= 'A' && c <= 'Z'                               ? (char)(c + 32)
                   : (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c
                                                                      : '_';
    }
    out[n] = '\0';
}

static json_t *text_of(slice s)
{
    json_t *j = s.p == NULL ? NULL : json_stringn(s.p, s.len);
    return j; /* NULL: absent, or not UTF-8 */
}

static wn_status set_meta(wn_doc *doc, const char *key, json_t *take_value)
{
    return take_value == NULL ? WN_OK : wn_meta_set(doc, key, take_value, 0, 0);
}

static wn_status describe(wn_doc *doc, const page *p)
{
    const warc_header *h = &p->record;
    slice id = h->id.len > 0 ? h->id : h->uri;
    wn_status status = set_meta(doc, "url", text_of(h->uri));
    if (status == WN_OK)
        status = set_meta(doc, "captured", text_of(h->date));
    if (status == WN_OK && p->type[0] != '\0')
        status = set_meta(doc, "content_type", json_string(p->type));
    if (status == WN_OK)
        status = set_meta(doc, "warc_type", text_of(h->type));
    if (status == WN_OK)
        status = set_meta(doc, "warc_truncated", text_of(h->truncated));
    if (status == WN_OK && p->http)
        status = set_meta(doc, "http_status", json_integer(p->response.status));
    json_t *valid = text_of(id); /* an id must be UTF-8; else the host's own stays */
    if (status == WN_OK && valid != NULL && id.len > 0)
        status = wn_record_id(doc, (wn_str){id.p, id.len});
    json_decref(valid);
    return status;
}

static bool is_http(const warc_header *h, const char *block, size_t len)
{
    char type[128], charset[8];
    media_type(h->content_type, type, sizeof type, charset, sizeof charset);
    return strcmp(type, "application/http") == 0 || (len > 5 && memcmp(block, "HTTP/", 5) == 0);
}

/* False: an HTTP message whose head cannot be read. */
static bool look(wn_str record, page *p)
{
    const warc_header *h = &p->record;
    const char *block = record.p + h->size;
    size_t len = record.len - h->size;
    slice type = h->content_type;
    p->body = h->size;
    p->end = record.len;
    p->http = is_http(h, block, len);
    if (p->http) {
        if (!http_parse(block, len, &p->response))
            return false;
        p->body += p->response.body;
        type = p->response.content_type;
        page_counter(p->encoding, sizeof p->encoding, "", p->response.content_encoding);
    }
    media_type(type, p->type, sizeof p->type, p->charset, sizeof p->charset);
    return true;
}

static json_t *joined(wn_list words)
{
    json_t *all = json_array();
    for (size_t i = 0; i < words.n; i++)
        (void)json_array_append_new(all, json_string(words.item[i]));
    return all;
}

static wn_status judge(const warc_options *o, wn_doc *doc, const page *p)
{
    char status[16];
    (void)snprintf(status, sizeof status, "%d", p->response.status);
    if (p->http && !page_wanted(o->status, (slice){status, strlen(status)}))
        return wn_drop(doc, "HTTP status is not wanted", "status", json_integer(p->response.status),
                       joined(o->status));
    if (p->type[0] != '\0' && !page_wanted(o->content_types, (slice){p->type, strlen(p->type)}))
        return wn_drop(doc, "media type is not wanted", "content_types", json_string(p->type),
                       joined(o->content_types));
    if (p->body >= p->end)
        return wn_drop(doc, "empty page", "bytes", json_integer(0), json_integer(1));
    return WN_OK;
}

/* The ranges of the body's data; *ret is malloc'ed. */
static wn_status body_pieces(wn_doc *doc, wn_str record, const page *p, wn_range **ret,
                             size_t *ret_n, wn_error *err)
{
    piece *chunk = NULL;
    long n =
        p->response.chunked ? http_chunks(record.p, record.len, p->body, &chunk) : CHUNKED_DAMAGED;
    if (n == CHUNKED_DAMAGED) { /* crawlers may store the header and yet the plain body */
        if (p->response.chunked)
            wn_count(doc, "not_chunked", 1);
        n = 1;
    }
    wn_range *r = n < 0 ? NULL : calloc((size_t)n + 1, sizeof *r);
    for (long i = 0; r != NULL && i < n; i++)
        r[i] = chunk == NULL ? (wn_range){p->body, p->end, WN_MAP_EXACT, 0}
                             : (wn_range){chunk[i].start, chunk[i].end, WN_MAP_EXACT, 0};
    free(chunk);
    if (r == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory for the chunks of a page");
    *ret = r;
    *ret_n = (size_t)n;
    return WN_OK;
}

static const char *codec_of(const page *p)
{
    static const char *const codecs[] = {"gzip", "deflate"};
    if (strcmp(p->encoding, "x_gzip") == 0)
        return codecs[0];
    for (size_t i = 0; i < 2; i++)
        if (strcmp(p->encoding, codecs[i]) == 0)
            return codecs[i];
    return NULL;
}

/* Crawlers may store the decoded body under the server's header: gzip must look like it. */
static bool is_encoded(wn_str record, const wn_range *r, size_t n, const char *codec)
{
    return codec != NULL && n > 0 && r[0].end - r[0].start >= 2 &&
           (strcmp(codec, "gzip") != 0 || memcmp(record.p + r[0].start, "\x1f\x8b", 2) == 0);
}

static wn_status set_text(wn_doc *doc, wn_str record, const page *p, wn_error *err)
{
    wn_range *r = NULL;
    size_t n = 0;
    const char *codec = codec_of(p), *charset = p->charset[0] != '\0' ? p->charset : NULL;
    if (p->encoding[0] != '\0' && codec == NULL && strcmp(p->encoding, "identity") != 0)
        return wn_drop(doc, "content encoding is not supported", "content_encoding",
                       json_string(p->encoding), NULL);
    wn_status status = body_pieces(doc, record, p, &r, &n, err);
    if (status == WN_OK && is_encoded(record, r, n, codec)) {
        status = wn_record_decode(doc, r, n, codec, err);
        r[0] = (wn_range){0, wn_raw(doc).len, WN_MAP_EXACT, 0};
        n = 1;
    }
    if (status == WN_OK)
        status = wn_record_text(doc, r, n, charset, err);
    free(r);
    return status;
}

wn_status page_read(const warc_options *o, wn_doc *doc, wn_str record, wn_error *err)
{
    page p = {0};
    if (!warc_parse(record.p, record.len, &p.record))
        return wn_fail(err, WN_E_DATA, "a WARC record without a header");
    bool readable = look(record, &p);
    wn_status status = describe(doc, &p);
    if (status != WN_OK)
        return wn_fail(err, status, "the metadata of a WARC record cannot be kept");
    if (!readable)
        return wn_drop(doc, "damaged HTTP head", "http", NULL, NULL);
    status = judge(o, doc, &p);
    return status == WN_OK ? set_text(doc, record, &p, err) : status;
}
