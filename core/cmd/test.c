/* test.c: winnow test: the tests of a configuration, each a real run into a folder that is thrown
 * away. */
#include "config.h"
#include "cmd/commands.h"
#include "cmd/expect.h"
#include "config/files.h"
#include "guard/guard.h"
#include "engine/run.h"
#include "util/show.h"

#include <string.h>

static int test_main(int argc, char **argv);

const command cmd_test = {
    "test",
    "CONFIG...",
    "run the tests that stand in a configuration",
    "Each entry of `tests:` is a run over its own input (files, relative to the\n"
    "configuration) and a list of expectations about the files of the run\n"
    "directory:\n"
    "\n"
    "  tests:\n"
    "    - name: the credit line goes\n"
    "      input: [samples/wire.txt]\n"
    "      expect:\n"
    "        - {file: documents.jsonl, path: 0.text, lacks: NORTHERN WIRE}\n"
    "\n"
    "An expectation names a `file` and one or more of:\n"
    "\n"
    "  lines     how many the file has\n"
    "  path      keys and indexes into its JSON, with dots between (for .jsonl the\n"
    "            line comes first, from 0); it must be there, and what follows is\n"
    "            about its value. Without a path, about the whole: `equals` and\n"
    "            `length` of its JSON, else of its text\n"
    "  equals    any value; a single one is compared as text, 2024 and \"2024\"\n"
    "            alike, a number also by its value\n"
    "  contains, lacks\n"
    "            a part of a text, an item of a list\n"
    "  matches   an extended regular expression, in a text\n"
    "  length    items of a list, members of a mapping, characters of a text\n"
    "  min, max  of a number\n"
    "  absent    true: the last key of the path is not there, and what it leads\n"
    "            through is\n"
    "\n"
    "Prints TAP. Exit status: 0 all hold; 1 one does not; 78 bad configuration.\n",
    test_main,
};

/* Names of a test's input, which are relative to the configuration's folder. NULL: out of
 * memory. */
static const char **input_names(const char *config_path, const json_t *test, arena *memory,
                                size_t *ret_n)
{
    const json_t *inputs = json_object_get(test, "input");
    const char *folder = folder_of(config_path, memory);
    const char **names = arena_alloc(memory, json_array_size(inputs) * sizeof *names);
    *ret_n = json_array_size(inputs);
    for (size_t i = 0; names != NULL && i < *ret_n; i++)
        if (folder == NULL ||
            (names[i] = join_path(folder, json_string_value(json_array_get(inputs, i)), memory)) ==
                NULL)
            return NULL;
    return names;
}

static wn_status run_once(const char *config_path, const json_t *test, const char *dir,
                          wn_error *err)
{
    config *c = NULL;
    run_result result;
    size_t n = 0;
    arena *memory = arena_new(0);
    const char **names = memory != NULL ? input_names(config_path, test, memory, &n) : NULL;
    config_args args = {.path = config_path, .inputs = names, .n_inputs = n, .host = &run_host};
    run_args run = {.plan = {.out_dir = dir}, .quiet = true};
    wn_status status =
        names == NULL ? wn_fail(err, WN_E_NOMEM, "out of memory") : config_open(&args, &c, err);
    if (status == WN_OK)
        status = run_pipeline(c, &run, &result, err);
    if (status == WN_OK)
        json_decref(result.info);
    config_close(c);
    arena_free(memory);
    return status;
}

/* One comment of TAP: a line behind "# ". */
static void put_comment(strbuf *out, const strbuf *text)
{
    strbuf_puts(out, "# ");
    show_bytes(out, text->p != NULL ? text->p : "", text->len, SIZE_MAX);
    strbuf_putc(out, '\n');
}

static void check_expectations(const json_t *test, const char *dir, strbuf *why)
{
    size_t i;
    json_t *e;
    json_array_foreach(json_object_get(test, "expect"), i, e)
    {
        const char *path = json_string_value(json_object_get(e, "path"));
        strbuf reason = STRBUF_INIT;
        strbuf_printf(&reason, "%s%s%s ", json_string_value(json_object_get(e, "file")),
                      path != NULL ? " " : "", path != NULL ? path : "");
        if (!expectation_holds(dir, e, &reason))
            put_comment(why, &reason);
        strbuf_release(&reason);
    }
}

static void print_result(bool ok, size_t number, const char *name)
{
    strbuf shown = STRBUF_INIT;
    show_bytes(&shown, name, strlen(name), SIZE_MAX);
    printf("%sok %zu - ", ok ? "" : "not ", number);
    for (size_t i = 0; i < shown.len; i++) /* "# TODO" would be a directive */
        printf(shown.p[i] == '#' || shown.p[i] == '\\' ? "\\%c" : "%c", shown.p[i]);
    (void)putchar('\n');
    strbuf_release(&shown);
}

static bool one_test(const char *config_path, const json_t *test, size_t number)
{
    char dir[WORK_FOLDER];
    wn_error err = WN_ERROR_INIT;
    strbuf why = STRBUF_INIT, failure = STRBUF_INIT;
    bool has_dir = work_folder("test", dir, &err);
    if (has_dir && run_once(config_path, test, dir, &err) == WN_OK) {
        check_expectations(test, dir, &why);
    } else {
        put_error(&failure, &err);
        put_comment(&why, &failure);
    }
    if (has_dir)
        remove_tree(dir);
    bool ok = why.len == 0 && !why.oom;
    if (why.oom)
        (void)fprintf(stderr, "winnow: out of memory\n");
    print_result(ok, number, json_string_value(json_object_get(test, "name")));
    (void)fwrite(why.p != NULL ? why.p : "", 1, why.len, stdout);
    strbuf_release(&failure);
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
    json_array_foreach(tests, i, test) if (guard_signal() == 0 && !one_test(path, test, ++*number))
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
    guard_signals_catch(); /* so that the work folder goes */
    for (int i = 1; i < argc && guard_signal() == 0; i++) {
        int one = test_config(argv[i], &number);
        status = one > status ? one : status;
    }
    if (guard_signal() != 0) {
        (void)fprintf(stderr, "winnow: interrupted\n");
        status = 128 + guard_signal();
    }
    if (number == 0 && status != EXIT_DONE) /* nobody knows which tests there are */
        printf("Bail out!\n");
    else
        printf(number > 0 ? "1..%zu\n" : "1..%zu # SKIP no tests in the configuration\n", number);
    return end_output(status);
}
