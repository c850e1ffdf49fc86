/* content.c: see content.h: reading the model, and choosing blocks by it; features.c makes the
 * numbers. */
#include "clean/content.h"
#include "common/grow.h"
#include <string.h>

enum { MAX_FEATURES = 128 };

static bool number(const char **s, const char *end, int32_t *ret)
{
    while (*s < end && **s == ' ')
        (*s)++;
    bool minus = *s < end && **s == '-';
    *s += minus;
    const char *from = *s;
    int64_t n = 0;
    for (; *s < end && **s >= '0' && **s <= '9' && n <= INT32_MAX; (*s)++)
        n = n * 10 + (**s - '0');
    *ret = (int32_t)(minus ? -n : n);
    return *s > from && n <= INT32_MAX;
}

static int32_t feature_of(const char *s, size_t n)
{
    const char *name;
    for (size_t i = 0; (name = content_feature_name(i)) != NULL; i++)
        if (strlen(name) == n && memcmp(name, s, n) == 0)
            return (int32_t)i;
    return -1;
}

static bool word_is(const char *s, size_t n, const char *word)
{
    return strlen(word) == n && memcmp(s, word, n) == 0;
}

/* "tree", "threshold N", "leaf VALUE" or "FEATURE LIMIT LEFT RIGHT" (children counted from the
 * tree's first node). */
static bool add_tree(content_model *m)
{
    int32_t *roots = grown(m->root, &m->cap_roots, m->n_roots, sizeof *roots);
    if (roots == NULL)
        return false;
    m->root = roots;
    m->root[m->n_roots++] = (int32_t)m->n_nodes;
    return true;
}

/* "FEATURE THRESHOLD LEFT RIGHT": node number `at` of its tree, whose first is `first`. Branches
 * lead on only, so that a walk ends. */
static bool read_split(const char *word, size_t n, const char *s, const char *end, int32_t at,
                       int32_t first, model_node *ret)
{
    enum { MOST_NODES = 4096 };
    ret->feature = feature_of(word, n);
    if (ret->feature < 0 || !number(&s, end, &ret->value) || !number(&s, end, &ret->left) ||
        !number(&s, end, &ret->right) || ret->left <= at || ret->right <= at ||
        ret->left > MOST_NODES || ret->right > MOST_NODES)
        return false;
    ret->left += first, ret->right += first;
    return true;
}

static bool add_node(content_model *m, const char *word, size_t n, const char *s, const char *end)
{
    if (m->n_roots == 0)
        return false;
    model_node *nodes = grown(m->node, &m->cap_nodes, m->n_nodes, sizeof *nodes);
    if (nodes == NULL)
        return false;
    m->node = nodes;
    model_node node = {-1, 0, 0, 0};
    int32_t first = m->root[m->n_roots - 1], at = (int32_t)m->n_nodes - first;
    if (word_is(word, n, "leaf") ? !number(&s, end, &node.value)
                                 : !read_split(word, n, s, end, at, first, &node))
        return false;
    m->node[m->n_nodes++] = node;
    return true;
}

static bool model_line(content_model *m, const char *s, const char *end)
{
    const char *word = s;
    while (s < end && *s != ' ')
        s++;
    size_t n = (size_t)(s - word);
    if (n == 0 || word[0] == '#')
        return true;
    if (word_is(word, n, "threshold"))
        return number(&s, end, &m->threshold);
    return word_is(word, n, "tree") ? add_tree(m) : add_node(m, word, n, s, end);
}

static bool model_whole(const content_model *m)
{
    for (size_t i = 0; i < m->n_roots; i++) {
        size_t end = i + 1 < m->n_roots ? (size_t)m->root[i + 1] : m->n_nodes;
        if ((size_t)m->root[i] >= end)
            return false;
        for (size_t k = (size_t)m->root[i]; k < end; k++)
            if (m->node[k].feature >= 0 &&
                ((size_t)m->node[k].left >= end || (size_t)m->node[k].right >= end))
                return false;
    }
    return content_n_features <= MAX_FEATURES;
}

bool model_load(content_model *m, const char *data, size_t len, int *ret_line)
{
    *ret_line = 1;
    for (const char *s = data, *end = data + len; s < end; (*ret_line)++) {
        const char *nl = memchr(s, '\n', (size_t)(end - s));
        if (nl == NULL)
            nl = end;
        if (!model_line(m, s, nl))
            return false;
        s = nl + 1;
    }
    return model_whole(m);
}

void model_release(content_model *m)
{
    free(m->node);
    free(m->root);
    memset(m, 0, sizeof *m);
}

static int32_t score(const content_model *m, const int32_t *features)
{
    int64_t sum = 0;
    for (size_t i = 0; i < m->n_roots; i++) {
        const model_node *n = &m->node[m->root[i]];
        while (n->feature >= 0)
            n = &m->node[features[n->feature] <= n->value ? n->left : n->right];
        sum += n->value;
    }
    return (int32_t)(sum > INT32_MAX ? INT32_MAX : sum < INT32_MIN ? INT32_MIN : sum);
}

/* Letters and digits of a block, small, at most cap. */
static size_t fold_block(const html_tree *t, const html_block *b, const char *src, char *out,
                         size_t cap)
{
    size_t n = 0;
    for (uint32_t i = b->piece; i < b->piece_end; i++) {
        const html_piece *p = &t->piece[i];
        if (!html_visible(t, p) || p->n > 0)
            continue;
        for (uint32_t k = p->start; k < p->end && n < cap; k++) {
            char c = src[k];
            if (c >= 'A' && c <= 'Z')
                c = (char)(c + 32);
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
                out[n++] = c;
        }
    }
    return n;
}

static size_t fold_title(const char *title, char *out, size_t cap)
{
    size_t n = 0;
    for (; *title != '\0' && n < cap; title++) {
        char c = *title;
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out[n++] = c;
    }
    return n;
}

enum { TITLE_FOLD = 300 };

static void drop_title(const html_tree *t, html_blocks *b, const char *src, const char *title)
{
    char want[TITLE_FOLD], have[TITLE_FOLD];
    size_t n = fold_title(title, want, sizeof want);
    if (n < 4 || n == sizeof want)
        return;
    for (size_t i = 0; i < b->n_blocks; i++) {
        html_block *block = &b->block[i];
        uint8_t tag = t->node[block->node].tag;
        if (block->keep && tag >= TAG_H1 && tag <= TAG_H2 &&
            fold_block(t, block, src, have, sizeof have) == n && memcmp(want, have, n) == 0)
            block->keep = false;
    }
}

static bool boiler(const html_tree *t, uint32_t node)
{
    for (; t->node[node].parent != node; node = t->node[node].parent) {
        uint8_t tag = t->node[node].tag;
        if (tag == TAG_NAV || tag == TAG_FOOTER || tag == TAG_ASIDE)
            return true;
    }
    return false;
}

/* All prose; if there is none all text that is no navigation. */
static void baseline(const html_tree *t, html_blocks *b)
{
    bool prose = b->page.good > 0;
    for (size_t i = 0; i < b->n_blocks && wn_beats(t->pulse, HTML_A_BLOCK); i++) {
        html_block *block = &b->block[i];
        block->keep = prose ? block->good : !boiler(t, block->node);
    }
}

bool content_select(const content_model *m, const html_tree *t, html_blocks *b, const char *src,
                    const char *title)
{
    enum { TINY = 80 };
    int32_t features[MAX_FEATURES];
    uint64_t kept = 0;
    for (size_t i = 0; i < b->n_blocks && wn_beats(t->pulse, HTML_A_BLOCK); i++) {
        content_features(t, b, i, features);
        b->block[i].keep = m->n_roots > 0 && score(m, features) > m->threshold;
        kept += b->block[i].keep ? b->block[i].chars : 0;
    }
    bool found = kept >= TINY;
    if (!found)
        baseline(t, b);
    drop_title(t, b, src, title);
    return found;
}
