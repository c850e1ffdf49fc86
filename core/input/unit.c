/* unit.c: where big files are cut into units, see input_units. */
#include "config.h"
#include "input/input.h"
#include "util/alloc.h"

static size_t pieces_of(const input_file *f, bool splits, uint64_t split_size)
{
    return splits && split_size > 0 && f->size > split_size
               ? (size_t)((f->size - 1) / split_size) + 1
               : 1;
}

wn_status input_units(const input_list *l, bool splits, uint64_t split_size, input_unit **ret_units,
                      size_t *ret_n, wn_error *err)
{
    size_t n = 0, at = 0;
    for (size_t i = 0; i < l->n; i++)
        n += pieces_of(&l->file[i], splits, split_size);
    input_unit *u = mem_zeroed(n * sizeof *u);
    if (u == NULL)
        return wn_fail(err, WN_E_NOMEM,
                       "out of memory for %zu units of input; raise limits.split_size", n);
    for (size_t i = 0; i < l->n; i++) {
        size_t pieces = pieces_of(&l->file[i], splits, split_size);
        for (size_t k = 0; k < pieces; k++, at++) {
            u[at].file = i;
            u[at].start = k * split_size;
            u[at].end = k + 1 < pieces ? (k + 1) * split_size : l->file[i].size;
        }
        if (pieces == 1)
            u[at - 1].start = 0;
    }
    *ret_units = u;
    *ret_n = n;
    return WN_OK;
}
