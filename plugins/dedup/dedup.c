/* dedup.c: glue between winnow and the duplicate finder. */
#include <winnow/plugin.h>
#include "dedup/cluster.h"
#include "dedup/dedup_corpus.h"
#include "dedup/minhash.h"
#include "dedup/shingle.h"

#include <stdlib.h>
#include <string.h>

static const wn_option options[] = {
    WN_OPT_REAL(dedup_options, threshold, "0.7", 0.3, 1.0,
                "Jaccard similarity of shingles from which documents are near-duplicates"),
    WN_OPT_ENUM(dedup_options, keep, "origin", "origin|all",
                "origin: copies leave the corpus; all: copies stay, marked"),
    WN_OPT_BOOL(dedup_options, near, "true", "find near-duplicates too, not only exact ones"),
    WN_OPT_INT(dedup_options, shingle, "5", 1, 20, "words in a shingle"),
    WN_OPT_INT(dedup_options, permutations, "128", 8, MINHASH_MAX, "MinHash permutations"),
    WN_OPT_INT(dedup_options, bands, "0", 0, MINHASH_MAX, "LSH bands; 0: chosen for the threshold"),
    WN_OPT_INT(dedup_options, rows, "0", 0, MINHASH_MAX,
               "permutations in a band; 0: chosen for the threshold"),
    WN_OPT_INT(dedup_options, min_shingles, "10", 1, 1000000,
               "documents with fewer shingles are compared exactly only"),
    WN_OPT_END,
};

static wn_status dedup_open(wn_stage *stage, wn_error *err)
{
    const dedup_options *o = wn_options(stage);
    if (o->bands * o->rows > o->permutations)
        return wn_fail(err, WN_E_CONFIG,
                       "bands x rows is %lld, more than the %lld permutations: lower bands or rows",
                       (long long)(o->bands * o->rows), (long long)o->permutations);
    if ((o->bands == 0) != (o->rows == 0))
        return wn_fail(err, WN_E_CONFIG, "bands and rows go together: set both, or neither");
    minhash *m = wn_stage_alloc(stage, sizeof *m);
    if (m == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    minhash_init(m, (unsigned)o->permutations, (unsigned)o->bands, (unsigned)o->rows, o->threshold);
    wn_set_state(stage, m);
    return WN_OK;
}

static wn_status worker_open(wn_stage *stage, void **ret_worker, wn_error *err)
{
    (void)stage;
    shingle_set *s = calloc(1, sizeof *s);
    if (s == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    *ret_worker = s;
    return WN_OK;
}

static void worker_close(wn_stage *stage, void *worker)
{
    (void)stage;
    if (worker != NULL)
        shingle_release(worker);
    free(worker);
}

static wn_status emit_key(wn_doc *doc, char kind, unsigned band, uint64_t a, uint64_t b)
{
    char key[1 + 2 + 16];
    key[0] = kind;
    key[1] = (char)(band >> 8), key[2] = (char)(band & 0xFF);
    memcpy(key + 3, &a, 8);
    memcpy(key + 11, &b, 8);
    return wn_emit(doc, (wn_str){key, sizeof key}, (wn_str){"", 0});
}

static wn_status emit_bands(wn_doc *doc, const minhash *m, const shingle_set *s)
{
    uint32_t signature[MINHASH_MAX];
    minhash_sign(m, s->hash, s->n, signature);
    wn_status status = WN_OK;
    for (unsigned band = 0; band < m->bands && status == WN_OK; band++)
        status = emit_key(doc, 'b', band, minhash_band(m, signature, band), 0);
    return status;
}

static wn_status dedup_emit(wn_stage *stage, wn_doc *doc, wn_error *err)
{
    const dedup_options *o = wn_options(stage);
    shingle_set *s = wn_worker(doc);
    wn_str text = wn_text(doc);
    wn_doc_pulse beat;
    s->pulse = wn_doc_pulse_start(&beat, doc, err);
    bool ok = shingle_text(s, text.p, text.len, (unsigned)o->shingle);
    s->pulse = NULL;
    if (!ok)
        return wn_doc_pulse_failure(&beat);
    wn_status status = dedup_note(doc, s, err);
    if (status == WN_OK && s->n_words > 0) /* empty texts are not copies of each other */
        status = emit_key(doc, 'e', 0, s->exact[0], s->exact[1]);
    if (status == WN_OK && o->near && s->n >= (size_t)o->min_shingles)
        status = emit_bands(doc, wn_state(stage), s);
    return status;
}

static const wn_plugin plugin = {
    WN_PLUGIN_HEAD,
    .name = "dedup",
    .version = "1.0",
    .license = "MIT",
    .summary = "find exact and near duplicates, choose an origin, drop or mark the copies",
    .options = options,
    .options_size = sizeof(dedup_options),
    .open = dedup_open,
    .worker_open = worker_open,
    .worker_close = worker_close,
    .emit = dedup_emit,
    .reduce = dedup_reduce,
    .settle = dedup_settle,
    .apply = dedup_apply,
};
WN_PLUGIN_ENTRY(plugin)
