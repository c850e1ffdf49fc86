/* edit.c: changes of the text. Text, map and layers are made new beside the old ones, so that a
 * failure changes nothing. */
#include "document/state.h"
#include "util/hash.h"
#include "util/utf8.h"
#include <string.h>

void document_swap_text(document *d)
{
    strbuf text = d->text;
    spanmap map = d->map;
    d->text = d->spare_text;
    d->map = d->spare_map;
    d->spare_text = text;
    d->spare_map = map;
    strbuf_clear(&d->spare_text);
    /* of a text in so many pieces one map at a time is enough */
    if (spanmap_memory(&d->spare_map) > MAP_KEPT)
        spanmap_release(&d->spare_map);
    spanmap_clear(&d->spare_map);
    document_sum_text(d);
#ifdef WN_ARENA_DEBUG
    strbuf_release(&d->spare_text); /* so that the tools see a use of the old text */
#endif
}

void document_sum_text(document *d)
{
    const wn_str text = document_text(&d->handle);
    d->text_sum = hash_fast(text.p, text.len);
    d->revision++;
}

static wn_status check(const document *d, const wn_edit *edits, size_t n, size_t *ret_length,
                       wn_error *err)
{
    const wn_str text = document_text(&d->handle);
    size_t after = 0, length = text.len;
    for (size_t i = 0; i < n; i++) {
        const wn_edit *e = &edits[i];
        if (e->start < after || e->end < e->start || e->end > text.len)
            return wn_fail(err, WN_E_STAGE,
                           "edit %zu [%zu, %zu) is out of order or outside the text's %zu bytes", i,
                           e->start, e->end, text.len);
        if (!utf8_boundary(text.p, text.len, e->start) || !utf8_boundary(text.p, text.len, e->end))
            return wn_fail(err, WN_E_STAGE, "edit %zu [%zu, %zu) cuts a character", i, e->start,
                           e->end);
        if (!utf8_valid(e->text.p, e->text.len))
            return wn_fail(err, WN_E_STAGE, "edit %zu: its text is not valid UTF-8", i);
        length -= e->end - e->start;
        if (e->text.len > DOCUMENT_LIMIT - length)
            return wn_fail(err, WN_E_LIMIT, "edit %zu makes a text of 4 GiB or more", i);
        length += e->text.len;
        after = e->end;
    }
    *ret_length = length;
    return WN_OK;
}

static void write_text(const document *d, const wn_edit *edits, size_t n, strbuf *out)
{
    const wn_str text = document_text(&d->handle);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        strbuf_add(out, text.p + at, edits[i].start - at);
        strbuf_add(out, edits[i].text.p, edits[i].text.len);
        at = edits[i].end;
    }
    strbuf_add(out, text.p + at, text.len - at);
}

static wn_status apply(document *d, const wn_edit *edits, size_t n, wn_map_kind kind, wn_error *err)
{
    size_t length = 0, *starts = NULL;
    wn_status status = check(d, edits, n, &length, err);
    if (status != WN_OK || n == 0)
        return status;
    size_t grows = length > d->spare_text.cap ? length - d->spare_text.cap : 0;
    if (document_allows(d, grows, err) != WN_OK)
        return WN_E_NOMEM;
    strbuf_clear(&d->spare_text);
    spanmap_clear(&d->spare_map);
    strbuf_reserve(&d->spare_text, length);
    write_text(d, edits, n, &d->spare_text);
    if (d->spare_text.oom ||
        !spanmap_edit(&d->map, document_text(&d->handle).p, edits, n, kind, &d->spare_map) ||
        layers_edit_prepare(d, edits, n, &starts) != WN_OK)
        return document_no_memory(d, err);
    layers_edit(d, edits, n, starts, kind != WN_MAP_APPROX);
    document_swap_text(d);
    d->edited = true;
    return WN_OK;
}

wn_status document_edit(wn_doc *doc, const wn_edit *edits, size_t n, wn_error *err)
{
    return apply(document_of(doc), edits, n, WN_MAP_EDITED, err);
}

static size_t common_prefix(wn_str a, wn_str b)
{
    size_t n = a.len < b.len ? a.len : b.len, i = 0;
    while (i < n && a.p[i] == b.p[i])
        i++;
    while (!utf8_boundary(a.p, a.len, i) || !utf8_boundary(b.p, b.len, i))
        i--;
    return i;
}

/* Of what follows the prefix. */
static size_t common_suffix(wn_str a, wn_str b, size_t prefix)
{
    size_t n = (a.len < b.len ? a.len : b.len) - prefix, i = 0;
    while (i < n && a.p[a.len - 1 - i] == b.p[b.len - 1 - i])
        i++;
    while (!utf8_boundary(a.p, a.len, a.len - i))
        i--;
    return i;
}

wn_status document_set_text(wn_doc *doc, wn_str text, wn_error *err)
{
    const wn_str old = document_text(doc);
    if (!utf8_valid(text.p, text.len))
        return wn_fail(err, WN_E_STAGE, "the new text is not valid UTF-8");
    size_t prefix = common_prefix(old, text), suffix = common_suffix(old, text, prefix);
    wn_edit middle = {prefix, old.len - suffix, {text.p + prefix, text.len - suffix - prefix}};
    if (middle.start == middle.end && middle.text.len == 0)
        return WN_OK;
    return apply(document_of(doc), &middle, 1, WN_MAP_APPROX, err);
}
