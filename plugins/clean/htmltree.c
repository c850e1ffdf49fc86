/* htmltree.c: libxml2's SAX parser fills the arrays. The parser hands out decoded text without its
 * place; the place is worked out from the parser's position in its input and proved by comparing
 * bytes. */
#include "clean/htmltree.h"
#include "common/grow.h"
#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct reader {
    html_tree *t;
    const html_hints *hints;
    htmlParserCtxtPtr parser;
    const char *src;
    size_t len, last; /* all text before `last` has been placed */
    uint32_t *open;   /* the elements around, as the parser has them */
    size_t depth, cap_open;
} reader;

static size_t position(const reader *rd)
{
    const xmlParserInput *in = rd->parser->input;
    size_t at = in != NULL ? in->consumed + (size_t)(in->cur - in->base) : rd->len;
    return at < rd->len ? at : rd->len;
}

static void stop(reader *rd, bool oom)
{
    if (oom)
        rd->t->oom = true;
    else if (rd->t->cut == 0)
        rd->t->cut = position(rd) + 1;
    xmlStopParser(rd->parser);
}

static bool alive(reader *rd)
{
    if (wn_beat(rd->t->pulse))
        return true;
    xmlStopParser(rd->parser);
    return false;
}

/* A terminated string in the values; 0 (the empty string) when out of memory. */
static uint32_t keep_value(reader *rd, const char *s, size_t n)
{
    html_tree *t = rd->t;
    char *values = n < UINT32_MAX - t->n_values
                       ? grown_to(t->values, &t->cap_values, t->n_values + n + 1, 1)
                       : NULL;
    if (values == NULL) {
        stop(rd, true);
        return 0;
    }
    t->values = values;
    uint32_t at = (uint32_t)t->n_values;
    memcpy(t->values + at, s, n);
    t->values[at + n] = '\0';
    t->n_values += n + 1;
    return at;
}

static html_node *top(const reader *rd)
{
    return &rd->t->node[rd->open[rd->depth - 1]];
}

static void add_piece(reader *rd, html_piece p)
{
    html_tree *t = rd->t;
    if (rd->depth == 0)
        return;
    p.node = rd->open[rd->depth - 1];
    html_piece *before = t->n_pieces > 0 ? &t->piece[t->n_pieces - 1] : NULL;
    if (before != NULL && before->node == p.node && before->end == p.start && p.n == 0 &&
        before->n == 0 && !p.line_break && !before->line_break && t->n_nodes - 1 == p.node) {
        before->end = p.end; /* one run that the parser gave in parts */
        return;
    }
    html_piece *all = grown(t->piece, &t->cap_pieces, t->n_pieces, sizeof *all);
    if (all == NULL) {
        stop(rd, true);
        return;
    }
    t->piece = all;
    t->piece[t->n_pieces++] = p;
}

static bool literal_at(const reader *rd, size_t at, const char *s, size_t n)
{
    return at >= rd->last && at <= rd->len && n <= rd->len - at && memcmp(rd->src + at, s, n) == 0;
}

/* Offset where a reference that ends at `end` begins; `end` when there is none. */
static size_t reference_start(const reader *rd, size_t end)
{
    enum { LONGEST = 64 };
    size_t low = end > rd->last + LONGEST ? end - LONGEST : rd->last;
    for (size_t i = end; i-- > low;)
        if (rd->src[i] == '&')
            return i;
    return end;
}

static bool place_literal(reader *rd, size_t at, const char *s, size_t n)
{
    if (!literal_at(rd, at, s, n))
        return false;
    add_piece(rd, (html_piece){.start = (uint32_t)at, .end = (uint32_t)(at + n)});
    rd->last = at + n;
    return true;
}

static bool place_reference(reader *rd, size_t end, const char *s, size_t n)
{
    size_t start = reference_start(rd, end);
    if (start == end || n > 16 || rd->src[end - 1] != ';')
        return false;
    uint32_t value = keep_value(rd, s, n);
    add_piece(rd,
              (html_piece){
                  .start = (uint32_t)start, .end = (uint32_t)end, .value = value, .n = (uint8_t)n});
    rd->last = end;
    return true;
}

static size_t char_len(const char *s, size_t n)
{
    size_t len = 1;
    while (len < n && ((uint8_t)s[len] & 0xC0) == 0x80)
        len++;
    return len;
}

/* The last resort: the parser left bytes out (controls). Walk the source beside the text, character
 * by character. */
static void place_walking(reader *rd, const char *s, size_t n, size_t upto)
{
    size_t at = rd->last, budget = n + 64;
    while (n > 0) {
        size_t c = char_len(s, n);
        while (at < upto && budget > 0 && (upto - at < c || memcmp(rd->src + at, s, c) != 0))
            at++, budget--;
        if (at >= upto || budget == 0 || !place_literal(rd, at, s, c))
            break;
        at += c, s += c, n -= c;
    }
    rd->t->unplaced += n;
    if (rd->last < upto)
        rd->last = upto;
}

static void on_text(void *data, const xmlChar *chars, int count)
{
    reader *rd = data;
    const char *s = (const char *)chars;
    size_t n = (size_t)count, end = position(rd);
    if (count <= 0 || rd->depth == 0 || rd->t->oom || !alive(rd))
        return;
    /* length of the last character: a full buffer is flushed before the parser steps over it */
    size_t tail = n;
    while (tail > 1 && ((uint8_t)s[tail - 1] & 0xC0) == 0x80)
        tail--;
    size_t step = n - tail + 1;
    if (end >= n && place_literal(rd, end - n, s, n))
        return;
    if (end + step >= n && place_literal(rd, end + step - n, s, n))
        return;
    if (place_reference(rd, end, s, n))
        return;
    size_t amp = reference_start(rd, end);
    if (amp != end && place_literal(rd, amp, s, n)) /* a lone '&' */
        return;
    place_walking(rd, s, n, end + step < rd->len ? end + step : rd->len);
}

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* Where in [from, to) of the source a value stands; the whole range when it is written otherwise
 * (entities). */
static void find_value(const reader *rd, const char *value, size_t from, size_t to, html_attr *a)
{
    size_t n = strlen(value);
    a->start = (uint32_t)from, a->end = (uint32_t)to;
    const char *hit = n > 0 && to > from ? memmem(rd->src + from, to - from, value, n) : NULL;
    if (hit != NULL) {
        a->start = (uint32_t)(hit - rd->src);
        a->end = a->start + (uint32_t)n;
    }
}

static void add_attr(reader *rd, uint32_t node, const char *name, const char *value, size_t from,
                     size_t to)
{
    enum { LONGEST = 4096, MOST = 20000 };
    html_tree *t = rd->t;
    size_t n = strlen(value);
    if (n == 0 || n > LONGEST || strlen(name) > 80 || t->n_attrs >= MOST)
        return;
    html_attr *all = grown(t->attr, &t->cap_attrs, t->n_attrs, sizeof *all);
    if (all == NULL) {
        stop(rd, true);
        return;
    }
    t->attr = all;
    html_attr a = {.node = node};
    a.name = keep_value(rd, name, strlen(name));
    a.value = keep_value(rd, value, n);
    find_value(rd, value, from, to, &a);
    t->attr[t->n_attrs++] = a;
}

static const char *attr_of(const xmlChar **atts, const char *name)
{
    for (; atts != NULL && atts[0] != NULL; atts += 2)
        if (is((const char *)atts[0], name))
            return atts[1] != NULL ? (const char *)atts[1] : "";
    return NULL;
}

static void meta_attrs(reader *rd, uint32_t node, const xmlChar **atts, size_t from, size_t to)
{
    const char *content = attr_of(atts, "content");
    if (content == NULL)
        return;
    static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *key = attr_of(atts, keys[i]);
        if (key != NULL)
            add_attr(rd, node, key, content, from, to);
    }
}

/* Attributes that metadata may be read from, for htmlmeta.c. */
static bool attr_is(const xmlChar **atts, const char *name, const char *value)
{
    const char *given = attr_of(atts, name);
    return given != NULL && is(given, value);
}

/* What an element of this name is asked for: how the attribute is filed, and its value (may be
 * NULL). NULL: nothing. */
static const char *asked_of(uint8_t tag, const xmlChar **atts, const char **ret_value)
{
    if (tag == TAG_HTML) {
        *ret_value = attr_of(atts, "lang");
        return "html:lang";
    }
    if (tag == TAG_LINK && attr_is(atts, "rel", "canonical")) {
        *ret_value = attr_of(atts, "href");
        return "link:canonical";
    }
    if (tag == TAG_TIME) {
        *ret_value = attr_of(atts, "datetime");
        return attr_of(atts, "pubdate") != NULL ? "time:pubdate" : "time:datetime";
    }
    return NULL;
}

static void note_attrs(reader *rd, uint32_t node, uint8_t tag, const xmlChar **atts, size_t from,
                       size_t to)
{
    const char *value = NULL, *name = asked_of(tag, atts, &value);
    if (tag == TAG_META)
        meta_attrs(rd, node, atts, from, to);
    if (name != NULL && value != NULL)
        add_attr(rd, node, name, value, from, to);
    if (tag != TAG_META && (value = attr_of(atts, "itemprop")) != NULL) {
        const char *given = attr_of(atts, "content");
        if (given == NULL)
            given = attr_of(atts, "datetime");
        /* "\n": the node's text */
        add_attr(rd, node, value, given != NULL ? given : "\n", from, to);
    }
    if (attr_is(atts, "rel", "author"))
        add_attr(rd, node, "rel:author", "\n", from, to);
}

static bool style_hides(const char *style)
{
    for (const char *s = style; (s = strstr(s, "display")) != NULL;) {
        s += 7;
        while (*s == ' ' || *s == ':')
            s++;
        if (strncmp(s, "none", 4) == 0)
            return true;
    }
    return false;
}

/* Attributes whose value is a name that a hint may know. */
static bool is_named(const char *attr)
{
    static const char *const names[] = {"class",    "id",          "role",
                                        "itemprop", "data-testid", "data-component"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is(attr, names[i]))
            return true;
    return false;
}

static uint8_t flags_of(const html_node *node, const char *name, const char *value)
{
    if (is(name, "hidden") || (is(name, "aria-hidden") && is(value, "true")) ||
        (is(name, "style") && style_hides(value)))
        return NODE_HIDDEN;
    bool json = node->tag == TAG_SCRIPT && is(name, "type") && strstr(value, "ld+json") != NULL;
    return json ? NODE_JSONLD : 0;
}

static void read_looks(reader *rd, html_node *node, const xmlChar **atts)
{
    uint32_t look = 2166136261u ^ node->tag;
    for (; atts != NULL && atts[0] != NULL; atts += 2) {
        const char *name = (const char *)atts[0],
                   *value = atts[1] != NULL ? (const char *)atts[1] : "";
        if (is_named(name))
            node->hints |= hints_match(rd->hints, value);
        if (is(name, "class"))
            for (const char *s = value; *s != '\0'; s++)
                look = (look ^ (uint8_t)*s) * 16777619u;
        node->flags |= flags_of(node, name, value);
    }
    node->look = look;
}

static void add_break(reader *rd, size_t at)
{
    add_piece(rd, (html_piece){.start = (uint32_t)at, .end = (uint32_t)at, .line_break = true});
}

/* The parser looks through all that is open for each stray end tag. Of very many the outermost of
 * those that lie too deep is forgotten, here and by the parser. */
static void forget_one(reader *rd)
{
    enum { MOST_OPEN = 2 * HTML_MAX_DEPTH };
    htmlParserCtxtPtr p = rd->parser;
    /* the parser has pushed the new one already */
    if (rd->depth < MOST_OPEN || (size_t)p->nameNr != rd->depth + 1)
        return;
    rd->t->node[rd->open[HTML_MAX_DEPTH]].piece_end = (uint32_t)rd->t->n_pieces;
    rd->depth--;
    p->nameNr--;
    memmove(rd->open + HTML_MAX_DEPTH, rd->open + HTML_MAX_DEPTH + 1,
            (rd->depth - HTML_MAX_DEPTH) * sizeof *rd->open);
    memmove(p->nameTab + HTML_MAX_DEPTH, p->nameTab + HTML_MAX_DEPTH + 1,
            ((size_t)p->nameNr - HTML_MAX_DEPTH) * sizeof *p->nameTab);
}

/* A new node within what is open, and room to open it; NULL: the parser has been stopped. */
static html_node *add_node(reader *rd, const xmlChar *name)
{
    html_tree *t = rd->t;
    html_node *all = grown(t->node, &t->cap_nodes, t->n_nodes, sizeof *all);
    t->node = all != NULL ? all : t->node;
    uint32_t *open = grown(rd->open, &rd->cap_open, rd->depth, sizeof *open);
    rd->open = open != NULL ? open : rd->open;
    if (all == NULL || open == NULL) {
        stop(rd, true);
        return NULL;
    }
    const html_tag_info *info = html_tag_find((const char *)name);
    size_t level = rd->depth < HTML_MAX_DEPTH ? rd->depth : HTML_MAX_DEPTH;
    html_node *node = &t->node[t->n_nodes];
    *node = (html_node){.parent = level > 0 ? open[level - 1] : (uint32_t)t->n_nodes,
                        .piece = (uint32_t)t->n_pieces,
                        .depth = (uint16_t)level,
                        .tag = info != NULL ? info->tag : TAG_OTHER,
                        .flags = info != NULL ? info->flags : 0};
    if (rd->depth > 0)
        node->flags |= top(rd)->flags & (NODE_SKIP | NODE_HIDDEN | NODE_PRE);
    t->n_nodes++;
    return node;
}

static void on_start(void *data, const xmlChar *name, const xmlChar **atts)
{
    reader *rd = data;
    html_tree *t = rd->t;
    if (t->oom || t->cut != 0 || !alive(rd))
        return;
    if (t->n_nodes == HTML_MAX_NODES) {
        stop(rd, false);
        return;
    }
    forget_one(rd);
    size_t to = position(rd);
    const char *lt = rd->last < to ? memchr(rd->src + rd->last, '<', to - rd->last) : NULL;
    size_t from = lt != NULL ? (size_t)(lt - rd->src) : to;
    html_node *node = add_node(rd, name);
    if (node == NULL)
        return;
    uint32_t index = (uint32_t)(node - t->node);
    node->source = (uint32_t)from;
    read_looks(rd, node, atts);
    if (node->depth == HTML_MAX_DEPTH)
        node->hints = 0;
    if (node->tag == TAG_BR)
        add_break(rd, from);
    if (node->depth < HTML_MAX_DEPTH)
        note_attrs(rd, index, node->tag, atts, from, to);
    rd->last = to;
    rd->open[rd->depth++] = index;
}

static void on_end(void *data, const xmlChar *name)
{
    reader *rd = data;
    (void)name; /* the parser closes what is open: starts and ends are balanced */
    if (rd->depth == 0)
        return;
    top(rd)->piece_end = (uint32_t)rd->t->n_pieces;
    rd->depth--;
    size_t at = position(rd);
    if (at > rd->last)
        rd->last = at;
}

static void run_parser(reader *rd)
{
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    sax.startElement = on_start;
    sax.endElement = on_end;
    sax.characters = sax.cdataBlock = sax.ignorableWhitespace = on_text;
    htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(rd->src, (int)rd->len);
    if (parser == NULL) {
        rd->t->oom = true;
        return;
    }
    *parser->sax = sax;
    parser->userData = rd;
    (void)htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                         HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                         HTML_PARSE_IGNORE_ENC);
    parser->charset = XML_CHAR_ENCODING_UTF8; /* the text is UTF-8 whatever its <meta> says */
    rd->parser = parser;
    (void)htmlParseDocument(parser);
    while (rd->depth > 0)
        on_end(rd, NULL);
    htmlFreeParserCtxt(parser);
}

static bool tag_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '/';
}

/* Offset past the tag that starts at `i` ('<'); *ret_words: how many attributes it may have. */
static size_t tag_end(const char *s, size_t len, size_t i, size_t *ret_words)
{
    char quote = 0;
    *ret_words = 0;
    for (i++; i < len; i++) {
        if (quote != 0) {
            quote = s[i] == quote ? (char)0 : quote;
            continue;
        }
        if (s[i] == '>' || s[i] == '<')
            break;
        if ((s[i] == '"' || s[i] == '\'') && s[i - 1] == '=')
            quote = s[i];
        else if (!tag_space(s[i]) && tag_space(s[i - 1]))
            (*ret_words)++;
    }
    return i;
}

/* Offset past a script, style or comment that starts at `i`, where tags mean nothing; `i` for
 * anything else. One that is never closed runs to the end. */
static size_t past_raw(const char *s, size_t len, size_t i)
{
    static const struct {
        const char *open, *close;
    } raw[] = {{"<script", "</script"}, {"<style", "</style"}, {"<!--", "-->"}};
    for (size_t k = 0; k < 3; k++) {
        size_t n = strlen(raw[k].open), m = strlen(raw[k].close);
        if (len - i < n || strncasecmp(s + i, raw[k].open, n) != 0)
            continue;
        for (i += n; i < len; i++) {
            const char *hit = memchr(s + i, raw[k].close[0], len - i);
            if (hit == NULL)
                return len;
            i = (size_t)(hit - s);
            if (len - i >= m && strncasecmp(hit, raw[k].close, m) == 0)
                return i;
        }
    }
    return i;
}

/* The parser compares each attribute of a tag with all before it: a tag with very many would take
 * quadratic time. The page is read up to such a tag. */
static size_t sane_length(const char *s, size_t len)
{
    size_t i = 0;
    for (const char *lt; i < len && (lt = memchr(s + i, '<', len - i)) != NULL;) {
        size_t start = (size_t)(lt - s), words = 0;
        i = past_raw(s, len, start);
        if (i > start)
            continue;
        i = start + 1;
        if (i == len || (s[i] | 32) < 'a' || (s[i] | 32) > 'z')
            continue;
        i = tag_end(s, len, start, &words);
        if (words > HTML_MAX_TAG_ATTRS)
            return start;
    }
    return len;
}

void html_prepare(void)
{
    xmlInitParser();
}

enum { KEPT_VALUES = 1 << 16 }; /* bytes, from page to page */

bool html_read(html_tree *t, const html_hints *hints, const char *text, size_t len)
{
    t->n_nodes = t->n_pieces = t->n_attrs = t->n_values = 0;
    t->unplaced = t->cut = 0;
    t->oom = false;
    if (t->cap_values > KEPT_VALUES) {
        free(t->values);
        t->values = NULL;
        t->cap_values = 0;
    }
    reader *rd = calloc(1, sizeof *rd);
    if (rd == NULL)
        return false;
    *rd = (reader){.t = t,
                   .hints = hints,
                   .src = text,
                   .len = sane_length(text, len < (1u << 30) ? len : 1u << 30)};
    if (rd->len < len)
        t->cut = rd->len + 1;
    (void)keep_value(rd, "", 0);
    if (rd->len > 0)
        run_parser(rd);
    free(rd->open);
    free(rd);
    return !t->oom && (t->pulse == NULL || t->pulse->stopped == 0);
}

void html_trim(html_tree *t)
{
    char *values = t->values;
    size_t cap = t->cap_values;
    free(t->node);
    free(t->piece);
    free(t->attr);
    memset(t, 0, sizeof *t);
    t->values = values;
    t->cap_values = cap;
}

void html_release(html_tree *t)
{
    free(t->values);
    t->values = NULL;
    t->cap_values = 0;
    html_trim(t);
}
