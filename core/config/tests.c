/* tests.c: the shape of the `tests` section; `winnow test` gives it its meaning. */
#include <config.h>
#include "config/private.h"
#include "config/options.h"
#include <regex.h>
#include <string.h>

static const char *const test_keys[] = {"name", "input", "expect"};
const char *const test_expectations[] = {"file", "path", "lines", "length", "equals", "contains", "lacks",
                                         "matches", "min", "max", "absent", NULL};

static wn_status check_input(const node *n, const node *test, wn_error *err)
{
    if (n == NULL)
        return node_fail(test, err, "this test has no `input`: name the files it reads");
    bool ok = (n->kind == NODE_SCALAR && !node_is_null(n)) || (n->kind == NODE_LIST && n->n > 0);
    for (size_t i = 0; ok && n->kind == NODE_LIST && i < n->n; i++)
        ok = n->item[i]->kind == NODE_SCALAR && !node_is_null(n->item[i]);
    return ok ? WN_OK : node_fail(n, err, "`input` of a test is a list of files");
}

static bool is_pattern(const char *text)
{
    regex_t pattern;
    if (regcomp(&pattern, text, REG_EXTENDED | REG_NOSUB) != 0)
        return false;
    regfree(&pattern);
    return true;
}

static wn_status check_operand(const char *key, const node *n, wn_error *err)
{
    int64_t whole;
    double real;
    bool single = n->kind == NODE_SCALAR;
    if ((strcmp(key, "lines") == 0 || strcmp(key, "length") == 0) && !(single && !n->quoted && parse_whole(n->text, &whole) && whole >= 0))
        return node_fail(n, err, "`%s` takes a whole number", key);
    if ((strcmp(key, "min") == 0 || strcmp(key, "max") == 0) && !(single && !n->quoted && parse_real(n->text, &real)))
        return node_fail(n, err, "`%s` takes a number", key);
    if (strcmp(key, "absent") == 0 && !(single && strcmp(n->text, "true") == 0))
        return node_fail(n, err, "`absent` can only be true");
    if ((strcmp(key, "path") == 0 || strcmp(key, "contains") == 0 || strcmp(key, "lacks") == 0) && !single)
        return node_fail(n, err, "`%s` takes a single value, not %s", key, node_kind_name(n));
    if (strcmp(key, "matches") == 0 && !(single && is_pattern(n->text)))
        return node_fail(n, err, "`matches` takes an extended regular expression");
    return WN_OK;
}

static wn_status check_expectation(const node *n, wn_error *err)
{
    size_t known = 0;
    while (test_expectations[known] != NULL)
        known++;
    if (n->kind != NODE_MAP)
        return node_fail(n, err, "an expectation is a mapping such as {file: documents.jsonl, lines: 3}");
    wn_status status = check_keys(n, test_expectations, known, "an expectation", err);
    const node *file = node_get(n, "file");
    if (status == WN_OK && (file == NULL || file->kind != NODE_SCALAR || file->text[0] == '\0'))
        status = node_fail(file == NULL ? n : file, err, "an expectation needs `file`, a file of the run directory");
    for (size_t i = 0; i < n->n && status == WN_OK; i++)
        status = check_operand(n->key[i]->text, n->item[i], err);
    if (status == WN_OK && n->n - 1 - (node_get(n, "path") != NULL) == 0)
        status = node_fail(n, err, "this expectation expects nothing: add lines, length, equals, contains or lacks");
    return status;
}

static wn_status check_test(const node *n, wn_error *err)
{
    if (n->kind != NODE_MAP)
        return node_fail(n, err, "a test is a mapping (name, input, expect), not %s", node_kind_name(n));
    wn_status status = check_keys(n, test_keys, sizeof test_keys / sizeof test_keys[0], "a test", err);
    const node *name = node_get(n, "name"), *expect = node_get(n, "expect");
    if (status == WN_OK && (name == NULL || name->kind != NODE_SCALAR || node_is_null(name)))
        status = node_fail(name == NULL ? n : name, err, "a test needs a `name`");
    if (status == WN_OK)
        status = check_input(node_get(n, "input"), n, err);
    if (status == WN_OK && (expect == NULL || expect->kind != NODE_LIST || expect->n == 0))
        status = node_fail(expect == NULL ? n : expect, err, "a test needs `expect`, a list of expectations");
    for (size_t i = 0; status == WN_OK && i < expect->n; i++)
        status = check_expectation(expect->item[i], err);
    return status;
}

wn_status tests_build(const node *tests, json_t **ret_tests, wn_error *err)
{
    if (tests == NULL)
        return WN_OK;
    if (tests->kind != NODE_LIST)
        return node_fail(tests, err, "`tests` is a list, not %s", node_kind_name(tests));
    for (size_t i = 0; i < tests->n; i++) {
        wn_status status = check_test(tests->item[i], err);
        if (status != WN_OK)
            return status;
    }
    *ret_tests = node_json(tests);
    return *ret_tests == NULL ? out_of_memory(err) : WN_OK;
}
