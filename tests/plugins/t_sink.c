/* t_sink.c: a sink for configuration tests: writes nothing. */
#include <winnow/plugin.h>

typedef struct {
    const char *title, *name;
} settings;
static const wn_option options[] = {
    WN_OPT_STRING(settings, title, "Weekly", "heading of the page"),
    WN_OPT_OUTPUT(settings, name, "page.txt", "file in the run directory"), WN_OPT_END};

static wn_status write_one(wn_stage *stage, wn_doc *doc, wn_str rendered, wn_error *err)
{
    (void)stage, (void)doc, (void)rendered, (void)err;
    return WN_OK;
}

static const wn_plugin plugin = {
    WN_PLUGIN_HEAD,
    .name = "t_sink",
    .version = "1.0",
    .summary = "writes nothing",
    .license = "MIT",
    .options = options,
    .options_size = sizeof(settings),
    .write = write_one,
};
WN_PLUGIN_ENTRY(plugin)
