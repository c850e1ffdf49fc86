/* corpus.c: a corpus stage between two steps. The committer adds documents in input order, so that
 * ordinals are dense and known at once; values are sorted by partition, reduced by all workers,
 * edges sorted again, and settled by one thread. */
#include "config.h"
#include "engine/corpus.h"
#include "results/outputs.h"
#include "state/worker.h"
#include "store/pairs.h"
#include "util/alloc.h"

#include <string.h>

enum { PARTITIONS = 64, EDGE_BUFFER = 64 * 1024 };

/* What reduce() and settle() hold: a view of the corpus by one thread. */
typedef struct view {
    wn_corpus handle; /* first member */
    corpus *corpus;
    bool reducing, settling;
    strbuf edges;    /* of reduce(), packed; emptied into corpus->edges */
    wn_value *value; /* the group at hand */
    size_t n, cap;
    sorter_cursor *cursor; /* of settle(): the edges */
    wn_edge edge;
    sorter_record last;
    bool any;
    wn_error error; /* of a call that has no error of its own */
} view;

static view *view_of(wn_corpus *c)
{
    return (view *)c;
}

static const view *view_of_const(const wn_corpus *c)
{
    return (const view *)c;
}

/* ---- Life ---- */

static wn_status open_files(corpus *c, wn_error *err)
{
    const char *dir = outputs_work_dir(c->run->outputs);
    char name[32];
    (void)snprintf(name, sizeof name, "ids-%u", c->s->number);
    wn_status status = table_open(&c->ids, dir, name, err);
    (void)snprintf(name, sizeof name, "notes-%u", c->s->number);
    if (status == WN_OK)
        status = table_open(&c->notes, dir, name, err);
    (void)snprintf(name, sizeof name, "emitted-%u", c->s->number);
    if (status == WN_OK &&
        (c->emitted = sorter_new(dir, name, PARTITIONS, c->run->plan->memory / 4)) == NULL)
        status = wn_fail(err, WN_E_NOMEM, "out of memory for a corpus stage");
    (void)snprintf(name, sizeof name, "edges-%u", c->s->number);
    if (status == WN_OK && (c->edges = sorter_new(dir, name, 1, c->run->plan->memory / 8)) == NULL)
        status = wn_fail(err, WN_E_NOMEM, "out of memory for a corpus stage");
    return status;
}

corpus *corpus_new(run *r, stage_run *s, wn_error *err)
{
    static const table closed_table = {WORKFILE_INIT, WORKFILE_INIT, 0, {"", 0}, NULL};
    static const slots closed_slots = {WORKFILE_INIT, WORKFILE_INIT, 0, NULL, {"", 0}};
    corpus *c = mem_alloc(sizeof *c);
    if (c == NULL) {
        (void)wn_fail(err, WN_E_NOMEM, "out of memory for a corpus stage");
        return NULL;
    }
    memset(c, 0, sizeof *c);
    c->run = r;
    c->s = s;
    c->ids = c->notes = closed_table;
    c->verdicts = closed_slots;
    (void)pthread_mutex_init(&c->lock, NULL);
    atomic_init(&c->next_partition, 0);
    if (open_files(c, err) == WN_OK)
        return c;
    corpus_free(c);
    return NULL;
}

void corpus_free(corpus *c)
{
    if (c == NULL)
        return;
    table_close(&c->ids);
    table_close(&c->notes);
    slots_close(&c->verdicts);
    sorter_free(c->emitted);
    sorter_free(c->edges);
    (void)pthread_mutex_destroy(&c->lock);
    mem_free(c);
}

/* ---- Adding ---- */

/* FNV-1a, well mixed: only spreads the work, no result depends on it. */
static unsigned partition_of(wn_str key)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < key.len; i++)
        h = (h ^ (unsigned char)key.p[i]) * UINT64_C(0x100000001b3);
    return (unsigned)((h ^ h >> 32) % PARTITIONS);
}

wn_status corpus_add(corpus *c, wn_str id, wn_str note, wn_str emitted, wn_error *err)
{
    sorter_record r = {{"", 0}, c->n, {"", 0}};
    wn_status status = table_add(&c->ids, id, err);
    if (status == WN_OK)
        status = table_add(&c->notes, note, err);
    while (status == WN_OK && pairs_take(&emitted, &r.key, &r.value))
        status = sorter_add(c->emitted, partition_of(r.key), &r, err);
    if (status == WN_OK)
        c->n++;
    return status;
}

/* ---- Reduce ---- */

static wn_status flush_edges(view *v, wn_error *err)
{
    corpus *c = v->corpus;
    wn_str edges = {v->edges.p == NULL ? "" : v->edges.p, v->edges.len};
    sorter_record r = {{"", 0}, 0, {"", 0}};
    wn_status status = WN_OK;
    (void)pthread_mutex_lock(&c->lock);
    while (status == WN_OK && pairs_take(&edges, &r.key, &r.value))
        status = sorter_add(c->edges, 0, &r, err);
    (void)pthread_mutex_unlock(&c->lock);
    strbuf_clear(&v->edges);
    return status;
}

/* The stage may have overlooked that a call failed. */
static wn_status overlooked(const view *v, wn_status status, wn_error *err)
{
    if (v->error.status == WN_OK)
        return status;
    *err = v->error;
    return v->error.status;
}

static wn_status reduce_group(view *v, wn_str key, wn_error *err)
{
    const stage *s = v->corpus->s->stage;
    v->reducing = true;
    stage_enter(v->corpus->s, "reduce", v->n);
    wn_status status =
        s->plugin->reduce(&v->corpus->s->stage->handle, &v->handle, key, v->value, v->n, err);
    guard_leave();
    v->reducing = false;
    v->n = 0;
    if (status > WN_OK)
        status =
            wn_fail(err, WN_E_STAGE, "reduce answered %d; it is WN_OK or an error", (int)status);
    if (v->edges.oom)
        status = wn_fail(err, WN_E_NOMEM, "out of memory for edges");
    status = overlooked(v, status, err);
    return status == WN_OK && v->edges.len > EDGE_BUFFER ? flush_edges(v, err) : status;
}

static bool same(wn_str a, wn_str b)
{
    return a.len == b.len && memcmp(a.p, b.p, a.len) == 0;
}

static wn_status add_value(view *v, const sorter_record *r, wn_error *err)
{
    if (!MEM_GROW(v->value, v->cap, v->n + 1))
        return wn_fail(err, WN_E_NOMEM, "out of memory for a group of %zu values", v->n);
    wn_value value = {r->ordinal, r->value};
    v->value[v->n++] = value;
    return WN_OK;
}

static wn_status reduce_partition(view *v, unsigned partition, wn_error *err)
{
    sorter_cursor *cursor = sorter_cursor_new(v->corpus->emitted, partition, err);
    sorter_record r;
    wn_str key = {"", 0};
    wn_status status = cursor == NULL ? WN_E_NOMEM : WN_OK;
    while (status == WN_OK && sorter_cursor_next(cursor, &r)) {
        if (v->n > 0 && !same(key, r.key))
            status = run_stopped(v->corpus->run) ? run_error(v->corpus->run, err)
                                                 : reduce_group(v, key, err);
        key = r.key;
        if (status == WN_OK)
            status = add_value(v, &r, err);
    }
    if (status == WN_OK && v->n > 0)
        status = reduce_group(v, key, err);
    sorter_cursor_free(cursor);
    return status;
}

static void name_stage(const corpus *c, const char *what, wn_error *err)
{
    if (err->where[0] == '\0')
        (void)snprintf(err->where, sizeof err->where, "stage %.120s, %s", c->s->stage->id, what);
}

static void reduce(worker *w, void *arg)
{
    corpus *c = arg;
    view v = {.handle = {c->run->host}, .corpus = c};
    wn_error err = WN_ERROR_INIT;
    wn_status status = WN_OK;
    int64_t began = guard_thread_cpu_ns();
    for (;;) {
        unsigned partition = atomic_fetch_add(&c->next_partition, 1);
        if (status != WN_OK || partition >= PARTITIONS || run_stopped(c->run))
            break;
        status = reduce_partition(&v, partition, &err);
    }
    if (status == WN_OK)
        status = flush_edges(&v, &err);
    if (status != WN_OK) {
        (void)wn_fail(&err, status, "reduce failed without saying why");
        name_stage(c, "reduce", &err);
        run_end(c->run, &err);
    }
    w->cpu_ns[c->s->number] += (uint64_t)(guard_thread_cpu_ns() - began);
    strbuf_release(&v.edges);
    mem_free(v.value);
}

static wn_status reduce_all(corpus *c, wn_error *err)
{
    wn_status status = sorter_seal(c->emitted, err);
    if (status == WN_OK)
        status = table_seal(&c->ids, err);
    if (status == WN_OK)
        status = table_seal(&c->notes, err);
    if (status != WN_OK)
        return status;
    status = run_start(c->run, reduce, c, err);
    run_join(c->run);
    if (status == WN_OK && run_stopped(c->run))
        status = run_error(c->run, err);
    if (status == WN_OK)
        status = sorter_seal(c->edges, err);
    sorter_free(c->emitted);
    c->emitted = NULL;
    return status;
}

/* ---- Settle ---- */

static wn_status settle(corpus *c, wn_error *err)
{
    view v = {.handle = {c->run->host}, .corpus = c, .settling = true, .error = WN_ERROR_INIT};
    int64_t began = guard_thread_cpu_ns();
    v.cursor = sorter_cursor_new(c->edges, 0, err);
    if (v.cursor == NULL)
        return WN_E_NOMEM;
    stage_enter(c->s, "settle", c->n);
    wn_status status = c->s->stage->plugin->settle(&c->s->stage->handle, &v.handle, err);
    guard_leave();
    sorter_cursor_free(v.cursor);
    c->run->clerk->cpu_ns[c->s->number] += (uint64_t)(guard_thread_cpu_ns() - began);
    if (run_stopped(c->run))
        return run_error(c->run, err);
    status = overlooked(&v, status, err);
    if (status > WN_OK)
        status =
            wn_fail(err, WN_E_STAGE, "settle answered %d; it is WN_OK or an error", (int)status);
    if (status != WN_OK) {
        (void)wn_fail(err, status, "settle failed without saying why");
        name_stage(c, "settle", err);
    }
    return status;
}

wn_status corpus_decide(corpus *c, wn_error *err)
{
    char name[32];
    (void)snprintf(name, sizeof name, "verdicts-%u", c->s->number);
    wn_status status = reduce_all(c, err);
    if (status == WN_OK)
        status = slots_open(&c->verdicts, outputs_work_dir(c->run->outputs), name, c->n, err);
    if (status == WN_OK)
        status = settle(c, err);
    if (status == WN_OK)
        status = slots_seal(&c->verdicts, err);
    sorter_free(c->edges);
    c->edges = NULL;
    table_close(&c->ids);
    table_close(&c->notes);
    return status;
}

wn_str corpus_verdict(const corpus *c, uint64_t ordinal)
{
    return slots_get(&c->verdicts, ordinal);
}

/* ---- What the stage sees ---- */

uint64_t host_corpus_size(const wn_corpus *c)
{
    return view_of_const(c)->corpus->n;
}

wn_str host_corpus_note(const wn_corpus *c, uint64_t ordinal)
{
    return table_get(&view_of_const(c)->corpus->notes, ordinal);
}

wn_str host_corpus_id(const wn_corpus *c, uint64_t ordinal)
{
    return table_get(&view_of_const(c)->corpus->ids, ordinal);
}

static void put_big_endian(unsigned char *at, uint64_t n)
{
    for (int i = 7; i >= 0; i--, n >>= 8)
        at[i] = (unsigned char)(n & 0xff);
}

static uint64_t get_big_endian(const char *at)
{
    uint64_t n = 0;
    for (int i = 0; i < 8; i++)
        n = n << 8 | (unsigned char)at[i];
    return n;
}

wn_status host_edge(wn_corpus *handle, uint64_t a, uint64_t b, wn_str value)
{
    view *v = view_of(handle);
    unsigned char key[16];
    wn_str k = {(const char *)key, sizeof key};
    if (!v->reducing || a >= v->corpus->n || b >= v->corpus->n)
        return wn_fail(&v->error, WN_E_STAGE,
                       "an edge is between two documents of the corpus, and made in reduce()");
    if (value.len > UINT32_MAX / 4)
        return wn_fail(&v->error, WN_E_LIMIT, "the value of an edge has more than 1 GiB");
    put_big_endian(key, a < b ? a : b);
    put_big_endian(key + 8, a < b ? b : a);
    pairs_add(&v->edges, k, value);
    return v->edges.oom ? WN_E_NOMEM : WN_OK;
}

const wn_edge *host_next_edge(wn_corpus *handle)
{
    view *v = view_of(handle);
    sorter_record r;
    if (!v->settling || run_stopped(v->corpus->run))
        return NULL;
    do {
        if (!sorter_cursor_next(v->cursor, &r))
            return NULL;
    } while (v->any && sorter_compare(&r, &v->last) == 0);
    v->any = true;
    v->last = r;
    v->edge.a = get_big_endian(r.key.p);
    v->edge.b = get_big_endian(r.key.p + 8);
    v->edge.value = r.value;
    return &v->edge;
}

wn_status host_verdict(wn_corpus *handle, uint64_t ordinal, wn_str said)
{
    view *v = view_of(handle);
    if (!v->settling)
        return wn_fail(&v->error, WN_E_STAGE, "a verdict is given in settle()");
    return slots_set(&v->corpus->verdicts, ordinal, said, &v->error);
}

wn_status host_publish(wn_corpus *handle, json_t *take_findings)
{
    view *v = view_of(handle);
    const char *why = "they were published outside of settle()";
    if (v->settling && take_findings != NULL && json_is_sound(take_findings, SIZE_MAX, &why))
        return json_object_set_new(v->corpus->run->findings, v->corpus->s->stage->id,
                                   take_findings) == 0
                   ? WN_OK
                   : WN_E_NOMEM;
    json_decref(take_findings);
    return wn_fail(&v->error, WN_E_STAGE, "the findings cannot be published: %s", why);
}
