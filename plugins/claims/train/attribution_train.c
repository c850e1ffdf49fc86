/* attribution_train.c: learn the model of attribution from annotated articles (GUIDE.md). A
 * developer's tool (`make models`), not installed.
 *
 * Usage: attribution_train [-t FILE.ann ...] -o MODEL FILE.ann ...   (-t: to test on, not learnt) */
#include "claims/model/decode.h"
#include "text/tagger.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    HEAD_BITS = 16,
    EMIT_BITS = 17,
    STEP_BITS = 16,
    MOST_FILES = 4000,
    MOST_PIECES = 40,
    FILE_HEAD = 24
};
/* passes over the corpus; what a wrong label costs while it is learnt */
/* in other orders: the mean of several runs errs less than one */
static int runs = 10;
static int head_passes = 6, span_passes = 6;
static float cost = 3, margin = 6, trust = 8, threshold = 0;
/* times that a feature must stand in the examples */
static uint8_t head_least = 2, span_least = 4;

static void die(const char *what, const char *which)
{
    fprintf(stderr, "attribution_train: %s%s\n", what, which);
    exit(1);
}

static void *must(void *p)
{
    if (p == NULL)
        die("out of memory", "");
    return p;
}

static char *read_all(const char *path, size_t *ret_len)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        die("cannot read ", path);
    (void)fseek(f, 0, SEEK_END);
    long n = ftell(f);
    rewind(f);
    char *p = must(malloc((size_t)n + 1));
    if (fread(p, 1, (size_t)n, f) != (size_t)n)
        die("cannot read ", path);
    p[n] = 0;
    (void)fclose(f);
    *ret_len = (size_t)n;
    return p;
}

/* ---- the corpus ---- */

typedef struct gold {
    uint8_t class, stance;
    range piece[LABELS][MOST_PIECES]; /* tokens */
    unsigned n[LABELS];
    uint32_t head;
} gold;

typedef struct article {
    char *text;
    text_analysis found;
    wn_analysis view;
    syntax s;
    claim_list rules;
    token_view *token;
    gold *gold;
    size_t n_gold;
} article;

typedef struct knowledge {
    text_rules *rules;
    tagger tags;
    lexicon *words;
} knowledge;

static uint32_t token_from(const article *a, uint32_t byte)
{
    uint32_t low = 0, high = (uint32_t)a->view.n_tokens;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (a->view.token[mid].end <= byte)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void read_pieces(const article *a, const char *field, gold *g, unsigned label)
{
    unsigned start, end;
    int used;
    while (sscanf(field, "%u-%u%n", &start, &end, &used) == 2) {
        range r = {token_from(a, start), token_from(a, start)};
        while (r.last < a->view.n_tokens && a->view.token[r.last].start < end)
            r.last++;
        if (!range_empty(r) && g->n[label] < MOST_PIECES)
            g->piece[label][g->n[label]++] = r;
        field += used;
        if (*field != ',')
            break;
        field++;
    }
}

/* The token of a cue that carries it: its last verb that means, else noun, else its first token. */
static uint32_t head_of(const article *a, range span)
{
    const syntax *s = &a->s;
    uint32_t noun = UINT32_MAX, verb = UINT32_MAX;
    for (uint32_t i = span.first; i < span.last; i++) {
        if (is_verb(s, i) && s->tag[i] != WN_TAG_MD &&
            !word_among(
                s, i,
                "be is are was were been being am has have had having do does did 's 've ’s ’ve"))
            verb = s->word[i].verb >= 0 || verb == UINT32_MAX || s->word[verb].verb < 0 ? i : verb;
        if (s->tag[i] == WN_TAG_NN)
            noun = i;
    }
    bool light = verb != UINT32_MAX && noun != UINT32_MAX && s->word[verb].verb < 0;
    if (verb != UINT32_MAX && !light)
        return verb;
    if (noun != UINT32_MAX)
        return noun;
    for (uint32_t i = span.first; i < span.last; i++)
        if (s->tag[i] == WN_TAG_JJ || mark_is(s, i, ':') || word_is(s, i, "according"))
            return i;
    for (uint32_t i = span.last; i-- > span.first;)
        if (is_verb(s, i))
            return i;
    return span.first;
}

enum { STANCES = STANCE_HEDGED + 1 };
static const char *const stances[STANCES] = {"asserted",    "denied",         "negated", "asked",
                                             "conditional", "reported_false", "hedged"};

static void read_gold(article *a, const char *path)
{
    static const char *const classes[] = {"none", "statement", "attitude", "decision", "silence"};
    size_t len, cap = 0;
    char *table = read_all(path, &len), *line = strchr(table, '\n');
    while (line != NULL && line[1] != 0) {
        char class[32], stance[32], source[2000], verb[100], content[4000];
        line++;
        if (sscanf(line, "%*[^\t]\t%31[^\t]\t%31[^\t]\t%*[^\t]\t%1999[^\t]\t%99[^\t]\t%3999[^\n]",
                   class, stance, source, verb, content) != 5)
            die("not an attribution in ", path);
        gold g = {0};
        for (unsigned k = 1; k < HEADS; k++)
            if (strcmp(class, classes[k]) == 0)
                g.class = (uint8_t)k;
        for (unsigned k = 0; k < STANCES; k++)
            if (strcmp(stance, stances[k]) == 0)
                g.stance = (uint8_t)k;
        read_pieces(a, source, &g, LABEL_SOURCE);
        read_pieces(a, verb, &g, LABEL_CUE);
        read_pieces(a, content, &g, LABEL_CONTENT);
        if (g.class == 0 || g.n[LABEL_CUE] == 0)
            die("no class or no cue in ", path);
        g.head = head_of(a, g.piece[LABEL_CUE][0]);
        if (a->n_gold == cap)
            a->gold = must(realloc(a->gold, (cap = cap * 2 + 16) * sizeof *a->gold));
        a->gold[a->n_gold++] = g;
        line = strchr(line, '\n');
    }
    free(table);
}

static article *read_article(const char *path, const knowledge *k)
{
    article *a = must(calloc(1, sizeof *a));
    tagger_work work = {0};
    char text_path[4096];
    size_t len, left_out;
    const extract_options o = {400, true, NULL, 0};
    (void)snprintf(text_path, sizeof text_path, "%.*s.txt", (int)(strlen(path) - 4), path);
    a->text = read_all(text_path, &len);
    a->found.rules = k->rules;
    if (!text_analyse(&a->found, a->text, len, NULL, 0) ||
        !text_tag(&a->found, &k->tags, &work, a->text))
        die("out of memory", "");
    a->view = text_view(&a->found);
    a->view.tag = a->found.tag;
    a->token = must(calloc(a->view.n_tokens + 1, sizeof *a->token));
    if (!syntax_document(&a->s, a->text, &a->view, k->words, NULL) ||
        !claims_extract(&a->s, &o, &a->rules, &left_out) || !describe_tokens(&a->s, a->token))
        die("out of memory", "");
    tagger_work_release(&work);
    read_gold(a, path);
    return a;
}

/* ---- examples: features, computed once ---- */

typedef struct step_example {
    uint32_t *emit, *step;
    uint8_t n_emit, n_step, gold;
    uint32_t at;
} step_example;

typedef struct span_example {
    step_example *token;
    uint32_t n;
    uint32_t first, head;
} span_example;

typedef struct head_example {
    uint32_t *f;
    uint8_t n, gold;
} head_example;

typedef struct examples {
    head_example *head;
    size_t n_heads, cap_heads;
    span_example *span;
    size_t n_spans, cap_spans;
    size_t lost_heads, all_heads;
} examples;

static uint32_t *keep(const uint32_t *f, unsigned n)
{
    uint32_t *p = must(malloc((n + 1) * sizeof *p));
    memcpy(p, f, n * sizeof *p);
    return p;
}

static const gold *gold_at(const article *a, uint32_t head)
{
    for (size_t i = 0; i < a->n_gold; i++)
        if (a->gold[i].head == head)
            return &a->gold[i];
    return NULL;
}

static unsigned gold_label(const gold *g, uint32_t i)
{
    for (unsigned l = LABEL_SOURCE; l < LABELS; l++)
        for (unsigned k = 0; k < g->n[l]; k++)
            if (g->piece[l][k].first <= i && i < g->piece[l][k].last)
                return l;
    return LABEL_NONE;
}

static void add_span(examples *e, const scene *c, const gold *g)
{
    static window w;
    window_open(&w, c, g->head, (enum head_class)g->class);
    if (e->n_spans == e->cap_spans)
        e->span =
            must(realloc(e->span, (e->cap_spans = e->cap_spans * 2 + 1024) * sizeof *e->span));
    span_example *x = &e->span[e->n_spans++];
    *x = (span_example){must(calloc(w.last - w.first, sizeof *x->token)), w.last - w.first, w.first,
                        w.head};
    for (uint32_t k = 0; k < x->n; k++) {
        uint32_t f[MOST_EMIT_FEATURES];
        step_example *t = &x->token[k];
        t->at = w.first + k;
        unsigned side = t->at > w.head;
        t->n_emit = (uint8_t)emit_features_alone(c, t->at, side, f);
        t->n_emit = (uint8_t)(t->n_emit + emit_features(c, &w, t->at, f + t->n_emit));
        t->emit = keep(f, t->n_emit);
        t->n_step = (uint8_t)step_features_alone(c, t->at, side, f);
        t->n_step = (uint8_t)(t->n_step + step_features(c, &w, t->at, f + t->n_step));
        t->step = keep(f, t->n_step);
        t->gold = (uint8_t)gold_label(g, t->at);
    }
    /* the cue: one piece around the head */
    uint32_t h = w.head - w.first;
    x->token[h].gold = LABEL_CUE;
    for (uint32_t k = h, on = 1; k-- > 0;)
        if ((on &= x->token[k].gold == LABEL_CUE) == 0 && x->token[k].gold == LABEL_CUE)
            x->token[k].gold = LABEL_NONE;
    for (uint32_t k = h + 1, on = 1; k < x->n; k++)
        if ((on &= x->token[k].gold == LABEL_CUE) == 0 && x->token[k].gold == LABEL_CUE)
            x->token[k].gold = LABEL_NONE;
}

static void add_head(examples *e, const scene *c, uint32_t i, const gold *g)
{
    uint32_t f[MOST_HEAD_FEATURES];
    unsigned n = head_features(c, i, f);
    if (e->n_heads == e->cap_heads)
        e->head =
            must(realloc(e->head, (e->cap_heads = e->cap_heads * 2 + 4096) * sizeof *e->head));
    e->head[e->n_heads++] =
        (head_example){keep(f, n), (uint8_t)n, g != NULL ? g->class : HEAD_NONE};
}

typedef void (*scene_call)(void *arg, article *a, const scene *c);

/* Call for each sentence that is looked at. */
static void for_scenes(article *a, scene_call call, void *arg)
{
    const extract_options o = {400, true, NULL, 0};
    size_t rule = 0, skip = 0;
    for (uint32_t first = 0, last; first < a->view.n_tokens; first = last) {
        for (last = first + 1; last < a->view.n_tokens &&
                               a->view.token[last].sentence == a->view.token[first].sentence;)
            last++;
        scene c = {.s = &a->s,
                   .token = a->token,
                   .rule = a->rules.item + rule,
                   .first = first,
                   .last = last};
        while (rule < a->rules.n && a->rules.item[rule].cue.first < last) {
            rule++;
            c.n_rules++;
        }
        if (last - first > o.max_sentence || sentence_skipped(&a->s, &o, &skip, first, last))
            continue;
        if (!syntax_sentence(&a->s, first, last))
            die("out of memory", "");
        call(arg, a, &c);
    }
}

static void add_scene(void *arg, article *a, const scene *c)
{
    examples *e = arg;
    for (uint32_t i = c->first; i < c->last; i++) {
        const gold *g = gold_at(a, i);
        e->all_heads += g != NULL;
        if (head_candidate(c, i))
            add_head(e, c, i, g);
        else
            e->lost_heads += g != NULL;
        if (g != NULL)
            add_span(e, c, g);
    }
}

/* ---- features too rare to tell anything ---- */

enum { RARE_BITS = 24 };
static uint8_t *seen_feature;

/* How often a feature stands in the examples, up to 255; two may share a place. */
static void count_feature(uint32_t f)
{
    uint8_t *at = &seen_feature[f & ((1U << RARE_BITS) - 1)];
    *at = (uint8_t)(*at < 255 ? *at + 1 : 255);
}

static uint8_t drop_rare(uint32_t *f, uint8_t n, uint8_t least)
{
    uint8_t kept = 0;
    for (uint8_t i = 0; i < n; i++)
        if (seen_feature[f[i] & ((1U << RARE_BITS) - 1)] >= least)
            f[kept++] = f[i];
    return kept;
}

static void prune(examples *e)
{
    seen_feature = must(calloc(1, (size_t)1 << RARE_BITS));
    for (size_t i = 0; i < e->n_heads; i++)
        for (unsigned k = 0; k < e->head[i].n; k++)
            count_feature(e->head[i].f[k]);
    for (size_t i = 0; i < e->n_heads; i++)
        e->head[i].n = drop_rare(e->head[i].f, e->head[i].n, head_least);
    memset(seen_feature, 0, (size_t)1 << RARE_BITS);
    for (size_t i = 0; i < e->n_spans; i++)
        for (uint32_t t = 0; t < e->span[i].n; t++) {
            const step_example *x = &e->span[i].token[t];
            for (unsigned k = 0; k < x->n_emit; k++)
                count_feature(x->emit[k]);
            for (unsigned k = 0; k < x->n_step; k++)
                count_feature(x->step[k]);
        }
    for (size_t i = 0; i < e->n_spans; i++)
        for (uint32_t t = 0; t < e->span[i].n; t++) {
            step_example *x = &e->span[i].token[t];
            x->n_emit = drop_rare(x->emit, x->n_emit, span_least);
            x->n_step = drop_rare(x->step, x->n_step, span_least);
        }
    free(seen_feature);
}

/* ---- averaged perceptrons ---- */

typedef struct table {
    float *w, *sum, *all; /* now; over the steps of a run; over the runs */
    uint32_t *stamp;
    uint32_t mask, width;
} table;

static table table_new(unsigned bits, uint32_t width)
{
    size_t n = ((size_t)1 << bits) * width;
    return (table){must(calloc(n, sizeof(float))),
                   must(calloc(n, sizeof(float))),
                   must(calloc(n, sizeof(float))),
                   must(calloc(n, sizeof(uint32_t))),
                   (1U << bits) - 1,
                   width};
}

static void bump(table *t, uint32_t feature, uint32_t column, float by, uint32_t now)
{
    size_t at = (size_t)(feature & t->mask) * t->width + column;
    t->sum[at] += (float)(now - t->stamp[at]) * t->w[at];
    t->stamp[at] = now;
    t->w[at] += by;
}

/* The mean of the weights over the run, added to `all`; the next run starts anew. */
static void end_run(table *t, uint32_t now)
{
    size_t n = ((size_t)t->mask + 1) * t->width;
    for (size_t i = 0; i < n; i++)
        t->all[i] += (t->sum[i] + (float)(now - t->stamp[i]) * t->w[i]) / (float)now;
    memset(t->w, 0, n * sizeof *t->w);
    memset(t->sum, 0, n * sizeof *t->sum);
    memset(t->stamp, 0, n * sizeof *t->stamp);
}

static void shuffle(uint32_t *order, size_t n, uint32_t *x)
{
    for (size_t i = n; i > 1; i--) {
        *x ^= *x << 13, *x ^= *x >> 17, *x ^= *x << 5;
        size_t k = *x % i;
        uint32_t t = order[i - 1];
        order[i - 1] = order[k];
        order[k] = t;
    }
}

static uint32_t *identity(size_t n)
{
    uint32_t *order = must(malloc((n + 1) * sizeof *order));
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    return order;
}

static void learn_heads(const examples *e, table *t, uint32_t x)
{
    uint32_t now = 0, *order = identity(e->n_heads);
    for (int pass = 0; pass < head_passes; pass++) {
        shuffle(order, e->n_heads, &x);
        for (size_t k = 0; k < e->n_heads; k++) {
            const head_example *h = &e->head[order[k]];
            float score[HEADS] = {0};
            now++;
            for (unsigned i = 0; i < h->n; i++)
                for (unsigned c = 0; c < HEADS; c++)
                    score[c] += t->w[(size_t)(h->f[i] & t->mask) * t->width + c];
            unsigned best = h->gold;
            score[h->gold] -= margin;
            for (unsigned c = 0; c < HEADS; c++)
                if (score[c] > score[best])
                    best = c;
            for (unsigned i = 0; best != h->gold && i < h->n; i++) {
                bump(t, h->f[i], h->gold, 1, now);
                bump(t, h->f[i], best, -1, now);
            }
        }
    }
    end_run(t, now);
    free(order);
}

static void viterbi(const span_example *x, const table *emit, const table *step, uint8_t *ret)
{
    static uint8_t from[WINDOW_MAX][LABELS];
    float best[LABELS] = {0};
    window w = {.first = x->first, .head = x->head};
    for (uint32_t k = 0; k < x->n; k++) {
        const step_example *t = &x->token[k];
        float e[LABELS] = {0}, s[STEP_STRIDE] = {0}, now[LABELS];
        for (unsigned i = 0; i < t->n_emit; i++)
            for (unsigned l = 0; l < LABELS; l++)
                e[l] += emit->w[(size_t)(t->emit[i] & emit->mask) * LABELS + l];
        for (unsigned i = 0; i < t->n_step; i++)
            for (unsigned l = 0; l < STEP_STRIDE; l++)
                s[l] += step->w[(size_t)(t->step[i] & step->mask) * STEP_STRIDE + l];
        for (unsigned l = 0; l < LABELS; l++) {
            now[l] = -1e9f;
            from[k][l] = 0;
            for (unsigned b = 0; b < LABELS; b++) {
                if ((k == 0 && b != LABEL_NONE) || !step_allowed(&w, t->at, b, l))
                    continue;
                float v = best[b] + s[b * LABELS + l];
                if (v > now[l]) {
                    now[l] = v;
                    from[k][l] = (uint8_t)b;
                }
            }
            now[l] += e[l] + (l != t->gold ? cost : 0);
        }
        memcpy(best, now, sizeof best);
    }
    unsigned label = 0;
    for (unsigned l = 1; l < LABELS; l++)
        if (best[l] > best[label])
            label = l;
    for (uint32_t k = x->n; k-- > 0;) {
        ret[k] = (uint8_t)label;
        label = from[k][label];
    }
}

/* The rules are believed until the examples tell otherwise. */
static void trust_rules(table *emit)
{
    static const uint8_t label[] = {
        [RULE_SOURCE_FIRST] = LABEL_SOURCE,   [RULE_SOURCE] = LABEL_SOURCE,
        [RULE_SOURCE_LAST] = LABEL_SOURCE,    [RULE_CUE] = LABEL_CUE,
        [RULE_CONTENT_FIRST] = LABEL_CONTENT, [RULE_CONTENT] = LABEL_CONTENT,
        [RULE_CONTENT_LAST] = LABEL_CONTENT,  [RULE_OUTSIDE] = LABEL_NONE};
    for (uint8_t role = RULE_SOURCE_FIRST; role <= RULE_OUTSIDE; role++)
        emit->w[(size_t)(role_feature(role) & emit->mask) * LABELS + label[role]] = trust;
}

static void learn_spans(const examples *e, table *emit, table *step, uint32_t x)
{
    trust_rules(emit);
    uint32_t now = 0, *order = identity(e->n_spans);
    for (int pass = 0; pass < span_passes; pass++) {
        shuffle(order, e->n_spans, &x);
        for (size_t k = 0; k < e->n_spans; k++) {
            const span_example *s = &e->span[order[k]];
            uint8_t label[WINDOW_MAX];
            viterbi(s, emit, step, label);
            now++;
            unsigned good = 0, bad = 0;
            for (uint32_t i = 0; i < s->n; i++) {
                const step_example *t = &s->token[i];
                if (label[i] != t->gold)
                    for (unsigned f = 0; f < t->n_emit; f++) {
                        bump(emit, t->emit[f], t->gold, 1, now);
                        bump(emit, t->emit[f], label[i], -1, now);
                    }
                if (label[i] != t->gold || good != bad)
                    for (unsigned f = 0; f < t->n_step; f++) {
                        bump(step, t->step[f], good * LABELS + t->gold, 1, now);
                        bump(step, t->step[f], bad * LABELS + label[i], -1, now);
                    }
                good = t->gold;
                bad = label[i];
            }
        }
    }
    end_run(emit, now);
    end_run(step, now);
    free(order);
}

/* ---- the model's file ---- */

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* A scale at which all weights fit, and those of all features of a token together fit 16 bits. */
static float scale_of(const table *a, const table *b)
{
    size_t n = 0, size = ((size_t)a->mask + 1) * a->width +
                         (b != NULL ? ((size_t)b->mask + 1) * b->width : 0);
    float *v = must(malloc(size * sizeof *v));
    const table *all[] = {a, b};
    for (int k = 0; k < 2 && all[k] != NULL; k++)
        for (size_t i = 0; i < ((size_t)all[k]->mask + 1) * all[k]->width; i++)
            if (all[k]->all[i] != 0)
                v[n++] = all[k]->all[i] < 0 ? -all[k]->all[i] : all[k]->all[i];
    qsort(v, n, sizeof *v, by_size);
    float top = n > 0 ? v[n - 1] : 1;
    free(v);
    return (float)(INT16_MAX / MOST_EMIT_FEATURES) / top;
}

static void put_table(uint8_t **p, const table *t, float scale)
{
    for (size_t i = 0; i < ((size_t)t->mask + 1) * t->width; i++) {
        float v = t->all[i] * scale;
        v = v > 32767 ? 32767 : v < -32767 ? -32767 : v;
        int16_t q = (int16_t)(v + (v < 0 ? -0.5f : 0.5f));
        *(*p)++ = (uint8_t)q;
        *(*p)++ = (uint8_t)(q >> 8);
    }
}

static void put_le32(uint8_t *p, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(v >> 8 * i);
}

static uint8_t *model_bytes(const table *head, const table *emit, const table *step,
                            size_t *ret_len)
{
    size_t len = FILE_HEAD +
                 2 * (((size_t)head->mask + 1) * HEAD_STRIDE + ((size_t)emit->mask + 1) * LABELS +
                      ((size_t)step->mask + 1) * STEP_STRIDE);
    uint8_t *bytes = must(calloc(1, len)), *p = bytes + FILE_HEAD;
    memcpy(bytes, "wnattr1", 8);
    bytes[8] = HEAD_BITS, bytes[9] = EMIT_BITS, bytes[10] = STEP_BITS, bytes[11] = HEADS,
    bytes[12] = LABELS;
    float scale = scale_of(head, NULL);
    put_le32(bytes + 20, (uint32_t)(int32_t)(threshold * (float)runs * scale));
    put_table(&p, head, scale);
    scale = scale_of(emit, step);
    put_table(&p, emit, scale);
    put_table(&p, step, scale);
    uint32_t sum = attribution_checksum(bytes + FILE_HEAD, len - FILE_HEAD);
    put_le32(bytes + 16, sum);
    *ret_len = len;
    return bytes;
}

/* ---- testing ---- */

typedef struct counts {
    size_t hit[LABELS], found[LABELS], gold[LABELS], heads_hit, heads_found, heads_gold;
    size_t stance[STANCES][STANCES], class[HEADS][HEADS]; /* gold, found */
} counts;

/* Without marks at its ends, as the evaluation compares. */
static range bare(const syntax *s, range r)
{
    while (r.first < r.last && tag_in(s, r.first, 1 << WN_TAG_PUNCT))
        r.first++;
    while (r.first < r.last && tag_in(s, r.last - 1, 1 << WN_TAG_PUNCT))
        r.last--;
    return r;
}

static bool same_pieces(const syntax *s, const range *a, unsigned n, const range *b, unsigned m)
{
    if (n != m || n == 0)
        return false;
    for (unsigned i = 0; i < n; i++) {
        range x = bare(s, a[i]), y = bare(s, b[i]);
        if (x.first != y.first || x.last != y.last)
            return false;
    }
    return true;
}

/* Claims within another one's content count for nothing: PolNeAR marks the outermost only. */
static bool outermost_only;

static void count_article(const article *a, const claim_list *l, counts *n)
{
    for (size_t i = 0; i < a->n_gold; i++) {
        bool hit[LABELS] = {false}, head = false;
        for (size_t k = 0; k < l->n; k++) {
            const claim *c = &l->item[k];
            if (outermost_only && c->parent >= 0)
                continue;
            bool this = c->cue.first <= a->gold[i].head && a->gold[i].head < c->cue.last;
            if (this && !head) {
                n->stance[a->gold[i].stance][c->stance]++;
                n->class[a->gold[i].class]
                        [c->type == CLAIM_NO_COMMENT ? HEAD_SILENCE : c->class + 1]++;
            }
            head |= this;
            hit[LABEL_SOURCE] |=
                same_pieces(&a->s, &c->source, !range_empty(c->source),
                            a->gold[i].piece[LABEL_SOURCE], a->gold[i].n[LABEL_SOURCE]);
            hit[LABEL_CUE] |= same_pieces(&a->s, &c->cue, 1, a->gold[i].piece[LABEL_CUE],
                                          a->gold[i].n[LABEL_CUE]);
            hit[LABEL_CONTENT] |=
                same_pieces(&a->s, c->content, c->n_contents, a->gold[i].piece[LABEL_CONTENT],
                            a->gold[i].n[LABEL_CONTENT]);
        }
        n->heads_hit += head;
        n->heads_gold++;
        for (unsigned r = LABEL_SOURCE; r < LABELS; r++) {
            n->hit[r] += hit[r];
            n->gold[r] += a->gold[i].n[r] > 0;
        }
    }
    for (size_t k = 0; k < l->n; k++) {
        if (outermost_only && l->item[k].parent >= 0)
            continue;
        n->heads_found++;
        n->found[LABEL_SOURCE] += !range_empty(l->item[k].source);
        n->found[LABEL_CUE]++;
        n->found[LABEL_CONTENT] += l->item[k].n_contents > 0;
    }
}

static double f1(size_t hit, size_t a, size_t b)
{
    return a + b > 0 ? 200.0 * (double)hit / (double)(a + b) : 0;
}

static void test(article **a, size_t n, const uint8_t *bytes, size_t len)
{
    attribution_model m;
    attribution_work w = {0};
    counts learned = {0}, ruled = {0};
    const extract_options o = {400, true, NULL, 0};
    if (!attribution_load(&m, bytes, len))
        die("the model cannot be read back", "");
    for (size_t i = 0; i < n; i++) {
        claim_list found = {0};
        if (!attribution_find(&m, &w, &a[i]->s, &o, &a[i]->rules, &found))
            die("out of memory", "");
        count_article(a[i], &found, &learned);
        count_article(a[i], &a[i]->rules, &ruled);
        claim_list_release(&found);
    }
    const counts *both[] = {&ruled, &learned};
    for (int k = 0; k < 2; k++)
        printf("%-8s heads P %.1f R %.1f; exact F1 source %.1f cue %.1f content %.1f\n",
               k == 0 ? "rules" : "model",
               100.0 * (double)both[k]->heads_hit /
                   (double)(both[k]->heads_found + !both[k]->heads_found),
               100.0 * (double)both[k]->heads_hit /
                   (double)(both[k]->heads_gold + !both[k]->heads_gold),
               f1(both[k]->hit[1], both[k]->found[1], both[k]->gold[1]),
               f1(both[k]->hit[2], both[k]->found[2], both[k]->gold[2]),
               f1(both[k]->hit[3], both[k]->found[3], both[k]->gold[3]));
    for (unsigned g = 0; g < STANCES; g++) {
        printf("stance %-14s", stances[g]);
        for (unsigned f = 0; f < STANCES; f++)
            printf(" %5zu", learned.stance[g][f]);
        printf("\n");
    }
    for (unsigned g = 1; g < HEADS; g++)
        printf("class %u: %zu %zu %zu %zu\n", g, learned.class[g][1], learned.class[g][2],
               learned.class[g][3], learned.class[g][4]);
    attribution_work_release(&w);
}

static knowledge load_knowledge(const char *dir)
{
    knowledge k = {.rules = must(text_rules_new())};
    char path[4096], problem[256];
    size_t len, words_len;
    text_rules_error err;
    (void)snprintf(path, sizeof path, "%s/common/data/en.text", dir);
    char *text = read_all(path, &len);
    if (!text_rules_load(k.rules, text, len, &err))
        die("not text rules: ", path);
    (void)snprintf(path, sizeof path, "%s/common/data/tagger.model", dir);
    char *model = read_all(path, &len);
    if (!tagger_load(&k.tags, model, len))
        die("not a tagger: ", path);
    (void)snprintf(path, sizeof path, "%s/claims/data/words.txt", dir);
    char *words = read_all(path, &words_len);
    (void)snprintf(path, sizeof path, "%s/claims/data/cues.txt", dir);
    char *cues = read_all(path, &len);
    k.words = lexicon_new(cues, len, words, words_len, problem, sizeof problem);
    if (k.words == NULL)
        die(problem, "");
    return k;
}

int main(int argc, char **argv)
{
    static article *learnt[MOST_FILES], *tests[MOST_FILES];
    size_t n = 0, n_tests = 0;
    const char *out = NULL, *dir = "plugins";
    bool testing = false;
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "-d") == 0 && i + 1 < argc)
            dir = argv[++i];
    if (getenv("HP"))
        head_passes = atoi(getenv("HP"));
    if (getenv("SP"))
        span_passes = atoi(getenv("SP"));
    if (getenv("HL"))
        head_least = (uint8_t)atoi(getenv("HL"));
    if (getenv("SL"))
        span_least = (uint8_t)atoi(getenv("SL"));
    if (getenv("TRUST"))
        trust = (float)atof(getenv("TRUST"));
    if (getenv("RUNS"))
        runs = atoi(getenv("RUNS"));
    if (getenv("THR"))
        threshold = (float)atof(getenv("THR"));
    if (getenv("COST"))
        cost = (float)atof(getenv("COST"));
    if (getenv("MARGIN"))
        margin = (float)atof(getenv("MARGIN"));
    knowledge k = load_knowledge(dir);
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-o") == 0 && i + 1 < argc)
            out = argv[++i];
        else if (strcmp(argv[i], "-d") == 0)
            i++;
        else if (strcmp(argv[i], "-t") == 0)
            testing = true;
        else if (strcmp(argv[i], "-l") == 0)
            testing = false;
        else if (strcmp(argv[i], "-n") == 0)
            outermost_only = true;
        else if (testing && n_tests < MOST_FILES)
            tests[n_tests++] = read_article(argv[i], &k);
        else if (n < MOST_FILES)
            learnt[n++] = read_article(argv[i], &k);
    }
    if (out == NULL || n == 0)
        die("usage: attribution_train -o MODEL [-d PLUGINS] FILE.ann ... [-t FILE.ann ...]", "");
    examples e = {0};
    for (size_t i = 0; i < n; i++)
        for_scenes(learnt[i], add_scene, &e);
    printf("%zu articles, %zu heads (%zu could not be any), %zu candidates\n", n, e.all_heads,
           e.lost_heads, e.n_heads);
    table head = table_new(HEAD_BITS, HEAD_STRIDE), emit = table_new(EMIT_BITS, LABELS),
          step = table_new(STEP_BITS, STEP_STRIDE);
    prune(&e);
    for (int run = 0; run < runs; run++) {
        learn_heads(&e, &head, 88172645u + 977u * (uint32_t)run);
        learn_spans(&e, &emit, &step, 2463534242u + 977u * (uint32_t)run);
    }
    size_t len;
    uint8_t *bytes = model_bytes(&head, &emit, &step, &len);
    test(learnt, n < 20 ? n : 20, bytes, len);
    if (n_tests > 0)
        test(tests, n_tests, bytes, len);
    FILE *f = fopen(out, "wb");
    if (f == NULL || fwrite(bytes, 1, len, f) != len || fclose(f) != 0)
        die("cannot write ", out);
    return 0;
}
