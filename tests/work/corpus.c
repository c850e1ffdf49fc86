/* corpus.c: what the corpus stages do with one document: shingles, and the note with its keys; and
 * what align finds in an event. */
#include "align/findings.h"
#include "align/notebuild.h"
#include "dedup/shingle.h"
#include "analysed.h"
#include "work/data.h"
#include "work/work.h"
#include <stdlib.h>
#include <string.h>

bool work_dedup(const char *text, size_t len, wn_pulse *owner)
{
    static shingle_set s;
    s.pulse = owner;
    return shingle_text(&s, text, len, 5);
}

static note_builder *builder(void)
{
    static note_builder *b;
    if (b == NULL) {
        int line;
        const work_data d = work_read("align/data/en.words");
        const word_lists *w = word_lists_parse(d.p, d.len, &line);
        b = w != NULL ? note_builder_new(w) : NULL;
    }
    return b;
}

bool work_align(const char *text, size_t len, wn_pulse *owner)
{
    note_builder *b = builder();
    const wn_analysis *a = analysed(text, len, owner, NULL);
    const build_input in = {
        .text = text, .len = len, .analysis = a, .origin = "a", .origin_len = 1, .pulse = owner};
    const void *block;
    size_t size;
    uint32_t keys[24];
    if (a == NULL || b == NULL || !note_build(b, &in, &block, &size))
        return false;
    (void)note_keys(b, keys, 24);
    return true;
}

enum { DOCUMENTS = 8, MARKS = 4000 };

static const char *id_of(void *arg, uint32_t i, size_t *ret_len)
{
    (void)arg;
    *ret_len = 1;
    return &"abcdefgh"[i];
}

/* One document's note: what stands behind "$" is a number of dollars, a sentence that begins with
 * "No" denies. */
static bool read_document(const char *text, size_t len, uint32_t number, void **ret_block,
                          note *ret_note)
{
    static build_quantity quantity[MARKS];
    static build_claim claim[MARKS];
    static wn_extent sentence[MARKS];
    size_t q = 0, c = 0, n = 0, size;
    const void *block;
    for (size_t i = 0, start = 0; i < len; i++) {
        if (text[i] == '$' && q < MARKS) {
            double value = strtod(text + i + 1, NULL);
            quantity[q++] =
                (build_quantity){(uint32_t)i, (uint32_t)i + 2, value, value, "USD", "", true, NULL};
        } else if (text[i] == '.' && n < MARKS) {
            if (text[start] == 'N' && c < MARKS)
                claim[c++] = (build_claim){(uint32_t)start, (uint32_t)i, "c", NULL, true};
            sentence[n++] = (wn_extent){(uint32_t)start, (uint32_t)i + 1};
            start = i + 2;
        }
    }
    const wn_analysis *a = analysed(text, len, NULL, NULL);
    const build_input in = {.text = text,
                            .len = len,
                            .analysis = a,
                            .origin = &"abcdefgh"[number],
                            .origin_len = 1,
                            .day_begin = DAY_MIN,
                            .day_end = DAY_MAX,
                            .sentence = sentence,
                            .n_sentences = n,
                            .quantity = quantity,
                            .n_quantities = q,
                            .claim = claim,
                            .n_claims = c};
    if (a == NULL || !note_build(builder(), &in, &block, &size) ||
        (*ret_block = malloc(size)) == NULL)
        return false;
    memcpy(*ret_block, block, size);
    return note_view(*ret_block, size, ret_note);
}

bool work_findings(const char *text, size_t len, wn_pulse *owner)
{
    static const uint32_t event[DOCUMENTS]; /* one */
    void *block[DOCUMENTS] = {NULL};
    note notes[DOCUMENTS];
    library l = {notes, DOCUMENTS, frequencies_new()};
    bool ok = l.frequencies != NULL && builder() != NULL;
    size_t at = 0;
    (void)owner;
    for (uint32_t i = 0; i < DOCUMENTS && ok; i++) {
        const char *end = i + 1 < DOCUMENTS
                              ? memchr(text + len / DOCUMENTS * (i + 1), '.', len / DOCUMENTS)
                              : NULL;
        size_t stop = end != NULL ? (size_t)(end - text) + 2 : len;
        ok = read_document(text + at, stop - at, i, &block[i], &notes[i]) &&
             frequencies_add(l.frequencies, &notes[i]);
        at = stop;
    }
    findings f = {.library = &l,
                  .event = event,
                  .id = id_of,
                  .item_threshold = SIMILARITY_ONE * 42 / 100,
                  .max_listed = 10};
    if (ok) {
        ok = findings_make(&f);
        findings_release(&f);
    }
    for (uint32_t i = 0; i < DOCUMENTS; i++)
        free(block[i]);
    frequencies_free(l.frequencies);
    return ok;
}
