/* slot.c: what each thread is doing. */
#include "config.h"
#include "guard/region.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static region own; /* of a process without a parent */
region *guard_region = &own;
static _Thread_local slot *here;

static int64_t clock_ns(clockid_t clock)
{
    struct timespec t = {0, 0};
    (void)clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t guard_monotonic_ns(void)
{
    return clock_ns(CLOCK_MONOTONIC);
}

int64_t guard_thread_cpu_ns(void)
{
    return clock_ns(CLOCK_THREAD_CPUTIME_ID);
}

slot *guard_here(void)
{
    return here;
}

void guard_region_use(region *r)
{
    guard_region = r;
    r->pid = getpid();
    here = NULL;
    guard_attach();
}

static void occupy(slot *s)
{
    if (!atomic_load(&s->made))
        (void)pthread_mutex_init(&s->lock, NULL);
    atomic_store(&s->made, true);
    (void)pthread_mutex_lock(&s->lock);
    s->busy = false;
    atomic_store(&s->fate, FATE_NONE);
    s->what[0] = s->name[0] = '\0';
    if (pthread_getcpuclockid(pthread_self(), &s->clock) != 0)
        s->clock = CLOCK_PROCESS_CPUTIME_ID;
    (void)pthread_mutex_unlock(&s->lock);
}

void guard_attach(void)
{
    for (int i = 0; i < SLOTS && here == NULL; i++) {
        slot *s = &guard_region->slot[i];
        bool taken = false;
        if (!atomic_compare_exchange_strong(&s->taken, &taken, true))
            continue;
        occupy(s);
        here = s;
        guard_alternate_stack();
    }
}

void guard_detach(void)
{
    if (here == NULL)
        return;
    guard_alternate_stack_end();
    (void)pthread_mutex_lock(&here->lock);
    here->busy = false;
    (void)pthread_mutex_unlock(&here->lock);
    atomic_store(&here->taken, false);
    here = NULL;
}

/* Called for each stage and document: no formatting. */
static void copy(char *to, size_t cap, const char *from)
{
    size_t n = strnlen(from, cap - 1);
    memcpy(to, from, n);
    to[n] = '\0';
}

void guard_about(const char *what, const char *name)
{
    if (here == NULL)
        return;
    (void)pthread_mutex_lock(&here->lock);
    copy(here->what, sizeof here->what, what);
    copy(here->name, sizeof here->name, name);
    (void)pthread_mutex_unlock(&here->lock);
}

int64_t guard_enter(const char *stage, const char *call, double seconds, const char *rule)
{
    enum { LONGEST = 1000000000 }; /* seconds: what 64 bits of nanoseconds hold */
    int64_t now = guard_thread_cpu_ns();
    if (here == NULL)
        return now;
    (void)pthread_mutex_lock(&here->lock);
    copy(here->stage, sizeof here->stage, stage);
    copy(here->call, sizeof here->call, call);
    here->patience_ns = seconds <= 0 ? 0 : (int64_t)((seconds < LONGEST ? seconds : LONGEST) * 1e9);
    here->rule = rule;
    here->cpu_start = here->cpu_seen = now;
    here->seen_at = 0;
    here->busy = true;
    (void)pthread_mutex_unlock(&here->lock);
    return now;
}

void guard_leave(void)
{
    if (here == NULL)
        return;
    (void)pthread_mutex_lock(&here->lock);
    here->busy = false;
    (void)pthread_mutex_unlock(&here->lock);
}

void guard_alive(void)
{
    if (here == NULL)
        return;
    (void)pthread_mutex_lock(&here->lock);
    here->cpu_start = here->cpu_seen = guard_thread_cpu_ns();
    here->seen_at = 0;
    (void)pthread_mutex_unlock(&here->lock);
}

/* ---- What is left behind ---- */

void guard_commit(void)
{
    atomic_store(&guard_region->committed, true);
    guard_sweep_none();
}

void guard_commits_by(const char *link, const char *target)
{
    if (strlen(link) >= SWEEP_PATH || strlen(target) >= MARK)
        return;
    copy(guard_region->link, SWEEP_PATH, link);
    copy(guard_region->target, MARK, target);
    atomic_store(&guard_region->has_link, true);
}

void guard_sweep(const char *folder, bool contents)
{
    int n = atomic_load(&guard_region->n_sweeps);
    if (n == SWEEPS || strlen(folder) >= SWEEP_PATH)
        return;
    /* of a second run in this process: what holds is of the first */
    atomic_store(&guard_region->committed, false);
    guard_region->sweep[n].contents = contents;
    copy(guard_region->sweep[n].path, SWEEP_PATH, folder);
    atomic_store(&guard_region->n_sweeps, n + 1);
}

void guard_sweep_unless_locked(const char *folder)
{
    copy(guard_region->lock, SWEEP_PATH, strlen(folder) < SWEEP_PATH ? folder : "");
}

void guard_sweep_none(void)
{
    atomic_store(&guard_region->has_link, false);
    atomic_store(&guard_region->n_sweeps, 0);
}

/* ---- Last words ---- */

static void describe(const slot *s, char *words, size_t cap)
{
    bool named = s->name[0] != '\0';
    (void)snprintf(words, cap, "stage %s in its %s()%s%s%s%s", s->stage, s->call, named ? ", " : "",
                   named ? s->what : "", named ? " " : "", named ? s->name : "");
}

void guard_words(char *words, size_t cap)
{
    if (here != NULL)
        describe(here, words, cap);
    else
        (void)snprintf(words, cap, "a stage");
}

static const char *manner(const slot *s, char *text, size_t cap)
{
    switch ((fate)atomic_load(&s->fate)) {
    case FATE_CRASHED:
        (void)snprintf(text, cap, "crashed (signal %d, %s)", s->signal, strsignal(s->signal));
        return text;
    case FATE_CALLED_EXIT: return "called exit()";
    case FATE_LEFT_THREAD: return "ended its thread";
    case FATE_NONE: break;
    }
    return NULL;
}

/* All that were at work, when nobody noted whose fault it was. */
static void suspects(const region *r, char *words, size_t cap)
{
    enum { FEW = 3 };
    char one[400];
    size_t used = 0;
    int n = 0;
    for (int i = 0; i < SLOTS; i++) {
        const slot *s = &r->slot[i];
        if (!s->taken || !s->busy || n++ >= FEW)
            continue;
        describe(s, one, sizeof one);
        used +=
            (size_t)snprintf(words + used, cap - used, "%s%s", n == 1 ? "at work: " : "; ", one);
        used = used < cap ? used : cap - 1;
    }
    if (n > FEW)
        (void)snprintf(words + used, cap - used, "; and %d more", n - FEW);
}

bool guard_last_words(const region *r, bool done, char *words, size_t cap)
{
    char how[100], who[400];
    words[0] = '\0';
    for (int i = 0; i < SLOTS; i++) {
        const slot *s = &r->slot[i];
        const char *did = s->taken && s->busy ? manner(s, how, sizeof how) : NULL;
        if (did == NULL)
            continue;
        describe(s, who, sizeof who);
        (void)snprintf(words, cap, "%s %s", who, did);
        return true;
    }
    if (!done)
        suspects(r, words, cap);
    return false;
}
