/* planned.c: a plan in words and as JSON. */
#include <config.h>
#include "cmd/prepare.h"
#include "util/show.h"
#include <string.h>

const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

void say_passed(const input_list *l, const char *before)
{
    strbuf lines = STRBUF_INIT;
    input_passed_say(&l->passed, before, &lines);
    (void)fwrite(lines.p != NULL ? lines.p : "", 1, lines.len, stdout);
    strbuf_release(&lines);
}

/* Who has the document first in a step: the source, or the corpus stage that goes on with it, which
 * is then the first of the passes too. */
static const stage *reader_of(const plan *p, const plan_step *s)
{
    return s->before == NULL ? &p->config->source : NULL;
}

static void say_step(const plan *p, size_t i)
{
    const plan_step *s = &p->step[i];
    const stage *reader = reader_of(p, s);
    printf("  %zu. ", i + 1);
    if (reader != NULL)
        show_printf(stdout, "%s", reader->id);
    for (size_t k = 0; k < s->n_passes; k++)
        show_printf(stdout, "%s%s", reader == NULL && k == 0 ? "" : ", ",
                    plan_stage(p, s->pass[k].stage)->id);
    if (s->corpus != NULL)
        show_printf(stdout, "  (%s needs the whole corpus)", s->corpus->id);
    (void)putchar('\n');
}

static void say_outputs(const plan *p)
{
    show_printf(stdout, "output         %s: ", p->out_dir != NULL ? p->out_dir : "(no folder)");
    for (size_t i = 0; i < p->n_outputs; i++) {
        const plan_output *o = &p->output[i];
        const char *name = o->name != NULL ? o->name : o->by->id;
        /* a name without a suffix is what the sink's files begin with */
        show_printf(stdout, "%s%s%s", i == 0 ? "" : ", ", name,
                    strchr(name, '.') == NULL ? ".*" : "");
    }
    (void)putchar('\n');
}

void say_plan(const plan *p)
{
    printf("input          %zu file%s, %llu bytes, read by %s\n", p->inputs.n, plural(p->inputs.n),
           (unsigned long long)p->input_bytes, p->config->source.id);
    say_passed(&p->inputs, "               ");
    if (p->limit > 0)
        printf("limit          the first %llu document%s\n", (unsigned long long)p->limit,
               plural((size_t)p->limit));
    printf("workers        %u\nmemory         %zu MiB for buffers\n", p->workers, p->memory >> 20);
    say_outputs(p);
    printf("steps\n");
    for (size_t i = 0; i < p->n_steps; i++)
        say_step(p, i);
}

static bool append(json_t *list, json_t *take_value)
{
    return json_array_append_new(list, take_value) == 0;
}

/* What each document passes through in the step, in order. NULL: no memory. */
static json_t *step_json(const plan *p, const plan_step *s)
{
    json_t *stages = json_array();
    const stage *reader = reader_of(p, s);
    bool ok = reader == NULL || append(stages, json_string(reader->id));
    for (size_t i = 0; i < s->n_passes && ok; i++)
        ok = append(stages, json_string(plan_stage(p, s->pass[i].stage)->id));
    if (ok)
        return json_pack("{s:o, s:s?}", "stages", stages, "corpus",
                         s->corpus != NULL ? s->corpus->id : NULL);
    json_decref(stages);
    return NULL;
}

static json_t *steps_json(const plan *p)
{
    json_t *steps = json_array();
    for (size_t i = 0; i < p->n_steps; i++)
        if (!append(steps, step_json(p, &p->step[i]))) {
            json_decref(steps);
            return NULL;
        }
    return steps;
}

static json_t *outputs_json(const plan *p)
{
    json_t *list = json_array();
    for (size_t i = 0; i < p->n_outputs; i++) {
        const plan_output *o = &p->output[i];
        if (!append(list, json_pack("{s:s?, s:s?}", "name", o->name, "by",
                                    o->by != NULL ? o->by->id : NULL))) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *files_json(const plan *p)
{
    json_t *list = json_array();
    for (size_t i = 0; i < p->inputs.n; i++)
        if (!append(list, json_pack("{s:o, s:I}", "path", show_json(p->inputs.file[i].path),
                                    "bytes", (json_int_t)p->inputs.file[i].size))) {
            json_decref(list);
            return NULL;
        }
    return list;
}

json_t *plan_json(const plan *p)
{
    json_t *inputs =
        json_pack("{s:I, s:I, s:I, s:o, s:o}", "files", (json_int_t)p->inputs.n, "bytes",
                  (json_int_t)p->input_bytes, "units", (json_int_t)p->n_units, "passed_over",
                  input_passed_json(&p->inputs.passed), "list", files_json(p));
    return json_pack("{s:o, s:o, s:i, s:I, s:I, s:o*, s:o, s:o}", "config",
                     show_json(p->config->path), "inputs", inputs, "workers", (int)p->workers,
                     "memory", (json_int_t)p->memory, "limit", (json_int_t)p->limit, "out",
                     p->out_dir != NULL ? show_json(p->out_dir) : NULL, "outputs", outputs_json(p),
                     "steps", steps_json(p));
}
