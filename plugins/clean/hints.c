/* hints.c: see hints.h: a hash table of words and of words joined by hyphens. */
#include "clean/hints.h"
#include "common/ascii.h"
#include <string.h>

static const char *const names[HINT_COUNT] = {
    "body",    "content", "nav",    "footer",  "header", "aside", "comment", "share",
    "related", "promo",   "cookie", "paywall", "byline", "date",  "caption", "tags",
    "form",    "hidden",  "title",  "summary", "media",  "toc",   "product", "forum",
};

static uint32_t hash(const char *s, size_t n)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (uint8_t)s[i]) * 16777619u;
    return h ^ h >> 15;
}

/* The slot of a word, or the free one where it would be. */
static size_t slot_of(const html_hints *h, const char *word, size_t n)
{
    size_t i = hash(word, n) % HINT_SLOTS;
    while (h->slot[i].word[0] != '\0' &&
           (strncmp(h->slot[i].word, word, n) != 0 || h->slot[i].word[n] != '\0'))
        i = (i + 1) % HINT_SLOTS;
    return i;
}

static bool add_word(html_hints *h, const char *word, size_t n, uint32_t bits)
{
    if (n >= HINT_WORD)
        return false;
    size_t i = slot_of(h, word, n);
    if (h->slot[i].word[0] == '\0') {
        if (h->used >= HINT_SLOTS / 2)
            return false;
        memcpy(h->slot[i].word, word, n);
        h->used++;
    }
    h->slot[i].bits |= bits;
    return true;
}

static int name_of(const char *s, size_t n)
{
    for (int i = 0; i < HINT_COUNT; i++)
        if (strlen(names[i]) == n && memcmp(names[i], s, n) == 0)
            return i;
    return -1;
}

/* One line of the data: "hint: word word two-words ..." */
static bool load_line(html_hints *h, const char *s, size_t n)
{
    if (n > 0 && s[n - 1] == '\r')
        n--;
    if (n == 0 || s[0] == '#')
        return true;
    const char *colon = memchr(s, ':', n);
    int hint = colon != NULL ? name_of(s, (size_t)(colon - s)) : -1;
    if (hint < 0)
        return false;
    for (size_t i = (size_t)(colon - s) + 1; i < n;) {
        size_t start = i;
        while (i < n && s[i] != ' ')
            i++;
        if (i > start && !add_word(h, s + start, i - start, HINT(hint)))
            return false;
        i++;
    }
    return true;
}

bool hints_load(html_hints *h, const char *data, size_t len, int *ret_line)
{
    int line = 1;
    for (size_t i = 0; i < len; line++) {
        const char *end = memchr(data + i, '\n', len - i);
        size_t n = end != NULL ? (size_t)(end - (data + i)) : len - i;
        if (!load_line(h, data + i, n)) {
            *ret_line = line;
            return false;
        }
        i += n + 1;
    }
    return true;
}

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

enum { GRAMS = 3, NAME_LIMIT = 1000 };

/* Words are runs of letters; a capital after a small letter starts one too (camelCase). Each word
 * is looked up alone and joined with the one or two before it in the same name. */
/* The last words of the name at hand, joined by hyphens. */
typedef struct grams {
    char joined[GRAMS * HINT_WORD];
    size_t start[GRAMS + 1], n, words;
} grams;

static void forget_oldest(grams *g)
{
    memmove(g->joined, g->joined + g->start[1], g->n - g->start[1]);
    g->n -= g->start[1];
    g->start[0] = 0, g->start[1] = g->start[2] - g->start[1];
    g->words--;
}

/* The word at s, in small letters; a capital in "camelCase" begins another. Returns its end. */
static const char *next_gram(grams *g, const char *s)
{
    const char *from = s;
    if (g->words == GRAMS)
        forget_oldest(g);
    if (g->words > 0)
        g->joined[g->n++] = '-';
    g->start[g->words++] = g->n;
    for (; letter(*s) && s - from < HINT_WORD - 2; s++) {
        if (s > from && ascii_upper(*s) && !ascii_upper(s[-1]))
            break;
        g->joined[g->n++] = (char)(ascii_upper(*s) ? *s + 32 : *s);
    }
    return s;
}

static bool ends_name(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '/';
}

uint32_t hints_match(const html_hints *h, const char *value)
{
    grams g = {.n = 0};
    uint32_t bits = 0;
    for (const char *s = value; *s != '\0' && s - value < NAME_LIMIT;) {
        if (!letter(*s)) {
            if (ends_name(*s++))
                g.words = g.n = 0;
            continue;
        }
        s = next_gram(&g, s);
        for (size_t w = 0; w < g.words; w++)
            bits |= h->slot[slot_of(h, g.joined + g.start[w], g.n - g.start[w])].bits;
    }
    return bits;
}
