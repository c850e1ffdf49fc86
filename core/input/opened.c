/* opened.c: the files of a run while they are read: opened once, hashed in order, compared with
 * what was listed. */
#include "config.h"
#include "input/opened.h"
#include "util/alloc.h"
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

enum { STEP = 4 << 20 }; /* bytes hashed before one looks whether the run was stopped */

/* From the opening of a file to its sum. */
typedef struct live {
    rawfile file;
    running_sum sum;
    size_t hashed; /* units */
    bool hashing;  /* a thread is at it */
} live;

typedef struct state {
    live *live;
    size_t first_unit, n_units;
    bool told;
    input_fate fate;
} state;

struct input_files {
    const input_list *list;
    const input_unit *unit;
    bool *done;           /* by unit */
    state *state;         /* by file */
    pthread_mutex_t lock; /* of all states */
    atomic_size_t next;   /* in input_files_settle */
    bool (*stop)(void *self);
    void *self;
};

static bool stopped(const input_files *f)
{
    return f->stop != NULL && f->stop(f->self);
}

static void count_units(input_files *f, size_t n_units)
{
    for (size_t i = 0; i < n_units; i++) {
        state *s = &f->state[f->unit[i].file];
        if (s->n_units++ == 0)
            s->first_unit = i;
    }
}

input_files *input_files_new(const input_list *l, const input_unit *unit, size_t n_units,
                             bool (*stop)(void *self), void *self)
{
    input_files *f = mem_zeroed(sizeof *f);
    if (f == NULL)
        return NULL;
    f->list = l;
    f->unit = unit;
    f->stop = stop;
    f->self = self;
    f->done = mem_zeroed(n_units + 1);
    f->state = mem_zeroed(l->n * sizeof *f->state);
    if (f->done != NULL && f->state != NULL && pthread_mutex_init(&f->lock, NULL) == 0) {
        count_units(f, n_units);
        return f;
    }
    mem_free(f->done);
    mem_free(f->state);
    mem_free(f);
    return NULL;
}

static void end_live(state *s)
{
    if (s->live == NULL)
        return;
    rawfile_close(&s->live->file);
    mem_free(s->live);
    s->live = NULL;
}

void input_files_free(input_files *f)
{
    if (f == NULL)
        return;
    for (size_t i = 0; i < f->list->n; i++)
        end_live(&f->state[i]);
    (void)pthread_mutex_destroy(&f->lock);
    mem_free(f->done);
    mem_free(f->state);
    mem_free(f);
}

const input_unit *input_files_unit(const input_files *f, size_t unit)
{
    return &f->unit[unit];
}

const char *input_files_path(const input_files *f, size_t unit)
{
    return f->list->file[f->unit[unit].file].path;
}

const input_fate *input_files_fate(const input_files *f, size_t file)
{
    return &f->state[file].fate;
}

static bool is_stdin(const input_file *f)
{
    return strcmp(f->path, "-") == 0;
}

static bool is_as_listed(const input_file *f, const struct stat *st)
{
    return f->size == (uint64_t)st->st_size && f->dev == st->st_dev && f->ino == st->st_ino &&
           f->modified.tv_sec == st->st_mtim.tv_sec && f->modified.tv_nsec == st->st_mtim.tv_nsec;
}

/* ---- opening ---- */

static wn_status refuse(const input_file *listed, wn_error *err)
{
    (void)snprintf(err->where, sizeof err->where, "%s", listed->path);
    return wn_fail(err, WN_E_IO, "%s", listed->problem);
}

static live *open_live(const input_file *listed, bool *ret_changed, wn_error *err)
{
    struct stat st;
    live *l = mem_zeroed(sizeof *l);
    if (l == NULL) {
        (void)wn_fail(err, WN_E_NOMEM, "out of memory while opening an input");
        return NULL;
    }
    wn_status status = listed->problem != NULL ? refuse(listed, err)
                                               : rawfile_open(listed->path, &l->file, &st, err);
    if (status != WN_OK) {
        mem_free(l);
        return NULL;
    }
    *ret_changed = !is_stdin(listed) && !is_as_listed(listed, &st);
    l->file.size = listed->size;
    running_sum_start(&l->sum);
    return l;
}

/* Under the lock: ours is the file's, unless another thread was faster. */
static void settle_opening(state *s, live *ours, bool changed, wn_status status)
{
    if (s->live == NULL && !s->fate.unreadable && ours != NULL) {
        s->live = ours;
        s->fate.opened = true;
        s->fate.changed = changed;
    } else if (ours != NULL) {
        rawfile_close(&ours->file);
        mem_free(ours);
    } else if (s->live == NULL) {
        s->fate.unreadable = status == WN_E_IO;
    }
}

wn_status input_files_open(input_files *f, size_t unit, rawfile *ret_file, wn_error *err)
{
    state *s = &f->state[f->unit[unit].file];
    wn_error problem = WN_ERROR_INIT;
    bool changed = false;
    (void)pthread_mutex_lock(&f->lock);
    if (s->live == NULL && !s->fate.unreadable) { /* not under the lock: it may take long */
        (void)pthread_mutex_unlock(&f->lock);
        live *ours = open_live(&f->list->file[f->unit[unit].file], &changed, &problem);
        (void)pthread_mutex_lock(&f->lock);
        settle_opening(s, ours, changed, problem.status);
    }
    live *l = s->live;
    if (l != NULL) {
        *ret_file = l->file;
        ret_file->sum = s->n_units == 1 ? &l->sum : NULL;
    }
    (void)pthread_mutex_unlock(&f->lock);
    if (l != NULL)
        return WN_OK;
    (void)wn_fail(&problem, WN_E_IO, "cannot be opened");
    if (err != NULL && err->status == WN_OK)
        *err = problem;
    return problem.status;
}

bool input_files_tell(input_files *f, size_t unit)
{
    state *s = &f->state[f->unit[unit].file];
    (void)pthread_mutex_lock(&f->lock);
    bool first = !s->told;
    s->told = true;
    (void)pthread_mutex_unlock(&f->lock);
    return first;
}

/* ---- sums ---- */

/* False: the run was stopped. Where the bytes cannot be read, the sum stays behind; what it covers
 * is told with it. */
static bool hash_up_to(const input_files *f, live *l, uint64_t end)
{
    char buffer[32 * 1024];
    while (l->sum.next < end && !stopped(f)) {
        uint64_t next = end - l->sum.next < STEP ? end : l->sum.next + STEP;
        if (!running_sum_reach(&l->sum, &l->file, next, buffer, sizeof buffer))
            return true;
    }
    return l->sum.next >= end;
}

static void keep_sum(state *s, const input_file *listed)
{
    s->fate.bytes = s->live->sum.next;
    if (!is_stdin(listed))
        hash_end(&s->live->sum.hash, s->fate.sha256);
    end_live(s);
}

/* Under the lock, which is let go while bytes are hashed: the units that are done and whose turn it
 * is. */
static void hash_ready(input_files *f, state *s)
{
    live *l = s->live;
    bool go_on = !stopped(f);
    l->hashing = true;
    while (go_on && l->hashed < s->n_units && f->done[s->first_unit + l->hashed]) {
        uint64_t end = f->unit[s->first_unit + l->hashed].end;
        (void)pthread_mutex_unlock(&f->lock);
        go_on = hash_up_to(f, l, end);
        (void)pthread_mutex_lock(&f->lock);
        l->hashed += go_on;
    }
    l->hashing = false;
}

void input_files_done(input_files *f, size_t unit)
{
    size_t file = f->unit[unit].file;
    state *s = &f->state[file];
    (void)pthread_mutex_lock(&f->lock);
    f->done[unit] = true;
    if (s->live != NULL && !s->live->hashing) {
        hash_ready(f, s);
        if (s->live->hashed == s->n_units)
            keep_sum(s, &f->list->file[file]);
    }
    (void)pthread_mutex_unlock(&f->lock);
}

static void settle(input_files *f, size_t file)
{
    state *s = &f->state[file];
    const input_file *listed = &f->list->file[file];
    struct stat st;
    if (s->live != NULL) {
        if (!hash_up_to(f, s->live, listed->size))
            return;
        keep_sum(s, listed);
    }
    if (s->fate.opened && !is_stdin(listed))
        s->fate.changed = s->fate.changed || s->fate.bytes != listed->size ||
                          stat(listed->path, &st) != 0 || !is_as_listed(listed, &st);
}

void input_files_settle(input_files *f)
{
    for (;;) {
        size_t i = atomic_fetch_add(&f->next, 1);
        if (i >= f->list->n || stopped(f))
            return;
        settle(f, i);
    }
}
