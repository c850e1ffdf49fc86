/* bad_magic.c: a descriptor of something else. */
#include "bad.h"

static const wn_plugin plugin = {
    .magic = 0x50414548u,
    .abi_major = WN_ABI_MAJOR,
    .abi_minor = WN_ABI_MINOR,
    .struct_size = sizeof(wn_plugin),
    .name = "bad_magic",
    BAD_REST,
    .process = bad_process,
};
WN_PLUGIN_ENTRY(plugin)
