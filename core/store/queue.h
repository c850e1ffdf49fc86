/* queue.h: results of many workers in input order. Work is numbered; a worker takes the next number
 * and hands in its results piece by piece; the committer gets the pieces of work 0, then of work 1
 * ... A worker far ahead waits: at most a window of numbers is open, and beyond the budget of bytes
 * only the piece that the committer waits for gets in. */
#ifndef CORE_STORE_QUEUE_H
#define CORE_STORE_QUEUE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* first member of what is handed over */
typedef struct piece {
    struct piece *next;
    size_t cost; /* bytes of memory it holds */
} piece;

typedef struct queue queue;
typedef enum queue_answer {
    QUEUE_PIECE,
    QUEUE_WAITING,
    QUEUE_FINISHED,
    QUEUE_STOPPED
} queue_answer;

/* Work 0 to n_work - 1 for so many workers; budget: bytes of pieces handed in and not released.
 * NULL: out of memory. */
queue *queue_new(uint64_t n_work, unsigned jobs, size_t budget);
void queue_free(queue *q); /* NULL is fine; queue_leftover first */

/* Workers. false: no work is left, or the queue was stopped. */
bool queue_take(queue *q, uint64_t *ret_work);
/* Takes the piece over, also when it answers false: stopped. */
bool queue_put(queue *q, uint64_t work, piece *p);
/* The last call for this work. records: how many were read in it. */
void queue_done(queue *q, uint64_t work, uint64_t records);

/* The committer, one thread. Waits at most `milliseconds` (then QUEUE_WAITING). The piece is the
 * caller's. */
queue_answer queue_next(queue *q, unsigned milliseconds, piece **ret_piece);
void queue_release(queue *q, size_t cost); /* the piece is committed and freed */
/* sum over the work wholly committed, for the balance */
uint64_t queue_records(const queue *q);

uint64_t queue_head(queue *q); /* work below it is wholly committed */

/* Anyone: no more work, waiters return. */
void queue_stop(queue *q);
/* After the workers have ended: pieces nobody committed. NULL: none. */
piece *queue_leftover(queue *q);
#endif
