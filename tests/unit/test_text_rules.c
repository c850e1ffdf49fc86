/* test_text_rules.c: the reader of rule files (core/text): what it refuses, and what a word is. */
#include "text/text.h"
#include "tap.h"
#include <string.h>

static const char *verdict(const char *text)
{
    static char line[300];
    text_rules_error err;
    text_rules *r = text_rules_new();
    if (text_rules_load(r, text, strlen(text), &err))
        (void)snprintf(line, sizeof line, "ok");
    else
        (void)snprintf(line, sizeof line, "%d:%d: %s", err.line, err.column, err.text);
    text_rules_free(r);
    return line;
}

static void refusals(void)
{
    static const char *const rows[][2] = {
        {"# c\nlanguage en # c\n\n xx\n", "4:2: a file is of one language, and names it once"},
        {"", "1:1: the file names no language: language en"},
        {" a\n", "1:2: a line that starts with a blank goes on with a directive above"},
        {"title Mr\n", "1:1: the first directive is the language: language en"},
        {"language En\n", "1:10: a language is two to 8 small letters, as BCP 47 has it: en"},
        {"language en\ntitel Mr\n",
         "2:1: unknown directive; known: language title abbreviation numbered final letter starter "
         "speech clitic possessive elision"},
        {"language en\ntitle\n", "2:6: expected a word after `title`"},
        {"language en\ntitle Dr\n  Mr.\n", "3:3: write the word without its stop: `Mr`"},
        {"language en\ntitle M;r\n",
         "2:7: a word has letters, with . - ' & between them, and blanks around"},
        {"language en\nstarter aaaaaaaaaaaaaaaaaaaaaaaaaa\n", "2:9: a word has at most 25 bytes"},
        {"language en\nstarter \xC3\n", "2:9: not UTF-8"},
        {"language en\ntitle No\nnumbered No\n",
         "3:10: `No` is a title already: a word is one of title, abbreviation, numbered"},
        {"language en\nletter i\n", "2:8: expected a capital letter from A to Z"},
        {"language en\nclitic nt\n", "2:8: expected a clitic with its apostrophe: 's or n't"},
        {"language en\nclitic 4's\n", "2:8: a clitic has letters and one apostrophe"},
        {"language en\npossessive ss\n", "2:12: expected the last letter of words, one letter"},
        {"language en\ntitle Mr Mr\r\n title Dr", "ok"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CHECK_STR(verdict(rows[i][0]), rows[i][1]);
}

static void words(void)
{
    static const char text[] = "language xx\ntitle Sat\nstarter sat \xC3\xA9t\xC3\xA9 c'est\n";
    text_rules_error err;
    text_rules *r = text_rules_new();
    CHECK(text_rules_load(r, text, sizeof text - 1, &err));
    CHECK_INT(text_rules_word(r, "Sat", 3, TEXT_TITLE), TEXT_TITLE);
    CHECK_INT(text_rules_word(r, "sat", 3, TEXT_TITLE), 0);
    CHECK_INT(text_rules_word(r, "SAT", 3, TEXT_STARTER), TEXT_STARTER);
    CHECK_INT(text_rules_word(r, "\xC3\x89T\xC3\xA9", 5, TEXT_STARTER), TEXT_STARTER);
    CHECK_INT(text_rules_word(r,
                              "C\xE2\x80\x99"
                              "est",
                              7, TEXT_STARTER),
              TEXT_STARTER);
    CHECK_INT(text_rules_word(NULL, "sat", 3, TEXT_STARTER), 0);
    const text_rule_set set = {&r, 1};
    CHECK(text_rules_for(&set, NULL) == r && text_rules_for(&set, "XX-YY") == r);
    text_rules_free(r);
}

static size_t sentences(const text_rules *r, const char *text)
{
    text_analysis a = {.rules = r};
    CHECK(text_analyse(&a, text, strlen(text), NULL, 0));
    const size_t n = a.n_sentences;
    text_analysis_release(&a);
    return n;
}

/* German, as somebody might add it; without rules there are no abbreviations. */
static void another_language(void)
{
    static const char de[] = "language de\ntitle Hr Dr\nabbreviation usw\nstarter der\n";
    static const char text[] = "Hr. Ott kam. Steine usw. Holz fehlte. Brot usw. Der Tag war lang.";
    text_rules_error err;
    text_rules *r = text_rules_new();
    CHECK(text_rules_load(r, de, sizeof de - 1, &err));
    CHECK_INT(sentences(r, text), 4);
    CHECK_INT(sentences(NULL, text), 6);
    text_rules_free(r);
}

int main(void)
{
    RUN(refusals);
    RUN(words);
    RUN(another_language);
    return DONE();
}
