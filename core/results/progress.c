/* progress.c: what a run says while it works: the progress line, messages of stages. */
#include "config.h"
#include "results/progress.h"
#include "util/show.h"

#include <stdarg.h>
#include <unistd.h>

/* ---- Progress ---- */

static bool shows_progress(const run *r)
{
    return r->args->progress && !r->args->quiet && isatty(STDERR_FILENO);
}

void progress_show(run *r, uint64_t bytes_done, uint64_t bytes_all)
{
    int64_t now = guard_monotonic_ns();
    if (!shows_progress(r) || now - r->progress_ns < 200000000)
        return;
    double seconds = (double)(now - r->step_ns) / 1e9;
    r->progress_ns = now;
    (void)fprintf(stderr, "\r\033[Kstep %u of %u: %.0f %%, %llu documents, %.1f MB/s, %llu rejects",
                  r->step + 1, (unsigned)r->plan->n_steps,
                  bytes_all == 0 ? 0.0 : 100.0 * (double)bytes_done / (double)bytes_all,
                  (unsigned long long)r->documents,
                  seconds > 0 ? (double)bytes_done / 1e6 / seconds : 0.0,
                  (unsigned long long)r->n_rejects);
    (void)fflush(stderr);
}

/* For the watchdog too: no stdio. */
static void clear_line(void)
{
    static const char clear[] = "\r\033[K";
    ssize_t written = write(STDERR_FILENO, clear, sizeof clear - 1);
    (void)written;
}

void progress_begin(run *r)
{
    guard_before_message(shows_progress(r) ? clear_line : NULL);
}

void progress_clear(const run *r)
{
    if (shows_progress(r))
        clear_line();
}

void progress_end(run *r)
{
    guard_before_message(NULL);
    progress_clear(r);
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
    show_printf(stderr, "winnow: stage %s: %s\n", s->id == NULL ? "?" : s->id, text);
}
