/* sorter.c: external sort of records, see sorter.h. */
#include "config.h"
#include "util/alloc.h"
#include "store/sorter.h"
#include "store/workfile.h"
#include "util/strbuf.h"

#include <stdlib.h>
#include <string.h>

/* A record in a buffer or run: this head, then key and value. */
typedef struct head {
    uint64_t ordinal;
    uint32_t key_len, value_len;
} head;

/* Where a record lies in its buffer, with the first bytes of its key, so that most comparisons stay
 * here. */
typedef struct entry {
    uint64_t prefix, offset;
} entry;

typedef struct partition {
    strbuf bytes;
    entry *entry;
    size_t n, cap;
} partition;

typedef struct run_file {
    workfile file;
    wn_str bytes;
    uint64_t *start; /* partitions + 1 offsets */
} run_file;

struct sorter {
    const char *dir;
    char name[32];
    unsigned n_partitions, n_runs;
    size_t cap_runs;
    size_t memory, used;
    partition *partition;
    run_file *run;
};

sorter *sorter_new(const char *dir, const char *name, unsigned partitions, size_t memory)
{
    sorter *s = calloc(1, sizeof *s);
    if (s == NULL)
        return NULL;
    s->dir = dir;
    (void)snprintf(s->name, sizeof s->name, "%s", name);
    s->n_partitions = partitions;
    s->memory = memory / 2; /* buffers grow by doubling */
    s->partition = calloc(partitions, sizeof *s->partition);
    if (s->partition == NULL) {
        free(s);
        return NULL;
    }
    return s;
}

unsigned sorter_runs(const sorter *s)
{
    return s->n_runs;
}

static int compare_bytes(wn_str a, wn_str b)
{
    int order = memcmp(a.p, b.p, a.len < b.len ? a.len : b.len);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

int sorter_compare(const sorter_record *a, const sorter_record *b)
{
    int order = compare_bytes(a->key, b->key);
    if (order == 0)
        order = (a->ordinal > b->ordinal) - (a->ordinal < b->ordinal);
    return order != 0 ? order : compare_bytes(a->value, b->value);
}

static size_t decode(const char *at, sorter_record *ret)
{
    head h;
    memcpy(&h, at, sizeof h);
    ret->ordinal = h.ordinal;
    ret->key.p = at + sizeof h;
    ret->key.len = h.key_len;
    ret->value.p = ret->key.p + h.key_len;
    ret->value.len = h.value_len;
    return sizeof h + h.key_len + h.value_len;
}

static uint64_t prefix_of(wn_str key)
{
    uint64_t prefix = 0;
    for (size_t i = 0; i < 8; i++)
        prefix = prefix << 8 | (i < key.len ? (unsigned char)key.p[i] : 0);
    return prefix;
}

static int compare_entries(const void *a, const void *b, void *bytes)
{
    const entry *x = a, *y = b;
    sorter_record r, q;
    if (x->prefix != y->prefix)
        return x->prefix < y->prefix ? -1 : 1;
    (void)decode((const char *)bytes + x->offset, &r);
    (void)decode((const char *)bytes + y->offset, &q);
    return sorter_compare(&r, &q);
}

static void partition_sort(partition *p)
{
    if (p->n > 1)
        qsort_r(p->entry, p->n, sizeof *p->entry, compare_entries, p->bytes.p);
}

static void partition_release(partition *p)
{
    strbuf_release(&p->bytes);
    free(p->entry);
    memset(p, 0, sizeof *p);
}

static wn_status write_partition(partition *p, workfile *f, wn_error *err)
{
    wn_status status = WN_OK;
    partition_sort(p);
    for (size_t i = 0; i < p->n && status == WN_OK; i++) {
        sorter_record r;
        const char *at = p->bytes.p + p->entry[i].offset;
        status = workfile_write(f, at, decode(at, &r), err);
    }
    return status;
}

static run_file *add_run(sorter *s)
{
    if (!MEM_GROW(s->run, s->cap_runs, s->n_runs + 1u))
        return NULL;
    run_file *run = &s->run[s->n_runs];
    workfile closed = WORKFILE_INIT;
    run->file = closed;
    run->start = calloc(s->n_partitions + 1u, sizeof *run->start);
    if (run->start == NULL)
        return NULL;
    s->n_runs++;
    return run;
}

static wn_status spill(sorter *s, wn_error *err)
{
    char name[64];
    run_file *run = add_run(s);
    if (run == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory while sorting %s", s->name);
    (void)snprintf(name, sizeof name, "%s-run-%u", s->name, s->n_runs);
    wn_status status = workfile_open(&run->file, s->dir, name, err);
    for (unsigned i = 0; i < s->n_partitions && status == WN_OK; i++) {
        status = write_partition(&s->partition[i], &run->file, err);
        run->start[i + 1] = run->file.size;
        partition_release(&s->partition[i]);
    }
    if (status == WN_OK)
        status = workfile_map(&run->file, &run->bytes, err);
    s->used = 0;
    return status;
}

static bool room_for_entry(partition *p)
{
    return p->n < p->cap || MEM_GROW(p->entry, p->cap, p->n + 1);
}

wn_status sorter_add(sorter *s, unsigned at, const sorter_record *r, wn_error *err)
{
    partition *p = &s->partition[at];
    size_t size = sizeof(head) + r->key.len + r->value.len;
    head h = {r->ordinal, (uint32_t)r->key.len, (uint32_t)r->value.len};
    if (r->key.len > UINT32_MAX || r->value.len > UINT32_MAX)
        return wn_fail(err, WN_E_LIMIT, "a record of a corpus stage is larger than 4 GiB");
    if (s->used > 0 && s->used + size + sizeof(entry) > s->memory) {
        wn_status status = spill(s, err);
        if (status != WN_OK)
            return status;
    }
    entry e = {prefix_of(r->key), p->bytes.len};
    if (!room_for_entry(p) || !strbuf_reserve(&p->bytes, size))
        return wn_fail(err, WN_E_NOMEM, "out of memory while sorting %s; lower --max-memory",
                       s->name);
    strbuf_add(&p->bytes, &h, sizeof h);
    strbuf_add(&p->bytes, r->key.p, r->key.len);
    strbuf_add(&p->bytes, r->value.p, r->value.len);
    p->entry[p->n++] = e;
    s->used += size + sizeof(entry);
    return WN_OK;
}

wn_status sorter_seal(sorter *s, wn_error *err)
{
    /* once something was spilled, the rest goes the same way: the buffers' memory serves the
     * readers */
    return s->n_runs > 0 && s->used > 0 ? spill(s, err) : WN_OK;
}

void sorter_free(sorter *s)
{
    if (s == NULL)
        return;
    for (unsigned i = 0; i < s->n_partitions; i++)
        partition_release(&s->partition[i]);
    for (unsigned i = 0; i < s->n_runs; i++) {
        workfile_close(&s->run[i].file);
        free(s->run[i].start);
    }
    free(s->partition);
    free(s->run);
    free(s);
}

/* ---- Reading: the records of the buffer, or a heap over the sections of the runs ---- */

typedef struct section {
    sorter_record now;
    const char *next, *end;
} section;

struct sorter_cursor {
    const sorter *sorter;
    unsigned partition;
    const partition *buffer; /* not spilled: the sorted buffer */
    size_t i;
    section *heap; /* smallest first */
    size_t n;
};

static bool section_advance(section *s)
{
    if (s->next >= s->end)
        return false;
    s->next += decode(s->next, &s->now);
    return true;
}

static void sift_down(sorter_cursor *c, size_t i)
{
    for (;;) {
        size_t least = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < c->n; child++)
            if (sorter_compare(&c->heap[child].now, &c->heap[least].now) < 0)
                least = child;
        if (least == i)
            return;
        section swap = c->heap[i];
        c->heap[i] = c->heap[least];
        c->heap[least] = swap;
        i = least;
    }
}

sorter_cursor *sorter_cursor_new(sorter *s, unsigned at, wn_error *err)
{
    sorter_cursor *c = calloc(1, sizeof *c);
    section *heap = calloc(s->n_runs + 1u, sizeof *heap);
    if (c == NULL || heap == NULL) {
        free(c);
        free(heap);
        (void)wn_fail(err, WN_E_NOMEM, "out of memory while merging %s", s->name);
        return NULL;
    }
    c->sorter = s;
    c->partition = at;
    c->heap = heap;
    partition_sort(&s->partition[at]);
    c->buffer = &s->partition[at];
    for (unsigned i = 0; i < s->n_runs; i++) {
        section *sec = &heap[c->n];
        sec->next = s->run[i].bytes.p + s->run[i].start[at];
        sec->end = s->run[i].bytes.p + s->run[i].start[at + 1];
        c->n += section_advance(sec);
    }
    for (size_t i = c->n; i-- > 0;)
        sift_down(c, i);
    return c;
}

bool sorter_cursor_next(sorter_cursor *c, sorter_record *ret_record)
{
    if (c->i < c->buffer->n) {
        (void)decode(c->buffer->bytes.p + c->buffer->entry[c->i++].offset, ret_record);
        return true;
    }
    if (c->n == 0)
        return false;
    *ret_record = c->heap[0].now;
    if (!section_advance(&c->heap[0]))
        c->heap[0] = c->heap[--c->n];
    sift_down(c, 0);
    return true;
}

void sorter_cursor_free(sorter_cursor *c)
{
    if (c == NULL)
        return;
    for (unsigned i = 0; i < c->sorter->n_runs; i++) {
        const run_file *run = &c->sorter->run[i];
        workfile_forget(&run->file, run->start[c->partition], run->start[c->partition + 1]);
    }
    free(c->heap);
    free(c);
}
