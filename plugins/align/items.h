/* items.h: which claims, statements and reasons of one event's documents say the same. */
#ifndef PLUGINS_ALIGN_ITEMS_H
#define PLUGINS_ALIGN_ITEMS_H
#include "align/events.h"

typedef struct item_ref {
    uint32_t document, item;
} item_ref;

typedef struct item_groups {
    item_ref *ref;   /* the event's items, in document and item order */
    uint32_t *group; /* group[i]: smallest member of the group of ref[i] */
    uint32_t *order; /* 0..n-1 by group, then by number: groups lie together */
    uint32_t n;
    term_vector *vector; /* of each item */
    weighted *weights;
} item_groups;

/* Group items of `kinds` (bit per item_kind) of the given documents. threshold: mean cosine. Items
 * of one document never pair; a denied claim does not pair with an asserted one. false: out of
 * memory. */
bool group_items(const library *l, const uint32_t *documents, size_t n_documents, unsigned kinds,
                 uint32_t threshold, item_groups *ret_groups);
void item_groups_release(item_groups *g); /* zeros again */

/* order[i..end) is one group when i begins one: that end. */
uint32_t item_group_end(const item_groups *g, uint32_t i);

/* Borrowed from the document's note. */
static inline const note_item *item_of(const library *l, item_ref r)
{
    return &l->document[r.document].items[r.item];
}

enum { MAX_ITEM_TERMS = 256 };
/* Weights of an item's terms, ascending by term, into w, which has room for MAX_ITEM_TERMS; more
 * are left out. Returns how many. */
size_t weigh_item(const library *l, item_ref r, weighted *w);
#endif
