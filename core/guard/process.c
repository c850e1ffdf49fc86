/* process.c: a child process that does the work, and a parent that tells how it ended. */
#include "config.h"
#include "guard/region.h"
#include "util/show.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- The child ---- */

static pid_t guarded; /* a child of the child is none of our business */

static void on_exit_call(void)
{
    slot *s = guard_here();
    if (getpid() != guarded || atomic_load(&guard_region->done))
        return;
    if (s != NULL && s->busy)
        atomic_store(&s->fate, FATE_CALLED_EXIT);
    _exit(INTERNAL_ERROR);
}

/* The thread that runs f has left it by pthread_exit(). */
static void on_thread_exit(void *unused)
{
    slot *s = guard_here();
    (void)unused;
    if (s != NULL && s->busy && getpid() == guarded)
        atomic_store(&s->fate, FATE_LEFT_THREAD);
    _exit(INTERNAL_ERROR);
}

static int call(int (*f)(void *), void *arg)
{
    int status;
    pthread_cleanup_push(on_thread_exit, NULL);
    status = f(arg);
    pthread_cleanup_pop(0);
    return status;
}

static void child(region *r, pid_t parent, int (*f)(void *), void *arg)
{
#ifdef __linux__
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) /* it is gone already */
        _exit(INTERNAL_ERROR);
#else
    (void)parent;
#endif
    guarded = getpid();
    guard_region_use(r);
    guard_crash_catch();
    (void)atexit(on_exit_call);
    int status = call(f, arg);
    /* a destructor of a stage's library may end the process before exit() does this */
    (void)fflush(NULL);
    atomic_store(&r->status, status);
    atomic_store(&r->done, true);
    exit(status);
}

/* ---- The parent ---- */

/* 0: none; signals are then of no account, the child's end is to be told */
static volatile pid_t child_pid;
enum { N_FORWARDED = 3 };
static const int forwarded[N_FORWARDED] = {SIGINT, SIGTERM, SIGHUP};

/* Where SIGCHLD is ignored (some ways to start a program leave it so), the end of a child is
 * nowhere to be read. */
static void keep_ends(struct sigaction *ret_old)
{
    struct sigaction normal = {.sa_handler = SIG_DFL};
    (void)sigemptyset(&normal.sa_mask);
    (void)sigaction(SIGCHLD, &normal, ret_old);
}

/* What the terminal sends reaches the child as well, since it is in the same process group. */
static void forward(int number, siginfo_t *info, void *unused)
{
    int problem = errno;
    (void)unused;
    if (child_pid > 0 && info->si_code <= 0)
        (void)kill(child_pid, number);
    errno = problem;
}

static void block(sigset_t *ret_old)
{
    sigset_t set;
    (void)sigemptyset(&set);
    for (int i = 0; i < N_FORWARDED; i++)
        (void)sigaddset(&set, forwarded[i]);
    (void)sigprocmask(SIG_BLOCK, &set, ret_old);
}

static void catch_and_forward(struct sigaction old[N_FORWARDED])
{
    struct sigaction hand_on = {.sa_sigaction = forward, .sa_flags = SA_SIGINFO | SA_RESTART};
    (void)sigemptyset(&hand_on.sa_mask);
    for (int i = 0; i < N_FORWARDED; i++) {
        (void)sigaction(forwarded[i], NULL, &old[i]);
        if (old[i].sa_handler != SIG_IGN)
            (void)sigaction(forwarded[i], &hand_on, NULL);
    }
}

static void sweep_all(const region *r)
{
    for (int i = 0; i < r->n_sweeps; i++) {
        const char *path = r->sweep[i].path;
        DIR *d = r->sweep[i].contents ? opendir(path) : NULL;
        for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;)
            if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
                (void)unlinkat(dirfd(d), e->d_name, 0);
        if (d != NULL)
            (void)closedir(d);
        (void)rmdir(path);
    }
}

/* The lock went with the child: until this process comes to sweep (it may be stopped), another run
 * can have begun. */
static void sweep(const region *r)
{
    int fd = r->lock[0] != '\0' ? open(r->lock, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
        sweep_all(r);
    if (fd >= 0)
        (void)close(fd);
}

/* Did the child die between the rename that made its results visible and the note that it had? */
static bool committed_by_link(const region *r)
{
    char target[MARK];
    ssize_t n = atomic_load(&r->has_link) ? readlink(r->link, target, sizeof target - 1) : -1;
    target[n > 0 ? n : 0] = '\0';
    return n > 0 && strcmp(target, r->target) == 0;
}

/* What runs after f (a destructor of a stage's library) can end the process with any status: it
 * makes no success of a failure. A sanitizer's report at the end is a failure, though. */
static int status_of(const region *r, int exited)
{
    int answer = atomic_load(&r->status);
    return atomic_load(&r->done) && answer != 0 ? answer : exited;
}

static guard_end wait_for(pid_t pid, region *r)
{
    guard_end end = {.status = INTERNAL_ERROR};
    int status = 0;
    pid_t got;
    do
        got = waitpid(pid, &status, 0);
    while (got < 0 && errno == EINTR);
    if (got == pid && WIFEXITED(status))
        end.status = status_of(r, WEXITSTATUS(status));
    if (got == pid && WIFSIGNALED(status))
        end.signal = WTERMSIG(status);
    end.done = atomic_load(&r->done);
    end.told = atomic_load(&r->told);
    end.raised = atomic_load(&r->raised);
    end.committed = atomic_load(&r->committed) || committed_by_link(r);
    end.blamed = guard_last_words(r, end.done, end.words, sizeof end.words);
    if (!end.committed)
        sweep(r);
    return end;
}

guard_end guard_run(int (*f)(void *), void *arg)
{
    guard_end end = {.done = true, .status = INTERNAL_ERROR};
    struct sigaction before[N_FORWARDED], children;
    sigset_t mask;
    region *r = mmap(NULL, sizeof *r, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t parent = getpid(), outer = child_pid;
    if (r == MAP_FAILED) {
        end.status = f(arg);
        return end;
    }
    (void)fflush(NULL);
    block(&mask);
    keep_ends(&children);
    pid_t pid = fork();
    if (pid == 0) {
        (void)sigprocmask(SIG_SETMASK, &mask, NULL);
        child(r, parent, f, arg);
    }
    if (pid > 0) {
        child_pid = pid;
        catch_and_forward(before);
        (void)sigprocmask(SIG_SETMASK, &mask, NULL);
        end = wait_for(pid, r);
        block(&mask);
        child_pid = outer;
        for (int i = 0; i < N_FORWARDED && guarded == parent; i++)
            (void)sigaction(forwarded[i], &before[i], NULL);
    }
    (void)sigaction(SIGCHLD, &children, NULL);
    (void)sigprocmask(SIG_SETMASK, &mask, NULL);
    if (pid < 0)
        end.status = f(arg);
    (void)munmap(r, sizeof *r);
    return end;
}

static bool interrupts(int number)
{
    return number == SIGINT || number == SIGTERM || number == SIGHUP;
}

static void tell(const guard_end *e, const char *how)
{
    show_printf(stderr, "winnow: %s; %s\n", how,
                e->committed ? "the results are whole, they were written before"
                             : "nothing was written");
}

int guard_tell(const guard_end *e)
{
    char how[1000];
    if (e->done && e->signal == 0)
        return e->status;
    if (interrupts(e->signal) && e->signal != e->raised) {
        tell(e, "interrupted");
        return 128 + e->signal;
    }
    if (e->told)
        return INTERNAL_ERROR;
    const char *between = e->words[0] != '\0' ? "; " : "";
    if (e->blamed)
        (void)snprintf(how, sizeof how, "%s", e->words);
    else if (e->signal == SIGKILL)
        (void)snprintf(how, sizeof how,
                       "the process was killed (signal 9: by somebody, or out of memory)%s%s",
                       between, e->words);
    else if (e->signal != 0)
        (void)snprintf(how, sizeof how, "the process was ended by signal %d (%s)%s%s%s", e->signal,
                       strsignal(e->signal),
                       e->signal == e->raised ? ", which it sent to itself" : "", between,
                       e->words);
    else
        (void)snprintf(how, sizeof how,
                       "the process ended with status %d before its work was done%s%s", e->status,
                       between, e->words);
    tell(e, how);
    return INTERNAL_ERROR;
}
