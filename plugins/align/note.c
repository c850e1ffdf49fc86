/* note.c: reading a note: where its parts lie in the block. */
#include "align/note.h"

#include <string.h>

static size_t round8(size_t n)
{
    return (n + 7) & ~(size_t)7;
}

static const void *take(const char **at, size_t *left, size_t size)
{
    const void *p = *at;
    size_t padded = round8(size);
    if (padded > *left)
        return NULL;
    *at += padded;
    *left -= padded;
    return p;
}

bool note_view(const void *block, size_t size, note *ret_note)
{
    const char *at = block;
    size_t left = size;
    note n;
    const void *head = take(&at, &left, sizeof n.head);
    if (head == NULL)
        return false;
    memcpy(&n.head, head, sizeof n.head);
    n.terms = take(&at, &left, n.head.n_terms * sizeof *n.terms);
    n.items = take(&at, &left, n.head.n_items * sizeof *n.items);
    n.item_terms = take(&at, &left, n.head.n_item_terms * sizeof *n.item_terms);
    n.quantities = take(&at, &left, n.head.n_quantities * sizeof *n.quantities);
    n.text = take(&at, &left, n.head.n_text);
    n.strings = take(&at, &left, n.head.n_strings);
    if (n.terms == NULL || n.items == NULL || n.item_terms == NULL || n.quantities == NULL ||
        n.text == NULL || n.strings == NULL)
        return false;
    *ret_note = n;
    return true;
}
