/* signals.c: signals that end a run in good order, and those of a crash, which are noted on the
 * way. */
#include "config.h"
#include "guard/region.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Interruptions ---- */

static atomic_int caught;
static _Atomic int64_t caught_at;
static int depth;
enum { N_WATCHED = 4 };
static const int watched[N_WATCHED] = {SIGINT, SIGTERM, SIGHUP, SIGXFSZ};
static struct sigaction before[N_WATCHED];

static void end_by(int number)
{
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

/* Ctrl-C reaches the parent and the child, and the parent hands on what it was sent: signals within
 * half a second of the first are the same wish. */
static void on_signal(int number, siginfo_t *info, void *unused)
{
    const int64_t half_a_second = 500000000;
    int problem = errno;
    int64_t now = guard_monotonic_ns();
    (void)unused;
    /* a stage did that: nobody has interrupted anything */
    if (info->si_code <= 0 && info->si_pid == getpid()) {
        if (getpid() == guard_region->pid)
            atomic_store(&guard_region->raised, number);
        end_by(number);
    } else if (atomic_load(&caught) == 0) {
        atomic_store(&caught_at, now);
        atomic_store(&caught, number);
    } else if (now - atomic_load(&caught_at) > half_a_second) {
        end_by(number);
    }
    errno = problem;
}

int guard_signal(void)
{
    return atomic_load(&caught);
}

void guard_signals_catch(void)
{
    struct sigaction catch = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    if (depth++ > 0)
        return;
    (void)sigemptyset(&catch.sa_mask);
    (void)sigemptyset(&ignore.sa_mask);
    atomic_store(&caught, 0);
    for (int i = 0; i < N_WATCHED; i++) {
        (void)sigaction(watched[i], watched[i] == SIGXFSZ ? &ignore : &catch, &before[i]);
        /* as a job in the background of a shell, or under nohup */
        if (before[i].sa_handler == SIG_IGN)
            (void)sigaction(watched[i], &ignore, NULL);
    }
}

void guard_signals_restore(void)
{
    if (--depth > 0)
        return;
    for (int i = 0; i < N_WATCHED; i++)
        (void)sigaction(watched[i], &before[i], NULL);
}

/* ---- Crashes ---- */

static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP};

/* SA_RESETHAND: what comes next is what would have come without us, a core dump included. */
static void on_crash(int number)
{
    slot *s = guard_here();
    if (s != NULL && s->busy && getpid() == guard_region->pid) {
        s->signal = number;
        atomic_store(&s->fate, FATE_CRASHED);
    }
    (void)raise(number);
}

void guard_crash_catch(void)
{
/* they report better */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(WN_ARENA_DEBUG)
    struct sigaction note = {.sa_handler = on_crash,
                             .sa_flags = (int)(SA_RESETHAND | SA_ONSTACK | SA_NODEFER)};
    (void)sigemptyset(&note.sa_mask);
    for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++)
        (void)sigaction(crashes[i], &note, NULL);
#else
    (void)on_crash;
    (void)crashes;
#endif
}

/* ---- Standard streams ---- */

/* Opened the wrong way round, so that using it fails as it would have. */
void guard_standard_streams(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
            /* the lowest free one is fd */
            (void)open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}
