/* opened.h: one input file as a run has it: listed, cut into units, opened. */
#ifndef TESTS_UNIT_OPENED_H
#define TESTS_UNIT_OPENED_H
#include "input/input.h"
#include "util/alloc.h"

typedef struct opened {
    input_list list;
    input_unit *unit;
    size_t n;
    input_files *files;
} opened;

static inline void opened_end(opened *o)
{
    input_files_free(o->files);
    mem_free(o->unit);
    if (o->list.memory != NULL)
        input_list_release(&o->list);
}

static inline wn_status opened_make(opened *o, const char *path, bool splits, uint64_t split,
                                    wn_error *err)
{
    *o = (opened){.n = 0};
    wn_status status = input_expand(&path, 1, NULL, "", NULL, &o->list, err);
    if (status == WN_OK)
        status = input_units(&o->list, splits, split, &o->unit, &o->n, err);
    if (status == WN_OK &&
        (o->files = input_files_new(&o->list, o->unit, o->n, NULL, NULL)) == NULL)
        status = wn_fail(err, WN_E_NOMEM, "out of memory");
    if (status != WN_OK)
        opened_end(o);
    return status;
}
#endif
