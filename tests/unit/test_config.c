/* test_config.c: configurations: what they mean, and every refusal with its place and hint. */
#include "config_case.h"
#include "../plugins/t_probe.h"

static void the_whole_shape(void)
{
    config *c;
    CHECK_STR(
        open_with("version: 1\ninput: t_source\n"
                  "stages:\n- t_probe\n- {use: t_probe, id: again, with: {whole: 7}, on_error: "
                  "fail}\n- t_pairs\n"
                  "output:\n- {use: t_sink, with: {title: 2024}}\nlimits: {max_record: 1MB}\n",
                  (const char *const[]){"input.with.path=[a, b]"}, 1, &c),
        "ok");
    if (c == NULL)
        return;
    CHECK_INT(c->n_stages, 3);
    CHECK_INT(c->n_sinks, 1);
    CHECK_STR(c->stages[0].id, "t_probe");
    CHECK_STR(c->stages[1].id, "again");
    CHECK_INT(c->stages[0].on_error, ON_ERROR_REJECT);
    CHECK_INT(c->stages[1].on_error, ON_ERROR_FAIL);
    CHECK_INT(((const probe_options *)c->stages[1].options)->whole, 7);
    CHECK_STR(
        json_string_value(json_object_get(
            json_object_get(json_array_get(json_object_get(c->resolved, "output"), 0), "with"),
            "title")),
        "2024");
    CHECK_INT(c->limits.max_record, 1000000);
    CHECK_INT(c->limits.max_rejects, -1);
    CHECK_INT(c->n_inputs, 2);
    CHECK_STR(c->inputs[1], "b");
    config_close(c);
}

static void options_of_every_type(void)
{
    config *c;
    CHECK_STR(open_with(PROBE("flag: false, whole: -10, size: 2MiB, real: 1, text: hello, choice: "
                              "far, list: [x, 1, y]"),
                        NULL, 0, &c),
              "ok");
    if (c == NULL)
        return;
    const probe_options *o = c->stages[0].options;
    CHECK(!o->flag && o->real >= 1 && o->real <= 1);
    CHECK_INT(o->whole, -10);
    CHECK_INT(o->size, 2 << 20);
    CHECK_STR(o->text, "hello");
    CHECK_STR(o->choice, "far");
    CHECK_INT(o->list.n, 3);
    CHECK_STR(o->list.item[1], "1");
    config_close(c);
}

static void defaults_and_origins(void)
{
    config *c;
    (void)setenv("WN_TEST_REAL", "0.25", 1);
    CHECK_STR(open_with(HEAD "stages:\n  - use: t_probe\n    with:\n      real: ${WN_TEST_REAL}\n  "
                             "    list: solo\n" TAIL,
                        (const char *const[]){"stages.t_probe.with.choice=away"}, 1, &c),
              "ok");
    if (c == NULL)
        return;
    const probe_options *o = c->stages[0].options;
    CHECK(o->flag && o->text == NULL && o->real >= 0.25 && o->real <= 0.25);
    CHECK_INT(o->whole, -3);
    CHECK_INT(o->size, 65536);
    CHECK_STR(o->choice, "away");
    CHECK_INT(o->list.n, 1);
    static const char *const origins[][2] = {
        {"stages.t_probe.with.real", "environment WN_TEST_REAL in (text):6:13"},
        {"stages.t_probe.with.list", "(text):7:13"},
        {"stages.t_probe.with.choice", "--set"},
        {"stages.t_probe.with.whole", "default"},
        {"stages.t_probe.use", "(text):4:10"},
        {"stages.t_probe.on_error", "default"},
        {"limits.max_record", "default"},
        {"input.with.path", "(text):2:37"},
    };
    for (size_t i = 0; i < sizeof origins / sizeof origins[0]; i++)
        CHECK_STR(json_string_value(json_object_get(c->origin, origins[i][0])), origins[i][1]);
    config_close(c);
}

static const char *const refused[][2] = {
    {"", "(text):1:1: no `version`: start the file with `version: 1`"},
    {"- a\n",
     "(text):1:1: a configuration is a mapping (version, input, stages, output), not a list"},
    {"version: 2\n", "(text):1:10: `version` must be 1 for this winnow"},
    {"version: 1\n" TAIL,
     "(text):1:1: no `input`: add `input: {use: files, with: {path: [FOLDER]}}`"},
    {HEAD, "(text):1:1: no `output`: add `output: [jsonl]`"},
    {HEAD "output: []\n", "(text):3:9: no `output`: add `output: [jsonl]`"},
    {HEAD "stage: [t_probe]\n" TAIL,
     "(text):3:1: the configuration has no key `stage`; did you mean `stages`?"},
    {HEAD "wibble: 1\n" TAIL,
     "(text):3:1: the configuration has no key `wibble`; known: "
     "version, vars, plugins, include, input, stages, output, limits, text, "
     "tests"},
    {HEAD TAIL "version: 1\n",
     "(text):4:1: key `version` was already given on line 1: remove one of them"},
    {HEAD "stages:\n\t- t_probe\n" TAIL,
     "(text):4:1: not valid YAML: while scanning for the next token, found character that "
     "cannot start any token; a tab indents this line: use spaces"},
    {HEAD TAIL "---\nversion: 1\n",
     "(text):4:1: a second YAML document starts here: one file, one document"},
    {HEAD "stages: {t_probe: 1}\n" TAIL,
     "(text):3:9: `stages` is a list (one `- NAME` a line), not a mapping"},
    {HEAD "stages: [[t_probe]]\n" TAIL,
     "(text):3:10: an entry of `stages` is a plugin's name or a mapping (use, id, with, "
     "on_error), not a list"},
    {HEAD "stages: [{with: {}}]\n" TAIL,
     "(text):3:10: this entry of `stages` says no plugin: add `use: NAME`"},
    {HEAD "stages: [{use: t_probe, whit: {}}]\n" TAIL,
     "(text):3:25: an entry has no key `whit`; did you mean `with`?"},
    {HEAD "stages: [t_sink]\n" TAIL,
     "(text):3:10: `t_sink` (sink) cannot stand under `stages`: it belongs under `output`"},
    {HEAD "output: [t_pairs]\n",
     "(text):3:10: `t_pairs` (corpus) cannot stand under `output`: it belongs under `stages`"},
    {"version: 1\ninput: t_probe\n" TAIL,
     "(text):2:8: `t_probe` (document) cannot stand under `input`: it belongs under `stages`"},
    {HEAD "stages: [t_probe, t_probe]\n" TAIL,
     "(text):3:19: an entry with the id `t_probe` stands above already: give this one an "
     "`id` of its own"},
    {HEAD "stages: [{use: t_probe, id: t_sink}]\n" TAIL,
     "(text):4:10: an entry with the id `t_sink` stands above already: give this "
     "one an `id` of its own"},
    {HEAD "stages: [{use: t_probe, id: A.b}]\n" TAIL,
     "(text):3:29: id `A.b` does not match [a-z][a-z0-9_-]*"},
    {HEAD "stages: [{use: t_probe, on_error: rejct}]\n" TAIL,
     "(text):3:35: `on_error` is reject or fail, not `rejct`; did you mean "
     "`reject`?"},
    {PROBE("hole: 3"), "(text):5:12: plugin `t_probe` has no option `hole`; did you mean `whole`?"},
    {PROBE("whole: 11"), "(text):5:19: `whole` must lie between -10 and 10"},
    {PROBE("whole: \"1\""), "(text):5:19: `whole` takes a whole number: remove the quotes"},
    {PROBE("whole: [1]"), "(text):5:19: `whole` takes a whole number, not a list"},
    {PROBE("whole: "), "(text):5:19: `whole` takes a whole number, not nothing"},
    {PROBE("flag: yes"), "(text):5:18: `flag` is true or false: write `true` instead of `yes`"},
    {PROBE("real: much"), "(text):5:18: `real` must be a number, not `much`"},
    {PROBE("size: 64K"),
     "(text):5:18: `size` must be a size in bytes such as 65536, 64KiB or 10MB, not `64K`"},
    {PROBE("list: [a, [b]]"), "(text):5:22: `list` is a list of single values, not of lists"},
    {PROBE("text: ~"), "(text):5:18: `text` takes a string, not nothing"},
    {HEAD "stages: [{use: t_probe, with: [1]}]\n" TAIL,
     "(text):3:31: the options of plugin `t_probe` are a mapping (name: value), "
     "not a list"},
    {HEAD "limits: {max_rejcts: 1}\n" TAIL,
     "(text):3:10: `limits` has no option `max_rejcts`; did you mean `max_rejects`?"},
    {"version: 1\ninput: t_source\n" TAIL,
     "(text):2:8: no input: set `with: {path: [...]}` or name files on the command line"},
    {HEAD "stages: [bad_open]\n" TAIL,
     "(text):3:10: bad_open: stage bad_open wants more than it was given"},
    {HEAD "plugins: [no-such-folder]\n" TAIL,
     "(text):3:11: no folder no-such-folder to look for plugins in"},
    {PROBE("data: no-such.tsv") "", "(text):4:5: t_probe: no data file no-such.tsv (searched: ., "},
    {"version: 1\n a: b\n", "(text):2:3: not valid YAML: "},
    {HEAD "stages: [t_probe\n" TAIL, "(text):4:7: not valid YAML: while parsing a flow "
                                     "sequence, did not find expected ',' or ']'"},
    {"version: 'a\n", "(text):1:10: not valid YAML: while scanning a quoted scalar, found "
                      "unexpected end of stream"},
    {"version: !int 1\n", "(text):1:10: YAML tags (!...) are not used here: remove it"},
    {"[a]: 1\n", "(text):1:1: a key must be a single word, not a list"},
    {"version: \"a\\0b\"\n", "(text):1:10: a NUL character cannot be part of a value"},
    {"version: \xff\n", "(text):1:1: byte 9 is not valid UTF-8 text: "},
    {PROBE("real: ${WN_NONE}"), "(text):5:"},
    {"version: 1\n\"a\\nb\\e[31m\": 1\n",
     "(text):2:1: the configuration has no key `a\nb\x1b[31m`; known: "},
};

static void refusals(void)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        const char *said = verdict_of(refused[i][0]);
        if (strncmp(said, refused[i][1], strlen(refused[i][1])) != 0)
            CHECK_STR(said, refused[i][1]);
    }
}

static void outputs_that_collide(void)
{
    static const char *const rows[][2] = {
        {"output: [t_sink, {use: t_sink, id: again, with: {name: other}}]\n", "ok"},
        {"output: [t_sink, {use: t_sink, id: again}]\n",
         "(text):3:18: `t_sink` and `again` would write the same file (page.txt): give "
         "one another `name`"},
        {"output: [{use: t_sink, with: {name: ../page}}]\n",
         "(text):3:37: `name` must be a plain file name in the run directory, not "
         "`../page`"},
        {"output: [{use: t_sink, with: {name: run.txt}}]\n",
         "(text):3:37: `run.txt` is written by winnow itself: give the output "
         "another `name`"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[300];
        (void)snprintf(text, sizeof text, HEAD "%s", rows[i][0]);
        CHECK_STR(verdict_of(text), rows[i][1]);
    }
}

static void unknown_plugins_and_bad_ones(void)
{
    const char *said = verdict_of(HEAD "stages: [t_prob]\n" TAIL);
    CHECK(strncmp(said,
                  "(text):3:10: no plugin `t_prob`; did you mean `t_probe`? (searched: ", 60) == 0);
    said = verdict_of(HEAD "stages: [bad_major]\n" TAIL);
    CHECK(strstr(said, "(text):3:10: /") == said &&
          strstr(said, "built for plugin ABI 2.0") != NULL);
}

static void interpolation(void)
{
    static const char *const rows[][3] = {
        {"${WN_SET}", "value", NULL},
        {"a-${WN_SET}-${WN_SET}", "a-value-value", NULL},
        {"${WN_NONE:-fall back}", "fall back", NULL},
        {"${WN_EMPTY:-other}", "other", NULL},
        {"${WN_EMPTY}", "", NULL},
        {"${WN_NONE:-}", "", NULL},
        {"$$HOME costs $5", "$HOME costs $5", NULL},
        {"$${WN_SET}", "${WN_SET}", NULL},
        {"${OWN}", "mine", NULL},
        {"${WN_NONE}", NULL,
         "the environment variable WN_NONE is not set; set it, or write ${WN_NONE:-default}"},
        {"${WN_NONE:?say where}", NULL, "WN_NONE: say where"},
        {"${WN_NONE:default}", NULL,
         "`${WN_NONE:default}`: after the name comes `:-default` or `:?message`"},
        {"${WN_NONE", NULL, "`${` is not closed; write `$$` for a dollar sign"},
        {"${}", NULL, "`${}` is not a variable name; write `$$` for a dollar sign"},
        {"${9}", NULL, "`${9}` is not a variable name; write `$$` for a dollar sign"},
        {"${WN_NONE:-${WN_SET}}", NULL, "no variables inside the default of `${WN_NONE}`"},
        {"${WN_LATIN}", NULL, "the environment variable WN_LATIN is not valid UTF-8"},
    };
    (void)setenv("WN_SET", "value", 1);
    (void)setenv("WN_EMPTY", "", 1);
    (void)setenv("WN_LATIN", "caf\xe9", 1);
    (void)setenv("OWN", "not this one", 1);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[500], want[300];
        (void)snprintf(text, sizeof text, "vars: {OWN: mine}\n" PROBE("text: \"%s\""), rows[i][0]);
        config *c;
        const char *said = open_with(text, NULL, 0, &c);
        (void)snprintf(want, sizeof want, "(text):6:18: %s", rows[i][2] == NULL ? "" : rows[i][2]);
        CHECK_STR(said, rows[i][2] == NULL ? "ok" : want);
        if (c != NULL)
            CHECK_STR(((const probe_options *)c->stages[0].options)->text, rows[i][1]);
        config_close(c);
    }
}

static void setting(void)
{
    static const char *const rows[][2] = {
        {"stages.t_probe.with.whole=4", "ok"},
        {"stages.t_probe.with.list=[a, b]", "ok"},
        {"stages.t_probe.with.text=", "ok"},
        {"stages.t_probe.with.text=${WN_NONE}", "ok"},
        {"output.t_sink.with.title=a b", "ok"},
        {"limits.max_rejects=3", "ok"},
        {"limits={max_rejects: 3}", "ok"},
        {"stages.t_probe.on_error=fail", "ok"},
        {"input.with.strict=true", "ok"},
        {"stages.t_prob.with.whole=4", "--set stages.t_prob.with.whole=4: no entry `t_prob` under "
                                       "`stages`; did you mean `t_probe`?"},
        {"stages.t_probe.with.hole=4", "--set stages.t_probe.with.hole=4: plugin `t_probe` has no "
                                       "option `hole`; did you mean `whole`?"},
        {"stages.t_probe.wiht.whole=4",
         "--set stages.t_probe.wiht.whole=4: an entry has no key `wiht`; did you mean `with`?"},
        {"stages.t_probe.with.whole=400",
         "--set stages.t_probe.with.whole=400: `whole` must lie between -10 and 10"},
        {"stages.t_probe=4", "--set stages.t_probe=4: write --set stages.ID.with.OPTION=VALUE"},
        {"limit.max_rejects=3",
         "--set limit.max_rejects=3: the configuration has no key `limit`; did you mean `limits`?"},
        {"whole", "--set whole: write KEY=VALUE, as in stages.dedup.with.threshold=0.7"},
        {"..=1", "--set ..=1: write --set stages.ID.with.OPTION=VALUE"},
        {"version.a=1", "--set version.a=1: `a` cannot be set here: this is not a mapping"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CHECK_STR(open_with(PROBE("whole: 1"), &rows[i][0], 1, NULL), rows[i][1]);
    CHECK_STR(open_with(HEAD "stages: [{use: [a]}, {with: {}}, [b]]\n" TAIL,
                        (const char *const[]){"stages.x.with.y=1"}, 1, NULL),
              "--set stages.x.with.y=1: no entry `x` under `stages`");
    CHECK(strstr(open_with(PROBE("whole: 1"), (const char *const[]){"limits=[a"}, 1, NULL),
                 "--set limits=[a: not valid YAML") != NULL);
    config *c;
    CHECK_STR(open_with("vars: {W: 1}\n" PROBE("whole: \"${W}\""),
                        (const char *const[]){"vars.W=9"}, 1, &c),
              "ok");
    if (c != NULL)
        CHECK_INT(((const probe_options *)c->stages[0].options)->whole, 9);
    config_close(c);
}

static void command_line_inputs(void)
{
    const char *text = HEAD TAIL, *const inputs[] = {"x", "y"};
    config_args args = {
        .text = {text, strlen(text)}, .inputs = inputs, .n_inputs = 2, .host = &stub_host};
    config *c = NULL;
    wn_error err = WN_ERROR_INIT;
    CHECK_INT(config_open(&args, &c, &err), WN_OK);
    if (c != NULL) {
        CHECK(c->inputs_from_command_line);
        CHECK_INT(c->n_inputs, 2);
        CHECK_STR(c->inputs[0], "x");
        CHECK_STR(json_string_value(json_object_get(c->origin, "input.with.path")), "command line");
    }
    config_close(c);
}

int main(void)
{
    use_test_plugins();
    (void)unsetenv("WN_NONE");
    RUN(the_whole_shape);
    RUN(options_of_every_type);
    RUN(defaults_and_origins);
    RUN(refusals);
    RUN(outputs_that_collide);
    RUN(unknown_plugins_and_bad_ones);
    RUN(interpolation);
    RUN(setting);
    RUN(command_line_inputs);
    return DONE();
}
