/* chain.c: one document through the stages of a step. */
#include "config.h"
#include "run/internal.h"
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
    corpus_pack(&w->records, key, value);
    return w->records.oom ? WN_E_NOMEM : WN_OK;
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
    /* the cheap clock first; what counts is the time the processor gave us, not how busy the machine is */
    if (limit <= 0 || (double)(guard_monotonic_ns() - w->document_start) < limit * 1e9)
        return WN_OK;
    if ((double)(guard_thread_cpu_ns() - w->document_cpu) < limit * 1e9) {
        guard_alive(); /* a stage that ticks does not hang */
        return WN_OK;
    }
    return wn_fail(err, WN_E_LIMIT, "the document took longer than limits.max_document_seconds (%g)", limit);
}

static counter *find_counter(worker *w, unsigned number, const char *name)
{
    for (size_t i = 0; i < w->n_counters; i++)
        if (w->counter[i].stage == number && strncmp(w->counter[i].name, name, sizeof w->counter[i].name - 1) == 0)
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
    enum { MANY = 200 }; /* of one document: names made from its content must not fill the memory */
    worker *w = self;
    (void)doc;
    if (w->now == NULL)
        return;
    counter *c = find_counter(w, w->now->number, w->n_counters < MANY ? name : "(more)");
    if (c != NULL)
        c->n += n;
}

static wn_status lend_fetch(void *self, const locator *at, arena *into, wn_str *ret_raw, wn_error *err)
{
    worker *w = self;
    if (at->path == NULL || at->path[0] == '\0')
        return wn_fail(err, WN_E_DATA, "the document has no record to read again");
    return fetcher_get(w->run->fetcher, at, into, ret_raw, err);
}

static wn_status lend_analyse(void *self, wn_doc *doc, unsigned what, const wn_analysis **ret, wn_error *err)
{
    worker *w = self;
    const tagger *tags = w->now != NULL ? w->now->stage->tagger : NULL;
    return analyst_ask(&w->analyst, doc, (what & WN_ANALYSE_TAGS) != 0, tags, ret, err);
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
    w->entered_cpu = guard_enter(s->stage->id, call, 10 * w->run->config->limits.max_document_seconds,
                                 "ten times limits.max_document_seconds");
}

void worker_leave(worker *w)
{
    w->cpu_ns[w->now->number] += (uint64_t)(guard_thread_cpu_ns() - w->entered_cpu);
    w->now = NULL;
    guard_leave();
}

void stage_enter(const stage_run *s, const char *call, uint64_t n)
{
    guard_about("", "");
    guard_enter(s->stage->id, call, s->run->config->limits.max_document_seconds * (10 + (double)n / 100),
                "ten times limits.max_document_seconds, and a hundredth of it for each document");
}

/* ---- The chain ---- */

/* Only a document of this run can stand for another. Those of the first step are not all known yet: see names.h. */
static wn_status judge_merge(const stage_run *s, document *d, wn_error *err)
{
    const char *into = document_verdict(d)->into;
    wn_str name = document_id(document_handle(d)), target = {into, into == NULL ? 0 : strlen(into)};
    if (into != NULL && target.len == name.len && memcmp(target.p, name.p, name.len) == 0)
        return wn_fail(err, WN_E_STAGE, "stage %s merged the document into itself; that is a fault of the stage",
                       s->stage->id);
    if (into != NULL && (s->run->step == 0 || names_know(s->run->names, target)))
        return WN_MERGED;
    return wn_fail(err, WN_E_STAGE, "stage %s merged the document into %.100s, which is no document of this run; that "
                   "is a fault of the stage", s->stage->id, into == NULL ? "nothing" : into);
}

wn_status judge(const stage_run *s, document *d, wn_status returned, wn_error *err)
{
    wn_status said = document_verdict(d)->status;
    const wn_error *trouble = document_trouble(d);
    if (trouble->status != WN_OK) { /* whatever the stage made of it */
        *err = *trouble;
        return trouble->status;
    }
    if (returned == WN_E_INTERRUPTED && !run_stopped(s->run)) {
        err->status = WN_OK; /* whatever it says of it */
        return wn_fail(err, WN_E_STAGE, "stage %s says that the run was interrupted, and it was not; that is a fault of "
                       "the stage", s->stage->id);
    }
    if (returned >= WN_E_INTERRUPTED && returned < WN_OK) {
        (void)wn_fail(err, returned, "stage %s failed without saying why", s->stage->id);
        return returned;
    }
    if (returned == said && returned == WN_MERGED)
        return judge_merge(s, d, err);
    if (returned == said && (returned == WN_OK || returned == WN_DROP))
        return returned;
    return wn_fail(err, WN_E_STAGE, "stage %s returned %d, but %s; that is a fault of the stage", s->stage->id,
                   (int)returned, said == WN_OK ? "neither wn_drop nor wn_merge was called"
                                                : "wn_drop or wn_merge was called");
}

bool ends_run(const stage_run *s, const document *d, wn_status status)
{
    if (status >= WN_OK)
        return false;
    if (status == WN_E_INTERRUPTED || (status == WN_E_NOMEM && !document_out_of_memory(d)))
        return true;
    if (s->number == 0 && status != WN_E_DATA && status != WN_E_LIMIT && status != WN_E_IO && status != WN_E_NOMEM)
        return true;
    return s->stage->on_error == ON_ERROR_FAIL;
}

static wn_status emit(const wn_plugin *p, wn_stage *s, worker *w, wn_doc *doc, wn_error *err)
{
    strbuf_clear(&w->records);
    strbuf_clear(&w->note);
    w->noted = false;
    w->emitting = true;
    wn_status status = p->emit(s, doc, err);
    w->emitting = false;
    if (!w->records.oom && !w->note.oom)
        return status;
    strbuf_release(&w->records);
    strbuf_release(&w->note);
    return wn_fail(err, WN_E_NOMEM, "out of memory for the records of a document");
}

static const char *const call_names[] = {[PASS_PROCESS] = "process", [PASS_EMIT] = "emit", [PASS_APPLY] = "apply",
                                         [PASS_RENDER] = "render"};

static wn_status call(const chain *c, const pass *p, worker *w, wn_doc *doc, uint64_t ordinal, wn_str *rendered,
                      wn_error *err)
{
    wn_stage *s = &p->s->stage->handle;
    const wn_plugin *plugin = p->s->stage->plugin;
    switch (p->kind) {
    case PASS_PROCESS:
        return plugin->process(s, doc, err);
    case PASS_EMIT:
        return emit(plugin, s, w, doc, err);
    case PASS_APPLY:
        return plugin->apply(s, doc, corpus_verdict(c->before, ordinal), err);
    case PASS_RENDER:
        return plugin->render == NULL ? WN_OK : plugin->render(s, doc, &rendered[p->sink], err);
    }
    return WN_E_INTERNAL;
}

/* Once, before the document is written or kept; in a thorough run after each stage, so that the culprit is named. */
static bool is_checked(const chain *c, unsigned i, bool thorough)
{
#ifdef WN_ARENA_DEBUG
    thorough = true;
#endif
    return thorough || i + 1 == c->n || (c->pass[i].kind != PASS_RENDER && c->pass[i + 1].kind == PASS_RENDER);
}

wn_status chain_run(const chain *c, worker *w, document *d, uint64_t ordinal, wn_str *rendered,
                    unsigned *ret_ended, wn_error *err)
{
    wn_status status = WN_OK;
    unsigned i;
    for (i = 0; i < c->n && status == WN_OK; i++) {
        const pass *p = &c->pass[i];
        worker_enter(w, p->s, call_names[p->kind], d);
        status = call(c, p, w, document_handle(d), ordinal, rendered, err);
        worker_leave(w);
        status = judge(p->s, d, status, err);
        if (status == WN_OK && is_checked(c, i, w->run->args->check_all))
            status = document_check(d, err);
    }
    *ret_ended = status == WN_OK ? c->n : i - 1;
    return status;
}
