/* internal.h: what the files of core/run share. The picture:
 *
 *   pipeline.c   runs the steps into which cut.c cuts the chain, publishes the results
 *     step.c     one step: workers read, pass documents through the chain, hand over; the main
 *                thread commits in input order
 *       reader.c   documents of a unit of input, or of a block of the spool
 *       chain.c    one document through the stages of a step; verdicts; limits
 *       analyst.c  its text, analysed once for all stages
 *       batch.c    what a worker hands over: results of consecutive documents
 *     corpus.c   a corpus stage: records and notes, reduce, settle, verdicts
 *     inputs.c   the input files;  manifest.c  run.json;  names.c  no two documents of a name
 *     output.c   the files a run writes;  generation.c  how they all get their names at once
 *     stats.c    counts and balance;  progress.c  the progress line, messages;  host.c  the table plugins see
 *   queue sorter table spool workfile: know nothing of stages
 */
#ifndef CORE_RUN_INTERNAL_H
#define CORE_RUN_INTERNAL_H
#include "config/config.h"
#include "document/document.h"
#include "guard/guard.h"
#include "input/input.h"
#include "run/analyst.h"
#include "run/names.h"
#include "run/queue.h"
#include "run/run.h"
#include "run/sorter.h"
#include "run/spool.h"
#include "run/table.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct run run;
typedef struct corpus corpus;
typedef struct outputs outputs;

/* ---- Stages of the run, in order: the source, the stages, the sinks ---- */

typedef struct stage_run { /* behind stage.run */
    run *run;
    stage *stage;
    unsigned number;
    uint64_t in, out, dropped, merged, failed; /* written by the committer only */
    json_t *reasons, *counters;                /* {name: count} */
    corpus *corpus;                            /* of a corpus stage, while it is at work */
    bool begun;                                /* sink: begin() was called */
} stage_run;

typedef enum pass_kind { PASS_PROCESS, PASS_EMIT, PASS_APPLY, PASS_RENDER } pass_kind;
typedef struct pass {
    pass_kind kind;
    unsigned sink;           /* PASS_RENDER: which */
    stage_run *s;
} pass;

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
    void **state;            /* worker_open's, by stage number */
    bool *opened;
    uint64_t *cpu_ns;        /* by stage number */
    strbuf records, note;    /* of the document in emit() */
    bool emitting, noted;
    counter *counter;        /* of the document at hand */
    size_t n_counters, cap_counters;
    int64_t document_cpu;    /* thread time when the document began, ns */
    int64_t document_start;  /* monotonic, ns */
    int64_t entered_cpu;     /* thread time when the stage got it, ns */
    stage_run *now;          /* the stage that holds the document */
    analyst analyst;         /* of the document at hand */
} worker;

struct run {
    config *config;
    const run_args *args;
    unsigned jobs;
    size_t memory;
    stage_run *stage;
    unsigned n_stages, n_steps, step;
    worker *worker;          /* jobs of them, and the clerk */
    worker *clerk;           /* the main thread's: writes to the sinks */
    outputs *outputs;
    wn_output *rejects;
    input_list inputs;
    input_unit *unit;
    size_t n_units;
    input_files *files;
    size_t inputs_changed, inputs_unreadable;
    fetcher *fetcher;
    uint64_t documents, n_rejects, written, renamed;
    names *names;
    json_t *first_rejects, *findings;
    json_t *origins;         /* {publisher or host: {"documents", "written"}} */
    json_t *info;            /* array of the snapshots sinks may hold; the last is the newest */
    unsigned long failures;  /* of allocations, in the main thread, before this run */
    int64_t started_ns;      /* monotonic */
    int64_t started_at;      /* seconds since 1970, for run.json */
    bool limit_reached;
    /* the pool of documents */
    pthread_mutex_t lock;
    document **idle;
    size_t n_idle, cap_idle;
    /* how it ends */
    atomic_bool stop;
    wn_error error;          /* the first that ended the run; under lock */
    int64_t step_ns, progress_ns; /* when the step began, when progress was last shown */
};

/* pipeline.c */
void run_end(run *r, const wn_error *why);   /* first one wins; every thread stops soon */
wn_status run_error(run *r, wn_error *err);   /* what ended it */
bool run_stopped(run *r);                    /* also true after a signal, which becomes the error */
document *run_document(run *r);              /* from the pool, empty; NULL: out of memory */
void run_document_back(run *r, document *d);
typedef void work_function(worker *w, void *arg);
/* Start f(worker, arg) on every worker's thread; join them. */
wn_status run_start(run *r, work_function *f, void *arg, wn_error *err);
void run_join(run *r);

/* reader.c */
typedef struct reader {
    input *input;           /* NULL: of a block of the spool, or it could not be opened: */
    wn_error broken;        /* the one record then is this reject */
    run *run;               /* NULL: of a block of the spool */
    const spool *spool;
    wn_str block;           /* not yet read part of a spool block */
    uint64_t unit, index;   /* unit or block; of the next record: index in the unit, or ordinal in the spool */
    uint64_t last_used, last_member, last_offset, still; /* how many records in a row lay at the same place */
} reader;
/* An input that cannot be opened makes a reader that gives a reject and ends. NULL: the run ends. */
reader *reader_open_unit(worker *w, uint64_t unit, wn_error *err);
reader *reader_open_block(const spool *s, uint64_t block, wn_error *err);
/* WN_OK: a document; WN_END; WN_DROP, WN_E_DATA, WN_E_LIMIT, WN_E_IO: a reject of the source; other: ends the run. */
wn_status reader_next(reader *r, worker *w, document *d, wn_error *err);
void reader_close(reader *r); /* NULL is fine */

/* chain.c */
typedef struct chain {
    pass *pass;
    unsigned n;
    stage_run *source;      /* first step only */
    const corpus *before;   /* whose verdicts PASS_APPLY hands out */
} chain;
wn_status worker_open(worker *w, stage_run *s, wn_error *err);
void worker_close_all(worker *w);
void worker_begin(worker *w, const char *what, const char *name); /* "document" or "input": its clock starts */
void worker_enter(worker *w, stage_run *s, const char *call, document *d); /* the stage gets the document, or NULL */
void worker_leave(worker *w);
/* The stage is called for `n` documents at once (reduce, settle) or for none (begin, end). */
void stage_enter(const stage_run *s, const char *call, uint64_t n);
/* Through all passes. *ret_ended: the pass that ended it, c->n when it came out. */
wn_status chain_run(const chain *c, worker *w, document *d, uint64_t ordinal, wn_str *rendered,
                    unsigned *ret_ended, wn_error *err);
/* The status a stage returned against the document's verdict: a stage that says two things failed. */
wn_status judge(const stage_run *s, document *d, wn_status returned, wn_error *err);
/* Does this failure end the run, or is the document a reject? */
bool ends_run(const stage_run *s, const document *d, wn_status status);
void document_name(document *d, char *name, size_t cap);

/* batch.c: all slices are offsets into `bytes` */
typedef struct part {
    size_t at, len;
} part;
typedef struct item {
    document *doc;          /* last step: alive until it is written */
    wn_str *rendered;       /* last step: by sink, in the document's arena */
    int ended;              /* index of the pass that ended it; the number of passes: came out; -1: the source */
    wn_status status;
    bool ends_run;          /* the run ends here, with: */
    wn_error *fatal;        /* NULL: not even memory for that */
    part frozen, id, note, records, reject, reason, origin, into;
    size_t counters, n_counters; /* in `counter` of the batch */
} item;
typedef struct batch {
    piece piece;            /* first member */
    item *item;
    size_t n, cap;
    counter *counter;
    size_t n_counters, cap_counters;
    strbuf bytes;
    size_t held;            /* memory of live documents */
} batch;
enum { BATCH_DOCUMENTS = 64, BATCH_BYTES = 1024 * 1024 };
batch *batch_new(void);
void batch_free(batch *b, run *r);
item *batch_item(batch *b);           /* a new one, zeroed; NULL: out of memory */
bool batch_full(const batch *b);
wn_str batch_part(const batch *b, part p);
part batch_add(batch *b, wn_str bytes);
/* Fill an item: from a document on its way into a corpus stage, one on its way to the sinks (the item
 * takes the document), one that does not come out, and one that ends the run. */
wn_status batch_keep_frozen(batch *b, item *i, const worker *w, document *d, wn_error *err);
void batch_keep_alive(batch *b, item *i, document *d, wn_str *rendered);
wn_status batch_keep_reject(batch *b, item *i, document *d, wn_error *err);
void batch_keep_fatal(item *i, const char *stage_id, document *d, const wn_error *err);
wn_status batch_keep_counters(batch *b, item *i, const worker *w, wn_error *err);
size_t batch_cost(const batch *b);

/* step.c */
wn_status step_run(run *r, const chain *c, const spool *from, corpus *after, spool *to, wn_error *err);

/* corpus.c */
struct corpus {
    run *run;
    stage_run *s;
    uint64_t n;
    table ids, notes;
    sorter *records, *edges;
    slots verdicts;
    pthread_mutex_t lock;   /* of edges */
    atomic_uint next_partition;
};
corpus *corpus_new(run *r, stage_run *s, wn_error *err);
/* One more document in order, with the records of its emit(). */
wn_status corpus_add(corpus *c, wn_str id, wn_str note, wn_str records, wn_error *err);
wn_status corpus_decide(corpus *c, wn_error *err);        /* reduce and settle */
wn_str corpus_verdict(const corpus *c, uint64_t ordinal);
void corpus_free(corpus *c);
/* One record as emit() buffers it. */
void corpus_pack(strbuf *out, wn_str key, wn_str value);
uint64_t host_corpus_size(const wn_corpus *c);
wn_str host_corpus_note(const wn_corpus *c, uint64_t ordinal);
wn_str host_corpus_id(const wn_corpus *c, uint64_t ordinal);
wn_status host_edge(wn_corpus *c, uint64_t a, uint64_t b, wn_str value);
const wn_edge *host_next_edge(wn_corpus *c);
wn_status host_verdict(wn_corpus *c, uint64_t ordinal, wn_str verdict);
wn_status host_publish(wn_corpus *c, json_t *take_findings);

/* inputs.c */
wn_status inputs_find(run *r, wn_error *err);
wn_status inputs_settle(run *r, wn_error *err); /* after the first step: all sums, and who changed meanwhile */
json_t *inputs_counts(const run *r);            /* for stats.json */

/* output.c */
/* Make or check the run directory, lock it, make its work folder. */
wn_status outputs_open(const char *dir, outputs **ret_outputs, wn_error *err);
const char *outputs_work_dir(const outputs *o);
wn_output *outputs_add(outputs *o, const char *name, const stage *by, wn_error *err); /* by: NULL: winnow itself */
wn_status outputs_write(outputs *o, const char *name, json_t *value, wn_error *err); /* a whole JSON file */
wn_status outputs_finish(outputs *o, wn_error *err);   /* flush, fsync, digests */
json_t *outputs_digests(const outputs *o, char ret_digest[65]); /* {name: {"bytes", "sha256"}}, by name */
wn_status outputs_publish(outputs *o, wn_error *err);  /* all get their names */
void outputs_close(outputs *o);                        /* what was not published is removed; NULL is fine */
wn_output *host_output_open(wn_stage *stage, const char *name, wn_error *err);
wn_status host_output_write(wn_output *out, const void *bytes, size_t n, wn_error *err);

/* stats.c */
void count_add(json_t *counts, const char *name, int64_t n);
/* A document has come to its end: what stats.json says of its publisher, or the host of its url. */
void count_origin(run *r, wn_str name, bool written);
wn_str document_origin(document *d);                   /* borrowed; empty: not known */
json_t *stats_info(const run *r);                      /* what wn_run_info shows */
json_t *stats_json(const run *r);
wn_status stats_balance(const run *r, wn_error *err);
const json_t *host_run_info(const wn_stage *stage);
const json_t *host_findings(const wn_stage *stage, const char *name);

/* manifest.c */
json_t *manifest_json(const run *r, json_t *take_digests, const char *digest);

/* progress.c */
void progress_show(run *r, uint64_t bytes_done, uint64_t bytes_all);
void progress_begin(run *r);
void progress_clear(const run *r); /* before a line is written that stays */
void progress_end(run *r);
void host_log(const wn_stage *stage, wn_level level, const char *fmt, ...) WN_PRINTF(3, 4);
#endif
