/* bad_size.c: a descriptor that is too short for its version. */
#include "bad.h"

static const wn_plugin plugin = {
    .magic = WN_ABI_MAGIC,
    .abi_major = WN_ABI_MAJOR,
    .abi_minor = WN_ABI_MINOR,
    .struct_size = 64,
    .name = "bad_size",
    BAD_REST,
    .process = bad_process,
};
WN_PLUGIN_ENTRY(plugin)
