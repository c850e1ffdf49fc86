/* bad_options.c: an option that lies outside the options struct. */
#include "bad.h"

typedef struct {
    int64_t inside, outside;
} bad_settings;
static const wn_option options[] = {
    WN_OPT_INT(bad_settings, inside, "1", 0, 10, "a number"),
    WN_OPT_INT(bad_settings, outside, "1", 0, 10, "a number beyond options_size"), WN_OPT_END};
static const wn_plugin plugin = {
    WN_PLUGIN_HEAD,     .name = "bad_options",           BAD_REST,
    .options = options, .options_size = sizeof(int64_t), .process = bad_process,
};
WN_PLUGIN_ENTRY(plugin)
