/* test_align.c: words, similarity, clustering and differences without the machine. */
#include "align/findings.h"
#include "align/notebuild.h"
#include "align/sketch.h"
#include "analysed.h"
#include "tap.h"

#include <stdlib.h>

static const char lists[] =
    "# test\n[stop]\nthe\na\nof\nto\nsaid\nin\n[reason]\nbecause of\nbecause\n";

static word_lists *words(void)
{
    int line;
    return word_lists_parse(lists, sizeof lists - 1, &line);
}

static void word_lists_say_which_line_is_bad(void)
{
    int line = -1;
    CHECK(word_lists_parse("# ok\nstray\n", 11, &line) == NULL);
    CHECK_INT(line, 2);
    CHECK(word_lists_parse("[nonsense]\n", 11, &line) == NULL);
    CHECK_INT(line, 1);
}

static void line_ends_and_blanks_are_no_part_of_a_word(void)
{
    static const char crlf[] = "[stop]\r\nthe \r\nof\t\r\n[reason] \r\nbecause of \t\r\n";
    int line = -1;
    word_lists *w = word_lists_parse(crlf, sizeof crlf - 1, &line);
    CHECK(w != NULL);
    if (w == NULL)
        return;
    term_maker *m = term_maker_new(w);
    uint32_t hash[] = {word_hash("because", 7), word_hash("of", 2)};
    CHECK_INT(term_of(m, "the", 3), 0);
    CHECK_INT(term_of(m, "of", 2), 0);
    CHECK_INT(reason_phrase(w, hash, 2), 2);
    term_maker_free(m);
    word_lists_free(w);
}

static void terms_are_stems_without_stop_words(void)
{
    word_lists *w = words();
    term_maker *m = term_maker_new(w);
    CHECK(term_of(m, "walls", 5) == term_of(m, "Wall", 4));
    CHECK(term_of(m, "U.S.", 4) == term_of(m, "US", 2));
    CHECK_INT(term_of(m, "The", 3), 0);
    CHECK_INT(term_of(m, "x", 1), 0);
    CHECK(term_of(m, "wall", 4) != term_of(m, "water", 5));
    term_maker_free(m);
    word_lists_free(w);
}

static void longest_reason_phrase_wins(void)
{
    word_lists *w = words();
    uint32_t hash[] = {word_hash("Because", 7), word_hash("of", 2), word_hash("rain", 4)};
    CHECK_INT(reason_phrase(w, hash, 3), 2);
    CHECK_INT(reason_phrase(w, hash + 2, 1), 0);
    word_lists_free(w);
}

static void a_short_block_is_no_note(void)
{
    word_lists *w = words();
    note_builder *b = note_builder_new(w);
    static const char text[] = "The wall held. The water rose because of rain.";
    build_input in = {.text = text,
                      .analysis = analysed(text, sizeof text - 1, NULL, NULL),
                      .origin = "x",
                      .origin_len = 1};
    in.len = strlen(in.text);
    const void *block;
    size_t size;
    note n;
    CHECK(note_build(b, &in, &block, &size));
    CHECK(note_view(block, size, &n));
    CHECK_INT(n.head.n_items, 3); /* two sentences and a reason */
    CHECK_INT(n.items[2].kind, ITEM_REASON);
    CHECK_MEM(n.text + n.items[2].start, n.items[2].end - n.items[2].start, "rain");
    for (size_t cut = 0; cut + 8 <= size; cut += 8)
        CHECK(!note_view(block, cut, &n));
    note_builder_free(b);
    word_lists_free(w);
}

static void cosine_by_hand(void)
{
    const weighted a[] = {{1, 3}, {2, 4}}, b[] = {{2, 4}, {3, 3}};
    term_vector x = {a, 2, vector_norm2(a, 2)}, y = {b, 2, vector_norm2(b, 2)};
    CHECK_INT(x.norm2, 25);
    CHECK_INT(cosine(x, y), SIMILARITY_ONE * 16 / 25);
    CHECK_INT(cosine(x, x), SIMILARITY_ONE);
    CHECK_INT(cosine(x, (term_vector){NULL, 0, 0}), 0);
}

static void days_apart_are_incompatible(void)
{
    note_head may = {.day_begin = 100, .day_end = 101}, june = {.day_begin = 130, .day_end = 131};
    note_head after = {.day_begin = 300, .day_end = DAY_MAX},
              unknown = {.day_begin = DAY_MIN, .day_end = DAY_MAX};
    CHECK(!days_compatible(&may, &june, 10));
    CHECK(days_compatible(&may, &june, 29));
    CHECK(!days_compatible(&may, &after, 10));
    CHECK(!days_compatible(&after, &may, 10));
    CHECK(days_compatible(&unknown, &may, 0));
    CHECK(days_compatible(&unknown, &after, 0));
}

static const uint32_t table[4][4] = {
    {0, 90, 80, 0}, {90, 0, 10, 0}, {80, 10, 0, 85}, {0, 0, 85, 0}};

static uint32_t table_similarity(void *self, uint32_t a, uint32_t b)
{
    (void)self;
    return table[a][b];
}

static bool not_0_and_1(void *self, uint32_t a, uint32_t b)
{
    (void)self;
    return !((a == 0 && b == 1) || (a == 1 && b == 0));
}

static void average_link_takes_the_best_pair_first(void)
{
    scored_pair pairs[] = {{80, 0, 2}, {85, 2, 3}, {90, 0, 1}};
    grouping_rules rules = {50, NULL, table_similarity, NULL};
    uint32_t group[4];
    CHECK(group_by_average_link(4, pairs, 3, &rules, group));
    CHECK_INT(group[0], 0);
    CHECK_INT(group[1], 0);
    CHECK_INT(group[2], 2); /* {0,1} and {2,3}: mean of the four pairs is 22 */
    CHECK_INT(group[3], 2);
    rules.compatible = not_0_and_1;
    CHECK(group_by_average_link(4, pairs, 3, &rules, group));
    CHECK(group[0] != group[1]);
}

/* Two clusters of 32, with a fourth of the pairs across them alike: each of those asks whether they
 * join. */
enum { HALF = 32 };

static uint32_t striped_similarity(void *self, uint32_t a, uint32_t b)
{
    ++*(unsigned *)self;
    return a / HALF == b / HALF ? 90 : (a + b) % 4 == 0 ? 60 : 0;
}

static void clusters_that_do_not_join_are_compared_once(void)
{
    static scored_pair pairs[2 * HALF * 2 * HALF];
    unsigned asked = 0;
    uint32_t group[2 * HALF];
    size_t n = 0;
    grouping_rules rules = {50, NULL, striped_similarity, &asked};
    for (uint32_t a = 0; a < 2 * HALF; a++)
        for (uint32_t b = a + 1; b < 2 * HALF; b++, n++)
            pairs[n] = (scored_pair){striped_similarity(&asked, a, b), a, b};
    asked = 0;
    CHECK(group_by_average_link(2 * HALF, pairs, n, &rules, group));
    for (uint32_t i = 0; i < 2 * HALF; i++)
        CHECK_INT(group[i], i / HALF * HALF);
    CHECK(asked < 4 * HALF * HALF);
}

/* ---- two documents about one wall, through to the findings ---- */

typedef struct page {
    const char *id, *text;
    build_quantity quantity[2];
    size_t n_quantities;
} page;

static const char *page_id(void *arg, uint32_t i, size_t *ret_len)
{
    const page *pages = arg;
    *ret_len = strlen(pages[i].id);
    return pages[i].id;
}

static json_t *compare(page *pages, uint32_t n)
{
    word_lists *w = words();
    note_builder *b = note_builder_new(w);
    void *block[4];
    note notes[4];
    library l = {notes, n, frequencies_new()};
    uint32_t event[4] = {0};
    for (uint32_t i = 0; i < n; i++) {
        build_input in = {.text = pages[i].text,
                          .len = strlen(pages[i].text),
                          .analysis = analysed(pages[i].text, strlen(pages[i].text), NULL, NULL),
                          .origin = pages[i].id,
                          .origin_len = strlen(pages[i].id),
                          .day_begin = DAY_MIN,
                          .day_end = DAY_MAX,
                          .quantity = pages[i].quantity,
                          .n_quantities = pages[i].n_quantities};
        const void *made;
        size_t size;
        if (!note_build(b, &in, &made, &size))
            abort();
        block[i] = malloc(size);
        memcpy(block[i], made, size);
        if (!note_view(block[i], size, &notes[i]) || !frequencies_add(l.frequencies, &notes[i]))
            abort();
    }
    findings f = {.library = &l,
                  .event = event,
                  .id = page_id,
                  .id_arg = pages,
                  .item_threshold = SIMILARITY_ONE / 2,
                  .max_listed = 10};
    CHECK(findings_make(&f));
    json_t *all = json_pack("{s:O, s:O, s:O}", "events", f.events, "clusters", f.clusters,
                            "differences", f.differences);
    findings_release(&f);
    for (uint32_t i = 0; i < n; i++)
        free(block[i]);
    frequencies_free(l.frequencies);
    note_builder_free(b);
    word_lists_free(w);
    return all;
}

static const char *first(const json_t *all, const char *list, const char *key)
{
    return json_string_value(json_object_get(json_array_get(json_object_get(all, list), 0), key));
}

static build_quantity money(const char *text, const char *words_, double value, const char *head)
{
    const char *at = strstr(text, words_);
    return (build_quantity){(uint32_t)(at - text),
                            (uint32_t)(at - text + (long)strlen(words_)),
                            value,
                            value,
                            "USD",
                            head,
                            true,
                            NULL};
}

static void one_thing_two_numbers_is_a_conflict(void)
{
    page p[] = {{"a", "The Portmere sea wall will cost $48 million.", {{0}}, 1},
                {"b", "The Portmere sea wall will cost $60 million.", {{0}}, 1}};
    p[0].quantity[0] = money(p[0].text, "$48 million", 48e6, "sea wall");
    p[1].quantity[0] = money(p[1].text, "$60 million", 60e6, "sea wall");
    json_t *all = compare(p, 2);
    CHECK_STR(first(all, "differences", "relation"), "conflict");
    CHECK_INT(json_array_size(json_object_get(all, "differences")), 1);
    json_decref(all);
}

/* "48 to 50" and "50 to 60" can both be true, "48 to 50" and "51 to 60" cannot. */
static void ranges_that_touch_are_no_conflict(void)
{
    page p[] = {{"a", "The Portmere sea wall will cost $48 million.", {{0}}, 1},
                {"b", "The Portmere sea wall will cost $60 million.", {{0}}, 1}};
    for (int turn = 0; turn < 4; turn++) {
        bool swapped = turn & 1, apart = turn & 2;
        p[0].quantity[0] = money(p[0].text, "$48 million", 48e6, "sea wall");
        p[1].quantity[0] = money(p[1].text, "$60 million", 60e6, "sea wall");
        build_quantity *low = &p[swapped].quantity[0], *high = &p[!swapped].quantity[0];
        low->low = 48e6, low->high = 50e6;
        high->low = apart ? 51e6 : 50e6, high->high = 60e6;
        low->exact = high->exact = false;
        json_t *all = compare(p, 2);
        CHECK_STR(first(all, "differences", "relation"), apart ? "conflict" : "refinement");
        json_decref(all);
    }
}

/* 48 is 47.5 to 48.5 and 49 is 48.5 to 49.5, rounded: no number is both. */
static void roundings_that_touch_are_a_conflict(void)
{
    page p[] = {{"a", "The Portmere sea wall will cost $48 million.", {{0}}, 1},
                {"b", "The Portmere sea wall will cost $49 million.", {{0}}, 1}};
    for (int i = 0; i < 2; i++) {
        p[i].quantity[0] = money(p[i].text, i == 0 ? "$48 million" : "$49 million", 48e6, "wall");
        p[i].quantity[0].low = (47.5 + i) * 1e6, p[i].quantity[0].high = (48.5 + i) * 1e6;
    }
    json_t *all = compare(p, 2);
    CHECK_STR(first(all, "differences", "relation"), "conflict");
    json_decref(all);
}

/* The same value, of which one way to write it leaves more open. */
static void one_value_written_in_two_ways_agrees(void)
{
    page p[] = {{"a", "The Portmere sea wall will cost $1.7 million.", {{0}}, 1},
                {"b", "The Portmere sea wall will cost $1,700,000.", {{0}}, 1}};
    p[0].quantity[0] = money(p[0].text, "$1.7 million", 1.7e6, "wall");
    p[1].quantity[0] = money(p[1].text, "$1,700,000", 1.7e6, "wall");
    p[0].quantity[0].low = 1.66e6, p[0].quantity[0].high = 1.74e6;
    json_t *all = compare(p, 2);
    CHECK_INT(json_array_size(json_object_get(all, "differences")), 0);
    json_decref(all);
    p[0].quantity[0].exact = false; /* "about" leaves open what the other does not */
    all = compare(p, 2);
    CHECK_STR(first(all, "differences", "relation"), "refinement");
    json_decref(all);
}

/* "$48 million" and "$60 million a year" are of two kinds, two rates of one kind are not. */
static void a_rate_is_compared_with_rates(void)
{
    page p[] = {{"a", "The Portmere sea wall will cost $48 million.", {{0}}, 1},
                {"b", "The Portmere sea wall will cost $60 million.", {{0}}, 1}};
    for (int rates = 0; rates < 3; rates++) {
        p[0].quantity[0] = money(p[0].text, "$48 million", 48e6, "wall");
        p[1].quantity[0] = money(p[1].text, "$60 million", 60e6, "wall");
        p[1].quantity[0].per = rates > 0 ? "year" : NULL;
        p[0].quantity[0].per = rates > 1 ? "year" : NULL;
        json_t *all = compare(p, 2);
        CHECK_INT(json_array_size(json_object_get(all, "differences")), rates != 1);
        json_decref(all);
    }
}

static void other_things_are_no_conflict(void)
{
    page p[] = {{"a", "The Portmere sea wall will cost $48 million.", {{0}}, 1},
                {"b", "Portmere spent $9 million on sea rescue behind the wall.", {{0}}, 1}};
    p[0].quantity[0] = money(p[0].text, "$48 million", 48e6, "wall");
    p[1].quantity[0] = money(p[1].text, "$9 million", 9e6, "rescue");
    json_t *all = compare(p, 2);
    CHECK_STR(first(all, "differences", "relation"), "not_the_same_measure");
    json_decref(all);
}

static void equal_numbers_and_sentences_are_shared(void)
{
    page p[] = {{"a", "The Portmere sea wall will cost $48 million.", {{0}}, 1},
                {"b", "The sea wall at Portmere will cost $48 million.", {{0}}, 1}};
    for (int i = 0; i < 2; i++)
        p[i].quantity[0] = money(p[i].text, "$48 million", 48e6, "wall");
    json_t *all = compare(p, 2);
    CHECK_INT(json_array_size(json_object_get(all, "differences")), 0);
    /* the sentence and the number */
    CHECK_INT(json_array_size(json_object_get(all, "clusters")), 2);
    CHECK_INT(json_integer_value(
                  json_object_get(json_array_get(json_object_get(all, "clusters"), 0), "origins")),
              2);
    json_decref(all);
}

static void numbers_without_a_noun_conflict_in_the_same_sentence_only(void)
{
    page p[] = {
        {"a", "The Portmere sea wall along the outer harbour will cost $48 million.", {{0}}, 1},
        {"b", "The Portmere sea wall along the outer harbour will cost $60 million.", {{0}}, 1}};
    p[0].quantity[0] = money(p[0].text, "$48 million", 48e6, NULL);
    p[1].quantity[0] = money(p[1].text, "$60 million", 60e6, NULL);
    json_t *all = compare(p, 2);
    CHECK_STR(first(all, "differences", "relation"), "conflict");
    json_decref(all);
    p[1].text = "Portmere paid another $60 million for a sea rescue station behind the wall.";
    p[1].quantity[0] = money(p[1].text, "$60 million", 60e6, NULL);
    all = compare(p, 2);
    CHECK_STR(first(all, "differences", "relation"), "not_the_same_measure");
    json_decref(all);
}

static void two_values_are_set_against_each_other_once(void)
{
    page p[] = {{"a", "The Portmere sea wall will cost $48 million.", {{0}}, 1},
                {"b", "The Portmere sea wall will cost $60 million.", {{0}}, 1},
                {"c", "Officials say the Portmere sea wall will cost $60 million.", {{0}}, 1},
                {"d", "The sea wall of Portmere will cost $48 million.", {{0}}, 1}};
    for (int i = 0; i < 4; i++)
        p[i].quantity[0] = i == 0 || i == 3 ? money(p[i].text, "$48 million", 48e6, "sea wall")
                                            : money(p[i].text, "$60 million", 60e6, "sea wall");
    json_t *all = compare(p, 4);
    CHECK_INT(json_array_size(json_object_get(all, "differences")), 1);
    CHECK_STR(first(all, "differences", "relation"), "conflict");
    json_decref(all);
}

static void who_has_both_values_shows_that_they_do_not_conflict(void)
{
    page p[] = {{"a", "The Portmere sea wall will cost $48 million.", {{0}}, 1},
                {"b",
                 "The Portmere sea wall will cost $48 million. With dredging the Portmere sea wall "
                 "will cost $60 million.",
                 {{0}},
                 2}};
    p[0].quantity[0] = money(p[0].text, "$48 million", 48e6, "sea wall");
    p[1].quantity[0] = money(p[1].text, "$48 million", 48e6, "sea wall");
    p[1].quantity[1] = money(p[1].text, "$60 million", 60e6, "sea wall");
    json_t *all = compare(p, 2);
    CHECK_INT(json_array_size(json_object_get(all, "differences")), 1);
    CHECK_STR(first(all, "differences", "relation"), "not_the_same_measure");
    json_decref(all);
}

static void numbers_outside_of_statements_are_not_compared(void)
{
    word_lists *w = words();
    note_builder *b = note_builder_new(w);
    const char *text = "Wall for $48 million. The wall held for long.";
    const wn_extent second = {22, 45};
    build_quantity q = money(text, "$48 million", 48e6, "wall");
    build_input in = {.text = text,
                      .len = strlen(text),
                      .analysis = analysed(text, strlen(text), NULL, NULL),
                      .origin = "x",
                      .origin_len = 1,
                      .sentence = &second,
                      .n_sentences = 1,
                      .quantity = &q,
                      .n_quantities = 1};
    const void *block;
    size_t size;
    note n;
    CHECK(note_build(b, &in, &block, &size) && note_view(block, size, &n));
    CHECK_INT(n.quantities[0].statement, UINT32_MAX);
    CHECK_INT(note_left_out(b), 0);
    note_builder_free(b);
    word_lists_free(w);
}

static void what_is_beyond_the_limits_is_counted(void)
{
    enum { N = 4100 };
    static char text[N * 16 + 1];
    static wn_extent sentence[N];
    for (int i = 0; i < N; i++) {
        (void)snprintf(text + i * 16, 17, "Wall %04u held. ", (unsigned)i % 10000);
        sentence[i] = (wn_extent){(uint32_t)i * 16, (uint32_t)i * 16 + 15};
    }
    word_lists *w = words();
    note_builder *b = note_builder_new(w);
    build_input in = {.text = text,
                      .len = sizeof text - 1,
                      .analysis = analysed(text, sizeof text - 1, NULL, NULL),
                      .origin = "x",
                      .origin_len = 1,
                      .sentence = sentence,
                      .n_sentences = N};
    const void *block;
    size_t size;
    CHECK(note_build(b, &in, &block, &size));
    CHECK_INT(note_left_out(b), 100);
    note_builder_free(b);
    word_lists_free(w);
}

static uint32_t sketch(uint32_t shared, uint32_t from, uint32_t to)
{
    uint32_t s = UINT32_MAX;
    for (uint32_t t = from; t < to; t++)
        s = sketch_fold(s, shared, t);
    return s;
}

static void sketches_agree_as_often_as_sets_are_alike(void)
{
    int alike = 0, unlike = 0;
    for (uint32_t shared = 0; shared < 2000; shared++) {
        alike += sketch(shared, 0, 90) == sketch(shared, 10, 100); /* Jaccard 0.8 */
        unlike += sketch(shared, 0, 50) == sketch(shared, 40, 90); /* 1 in 9 */
    }
    CHECK(alike > 1500 && alike < 1700);
    CHECK(unlike > 150 && unlike < 300);
}

static void alike_things_stand_side_by_side(void)
{
    sketched s[] = {{7, 2, 0}, {3, 9, 1}, {7, 1, 2}, {3, 9, 0}};
    sketch_sort(s, 4);
    CHECK_INT(s[0].thing, 0);
    CHECK_INT(s[1].thing, 1);
    CHECK_INT(s[2].thing, 2);
    CHECK_INT(s[3].thing, 0);
}

static void an_event_of_many_is_one_statement_of_many(void)
{
    enum { N = 200 };
    word_lists *w = words();
    note_builder *b = note_builder_new(w);
    static note notes[N];
    static char id[N][16];
    static const char text[] =
        "The harbour board of Portmere closed the outer sea wall after the storm.";
    static page pages[N];
    static uint32_t event[N];
    void *block[N];
    library l = {notes, N, frequencies_new()};
    for (int i = 0; i < N; i++) {
        (void)snprintf(id[i], sizeof id[i], "d%d", i);
        pages[i] = (page){.id = id[i], .text = text};
        build_input in = {.text = text,
                          .len = sizeof text - 1,
                          .analysis = analysed(text, sizeof text - 1, NULL, NULL),
                          .origin = id[i],
                          .origin_len = strlen(id[i])};
        const void *made;
        size_t size;
        if (!note_build(b, &in, &made, &size) || (block[i] = malloc(size)) == NULL)
            abort();
        memcpy(block[i], made, size);
        if (!note_view(block[i], size, &notes[i]) || !frequencies_add(l.frequencies, &notes[i]))
            abort();
    }
    findings f = {.library = &l,
                  .event = event,
                  .id = page_id,
                  .id_arg = pages,
                  .item_threshold = SIMILARITY_ONE / 3,
                  .max_listed = 10};
    CHECK(findings_make(&f));
    CHECK_INT(json_array_size(f.clusters), 1); /* each of its words is in 200 items */
    CHECK_INT(json_integer_value(json_object_get(json_array_get(f.clusters, 0), "docs")), N);
    findings_release(&f);
    for (int i = 0; i < N; i++)
        free(block[i]);
    frequencies_free(l.frequencies);
    note_builder_free(b);
    word_lists_free(w);
}

int main(void)
{
    RUN(word_lists_say_which_line_is_bad);
    RUN(line_ends_and_blanks_are_no_part_of_a_word);
    RUN(terms_are_stems_without_stop_words);
    RUN(longest_reason_phrase_wins);
    RUN(a_short_block_is_no_note);
    RUN(cosine_by_hand);
    RUN(days_apart_are_incompatible);
    RUN(average_link_takes_the_best_pair_first);
    RUN(clusters_that_do_not_join_are_compared_once);
    RUN(one_thing_two_numbers_is_a_conflict);
    RUN(ranges_that_touch_are_no_conflict);
    RUN(roundings_that_touch_are_a_conflict);
    RUN(one_value_written_in_two_ways_agrees);
    RUN(a_rate_is_compared_with_rates);
    RUN(other_things_are_no_conflict);
    RUN(equal_numbers_and_sentences_are_shared);
    RUN(numbers_without_a_noun_conflict_in_the_same_sentence_only);
    RUN(two_values_are_set_against_each_other_once);
    RUN(who_has_both_values_shows_that_they_do_not_conflict);
    RUN(numbers_outside_of_statements_are_not_compared);
    RUN(what_is_beyond_the_limits_is_counted);
    RUN(sketches_agree_as_often_as_sets_are_alike);
    RUN(alike_things_stand_side_by_side);
    RUN(an_event_of_many_is_one_statement_of_many);
    return DONE();
}
