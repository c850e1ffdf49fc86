/* htmltext.c: see htmltext.h. */
#include "clean/htmltext.h"
#include "common/ascii.h"
#include <string.h>

typedef struct writer {
    const html_tree *t;
    const char *src;
    clean_result *r;
    /* what goes before the next run: the block's separator, a space, a line end */
    const char *pending;
    size_t space_at; /* where the source has that space, or SIZE_MAX */
    size_t start;    /* of the block in the output; SIZE_MAX until its first run */
} writer;

static void flush_pending(writer *w)
{
    if (w->space_at != SIZE_MAX) {
        result_keep(w->r, w->space_at, w->space_at + 1, "");
        w->pending = "";
    }
    w->space_at = SIZE_MAX;
}

static void write_run(writer *w, size_t start, size_t end)
{
    flush_pending(w);
    result_keep(w->r, start, end, w->pending);
    w->pending = "";
    if (w->start == SIZE_MAX)
        w->start = w->r->out - (end - start);
}

static void write_value(writer *w, const html_piece *p)
{
    const char *value = w->t->values + p->value;
    flush_pending(w);
    result_put(w->r, p->start, p->end, value, p->n, w->pending);
    w->pending = "";
    if (w->start == SIZE_MAX)
        w->start = w->r->out - p->n;
}

static void want_space(writer *w, size_t at)
{
    if (w->start == SIZE_MAX || w->pending[0] != '\0' || w->space_at != SIZE_MAX)
        return;
    if (at != SIZE_MAX)
        w->space_at = at;
    else
        w->pending = " ";
}

static void want_line(writer *w)
{
    if (w->start == SIZE_MAX)
        return;
    w->space_at = SIZE_MAX;
    w->pending = "\n";
}

/* Runs of white space become one space; single ones stay where they are. */
static void write_folded(writer *w, size_t i, size_t end)
{
    const char *s = w->src;
    while (i < end) {
        size_t run = i, space = SIZE_MAX;
        for (; i < end && ascii_space(s[i]); i++)
            if (s[i] == ' ' && space == SIZE_MAX)
                space = i;
        if (i > run)
            want_space(w, space);
        run = i;
        while (i < end &&
               (!ascii_space(s[i]) || (s[i] == ' ' && i + 1 < end && !ascii_space(s[i + 1]))))
            i++;
        if (i > run)
            write_run(w, run, i);
    }
}

static bool is_nbsp(const html_tree *t, const html_piece *p)
{
    return p->n == 2 && memcmp(t->values + p->value, "\xC2\xA0", 2) == 0;
}

static bool is_blank_value(const html_tree *t, const html_piece *p)
{
    return is_nbsp(t, p) || (p->n == 1 && ascii_space(t->values[p->value]));
}

static void write_piece(writer *w, const html_piece *p)
{
    bool pre = (w->t->node[p->node].flags & NODE_PRE) != 0;
    if (p->line_break)
        want_line(w);
    else if (p->n > 0 && is_blank_value(w->t, p))
        want_space(w, SIZE_MAX);
    else if (p->n > 0)
        write_value(w, p);
    else if (pre && w->start != SIZE_MAX)
        write_run(w, p->start, p->end);
    else
        write_folded(w, p->start, p->end);
}

/* What a block may stand in. */
typedef enum around { IN_ROW, IN_LIST, IN_TABLE, IN_ITEM, IN_QUOTE, N_AROUND } around;

static const html_tag around_tags[N_AROUND][3] = {[IN_ROW] = {TAG_TR, TAG_TR, TAG_TR},
                                                  [IN_LIST] = {TAG_UL, TAG_OL, TAG_DL},
                                                  [IN_TABLE] = {TAG_TABLE, TAG_TABLE, TAG_TABLE},
                                                  [IN_ITEM] = {TAG_LI, TAG_DD, TAG_DT},
                                                  [IN_QUOTE] = {TAG_BLOCKQUOTE, TAG_BLOCKQUOTE,
                                                                TAG_BLOCKQUOTE}};

/* The last answers, for parents: blocks come in order, and what lies around one mostly lies around
 * the next. */
typedef struct lineage {
    const html_tree *t;
    uint32_t node[N_AROUND], found[N_AROUND]; /* 0: the root, around which is nothing */
} lineage;

static bool is_around(const html_tree *t, uint32_t node, around what)
{
    const html_tag *tags = around_tags[what];
    uint8_t tag = t->node[node].tag;
    return t->node[node].parent != node && (tag == tags[0] || tag == tags[1] || tag == tags[2]);
}

/* The nearest ancestor of the node (or itself) of that kind; 0 when there is none. */
static uint32_t find_around(lineage *l, uint32_t start, around what)
{
    const html_tree *t = l->t;
    uint32_t parent = t->node[start].parent, node = parent;
    if (is_around(t, start, what))
        return start;
    while (t->node[node].parent != node && node != l->node[what] && !is_around(t, node, what))
        node = t->node[node].parent;
    uint32_t found = node == l->node[what] ? l->found[what] : is_around(t, node, what) ? node : 0;
    l->node[what] = parent;
    l->found[what] = found;
    return found;
}

static const char *separator(lineage *l, uint32_t before, uint32_t now)
{
    uint32_t row = find_around(l, now, IN_ROW);
    if (row != 0 && row == find_around(l, before, IN_ROW))
        return " ";
    uint32_t list = find_around(l, now, IN_LIST);
    if (list != 0 && list == find_around(l, before, IN_LIST))
        return "\n";
    uint32_t table = row != 0 ? find_around(l, now, IN_TABLE) : 0;
    if (table != 0 && table == find_around(l, before, IN_TABLE))
        return "\n";
    return "\n\n";
}

static block_kind kind_of(lineage *l, uint32_t node, int *ret_level)
{
    uint8_t tag = l->t->node[node].tag;
    *ret_level = 0;
    if (tag >= TAG_H1 && tag <= TAG_H6) {
        *ret_level = tag - TAG_H1 + 1;
        return BLOCK_HEADING;
    }
    if (tag == TAG_FIGCAPTION || tag == TAG_CAPTION)
        return BLOCK_CAPTION;
    if (find_around(l, node, IN_ITEM) != 0)
        return BLOCK_LIST;
    return find_around(l, node, IN_QUOTE) != 0 ? BLOCK_QUOTE : BLOCK_PARAGRAPH;
}

/* Cells of one row make one paragraph. */
static void add_block(writer *w, lineage *l, uint32_t node, const char *sep)
{
    clean_result *r = w->r;
    int level = 0;
    block_kind kind = kind_of(l, node, &level);
    if (strcmp(sep, " ") == 0 && r->n_blocks > 0 && r->block[r->n_blocks - 1].kind == kind)
        r->block[r->n_blocks - 1].end = r->out;
    else
        result_block(r, w->start, r->out, kind, level);
}

void html_write(const html_tree *t, const html_blocks *b, const char *src, size_t len,
                clean_result *r)
{
    const html_block *before = NULL;
    lineage l = {.t = t};
    for (size_t i = 0; i < b->n_blocks; i++) {
        const html_block *block = &b->block[i];
        if (!block->keep || !wn_beats(t->pulse, HTML_A_BLOCK))
            continue;
        const char *sep = before != NULL ? separator(&l, before->node, block->node) : "";
        writer w = {t, src, r, sep, SIZE_MAX, SIZE_MAX};
        for (uint32_t k = block->piece; k < block->piece_end; k++)
            if (html_visible(t, &t->piece[k]))
                write_piece(&w, &t->piece[k]);
        if (w.start == SIZE_MAX)
            continue;
        add_block(&w, &l, block->node, sep);
        before = block;
    }
    result_finish(r, len);
}
