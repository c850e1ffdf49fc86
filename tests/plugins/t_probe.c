/* t_probe.c: a document stage with one option of each type, and a data file when it is told to. */
#include "t_probe.h"

static const wn_option options[] = {
    WN_OPT_BOOL(probe_options, flag, "true", "a switch"),
    WN_OPT_INT(probe_options, whole, "-3", -10, 10, "a whole number"),
    WN_OPT_SIZE(probe_options, size, "64KiB", 0, 1e9, "a size"),
    WN_OPT_REAL(probe_options, real, "0.5", 0, 1, "a share"),
    WN_OPT_STRING(probe_options, text, NULL, "some words"),
    WN_OPT_ENUM(probe_options, choice, "near", "near|far|away", "a choice"),
    WN_OPT_LIST(probe_options, list, "one, two", "several words"),
    WN_OPT_STRING(probe_options, data, "", "a data file to load"),
    WN_OPT_END};

static wn_status open_it(wn_stage *stage, wn_error *err)
{
    const probe_options *o = wn_options(stage);
    wn_str *bytes = wn_stage_alloc(stage, sizeof *bytes);
    if (bytes == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    wn_set_state(stage, bytes);
    return o->data[0] == '\0' ? WN_OK : wn_load_data(stage, o->data, bytes, err);
}

static wn_status process(wn_stage *stage, wn_doc *doc, wn_error *err)
{
    (void)stage, (void)doc, (void)err;
    return WN_OK;
}

static const wn_plugin plugin = {
    WN_PLUGIN_HEAD,
    .name = "t_probe",
    .version = "1.0",
    .summary = "one option of each type",
    .license = "MIT",
    .options = options,
    .options_size = sizeof(probe_options),
    .open = open_it,
    .process = process,
};
WN_PLUGIN_ENTRY(plugin)
