/* spill.h: bytes kept for later, in memory up to some megabytes, beyond in a temporary file without
 * a name ($TMPDIR, or /tmp). One owner. */
#ifndef PLUGINS_REPORT_SPILL_H
#define PLUGINS_REPORT_SPILL_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct spill spill;

typedef struct spilled {
    uint64_t at;
    size_t n;
} spilled;

spill *spill_new(size_t in_memory); /* bytes; NULL: out of memory */
void spill_free(spill *s);          /* NULL is fine */
/* false: see spill_problem. */
bool spill_add(spill *s, const char *bytes, size_t n, spilled *ret_where);
/* Borrowed until the next call; NULL: see spill_problem. */
const char *spill_get(spill *s, spilled where);
/* What the last failure was: errno (ENOMEM: memory). */
int spill_problem(const spill *s);
#endif
