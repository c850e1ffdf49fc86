/* bad_callbacks.c: does nothing at all. */
#include "bad.h"

static const wn_plugin plugin = {WN_PLUGIN_HEAD, .name = "bad_callbacks", BAD_REST};
WN_PLUGIN_ENTRY(plugin)
