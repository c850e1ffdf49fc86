#include "config.h"
#include "input/filemap.h"
#include "input/input.h"
#include "util/hash.h"

wn_status input_digest(const char *path, char ret_hex[65], wn_error *err)
{
    filemap m;
    wn_status status = filemap_open(path, &m, err);
    if (status != WN_OK)
        return status;
    hash_hex(m.p, m.size, ret_hex);
    filemap_close(&m);
    return WN_OK;
}
