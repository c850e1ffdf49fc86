/* digest.c: the sum of a whole file. */
#include "config.h"
#include "input/input.h"
#include "input/rawfile.h"

wn_status input_digest(const char *path, char ret_hex[65], wn_error *err)
{
    char buffer[64 * 1024];
    rawfile f;
    running_sum sum;
    wn_status status = rawfile_open(path, &f, NULL, err);
    if (status != WN_OK)
        return status;
    running_sum_start(&sum);
    if (running_sum_reach(&sum, &f, f.size, buffer, sizeof buffer))
        hash_end(&sum.hash, ret_hex);
    else
        status = wn_fail(err, WN_E_IO, "%s: cannot be read at byte %llu", path,
                         (unsigned long long)sum.next);
    rawfile_close(&f);
    return status;
}
