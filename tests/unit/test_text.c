/* Tokens, paragraphs, sentences and quotations, parts of speech (core/text). */
#include "text/tagger.h"
#include "unit/heap.h"
#include "tap.h"
#include "text_rules.h"
#include <stdlib.h>

static text_analysis a;

static void analyse(const char *text)
{
    CHECK(text_analyse(&a, text, strlen(text), NULL, 0));
}

/* The tokens of a text, joined by blanks. */
static const char *tokens(const char *text)
{
    static char out[1024];
    size_t n = 0;
    analyse(text);
    for (size_t i = 0; i < a.n_tokens; i++)
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%.*s", i > 0 ? " " : "",
                              (int)(a.token[i].end - a.token[i].start), text + a.token[i].start);
    return out;
}

/* The sentences of a text, joined by " | ". */
static const char *sentences(const char *text)
{
    static char out[1024];
    size_t n = 0;
    analyse(text);
    for (size_t i = 0; i < a.n_sentences; i++)
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%.*s", i > 0 ? " | " : "",
                              (int)(a.sentence[i].end - a.sentence[i].start),
                              text + a.sentence[i].start);
    return out;
}

/* The quotations of a text, as depth and inner text. */
static const char *quotations(const char *text)
{
    static char out[1024];
    size_t n = 0;
    analyse(text);
    out[0] = 0;
    for (size_t i = 0; i < a.n_quotations; i++) {
        const wn_quotation *q = &a.quotation[i];
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%d:%.*s%s", i > 0 ? " | " : "", q->parent,
                              (int)(q->inner.end - q->inner.start), text + q->inner.start,
                              q->open_ended ? "..." : "");
    }
    return out;
}

static void words_and_clitics(void)
{
    CHECK_STR(tokens("They don't like Peru's well-kept U.S. files."),
              "They do n't like Peru 's well-kept U.S. files .");
    CHECK_STR(tokens("Mr. Ode can’t say we’ll go at 5 p.m. or 9:30."),
              "Mr. Ode ca n’t say we ’ll go at 5 p.m. or 9:30 .");
    CHECK_STR(tokens("J. K. Lunt of AT&T paid $1,250.50 (about 3%)"),
              "J. K. Lunt of AT&T paid $ 1,250.50 ( about 3 % )");
    CHECK_STR(tokens("the miners’ union — wait... no"), "the miners ’ union — wait ... no");
    CHECK_STR(tokens("a 45-year-old in the 1990s, 21st; 2019-2021"),
              "a 45-year-old in the 1990s , 21st ; 2019 - 2021");
}

static void kinds_and_flags(void)
{
    analyse("NATO paid €5m.\nIt did");
    CHECK_INT(a.token[0].flags & WN_TOKEN_ALLCAPS, WN_TOKEN_ALLCAPS);
    CHECK_INT(a.token[1].flags, WN_TOKEN_SPACE_BEFORE);
    CHECK_INT(a.token[2].kind, WN_TOKEN_SYMBOL);
    CHECK_INT(a.token[3].kind, WN_TOKEN_NUMBER);
    CHECK_INT(a.token[3].flags, 0);
    CHECK_INT(a.token[4].kind, WN_TOKEN_PUNCT);
    CHECK_INT(a.token[5].flags, WN_TOKEN_CAPITAL | WN_TOKEN_SPACE_BEFORE | WN_TOKEN_LINE_START |
                                    WN_TOKEN_SENTENCE_START);
    CHECK_INT(a.token[6].sentence, 1);
}

static void abbreviations_do_not_end(void)
{
    CHECK_STR(sentences("Gen. Ruo met Dr. Ash in the U.S. Senate. She left."),
              "Gen. Ruo met Dr. Ash in the U.S. Senate. | She left.");
    CHECK_STR(sentences("They live in the U.S. The town is small."),
              "They live in the U.S. | The town is small.");
    CHECK_STR(sentences("It grew 2.5 percent. No. 4 fell. No. We do not."),
              "It grew 2.5 percent. | No. 4 fell. | No. | We do not.");
    CHECK_STR(sentences("He came at 5 p.m. on Friday. J. P. Orr did not."),
              "He came at 5 p.m. on Friday. | J. P. Orr did not.");
}

static void terminators_end(void)
{
    CHECK_STR(sentences("Stop! Where is it? Gone… The end."),
              "Stop! | Where is it? | Gone… | The end.");
    /* the blank was lost */
    CHECK_STR(sentences("It ended there.Then rain fell."), "It ended there. | Then rain fell.");
    CHECK_STR(sentences("Go to a.Co now. See node.js too."), "Go to a.Co now. | See node.js too.");
}

static void quotations_and_sentences(void)
{
    CHECK_STR(sentences("“Will you go?” she asked. “No.”"), "“Will you go?” she asked. | “No.”");
    CHECK_STR(sentences("“Will you go?” Mr Orr asked. He left."),
              "“Will you go?” Mr Orr asked. | He left.");
    CHECK_STR(sentences("“It is late. We go,” he said."), "“It is late. | We go,” he said.");
    CHECK_STR(sentences("He said “it is late.” Then he left."),
              "He said “it is late.” | Then he left.");
    CHECK_STR(sentences("He saw the “three men. Four dogs” show."),
              "He saw the “three men. Four dogs” show.");
}

static void quotation_marks_pair(void)
{
    CHECK_STR(quotations("“one ‘two’ three” and \"four\""), "-1:one ‘two’ three | 0:two | -1:four");
    CHECK_STR(quotations("the miners’ ‘big day’ isn’t over, 'tis 6'2\" long"), "-1:big day");
    CHECK_STR(quotations("«un» „zwei“ ``three''"), "-1:un | -1:zwei | -1:three");
    CHECK_STR(quotations("“It goes on\n\n“and on” there\n\nstray ” here"),
              "-1:It goes on... | -1:and on");
    CHECK_STR(quotations("‘The players’ bus is late,’ he said"), "-1:The players’ bus is late,");
}

static void quotation_marks_never_close(void)
{
    CHECK_STR(quotations("He is 6\" tall and \"glad"), "");
    CHECK_STR(quotations("planks of 6\"2 and 7\"3"), "");
    CHECK_STR(quotations("“a “b” c"), "-1:b");
    char deep[2000];
    memset(deep, '(', sizeof deep);
    for (size_t i = 0; i + 3 < 600; i += 3)
        memcpy(deep + i, "\xE2\x80\x9C", 3);
    CHECK(text_analyse(&a, deep, 600, NULL, 0));
}

static void paragraphs_divide(void)
{
    analyse("First line\nwrapped here\n\nSecond");
    CHECK_INT(a.n_paragraphs, 3); /* short lines are a list */
    analyse("A line of some sixty bytes that was wrapped by a mail program\nand goes on "
            "here.\n\nThe second.");
    CHECK_INT(a.n_paragraphs, 2);
    analyse("Short heading\nA line of more than one hundred and twenty bytes is what scraped news "
            "pages have when each of their paragraphs is one line.\nNext");
    CHECK_INT(a.n_paragraphs, 3);
    wn_extent own[] = {{0, 5}, {9, 99}, {6, 9}};
    CHECK(text_analyse(&a, "Alpha Be.", 9, own, 3));
    CHECK_INT(a.n_paragraphs, 2);
    CHECK_INT(a.n_sentences, 2);
}

static void hostile_bytes(void)
{
    static const char bad[] = "a\xFF\xE2\x80 \xF0\x9F\x98\x80 \0 b\xC3";
    CHECK(text_analyse(&a, bad, sizeof bad - 1, NULL, 0));
    CHECK(a.n_tokens > 0);
    /* cut within a character: what lies behind is not read */
    CHECK(text_analyse(&a, "a \xE2\x80\x94", 3, NULL, 0));
    CHECK_INT(a.token[a.n_tokens - 1].end, 3);
    CHECK(text_analyse(&a, "", 0, NULL, 0));
    CHECK_INT(a.n_tokens + a.n_sentences + a.n_paragraphs + a.n_quotations, 0);
}

static void folding(void)
{
    char out[32];
    CHECK_MEM(out, wn_fold("ÉLAN Ω Я", strlen("ÉLAN Ω Я"), out, sizeof out), "élan ω я");
    CHECK_INT(wn_fold("ABC", 3, out, 2), 2);
    CHECK_MEM(out, wn_fold("\xC3", 1, out, sizeof out), "\xC3");
    /* first and last of each alphabet */
    CHECK_MEM(out, wn_fold("ÀÞ×ΑΩАЯЀЏ", strlen("ÀÞ×ΑΩАЯЀЏ"), out, sizeof out), "àþ×αωаяѐџ");
}

static void damaged_models_are_refused(void)
{
    tagger t;
    CHECK(!tagger_load(&t, "wntag 2", 8));
}

/* Lists of words are keyed by what a token says. */
static void words_are_hashed_without_case(void)
{
    analyse("Élan ÉLAN don't don’t 45 \"x\" dogs' ");
    CHECK_INT(a.n_tokens, 12);
    CHECK_INT(a.token[0].hash, wn_word_hash("élan", strlen("élan")));
    CHECK_INT(a.token[1].hash, a.token[0].hash);
    CHECK_INT(a.token[3].hash, wn_word_hash("N'T", 3));
    CHECK_INT(a.token[5].hash, a.token[3].hash);
    CHECK_INT(a.token[6].hash, 0); /* 45 */
    CHECK_INT(a.token[7].hash, 0);
    CHECK_INT(a.token[11].hash, wn_word_hash("'", 1)); /* an apostrophe after all */
    CHECK(wn_word_hash("a", 1) != wn_word_hash("b", 1));
    analyse("\xE2\x80\x99 a");
    CHECK_INT(a.token[0].kind, WN_TOKEN_PUNCT);
    CHECK_INT(a.token[0].hash, 0); /* a mark that is no apostrophe of a word */
}

static void all_is_given_back(void)
{
    enum { TIMES = 200, BOUND = 4096 };
    size_t before = 0;
    for (int i = 0; i < TIMES; i++) {
        analyse("It rained. \"So what?\" said Ann.\n\nThe sea rose.");
        text_analysis_release(&a);
        before = i == 0 ? heap_in_use() : before;
    }
    CHECK(heap_in_use() <= before + BOUND);
}

int main(void)
{
    a.rules = english_text();
    RUN(damaged_models_are_refused);
    RUN(words_are_hashed_without_case);
    RUN(all_is_given_back);
    RUN(words_and_clitics);
    RUN(kinds_and_flags);
    RUN(abbreviations_do_not_end);
    RUN(terminators_end);
    RUN(quotations_and_sentences);
    RUN(quotation_marks_pair);
    RUN(quotation_marks_never_close);
    RUN(paragraphs_divide);
    RUN(hostile_bytes);
    RUN(folding);
    text_analysis_release(&a);
    return DONE();
}
