/* worker.c: see worker.h. */
#include "config.h"
#include "state/worker.h"
#include "store/pairs.h"
#include "util/alloc.h"

#include <string.h>

void document_name(document *d, char *name, size_t cap)
{
    wn_str id = document_id(document_handle(d));
    const locator *at = document_locator(d);
    if (id.len > 0)
        (void)snprintf(name, cap, "%.*s", id.len < cap ? (int)id.len : (int)cap - 1, id.p);
    else if (at->path != NULL && at->path[0] != '\0')
        (void)snprintf(name, cap, "%s:%llu", at->path, (unsigned long long)at->offset);
    else
        (void)snprintf(name, cap, "(no name)");
}

/* ---- What the runner lends a document ---- */

static wn_status lend_emit(void *self, wn_doc *doc, wn_str key, wn_str value)
{
    worker *w = self;
    (void)doc;
    if (!w->emitting)
        return WN_E_STAGE;
    if (key.len > UINT32_MAX / 4 || value.len > UINT32_MAX / 4)
        return WN_E_LIMIT;
    pairs_add(&w->emitted, key, value);
    return w->emitted.oom ? WN_E_NOMEM : WN_OK;
}

static wn_status lend_note(void *self, wn_doc *doc, wn_str note)
{
    worker *w = self;
    (void)doc;
    if (!w->emitting || w->noted)
        return WN_E_STAGE;
    strbuf_add(&w->note, note.p, note.len);
    w->noted = true;
    return w->note.oom ? WN_E_NOMEM : WN_OK;
}

static wn_status lend_tick(void *self, wn_doc *doc, wn_error *err)
{
    worker *w = self;
    double limit = w->run->config->limits.max_document_seconds;
    (void)doc;
    if (atomic_load_explicit(&w->run->stop, memory_order_relaxed))
        return wn_fail(err, WN_E_INTERRUPTED, "the run was stopped");
    /* the cheap clock first; what counts is the time the processor gave us, not how busy the
     * machine is */
    if (limit <= 0 || (double)(guard_monotonic_ns() - w->document_start) < limit * 1e9)
        return WN_OK;
    if ((double)(guard_thread_cpu_ns() - w->document_cpu) < limit * 1e9) {
        guard_alive(); /* a stage that ticks does not hang */
        return WN_OK;
    }
    return wn_fail(err, WN_E_LIMIT,
                   "the document took longer than limits.max_document_seconds (%g)", limit);
}

static counter *find_counter(worker *w, unsigned number, const char *name)
{
    for (size_t i = 0; i < w->n_counters; i++)
        if (w->counter[i].stage == number &&
            strncmp(w->counter[i].name, name, sizeof w->counter[i].name - 1) == 0)
            return &w->counter[i];
    if (!MEM_GROW(w->counter, w->cap_counters, w->n_counters + 1))
        return NULL;
    counter *c = &w->counter[w->n_counters++];
    c->stage = number;
    c->n = 0;
    (void)snprintf(c->name, sizeof c->name, "%s", name);
    return c;
}

static void lend_count(void *self, wn_doc *doc, const char *name, int64_t n)
{
    /* of one document: names made from its content must not fill the memory */
    enum { MANY = 200 };
    worker *w = self;
    (void)doc;
    if (w->now == NULL)
        return;
    counter *c = find_counter(w, w->now->number, w->n_counters < MANY ? name : "(more)");
    if (c != NULL)
        c->n += n;
}

static wn_status lend_fetch(void *self, const locator *at, arena *into, wn_str *ret_raw,
                            wn_error *err)
{
    worker *w = self;
    if (at->path == NULL || at->path[0] == '\0')
        return wn_fail(err, WN_E_DATA, "the document has no record to read again");
    return fetcher_get(w->run->fetcher, at, into, ret_raw, err);
}

static wn_status lend_analyse(void *self, wn_doc *doc, unsigned what, const wn_analysis **ret,
                              wn_error *err)
{
    worker *w = self;
    const analyst_means with = {&w->run->config->text_rules,
                                w->now != NULL ? w->now->stage->tagger : NULL};
    return analyst_ask(&w->analyst, doc, (what & WN_ANALYSE_TAGS) != 0, &with, ret, err);
}

static void lend(worker *w, document *d)
{
    doc_context *c = document_context(d);
    c->stage = w->now == NULL ? NULL : &w->now->stage->handle;
    c->worker = w->now == NULL ? NULL : w->state[w->now->number];
    c->emit = lend_emit;
    c->note = lend_note;
    c->tick = lend_tick;
    c->count = lend_count;
    c->analyse = lend_analyse;
    c->fetch = lend_fetch;
    c->self = w;
}

/* ---- Workers ---- */

wn_status worker_open(worker *w, stage_run *s, wn_error *err)
{
    const wn_plugin *p = s->stage->plugin;
    if (w->opened[s->number] || p->worker_open == NULL)
        return WN_OK;
    stage_enter(s, "worker_open", 0);
    wn_status status = p->worker_open(&s->stage->handle, &w->state[s->number], err);
    guard_leave();
    w->opened[s->number] = status == WN_OK;
    if (status != WN_OK)
        (void)wn_fail(err, status, "worker_open failed without saying why");
    if (status != WN_OK && err->where[0] == '\0')
        (void)snprintf(err->where, sizeof err->where, "stage %.150s", s->stage->id);
    return status;
}

void worker_close_all(worker *w)
{
    for (unsigned i = 0; i < w->run->n_stages; i++) {
        stage *s = w->run->stage[i].stage;
        if (w->opened[i] && s->plugin->worker_close != NULL) {
            stage_enter(&w->run->stage[i], "worker_close", 0);
            s->plugin->worker_close(&s->handle, w->state[i]);
            guard_leave();
        }
        w->opened[i] = false;
    }
}

void worker_begin(worker *w, const char *what, const char *name)
{
    w->n_counters = 0;
    w->document_start = guard_monotonic_ns();
    w->document_cpu = guard_thread_cpu_ns();
    guard_about(what, name);
}

void worker_enter(worker *w, stage_run *s, const char *call, document *d)
{
    w->now = s;
    if (d != NULL)
        lend(w, d);
    w->entered_cpu =
        guard_enter(s->stage->id, call, 10 * w->run->config->limits.max_document_seconds,
                    "ten times limits.max_document_seconds");
}

void worker_leave(worker *w)
{
    w->cpu_ns[w->now->number] += (uint64_t)(guard_thread_cpu_ns() - w->entered_cpu);
    w->now = NULL;
    analyst_trim(&w->analyst);
    guard_leave();
}

void stage_enter(const stage_run *s, const char *call, uint64_t n)
{
    guard_about("", "");
    guard_enter(s->stage->id, call,
                s->run->config->limits.max_document_seconds * (10 + (double)n / 100),
                "ten times limits.max_document_seconds, and a hundredth of it for each document");
}
