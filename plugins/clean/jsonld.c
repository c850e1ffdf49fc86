/* jsonld.c: schema.org metadata of an article from a page's JSON-LD. */
#include "clean/htmlmeta.h"
#include <jansson.h>
#include <string.h>

typedef struct ld {
    const char *src;
    size_t start, end;
    clean_result *r;
    json_t *graph[64]; /* objects with an @id, to which others refer */
    size_t n_graph;
    size_t budget; /* bytes that may still be searched for values */
} ld;

enum { MAX_DEPTH = 6 };

/* Where in the script the value stands; the whole script when it is written with escapes, or one of
 * very many. */
static void locate(ld *l, const char *value, size_t *ret_start, size_t *ret_end)
{
    size_t n = strlen(value), len = l->end - l->start;
    const char *hit = n > 0 && l->budget >= len ? memmem(l->src + l->start, len, value, n) : NULL;
    size_t looked = hit != NULL ? (size_t)(hit - l->src) - l->start : len;
    l->budget -= looked < l->budget ? looked : l->budget;
    *ret_start = hit != NULL ? (size_t)(hit - l->src) : l->start;
    *ret_end = hit != NULL ? *ret_start + n : l->end;
}

static const char *text_of(const json_t *object, const char *key)
{
    const json_t *v = json_object_get(object, key);
    if (json_is_array(v))
        v = json_array_get(v, 0);
    return json_string_value(v);
}

static bool is_a(const json_t *object, const char *part)
{
    const json_t *type = json_object_get(object, "@type");
    size_t n = json_is_array(type) ? json_array_size(type) : 1;
    for (size_t i = 0; i < n; i++) {
        const char *name = json_string_value(json_is_array(type) ? json_array_get(type, i) : type);
        if (name != NULL && strstr(name, part) != NULL)
            return true;
    }
    return false;
}

static const json_t *resolve(const ld *l, const json_t *v)
{
    const char *id =
        json_is_object(v) && json_object_get(v, "name") == NULL ? text_of(v, "@id") : NULL;
    for (size_t i = 0; id != NULL && i < l->n_graph; i++) {
        const char *other = text_of(l->graph[i], "@id");
        if (other != NULL && strcmp(other, id) == 0 && l->graph[i] != v)
            return l->graph[i];
    }
    return v;
}

static const char *name_of(const ld *l, const json_t *v)
{
    v = resolve(l, v);
    return json_is_string(v) ? json_string_value(v) : text_of(v, "name");
}

static void add_text(ld *l, const char *key, const char *value, int rank,
                     void (*find)(clean_result *, const char *, size_t, size_t, size_t, int))
{
    size_t start, end;
    if (value == NULL)
        return;
    locate(l, value, &start, &end);
    if (find != NULL)
        find(l->r, value, strlen(value), start, end, rank);
    else if (strcmp(key, "published") == 0 || strcmp(key, "modified") == 0)
        find_date(l->r, key, value, strlen(value), start, end, rank);
    else
        find_plain(l->r, key, value, strlen(value), start, end, rank);
}

/* Several authors become one value, "A, B". */
static void add_authors(ld *l, const json_t *author, int rank)
{
    char all[280];
    size_t n = 0, count = json_is_array(author) ? json_array_size(author) : 1;
    if (count == 1) {
        add_text(l, "author",
                 name_of(l, json_is_array(author) ? json_array_get(author, 0) : author), rank,
                 find_author);
        return;
    }
    for (size_t i = 0; i < count && i < 8; i++) {
        const char *name = name_of(l, json_array_get(author, i));
        size_t len = name != NULL ? strlen(name) : 0;
        if (len == 0 || n + len + 3 > sizeof all)
            continue;
        if (n > 0) {
            memcpy(all + n, ", ", 2);
            n += 2;
        }
        memcpy(all + n, name, len);
        n += len;
    }
    find_author(l->r, all, n, l->start, l->end, rank);
}

static void read_work(ld *l, const json_t *o, int rank)
{
    const char *headline = text_of(o, "headline");
    add_text(l, "title", headline != NULL ? headline : text_of(o, "name"),
             rank - (headline == NULL), find_title);
    add_authors(l, json_object_get(o, "author"), rank);
    const json_t *publisher = json_object_get(o, "publisher");
    if (json_is_array(publisher))
        publisher = json_array_get(publisher, 0);
    add_text(l, "publisher", name_of(l, publisher), rank - 20, NULL);
    add_text(l, "published", text_of(o, "datePublished"), rank, NULL);
    add_text(l, "modified", text_of(o, "dateModified"), rank, NULL);
    add_text(l, "language", text_of(o, "inLanguage"), rank - 30, NULL);
}

static bool is_article(const json_t *o)
{
    static const char *const kinds[] = {"Article", "Posting", "Report", "Review", "LiveBlog"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (is_a(o, kinds[i]))
            return true;
    return false;
}

static void read_node(ld *l, const json_t *v, int depth)
{
    if (depth > MAX_DEPTH)
        return;
    if (json_is_array(v)) {
        for (size_t i = 0; i < json_array_size(v) && i < 1000; i++)
            read_node(l, json_array_get(v, i), depth + 1);
        return;
    }
    if (!json_is_object(v))
        return;
    if (is_article(v))
        read_work(l, v, RANK_LD);
    else if (is_a(v, "WebPage") || is_a(v, "Product") || is_a(v, "Recipe") || is_a(v, "Course"))
        read_work(l, v, RANK_WEAK + 10);
    else if (is_a(v, "WebSite") || is_a(v, "Organization") || is_a(v, "NewsMedia"))
        add_text(l, "publisher", text_of(v, "name"), RANK_WEAK, NULL);
    read_node(l, json_object_get(v, "@graph"), depth + 1);
    read_node(l, json_object_get(v, "mainEntity"), depth + 1);
    read_node(l, json_object_get(v, "mainEntityOfPage"), depth + 1);
}

static void collect(ld *l, json_t *v, int depth)
{
    if (depth > MAX_DEPTH)
        return;
    if (json_is_array(v))
        for (size_t i = 0; i < json_array_size(v) && i < 1000; i++)
            collect(l, json_array_get(v, i), depth + 1);
    if (!json_is_object(v))
        return;
    if (l->n_graph < sizeof l->graph / sizeof *l->graph && json_object_get(v, "@id") != NULL &&
        json_object_get(v, "name") != NULL)
        l->graph[l->n_graph++] = v;
    collect(l, json_object_get(v, "@graph"), depth + 1);
}

/* Broken JSON (raw line ends in strings are common): the plain string values of the best known
 * keys. */
static void scan_broken(const ld *l)
{
    static const struct {
        const char *quoted, *key;
    } keys[] = {{"\"datePublished\"", "published"},
                {"\"dateModified\"", "modified"},
                {"\"headline\"", "title"}};
    const char *s = l->src + l->start;
    size_t len = l->end - l->start;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *hit = memmem(s, len, keys[i].quoted, strlen(keys[i].quoted));
        size_t at = hit != NULL ? (size_t)(hit - s) + strlen(keys[i].quoted) : len;
        while (at < len && (s[at] == ' ' || s[at] == ':' || s[at] == '\n'))
            at++;
        const char *close = at < len && s[at] == '"' ? memchr(s + at + 1, '"', len - at - 1) : NULL;
        size_t n = close != NULL ? (size_t)(close - (s + at + 1)) : 0;
        if (n == 0 || n > 300 || memchr(s + at + 1, '\\', n) != NULL)
            continue;
        size_t from = l->start + at + 1;
        if (i == 2)
            find_title(l->r, s + at + 1, n, from, from + n, RANK_LD - 5);
        else
            find_date(l->r, keys[i].key, s + at + 1, n, from, from + n, RANK_LD - 5);
    }
}

bool jsonld_find(const char *src, size_t start, size_t end, clean_result *r)
{
    enum { SEARCHES = 32 };
    ld l = {.src = src, .start = start, .end = end, .r = r, .budget = (end - start) * SEARCHES};
    json_error_t err;
    json_t *root = NULL;
    if (end - start <= JSONLD_LONGEST)
        root = json_loadb(src + start, end - start, JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, &err);
    if (root == NULL) {
        scan_broken(&l);
        return false;
    }
    collect(&l, root, 0);
    read_node(&l, root, 0);
    json_decref(root);
    return true;
}
