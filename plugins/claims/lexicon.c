/* lexicon.c: reading the data files, English inflection, and a hash table of forms. */
#include "claims/lexicon.h"
#include "common/grow.h"
#include <winnow/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_WORD = 40, MAX_CUES = 4000, MAX_FORMS = 1 << 16 };

typedef struct entry {
    uint64_t hash;
    word_info info;
} entry;

enum { SIEVE_BITS = 17 };

struct lexicon {
    uint64_t sieve[(1 << SIEVE_BITS) / 64]; /* by wn_word_hash: a word without its bit is unknown */
    cue *cues;
    size_t n_cues, cap_cues;
    entry *table; /* open addressing; hash 0: free */
    size_t n_entries, size;
    char **strings;
    size_t n_strings, cap_strings;
    measures *measures;
};

typedef struct reader {
    lexicon *l;
    const char *at, *end, *file;
    int line;
    char *ret_text;
    size_t ret_size;
} reader;

static bool fail(reader *r, const char *what, const char *word, size_t len)
{
    if (r->ret_text[0] == 0)
        (void)snprintf(r->ret_text, r->ret_size, "%s:%d: %s \"%.*s\"", r->file, r->line, what,
                       (int)(len < 60 ? len : 60), word);
    return false;
}

static uint64_t hash_word(const char *s, size_t n)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < n; i++)
        h = (h ^ (uint8_t)s[i]) * UINT64_C(0x100000001b3);
    h ^= h >> 29;
    return h != 0 ? h : 1;
}

static bool grow_table(lexicon *l)
{
    size_t size = l->size == 0 ? 1024 : l->size * 2;
    entry *table = calloc(size, sizeof *table);
    if (table == NULL)
        return false;
    for (size_t i = 0; i < l->size; i++) {
        size_t at = l->table[i].hash & (size - 1);
        if (l->table[i].hash == 0)
            continue;
        while (table[at].hash != 0)
            at = (at + 1) & (size - 1);
        table[at] = l->table[i];
    }
    free(l->table);
    l->table = table;
    l->size = size;
    return true;
}

static word_info *entry_for(lexicon *l, const char *word, size_t len)
{
    if (l->n_entries * 2 >= l->size && (l->n_entries >= MAX_FORMS || !grow_table(l)))
        return NULL;
    uint64_t hash = hash_word(word, len);
    size_t at = hash & (l->size - 1);
    while (l->table[at].hash != 0 && l->table[at].hash != hash)
        at = (at + 1) & (l->size - 1);
    if (l->table[at].hash == 0) {
        uint32_t bit = wn_word_hash(word, len) & ((1U << SIEVE_BITS) - 1);
        l->sieve[bit / 64] |= UINT64_C(1) << bit % 64;
        l->table[at] = (entry){hash, {-1, -1, 0}};
        l->n_entries++;
    }
    return &l->table[at].info;
}

static const word_info none = {-1, -1, 0};

word_info lexicon_look_up_hashed(const lexicon *l, const char *word, size_t len, uint32_t hash)
{
    uint32_t bit = hash & ((1U << SIEVE_BITS) - 1);
    bool seen = (l->sieve[bit / 64] >> bit % 64 & 1) != 0;
    return seen ? lexicon_look_up(l, word, len) : none;
}

word_info lexicon_look_up(const lexicon *l, const char *word, size_t len)
{
    char key[MAX_WORD];
    if (len > MAX_WORD)
        return none;
    size_t n = wn_fold(word, len, key, sizeof key);
    char *mark = memchr(key, 0xE2, n);
    if (mark != NULL && (size_t)(key + n - mark) >= 3 && memcmp(mark, "\xE2\x80\x99", 3) == 0) {
        *mark = '\'';
        memmove(mark + 1, mark + 3, (size_t)(key + n - mark) - 3);
        n -= 2;
    }
    uint64_t hash = hash_word(key, n);
    for (size_t at = hash & (l->size - 1); l->table[at].hash != 0; at = (at + 1) & (l->size - 1))
        if (l->table[at].hash == hash)
            return l->table[at].info;
    return none;
}

const cue *lexicon_cue(const lexicon *l, int index)
{
    return index >= 0 && (size_t)index < l->n_cues ? &l->cues[index] : NULL;
}

const measures *lexicon_measures(const lexicon *l)
{
    return l->measures;
}

static char *keep(lexicon *l, const char *s, size_t n)
{
    char **strings = grown(l->strings, &l->cap_strings, l->n_strings, sizeof *strings);
    if (strings == NULL)
        return NULL;
    l->strings = strings;
    char *copy = malloc(n + 1);
    if (copy == NULL)
        return NULL;
    memcpy(copy, s, n);
    copy[n] = 0;
    return l->strings[l->n_strings++] = copy;
}

static bool vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static bool add_form(reader *r, const char *form, int index, bool noun)
{
    word_info *w = entry_for(r->l, form, strlen(form));
    if (w == NULL)
        return fail(r, "too many words, at", form, strlen(form));
    int16_t *slot = noun ? &w->noun : &w->verb;
    if (*slot < 0 || *slot == index) {
        *slot = (int16_t)index;
        return true;
    }
    cue *last = &r->l->cues[*slot];
    while (last->next >= 0 && last->next != index)
        last = &r->l->cues[last->next];
    if (last != &r->l->cues[index])
        last->next = (int16_t)index;
    return true;
}

typedef struct inflection {
    const char *base; /* the first word of the lemma */
    char past[MAX_WORD], participle[MAX_WORD];
    bool doubled;
} inflection;

static bool add_plural(reader *r, const char *base, int index, bool noun)
{
    char form[MAX_WORD + 8];
    size_t n = strlen(base);
    char last = base[n - 1], before = n > 1 ? base[n - 2] : 'a';
    bool hiss = last == 's' || last == 'x' || last == 'z' ||
                (last == 'h' && (before == 'c' || before == 's'));
    if (last == 'y' && !vowel(before))
        (void)snprintf(form, sizeof form, "%.*sies", (int)(n - 1), base);
    else
        (void)snprintf(form, sizeof form, "%s%s", base, hiss ? "es" : "s");
    return add_form(r, form, index, noun);
}

static bool add_verb_forms(reader *r, inflection *v, int index)
{
    char form[MAX_WORD + 8];
    size_t n = strlen(v->base);
    char last = v->base[n - 1], before = n > 1 ? v->base[n - 2] : 'a';
    if (v->past[0] == 0 && last == 'y' && !vowel(before))
        (void)snprintf(v->past, sizeof v->past, "%.*sied", (int)(n - 1), v->base);
    else if (v->past[0] == 0)
        (void)snprintf(v->past, sizeof v->past, "%s%.*s%s", v->base, v->doubled, &last,
                       last == 'e' ? "d" : "ed");
    if (last == 'e' && before != 'e')
        (void)snprintf(form, sizeof form, "%.*sing", (int)(n - 1), v->base);
    else
        (void)snprintf(form, sizeof form, "%s%.*sing", v->base, v->doubled, &last);
    return add_form(r, form, index, false) && add_form(r, v->base, index, false) &&
           add_plural(r, v->base, index, false) && add_form(r, v->past, index, false) &&
           (v->participle[0] == 0 || add_form(r, v->participle, index, false));
}

/* The next word of the line, 0 at its end or at a comment. */
static size_t next_word(const char **at, const char *end, const char **ret)
{
    const char *p = *at;
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\r'))
        p++;
    *ret = p;
    if (p < end && *p == '#')
        p = end;
    else
        while (p < end && *p != ' ' && *p != '\t' && *p != '\r')
            p++;
    size_t n = *ret < end && **ret == '#' ? 0 : (size_t)(p - *ret);
    *at = p;
    return n;
}

static bool next_line(reader *r, const char **ret_start, const char **ret_end)
{
    if (r->at >= r->end)
        return false;
    const char *nl = memchr(r->at, '\n', (size_t)(r->end - r->at));
    *ret_start = r->at;
    *ret_end = nl != NULL ? nl : r->end;
    r->at = nl != NULL ? nl + 1 : r->end;
    r->line++;
    return true;
}

static bool read_class(reader *r, const char *word, size_t n, cue *c)
{
    static const char *const names[] = {"statement", "attitude", "decision", "silence", "noun"};
    for (uint8_t i = 0; i < 5; i++)
        if (strlen(names[i]) == n && memcmp(names[i], word, n) == 0) {
            c->class = i;
            return true;
        }
    return fail(r, "class must be statement, attitude, decision, silence or noun, not", word, n);
}

static bool read_frames(reader *r, const char *word, size_t n, cue *c)
{
    for (size_t i = 0; i < n; i++) {
        if (word[i] == 'R')
            c->frames |= FRAME_OWN_ADDRESSEE;
        else if (strchr("cqwinagprle", word[i]) != NULL && word[i] != 0)
            c->frames |= UINT32_C(1) << (word[i] - 'a');
        else
            return fail(r, "frames are letters of cqwinagprRle, not", word, n);
    }
    return true;
}

static bool read_mark(reader *r, const char *word, size_t n, cue *c, inflection *v)
{
    if (n == 1 && *word == '-')
        c->denies = true;
    else if (n == 6 && memcmp(word, "double", 6) == 0)
        v->doubled = true;
    else if (n > 5 && n < MAX_WORD && memcmp(word, "past=", 5) == 0)
        (void)snprintf(v->past, sizeof v->past, "%.*s", (int)(n - 5), word + 5);
    else if (n > 11 && n < MAX_WORD && memcmp(word, "participle=", 11) == 0)
        (void)snprintf(v->participle, sizeof v->participle, "%.*s", (int)(n - 11), word + 11);
    else
        return fail(r, "not understood:", word, n);
    char *under = strchr(v->past, '_'); /* "shot_back": the particle is the lemma's */
    if (under != NULL)
        *under = 0;
    return true;
}

static bool add_cue(reader *r, cue *c, inflection *v)
{
    lexicon *l = r->l;
    cue *cues = l->n_cues < MAX_CUES ? grown(l->cues, &l->cap_cues, l->n_cues, sizeof *cues) : NULL;
    if (cues == NULL)
        return fail(r, "too many cues, at", c->lemma, strlen(c->lemma));
    l->cues = cues;
    int index = (int)l->n_cues;
    l->cues[l->n_cues++] = *c;
    if (c->class == CUE_NOUN)
        return add_form(r, v->base, index, true) && add_plural(r, v->base, index, true);
    return add_verb_forms(r, v, index);
}

static bool read_cue(reader *r, const char *at, const char *end)
{
    const char *word;
    size_t n = next_word(&at, end, &word);
    if (n == 0)
        return true;
    if (n >= MAX_WORD)
        return fail(r, "too long:", word, n);
    cue c = {.next = -1};
    inflection v = {0};
    char *lemma = keep(r->l, word, n), *base = keep(r->l, word, n);
    if (lemma == NULL || base == NULL)
        return false;
    char *under = strchr(lemma, '_');
    if (under != NULL) {
        base[under - lemma] = 0;
        *under = ' ';
        c.particle = under + 1;
    }
    if (base[0] == 0)
        return fail(r, "a lemma must start with a letter, not", word, n);
    c.lemma = lemma;
    v.base = base;
    n = next_word(&at, end, &word);
    if (!read_class(r, word, n, &c))
        return false;
    n = next_word(&at, end, &word);
    if (n == 0 || !read_frames(r, word, n, &c))
        return fail(r, "a cue needs frames:", lemma, strlen(lemma));
    while ((n = next_word(&at, end, &word)) > 0)
        if (!read_mark(r, word, n, &c, &v))
            return false;
    return add_cue(r, &c, &v);
}

static bool read_list_name(reader *r, const char *word, size_t n, int *ret)
{
    static const char *const names[LISTS] = {
        "title",       "role",        "group",     "male",        "female",      "silence",
        "unavailable", "boilerplate", "day",       "join",        "subordinate", "speech_noun",
        "said",        "nobody",      "modal",     "place",       "preposition", "near",
        "period",      "not_counted", "male_name", "female_name", "body_name",   "hedge",
        "falsely",     "negation",    "condition", "refusal",     "seem",        "future",
        "contrary",    "determiner",  "pronoun",   "possessive",  "relative",    "conjunction",
        "auxiliary",   "speaking",    "no_source", "nothing",     "true",        "complementizer",
        "agent",       "past",        "person",    "plural",      "particle",    "month",
        "writing"};
    for (int i = 0; i < LISTS; i++)
        if (strlen(names[i]) + 2 == n && word[n - 1] == ']' &&
            memcmp(names[i], word + 1, n - 2) == 0) {
            *ret = i;
            return true;
        }
    const measure_list measure =
        n > 2 && word[n - 1] == ']' ? measures_list(word + 1, n - 2) : MEASURE_LISTS;
    *ret = LISTS + (int)measure;
    return measure < MEASURE_LISTS || fail(r, "no such list:", word, n);
}

static bool add_word(reader *r, int list, const char *word, size_t n)
{
    if (list < 0 || n > MAX_WORD)
        return fail(r, "a word before any [list], or too long:", word, n);
    if (list >= LISTS) {
        const char *problem = measures_add(r->l->measures, (measure_list)(list - LISTS), word, n);
        return problem == NULL || fail(r, problem, word, n);
    }
    word_info *w = entry_for(r->l, word, n);
    if (w == NULL)
        return fail(r, "too many words, at", word, n);
    w->lists |= UINT64_C(1) << list;
    return true;
}

static bool read_words(reader *r)
{
    const char *at, *end, *word;
    int list = -1;
    while (next_line(r, &at, &end)) {
        for (size_t n; (n = next_word(&at, end, &word)) > 0;)
            if (word[0] == '[' ? !read_list_name(r, word, n, &list) : !add_word(r, list, word, n))
                return false;
    }
    return true;
}

lexicon *lexicon_new(const char *cues, size_t cues_len, const char *words, size_t words_len,
                     char *ret_text, size_t ret_size)
{
    ret_text[0] = 0;
    lexicon *l = calloc(1, sizeof *l);
    bool ok = l != NULL && grow_table(l) && (l->measures = measures_new()) != NULL;
    reader r = {l, cues, cues + cues_len, "cues.txt", 0, ret_text, ret_size};
    const char *at, *end;
    while (ok && next_line(&r, &at, &end))
        ok = read_cue(&r, at, end);
    r = (reader){l, words, words + words_len, "words.txt", 0, ret_text, ret_size};
    if (ok && read_words(&r))
        return l;
    lexicon_free(l);
    if (ret_text[0] == 0)
        (void)snprintf(ret_text, ret_size, "out of memory");
    return NULL;
}

void lexicon_free(lexicon *l)
{
    if (l == NULL)
        return;
    for (size_t i = 0; i < l->n_strings; i++)
        free(l->strings[i]);
    free(l->strings);
    free(l->cues);
    free(l->table);
    measures_free(l->measures);
    free(l);
}
