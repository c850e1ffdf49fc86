/* names.c: see names.h. */
#include "config.h"
#include "store/names.h"
#include "store/table.h"
#include "util/alloc.h"
#include "util/hash.h"

#include <string.h>

/* ---- A table from hashes to numbers, in a scratch file: open addressing, at most half full
 * ---- */

typedef struct entry {
    uint64_t key, value; /* key 0: empty */
} entry;

typedef struct map {
    const char *dir, *name;
    workfile file;
    entry *entry;
    uint64_t cap, n; /* cap: a power of two */
    unsigned grown;
} map;

static entry *find(const map *m, uint64_t key)
{
    uint64_t i = key & (m->cap - 1);
    while (m->entry[i].key != 0 && m->entry[i].key != key)
        i = (i + 1) & (m->cap - 1);
    return &m->entry[i];
}

static wn_status map_open(map *m, uint64_t cap, wn_error *err)
{
    char name[64];
    void *memory = NULL;
    (void)snprintf(name, sizeof name, "%s-%u", m->name, m->grown++);
    wn_status status = workfile_open(&m->file, m->dir, name, err);
    if (status == WN_OK)
        status = workfile_reserve(&m->file, (size_t)cap * sizeof *m->entry, &memory, err);
    m->entry = memory;
    m->cap = cap;
    return status;
}

static wn_status grow(map *m, wn_error *err)
{
    map old = *m;
    wn_status status = map_open(m, 2 * old.cap, err);
    for (uint64_t i = 0; status == WN_OK && i < old.cap; i++)
        if (old.entry[i].key != 0)
            *find(m, old.entry[i].key) = old.entry[i];
    workfile_close(&old.file);
    return status;
}

/* The entry of this key, made if it is not there; NULL: no room. */
static entry *enter(map *m, uint64_t key, wn_error *err)
{
    if (2 * m->n >= m->cap && grow(m, err) != WN_OK)
        return NULL;
    entry *e = find(m, key);
    m->n += e->key == 0;
    e->key = key;
    return e;
}

static uint64_t key_of(wn_str s)
{
    uint64_t h = hash_fast(s.p, s.len);
    return h == 0 ? 1 : h;
}

/* ---- Names ---- */

struct names {
    map given;    /* {name: how many documents had it as their id} */
    map merged;   /* {name: its number among the merges} */
    table merges; /* three strings each: name, into, stage */
    bool sealed;
};

wn_status names_new(const char *dir, names **ret_names, wn_error *err)
{
    enum { FIRST = 4096 };
    static const workfile closed = WORKFILE_INIT;
    names *n = mem_zeroed(sizeof *n);
    if (n == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory for the names of documents");
    n->given = (map){.dir = dir, .name = "names", .file = closed};
    n->merged = (map){.dir = dir, .name = "merged", .file = closed};
    n->merges.bytes = n->merges.ends = closed;
    wn_status status = map_open(&n->given, FIRST, err);
    if (status == WN_OK)
        status = map_open(&n->merged, FIRST, err);
    if (status == WN_OK)
        status = table_open(&n->merges, dir, "merges", err);
    if (status != WN_OK)
        names_free(n);
    else
        *ret_names = n;
    return status;
}

void names_free(names *n)
{
    if (n == NULL)
        return;
    workfile_close(&n->given.file);
    workfile_close(&n->merged.file);
    table_close(&n->merges);
    mem_free(n);
}

wn_status names_give(names *n, wn_str id, strbuf *ret_name, wn_error *err)
{
    entry *e = enter(&n->given, key_of(id), err);
    strbuf_clear(ret_name);
    if (e == NULL)
        return err->status;
    if (++e->value == 1)
        return WN_OK;
    for (uint64_t k = e->value;; k++) { /* a document may be called ID~2 by its own input */
        strbuf_clear(ret_name);
        strbuf_add(ret_name, id.p, id.len);
        strbuf_printf(ret_name, "~%llu", (unsigned long long)k);
        if (ret_name->oom)
            return wn_fail(err, WN_E_NOMEM, "out of memory for the names of documents");
        wn_str name = {ret_name->p, ret_name->len};
        if (names_know(n, name))
            continue;
        e->value = k; /* before `enter`, which may move it */
        e = enter(&n->given, key_of(name), err);
        if (e != NULL)
            e->value = 1;
        return e != NULL ? WN_OK : err->status;
    }
}

wn_status names_note(names *n, wn_str id, wn_error *err)
{
    return enter(&n->given, key_of(id), err) != NULL ? WN_OK : err->status;
}

bool names_know(const names *n, wn_str name)
{
    return find(&n->given, key_of(name))->key != 0;
}

/* ---- Merges ---- */

wn_status names_merged(names *n, wn_str name, wn_str into, const char *stage, wn_error *err)
{
    entry *e = enter(&n->merged, key_of(name), err);
    if (e == NULL)
        return err->status;
    e->value = n->merges.n / 3;
    wn_status status = table_add(&n->merges, name, err);
    if (status == WN_OK)
        status = table_add(&n->merges, into, err);
    return status == WN_OK ? table_add(&n->merges, (wn_str){stage, strlen(stage)}, err) : status;
}

static int shown(wn_str s)
{
    enum { MOST = 120 };
    return s.len < MOST ? (int)s.len : MOST;
}

static wn_status merge_fault(const names *n, uint64_t merge, const char *what, wn_error *err)
{
    wn_str name = table_get(&n->merges, 3 * merge), into = table_get(&n->merges, 3 * merge + 1),
           stage = table_get(&n->merges, 3 * merge + 2);
    return wn_fail(err, WN_E_STAGE,
                   "stage %.*s merged document %.*s into %.*s, %s; that is a fault of the stage",
                   shown(stage), stage.p, shown(name), name.p, shown(into), into.p, what);
}

/* Follow `merge` to a document that was not merged; what lies on the way is marked as good. */
static wn_status follow(const names *n, uint64_t merge, unsigned char *seen, wn_error *err)
{
    enum { ON_THE_WAY = 1, GOOD = 2 };
    uint64_t at = merge;
    const entry *next;
    do {
        wn_str into = table_get(&n->merges, 3 * at + 1);
        if (!names_know(n, into))
            return merge_fault(n, at, "which is no document of this run", err);
        seen[at] = ON_THE_WAY;
        next = find(&n->merged, key_of(into));
        if (next->key == 0 || seen[next->value] == GOOD)
            break;
        at = next->value;
    } while (seen[at] != ON_THE_WAY);
    if (seen[at] == ON_THE_WAY && next->key != 0 && seen[next->value] == ON_THE_WAY)
        return merge_fault(n, at, "which was merged in its turn, in a ring", err);
    for (at = merge; seen[at] == ON_THE_WAY; at = next->value) {
        seen[at] = GOOD;
        next = find(&n->merged, key_of(table_get(&n->merges, 3 * at + 1)));
        if (next->key == 0)
            break;
    }
    return WN_OK;
}

wn_status names_check_merges(names *n, wn_error *err)
{
    uint64_t count = n->merges.n / 3;
    wn_status status = n->sealed ? WN_OK : table_seal(&n->merges, err);
    n->sealed = true;
    unsigned char *seen = status == WN_OK ? mem_zeroed((size_t)count + 1) : NULL;
    if (status == WN_OK && seen == NULL)
        status = wn_fail(err, WN_E_NOMEM, "out of memory for the merges of documents");
    for (uint64_t i = 0; i < count && status == WN_OK; i++)
        status = seen[i] == 0 ? follow(n, i, seen, err) : WN_OK;
    mem_free(seen);
    return status;
}
