/* features.c: the numbers of a block by which content.h judges it. Shares are in thousandths. */
#include "clean/content.h"
#include <string.h>

enum { CHAIN = 4, NEAR = 2 };

static const char *const own_names[] = {
    "chars",     "words",        "link_share", "stops",   "commas", "digit_share", "capital_share",
    "ends_stop", "starts_upper", "good",       "heading", "tag_p",  "tag_li",      "tag_cell",
    "tag_div",   "tag_inline",   "tag_term",   "hidden",  "depth",
};
static const char *const chain_names[] = {"chars_1", "links_1", "good_1", "blocks_1", "look_1",
                                          "chars_2", "links_2", "good_2", "blocks_2", "look_2",
                                          "chars_3", "links_3", "good_3", "blocks_3", "look_3",
                                          "chars_4", "links_4", "good_4", "blocks_4", "look_4"};
static const char *const place_names[] = {"index",    "chars_before", "good_before", "good_after",
                                          "after_h1", "to_good_back", "to_good_on",  "rise_20",
                                          "rise_50",  "rise_80"};
static const char *const near_names[] = {"chars_m2",   "links_m2",   "heading_m2", "chars_m1",
                                         "links_m1",   "heading_m1", "chars_p1",   "links_p1",
                                         "heading_p1", "chars_p2",   "links_p2",   "heading_p2"};
static const char *const tag_names[] = {"in_nav",     "in_header", "in_footer",  "in_aside",
                                        "in_article", "in_main",   "in_section", "in_form",
                                        "in_table",   "in_list",   "in_quote",   "in_figure",
                                        "in_link"};
static const char *const hint_names[HINT_COUNT] = {
    "is_body",    "is_content", "is_nav",     "is_footer", "is_header",  "is_aside",
    "is_comment", "is_share",   "is_related", "is_promo",  "is_cookie",  "is_paywall",
    "is_byline",  "is_date",    "is_caption", "is_tags",   "is_form",    "is_hidden",
    "is_title",   "is_summary", "is_media",   "is_toc",    "is_product", "is_forum"};
static const char *const page_names[] = {"page_chars", "page_blocks", "page_links", "page_good",
                                         "page_articles"};

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct group {
    const char *const *name;
    size_t n;
} groups[] = {
    {own_names, COUNT(own_names)},     {chain_names, COUNT(chain_names)},
    {place_names, COUNT(place_names)}, {near_names, COUNT(near_names)},
    {tag_names, COUNT(tag_names)},     {hint_names, COUNT(hint_names)},
    {page_names, COUNT(page_names)},
};

const size_t content_n_features = COUNT(own_names) + COUNT(chain_names) + COUNT(place_names) +
                                  COUNT(near_names) + COUNT(tag_names) + COUNT(hint_names) +
                                  COUNT(page_names);

const char *content_feature_name(size_t i)
{
    for (size_t g = 0; g < COUNT(groups); g++) {
        if (i < groups[g].n)
            return groups[g].name[i];
        i -= groups[g].n;
    }
    return NULL;
}

static int32_t share(uint64_t part, uint64_t whole)
{
    return whole > 0 ? (int32_t)(part * 1000 / whole) : 0;
}

static int32_t limited(uint64_t n)
{
    return n < 100000 ? (int32_t)n : 100000;
}

static int32_t heading_level(const html_tree *t, const html_block *b)
{
    uint8_t tag = t->node[b->node].tag;
    return tag >= TAG_H1 && tag <= TAG_H6 ? tag - TAG_H1 + 1 : 0;
}

static int32_t *own(const html_tree *t, const html_block *b, int32_t *out)
{
    const html_node *node = &t->node[b->node];
    uint8_t tag = node->tag;
    *out++ = limited(b->chars);
    *out++ = limited(b->words);
    *out++ = share(b->link_chars, b->chars);
    *out++ = limited(b->stops);
    *out++ = limited(b->commas);
    *out++ = share(b->digits, b->chars);
    *out++ = share(b->capital_words, b->words);
    *out++ = b->last == '.' || b->last == '!' || b->last == '?' ? 2 : b->last == ':' ? 1 : 0;
    *out++ = b->first >= 'A' && b->first <= 'Z';
    *out++ = b->good;
    *out++ = heading_level(t, b);
    *out++ = tag == TAG_P;
    *out++ = tag == TAG_LI;
    *out++ = tag == TAG_TD || tag == TAG_TH;
    *out++ = tag == TAG_DIV;
    *out++ = tag == TAG_LABEL || tag == TAG_BUTTON || tag == TAG_SUMMARY;
    *out++ = tag == TAG_DT || tag == TAG_DD;
    *out++ = (node->flags & NODE_HIDDEN) != 0;
    *out++ = node->depth;
    return out;
}

static uint32_t block_parent(const html_tree *t, uint32_t node)
{
    return t->node[node].parent != node ? html_block_node(t, t->node[node].parent) : node;
}

/* The block's element and the three around it. */
static int32_t *chain(const html_tree *t, const html_blocks *b, const html_block *block,
                      int32_t *out)
{
    uint32_t node = block->node;
    for (int i = 0; i < CHAIN; i++) {
        const node_sum *s = &b->sum[node];
        *out++ = limited(s->chars);
        *out++ = share(s->link_chars, s->chars);
        *out++ = share(s->good, b->page.good);
        *out++ = limited(s->blocks);
        *out++ = limited(b->look_count[t->node[node].look % LOOK_SLOTS]);
        node = block_parent(t, node);
    }
    return out;
}

/* How many elements up until one holds each of these shares of the page's prose: up to the root
 * when none does. */
static int32_t *rises(const html_tree *t, const html_blocks *b, uint32_t node, int32_t *out)
{
    /* ascending: the next is not met earlier */
    static const uint64_t least[] = {200, 500, 800};
    const uint64_t whole = b->page.good;
    int32_t steps = 0;
    for (size_t i = 0; i < COUNT(least); i++) {
        for (; t->node[node].parent != node &&
               (whole == 0 || b->sum[node].good * UINT64_C(1000) < least[i] * whole);
             steps++)
            node = t->node[node].parent;
        *out++ = steps;
    }
    return out;
}

static int32_t *place(const html_tree *t, const html_blocks *b, size_t i, int32_t *out)
{
    const html_block *block = &b->block[i];
    *out++ = share(i, b->n_blocks);
    *out++ = share(block->bytes_before, b->page.chars);
    *out++ = share(block->good_before, b->page.good);
    *out++ = share(b->page.good - block->good_before, b->page.good);
    int64_t h1 = b->first_h1 < b->n_blocks ? (int64_t)i - (int64_t)b->first_h1 : -1000;
    *out++ = (int32_t)(h1 > 1000 ? 1000 : h1 < -1000 ? -1000 : h1);
    *out++ = block->good_back;
    *out++ = block->good_on;
    return rises(t, b, block->node, out);
}

static int32_t *near(const html_tree *t, const html_blocks *b, size_t i, int32_t *out)
{
    for (int d = -NEAR; d <= NEAR; d++) {
        if (d == 0)
            continue;
        bool there = d < 0 ? i >= (size_t)-d : i + (size_t)d < b->n_blocks;
        const html_block *n = there ? &b->block[d < 0 ? i - (size_t)-d : i + (size_t)d] : NULL;
        *out++ = n != NULL ? limited(n->chars) : -1;
        *out++ = n != NULL ? share(n->link_chars, n->chars) : -1;
        *out++ = n != NULL ? heading_level(t, n) : -1;
    }
    return out;
}

static int tag_group(uint8_t tag)
{
    switch (tag) {
    case TAG_NAV: return 0;
    case TAG_HEADER: return 1;
    case TAG_FOOTER: return 2;
    case TAG_ASIDE: return 3;
    case TAG_ARTICLE: return 4;
    case TAG_MAIN: return 5;
    case TAG_SECTION: return 6;
    case TAG_FORM: return 7;
    case TAG_TABLE: return 8;
    case TAG_UL:
    case TAG_OL:
    case TAG_DL: return 9;
    case TAG_BLOCKQUOTE: return 10;
    case TAG_FIGURE:
    case TAG_FIGCAPTION: return 11;
    case TAG_A: return 12;
    default: return -1;
    }
}

/* For each kind of element and each hint: 1 + the share of the page's text in the nearest such
 * ancestor; 0: none. A small share is a side bar or a box, a big one a wrapper whose name says
 * little. */
static int32_t *around(const html_tree *t, const html_blocks *b, uint32_t node, int32_t *out)
{
    int32_t *tag = out, *hint = out + COUNT(tag_names);
    memset(out, 0, (COUNT(tag_names) + HINT_COUNT) * sizeof *out);
    for (; t->node[node].parent != node && t->node[node].tag != TAG_BODY;
         node = t->node[node].parent) {
        int g = tag_group(t->node[node].tag);
        int32_t part = 1 + share(b->sum[node].chars, b->page.chars);
        if (g >= 0 && tag[g] == 0)
            tag[g] = part;
        uint32_t bits = t->node[node].hints;
        for (int h = 0; bits != 0; h++, bits >>= 1)
            if ((bits & 1) != 0 && hint[h] == 0)
                hint[h] = part;
    }
    return out + COUNT(tag_names) + HINT_COUNT;
}

void content_features(const html_tree *t, const html_blocks *b, size_t block, int32_t *ret_values)
{
    const html_block *at = &b->block[block];
    int32_t *out = own(t, at, ret_values);
    out = chain(t, b, at, out);
    out = place(t, b, block, out);
    out = near(t, b, block, out);
    out = around(t, b, at->node, out);
    *out++ = limited(b->page.chars);
    *out++ = limited(b->page.blocks);
    *out++ = share(b->page.link_chars, b->page.chars);
    *out++ = share(b->page.good, b->page.chars);
    *out = limited(b->articles);
}
