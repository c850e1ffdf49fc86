/* t_source.c: a source for configuration tests: reads nothing. */
#include <winnow/plugin.h>

typedef struct {
    wn_list path;
    bool strict;
} settings;
static const wn_option options[] = {
    WN_OPT_INPUTS(settings, path, "files, folders or patterns"),
    WN_OPT_BOOL(settings, strict, "false", "refuse doubtful records"), WN_OPT_END};

static wn_status read_one(wn_stage *stage, wn_input *in, wn_doc *doc, wn_error *err)
{
    (void)stage, (void)in, (void)doc, (void)err;
    return WN_END;
}

static const wn_plugin plugin = {
    WN_PLUGIN_HEAD,
    .name = "t_source",
    .version = "1.0",
    .summary = "reads nothing",
    .license = "MIT",
    .options = options,
    .options_size = sizeof(settings),
    .suffixes = ".txt .html",
    .read = read_one,
};
WN_PLUGIN_ENTRY(plugin)
