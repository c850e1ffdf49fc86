/* htmltree.h: a page as two flat arrays, read by libxml2 (known to htmltree.c only). Nodes lie in
 * document order, so a node's descendants follow it; a piece of text says from which bytes of the
 * source it came. */
#ifndef PLUGINS_CLEAN_HTMLTREE_H
#define PLUGINS_CLEAN_HTMLTREE_H
#include "clean/hints.h"
#include "clean/htmltags.h"
#include <winnow/pulse.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct html_node {
    uint32_t parent;
    uint32_t piece, piece_end; /* text of the node and its descendants */
    uint32_t source;           /* offset in the source where the tag was found */
    uint32_t hints;            /* what class, id, role... say: bits of hints.h */
    uint32_t look;             /* hash of tag and class: equal for siblings of one make */
    uint16_t depth;
    uint8_t tag, flags;
} html_node;

typedef struct html_piece {
    uint32_t start, end; /* in the source */
    uint32_t node;
    uint32_t value; /* n > 0: the decoded text of an entity, in html_tree.values */
    uint8_t n;
    bool line_break; /* a <br>; start == end */
} html_piece;

/* An attribute that metadata may be read from. Strings are in html_tree.values, terminated. */
typedef struct html_attr {
    uint32_t node;
    uint32_t name, value; /* e.g. "og:title" and its content; "datetime" and its value */
    uint32_t start, end;  /* where in the source the value stands; start == end: unknown */
} html_attr;

typedef struct html_tree {
    html_node *node;
    size_t n_nodes, cap_nodes;
    html_piece *piece;
    size_t n_pieces, cap_pieces;
    html_attr *attr;
    size_t n_attrs, cap_attrs;
    char *values;
    size_t n_values, cap_values;
    size_t unplaced; /* bytes of text that could not be found in the source and are left out */
    size_t cut;      /* 0, or the offset at which a limit ended the reading */
    bool oom;
    wn_pulse *pulse; /* of the reading and of what is made of it; NULL: never asked */
} html_tree;

/* Bounds of one page. Elements nested deeper than HTML_MAX_DEPTH become children of the one at that
 * depth, so that every walk upwards is short; their text stays, in its order. A page beyond the
 * other bounds is read as far as they go (html_tree.cut). */
enum { HTML_MAX_NODES = 2000000, HTML_MAX_DEPTH = 128, HTML_MAX_TAG_ATTRS = 2000 };

/* Does this look like a page? `declared`: its content type says so, one known tag is then
 * enough. */
bool html_sniff(const char *text, size_t len, bool declared);

/* Once, before threads read pages: libxml2 2.9's own first-use initialisation is a data race. Again
 * does no harm. */
void html_prepare(void);

/* Read a page of UTF-8, at most 1 GiB. false: out of memory, or the pulse says to stop. */
bool html_read(html_tree *t, const html_hints *hints, const char *text, size_t len);
void html_release(html_tree *t); /* all memory */
/* The same, but for the values: what was made of the page (edits) may still point at them, until
 * the next html_read. */
void html_trim(html_tree *t);
#endif
