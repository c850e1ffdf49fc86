/* measures.c: reading the words of amounts, and a hash table of them. */
#include "claims/measures.h"
#include "common/ascii.h"
#include <winnow/text.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_WORDS = 1 << 13 };

typedef enum carries { A_NUMBER, A_QUALIFIER, A_NAME, NOTHING } carries;

static const struct {
    const char *name;
    carries carries;
} lists[MEASURE_LISTS] = {
    [MEASURE_NUMBER] = {"number", A_NUMBER},
    [MEASURE_MAGNITUDE] = {"magnitude", A_NUMBER},
    [MEASURE_LETTER] = {"magnitude_letter", A_NUMBER},
    [MEASURE_SHARE] = {"share", A_NUMBER},
    [MEASURE_SHARES] = {"shares", A_NUMBER},
    [MEASURE_MULTIPLE] = {"multiple", A_NUMBER},
    [MEASURE_MULTIPLE_OF] = {"multiple_of", A_NUMBER},
    [MEASURE_QUALIFIER] = {"qualifier", A_QUALIFIER},
    [MEASURE_QUALIFIER_AFTER] = {"qualifier_after", A_QUALIFIER},
    [MEASURE_UNIT] = {"unit", A_NAME},
    [MEASURE_SIGN] = {"sign", A_NAME},
    [MEASURE_NATION] = {"sign_nation", A_NAME},
    [MEASURE_CURRENCY] = {"currency", A_NAME},
    [MEASURE_RATE_OF] = {"rate_of", A_NAME},
    [MEASURE_RATE] = {"rate", A_NAME},
    [MEASURE_RANGE] = {"range", A_NAME},
    [MEASURE_RANGE_TO] = {"range_to", NOTHING},
    [MEASURE_RANGE_OR] = {"range_or", NOTHING},
    [MEASURE_CHANGE] = {"change", NOTHING},
    [MEASURE_CONTEST] = {"contest", NOTHING},
    [MEASURE_AND] = {"number_and", NOTHING},
    [MEASURE_ARTICLE] = {"article", NOTHING},
    [MEASURE_EACH] = {"each", NOTHING},
    [MEASURE_PER] = {"per", NOTHING},
    [MEASURE_NO_RATE] = {"no_rate", NOTHING},
    [MEASURE_HALF] = {"half", NOTHING},
    [MEASURE_OUT_OF] = {"out_of", NOTHING},
    [MEASURE_IN] = {"in", NOTHING},
    [MEASURE_OF] = {"of", NOTHING},
    [MEASURE_BY] = {"by", NOTHING},
    [MEASURE_CLOCK] = {"clock", NOTHING},
    [MEASURE_TIMES] = {"times", NOTHING},
    [MEASURE_TIMES_OF] = {"times_of", NOTHING},
    [MEASURE_AS] = {"as", NOTHING},
    [MEASURE_FOLD] = {"fold", NOTHING},
    [MEASURE_COMPARED] = {"compared", NOTHING},
    [MEASURE_COUNTED] = {"counted", NOTHING},
    [MEASURE_TIME] = {"time", NOTHING},
    [MEASURE_SCORE] = {"score", NOTHING},
    [MEASURE_HEAD_OF] = {"head_of", NOTHING},
    [MEASURE_WORTH] = {"worth", NOTHING},
    [MEASURE_MINUS] = {"minus", NOTHING},
    [MEASURE_MANY] = {"many", NOTHING},
};

/* Open addressing; the hashes apart, so that they stay near for the many words that are none. */
struct measures {
    uint32_t *hash; /* 0: free */
    measure_word *word;
    size_t n, size; /* size: a power of two */
};

static bool make_table(measures *m, size_t size)
{
    *m = (measures){calloc(size, sizeof *m->hash), calloc(size, sizeof *m->word), 0, size};
    if (m->hash != NULL && m->word != NULL)
        return true;
    free(m->hash);
    free(m->word);
    return false;
}

measures *measures_new(void)
{
    enum { FIRST = 2048 };
    measures *m = malloc(sizeof *m);
    if (m != NULL && make_table(m, FIRST))
        return m;
    free(m);
    return NULL;
}

void measures_free(measures *m)
{
    if (m == NULL)
        return;
    free(m->hash);
    free(m->word);
    free(m);
}

measure_list measures_list(const char *name, size_t len)
{
    unsigned i = 0;
    while (i < MEASURE_LISTS &&
           (strlen(lists[i].name) != len || memcmp(lists[i].name, name, len) != 0))
        i++;
    return (measure_list)i;
}

static size_t place_of(const measures *m, uint32_t hash)
{
    size_t at = hash & (m->size - 1);
    while (m->hash[at] != 0 && m->hash[at] != hash)
        at = (at + 1) & (m->size - 1);
    return at;
}

const measure_word *measures_find(const measures *m, uint32_t hash)
{
    const size_t at = place_of(m, hash);
    return m->hash[at] != 0 ? &m->word[at] : NULL;
}

/* The place of the word with that hash, a new one if need be. */
static measure_word *word_for(measures *m, uint32_t hash)
{
    const size_t at = place_of(m, hash);
    m->n += m->hash[at] == 0;
    m->hash[at] = hash;
    return &m->word[at];
}

static bool grow(measures *m)
{
    measures more;
    if (!make_table(&more, m->size * 2))
        return false;
    for (size_t i = 0; i < m->size; i++)
        if (m->hash[i] != 0)
            *word_for(&more, m->hash[i]) = m->word[i];
    free(m->hash);
    free(m->word);
    *m = more;
    return true;
}

static uint32_t phrase_hash(const char *p, const char *end)
{
    uint32_t hash = 0;
    for (bool first = true; p < end; first = false) {
        const char *under = memchr(p, '_', (size_t)(end - p));
        const char *stop = under != NULL ? under : end;
        const uint32_t word = wn_word_hash(p, (size_t)(stop - p));
        hash = first ? word : measures_join(hash, word);
        p = under != NULL ? under + 1 : end;
    }
    return hash;
}

static const char *whole(const char *p, const char *end, double *ret)
{
    for (*ret = 0; p < end && ascii_digit(*p); p++)
        *ret = *ret * 10 + (*p - '0');
    return p;
}

/* "12", "1e6", "2/3" */
static const char *read_number(const char *p, const char *end, measure_word *w)
{
    static const char cure[] = "a number above 0 is wanted, like million=1e6, half=1/2:";
    double by = 1, zeros = 0;
    p = whole(p, end, &w->number);
    if (p < end && *p == 'e')
        p = whole(p + 1, end, &zeros);
    if (p < end && *p == '/')
        p = whole(p + 1, end, &by);
    if (p != end || w->number <= 0 || by <= 0 || zeros > 15)
        return cure;
    for (; zeros > 0; zeros--)
        w->number *= 10;
    w->number /= by;
    return NULL;
}

static const char *read_qualifier(const char *p, const char *end, measure_word *w)
{
    static const char *const names[] = {
        [QUALIFIER_OVER] = "over",
        [QUALIFIER_UNDER] = "under",
        [QUALIFIER_ABOUT] = "about",
        [QUALIFIER_UP_TO] = "up_to",
    };
    for (qualifier q = QUALIFIER_OVER; q <= QUALIFIER_UP_TO; q++)
        if (strlen(names[q]) == (size_t)(end - p) && memcmp(names[q], p, (size_t)(end - p)) == 0) {
            w->qualifier = q;
            return NULL;
        }
    return "over, under, about or up_to is wanted, like more_than=over:";
}

/* Up to one of two marks or the end; "_" stands for a blank. false: it is empty, too long or not
 * plain ASCII. */
static bool copy_name(const char **p, const char *end, char mark, char other, char *to, size_t size)
{
    size_t n = 0;
    for (; *p < end && **p != mark && **p != other; (*p)++) {
        if (**p <= ' ' || **p >= 0x7F || n + 1 >= size)
            return false;
        to[n++] = (char)(**p == '_' ? ' ' : **p);
    }
    to[n] = '\0';
    return n > 0;
}

/* "EUR", "pound,GBP", "mile/hour" */
static const char *read_name(const char *p, const char *end, measure_word *w)
{
    bool ok = copy_name(&p, end, ',', '/', w->name, sizeof w->name);
    if (ok && p < end && *p == ',')
        p++, ok = copy_name(&p, end, '/', '/', w->large, sizeof w->large);
    if (ok && p < end)
        p++, ok = copy_name(&p, end, '/', '/', w->per, sizeof w->per);
    return ok && p == end ? NULL : "a name is wanted, like euros=EUR, pounds=pound,GBP:";
}

static const char *read_carried(carries what, const char *p, const char *end, measure_word *w)
{
    switch (what) {
    case A_NUMBER: return read_number(p, end, w);
    case A_QUALIFIER: return read_qualifier(p, end, w);
    case A_NAME: return read_name(p, end, w);
    default: return NULL;
    }
}

/* A word may be in several lists, but has one number, one qualifier and one name. */
static bool merge(measure_word *to, const measure_word *w)
{
    if ((to->number > 0 && w->number > 0 && (to->number < w->number || to->number > w->number)) ||
        (to->qualifier != 0 && w->qualifier != 0 && to->qualifier != w->qualifier) ||
        (to->name[0] != '\0' && w->name[0] != '\0' && strcmp(to->name, w->name) != 0))
        return false;
    measure_word both = w->name[0] != '\0' ? *w : *to;
    both.number = w->number > 0 ? w->number : to->number;
    both.qualifier = w->qualifier != 0 ? w->qualifier : to->qualifier;
    both.lists = to->lists | w->lists;
    *to = both;
    return true;
}

const char *measures_add(measures *m, measure_list list, const char *entry, size_t len)
{
    const carries what = lists[list].carries;
    const char *end = entry + len, *equals = len > 1 ? memchr(entry + 1, '=', len - 1) : NULL;
    measure_word w = {.lists = UINT64_C(1) << list};
    if ((equals != NULL) != (what != NOTHING))
        return what == NOTHING ? "words of this list carry nothing, so no \"=\":"
                               : "words of this list carry something, like dozen=12, not";
    const char *problem = equals == NULL ? NULL : read_carried(what, equals + 1, end, &w);
    if (problem != NULL)
        return problem;
    if (m->n >= MAX_WORDS || (m->n * 2 >= m->size && !grow(m)))
        return "too many words, at";
    const uint32_t hash = phrase_hash(entry, equals != NULL ? equals : end);
    return merge(word_for(m, hash), &w) ? NULL : "the word has another meaning above:";
}
