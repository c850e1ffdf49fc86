/* batch.c: results of consecutive documents on their way from a worker to the committer. */
#include "config.h"
#include "engine/batch.h"
#include "results/stats.h"
#include "state/worker.h"
#include "util/alloc.h"

#include <string.h>

batch *batch_new(void)
{
    batch *b = mem_alloc(sizeof *b);
    if (b != NULL)
        memset(b, 0, sizeof *b);
    return b;
}

void batch_free(batch *b, run *r)
{
    if (b == NULL)
        return;
    for (size_t i = 0; i < b->n; i++) {
        if (b->item[i].doc != NULL)
            run_document_back(r, b->item[i].doc);
        mem_free(b->item[i].fatal);
    }
    mem_free(b->item);
    mem_free(b->counter);
    strbuf_release(&b->bytes);
    mem_free(b);
}

item *batch_item(batch *b)
{
    if (!MEM_GROW(b->item, b->cap, b->n + 1))
        return NULL;
    item *i = &b->item[b->n++];
    memset(i, 0, sizeof *i);
    return i;
}

bool batch_full(const batch *b)
{
    return b->n >= BATCH_DOCUMENTS || batch_cost(b) >= BATCH_BYTES;
}

size_t batch_cost(const batch *b)
{
    return sizeof *b + b->cap * sizeof *b->item + b->bytes.cap + b->held;
}

wn_str batch_part(const batch *b, part p)
{
    wn_str s = {p.len == 0 ? "" : b->bytes.p + p.at, p.len};
    return s;
}

part batch_add(batch *b, wn_str bytes)
{
    part p = {b->bytes.len, bytes.len};
    strbuf_add(&b->bytes, bytes.p, bytes.len);
    return p;
}

static wn_str strbuf_str(const strbuf *s)
{
    wn_str str = {s->len == 0 ? "" : s->p, s->len};
    return str;
}

static wn_status checked(const batch *b, wn_error *err)
{
    return b->bytes.oom ? wn_fail(err, WN_E_NOMEM, "out of memory for the results of documents")
                        : WN_OK;
}

wn_status batch_keep_frozen(batch *b, item *i, const worker *w, document *d, wn_error *err)
{
    i->id = batch_add(b, document_id(document_handle(d)));
    i->note = batch_add(b, strbuf_str(&w->note));
    i->emitted = batch_add(b, strbuf_str(&w->emitted));
    i->frozen.at = b->bytes.len;
    wn_status status = document_freeze(d, &b->bytes);
    if (status != WN_OK)
        return wn_fail(err, status, "cannot keep the document for the next step");
    i->frozen.len = b->bytes.len - i->frozen.at;
    return checked(b, err);
}

void batch_keep_alive(batch *b, item *i, document *d, wn_str *rendered)
{
    enum { OVERHEAD = 32 * 1024 }; /* of an arena's last block, and the document itself */
    i->doc = d;
    i->rendered = rendered;
    b->held += document_memory(d) + OVERHEAD;
}

wn_status batch_keep_reject(batch *b, item *i, document *d, wn_error *err)
{
    const verdict *v = document_verdict(d);
    wn_str reason = {v->reason == NULL ? "" : v->reason, v->reason == NULL ? 0 : strlen(v->reason)};
    i->id = batch_add(b, document_id(document_handle(d)));
    if (i->status == WN_MERGED)
        i->into = batch_add(b, (wn_str){v->into, strlen(v->into)});
    if (document_check(d, NULL) != WN_OK)
        document_disown(d);
    i->origin = batch_add(b, document_origin(d));
    if (i->status > WN_OK)
        i->reason = batch_add(b, reason);
    i->reject.at = b->bytes.len;
    wn_status status = document_reject_json(document_handle(d), &b->bytes, err);
    if (status != WN_OK)
        return status;
    if (b->bytes.len == i->reject.at || b->bytes.p[b->bytes.len - 1] != '\n')
        strbuf_putc(&b->bytes, '\n');
    i->reject.len = b->bytes.len - i->reject.at;
    return checked(b, err);
}

void batch_keep_fatal(item *i, const char *stage_id, document *d, const wn_error *err)
{
    char name[128];
    i->ends_run = true;
    mem_free(i->fatal);
    i->fatal = mem_alloc(sizeof *i->fatal);
    if (i->fatal == NULL)
        return;
    *i->fatal = *err;
    document_name(d, name, sizeof name);
    if (err->where[0] == '\0')
        (void)snprintf(i->fatal->where, sizeof i->fatal->where, "document %.110s, stage %.60s",
                       name, stage_id);
}

wn_status batch_keep_counters(batch *b, item *i, const worker *w, wn_error *err)
{
    i->counters = b->n_counters;
    i->n_counters = w->n_counters;
    if (w->n_counters == 0)
        return WN_OK;
    if (!MEM_GROW(b->counter, b->cap_counters, b->n_counters + w->n_counters))
        return wn_fail(err, WN_E_NOMEM, "out of memory for counters");
    memcpy(&b->counter[b->n_counters], w->counter, w->n_counters * sizeof *w->counter);
    b->n_counters += w->n_counters;
    return WN_OK;
}
