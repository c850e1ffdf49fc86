/* files.c: see files.h: from the assembly to the host's outputs. */
#include "report/files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

wn_status assembly_failed(const assembly *a, wn_error *err)
{
    int problem = assembly_problem(a);
    if (problem == ENOMEM)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    return wn_fail(err, WN_E_IO, "the temporary file of the report (in TMPDIR) failed: %s",
                   strerror(problem));
}

wn_status nested_too_deeply(wn_error *err)
{
    return wn_fail(err, WN_E_STAGE, "a value is nested deeper than %d levels", DUMP_DEEPEST);
}

typedef struct sink {
    wn_output *out;
    wn_error *err;
} sink;

static bool write_piece(const char *bytes, size_t n, void *arg)
{
    const sink *s = arg;
    return wn_output_write(s->out, bytes, n, s->err) == WN_OK;
}

wn_status write_json(assembly *a, wn_output *out, wn_error *err)
{
    dumper d;
    sink to = {out, err};
    dump_begin(&d, write_piece, &to, 0);
    bool whole = assembly_write(a, &d);
    if (!dump_end(&d)) { /* of an output that cannot be written err tells already */
        (void)nested_too_deeply(err);
        return err->status;
    }
    return whole ? wn_output_write(out, "\n", 1, err) : assembly_failed(a, err);
}

wn_status write_html(assembly *a, const html_page *page, wn_output *out, wn_error *err)
{
    html_page full = *page;
    html_day *days = assembly_days(a, &full.n_days);
    json_t *report = assembly_page(a);
    full.days = days;
    sink to = {out, err};
    bool ok = days != NULL && report != NULL && html_report(report, &full, write_piece, &to);
    json_decref(report);
    free(days);
    if (ok)
        return WN_OK;
    (void)assembly_failed(a, err); /* of an output that cannot be written err tells already */
    return err->status;
}
