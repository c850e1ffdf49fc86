/* claims.c: glue between winnow and the claim finder. */
#include "claims/claims_doc.h"
#include <stdlib.h>
#include <string.h>

static const wn_option options[] = {
    WN_OPT_ENUM(claims_options, classes, "all", "all|statements",
                "statements: leave out what sources think, want and intend"),
    WN_OPT_ENUM(claims_options, tier, "full", "full|fast",
                "fast: by rules on plain word lists, without what was learnt: many times faster"),
    WN_OPT_STRING(claims_options, language, "en",
                  "language of documents that do not tell theirs; only en is attempted"),
    WN_OPT_INT(claims_options, max_sentence, "400", 20, 10000,
               "sentences with more tokens are left out, and counted"),
    WN_OPT_BOOL(claims_options, quantities, "true", "also write the layer `quantity`"),
    WN_OPT_BOOL(claims_options, entities, "true", "also write the layer `entity` (tier full)"),
    WN_OPT_STRING(claims_options, cues, "cues.txt", "data file: cues of attribution"),
    WN_OPT_STRING(claims_options, words, "words.txt", "data file: word lists"),
    WN_OPT_STRING(claims_options, tagger, "tagger.model",
                  "data file: model of the part-of-speech tagger"),
    WN_OPT_STRING(claims_options, model, "attribution.model",
                  "data file: model of who says what, for tier full"),
    WN_OPT_STRING(claims_options, weights, "speaker.weights",
                  "data file: weights of the ranker that finds whom a pronoun means"),
    WN_OPT_END,
};

/* What only the tier `full` needs. */
static wn_status open_models(wn_stage *stage, claims_state *s, wn_error *err)
{
    const claims_options *o = wn_options(stage);
    wn_str model;
    wn_status status = wn_load_tagger(stage, o->tagger, err);
    if (status == WN_OK)
        status = wn_load_data(stage, o->model, &model, err);
    if (status != WN_OK)
        return status;
    if (!attribution_load(&s->model, model.p, model.len))
        return wn_fail(
            err, WN_E_CONFIG,
            "%.200s: not a model of attribution of this version, or damaged: make it with "
            "`make models`",
            o->model);
    s->learned = true;
    return WN_OK;
}

static wn_status open_ranker(wn_stage *stage, claims_state *s, wn_error *err)
{
    const claims_options *o = wn_options(stage);
    wn_str weights;
    char problem[256];
    wn_status status = wn_load_data(stage, o->weights, &weights, err);
    if (status != WN_OK)
        return status;
    return ranker_load(&s->ranker, weights.p, weights.len, problem, sizeof problem)
               ? WN_OK
               : wn_fail(err, WN_E_CONFIG, "%s", problem);
}

static wn_status claims_open(wn_stage *stage, wn_error *err)
{
    const claims_options *o = wn_options(stage);
    claims_state *s = wn_stage_alloc(stage, sizeof *s);
    wn_str cues, words;
    char problem[256];
    if (s == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    wn_set_state(stage, s);
    wn_status status = wn_load_data(stage, o->cues, &cues, err);
    if (status == WN_OK)
        status = wn_load_data(stage, o->words, &words, err);
    if (status == WN_OK)
        status = open_ranker(stage, s, err);
    if (status == WN_OK && strcmp(o->tier, "full") == 0)
        status = open_models(stage, s, err);
    if (status != WN_OK)
        return status;
    s->lexicon = lexicon_new(cues.p, cues.len, words.p, words.len, problem, sizeof problem);
    return s->lexicon != NULL ? WN_OK : wn_fail(err, WN_E_CONFIG, "%s", problem);
}

static void claims_close(wn_stage *stage)
{
    claims_state *s = wn_state(stage);
    if (s != NULL)
        lexicon_free(s->lexicon);
}

static wn_status worker_open(wn_stage *stage, void **ret_worker, wn_error *err)
{
    (void)stage;
    *ret_worker = calloc(1, sizeof(claims_worker));
    return *ret_worker != NULL ? WN_OK : wn_fail(err, WN_E_NOMEM, "out of memory");
}

static void worker_close(wn_stage *stage, void *worker)
{
    (void)stage;
    if (worker != NULL)
        claims_worker_clear(worker);
    free(worker);
}

static const wn_plugin plugin = {
    WN_PLUGIN_HEAD,
    .name = "claims",
    .version = "1.0",
    .license = "MIT",
    .summary = "find who says what: source, cue, content and speaker; quotations and quantities",
    .options = options,
    .options_size = sizeof(claims_options),
    .open = claims_open,
    .close = claims_close,
    .worker_open = worker_open,
    .worker_close = worker_close,
    .process = claims_process,
};
WN_PLUGIN_ENTRY(plugin)
