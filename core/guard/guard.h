/* guard.h: what keeps a process honest in which foreign code runs. A stage can crash, call exit(),
 * hang or end its thread; whatever ends the process before its work is done is a failure with a
 * message that names the stage and the document.
 *
 *     parent: waits, hands signals on,        child: does the work
 *     tells how the child ended               each thread says in its slot what it is about to
 *                                             call; a watchdog thread looks at the slots
 *
 * The slots lie in memory that both share, so that the parent can read the last words of a child
 * that is no more. Knows nothing of stages and documents but their names. Without a parent (tests,
 * a debugger) all functions work alike, in this process. */
#ifndef CORE_GUARD_GUARD_H
#define CORE_GUARD_GUARD_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- The parent ---- */

typedef struct guard_end {
    bool done;       /* f returned; status is its answer */
    int status;      /* exit status of the child, where it is not killed by a signal */
    int signal;      /* that killed it, or 0 */
    bool told;       /* it said itself why it ended (the watchdog) */
    int raised;      /* a signal of interruption that the child sent to itself, or 0 */
    bool committed;  /* guard_commit was called, or guard_commits_by holds: results are whole */
    bool blamed;     /* words say whose fault it was; else who was at work */
    char words[800]; /* "stage x in its process(), document y crashed" */
} guard_end;

/* Run f(arg) in a child process and wait for it. SIGINT, SIGTERM and SIGHUP that were sent to this
 * process alone go on to the child, and are of no effect once it has ended (but in a process that
 * has such a parent itself). Standard streams are the child's too. Folders of guard_sweep that the
 * child left behind are removed. For a process that has one thread. */
guard_end guard_run(int (*f)(void *arg), void *arg);

/* The exit status for `end`; a failure is told in one line on standard error. */
int guard_tell(const guard_end *end);

/* The work is done as far as anybody outside can see: a death after this loses nothing. */
void guard_commit(void);
/* The same from the very moment on that the symbolic link `link` reads `target`, should the process
 * die before it can say so. At most 4,000 bytes, and 63; until guard_commit or guard_sweep_none. */
void guard_commits_by(const char *link, const char *target);
/* A folder to be emptied (if `contents`; it holds files only) and removed when this process dies
 * before the work is committed, which it is not (any more) from here on. In the order of the calls;
 * at most 4, longer paths than 4,000 bytes are not kept. */
void guard_sweep(const char *folder, bool contents);
void guard_sweep_none(void); /* forget the folders, and the link of guard_commits_by */
/* Nothing is swept while somebody else holds the lock (flock) on this folder: the folders are his
 * by now. */
void guard_sweep_unless_locked(const char *folder);

/* ---- Threads ---- */

/* This thread is watched from now on, under a slot of its own, until detached. The main thread
 * always is. */
void guard_attach(void);
void guard_detach(void);

/* What the thread has at hand: "document", "a.txt". Lasts until the next. */
void guard_about(const char *what, const char *name);
/* The thread calls `call` of `stage`: both are copied. seconds: the processor time that may take,
 * and the time without any before it counts as hanging; <= 0: any. rule: static words for the
 * message: where that bound comes from. Returns guard_thread_cpu_ns(), so that nobody need ask for
 * it twice. */
int64_t guard_enter(const char *stage, const char *call, double seconds, const char *rule);
void guard_leave(void); /* the call came back: its time no longer counts */
/* A sign of life: the time of the call starts anew. */
void guard_alive(void);

/* Start the watchdog of this process, if it is not running. It ends the process (status 70) when a
 * call does not come back; time in which the whole process is stopped does not count. false: no
 * thread for it. */
bool guard_watch(void);
/* Called by the watchdog before its message (to clear a progress line); NULL: nothing. Must not
 * lock or allocate. */
void guard_before_message(void (*f)(void));

/* What this thread is about: "stage x in its process(), document y". */
void guard_words(char *words, size_t cap);

/* ---- Signals that end a run in good order ---- */

/* SIGINT, SIGTERM and SIGHUP are noted from now on (ignored ones stay ignored); a second one, half
 * a second or more after the first, ends the process at once. SIGXFSZ is ignored: a file that may
 * not grow is an error of write(). Nested calls count; the last guard_signals_restore puts back
 * what was before. */
void guard_signals_catch(void);
void guard_signals_restore(void);
int guard_signal(void); /* the signal that was noted, or 0 */

/* Descriptors 0 to 2 that are closed get a file that cannot be used, so that no file of ours
 * becomes one of them. */
void guard_standard_streams(void);

/* Nanoseconds: of the processor's time this thread has used; of the clock that never is set. */
int64_t guard_thread_cpu_ns(void);
int64_t guard_monotonic_ns(void);
#endif
