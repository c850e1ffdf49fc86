/* test_clean.c: the cases of tests/stage/clean, and what holds for every text. A case file: the
 * input; a line "=== text" and the text expected; a line "=== says" and "key: value" lines ("no
 * KEY" for what must not be found, "heading: TEXT" for a heading). */
#include "clean_driver.h"
#include "clean/chars.h"
#include "clean/htmlmeta.h"
#include "clean/isodate.h"
#include "clean/language.h"
#include "clean/rules.h"
#include "clean/htmltree.h"
#include "tap.h"
#include <dirent.h>
#include <stdlib.h>

static driver machine;
static const char *srcdir;

typedef struct test_case {
    char bytes[65536], *input, *text, *says;
    bool page;
} test_case;

static char *cut_at(char *s, const char *mark)
{
    char *at = strstr(s, mark);
    if (at == NULL) {
        printf("Bail out! no %s in a case\n", mark);
        exit(99);
    }
    *at = '\0';
    return at + strlen(mark);
}

static bool read_case(test_case *c, const char *name)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/tests/stage/clean/%s", srcdir, name);
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return false;
    c->bytes[fread(c->bytes, 1, sizeof c->bytes - 1, f)] = '\0';
    (void)fclose(f);
    c->page = strstr(name, "page") != NULL;
    c->input = c->bytes;
    c->text = cut_at(c->bytes, "\n=== text\n");
    c->says = cut_at(c->text, "=== says\n");
    size_t n = strlen(c->text);
    while (n > 0 && c->text[n - 1] == '\n')
        c->text[--n] = '\0';
    return true;
}

static bool has_heading(const driven *v, const char *text)
{
    for (size_t i = 0; i < v->n_blocks; i++) {
        const clean_block *b = &v->block[i];
        if (b->kind == BLOCK_HEADING && b->end - b->start == strlen(text) && b->end <= v->len &&
            memcmp(v->text + b->start, text, b->end - b->start) == 0)
            return true;
    }
    return false;
}

static void check_says(const driven *v, char *says)
{
    for (char *line = strtok(says, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        char *value = strstr(line, ": ");
        if (strncmp(line, "no ", 3) == 0) {
            CHECK_STR(driven_meta(v, line + 3), NULL);
            continue;
        }
        if (value == NULL)
            continue;
        *value = '\0';
        value += 2;
        if (strcmp(line, "heading") == 0) {
            CHECK(has_heading(v, value));
            if (!has_heading(v, value))
                printf("# heading \"%s\"\n", value);
        } else
            CHECK_STR(driven_meta(v, line), value);
    }
}

static char case_name[256];

/* The expected text and finds; kept bytes are their source's; a second cleaning changes nothing,
 * with and without what the first has found. */
static void run_case(void)
{
    static test_case c;
    CHECK(read_case(&c, case_name));
    driven *v =
        driver_run(&machine, c.input, strlen(c.input), c.page ? "text/html" : "text/plain", NULL);
    CHECK_STR(v->text, c.text);
    CHECK_STR(v->broken, NULL);
    check_says(v, c.says);
    driven *again = driver_run(&machine, v->text, v->len, c.page ? "text/html" : "text/plain", v);
    CHECK_STR(again->text, v->text);
    driven_free(again);
    driven_free(v);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void run_cases(void)
{
    char path[4096], *names[256];
    int n = 0;
    (void)snprintf(path, sizeof path, "%s/tests/stage/clean", srcdir);
    DIR *d = opendir(path);
    for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;)
        if (strstr(e->d_name, ".case") != NULL && n < 256)
            names[n++] = strdup(e->d_name);
    if (d != NULL)
        (void)closedir(d);
    qsort(names, (size_t)n, sizeof *names, by_name);
    for (int i = 0; i < n; i++) {
        (void)snprintf(case_name, sizeof case_name, "%s", names[i]);
        tap_now = 0;
        run_case();
        tap_bad += tap_now;
        printf("%sok %d - %s\n", tap_now ? "not " : "", ++tap_n, case_name);
        free(names[i]);
    }
    tap_now = 0;
    tap_bad += n < 8;
    printf("%sok %d - there are cases\n", n < 8 ? "not " : "", ++tap_n);
}

static void date_is(const char *text, const char *want)
{
    char iso[ISODATE_MAX];
    size_t n = isodate_read(text, strlen(text), iso);
    CHECK_STR(n > 0 ? iso : NULL, want);
}

static void test_dates_of_headers(void)
{
    date_is("2023-05-30", "2023-05-30");
    date_is("2023-05-30T10:15:00Z", "2023-05-30T10:15:00Z");
    date_is("2023-05-30 10:15:00.123+0200", "2023-05-30T10:15:00+02:00");
    date_is("20230530", "2023-05-30");
    date_is("2023/5/3", "2023-05-03");
    date_is("May 30, 2023", "2023-05-30");
    date_is("Tue, 30 May 2023 10:00:00 GMT", "2023-05-30");
    date_is("May 30th, 2023", "2023-05-30");
    date_is("3rd June 2021", "2021-06-03");
    date_is("1st of", NULL);
    date_is("29 February 2023", NULL);
    date_is("29 Feb. 2024", "2024-02-29");
    date_is("Sept. 3, 2021", "2021-09-03");
    date_is("05/06/2021", NULL);
    date_is("May 2023", NULL);
    date_is("2023-05-301", NULL);
    date_is("202305301", NULL);
}

static void chars_are(const char *text, const char *want)
{
    clean_result r = {0};
    chars_counts counts = {0, 0, 0, 0};
    size_t n;
    CHECK(chars_clean(text, strlen(text), true, true, &r, &counts));
    char *out = result_apply(&r, text, strlen(text), &n);
    CHECK_STR(out, want);
    free(out);
    result_release(&r);
}

static void test_characters(void)
{
    chars_are("plain, na\xC3\xAFve text", "plain, na\xC3\xAFve text");
    chars_are("a\xC2\xA0"
              "b",
              "a b");
    chars_are("a \xC2\xA0 b\xC2\xA0\xC2\xA0"
              "c",
              "a  b c");
    chars_are("soft\xC2\xADhyphen\xE2\x80\x8B!", "softhyphen!");
    chars_are("one\r\ntwo\rthree", "one\ntwo\nthree");
    chars_are("bell\x07 and \xC2\x93quoted\xC2\x94", "bell and \xE2\x80\x9Cquoted\xE2\x80\x9D");
    chars_are("cafe\xCC\x81", "caf\xC3\xA9");
    chars_are("A\xCC\x8A\xE2\x84\xAB", "\xC3\x85\xC3\x85");
}

static void test_mojibake_is_repaired_where_it_proves_itself(void)
{
    chars_are("It\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2s", "It\xE2\x80\x99s");
    chars_are("caf\xC3\x83\xC2\xA9", "caf\xC3\xA9");
    chars_are("\xC3\x82\xC2\xA3"
              "5",
              "\xC2\xA3"
              "5");
    /* a word and an ellipsis */
    chars_are("CAF\xC3\x89\xE2\x80\xA6", "CAF\xC3\x89\xE2\x80\xA6");
    /* a word and a quotation mark */
    chars_are("IRM\xC3\x83\xE2\x80\x9D, disse", "IRM\xC3\x83\xE2\x80\x9D, disse");
    /* an ellipsis behind a word */
    chars_are("CAF\xC3\x83\xE2\x80\xA6", "CAF\xC3\x83\xE2\x80\xA6");
    chars_are("IRM\xC3\x83\xE2\x80\x9E, disse", "IRM\xC3\x83\xE2\x80\x9E, disse");
    /* no quotation mark stands within a word */
    chars_are("C\xC3\x83\xE2\x80\x9C"
              "ar",
              "C\xC3\x93"
              "ar");
    chars_are("\xC3\x84\xE2\x80\xA6", "\xC3\x84\xE2\x80\xA6");
    chars_are("50 \xE2\x82\xAC and \xC3\x84pfel", "50 \xE2\x82\xAC and \xC3\x84pfel");
}

static void test_language(void)
{
    language_finder *f = language_new(NULL, TEXTCAT_DATADIR);
    static const char english[] = "The council met on Monday evening to decide whether the old "
                                  "bridge over the river should be closed for repairs, and who "
                                  "would have to pay for them.";
    static const char german[] =
        "Der Rat trat am Montagabend zusammen, um zu entscheiden, ob die alte Br\xC3\xBC"
        "cke "
        "\xC3\xBC"
        "ber den Fluss gesperrt werden soll und wer f\xC3\xBCr die Reparatur aufkommen muss.";
    CHECK(f != NULL);
    CHECK_STR(language_find(f, english, strlen(english)), "en");
    CHECK_STR(language_find(f, german, strlen(german)), "de");
    CHECK_STR(language_find(f, "Yes, no, maybe.", 15), "und");
    CHECK_STR(language_find(f, "", 0), "und");
    CHECK(language_is("en-GB", "en"));
    CHECK(language_is("en", "en-GB"));
    CHECK(!language_is("en-US", "en-GB"));
    CHECK(!language_is("de", "en"));
    CHECK(!language_is(NULL, "en"));
    language_free(f);
}

/* Rules are tried on lines whose words may be theirs: whatever an apostrophe looks like, and the
 * case. */
static void test_words_of_rules(void)
{
    CHECK(word_bit("D\xE2\x80\x99"
                   "Arc",
                   7) == word_bit("d'arc", 5));
    CHECK(word_bit("may", 3) != word_bit("my", 2) && word_bit("a", 1) != word_bit("an", 2));
}

static void test_function_words(void)
{
    static const char data[] = "# two\n[en] the of and to in\n\n[nl] de het en in van\n";
    static const char english[] = "The end of the road and the way to the sea in sight of the old "
                                  "men and of a boat to be had in it. ";
    static const char mixed[] =
        "The end of the road and the way, de weg en het eind van de weg in het dorp. ";
    function_words f = {0};
    char text[400] = "";
    int line = 0;
    CHECK(function_words_load(&f, data, strlen(data), &line));
    /* 25 words are too few */
    CHECK(function_words_language(&f, english, strlen(english)) == NULL);
    (void)snprintf(text, sizeof text, "%s%s", english, english);
    CHECK_STR(function_words_language(&f, text, strlen(text)), "en");
    (void)snprintf(text, sizeof text, "%s%s%s", mixed, mixed, mixed);
    CHECK(function_words_language(&f, text, strlen(text)) == NULL);
    memset(text, 'x', sizeof text);
    CHECK(function_words_language(&f, text, sizeof text) == NULL);
    memset(text, '\xE2', sizeof text);
    CHECK(function_words_language(&f, text, sizeof text) == NULL);
    CHECK(!function_words_load(&f, "[en] the\nthe of\n", 16, &line));
    CHECK_INT(line, 2);
    CHECK(!function_words_load(&f, "[de] zusammengefasst\n", 21, &line));
    CHECK(!function_words_load(&f, "[toolongatag] a\n", 16, &line));
}

static void rules_refused(const char *data, int want_line)
{
    boiler_rules r = {0};
    int line = 0;
    CHECK(!rules_load(&r, data, strlen(data), &line));
    CHECK_INT(line, want_line);
    rules_release(&r);
}

static size_t words_in_name(const boiler_rules *r, const char *line, bool person)
{
    line_words w;
    line_split(&w, line, 0, strlen(line));
    return name_end(r, line, &w, 0, person);
}

static const char *author_of(const boiler_rules *r, const char *said)
{
    static char name[100];
    clean_result found = {.words = r};
    find_author(&found, said, strlen(said), 0, 0, RANK_PAGE);
    const clean_find *f = result_best(&found, "author");
    (void)snprintf(name, sizeof name, "%s", f != NULL ? f->value : "");
    result_release(&found);
    return name;
}

/* The words of a language are those of the data: German here, and no English left. */
static void test_words_are_data(void)
{
    static const char data[] = "name_particle zu von\njoiner und\noutlet_particle f\xC3\xBCr\n"
                               "byline_lead von, Text von\nbyline_end _am_, Stand\n"
                               "nobody Redaktion, die Redaktion\n";
    boiler_rules german = {0}, none = {0};
    int line;
    CHECK(rules_load(&german, data, strlen(data), &line));
    CHECK_INT(words_in_name(&german, "Anna von Orr und Bo Quayle sagt", true), 6);
    CHECK_INT(words_in_name(&german, "Anna Orr and Bo Quayle", true), 2);
    CHECK_INT(words_in_name(&none, "Anna Orr und Bo Quayle", true), 2);
    CHECK_INT(words_in_name(&german, "Blatt f\xC3\xBCr Alle heute", false), 3);
    CHECK_INT(words_in_name(&german, "Blatt for Alle", false), 1);
    CHECK_STR(author_of(&german, "Text von: Anna Orr am Montag"), "Anna Orr");
    CHECK_STR(author_of(&german, "by Anna Orr Stand heute"), "by Anna Orr");
    CHECK_STR(author_of(&german, "die redaktion"), "");
    CHECK_STR(author_of(&none, "die redaktion"), "die redaktion");
    rules_release(&german);
}

static void test_bad_data_is_refused(void)
{
    rules_refused("line 1.0 any a b\nline 1 any a\n", 2);
    rules_refused("line 1.0 where a\n", 1);
    rules_refused("line 1.0 any @nothing\n", 1);
    rules_refused("line 1.0 any\n", 1);
    rules_refused("# fine\nnothing a b\n", 2);
    rules_refused("agency no alias\n", 1);
    rules_refused("label published\nkicker live\nlabel posted\n", 3);
    /* the 41st word of a rule is one too many; it is the one for which the list of 64 words would
     * grow */
    rules_refused("line 1.0 any a a a a a a a a a a a a a a a a a a a a a a a a\n"
                  "line 1.0 any a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a "
                  "a a a a a a a a\n",
                  2);
    content_model m = {0};
    int line = 0;
    static const char loop[] = "tree\nchars 5 0 1\nleaf 3\n",
                      open_end[] = "tree\nchars 5 1 2\nleaf 3\n", name[] = "tree\nnone 5 1 2\n";
    CHECK(!model_load(&m, loop, strlen(loop), &line));
    model_release(&m);
    CHECK(!model_load(&m, open_end, strlen(open_end), &line));
    model_release(&m);
    CHECK(!model_load(&m, name, strlen(name), &line));
    CHECK_INT(line, 2);
    model_release(&m);
}

static void test_sniffing(void)
{
    CHECK(html_sniff("<!DOCTYPE html><p>x", 19, false));
    CHECK(html_sniff("  <html lang=en>", 16, false));
    CHECK(html_sniff("some <b>x</b> <p>text", 21, true));
    CHECK(!html_sniff("some <p> text", 13, false));
    CHECK(!html_sniff("a < b and c > d", 15, true));
    CHECK(!html_sniff("", 0, true));
}

/* Sizes at which a quadratic step would take minutes; the time limit of the tests would end it. */
static void hostile(const char *unit, size_t times, const char *type)
{
    size_t n = strlen(unit);
    char *text = malloc(n * times + 1);
    CHECK(text != NULL);
    for (size_t i = 0; text != NULL && i < times; i++)
        memcpy(text + i * n, unit, n);
    if (text != NULL) {
        driven *v = driver_run(&machine, text, n * times, type, NULL);
        CHECK_STR(v->broken, NULL);
        driven_free(v);
    }
    free(text);
}

static void test_hostile_input_takes_linear_time(void)
{
    hostile("<div>", 200000, "text/html");
    hostile("<b>x", 100000, "text/html");
    hostile("</p>", 200000, "text/html");
    hostile("<p>x</b>", 100000, "text/html");
    hostile("<!--", 200000, "text/html");
    hostile("<a b=c ", 100000, "text/html");
    hostile("&lt;", 200000, "text/html");
    hostile("<br> ", 200000, "text/html");
    hostile("By John Smith and Mary Jones ", 20000, "text/plain");
    hostile("Subscribe to Our\n", 50000, "text/plain");
    hostile("# A\n\n", 100000, "text/plain");
    hostile("e\xCC\x81\xCC\x81", 100000, "text/plain");
    hostile("\xC3\x83\xC2\xA9", 100000, "text/plain");
    hostile("(", 300000, "text/plain");
}

/* A page nested `depth` deep, with sentences before, in, and behind the depth: all stay, in their
 * order (the driver checks that each byte kept is the byte it came from). */
static void check_deep_page(size_t depth)
{
    static const char *const said[] = {
        "Before the depth the harbour board of Lindport said that the ferry would sail again on "
        "Monday.",
        "Half way down the harbour master told the council that the channel had been dredged "
        "twice.",
        "In the depth the captain said that the wind had turned, and that the crew was safe.",
        "Coming up again the mayor thanked everybody, and said that the pier would open in July.",
        "Behind the depth the board said that it would publish what the repair has cost the town."};
    char *page = malloc(depth * 12 + 4096);
    size_t n = (size_t)sprintf(page, "<html><body><p>%s</p>", said[0]);
    for (size_t i = 0; i < depth; i++)
        n += (size_t)sprintf(page + n, i == depth / 2 ? "<div><p>%s</p>" : "<div>%.0s", said[1]);
    n += (size_t)sprintf(page + n, "<p>%s</p>", said[2]);
    for (size_t i = 0; i < depth; i++)
        n += (size_t)sprintf(page + n, i == depth / 2 ? "<p>%s</p></div>" : "</div>%.0s", said[3]);
    n += (size_t)sprintf(page + n, "<p>%s</p></body></html>", said[4]);
    driven *v = driver_run(&machine, page, n, "text/html", NULL);
    CHECK(v->broken == NULL);
    const char *at = v->text;
    for (size_t i = 0; i < 5 && at != NULL; i++) {
        at = strstr(at, said[i]);
        if (at == NULL)
            printf("# depth %zu: lost or out of order: %s\n", depth, said[i]);
    }
    CHECK(at != NULL);
    driven_free(v);
    free(page);
}

static void text_at_any_depth_stays(void)
{
    static const size_t depths[] = {10, 100, 127, 128, 129, 255, 256, 257, 511, 513, 1000, 20000};
    for (size_t i = 0; i < sizeof depths / sizeof *depths; i++)
        check_deep_page(depths[i]);
}

/* What edits put in place of references is read when the page's tree is gone already. */
static void references_outlive_the_tree(void)
{
    enum { MANY = 100000 };
    static const char head[] = "<html><body><article><p>", one[] = "Caf&#233; ",
                      tail[] = "</p></article></body></html>";
    char *page = malloc(sizeof head + MANY * (sizeof one - 1) + sizeof tail),
         *at = stpcpy(page, head);
    for (size_t i = 0; i < MANY; i++)
        at = stpcpy(at, one);
    (void)stpcpy(at, tail);
    driven *v = driver_run(&machine, page, strlen(page), "text/html", NULL);
    size_t n = 0;
    for (const char *p = v->text; (p = strstr(p, "Caf\xC3\xA9")) != NULL; p++)
        n++;
    CHECK_INT(n, MANY);
    CHECK(v->broken == NULL);
    driven_free(v);
    free(page);
}

/* However many credits a text ends with, all go at once: a second cleaning finds none. */
/* A script too long to be parsed still says when and what, in its plain strings; and it is told. */
static void long_scripts_are_read_in_part(void)
{
    static const char head[] = "<!DOCTYPE html><html><head><script "
                               ""
                               "type=\"application/"
                               "ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-05-"
                               "03\",\"author\":{\"name\":\"Ann "
                               "Orr\"},\"articleBody\":\"",
                      tail[] = "\"}</script></head><body><p>The ferry is late again, said the "
                               "board of the harbour on Monday.</p></body></html>";
    static const struct {
        size_t body;
        const char *author;
        int cut;
    } cases[] = {{1000, "Ann Orr", 0}, {600000, NULL, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *page = malloc(cases[i].body + sizeof head + sizeof tail);
        memcpy(page, head, sizeof head - 1);
        memset(page + sizeof head - 1, 'a', cases[i].body);
        memcpy(page + sizeof head - 1 + cases[i].body, tail, sizeof tail);
        driven *v = driver_run(&machine, page, strlen(page), "text/html", NULL);
        const char *author = driven_meta(v, "author");
        CHECK_STR(driven_meta(v, "published"), "2024-05-03");
        CHECK((author != NULL) == (cases[i].author != NULL));
        CHECK_INT(cleaner_count(machine.cleaner, COUNT_SCRIPTS), cases[i].cut);
        driven_free(v);
        free(page);
    }
}

static void every_credit_goes(void)
{
    enum { MANY = 1000 };
    static const char head[] = "It rained all day in the old town, they said.\n\n",
                      credit[] = "(AP)\n";
    char *text = calloc(1, sizeof head + MANY * sizeof credit), *at = text;
    if (text == NULL)
        exit(99);
    at = stpcpy(at, head);
    for (int i = 0; i < MANY; i++)
        at = stpcpy(at, credit);
    driven *v = driver_run(&machine, text, strlen(text), "text/plain", NULL);
    CHECK_STR(v->text, "It rained all day in the old town, they said.");
    CHECK(driven_meta(v, "agency") != NULL);
    driven_free(v);
    free(text);
}

int main(void)
{
    srcdir = getenv("srcdir") != NULL ? getenv("srcdir") : ".";
    driver_init(&machine, srcdir);
    run_cases();
    RUN(text_at_any_depth_stays);
    RUN(references_outlive_the_tree);
    RUN(long_scripts_are_read_in_part);
    RUN(every_credit_goes);
    RUN(test_dates_of_headers);
    RUN(test_characters);
    RUN(test_mojibake_is_repaired_where_it_proves_itself);
    RUN(test_language);
    RUN(test_words_of_rules);
    RUN(test_function_words);
    RUN(test_words_are_data);
    RUN(test_bad_data_is_refused);
    RUN(test_sniffing);
    RUN(test_hostile_input_takes_linear_time);
    driver_release(&machine);
    return DONE();
}
