/* plugin.cc: a stage in C++, of the oldest standard that plugin.h knows; abi.sh gives it its NAME. */
#include <winnow/plugin.h>
namespace {
struct settings { int64_t most; const char *word; wn_list words; };
const wn_option options[] = {
    WN_OPT_INT(settings, most, "7", 0, 1e9, "a number"),
    WN_OPT_STRING(settings, word, "so", "a word"),
    WN_OPT_LIST(settings, words, "a, b", "words"),
    WN_OPT_END
};
wn_status process(wn_stage *stage, wn_doc *doc, wn_error *err)
{
    const settings *o = static_cast<const settings *>(wn_options(stage));
    const wn_analysis *a;
    wn_status status = wn_analyse(doc, 0, &a, err);
    if (status != WN_OK)
        return status;
    return wn_meta_set(doc, "cxx_tokens", json_integer(static_cast<json_int_t>(a->n_tokens) + o->most), 0, 0);
}
wn_plugin describe()
{
    wn_plugin p = wn_plugin_head();
    p.name = NAME;
    p.version = "1.0";
    p.license = "MIT";
    p.summary = "counts tokens";
    p.options = options;
    p.options_size = sizeof(settings);
    p.process = process;
    return p;
}
const wn_plugin plugin = describe();
}
WN_PLUGIN_ENTRY(plugin)
