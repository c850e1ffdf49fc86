/* test_analyst.c: a text is analysed once as long as it and its paragraphs stay, whoever asks. */
#include "state/analyst.h"
#include "engine/run.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

static document *d;
static wn_doc *doc;
static analyst a;
static text_rule_set rules;
static const analyst_means with = {&rules, NULL};

static void begin(const char *text)
{
    wn_error err = WN_ERROR_INIT;
    const locator at = {.path = "p"};
    d = d != NULL ? d : document_new(&run_host, 0);
    document_reset(d);
    doc = document_handle(d);
    CHECK_INT(document_set_record(d, &at, (wn_str){"", 0}, true, &err), WN_OK);
    CHECK_INT(document_set_text(doc, (wn_str){text, strlen(text)}, &err), WN_OK);
}

static const wn_analysis *ask(void)
{
    const wn_analysis *ret = NULL;
    CHECK_INT(analyst_ask(&a, doc, false, &with, &ret, NULL), WN_OK);
    return ret;
}

/* Was the text read since the last call of this? A mark on the first token goes when it is. */
static bool read_anew(void)
{
    (void)ask();
    bool anew = a.found.token[0].reserved == 0;
    a.found.token[0].reserved = 1;
    return anew;
}

static void once_for_all_who_ask(void)
{
    begin("It rained. The sea rose.");
    CHECK(read_anew());
    CHECK(!read_anew());
    CHECK_INT(ask()->n_sentences, 2);
    CHECK_INT(ask()->n_tokens, 7);
    CHECK(ask()->tag == NULL);
    CHECK_INT(document_span_add(doc, "date", 0, 2, NULL, NULL), WN_OK);
    document_layer_clear(doc, "date");
    CHECK(!read_anew());
}

static void anew_where_the_text_changes(void)
{
    const wn_edit edit = {0, 2, {"Sand", 4}};
    begin("It rained. The sea rose.");
    CHECK(read_anew());
    CHECK_INT(document_edit(doc, &edit, 1, NULL), WN_OK);
    CHECK(read_anew());
    CHECK_INT(ask()->token[0].end, 4);
    begin("It rained. The sea rose."); /* the same place in memory, another document */
    CHECK(read_anew());
}

/* Two that were made alike, as memory that is given back and taken again makes them. */
static void anew_for_another_document(void)
{
    uint64_t revision[2];
    for (size_t i = 0; i < 2; i++) {
        document_free(d);
        d = NULL;
        begin("It rained. The sea rose.");
        CHECK(read_anew());
        revision[i] = document_revision(doc);
    }
    CHECK(revision[0] != revision[1]);
}

static void anew_where_paragraphs_change(void)
{
    begin("It rained\non the sea. All day.");
    CHECK(read_anew());
    size_t before = ask()->n_paragraphs;
    CHECK_INT(document_span_add(doc, "paragraph", 0, 20, NULL, NULL), WN_OK);
    CHECK(read_anew());
    CHECK(before == 2 && ask()->n_paragraphs == 1);
    CHECK_INT(ask()->paragraph[0].end, 20);
    CHECK_INT(ask()->n_sentences, 1);
    document_layer_clear(doc, "paragraph");
    CHECK(read_anew());
    CHECK_INT(ask()->n_paragraphs, 2);
}

static void tags_need_a_model(void)
{
    wn_error err = WN_ERROR_INIT;
    const wn_analysis *ret = NULL;
    begin("It rained.");
    CHECK_INT(analyst_ask(&a, doc, true, &with, &ret, &err), WN_E_STAGE);
    CHECK(strstr(err.text, "wn_load_tagger") != NULL && ret == NULL);
}

static wn_status too_late(void *self, wn_doc *of, wn_error *err)
{
    (void)self, (void)of;
    return wn_fail(err, WN_E_LIMIT, "late");
}

static void the_documents_time_counts(void)
{
    enum { MANY = 200000 };
    char *text = malloc(MANY + 1);
    const wn_analysis *ret;
    for (size_t i = 0; i < MANY; i++)
        text[i] = i % 2 == 0 ? 'a' : ' ';
    text[MANY] = '\0';
    begin(text);
    document_context(d)->tick = too_late;
    CHECK_INT(analyst_ask(&a, doc, false, &with, &ret, NULL), WN_E_LIMIT);
    CHECK(a.found.n_tokens < MANY / 4);
    document_context(d)->tick = NULL;
    CHECK_INT(ask()->n_tokens, MANY / 2);
    free(text);
}

static void a_huge_text_leaves_nothing_behind(void)
{
    CHECK(a.found.cap_tokens > KEEP_TOKENS); /* of the test before */
    begin("It rained again.");
    CHECK_INT(ask()->n_tokens, 4);
    CHECK(a.found.cap_tokens <= KEEP_TOKENS);
}

/* The language that the metadata tell, also where it is told later. */
static void the_documents_language_chooses(void)
{
    static const char *const file[] = {"language en\n", "language de\ntitle Hr\n"};
    text_rules *both[2];
    text_rules_error err;
    for (size_t i = 0; i < 2; i++) {
        both[i] = text_rules_new();
        CHECK(text_rules_load(both[i], file[i], strlen(file[i]), &err));
    }
    rules = (text_rule_set){both, 2};
    begin("Es kam Hr. Ott an.");
    CHECK_INT(ask()->n_sentences, 2);
    CHECK_INT(document_meta_set(doc, "language", json_string("de-AT"), 0, 0), WN_OK);
    CHECK_INT(ask()->n_sentences, 1);
    CHECK_INT(document_meta_set(doc, "language", json_string("fr"), 0, 0), WN_OK);
    CHECK_INT(ask()->n_sentences, 2);
    rules = (text_rule_set){NULL, 0};
    text_rules_free(both[0]);
    text_rules_free(both[1]);
}

int main(void)
{
    RUN(once_for_all_who_ask);
    RUN(anew_where_the_text_changes);
    RUN(anew_for_another_document);
    RUN(anew_where_paragraphs_change);
    RUN(tags_need_a_model);
    RUN(the_documents_language_chooses);
    RUN(the_documents_time_counts);
    RUN(a_huge_text_leaves_nothing_behind);
    analyst_release(&a);
    document_free(d);
    return DONE();
}
