/* manifest.c: run.json, what is needed to say how the results came to be. */
#include "config.h"
#include "results/manifest.h"
#include "util/show.h"

#include <string.h>
#include <time.h>

static json_t *plugin_json(const stage_run *s)
{
    char sha256[65] = "";
    wn_error err = WN_ERROR_INIT;
    const char *path = s->stage->plugin_path == NULL ? "(built in)" : s->stage->plugin_path;
    bool file = path[0] != '(' && input_digest(path, sha256, &err) == WN_OK;
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:O?}", "id", s->stage->id, "plugin",
                     s->stage->plugin->name, "version", s->stage->plugin->version, "path",
                     show_json(path), "sha256", file ? json_string(sha256) : json_null(), "data",
                     s->stage->data_files);
}

/* "sha256" is of the first "bytes" bytes: all, but for a file that became shorter or could not be
 * read to its end. */
static json_t *input_json(const char *name, const input_fate *f)
{
    json_t *sum = f->sha256[0] == '\0' ? json_null() : json_string(f->sha256);
    json_t *path = json_string(name); /* NULL: not UTF-8 */
    json_t *o = json_pack("{s:o, s:I, s:o}", "path", path == NULL ? json_null() : path, "bytes",
                          (json_int_t)f->bytes, "sha256", sum);
    if (f->changed)
        (void)json_object_set_new(o, "changed", json_true());
    return o;
}

static json_t *inputs_json(const run *r)
{
    json_t *all = json_array();
    for (size_t i = 0; i < r->plan->inputs.n; i++) {
        const input_fate *f = input_files_fate(r->files, i);
        if (f->opened)
            (void)json_array_append_new(all, input_json(r->plan->inputs.file[i].path, f));
    }
    return all;
}

static json_t *command_json(const run_args *args)
{
    json_t *all = json_pack("[s]", "winnow");
    for (int i = 0; i < args->argc; i++) {
        (void)json_array_append_new(all, show_json(args->argv[i]));
    }
    return all;
}

static json_t *time_json(int64_t at)
{
    char text[32] = "";
    time_t t = (time_t)at;
    struct tm tm;
    if (gmtime_r(&t, &tm) != NULL)
        (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return json_string(text);
}

json_t *manifest_json(const run *r, json_t *take_digests, const char *digest)
{
    json_t *plugins = json_array();
    for (unsigned i = 0; i < r->n_stages; i++)
        (void)json_array_append_new(plugins, plugin_json(&r->stage[i]));
    return json_pack("{s:s, s:o, s:I, s:o, s:O?, s:O?, s:O?, s:o, s:o, s:o, s:s, s:o, s:o}",
                     "winnow", PACKAGE_VERSION, "command", command_json(r->args), "jobs",
                     (json_int_t)r->plan->workers, "config_file", show_json(r->config->path),
                     "config", r->config->resolved, "origin", r->config->origin, "data",
                     r->config->data_files, "plugins", plugins, "inputs", inputs_json(r), "outputs",
                     take_digests, "digest", digest, "started", time_json(r->started_at), "ended",
                     time_json((int64_t)time(NULL)));
}
