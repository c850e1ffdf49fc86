/* state.h: what a run is, for all that take part in it: its stages and workers, its counts, its
 * documents, its threads, and how it ends. Fields are the main thread's unless they say
 * otherwise. */
#ifndef CORE_STATE_STATE_H
#define CORE_STATE_STATE_H
#include "document/document.h"
#include "guard/guard.h"
#include "input/input.h"
#include "plan/plan.h"
#include "state/analyst.h"
#include "state/args.h"
#include "store/names.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct run run;
typedef struct corpus corpus;
typedef struct outputs outputs;

/* ---- Stages of the run, in order: the source, the stages, the sinks ---- */

/* behind stage.run */
typedef struct stage_run {
    run *run;
    stage *stage;
    unsigned number;
    uint64_t in, out, dropped, merged, failed; /* written by the committer only */
    json_t *reasons, *counters;                /* {name: count} */
    corpus *corpus;                            /* of a corpus stage, while it is at work */
    bool begun;                                /* sink: begin() was called */
} stage_run;

/* ---- Workers: one a thread, kept over all steps ---- */

typedef struct counter {
    unsigned stage;
    char name[60];
    int64_t n;
} counter;

typedef struct worker {
    run *run;
    unsigned number;
    pthread_t thread;
    bool running;
    void **state; /* worker_open's, by stage number */
    bool *opened;
    uint64_t *cpu_ns;     /* by stage number */
    strbuf emitted, note; /* of the document in emit() */
    bool emitting, noted;
    counter *counter; /* of the document at hand */
    size_t n_counters, cap_counters;
    int64_t document_cpu;   /* thread time when the document began, ns */
    int64_t document_start; /* monotonic, ns */
    int64_t entered_cpu;    /* thread time when the stage got it, ns */
    stage_run *now;         /* the stage that holds the document */
    analyst analyst;        /* of the document at hand */
} worker;

struct run {
    const plan *plan;
    config *config;
    const wn_host *host; /* the table that stages see */
    const run_args *args;
    stage_run *stage;
    unsigned n_stages, step;
    worker *worker; /* plan->workers of them, and the clerk */
    worker *clerk;  /* the main thread's: writes to the sinks */
    outputs *outputs;
    wn_output *rejects;
    input_files *files;
    size_t inputs_changed, inputs_unreadable;
    fetcher *fetcher;
    uint64_t documents, n_rejects, written, renamed;
    names *names;
    json_t *first_rejects, *findings;
    json_t *origins;        /* {publisher or host: {"documents", "written"}} */
    json_t *info;           /* array of the snapshots sinks may hold; the last is the newest */
    unsigned long failures; /* of allocations, in the main thread, before this run */
    int64_t started_ns;     /* monotonic */
    int64_t started_at;     /* seconds since 1970, for run.json */
    bool limit_reached;
    /* the pool of documents */
    pthread_mutex_t lock;
    document **idle;
    size_t n_idle, cap_idle;
    /* how it ends */
    atomic_bool stop;
    wn_error error;               /* the first that ended the run; under lock */
    int64_t step_ns, progress_ns; /* when the step began, when progress was last shown */
};

/* How a run ends; any thread. run_end: the first one wins, and every thread stops soon. run_error:
 * what ended it, into err. run_stopped: also after a signal, which becomes the error. */
void run_end(run *r, const wn_error *why);
wn_status run_error(run *r, wn_error *err);
bool run_stopped(run *r);
/* From the pool and back, any thread. It comes empty, with the run's bounds; NULL: out of memory.
 * What goes back is reset, and freed when the pool is full. */
document *run_document(run *r);
void run_document_back(run *r, document *d);
typedef void work_function(worker *w, void *arg);
/* Start f(worker, arg) on every worker's thread; wait for all that were started. Where one cannot
 * be started the run ends, and the others are to be joined. */
wn_status run_start(run *r, work_function *f, void *arg, wn_error *err);
void run_join(run *r);
/* Out of memory, wherever that was noticed: the run ends. */
void run_end_for_memory(run *r);
/* The answer of a stage, or of a call of the host's, was "interrupted": the first reason counts, a
 * signal, or what ended the run in another thread. */
wn_status run_why_stopped(run *r, wn_error *err);
#endif
