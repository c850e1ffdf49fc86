/* entity_doc.c: entities and their mentions as a layer. */
#include "claims/entity_doc.h"
#include <stdio.h>
#include <string.h>

static json_t *words_of(const wn_analysis *a, const char *text, range r)
{
    size_t start = a->token[r.first].start, end = a->token[r.last - 1].end;
    return json_stringn(text + start, end - start);
}

static bool add_words(json_t *attrs, const char *key, const wn_analysis *a, const char *text,
                      range r)
{
    return range_empty(r) || json_object_set_new(attrs, key, words_of(a, text, r)) == 0;
}

static bool add_one_of(json_t *attrs, const char *key, const char *const *names, unsigned which)
{
    return which == 0 || json_object_set_new(attrs, key, json_string(names[which])) == 0;
}

/* NULL: out of memory. */
static json_t *attrs_of(const entity *x, const wn_analysis *a, const char *text)
{
    static const char *const kinds[] = {"unknown", "person", "organisation", "place", "role"},
                             *const numbers[] = {"", "singular", "plural"},
                             *const genders[] = {"", "male", "female"};
    char id[24];
    (void)snprintf(id, sizeof id, "e%u", (unsigned)x->id);
    json_t *attrs = json_pack("{s:s, s:s}", "entity", id, "kind", kinds[x->kind]);
    if (attrs != NULL && add_words(attrs, "name", a, text, x->name) &&
        add_one_of(attrs, "number", numbers, x->number) &&
        add_one_of(attrs, "gender", genders, x->gender) &&
        add_words(attrs, "titles", a, text, x->titles) &&
        add_words(attrs, "acronym", a, text, x->acronym))
        return attrs;
    json_decref(attrs);
    return NULL;
}

wn_status entity_layer(wn_doc *doc, const wn_analysis *a, const entity_set *e, const char *text,
                       wn_error *err)
{
    wn_status status = WN_OK;
    /* Of each entity those of its first mention, which the layer owns; the others copy them, their
     * strings shared. */
    json_t **made = wn_alloc(doc, (e->n + 1) * sizeof *made);
    if (made == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    memset(made, 0, (e->n + 1) * sizeof *made);
    for (size_t i = 0; i < e->n_mentions && status == WN_OK; i++) {
        const mention *m = &e->mention[i];
        if (m->entity == NO_ENTITY)
            continue;
        json_t *before = made[m->entity];
        json_t *attrs =
            before != NULL ? json_copy(before) : attrs_of(&e->entity[m->entity], a, text);
        made[m->entity] = before != NULL ? before : attrs;
        status = attrs == NULL ? wn_fail(err, WN_E_NOMEM, "out of memory")
                               : wn_span_add(doc, "entity", a->token[m->span.first].start,
                                             a->token[m->span.last - 1].end, attrs, NULL);
    }
    return status;
}
