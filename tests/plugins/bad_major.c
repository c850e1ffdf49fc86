/* bad_major.c: built for another major version of the ABI. */
#include "bad.h"

static const wn_plugin plugin = {
    .magic = WN_ABI_MAGIC,
    .abi_major = WN_ABI_MAJOR + 1,
    .abi_minor = 0,
    .struct_size = sizeof(wn_plugin),
    .name = "bad_major",
    BAD_REST,
    .process = bad_process,
};
WN_PLUGIN_ENTRY(plugin)
