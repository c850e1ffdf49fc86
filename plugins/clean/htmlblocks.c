/* htmlblocks.c: see htmlblocks.h: pieces of text become blocks, which are counted and summed up
 * the tree. */
#include "clean/htmlblocks.h"
#include "common/grow.h"
#include "common/ascii.h"
#include <string.h>

bool html_visible(const html_tree *t, const html_piece *p)
{
    return (t->node[p->node].flags & NODE_SKIP) == 0;
}

uint32_t html_block_node(const html_tree *t, uint32_t node)
{
    while ((t->node[node].flags & NODE_BLOCK) == 0 && t->node[node].parent != node)
        node = t->node[node].parent;
    return node;
}

static bool in_link(const html_tree *t, uint32_t node, uint32_t upto)
{
    for (; node != upto && t->node[node].parent != node; node = t->node[node].parent)
        if (t->node[node].tag == TAG_A || t->node[node].tag == TAG_BUTTON)
            return true;
    for (int up = 0; up < 4 && t->node[node].parent != node; up++, node = t->node[node].parent)
        /* <a><div>...</div></a> */
        if (t->node[node].tag == TAG_A || t->node[node].tag == TAG_BUTTON)
            return true;
    return false;
}

/* Count a run of text into a block; *in_word goes on from piece to piece. */
static void count_text(html_block *b, const char *s, size_t n, bool link, bool *in_word)
{
    for (size_t i = 0; i < n; i++) {
        char c = s[i];
        if (ascii_space(c)) {
            *in_word = false;
            continue;
        }
        if (!*in_word) {
            b->words++;
            b->capital_words += c >= 'A' && c <= 'Z';
        }
        *in_word = true;
        if (((uint8_t)c & 0xC0) != 0x80) {
            b->chars++;
            b->link_chars += link;
        }
        b->stops += c == '.' || c == '!' || c == '?';
        b->commas += c == ',' || c == ';';
        b->digits += c >= '0' && c <= '9';
        if (b->first == '\0')
            b->first = c;
        b->last = c;
    }
}

static html_block *begin_block(html_blocks *b, uint32_t piece, uint32_t node)
{
    html_block *all = grown(b->block, &b->cap_blocks, b->n_blocks, sizeof *all);
    if (all == NULL)
        return NULL;
    b->block = all;
    html_block *block = &b->block[b->n_blocks++];
    *block = (html_block){.piece = piece, .piece_end = piece, .node = node};
    return block;
}

/* Two <br> in a row, with nothing but white space between, divide like a paragraph does. */
static bool divides(const html_tree *t, size_t i, const char *src)
{
    if (!t->piece[i].line_break)
        return false;
    for (size_t j = i + 1; j < t->n_pieces; j++) {
        const html_piece *p = &t->piece[j];
        if (p->line_break)
            return true;
        for (uint32_t k = p->start; k < p->end; k++)
            if (p->n > 0 || !ascii_space(src[k]))
                return false;
    }
    return false;
}

static bool split_blocks(html_blocks *b, const html_tree *t, const char *src)
{
    html_block *block = NULL;
    bool in_word = false;
    uint32_t last_node = UINT32_MAX, node = 0;
    bool link = false;
    for (size_t i = 0; i < t->n_pieces; i++) {
        const html_piece *p = &t->piece[i];
        if (!wn_beat(t->pulse))
            return false;
        if (!html_visible(t, p))
            continue;
        if (p->node != last_node) {
            node = html_block_node(t, p->node);
            link = in_link(t, p->node, node);
            last_node = p->node;
        }
        bool divide = divides(t, i, src);
        if (block == NULL || block->node != node || divide) {
            if (block == NULL || block->chars > 0)
                block = begin_block(b, (uint32_t)i, node);
            if (block == NULL)
                return false;
            *block = (html_block){.piece = (uint32_t)i, .node = node};
            in_word = false;
        }
        if (p->line_break)
            in_word = false;
        else if (p->n > 0)
            count_text(block, t->values + p->value, p->n, link, &in_word);
        else
            count_text(block, src + p->start, p->end - p->start, link, &in_word);
        block->piece_end = (uint32_t)i + 1;
    }
    if (b->n_blocks > 0 && b->block[b->n_blocks - 1].chars == 0)
        b->n_blocks--;
    return true;
}

static bool good(const html_tree *t, const html_block *b)
{
    uint8_t tag = t->node[b->node].tag;
    return b->words >= 12 && b->link_chars * 3 < b->chars && b->stops > 0 && tag != TAG_LABEL &&
           tag != TAG_BUTTON && (t->node[b->node].flags & NODE_HIDDEN) == 0;
}

static bool sum_up(html_blocks *b, const html_tree *t)
{
    if (t->n_nodes > b->cap_sums) {
        free(b->sum);
        b->sum = malloc(t->n_nodes * sizeof *b->sum);
        b->cap_sums = b->sum != NULL ? t->n_nodes : 0;
        if (b->sum == NULL)
            return false;
    }
    memset(b->sum, 0, t->n_nodes * sizeof *b->sum);
    for (size_t i = 0; i < b->n_blocks; i++) {
        html_block *block = &b->block[i];
        block->good = good(t, block);
        block->good_before = b->page.good;
        block->bytes_before = b->page.chars;
        node_sum *s = &b->sum[block->node];
        s->chars += block->chars;
        s->link_chars += block->link_chars;
        s->good += block->good ? block->chars : 0;
        s->blocks++;
        b->page.chars += block->chars;
        b->page.link_chars += block->link_chars;
        b->page.good += block->good ? block->chars : 0;
        b->page.blocks++;
    }
    for (size_t i = t->n_nodes; i-- > 1;) {
        node_sum *up = &b->sum[t->node[i].parent];
        up->chars += b->sum[i].chars;
        up->link_chars += b->sum[i].link_chars;
        up->good += b->sum[i].good;
        up->blocks += b->sum[i].blocks;
    }
    return true;
}

static uint8_t further(uint8_t distance, bool good)
{
    return good ? 1 : distance < GOOD_FAR ? distance + 1 : GOOD_FAR;
}

static void measure_good(html_blocks *b)
{
    uint8_t distance = GOOD_FAR;
    for (size_t i = 0; i < b->n_blocks; i++) {
        b->block[i].good_back = distance;
        distance = further(distance, b->block[i].good);
    }
    distance = GOOD_FAR;
    for (size_t i = b->n_blocks; i-- > 0;) {
        b->block[i].good_on = distance;
        distance = further(distance, b->block[i].good);
    }
}

static void survey(html_blocks *b, const html_tree *t)
{
    memset(b->look_count, 0, LOOK_SLOTS * sizeof *b->look_count);
    b->articles = 0;
    for (size_t i = 0; i < t->n_nodes; i++) {
        b->look_count[t->node[i].look % LOOK_SLOTS]++;
        b->articles += t->node[i].tag == TAG_ARTICLE;
    }
    b->first_h1 = (uint32_t)b->n_blocks;
    for (size_t i = b->n_blocks; i-- > 0;)
        if (t->node[b->block[i].node].tag == TAG_H1)
            b->first_h1 = (uint32_t)i;
}

bool blocks_find(html_blocks *b, const html_tree *t, const char *src)
{
    b->n_blocks = 0;
    b->page = (node_sum){0, 0, 0, 0};
    if (b->look_count == NULL &&
        (b->look_count = malloc(LOOK_SLOTS * sizeof *b->look_count)) == NULL)
        return false;
    if (t->n_nodes == 0)
        return true;
    if (!split_blocks(b, t, src) || !sum_up(b, t))
        return false;
    measure_good(b);
    survey(b, t);
    return true;
}

void blocks_release(html_blocks *b)
{
    free(b->block);
    free(b->sum);
    free(b->look_count);
    memset(b, 0, sizeof *b);
}
