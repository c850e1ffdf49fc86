/* record.c: raw bytes and where they lie. */
#include "document/state.h"
#include "util/json.h"
#include "util/utf8.h"
#include <string.h>

static const char *copy_name(document *d, const char *s)
{
    return s == NULL ? NULL : document_copy(d, s, strlen(s));
}

/* A path is written as JSON and opened again by `verify`: one that is not UTF-8 cannot be both.
 * What is readable of it names the reject. */
static wn_status copy_path(document *d, const char *path, wn_error *err)
{
    size_t n = strlen(path), good = utf8_valid_prefix(path, n);
    if (good == n) {
        d->at.path = document_copy(d, path, n);
        return WN_OK;
    }
    strbuf *b = &d->scratch;
    strbuf_clear(b);
    for (size_t i = 0; i < n; i += good) {
        good = utf8_valid_prefix(path + i, n - i);
        strbuf_add(b, path + i, good);
        i += good;
        good = i < n ? utf8_bad_length(path + i, n - i) : 0;
        if (good > 0)
            strbuf_puts(b, "\xEF\xBF\xBD");
    }
    d->out_of_memory |= b->oom;
    d->at.path = document_copy(d, b->p != NULL ? b->p : "", b->len);
    return wn_fail(err, WN_E_DATA, "the file's name is not UTF-8: rename it");
}

/* Unique in the run: the path, and in files of several records the place. */
static void default_id(document *d)
{
    strbuf *b = &d->scratch;
    strbuf_clear(b);
    strbuf_puts(b, d->at.path);
    if (d->at.codec != NULL && d->at.member > 0)
        strbuf_printf(b, "#%llu+%llu", (unsigned long long)d->at.member,
                      (unsigned long long)d->at.offset);
    else if (d->at.offset > 0)
        strbuf_printf(b, "#%llu", (unsigned long long)d->at.offset);
    d->id = document_copy_str(d, (wn_str){b->p != NULL ? b->p : "", b->len});
    d->out_of_memory |= b->oom;
}

static wn_status copy_locator(document *d, const locator *at, wn_error *err)
{
    d->at = *at;
    wn_status status = copy_path(d, at->path != NULL ? at->path : "", err);
    d->at.codec = copy_name(d, at->codec);
    d->at.decode = copy_name(d, at->decode);
    d->at.pieces = NULL;
    if (at->n_pieces > 0) {
        wn_range *pieces = document_take(d, at->n_pieces * sizeof *pieces);
        if (pieces != NULL)
            memcpy(pieces, at->pieces, at->n_pieces * sizeof *pieces);
        d->at.pieces = pieces;
    }
    if (!d->out_of_memory)
        default_id(d);
    return d->out_of_memory ? document_no_memory(d, err) : status;
}

wn_status document_set_record(document *d, const locator *at, wn_str raw, bool keep, wn_error *err)
{
    if (raw.len > DOCUMENT_LIMIT)
        return wn_fail(err, WN_E_LIMIT, "a record of 4 GiB or more: split the input");
    wn_status status = copy_locator(d, at, err);
    if (status != WN_OK)
        return status;
    if (keep) {
        if (document_allows(d, raw.len, err) != WN_OK)
            return WN_E_NOMEM;
        const char *copy = document_copy(d, raw.p, raw.len);
        if (copy == NULL)
            return document_no_memory(d, err);
        raw.p = copy;
    }
    d->raw = raw;
    d->raw_len = raw.len;
    d->has_raw = true;
    return WN_OK;
}

wn_str document_raw(wn_doc *doc)
{
    document *d = document_of(doc);
    wn_error err = WN_ERROR_INIT;
    wn_str raw = {"", 0};
    if (!d->has_raw && d->context.fetch != NULL &&
        d->context.fetch(d->context.self, &d->at, d->memory, &raw, &err) == WN_OK &&
        raw.len == d->raw_len) {
        d->raw = raw;
        d->has_raw = true;
    }
    return d->has_raw ? d->raw : (wn_str){"", 0};
}

wn_status document_record_id(wn_doc *doc, wn_str id)
{
    document *d = document_of(doc);
    wn_str copy = document_copy_str(d, id);
    if (copy.len != id.len)
        return WN_E_NOMEM;
    d->id = copy;
    d->id_is_number = false;
    return WN_OK;
}

/* Pieces must lie in the raw bytes; their total length is returned. */
static wn_status pieces_check(const document *d, const wn_range *pieces, size_t n,
                              size_t *ret_total, wn_error *err)
{
    uint64_t total = 0;
    for (size_t i = 0; i < n; i++) {
        if (pieces[i].start > pieces[i].end || pieces[i].end > d->raw_len)
            return wn_fail(err, WN_E_STAGE, "piece %zu is outside the record's %zu bytes", i,
                           d->raw_len);
        total += pieces[i].end - pieces[i].start;
        if (total > DOCUMENT_LIMIT)
            return wn_fail(err, WN_E_LIMIT, "pieces of 4 GiB or more in all");
    }
    *ret_total = (size_t)total;
    return WN_OK;
}

static wn_range *copy_pieces(document *d, const wn_range *pieces, size_t n)
{
    wn_range *copy = document_take(d, n * sizeof *copy);
    if (copy != NULL && n > 0)
        memcpy(copy, pieces, n * sizeof *copy);
    return copy;
}

/* The pieces one after the other; a single one is not copied. */
static wn_status join(document *d, const wn_range *pieces, size_t n, strbuf *joined, wn_str *ret,
                      wn_error *err)
{
    size_t total = 0;
    wn_status status = pieces_check(d, pieces, n, &total, err);
    if (status != WN_OK)
        return status;
    if (n == 1) {
        *ret = (wn_str){d->raw.p + pieces[0].start, total};
        return WN_OK;
    }
    if (document_allows(d, total, err) != WN_OK)
        return WN_E_NOMEM;
    strbuf_reserve(joined, total);
    for (size_t i = 0; i < n; i++)
        strbuf_add(joined, d->raw.p + pieces[i].start, (size_t)(pieces[i].end - pieces[i].start));
    if (joined->oom)
        return document_no_memory(d, err);
    *ret = (wn_str){joined->p, joined->len};
    return WN_OK;
}

/* Replace the raw bytes by those in `bytes`, which is taken over. */
static wn_status adopt(document *d, strbuf *bytes, const wn_range *pieces, size_t n,
                       const char *codec, wn_error *err)
{
    wn_range *copy = copy_pieces(d, pieces, n);
    const char *name = copy_name(d, codec);
    if (copy == NULL || name == NULL)
        return document_no_memory(d, err);
    strbuf_release(&d->decoded);
    d->decoded = *bytes;
    *bytes = (strbuf)STRBUF_INIT;
    d->at.decode = name;
    d->at.pieces = copy;
    d->at.n_pieces = n;
    json_decref(d->at_json);
    d->at_json = NULL;
    d->raw = (wn_str){d->decoded.p != NULL ? d->decoded.p : "", d->decoded.len};
    d->raw_len = d->raw.len;
    return WN_OK;
}

wn_status document_record_decode(wn_doc *doc, const wn_range *pieces, size_t n, const char *codec,
                                 wn_error *err)
{
    document *d = document_of(doc);
    if (d->at.decode != NULL || d->reading.how != READ_NOTHING)
        return wn_fail(err, WN_E_STAGE, "record_decode comes once, before record_text");
    strbuf joined = STRBUF_INIT, bytes = STRBUF_INIT;
    wn_str in = {"", 0};
    wn_status status = join(d, pieces, n, &joined, &in, err);
    if (status == WN_OK)
        status = decode_bytes(codec, in, d->max_record != 0 ? d->max_record : DOCUMENT_LIMIT,
                              &bytes, err);
    if (status == WN_OK)
        status = document_allows(d, bytes.cap, err);
    if (status == WN_OK)
        status = adopt(d, &bytes, pieces, n, codec, err);
    strbuf_release(&joined);
    strbuf_release(&bytes);
    return status;
}

/* The text was decoded from joined pieces; its map counts in their join. */
static wn_status rebase(document *d, const wn_range *pieces, size_t n, wn_error *err)
{
    spanmap rebased = {NULL, 0, 0, 0};
    if (!spanmap_rebase(&d->spare_map, d->spare_text.p, pieces, n, &rebased)) {
        spanmap_release(&rebased);
        return document_no_memory(d, err);
    }
    spanmap_release(&d->spare_map);
    d->spare_map = rebased;
    return WN_OK;
}

static wn_status remember_reading(document *d, const wn_range *pieces, size_t n,
                                  const char *charset, wn_error *err)
{
    reading r = {.how = READ_BYTES,
                 .n_pieces = n,
                 .pieces = copy_pieces(d, pieces, n),
                 .charset = copy_name(d, charset)};
    if (r.pieces == NULL || (charset != NULL && r.charset == NULL))
        return document_no_memory(d, err);
    d->reading = r;
    return WN_OK;
}

static wn_status note_charset(document *d, const decoded_text *t, wn_error *err)
{
    json_t *meta = document_meta(&d->handle);
    if (json_object_set_new(meta, "charset", json_string(t->charset)) != 0 ||
        (t->undecodable > 0 &&
         json_object_set_new(meta, "undecodable", json_integer((json_int_t)t->undecodable)) != 0))
        return document_no_memory(d, err);
    return WN_OK;
}

wn_status document_record_text(wn_doc *doc, const wn_range *pieces, size_t n, const char *charset,
                               wn_error *err)
{
    document *d = document_of(doc);
    if (d->reading.how != READ_NOTHING)
        return wn_fail(err, WN_E_STAGE, "the record's text was read before");
    strbuf joined = STRBUF_INIT;
    wn_str bytes = {"", 0};
    decoded_text made = {"utf-8", 0};
    wn_status status = join(d, pieces, n, &joined, &bytes, err);
    if (status == WN_OK)
        status = charset_decode(d, bytes, charset, &made, err);
    if (status == WN_OK && !(n == 1 && pieces[0].start == 0))
        status = rebase(d, pieces, n, err);
    if (status == WN_OK)
        status = note_charset(d, &made, err);
    if (status == WN_OK)
        status = remember_reading(d, pieces, n, charset, err);
    if (status == WN_OK)
        document_swap_text(d);
    strbuf_release(&joined);
    return status;
}

/* ---- the locator as JSON ---- */

static json_t *pieces_json(const locator *at)
{
    json_t *list = json_array();
    for (size_t i = 0; i < at->n_pieces; i++)
        (void)json_array_append_new(list, json_pack("[I,I]", (json_int_t)at->pieces[i].start,
                                                    (json_int_t)at->pieces[i].end));
    return list;
}

const json_t *document_locator_json(wn_doc *doc)
{
    document *d = document_of(doc);
    if (d->at_json != NULL)
        return d->at_json;
    json_t *o = json_object();
    (void)json_object_set_new(o, "path", json_string(d->at.path));
    (void)json_object_set_new(o, "offset", json_integer((json_int_t)d->at.offset));
    (void)json_object_set_new(o, "length", json_integer((json_int_t)d->at.length));
    if (d->at.codec != NULL) {
        (void)json_object_set_new(o, "codec", json_string(d->at.codec));
        (void)json_object_set_new(o, "member", json_integer((json_int_t)d->at.member));
    }
    if (d->at.decode != NULL) {
        (void)json_object_set_new(o, "decode", json_string(d->at.decode));
        (void)json_object_set_new(o, "pieces", pieces_json(&d->at));
    }
    d->at_json = o;
    return o;
}
