/* alloc.c: see alloc.h. */
#include "util/alloc.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local unsigned long countdown;
static _Thread_local bool carried_out;

static _Thread_local unsigned long failures;

unsigned long mem_failures(void)
{
    return failures;
}

static void *counted(void *p)
{
    failures += p == NULL;
    return p;
}

static bool fails_now(void)
{
    if (countdown == 0 || --countdown > 0)
        return false;
    carried_out = true;
    return true;
}

void *mem_alloc(size_t size)
{
    return counted(fails_now() ? NULL : malloc(size > 0 ? size : 1));
}

void *mem_realloc(void *p, size_t size)
{
    return counted(fails_now() ? NULL : realloc(p, size > 0 ? size : 1));
}

void mem_free(void *p)
{
    free(p);
}

/* The pointer is copied, not used as another type than it has: that would be undefined. */
bool mem_grow_array(void *address_of_p, size_t each, size_t *cap, size_t need)
{
    void *p;
    if (need <= *cap)
        return true;
    size_t n = *cap < 8 ? 8 : *cap;
    while (n < need) {
        if (n > SIZE_MAX / 2)
            return false;
        n *= 2;
    }
    memcpy(&p, address_of_p, sizeof p);
    p = n > SIZE_MAX / each ? NULL : mem_realloc(p, n * each);
    if (p == NULL)
        return false;
    memcpy(address_of_p, &p, sizeof p);
    *cap = n;
    return true;
}

bool mem_fail_at(unsigned long n)
{
    bool done = carried_out;
    carried_out = false;
    countdown = n;
    return done;
}

void *mem_zeroed(size_t size)
{
    void *p = mem_alloc(size);
    return p != NULL ? memset(p, 0, size) : NULL;
}
