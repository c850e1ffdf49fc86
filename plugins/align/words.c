/* words.c: see words.h: the word lists, and the stemmer with a cache of the last terms. */
#include "align/words.h"
#include "common/grow.h"

#define XXH_INLINE_ALL
#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum { WORD_MAX = 64, PHRASE_MAX = 6, KNOWN_SLOTS = 2048, KNOWN_WORD = 24 };

typedef struct phrase {
    uint32_t word[PHRASE_MAX];
    unsigned n;
} phrase;

struct word_lists {
    uint32_t *stop;
    size_t n_stop, cap_stop;
    phrase *reason;
    size_t n_reasons, cap_reasons;
    uint64_t begins; /* a bit for the hash of each reason's first word */
};

/* Most words of a text are frequent ones: the terms of the last few are kept, a slot for each
 * hash. */
typedef struct known_term {
    char word[KNOWN_WORD]; /* folded */
    uint32_t len, term;
} known_term;

struct term_maker {
    const word_lists *words;
    struct sb_stemmer *stemmer;
    known_term known[KNOWN_SLOTS];
};

uint32_t term_hash(const char *bytes, size_t len)
{
    uint32_t h = (uint32_t)XXH3_64bits(bytes, len);
    return h == 0 ? 1 : h;
}

uint64_t text_hash(const char *bytes, size_t len)
{
    return XXH3_64bits(bytes, len);
}

uint32_t word_hash(const char *word, size_t len)
{
    char folded[WORD_MAX];
    size_t n = wn_fold(word, len, folded, sizeof folded);
    return term_hash(folded, n);
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static bool add_stop(word_lists *w, const char *line, size_t len)
{
    uint32_t *stop = grown(w->stop, &w->cap_stop, w->n_stop, sizeof *stop);
    if (stop == NULL)
        return false;
    w->stop = stop;
    w->stop[w->n_stop++] = word_hash(line, len);
    return true;
}

static bool add_reason(word_lists *w, const char *line, size_t len)
{
    phrase *reason = grown(w->reason, &w->cap_reasons, w->n_reasons, sizeof *reason);
    if (reason == NULL)
        return false;
    w->reason = reason;
    phrase *p = &w->reason[w->n_reasons++];
    p->n = 0;
    for (size_t i = 0, end; i < len && p->n < PHRASE_MAX; i = end + 1) {
        for (end = i; end < len && line[end] != ' ';)
            end++;
        p->word[p->n++] = word_hash(line + i, end - i);
    }
    w->begins |= UINT64_C(1) << p->word[0] % 64;
    return true;
}

/* 0: fine; 1: bad line; -1: out of memory. `section` is kept between lines: 's', 'r' or 0. */
static int parse_line(word_lists *w, const char *line, size_t len, char *section)
{
    if (len == 0 || line[0] == '#')
        return 0;
    if (line[0] == '[') {
        *section = len == 6 && memcmp(line, "[stop]", 6) == 0     ? 's'
                   : len == 8 && memcmp(line, "[reason]", 8) == 0 ? 'r'
                                                                  : 0;
        return *section == 0;
    }
    if (*section == 0)
        return 1;
    return (*section == 's' ? add_stop(w, line, len) : add_reason(w, line, len)) ? 0 : -1;
}

word_lists *word_lists_parse(const char *bytes, size_t len, int *ret_line)
{
    word_lists *w = calloc(1, sizeof *w);
    char section = 0;
    int number = 0, bad = w == NULL ? -1 : 0;
    for (size_t at = 0, end; bad == 0 && at < len; at = end + 1) {
        const char *nl = memchr(bytes + at, '\n', len - at);
        end = nl != NULL ? (size_t)(nl - bytes) : len;
        size_t stop = end;
        while (stop > at &&
               (bytes[stop - 1] == ' ' || bytes[stop - 1] == '\r' || bytes[stop - 1] == '\t'))
            stop--;
        number++;
        bad = parse_line(w, bytes + at, stop - at, &section);
    }
    if (bad != 0) {
        *ret_line = bad > 0 ? number : 0;
        word_lists_free(w);
        return NULL;
    }
    if (w->n_stop > 1)
        qsort(w->stop, w->n_stop, sizeof *w->stop, by_value);
    return w;
}

void word_lists_free(word_lists *w)
{
    if (w == NULL)
        return;
    free(w->stop);
    free(w->reason);
    free(w);
}

term_maker *term_maker_new(const word_lists *w)
{
    term_maker *m = calloc(1, sizeof *m);
    if (m == NULL)
        return NULL;
    m->words = w;
    m->stemmer = sb_stemmer_new("english", NULL);
    if (m->stemmer == NULL) {
        free(m);
        return NULL;
    }
    return m;
}

void term_maker_free(term_maker *m)
{
    if (m == NULL)
        return;
    sb_stemmer_delete(m->stemmer);
    free(m);
}

static bool is_stop(const word_lists *w, uint32_t hash)
{
    return w->n_stop > 0 && bsearch(&hash, w->stop, w->n_stop, sizeof *w->stop, by_value) != NULL;
}

/* `folded` is overwritten. */
static uint32_t make_term(term_maker *m, char *folded, size_t n, uint32_t hash)
{
    if (is_stop(m->words, hash))
        return 0;
    size_t kept = 0; /* "u.s." and "us" are one term */
    for (size_t i = 0; i < n; i++)
        if (folded[i] != '.')
            folded[kept++] = folded[i];
    if (kept < 2)
        return 0;
    const sb_symbol *stem = sb_stemmer_stem(m->stemmer, (const sb_symbol *)folded, (int)kept);
    return stem == NULL ? 0 : term_hash((const char *)stem, (size_t)sb_stemmer_length(m->stemmer));
}

uint32_t term_of(term_maker *m, const char *word, size_t len)
{
    char folded[WORD_MAX];
    size_t n = wn_fold(word, len, folded, sizeof folded);
    if (n < 2)
        return 0;
    uint32_t hash = term_hash(folded, n);
    if (n > KNOWN_WORD)
        return make_term(m, folded, n, hash);
    known_term *k = &m->known[hash % KNOWN_SLOTS];
    if (k->len != n || memcmp(k->word, folded, n) != 0) {
        memcpy(k->word, folded, n);
        k->len = (uint32_t)n;
        k->term = make_term(m, folded, n, hash);
    }
    return k->term;
}

static bool phrase_at(const phrase *p, const uint32_t *hash, size_t n)
{
    if (p->n > n)
        return false;
    for (unsigned k = 0; k < p->n; k++)
        if (hash[k] != p->word[k])
            return false;
    return true;
}

size_t reason_phrase(const word_lists *w, const uint32_t *hash, size_t n)
{
    size_t longest = 0;
    if (n == 0 || (w->begins >> hash[0] % 64 & 1) == 0)
        return 0;
    for (size_t k = 0; k < w->n_reasons; k++)
        if (w->reason[k].n > longest && phrase_at(&w->reason[k], hash, n))
            longest = w->reason[k].n;
    return longest;
}
