/* metadata.c: the metadata object, and where its values were read. */
#include "document/state.h"
#include <string.h>

json_t *document_meta(wn_doc *doc)
{
    document *d = document_of(doc);
    if (d->meta == NULL)
        d->meta = json_object();
    if (d->meta == NULL)
        d->out_of_memory = true;
    return d->meta;
}

void metadata_clear(document *d)
{
    for (size_t i = 0; i < d->n_origins; i++)
        json_decref(d->origins[i].value);
    d->origins = NULL;
    d->n_origins = d->cap_origins = 0;
    if (json_object_size(d->meta) > 0)
        json_object_clear(d->meta);
}

static size_t place(const document *d, const char *key)
{
    size_t i = 0;
    while (i < d->n_origins && strcmp(d->origins[i].key, key) < 0)
        i++;
    return i;
}

static bool found(const document *d, size_t i, const char *key)
{
    return i < d->n_origins && strcmp(d->origins[i].key, key) == 0;
}

const origin *metadata_origin(const document *d, const char *key)
{
    size_t i = place(d, key);
    return found(d, i, key) && json_object_get(d->meta, key) == d->origins[i].value ? &d->origins[i] : NULL;
}

static void forget(document *d, const char *key)
{
    size_t i = place(d, key);
    if (!found(d, i, key))
        return;
    json_decref(d->origins[i].value);
    memmove(d->origins + i, d->origins + i + 1, (d->n_origins - i - 1) * sizeof *d->origins);
    d->n_origins--;
}

static bool remember(document *d, const char *key, json_t *value, const wn_range *ranges, size_t n)
{
    size_t i = place(d, key);
    void *items = d->origins;
    const char *name = document_copy(d, key, strlen(key));
    wn_range *copy = document_take(d, n * sizeof *copy);
    if (name == NULL || copy == NULL || !document_room(d, &items, &d->cap_origins, d->n_origins + 1, sizeof *d->origins))
        return false;
    d->origins = items;
    memcpy(copy, ranges, n * sizeof *copy);
    memmove(d->origins + i + 1, d->origins + i, (d->n_origins - i) * sizeof *d->origins);
    d->origins[i] = (origin){name, json_incref(value), copy, n};
    d->n_origins++;
    return true;
}

wn_status metadata_put(document *d, const char *key, json_t *take_value, const wn_range *ranges, size_t n)
{
    json_t *meta = document_meta(&d->handle);
    json_t *value = json_incref(take_value);
    wn_status status = json_object_set_new(meta, key, take_value) == 0 ? WN_OK : WN_E_NOMEM;
    forget(d, key);
    if (status == WN_OK && n > 0 && !remember(d, key, value, ranges, n))
        status = WN_E_NOMEM;
    if (status != WN_OK)
        d->out_of_memory = true;
    json_decref(value);
    return status;
}

wn_status document_meta_set(wn_doc *doc, const char *key, json_t *take_value, size_t start, size_t end)
{
    document *d = document_of(doc);
    if (take_value == NULL || start > end || end > document_text(doc).len) {
        json_decref(take_value);
        return WN_E_STAGE;
    }
    size_t n = document_raw_ranges(doc, start, end, NULL, 0);
    wn_range *ranges = n > 0 ? document_take(d, n * sizeof *ranges) : NULL;
    if (n > 0 && ranges == NULL) {
        json_decref(take_value);
        return WN_E_NOMEM;
    }
    (void)document_raw_ranges(doc, start, end, ranges, n);
    return metadata_put(d, key, take_value, ranges, n);
}

size_t document_meta_ranges(const wn_doc *doc, const char *key, wn_range *ret_ranges, size_t cap)
{
    const origin *o = metadata_origin(document_of_const(doc), key);
    for (size_t i = 0; o != NULL && i < o->n && i < cap; i++)
        ret_ranges[i] = o->range[i];
    return o != NULL ? o->n : 0;
}
