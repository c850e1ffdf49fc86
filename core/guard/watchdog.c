/* watchdog.c: a thread that looks at what the others do. A stage that does not come back cannot be
 * stopped from within its process, only told of. */
#include "config.h"
#include "guard/region.h"
#include "util/show.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static pid_t watching; /* the process whose watchdog runs: a forked child has none */
static void (*before_message)(void);

void guard_before_message(void (*f)(void))
{
    before_message = f;
}

static bool clock_now(clockid_t clock, int64_t *ret)
{
    struct timespec t;
    if (clock_gettime(clock, &t) != 0)
        return false; /* the thread has just ended */
    *ret = (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
    return true;
}

typedef enum verdict { IN_TIME, OVERWORKED, STUCK } verdict;

/* Has the thread used up its processor time, or none at all for so long? `awake`: time in which
 * this process ran. */
static verdict judge(slot *s, int64_t awake)
{
    /* of processor time: what a thread that waits may use now and then */
    const int64_t a_little = 1000000;
    int64_t cpu;
    if (!s->busy || s->patience_ns == 0 || !clock_now(s->clock, &cpu))
        return IN_TIME;
    if (cpu - s->cpu_start > s->patience_ns)
        return OVERWORKED;
    if (s->seen_at == 0 || cpu - s->cpu_seen > a_little) {
        s->cpu_seen = cpu;
        s->seen_at = awake;
    }
    return awake - s->seen_at > s->patience_ns ? STUCK : IN_TIME;
}

/* No stdio: the thread that hangs may hold its locks. */
static void end_process(const slot *s, verdict v)
{
    char text[700], line[2100]; /* longer, for what is shown as \xNN */
    bool named = s->name[0] != '\0';
    (void)snprintf(
        text, sizeof text,
        "winnow: stage %s in its %s()%s%s%s%s has %s more than %g seconds%s (%s); the run "
        "ends, nothing was written",
        s->stage, s->call, named ? ", " : "", named ? s->what : "", named ? " " : "",
        named ? s->name : "", v == STUCK ? "waited without doing anything for" : "used",
        (double)s->patience_ns / 1e9, v == STUCK ? "" : " of processor time", s->rule);
    size_t n = show_fixed(line, sizeof line - 1, text, strlen(text));
    line[n] = '\n';
    if (before_message != NULL)
        before_message();
    ssize_t written = write(STDERR_FILENO, line, n + 1);
    atomic_store(&guard_region->told, written > 0);
    _exit(INTERNAL_ERROR);
}

static void look(int64_t awake)
{
    for (int i = 0; i < SLOTS; i++) {
        slot *s = &guard_region->slot[i];
        if (!atomic_load(&s->made) || pthread_mutex_trylock(&s->lock) != 0)
            continue;
        verdict v = judge(s, awake);
        if (v != IN_TIME)
            end_process(s, v);
        (void)pthread_mutex_unlock(&s->lock);
    }
}

/* A pause of the process (SIGSTOP, Ctrl-Z, a sleeping laptop) is one long nap: it counts as a short
 * one. */
static void *watch(void *unused)
{
    const int64_t nap_ns = 50000000;
    const struct timespec nap = {0, (long)nap_ns};
    int64_t awake = 1;
    (void)unused;
    for (;;) {
        (void)nanosleep(&nap, NULL);
        awake += nap_ns;
        look(awake);
    }
    return NULL;
}

bool guard_watch(void)
{
    pthread_t thread;
    sigset_t all, old;
    if (watching == getpid())
        return true;
    (void)sigfillset(&all); /* signals are for the other threads */
    (void)pthread_sigmask(SIG_SETMASK, &all, &old);
    bool ok = pthread_create(&thread, NULL, watch, NULL) == 0 && pthread_detach(thread) == 0;
    (void)pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (ok)
        watching = getpid();
    return ok;
}
