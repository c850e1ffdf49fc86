/* docjson.c: documents and rejects as JSON lines. The order of keys is fixed: id, text, source,
 * created, added, the record's other keys, input, metadata, provenance, spans, raw, map, reject. */
#include "document/state.h"
#include "util/json.h"
#include <string.h>

static const char *const kind_names[] = {"exact", "decoded", "edited", "approx"};

static void put_key(strbuf *out, const char *key)
{
    strbuf_putc(out, ',');
    json_put_string(out, key, strlen(key));
    strbuf_putc(out, ':');
}

static void put_text(strbuf *out, const char *s)
{
    json_put_string(out, s, strlen(s));
}

static void put_number(strbuf *out, const char *key, uint64_t n)
{
    put_key(out, key);
    json_put_uint(out, n);
}

/* ---- the record's own keys ---- */

static bool equals(wn_str s, const char *word)
{
    return s.len == strlen(word) && memcmp(s.p, word, s.len) == 0;
}

static bool among(wn_str key, const char *const *words)
{
    for (; *words != NULL; words++)
        if (equals(key, *words))
            return true;
    return false;
}

/* Keys that winnow writes itself: a record's own value under one of them goes into "input". */
static const char *const reserved[] = {"id",    "doc", "text", "metadata", "provenance",
                                       "spans", "raw", "map",  "reject",   NULL};
static const char *const leading[] = {"source", "created", "added", NULL};

static void put_kept(strbuf *out, const kept_key *k, char before)
{
    strbuf_putc(out, before);
    json_put_string(out, k->key.p, k->key.len);
    strbuf_putc(out, ':');
    strbuf_add(out, k->value.p, k->value.len);
}

static void put_kept_keys(strbuf *out, const document *d)
{
    bool nests = false;
    for (size_t i = 0; i < d->n_kept; i++)
        nests = nests || among(d->kept[i].key, reserved);
    for (const char *const *name = leading; *name != NULL; name++)
        for (size_t i = 0; i < d->n_kept; i++)
            if (equals(d->kept[i].key, *name))
                put_kept(out, &d->kept[i], ',');
    for (size_t i = 0; i < d->n_kept; i++)
        if (!among(d->kept[i].key, leading) && !among(d->kept[i].key, reserved) &&
            !(nests && equals(d->kept[i].key, "input")))
            put_kept(out, &d->kept[i], ',');
    if (!nests)
        return;
    put_key(out, "input");
    char before = '{';
    for (size_t i = 0; i < d->n_kept; i++)
        if (among(d->kept[i].key, reserved) || equals(d->kept[i].key, "input")) {
            put_kept(out, &d->kept[i], before);
            before = ',';
        }
    strbuf_putc(out, '}');
}

static void put_id(strbuf *out, const document *d)
{
    strbuf_puts(out, "{\"id\":");
    if (d->id_is_number)
        strbuf_add(out, d->id.p, d->id.len);
    else
        json_put_string(out, d->id.p, d->id.len);
    if (d->name.len > 0) {
        put_key(out, "doc");
        json_put_string(out, d->name.p, d->name.len);
    }
}

/* ---- metadata ---- */

static bool put_metadata(strbuf *out, const document *d)
{
    put_key(out, "metadata");
    if (!json_put(out, d->meta != NULL && json_object_size(d->meta) > 0 ? d->meta : NULL))
        return false;
    size_t members = json_object_size(d->meta);
    if (members == 0) {
        out->len -= out->oom ? 0 : 4; /* null */
        strbuf_puts(out, "{}");
    }
    for (size_t i = 0; i < d->n_kept_meta && !out->oom; i++) {
        const kept_key *k = &d->kept_meta[i];
        if (json_object_getn(d->meta, k->key.p, k->key.len) != NULL)
            continue;
        out->len--; /* the closing brace */
        put_kept(out, k, members++ > 0 ? ',' : ' ');
        strbuf_putc(out, '}');
    }
    return true;
}

/* A list of ranges while it is written: neighbours that are both exact or decoded are one; edited
 * and approximate ranges say so. */
typedef struct range_list {
    strbuf *out;
    wn_range last;
    bool some; /* `last` is one */
} range_list;

static void put_range(const range_list *l)
{
    strbuf_putc(l->out, '[');
    json_put_uint(l->out, l->last.start);
    strbuf_putc(l->out, ',');
    json_put_uint(l->out, l->last.end);
    if (l->last.kind > WN_MAP_DECODED) {
        strbuf_putc(l->out, ',');
        put_text(l->out, kind_names[l->last.kind]);
    }
    strbuf_putc(l->out, ']');
}

static void add_range(range_list *l, const wn_range *r)
{
    if (l->some && l->last.kind <= WN_MAP_DECODED && r->kind <= WN_MAP_DECODED &&
        l->last.end == r->start) {
        l->last.end = r->end;
        return;
    }
    if (l->some) {
        put_range(l);
        strbuf_putc(l->out, ',');
    }
    l->last = *r;
    l->some = true;
}

static void end_ranges(const range_list *l)
{
    if (l->some)
        put_range(l);
    strbuf_putc(l->out, ']');
}

static range_list begin_ranges(strbuf *out)
{
    strbuf_putc(out, '[');
    return (range_list){.out = out};
}

static void put_ranges(strbuf *out, const wn_range *r, size_t n)
{
    range_list l = begin_ranges(out);
    for (size_t i = 0; i < n; i++)
        add_range(&l, &r[i]);
    end_ranges(&l);
}

/* Of a block that is a whole text there can be a range for every character: none is kept. */
static void put_raw_of(strbuf *out, const document *d, size_t start, size_t end)
{
    range_walk w = spanmap_walk(&d->map, document_text(&d->handle).p, start, end);
    put_key(out, "raw");
    range_list l = begin_ranges(out);
    for (wn_range r; spanmap_next(&w, &r);)
        add_range(&l, &r);
    end_ranges(&l);
}

static void put_provenance(strbuf *out, const document *d)
{
    char before = '{';
    put_key(out, "provenance");
    for (size_t i = 0; i < d->n_origins; i++) {
        if (metadata_origin(d, d->origins[i].key) == NULL)
            continue;
        strbuf_putc(out, before);
        put_text(out, d->origins[i].key);
        strbuf_putc(out, ':');
        put_ranges(out, d->origins[i].range, d->origins[i].n);
        before = ',';
    }
    strbuf_puts(out, before == '{' ? "{}" : "}");
}

/* ---- spans ---- */

static const char *const span_keys[] = {"start", "end", "raw", "parts", "attrs", NULL};

/* Attributes stand beside start and end; those with a name taken there go into "attrs". */
static bool put_attributes(strbuf *out, json_t *attrs)
{
    bool nests = false;
    for (void *i = json_object_iter(attrs); i != NULL; i = json_object_iter_next(attrs, i)) {
        const wn_str key = {json_object_iter_key(i), json_object_iter_key_len(i)};
        if (among(key, span_keys)) {
            nests = true;
            continue;
        }
        strbuf_putc(out, ',');
        json_put_string(out, key.p, key.len);
        strbuf_putc(out, ':');
        if (!json_put(out, json_object_iter_value(i)))
            return false;
    }
    char before = '{';
    for (const char *const *name = span_keys; nests && *name != NULL; name++) {
        const json_t *value = json_object_get(attrs, *name);
        if (value == NULL)
            continue;
        strbuf_puts(out, before == '{' ? ",\"attrs\":{" : ",");
        before = ',';
        put_text(out, *name);
        strbuf_putc(out, ':');
        if (!json_put(out, value))
            return false;
    }
    if (nests)
        strbuf_putc(out, '}');
    return true;
}

static void put_extent(strbuf *out, const document *d, size_t start, size_t end)
{
    strbuf_puts(out, "\"start\":");
    json_put_uint(out, start);
    put_number(out, "end", end);
    put_raw_of(out, d, start, end);
}

static bool put_span(strbuf *out, const document *d, const wn_span *s)
{
    strbuf_putc(out, '{');
    put_extent(out, d, s->start, s->end);
    if (s->attrs != NULL && !put_attributes(out, s->attrs))
        return false;
    for (size_t i = 0; i < s->n_parts; i++) {
        strbuf_puts(out, i == 0 ? ",\"parts\":[" : ",");
        strbuf_puts(out, "{\"role\":");
        put_text(out, s->parts[i].role);
        strbuf_putc(out, ',');
        put_extent(out, d, s->parts[i].start, s->parts[i].end);
        strbuf_putc(out, '}');
    }
    strbuf_puts(out, s->n_parts > 0 ? "]}" : "}");
    return true;
}

static bool put_spans(strbuf *out, const document *d)
{
    const char *name;
    put_key(out, "spans");
    for (size_t k = 0; (name = document_layer_name(&d->handle, k)) != NULL; k++) {
        size_t n;
        const wn_span *spans = document_spans(&d->handle, name, &n);
        strbuf_putc(out, k == 0 ? '{' : ',');
        put_text(out, name);
        strbuf_puts(out, ":[");
        for (size_t i = 0; i < n; i++) {
            if (i > 0)
                strbuf_putc(out, ',');
            if (!put_span(out, d, &spans[i]))
                return false;
        }
        strbuf_putc(out, ']');
    }
    strbuf_puts(out, document_layer_name(&d->handle, 0) == NULL ? "{}" : "}");
    return true;
}

/* ---- locator and map ---- */

static void put_pieces(strbuf *out, const locator *at)
{
    put_key(out, "pieces");
    put_ranges(out, at->pieces, at->n_pieces);
}

static void put_locator(strbuf *out, const locator *at)
{
    put_key(out, "raw");
    strbuf_puts(out, "{\"path\":");
    put_text(out, at->path);
    put_number(out, "offset", at->offset);
    put_number(out, "length", at->length);
    if (at->codec != NULL) {
        put_key(out, "codec");
        put_text(out, at->codec);
        put_number(out, "member", at->member);
    }
    if (at->decode != NULL) {
        put_key(out, "decode");
        put_text(out, at->decode);
        put_pieces(out, at);
    }
    strbuf_putc(out, '}');
}

/* [text start, text end, raw start, raw end, kind], and the raw bytes of a character where all have
 * as many. */
static void put_map(strbuf *out, const spanmap *m)
{
    char before = '[';
    put_key(out, "map");
    for (size_t i = 0; i < m->n; i++) {
        const segment *s = &m->seg[i];
        if (s->form == MAP_NONE)
            continue;
        const uint64_t numbers[] = {s->text_start, spanmap_text_end(m, i), s->raw_start,
                                    (uint64_t)s->raw_start + s->raw_len};
        strbuf_putc(out, before);
        before = ',';
        for (size_t k = 0; k < 4; k++) {
            strbuf_putc(out, k == 0 ? '[' : ',');
            json_put_uint(out, numbers[k]);
        }
        strbuf_putc(out, ',');
        put_text(out, kind_names[s->kind]);
        if (s->form == MAP_CHARS) {
            strbuf_putc(out, ',');
            json_put_uint(out, s->per_char);
        }
        strbuf_putc(out, ']');
    }
    strbuf_puts(out, before == '[' ? "[]" : "]");
}

static wn_status too_deep(wn_error *err)
{
    return wn_fail(err, WN_E_STAGE, "metadata or attributes are nested deeper than %d", JSON_DEPTH);
}

/* In the arena; the first huge one stays where it was written, not to be there twice. */
static bool keep_line(document *d, strbuf *written, wn_str *ret_line)
{
    enum { HUGE_LINE = 1 << 20 };
    const char *line;
    size_t len = written->len;
    if (len > HUGE_LINE && d->line.p == NULL) {
        d->line = *written;
        *written = (strbuf)STRBUF_INIT;
        line = d->line.p;
    } else {
        line = document_copy(d, written->p, len);
    }
    if (line != NULL)
        *ret_line = (wn_str){line, len};
    return line != NULL;
}

wn_status document_json(wn_doc *doc, unsigned flags, wn_str *ret_line, wn_error *err)
{
    document *d = document_of(doc);
    strbuf *out = &d->scratch;
    const wn_str text = document_text(doc);
    strbuf_clear(out);
    put_id(out, d);
    put_key(out, "text");
    json_put_string(out, text.p, text.len);
    put_kept_keys(out, d);
    if (!put_metadata(out, d))
        return too_deep(err);
    put_provenance(out, d);
    if ((flags & WN_JSON_NO_SPANS) == 0 && !put_spans(out, d))
        return too_deep(err);
    put_locator(out, &d->at);
    if ((flags & WN_JSON_MAP) != 0)
        put_map(out, &d->map);
    strbuf_puts(out, "}\n");
    if (out->oom || document_allows(d, out->len, err) != WN_OK)
        return document_no_memory(d, err);
    return keep_line(d, out, ret_line) ? WN_OK : document_no_memory(d, err);
}

/* ---- rejects ---- */

enum { LOSSY_LIMIT = 64 << 10 };

/* Read the record once more into `again`, as its source did. */
static bool read_again(document *d, document *again)
{
    const reading *r = &d->reading;
    wn_error ignored = WN_ERROR_INIT;
    const wn_str raw = document_raw(&d->handle);
    if (!d->has_raw || document_set_record(again, &d->at, raw, false, &ignored) != WN_OK)
        return false;
    if (r->how == READ_JSON)
        return document_record_json(&again->handle, r->text_key, r->id_key, &ignored) == WN_OK;
    if (r->how == READ_BYTES)
        return document_record_text(&again->handle, r->pieces, r->n_pieces, r->charset, &ignored) ==
               WN_OK;
    decoded_text t;
    const wn_str cut = {raw.p, raw.len < LOSSY_LIMIT ? raw.len : LOSSY_LIMIT};
    if (charset_decode(again, cut, "utf-8", &t, &ignored) != WN_OK)
        return false;
    document_swap_text(again);
    return true;
}

/* The text as the source read it, or the nearest to it that can be had, with words that say so. */
static void put_source_text(strbuf *out, document *d, strbuf *note)
{
    document *again = NULL;
    wn_str text = document_text(&d->handle);
    if (d->edited || d->reading.how == READ_NOTHING) {
        again = document_new(d->handle.host, d->limit);
        if (again != NULL && read_again(d, again))
            text = document_text(&again->handle);
        else
            strbuf_puts(note, "the text is the edited one: the record could not be read again");
    }
    if (d->reading.how == READ_NOTHING && note->len == 0)
        strbuf_printf(note, "the text is the record's raw bytes, the first %zu of %zu",
                      d->raw_len < LOSSY_LIMIT ? d->raw_len : (size_t)LOSSY_LIMIT, d->raw_len);
    put_key(out, "text");
    json_put_string(out, text.p, text.len);
    document_free(again);
}

static void put_word(strbuf *out, const char *key, const char *word)
{
    if (word != NULL) {
        put_key(out, key);
        put_text(out, word);
    }
}

static bool put_verdict(strbuf *out, const verdict *v, const strbuf *note)
{
    put_key(out, "reject");
    strbuf_puts(out, "{\"stage\":");
    put_text(out, v->stage != NULL ? v->stage : "");
    put_word(out, "status",
             v->status == WN_DROP     ? "dropped"
             : v->status == WN_MERGED ? "merged"
                                      : "failed");
    put_word(out, "reason", v->reason);
    put_word(out, "rule", v->rule);
    if (v->value != NULL) {
        put_key(out, "value");
        if (!json_put(out, v->value))
            return false;
    }
    if (v->threshold != NULL) {
        put_key(out, "threshold");
        if (!json_put(out, v->threshold))
            return false;
    }
    put_word(out, "into", v->into);
    if (note->len > 0)
        put_word(out, "note", note->p);
    strbuf_putc(out, '}');
    return true;
}

wn_status document_reject_json(wn_doc *doc, strbuf *out, wn_error *err)
{
    document *d = document_of(doc);
    strbuf note = STRBUF_INIT;
    const size_t before = out->len;
    put_id(out, d);
    put_source_text(out, d, &note);
    put_kept_keys(out, d);
    bool shallow = put_metadata(out, d);
    put_locator(out, &d->at);
    shallow = put_verdict(out, &d->verdict, &note) && shallow;
    strbuf_puts(out, "}\n");
    const bool oom = out->oom || note.oom;
    strbuf_release(&note);
    if (shallow && !oom)
        return WN_OK;
    if (out->p != NULL)
        out->p[out->len = before] = '\0';
    return oom ? document_no_memory(d, err) : too_deep(err);
}
