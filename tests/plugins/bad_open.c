/* bad_open.c: an open() that fails. */
#include "bad.h"

static wn_status open_it(wn_stage *stage, wn_error *err)
{
    return wn_fail(err, WN_E_CONFIG, "stage %s wants more than it was given", wn_stage_id(stage));
}

static const wn_plugin plugin = {
    WN_PLUGIN_HEAD, .name = "bad_open", BAD_REST, .open = open_it, .process = bad_process,
};
WN_PLUGIN_ENTRY(plugin)
