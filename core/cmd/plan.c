/* plan.c: winnow plan: what `run` would do, and where each value comes from. */
#include <config.h>
#include "cmd/plugins.h"
#include "cmd/prepare.h"
#include "util/show.h"
#include <stdlib.h>
#include <string.h>

static int plan_main(int argc, char **argv);

const command cmd_plan = {"plan",
                          "CONFIG [INPUT ...] [--set KEY=VALUE]... [--jobs N] [--format text|json]",
                          "show what a run would do and where each value comes from",
                          "The inputs that match, the workers, the steps, and every value of the "
                          "configuration, defaults\n"
                          "filled in, with its origin: a place in a file, --set, the command line, "
                          "the environment (then the\n"
                          "value stands as it is written, ${NAME}), or the default. A step is one "
                          "pass over the documents,\n"
                          "up to a stage that needs all of them before it can go on; that stage "
                          "goes on in the next step.\n",
                          plan_main};

/* What each document passes through in the step, in order. NULL: no memory. */
static json_t *step_json(const config *c, const plan_step *s)
{
    json_t *stages = json_array();
    bool ok = json_array_append_new(stages, json_string(s->before != NULL ? s->before->id
                                                                          : c->source.id)) == 0;
    for (size_t i = s->first; i < s->end && ok; i++)
        ok = json_array_append_new(stages, json_string(c->stages[i].id)) == 0;
    for (size_t i = 0; s->corpus == NULL && i < c->n_sinks && ok; i++)
        ok = json_array_append_new(stages, json_string(c->sinks[i].id)) == 0;
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
        if (json_array_append_new(steps, step_json(p->config, &p->step[i])) != 0) {
            json_decref(steps);
            return NULL;
        }
    return steps;
}

static const json_t *member(const json_t *in, const char *name, size_t n)
{
    char key[128];
    size_t i;
    const json_t *item;
    if (n >= sizeof key)
        return NULL;
    memcpy(key, name, n);
    key[n] = '\0';
    if (json_is_object(in))
        return json_object_get(in, key);
    json_array_foreach(in, i, item)
    {
        const char *id = json_string_value(json_object_get(item, "id"));
        if (id != NULL && strcmp(id, key) == 0)
            return item;
    }
    return NULL;
}

/* The value at "stages.dedup.with.threshold". */
static const json_t *value_at(const json_t *resolved, const char *path)
{
    while (resolved != NULL) {
        size_t n = strcspn(path, ".");
        resolved = member(resolved, path, n);
        if (path[n] == '\0')
            break;
        path += n + 1;
    }
    return resolved;
}

static void print_values(const config *c)
{
    const char *path;
    json_t *origin;
    printf("\nvalues\n");
    json_object_foreach(c->origin, path, origin)
    {
        char *text =
            json_dumps(value_at(c->resolved, path), JSON_ENCODE_ANY | JSON_REAL_PRECISION(10));
        show_printf(stdout, "  %-38s %-24s %s\n", path, text == NULL ? "(out of memory)" : text,
                    json_string_value(origin));
        free(text);
    }
}

static void print_steps(const json_t *steps)
{
    size_t i, j;
    const json_t *step, *id;
    printf("steps\n");
    json_array_foreach(steps, i, step)
    {
        const char *corpus = json_string_value(json_object_get(step, "corpus"));
        printf("  %zu. ", i + 1);
        json_array_foreach(json_object_get(step, "stages"), j, id)
            show_printf(stdout, "%s%s", j == 0 ? "" : ", ", json_string_value(id));
        if (corpus != NULL)
            printf("  (%s needs the whole corpus)", corpus);
        (void)putchar('\n');
    }
}

static int print_text(const prepared *p)
{
    const config *c = p->config;
    json_t *steps = steps_json(&p->plan);
    if (steps == NULL) {
        (void)fprintf(stderr, "winnow: out of memory\n");
        return EXIT_INTERNAL;
    }
    show_printf(stdout, "configuration  %s\n", c->path);
    printf("input          %zu file%s, %llu bytes, read by %s\nworkers        %u\n",
           p->plan.inputs.n, plural(p->plan.inputs.n), (unsigned long long)p->plan.input_bytes,
           c->source.id, p->plan.workers);
    say_passed(&p->plan.inputs, "               ");
    print_steps(steps);
    json_decref(steps);
    print_values(c);
    return EXIT_DONE;
}

static int print_json(const prepared *p)
{
    const config *c = p->config;
    return print_json_value(
        json_pack("{s:o, s:{s:I, s:I, s:o}, s:i, s:o, s:O, s:O}", "config", show_json(c->path),
                  "inputs", "files", (json_int_t)p->plan.inputs.n, "bytes",
                  (json_int_t)p->plan.input_bytes, "passed_over",
                  input_passed_json(&p->plan.inputs.passed), "workers", (int)p->plan.workers,
                  "steps", steps_json(&p->plan), "resolved", c->resolved, "origin", c->origin));
}

static int plan_main(int argc, char **argv)
{
    prepared p;
    int status = prepare(&cmd_plan, argc, argv, &p);
    if (status != EXIT_DONE)
        return status;
    status = p.json ? print_json(&p) : print_text(&p);
    prepared_release(&p);
    return end_output(status);
}
