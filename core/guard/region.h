/* region.h: the memory that a guarded process shares with its parent. For the files of core/guard
 * only. */
#ifndef CORE_GUARD_REGION_H
#define CORE_GUARD_REGION_H
#include "guard/guard.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { SLOTS = 1100, SWEEPS = 4, SWEEP_PATH = 4000, MARK = 64, INTERNAL_ERROR = 70 };

typedef enum fate {
    FATE_NONE,
    FATE_CRASHED, /* by `signal` */
    FATE_CALLED_EXIT,
    FATE_LEFT_THREAD /* pthread_exit, or cancelled */
} fate;

/* One thread. The lock is between it and the watchdog; the parent reads when the child is no
 * more. */
typedef struct slot {
    atomic_bool taken;
    atomic_bool made; /* lock is there, once and for all threads that take the slot */
    pthread_mutex_t lock;
    bool busy;
    clockid_t clock;           /* the thread's processor time */
    int64_t patience_ns;       /* 0: any time */
    int64_t cpu_start;         /* at guard_enter, or the last sign of life */
    int64_t cpu_seen, seen_at; /* the watchdog's: when it saw the thread work */
    const char *rule;          /* static words of the program */
    atomic_int fate;
    int signal;
    char stage[80], call[32], what[16], name[200];
} slot;

typedef struct region {
    /* whose it is: a process that a stage forks has it too, and no say */
    pid_t pid;
    atomic_bool done, told, committed;
    atomic_int status;                   /* what f answered, when it is done */
    atomic_int raised;                   /* a signal that this process sent to itself */
    char link[SWEEP_PATH], target[MARK]; /* see guard_commits_by */
    atomic_bool has_link;
    atomic_int n_sweeps;
    char lock[SWEEP_PATH]; /* see guard_sweep_unless_locked; "": none */
    struct {
        bool contents;
        char path[SWEEP_PATH];
    } sweep[SWEEPS];
    slot slot[SLOTS];
} region;

extern region *guard_region;      /* of this process; never NULL */
slot *guard_here(void);           /* this thread's; NULL: not attached */
void guard_region_use(region *r); /* in the child, first of all */
/* Who bears the blame, in words. false: nobody does; the words then say who was at work, or are
 * empty (`done`). */
bool guard_last_words(const region *r, bool done, char *words, size_t cap);
/* From now on SIGSEGV and the like note who crashed, but in builds with a sanitizer. */
void guard_crash_catch(void);
/* For the signals of this thread, so that a stack overflow can be noted; and free it. */
void guard_alternate_stack(void);
void guard_alternate_stack_end(void);
#endif
