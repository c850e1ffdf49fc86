/* queue.c: ordered hand-over with a bound, see queue.h. */
#include "config.h"
#include "store/queue.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* the pieces of one work number */
typedef struct lane {
    piece *first, *last;
    uint64_t records;
    bool done;
} lane;

struct queue {
    pthread_mutex_t lock;
    pthread_cond_t for_workers, for_committer;
    uint64_t n_work, next, head; /* [head, next): taken and not yet wholly committed */
    uint64_t window, records;
    size_t budget, held;
    bool stopped;
    lane *lane; /* ring, by number modulo window */
};

queue *queue_new(uint64_t n_work, unsigned jobs, size_t budget)
{
    queue *q = calloc(1, sizeof *q);
    if (q == NULL)
        return NULL;
    q->n_work = n_work;
    q->window = 64 > 4 * (uint64_t)jobs ? 64 : 4 * (uint64_t)jobs;
    q->budget = budget;
    q->lane = calloc((size_t)q->window, sizeof *q->lane);
    if (q->lane == NULL) {
        free(q);
        return NULL;
    }
    pthread_condattr_t attr;
    (void)pthread_condattr_init(&attr);
    (void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&q->for_workers, NULL);
    (void)pthread_cond_init(&q->for_committer, &attr);
    (void)pthread_condattr_destroy(&attr);
    (void)pthread_mutex_init(&q->lock, NULL);
    return q;
}

void queue_free(queue *q)
{
    if (q == NULL)
        return;
    (void)pthread_mutex_destroy(&q->lock);
    (void)pthread_cond_destroy(&q->for_workers);
    (void)pthread_cond_destroy(&q->for_committer);
    free(q->lane);
    free(q);
}

static lane *lane_of(queue *q, uint64_t work)
{
    return &q->lane[work % q->window];
}

bool queue_take(queue *q, uint64_t *ret_work)
{
    (void)pthread_mutex_lock(&q->lock);
    while (!q->stopped && q->next < q->n_work && q->next >= q->head + q->window)
        (void)pthread_cond_wait(&q->for_workers, &q->lock);
    bool got = !q->stopped && q->next < q->n_work;
    if (got)
        *ret_work = q->next++;
    (void)pthread_mutex_unlock(&q->lock);
    return got;
}

/* The head's lane is always being emptied, so a bound on it alone cannot block for ever. */
static bool must_wait(queue *q, uint64_t work)
{
    if (q->stopped || q->held < q->budget)
        return false;
    return work != q->head || lane_of(q, work)->first != NULL;
}

bool queue_put(queue *q, uint64_t work, piece *p)
{
    (void)pthread_mutex_lock(&q->lock);
    while (must_wait(q, work))
        (void)pthread_cond_wait(&q->for_workers, &q->lock);
    lane *l = lane_of(q, work);
    p->next = NULL;
    if (l->last == NULL)
        l->first = p;
    else
        l->last->next = p;
    l->last = p;
    q->held += p->cost;
    bool go_on = !q->stopped;
    if (work == q->head)
        (void)pthread_cond_signal(&q->for_committer);
    (void)pthread_mutex_unlock(&q->lock);
    return go_on;
}

void queue_done(queue *q, uint64_t work, uint64_t records)
{
    (void)pthread_mutex_lock(&q->lock);
    lane_of(q, work)->done = true;
    lane_of(q, work)->records = records;
    if (work == q->head)
        (void)pthread_cond_signal(&q->for_committer);
    (void)pthread_mutex_unlock(&q->lock);
}

static piece *pop(lane *l)
{
    piece *p = l->first;
    if (p != NULL) {
        l->first = p->next;
        if (l->first == NULL)
            l->last = NULL;
    }
    return p;
}

static queue_answer look(queue *q, piece **ret_piece)
{
    if (q->stopped)
        return QUEUE_STOPPED;
    for (; q->head < q->next; q->head++) {
        lane *l = lane_of(q, q->head);
        *ret_piece = pop(l);
        if (*ret_piece != NULL)
            return QUEUE_PIECE;
        if (!l->done)
            return QUEUE_WAITING;
        l->done = false;
        q->records += l->records;
        (void)pthread_cond_broadcast(&q->for_workers);
    }
    return q->head == q->n_work ? QUEUE_FINISHED : QUEUE_WAITING;
}

queue_answer queue_next(queue *q, unsigned milliseconds, piece **ret_piece)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += (time_t)(milliseconds / 1000);
    until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    (void)pthread_mutex_lock(&q->lock);
    queue_answer answer = look(q, ret_piece);
    if (answer == QUEUE_WAITING) {
        (void)pthread_cond_timedwait(&q->for_committer, &q->lock, &until);
        answer = look(q, ret_piece);
    }
    (void)pthread_mutex_unlock(&q->lock);
    return answer;
}

void queue_release(queue *q, size_t cost)
{
    (void)pthread_mutex_lock(&q->lock);
    q->held -= cost;
    (void)pthread_cond_broadcast(&q->for_workers);
    (void)pthread_mutex_unlock(&q->lock);
}

uint64_t queue_records(const queue *q)
{
    return q->records;
}

uint64_t queue_head(queue *q)
{
    (void)pthread_mutex_lock(&q->lock);
    uint64_t head = q->head;
    (void)pthread_mutex_unlock(&q->lock);
    return head;
}

void queue_stop(queue *q)
{
    (void)pthread_mutex_lock(&q->lock);
    q->stopped = true;
    (void)pthread_cond_broadcast(&q->for_workers);
    (void)pthread_cond_signal(&q->for_committer);
    (void)pthread_mutex_unlock(&q->lock);
}

piece *queue_leftover(queue *q)
{
    for (uint64_t i = 0; i < q->window; i++) {
        piece *p = pop(&q->lane[i]);
        if (p != NULL)
            return p;
    }
    return NULL;
}
