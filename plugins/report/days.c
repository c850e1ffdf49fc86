/* days.c: see days.h: strings in a pool, mentions in a list. */
#include "config.h"
#include "report/days.h"
#include "common/grow.h"

#include <stdlib.h>
#include <string.h>

/* Strings are offsets into the pool: many documents tell of few days. */
typedef struct mention {
    spilled where;
    size_t since, until, event;
} mention;

struct days {
    mention *p;
    size_t n, cap;
    char *pool;
    size_t pool_n, pool_cap;
};

days *days_new(void)
{
    return calloc(1, sizeof(days));
}

void days_free(days *d)
{
    if (d == NULL)
        return;
    free(d->p);
    free(d->pool);
    free(d);
}

/* SIZE_MAX: out of memory. `last`: a string that may be the same. */
static size_t keep(days *d, const char *s, size_t last)
{
    size_t size = strlen(s) + 1;
    if (d->n > 0 && strcmp(d->pool + last, s) == 0)
        return last;
    char *pool = grown_to(d->pool, &d->pool_cap, d->pool_n + size, 1);
    if (pool == NULL)
        return SIZE_MAX;
    d->pool = pool;
    memcpy(d->pool + d->pool_n, s, size);
    d->pool_n += size;
    return d->pool_n - size;
}

bool days_add(days *d, spilled where, const char *since, const char *until, const char *event)
{
    mention last = d->n > 0 ? d->p[d->n - 1] : (mention){{0, 0}, 0, 0, 0};
    mention *p = grown(d->p, &d->cap, d->n, sizeof *p);
    if (p == NULL)
        return false;
    d->p = p;
    mention m = {where, keep(d, since, last.since), 0, 0};
    m.until = m.since == SIZE_MAX ? SIZE_MAX : keep(d, until, last.until);
    m.event = m.until == SIZE_MAX ? SIZE_MAX : keep(d, event, last.event);
    if (m.event == SIZE_MAX)
        return false;
    d->p[d->n++] = m;
    return true;
}

/* Where bytes were kept tells the order of adding. */
static int by_day(const void *x, const void *y, void *pool)
{
    const mention *a = x, *b = y;
    const char *s = pool;
    int c = strcmp(s + a->since, s + b->since);
    c = c != 0 ? c : strcmp(s + a->until, s + b->until);
    return c != 0 ? c : (a->where.at > b->where.at) - (a->where.at < b->where.at);
}

void days_sort(days *d)
{
    if (d->n > 1)
        qsort_r(d->p, d->n, sizeof *d->p, by_day, d->pool);
}

size_t days_count(const days *d)
{
    return d->n;
}

spilled days_get(const days *d, size_t i)
{
    return d->p[i].where;
}

static int by_event(const void *x, const void *y)
{
    const html_day *a = x, *b = y;
    int c = strcmp(a->event, b->event);
    c = c != 0 ? c : strcmp(a->since, b->since);
    return c != 0 ? c : strcmp(a->until, b->until);
}

html_day *days_by_event(const days *d, size_t *ret_n)
{
    html_day *day = calloc(d->n + 1, sizeof *day);
    size_t n = 0;
    for (size_t i = 0; day != NULL && i < d->n; i++)
        day[i] = (html_day){d->pool + d->p[i].event, d->pool + d->p[i].since,
                            d->pool + d->p[i].until, 1};
    if (day != NULL && d->n > 1)
        qsort(day, d->n, sizeof *day, by_event);
    for (size_t i = 0; day != NULL && i < d->n; i++) {
        if (n > 0 && by_event(&day[n - 1], &day[i]) == 0)
            day[n - 1].mentions++;
        else
            day[n++] = day[i];
    }
    *ret_n = n;
    return day;
}
