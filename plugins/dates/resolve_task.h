/* resolve_task.h: one expression on its way to days. Private to the resolver. */
#ifndef DATES_RESOLVE_TASK_H
#define DATES_RESOLVE_TASK_H
#include "resolve.h"

typedef struct task {
    resolver *r;
    const atom *a;
    const frame *f;
    date_point p;
    const char *reason;
    uint8_t anchor;
    bool used_mention, placed, shifted_period;
} task;

/* Keep the first reason for leaving it open. Returns false. */
bool open_for(task *t, const char *reason);

/* What a relative expression counts from: the document's day, or the last mention. false: neither
 * is known; the task has the reason. */
bool anchor_point(task *t, int unit, date_point *ret);

/* Fill t->p, and t->reason when it stays open. */
void resolve_point(task *t);
#endif
