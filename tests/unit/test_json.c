/* test_json.c: JSON written and read, beside Jansson. */
#include "tap.h"
#include "util/json.h"
#include "util/utf8.h"
#include <locale.h>
#include <stdlib.h>

static bool accepts(const char *s, size_t n)
{
    json_scan scan = json_scan_start((wn_str){s, n});
    wn_str value;
    return json_scan_value(&scan, &value) && json_scan_end(&scan);
}

static void rfc8259_is_kept_to(void)
{
    static const char *const good[] = {"0",
                                       "-0",
                                       "1.5",
                                       "1e9",
                                       "-1.5E-3",
                                       "\"\"",
                                       "\"\\u00e9\\n\\/\"",
                                       "[]",
                                       "{}",
                                       " [ 1 , 2 ] ",
                                       "{\"a\":{\"b\":[null,true,false]}}",
                                       "\"\\ud800\"",
                                       "1E400",
                                       "\"\x7f\""};
    static const char *const bad[] = {
        "",      " ",   "01",        "-",       "1.",      ".5",         "1e",          "+1",
        "0x1",   "NaN", "tru",       "nul",     "\"",      "\"\\x\"",    "\"\\u12g4\"", "\"\t\"",
        "[1,]",  "[,]", "[1 2]",     "{\"a\"}", "{a:1}",   "{\"a\":1,}", "{\"a\" 1}",   "1 2",
        "[",     "{",   "'a'",       "\"\\",    "\"\\u12", "1.e5",       "--1",         "truex",
        "1.5.5", "[1}", "{\"a\":1]", "// c\n1"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!accepts(good[i], strlen(good[i])))
            CHECK_STR(good[i], "accepted");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (accepts(bad[i], strlen(bad[i])))
            CHECK_STR(bad[i], "refused");
    CHECK(!accepts("\"a\0b\"", 5));
    CHECK(!accepts("1\0", 2));
    /* what follows is not its own */
    CHECK(accepts("1e5", 1) && accepts("1.5", 1) && accepts("1.5e3", 3) && accepts("-12", 2));
}

static void failures_have_a_place(void)
{
    const char *s = "{\"a\": [1, 2,, 3]}";
    json_scan scan = json_scan_start((wn_str){s, strlen(s)});
    wn_str value;
    CHECK(!json_scan_value(&scan, &value));
    CHECK_INT(scan.status, SCAN_SYNTAX);
    CHECK_INT(scan.at - s, 12);
}

static void a_loaded_text_says_where_it_is_no_json(void)
{
    static const struct {
        const char *text;
        unsigned line, column;
        const char *message;
    } rows[] = {{"{\n\"a\": [1,\n  2,,3]}", 3, 5, "expected a value"},
                {"{} x", 1, 4, "unexpected text after the value"},
                {"[1,\n\"\xff\"]", 2, 2, "not UTF-8"},
                {"", 1, 1, "expected a value"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_scan why = {0};
        unsigned line = 0, column = 0;
        wn_str text = {rows[i].text, strlen(rows[i].text)};
        CHECK(json_load(text, &why) == NULL);
        CHECK_INT(why.status, SCAN_SYNTAX);
        CHECK_STR(why.message, rows[i].message);
        json_place(text, why.at, &line, &column);
        CHECK_INT(line, rows[i].line);
        CHECK_INT(column, rows[i].column);
    }
}

static void what_a_record_and_a_stage_nested_is_read_together(void)
{
    static char deep[4 * JSON_DEPTH + 3];
    memset(deep, '[', 2 * JSON_DEPTH + 1);
    memset(deep + 2 * JSON_DEPTH + 1, ']', 2 * JSON_DEPTH + 1);
    json_t *tree = json_load((wn_str){deep, 4 * JSON_DEPTH + 2}, NULL);
    CHECK(tree != NULL);
    json_decref(tree);
}

static void depth_is_bounded(void)
{
    static char deep[2 * JSON_DEPTH + 2];
    memset(deep, '[', JSON_DEPTH);
    memset(deep + JSON_DEPTH, ']', JSON_DEPTH);
    CHECK(accepts(deep, 2 * JSON_DEPTH));
    memset(deep, '[', JSON_DEPTH + 1);
    memset(deep + JSON_DEPTH + 1, ']', JSON_DEPTH + 1);
    CHECK(!accepts(deep, sizeof deep));
    json_t *cycle = json_array(), *inner = json_array();
    strbuf out = STRBUF_INIT;
    (void)json_array_append_new(cycle, inner);
    for (int i = 0; i < JSON_DEPTH; i++) {
        json_t *next = json_array();
        (void)json_array_append_new(inner, next);
        inner = next;
    }
    CHECK(!json_put(&out, cycle));
    json_decref(cycle);
    strbuf_release(&out);
}

static void check_real(double x, const char *want)
{
    strbuf out = STRBUF_INIT;
    json_put_real(&out, x);
    if (want != NULL)
        CHECK_STR(out.p, want);
    json_t *back = json_loadb(out.p, out.len, JSON_DECODE_ANY, NULL);
    CHECK(json_is_real(back) && json_real_value(back) == x);
    json_decref(back);
    strbuf_release(&out);
}

static void reals_are_short_and_exact(void)
{
    check_real(0.5609, "0.5609");
    check_real(1.10, "1.1");
    check_real(0.1 + 0.2, "0.30000000000000004");
    check_real(3, "3.0");
    check_real(1e22, "1e+22");
    check_real(-0.0, "-0.0");
    check_real(5e-324, NULL);
    check_real(1.7976931348623157e308, NULL);
    uint64_t x = 88172645463325252u;
    for (int i = 0; i < 20000; i++) {
        x ^= x << 13, x ^= x >> 7, x ^= x << 17;
        check_real((double)(int64_t)x / 1e6, NULL);
    }
}

static void reals_do_not_know_the_locale(void)
{
    if (setlocale(LC_ALL, "de_DE.UTF-8") == NULL && setlocale(LC_ALL, "fr_FR.UTF-8") == NULL)
        printf("# no locale with a decimal comma here\n");
    check_real(0.5, "0.5");
    check_real(1234.125, "1234.125");
    (void)setlocale(LC_ALL, "C");
}

static void check_tree(const char *s)
{
    strbuf scratch = STRBUF_INIT;
    scan_status status = SCAN_OK;
    json_t *ours = json_tree((wn_str){s, strlen(s)}, &scratch, &status);
    json_t *theirs = json_loads(s, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    if ((ours == NULL) != (theirs == NULL) || (ours != NULL && !json_equal(ours, theirs)))
        CHECK_STR(s, "the same tree");
    json_decref(ours);
    json_decref(theirs);
    strbuf_release(&scratch);
}

static void trees_are_those_of_jansson(void)
{
    static const char *const some[] = {
        "{}",
        "[]",
        "-0",
        "-0.0",
        "1",
        "999999999999999",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "1e400",
        "0e-999",
        "0.1",
        "123456789012345.678",
        "1.000000000000000055511151231257827",
        "2.5e-7",
        "1E3",
        "{\"a\":1,\"a\":2}",
        "{\"\\u0061\\n\":\"x\\u0000y\"}",
        "[ [ ] , { } , \"\\ud83d\\ude00\" , null ]",
        "{\"k\\\"1\":{\"k\\\"2\":{\"k\\\"3\":\"v\\t\"},\"z\":[\"\\\\\"]},\"b\":true,\"c\":false}",
        "0.30000000000000004",
        "100.25",
        "-12.5",
        "{\"a\":[1,[2,[3,{\"b\":[]}]]]}"};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++)
        check_tree(some[i]);
}

static void what_is_written_reads_back(void)
{
    json_t *value = json_pack("{s:[i,f,b,n],s:{},s:[],s:s%,s:I}", "a", -3, 0.25, 1, "b", "c", "d",
                              "\0\x01\n\"\\\x7f\xC3\xA9", (size_t)8, "e", (json_int_t)INT64_MIN);
    strbuf out = STRBUF_INIT;
    CHECK(json_put(&out, value));
    CHECK_STR(out.p, "{\"a\":[-3,0.25,true,null],\"b\":{},\"c\":[],\"d\":"
                     "\"\\u0000\\u0001\\n\\\"\\\\\x7f\xC3\xA9\",\"e\":-9223372036854775808}");
    json_t *back = json_loadb(out.p, out.len, JSON_ALLOW_NUL, NULL);
    CHECK(json_equal(value, back));
    json_decref(value);
    json_decref(back);
    strbuf_release(&out);
}

static void strings_of_every_length_are_escaped(void)
{
    char text[80];
    for (size_t n = 0; n < 70; n++)
        for (size_t at = 0; at < n; at += 3) {
            memset(text, 'x', sizeof text);
            text[at] = "\"\\\n\x1f"[n % 4];
            strbuf out = STRBUF_INIT;
            json_put_string(&out, text, n);
            CHECK(accepts(out.p, out.len));
            strbuf back = STRBUF_INIT;
            (void)json_unescape((wn_str){out.p + 1, out.len - 2}, &back);
            CHECK(back.len == n && memcmp(back.p, text, n) == 0);
            strbuf_release(&out);
            strbuf_release(&back);
        }
}

static void surrogates_are_paired_or_replaced(void)
{
    static const struct {
        const char *in, *out;
        size_t lone;
    } cases[] = {{"\\ud83d\\ude00", "\xF0\x9F\x98\x80", 0},
                 {"\\ud83d", "\xEF\xBF\xBD", 1},
                 {"\\ude00\\ud83d", "\xEF\xBF\xBD\xEF\xBF\xBD", 2},
                 {"\\ud83d\\ud83d\\ude00", "\xEF\xBF\xBD\xF0\x9F\x98\x80", 1},
                 {"\\ud83dx", "\xEF\xBF\xBDx", 1},
                 {"\\ud83d\\n", "\xEF\xBF\xBD\n", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        strbuf out = STRBUF_INIT;
        CHECK_INT(json_unescape((wn_str){cases[i].in, strlen(cases[i].in)}, &out), cases[i].lone);
        CHECK_STR(out.p, cases[i].out);
        strbuf_release(&out);
    }
}

int main(void)
{
    RUN(rfc8259_is_kept_to);
    RUN(failures_have_a_place);
    RUN(a_loaded_text_says_where_it_is_no_json);
    RUN(what_a_record_and_a_stage_nested_is_read_together);
    RUN(depth_is_bounded);
    RUN(reals_are_short_and_exact);
    RUN(reals_do_not_know_the_locale);
    RUN(trees_are_those_of_jansson);
    RUN(what_is_written_reads_back);
    RUN(strings_of_every_length_are_escaped);
    RUN(surrogates_are_paired_or_replaced);
    return DONE();
}
