/* score.c: how well what is annotated is found. */
#include "claims/train/train.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static void count_article(const article *a, const claim_list *l, bool outermost_only, counts *n)
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

void score(article **a, size_t n, bool outermost_only, const uint8_t *bytes, size_t len)
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
        count_article(a[i], &found, outermost_only, &learned);
        count_article(a[i], &a[i]->rules, outermost_only, &ruled);
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
