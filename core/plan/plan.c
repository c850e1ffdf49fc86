/* plan.c: see plan.h. */
#include "config.h"
#include "plan/plan.h"
#include "util/alloc.h"

#include <sched.h>
#include <string.h>
#include <unistd.h>

static unsigned count_workers(unsigned asked)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (asked > 0)
        return asked;
    /* the set is too small for a machine of more than CPU_SETSIZE cores */
    long n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set)
                                                         : sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : (unsigned)n;
}

static size_t memory_for(const config *c, int64_t asked)
{
    enum { LEAST = 1 << 20 };
    const int64_t memory = asked > 0 ? asked : c->limits.max_memory;
    return memory < LEAST ? LEAST : (size_t)memory;
}

static wn_status find_inputs(plan *p, const char *out_dir, wn_error *err)
{
    const config *c = p->config;
    const char *base = c->inputs_from_command_line || c->folder[0] == '\0' ? "." : c->folder;
    wn_status status = input_expand(c->inputs, c->n_inputs, base, c->source.plugin->suffixes,
                                    out_dir, &p->inputs, err);
    const char *place = config_inputs_origin(c);
    if (status == WN_E_CONFIG && err->where[0] == '\0' && place != NULL)
        (void)snprintf(err->where, sizeof err->where, "%s", place);
    if (status != WN_OK)
        return status;
    for (size_t i = 0; i < p->inputs.n; i++)
        p->input_bytes += p->inputs.file[i].size;
    return input_units(&p->inputs, (c->source.plugin->flags & WN_SOURCE_SPLITS) != 0,
                       (uint64_t)c->limits.split_size, &p->unit, &p->n_units, err);
}

/* The step that begins with stage `first`: up to the next corpus stage. */
static plan_step step_from(const config *c, size_t first, const stage *before)
{
    for (size_t i = first; i < c->n_stages; i++)
        if (c->stages[i].plugin->emit != NULL)
            return (plan_step){before, first, i + 1, &c->stages[i]};
    return (plan_step){before, first, c->n_stages, NULL};
}

static wn_status cut_steps(plan *p, wn_error *err)
{
    const config *c = p->config;
    plan_step s = {NULL, 0, 0, NULL};
    p->step = mem_alloc((c->n_stages + 1) * sizeof *p->step);
    if (p->step == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory for the plan");
    do {
        s = step_from(c, s.end, s.corpus);
        p->step[p->n_steps++] = s;
    } while (s.corpus != NULL);
    return WN_OK;
}

wn_status plan_make(config *c, const plan_args *args, plan *ret_plan, wn_error *err)
{
    plan p = {.config = c,
              .workers = count_workers(args->jobs),
              .memory = memory_for(c, args->max_memory)};
    wn_status status = find_inputs(&p, args->out_dir, err);
    if (status == WN_OK)
        status = cut_steps(&p, err);
    if (status == WN_OK)
        *ret_plan = p;
    else
        plan_release(&p);
    return status;
}

void plan_release(plan *p)
{
    if (p->inputs.memory != NULL)
        input_list_release(&p->inputs);
    mem_free(p->unit);
    mem_free(p->step);
    *p = (plan){.config = NULL};
}
