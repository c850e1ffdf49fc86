/* manifest.c: run.json, what is needed to say how the results came to be. */
#include "config.h"
#include "run/internal.h"

#include <string.h>
#include <time.h>

void manifest_hash_inputs(worker *w)
{
    run *r = w->run;
    for (;;) {
        size_t i = atomic_fetch_add(&r->next_input, 1);
        wn_error err = WN_ERROR_INIT;
        if (i >= r->inputs.n || run_stopped(r))
            return;
        if (!atomic_load(&r->input_opened[i]) || strcmp(r->inputs.file[i].path, "-") == 0)
            continue; /* beyond --limit, or gone */
        if (input_digest(r->inputs.file[i].path, r->input_sha256[i], &err) != WN_OK) {
            run_end(r, &err);
            return;
        }
    }
}

static json_t *plugin_json(const stage_run *s)
{
    char sha256[65] = "";
    wn_error err = WN_ERROR_INIT;
    const char *path = s->stage->plugin_path == NULL ? "(built in)" : s->stage->plugin_path;
    bool file = path[0] != '(' && input_digest(path, sha256, &err) == WN_OK;
    return json_pack("{s:s, s:s, s:s, s:s, s:o, s:O?}", "id", s->stage->id, "plugin", s->stage->plugin->name,
                     "version", s->stage->plugin->version, "path", path, "sha256",
                     file ? json_string(sha256) : json_null(), "data", s->stage->data_files);
}

static json_t *inputs_json(const run *r)
{
    json_t *all = json_array();
    for (size_t i = 0; i < r->inputs.n; i++) {
        const input_file *f = &r->inputs.file[i];
        if (!atomic_load(&r->input_opened[i]))
            continue;
        json_t *sum = r->input_sha256[i][0] == '\0' ? json_null() : json_string(r->input_sha256[i]);
        json_t *path = json_string(f->path); /* NULL: not UTF-8 */
        (void)json_array_append_new(all, json_pack("{s:o, s:I, s:o}", "path", path == NULL ? json_null() : path,
                                                   "bytes", (json_int_t)f->size, "sha256", sum));
    }
    return all;
}

static json_t *command_json(const run_args *args)
{
    json_t *all = json_pack("[s]", "winnow");
    for (int i = 0; i < args->argc; i++) {
        json_t *word = json_string(args->argv[i]);
        (void)json_array_append_new(all, word == NULL ? json_null() : word);
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
    return json_pack("{s:s, s:o, s:I, s:s?, s:O?, s:O?, s:o, s:o, s:o, s:s, s:o, s:o}", "winnow", PACKAGE_VERSION,
                     "command", command_json(r->args), "jobs", (json_int_t)r->jobs, "config_file", r->config->path,
                     "config", r->config->resolved, "origin", r->config->origin, "plugins", plugins, "inputs",
                     inputs_json(r), "outputs", take_digests, "digest", digest, "started",
                     time_json(r->started_at), "ended", time_json((int64_t)time(NULL)));
}
