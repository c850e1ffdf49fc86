/* tagger_train.c: learn the tagger's model from CoNLL-U treebanks. A developer's tool (`make
 * models`), not installed. Usage: tagger_train -r RULES [-b BITS] [-t FILE ...] -o MODEL FILE ...;
 * -r: the words of the language (en.text), first; -t: files to test on. */
#include "text/tagger.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    RUNS = 6, /* in other orders: their mean errs less than one */
    PASSES = 5,
    MAX_SENTENCE = 400,
    FREQUENT = 5, /* a word seen so often has a set of tags */
    KNOWN = 3,    /* a word seen so often has features of its own */
    SURE = 30,    /* and needs no weights, if that set is one tag */
    HEAD = 16,    /* bytes of a model before its table */
};

typedef struct sentence {
    tagger_word word[MAX_SENTENCE];
    uint8_t gold[MAX_SENTENCE];
    uint32_t form[MAX_SENTENCE]; /* hash of the word, known or not */
    size_t n;
} sentence;

typedef struct corpus {
    sentence **item;
    size_t n, cap;
} corpus;

typedef struct piece {
    size_t start, end;
    char tag[12];
} piece;

/* What divides texts into tokens; without it "don't" would be learnt as one. */
static text_rules *rules;

static void *must(void *p)
{
    if (p == NULL) {
        fprintf(stderr, "tagger_train: out of memory\n");
        exit(1);
    }
    return p;
}

static unsigned tag_of(const char *name)
{
    static const struct {
        const char *name;
        wn_tag t;
    } map[] = {
        {"CD", WN_TAG_CD},    {"NN", WN_TAG_NN},   {"NNS", WN_TAG_NN},     {"NNP", WN_TAG_NNP},
        {"NNPS", WN_TAG_NNP}, {"PRP", WN_TAG_PRP}, {"PRP$", WN_TAG_PRPS},  {"DT", WN_TAG_DT},
        {"PDT", WN_TAG_DT},   {"JJ", WN_TAG_JJ},   {"JJR", WN_TAG_JJ},     {"JJS", WN_TAG_JJ},
        {"AFX", WN_TAG_JJ},   {"RB", WN_TAG_RB},   {"RBR", WN_TAG_RB},     {"RBS", WN_TAG_RB},
        {"IN", WN_TAG_IN},    {"TO", WN_TAG_TO},   {"MD", WN_TAG_MD},      {"VB", WN_TAG_VB},
        {"VBP", WN_TAG_VBP},  {"VBZ", WN_TAG_VBZ}, {"VBD", WN_TAG_VBD},    {"VBN", WN_TAG_VBN},
        {"VBG", WN_TAG_VBG},  {"CC", WN_TAG_CC},   {"WDT", WN_TAG_WH},     {"WP", WN_TAG_WH},
        {"WP$", WN_TAG_WH},   {"WRB", WN_TAG_WH},  {"EX", WN_TAG_EX},      {"POS", WN_TAG_POS},
        {"RP", WN_TAG_RP},    {"UH", WN_TAG_UH},   {"FW", WN_TAG_NN},      {"ADD", WN_TAG_NNP},
        {"GW", WN_TAG_NN},    {"LS", WN_TAG_CD},   {"SYM", WN_TAG_SYMBOL}, {"$", WN_TAG_SYMBOL},
    };
    for (size_t i = 0; i < sizeof map / sizeof *map; i++)
        if (strcmp(map[i].name, name) == 0)
            return map[i].t;
    return WN_TAG_PUNCT;
}

/* The tag of a token that covers pieces [k, ...): a hyphenated word has the tag of its last piece,
 * an adjective's when a noun follows it. */
static unsigned gold_tag(const piece *pieces, size_t n, size_t k, const wn_token *t)
{
    size_t last = k;
    bool hyphen = false;
    while (last + 1 < n && pieces[last + 1].start < t->end) {
        last++;
        hyphen |= strcmp(pieces[last].tag, "HYPH") == 0;
    }
    if (!hyphen)
        return tag_of(pieces[k].tag);
    unsigned tag = tag_of(pieces[last].tag);
    bool noun_follows = last + 1 < n && tag_of(pieces[last + 1].tag) == WN_TAG_NN;
    return noun_follows && tag != WN_TAG_NNP ? (unsigned)WN_TAG_JJ : tag;
}

static void add_sentence(corpus *c, const char *text, size_t len, const piece *pieces, size_t n)
{
    static text_analysis a;
    a.rules = rules;
    if (n == 0 || !text_analyse(&a, text, len, NULL, 0) || a.n_tokens > MAX_SENTENCE)
        return;
    sentence *s = must(calloc(1, sizeof *s));
    s->n = a.n_tokens;
    size_t k = 0;
    for (size_t i = 0; i < a.n_tokens; i++) {
        while (k + 1 < n && pieces[k].end <= a.token[i].start)
            k++;
        tagger_describe(text, &a.token[i], i == 0, &s->word[i]);
        s->form[i] = s->word[i].word;
        s->gold[i] = (uint8_t)gold_tag(pieces, n, k, &a.token[i]);
    }
    if (c->n == c->cap) {
        c->cap = c->cap == 0 ? 1024 : c->cap * 2;
        c->item = must(realloc(c->item, c->cap * sizeof *c->item));
    }
    c->item[c->n++] = s;
}

static void read_treebank(corpus *c, const char *path)
{
    FILE *f = fopen(path, "r");
    if (f == NULL) {
        fprintf(stderr, "tagger_train: cannot read %s\n", path);
        exit(1);
    }
    static char line[65536], text[65536];
    static piece pieces[2000];
    size_t len = 0, n = 0, multiword = 0;
    while (fgets(line, sizeof line, f) != NULL) {
        char form[512], tag[12], misc[1024];
        unsigned id, to;
        if (line[0] == '\n') {
            add_sentence(c, text, len, pieces, n);
            len = n = multiword = 0;
        } else if (sscanf(line, "%u-%u\t%511[^\t]", &id, &to, form) == 3) {
            /* the surface of what follows: "don't"; its pieces are spelt out below */
            multiword = to;
        } else if (sscanf(line,
                          "%u\t%511[^\t]\t%*[^\t]\t%*[^\t]\t%11[^\t]\t%*[^\t]\t%*[^\t]\t%*[^\t]\t%*"
                          "[^\t]\t%1023[^\n]",
                          &id, form, tag, misc) == 4 &&
                   strchr(form, ' ') == NULL && n < 2000 && len + strlen(form) + 2 < sizeof text &&
                   strcmp(tag, "_") != 0) {
            size_t size = strlen(form);
            memcpy(text + len, form, size);
            pieces[n].start = len;
            pieces[n].end = len += size;
            memcpy(pieces[n++].tag, tag, sizeof tag);
            if (strstr(misc, "SpaceAfter=No") == NULL && id >= multiword)
                text[len++] = ' ';
        }
    }
    add_sentence(c, text, len, pieces, n);
    (void)fclose(f);
}

typedef struct learner {
    float *weight, *total;
    uint32_t *stamp;
    uint32_t now, mask;
} learner;

static void update(learner *l, const uint32_t *features, unsigned tag, float by)
{
    for (size_t f = 0; f < TAGGER_FEATURES; f++) {
        size_t at = (size_t)(features[f] & l->mask) * TAGGER_STRIDE + tag;
        l->total[at] += (float)(l->now - l->stamp[at]) * l->weight[at];
        l->stamp[at] = l->now;
        l->weight[at] += by;
    }
}

static unsigned predict(const learner *l, const uint32_t *features, uint32_t allowed)
{
    float score[TAGGER_STRIDE] = {0};
    for (size_t f = 0; f < TAGGER_FEATURES; f++) {
        const float *row = l->weight + (size_t)(features[f] & l->mask) * TAGGER_STRIDE;
        for (size_t k = 0; k < WN_TAGS; k++)
            score[k] += row[k];
    }
    unsigned best = WN_TAG_NN;
    for (unsigned k = 0; k < WN_TAGS; k++)
        if (score[k] > score[best] && (allowed >> k & 1) != 0)
            best = k;
    return best;
}

static void learn_sentence(learner *l, const sentence *s)
{
    unsigned tag1 = WN_TAGS, tag2 = WN_TAGS;
    for (size_t i = 0; i < s->n; i++) {
        unsigned tag = (unsigned)s->word[i].certain;
        if (s->word[i].certain < 0) {
            uint32_t features[TAGGER_FEATURES];
            tagger_features(s->word, i, s->n, tag1, tag2, features);
            tag = predict(l, features, tagger_allowed(s->word[i].known));
            l->now++;
            if (tag != s->gold[i]) {
                update(l, features, s->gold[i], 1);
                update(l, features, tag, -1);
            }
        }
        tag2 = tag1;
        tag1 = tag;
    }
}

/* One run over the corpus in an order of its own; its averaged weights are added to `mean`. */
static void learn_run(learner *l, corpus *c, size_t n_weights, uint32_t x, float *mean)
{
    memset(l->weight, 0, n_weights * sizeof *l->weight);
    memset(l->total, 0, n_weights * sizeof *l->total);
    memset(l->stamp, 0, n_weights * sizeof *l->stamp);
    l->now = 0;
    for (int pass = 0; pass < PASSES; pass++) {
        for (size_t i = c->n; i > 1; i--) { /* a fixed shuffle */
            x ^= x << 13, x ^= x >> 17, x ^= x << 5;
            size_t k = x % i;
            sentence *s = c->item[i - 1];
            c->item[i - 1] = c->item[k];
            c->item[k] = s;
        }
        for (size_t i = 0; i < c->n; i++)
            learn_sentence(l, c->item[i]);
    }
    for (size_t at = 0; at < n_weights; at++)
        mean[at] += (l->total[at] + (float)(l->now - l->stamp[at]) * l->weight[at]) / (float)l->now;
}

static void learn(learner *l, corpus *c, size_t rows)
{
    size_t n = rows * TAGGER_STRIDE;
    float *mean = must(calloc(n, sizeof *mean));
    l->weight = must(calloc(n, sizeof *l->weight));
    l->total = must(calloc(n, sizeof *l->total));
    l->stamp = must(calloc(n, sizeof *l->stamp));
    l->mask = (uint32_t)rows - 1;
    for (uint32_t run = 0; run < RUNS; run++)
        learn_run(l, c, n, 88172645u + 977u * run, mean);
    for (size_t at = 0; at < n; at++)
        l->total[at] = mean[at] / RUNS;
    free(mean);
}

static int by_word(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return x[0] != y[0] ? (x[0] < y[0] ? -1 : 1) : (x[1] > y[1]) - (x[1] < y[1]);
}

/* All words that need weights, each with its tag, sorted. */
typedef struct pairs {
    uint32_t (*item)[2];
    size_t n;
} pairs;

static pairs all_pairs(const corpus *c)
{
    size_t total = 0;
    pairs p = {0};
    for (size_t i = 0; i < c->n; i++)
        total += c->item[i]->n;
    p.item = must(malloc((total + 1) * sizeof *p.item));
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->item[i]->n; k++)
            if (c->item[i]->word[k].certain < 0) {
                p.item[p.n][0] = c->item[i]->form[k];
                p.item[p.n++][1] = c->item[i]->gold[k];
            }
    qsort(p.item, p.n, sizeof *p.item, by_word);
    return p;
}

static bool seen(const pairs *p, uint32_t word)
{
    size_t low = 0, high = p->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (p->item[mid][0] < word)
            low = mid + 1;
        else
            high = mid;
    }
    return low < p->n && p->item[low][0] == word;
}

/* What is known of the word whose pairs are [first, end); 0: nothing. A tag that it has
 * in fewer than one of 200 places is a slip. */
static uint32_t known_of(const pairs *p, size_t first, size_t end)
{
    uint32_t set = 0;
    for (size_t i = first, next; i < end; i = next) {
        for (next = i; next < end && p->item[next][1] == p->item[i][1];)
            next++;
        if ((next - i) * 200 >= end - first)
            set |= 1U << p->item[i][1];
    }
    bool one = (set & (set - 1)) == 0, closed = (set & ~tagger_allowed(0)) != 0;
    if (end - first < FREQUENT)
        return closed || end - first >= KNOWN ? set | TAGGER_RARE : 0;
    return end - first >= SURE && one ? set | TAGGER_SURE : set;
}

static void put_be32(uint8_t *p, uint32_t v)
{
    p[0] = (uint8_t)(v >> 24), p[1] = (uint8_t)(v >> 16), p[2] = (uint8_t)(v >> 8),
    p[3] = (uint8_t)v;
}

/* What is known of all words: pairs of a hash and that. */
static pairs known_words(const pairs *p)
{
    pairs e = {must(malloc((p->n + 1) * sizeof *e.item)), 0};
    for (size_t i = 0, end; i < p->n; i = end) {
        for (end = i; end < p->n && p->item[end][0] == p->item[i][0];)
            end++;
        e.item[e.n][0] = p->item[i][0];
        e.item[e.n][1] = known_of(p, i, end);
        e.n += e.item[e.n][1] != 0;
    }
    return e;
}

/* The open hash table of them: at most two thirds of its slots are used. */
static uint8_t *known_table(const pairs *e, unsigned *ret_bits)
{
    *ret_bits = 4;
    while ((size_t)2 << *ret_bits < e->n * 3)
        (*ret_bits)++;
    uint32_t mask = (1U << *ret_bits) - 1;
    uint8_t *slots = must(calloc((size_t)mask + 1, 8));
    for (size_t i = 0; i < e->n; i++) {
        uint32_t at = e->item[i][0] & mask;
        while (memcmp(slots + (size_t)at * 8 + 4, "\0\0\0\0", 4) != 0)
            at = (at + 1) & mask;
        put_be32(slots + (size_t)at * 8, e->item[i][0]);
        put_be32(slots + (size_t)at * 8 + 4, e->item[i][1]);
    }
    return slots;
}

static void look_up_all(corpus *c, const tagger *t)
{
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->item[i]->n; k++) {
            tagger_word *w = &c->item[i]->word[k];
            w->word = c->item[i]->form[k]; /* as it was described: looked up before, maybe */
            w->known = 0;
            tagger_look_up(t, w);
        }
}

static size_t write_model(const learner *l, const uint8_t *slots, unsigned slot_bits, unsigned bits,
                          uint8_t **ret)
{
    size_t rows = (size_t)1 << bits, table = rows * TAGGER_STRIDE, n = (size_t)8 << slot_bits;
    uint8_t *p = must(calloc(1, HEAD + table + n));
    float top = 0;
    for (size_t i = 0; i < table; i++) {
        float v = l->total[i] < 0 ? -l->total[i] : l->total[i];
        top = v > top ? v : top;
    }
    float scale = 127 / (top > 24 ? 24 : top);
    for (size_t i = 0; i < table; i++) {
        float v = l->total[i] * scale;
        v = v > 127 ? 127 : v < -127 ? -127 : v;
        p[HEAD + i] = (uint8_t)(int8_t)(v + (v < 0 ? -0.5f : 0.5f));
    }
    memcpy(p, "wntag 2", 8);
    p[8] = (uint8_t)bits;
    p[9] = WN_TAGS;
    p[10] = (uint8_t)slot_bits;
    memcpy(p + HEAD + table, slots, n);
    *ret = p;
    return HEAD + table + n;
}

static double percent(size_t part, size_t all)
{
    return all > 0 ? 100.0 * (double)part / (double)all : 0.0;
}

/* As tagger_tag does it, on the described words. */
static void test(const char *path, const uint8_t *model, size_t len, const pairs *learnt)
{
    tagger t;
    corpus c = {0};
    read_treebank(&c, path);
    if (!tagger_load(&t, model, len))
        exit(1);
    look_up_all(&c, &t);
    size_t good = 0, all = 0, new_good = 0, new_all = 0;
    for (size_t i = 0; i < c.n; i++) {
        uint8_t tags[MAX_SENTENCE];
        const sentence *s = c.item[i];
        (void)tagger_tag_described(&t, s->word, s->n, NULL, tags);
        for (size_t k = 0; k < s->n; k++) {
            bool right = tags[k] == s->gold[k] || s->word[k].certain >= 0;
            bool new = s->word[k].certain < 0 && !seen(learnt, s->form[k]);
            all++;
            good += right;
            new_all += new;
            new_good += new &&right;
        }
    }
    printf("%s: %zu tokens, accuracy %.2f %%; %zu words never seen, %.2f %%\n", path, all,
           percent(good, all), new_all, percent(new_good, new_all));
}

static void read_rules(const char *path)
{
    static char bytes[TEXT_FILE_MAX];
    text_rules_error err;
    FILE *f = fopen(path, "rb");
    size_t n = f != NULL ? fread(bytes, 1, sizeof bytes, f) : 0;
    rules = must(text_rules_new());
    if (f == NULL || !text_rules_load(rules, bytes, n, &err)) {
        fprintf(stderr, "tagger_train: cannot read %s\n", path);
        exit(1);
    }
    (void)fclose(f);
}

enum { MOST_TESTS = 100 };

typedef struct arguments {
    const char *out, *tests[MOST_TESTS];
    size_t n_tests;
    unsigned bits;
    corpus corpus; /* of all treebanks that are named */
} arguments;

/* false: something is missing, or out of range. */
static bool read_arguments(arguments *a, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        bool more = i + 1 < argc;
        if (strcmp(argv[i], "-o") == 0 && more)
            a->out = argv[++i];
        else if (strcmp(argv[i], "-r") == 0 && more)
            read_rules(argv[++i]);
        else if (strcmp(argv[i], "-b") == 0 && more)
            a->bits = (unsigned)atoi(argv[++i]);
        else if (strcmp(argv[i], "-t") == 0 && more && a->n_tests < MOST_TESTS)
            a->tests[a->n_tests++] = argv[++i];
        else
            read_treebank(&a->corpus, argv[i]);
    }
    return a->out != NULL && rules != NULL && a->corpus.n > 0 && a->bits >= 8 &&
           a->bits <= TAGGER_MAX_BITS;
}

int main(int argc, char **argv)
{
    arguments a = {.bits = 14};
    if (!read_arguments(&a, argc, argv)) {
        fprintf(
            stderr,
            "usage: tagger_train -r RULES [-b BITS] [-t TESTFILE ...] -o MODEL FILE.conllu ...\n");
        return 2;
    }
    pairs learnt = all_pairs(&a.corpus), known = known_words(&learnt);
    unsigned slot_bits;
    uint8_t *slots = known_table(&known, &slot_bits), *model;
    look_up_all(&a.corpus, &(tagger){.slot = slots, .slot_mask = (1U << slot_bits) - 1});
    learner l = {0};
    learn(&l, &a.corpus, (size_t)1 << a.bits);
    size_t len = write_model(&l, slots, slot_bits, a.bits, &model);
    for (size_t i = 0; i < a.n_tests; i++)
        test(a.tests[i], model, len, &learnt);
    FILE *f = fopen(a.out, "wb");
    if (f == NULL || fwrite(model, 1, len, f) != len || fclose(f) != 0) {
        fprintf(stderr, "tagger_train: cannot write %s\n", a.out);
        return 1;
    }
    return 0;
}
