/* test.c: winnow test: the tests of a configuration, each a real run into a folder that is thrown away. */
#include "config.h"
#include "cmd/commands.h"
#include "cmd/expect.h"
#include "run/run.h"
#include "util/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int test_main(int argc, char **argv);

const command cmd_test = {
    "test", "CONFIG...", "run the tests that stand in a configuration",
    "Each entry of `tests:` is a run over its own input (files, relative to the configuration) and\n"
    "a list of expectations about the files of the run directory:\n"
    "\n"
    "  tests:\n"
    "    - name: the credit line goes\n"
    "      input: [samples/wire.txt]\n"
    "      expect:\n"
    "        - {file: documents.jsonl, path: 0.text, lacks: NORTHERN WIRE}\n"
    "\n"
    "An expectation names a file, a path into its JSON (for .jsonl the line number comes first) and one\n"
    "or more of: lines, length, equals, contains, lacks, matches (extended regular expression), min,\n"
    "max, absent. Prints TAP. Exit status: 0 all hold; 1 one does not; 78 bad configuration.\n",
    test_main};

/* Names of a test's input, relative to the configuration's folder; NULL: out of memory. */
static char **input_names(const char *config_path, const json_t *files, size_t *ret_n)
{
    size_t n = json_is_array(files) ? json_array_size(files) : 1;
    char **names = calloc(n + 1, sizeof *names), folder[4096];
    size_t dir = path_dir(config_path);
    (void)snprintf(folder, sizeof folder, "%.*s", (int)dir, config_path);
    for (size_t i = 0; names != NULL && i < n; i++) {
        strbuf path = STRBUF_INIT;
        path_join(&path, folder, json_string_value(json_is_array(files) ? json_array_get(files, i) : files));
        names[i] = path.p;
    }
    *ret_n = n;
    return names;
}

static wn_status run_once(const char *config_path, const json_t *test, const char *dir, wn_error *err)
{
    config *c = NULL;
    run_result result;
    size_t n;
    char **names = input_names(config_path, json_object_get(test, "input"), &n);
    config_args args = {.path = config_path, .inputs = (const char *const *)names, .n_inputs = n, .host = &run_host};
    run_args run = {.out_dir = dir, .quiet = true};
    wn_status status = names == NULL ? wn_fail(err, WN_E_NOMEM, "out of memory") : config_open(&args, &c, err);
    if (status == WN_OK)
        status = run_pipeline(c, &run, &result, err);
    if (status == WN_OK)
        json_decref(result.info);
    config_close(c);
    for (size_t i = 0; names != NULL && i < n; i++)
        free(names[i]);
    free(names);
    return status;
}

static bool expectations_hold(const json_t *test, const char *dir, strbuf *why)
{
    size_t i;
    json_t *e;
    json_array_foreach(json_object_get(test, "expect"), i, e) {
        const char *path = json_string_value(json_object_get(e, "path"));
        strbuf reason = STRBUF_INIT;
        bool ok = expectation_holds(dir, e, &reason);
        if (!ok)
            strbuf_printf(why, "# %s%s%s %s\n", json_string_value(json_object_get(e, "file")), path != NULL ? " " : "",
                          path != NULL ? path : "", reason.p != NULL ? reason.p : "");
        strbuf_release(&reason);
    }
    return why->len == 0;
}

static bool one_test(const char *config_path, const json_t *test, size_t number)
{
    const char *tmp = getenv("TMPDIR");
    char dir[4096];
    wn_error err = WN_ERROR_INIT;
    strbuf why = STRBUF_INIT;
    (void)snprintf(dir, sizeof dir, "%s/winnow-test-XXXXXX", tmp != NULL && *tmp != '\0' ? tmp : "/tmp");
    if (mkdtemp(dir) == NULL) {
        (void)wn_fail(&err, WN_E_IO, "%s: %s", dir, strerror(errno));
        strbuf_printf(&why, "# %s\n", err.text);
    } else if (run_once(config_path, test, dir, &err) != WN_OK) {
        strbuf_printf(&why, "# %s%s%s\n", err.where, err.where[0] != '\0' ? ": " : "", err.text);
    } else {
        (void)expectations_hold(test, dir, &why);
    }
    remove_tree(dir);
    bool ok = why.len == 0;
    printf("%sok %zu - %s\n%s", ok ? "" : "not ", number, json_string_value(json_object_get(test, "name")),
           ok || why.p == NULL ? "" : why.p);
    strbuf_release(&why);
    return ok;
}

static int test_config(const char *path, size_t *number)
{
    config *c = NULL;
    wn_error err = WN_ERROR_INIT;
    config_args args = {.path = path, .host = &run_host};
    if (config_open(&args, &c, &err) != WN_OK)
        return report_error(&err);
    json_t *tests = json_incref(c->tests), *test;
    size_t i;
    int status = EXIT_DONE;
    config_close(c);
    json_array_foreach(tests, i, test)
        if (!one_test(path, test, ++*number))
            status = EXIT_CHECK;
    json_decref(tests);
    return status;
}

static int test_main(int argc, char **argv)
{
    size_t number = 0;
    int status = EXIT_DONE;
    if (argc < 2)
        return usage_error(&cmd_test, "which configuration?");
    for (int i = 1; i < argc; i++) {
        int one = test_config(argv[i], &number);
        status = one > status ? one : status;
    }
    printf("1..%zu\n", number);
    return end_output(status);
}
