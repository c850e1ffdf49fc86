/* removed.c: see removed.h. What the text covers is sorted and joined; what lies between was
 * removed. */
#include "config.h"
#include "cmd/removed.h"
#include "cmd/proof.h"
#include "util/alloc.h"
#include <stdlib.h>
#include <string.h>

static bool add(removed *r, uint64_t start, uint64_t end)
{
    if (!MEM_GROW(r->range, r->cap, r->n + 1))
        return false;
    r->range[r->n++] = (wn_range){start, end, WN_MAP_EXACT, 0};
    return true;
}

static bool add_ranges(removed *r, const json_t *list)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        wn_range one;
        json_t *alone = json_pack("[O]", item);
        bool good = ranges_of_json(alone, &one, 1) == 1;
        json_decref(alone);
        if (good && !add(r, one.start, one.end))
            return false;
    }
    return true;
}

/* [text start, text end, raw start, raw end, kind] */
static bool add_map(removed *r, const json_t *map)
{
    size_t i;
    json_t *m;
    json_array_foreach(map, i, m)
    {
        json_int_t start = json_integer_value(json_array_get(m, 2)),
                   end = json_integer_value(json_array_get(m, 3));
        if (start >= 0 && end >= start && !add(r, (uint64_t)start, (uint64_t)end))
            return false;
    }
    return true;
}

static bool add_layers(removed *r, const json_t *spans)
{
    static const char *const layers[] = {"paragraph", "heading", "sentence"};
    for (size_t k = 0; k < sizeof layers / sizeof *layers; k++) {
        size_t i;
        json_t *span;
        json_array_foreach(json_object_get(spans, layers[k]), i,
                           span) if (!add_ranges(r, json_object_get(span, "raw"))) return false;
    }
    return true;
}

static int by_start(const void *a, const void *b)
{
    const wn_range *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

/* From what is covered (sorted) to what is not. */
static bool invert(removed *covered, size_t raw_len, removed *ret)
{
    uint64_t at = 0;
    if (covered->n > 1)
        qsort(covered->range, covered->n, sizeof *covered->range, by_start);
    for (size_t i = 0; i <= covered->n; i++) {
        uint64_t start = i < covered->n ? covered->range[i].start : raw_len;
        if (start > raw_len)
            start = raw_len;
        if (start > at) {
            if (!add(ret, at, start))
                return false;
            ret->bytes += start - at;
        }
        if (i < covered->n && covered->range[i].end > at)
            at = covered->range[i].end;
    }
    return true;
}

bool removed_find(const json_t *doc, size_t raw_len, removed *ret)
{
    removed covered = REMOVED_INIT;
    const json_t *map = json_object_get(doc, "map");
    ret->by_map = json_array_size(map) > 0;
    bool good =
        ret->by_map ? add_map(&covered, map) : add_layers(&covered, json_object_get(doc, "spans"));
    good = good && covered.n > 0 && invert(&covered, raw_len, ret);
    removed_release(&covered);
    return good;
}

void removed_release(removed *r)
{
    mem_free(r->range);
    *r = (removed)REMOVED_INIT;
}

static bool starts(const char *p, size_t n, const char *word)
{
    size_t len = strlen(word);
    if (n < len)
        return false;
    for (size_t i = 0; i < len; i++)
        if ((p[i] >= 'A' && p[i] <= 'Z' ? p[i] + 32 : p[i]) != word[i])
            return false;
    return true;
}

/* Up to and with the > of the tag that begins at `at`; n: it has none. */
static size_t tag(const char *p, size_t n, size_t at)
{
    const char *end = memchr(p + at, '>', n - at);
    return end == NULL ? n : (size_t)(end - p) + 1;
}

/* Up to and with the end tag of the element, in which no other markup counts. */
static size_t element(const char *p, size_t n, const char *name)
{
    for (size_t i = 1; i + 1 < n; i++)
        if (p[i] == '<' && p[i + 1] == '/' && starts(p + i + 2, n - i - 2, name))
            return tag(p, n, i);
    return n;
}

/* Length of the markup at p: a tag, a comment, or a whole script or style. */
static size_t markup(const char *p, size_t n)
{
    static const char *const whole[] = {"script", "style"};
    if (n < 2 || !(p[1] == '/' || p[1] == '!' || p[1] == '?' || (p[1] >= 'A' && p[1] <= 'z')))
        return 0;
    for (size_t k = 0; k < 2; k++)
        if (starts(p + 1, n - 1, whole[k]))
            return element(p, n, whole[k]);
    if (starts(p, n, "<!--")) {
        const char *end = memmem(p, n, "-->", 3);
        return end == NULL ? n : (size_t)(end - p) + 3;
    }
    return tag(p, n, 0);
}

void removed_words(wn_str raw, wn_range range, strbuf *ret)
{
    const char *p = raw.p + range.start;
    size_t n = range.end <= raw.len ? (size_t)(range.end - range.start) : 0;
    strbuf_clear(ret);
    for (size_t i = 0; i < n;) {
        size_t skip = p[i] == '<' ? markup(p + i, n - i) : 0;
        bool blank = skip > 0 || (unsigned char)p[i] <= ' ';
        if (!blank)
            strbuf_putc(ret, p[i]);
        else if (ret->len > 0 && ret->p[ret->len - 1] != ' ')
            strbuf_putc(ret, ' ');
        i += skip > 0 ? skip : 1;
    }
    while (ret->len > 0 && ret->p[ret->len - 1] == ' ')
        ret->p[--ret->len] = '\0';
}
