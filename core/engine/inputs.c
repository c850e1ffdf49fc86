/* inputs.c: the input files of a run: listed, and in the end compared with what was found. */
#include "config.h"
#include "engine/inputs.h"
#include "results/progress.h"
#include "util/show.h"

#include <stdlib.h>
#include <string.h>

static void tell_passed(const run *r)
{
    strbuf lines = STRBUF_INIT;
    if (r->args->quiet)
        return;
    input_passed_say(&r->plan->inputs.passed, "winnow: ", &lines);
    (void)fwrite(lines.p != NULL ? lines.p : "", 1, lines.len, stderr);
    strbuf_release(&lines);
}

static bool sums_stop(void *r)
{
    return run_stopped(r);
}

wn_status inputs_list(run *r, wn_error *err)
{
    tell_passed(r);
    r->files = input_files_new(&r->plan->inputs, r->plan->unit, r->plan->n_units, sums_stop, r);
    return r->files != NULL ? WN_OK
                            : wn_fail(err, WN_E_NOMEM, "out of memory for the list of inputs");
}

/* ---- After the first step ---- */

static void settle(worker *w, void *arg)
{
    (void)arg;
    input_files_settle(w->run->files);
}

static wn_status unproved(const input_file *f, wn_error *err)
{
    return wn_fail(err, WN_E_INTERNAL, "%s was read and has no sha256; please report this",
                   f->path);
}

static wn_status end_for_change(const run *r, wn_error *err)
{
    size_t i = 0;
    while (!input_files_fate(r->files, i)->changed)
        i++;
    (void)snprintf(err->where, sizeof err->where, "%s", r->plan->inputs.file[i].path);
    return wn_fail(
        err, WN_E_IO,
        "changed while it was read (%zu input%s did), and input has on_error: fail; run again",
        r->inputs_changed, r->inputs_changed == 1 ? "" : "s");
}

static void tell_changed(run *r)
{
    enum { SHOWN = 10 };
    size_t told = 0;
    progress_clear(r);
    for (size_t i = 0; i < r->plan->inputs.n && told < SHOWN; i++) {
        if (!input_files_fate(r->files, i)->changed)
            continue;
        told++;
        show_printf(stderr,
                    "winnow: %s: changed while the run read it; what was read is in the results, "
                    "and run.json says that it changed\n",
                    r->plan->inputs.file[i].path);
    }
    if (told < r->inputs_changed)
        (void)fprintf(stderr, "winnow: %zu more inputs changed; run.json names them\n",
                      r->inputs_changed - told);
}

wn_status inputs_settle(run *r, wn_error *err)
{
    wn_status status = run_start(r, settle, NULL, err);
    run_join(r);
    if (status == WN_OK && run_stopped(r))
        status = run_error(r, err);
    for (size_t i = 0; status == WN_OK && i < r->plan->inputs.n; i++) {
        const input_fate *f = input_files_fate(r->files, i);
        if (f->opened && f->sha256[0] == '\0' && strcmp(r->plan->inputs.file[i].path, "-") != 0)
            status = unproved(&r->plan->inputs.file[i], err);
        r->inputs_changed += f->changed;
        r->inputs_unreadable += f->unreadable;
    }
    if (status != WN_OK || r->inputs_changed == 0)
        return status;
    if (r->config->source.on_error == ON_ERROR_FAIL)
        return end_for_change(r, err);
    tell_changed(r);
    return WN_OK;
}
