/* notebuild.h: makes a note of a text and of what earlier stages found in it. Knows no plugin
 * type; one builder a worker, reused. */
#ifndef PLUGINS_ALIGN_NOTEBUILD_H
#define PLUGINS_ALIGN_NOTEBUILD_H
#include "align/note.h"
#include "align/words.h"
#include <winnow/pulse.h>
#include <winnow/text.h>

typedef struct build_quantity {
    uint32_t start, end;
    double low, high;
    const char *unit, *head; /* terminated */
    bool exact;
    const char *per; /* "day" of a rate; NULL: it is none */
} build_quantity;

typedef struct build_claim {
    uint32_t start, end;      /* of the content (first to last part) */
    const char *id, *speaker; /* speaker may be NULL */
    bool denied;
} build_claim;

typedef struct build_days {
    uint32_t start, end; /* of the date expression */
    int32_t begin, stop; /* the days it covers, half-open */
} build_days;

typedef struct build_input {
    const char *text;
    size_t len;
    const wn_analysis *analysis; /* of the text */
    const char *title;           /* or NULL */
    const char *origin;
    size_t origin_len; /* document id of the origin */
    int32_t day_begin, day_end;
    bool dated;
    const wn_extent *sentence;
    size_t n_sentences; /* ascending; 0: found here */
    /* ascending by start, as are the next two */
    const build_quantity *quantity;
    size_t n_quantities;
    const build_claim *claim;
    size_t n_claims;
    const build_days *days;
    size_t n_days;
    wn_pulse *pulse; /* NULL: never asked */
} build_input;

typedef struct note_builder note_builder;
/* NULL: out of memory; words is borrowed */
note_builder *note_builder_new(const word_lists *words);
void note_builder_free(note_builder *b); /* NULL is fine */

/* Ranges lie in the text, on its character boundaries. The block is the builder's, until the next
 * call. false: out of memory, or the pulse says to stop. */
bool note_build(note_builder *b, const build_input *in, const void **ret_block, size_t *ret_size);

/* Statements, claims and quantities beyond the limits for one document (4000 of each, 8 KiB each),
 * from the note last built. */
size_t note_left_out(const note_builder *b);

/* Terms under which documents about one event meet: names first, then other terms, the most
 * frequent of each first; at most cap, and at most 64. From the note last built. */
size_t note_keys(const note_builder *b, uint32_t *ret_terms, size_t cap);
#endif
