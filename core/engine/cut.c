/* cut.c: how a configuration becomes workers and steps: for `run` and, before it runs, for `plan`. */
#include "config.h"
#include "engine/run.h"

#include <sched.h>
#include <unistd.h>

unsigned run_workers(unsigned asked)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (asked > 0)
        return asked;
    /* the set is too small for a machine of more than CPU_SETSIZE cores */
    long n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : (unsigned)n;
}

run_cut run_cut_at(const config *c, size_t first)
{
    for (size_t i = first; i < c->n_stages; i++)
        if (c->stages[i].plugin->emit != NULL)
            return (run_cut){i + 1, &c->stages[i]};
    return (run_cut){c->n_stages, NULL};
}
