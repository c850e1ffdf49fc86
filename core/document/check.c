/* check.c: what a stage can spoil past the host's functions: metadata and attributes are Jansson objects that it changes in
 * place, and the text can be written through a cast. */
#include "document/state.h"
#include "util/hash.h"
#include "util/json.h"
#include "util/utf8.h"
#include <math.h>
#include <string.h>

static bool sound(const json_t *value, unsigned depth, const char **ret_why);

static bool unsound(const char **ret_why, const char *why)
{
    *ret_why = why;
    return false;
}

static bool sound_members(json_t *object, unsigned depth, const char **ret_why)
{
    for (void *i = json_object_iter(object); i != NULL; i = json_object_iter_next(object, i)) {
        if (!utf8_valid(json_object_iter_key(i), json_object_iter_key_len(i)))
            return unsound(ret_why, "a key that is not UTF-8");
        if (!sound(json_object_iter_value(i), depth, ret_why))
            return false;
    }
    return true;
}

static bool sound(const json_t *value, unsigned depth, const char **ret_why)
{
    if (depth == 0)
        return unsound(ret_why, "values nested too deeply, or in a ring");
    switch (json_typeof(value)) {
    case JSON_STRING:
        return utf8_valid(json_string_value(value), json_string_length(value)) || unsound(ret_why, "a string that is not UTF-8");
    case JSON_REAL:
        return isfinite(json_real_value(value)) || unsound(ret_why, "a number that is not finite");
    case JSON_OBJECT:
        return sound_members((json_t *)(uintptr_t)value, depth - 1, ret_why);
    case JSON_ARRAY:
        for (size_t i = 0; i < json_array_size(value); i++)
            if (!sound(json_array_get(value, i), depth - 1, ret_why))
                return false;
        return true;
    default:
        return true;
    }
}

bool json_is_sound(const json_t *value, const char **ret_why)
{
    return value == NULL || sound(value, JSON_DEPTH, ret_why);
}

static wn_status check_layers(const document *d, wn_error *err)
{
    const char *why = NULL;
    for (size_t k = 0; k < d->n_layers; k++)
        for (size_t i = 0; i < d->layers[k].n; i++)
            if (!json_is_sound(d->layers[k].span[i].attrs, &why))
                return wn_fail(err, WN_E_STAGE, "span %zu of layer %s has an attribute that cannot be written as JSON: %s", i,
                               d->layers[k].name, why);
    return WN_OK;
}

wn_status document_check(const document *d, wn_error *err)
{
    const wn_str text = document_text(&d->handle);
    const char *why = NULL;
    if (hash_fast(text.p, text.len) != d->text_sum)
        return wn_fail(err, WN_E_STAGE, "the text was changed in place, past wn_edit");
    if (!json_is_sound(d->meta, &why))
        return wn_fail(err, WN_E_STAGE, "the metadata cannot be written as JSON: %s", why);
    return check_layers(d, err);
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
