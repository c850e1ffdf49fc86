/* fuzz_note.c: what align keeps of a document. Any text with sentences, claims, numbers and days
 * anywhere in it: no crash, the block reads back, and every range and index in it lies inside. A
 * block cut short is refused. */
#include "analysed.h"
#include "align/findings.h"
#include "align/notebuild.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(cond) \
    do { \
        if (!(cond)) { \
            fprintf(stderr, "not true: %s\n", #cond); \
            abort(); \
        } \
    } while (0)

enum { MOST = 24 };

static const char lists[] = "[stop]\nthe\na\nof\n[reason]\nbecause of\ndue to\n";

/* ranges read from the input's first bytes */
typedef struct places {
    const uint8_t *p;
    size_t n, at;
    uint32_t len;
} places;

static uint32_t next_byte(places *s)
{
    return s->at < s->n ? s->p[s->at++] : 0;
}

static void next_range(places *s, uint32_t *start, uint32_t *end)
{
    uint32_t a = s->len > 0 ? next_byte(s) * 7 % s->len : 0, n = next_byte(s) + 1;
    *start = a;
    *end = a + n < s->len ? a + n : s->len;
}

static int by_start(const void *x, const void *y)
{
    uint32_t a, b;
    memcpy(&a, x, sizeof a), memcpy(&b, y, sizeof b);
    return (a > b) - (a < b);
}

static void check_note(const note *n)
{
    uint32_t len = n->head.n_text;
    for (uint32_t i = 0; i < n->head.n_terms; i++)
        MUST(n->terms[i].count > 0 && (i == 0 || n->terms[i - 1].term < n->terms[i].term));
    for (uint32_t i = 0; i < n->head.n_items; i++) {
        const note_item *it = &n->items[i];
        MUST(it->start <= it->end && it->end <= len);
        MUST(it->first_term + it->n_terms <= n->head.n_item_terms);
        MUST(it->first_quantity + it->n_quantities <= n->head.n_quantities);
        MUST(it->sentence == UINT32_MAX ||
             (it->sentence < n->head.n_items && n->items[it->sentence].kind == ITEM_STATEMENT));
        MUST(it->id_start + it->id_len <= n->head.n_strings);
        for (uint32_t k = 1; k < it->n_terms; k++)
            MUST(n->item_terms[it->first_term + k - 1] < n->item_terms[it->first_term + k]);
    }
    for (uint32_t i = 0; i < n->head.n_quantities; i++) {
        const note_quantity *q = &n->quantities[i];
        MUST(q->end <= len && q->first_head + q->n_heads <= n->head.n_item_terms);
        MUST(q->statement == UINT32_MAX || n->items[q->statement].kind == ITEM_STATEMENT);
    }
    MUST(n->head.title_start + n->head.title_len <= n->head.n_strings);
}

static void build(note_builder *b, places *s, const char *text, bool own_sentences)
{
    static wn_extent sentence[MOST];
    static build_quantity quantity[MOST];
    static build_claim claim[MOST];
    static build_days days[MOST];
    build_input in = {.text = text,
                      .len = s->len,
                      .analysis = analysed(text, s->len, NULL, NULL),
                      .origin = "x",
                      .origin_len = 1,
                      .title = "A dam, of Portmere",
                      .day_begin = DAY_MIN,
                      .day_end = DAY_MAX,
                      .sentence = sentence,
                      .quantity = quantity,
                      .claim = claim,
                      .days = days};
    size_t count = next_byte(s) % MOST;
    for (size_t i = 0; i < count; i++) {
        uint32_t from, to;
        next_range(s, &quantity[i].start, &quantity[i].end);
        quantity[i].unit = i % 2 ? "USD" : "count", quantity[i].head = i % 3 ? "sea wall" : NULL;
        quantity[i].high = (double)next_byte(s);
        next_range(s, &from, &to);
        claim[i] = (build_claim){from, to, "c1", i % 2 ? "Ada Quill" : NULL, i % 4 == 0};
        next_range(s, &days[i].start, &days[i].end);
        days[i].stop = 3;
        if (own_sentences && (in.n_sentences == 0 || from >= sentence[in.n_sentences - 1].end) &&
            from < to)
            sentence[in.n_sentences++] = (wn_extent){from, to};
    }
    in.n_quantities = in.n_claims = in.n_days = count;
    qsort(quantity, count, sizeof *quantity, by_start);
    qsort(days, count, sizeof *days, by_start);
    const void *block;
    size_t size;
    note n;
    MUST(in.analysis != NULL && note_build(b, &in, &block, &size) && note_view(block, size, &n));
    check_note(&n);
    for (size_t cut = 8; cut <= size && cut < 256; cut += 8)
        (void)note_view(block, size - cut, &n);
    uint32_t keys[24];
    MUST(note_keys(b, keys, 24) <= 24);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static note_builder *b;
    int line;
    if (b == NULL)
        b = note_builder_new(word_lists_parse(lists, sizeof lists - 1, &line));
    MUST(b != NULL);
    if (size > 1 << 16)
        return 0;
    size_t control = size / 4;
    places s = {data, control, 0, (uint32_t)(size - control)};
    build(b, &s, (const char *)data + control, false);
    s.at = 0;
    build(b, &s, (const char *)data + control, true);
    return 0;
}
