/* table.c: file-backed lists of byte strings. */
#include "config.h"
#include "store/table.h"

/* Two files, named NAME-<suffix a> and NAME-<suffix b>. */
static wn_status open_pair(workfile *a, const char *suffix_a, workfile *b, const char *suffix_b,
                           const char *dir, const char *name, wn_error *err)
{
    char file[64];
    (void)snprintf(file, sizeof file, "%.40s-%s", name, suffix_a);
    wn_status status = workfile_open(a, dir, file, err);
    if (status != WN_OK)
        return status;
    (void)snprintf(file, sizeof file, "%.40s-%s", name, suffix_b);
    status = workfile_open(b, dir, file, err);
    if (status != WN_OK)
        workfile_close(a);
    return status;
}

wn_status table_open(table *t, const char *dir, const char *name, wn_error *err)
{
    table empty = {WORKFILE_INIT, WORKFILE_INIT, 0, {"", 0}, NULL};
    *t = empty;
    return open_pair(&t->bytes, "bytes", &t->ends, "ends", dir, name, err);
}

static uint64_t aligned(uint64_t offset)
{
    return (offset + 7) & ~UINT64_C(7);
}

wn_status table_add(table *t, wn_str s, wn_error *err)
{
    static const char zeros[8];
    wn_status status =
        workfile_write(&t->bytes, zeros, (size_t)(aligned(t->bytes.size) - t->bytes.size), err);
    if (status == WN_OK)
        status = workfile_write(&t->bytes, s.p, s.len, err);
    if (status == WN_OK)
        status = workfile_write(&t->ends, &t->bytes.size, sizeof t->bytes.size, err);
    if (status == WN_OK)
        t->n++;
    return status;
}

wn_status table_seal(table *t, wn_error *err)
{
    wn_str ends = {"", 0};
    wn_status status = workfile_map(&t->bytes, &t->all, err);
    if (status == WN_OK)
        status = workfile_map(&t->ends, &ends, err);
    if (status == WN_OK)
        t->end = (const uint64_t *)(const void *)ends.p;
    return status;
}

wn_str table_get(const table *t, uint64_t i)
{
    wn_str s = {"", 0};
    if (i < t->n && t->end != NULL) {
        uint64_t start = i == 0 ? 0 : aligned(t->end[i - 1]);
        s.p = t->all.p + start;
        s.len = (size_t)(t->end[i] - start);
    }
    return s;
}

void table_close(table *t)
{
    workfile_close(&t->bytes);
    workfile_close(&t->ends);
    t->n = 0;
    t->end = NULL;
}

wn_status slots_open(slots *s, const char *dir, const char *name, uint64_t n, wn_error *err)
{
    slots empty = {WORKFILE_INIT, WORKFILE_INIT, n, NULL, {"", 0}};
    void *memory = NULL;
    *s = empty;
    wn_status status = open_pair(&s->bytes, "bytes", &s->places, "places", dir, name, err);
    if (status == WN_OK)
        status = workfile_reserve(&s->places, (size_t)n * sizeof(slot), &memory, err);
    s->place = memory;
    return status;
}

wn_status slots_set(slots *s, uint64_t i, wn_str value, wn_error *err)
{
    if (i >= s->n)
        return wn_fail(err, WN_E_STAGE, "a verdict on no document: no document %llu in the corpus",
                       (unsigned long long)i);
    slot place = {s->bytes.size, value.len};
    wn_status status = workfile_write(&s->bytes, value.p, value.len, err);
    if (status == WN_OK)
        s->place[i] = place;
    return status;
}

wn_status slots_seal(slots *s, wn_error *err)
{
    return workfile_map(&s->bytes, &s->all, err);
}

wn_str slots_get(const slots *s, uint64_t i)
{
    wn_str value = {"", 0};
    if (i < s->n && s->place[i].length > 0) {
        value.p = s->all.p + s->place[i].offset;
        value.len = (size_t)s->place[i].length;
    }
    return value;
}

void slots_close(slots *s)
{
    workfile_close(&s->bytes);
    workfile_close(&s->places);
    s->n = 0;
    s->place = NULL;
}
