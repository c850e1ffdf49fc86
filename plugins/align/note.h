/* note.h: what align keeps of a document between emit() and settle(): its terms, and its items
 * (attributed claims, plain statements, reasons given) with their terms, numbers and days. One
 * flat block of memory, host byte order, 8-byte aligned; it lives in the run's work files only.
 * A term is the 32-bit hash of a stemmed, case-folded word. */
#ifndef PLUGINS_ALIGN_NOTE_H
#define PLUGINS_ALIGN_NOTE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* open ends of an interval of days since 1970 */
enum { DAY_MIN = INT32_MIN, DAY_MAX = INT32_MAX };

typedef enum item_kind { ITEM_CLAIM, ITEM_STATEMENT, ITEM_REASON } item_kind;

typedef struct note_term {
    uint32_t term;
    uint16_t count; /* occurrences; those in title and first sentence count double */
    uint16_t name;  /* 1: written with a capital inside a sentence */
} note_term;

typedef struct note_item {
    uint32_t start, end;          /* in the document's text */
    uint32_t first_term, n_terms; /* in terms of items: ascending, each once */
    uint32_t first_quantity, n_quantities;
    uint32_t claim;             /* index in the claim layer, UINT32_MAX: none */
    uint32_t speaker;           /* term of the speaker's last word, 0: none */
    uint32_t sentence;          /* item index of the statement it lies in */
    int32_t day_begin, day_end; /* days named in it, half-open */
    uint8_t kind, denied, reserved[2];
    uint32_t id_start, id_len; /* claim id, in strings */
} note_item;

typedef struct note_quantity {
    double low, high; /* the values it admits, low <= high */
    uint32_t unit;    /* hash of the unit's name, and of what a rate is of */
    uint32_t start, end;
    uint32_t first_head, n_heads; /* terms of the noun it measures, in terms of items */
    uint32_t statement;           /* item index */
    uint32_t exact;               /* 1: no qualifier */
    uint32_t reserved;
} note_quantity;

typedef struct note_head {
    uint64_t origin;            /* hash of the origin's document id */
    int32_t day_begin, day_end; /* when the document can have been published, half-open */
    uint32_t dated;             /* 1: it has a date of its own */
    uint32_t n_terms, n_items, n_item_terms, n_quantities, n_text, n_strings;
    uint32_t title_start, title_len, reserved; /* in strings; no byte is left unset */
} note_head;

typedef struct note {
    note_head head;
    const note_term *terms; /* ascending by term */
    const note_item *items;
    const uint32_t *item_terms;
    const note_quantity *quantities;
    const char *text, *strings;
} note;

/* A view of a block, which it borrows; false when it is too short to be one. */
bool note_view(const void *block, size_t size, note *ret_note);
#endif
