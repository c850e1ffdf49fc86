/* check.c: what a stage can spoil past the host's functions: metadata and attributes are Jansson
 * objects that it changes in place, and the text can be written through a cast. */
#include "document/state.h"
#include "util/hash.h"
#include "util/json.h"
#include "util/utf8.h"
#include <math.h>
#include <string.h>

/* A list may hold another one twice, and that one a third twice: small in memory, and without end
 * when it is written. */
typedef struct looking {
    size_t left; /* values still to be looked at */
    const char *why;
} looking;

static bool sound(const json_t *value, unsigned depth, looking *l);

static bool unsound(looking *l, const char *why)
{
    l->why = why;
    return false;
}

static bool sound_members(json_t *object, unsigned depth, looking *l)
{
    for (void *i = json_object_iter(object); i != NULL; i = json_object_iter_next(object, i)) {
        if (!utf8_valid(json_object_iter_key(i), json_object_iter_key_len(i)))
            return unsound(l, "a key that is not UTF-8");
        if (!sound(json_object_iter_value(i), depth, l))
            return false;
    }
    return true;
}

static bool sound(const json_t *value, unsigned depth, looking *l)
{
    if (depth == 0)
        return unsound(l, "values nested too deeply, or in a ring");
    if (l->left-- == 0)
        return unsound(l, "too many values, or some that hold others again and again");
    switch (json_typeof(value)) {
    case JSON_STRING:
        return utf8_valid(json_string_value(value), json_string_length(value)) ||
               unsound(l, "a string that is not UTF-8");
    case JSON_REAL:
        return isfinite(json_real_value(value)) || unsound(l, "a number that is not finite");
    case JSON_OBJECT: return sound_members((json_t *)(uintptr_t)value, depth - 1, l);
    case JSON_ARRAY:
        for (size_t i = 0; i < json_array_size(value); i++)
            if (!sound(json_array_get(value, i), depth - 1, l))
                return false;
        return true;
    default: return true;
    }
}

bool json_is_sound(const json_t *value, size_t most, const char **ret_why)
{
    looking l = {most, NULL};
    if (value == NULL || sound(value, JSON_DEPTH, &l))
        return true;
    *ret_why = l.why;
    return false;
}

static wn_status check_layers(const document *d, looking *l, wn_error *err)
{
    for (size_t k = 0; k < d->n_layers; k++)
        for (size_t i = 0; i < d->layers[k].n; i++) {
            const json_t *attrs = d->layers[k].span[i].attrs;
            if (attrs != NULL && !sound(attrs, JSON_DEPTH, l))
                return wn_fail(
                    err, WN_E_STAGE,
                    "span %zu of layer %s has an attribute that cannot be written as JSON: %s", i,
                    d->layers[k].name, l->why);
        }
    return WN_OK;
}

wn_status document_check(const document *d, wn_error *err)
{
    const wn_str text = document_text(&d->handle);
    looking l = {DOCUMENT_VALUES, NULL};
    if (hash_fast(text.p, text.len) != d->text_sum)
        return wn_fail(err, WN_E_STAGE, "the text was changed in place, past wn_edit");
    if (d->meta != NULL && !sound(d->meta, JSON_DEPTH, &l))
        return wn_fail(err, WN_E_STAGE, "the metadata cannot be written as JSON: %s", l.why);
    return check_layers(d, &l, err);
}

void document_disown(document *d)
{
    const wn_str text = document_text(&d->handle);
    metadata_clear(d);
    layers_clear(d);
    d->edited = true;
    if (!utf8_valid(text.p, text.len))
        strbuf_clear(&d->text);
}
