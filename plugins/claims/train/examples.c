/* examples.c: the features of every head and of every token around one. */
#include "claims/train/train.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static void add_scene(examples *e, const article *a, const scene *c)
{
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

void add_examples(examples *e, article *a)
{
    const extract_options o = {400, true, NULL, 0};
    size_t rule = 0, skip = 0;
    for (uint32_t first = 0, last; first < a->view.n_tokens; first = last) {
        for (last = first + 1; last < a->view.n_tokens &&
                               a->view.token[last].sentence == a->view.token[first].sentence;)
            last++;
        scene c = {.s = &a->s,
                   .token = a->token,
                   .rule = a->rules.n > 0 ? a->rules.item + rule : NULL,
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
        add_scene(e, a, &c);
    }
}

/* ---- features too rare to tell anything ---- */

enum { RARE_BITS = 24, HEAD_LEAST = 2, SPAN_LEAST = 4 };
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

void prune(examples *e)
{
    seen_feature = must(calloc(1, (size_t)1 << RARE_BITS));
    for (size_t i = 0; i < e->n_heads; i++)
        for (unsigned k = 0; k < e->head[i].n; k++)
            count_feature(e->head[i].f[k]);
    for (size_t i = 0; i < e->n_heads; i++)
        e->head[i].n = drop_rare(e->head[i].f, e->head[i].n, HEAD_LEAST);
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
            x->n_emit = drop_rare(x->emit, x->n_emit, SPAN_LEAST);
            x->n_step = drop_rare(x->step, x->n_step, SPAN_LEAST);
        }
    free(seen_feature);
}
