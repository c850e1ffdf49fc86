/* bad_corpus.c: a corpus stage without settle. */
#include "bad.h"

static wn_status reduce(wn_stage *stage, wn_corpus *corpus, wn_str key, const wn_value *values,
                        size_t n, wn_error *err)
{
    (void)stage, (void)corpus, (void)key, (void)values, (void)n, (void)err;
    return WN_OK;
}

static wn_status apply(wn_stage *stage, wn_doc *doc, wn_str verdict, wn_error *err)
{
    (void)stage, (void)doc, (void)verdict, (void)err;
    return WN_OK;
}

static const wn_plugin plugin = {
    WN_PLUGIN_HEAD,      .name = "bad_corpus", BAD_REST,
    .emit = bad_process, .reduce = reduce,     .apply = apply,
};
WN_PLUGIN_ENTRY(plugin)
