#include "config.h"
#include "input/filemap.h"
#include "input/input.h"
#include <nettle/sha2.h>

wn_status input_digest(const char *path, char ret_hex[65], wn_error *err)
{
    static const char digits[] = "0123456789abcdef";
    struct sha256_ctx sha;
    unsigned char sum[SHA256_DIGEST_SIZE];
    filemap m;
    wn_status status = filemap_open(path, &m, err);
    if (status != WN_OK)
        return status;
    sha256_init(&sha);
    sha256_update(&sha, m.size, m.p);
    sha256_digest(&sha, sizeof sum, sum);
    filemap_close(&m);
    for (size_t i = 0; i < sizeof sum; i++) {
        ret_hex[2 * i] = digits[sum[i] >> 4];
        ret_hex[2 * i + 1] = digits[sum[i] & 15];
    }
    ret_hex[64] = '\0';
    return WN_OK;
}
