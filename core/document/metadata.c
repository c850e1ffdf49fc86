/* metadata.c: the metadata object, and where its values were read. */
#include "document/state.h"
#include <stdlib.h>
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

/* Where the key is, or belongs. */
static size_t place(const document *d, const char *key)
{
    size_t low = 0, high = d->n_origins;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(d->origins[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool found(const document *d, size_t i, const char *key)
{
    return i < d->n_origins && strcmp(d->origins[i].key, key) == 0;
}

const origin *metadata_origin(const document *d, const char *key)
{
    size_t i = place(d, key);
    return found(d, i, key) && json_object_get(d->meta, key) == d->origins[i].value ? &d->origins[i]
                                                                                    : NULL;
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

/* A new entry at the end of the list. */
static bool append(document *d, const char *key, json_t *value, const wn_range *ranges, size_t n)
{
    void *items = d->origins;
    const char *name = document_copy(d, key, strlen(key));
    wn_range *copy = document_take(d, n * sizeof *copy);
    if (name == NULL || copy == NULL ||
        !document_room(d, &items, &d->cap_origins, d->n_origins + 1, sizeof *d->origins))
        return false;
    d->origins = items;
    memcpy(copy, ranges, n * sizeof *copy);
    d->origins[d->n_origins] = (origin){name, json_incref(value), copy, n, d->n_origins};
    d->n_origins++;
    return true;
}

static void move_to_place(document *d)
{
    const origin last = d->origins[--d->n_origins];
    size_t i = place(d, last.key);
    memmove(d->origins + i + 1, d->origins + i, (d->n_origins - i) * sizeof *d->origins);
    d->origins[i] = last;
    d->n_origins++;
}

wn_status metadata_put(document *d, const char *key, json_t *take_value, const wn_range *ranges,
                       size_t n)
{
    json_t *meta = document_meta(&d->handle);
    json_t *value = json_incref(take_value);
    wn_status status = json_object_set_new(meta, key, take_value) == 0 ? WN_OK : WN_E_NOMEM;
    forget(d, key);
    if (status == WN_OK && n > 0 && !append(d, key, value, ranges, n))
        status = WN_E_NOMEM;
    else if (status == WN_OK && n > 0)
        move_to_place(d);
    if (status != WN_OK)
        d->out_of_memory = true;
    json_decref(value);
    return status;
}

wn_status metadata_put_many(document *d, const char *key, json_t *take_value, const wn_range *range)
{
    json_t *value = json_incref(take_value);
    wn_status status = WN_E_NOMEM;
    if (json_object_set_new_nocheck(document_meta(&d->handle), key, take_value) == 0 &&
        append(d, key, value, range, 1))
        status = WN_OK;
    else
        d->out_of_memory = true;
    json_decref(value);
    return status;
}

static int by_key_and_age(const void *a, const void *b)
{
    const origin *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order != 0 ? order : x->age < y->age ? 1 : -1;
}

void metadata_sort(document *d)
{
    size_t left = 0;
    if (d->n_origins > 1)
        qsort(d->origins, d->n_origins, sizeof *d->origins, by_key_and_age);
    for (size_t i = 0; i < d->n_origins; i++) {
        if (left > 0 && strcmp(d->origins[left - 1].key, d->origins[i].key) == 0)
            json_decref(d->origins[i].value);
        else
            d->origins[left++] = d->origins[i];
    }
    d->n_origins = left;
}

wn_status document_meta_set(wn_doc *doc, const char *key, json_t *take_value, size_t start,
                            size_t end)
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
