/* reader.c: where a step's documents come from. */
#include "config.h"
#include "run/internal.h"
#include "util/alloc.h"

#include <string.h>

static reader *reader_new(void)
{
    reader *r = mem_alloc(sizeof *r);
    if (r == NULL)
        return NULL;
    memset(r, 0, sizeof *r);
    atomic_init(&r->refs, 1);
    r->block.p = "";
    return r;
}

reader *reader_open_unit(worker *w, uint64_t unit, wn_error *err)
{
    run *r = w->run;
    stage *source = r->stage[0].stage;
    const input_unit *u = &r->unit[unit];
    reader *in = reader_new();
    if (in == NULL) {
        (void)wn_fail(err, WN_E_NOMEM, "out of memory while opening an input");
        return NULL;
    }
    in->unit = unit;
    atomic_store(&r->input_opened[u->file], true);
    wn_status status = input_open(&run_host, &r->inputs, u, (size_t)r->config->limits.max_record, &in->input, err);
    if (status == WN_OK) {
        worker_begin(w, "input", r->inputs.file[u->file].path);
        worker_enter(w, &r->stage[0], "sync", NULL);
        status = input_sync(in->input, source->plugin, &source->handle, err);
        worker_leave(w);
    }
    if (status == WN_OK)
        return in;
    if (err->where[0] == '\0')
        (void)snprintf(err->where, sizeof err->where, "%.190s", r->inputs.file[u->file].path);
    reader_unref(in);
    return NULL;
}

reader *reader_open_block(const spool *s, uint64_t block, wn_error *err)
{
    reader *r = reader_new();
    if (r == NULL) {
        (void)wn_fail(err, WN_E_NOMEM, "out of memory while reading the spool");
        return NULL;
    }
    r->spool = s;
    r->unit = block;
    r->block = spool_get(s, block);
    r->index = s->block[block].first;
    return r;
}

void reader_ref(reader *r)
{
    (void)atomic_fetch_add(&r->refs, 1);
}

void reader_unref(reader *r)
{
    if (r == NULL || atomic_fetch_sub(&r->refs, 1) != 1)
        return;
    if (r->input != NULL)
        input_close(r->input);
    if (r->spool != NULL)
        spool_forget(r->spool, r->unit);
    mem_free(r);
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
    locator at = {.path = input_path(input_handle(r->input))};
    if (status == WN_OK || has_record(d))
        return status;
    if (document_set_record(d, &at, (wn_str){"", 0}, true, &problem) == WN_OK)
        return status;
    *err = problem;
    return WN_E_INTERNAL; /* ends the run */
}

/* A source that does not move would go on for ever. */
static bool moves(reader *r, const document *d)
{
    enum { PATIENCE = 1000000 };
    const locator *at = document_locator(d);
    bool moved = has_record(d) && (at->offset != r->last_offset || at->member != r->last_member);
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
    wn_status status = wn_fail(&overrun, WN_E_CONFIG, "%s cannot be cut into units: a record runs past a place where another "
                               "seems to start (a WARC in a WARC?); set limits.split_size above the file's size",
                               input_path(input_handle(r->input)));
    *err = overrun;
    return status;
}

static wn_status read_record(reader *r, worker *w, document *d, wn_error *err)
{
    stage_run *source = &w->run->stage[0];
    char name[160];
    worker_begin(w, "input", input_path(input_handle(r->input)));
    worker_enter(w, source, "read", d);
    document_set_order(d, r->unit, r->index);
    wn_status status = source->stage->plugin->read(&source->stage->handle, input_handle(r->input),
                                                   document_handle(d), err);
    worker_leave(w);
    if (status == WN_END)
        return end_of_unit(r, err);
    r->index++;
    status = judge(source, d, status, err);
    if (status == WN_OK && !has_record(d))
        status = wn_fail(err, WN_E_STAGE, "the source answered WN_OK without wn_record_set");
    bool goes_on = moves(r, d);
    status = name_file(r, d, status, err);
    if (goes_on && status == WN_OK) {
        document_name(d, name, sizeof name);
        guard_about("document", name);
    }
    if (goes_on)
        return status;
    wn_error still = WN_ERROR_INIT;
    status = wn_fail(&still, WN_E_STAGE, "the source gives one record after the other without moving on in %s",
                     input_path(input_handle(r->input)));
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
    return r->input != NULL ? read_record(r, w, d, err) : read_spool(r, w, d, err);
}
