/* perceptron.c: averaged perceptrons: of classes for heads, structured for the labels around them
 * (Collins 2002), with a cost for every wrong label (Taskar et al. 2003). */
#include "claims/train/train.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Runs in other orders, of which the mean is taken; passes of a run; by how much the right class of
 * a head must win; what a wrong label costs; how much the rules' labels weigh before anything is
 * learnt. */
enum { RUNS = 10, PASSES = 6, MARGIN = 6, COST = 3, TRUST = 8 };
enum { HEAD_BITS = 16, EMIT_BITS = 17, STEP_BITS = 16 };

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
    for (int pass = 0; pass < PASSES; pass++) {
        shuffle(order, e->n_heads, &x);
        for (size_t k = 0; k < e->n_heads; k++) {
            const head_example *h = &e->head[order[k]];
            float score[HEADS] = {0};
            now++;
            for (unsigned i = 0; i < h->n; i++)
                for (unsigned c = 0; c < HEADS; c++)
                    score[c] += t->w[(size_t)(h->f[i] & t->mask) * t->width + c];
            unsigned best = h->gold;
            score[h->gold] -= MARGIN;
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

typedef struct sums {
    float emit[LABELS], step[STEP_STRIDE];
} sums;

static sums sums_of(const step_example *t, const table *emit, const table *step)
{
    sums s = {0};
    for (unsigned i = 0; i < t->n_emit; i++)
        for (unsigned l = 0; l < LABELS; l++)
            s.emit[l] += emit->w[(size_t)(t->emit[i] & emit->mask) * LABELS + l];
    for (unsigned i = 0; i < t->n_step; i++)
        for (unsigned l = 0; l < STEP_STRIDE; l++)
            s.step[l] += step->w[(size_t)(t->step[i] & step->mask) * STEP_STRIDE + l];
    for (unsigned l = 0; l < LABELS; l++)
        s.emit[l] += l != t->gold ? COST : 0;
    return s;
}

/* The best scores of the labels at one token, from those at the token before, and where each comes
 * from. */
static void advance(const window *w, uint32_t at, const sums *s, float best[LABELS],
                    uint8_t from[LABELS])
{
    float now[LABELS];
    for (unsigned l = 0; l < LABELS; l++) {
        now[l] = -1e9f;
        from[l] = 0;
        for (unsigned b = 0; b < LABELS; b++) {
            float v = best[b] + s->step[b * LABELS + l];
            if ((at == w->first && b != LABEL_NONE) || !step_allowed(w, at, b, l) || v <= now[l])
                continue;
            now[l] = v;
            from[l] = (uint8_t)b;
        }
        now[l] += s->emit[l];
    }
    memcpy(best, now, sizeof now);
}

static void viterbi(const span_example *x, const table *emit, const table *step, uint8_t *ret)
{
    static uint8_t from[WINDOW_MAX][LABELS];
    float best[LABELS] = {0};
    const window w = {.first = x->first, .head = x->head};
    for (uint32_t k = 0; k < x->n; k++) {
        const sums s = sums_of(&x->token[k], emit, step);
        advance(&w, x->token[k].at, &s, best, from[k]);
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
        emit->w[(size_t)(role_feature(role) & emit->mask) * LABELS + label[role]] = TRUST;
}

static void learn_spans(const examples *e, table *emit, table *step, uint32_t x)
{
    trust_rules(emit);
    uint32_t now = 0, *order = identity(e->n_spans);
    for (int pass = 0; pass < PASSES; pass++) {
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

weights learn(const examples *e)
{
    weights w = {table_new(HEAD_BITS, HEAD_STRIDE), table_new(EMIT_BITS, LABELS),
                 table_new(STEP_BITS, STEP_STRIDE)};
    for (uint32_t run = 0; run < RUNS; run++) {
        learn_heads(e, &w.head, 88172645u + 977u * run);
        learn_spans(e, &w.emit, &w.step, 2463534242u + 977u * run);
    }
    return w;
}
