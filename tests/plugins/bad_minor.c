/* bad_minor.c: built for a newer minor version of the ABI. */
#include "bad.h"

static const wn_plugin plugin = {
    .magic = WN_ABI_MAGIC,
    .abi_major = WN_ABI_MAJOR,
    .abi_minor = WN_ABI_MINOR + 1,
    .struct_size = sizeof(wn_plugin) + sizeof(void *),
    .name = "bad_minor",
    BAD_REST,
    .process = bad_process,
};
WN_PLUGIN_ENTRY(plugin)
