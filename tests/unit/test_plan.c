/* test_plan.c: what a run will do, from the configuration and the command line: steps and their
 * passes, units, outputs, what is asked for and what is not. */
#include "config_case.h"
#include "plan/plan.h"

static config *c;
static plan p;

static void add_stock_plugins(void)
{
    const char *builddir = getenv("builddir"), *tests = getenv("WINNOW_PLUGIN_PATH");
    char path[9000];
    (void)snprintf(path, sizeof path, "%s:%s/plugins", tests, builddir == NULL ? "." : builddir);
    (void)setenv("WINNOW_PLUGIN_PATH", path, 1);
}

static void made(const char *text, const char *const *inputs, size_t n, const plan_args *args)
{
    wn_error err = WN_ERROR_INIT;
    config_args from = {
        .text = {text, strlen(text)}, .inputs = inputs, .n_inputs = n, .host = &stub_host};
    wn_status status = config_open(&from, &c, &err);
    if (status == WN_OK)
        status = plan_make(c, args, &p, &err);
    CHECK_STR(shown(status, &err), "ok");
}

static void gone(void)
{
    plan_release(&p);
    CHECK(p.step == NULL && p.pass == NULL && p.output == NULL && p.unit == NULL);
    config_close(c);
}

/* "source process:t_probe emit:dedup | apply:dedup render:t_sink" */
static const char *steps(void)
{
    static const char *const kinds[] = {[PASS_PROCESS] = "process",
                                        [PASS_EMIT] = "emit",
                                        [PASS_APPLY] = "apply",
                                        [PASS_RENDER] = "render"};
    static char line[1000];
    line[0] = '\0';
    for (size_t i = 0; i < p.n_steps; i++)
        for (size_t k = 0; k < p.step[i].n_passes; k++) {
            const plan_pass *a = &p.step[i].pass[k];
            (void)snprintf(line + strlen(line), sizeof line - strlen(line), "%s%s:%s",
                           k > 0   ? " "
                           : i > 0 ? " | "
                                   : "",
                           kinds[a->kind], plan_stage(&p, a->stage)->id);
        }
    return line;
}

static const char *one_input[1];

static void a_chain_without_a_corpus_stage_is_one_step(void)
{
    made(HEAD "stages: [t_probe, {use: t_probe, id: again}]\n" TAIL, one_input, 1, &(plan_args){0});
    CHECK_INT(p.n_steps, 1);
    CHECK_STR(steps(), "process:t_probe process:again render:t_sink");
    CHECK(p.step[0].before == NULL && p.step[0].corpus == NULL);
    CHECK_STR(plan_stage(&p, 0)->id, "t_source");
    gone();
    made(HEAD TAIL, one_input, 1, &(plan_args){0});
    CHECK_STR(steps(), "render:t_sink");
    gone();
}

static void a_corpus_stage_ends_a_step_and_begins_the_next(void)
{
    made(HEAD "stages: [t_probe, {use: dedup, id: one}, {use: dedup, id: two}, {use: t_probe, "
              "id: last}]\n"
              "output: [t_sink, {use: t_sink, id: other, with: {name: b.txt}}]\n",
         one_input, 1, &(plan_args){0});
    CHECK_INT(p.n_steps, 3);
    CHECK_STR(steps(), "process:t_probe emit:one | apply:one emit:two | apply:two process:last "
                       "render:t_sink render:other");
    CHECK_STR(p.step[0].corpus->id, "one");
    CHECK(p.step[1].before == p.step[0].corpus && p.step[2].before == p.step[1].corpus);
    CHECK(p.step[2].corpus == NULL);
    CHECK_INT(p.step[2].pass[3].sink, 1);
    gone();
}

static void what_is_asked_for(void)
{
    const plan_args args = {.out_dir = "out", .jobs = 3, .max_memory = 5 << 20, .limit = 7};
    made(HEAD TAIL, one_input, 1, &args);
    CHECK_INT(p.workers, 3);
    CHECK_INT(p.memory, 5 << 20);
    CHECK_INT(p.limit, 7);
    CHECK_STR(p.out_dir, "out");
    gone();
    made(HEAD TAIL, one_input, 1, &(plan_args){.max_memory = 1});
    CHECK(p.workers >= 1);
    CHECK_INT(p.memory, 1 << 20); /* with less nothing works */
    CHECK_INT(p.limit, 0);
    gone();
    made(HEAD "limits: {max_memory: 64MiB}\n" TAIL, one_input, 1, &(plan_args){0});
    CHECK_INT(p.memory, 64 << 20);
    gone();
}

static void the_outputs_are_those_of_the_sinks_and_our_own(void)
{
    made(HEAD "output: [t_sink, jsonl]\n", one_input, 1, &(plan_args){0});
    CHECK_INT(p.n_outputs, 5);
    CHECK_STR(p.output[0].name, "page.txt");
    CHECK_STR(p.output[0].by->id, "t_sink");
    CHECK_STR(p.output[1].name, "documents.jsonl");
    CHECK_STR(p.output[2].name, "rejects.jsonl");
    CHECK(p.output[4].by == NULL);
    CHECK_STR(p.output[4].name, "run.json");
    gone();
}

static void inputs_are_units(void)
{
    const char *const two[] = {one_input[0], one_input[0]};
    made(HEAD TAIL, two, 2, &(plan_args){0});
    CHECK_INT(p.inputs.n, 1); /* each once */
    CHECK_INT(p.input_bytes, 6);
    CHECK_INT(p.n_units, 1);
    CHECK_INT(p.unit[0].end, 6);
    gone();
}

static void inputs_that_are_not_there_are_told_with_their_place(void)
{
    wn_error err = WN_ERROR_INIT;
    const char *text = "version: 1\ninput: {use: t_source, with: {path: [nothing-here]}}\n" TAIL;
    config_args from = {.text = {text, strlen(text)}, .host = &stub_host};
    CHECK_STR(shown(config_open(&from, &c, &err), &err), "ok");
    CHECK_INT(plan_make(c, &(plan_args){0}, &p, &err), WN_E_CONFIG);
    CHECK_STR(err.where, "(text):2:37");
    CHECK(strstr(err.text, "nothing-here") != NULL);
    config_close(c);
}

int main(void)
{
    use_test_plugins();
    add_stock_plugins();
    write_file("input.txt", "words\n");
    char path[4096];
    (void)snprintf(path, sizeof path, "%s", file_name("input.txt"));
    one_input[0] = path;
    RUN(a_chain_without_a_corpus_stage_is_one_step);
    RUN(a_corpus_stage_ends_a_step_and_begins_the_next);
    RUN(what_is_asked_for);
    RUN(the_outputs_are_those_of_the_sinks_and_our_own);
    RUN(inputs_are_units);
    RUN(inputs_that_are_not_there_are_told_with_their_place);
    return DONE();
}
