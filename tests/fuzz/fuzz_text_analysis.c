/* Any bytes: every list in order, in range, on the bytes it was given. */
#include "text/text.h"
#include "text_rules.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool truth)
{
    if (!truth)
        abort();
}

static void check_tokens(const text_analysis *a, size_t size)
{
    uint32_t at = 0;
    for (size_t i = 0; i < a->n_tokens; i++) {
        const wn_token *t = &a->token[i];
        must(t->start >= at && t->end > t->start && t->end <= size && t->sentence < a->n_sentences);
        must(t->start >= a->sentence[t->sentence].start && t->end <= a->sentence[t->sentence].end);
        at = t->end;
    }
}

static void check_extents(const wn_extent *e, size_t n, size_t size)
{
    uint32_t at = 0;
    for (size_t i = 0; i < n; i++) {
        must(e[i].start >= at && e[i].end > e[i].start && e[i].end <= size);
        at = e[i].end;
    }
}

static void check_quotations(const text_analysis *a, size_t size)
{
    for (size_t i = 0; i < a->n_quotations; i++) {
        const wn_quotation *q = &a->quotation[i];
        must(q->outer.start <= q->inner.start && q->inner.start <= q->inner.end &&
             q->inner.end <= q->outer.end);
        must(q->outer.end <= size && q->parent < (int32_t)i);
        must(i == 0 || q->outer.start >= q[-1].outer.start);
        if (q->parent >= 0)
            must(a->quotation[q->parent].inner.end >= q->outer.end);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    text_analysis a = {.rules = size % 4 != 3 ? english_text() : NULL};
    must(text_analyse(&a, (const char *)data, size, NULL, 0));
    check_tokens(&a, size);
    check_extents(a.paragraph, a.n_paragraphs, size);
    check_extents(a.sentence, a.n_sentences, size);
    check_quotations(&a, size);
    text_analysis_release(&a);
    return 0;
}
