/* test_dates.c: the calendar, the rule loader's refusals, and the @test lines of the rule files. */
#include "dates/docdate.h"
#include "tap.h"
#include <stdlib.h>

static date_rules *english;

static char *slurp(const char *name, size_t *ret_len)
{
    char path[4096];
    const char *dir = getenv("srcdir");
    (void)snprintf(path, sizeof path, "%s/%s", dir != NULL ? dir : ".", name);
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        printf("Bail out! cannot read %s\n", path);
        exit(99);
    }
    char *bytes = malloc(1 << 20);
    *ret_len = bytes != NULL ? fread(bytes, 1, 1 << 20, f) : 0;
    (void)fclose(f);
    return bytes;
}

static date_rules *load(const char *bytes, size_t len, rules_error *err)
{
    date_rules *r = date_rules_new();
    if (r != NULL && date_rules_load(r, bytes, len, err) && date_rules_finish(r, err))
        return r;
    date_rules_free(r);
    return NULL;
}

static void test_calendar_against_a_count_of_days(void)
{
    int64_t day = day_of(-400, 1, 1);
    int wd = weekday_of(day), bad = 0;
    for (int32_t y = -400; y <= 2400; y++)
        for (int m = 1; m <= 12; m++)
            for (int d = 1; d <= days_in_month(y, m); d++, day++, wd = wd % 7 + 1) {
                civil c = civil_of(day);
                bad += c.y != y || c.m != m || c.d != d || day_of(y, m, d) != day ||
                       weekday_of(day) != wd;
            }
    CHECK_INT(bad, 0);
    CHECK_INT(day_of(1970, 1, 1), 0);
    CHECK_INT(weekday_of(day_of(2000, 1, 1)), 6);
}

static void week_is(int32_t y, int m, int d, int32_t want_year, int want_week)
{
    int32_t year;
    int week;
    iso_week_of(day_of(y, m, d), &year, &week);
    CHECK_INT(year, want_year);
    CHECK_INT(week, want_week);
    CHECK_INT(day_of_iso_week(year, week), day_of(y, m, d) - weekday_of(day_of(y, m, d)) + 1);
}

static void test_iso_weeks(void)
{
    week_is(2023, 5, 30, 2023, 22);
    week_is(2005, 1, 1, 2004, 53);
    week_is(2008, 12, 29, 2009, 1);
    week_is(2010, 1, 3, 2009, 53);
}

static void test_moving_days(void)
{
    CHECK_INT(easter_sunday(2024), day_of(2024, 3, 31));
    CHECK_INT(easter_sunday(1943), day_of(1943, 4, 25));
    CHECK_INT(nth_weekday(2023, 11, 4, 4), day_of(2023, 11, 23));
    CHECK_INT(nth_weekday(2023, 5, -1, 1), day_of(2023, 5, 29));
    CHECK_INT(add_months(day_of(2023, 1, 31), 1), day_of(2023, 2, 28));
    CHECK_INT(add_months(day_of(2024, 1, 31), -11), day_of(2023, 2, 28));
}

/* ---- @test DATE|- "words with [spans](TYPE VALUE MOD)" */

typedef struct wanted {
    uint32_t start, end;
    char what[120];
} wanted;

static size_t unmark(const char *p, const char *end, char *text, size_t *ret_len, wanted *want,
                     size_t cap)
{
    size_t n = 0, len = 0;
    for (; p < end && len < 1000; p++) {
        if (*p == '[' && n < cap) {
            want[n].start = (uint32_t)len;
        } else if (*p == ']' && n < cap && p + 1 < end && p[1] == '(') {
            const char *close = memchr(p, ')', (size_t)(end - p));
            want[n].end = (uint32_t)len;
            if (close == NULL)
                break;
            (void)snprintf(want[n++].what, sizeof want->what, "%.*s", (int)(close - p - 2), p + 2);
            p = close;
        } else {
            text[len++] = *p;
        }
    }
    text[len] = '\0';
    *ret_len = len;
    return n;
}

static bool document_day(const char *p, resolve_options *o)
{
    int y, m, d;
    o->has_document_day = sscanf(p, "%d-%d-%d", &y, &m, &d) == 3;
    if (o->has_document_day)
        o->document_day = day_of(y, m, d);
    return o->has_document_day || *p == '-';
}

static void describe(const date_value *v, char *ret, size_t cap)
{
    static const char *const types[] = {[CLASS_DATE] = "DATE",
                                        [CLASS_TIME] = "TIME",
                                        [CLASS_DURATION] = "DURATION",
                                        [CLASS_SET] = "SET"};
    int n = snprintf(ret, cap, "%s %s", types[v->type], v->value);
    if (mod_name(v->mod) != NULL)
        n += snprintf(ret + n, cap - (size_t)n, " %s", mod_name(v->mod));
    if (v->status == STATUS_OPEN)
        (void)snprintf(ret + n, cap - (size_t)n, " open");
}

static void run_rule_test(const char *file, const rule_test *t, const char *line)
{
    char text[1024], got[300];
    wanted want[16];
    size_t len, n;
    resolve_options o = {.numeric_order = ORDER_AUTO};
    const char *open = memchr(line, '"', t->len), *end = line + t->len;
    matches m = {.given_up = 0};
    resolver r;
    bool ok = open != NULL && document_day(line, &o);
    if (ok) {
        n = unmark(open + 1, end - 1, text, &len, want, 16);
        ok = date_match(english, text, (uint32_t)len, NULL, 0, &m);
        o.numeric_order = resolve_order(&m, ORDER_AUTO);
        resolver_start(&r, english, &m, &o);
        ok = ok && m.found.n == n;
        for (size_t i = 0; i < m.found.n; i++) {
            date_value v;
            resolve_next(&r, ((const uint32_t *)m.found.item)[i], &v);
            describe(&v, got, sizeof got);
            if (i < n && v.start == want[i].start && v.end == want[i].end &&
                strcmp(got, want[i].what) == 0)
                continue;
            ok = false;
            printf("# got [%.*s](%s) by %s\n", (int)(v.end - v.start), text + v.start, got, v.rule);
        }
    }
    if (!ok)
        printf("# %s:%d: @test %.*s\n", file, t->line, (int)t->len, line);
    CHECK(ok);
    matches_release(&m);
}

static void test_lines_of_the_rule_file(void)
{
    const rule_test *t = english->tests.item;
    for (size_t i = 0; i < english->tests.n; i++)
        run_rule_test("plugins/dates/data/en.dates", &t[i],
                      (const char *)english->pool.item + t[i].at);
    CHECK(english->tests.n > 20);
}

static void refused(const char *text, int line, int column)
{
    rules_error e = {0, 0, ""};
    date_rules *r = load(text, strlen(text), &e);
    CHECK(r == NULL);
    CHECK_INT(e.line, line);
    CHECK_INT(e.column, column);
    date_rules_free(r);
}

static void language_is(const char *rules, const char *want)
{
    char language[16];
    date_rules_language(rules, strlen(rules), language);
    CHECK_STR(language, want);
}

static void test_language_of_a_rule_file(void)
{
    language_is("@language en\n@rule x may -> DATE\n", "en");
    language_is("# a comment that is longer than the key\n\n@language pt-BR and more\n", "pt-BR");
    language_is("@languages en\n", "");
    language_is("# none\n", "");
}

static void test_refusals_say_where(void)
{
    refused("@rule x may -> DATE m=5\n", 1, 1);
    refused("@language en\n@ruel x may -> DATE\n", 2, 2);
    refused("@language en\n@rule x MONTHS -> DATE\n", 2, 9);
    refused("@language en\n@rule x (may -> DATE\n", 2, 14);
    refused("@language en\n@rule x may -> DATE mm=5\n", 2, 21);
    refused("@language en\n@rule x may\n  june -> DATE m=juin\n", 3, 18);
    refused("@language en\nrule\n", 2, 1);
}

static void test_document_date_sources(void)
{
    docdate d;
    matches found = {.given_up = 0}, scratch = {.given_up = 0};
    docdate_input in = {.url = "https://news.example/2023/05/30/story.html",
                        .text = "",
                        .read_text = true,
                        .read_url = true};
    CHECK(docdate_find(english, &in, &found, ORDER_AUTO, &scratch, &d));
    CHECK_INT(d.from, FROM_URL);
    CHECK_STR(d.value, "2023-05-30");
    in.published = "30 May 2023";
    CHECK(docdate_find(english, &in, &found, ORDER_AUTO, &scratch, &d));
    CHECK_INT(d.from, FROM_METADATA);
    CHECK_STR(d.value, "2023-05-30");
    in = (docdate_input){.text = "The plant was shut in June 2019.", .len = 32, .read_text = true};
    CHECK(date_match(english, in.text, in.len, NULL, 0, &found));
    CHECK(docdate_find(english, &in, &found, ORDER_AUTO, &scratch, &d));
    CHECK_INT(d.status, STATUS_OPEN);
    CHECK(d.has_not_before);
    CHECK_INT(d.not_before, day_of(2019, 6, 1));
    matches_release(&found);
    matches_release(&scratch);
}

/* The date that an address tells by itself; empty: none. */
static const char *address_date(const date_rules *rules, const char *url)
{
    static docdate d;
    matches found = {.given_up = 0}, scratch = {.given_up = 0};
    docdate_input in = {.url = url, .text = "", .read_url = true};
    CHECK(docdate_find(rules, &in, &found, ORDER_AUTO, &scratch, &d));
    matches_release(&found);
    matches_release(&scratch);
    return d.value;
}

/* The months of an address are words of the rule file, in whatever language it is. */
static void test_months_of_an_address(void)
{
    static const char danish[] = "@language da\n@class MONTH maj=5 oktober=10\n"
                                 "@class MONTHAB okt=10 nul=0 ny=1 tolv=13\n";
    rules_error e;
    date_rules *other = load(danish, sizeof danish - 1, &e);
    CHECK(other != NULL);
    CHECK_STR(address_date(english, "https://n.example/2023/may/30/a"), "2023-05-30");
    CHECK_STR(address_date(english, "https://n.example/2023/octo/3/a"), "2023-10-03");
    CHECK_STR(address_date(english, "https://n.example/2023-september-30"), "2023-09-30");
    CHECK_STR(address_date(english, "https://n.example/2023/oc/30/a"), "");
    CHECK_STR(address_date(english, "https://n.example/2023/maj/30/a"), "");
    CHECK_STR(address_date(english, "https://n.example/2023may30"), "");
    if (other == NULL)
        return;
    CHECK_STR(address_date(other, "https://n.example/2023/maj/30/a"), "2023-05-30");
    CHECK_STR(address_date(other, "https://n.example/2023/oktober/30/a"), "2023-10-30");
    CHECK_STR(address_date(other, "https://n.example/2023/may/30/a"), "");
    CHECK_STR(address_date(other, "https://n.example/2023/ny/30/a"), ""); /* two letters */
    CHECK_STR(address_date(other, "https://n.example/2023/nul/30/a"), "");
    CHECK_STR(address_date(other, "https://n.example/2023/tolv/30/a"), "");
    date_rules_free(other);
}

/* Words of one length and words that begin like others, more than there were places for at
 * first. */
static void test_words_are_found_whole(void)
{
    enum { WORDS = 3000 };
    date_rules *r = date_rules_new();
    char word[WORD_MAX + 8];
    int wrong = 0;
    for (int i = 0; i < WORDS; i++) {
        int n = snprintf(word, sizeof word, "w%dlong", i * 7);
        wrong += date_word_add(r, word, (size_t)n) != i;
    }
    for (int i = 0; i < WORDS; i++) {
        int n = snprintf(word, sizeof word, "w%dlong", i * 7);
        wrong += date_word_find(r, word, (size_t)n, date_hash(word, (size_t)n)) != i;
        for (size_t k = 1; k < (size_t)n; k++)
            wrong += date_word_find(r, word, k, date_hash(word, k)) != -1;
    }
    CHECK_INT(wrong, 0);
    memset(word, 'a', sizeof word);
    CHECK_INT(date_word_add(r, word, WORD_MAX), WORDS);
    CHECK_INT(date_word_add(r, word, WORD_MAX + 1), -1);
    date_rules_free(r);
}

int main(void)
{
    size_t len;
    rules_error e = {0, 0, ""};
    char *bytes = slurp("plugins/dates/data/en.dates", &len);
    english = load(bytes, len, &e);
    free(bytes);
    if (english == NULL) {
        printf("Bail out! plugins/dates/data/en.dates:%d:%d: %s\n", e.line, e.column, e.text);
        return 99;
    }
    RUN(test_calendar_against_a_count_of_days);
    RUN(test_iso_weeks);
    RUN(test_moving_days);
    RUN(test_words_are_found_whole);
    RUN(test_language_of_a_rule_file);
    RUN(test_refusals_say_where);
    RUN(test_document_date_sources);
    RUN(test_months_of_an_address);
    RUN(test_lines_of_the_rule_file);
    date_rules_free(english);
    return DONE();
}
