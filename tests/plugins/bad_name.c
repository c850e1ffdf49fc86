/* bad_name.c: calls itself differently from its file. */
#include "bad.h"

static const wn_plugin plugin = {WN_PLUGIN_HEAD, .name = "good_name", BAD_REST,
                                 .process = bad_process};
WN_PLUGIN_ENTRY(plugin)
