/* state.c: see state.h. */
#include "config.h"
#include "state/state.h"
#include "util/alloc.h"

/* ---- How a run ends ---- */

void run_end(run *r, const wn_error *why)
{
    (void)pthread_mutex_lock(&r->lock);
    if (r->error.status == WN_OK)
        r->error = *why;
    if (r->error.status >= WN_OK)
        r->error.status = WN_E_INTERNAL;
    (void)pthread_mutex_unlock(&r->lock);
    atomic_store(&r->stop, true);
}

static wn_error interruption(void)
{
    wn_error err = WN_ERROR_INIT;
    (void)wn_fail(&err, WN_E_INTERRUPTED, "interrupted; nothing was written");
    return err;
}

bool run_stopped(run *r)
{
    if (guard_signal() != 0 && !atomic_load(&r->stop)) {
        wn_error err = interruption();
        run_end(r, &err);
    }
    return atomic_load(&r->stop);
}

wn_status run_error(run *r, wn_error *err)
{
    (void)pthread_mutex_lock(&r->lock);
    wn_status status = r->error.status;
    if (err != NULL)
        *err = r->error;
    (void)pthread_mutex_unlock(&r->lock);
    return status;
}

/* ---- Documents ---- */

document *run_document(run *r)
{
    document *d = NULL;
    (void)pthread_mutex_lock(&r->lock);
    if (r->n_idle > 0)
        d = r->idle[--r->n_idle];
    (void)pthread_mutex_unlock(&r->lock);
    if (d == NULL)
        d = document_new(r->host, (size_t)r->config->limits.max_document_memory);
    if (d != NULL) {
        document_set_max_record(d, (size_t)r->config->limits.max_record);
        document_set_max_span_ratio(d, (size_t)r->config->limits.max_span_ratio);
    }
    return d;
}

/* Few are kept: each holds memory for the next document. */
void run_document_back(run *r, document *d)
{
    bool kept = false;
    document_reset(d);
    (void)pthread_mutex_lock(&r->lock);
    if (r->n_idle < r->cap_idle) {
        r->idle[r->n_idle++] = d;
        kept = true;
    }
    (void)pthread_mutex_unlock(&r->lock);
    if (!kept)
        document_free(d);
}

/* ---- Threads ---- */

typedef struct job {
    worker *worker;
    work_function *f;
    void *arg;
} job;

/* A stage has ended the thread it was called on. */
static void thread_lost(void *arg)
{
    const worker *w = arg;
    char who[400];
    wn_error err = WN_ERROR_INIT;
    guard_words(who, sizeof who);
    (void)wn_fail(&err, WN_E_STAGE, "%s ended its thread; nothing was written", who);
    run_end(w->run, &err);
    guard_detach();
}

/* An allocation failed: wherever that was, something may be missing that nobody noticed. A
 * document's own limit is none. */
void run_end_for_memory(run *r)
{
    wn_error err = WN_ERROR_INIT;
    (void)wn_fail(&err, WN_E_NOMEM, "out of memory; nothing was written");
    run_end(r, &err);
}

static void *run_job(void *arg)
{
    job j = *(job *)arg;
    mem_free(arg);
    unsigned long failures = mem_failures();
    guard_attach();
    pthread_cleanup_push(thread_lost, j.worker);
    j.f(j.worker, j.arg);
    pthread_cleanup_pop(0);
    if (mem_failures() != failures)
        run_end_for_memory(j.worker->run);
    guard_detach();
    return NULL;
}

static wn_status start_worker(worker *w, work_function *f, void *arg, wn_error *err)
{
    job *j = mem_alloc(sizeof *j);
    if (j == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory for a thread");
    j->worker = w;
    j->f = f;
    j->arg = arg;
    w->running = pthread_create(&w->thread, NULL, run_job, j) == 0;
    if (w->running)
        return WN_OK;
    mem_free(j);
    return wn_fail(err, WN_E_NOMEM, "cannot start thread %u; lower --jobs", w->number + 1);
}

wn_status run_start(run *r, work_function *f, void *arg, wn_error *err)
{
    wn_status status = WN_OK;
    for (unsigned i = 0; i < r->plan->workers && status == WN_OK; i++)
        status = start_worker(&r->worker[i], f, arg, err);
    if (status != WN_OK)
        run_end(r, err);
    return status;
}

void run_join(run *r)
{
    for (unsigned i = 0; i < r->plan->workers; i++)
        if (r->worker[i].running) {
            (void)pthread_join(r->worker[i].thread, NULL);
            r->worker[i].running = false;
        }
}

/* The answer of a stage, or of a call of the host's, was "interrupted". The first reason counts: a
 * signal, wherever it was noticed; or what ended the run in another thread. */
wn_status run_why_stopped(run *r, wn_error *err)
{
    wn_error why = WN_ERROR_INIT;
    if (guard_signal() != 0)
        why = interruption();
    else if (run_error(r, &why) == WN_OK || why.status == WN_E_INTERRUPTED) {
        why = *err;
        why.status = WN_OK;
        (void)wn_fail(
            &why, WN_E_STAGE,
            "a stage says that the run was interrupted, and it was not; that is a fault of "
            "the stage");
    }
    *err = why;
    return why.status;
}
