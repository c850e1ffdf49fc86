/* differences.c: where documents of one event agree on a number, and where numbers, days or
 * denials stand against each other. Precision before recall: two numbers conflict only if they
 * measure the same thing in sentences that say nearly the same; else they are shown side by side. */
#include "align/findings.h"
#include "align/words.h"

#include <math.h>
#include <stdlib.h>

enum {
    RELATED = SIMILARITY_ONE * 12 / 100,  /* sentences about the same matter           */
    SAME_MATTER = SIMILARITY_ONE * 25 / 100,
    MAX_QUANTITIES = 2000,                /* compared in one event                      */
    SMALL_COUNT = 3
};

typedef struct measured {
    uint32_t document, index;
} measured;

static const note_quantity *quantity(const findings *f, measured m)
{
    return &f->library->document[m.document].quantities[m.index];
}

static bool share_head(const findings *f, measured a, measured b)
{
    const note *x = &f->library->document[a.document], *y = &f->library->document[b.document];
    const note_quantity *p = quantity(f, a), *q = quantity(f, b);
    for (uint32_t i = 0; i < p->n_heads; i++)
        for (uint32_t k = 0; k < q->n_heads; k++)
            if (x->item_terms[p->first_head + i] == y->item_terms[q->first_head + k])
                return true;
    return false;
}

static uint32_t context(const findings *f, measured a, measured b)
{
    uint32_t x = quantity(f, a)->statement, y = quantity(f, b)->statement;
    if (x == UINT32_MAX || y == UINT32_MAX)
        return 0;
    return item_similarity(f->library, (item_ref){a.document, x}, (item_ref){b.document, y});
}

static bool same_scope(const findings *f, measured a, measured b)
{
    const note_item *x = &f->library->document[a.document].items[quantity(f, a)->statement];
    const note_item *y = &f->library->document[b.document].items[quantity(f, b)->statement];
    return x->day_begin == y->day_begin && x->day_end == y->day_end;
}

static bool same_value(const note_quantity *p, const note_quantity *q)
{
    return fabs(p->low - q->low) <= 1e-9 * fabs(p->low) && fabs(p->high - q->high) <= 1e-9 * fabs(p->high);
}

static const char *relation(const findings *f, measured a, measured b, uint32_t sim)
{
    const note_quantity *p = quantity(f, a), *q = quantity(f, b);
    bool overlap = p->low <= q->high && q->low <= p->high;
    if (!share_head(f, a, b) || sim < SAME_MATTER || !same_scope(f, a, b))
        return "not_the_same_measure";
    return overlap ? "refinement" : "conflict";
}

static const char *note_for(const char *rel)
{
    return rel[0] == 'c' ? "the same thing, different numbers"
           : rel[0] == 'r' ? "one number is contained in the other" : "differs, but does not measure the same thing";
}

static bool add_difference(findings *f, const char *kind, const char *rel, const char *event, json_t *a, json_t *b, const char *text)
{
    return json_array_append_new(f->differences,
                                 json_pack("{s:s, s:s, s:s, s:o, s:o, s:s}", "kind", kind, "relation", rel, "event", event,
                                           "a", a, "b", b, "note", text)) == 0;
}

/* "two countries", "one of": small counts agree and differ by chance. */
static bool worth_comparing(const note_quantity *q)
{
    return q->statement != UINT32_MAX && (q->unit != term_hash("count", 5) || q->high > SMALL_COUNT);
}

static size_t collect(const findings *f, const uint32_t *documents, size_t n, measured *out)
{
    size_t count = 0;
    for (size_t d = 0; d < n; d++)
        for (uint32_t i = 0; i < f->library->document[documents[d]].head.n_quantities && count < MAX_QUANTITIES; i++)
            if (worth_comparing(&f->library->document[documents[d]].quantities[i]))
                out[count++] = (measured){documents[d], i};
    return count;
}

static bool comparable(const findings *f, measured a, measured b)
{
    return a.document != b.document && quantity(f, a)->unit == quantity(f, b)->unit &&
           f->library->document[a.document].head.origin != f->library->document[b.document].head.origin;
}

static bool agrees(const findings *f, measured a, measured b)
{
    return same_value(quantity(f, a), quantity(f, b)) && (share_head(f, a, b) || context(f, a, b) >= RELATED);
}

/* Agreeing numbers become a cluster: one for each first mention. */
static bool cluster_agreeing(findings *f, const char *event, const measured *m, size_t n, bool *clustered)
{
    uint32_t *documents = malloc(n * sizeof *documents), (*range)[2] = malloc(n * sizeof *range);
    bool ok = documents != NULL && range != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        size_t count = 0;
        for (size_t k = clustered[i] ? n : i; k < n; k++) {
            if (k != i && (clustered[k] || !comparable(f, m[i], m[k]) || !agrees(f, m[i], m[k])))
                continue;
            documents[count] = m[k].document;
            range[count][0] = quantity(f, m[k])->start, range[count][1] = quantity(f, m[k])->end;
            clustered[k] = count++ > 0 || clustered[k];
        }
        clustered[i] = clustered[i] || count > 1;
        if (count > 1)
            ok = add_cluster(f, event, "quantity", NULL, documents, (const uint32_t(*)[2])range, count);
    }
    free(documents);
    free(range);
    return ok;
}

/* For number i, the most related differing number of each other document; none where they agree. */
static bool differ_from(findings *f, const char *event, const measured *m, size_t n, size_t i)
{
    bool ok = true;
    for (size_t k = i + 1, end; ok && k < n; k = end) {
        size_t best = n;
        uint32_t best_sim = 0;
        bool agreed = false;
        for (end = k; end < n && m[end].document == m[k].document; end++) {
            if (!comparable(f, m[i], m[end]))
                continue;
            agreed = agreed || agrees(f, m[i], m[end]);
            uint32_t sim = context(f, m[i], m[end]);
            if (sim > best_sim)
                best = end, best_sim = sim;
        }
        const char *rel = best < n && !agreed && best_sim >= RELATED ? relation(f, m[i], m[best], best_sim) : NULL;
        if (rel == NULL)
            continue;
        const note_quantity *p = quantity(f, m[i]), *q = quantity(f, m[best]);
        ok = add_difference(f, "quantity", rel, event, evidence(f, m[i].document, "quantity", p->start, p->end),
                            evidence(f, m[best].document, "quantity", q->start, q->end), note_for(rel));
    }
    return ok;
}

static bool compare_quantities(findings *f, const char *event, const uint32_t *documents, size_t n)
{
    measured *m = malloc(MAX_QUANTITIES * sizeof *m);
    bool *clustered = calloc(MAX_QUANTITIES, sizeof *clustered);
    bool ok = m != NULL && clustered != NULL;
    size_t count = ok ? collect(f, documents, n, m) : 0;
    ok = ok && (count == 0 || cluster_agreeing(f, event, m, count, clustered));
    for (size_t i = 0; ok && i < count; i++)
        ok = differ_from(f, event, m, count, i);
    free(m);
    free(clustered);
    return ok;
}

static bool days_known(const note_item *i) { return i->day_begin != DAY_MIN && i->day_end != DAY_MAX; }

/* Statements of one group that name disjoint days. */
static bool compare_days(findings *f, const char *event, const item_groups *g)
{
    bool ok = true;
    for (uint32_t i = 0; ok && i < g->n; i++) {
        const note_item *x = item_of(f->library, g->ref[i]);
        for (uint32_t k = i + 1; ok && days_known(x) && k < g->n; k++) {
            const note_item *y = item_of(f->library, g->ref[k]);
            if (g->group[k] != g->group[i] || !days_known(y) || (x->day_begin < y->day_end && y->day_begin < x->day_end))
                continue;
            ok = add_difference(f, "date", "conflict", event, evidence(f, g->ref[i].document, "sentence", x->start, x->end),
                                evidence(f, g->ref[k].document, "sentence", y->start, y->end),
                                "nearly the same sentence, different days");
        }
    }
    return ok;
}

/* A denied claim against the statement elsewhere that comes nearest to it. */
static bool compare_denials(findings *f, const char *event, const uint32_t *documents, size_t n, const item_groups *statements)
{
    for (size_t d = 0; d < n; d++) {
        const note *doc = &f->library->document[documents[d]];
        for (uint32_t i = 0; i < doc->head.n_items; i++) {
            if (doc->items[i].kind != ITEM_CLAIM || !doc->items[i].denied)
                continue;
            item_ref best = {0, 0};
            uint32_t best_sim = 0;
            for (uint32_t k = 0; k < statements->n; k++) {
                uint32_t sim = statements->ref[k].document == documents[d] ? 0 :
                               item_similarity(f->library, (item_ref){documents[d], i}, statements->ref[k]);
                if (sim > best_sim)
                    best = statements->ref[k], best_sim = sim;
            }
            if (best_sim < f->item_threshold)
                continue;
            const note_item *b = item_of(f->library, best);
            if (!add_difference(f, "polarity", "conflict", event, evidence(f, documents[d], "claim", doc->items[i].start, doc->items[i].end),
                                evidence(f, best.document, "sentence", b->start, b->end), "denied in one place, said in another"))
                return false;
        }
    }
    return true;
}

bool find_differences(findings *f, const char *event, const uint32_t *documents, size_t n, const item_groups *groups)
{
    return compare_quantities(f, event, documents, n) && compare_days(f, event, groups) &&
           compare_denials(f, event, documents, n, groups);
}
