/* run.c: a plan carried out: its steps run one after the other, the results published. */
#include "config.h"
#include "engine/run.h"
#include "engine/inputs.h"
#include "engine/step.h"
#include "results/manifest.h"
#include "results/outputs.h"
#include "results/progress.h"
#include "results/stats.h"
#include "util/alloc.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- Set-up ---- */

static void *zeroed(size_t n, size_t size)
{
    void *p = mem_alloc(n * size + 1);
    if (p != NULL)
        memset(p, 0, n * size + 1);
    return p;
}

static bool add_stage(run *r, stage *s)
{
    stage_run *sr = &r->stage[r->n_stages];
    sr->run = r;
    sr->stage = s;
    sr->number = r->n_stages++;
    sr->reasons = json_object();
    sr->counters = json_object();
    s->run = sr;
    return sr->reasons != NULL && sr->counters != NULL;
}

static bool add_stages(run *r, config *c)
{
    r->stage = zeroed(1 + c->n_stages + c->n_sinks, sizeof *r->stage);
    if (r->stage == NULL || !add_stage(r, &c->source))
        return false;
    for (size_t i = 0; i < c->n_stages; i++)
        if (!add_stage(r, &c->stages[i]))
            return false;
    for (size_t i = 0; i < c->n_sinks; i++)
        if (!add_stage(r, &c->sinks[i]))
            return false;
    return true;
}

static bool add_workers(run *r)
{
    r->worker = zeroed(r->plan->workers + 1u, sizeof *r->worker);
    if (r->worker == NULL)
        return false;
    r->clerk = &r->worker[r->plan->workers];
    for (unsigned i = 0; i <= r->plan->workers; i++) {
        worker *w = &r->worker[i];
        w->run = r;
        w->number = i;
        w->state = zeroed(r->n_stages, sizeof *w->state);
        w->opened = zeroed(r->n_stages, sizeof *w->opened);
        w->cpu_ns = zeroed(r->n_stages, sizeof *w->cpu_ns);
        if (w->state == NULL || w->opened == NULL || w->cpu_ns == NULL)
            return false;
    }
    return true;
}

static wn_status run_init(run *r, const plan *p, const run_args *args, wn_error *err)
{
    config *c = p->config;
    memset(r, 0, sizeof *r);
    r->plan = p;
    r->config = c;
    r->host = c->source.handle.host;
    r->args = args;
    r->failures = mem_failures();
    r->started_ns = guard_monotonic_ns();
    r->started_at = (int64_t)time(NULL);
    (void)pthread_mutex_init(&r->lock, NULL);
    r->cap_idle = 4 * (size_t)r->plan->workers;
    r->idle = zeroed(r->cap_idle, sizeof *r->idle);
    r->first_rejects = json_array();
    r->findings = json_object();
    r->origins = json_object();
    r->info = json_array();
    r->fetcher = fetcher_new((size_t)c->limits.max_record);
    if (r->idle == NULL || r->first_rejects == NULL || r->findings == NULL || r->origins == NULL ||
        r->info == NULL || r->fetcher == NULL || !add_stages(r, c) || !add_workers(r))
        return wn_fail(err, WN_E_NOMEM, "out of memory for the run");
    return WN_OK;
}

static void close_workers(run *r)
{
    for (unsigned i = 0; r->worker != NULL && i <= r->plan->workers; i++)
        if (r->worker[i].state != NULL && r->worker[i].opened != NULL)
            worker_close_all(&r->worker[i]);
}

static void release_workers(run *r)
{
    close_workers(r);
    for (unsigned i = 0; r->worker != NULL && i <= r->plan->workers; i++) {
        worker *w = &r->worker[i];
        if (w->run == NULL)
            continue;
        mem_free(w->state);
        mem_free(w->opened);
        mem_free(w->cpu_ns);
        mem_free(w->counter);
        analyst_release(&w->analyst);
        strbuf_release(&w->emitted);
        strbuf_release(&w->note);
    }
    mem_free(r->worker);
}

static void run_release(run *r)
{
    release_workers(r);
    while (r->n_idle > 0)
        document_free(r->idle[--r->n_idle]);
    mem_free(r->idle);
    for (unsigned i = 0; i < r->n_stages; i++) {
        json_decref(r->stage[i].reasons);
        json_decref(r->stage[i].counters);
        r->stage[i].stage->run = NULL;
    }
    mem_free(r->stage);
    json_decref(r->first_rejects);
    json_decref(r->findings);
    json_decref(r->origins);
    json_decref(r->info);
    names_free(r->names);
    input_files_free(r->files);
    fetcher_free(r->fetcher);
    outputs_close(r->outputs);
    (void)pthread_mutex_destroy(&r->lock);
}

/* ---- The steps ---- */

/* The passes of a step, by the stages of this run; `before`: what the step before left. */
static void make_chain(run *r, chain *c, const plan_step *step, const corpus *before)
{
    c->before = before;
    for (c->n = 0; c->n < step->n_passes; c->n++) {
        const plan_pass *p = &step->pass[c->n];
        c->pass[c->n] = (pass){p->kind, p->sink, &r->stage[p->stage]};
    }
}

static wn_status add_info(run *r, wn_error *err)
{
    json_t *info = stats_info(r);
    if (info == NULL || json_array_append_new(r->info, info) != 0)
        return wn_fail(err, WN_E_NOMEM, "out of memory for the counts of the run");
    return WN_OK;
}

typedef wn_status sink_function(wn_stage *stage, wn_error *err);

static wn_status call_sink(stage_run *s, sink_function *f, const char *what, wn_error *err)
{
    if (f == NULL)
        return WN_OK;
    stage_enter(s, what, s->run->documents);
    wn_status status = f(&s->stage->handle, err);
    guard_leave();
    if (status == WN_OK)
        return WN_OK;
    status = status < WN_OK ? status : WN_E_STAGE;
    (void)wn_fail(err, status, "%s failed without saying why", what);
    if (err->where[0] == '\0')
        (void)snprintf(err->where, sizeof err->where, "output %.100s, %s", s->stage->id, what);
    return status;
}

static wn_status begin_sinks(run *r, wn_error *err)
{
    wn_status status = add_info(r, err);
    for (unsigned i = 1 + (unsigned)r->config->n_stages; i < r->n_stages && status == WN_OK; i++) {
        stage_run *s = &r->stage[i];
        s->begun = true;
        status = worker_open(r->clerk, s, err);
        if (status == WN_OK)
            status = call_sink(s, s->stage->plugin->begin, "begin", err);
    }
    return status;
}

static wn_status end_sinks(run *r, wn_error *err)
{
    wn_status status = add_info(r, err);
    for (unsigned i = 1 + (unsigned)r->config->n_stages; i < r->n_stages && status == WN_OK; i++)
        status = call_sink(&r->stage[i], r->stage[i].stage->plugin->end, "end", err);
    return status == WN_OK && run_stopped(r) ? run_error(r, err) : status;
}

/* What one step leaves to the next. */
typedef struct between {
    corpus *corpus;
    spool spool;
} between;

static void between_release(between *b)
{
    corpus_free(b->corpus);
    spool_close(&b->spool);
    b->corpus = NULL;
}

static wn_status corpus_step(run *r, const chain *c, const spool *from, stage_run *s, between *to,
                             wn_error *err)
{
    char name[32];
    (void)snprintf(name, sizeof name, "spool-%u", r->step);
    wn_status status = spool_open(&to->spool, outputs_work_dir(r->outputs), name, err);
    if (status != WN_OK)
        return status;
    to->corpus = corpus_new(r, s, err);
    if (to->corpus == NULL)
        return err->status;
    status = step_run(r, c, from, to->corpus, &to->spool, err);
    if (status == WN_OK)
        status = spool_seal(&to->spool, err);
    return status == WN_OK ? corpus_decide(to->corpus, err) : status;
}

static wn_status last_step(run *r, const chain *c, const spool *from, wn_error *err)
{
    wn_status status = begin_sinks(r, err);
    if (status == WN_OK)
        status = step_run(r, c, from, NULL, NULL, err);
    return status == WN_OK ? end_sinks(r, err) : status;
}

static wn_status run_steps(run *r, chain *c, wn_error *err)
{
    between side[2] = {{NULL, {.file = WORKFILE_INIT}}, {NULL, {.file = WORKFILE_INIT}}};
    wn_status status = WN_OK;
    for (; r->step < r->plan->n_steps && status == WN_OK; r->step++) {
        const plan_step *step = &r->plan->step[r->step];
        between *from = &side[r->step % 2], *to = &side[(r->step + 1) % 2];
        const spool *docs = r->step == 0 ? NULL : &from->spool;
        r->step_ns = guard_monotonic_ns();
        make_chain(r, c, step, from->corpus);
        status = step->corpus != NULL ? corpus_step(r, c, docs, step->corpus->run, to, err)
                                      : last_step(r, c, docs, err);
        between_release(from);
    }
    between_release(&side[0]);
    between_release(&side[1]);
    return status;
}

static wn_status run_chain(run *r, wn_error *err)
{
    chain c = {.pass = zeroed(r->n_stages + 1u, sizeof(pass))};
    if (c.pass == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory for the chain");
    r->rejects = outputs_add(r->outputs, "rejects.jsonl", NULL, err);
    wn_status status = r->rejects == NULL ? err->status : WN_OK;
    progress_begin(r);
    if (status == WN_OK)
        status = run_steps(r, &c, err);
    progress_end(r);
    mem_free(c.pass);
    return status;
}

/* ---- The whole ---- */

static wn_status write_record(run *r, run_result *result, wn_error *err)
{
    wn_status status = outputs_finish(r->outputs, err);
    if (status != WN_OK)
        return status;
    json_t *manifest =
        manifest_json(r, outputs_digests(r->outputs, result->digest), result->digest);
    json_t *stats = stats_json(r);
    status = outputs_write(r->outputs, "stats.json", stats, err);
    if (status == WN_OK)
        status = outputs_write(r->outputs, "run.json", manifest, err);
    json_decref(manifest);
    json_decref(stats);
    return status == WN_OK ? outputs_finish(r->outputs, err) : status;
}

static wn_status run_all(run *r, run_result *result, wn_error *err)
{
    wn_status status = run_stopped(r) ? run_error(r, err) : inputs_list(r, err);
    if (status == WN_OK)
        status = outputs_open(r->plan, r->host, &r->outputs, err);
    if (status == WN_OK)
        status = names_new(outputs_work_dir(r->outputs), &r->names, err);
    if (status == WN_OK)
        status = run_chain(r, err);
    if (status == WN_OK)
        status = names_check_merges(r->names, err);
    if (status == WN_OK)
        status = stats_balance(r, err);
    if (status == WN_OK)
        status = write_record(r, result, err);
    close_workers(r); /* while a crash in it can still keep the results from appearing */
    if (mem_failures() != r->failures)
        run_end_for_memory(r);
    if (status == WN_OK && run_stopped(r))
        status = run_error(r, err);
    return status == WN_OK ? outputs_publish(r->outputs, err) : status;
}

static wn_status run_whole(run *r, const plan *p, const run_args *args, run_result *result,
                           wn_error *err)
{
    wn_status status = run_init(r, p, args, err);
    if (status == WN_OK)
        status = run_all(r, result, err);
    if (status == WN_E_INTERRUPTED)
        status = run_why_stopped(r, err);
    if (status == WN_OK) {
        result->documents = r->documents;
        result->rejects = r->n_rejects;
        result->renamed = r->renamed;
        result->info = json_incref(json_array_get(r->info, json_array_size(r->info) - 1));
    }
    run_release(r);
    return status;
}

wn_status run_plan(const plan *p, const run_args *args, run_result *ret_result, wn_error *err)
{
    run r;
    run_result result = {0, 0, 0, "", NULL};
    wn_error problem = WN_ERROR_INIT;
    guard_signals_catch();
    guard_attach();
    if (!guard_watch())
        (void)fprintf(stderr,
                      "winnow: no thread for the watchdog: a stage that hangs will not be found\n");
    wn_status status = run_whole(&r, p, args, &result, &problem);
    if (status == WN_OK)
        *ret_result = result;
    else if (err != NULL && err->status == WN_OK)
        *err = problem;
    guard_signals_restore();
    return status;
}

wn_status run_check(const plan *p, wn_error *err)
{
    return outputs_check(p, err);
}

wn_status run_pipeline(config *c, const run_args *args, run_result *ret_result, wn_error *err)
{
    plan p;
    guard_signals_catch(); /* also while the inputs are searched */
    wn_status status = plan_make(c, &args->plan, &p, err);
    if (status == WN_OK) {
        status = run_plan(&p, args, ret_result, err);
        plan_release(&p);
    }
    guard_signals_restore();
    return status;
}
