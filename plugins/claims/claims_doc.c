/* claims_doc.c: one document through the claim finder, and its layers. */
#include "claims/claims_doc.h"
#include "claims/entity_doc.h"
#include <winnow/plugin.h>
#include <stdlib.h>
#include <string.h>

static wn_status out_of_memory(wn_error *err)
{
    return wn_fail(err, WN_E_NOMEM, "out of memory");
}

static bool attempted(wn_doc *doc, const claims_options *o)
{
    const char *language = json_string_value(json_object_get(wn_meta(doc), "language"));
    if (language == NULL || strcmp(language, "und") == 0)
        language = o->language;
    return strncmp(language, "en", 2) == 0 && (language[2] == 0 || language[2] == '-');
}

static const wn_extent *layer_extents(wn_doc *doc, const char *layer, size_t *ret_n)
{
    const wn_span *span = wn_spans(doc, layer, ret_n);
    wn_extent *e = *ret_n > 0 ? wn_alloc(doc, *ret_n * sizeof *e) : NULL;
    for (size_t i = 0; e != NULL && i < *ret_n; i++)
        e[i] = (wn_extent){(uint32_t)span[i].start, (uint32_t)span[i].end};
    if (e == NULL)
        *ret_n = 0;
    return e;
}

static size_t start_of(const claims_worker *w, range r)
{
    return w->analysis->token[r.first].start;
}

static size_t end_of(const claims_worker *w, range r)
{
    return w->analysis->token[r.last - 1].end;
}

static json_t *words_of(const claims_worker *w, const char *text, range r)
{
    return json_stringn(text + start_of(w, r), end_of(w, r) - start_of(w, r));
}

static wn_status add_quotes(wn_doc *doc, const claims_worker *w, wn_str text, wn_error *err)
{
    for (size_t i = 0; i < w->analysis->n_quotations; i++) {
        const wn_quotation *q = &w->analysis->quotation[i];
        char marks[16];
        size_t open = q->inner.start - q->outer.start, close = q->outer.end - q->inner.end;
        if (open + close >= sizeof marks)
            continue;
        memcpy(marks, text.p + q->outer.start, open);
        memcpy(marks + open, text.p + q->inner.end, close);
        json_t *attrs = json_pack("{s:s%}", "marks", marks, open + close);
        if (attrs == NULL)
            return out_of_memory(err);
        wn_status status = wn_span_add(doc, "quote", q->outer.start, q->outer.end, attrs, NULL);
        if (status != WN_OK)
            return status;
    }
    return WN_OK;
}

typedef struct quantity_writer {
    wn_doc *doc;
    const claims_worker *worker;
    const char *text;
    wn_error *err;
    wn_status status;
} quantity_writer;

static bool add_quantity(void *arg, const quantity *q)
{
    static const char *const qualifiers[] = {"exact", "over", "under", "about", "up_to", "range"};
    quantity_writer *to = arg;
    const claims_worker *w = to->worker;
    json_t *attrs = json_pack("{s:f, s:f, s:f, s:s, s:s}", "value", q->value, "low", q->low, "high",
                              q->high, "unit", q->unit, "qualifier", qualifiers[q->qualifier]);
    if (attrs != NULL && !range_empty(q->head))
        (void)json_object_set_new(attrs, "head", words_of(w, to->text, q->head));
    if (attrs != NULL && q->per != NULL)
        (void)json_object_set_new(attrs, "per", json_string(q->per));
    else if (attrs != NULL && !range_empty(q->per_words))
        (void)json_object_set_new(attrs, "per", words_of(w, to->text, q->per_words));
    to->status = attrs == NULL ? out_of_memory(to->err)
                               : wn_span_add(to->doc, "quantity", start_of(w, q->span),
                                             end_of(w, q->span), attrs, NULL);
    return to->status == WN_OK;
}

static wn_status add_quantities(wn_doc *doc, const claims_worker *w, wn_str text, wn_error *err)
{
    quantity_writer to = {doc, w, text.p, err, WN_OK};
    (void)quantities_find(&w->syntax, add_quantity, &to);
    return to.status;
}

/* A word that the lexicon does not know is its own lemma. */
static json_t *folded_word(const claims_worker *w, const char *text, uint32_t i)
{
    char word[64];
    const wn_token *t = &w->analysis->token[i];
    return json_stringn(word, wn_fold(text + t->start, t->end - t->start, word, sizeof word));
}

static json_t *claim_attrs(const claims_worker *w, const claim *c, size_t index, const char *text)
{
    static const char *const types[] = {"direct", "mixed", "indirect", "no_comment"};
    static const char *const classes[] = {"statement", "attitude", "decision"};
    static const char *const stances[] = {"asserted",    "denied",         "negated", "asked",
                                          "conditional", "reported_false", "hedged"};
    static const char *const statuses[] = {"named", "resolved", "unnamed", "unknown"};
    char id[24], parent[24];
    (void)snprintf(id, sizeof id, "c%zu", index + 1);
    (void)snprintf(parent, sizeof parent, "c%d", (int)c->parent + 1);
    json_t *attrs = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "id", id, "type",
                              types[c->type], "class", classes[c->class], "polarity",
                              c->stance == STANCE_DENIED ? "denied" : "asserted", "stance",
                              stances[c->stance], "confidence", c->doubtful ? "low" : "high",
                              "speaker_status", statuses[c->speaker_status], "rule", c->rule);
    json_t *lemma = c->lemma != NULL ? json_string(c->lemma) : folded_word(w, text, c->head);
    if (attrs == NULL || json_object_set_new(attrs, "cue_lemma", lemma) != 0) {
        json_decref(attrs);
        return NULL;
    }
    if (!range_empty(c->name))
        (void)json_object_set_new(attrs, "speaker", words_of(w, text, c->name));
    if (c->entity != NO_ENTITY) {
        (void)snprintf(id, sizeof id, "e%u", (unsigned)w->entities.entity[c->entity].id);
        (void)json_object_set_new(attrs, "speaker_entity", json_string(id));
    }
    if (c->speaker_reason != NULL)
        (void)json_object_set_new(attrs, "speaker_reason", json_string(c->speaker_reason));
    if (c->parent >= 0)
        (void)json_object_set_new(attrs, "parent", json_string(parent));
    return attrs;
}

static wn_status add_part(wn_doc *doc, const claims_worker *w, size_t index, const char *role,
                          range r)
{
    return range_empty(r) ? WN_OK
                          : wn_part_add(doc, "claim", index, role, start_of(w, r), end_of(w, r));
}

static range claim_span(const claim *c)
{
    range all = c->cue;
    if (!range_empty(c->source))
        all = (range){c->source.first < all.first ? c->source.first : all.first,
                      c->source.last > all.last ? c->source.last : all.last};
    for (unsigned i = 0; i < c->n_contents; i++) {
        all.first = c->content[i].first < all.first ? c->content[i].first : all.first;
        all.last = c->content[i].last > all.last ? c->content[i].last : all.last;
    }
    return all;
}

static wn_status add_claim(wn_doc *doc, const claims_worker *w, size_t i, wn_str text,
                           wn_error *err)
{
    const claim *c = &w->claims.item[i];
    range all = claim_span(c);
    size_t index;
    json_t *attrs = claim_attrs(w, c, i, text.p);
    if (attrs == NULL)
        return out_of_memory(err);
    wn_status status = wn_span_add(doc, "claim", start_of(w, all), end_of(w, all), attrs, &index);
    if (status == WN_OK)
        status = add_part(doc, w, index, "source", c->source);
    if (status == WN_OK)
        status = add_part(doc, w, index, "cue", c->cue);
    for (unsigned k = 0; k < c->n_contents && status == WN_OK; k++)
        status = add_part(doc, w, index, "content", c->content[k]);
    if (status == WN_OK)
        status = add_part(doc, w, index, "speaker", c->speaker);
    return status;
}

/* tokens: lists of a longer text are not worth keeping, neither for the next nor while layers are
 * written */
enum { KEPT = 1 << 16 };

static wn_status write_layers(wn_doc *doc, claims_worker *w, const claims_options *o, wn_str text,
                              wn_error *err)
{
    wn_layer_clear(doc, "quote");
    wn_layer_clear(doc, "quantity");
    wn_layer_clear(doc, "claim");
    wn_layer_clear(doc, "entity");
    wn_status status = o->quantities ? add_quantities(doc, w, text, err) : WN_OK;
    if (w->syntax.cap_tokens > KEPT)
        syntax_release(&w->syntax);
    if (status == WN_OK)
        status = add_quotes(doc, w, text, err);
    for (size_t i = 0; i < w->claims.n && status == WN_OK; i++)
        status = add_claim(doc, w, i, text, err);
    if (status == WN_OK && o->entities && strcmp(o->tier, "full") == 0)
        status = entity_layer(doc, w->analysis, &w->entities, text.p, err);
    return status;
}

void claims_worker_clear(claims_worker *w)
{
    syntax_release(&w->syntax);
    claim_list_release(&w->claims);
    claim_list_release(&w->ruled);
    attribution_work_release(&w->attribution);
    entity_set_release(&w->entities);
}

/* By rules; in the tier `full` by what was learnt on top of them. */
static bool find_claims(const claims_state *s, claims_worker *w, const extract_options *o,
                        size_t *ret_left_out)
{
    claim_list *ruled = s->learned ? &w->ruled : &w->claims;
    return claims_extract(&w->syntax, o, ruled, ret_left_out) &&
           (!s->learned ||
            attribution_find(&s->model, &w->attribution, &w->syntax, o, ruled, &w->claims));
}

static wn_status find(wn_stage *stage, wn_doc *doc, wn_error *err)
{
    const claims_options *o = wn_options(stage);
    const claims_state *s = wn_state(stage);
    claims_worker *w = wn_worker(doc);
    wn_str text = wn_text(doc);
    size_t n_headings, left_out;
    wn_status status = wn_analyse(doc, s->learned ? WN_ANALYSE_TAGS : 0, &w->analysis, err);
    if (status != WN_OK)
        return status;
    const wn_extent *headings = layer_extents(doc, "heading", &n_headings);
    extract_options eo = {(size_t)o->max_sentence, strcmp(o->classes, "all") == 0, headings,
                          n_headings};
    wn_doc_pulse beat;
    wn_pulse *pulse = wn_doc_pulse_start(&beat, doc, err);
    if (!syntax_document(&w->syntax, text.p, w->analysis, s->lexicon, pulse) ||
        !find_claims(s, w, &eo, &left_out) ||
        !speakers_resolve(&s->ranker, &w->syntax, &w->claims, &w->entities))
        return wn_doc_pulse_failure(&beat);
    if (left_out > 0)
        wn_count(doc, "sentences_too_long", (int64_t)left_out);
    return write_layers(doc, w, o, text, err);
}

wn_status claims_process(wn_stage *stage, wn_doc *doc, wn_error *err)
{
    claims_worker *w = wn_worker(doc);
    if (!attempted(doc, wn_options(stage))) {
        wn_count(doc, "language_not_attempted", 1);
        return WN_OK;
    }
    wn_status status = find(stage, doc, err);
    if (w->syntax.cap_tokens > KEPT || w->claims.cap > KEPT || w->entities.cap_mentions > KEPT)
        claims_worker_clear(w);
    return status;
}
