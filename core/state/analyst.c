/* analyst.c: see analyst.h. */
#include "state/analyst.h"
#include "util/alloc.h"

/* The rules of the language that the metadata tell. */
static const text_rules *rules_for(const text_rule_set *set, wn_doc *doc)
{
    if (set == NULL || set->n < 2)
        return set == NULL || set->n == 0 ? NULL : set->item[0];
    return text_rules_for(set, json_string_value(json_object_get(document_meta(doc), "language")));
}

static bool is_current(const analyst *a, const wn_doc *doc, const text_rules *rules)
{
    return a->known && a->revision == document_revision(doc) && a->found.rules == rules;
}

/* The layer `paragraph`; NULL and WN_OK: there is none. */
static wn_status known_paragraphs(wn_doc *doc, wn_extent **ret, size_t *ret_n, wn_error *err)
{
    const wn_span *span = document_spans(doc, "paragraph", ret_n);
    if (*ret_n == 0)
        return WN_OK;
    *ret = mem_alloc(*ret_n * sizeof **ret);
    if (*ret == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    for (size_t i = 0; i < *ret_n; i++)
        (*ret)[i] = (wn_extent){(uint32_t)span[i].start, (uint32_t)span[i].end};
    return WN_OK;
}

static wn_status read_text(analyst *a, wn_doc *doc, wn_doc_pulse *beat)
{
    const wn_str text = document_text(doc);
    wn_extent *paragraph = NULL;
    size_t n;
    wn_status status = known_paragraphs(doc, &paragraph, &n, beat->err);
    if (status != WN_OK)
        return status;
    a->known = false;
    a->tagged_by = NULL;
    if (!text_analyse(&a->found, text.p, text.len, paragraph, n))
        status = wn_doc_pulse_failure(beat);
    mem_free(paragraph);
    if (status != WN_OK)
        return status;
    a->view = text_view(&a->found);
    a->known = true;
    a->revision = document_revision(doc);
    return WN_OK;
}

static wn_status add_tags(analyst *a, wn_doc *doc, const tagger *by, const wn_doc_pulse *beat)
{
    if (by == NULL)
        return wn_fail(beat->err, WN_E_STAGE,
                       "wn_analyse is asked for parts of speech by a stage that loaded no model; "
                       "call wn_load_tagger in open()");
    a->tagged_by = NULL;
    if (!text_tag(&a->found, by, &a->work, document_text(doc).p))
        return wn_doc_pulse_failure(beat);
    a->tagged_by = by;
    a->view.tag = a->found.tag;
    return WN_OK;
}

void analyst_trim(analyst *a)
{
    if (a->found.cap_tokens > KEEP_TOKENS)
        analyst_release(a);
}

wn_status analyst_ask(analyst *a, wn_doc *doc, bool tags, const analyst_means *with,
                      const wn_analysis **ret_analysis, wn_error *err)
{
    wn_doc_pulse beat;
    wn_status status = WN_OK;
    const text_rules *rules = rules_for(with->rules, doc);
    const tagger *by = with->tagger;
    const bool current = is_current(a, doc, rules);
    if (!current) {
        analyst_trim(a);
        if (document_text(doc).len >= UINT32_MAX)
            return wn_fail(err, WN_E_LIMIT, "text of 4 GiB or more: split the document");
    }
    a->found.pulse = wn_doc_pulse_start(&beat, doc, err);
    a->found.rules = rules;
    if (!current)
        status = read_text(a, doc, &beat);
    if (status == WN_OK && tags && (by == NULL || a->tagged_by != by))
        status = add_tags(a, doc, by, &beat);
    a->found.pulse = NULL;
    if (status == WN_OK)
        *ret_analysis = &a->view;
    return status;
}

void analyst_release(analyst *a)
{
    text_analysis_release(&a->found);
    tagger_work_release(&a->work);
    *a = (analyst){0};
}
