/* bad_default.c: a default beyond its own range. */
#include "bad.h"

typedef struct {
    double share;
} bad_settings;
static const wn_option options[] = {WN_OPT_REAL(bad_settings, share, "1.5", 0, 1, "a share"),
                                    WN_OPT_END};
static const wn_plugin plugin = {
    WN_PLUGIN_HEAD,
    .name = "bad_default",
    BAD_REST,
    .options = options,
    .options_size = sizeof(bad_settings),
    .process = bad_process,
};
WN_PLUGIN_ENTRY(plugin)
