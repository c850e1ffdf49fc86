/* The ordered queue: pieces arrive in order of work, memory in flight stays bounded, nobody waits
 * for ever. */
#include "engine/batch.h"
#include "store/queue.h"
#include "tap.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct number {
    piece piece; /* first member */
    uint64_t work, i;
} number;

enum { WORK = 300, PIECES = 7, COST = 100 };
static atomic_size_t alive, most;

static number *new_number(uint64_t work, uint64_t i)
{
    number *n = calloc(1, sizeof *n);
    size_t now = atomic_fetch_add(&alive, COST) + COST, seen = atomic_load(&most);
    while (now > seen && !atomic_compare_exchange_weak(&most, &seen, now))
        ;
    n->piece.cost = COST;
    n->work = work;
    n->i = i;
    return n;
}

static void free_number(number *n)
{
    (void)atomic_fetch_sub(&alive, COST);
    free(n);
}

static void *produce(void *arg)
{
    queue *q = arg;
    uint64_t work;
    while (queue_take(q, &work)) {
        uint64_t pieces = work % 3 == 0 ? 0 : PIECES; /* some work gives nothing */
        bool more = true;
        if (work % 10 == 1)
            (void)usleep(2000); /* the others run ahead */
        for (uint64_t i = 0; i < pieces && more; i++)
            more = queue_put(q, work, &new_number(work, i)->piece);
        queue_done(q, work, pieces);
    }
    return NULL;
}

static void run_threads(queue *q, pthread_t *thread, int n)
{
    for (int i = 0; i < n; i++)
        (void)pthread_create(&thread[i], NULL, produce, q);
}

static void in_order_and_bounded(void)
{
    enum { THREADS = 5, BUDGET = 1500 };
    pthread_t thread[THREADS];
    queue *q = queue_new(WORK, THREADS, BUDGET);
    uint64_t work = 0, i = 0, n = 0;
    piece *p = NULL;
    queue_answer a;
    atomic_store(&most, 0);
    run_threads(q, thread, THREADS);
    while ((a = queue_next(q, 1000, &p)) == QUEUE_PIECE || a == QUEUE_WAITING) {
        if (a == QUEUE_WAITING)
            continue;
        number *x = (number *)p;
        CHECK(x->work > work || (x->work == work && x->i == i));
        if (x->work != work)
            CHECK_INT(x->i, 0);
        work = x->work;
        i = x->i + 1;
        n++;
        free_number(x);
        queue_release(q, COST);
    }
    CHECK_INT(a, QUEUE_FINISHED);
    for (int t = 0; t < THREADS; t++)
        (void)pthread_join(thread[t], NULL);
    CHECK_INT(n, (WORK - WORK / 3) * PIECES);
    CHECK_INT(queue_records(q), (long long)n);
    CHECK_INT(queue_head(q), WORK);
    CHECK(atomic_load(&most) <= BUDGET + (2 * THREADS + 1) * COST);
    CHECK_INT(atomic_load(&alive), 0);
    queue_free(q);
}

static void stopped(void)
{
    enum { THREADS = 3 };
    pthread_t thread[THREADS];
    queue *q = queue_new(WORK, THREADS, 500);
    piece *p = NULL;
    run_threads(q, thread, THREADS);
    while (queue_next(q, 1000, &p) != QUEUE_PIECE)
        ;
    free_number((number *)p);
    queue_stop(q);
    CHECK_INT(queue_next(q, 1000, &p), QUEUE_STOPPED);
    for (int t = 0; t < THREADS; t++)
        (void)pthread_join(thread[t], NULL);
    while ((p = queue_leftover(q)) != NULL)
        free_number((number *)p);
    CHECK_INT(atomic_load(&alive), 0);
    queue_free(q);
}

static void nothing_to_do(void)
{
    queue *q = queue_new(0, 1, 100);
    uint64_t work;
    piece *p;
    CHECK(!queue_take(q, &work));
    CHECK_INT(queue_next(q, 10, &p), QUEUE_FINISHED);
    queue_free(q);
}

/* Many small documents are a batch, so that they come out soon; so are few large ones, for their
 * memory. */
static void a_batch_is_full_by_number_or_by_bytes(void)
{
    static const char large[BATCH_BYTES];
    batch *b = batch_new();
    for (int i = 0; i < BATCH_DOCUMENTS; i++) {
        CHECK(!batch_full(b));
        CHECK(batch_item(b) != NULL);
    }
    CHECK(batch_full(b));
    batch_free(b, NULL);
    b = batch_new();
    CHECK(batch_item(b) != NULL && !batch_full(b));
    CHECK_INT(batch_add(b, (wn_str){large, sizeof large}).len, sizeof large);
    CHECK(batch_full(b));
    batch_free(b, NULL);
}

int main(void)
{
    RUN(a_batch_is_full_by_number_or_by_bytes);
    RUN(nothing_to_do);
    RUN(in_order_and_bounded);
    RUN(stopped);
    return DONE();
}
