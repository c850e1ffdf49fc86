/* freeze.c: a document between two steps, as bytes. Numbers are LEB128 (low seven bits first),
 * strings and lists have their length before them; JSON values are JSON text. The raw bytes stay in
 * the input. */
#include "document/state.h"
#include "util/json.h"
#include "util/utf8.h"
#include <string.h>

static const char magic[] = "WNd1";

/* ---- writing ---- */

static void put_uint(strbuf *out, uint64_t n)
{
    char bytes[10];
    size_t i = 0;
    for (; n >= 0x80; n >>= 7)
        bytes[i++] = (char)(n | 0x80);
    bytes[i++] = (char)n;
    strbuf_add(out, bytes, i);
}

static void put_str(strbuf *out, wn_str s)
{
    put_uint(out, s.len);
    strbuf_add(out, s.p, s.len);
}

static void put_name(strbuf *out, const char *s) /* NULL is 0, else the length + 1 */
{
    put_uint(out, s == NULL ? 0 : strlen(s) + 1);
    if (s != NULL)
        strbuf_puts(out, s);
}

static void put_ranges(strbuf *out, const wn_range *r, size_t n)
{
    put_uint(out, n);
    for (size_t i = 0; i < n; i++) {
        put_uint(out, r[i].start);
        put_uint(out, r[i].end - r[i].start);
        put_uint(out, r[i].kind);
    }
}

static void put_kept(strbuf *out, const kept_key *k, size_t n)
{
    put_uint(out, n);
    for (size_t i = 0; i < n; i++) {
        put_str(out, k[i].key);
        put_str(out, k[i].value);
    }
}

static void put_map(strbuf *out, const spanmap *m)
{
    put_uint(out, m->n);
    for (size_t i = 0; i < m->n; i++) {
        const segment *s = &m->seg[i];
        put_uint(out, spanmap_text_end(m, i) - s->text_start);
        put_uint(out, (uint64_t)s->form | (uint64_t)s->kind << 2);
        put_uint(out, s->raw_start);
        if (s->form != MAP_BYTES)
            put_uint(out, s->raw_len);
        if (s->form == MAP_CHARS)
            put_uint(out, s->per_char);
    }
}

static bool put_json(strbuf *out, strbuf *scratch, const json_t *value)
{
    strbuf_clear(scratch);
    const bool ok = value == NULL || json_put(scratch, value);
    put_str(out, (wn_str){scratch->len > 0 ? scratch->p : "", scratch->len});
    out->oom |= scratch->oom;
    return ok;
}

static bool put_span(strbuf *out, strbuf *scratch, const wn_span *s)
{
    put_uint(out, s->start);
    put_uint(out, s->end);
    put_uint(out, s->n_parts);
    for (size_t i = 0; i < s->n_parts; i++) {
        put_name(out, s->parts[i].role);
        put_uint(out, s->parts[i].start);
        put_uint(out, s->parts[i].end);
    }
    return put_json(out, scratch, s->attrs);
}

static bool put_layers(strbuf *out, strbuf *scratch, const document *d)
{
    size_t filled = 0;
    bool ok = true;
    while (document_layer_name(&d->handle, filled) != NULL)
        filled++;
    put_uint(out, filled);
    for (size_t k = 0; k < filled; k++) {
        size_t n;
        const char *name = document_layer_name(&d->handle, k);
        const wn_span *spans = document_spans(&d->handle, name, &n);
        put_name(out, name);
        put_uint(out, n);
        for (size_t i = 0; i < n; i++)
            ok = put_span(out, scratch, &spans[i]) && ok;
    }
    return ok;
}

static void put_origins(strbuf *out, const document *d)
{
    size_t valid = 0;
    for (size_t i = 0; i < d->n_origins; i++)
        valid += metadata_origin(d, d->origins[i].key) != NULL;
    put_uint(out, valid);
    for (size_t i = 0; i < d->n_origins; i++)
        if (metadata_origin(d, d->origins[i].key) != NULL) {
            put_name(out, d->origins[i].key);
            put_ranges(out, d->origins[i].range, d->origins[i].n);
        }
}

static void put_record(strbuf *out, const document *d)
{
    put_name(out, d->at.path);
    put_name(out, d->at.codec);
    put_uint(out, d->at.member);
    put_uint(out, d->at.offset);
    put_uint(out, d->at.length);
    put_name(out, d->at.decode);
    put_ranges(out, d->at.pieces, d->at.n_pieces);
    put_str(out, d->id);
    put_uint(out, (uint64_t)d->id_is_number | (uint64_t)d->edited << 1);
    put_uint(out, d->raw_len);
}

static void put_reading(strbuf *out, const reading *r)
{
    put_uint(out, (uint64_t)r->how);
    put_name(out, r->charset);
    put_ranges(out, r->pieces, r->n_pieces);
    put_name(out, r->text_key);
    put_name(out, r->id_key);
}

wn_status document_freeze(const document *d, strbuf *out)
{
    strbuf scratch = STRBUF_INIT;
    const size_t before = out->len;
    strbuf_add(out, magic, sizeof magic - 1);
    put_record(out, d);
    put_reading(out, &d->reading);
    put_str(out, document_text(&d->handle));
    put_map(out, &d->map);
    bool ok = put_layers(out, &scratch, d);
    ok = put_json(out, &scratch, d->meta) && ok;
    put_origins(out, d);
    put_kept(out, d->kept, d->n_kept);
    put_kept(out, d->kept_meta, d->n_kept_meta);
    put_str(out, d->name); /* last: see document_name_frozen */
    strbuf_release(&scratch);
    if (ok && !out->oom)
        return WN_OK;
    if (out->p != NULL)
        out->p[out->len = before] = '\0';
    return ok ? WN_E_NOMEM : WN_E_STAGE; /* nested too deeply */
}

void document_name_frozen(strbuf *out, wn_str frozen, wn_str name)
{
    strbuf_add(out, frozen.p, frozen.len - 1); /* all but the length of an empty name */
    put_str(out, name);
}

/* ---- reading ---- */

typedef struct thawing {
    document *d;
    const char *p, *end;
    bool damaged, oom;
} thawing;

static bool good(const thawing *t)
{
    return !t->damaged && !t->oom;
}

/* The first trouble counts: what follows it is read amiss. */
static void damaged(thawing *t, bool is)
{
    t->damaged = t->damaged || (is && !t->oom);
}

static void starved(thawing *t, bool is)
{
    t->oom = t->oom || (is && !t->damaged);
}

static uint64_t get_uint(thawing *t)
{
    uint64_t n = 0;
    for (unsigned shift = 0; shift < 64 && t->p < t->end; shift += 7) {
        const unsigned char c = (unsigned char)*t->p++;
        n |= (uint64_t)(c & 0x7F) << shift;
        if (c < 0x80)
            return n;
    }
    damaged(t, true);
    return 0;
}

/* A number of things that take at least `each` bytes here. */
static size_t get_count(thawing *t, size_t each)
{
    uint64_t n = get_uint(t);
    if (n > (size_t)(t->end - t->p) / each) {
        damaged(t, true);
        return 0;
    }
    return (size_t)n;
}

static wn_str get_bytes(thawing *t, size_t n)
{
    const wn_str s = {t->p, n};
    t->p += n;
    return s;
}

static wn_str get_str(thawing *t)
{
    return get_bytes(t, get_count(t, 1));
}

static wn_str keep(thawing *t, wn_str s)
{
    const char *copy = good(t) ? document_copy(t->d, s.p, s.len) : NULL;
    starved(t, copy == NULL);
    return copy != NULL ? (wn_str){copy, s.len} : (wn_str){"", 0};
}

static const char *get_name(thawing *t)
{
    uint64_t n = get_uint(t);
    if (n == 0)
        return NULL;
    if (n - 1 > (size_t)(t->end - t->p)) {
        damaged(t, true);
        return NULL;
    }
    const wn_str s = get_bytes(t, (size_t)n - 1);
    damaged(t, !utf8_valid(s.p, s.len) || (s.len > 0 && memchr(s.p, '\0', s.len) != NULL));
    return keep(t, s).p;
}

static const char *get_some_name(thawing *t)
{
    const char *s = get_name(t);
    damaged(t, s == NULL);
    return s != NULL ? s : "";
}

static wn_range *get_ranges(thawing *t, size_t *ret_n)
{
    size_t n = get_count(t, 3);
    wn_range *r = good(t) ? document_take(t->d, n * sizeof *r) : NULL;
    starved(t, r == NULL);
    for (size_t i = 0; r != NULL && i < n; i++) {
        r[i].start = get_uint(t);
        uint64_t length = get_uint(t);
        damaged(t, length > UINT64_MAX - r[i].start);
        r[i].end = r[i].start + length;
        uint64_t kind = get_uint(t);
        damaged(t, kind > WN_MAP_APPROX);
        r[i].kind = (uint32_t)kind;
    }
    *ret_n = good(t) ? n : 0;
    return good(t) ? r : NULL;
}

static bool is_json(wn_str s)
{
    json_scan scan = json_scan_start(s);
    wn_str whole;
    return utf8_valid(s.p, s.len) && json_scan_value(&scan, &whole) && json_scan_end(&scan);
}

static void get_kept(thawing *t, kept_key **list, size_t *n_kept, size_t *cap)
{
    size_t n = get_count(t, 2);
    for (size_t i = 0; i < n && good(t); i++) {
        wn_str key = keep(t, get_str(t)), value = keep(t, get_str(t));
        damaged(t, !utf8_valid(key.p, key.len) || !is_json(value));
        starved(t, good(t) && !kept_add(t->d, list, n_kept, cap, key, value));
    }
}

/* An object, or NULL for none. */
static json_t *get_object(thawing *t)
{
    const wn_str s = get_str(t);
    scan_status status = SCAN_OK;
    if (s.len == 0 || !good(t))
        return NULL;
    json_t *value = is_json(s) && s.p[0] == '{' ? json_tree(s, &t->d->scratch, &status) : NULL;
    starved(t, value == NULL && status == SCAN_NOMEM);
    damaged(t, value == NULL && status != SCAN_NOMEM);
    return value;
}

static void get_record(thawing *t)
{
    document *d = t->d;
    d->at.path = get_some_name(t);
    d->at.codec = get_name(t);
    d->at.member = get_uint(t);
    d->at.offset = get_uint(t);
    d->at.length = get_uint(t);
    d->at.decode = get_name(t);
    d->at.pieces = get_ranges(t, &d->at.n_pieces);
    d->id = keep(t, get_str(t));
    uint64_t flags = get_uint(t), raw_len = get_uint(t);
    d->id_is_number = (flags & 1) != 0;
    d->edited = (flags & 2) != 0;
    damaged(t, flags > 3 || raw_len > DOCUMENT_LIMIT || !utf8_valid(d->id.p, d->id.len) ||
                   (d->id_is_number && !is_json(d->id)));
    d->raw_len = t->damaged ? 0 : (size_t)raw_len;
}

static void get_reading(thawing *t)
{
    reading *r = &t->d->reading;
    uint64_t how = get_uint(t);
    damaged(t, how > READ_JSON);
    r->charset = get_name(t);
    r->pieces = get_ranges(t, &r->n_pieces);
    r->text_key = get_name(t);
    r->id_key = get_name(t);
    damaged(t, how == READ_JSON && (r->text_key == NULL || r->id_key == NULL));
    r->how = !good(t)            ? READ_NOTHING
             : how == READ_JSON  ? READ_JSON
             : how == READ_BYTES ? READ_BYTES
                                 : READ_NOTHING;
}

static void get_text(thawing *t)
{
    const wn_str s = get_str(t);
    damaged(t, s.len > DOCUMENT_LIMIT || !utf8_valid(s.p, s.len));
    if (!good(t))
        return;
    starved(t, document_allows(t->d, s.len, NULL) != WN_OK);
    strbuf_add(&t->d->text, s.p, s.len);
    starved(t, t->d->text.oom);
    document_sum_text(t->d);
}

static void get_segment(thawing *t, spanmap *m, size_t text_len)
{
    const uint64_t len = get_uint(t), what = get_uint(t), raw_start = get_uint(t);
    const uint64_t form = what & 3, kind = what >> 2;
    const uint64_t raw_len = form == MAP_BYTES ? len : get_uint(t),
                   per = form == MAP_CHARS ? get_uint(t) : 1;
    if (len == 0 || len > text_len - m->text_len || kind > WN_MAP_APPROX ||
        raw_start > t->d->raw_len || raw_len > t->d->raw_len - raw_start || per == 0 ||
        per > UINT16_MAX || raw_len % per != 0)
        damaged(t, true);
    if (!good(t))
        return;
    bool ok = form == MAP_BYTES   ? spanmap_bytes(m, (size_t)len, (size_t)raw_start)
              : form == MAP_CHARS ? spanmap_chars(m, (size_t)len, (size_t)raw_start,
                                                  (size_t)(raw_len / per), (unsigned)per)
              : form == MAP_WHOLE ? spanmap_whole(m, (size_t)len, (size_t)raw_start,
                                                  (size_t)raw_len, (wn_map_kind)kind)
                                  : spanmap_none(m, (size_t)len);
    starved(t, !ok);
}

static void get_map(thawing *t)
{
    const wn_str text = document_text(&t->d->handle);
    size_t n = get_count(t, 3);
    for (size_t i = 0; i < n && good(t); i++)
        get_segment(t, &t->d->map, text.len);
    damaged(t, good(t) && !spanmap_valid(&t->d->map, text.p, text.len, t->d->raw_len));
}

static void get_span(thawing *t, const char *layer_name)
{
    wn_doc *doc = &t->d->handle;
    size_t start = (size_t)get_uint(t), end = (size_t)get_uint(t), index = 0,
           n_parts = get_count(t, 3);
    wn_status status =
        good(t) ? document_span_add(doc, layer_name, start, end, NULL, &index) : WN_OK;
    for (size_t i = 0; i < n_parts && good(t) && status == WN_OK; i++) {
        const char *role = get_some_name(t);
        size_t from = (size_t)get_uint(t), to = (size_t)get_uint(t);
        status = good(t) ? document_part_add(doc, layer_name, index, role, from, to) : WN_OK;
    }
    starved(t, status == WN_E_NOMEM);
    damaged(t, status == WN_E_STAGE);
    if (!good(t))
        return;
    json_t *attrs = get_object(t);
    layers_find(t->d, layer_name, false)->span[index].attrs = attrs;
    starved(t, document_charge(t->d, attrs) != WN_OK);
}

static void get_layers(thawing *t)
{
    size_t n = get_count(t, 2);
    for (size_t k = 0; k < n && good(t); k++) {
        const char *name = get_some_name(t);
        size_t spans = get_count(t, 4);
        for (size_t i = 0; i < spans && good(t); i++)
            get_span(t, name);
    }
}

static void get_metadata(thawing *t)
{
    json_t *meta = get_object(t);
    if (meta != NULL) {
        json_decref(t->d->meta);
        t->d->meta = meta;
    }
    size_t n = get_count(t, 2);
    for (size_t i = 0; i < n && good(t); i++) {
        size_t ranges;
        const char *key = get_some_name(t);
        const wn_range *range = get_ranges(t, &ranges);
        json_t *value = json_object_get(t->d->meta, key);
        damaged(t, value == NULL && good(t));
        if (good(t) && metadata_put(t->d, key, json_incref(value), range, ranges) != WN_OK)
            t->oom = true;
    }
}

static void get_document_name(thawing *t)
{
    const wn_str s = get_str(t);
    damaged(t, !utf8_valid(s.p, s.len));
    if (s.len > 0)
        t->d->name = keep(t, s);
}

static void set_limits(document *d, size_t memory, size_t span_ratio)
{
    d->limit = memory;
    d->max_span_ratio = span_ratio;
    arena_set_limit(d->memory, memory);
}

static wn_status thaw(document *d, wn_str frozen, wn_error *err)
{
    thawing t = {d, frozen.p, frozen.p + frozen.len, false, false};
    document_reset(d);
    if (frozen.len < sizeof magic - 1 || memcmp(frozen.p, magic, sizeof magic - 1) != 0)
        return wn_fail(err, WN_E_INTERNAL,
                       "spooled document without its mark: the spool file is damaged");
    t.p += sizeof magic - 1;
    get_record(&t);
    get_reading(&t);
    get_text(&t);
    get_map(&t);
    get_layers(&t);
    get_metadata(&t);
    get_kept(&t, &d->kept, &d->n_kept, &d->cap_kept);
    get_kept(&t, &d->kept_meta, &d->n_kept_meta, &d->cap_kept_meta);
    get_document_name(&t);
    if (good(&t) && t.p == t.end)
        return WN_OK;
    document_reset(d);
    return t.oom ? document_no_memory(d, err)
                 : wn_fail(err, WN_E_INTERNAL,
                           "spooled document is malformed: the spool file is damaged");
}

/* What stayed within the limits once is read back whole, though its text may have been cut since,
 * or its memory lie otherwise: the stage that asks for more is the one to be told. */
wn_status document_thaw(document *d, wn_str frozen, wn_error *err)
{
    size_t limit = d->limit, ratio = d->max_span_ratio;
    set_limits(d, 0, 0);
    wn_status status = thaw(d, frozen, err);
    set_limits(d, limit, ratio);
    return status;
}
