/* tests.c: the `tests` section: what each key takes is decided here, so that `validate`, `run` and
 * `test` refuse the same; cmd/expect.c gives it its meaning. */
#include <config.h>
#include "config/files.h"
#include "config/options.h"
#include "config/private.h"
#include <regex.h>
#include <string.h>

static const char *const test_keys[] = {"name", "input", "expect"};

const test_key test_expectations[] = {{"file", OPERAND_FILE},    {"path", OPERAND_PATH},
                                      {"lines", OPERAND_COUNT},  {"length", OPERAND_COUNT},
                                      {"equals", OPERAND_VALUE}, {"contains", OPERAND_TEXT},
                                      {"lacks", OPERAND_TEXT},   {"matches", OPERAND_PATTERN},
                                      {"min", OPERAND_NUMBER},   {"max", OPERAND_NUMBER},
                                      {"absent", OPERAND_TRUE},  {NULL, OPERAND_TRUE}};
enum { N_EXPECTATIONS = sizeof test_expectations / sizeof *test_expectations - 1 };

/* A single value as it is written, whatever it looks like: 2024 is the text "2024". */
static wn_status read_text(const char *key, const node *n, json_t **ret, wn_error *err)
{
    if (n->kind != NODE_SCALAR || node_is_null(n))
        return node_fail(n, err, "`%s` takes a single value, not %s", key, node_kind_name(n));
    if (n->text[0] == '\0')
        return node_fail(n, err, "`%s` is empty", key);
    *ret = json_string(n->text);
    return *ret == NULL ? out_of_memory(err) : WN_OK;
}

static wn_status read_number(const char *key, const node *n, bool count, json_t **ret,
                             wn_error *err)
{
    int64_t whole = 0;
    double real;
    const char *what = count ? "a whole number from 0" : "a number";
    bool single = n->kind == NODE_SCALAR, is_whole = single && parse_whole(n->text, &whole);
    if (!single || (count ? !is_whole || whole < 0 : !parse_real(n->text, &real)))
        return node_fail(n, err, "`%s` takes %s, not %s%.60s%s", key, what, single ? "`" : "",
                         single ? n->text : node_kind_name(n), single ? "`" : "");
    if (n->quoted)
        return node_fail(n, err, "`%s` takes %s: remove the quotes", key, what);
    *ret = is_whole ? json_integer(whole) : json_real(real);
    return *ret == NULL ? out_of_memory(err) : WN_OK;
}

static wn_status read_pattern(const node *n, json_t **ret, wn_error *err)
{
    regex_t pattern;
    char why[120];
    wn_status status = read_text("matches", n, ret, err);
    int failed = status == WN_OK ? regcomp(&pattern, n->text, REG_EXTENDED | REG_NOSUB) : 0;
    if (status != WN_OK)
        return status;
    if (failed == 0) {
        regfree(&pattern);
        return WN_OK;
    }
    (void)regerror(failed, &pattern, why, sizeof why);
    return node_fail(n, err,
                     "`matches` takes an extended regular expression, and `%.60s` is none: %s",
                     n->text, why);
}

static wn_status read_file_name(const node *n, json_t **ret, wn_error *err)
{
    wn_status status = read_text("file", n, ret, err);
    if (status == WN_OK && !is_plain_name(n->text))
        return node_fail(n, err, "`file` is the name of a file in the run directory, not `%.100s`",
                         n->text);
    return status;
}

/* Keys and indexes with dots between; none of them is empty. */
static wn_status read_path(const node *n, json_t **ret, wn_error *err)
{
    wn_status status = read_text("path", n, ret, err);
    size_t len = status == WN_OK ? strlen(n->text) : 0;
    if (status == WN_OK &&
        (n->text[0] == '.' || n->text[len - 1] == '.' || strstr(n->text, "..") != NULL))
        return node_fail(n, err,
                         "`path` is keys and indexes with one dot between them, not `%.100s`",
                         n->text);
    return status;
}

static wn_status read_true(const char *key, const node *n, json_t **ret, wn_error *err)
{
    if (n->kind != NODE_SCALAR || n->quoted || strcmp(n->text, "true") != 0)
        return node_fail(n, err, "`%s` can only be true", key);
    *ret = json_true();
    return WN_OK;
}

/* Any value; what is single in it, as it is written. */
static json_t *value_json(const node *n)
{
    if (n->kind == NODE_SCALAR)
        return node_is_null(n) ? json_null() : json_string(n->text);
    json_t *j = n->kind == NODE_MAP ? json_object() : json_array();
    for (size_t i = 0; j != NULL && i < n->n; i++) {
        json_t *item = value_json(n->item[i]);
        if ((n->kind == NODE_MAP ? json_object_set_new(j, n->key[i]->text, item)
                                 : json_array_append_new(j, item)) != 0) {
            json_decref(j);
            return NULL;
        }
    }
    return j;
}

static wn_status read_operand(const test_key *key, const node *n, json_t **ret, wn_error *err)
{
    switch (key->takes) {
    case OPERAND_FILE: return read_file_name(n, ret, err);
    case OPERAND_PATH: return read_path(n, ret, err);
    case OPERAND_COUNT: return read_number(key->name, n, true, ret, err);
    case OPERAND_NUMBER: return read_number(key->name, n, false, ret, err);
    case OPERAND_PATTERN: return read_pattern(n, ret, err);
    case OPERAND_TEXT: return read_text(key->name, n, ret, err);
    case OPERAND_TRUE: return read_true(key->name, n, ret, err);
    case OPERAND_VALUE: break;
    }
    *ret = value_json(n);
    return *ret == NULL ? out_of_memory(err) : WN_OK;
}

static bool ends_with(const char *s, const char *suffix)
{
    size_t n = strlen(s), k = strlen(suffix);
    return n >= k && strcmp(s + n - k, suffix) == 0;
}

/* A path leads into JSON, and in JSON lines to a line first. */
static wn_status check_path(const node *path, const char *file, wn_error *err)
{
    if (path == NULL || ends_with(file, ".json"))
        return WN_OK;
    if (!ends_with(file, ".jsonl"))
        return node_fail(path, err,
                         "there is no `path` into %.100s: only .json and .jsonl have them", file);
    size_t first = strcspn(path->text, ".");
    if (strspn(path->text, "0123456789") == first)
        return WN_OK;
    return node_fail(path, err,
                     "in .jsonl a `path` starts with the number of the line, from 0: 0.%.100s",
                     path->text);
}

static wn_status check_sense(const node *n, wn_error *err)
{
    const node *path = node_get(n, "path"), *absent = node_get(n, "absent");
    size_t wants = n->n - 1 - (path != NULL);
    if (wants == 0)
        return node_fail(
            n, err,
            "this expectation expects nothing: add lines, length, equals, contains or lacks");
    if (absent == NULL)
        return WN_OK;
    if (path == NULL)
        return node_fail(absent, err, "`absent` needs a `path`: what is not there?");
    return wants - 1 == (node_get(n, "lines") != NULL)
               ? WN_OK
               : node_fail(absent, err,
                           "what is `absent` has no value to expect anything of: make it two "
                           "expectations");
}

static wn_status read_expectation(const node *n, json_t *to, wn_error *err)
{
    const char *names[N_EXPECTATIONS];
    for (size_t i = 0; i < N_EXPECTATIONS; i++)
        names[i] = test_expectations[i].name;
    if (n->kind != NODE_MAP)
        return node_fail(n, err,
                         "an expectation is a mapping such as {file: documents.jsonl, lines: 3}");
    wn_status status = check_keys(n, names, N_EXPECTATIONS, "an expectation", err);
    if (status == WN_OK && node_get(n, "file") == NULL)
        return node_fail(n, err, "an expectation needs `file`, a file of the run directory");
    for (const test_key *key = test_expectations; status == WN_OK && key->name != NULL; key++) {
        const node *operand = node_get(n, key->name);
        json_t *value = NULL;
        status = operand == NULL ? WN_OK : read_operand(key, operand, &value, err);
        if (value != NULL && status != WN_OK)
            json_decref(value);
        else if (value != NULL && json_object_set_new(to, key->name, value) != 0)
            status = out_of_memory(err);
    }
    if (status == WN_OK)
        status =
            check_path(node_get(n, "path"), json_string_value(json_object_get(to, "file")), err);
    return status == WN_OK ? check_sense(n, err) : status;
}

/* Inputs are relative to the file that names them. */
static wn_status read_input(const config *c, const node *n, json_t *to, wn_error *err)
{
    if (n->kind != NODE_SCALAR || node_is_null(n) || n->text[0] == '\0')
        return node_fail(n, err, "`input` of a test is a list of files, not of %s",
                         n->kind == NODE_SCALAR ? "nothing" : node_kind_name(n));
    if (strcmp(n->text, "-") == 0)
        return node_fail(n, err, "a test reads files, not standard input: it is to be run again");
    const char *path = join_path(n->file->folder, n->text, c->priv->memory);
    return path != NULL && json_array_append_new(to, json_string(path)) == 0 ? WN_OK
                                                                             : out_of_memory(err);
}

static wn_status read_inputs(const config *c, const node *test, json_t *to, wn_error *err)
{
    const node *n = node_get(test, "input");
    wn_status status = WN_OK;
    if (n == NULL)
        return node_fail(test, err, "this test has no `input`: name the files it reads");
    if (n->kind != NODE_LIST)
        return read_input(c, n, to, err);
    if (n->n == 0)
        return node_fail(n, err, "`input` of a test is a list of files, and this one is empty");
    for (size_t i = 0; i < n->n && status == WN_OK; i++)
        status = read_input(c, n->item[i], to, err);
    return status;
}

static wn_status read_expectations(const node *test, json_t *to, wn_error *err)
{
    const node *n = node_get(test, "expect");
    wn_status status = WN_OK;
    if (n == NULL || n->kind != NODE_LIST || n->n == 0)
        return node_fail(n == NULL ? test : n, err,
                         "a test needs `expect`, a list of expectations");
    for (size_t i = 0; i < n->n && status == WN_OK; i++) {
        json_t *one = json_object();
        status = one != NULL && json_array_append_new(to, one) == 0
                     ? read_expectation(n->item[i], one, err)
                     : out_of_memory(err);
    }
    return status;
}

static wn_status read_test(const config *c, const node *n, json_t *to, wn_error *err)
{
    if (n->kind != NODE_MAP)
        return node_fail(n, err, "a test is a mapping (name, input, expect), not %s",
                         node_kind_name(n));
    wn_status status =
        check_keys(n, test_keys, sizeof test_keys / sizeof test_keys[0], "a test", err);
    json_t *name = NULL, *inputs = json_array(), *expect = json_array();
    int failed = json_object_set_new(to, "input", inputs);
    failed |= json_object_set_new(to, "expect", expect); /* which it takes in any case */
    if (failed != 0)
        return out_of_memory(err);
    if (status == WN_OK && node_get(n, "name") == NULL)
        return node_fail(n, err, "a test needs a `name`");
    if (status == WN_OK)
        status = read_text("name", node_get(n, "name"), &name, err);
    if (status == WN_OK && json_object_set_new(to, "name", name) != 0)
        status = out_of_memory(err);
    if (status == WN_OK)
        status = read_inputs(c, n, inputs, err);
    return status == WN_OK ? read_expectations(n, expect, err) : status;
}

wn_status tests_build(config *c, const node *tests, wn_error *err)
{
    if (tests == NULL)
        return WN_OK;
    if (tests->kind != NODE_LIST)
        return node_fail(tests, err, "`tests` is a list, not %s", node_kind_name(tests));
    c->tests = json_array();
    wn_status status = c->tests == NULL ? out_of_memory(err) : WN_OK;
    for (size_t i = 0; i < tests->n && status == WN_OK; i++) {
        json_t *one = json_object();
        status = one != NULL && json_array_append_new(c->tests, one) == 0
                     ? read_test(c, tests->item[i], one, err)
                     : out_of_memory(err);
    }
    return status;
}
