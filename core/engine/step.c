/* step.c: one step of the chain: workers read documents, pass them through the chain and hand over;
 * the main thread commits the results in input order. */
#include "config.h"
#include "engine/step.h"
#include "engine/batch.h"
#include "engine/inputs.h"
#include "engine/source.h"
#include "results/outputs.h"
#include "results/progress.h"
#include "results/stats.h"
#include "util/json.h"

#include <string.h>

typedef struct step {
    run *run;
    const chain *chain;
    const spool *from; /* NULL: the first step reads units of input */
    corpus *after;     /* NULL: the last step writes to the sinks */
    spool *to;
    queue *queue;
    uint64_t committed;                        /* documents */
    uint64_t work_seen, bytes_done, bytes_all; /* for the progress line */
    strbuf name, frozen; /* of the document at hand, where it gets another name */
} step;

/* ---- On the workers ---- */

/* A slice for each sink, in the document's arena. */
static bool rendered_slices(const step *s, document *d, wn_str **ret_rendered)
{
    size_t sinks = s->run->config->n_sinks;
    if (s->after != NULL || sinks == 0)
        return true;
    wn_str *rendered = document_alloc(document_handle(d), sinks * sizeof *rendered);
    for (size_t i = 0; rendered != NULL && i < sinks; i++)
        rendered[i].p = "";
    *ret_rendered = rendered;
    return rendered != NULL;
}

static const char *stage_that_ended(const step *s, const item *i)
{
    return i->ended < 0 ? s->run->stage[0].stage->id : s->chain->pass[i->ended].s->stage->id;
}

/* Fill the item of a document that did not come out. */
static void keep_failure(step *s, batch *b, item *i, document *d, wn_error *err)
{
    const stage_run *by = i->ended < 0 ? &s->run->stage[0] : s->chain->pass[i->ended].s;
    wn_error problem = WN_ERROR_INIT;
    bool unreadable_spool = s->from != NULL && i->ended < 0;
    if (unreadable_spool || chain_ends_run(by, d, i->status)) {
        batch_keep_fatal(i, stage_that_ended(s, i), d, err);
        return;
    }
    if (i->status < WN_OK)
        document_fail(d, by->stage->id, err);
    if (batch_keep_reject(b, i, d, &problem) != WN_OK)
        batch_keep_fatal(i, by->stage->id, d, &problem);
}

/* Fill the item of a document that came out; true: the item took it. */
static bool keep_result(step *s, batch *b, item *i, worker *w, document *d, wn_str *rendered)
{
    wn_error problem = WN_ERROR_INIT;
    if (s->after == NULL) {
        batch_keep_alive(b, i, d, rendered);
        return true;
    }
    if (batch_keep_frozen(b, i, w, d, &problem) != WN_OK)
        batch_keep_fatal(i, s->after->s->stage->id, d, &problem);
    return false;
}

/* One document that was read (`read` says how) through the chain. true: the batch took it. */
static bool pass_document(step *s, worker *w, reader *r, batch *b, document *d, wn_status read,
                          wn_error *err)
{
    wn_error problem = WN_ERROR_INIT;
    wn_str *rendered = NULL;
    unsigned ended = 0;
    item *i = batch_item(b);
    if (i == NULL) {
        (void)wn_fail(&problem, WN_E_NOMEM, "out of memory for the results of documents");
        run_end(s->run, &problem);
        return false;
    }
    i->status = read;
    i->ended = -1;
    if (read == WN_OK) {
        i->status =
            rendered_slices(s, d, &rendered)
                ? chain_run(s->chain, w, d, r->index - 1, rendered, &ended, err)
                : wn_fail(err, WN_E_NOMEM, "out of memory, or over limits.max_document_memory");
        i->ended = (int)ended;
    }
    if (batch_keep_counters(b, i, w, &problem) != WN_OK) {
        batch_keep_fatal(i, "counters", d, &problem);
        return false;
    }
    if (i->status == WN_OK)
        return keep_result(s, b, i, w, d, rendered);
    keep_failure(s, b, i, d, err);
    return false;
}

/* The documents of one batch. *ret_more: the reader has more. */
static void fill_batch(step *s, worker *w, reader *r, batch *b, document **d, bool *ret_more)
{
    *ret_more = true;
    while (*ret_more && !batch_full(b) && !run_stopped(s->run)) {
        wn_error err = WN_ERROR_INIT;
        if (*d == NULL && (*d = run_document(s->run)) == NULL) {
            (void)wn_fail(&err, WN_E_NOMEM, "out of memory for a document");
            run_end(s->run, &err);
            break;
        }
        document_reset(*d);
        wn_status read = reader_next(r, w, *d, &err);
        *ret_more = read != WN_END;
        if (*ret_more && pass_document(s, w, r, b, *d, read, &err))
            *d = NULL;
        if (b->n > 0 && b->item[b->n - 1].ends_run)
            *ret_more = false;
    }
}

static reader *open_work(step *s, worker *w, uint64_t work)
{
    wn_error err = WN_ERROR_INIT;
    reader *r =
        s->from == NULL ? reader_open_unit(w, work, &err) : reader_open_block(s->from, work, &err);
    if (r == NULL)
        run_end(s->run, &err);
    return r;
}

static void do_work(step *s, worker *w, uint64_t work)
{
    reader *r = open_work(s, w, work);
    document *d = NULL;
    uint64_t limit = s->run->plan->limit, records = 0;
    bool more = r != NULL;
    while (more && !run_stopped(s->run)) {
        batch *b = batch_new();
        wn_error err = WN_ERROR_INIT;
        if (b == NULL) {
            (void)wn_fail(&err, WN_E_NOMEM, "out of memory for the results of documents");
            run_end(s->run, &err);
            break;
        }
        fill_batch(s, w, r, b, &d, &more);
        records += b->n;
        if (limit > 0 && records >= limit)
            more = false;
        b->piece.cost = batch_cost(b);
        if (!queue_put(s->queue, work, &b->piece))
            break;
    }
    if (d != NULL)
        run_document_back(s->run, d);
    queue_done(s->queue, work, records);
    reader_close(r); /* what it hashes, nobody waits for */
}

static bool open_stages(const step *s, worker *w, wn_error *err)
{
    if (s->from == NULL && worker_open(w, &s->run->stage[0], err) != WN_OK)
        return false;
    for (unsigned i = 0; i < s->chain->n; i++)
        if (worker_open(w, s->chain->pass[i].s, err) != WN_OK)
            return false;
    return true;
}

static void work(worker *w, void *arg)
{
    step *s = arg;
    uint64_t n;
    wn_error err = WN_ERROR_INIT;
    if (!open_stages(s, w, &err)) {
        run_end(s->run, &err);
        return;
    }
    while (queue_take(s->queue, &n))
        do_work(s, w, n);
}

/* ---- On the main thread ---- */

static void count_ending(stage_run *by, wn_status status, wn_str reason)
{
    char name[128];
    if (status == WN_DROP || status == WN_MERGED) {
        *(status == WN_DROP ? &by->dropped : &by->merged) += 1;
        size_t len = reason.len < sizeof name ? reason.len : sizeof name - 1;
        while (len > 0 && len < reason.len && (reason.p[len] & 0xc0) == 0x80)
            len--; /* whole characters */
        (void)snprintf(name, sizeof name, "%.*s", (int)len, reason.p);
        count_add(by->reasons, name, 1);
    } else {
        by->failed++;
    }
}

static void add_counters(run *r, const counter *c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        count_add(r->stage[c[i].stage].counters, c[i].name, c[i].n);
}

static void count(step *s, const batch *b, const item *i)
{
    stage_run *source = &s->run->stage[0];
    int passed = i->ended < 0 ? 0 : i->ended;
    if (s->from == NULL) {
        source->in++;
        if (i->ended >= 0)
            source->out++;
        else
            count_ending(source, i->status, batch_part(b, i->reason));
    }
    for (int p = 0; p <= passed && p < (int)s->chain->n && i->ended >= 0; p++) {
        const pass *at = &s->chain->pass[p];
        /* a corpus stage is entered by emit and left by apply */
        at->s->in += at->kind != PASS_APPLY;
        if (p < passed)
            at->s->out += at->kind != PASS_EMIT;
        else
            count_ending(at->s, i->status, batch_part(b, i->reason));
    }
    if (i->n_counters > 0)
        add_counters(s->run, &b->counter[i->counters], i->n_counters);
}

static wn_status write_to_sink(run *r, const pass *at, document *d, wn_str rendered, wn_error *err)
{
    const wn_plugin *plugin = at->s->stage->plugin;
    if (plugin->write == NULL)
        return WN_OK;
    worker_enter(r->clerk, at->s, "write", d);
    wn_status status = plugin->write(&at->s->stage->handle, document_handle(d), rendered, err);
    worker_leave(r->clerk);
    if (status == WN_OK)
        return WN_OK;
    /* other sinks may have written it already: too late for a reject */
    status = status < WN_OK ? status : WN_E_STAGE;
    (void)wn_fail(err, status, "the sink failed without saying why");
    if (err->where[0] == '\0')
        (void)snprintf(err->where, sizeof err->where, "stage %.150s", at->s->stage->id);
    return status;
}

static wn_status write_to_sinks(step *s, const item *i, wn_error *err)
{
    wn_status status = WN_OK;
    char name[128];
    worker *clerk = s->run->clerk;
    document_name(i->doc, name, sizeof name);
    worker_begin(clerk, "document", name);
    for (unsigned p = 0; p < s->chain->n && status == WN_OK; p++)
        if (s->chain->pass[p].kind == PASS_RENDER)
            status = write_to_sink(s->run, &s->chain->pass[p], i->doc,
                                   i->rendered[s->chain->pass[p].sink], err);
    add_counters(s->run, clerk->counter, clerk->n_counters);
    s->run->written += status == WN_OK;
    count_origin(s->run, document_origin(i->doc), true);
    return status;
}

static wn_status write_reject(run *r, wn_str line, wn_error *err)
{
    enum { SHOWN = 100 };
    int64_t most = r->config->limits.max_rejects;
    wn_status status = host_output_write(r->rejects, line.p, line.len, err);
    if (status != WN_OK)
        return status;
    if (r->n_rejects++ < SHOWN) {
        json_t *shown = json_load(line, NULL);
        (void)json_object_del(shown, "text");
        (void)json_array_append_new(r->first_rejects, shown == NULL ? json_null() : shown);
    }
    if (most >= 0 && r->n_rejects > (uint64_t)most)
        return wn_fail(
            err, WN_E_DATA,
            "more than limits.max_rejects (%lld) documents were rejected; the last: %.*s",
            (long long)most, line.len < 300 ? (int)line.len - 1 : 300, line.p);
    return WN_OK;
}

/* ---- Names: in the first step, in input order ---- */

/* What was rendered on a worker was rendered under the id. *ret_ended: the pass that ended the
 * document. */
static wn_status render_again(const step *s, const item *i, int *ret_ended, wn_error *err)
{
    wn_status status = WN_OK;
    worker *clerk = s->run->clerk;
    for (unsigned p = 0; p < s->chain->n && status == WN_OK; p++) {
        const pass *at = &s->chain->pass[p];
        const wn_plugin *plugin = at->s->stage->plugin;
        if (at->kind != PASS_RENDER || plugin->render == NULL)
            continue;
        worker_enter(clerk, at->s, "render", i->doc);
        status = plugin->render(&at->s->stage->handle, document_handle(i->doc),
                                &i->rendered[at->sink], err);
        worker_leave(clerk);
        status = chain_judge(at->s, i->doc, status, err);
        *ret_ended = (int)p;
    }
    return status;
}

/* A document that lives gets its name and is rendered under it; where that fails it does not come
 * out after all. */
static void rename_alive(step *s, batch *b, item *i, wn_str name)
{
    wn_error why = WN_ERROR_INIT;
    char shown[128];
    int ended = (int)s->chain->n - 1;
    wn_status status = document_set_name(i->doc, name, &why);
    document_name(i->doc, shown, sizeof shown);
    worker_begin(s->run->clerk, "document", shown); /* its own name in messages, its own time */
    if (status == WN_OK)
        status = render_again(s, i, &ended, &why);
    if (status == WN_OK)
        return;
    i->status = status;
    i->ended = ended;
    keep_failure(s, b, i, i->doc, &why);
}

/* The document keeps `frozen` and `id` in the step's buffers, or is renamed in place. */
static wn_status name_item(step *s, batch *b, item *i, wn_str *id, wn_str *frozen, wn_error *err)
{
    bool came_out = i->ended == (int)s->chain->n;
    *id = i->doc != NULL ? document_id(document_handle(i->doc)) : batch_part(b, i->id);
    *frozen = batch_part(b, i->frozen);
    if (s->from != NULL)
        return WN_OK;
    if (!came_out)
        return names_note(s->run->names, *id, err);
    wn_status status = names_give(s->run->names, *id, &s->name, err);
    if (status != WN_OK || s->name.len == 0)
        return status;
    *id = (wn_str){s->name.p, s->name.len};
    s->run->renamed++;
    if (i->doc != NULL) {
        rename_alive(s, b, i, *id);
        return WN_OK;
    }
    strbuf_clear(&s->frozen);
    document_name_frozen(&s->frozen, *frozen, *id);
    *frozen = (wn_str){s->frozen.p, s->frozen.len};
    return s->frozen.oom ? wn_fail(err, WN_E_NOMEM, "out of memory for a document's name") : WN_OK;
}

static wn_status commit_reject(step *s, const batch *b, const item *i, wn_str id, wn_error *err)
{
    wn_status status = WN_OK;
    count_origin(s->run, batch_part(b, i->origin), false);
    if (i->status == WN_MERGED)
        status = names_merged(s->run->names, id, batch_part(b, i->into),
                              s->chain->pass[i->ended].s->stage->id, err);
    return status == WN_OK ? write_reject(s->run, batch_part(b, i->reject), err) : status;
}

static wn_status commit_item(step *s, batch *b, item *i, wn_error *err)
{
    wn_str id, frozen;
    wn_status status = i->ends_run ? WN_OK : name_item(s, b, i, &id, &frozen, err);
    if (status != WN_OK)
        return status;
    if (i->ends_run && i->fatal != NULL)
        *err = *i->fatal;
    if (i->ends_run)
        return i->fatal != NULL ? err->status : wn_fail(err, WN_E_NOMEM, "out of memory");
    count(s, b, i);
    s->committed++;
    if (s->from == NULL)
        s->run->documents++;
    if (i->ended != (int)s->chain->n)
        return commit_reject(s, b, i, id, err);
    if (s->after == NULL)
        return write_to_sinks(s, i, err);
    status = corpus_add(s->after, id, batch_part(b, i->note), batch_part(b, i->emitted), err);
    return status == WN_OK ? spool_add(s->to, frozen, err) : status;
}

static wn_status commit_batch(step *s, batch *b, wn_error *err)
{
    run *r = s->run;
    for (size_t i = 0; i < b->n && !(s->from == NULL && r->limit_reached); i++) {
        wn_status status = commit_item(s, b, &b->item[i], err);
        if (status != WN_OK)
            return status;
        r->limit_reached = s->from == NULL && r->plan->limit > 0 && r->documents >= r->plan->limit;
    }
    return WN_OK;
}

static uint64_t work_bytes(const step *s, uint64_t n)
{
    return s->from != NULL ? s->from->block[n].length
                           : s->run->plan->unit[n].end - s->run->plan->unit[n].start;
}

static void show_progress(step *s)
{
    for (uint64_t head = queue_head(s->queue); s->work_seen < head; s->work_seen++)
        s->bytes_done += work_bytes(s, s->work_seen);
    progress_show(s->run, s->bytes_done, s->bytes_all);
}

static wn_status commit_all(step *s, wn_error *err)
{
    piece *p = NULL;
    wn_status status = WN_OK;
    queue_answer answer = QUEUE_WAITING;
    while (status == WN_OK && (answer == QUEUE_PIECE || answer == QUEUE_WAITING) &&
           !run_stopped(s->run)) {
        answer = queue_next(s->queue, 100, &p);
        if (answer == QUEUE_PIECE) {
            size_t cost = p->cost;
            status = commit_batch(s, (batch *)p, err);
            batch_free((batch *)p, s->run);
            queue_release(s->queue, cost);
        }
        show_progress(s);
        if (s->run->limit_reached && s->from == NULL)
            break;
    }
    if (answer != QUEUE_FINISHED)
        queue_stop(s->queue);
    return status;
}

static wn_status check_balance(const step *s, wn_error *err)
{
    uint64_t read = queue_records(s->queue);
    if ((s->run->limit_reached && s->from == NULL) || read == s->committed)
        return WN_OK;
    return wn_fail(err, WN_E_INTERNAL,
                   "step %u read %llu documents and committed %llu; please report this",
                   s->run->step + 1, (unsigned long long)read, (unsigned long long)s->committed);
}

/* Bytes of results on their way. More than keeps every worker busy only costs page faults. */
static size_t budget(const run *r)
{
    size_t enough = ((size_t)r->plan->workers + 1) * 16 * 1024 * 1024;
    return r->plan->memory / 2 < enough ? r->plan->memory / 2 : enough;
}

wn_status step_run(run *r, const chain *c, const spool *from, corpus *after, spool *to,
                   wn_error *err)
{
    uint64_t n = from == NULL ? r->plan->n_units : from->n_blocks;
    step s = {r, c, from, after, to,          queue_new(n, r->plan->workers, budget(r)),
              0, 0, 0,    0,     STRBUF_INIT, STRBUF_INIT};
    if (s.queue == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory for a step");
    for (uint64_t i = 0; i < n; i++)
        s.bytes_all += work_bytes(&s, i);
    wn_status status = run_start(r, work, &s, err);
    if (status == WN_OK) {
        status = commit_all(&s, err);
        if (status != WN_OK)
            run_end(r, err); /* the workers stop at the next document */
    } else {
        queue_stop(s.queue);
    }
    run_join(r);
    for (piece *p = queue_leftover(s.queue); p != NULL; p = queue_leftover(s.queue))
        batch_free((batch *)p, r);
    if (status == WN_OK && run_stopped(r))
        status = run_error(r, err);
    if (status == WN_OK && from == NULL)
        status = inputs_settle(r, err);
    if (status == WN_OK)
        status = check_balance(&s, err);
    queue_free(s.queue);
    strbuf_release(&s.name);
    strbuf_release(&s.frozen);
    return status;
}
