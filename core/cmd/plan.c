/* plan.c: winnow plan: what `run` would do, and where each value comes from. */
#include <config.h>
#include "cmd/plugins.h"
#include "cmd/prepare.h"
#include "util/show.h"
#include <stdlib.h>
#include <string.h>

static int plan_main(int argc, char **argv);

const command cmd_plan = {
    "plan",
    "CONFIG [INPUT ...] [options of run] [--format text|json]",
    "show what a run would do and where each value comes from",
    "The inputs that match, the workers, the outputs, the steps, and every value of\n"
    "the configuration, defaults filled in, with its origin: a place in a file,\n"
    "--set, the command line, the environment (then the value stands as it is\n"
    "written, ${NAME}), or the default. A step is one pass over the documents, up to\n"
    "a stage that needs all of them before it can go on; that stage goes on in the\n"
    "next step.\n"
    "\n"
    "Takes the options of `run`: --out, --jobs, --max-memory, --limit, --set.\n",
    plan_main,
};

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

static int print_text(const prepared *p)
{
    show_printf(stdout, "configuration  %s\n", p->config->path);
    say_plan(&p->plan);
    print_values(p->config);
    return EXIT_DONE;
}

static int print_json(const prepared *p)
{
    json_t *all = plan_json(&p->plan);
    if (all == NULL || json_object_set(all, "resolved", p->config->resolved) != 0 ||
        json_object_set(all, "origin", p->config->origin) != 0) {
        json_decref(all);
        all = NULL;
    }
    return print_json_value(all);
}

static int plan_main(int argc, char **argv)
{
    prepared p;
    int status = prepare(&cmd_plan, "f", argc, argv, &p);
    if (status != EXIT_DONE)
        return status;
    status = p.json ? print_json(&p) : print_text(&p);
    prepared_release(&p);
    return end_output(status);
}
