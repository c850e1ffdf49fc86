/* test_config.c: configurations: what they mean, and every refusal with its place and hint. */
#include "stub_host.h"
#include "../plugins/t_probe.h"
#include "tap.h"
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "version: 1\ninput: {use: t_source, with: {path: [a]}}\n"
#define TAIL "output: [t_sink]\n"
#define PROBE(with) HEAD "stages:\n  - use: t_probe\n    with: {" with "}\n" TAIL

static wn_error last;

static const char *open_with(const char *text, const char *const *set, size_t n_set, config **ret)
{
    last = (wn_error)WN_ERROR_INIT;
    config_args args = {.text = {text, strlen(text)}, .set = set, .n_set = n_set, .host = &stub_host};
    config *c = NULL;
    wn_status status = config_open(&args, &c, &last);
    CHECK_INT(c == NULL, status != WN_OK);
    if (ret != NULL)
        *ret = c;
    else
        config_close(c);
    return shown(status, &last);
}

static const char *verdict(const char *text)
{
    return open_with(text, NULL, 0, NULL);
}

static const char *file_name(const char *name)
{
    static char path[4096];
    const char *builddir = getenv("builddir");
    (void)snprintf(path, sizeof path, "%s/tests/unit/config-files", builddir == NULL ? "." : builddir);
    (void)mkdir(path, 0777);
    (void)snprintf(path + strlen(path), sizeof path - strlen(path), "/%s", name);
    return path;
}

static void write_file(const char *name, const char *text)
{
    FILE *f = fopen(file_name(name), "w");
    CHECK(f != NULL);
    if (f != NULL) {
        (void)fputs(text, f);
        (void)fclose(f);
    }
}

/* The verdict on a file, with its folder left out. */
static const char *verdict_on_file(const char *name, config **ret)
{
    static char line[1200];
    last = (wn_error)WN_ERROR_INIT;
    char path[4096];
    (void)snprintf(path, sizeof path, "%s", file_name(name));
    config_args args = {.path = path, .host = &stub_host};
    config *c = NULL;
    wn_status status = config_open(&args, &c, &last);
    (void)snprintf(line, sizeof line, "%s", shown(status, &last));
    if (ret != NULL)
        *ret = c;
    else
        config_close(c);
    const char *folder = file_name("");
    for (char *at; (at = strstr(line, folder)) != NULL;)
        memmove(at, at + strlen(folder), strlen(at + strlen(folder)) + 1);
    return line;
}

static void the_whole_shape(void)
{
    config *c;
    CHECK_STR(open_with("version: 1\ninput: t_source\n"
                        "stages:\n- t_probe\n- {use: t_probe, id: again, with: {whole: 7}, on_error: fail}\n- t_pairs\n"
                        "output:\n- {use: t_sink, with: {title: 2024}}\nlimits: {max_record: 1MB}\n",
                        (const char *const[]){"input.with.path=[a, b]"}, 1, &c), "ok");
    if (c == NULL)
        return;
    CHECK_INT(c->n_stages, 3);
    CHECK_INT(c->n_sinks, 1);
    CHECK_STR(c->stages[0].id, "t_probe");
    CHECK_STR(c->stages[1].id, "again");
    CHECK_INT(c->stages[0].on_error, ON_ERROR_REJECT);
    CHECK_INT(c->stages[1].on_error, ON_ERROR_FAIL);
    CHECK_INT(((const probe_options *)c->stages[1].options)->whole, 7);
    CHECK_STR(json_string_value(json_object_get(json_object_get(json_array_get(json_object_get(c->resolved, "output"), 0),
                                                                "with"), "title")), "2024");
    CHECK_INT(c->limits.max_record, 1000000);
    CHECK_INT(c->limits.max_rejects, -1);
    CHECK_INT(c->n_inputs, 2);
    CHECK_STR(c->inputs[1], "b");
    config_close(c);
}

static void options_of_every_type(void)
{
    config *c;
    CHECK_STR(open_with(PROBE("flag: false, whole: -10, size: 2MiB, real: 1, text: hello, choice: far, list: [x, 1, y]"),
                        NULL, 0, &c), "ok");
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
    CHECK_STR(open_with(HEAD "stages:\n  - use: t_probe\n    with:\n      real: ${WN_TEST_REAL}\n      list: solo\n" TAIL,
                        (const char *const[]){"stages.t_probe.with.choice=away"}, 1, &c), "ok");
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

static void refusals(void)
{
    static const char *const rows[][2] = {
        {"", "(text):1:1: no `version`: start the file with `version: 1`"},
        {"- a\n", "(text):1:1: a configuration is a mapping (version, input, stages, output), not a list"},
        {"version: 2\n", "(text):1:10: `version` must be 1 for this winnow"},
        {"version: 1\n" TAIL, "(text):1:1: no `input`: add `input: {use: files, with: {path: [FOLDER]}}`"},
        {HEAD, "(text):1:1: no `output`: add `output: [jsonl]`"},
        {HEAD "output: []\n", "(text):3:9: no `output`: add `output: [jsonl]`"},
        {HEAD "stage: [t_probe]\n" TAIL, "(text):3:1: the configuration has no key `stage`; did you mean `stages`?"},
        {HEAD "wibble: 1\n" TAIL, "(text):3:1: the configuration has no key `wibble`; known: version, vars, plugins, include, "
                                  "input, stages, output, limits, tests"},
        {HEAD TAIL "version: 1\n", "(text):4:1: key `version` was already given on line 1: remove one of them"},
        {HEAD "stages:\n\t- t_probe\n" TAIL, "(text):4:1: not valid YAML: while scanning for the next token, found character that "
                                             "cannot start any token; a tab indents this line: use spaces"},
        {HEAD TAIL "---\nversion: 1\n", "(text):4:1: a second YAML document starts here: one file, one document"},
        {HEAD "stages: {t_probe: 1}\n" TAIL, "(text):3:9: `stages` is a list (one `- NAME` a line), not a mapping"},
        {HEAD "stages: [[t_probe]]\n" TAIL, "(text):3:10: an entry of `stages` is a plugin's name or a mapping (use, id, with, "
                                            "on_error), not a list"},
        {HEAD "stages: [{with: {}}]\n" TAIL, "(text):3:10: this entry of `stages` says no plugin: add `use: NAME`"},
        {HEAD "stages: [{use: t_probe, whit: {}}]\n" TAIL, "(text):3:25: an entry has no key `whit`; did you mean `with`?"},
        {HEAD "stages: [t_sink]\n" TAIL, "(text):3:10: `t_sink` (sink) cannot stand under `stages`: it belongs under `output`"},
        {HEAD "output: [t_pairs]\n", "(text):3:10: `t_pairs` (corpus) cannot stand under `output`: it belongs under `stages`"},
        {"version: 1\ninput: t_probe\n" TAIL, "(text):2:8: `t_probe` (document) cannot stand under `input`: it belongs under `stages`"},
        {HEAD "stages: [t_probe, t_probe]\n" TAIL, "(text):3:19: a step with the id `t_probe` stands above already: give this one an "
                                                   "`id` of its own"},
        {HEAD "stages: [{use: t_probe, id: t_sink}]\n" TAIL, "(text):4:10: a step with the id `t_sink` stands above already: give this "
                                                             "one an `id` of its own"},
        {HEAD "stages: [{use: t_probe, id: A.b}]\n" TAIL, "(text):3:29: id `A.b` does not match [a-z][a-z0-9_-]*"},
        {HEAD "stages: [{use: t_probe, on_error: rejct}]\n" TAIL, "(text):3:35: `on_error` is reject or fail, not `rejct`; did you mean "
                                                                  "`reject`?"},
        {PROBE("hole: 3"), "(text):5:12: plugin `t_probe` has no option `hole`; did you mean `whole`?"},
        {PROBE("whole: 11"), "(text):5:19: `whole` must lie between -10 and 10"},
        {PROBE("whole: \"1\""), "(text):5:19: `whole` takes a whole number: remove the quotes"},
        {PROBE("whole: [1]"), "(text):5:19: `whole` takes a whole number, not a list"},
        {PROBE("whole: "), "(text):5:19: `whole` takes a whole number, not nothing"},
        {PROBE("flag: yes"), "(text):5:18: `flag` is true or false: write `true` instead of `yes`"},
        {PROBE("real: much"), "(text):5:18: `real` must be a number, not `much`"},
        {PROBE("size: 64K"), "(text):5:18: `size` must be a size in bytes such as 65536, 64KiB or 10MB, not `64K`"},
        {PROBE("list: [a, [b]]"), "(text):5:22: `list` is a list of single values, not of lists"},
        {PROBE("text: ~"), "(text):5:18: `text` takes a string, not nothing"},
        {HEAD "stages: [{use: t_probe, with: [1]}]\n" TAIL, "(text):3:31: the options of plugin `t_probe` are a mapping (name: value), "
                                                            "not a list"},
        {HEAD "limits: {max_rejcts: 1}\n" TAIL, "(text):3:10: `limits` has no option `max_rejcts`; did you mean `max_rejects`?"},
        {"version: 1\ninput: t_source\n" TAIL, "(text):2:8: no input: set `with: {path: [...]}` or name files on the command line"},
        {HEAD "stages: [bad_open]\n" TAIL, "(text):3:10: bad_open: stage bad_open wants more than it was given"},
        {HEAD "plugins: [no-such-folder]\n" TAIL, "(text):3:11: no folder no-such-folder to look for plugins in"},
        {PROBE("data: no-such.tsv") "", "(text):4:5: t_probe: no data file no-such.tsv (searched: ., "},
        {"version: 1\n a: b\n", "(text):2:3: not valid YAML: "},
        {HEAD "stages: [t_probe\n" TAIL, "(text):4:7: not valid YAML: while parsing a flow sequence, did not find expected ',' or ']'"},
        {"version: 'a\n", "(text):1:10: not valid YAML: while scanning a quoted scalar, found unexpected end of stream"},
        {"version: !int 1\n", "(text):1:10: YAML tags (!...) are not used here: remove it"},
        {"[a]: 1\n", "(text):1:1: a key must be a single word, not a list"},
        {"version: \"a\\0b\"\n", "(text):1:10: a NUL character cannot be part of a value"},
        {"version: \xff\n", "(text):1:1: byte 9 is not valid UTF-8 text: "},
        {PROBE("real: ${WN_NONE}"), "(text):5:"},
        {"version: 1\n\"a\\nb\\e[31m\": 1\n", "(text):2:1: the configuration has no key `a\nb\x1b[31m`; known: "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *said = verdict(rows[i][0]);
        if (strncmp(said, rows[i][1], strlen(rows[i][1])) != 0)
            CHECK_STR(said, rows[i][1]);
    }
}

static void outputs_that_collide(void)
{
    static const char *const rows[][2] = {
        {"output: [t_sink, {use: t_sink, id: again, with: {name: other}}]\n", "ok"},
        {"output: [t_sink, {use: t_sink, id: again}]\n", "(text):3:18: `t_sink` and `again` would write the same file (page.txt): give "
                                                         "one another `name`"},
        {"output: [{use: t_sink, with: {name: ../page}}]\n", "(text):3:37: `name` must be a plain file name in the run directory, not "
                                                              "`../page`"},
        {"output: [{use: t_sink, with: {name: run.txt}}]\n", "(text):3:37: `run.txt` is written by winnow itself: give the output "
                                                              "another `name`"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[300];
        (void)snprintf(text, sizeof text, HEAD "%s", rows[i][0]);
        CHECK_STR(verdict(text), rows[i][1]);
    }
}

static void unknown_plugins_and_bad_ones(void)
{
    const char *said = verdict(HEAD "stages: [t_prob]\n" TAIL);
    CHECK(strncmp(said, "(text):3:10: no plugin `t_prob`; did you mean `t_probe`? (searched: ", 60) == 0);
    said = verdict(HEAD "stages: [bad_major]\n" TAIL);
    CHECK(strstr(said, "(text):3:10: /") == said && strstr(said, "built for plugin ABI 2.0") != NULL);
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
        {"${WN_NONE}", NULL, "the environment variable WN_NONE is not set; set it, or write ${WN_NONE:-default}"},
        {"${WN_NONE:?say where}", NULL, "WN_NONE: say where"},
        {"${WN_NONE:default}", NULL, "`${WN_NONE:default}`: after the name comes `:-default` or `:?message`"},
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
        {"stages.t_prob.with.whole=4", "--set stages.t_prob.with.whole=4: no step `t_prob` under `stages`; did you mean `t_probe`?"},
        {"stages.t_probe.with.hole=4", "--set stages.t_probe.with.hole=4: plugin `t_probe` has no option `hole`; did you mean `whole`?"},
        {"stages.t_probe.wiht.whole=4", "--set stages.t_probe.wiht.whole=4: an entry has no key `wiht`; did you mean `with`?"},
        {"stages.t_probe.with.whole=400", "--set stages.t_probe.with.whole=400: `whole` must lie between -10 and 10"},
        {"stages.t_probe=4", "--set stages.t_probe=4: write --set stages.ID.with.OPTION=VALUE"},
        {"limit.max_rejects=3", "--set limit.max_rejects=3: the configuration has no key `limit`; did you mean `limits`?"},
        {"whole", "--set whole: write KEY=VALUE, as in stages.dedup.with.threshold=0.7"},
        {"..=1", "--set ..=1: write --set stages.ID.with.OPTION=VALUE"},
        {"version.a=1", "--set version.a=1: `a` cannot be set here: this is not a mapping"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CHECK_STR(open_with(PROBE("whole: 1"), &rows[i][0], 1, NULL), rows[i][1]);
    CHECK_STR(open_with(HEAD "stages: [{use: [a]}, {with: {}}, [b]]\n" TAIL, (const char *const[]){"stages.x.with.y=1"}, 1, NULL),
              "--set stages.x.with.y=1: no step `x` under `stages`");
    CHECK(strstr(open_with(PROBE("whole: 1"), (const char *const[]){"limits=[a"}, 1, NULL), "--set limits=[a: not valid YAML") != NULL);
    config *c;
    CHECK_STR(open_with("vars: {W: 1}\n" PROBE("whole: \"${W}\""), (const char *const[]){"vars.W=9"}, 1, &c), "ok");
    if (c != NULL)
        CHECK_INT(((const probe_options *)c->stages[0].options)->whole, 9);
    config_close(c);
}

static void includes(void)
{
    write_file("base.yaml", "version: 1\ninput: {use: t_source, with: {path: [base-input], strict: true}}\n"
                            "stages: [t_probe]\noutput: [t_sink]\nlimits: {max_rejects: 5, max_record: 2MB}\n");
    write_file("top.yaml", "include: [base.yaml]\nlimits: {max_rejects: 7}\nstages: []\n");
    config *c = NULL;
    CHECK_STR(verdict_on_file("top.yaml", &c), "ok");
    if (c != NULL) {
        CHECK_INT(c->limits.max_rejects, 7);
        CHECK_INT(c->limits.max_record, 2000000);
        CHECK_INT(c->n_stages, 0);
        CHECK_STR(c->inputs[0], "base-input");
    }
    config_close(c);
    write_file("self.yaml", "include: self.yaml\n");
    CHECK_STR(verdict_on_file("self.yaml", NULL), "self.yaml:1:10: `self.yaml` includes itself");
    write_file("bad.yaml", "version: 1\nlimits: {max_rejcts: 5}\n");
    write_file("middle.yaml", "include: bad.yaml\n");
    write_file("outer.yaml", "version: 1\ninput: {use: t_source, with: {path: a}}\noutput: [t_sink]\ninclude:\n  - middle.yaml\n");
    CHECK_STR(verdict_on_file("outer.yaml", NULL), "bad.yaml:2:10: `limits` has no option `max_rejcts`; did you mean "
              "`max_rejects`? (included from middle.yaml:1:10) (included from outer.yaml:5:5)");
    write_file("missing.yaml", "include: ${WN_NONE:-gone}.yaml\n");
    CHECK_STR(verdict_on_file("missing.yaml", NULL), "missing.yaml:1:10: cannot read gone.yaml: No such file or directory");
    CHECK_STR(verdict_on_file("nowhere.yaml", NULL), "nowhere.yaml: cannot read nowhere.yaml: No such file or directory");
    (void)mkdir(file_name("below"), 0777);
    write_file("below/deep.yaml", "input: {use: t_source, with: {path: [here, /there, \"-\"]}}\n");
    write_file("up.yaml", "version: 1\ninclude: below/deep.yaml\noutput: [t_sink]\n");
    CHECK_STR(verdict_on_file("up.yaml", &c), "ok");
    if (c != NULL) {
        CHECK_STR(c->inputs[0], "below/here");
        CHECK_STR(c->inputs[1], "/there");
        CHECK_STR(c->inputs[2], "-");
    }
    config_close(c);
}

static void anchors_and_bombs(void)
{
    CHECK_STR(verdict(HEAD "vars: {A: &a x, B: *a}\nstages:\n  - &p {use: t_probe, with: &w {whole: 2}}\n"
                           "  - {<<: *p, id: second}\n  - {use: t_probe, id: third, with: {<<: *w, real: 0.1}}\n" TAIL), "ok");
    CHECK(strstr(verdict("version: *none\n"), "alias to an anchor that does not stand above it") != NULL);
    CHECK(strstr(verdict("version: &a [*a]\n"), "alias to the value that contains it") != NULL);
    char bomb[2000] = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; i++)
        (void)snprintf(bomb + strlen(bomb), sizeof bomb - strlen(bomb),
                       "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i, i - 1, i - 1, i - 1, i - 1, i - 1,
                       i - 1, i - 1, i - 1);
    CHECK(strstr(verdict(bomb), "too many values (are aliases nested?)") != NULL);
    char wide[4000] = "vars: {A: \"";
    memset(wide + strlen(wide), 'a', 1500);
    (void)snprintf(wide + strlen(wide), sizeof wide - strlen(wide), "\"}\nversion: \"");
    for (int i = 0; i < 60; i++)
        (void)snprintf(wide + strlen(wide), sizeof wide - strlen(wide), "${A}");
    (void)snprintf(wide + strlen(wide), sizeof wide - strlen(wide), "\"\n");
    CHECK_STR(verdict(wide), "(text):2:10: with its variables this value is longer than 64 KiB");
    char deep[300];
    memset(deep, '[', 200);
    deep[200] = '\0';
    CHECK(strstr(verdict(deep), "nested too deep") != NULL);
}

#define EXPECT(e) "tests:\n- name: n\n  input: [a]\n  expect:\n  - {" e "}\n"
#define AT(where) "(text):8:" where

static void tests_section(void)
{
    static const char *const rows[][2] = {
        {"tests:\n- {name: n, input: [a], expect: [{file: f, lines: 3}]}\n", "ok"},
        {"tests: 3\n", "(text):4:8: `tests` is a list, not a single value"},
        {"tests:\n- {name: n, input: [a], expects: []}\n", "(text):5:25: a test has no key `expects`; did you mean `expect`?"},
        {"tests:\n- {name: n, expect: [{file: f, lines: 3}]}\n", "(text):5:3: this test has no `input`: name the files it reads"},
        {"tests:\n- {name: n, input: a, expect: [{file: f}]}\n", "(text):5:32: this expectation expects nothing: add lines, length, "
                                                                 "equals, contains or lacks"},
        {EXPECT("file: f, lines: many"), AT("22: `lines` takes a whole number from 0, not `many`")},
        {EXPECT("file: f, lines: -1"), AT("22: `lines` takes a whole number from 0, not `-1`")},
        {EXPECT("file: f, lines: \"1\""), AT("22: `lines` takes a whole number from 0: remove the quotes")},
        {EXPECT("file: f, length: 1.5"), AT("23: `length` takes a whole number from 0, not `1.5`")},
        {EXPECT("file: f, length: [1]"), AT("23: `length` takes a whole number from 0, not a list")},
        {EXPECT("file: f, min: x"), AT("20: `min` takes a number, not `x`")},
        {EXPECT("file: f, max: \"7\""), AT("20: `max` takes a number: remove the quotes")},
        {EXPECT("file: f, contains: [a]"), AT("25: `contains` takes a single value, not a list")},
        {EXPECT("file: f, lacks: \"\""), AT("22: `lacks` is empty")},
        {EXPECT("file: f, lacks: ~"), AT("22: `lacks` takes a single value, not nothing")},
        {EXPECT("file: f, matches: \"(\""), AT("24: `matches` takes an extended regular expression, and `(` is none: ")},
        {EXPECT("file: f, absent: false"), AT("23: `absent` can only be true")},
        {EXPECT("file: f.json, absent: true"), AT("28: `absent` needs a `path`: what is not there?")},
        {EXPECT("file: f.json, path: a, absent: true, equals: 3"), AT("37: what is `absent` has no value to expect anything of")},
        {EXPECT("file: f.json, path: a, absent: true, lines: 3"), "ok"},
        {EXPECT("file: a/f, lines: 1"), AT("12: `file` is the name of a file in the run directory, not `a/f`")},
        {EXPECT("file: ../f, lines: 1"), AT("12: `file` is the name of a file in the run directory, not `../f`")},
        {EXPECT("file: [f], lines: 1"), AT("12: `file` takes a single value, not a list")},
        {EXPECT("file: 2024, lines: 1"), "ok"},
        {EXPECT("lines: 1"), AT("5: an expectation needs `file`, a file of the run directory")},
        {EXPECT("file: f.json, path: a..b, lines: 1"), AT("26: `path` is keys and indexes with one dot between them, not `a..b`")},
        {EXPECT("file: f.json, path: .a, lines: 1"), AT("26: `path` is keys and indexes with one dot between them, not `.a`")},
        {EXPECT("file: f.json, path: [a], lines: 1"), AT("26: `path` takes a single value, not a list")},
        {EXPECT("file: f.json, path: \"\", lines: 1"), AT("26: `path` is empty")},
        {EXPECT("file: f.json, path: 0, equals: 1"), "ok"},
        {EXPECT("file: f.jsonl, path: 0, equals: 1"), "ok"},
        {EXPECT("file: f.jsonl, path: text, equals: 1"), AT("27: in .jsonl a `path` starts with the number of the line, from 0: 0.text")},
        {EXPECT("file: f.html, path: text, equals: 1"), AT("26: there is no `path` into f.html: only .json and .jsonl have them")},
        {"tests:\n- {name: n, input: [a, ~], expect: [{file: f, lines: 3}]}\n", "(text):5:24: `input` of a test is a list of files, not of nothing"},
        {"tests:\n- {name: n, input: [[a]], expect: [{file: f, lines: 3}]}\n", "(text):5:21: `input` of a test is a list of files, not of a list"},
        {"tests:\n- {name: n, input: [], expect: [{file: f, lines: 3}]}\n", "(text):5:20: `input` of a test is a list of files, and this one is empty"},
        {"tests:\n- {name: n, input: \"-\", expect: [{file: f, lines: 3}]}\n", "(text):5:20: a test reads files, not standard input"},
        {"tests:\n- {name: ~, input: a, expect: [{file: f, lines: 3}]}\n", "(text):5:10: `name` takes a single value, not nothing"},
        {"tests:\n- {name: [n], input: a, expect: [{file: f, lines: 3}]}\n", "(text):5:10: `name` takes a single value, not a list"},
        {"tests:\n- {name: n, input: a, expect: {file: f, lines: 3}}\n", "(text):5:31: a test needs `expect`, a list of expectations"},
        {"tests:\n- {name: n, input: a, expect: [{file: f, line: 3}]}\n", "(text):5:42: an expectation has no key `line`; did you "
                                                                          "mean `lines`?"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[600];
        (void)snprintf(text, sizeof text, HEAD TAIL "%s", rows[i][0]);
        const char *said = verdict(text);
        if (strncmp(said, rows[i][1], strlen(rows[i][1])) != 0)
            CHECK_STR(said, rows[i][1]);
    }
}

static void tests_keep_what_is_written(void)
{
    static const char text[] = HEAD TAIL "tests: [{name: 2024, input: 7, expect: [{file: f.json, path: 0, equals: [1.50, true, ~, {k: 0x7}], "
                               "contains: 010, lines: 3, min: 2, max: 2.5}]}]\n";
    config *c = NULL;
    wn_error err = WN_ERROR_INIT;
    const config_args args = {.text = {text, sizeof text - 1}, .host = &stub_host};
    CHECK_INT(config_open(&args, &c, &err), WN_OK);
    CHECK_STR(err.text, "");
    json_t *want = json_pack("[{s:s, s:[s], s:[{s:s, s:s, s:[s, s, n, {s:s}], s:s, s:i, s:i, s:f}]}]", "name", "2024", "input", "7",
                             "expect", "file", "f.json", "path", "0", "equals", "1.50", "true", "k", "0x7", "contains", "010",
                             "lines", 3, "min", 2, "max", 2.5);
    CHECK(want != NULL && c != NULL && json_equal(c->tests, want));
    json_decref(want);
    config_close(c);
}

static void data_files(void)
{
    write_file("words.txt", "one two\n");
    write_file("data.yaml", PROBE("data: words.txt"));
    config *c = NULL;
    CHECK_STR(verdict_on_file("data.yaml", &c), "ok");
    if (c != NULL) {
        const wn_str *bytes = c->stages[0].state;
        CHECK_MEM(bytes->p, bytes->len, "one two\n");
        CHECK_INT(bytes->p[bytes->len], 0);
        const json_t *row = json_object_get(c->stages[0].data_files, "words.txt");
        CHECK_STR(json_string_value(json_object_get(row, "sha256")),
                  "2dbb4a503f1515636b6a54e7f5b1a8ccfddcb62f0571c8b57a2879c360d00346");
    }
    config_close(c);
}

static void copy_file(const char *from, const char *to)
{
    static char bytes[1 << 20];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    CHECK(in != NULL && out != NULL);
    if (in != NULL && out != NULL)
        (void)fwrite(bytes, 1, fread(bytes, 1, sizeof bytes, in), out);
    if (in != NULL)
        (void)fclose(in);
    if (out != NULL)
        (void)fclose(out);
}

/* A plugin in a folder of the configuration goes before the one of the same name that is installed, and
 * brings its data along. */
static void a_plugin_of_ones_own(void)
{
    char so[4200];
    const char *builddir = getenv("builddir");
    (void)snprintf(so, sizeof so, "%s/tests/plugins/.libs/t_probe.so", builddir == NULL ? "." : builddir);
    (void)mkdir(file_name("own"), 0777);
    (void)mkdir(file_name("own/t_probe-data"), 0777);
    copy_file(so, file_name("own/t_probe.so"));
    write_file("own/t_probe-data/own.txt", "mine\n");
    write_file("own.yaml", "plugins: [own]\n" PROBE("data: own.txt"));
    config *c = NULL;
    CHECK_STR(verdict_on_file("own.yaml", &c), "ok");
    if (c != NULL) {
        CHECK(strstr(c->stages[0].plugin_path, "/config-files/own/t_probe.so") != NULL);
        CHECK_MEM(((const wn_str *)c->stages[0].state)->p, 5, "mine\n");
        CHECK(strstr(c->source.plugin_path, "/tests/plugins/.libs/t_source.so") != NULL);
    }
    config_close(c);
}

static void command_line_inputs(void)
{
    const char *text = HEAD TAIL, *const inputs[] = {"x", "y"};
    config_args args = {.text = {text, strlen(text)}, .inputs = inputs, .n_inputs = 2, .host = &stub_host};
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
    RUN(includes);
    RUN(anchors_and_bombs);
    RUN(tests_section);
    RUN(tests_keep_what_is_written);
    RUN(data_files);
    RUN(a_plugin_of_ones_own);
    RUN(command_line_inputs);
    return DONE();
}
