/* days.h: the dates of the report's documents in order, for the timeline. Knows no plugin type. */
#ifndef PLUGINS_REPORT_DAYS_H
#define PLUGINS_REPORT_DAYS_H
#include "report/html.h"
#include "report/spill.h"

typedef struct days days;

days *days_new(void);    /* NULL: out of memory */
void days_free(days *d); /* NULL is fine */
/* A mention of [since, until), told by the bytes at `where`, in a document of `event` ("": of
 * none). false: out of memory. */
bool days_add(days *d, spilled where, const char *since, const char *until, const char *event);
/* After the last: in order of since, until and their adding. */
void days_sort(days *d);
size_t days_count(const days *d);
spilled days_get(const days *d, size_t i); /* the i-th in order */
/* By event, since and until, each with its number of mentions; the caller frees it, the strings are
 * borrowed. NULL: out of memory. */
html_day *days_by_event(const days *d, size_t *ret_n);
#endif
