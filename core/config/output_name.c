/* output_name.c: what sinks write must not collide, and that is known before anything runs: the
 * option with the role OUTPUT is the file that a sink writes, or what its files start with. */
#include "config/private.h"
#include "config/options.h"
#include <string.h>

enum { NAME_MOST = 200 };

const char *const own_outputs[N_OWN_OUTPUTS] = {"rejects.jsonl", "stats.json", "run.json"};

const char *output_name(const stage *s)
{
    const wn_option *o = option_with_role(s->plugin->options, WN_ROLE_OUTPUT);
    const char *name = NULL;
    if (o != NULL)
        memcpy(&name, (const char *)s->options + o->offset, sizeof name);
    return name;
}

/* Without the last suffix: "documents" of "documents.jsonl". */
static size_t stem(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot == NULL ? strlen(name) : (size_t)(dot - name);
}

bool is_plain_name(const char *name)
{
    if (name[0] == '\0' || name[0] == '.' || strlen(name) > NAME_MOST)
        return false;
    for (const char *p = name; *p != '\0'; p++)
        if (*p == '/' || *p == '\\' || (unsigned char)*p < 0x20)
            return false;
    return true;
}

static bool is_reserved(const char *name)
{
    for (size_t i = 0; i < N_OWN_OUTPUTS; i++)
        if (stem(own_outputs[i]) == stem(name) && strncmp(name, own_outputs[i], stem(name)) == 0)
            return true;
    return false;
}

static bool collide(const stage *a, const stage *b)
{
    const char *x = output_name(a), *y = output_name(b);
    if (x == NULL || y == NULL)
        return false;
    if (a->plugin == b->plugin)
        return strcmp(x, y) == 0;
    return stem(x) == stem(y) && strncmp(x, y, stem(x)) == 0;
}

wn_status output_name_check(const config *c, size_t sink, const node *entry, wn_error *err)
{
    const stage *s = &c->sinks[sink];
    const char *name = output_name(s);
    if (name == NULL)
        return WN_OK;
    const char *option = option_with_role(s->plugin->options, WN_ROLE_OUTPUT)->name;
    const node *written = node_get(node_get(entry, "with"), option),
               *at = written == NULL ? entry : written;
    if (!is_plain_name(name))
        return node_fail(at, err,
                         "`%s` must be a plain file name in the run directory, not `%.100s`",
                         option, name);
    if (is_reserved(name))
        return node_fail(at, err,
                         "`%.100s` is written by winnow itself: give the output another `%s`", name,
                         option);
    for (size_t i = 0; i < sink; i++)
        if (collide(s, &c->sinks[i]))
            return node_fail(
                at, err, "`%s` and `%s` would write the same file (%.100s): give one another `%s`",
                c->sinks[i].id, s->id, name, option);
    return WN_OK;
}
