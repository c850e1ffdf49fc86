/* test_config_files.c: what a configuration takes from elsewhere: included files, anchors, data
 * files, plugins of one's own; and the tests that stand in it. */
#include "config_case.h"

static void includes(void)
{
    write_file("base.yaml",
               "version: 1\ninput: {use: t_source, with: {path: [base-input], strict: true}}\n"
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
    write_file("outer.yaml", "version: 1\ninput: {use: t_source, with: {path: a}}\noutput: "
                             "[t_sink]\ninclude:\n  - middle.yaml\n");
    CHECK_STR(verdict_on_file("outer.yaml", NULL),
              "bad.yaml:2:10: `limits` has no option `max_rejcts`; did you mean "
              "`max_rejects`? (included from middle.yaml:1:10) (included from outer.yaml:5:5)");
    write_file("missing.yaml", "include: ${WN_NONE:-gone}.yaml\n");
    CHECK_STR(verdict_on_file("missing.yaml", NULL),
              "missing.yaml:1:10: cannot read gone.yaml: No such file or directory");
    CHECK_STR(verdict_on_file("nowhere.yaml", NULL),
              "nowhere.yaml: cannot read nowhere.yaml: No such file or directory");
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
    CHECK_STR(verdict_of(
                  HEAD
                  "vars: {A: &a x, B: *a}\nstages:\n  - &p {use: t_probe, with: &w {whole: 2}}\n"
                  "  - {<<: *p, id: second}\n  - {use: t_probe, id: third, with: {<<: *w, real: "
                  "0.1}}\n" TAIL),
              "ok");
    CHECK(strstr(verdict_of("version: *none\n"),
                 "alias to an anchor that does not stand above it") != NULL);
    CHECK(strstr(verdict_of("version: &a [*a]\n"), "alias to the value that contains it") != NULL);
    char bomb[2000] = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; i++)
        (void)snprintf(bomb + strlen(bomb), sizeof bomb - strlen(bomb),
                       "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i, i - 1,
                       i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    CHECK(strstr(verdict_of(bomb), "too many values (are aliases nested?)") != NULL);
    char wide[4000] = "vars: {A: \"";
    memset(wide + strlen(wide), 'a', 1500);
    (void)snprintf(wide + strlen(wide), sizeof wide - strlen(wide), "\"}\nversion: \"");
    for (int i = 0; i < 60; i++)
        (void)snprintf(wide + strlen(wide), sizeof wide - strlen(wide), "${A}");
    (void)snprintf(wide + strlen(wide), sizeof wide - strlen(wide), "\"\n");
    CHECK_STR(verdict_of(wide), "(text):2:10: with its variables this value is longer than 64 KiB");
    char deep[300];
    memset(deep, '[', 200);
    deep[200] = '\0';
    CHECK(strstr(verdict_of(deep), "nested too deep") != NULL);
}

#define EXPECT(e) "tests:\n- name: n\n  input: [a]\n  expect:\n  - {" e "}\n"
#define AT(where) "(text):8:" where

static void tests_section(void)
{
    static const char *const rows[][2] = {
        {"tests:\n- {name: n, input: [a], expect: [{file: f, lines: 3}]}\n", "ok"},
        {"tests: 3\n", "(text):4:8: `tests` is a list, not a single value"},
        {"tests:\n- {name: n, input: [a], expects: []}\n",
         "(text):5:25: a test has no key `expects`; did you mean `expect`?"},
        {"tests:\n- {name: n, expect: [{file: f, lines: 3}]}\n",
         "(text):5:3: this test has no `input`: name the files it reads"},
        {"tests:\n- {name: n, input: a, expect: [{file: f}]}\n",
         "(text):5:32: this expectation expects nothing: add lines, length, "
         "equals, contains or lacks"},
        {EXPECT("file: f, lines: many"), AT("22: `lines` takes a whole number from 0, not `many`")},
        {EXPECT("file: f, lines: -1"), AT("22: `lines` takes a whole number from 0, not `-1`")},
        {EXPECT("file: f, lines: \"1\""),
         AT("22: `lines` takes a whole number from 0: remove the quotes")},
        {EXPECT("file: f, length: 1.5"), AT("23: `length` takes a whole number from 0, not `1.5`")},
        {EXPECT("file: f, length: [1]"),
         AT("23: `length` takes a whole number from 0, not a list")},
        {EXPECT("file: f, min: x"), AT("20: `min` takes a number, not `x`")},
        {EXPECT("file: f, max: \"7\""), AT("20: `max` takes a number: remove the quotes")},
        {EXPECT("file: f, contains: [a]"), AT("25: `contains` takes a single value, not a list")},
        {EXPECT("file: f, lacks: \"\""), AT("22: `lacks` is empty")},
        {EXPECT("file: f, lacks: ~"), AT("22: `lacks` takes a single value, not nothing")},
        {EXPECT("file: f, matches: \"(\""),
         AT("24: `matches` takes an extended regular expression, and `(` is none: ")},
        {EXPECT("file: f, absent: false"), AT("23: `absent` can only be true")},
        {EXPECT("file: f.json, absent: true"),
         AT("28: `absent` needs a `path`: what is not there?")},
        {EXPECT("file: f.json, path: a, absent: true, equals: 3"),
         AT("37: what is `absent` has no value to expect anything of")},
        {EXPECT("file: f.json, path: a, absent: true, lines: 3"), "ok"},
        {EXPECT("file: a/f, lines: 1"),
         AT("12: `file` is the name of a file in the run directory, not `a/f`")},
        {EXPECT("file: ../f, lines: 1"),
         AT("12: `file` is the name of a file in the run directory, not `../f`")},
        {EXPECT("file: [f], lines: 1"), AT("12: `file` takes a single value, not a list")},
        {EXPECT("file: 2024, lines: 1"), "ok"},
        {EXPECT("lines: 1"), AT("5: an expectation needs `file`, a file of the run directory")},
        {EXPECT("file: f.json, path: a..b, lines: 1"),
         AT("26: `path` is keys and indexes with one dot between them, not `a..b`")},
        {EXPECT("file: f.json, path: .a, lines: 1"),
         AT("26: `path` is keys and indexes with one dot between them, not `.a`")},
        {EXPECT("file: f.json, path: [a], lines: 1"),
         AT("26: `path` takes a single value, not a list")},
        {EXPECT("file: f.json, path: \"\", lines: 1"), AT("26: `path` is empty")},
        {EXPECT("file: f.json, path: 0, equals: 1"), "ok"},
        {EXPECT("file: f.jsonl, path: 0, equals: 1"), "ok"},
        {EXPECT("file: f.jsonl, path: text, equals: 1"),
         AT("27: in .jsonl a `path` starts with the number of the line, from 0: 0.text")},
        {EXPECT("file: f.html, path: text, equals: 1"),
         AT("26: there is no `path` into f.html: only .json and .jsonl have them")},
        {"tests:\n- {name: n, input: [a, ~], expect: [{file: f, lines: 3}]}\n",
         "(text):5:24: `input` of a test is a list of files, not of nothing"},
        {"tests:\n- {name: n, input: [[a]], expect: [{file: f, lines: 3}]}\n",
         "(text):5:21: `input` of a test is a list of files, not of a list"},
        {"tests:\n- {name: n, input: [], expect: [{file: f, lines: 3}]}\n",
         "(text):5:20: `input` of a test is a list of files, and this one is empty"},
        {"tests:\n- {name: n, input: \"-\", expect: [{file: f, lines: 3}]}\n",
         "(text):5:20: a test reads files, not standard input"},
        {"tests:\n- {name: ~, input: a, expect: [{file: f, lines: 3}]}\n",
         "(text):5:10: `name` takes a single value, not nothing"},
        {"tests:\n- {name: [n], input: a, expect: [{file: f, lines: 3}]}\n",
         "(text):5:10: `name` takes a single value, not a list"},
        {"tests:\n- {name: n, input: a, expect: {file: f, lines: 3}}\n",
         "(text):5:31: a test needs `expect`, a list of expectations"},
        {"tests:\n- {name: n, input: a, expect: [{file: f, line: 3}]}\n",
         "(text):5:42: an expectation has no key `line`; did you "
         "mean `lines`?"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[600];
        (void)snprintf(text, sizeof text, HEAD TAIL "%s", rows[i][0]);
        const char *said = verdict_of(text);
        if (strncmp(said, rows[i][1], strlen(rows[i][1])) != 0)
            CHECK_STR(said, rows[i][1]);
    }
}

static void tests_keep_what_is_written(void)
{
    static const char text[] = HEAD TAIL "tests: [{name: 2024, input: 7, expect: [{file: f.json, "
                                         "path: 0, equals: [1.50, true, ~, {k: 0x7}], "
                                         "contains: 010, lines: 3, min: 2, max: 2.5}]}]\n";
    config *c = NULL;
    wn_error err = WN_ERROR_INIT;
    const config_args args = {.text = {text, sizeof text - 1}, .host = &stub_host};
    CHECK_INT(config_open(&args, &c, &err), WN_OK);
    CHECK_STR(err.text, "");
    json_t *want =
        json_pack("[{s:s, s:[s], s:[{s:s, s:s, s:[s, s, n, {s:s}], s:s, s:i, s:i, s:f}]}]", "name",
                  "2024", "input", "7", "expect", "file", "f.json", "path", "0", "equals", "1.50",
                  "true", "k", "0x7", "contains", "010", "lines", 3, "min", 2, "max", 2.5);
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

/* As many folders as the user likes are searched, and all that come after them. */
static void data_files_of_many_folders(void)
{
    enum { MANY = 100 };
    char folders[8192] = "";
    const char *names[] = {"share", "share/common", "share/common/data"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        (void)mkdir(file_name(names[i]), 0777);
    write_file("share/common/data/far.txt", "far\n");
    for (size_t i = 0; i < MANY; i++)
        (void)snprintf(folders + strlen(folders), sizeof folders - strlen(folders), "/none%zu:", i);
    (void)snprintf(folders + strlen(folders), sizeof folders - strlen(folders), "%s",
                   file_name("share"));
    const char *before = getenv("WINNOW_DATA_PATH");
    char *kept = before != NULL ? strdup(before) : NULL;
    (void)setenv("WINNOW_DATA_PATH", folders, 1);
    write_file("far.yaml", PROBE("data: far.txt") "text: {rules: []}\n");
    CHECK_STR(verdict_on_file("far.yaml", NULL), "ok");
    (void)(kept != NULL ? setenv("WINNOW_DATA_PATH", kept, 1) : unsetenv("WINNOW_DATA_PATH"));
    free(kept);
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

/* A plugin in a folder of the configuration goes before the one of the same name that is installed,
 * and brings its data along. */
static void a_plugin_of_ones_own(void)
{
    char so[4200];
    const char *builddir = getenv("builddir");
    (void)snprintf(so, sizeof so, "%s/tests/plugins/.libs/t_probe.so",
                   builddir == NULL ? "." : builddir);
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

int main(void)
{
    use_test_plugins();
    RUN(includes);
    RUN(anchors_and_bombs);
    RUN(tests_section);
    RUN(tests_keep_what_is_written);
    RUN(data_files);
    RUN(data_files_of_many_folders);
    RUN(a_plugin_of_ones_own);
    return DONE();
}
