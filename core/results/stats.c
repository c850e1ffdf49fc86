/* stats.c: counts by stage, their balance, and what sinks and stats.json show of them. */
#include "config.h"
#include "results/stats.h"

#include <string.h>
#include <sys/resource.h>

void count_add(json_t *counts, const char *name, int64_t n)
{
    enum { MANY = 1000 }; /* names made from content end up under one */
    if (json_object_get(counts, name) == NULL && json_object_size(counts) >= MANY)
        name = "(more)";
    json_int_t old = json_integer_value(json_object_get(counts, name));
    if (json_object_set_new(counts, name, json_integer(old + n)) == 0)
        return;
    old = json_integer_value(json_object_get(counts, "(name is not UTF-8)"));
    (void)json_object_set_new(counts, "(name is not UTF-8)", json_integer(old + n));
}

wn_str document_origin(document *d)
{
    json_t *meta = document_meta(document_handle(d));
    const char *name = json_string_value(json_object_get(meta, "publisher"));
    if (name != NULL && name[0] != '\0')
        return (wn_str){name, strlen(name)};
    const char *url = json_string_value(json_object_get(meta, "url"));
    const char *host = url == NULL ? NULL : strstr(url, "://");
    return host == NULL ? (wn_str){"", 0} : (wn_str){host + 3, strcspn(host + 3, "/?#")};
}

void count_origin(run *r, wn_str name, bool written)
{
    enum { MANY = 10000, LONG = 200 };
    char key[LONG + 1];
    (void)snprintf(key, sizeof key, "%.*s", name.len < LONG ? (int)name.len : LONG, name.p);
    if (name.len == 0 || name.len > LONG)
        (void)snprintf(key, sizeof key, "(not known)");
    json_t *counts = json_object_get(r->origins, key);
    if (counts == NULL && json_object_size(r->origins) >= MANY)
        counts = json_object_get(r->origins, strcpy(key, "(more)"));
    if (counts == NULL &&
        json_object_set_new(r->origins, key,
                            json_pack("{s:i, s:i}", "documents", 0, "written", 0)) == 0)
        counts = json_object_get(r->origins, key); /* else nobody has it any more */
    if (counts == NULL)
        return;
    count_add(counts, "documents", 1);
    count_add(counts, "written", written);
}

static json_t *stage_counts(const stage_run *s)
{
    return json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I}", "id", s->stage->id, "plugin",
                     s->stage->plugin->name, "in", (json_int_t)s->in, "out", (json_int_t)s->out,
                     "dropped", (json_int_t)s->dropped, "merged", (json_int_t)s->merged, "failed",
                     (json_int_t)s->failed);
}

json_t *stats_info(const run *r)
{
    json_t *stages = json_array();
    for (unsigned i = 0; i < r->n_stages; i++)
        (void)json_array_append_new(stages, stage_counts(&r->stage[i]));
    return json_pack("{s:o, s:I, s:o}", "stages", stages, "inputs", (json_int_t)r->plan->inputs.n,
                     "rejects", json_deep_copy(r->first_rejects));
}

static double cpu_seconds(const run *r, unsigned number)
{
    uint64_t ns = 0;
    for (unsigned i = 0; i <= r->plan->workers; i++)
        ns += r->worker[i].cpu_ns[number];
    return (double)ns / 1e9;
}

static json_t *inputs_counts(const run *r)
{
    return json_pack("{s:I, s:I, s:I, s:o}", "inputs", (json_int_t)r->plan->inputs.n,
                     "inputs_changed", (json_int_t)r->inputs_changed, "inputs_unreadable",
                     (json_int_t)r->inputs_unreadable, "passed_over",
                     input_passed_json(&r->plan->inputs.passed));
}

json_t *stats_json(const run *r)
{
    struct rusage usage = {0};
    json_t *stages = json_array();
    (void)getrusage(RUSAGE_SELF, &usage);
    for (unsigned i = 0; i < r->n_stages; i++) {
        json_t *s = stage_counts(&r->stage[i]);
        (void)json_object_set(s, "reasons", r->stage[i].reasons);
        (void)json_object_set(s, "counters", r->stage[i].counters);
        (void)json_object_set_new(s, "cpu_seconds", json_real(cpu_seconds(r, i)));
        (void)json_array_append_new(stages, s);
    }
    json_t *all = json_pack("{s:I, s:I, s:I, s:I, s:f, s:I, s:I, s:o, s:O}", "documents",
                            (json_int_t)r->documents, "written", (json_int_t)r->written, "rejects",
                            (json_int_t)r->n_rejects, "renamed", (json_int_t)r->renamed,
                            "wall_seconds", (double)(guard_monotonic_ns() - r->started_ns) / 1e9,
                            "peak_rss_bytes", (json_int_t)usage.ru_maxrss * 1024, "jobs",
                            (json_int_t)r->plan->workers, "stages", stages, "origins", r->origins);
    json_t *inputs = inputs_counts(r);
    (void)json_object_update(all, inputs);
    json_decref(inputs);
    return all;
}

static wn_status unbalanced(const stage_run *s, const char *what, uint64_t a, uint64_t b,
                            wn_error *err)
{
    return wn_fail(err, WN_E_INTERNAL,
                   "the counts of stage %s do not balance: %s (%llu and %llu); please report this",
                   s->stage->id, what, (unsigned long long)a, (unsigned long long)b);
}

/* Nothing vanishes: in = out + dropped + merged + failed at each stage, what leaves one enters the
 * next, and every document that was read was written or is a reject. */
wn_status stats_balance(const run *r, wn_error *err)
{
    uint64_t gone = 0;
    const stage_run *last = &r->stage[r->n_stages - 1];
    for (unsigned i = 0; i < r->n_stages; i++) {
        const stage_run *s = &r->stage[i];
        uint64_t accounted = s->out + s->dropped + s->merged + s->failed;
        gone += s->dropped + s->merged + s->failed;
        if (s->in != accounted)
            return unbalanced(s, "in, and out + dropped + merged + failed", s->in, accounted, err);
        if (i > 0 && s->in != r->stage[i - 1].out)
            return unbalanced(s, "in, and out of the stage before", s->in, r->stage[i - 1].out,
                              err);
    }
    if (r->stage[0].in != r->documents)
        return unbalanced(&r->stage[0], "in, and documents read", r->stage[0].in, r->documents,
                          err);
    if (last->out != r->written)
        return unbalanced(last, "out, and documents written", last->out, r->written, err);
    if (gone != r->n_rejects)
        return unbalanced(last, "all that did not come out, and lines of rejects.jsonl", gone,
                          r->n_rejects, err);
    return WN_OK;
}

const json_t *host_run_info(const wn_stage *handle)
{
    const stage_run *s = stage_of_const(handle)->run;
    if (s == NULL || json_array_size(s->run->info) == 0)
        return NULL;
    return json_array_get(s->run->info, json_array_size(s->run->info) - 1);
}

const json_t *host_findings(const wn_stage *handle, const char *name)
{
    const stage_run *s = stage_of_const(handle)->run;
    const json_t *found = s == NULL ? NULL : json_object_get(s->run->findings, name);
    for (unsigned i = s == NULL ? 0 : s->run->n_stages; found == NULL && i-- > 0;) {
        const stage *by = s->run->stage[i].stage;
        if (strcmp(by->plugin->name, name) == 0)
            found = json_object_get(s->run->findings, by->id);
    }
    return found;
}
