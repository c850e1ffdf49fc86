/* clean_doc.c: what the cleaner found becomes edits, metadata and layers of the document. */
#include "clean/clean_doc.h"
#include <stdlib.h>

const char *clean_meta(wn_doc *doc, const char *key)
{
    return json_string_value(json_object_get(wn_meta(doc), key));
}

/* What a source or an earlier pass said stands. */
static wn_status take_finds(wn_doc *doc, const clean_result *r)
{
    const clean_find *best[RESULT_KEYS];
    wn_status status = WN_OK;
    for (size_t i = 0, n = result_bests(r, best); i < n && status == WN_OK; i++) {
        const clean_find *f = best[i];
        const char *old = clean_meta(doc, f->key);
        if (old == NULL || old[0] == '\0')
            status = wn_meta_set(doc, f->key, json_string(f->value), f->start, f->end);
    }
    return status;
}

static wn_status take_blocks(wn_doc *doc, const clean_result *r)
{
    static const char *const kinds[] = {NULL, "list", "quote", "caption"};
    wn_status status = WN_OK;
    for (size_t i = 0; i < r->n_blocks && status == WN_OK; i++) {
        const clean_block *b = &r->block[i];
        bool heading = b->kind == BLOCK_HEADING;
        json_t *attrs = heading                  ? json_pack("{s:i}", "level", b->level)
                        : kinds[b->kind] != NULL ? json_pack("{s:s}", "kind", kinds[b->kind])
                                                 : NULL;
        status = wn_span_add(doc, heading ? "heading" : "paragraph", b->start, b->end, attrs, NULL);
    }
    return status;
}

/* Of very many edits the last come first, so that the offsets of the others stay true: the list is
 * not there twice. In eight calls at most, each of which writes the text anew. */
static wn_status take_edits(wn_doc *doc, const clean_result *r, wn_error *err)
{
    enum { FEW = 1 << 16, CALLS = 8 };
    const size_t most = r->n_edits / CALLS < FEW ? FEW : r->n_edits / CALLS + 1;
    wn_edit *edits = malloc((r->n_edits < most ? r->n_edits + 1 : most) * sizeof *edits);
    wn_status status = edits != NULL ? WN_OK : wn_fail(err, WN_E_NOMEM, "no memory for the edits");
    for (size_t end = r->n_edits; end > 0 && status == WN_OK;) {
        size_t n = end < most ? end : most;
        const clean_edit *e = &r->edit[end - n];
        for (size_t i = 0; i < n; i++)
            edits[i] = (wn_edit){e[i].start, e[i].end, {e[i].text, e[i].len}};
        status = wn_edit_text(doc, edits, n, err);
        end -= n;
    }
    free(edits);
    return status;
}

wn_status clean_take(wn_doc *doc, const clean_result *r, wn_error *err)
{
    wn_status st = take_finds(doc, r);
    if (st != WN_OK)
        return wn_fail(err, st, "cannot note what was found in the page");
    st = take_edits(doc, r, err);
    if (st == WN_OK && (st = take_blocks(doc, r)) != WN_OK)
        (void)wn_fail(err, st, "cannot note the paragraphs of the page");
    return st;
}

bool clean_marked(const wn_doc *doc)
{
    return wn_spans(doc, "paragraph", &(size_t){0}) != NULL ||
           wn_spans(doc, "heading", &(size_t){0}) != NULL;
}
