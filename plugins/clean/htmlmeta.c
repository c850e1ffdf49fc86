/* htmlmeta.c: see htmlmeta.h: meta elements, microdata and what the visible page says; jsonld.c
 * reads the scripts. */
#include "clean/htmlmeta.h"
#include "common/ascii.h"
#include "clean/isodate.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef enum meta_key {
    M_TITLE,
    M_AUTHOR,
    M_PUBLISHER,
    M_PUBLISHED,
    M_MODIFIED,
    M_URL,
    M_LANGUAGE
} meta_key;

/* Names as pages write them in meta, link, time and microdata; the rank says how far each is to be
 * trusted. */
static const struct {
    const char *name;
    meta_key key;
    int rank;
} known[] = {
    {"og:title", M_TITLE, RANK_META},
    {"twitter:title", M_TITLE, RANK_META - 6},
    {"dc.title", M_TITLE, RANK_META - 2},
    {"citation_title", M_TITLE, RANK_META + 2},
    {"headline", M_TITLE, RANK_ITEM},
    {"author", M_AUTHOR, RANK_META},
    {"article:author", M_AUTHOR, RANK_META - 6},
    {"article:author_name", M_AUTHOR, RANK_META},
    {"dc.creator", M_AUTHOR, RANK_META - 2},
    {"parsely-author", M_AUTHOR, RANK_META + 2},
    {"byl", M_AUTHOR, RANK_META + 2},
    {"sailthru.author", M_AUTHOR, RANK_META},
    {"citation_author", M_AUTHOR, RANK_META},
    {"cXenseParse:author", M_AUTHOR, RANK_META},
    {"rel:author", M_AUTHOR, RANK_PAGE},
    {"twitter:data1", M_AUTHOR, RANK_WEAK},
    {"og:site_name", M_PUBLISHER, RANK_META},
    {"application-name", M_PUBLISHER, RANK_WEAK + 5},
    {"apple-mobile-web-app-title", M_PUBLISHER, RANK_WEAK},
    {"dc.publisher", M_PUBLISHER, RANK_ITEM},
    {"article:published_time", M_PUBLISHED, RANK_META + 4},
    {"article:published", M_PUBLISHED, RANK_META + 2},
    {"og:published_time", M_PUBLISHED, RANK_META + 2},
    {"og:article:published_time", M_PUBLISHED, RANK_META + 3},
    {"datePublished", M_PUBLISHED, RANK_META + 3},
    {"dateCreated", M_PUBLISHED, RANK_ITEM - 5},
    {"pubdate", M_PUBLISHED, RANK_META},
    {"publishdate", M_PUBLISHED, RANK_META},
    {"publish_date", M_PUBLISHED, RANK_META},
    {"publish-date", M_PUBLISHED, RANK_META},
    {"publication_date", M_PUBLISHED, RANK_META},
    {"parsely-pub-date", M_PUBLISHED, RANK_META},
    {"sailthru.date", M_PUBLISHED, RANK_META},
    {"date", M_PUBLISHED, RANK_ITEM + 5},
    {"dc.date", M_PUBLISHED, RANK_ITEM + 4},
    {"dc.date.issued", M_PUBLISHED, RANK_META},
    {"dcterms.created", M_PUBLISHED, RANK_ITEM},
    {"dcterms.issued", M_PUBLISHED, RANK_META},
    {"dc.date.created", M_PUBLISHED, RANK_ITEM},
    {"citation_date", M_PUBLISHED, RANK_ITEM},
    {"citation_publication_date", M_PUBLISHED, RANK_META},
    {"originalpublicationdate", M_PUBLISHED, RANK_META + 2},
    {"article_date_original", M_PUBLISHED, RANK_META + 2},
    {"article.published", M_PUBLISHED, RANK_META},
    {"rnews:datepublished", M_PUBLISHED, RANK_META},
    {"time:pubdate", M_PUBLISHED, RANK_PAGE + 6},
    {"article:modified_time", M_MODIFIED, RANK_META},
    {"og:updated_time", M_MODIFIED, RANK_META - 5},
    {"dateModified", M_MODIFIED, RANK_META},
    {"last-modified", M_MODIFIED, RANK_ITEM},
    {"lastmod", M_MODIFIED, RANK_ITEM},
    {"dcterms.modified", M_MODIFIED, RANK_ITEM},
    {"link:canonical", M_URL, RANK_META},
    {"og:url", M_URL, RANK_ITEM},
    {"html:lang", M_LANGUAGE, RANK_META},
    {"content-language", M_LANGUAGE, RANK_ITEM},
    {"og:locale", M_LANGUAGE, RANK_PAGE},
};

/* An address with a whole date in it says the day as the outlet counts it, whatever the time zone
 * of other stamps. */
static void add_url(clean_result *r, const char *v, size_t n, size_t start, size_t end, int rank)
{
    char iso[ISODATE_MAX];
    size_t at = 0;
    if (strncmp(v, "http", 4) != 0)
        return;
    find_plain(r, "url", v, n, start, end, rank);
    size_t len = isodate_path(v, n, iso, &at);
    bool placed = end - start == n;
    if (len > 0)
        result_find(r, "published", iso, strlen(iso), placed ? start + at : start,
                    placed ? start + at + len : end, RANK_LD + 5);
}

static void add(clean_result *r, meta_key key, const char *v, size_t n, size_t start, size_t end,
                int rank)
{
    switch (key) {
    case M_TITLE: find_title(r, v, n, start, end, rank); break;
    case M_AUTHOR: find_author(r, v, n, start, end, rank); break;
    case M_PUBLISHER: find_plain(r, "publisher", v, n, start, end, rank); break;
    case M_PUBLISHED: find_date(r, "published", v, n, start, end, rank); break;
    case M_MODIFIED: find_date(r, "modified", v, n, start, end, rank); break;
    case M_URL: add_url(r, v, n, start, end, rank); break;
    case M_LANGUAGE: find_plain(r, "language", v, n, start, end, rank); break;
    }
}

static bool is_blank(const html_piece *p, const char *src)
{
    for (uint32_t i = p->start; i < p->end; i++)
        if (src[i] != ' ' && (src[i] < '\t' || src[i] > '\r'))
            return false;
    return true;
}

/* Source range of a node's text without the blank pieces at its ends; false: it has none. */
static bool text_range(const html_tree *t, uint32_t node, const char *src, size_t *ret_start,
                       size_t *ret_end)
{
    uint32_t i = t->node[node].piece, end = t->node[node].piece_end;
    while (i < end && is_blank(&t->piece[i], src))
        i++;
    if (i == end)
        return false;
    *ret_start = t->piece[i].start;
    *ret_end = t->piece[end - 1].end;
    return *ret_end > *ret_start;
}

enum { TEXT_CAP = 400, BETWEEN = '\t' };

/* The text of a node, with a BETWEEN where another element begins, at most TEXT_CAP bytes; 0 when
 * it is empty or longer. */
static size_t node_text(const html_tree *t, uint32_t node, const char *src, char *out)
{
    size_t n = 0;
    uint32_t last = UINT32_MAX;
    for (uint32_t i = t->node[node].piece; i < t->node[node].piece_end; i++) {
        const html_piece *p = &t->piece[i];
        if (p->node != last && n > 0 && n < TEXT_CAP && (p->node != node || last != node))
            out[n++] = BETWEEN;
        last = p->node;
        const char *s = p->n > 0 ? t->values + p->value : p->line_break ? " " : src + p->start;
        size_t len = p->n > 0 ? p->n : p->line_break ? 1 : p->end - p->start;
        if (t->node[p->node].tag == TAG_SCRIPT || t->node[p->node].tag == TAG_STYLE)
            continue;
        if (n + len > TEXT_CAP)
            return 0;
        memcpy(out + n, s, len);
        n += len;
    }
    return n;
}

static void read_attr(const html_tree *t, const html_attr *a, const char *src, clean_result *r)
{
    const char *name = t->values + a->name, *value = t->values + a->value;
    char text[TEXT_CAP];
    size_t start = a->start, end = a->end;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcasecmp(known[i].name, name) != 0)
            continue;
        size_t n = strlen(value);
        int rank = known[i].rank;
        if (value[0] == '\n') { /* microdata: the text of the element */
            n = node_text(t, a->node, src, text);
            if (n == 0 || !text_range(t, a->node, src, &start, &end))
                return;
            value = text;
            rank = known[i].key == M_AUTHOR ? RANK_PAGE + 2 : RANK_ITEM;
        }
        add(r, known[i].key, value, n, start, end, rank);
        return;
    }
}

static size_t read_scripts(const html_tree *t, const char *src, clean_result *r)
{
    size_t cut = 0;
    for (size_t i = 0; i < t->n_nodes && wn_beat(t->pulse); i++) {
        const html_node *n = &t->node[i];
        if ((n->flags & NODE_JSONLD) == 0 || n->piece == n->piece_end)
            continue;
        const size_t start = t->piece[n->piece].start, end = t->piece[n->piece_end - 1].end;
        cut += !jsonld_find(src, start, end, r) && end - start > JSONLD_LONGEST;
    }
    return cut;
}

/* As fold_letters, but of other letters the first byte alone stays: two titles that differ in marks
 * or accents are two. */
static size_t fold_title(const char *s, size_t n, char *out)
{
    size_t k = 0;
    for (size_t i = 0; i < n && k < TEXT_CAP; i++) {
        char c = ascii_lower(s[i]);
        if ((c >= 'a' && c <= 'z') || ascii_digit(c) || (uint8_t)c >= 0xC3)
            out[k++] = c;
    }
    return k;
}

/* What a page says its title is, folded: the first of very many. */
enum { MOST_TITLES = 256 }; /* a shop tells the name of each of its goods */
typedef struct said_titles {
    char text[MOST_TITLES][TEXT_CAP];
    size_t len[MOST_TITLES], n;
} said_titles;

/* NULL: out of memory. */
static said_titles *fold_titles(clean_result *r)
{
    said_titles *ret = malloc(sizeof *ret);
    r->oom |= ret == NULL;
    if (ret == NULL)
        return NULL;
    ret->n = 0;
    for (size_t i = 0; i < r->n_finds && ret->n < MOST_TITLES; i++)
        if (strcmp(r->find[i].key, "title") == 0) {
            ret->len[ret->n] =
                fold_title(r->find[i].value, strlen(r->find[i].value), ret->text[ret->n]);
            ret->n++;
        }
    return ret;
}

/* Does a title that was found hold these words, or they it? */
static bool agrees(const said_titles *said, const char *text, size_t len)
{
    char want[TEXT_CAP];
    size_t n = fold_title(text, len, want);
    for (size_t i = 0; i < said->n && n >= 8; i++) {
        const char *have = said->text[i];
        size_t m = said->len[i];
        if (m >= 12 && (n < m ? memmem(have, m, want, n) : memmem(want, n, have, m)) != NULL)
            return true;
    }
    return false;
}

static void read_title_elements(const html_tree *t, const char *src, clean_result *r)
{
    char text[TEXT_CAP];
    size_t start, end;
    for (size_t i = 0; i < t->n_nodes; i++)
        if (t->node[i].tag == TAG_TITLE && t->node[t->node[i].parent].tag != TAG_SVG &&
            text_range(t, (uint32_t)i, src, &start, &end)) {
            size_t len = node_text(t, (uint32_t)i, src, text);
            find_title(r, text, len, start, end, RANK_WEAK);
            return;
        }
}

/* The first h1 that agrees with what the page says elsewhere is its title as printed; else the
 * first at all is a guess. Its text goes to `out`. */
static size_t read_headings(const html_tree *t, const char *src, const said_titles *said,
                            clean_result *r, char *out)
{
    char text[TEXT_CAP];
    bool first = true;
    for (size_t i = 0; i < t->n_nodes && wn_beat(t->pulse); i++) {
        size_t start, end, len;
        if (t->node[i].tag != TAG_H1 || !text_range(t, (uint32_t)i, src, &start, &end) ||
            (len = node_text(t, (uint32_t)i, src, text)) < 3)
            continue;
        bool sure = agrees(said, text, len);
        if (sure || first)
            find_title(r, text, len, start, end, sure ? RANK_LD + 1 : RANK_WEAK + 5);
        first = false;
        if (sure) {
            memcpy(out, text, len);
            return len;
        }
    }
    return 0;
}

/* Dates and names that the page shows where its classes say so. */
enum { MOST_DATES = 4, MOST_AUTHORS = 3, CLASS_TEXT = 200 };

/* What has been found by classes; each find counts for less. */
typedef struct by_class {
    int dates, authors;
} by_class;

static void read_class(const html_tree *t, uint32_t node, const char *src, by_class *found,
                       clean_result *r)
{
    char text[TEXT_CAP];
    size_t start, end, before = r->n_finds;
    const html_node *n = &t->node[node];
    bool date = (n->hints & HINT(HINT_DATE)) != 0 || n->tag == TAG_TIME,
         by = (n->hints & HINT(HINT_BYLINE)) != 0;
    if ((!date && !by) || (n->flags & NODE_SKIP) != 0 || !text_range(t, node, src, &start, &end))
        return;
    size_t len = node_text(t, node, src, text);
    if (date && len > 0 && len < CLASS_TEXT && found->dates < MOST_DATES)
        find_date(r, "published", text, len, start, end, RANK_PAGE - found->dates);
    found->dates += r->n_finds > before;
    before = r->n_finds;
    if (by && len > 3 && len < CLASS_TEXT && found->authors < MOST_AUTHORS)
        find_author(r, text, len, start, end, RANK_WEAK + 5 - found->authors);
    found->authors += r->n_finds > before;
}

static void read_classes(const html_tree *t, const char *src, clean_result *r)
{
    by_class found = {0, 0};
    for (size_t i = 0; i < t->n_nodes && wn_beat(t->pulse) &&
                       (found.dates < MOST_DATES || found.authors < MOST_AUTHORS);
         i++)
        read_class(t, (uint32_t)i, src, &found, r);
}

/* A date in a short block before the midst of the page, when nothing better is known. */
static void read_blocks(const html_tree *t, const html_blocks *b, const char *src, clean_result *r)
{
    enum { SHORT = 150 };
    for (size_t i = 0; i < b->n_blocks && b->block[i].bytes_before * 2 <= b->page.chars; i++) {
        const html_block *block = &b->block[i];
        if (block->chars > SHORT || block->chars < 8 || block->digits < 5)
            continue;
        for (uint32_t k = block->piece; k < block->piece_end; k++) {
            const html_piece *p = &t->piece[k];
            size_t before = r->n_finds;
            if (html_visible(t, p) && p->n == 0)
                find_date(r, "published", src + p->start, p->end - p->start, p->start, p->end,
                          RANK_WEAK);
            if (r->n_finds > before)
                return;
        }
    }
}

size_t html_meta(const html_tree *t, const html_blocks *b, const char *src, clean_result *r)
{
    char h1[TEXT_CAP];
    for (size_t i = 0; i < t->n_attrs; i++) {
        const char *name = t->values + t->attr[i].name, *value = t->values + t->attr[i].value;
        if (strcmp(name, "time:datetime") == 0)
            find_date(r, "published", value, strlen(value), t->attr[i].start, t->attr[i].end,
                      RANK_PAGE + 1);
        else
            read_attr(t, &t->attr[i], src, r);
    }
    size_t cut = read_scripts(t, src, r);
    read_title_elements(t, src, r);
    said_titles *said = fold_titles(r); /* not what the headings add */
    size_t n = said != NULL ? read_headings(t, src, said, r, h1) : 0;
    free(said);
    read_classes(t, src, r);
    read_blocks(t, b, src, r);
    trim_titles(r, h1, n);
    return cut;
}
