/* source.c: where a step's documents come from. */
#include "config.h"
#include "engine/source.h"
#include "state/worker.h"
#include "engine/chain.h"
#include "util/alloc.h"

#include <string.h>

static reader *reader_new(const char *what, wn_error *err)
{
    reader *r = mem_zeroed(sizeof *r);
    if (r != NULL)
        r->block.p = "";
    else
        (void)wn_fail(err, WN_E_NOMEM, "out of memory while %s", what);
    return r;
}

static wn_status open_unit(reader *in, worker *w, wn_error *err)
{
    run *r = w->run;
    stage *source = r->stage[0].stage;
    const char *path = r->plan->inputs.file[r->plan->unit[in->unit].file].path;
    wn_status status = input_open(r->host, r->files, in->unit, (size_t)r->config->limits.max_record,
                                  &in->input, err);
    if (status == WN_OK) {
        worker_begin(w, "input", path);
        worker_enter(w, &r->stage[0], "sync", NULL);
        status = input_sync(in->input, source->plugin, &source->handle, err);
        worker_leave(w);
    }
    if (status != WN_OK && err->where[0] == '\0')
        (void)snprintf(err->where, sizeof err->where, "%.190s", path);
    return status;
}

reader *reader_open_unit(worker *w, uint64_t unit, wn_error *err)
{
    wn_error problem = WN_ERROR_INIT;
    reader *in = reader_new("opening an input", err);
    if (in == NULL)
        return NULL;
    in->run = w->run;
    in->unit = unit;
    wn_status status = open_unit(in, w, &problem);
    if (status == WN_OK)
        return in;
    if (status == WN_E_NOMEM || status == WN_E_INTERRUPTED || status == WN_E_CONFIG) {
        *err = problem;
        reader_close(in);
        return NULL;
    }
    input_close(in->input);
    in->input = NULL;
    in->broken = problem;
    in->broken.status = status == WN_E_IO ? WN_E_IO : WN_E_DATA;
    return in;
}

reader *reader_open_block(const spool *s, uint64_t block, wn_error *err)
{
    reader *r = reader_new("reading the spool", err);
    if (r == NULL)
        return NULL;
    r->spool = s;
    r->unit = block;
    r->block = spool_get(s, block);
    r->index = s->block[block].first;
    return r;
}

void reader_close(reader *r)
{
    if (r == NULL)
        return;
    input_close(r->input);
    if (r->run != NULL)
        input_files_done(r->run->files, r->unit);
    if (r->spool != NULL)
        spool_forget(r->spool, r->unit);
    mem_free(r);
}

static const char *file_of(const reader *r)
{
    return r->run->plan->inputs.file[r->run->plan->unit[r->unit].file].path;
}

static bool has_record(const document *d)
{
    const char *path = document_locator(d)->path;
    return path != NULL && path[0] != '\0';
}

/* A reject of which the source set no record (a line over the limit) still names its file. */
static wn_status name_file(reader *r, document *d, wn_status status, wn_error *err)
{
    wn_error problem = WN_ERROR_INIT;
    locator at = {.path = file_of(r)};
    if (status == WN_OK || has_record(d))
        return status;
    if (document_set_record(d, &at, (wn_str){"", 0}, true, &problem) == WN_OK)
        return status;
    *err = problem;
    return WN_E_INTERNAL; /* ends the run */
}

/* A source that does not move on would go on for ever. */
static bool moves(reader *r, const document *d)
{
    enum { PATIENCE = 1000 };
    const locator *at = document_locator(d);
    uint64_t used = input_used(r->input);
    bool moved = used != r->last_used ||
                 (has_record(d) && (at->offset != r->last_offset || at->member != r->last_member));
    r->last_used = used;
    r->last_offset = at->offset;
    r->last_member = at->member;
    r->still = moved ? 0 : r->still + 1;
    return r->still < PATIENCE;
}

static wn_status end_of_unit(const reader *r, wn_error *err)
{
    wn_error overrun = WN_ERROR_INIT;
    if (!input_overran(r->input))
        return WN_END;
    wn_status status =
        wn_fail(&overrun, WN_E_CONFIG,
                "%s cannot be cut into units: a record runs past a place where another "
                "seems to start (a WARC in a WARC?); set limits.split_size above the file's size",
                file_of(r));
    *err = overrun;
    return status;
}

/* The one reject of an input that could not be opened; of all its units one tells. */
static wn_status read_broken(reader *r, worker *w, document *d, wn_error *err)
{
    if (r->index > 0 || (r->broken.status == WN_E_IO && !input_files_tell(r->run->files, r->unit)))
        return WN_END;
    worker_begin(w, "input", file_of(r));
    r->index++;
    *err = r->broken;
    return name_file(r, d, r->broken.status, err);
}

static wn_status call_source(reader *r, worker *w, document *d, wn_error *err)
{
    stage_run *source = &w->run->stage[0];
    worker_begin(w, "input", file_of(r));
    worker_enter(w, source, "read", d);
    wn_status status = source->stage->plugin->read(&source->stage->handle, input_handle(r->input),
                                                   document_handle(d), err);
    worker_leave(w);
    input_trim(r->input);
    bool cut_off = status == WN_E_IO && input_unreadable(r->input);
    return cut_off && !input_files_tell(r->run->files, r->unit) ? WN_END : status;
}

/* From now on failures name the document, not the input. */
static void name_at_hand(document *d)
{
    char name[160];
    document_name(d, name, sizeof name);
    guard_about("document", name);
}

static wn_status read_record(reader *r, worker *w, document *d, wn_error *err)
{
    stage_run *source = &w->run->stage[0];
    wn_status status = call_source(r, w, d, err);
    if (status == WN_END)
        return end_of_unit(r, err);
    r->index++;
    status = chain_judge(source, d, status, err);
    if (status == WN_OK && !has_record(d))
        status = wn_fail(err, WN_E_STAGE, "the source answered WN_OK without wn_record_set");
    bool goes_on = moves(r, d);
    status = name_file(r, d, status, err);
    if (status == WN_OK)
        name_at_hand(d);
    if (goes_on)
        return status;
    wn_error still = WN_ERROR_INIT;
    status = wn_fail(&still, WN_E_STAGE,
                     "source %s gives one record after the other without moving on in %s",
                     source->stage->id, file_of(r));
    *err = still;
    return status;
}

static wn_status read_spool(reader *r, worker *w, document *d, wn_error *err)
{
    wn_str frozen;
    char name[160];
    if (!spool_next(&r->block, &frozen))
        return WN_END;
    wn_status status = document_thaw(d, frozen, err);
    document_name(d, name, sizeof name);
    worker_begin(w, "document", name);
    r->index++;
    return status;
}

wn_status reader_next(reader *r, worker *w, document *d, wn_error *err)
{
    if (r->run == NULL)
        return read_spool(r, w, d, err);
    return r->input != NULL ? read_record(r, w, d, err) : read_broken(r, w, d, err);
}
