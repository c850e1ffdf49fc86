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

static wn_status find_inputs(plan *p, wn_error *err)
{
    const config *c = p->config;
    const char *base = c->inputs_from_command_line || c->folder[0] == '\0' ? "." : c->folder;
    wn_status status = input_expand(c->inputs, c->n_inputs, base, c->source.plugin->suffixes,
                                    p->out_dir, &p->inputs, err);
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

const stage *plan_stage(const plan *p, unsigned number)
{
    const config *c = p->config;
    if (number == 0)
        return &c->source;
    return number <= c->n_stages ? &c->stages[number - 1] : &c->sinks[number - 1 - c->n_stages];
}

/* The passes of the step that begins with stage `first`, written behind those of the plan: up to
 * the next corpus stage, or to the sinks. Returns the stage at which the next step begins. */
static size_t add_step(plan *p, plan_pass *pass, size_t first, const stage *before)
{
    const config *c = p->config;
    plan_step s = {.pass = pass, .before = before};
    size_t i = first;
    if (before != NULL)
        pass[s.n_passes++] = (plan_pass){PASS_APPLY, (unsigned)first, 0};
    for (; i < c->n_stages && s.corpus == NULL; i++) {
        s.corpus = c->stages[i].plugin->emit != NULL ? &c->stages[i] : NULL;
        pass[s.n_passes++] =
            (plan_pass){s.corpus != NULL ? PASS_EMIT : PASS_PROCESS, (unsigned)i + 1, 0};
    }
    for (unsigned k = 0; s.corpus == NULL && k < c->n_sinks; k++)
        pass[s.n_passes++] = (plan_pass){PASS_RENDER, (unsigned)c->n_stages + 1 + k, k};
    p->step[p->n_steps++] = s;
    return i;
}

static wn_status cut_steps(plan *p, wn_error *err)
{
    const config *c = p->config;
    const stage *before = NULL;
    size_t next = 0, used = 0;
    p->step = mem_alloc((c->n_stages + 1) * sizeof *p->step);
    /* a corpus stage has two: it emits in one step and applies in the next */
    p->pass = mem_alloc((2 * c->n_stages + c->n_sinks + 1) * sizeof *p->pass);
    if (p->step == NULL || p->pass == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory for the plan");
    do {
        next = add_step(p, p->pass + used, next, before);
        before = p->step[p->n_steps - 1].corpus;
        used += p->step[p->n_steps - 1].n_passes;
    } while (before != NULL);
    return WN_OK;
}

static wn_status list_outputs(plan *p, wn_error *err)
{
    const config *c = p->config;
    p->output = mem_alloc((c->n_sinks + N_OWN_OUTPUTS) * sizeof *p->output);
    if (p->output == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory for the plan");
    for (size_t i = 0; i < c->n_sinks; i++)
        p->output[p->n_outputs++] = (plan_output){output_name(&c->sinks[i]), &c->sinks[i]};
    for (size_t i = 0; i < N_OWN_OUTPUTS; i++)
        p->output[p->n_outputs++] = (plan_output){own_outputs[i], NULL};
    return WN_OK;
}

wn_status plan_make(config *c, const plan_args *args, plan *ret_plan, wn_error *err)
{
    plan p = {.config = c,
              .out_dir = args->out_dir,
              .workers = count_workers(args->jobs),
              .memory = memory_for(c, args->max_memory),
              .limit = args->limit};
    wn_status status = find_inputs(&p, err);
    if (status == WN_OK)
        status = cut_steps(&p, err);
    if (status == WN_OK)
        status = list_outputs(&p, err);
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
    mem_free(p->pass);
    mem_free(p->output);
    *p = (plan){.config = NULL};
}
