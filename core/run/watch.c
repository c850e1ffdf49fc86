/* watch.c: what goes on around a run: signals, stages that hang, the progress line, messages. */
#include "config.h"
#include "run/internal.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t clock_ns(clockid_t clock)
{
    struct timespec t = {0, 0};
    (void)clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t monotonic_ns(void)
{
    return clock_ns(CLOCK_MONOTONIC);
}

int64_t thread_cpu_ns(void)
{
    return clock_ns(CLOCK_THREAD_CPUTIME_ID);
}

/* ---- Signals ---- */

static atomic_int caught;
static struct sigaction before[3];
static const int watched_signals[3] = {SIGINT, SIGTERM, SIGXFSZ};

static void on_signal(int number)
{
    atomic_store(&caught, number);
}

int run_signal(void)
{
    return atomic_load(&caught);
}

/* A second Ctrl-C ends the process at once. A file that may not grow is an error of write(). */
void signals_catch(void)
{
    struct sigaction catch = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    (void)sigemptyset(&catch.sa_mask);
    (void)sigemptyset(&ignore.sa_mask);
    atomic_store(&caught, 0);
    for (int i = 0; i < 3; i++) {
        (void)sigaction(watched_signals[i], watched_signals[i] == SIGXFSZ ? &ignore : &catch, &before[i]);
        if (before[i].sa_handler == SIG_IGN) /* as a job in the background of a shell */
            (void)sigaction(watched_signals[i], &ignore, NULL);
    }
}

void signals_restore(void)
{
    for (int i = 0; i < 3; i++)
        (void)sigaction(watched_signals[i], &before[i], NULL);
}

/* ---- The watchdog: a stage that does not come back cannot be stopped, only told of ---- */

static bool hangs(worker *w, int64_t patience_ns, wn_error *ret_err)
{
    bool yes;
    (void)pthread_mutex_lock(&w->lock);
    yes = w->watched != NULL && monotonic_ns() - w->since > patience_ns;
    if (yes)
        (void)wn_fail(ret_err, WN_E_STAGE,
                      "stage %s has held document %s for more than ten times limits.max_document_seconds (%g)",
                      w->watched->stage->id, w->watched_document, w->run->config->limits.max_document_seconds);
    (void)pthread_mutex_unlock(&w->lock);
    return yes;
}

static void *watch(void *arg)
{
    run *r = arg;
    int64_t patience = (int64_t)(r->config->limits.max_document_seconds * 1e10);
    struct timespec nap = {0, 50000000};
    while (!atomic_load(&r->watchdog_ends)) {
        wn_error err = WN_ERROR_INIT;
        (void)nanosleep(&nap, NULL);
        for (unsigned i = 0; i <= r->jobs; i++) {
            if (!hangs(&r->worker[i], patience, &err))
                continue;
            progress_clear(r);
            (void)fprintf(stderr, "winnow: %s; the run ends, nothing was written\n", err.text);
            outputs_remove(r->outputs);
            _exit(70);
        }
    }
    return NULL;
}

wn_status watchdog_start(run *r, wn_error *err)
{
    if (r->config->limits.max_document_seconds <= 0)
        return WN_OK;
    r->watched = pthread_create(&r->watchdog, NULL, watch, r) == 0;
    return r->watched ? WN_OK : wn_fail(err, WN_E_NOMEM, "cannot start a thread");
}

void watchdog_stop(run *r)
{
    if (!r->watched)
        return;
    atomic_store(&r->watchdog_ends, true);
    (void)pthread_join(r->watchdog, NULL);
    r->watched = false;
}

/* ---- Progress ---- */

static bool shows_progress(const run *r)
{
    return r->args->progress && !r->args->quiet && isatty(STDERR_FILENO);
}

void progress_show(run *r, uint64_t bytes_done, uint64_t bytes_all)
{
    int64_t now = monotonic_ns();
    if (!shows_progress(r) || now - r->progress_ns < 200000000)
        return;
    double seconds = (double)(now - r->step_ns) / 1e9;
    r->progress_ns = now;
    (void)fprintf(stderr, "\r\033[Kstep %u of %u: %.0f %%, %llu documents, %.1f MB/s, %llu rejects", r->step + 1,
                  r->n_steps, bytes_all == 0 ? 0.0 : 100.0 * (double)bytes_done / (double)bytes_all,
                  (unsigned long long)r->documents, seconds > 0 ? (double)bytes_done / 1e6 / seconds : 0.0,
                  (unsigned long long)r->n_rejects);
    (void)fflush(stderr);
}

void progress_clear(run *r)
{
    if (shows_progress(r))
        (void)fputs("\r\033[K", stderr);
}

void host_log(const wn_stage *handle, wn_level level, const char *fmt, ...)
{
    const stage *s = stage_of_const(handle);
    const stage_run *sr = s->run;
    char text[512];
    va_list ap;
    if (level == WN_DEBUG || (level == WN_INFO && (sr == NULL || sr->run->args->quiet)))
        return;
    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    (void)fprintf(stderr, "winnow: stage %s: %s\n", s->id == NULL ? "?" : s->id, text);
}
