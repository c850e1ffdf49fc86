/* layers.c: typed spans on the text, and how they follow its edits.
 *
 * A boundary moves with the text beside it. Text inserted at a span's edge stays outside; a
 * replacement inside the span, or of the whole span, belongs to it; of one that overlaps the edge
 * the span keeps what the replacement left. A span or part without text goes away. */
#include "document/state.h"
#include "util/alloc.h"
#include "util/utf8.h"
#include <string.h>

layer *layers_find(document *d, const char *name, bool add)
{
    size_t i = 0;
    while (i < d->n_layers && strcmp(d->layers[i].name, name) < 0)
        i++;
    if (i < d->n_layers && strcmp(d->layers[i].name, name) == 0)
        return &d->layers[i];
    if (!add)
        return NULL;
    void *items = d->layers;
    const char *copy = document_copy(d, name, strlen(name));
    if (copy == NULL ||
        !document_room(d, &items, &d->cap_layers, d->n_layers + 1, sizeof *d->layers))
        return NULL;
    d->layers = items;
    memmove(d->layers + i + 1, d->layers + i, (d->n_layers - i) * sizeof *d->layers);
    d->layers[i] = (layer){copy, NULL, 0, 0};
    d->n_layers++;
    return &d->layers[i];
}

static void empty(layer *l)
{
    for (size_t i = 0; i < l->n; i++)
        json_decref(l->span[i].attrs);
    l->n = 0;
}

void layers_clear(document *d)
{
    for (size_t i = 0; i < d->n_layers; i++) {
        empty(&d->layers[i]);
        mem_free(d->layers[i].span);
    }
    d->layers = NULL;
    d->n_layers = d->cap_layers = d->spans_memory = 0;
}

/* What is found in a text depends on its paragraphs. */
static void note_change(document *d, const layer *l)
{
    d->revision += strcmp(l->name, "paragraph") == 0;
}

void document_layer_clear(wn_doc *doc, const char *name)
{
    document *d = document_of(doc);
    layer *l = layers_find(d, name, false);
    if (l == NULL)
        return;
    empty(l);
    note_change(d, l);
}

const char *document_layer_name(const wn_doc *doc, size_t i)
{
    const document *d = document_of_const(doc);
    for (size_t k = 0; k < d->n_layers; k++)
        if (d->layers[k].n > 0 && i-- == 0)
            return d->layers[k].name;
    return NULL;
}

const wn_span *document_spans(const wn_doc *doc, const char *name, size_t *ret_n)
{
    const document *d = document_of_const(doc);
    for (size_t k = 0; k < d->n_layers; k++) {
        if (strcmp(d->layers[k].name, name) == 0 && d->layers[k].n > 0) {
            *ret_n = d->layers[k].n;
            return d->layers[k].span;
        }
    }
    *ret_n = 0;
    return NULL;
}

/* Not empty, in the text, on character boundaries. */
static bool extent_valid(const document *d, size_t start, size_t end)
{
    const wn_str t = document_text(&d->handle);
    return start < end && end <= t.len && utf8_boundary(t.p, t.len, start) &&
           utf8_boundary(t.p, t.len, end);
}

/* Lists of spans lie on the heap: in the arena each growth would leave the smaller list behind. */
static bool span_room(document *d, layer *l)
{
    const size_t before = l->cap;
    if (l->n < before)
        return true;
    if (document_allows(d, before * sizeof *l->span, NULL) != WN_OK ||
        !MEM_GROW(l->span, l->cap, l->n + 1))
        return false;
    d->spans_memory += (l->cap - before) * sizeof *l->span;
    return true;
}

static wn_status add(document *d, const char *name, wn_span span, size_t *ret_index)
{
    layer *l = layers_find(d, name, true);
    if (l == NULL || !span_room(d, l))
        return WN_E_NOMEM;
    l->span[l->n++] = span;
    note_change(d, l);
    if (ret_index != NULL)
        *ret_index = l->n - 1;
    return WN_OK;
}

wn_status document_span_add(wn_doc *doc, const char *name, size_t start, size_t end,
                            json_t *take_attrs, size_t *ret_index)
{
    document *d = document_of(doc);
    wn_status status = WN_E_STAGE;
    if (extent_valid(d, start, end) && (take_attrs == NULL || json_is_object(take_attrs)))
        status = document_charge(d, take_attrs);
    if (status == WN_OK)
        status = add(d, name, (wn_span){start, end, take_attrs, NULL, 0}, ret_index);
    if (status != WN_OK)
        json_decref(take_attrs);
    return status;
}

/* As document_room grows it from nothing; edits only make it an under-estimate. */
static size_t parts_capacity(size_t n)
{
    size_t cap = n == 0 ? 0 : 4;
    while (cap < n)
        cap *= 2;
    return cap;
}

wn_status document_part_add(wn_doc *doc, const char *name, size_t index, const char *role,
                            size_t start, size_t end)
{
    document *d = document_of(doc);
    layer *l = layers_find(d, name, false);
    if (l == NULL || index >= l->n || !extent_valid(d, start, end))
        return WN_E_STAGE;
    wn_span *s = &l->span[index];
    void *parts = (void *)(uintptr_t)s->parts;
    size_t cap = parts_capacity(s->n_parts);
    const char *copy = document_copy(d, role, strlen(role));
    if (copy == NULL || !document_room(d, &parts, &cap, s->n_parts + 1, sizeof(wn_part)))
        return WN_E_NOMEM;
    ((wn_part *)parts)[s->n_parts] = (wn_part){copy, start, end};
    s->parts = parts;
    s->n_parts++;
    return WN_OK;
}

/* ---- edits ---- */

typedef struct shift {
    const wn_edit *edit;
    const size_t *start; /* where the text of each edit starts in the new text */
    size_t n;
    bool whole_survives;
} shift;

wn_status layers_edit_prepare(document *d, const wn_edit *edits, size_t n, size_t **ret_starts)
{
    size_t *starts = d->n_layers == 0 ? NULL : document_take(d, n * sizeof *starts), gained = 0;
    if (d->n_layers == 0)
        return WN_OK;
    if (starts == NULL)
        return WN_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        starts[i] = edits[i].start + gained; /* modulo 2^64 */
        gained += edits[i].text.len - (edits[i].end - edits[i].start);
    }
    *ret_starts = starts;
    return WN_OK;
}

/* How many edits start before `at`, or (with_equal) at it. */
static size_t edits_before(const shift *s, size_t at, bool with_equal)
{
    size_t low = 0, high = s->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->edit[middle].start < at || (with_equal && s->edit[middle].start == at))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t moved_start(const shift *s, size_t at)
{
    size_t k = edits_before(s, at, true);
    if (k == 0)
        return at;
    const wn_edit *e = &s->edit[k - 1];
    size_t start = s->start[k - 1], end = start + e->text.len;
    if (e->end > at)
        return e->start == at ? start : end;
    return end + (at - e->end);
}

static size_t moved_end(const shift *s, size_t at)
{
    size_t k = edits_before(s, at, false);
    if (k == 0)
        return at;
    const wn_edit *e = &s->edit[k - 1];
    return e->end > at ? s->start[k - 1] : s->start[k - 1] + e->text.len + (at - e->end);
}

/* Move [*start, *end); false: nothing is left. */
static bool moved(const shift *s, size_t *start, size_t *end)
{
    if (!s->whole_survives && s->edit[0].start <= *start && *end <= s->edit[0].end)
        return false;
    size_t new_start = moved_start(s, *start), new_end = moved_end(s, *end);
    *start = new_start;
    *end = new_end;
    return new_start < new_end;
}

static void move_parts(const shift *s, wn_span *span)
{
    wn_part *parts = (wn_part *)(uintptr_t)span->parts;
    size_t left = 0;
    for (size_t i = 0; i < span->n_parts; i++)
        if (moved(s, &parts[i].start, &parts[i].end))
            parts[left++] = parts[i];
    span->n_parts = left;
}

void layers_edit(document *d, const wn_edit *edits, size_t n, const size_t *starts,
                 bool whole_survives)
{
    const shift s = {edits, starts, n, whole_survives};
    for (size_t k = 0; k < d->n_layers; k++) {
        layer *l = &d->layers[k];
        size_t left = 0;
        for (size_t i = 0; i < l->n; i++) {
            wn_span span = l->span[i];
            if (!moved(&s, &span.start, &span.end)) {
                json_decref(span.attrs);
                continue;
            }
            move_parts(&s, &span);
            l->span[left++] = span;
        }
        l->n = left;
    }
}
