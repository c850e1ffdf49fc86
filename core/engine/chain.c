/* chain.c: one document through the stages of a step. */
#include "config.h"
#include "engine/chain.h"
#include "engine/corpus.h"

#include <string.h>

/* ---- The chain ---- */

/* Only a document of this run can stand for another. Those of the first step are not all known yet:
 * see names.h. */
static wn_status judge_merge(const stage_run *s, document *d, wn_error *err)
{
    const char *into = document_verdict(d)->into;
    wn_str name = document_id(document_handle(d)), target = {into, into == NULL ? 0 : strlen(into)};
    if (into != NULL && target.len == name.len && memcmp(target.p, name.p, name.len) == 0)
        return wn_fail(err, WN_E_STAGE,
                       "stage %s merged the document into itself; that is a fault of the stage",
                       s->stage->id);
    if (into != NULL && (s->run->step == 0 || names_know(s->run->names, target)))
        return WN_MERGED;
    return wn_fail(
        err, WN_E_STAGE,
        "stage %s merged the document into %.100s, which is no document of this run; that "
        "is a fault of the stage",
        s->stage->id, into == NULL ? "nothing" : into);
}

wn_status chain_judge(const stage_run *s, document *d, wn_status returned, wn_error *err)
{
    wn_status said = document_verdict(d)->status;
    const wn_error *trouble = document_trouble(d);
    if (trouble->status != WN_OK) { /* whatever the stage made of it */
        *err = *trouble;
        return trouble->status;
    }
    if (returned == WN_E_INTERRUPTED && !run_stopped(s->run)) {
        err->status = WN_OK; /* whatever it says of it */
        return wn_fail(
            err, WN_E_STAGE,
            "stage %s says that the run was interrupted, and it was not; that is a fault of "
            "the stage",
            s->stage->id);
    }
    if (returned >= WN_E_INTERRUPTED && returned < WN_OK) {
        (void)wn_fail(err, returned, "stage %s failed without saying why", s->stage->id);
        return returned;
    }
    if (returned == said && returned == WN_MERGED)
        return judge_merge(s, d, err);
    if (returned == said && (returned == WN_OK || returned == WN_DROP))
        return returned;
    return wn_fail(err, WN_E_STAGE, "stage %s returned %d, but %s; that is a fault of the stage",
                   s->stage->id, (int)returned,
                   said == WN_OK ? "neither wn_drop nor wn_merge was called"
                                 : "wn_drop or wn_merge was called");
}

bool chain_ends_run(const stage_run *s, const document *d, wn_status status)
{
    if (status >= WN_OK)
        return false;
    if (status == WN_E_INTERRUPTED || (status == WN_E_NOMEM && !document_out_of_memory(d)))
        return true;
    if (s->number == 0 && status != WN_E_DATA && status != WN_E_LIMIT && status != WN_E_IO &&
        status != WN_E_NOMEM)
        return true;
    return s->stage->on_error == ON_ERROR_FAIL;
}

static wn_status emit(const wn_plugin *p, wn_stage *s, worker *w, wn_doc *doc, wn_error *err)
{
    strbuf_clear(&w->emitted);
    strbuf_clear(&w->note);
    w->noted = false;
    w->emitting = true;
    wn_status status = p->emit(s, doc, err);
    w->emitting = false;
    if (!w->emitted.oom && !w->note.oom)
        return status;
    strbuf_release(&w->emitted);
    strbuf_release(&w->note);
    return wn_fail(err, WN_E_NOMEM, "out of memory for what a document emits");
}

static const char *const call_names[] = {[PASS_PROCESS] = "process",
                                         [PASS_EMIT] = "emit",
                                         [PASS_APPLY] = "apply",
                                         [PASS_RENDER] = "render"};

static wn_status call(const chain *c, const pass *p, worker *w, wn_doc *doc, uint64_t ordinal,
                      wn_str *rendered, wn_error *err)
{
    wn_stage *s = &p->s->stage->handle;
    const wn_plugin *plugin = p->s->stage->plugin;
    switch (p->kind) {
    case PASS_PROCESS: return plugin->process(s, doc, err);
    case PASS_EMIT: return emit(plugin, s, w, doc, err);
    case PASS_APPLY: return plugin->apply(s, doc, corpus_verdict(c->before, ordinal), err);
    case PASS_RENDER:
        return plugin->render == NULL ? WN_OK : plugin->render(s, doc, &rendered[p->sink], err);
    }
    return WN_E_INTERNAL;
}

/* Once, before the document is written or kept; in a thorough run after each stage, so that the
 * culprit is named. */
static bool is_checked(const chain *c, unsigned i, bool thorough)
{
#ifdef WN_ARENA_DEBUG
    thorough = true;
#endif
    return thorough || i + 1 == c->n ||
           (c->pass[i].kind != PASS_RENDER && c->pass[i + 1].kind == PASS_RENDER);
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
        status = chain_judge(p->s, d, status, err);
        if (status == WN_OK && is_checked(c, i, w->run->args->check_all))
            status = document_check(d, err);
    }
    *ret_ended = status == WN_OK ? c->n : i - 1;
    return status;
}
