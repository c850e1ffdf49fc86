/* features.c: the features of heads and of the tokens around them. */
#include "claims/model/features.h"
#include "claims/content.h"
#include <string.h>

static uint32_t mix(uint32_t h)
{
    h ^= h >> 16;
    h *= 0x7feb352dU;
    h ^= h >> 15;
    h *= 0x846ca68bU;
    return h ^ h >> 16;
}

static uint32_t hash_bytes(const char *s, size_t n, uint32_t h)
{
    for (size_t i = 0; i < n; i++)
        h = (h ^ (uint8_t)s[i]) * 0x01000193U;
    return mix(h);
}

/* ---- tokens ---- */

/* What an inflected form has in common with the others: "denies", "denied", "denying". */
static size_t stem_length(const char *w, size_t n)
{
    static const struct {
        const char *end;
        size_t cut;
    } ends[] = {{"ies", 3}, {"ied", 3}, {"ying", 4}, {"ing", 3}, {"es", 2},
                {"ed", 2},  {"s", 1},   {"y", 1},    {"e", 1}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t k = strlen(ends[i].end);
        if (n >= k + 3 && memcmp(w + n - k, ends[i].end, k) == 0)
            return n - ends[i].cut;
    }
    return n;
}

static uint8_t shape_of(const wn_token *t)
{
    return (uint8_t)(((t->flags & WN_TOKEN_CAPITAL) != 0) |
                     ((t->flags & WN_TOKEN_ALLCAPS) != 0) << 1 |
                     ((t->flags & WN_TOKEN_SENTENCE_START) != 0) << 2 | t->kind << 3);
}

static uint8_t quote_state(const syntax *s, uint32_t i)
{
    int32_t q = s->quotation[i];
    if (q < 0)
        return 0;
    bool nested = s->a->quotation[q].parent >= 0;
    bool mark = s->a->token[i].kind == WN_TOKEN_QUOTE;
    unsigned where = !mark ? 1 : s->quoted[q].first == i ? 2 : s->quoted[q].last == i + 1 ? 3 : 1;
    return (uint8_t)(where + (nested ? 3 : 0));
}

static uint8_t cue_state(const syntax *s, uint32_t i)
{
    const cue *c = lexicon_cue(s->lexicon, s->word[i].verb);
    unsigned noun = s->word[i].noun >= 0 ? 8 : 0;
    return (uint8_t)(c == NULL ? noun : noun + 1 + c->class);
}

static void describe(const syntax *s, uint32_t i, token_view *ret)
{
    const wn_token *t = &s->a->token[i];
    char word[32];
    size_t n = wn_fold(s->text + t->start, t->end - t->start, word, sizeof word);
    if (t->kind == WN_TOKEN_NUMBER) {
        memcpy(word, "0", 1);
        n = 1;
    }
    size_t stem = stem_length(word, n), tail = n > 3 ? 3 : n;
    if (stem > 3 && word[stem - 1] == word[stem - 2])
        stem--; /* "admitted" */
    *ret =
        (token_view){.word = t->hash != 0 ? mix(t->hash) : hash_bytes(word, n, 1),
                     .stem = hash_bytes(word, stem, 2),
                     .suffix = hash_bytes(word + n - tail, tail, 3),
                     .lists = (uint32_t)s->word[i].lists ^ mix((uint32_t)(s->word[i].lists >> 32)),
                     .tag = s->tag[i],
                     .shape = shape_of(t),
                     .quote = quote_state(s, i),
                     .cue = cue_state(s, i)};
}

bool describe_tokens(const syntax *s, token_view *ret)
{
    for (uint32_t i = 0; i < s->a->n_tokens; i++) {
        if (!wn_beat(s->pulse))
            return false;
        describe(s, i, &ret[i]);
    }
    return true;
}

/* ---- a list of features ---- */

typedef struct features {
    uint32_t *at;
    unsigned n;
} features;

/* Each feature has a number of its own, so that the same word elsewhere is another feature. The
 * values are small numbers or hashes: each is spread by an odd factor of its own, and the sum is
 * mixed once. */
static inline void add3(features *f, uint32_t id, uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t h = id * 0x9e3779b9U + a * 0x85ebca6bU + b * 0xc2b2ae35U + c * 0x27d4eb2fU;
    h ^= h >> 15;
    h *= 0x2c1b3c6dU;
    f->at[f->n++] = h ^ h >> 13;
}

static inline void add2(features *f, uint32_t id, uint32_t a, uint32_t b)
{
    add3(f, id, a, b, 0x165667b1U);
}

static inline void add(features *f, uint32_t id, uint32_t value)
{
    add3(f, id, value, 0x5bd1e995U, 0x165667b1U);
}

static const token_view outside = {
    .word = 0x7f4a7c15U, .stem = 0x7f4a7c16U, .suffix = 0x7f4a7c17U, .tag = WN_TAGS};

static const token_view *token_at(const scene *c, uint32_t i, int by)
{
    int64_t at = (int64_t)i + by;
    return at < (int64_t)c->first || at >= (int64_t)c->last ? &outside : &c->token[at];
}

static uint32_t step_of(uint32_t n)
{
    return n < 4 ? n : n < 7 ? 4 : n < 11 ? 5 : n < 21 ? 6 : n < 41 ? 7 : 8;
}

/* ---- heads ---- */

static const verb_group *group_of(const scene *c, uint32_t i)
{
    const syntax *s = c->s;
    size_t low = 0, high = s->n_groups;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->group[mid].last <= i)
            low = mid + 1;
        else
            high = mid;
    }
    return low < s->n_groups && s->group[low].first <= i ? &s->group[low] : NULL;
}

static const claim *rule_of(const scene *c, uint32_t i)
{
    for (size_t k = 0; k < c->n_rules; k++)
        if (c->rule[k].cue.first <= i && c->rule[k].cue.last > i)
            return &c->rule[k];
    return NULL;
}

static uint32_t rule_hash(const claim *c)
{
    return c == NULL ? 0 : hash_bytes(c->rule, strlen(c->rule), 7) + c->type;
}

bool head_candidate(const scene *c, uint32_t i)
{
    enum {
        TAGS = 1 << WN_TAG_VB | 1 << WN_TAG_VBP | 1 << WN_TAG_VBZ | 1 << WN_TAG_VBD |
               1 << WN_TAG_VBN | 1 << WN_TAG_VBG | 1 << WN_TAG_NN | 1 << WN_TAG_JJ
    };
    const syntax *s = c->s;
    if (tag_in(s, i, TAGS)) {
        const verb_group *g = is_verb(s, i) ? group_of(c, i) : NULL;
        return g == NULL || g->main == i;
    }
    return mark_is(s, i, ':') || c->token[i].cue != 0 || word_among(s, i, "according about") ||
           (s->a->token[i].kind == WN_TOKEN_PUNCT && s->a->token[i].end - s->a->token[i].start > 1);
}

static void group_features(const scene *c, const verb_group *g, uint32_t i, features *f)
{
    const token_view *x = &c->token[i];
    if (g == NULL) {
        add(f, 40, 0);
        return;
    }
    uint32_t kind = (uint32_t)g->finite | (uint32_t)g->passive << 1 | (uint32_t)g->negated << 2 |
                    (uint32_t)g->infinitive << 3 | (uint32_t)g->participle << 4 |
                    (uint32_t)g->relative << 5 | (uint32_t)g->shares_subject << 6;
    add(f, 41, kind);
    add2(f, 42, kind, x->stem);
    if (range_empty(g->subject)) {
        add2(f, 43, x->stem, 0);
        return;
    }
    const token_view *head = &c->token[g->subject.last - 1], *start = &c->token[g->subject.first];
    add(f, 44, head->word);
    add2(f, 45, head->tag, start->tag);
    add2(f, 46, head->lists * 3u + start->lists, x->stem);
    add2(f, 47, head->tag, x->stem);
    add2(f, 48, g->subject.last == g->first, x->stem);
    bool comma = g->subject.first > c->first && mark_is(c->s, g->subject.first - 1, ',');
    bool marked = g->subject.first > c->first && c->token[g->subject.first - 1].quote >= 3;
    add3(f, 49, comma, marked, x->stem);
}

/* The first words after the head's verb group that are no adverbs. */
static void frame_features(const scene *c, const verb_group *g, uint32_t i, features *f)
{
    uint32_t at = g != NULL && g->last > i ? g->last : i + 1;
    while (at < c->last && c->token[at].tag == WN_TAG_RB)
        at++;
    const token_view *x = &c->token[i], *next = at < c->last ? &c->token[at] : &outside,
                     *then = at + 1 < c->last ? &c->token[at + 1] : &outside;
    add(f, 50, next->word);
    add2(f, 51, next->word, x->stem);
    add2(f, 52, next->tag, x->stem);
    add3(f, 53, next->tag, then->tag, x->cue);
    add3(f, 54, next->tag, then->tag, x->stem);
    uint32_t phrase = at < c->last ? noun_phrase_right(c->s, at, c->last).last : 0;
    bool clause = phrase != 0 && phrase < c->last && tag_in(c->s, phrase, TAGS_FINITE);
    add2(f, 55, clause, x->stem);
    add3(f, 56, clause, next->tag, x->cue);
}

static void quote_features(const scene *c, uint32_t i, features *f)
{
    uint32_t left = 15, right = 15;
    const token_view *x = &c->token[i];
    for (uint32_t k = i; k > c->first && i - k < 14; k--)
        if (c->token[k - 1].quote % 3 == 0 && c->token[k - 1].quote > 0) {
            left = step_of(i - k);
            break;
        }
    for (uint32_t k = i + 1; k < c->last && k - i < 14; k++)
        if (c->token[k].quote % 3 == 2) {
            right = step_of(k - i);
            break;
        }
    add3(f, 57, left, right, x->quote);
    add3(f, 58, left, x->quote, x->stem);
    add3(f, 59, right, x->quote, x->stem);
}

unsigned head_features(const scene *c, uint32_t i, uint32_t ret[MOST_HEAD_FEATURES])
{
    features f = {ret, 0};
    const token_view *x = &c->token[i], *p = token_at(c, i, -1), *pp = token_at(c, i, -2),
                     *q = token_at(c, i, 1), *qq = token_at(c, i, 2);
    const verb_group *g = group_of(c, i);
    uint32_t rule = rule_hash(rule_of(c, i));
    add(&f, 0, 0);
    add2(&f, 1, x->word, x->tag);
    add2(&f, 2, x->stem, x->tag);
    add(&f, 3, x->stem);
    add2(&f, 4, x->suffix, x->tag);
    add3(&f, 5, x->tag, p->tag, q->tag);
    add3(&f, 6, x->tag, q->tag, qq->tag);
    add2(&f, 7, p->word, x->tag);
    add2(&f, 8, q->word, x->tag);
    add2(&f, 9, p->word, x->stem);
    add2(&f, 10, q->word, x->stem);
    add2(&f, 11, pp->word, x->stem);
    add2(&f, 12, qq->word, x->stem);
    add2(&f, 13, p->lists, x->stem);
    add2(&f, 14, q->lists, x->stem);
    add2(&f, 15, x->cue, x->tag);
    add2(&f, 16, rule, x->cue);
    add2(&f, 17, rule, x->stem);
    add2(&f, 18, rule, x->quote);
    add3(&f, 19, x->cue, x->quote, x->tag);
    add2(&f, 20, x->quote, x->stem);
    add3(&f, 21, p->tag, pp->tag, x->stem);
    add2(&f, 22, x->lists, x->tag);
    add2(&f, 23, step_of(i - c->first), x->tag);
    add2(&f, 24, step_of(c->last - i - 1), x->stem);
    add3(&f, 25, x->cue, p->tag, q->tag);
    group_features(c, g, i, &f);
    frame_features(c, g, i, &f);
    quote_features(c, i, &f);
    return f.n;
}

/* ---- the window around a head ---- */

static bool quoted_over(const syntax *s, uint32_t i)
{
    return s->quotation[i - 1] >= 0 &&
           (s->quotation[i] == s->quotation[i - 1] || s->a->token[i - 1].kind == WN_TOKEN_QUOTE);
}

/* Sentences before belong to it while they are in quotation marks up to where it starts; those
 * after while they start in them. */
static void set_bounds(window *w, const scene *c, uint32_t head)
{
    const syntax *s = c->s;
    const wn_token *t = s->a->token;
    uint32_t n = (uint32_t)s->a->n_tokens, low = c->first, high = c->last;
    while (low > 0 && head - low < WINDOW_LEFT && quoted_over(s, low)) {
        uint32_t sentence = t[low - 1].sentence;
        while (low > 0 && t[low - 1].sentence == sentence)
            low--;
    }
    while (high < n && high - head < WINDOW_RIGHT &&
           (t[high].kind == WN_TOKEN_QUOTE || s->quotation[high] >= 0) && s->quotation[high] >= 0) {
        uint32_t sentence = t[high].sentence;
        while (high < n && t[high].sentence == sentence)
            high++;
    }
    w->first = head - low > WINDOW_LEFT ? head - WINDOW_LEFT : low;
    w->last = high - head > WINDOW_RIGHT ? head + WINDOW_RIGHT : high;
}

/* A position in a range: 0 outside, 1 its first, 2 within, 3 its last token. */
static uint8_t in_range(range r, uint32_t i)
{
    if (range_empty(r) || i < r.first || i >= r.last)
        return 0;
    return i == r.first ? 1 : i + 1 == r.last ? 3 : 2;
}

/* What the rules' claim makes of the token. */
static uint8_t rule_role(const claim *c, uint32_t i)
{
    if (c == NULL)
        return 0;
    uint8_t at = in_range(c->source, i);
    if (at != 0)
        return at;
    if (in_range(c->cue, i) != 0)
        return 4;
    for (unsigned k = 0; k < c->n_contents; k++)
        if ((at = in_range(c->content[k], i)) != 0)
            return (uint8_t)(4 + at);
    return 8;
}

static uint32_t kind_passed(const token_view *t)
{
    if (t->quote > 1)
        return 30;
    return t->tag == WN_TAG_PUNCT ? 32 + (t->word & 15) : t->tag;
}

typedef struct sweep {
    uint32_t commas, verbs, quotes, path, kinds, before;
} sweep;

static void pass(sweep *v, const token_view *t)
{
    static const uint32_t most_kinds = 5;
    v->commas += t->tag == WN_TAG_PUNCT && t->quote <= 1;
    v->verbs += t->tag >= WN_TAG_MD && t->tag <= WN_TAG_VBG;
    v->quotes += t->quote % 3 != 1 && t->quote != 0;
    uint32_t kind = kind_passed(t);
    if (kind != v->before && v->kinds < most_kinds) {
        v->path = mix(v->path + kind * 0x9e3779b9U);
        v->kinds++;
    }
    v->before = kind;
}

static uint8_t few(uint32_t n, uint32_t most)
{
    return (uint8_t)(n < most ? n : most);
}

static place place_of(const sweep *v, uint32_t distance)
{
    return (place){.path = v->path,
                   .distance = (uint8_t)step_of(distance),
                   .commas = few(v->commas, 3),
                   .verbs = few(v->verbs, 3),
                   .quotes = few(v->quotes, 3)};
}

/* Where content would start and end by the rules' ideas, whatever the head is. */
static range clause_after(const scene *c, const verb_group *g, uint32_t head)
{
    uint32_t from = g != NULL && g->last > head ? g->last : head + 1;
    if (from >= c->last)
        return (range){0, 0};
    size_t group = g != NULL ? (size_t)(g - c->s->group) : c->s->n_groups;
    return content_until(c->s, group, from, c->first, c->last);
}

/* The next finite verb from here: has it the head's subject, another one, or none? */
static uint8_t whose_verb(const verb_group *g, const verb_group *head)
{
    if (g == NULL)
        return 0;
    if (head != NULL && g->shares_subject && g->subject.first == head->subject.first)
        return 1;
    return range_empty(g->subject) ? 2 : g->shares_subject ? 3 : 4;
}

/* What is left of the head's sentence from each of its tokens. */
static void look_ahead(window *w, const scene *c, const verb_group *head)
{
    const syntax *s = c->s;
    size_t k = s->n_groups;
    uint32_t commas = 0, end = c->last < w->last ? c->last : w->last;
    const verb_group *next = NULL;
    for (uint32_t i = end; i-- > w->first && i >= c->first;) {
        for (; k > 0 && s->group[k - 1].first >= i; k--)
            if (s->group[k - 1].finite)
                next = &s->group[k - 1];
        commas += mark_is(s, i, ',');
        place *p = &w->at[i - w->first];
        p->left = (uint8_t)step_of(c->last - i);
        p->commas_left = few(commas, 3);
        p->verb_left = next != NULL;
        p->whose = whose_verb(next, head);
    }
}

void window_open(window *w, const scene *c, uint32_t head, enum head_class class)
{
    const verb_group *g = group_of(c, head);
    w->head = head;
    w->head_class = (uint8_t) class;
    w->rule = rule_of(c, head);
    w->rule_hash = rule_hash(w->rule);
    set_bounds(w, c, head);
    sweep v = {.path = 1};
    for (uint32_t i = head; i > w->first; i--) {
        w->at[i - 1 - w->first] = place_of(&v, head - i + 1);
        pass(&v, &c->token[i - 1]);
    }
    w->at[head - w->first] = (place){.distance = 0};
    v = (sweep){.path = 2};
    for (uint32_t i = head + 1; i < w->last; i++) {
        w->at[i - w->first] = place_of(&v, i - head);
        w->at[i - w->first].distance += 16;
        pass(&v, &c->token[i]);
    }
    look_ahead(w, c, g);
    range subject = g != NULL ? g->subject : (range){0, 0}, clause = clause_after(c, g, head),
          after =
              noun_phrase_right(c->s, g != NULL && g->last > head ? g->last : head + 1, c->last);
    for (uint32_t i = w->first; i < w->last; i++) {
        place *p = &w->at[i - w->first];
        p->rule = rule_role(w->rule, i);
        p->subject = in_range(subject, i);
        if (g != NULL && i >= g->first && i < g->last)
            p->subject = 4;
        p->after = in_range(after, i);
        p->clause = in_range(clause, i);
    }
}

bool step_allowed(const window *w, uint32_t i, unsigned before, unsigned label)
{
    if (i == w->head)
        return label == LABEL_CUE;
    if (i < w->head)
        return before != LABEL_CUE || label == LABEL_CUE || i == w->first;
    return label != LABEL_CUE || before == LABEL_CUE;
}

/* Is the token in the quotation that holds the head, in another one, or in none? */
static uint32_t quote_relation(const scene *c, const window *w, uint32_t i)
{
    int32_t a = c->s->quotation[i], b = c->s->quotation[w->head];
    return a == b ? (a < 0 ? 0 : 1) : a < 0 ? 2 : b < 0 ? 3 : 4;
}

uint32_t role_feature(uint8_t role)
{
    uint32_t at;
    features f = {&at, 0};
    add(&f, 124, role);
    return at;
}

static void relative_features(const scene *c, const window *w, uint32_t i, features *f)
{
    const token_view *x = &c->token[i], *h = &c->token[w->head];
    const place *p = &w->at[i - w->first];
    uint32_t quote = quote_relation(c, w, i), class = w->head_class;
    uint32_t roles = p->subject | (uint32_t)p->after << 4 | (uint32_t)p->clause << 8;
    add2(f, 100, p->distance, class);
    add2(f, 101, p->distance, x->tag);
    add2(f, 102, p->distance, x->word);
    add3(f, 103, p->commas, p->verbs, p->distance >> 4);
    add3(f, 104, p->commas, p->quotes, p->distance >> 4);
    add3(f, 105, quote, p->quotes, p->distance >> 4);
    add2(f, 106, p->path, class);
    add2(f, 107, p->path, x->tag);
    add2(f, 108, p->path, h->stem);
    add2(f, 109, p->rule, w->rule_hash);
    add3(f, 110, p->rule, x->tag, class);
    add3(f, 111, p->rule, h->stem, class);
    add3(f, 112, p->rule, roles, p->commas);
    add2(f, 113, p->rule, x->word);
    add2(f, 114, roles, x->tag);
    add2(f, 115, roles, h->stem);
    add3(f, 116, roles, class, h->tag);
    add3(f, 117, p->distance, h->stem, x->tag);
    add3(f, 118, p->distance >> 4, h->stem, x->tag);
    add3(f, 119, p->rule, quote, p->distance);
    add3(f, 120, p->subject, p->path, h->tag);
    add3(f, 121, p->clause, p->commas, p->verbs);
    add3(f, 122, p->rule, p->commas, p->verbs * 4u + p->quotes);
    add3(f, 123, quote, p->distance >> 4, h->stem);
    f->at[f->n++] = role_feature(p->rule);
}

static const token_view *beside(const scene *c, uint32_t i, int by)
{
    int64_t at = (int64_t)i + by;
    return at < 0 || at >= (int64_t)c->s->a->n_tokens ? &outside : &c->token[at];
}

unsigned emit_features_alone(const scene *c, uint32_t i, unsigned side,
                             uint32_t ret[MOST_EMIT_FEATURES])
{
    features f = {ret, 0};
    const token_view *x = &c->token[i], *p = beside(c, i, -1), *pp = beside(c, i, -2),
                     *q = beside(c, i, 1), *qq = beside(c, i, 2);
    add(&f, 0, side);
    add2(&f, 1, x->word, side);
    add2(&f, 2, x->tag, side);
    add3(&f, 3, x->tag, p->tag, side);
    add3(&f, 4, x->tag, q->tag, side);
    add3(&f, 5, p->tag, pp->tag, x->tag * 2u + side);
    add3(&f, 6, q->tag, qq->tag, x->tag * 2u + side);
    add2(&f, 7, p->word, side);
    add2(&f, 8, q->word, side);
    add2(&f, 9, p->word, x->word);
    add2(&f, 10, x->word, q->word);
    add2(&f, 11, x->suffix, side);
    add2(&f, 12, x->lists, side);
    add2(&f, 13, p->lists, side);
    add2(&f, 14, q->lists, side);
    add3(&f, 15, x->shape, x->quote, side);
    add3(&f, 16, x->quote, p->quote, q->quote * 2u + side);
    add2(&f, 17, x->stem, side);
    add3(&f, 18, pp->word, p->tag, x->tag);
    return f.n;
}

unsigned emit_features(const scene *c, const window *w, uint32_t i,
                       uint32_t ret[MOST_EMIT_FEATURES])
{
    features f = {ret, 0};
    relative_features(c, w, i, &f);
    return f.n;
}

unsigned step_features_alone(const scene *c, uint32_t i, unsigned side,
                             uint32_t ret[MOST_STEP_FEATURES])
{
    features f = {ret, 0};
    const token_view *x = &c->token[i], *p = beside(c, i, -1), *q = beside(c, i, 1),
                     *pp = beside(c, i, -2);
    add2(&f, 201, x->tag, p->tag);
    add3(&f, 202, x->tag, p->tag, q->tag);
    add2(&f, 203, x->word, side);
    add2(&f, 204, p->word, side);
    add2(&f, 205, x->word, p->tag);
    add2(&f, 206, p->word, x->tag);
    add3(&f, 207, x->quote, p->quote, side);
    add3(&f, 214, x->word, q->tag, side);
    add3(&f, 215, p->word, x->word, side);
    add3(&f, 216, pp->tag, p->tag, x->tag);
    add3(&f, 217, (x->shape & 4), p->tag, x->quote);
    return f.n;
}

unsigned step_features(const scene *c, const window *w, uint32_t i,
                       uint32_t ret[MOST_STEP_FEATURES])
{
    static const place none = {0};
    features f = {ret, 0};
    const token_view *x = &c->token[i], *p = beside(c, i, -1);
    const place *a = i > w->first ? &w->at[i - w->first - 1] : &none, *b = &w->at[i - w->first];
    uint32_t side = b->distance >> 4;
    add2(&f, 200, side, i == w->first);
    add3(&f, 208, a->rule, b->rule, w->rule_hash);
    add3(&f, 209, a->rule, b->rule, x->tag);
    add3(&f, 210, a->subject * 8u + b->subject, a->after * 8u + b->after, side);
    add3(&f, 211, a->clause * 8u + b->clause, x->tag, side);
    add3(&f, 212, b->distance, x->tag, w->head_class);
    add3(&f, 213, a->rule * 16u + b->rule, a->subject * 8u + b->subject,
         a->clause * 8u + b->clause);
    add3(&f, 218, b->path, x->tag, 0);
    add3(&f, 219, b->distance, c->token[w->head].stem, x->tag);
    uint32_t edge = p->tag * 32u + x->tag;
    add3(&f, 220, edge, b->left, b->verb_left);
    add3(&f, 221, edge, b->whose, b->commas_left);
    add3(&f, 222, edge, b->whose, b->rule * 16u + a->rule);
    add3(&f, 223, x->word, b->whose, side);
    return f.n;
}
