/* test_options.c: values through an option table, and tables that lie. */
#include "config/config.h"
#include "config/node.h"
#include "config/options.h"
#include "tap.h"
#include <stdlib.h>

typedef struct one {
    union {
        bool flag;
        int64_t whole;
        double real;
        const char *text;
        wn_list list;
    } v;
} one;
typedef struct {
    char first;
    int64_t whole, second;
    bool flag;
    const char *other, *text;
} sample;

static const char *parse(const wn_option *o, const char *text, one *ret)
{
    static char problem[300];
    static arena *memory;
    if (memory == NULL)
        memory = arena_new(0);
    problem[0] = '\0';
    memset(ret, 0, sizeof *ret);
    wn_status status = option_parse(o, text, memory, ret, problem, sizeof problem);
    return status == WN_OK ? "ok" : problem;
}

static void numbers(void)
{
    static const struct {
        const char *text;
        bool good;
        int64_t value;
    } rows[] = {
        {"0", true, 0},
        {"-1", true, -1},
        {"+7", true, 7},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {"1 ", false, 0},
        {"1.0", false, 0},
        {"0x10", false, 0},
        {"1e3", false, 0},
        {"99999999999999999999", false, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t value = 0;
        CHECK_INT(parse_whole(rows[i].text, &value), rows[i].good);
        CHECK_INT(value, rows[i].good ? rows[i].value : 0);
    }
}

static void reals(void)
{
    static const char *const good[] = {"0.5", ".5", "5.", "-1e-3", "1E+2", "7"};
    static const double value[] = {0.5, 0.5, 5, -0.001, 100, 7};
    static const char *const bad[] = {"",      ".",   "e5", "1e",    "nan",  "inf",
                                      "0x1p3", "1,5", " 1", "1e999", "1.2.3"};
    double got;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        CHECK(parse_real(good[i], &got) && got >= value[i] && got <= value[i]);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(!parse_real(bad[i], &got));
}

static void sizes(void)
{
    static const struct {
        const char *text;
        int64_t bytes;
    } rows[] = {
        {"512", 512},       {"64KiB", 65536},
        {"10MB", 10000000}, {"1GiB", 1 << 30},
        {"2 MiB", 2 << 20}, {"1kB", 1000},
        {"64K", -1},        {"KiB", -1},
        {"1.5MB", -1},      {"9223372036854775807KB", -1},
        {"", -1},           {"1 KiB ", -1},
        {"10mb", -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t value = -1;
        CHECK_INT(parse_size(rows[i].text, &value), rows[i].bytes >= 0);
        CHECK_INT(value, rows[i].bytes);
    }
}

static void values_by_type(void)
{
    const wn_option flag = WN_OPT_BOOL(one, v.flag, "true", "x"),
                    whole = WN_OPT_INT(one, v.whole, "1", -5, 5, "x"),
                    size = WN_OPT_SIZE(one, v.whole, "1", 0, 1024, "x"),
                    real = WN_OPT_REAL(one, v.real, "1", 0, 1, "x"),
                    choice = WN_OPT_ENUM(one, v.text, "near", "near|far", "x");
    one v;
    CHECK_STR(parse(&flag, "true", &v), "ok");
    CHECK(v.v.flag);
    CHECK_STR(parse(&flag, "yes", &v), "is true or false: write `true` instead of `yes`");
    CHECK_STR(parse(&flag, "off", &v), "is true or false: write `false` instead of `off`");
    CHECK_STR(parse(&flag, "maybe", &v), "must be true or false, not `maybe`");
    CHECK_STR(parse(&whole, "-5", &v), "ok");
    CHECK_INT(v.v.whole, -5);
    CHECK_STR(parse(&whole, "6", &v), "must lie between -5 and 5");
    CHECK_STR(parse(&whole, "1.5", &v), "must be a whole number, not `1.5`");
    CHECK_STR(parse(&whole, "many", &v), "must be a number, not `many`");
    CHECK_STR(parse(&size, "1KiB", &v), "ok");
    CHECK_STR(parse(&size, "2KiB", &v), "must lie between 0 and 1024");
    CHECK_STR(parse(&size, "64K", &v),
              "must be a size in bytes such as 65536, 64KiB or 10MB, not `64K`");
    CHECK_STR(parse(&real, "1.1", &v), "must lie between 0 and 1");
    CHECK_STR(parse(&choice, "far", &v), "ok");
    CHECK_STR(v.v.text, "far");
    CHECK_STR(parse(&choice, "fra", &v), "must be one of near|far, not `fra`; did you mean `far`?");
}

static const char *check_table(const wn_option *table, size_t size)
{
    static wn_error err;
    err = (wn_error)WN_ERROR_INIT;
    return option_table_check(table, size, &err) == WN_OK ? "ok" : err.text;
}

#define ROW(...) ((const wn_option[]){__VA_ARGS__, WN_OPT_END})

static void lying_tables(void)
{
    size_t n = sizeof(sample);
    CHECK_STR(check_table(NULL, 0), "ok");
    CHECK_STR(check_table(ROW(WN_OPT_INT(sample, whole, "1", 0, 9, "x"),
                              WN_OPT_STRING(sample, text, NULL, "y")),
                          n),
              "ok");
    CHECK_STR(check_table(ROW(WN_OPT_STRING(sample, text, "", "x")), n - 8),
              "option table: `text` lies outside the options struct (is options_size right?)");
    CHECK_STR(check_table(
                  ROW({"Whole", WN_T_INT, offsetof(sample, whole), "1", 0, 9, NULL, "x", 0, 0}), n),
              "option table: `Whole` name must be lower_snake_case");
    CHECK_STR(check_table(ROW({"odd", WN_T_INT, 1, "1", 0, 9, NULL, "x", 0, 0}), n),
              "option table: `odd` is not aligned for its type (does the member have that type?)");
    CHECK_STR(check_table(ROW(WN_OPT_INT(sample, whole, "12", 0, 9, "x")), n),
              "option table: `whole` has the default `12`, but must lie between 0 and 9");
    CHECK_STR(check_table(ROW(WN_OPT_INT(sample, whole, "12", 9, 0, "x")), n),
              "option table: `whole` has a minimum above its maximum");
    CHECK_STR(check_table(ROW(WN_OPT_INT(sample, whole, NULL, 0, 9, "x")), n),
              "option table: `whole` needs a default");
    CHECK_STR(check_table(ROW(WN_OPT_INT(sample, whole, "1", 0, 9, "")), n),
              "option table: `whole` needs one line of doc");
    CHECK_STR(check_table(ROW(WN_OPT_INT(sample, whole, "1", 0, 9, "\xe9")), n),
              "option table: `whole` has a doc, a default or choices that are not UTF-8");
    CHECK_STR(check_table(ROW(WN_OPT_ENUM(sample, text, "a", "a|\xe9", "x")), n),
              "option table: `text` has a doc, a default or choices that are not UTF-8");
    CHECK_STR(check_table(ROW(WN_OPT_ENUM(sample, text, "a", NULL, "x")), n),
              "option table: `text` needs choices such as \"a|b|c\"");
    CHECK_STR(check_table(ROW(WN_OPT_ENUM(sample, text, "a", "a||b", "x")), n),
              "option table: `text` has an empty choice");
    CHECK_STR(check_table(ROW({"whole", 77, 8, "1", 0, 9, NULL, "x", 0, 0}), n),
              "option table: `whole` has the unknown type 77: rebuild the plugin with this "
              "winnow's plugin.h");
    CHECK_STR(check_table(ROW(WN_OPT_INT(sample, whole, "1", 0, 9, "x"),
                              WN_OPT_INT(sample, whole, "1", 0, 9, "x")),
                          n),
              "option table: `whole` occurs twice");
    CHECK_STR(
        check_table(ROW(WN_OPT_INT(sample, whole, "1", 0, 9, "x"),
                        {"other", WN_T_STRING, offsetof(sample, whole), "", 0, 0, NULL, "x", 0, 0}),
                    n),
        "option table: `other` shares its place in the options struct with another option");
    CHECK_STR(check_table(
                  ROW({"text", WN_T_STRING, offsetof(sample, text), "", 0, 0, NULL, "x", 3, 0}), n),
              "option table: `text` has an unknown role (rebuild the plugin with this winnow's "
              "option.h)");
    CHECK_STR(check_table(ROW({"text", WN_T_STRING, offsetof(sample, text), "", 0, 0, NULL, "x",
                               WN_ROLE_INPUTS, 0}),
                          n),
              "option table: `text` has a role that its type cannot have (WN_OPT_INPUTS is a list, "
              "WN_OPT_OUTPUT a string)");
    CHECK_STR(check_table(ROW(WN_OPT_OUTPUT(sample, text, "a", "x"),
                              WN_OPT_OUTPUT(sample, other, "b", "x")),
                          n),
              "option table: `other` has a role that another option has");
    CHECK_STR(check_table(ROW(WN_OPT_OUTPUT(sample, text, "a", "x"),
                              WN_OPT_STRING(sample, other, "b", "x")),
                          n),
              "ok");
    CHECK_STR(check_table(ROW(WN_OPT_INT(sample, whole, "1", 0, 9, "x")), (size_t)1 << 40),
              "option table: options_size is 1099511627776 bytes, that cannot be right");
}

static void default_lists(void)
{
    const wn_option table[] = {WN_OPT_LIST(one, v.list, "a, b c,d", "x"), WN_OPT_END};
    arena *memory = arena_new(0);
    one v = {{0}};
    CHECK_INT(options_default(table, &v, memory, NULL), WN_OK);
    json_t *j = option_json(&table[0], &v);
    char *text = json_dumps(j, JSON_COMPACT);
    CHECK_STR(text, "[\"a\",\"b c\",\"d\"]");
    free(text);
    json_decref(j);
    arena_free(memory);
}

/* One edit more than a third of the letters; of equally near words the first; never a word that
 * shares no letter. */
static void words_nearby(void)
{
    static const char *const words[] = {"keep", "kept", "near", "threshold"};
    CHECK_STR(suggest("kepe", words, 4), "keep");
    CHECK_STR(suggest("kkp", words, 4), "keep");
    CHECK_STR(suggest("thrshhld", words, 4), "threshold");
    CHECK_STR(suggest("treshhhhld", words, 4), "threshold");
    CHECK_STR(suggest("a", words, 4), NULL);
    CHECK_STR(suggest("nxxx", words, 4), NULL);
    CHECK_STR(suggest("thresxxxxx", words, 4), NULL);
}

int main(void)
{
    RUN(words_nearby);
    RUN(numbers);
    RUN(reals);
    RUN(sizes);
    RUN(values_by_type);
    RUN(lying_tables);
    RUN(default_lists);
    return DONE();
}
