/* differences.c: where documents of one event agree on a number, and where numbers, days or
 * denials stand against each other. Precision before recall: two numbers conflict only if they
 * measure the same thing in sentences that say nearly the same; else they are shown side by
 * side. */
#include "align/findings.h"
#include "common/grow.h"
#include "align/words.h"

#include <math.h>
#include <stdlib.h>

enum {
    RELATED = SIMILARITY_ONE * 12 / 100, /* sentences about the same matter */
    SAME_MATTER = SIMILARITY_ONE * 25 / 100,
    SAME_SENTENCE = SIMILARITY_ONE * 60 / 100, /* differs in little but the number */
    MAX_QUANTITIES = 2000,                     /* compared in one event */
    SMALL_COUNT = 3,
    MAX_DIFFERENCES = 300, /* of quantities, told of one event */
    MAX_DAYS = 16,         /* different days of one group of statements */
    DENIAL_STEPS = 1 << 26 /* terms looked at for the denials of one event */
};

typedef enum relation_kind { CONFLICT, REFINEMENT, OTHER_MEASURE } relation_kind;

typedef struct measured {
    uint32_t document, index;
    uint32_t group; /* the first number that agrees with this one, in the order of all */
    term_vector sentence;
} measured;

/* number b of a later document against number a */
typedef struct differing {
    uint32_t a, b, similarity;
    /* one document has both values: then they measure different things */
    bool both_known;
    uint32_t group_a, group_b; /* their values', the smaller first */
    relation_kind relation;
} differing;

typedef struct comparison {
    const findings *f;
    measured *m;
    size_t n;
    weighted *weights;
    differing *found;
    size_t n_found, cap_found;
} comparison;

static const note_quantity *quantity(const findings *f, const measured *m)
{
    return &f->library->document[m->document].quantities[m->index];
}

static bool share_head(const findings *f, const measured *a, const measured *b)
{
    const note *x = &f->library->document[a->document], *y = &f->library->document[b->document];
    const note_quantity *p = quantity(f, a), *q = quantity(f, b);
    for (uint32_t i = 0; i < p->n_heads; i++)
        for (uint32_t k = 0; k < q->n_heads; k++)
            if (x->item_terms[p->first_head + i] == y->item_terms[q->first_head + k])
                return true;
    return false;
}

static bool same_scope(const findings *f, const measured *a, const measured *b)
{
    const note_item *x = &f->library->document[a->document].items[quantity(f, a)->statement];
    const note_item *y = &f->library->document[b->document].items[quantity(f, b)->statement];
    return x->day_begin == y->day_begin && x->day_end == y->day_end;
}

static bool near(double x, double y)
{
    return fabs(x - y) <= 1e-9 * fabs(x);
}

/* "1.7 billion" is "1,700,000,000", though one leaves more open. */
static bool same_value(const note_quantity *p, const note_quantity *q)
{
    if (p->exact && q->exact)
        return near(p->low + p->high, q->low + q->high);
    return near(p->low, q->low) && near(p->high, q->high);
}

/* Can both be true? What only rounds to 44 and to 45 percent does not meet at 44.5; the ends of
 * what is told as a range belong to it, and a count is one point. */
static bool overlap(const note_quantity *p, const note_quantity *q)
{
    if (p->exact && q->exact && p->low < p->high && q->low < q->high)
        return p->low < q->high && q->low < p->high;
    return p->low <= q->high && q->low <= p->high;
}

/* Numbers without a noun: they measure the same if each is the only one of its sentence, and the
 * sentences are nearly the same. */
static bool same_sentence(const findings *f, const measured *a, const measured *b, uint32_t sim)
{
    const note *x = &f->library->document[a->document], *y = &f->library->document[b->document];
    const note_quantity *p = quantity(f, a), *q = quantity(f, b);
    return sim >= SAME_SENTENCE && (p->n_heads == 0 || q->n_heads == 0) &&
           x->items[p->statement].n_quantities == 1 && y->items[q->statement].n_quantities == 1;
}

static relation_kind relation(const findings *f, const measured *a, const measured *b, uint32_t sim)
{
    const note_quantity *p = quantity(f, a), *q = quantity(f, b);
    bool same_thing = share_head(f, a, b) || same_sentence(f, a, b, sim);
    if (!same_thing || sim < SAME_MATTER || !same_scope(f, a, b))
        return OTHER_MEASURE;
    return overlap(p, q) ? REFINEMENT : CONFLICT;
}

static bool add_difference(findings *f, const char *kind, const char *rel, const char *event,
                           json_t *a, json_t *b, const char *text)
{
    return json_array_append_new(f->differences, json_pack("{s:s, s:s, s:s, s:o, s:o, s:s}", "kind",
                                                           kind, "relation", rel, "event", event,
                                                           "a", a, "b", b, "note", text)) == 0;
}

/* "two countries", "one of": small counts agree and differ by chance. */
static bool worth_comparing(const note_quantity *q)
{
    return q->statement != UINT32_MAX &&
           (q->unit != term_hash("count", 5) || q->high > SMALL_COUNT);
}

static bool collect(comparison *c, const uint32_t *documents, size_t n, size_t *ret_left_out)
{
    const library *l = c->f->library;
    size_t at = 0;
    c->m = malloc(MAX_QUANTITIES * sizeof *c->m);
    c->weights = malloc((size_t)MAX_QUANTITIES * MAX_ITEM_TERMS * sizeof *c->weights);
    if (c->m == NULL || c->weights == NULL)
        return false;
    for (size_t d = 0; d < n; d++)
        for (uint32_t i = 0; i < l->document[documents[d]].head.n_quantities; i++) {
            const note_quantity *q = &l->document[documents[d]].quantities[i];
            *ret_left_out += worth_comparing(q) && c->n == MAX_QUANTITIES;
            if (!worth_comparing(q) || c->n == MAX_QUANTITIES)
                continue;
            weighted *w = c->weights + at;
            size_t terms = weigh_item(l, (item_ref){documents[d], q->statement}, w);
            c->m[c->n] =
                (measured){documents[d], i, (uint32_t)c->n, {w, terms, vector_norm2(w, terms)}};
            c->n++;
            at += terms;
        }
    return true;
}

static bool independent(const findings *f, const measured *a, const measured *b)
{
    return f->library->document[a->document].head.origin !=
           f->library->document[b->document].head.origin;
}

static bool agrees(const findings *f, const measured *a, const measured *b)
{
    const note_quantity *p = quantity(f, a), *q = quantity(f, b);
    return p->unit == q->unit && same_value(p, q) &&
           (share_head(f, a, b) || cosine(a->sentence, b->sentence) >= RELATED);
}

static void group_agreeing(comparison *c)
{
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < i && c->m[i].group == i; k++)
            if (c->m[k].group == k && agrees(c->f, &c->m[k], &c->m[i]))
                c->m[i].group = (uint32_t)k;
}

/* Numbers that several origins agree on become clusters. */
static bool cluster_agreeing(findings *f, const char *event, const comparison *c)
{
    uint32_t *documents = malloc((c->n + 1) * sizeof *documents),
             (*range)[2] = malloc((c->n + 1) * sizeof *range);
    bool ok = documents != NULL && range != NULL;
    for (size_t i = 0; ok && i < c->n; i++) {
        size_t count = 0;
        uint32_t origins = 0;
        for (size_t k = i; c->m[i].group == i && k < c->n; k++) {
            if (c->m[k].group != i)
                continue;
            const note_quantity *q = quantity(f, &c->m[k]);
            documents[count] = c->m[k].document;
            range[count][0] = q->start, range[count][1] = q->end;
            count++;
        }
        ok = count < 2 || count_origins(f, documents, count, &origins);
        if (ok && origins > 1)
            ok = add_cluster(f, event, "quantity", NULL, documents, (const uint32_t(*)[2])range,
                             count);
    }
    free(documents);
    free(range);
    return ok;
}

static bool note_difference(comparison *c, differing d)
{
    differing *found = grown(c->found, &c->cap_found, c->n_found, sizeof *found);
    if (found == NULL)
        return false;
    c->found = found;
    if (d.a > d.b) {
        uint32_t t = d.a;
        d.a = d.b, d.b = t;
    }
    uint32_t x = c->m[d.a].group, y = c->m[d.b].group;
    d.group_a = x < y ? x : y, d.group_b = x < y ? y : x;
    c->found[c->n_found++] = d;
    return true;
}

/* Numbers [from, end) are those of one document: which is most related to x? n: none is. Those of
 * one sentence are as related. */
static size_t most_related(const comparison *c, size_t x, size_t from, size_t end,
                           uint32_t *ret_similarity)
{
    size_t best = c->n;
    uint32_t sim = 0, statement = UINT32_MAX; /* no number that is compared has that one */
    *ret_similarity = RELATED - 1;
    for (size_t k = from; k < end; k++) {
        const note_quantity *q = quantity(c->f, &c->m[k]);
        if (q->unit != quantity(c->f, &c->m[x])->unit)
            continue;
        if (q->statement != statement)
            sim = cosine(c->m[x].sentence, c->m[k].sentence);
        statement = q->statement;
        if (sim > *ret_similarity ||
            (best < c->n && sim == *ret_similarity && share_head(c->f, &c->m[x], &c->m[k]) &&
             !share_head(c->f, &c->m[x], &c->m[best])))
            best = k, *ret_similarity = sim;
    }
    return best;
}

static size_t document_end(const comparison *c, size_t from)
{
    size_t end = from;
    while (end < c->n && c->m[end].document == c->m[from].document)
        end++;
    return end;
}

static bool has_like(const comparison *c, size_t x, size_t from, size_t end)
{
    for (size_t k = from; k < end; k++)
        if (c->m[k].group == c->m[x].group)
            return true;
    return false;
}

/* Each number of one document that the other does not have, and the most related one there. */
static bool compare_documents(comparison *c, size_t from, size_t end, size_t other,
                              size_t other_end)
{
    bool ok = true;
    for (size_t i = from; ok && i < end; i++) {
        differing d = {.a = (uint32_t)i};
        if (has_like(c, i, other, other_end))
            continue;
        size_t best = most_related(c, i, other, other_end, &d.similarity);
        if (best == c->n)
            continue;
        d.b = (uint32_t)best;
        d.both_known = has_like(c, best, from, end);
        ok = note_difference(c, d);
    }
    return ok;
}

static bool find_differing(comparison *c)
{
    bool ok = true;
    for (size_t i = 0, end; ok && i < c->n; i = end) {
        end = document_end(c, i);
        for (size_t k = end, stop; ok && k < c->n; k = stop) {
            stop = document_end(c, k);
            if (independent(c->f, &c->m[i], &c->m[k]))
                ok = compare_documents(c, i, end, k, stop) && compare_documents(c, k, stop, i, end);
        }
    }
    return ok;
}

static int by_groups(const void *x, const void *y)
{
    const differing *a = x, *b = y;
    if (a->group_a != b->group_a)
        return a->group_a < b->group_a ? -1 : 1;
    if (a->group_b != b->group_b)
        return a->group_b < b->group_b ? -1 : 1;
    if (a->similarity != b->similarity)
        return a->similarity > b->similarity ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

static int worst_first(const void *x, const void *y)
{
    const differing *a = x, *b = y;
    return a->relation != b->relation ? (a->relation < b->relation ? -1 : 1) : by_groups(x, y);
}

/* Of each two values only the pair of sentences that come nearest; conflicts first. */
static void keep_one_a_pair(comparison *c)
{
    size_t kept = 0;
    if (c->n_found > 1)
        qsort(c->found, c->n_found, sizeof *c->found, by_groups);
    for (size_t i = 0; i < c->n_found; i++) {
        differing d = c->found[i];
        if (kept > 0 && d.group_a == c->found[kept - 1].group_a &&
            d.group_b == c->found[kept - 1].group_b) {
            if (d.both_known)
                c->found[kept - 1].relation = OTHER_MEASURE;
            continue;
        }
        d.relation =
            d.both_known ? OTHER_MEASURE : relation(c->f, &c->m[d.a], &c->m[d.b], d.similarity);
        c->found[kept++] = d;
    }
    c->n_found = kept;
    if (kept > 1)
        qsort(c->found, kept, sizeof *c->found, worst_first);
}

static bool report_quantities(findings *f, const char *event, const comparison *c)
{
    static const char *const names[] = {"conflict", "refinement", "not_the_same_measure"};
    static const char *const notes[] = {"the same thing, different numbers",
                                        "one number is contained in the other",
                                        "differs, but does not measure the same thing"};
    bool ok = true;
    for (size_t i = 0; ok && i < c->n_found && i < MAX_DIFFERENCES; i++) {
        const differing *d = &c->found[i];
        const note_quantity *p = quantity(f, &c->m[d->a]), *q = quantity(f, &c->m[d->b]);
        ok = add_difference(f, "quantity", names[d->relation], event,
                            evidence(f, c->m[d->a].document, "quantity", p->start, p->end),
                            evidence(f, c->m[d->b].document, "quantity", q->start, q->end),
                            notes[d->relation]);
    }
    f->not_compared.differences += c->n_found > MAX_DIFFERENCES ? c->n_found - MAX_DIFFERENCES : 0;
    return ok;
}

static bool compare_quantities(findings *f, const char *event, const uint32_t *documents, size_t n)
{
    comparison c = {.f = f};
    bool ok = collect(&c, documents, n, &f->not_compared.quantities);
    if (ok) {
        group_agreeing(&c);
        ok = cluster_agreeing(f, event, &c) && find_differing(&c);
    }
    if (ok) {
        keep_one_a_pair(&c);
        ok = report_quantities(f, event, &c);
    }
    free(c.m);
    free(c.weights);
    free(c.found);
    return ok;
}

static bool days_known(const note_item *i)
{
    return i->day_begin != DAY_MIN && i->day_end != DAY_MAX;
}

static bool other_origin(const findings *f, const item_groups *g, uint32_t a, uint32_t b)
{
    const note *documents = f->library->document;
    return documents[g->ref[a].document].head.origin != documents[g->ref[b].document].head.origin;
}

static const note_item *item_in(const findings *f, const item_groups *g, uint32_t i)
{
    return item_of(f->library, g->ref[i]);
}

static json_t *item_evidence(const findings *f, const item_groups *g, uint32_t i)
{
    const note_item *item = item_in(f, g, i);
    return evidence(f, g->ref[i].document, item->kind == ITEM_CLAIM ? "claim" : "sentence",
                    item->start, item->end);
}

/* The first item for each stretch of days in a group; returns how many. */
static size_t days_of_group(const findings *f, const item_groups *g, const uint32_t *order,
                            size_t n, uint32_t *first)
{
    size_t count = 0;
    for (size_t i = 0; i < n && count < MAX_DAYS; i++) {
        const note_item *x = item_in(f, g, order[i]);
        size_t k = 0;
        while (k < count && (item_in(f, g, first[k])->day_begin != x->day_begin ||
                             item_in(f, g, first[k])->day_end != x->day_end))
            k++;
        if (days_known(x) && k == count)
            first[count++] = order[i];
    }
    return count;
}

/* Statements of one group that name disjoint days. */
static bool compare_days(findings *f, const char *event, const item_groups *g,
                         const uint32_t *order, size_t n)
{
    uint32_t first[MAX_DAYS];
    size_t count = days_of_group(f, g, order, n, first);
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++) {
            const note_item *x = item_in(f, g, first[i]), *y = item_in(f, g, first[k]);
            bool overlap = x->day_begin < y->day_end && y->day_begin < x->day_end;
            if (!overlap && other_origin(f, g, first[i], first[k]) &&
                !add_difference(f, "date", "conflict", event, item_evidence(f, g, first[i]),
                                item_evidence(f, g, first[k]),
                                "nearly the same sentence, different days"))
                return false;
        }
    return true;
}

/* What another origin asserts and comes nearest to a denied claim; g->n: nothing near enough. */
static uint32_t denied_statement(const findings *f, const item_groups *g, uint32_t denied)
{
    uint32_t best = g->n, best_sim = f->item_threshold - 1;
    for (uint32_t k = 0; k < g->n; k++) {
        if (item_in(f, g, k)->denied || !other_origin(f, g, denied, k))
            continue;
        uint32_t sim = cosine(g->vector[denied], g->vector[k]);
        if (sim > best_sim)
            best = k, best_sim = sim;
    }
    return best;
}

typedef struct denials {
    uint64_t terms; /* of all items: each denial is set against all of them */
    uint64_t steps; /* that are left */
} denials;

static bool affordable(denials *d, const item_groups *g, uint32_t denied)
{
    uint64_t cost = d->terms + (uint64_t)g->n * g->vector[denied].n;
    bool can = cost <= d->steps;
    d->steps -= can ? cost : 0;
    return can;
}

/* One denial of each group, against what it denies. */
static bool compare_denial(findings *f, const char *event, const item_groups *g,
                           const uint32_t *order, size_t n, denials *d)
{
    for (size_t i = 0; i < n; i++) {
        if (!item_in(f, g, order[i])->denied)
            continue;
        if (!affordable(d, g, order[i])) {
            f->not_compared.differences++;
            return true;
        }
        uint32_t k = denied_statement(f, g, order[i]);
        return k == g->n ||
               add_difference(f, "polarity", "conflict", event, item_evidence(f, g, order[i]),
                              item_evidence(f, g, k), "denied in one place, said in another");
    }
    return true;
}

bool find_differences(findings *f, const char *event, const uint32_t *documents, size_t n,
                      const item_groups *g)
{
    bool ok = compare_quantities(f, event, documents, n);
    denials d = {0, DENIAL_STEPS};
    for (uint32_t i = 0; i < g->n; i++)
        d.terms += g->vector[i].n;
    for (uint32_t i = 0, end; ok && i < g->n; i = end) {
        end = item_group_end(g, i);
        ok = compare_days(f, event, g, g->order + i, end - i) &&
             compare_denial(f, event, g, g->order + i, end - i, &d);
    }
    return ok;
}
