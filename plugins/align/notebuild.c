/* notebuild.c: see notebuild.h: one pass over the sentences makes items, their terms and
 * quantities; then all parts are joined to one block. */
#include "align/notebuild.h"
#include "common/grow.h"
#include "common/keysort.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_ITEMS = 4000,      /* of one document */
    MAX_ITEM_BYTES = 8192, /* a longer run without a full stop is no sentence */
    REASON_TOKENS = 14     /* a reason ends at a mark or here */
};

typedef struct vector {
    char *p;
    size_t n, cap;
} vector;

struct note_builder {
    const word_lists *words;
    term_maker *maker;
    const wn_analysis *text; /* of the document at hand */
    wn_pulse *pulse;
    uint32_t *token_term, *token_hash;
    size_t cap_terms;
    vector terms, items, item_terms, quantities, strings, block;
    size_t left_out;
    bool oom;
};

note_builder *note_builder_new(const word_lists *words)
{
    note_builder *b = calloc(1, sizeof *b);
    if (b == NULL)
        return NULL;
    b->words = words;
    b->maker = term_maker_new(words);
    if (b->maker == NULL) {
        free(b);
        return NULL;
    }
    return b;
}

void note_builder_free(note_builder *b)
{
    if (b == NULL)
        return;
    term_maker_free(b->maker);
    free(b->token_term);
    free(b->token_hash);
    free(b->terms.p);
    free(b->items.p);
    free(b->item_terms.p);
    free(b->quantities.p);
    free(b->strings.p);
    free(b->block.p);
    free(b);
}

static void *push(note_builder *b, vector *v, const void *bytes, size_t n)
{
    if (n == 0)
        return v->p;
    char *p = grown_to(v->p, &v->cap, v->n + n, 1);
    if (p == NULL) {
        b->oom = true;
        return NULL;
    }
    v->p = p;
    char *at = v->p + v->n;
    if (bytes != NULL)
        memcpy(at, bytes, n);
    else
        memset(at, 0, n);
    v->n += n;
    return at;
}

#define COUNT(v, type) ((v).n / sizeof(type))
#define AT(v, type) ((type *)(void *)(v).p)

static uint32_t push_string(note_builder *b, const char *s, size_t n)
{
    uint32_t start = (uint32_t)b->strings.n;
    (void)push(b, &b->strings, s, n);
    return start;
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Sort what was pushed to item_terms since `first` and keep each once; returns how many are
 * left. */
static uint32_t seal_terms(note_builder *b, uint32_t first)
{
    size_t n = COUNT(b->item_terms, uint32_t) - first, kept = 0;
    if (n == 0) /* there may be no list yet */
        return 0;
    uint32_t *t = AT(b->item_terms, uint32_t) + first;
    if (n > 1)
        qsort(t, n, sizeof *t, by_value);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || t[i] != t[kept - 1])
            t[kept++] = t[i];
    b->item_terms.n = (first + kept) * sizeof *t;
    return (uint32_t)kept;
}

static size_t token_from(const note_builder *b, uint32_t offset)
{
    size_t lo = 0, hi = b->text->n_tokens;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (b->text->token[mid].start < offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static uint32_t terms_between(note_builder *b, uint32_t start, uint32_t end, uint32_t first)
{
    for (size_t i = token_from(b, start); i < b->text->n_tokens && b->text->token[i].end <= end;
         i++)
        if (b->token_term[i] != 0)
            (void)push(b, &b->item_terms, &b->token_term[i], sizeof *b->token_term);
    return seal_terms(b, first);
}

static uint32_t phrase_term_list(note_builder *b, const char *words, uint32_t first)
{
    for (const char *p = words; *p != '\0';) {
        size_t n = strcspn(p, " \t,;");
        uint32_t term = term_of(b->maker, p, n);
        if (term != 0)
            (void)push(b, &b->item_terms, &term, sizeof term);
        p += n + (p[n] != '\0');
    }
    return seal_terms(b, first);
}

static note_item *add_item(note_builder *b, item_kind kind, uint32_t start, uint32_t end)
{
    note_item item = {.start = start,
                      .end = end,
                      .claim = UINT32_MAX,
                      .day_begin = DAY_MIN,
                      .day_end = DAY_MAX,
                      .kind = (uint8_t)kind,
                      .first_term = (uint32_t)COUNT(b->item_terms, uint32_t)};
    item.n_terms = terms_between(b, start, end, item.first_term);
    return push(b, &b->items, &item, sizeof item);
}

static void set_days(note_item *item, const build_input *in)
{
    size_t lo = 0, hi = in->n_days;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (in->days[mid].start < item->start)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (size_t i = lo; i < in->n_days && in->days[i].start < item->end; i++) {
        const build_days *d = &in->days[i];
        if (d->end > item->end)
            continue;
        if (item->day_begin == DAY_MIN || d->begin < item->day_begin)
            item->day_begin = d->begin;
        if (item->day_end == DAY_MAX || d->stop > item->day_end)
            item->day_end = d->stop;
    }
}

static uint32_t last_word_term(note_builder *b, const char *name)
{
    uint32_t last = 0;
    for (const char *p = name; *p != '\0';) {
        size_t n = strcspn(p, " \t,;");
        uint32_t term = term_of(b->maker, p, n);
        last = term != 0 ? term : last;
        p += n + (p[n] != '\0');
    }
    return last;
}

static size_t over_limit(size_t n)
{
    return n > MAX_ITEMS ? n - MAX_ITEMS : 0;
}

static bool too_long(note_builder *b, uint32_t start, uint32_t end)
{
    b->left_out += end - start > MAX_ITEM_BYTES;
    return end - start > MAX_ITEM_BYTES;
}

static void add_statements(note_builder *b, const build_input *in)
{
    const wn_extent *sentence = in->n_sentences > 0 ? in->sentence : b->text->sentence;
    size_t n = in->n_sentences > 0 ? in->n_sentences : b->text->n_sentences;
    b->left_out += over_limit(n);
    for (size_t i = 0; i < n && i < MAX_ITEMS && wn_beat(b->pulse); i++) {
        uint32_t index = (uint32_t)COUNT(b->items, note_item);
        if (too_long(b, sentence[i].start, sentence[i].end))
            continue;
        note_item *item = add_item(b, ITEM_STATEMENT, sentence[i].start, sentence[i].end);
        if (item == NULL)
            return;
        item->sentence = index;
        set_days(item, in);
    }
}

static uint32_t statement_at(const note_builder *b, uint32_t offset)
{
    const note_item *items = AT(b->items, note_item);
    size_t n = COUNT(b->items, note_item), lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (items[mid].kind == ITEM_STATEMENT && items[mid].end <= offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < n && items[lo].kind == ITEM_STATEMENT && items[lo].start <= offset ? (uint32_t)lo
                                                                                   : UINT32_MAX;
}

static void add_claims(note_builder *b, const build_input *in)
{
    b->left_out += over_limit(in->n_claims);
    for (size_t i = 0; i < in->n_claims && i < MAX_ITEMS && wn_beat(b->pulse); i++) {
        const build_claim *c = &in->claim[i];
        if (too_long(b, c->start, c->end))
            continue;
        uint32_t sentence = statement_at(b, c->start);
        uint32_t speaker = c->speaker != NULL ? last_word_term(b, c->speaker) : 0;
        uint32_t id = push_string(b, c->id, strlen(c->id));
        note_item *item = add_item(b, ITEM_CLAIM, c->start, c->end);
        if (item == NULL)
            return;
        item->claim = (uint32_t)i;
        item->speaker = speaker;
        item->denied = c->denied;
        item->sentence = sentence;
        item->id_start = id, item->id_len = (uint32_t)strlen(c->id);
        set_days(item, in);
    }
}

/* From the token after the reason phrase to the next mark. */
static uint32_t reason_end(const note_builder *b, size_t from, uint32_t sentence_end)
{
    uint32_t end = 0;
    for (size_t i = from; i < b->text->n_tokens && i < from + REASON_TOKENS; i++) {
        const wn_token *t = &b->text->token[i];
        if (t->end > sentence_end || t->kind == WN_TOKEN_PUNCT || t->kind == WN_TOKEN_QUOTE)
            break;
        end = t->end;
    }
    return end;
}

static void add_reasons(note_builder *b)
{
    size_t n = b->text->n_tokens;
    for (size_t i = 0, step;
         i < n && COUNT(b->items, note_item) < 3 * (size_t)MAX_ITEMS && wn_beat(b->pulse);
         i += step) {
        size_t words = b->text->token[i].kind == WN_TOKEN_WORD
                           ? reason_phrase(b->words, b->token_hash + i, n - i)
                           : 0;
        step = words > 0 ? words : 1;
        uint32_t sentence = words > 0 ? statement_at(b, b->text->token[i].start) : UINT32_MAX;
        if (sentence == UINT32_MAX || i + words >= n)
            continue;
        uint32_t end = reason_end(b, i + words, AT(b->items, note_item)[sentence].end);
        if (end == 0)
            continue;
        note_item *item = add_item(b, ITEM_REASON, b->text->token[i + words].start, end);
        if (item == NULL)
            return;
        item->sentence = sentence;
        if (item->n_terms == 0)
            b->items.n -= sizeof *item;
    }
}

/* A rate is another unit than what it is a rate of. */
static uint32_t unit_hash(const build_quantity *q)
{
    const uint32_t unit = term_hash(q->unit, strlen(q->unit));
    return q->per == NULL ? unit : unit * 31 + term_hash(q->per, strlen(q->per));
}

static void add_quantities(note_builder *b, const build_input *in)
{
    b->left_out += over_limit(in->n_quantities);
    for (size_t i = 0; i < in->n_quantities && i < MAX_ITEMS && wn_beat(b->pulse); i++) {
        const build_quantity *q = &in->quantity[i];
        note_quantity out = {.low = q->low,
                             .high = q->high,
                             .unit = unit_hash(q),
                             .start = q->start,
                             .end = q->end,
                             .exact = q->exact,
                             .first_head = (uint32_t)COUNT(b->item_terms, uint32_t)};
        out.n_heads = phrase_term_list(b, q->head != NULL ? q->head : "", out.first_head);
        out.statement = statement_at(b, q->start);
        (void)push(b, &b->quantities, &out, sizeof out);
    }
    const note_quantity *q = AT(b->quantities, note_quantity);
    note_item *items = AT(b->items, note_item);
    uint32_t n_q = (uint32_t)COUNT(b->quantities, note_quantity);
    for (size_t i = 0, first = 0; i < COUNT(b->items, note_item); i++) {
        if (items[i].kind != ITEM_STATEMENT)
            continue;
        while (first < n_q && q[first].start < items[i].start)
            first++;
        items[i].first_quantity = (uint32_t)first;
        for (size_t k = first; k < n_q && q[k].end <= items[i].end; k++)
            items[i].n_quantities++;
    }
}

static void count_term(note_builder *b, uint32_t term, bool name, bool lead)
{
    if (term == 0)
        return;
    note_term t = {term, lead ? 2 : 1, name};
    (void)push(b, &b->terms, &t, sizeof t);
}

static bool merge_terms(note_builder *b)
{
    note_term *t = AT(b->terms, note_term);
    size_t n = COUNT(b->terms, note_term), kept = 0;
    if (!key_sort(t, n, sizeof *t, b->pulse))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && t[i].term == t[kept - 1].term) {
            unsigned sum = (unsigned)t[kept - 1].count + t[i].count;
            t[kept - 1].count = (uint16_t)(sum > UINT16_MAX ? UINT16_MAX : sum);
            t[kept - 1].name |= t[i].name;
        } else {
            t[kept++] = t[i];
        }
    }
    b->terms.n = kept * sizeof *t;
    return true;
}

static bool reserve_tokens(note_builder *b, size_t n)
{
    if (n <= b->cap_terms)
        return true;
    b->cap_terms = 0;
    free(b->token_term);
    free(b->token_hash);
    b->token_term = malloc(n * 2 * sizeof *b->token_term);
    b->token_hash = malloc(n * 2 * sizeof *b->token_hash);
    if (b->token_term == NULL || b->token_hash == NULL)
        return false;
    b->cap_terms = n * 2;
    return true;
}

static bool read_tokens(note_builder *b, const build_input *in)
{
    b->text = in->analysis;
    if (!reserve_tokens(b, b->text->n_tokens))
        return false;
    for (size_t i = 0; i < b->text->n_tokens; i++) {
        const wn_token *t = &b->text->token[i];
        if (!wn_beat(b->pulse))
            return false;
        b->token_hash[i] = word_hash(in->text + t->start, t->end - t->start);
        bool counts = t->kind == WN_TOKEN_WORD || t->kind == WN_TOKEN_NUMBER;
        b->token_term[i] = counts ? term_of(b->maker, in->text + t->start, t->end - t->start) : 0;
        count_term(b, b->token_term[i],
                   (t->flags & WN_TOKEN_CAPITAL) && !(t->flags & WN_TOKEN_SENTENCE_START),
                   t->sentence == 0);
    }
    return true;
}

static void read_title(note_builder *b, const char *title)
{
    for (const char *p = title; p != NULL && *p != '\0';) {
        size_t n = strcspn(p, " \t,;:.-");
        count_term(b, term_of(b->maker, p, n), false, true);
        p += n + (p[n] != '\0');
    }
}

static void lay(note_builder *b, const void *bytes, size_t n)
{
    static const char zeros[8];
    (void)push(b, &b->block, bytes != NULL ? bytes : zeros, bytes != NULL ? n : 0);
    (void)push(b, &b->block, zeros, (8 - b->block.n % 8) % 8);
}

static void lay_block(note_builder *b, const build_input *in, uint32_t title_start)
{
    note_head head = {.origin = text_hash(in->origin, in->origin_len),
                      .day_begin = in->day_begin,
                      .day_end = in->day_end,
                      .dated = in->dated,
                      .n_terms = (uint32_t)COUNT(b->terms, note_term),
                      .n_items = (uint32_t)COUNT(b->items, note_item),
                      .n_item_terms = (uint32_t)COUNT(b->item_terms, uint32_t),
                      .n_quantities = (uint32_t)COUNT(b->quantities, note_quantity),
                      .n_text = (uint32_t)in->len,
                      .n_strings = (uint32_t)b->strings.n,
                      .title_start = title_start,
                      .title_len = in->title != NULL ? (uint32_t)strlen(in->title) : 0};
    lay(b, &head, sizeof head);
    lay(b, b->terms.p, b->terms.n);
    lay(b, b->items.p, b->items.n);
    lay(b, b->item_terms.p, b->item_terms.n);
    lay(b, b->quantities.p, b->quantities.n);
    lay(b, in->text, in->len);
    lay(b, b->strings.p, b->strings.n);
}

static bool build(note_builder *b, const build_input *in)
{
    b->terms.n = b->items.n = b->item_terms.n = b->quantities.n = b->strings.n = b->block.n = 0;
    b->oom = false;
    b->left_out = 0;
    if (!read_tokens(b, in))
        return false;
    read_title(b, in->title);
    if (!merge_terms(b))
        return false;
    uint32_t title = push_string(b, in->title != NULL ? in->title : "",
                                 in->title != NULL ? strlen(in->title) : 0);
    add_statements(b, in);
    add_claims(b, in);
    add_reasons(b);
    add_quantities(b, in);
    lay_block(b, in, title);
    return !b->oom && (in->pulse == NULL || in->pulse->stopped == 0);
}

bool note_build(note_builder *b, const build_input *in, const void **ret_block, size_t *ret_size)
{
    b->pulse = in->pulse;
    bool ok = build(b, in);
    b->pulse = NULL;
    b->text = NULL;
    *ret_block = b->block.p;
    *ret_size = b->block.n;
    return ok;
}

size_t note_left_out(const note_builder *b)
{
    return b->left_out;
}

/* Names first, then by frequency, then by hash: a total order. */
static bool key_before(const note_term *a, const note_term *b)
{
    if (a->name != b->name)
        return a->name > b->name;
    if (a->count != b->count)
        return a->count > b->count;
    return a->term < b->term;
}

size_t note_keys(const note_builder *b, uint32_t *ret_terms, size_t cap)
{
    const note_term *t = AT(b->terms, note_term), *best[64];
    size_t n = COUNT(b->terms, note_term), kept = 0;
    cap = cap < 64 ? cap : 64;
    for (size_t i = 0; i < n; i++) {
        size_t at = kept < cap ? kept : cap;
        while (at > 0 && key_before(&t[i], best[at - 1]))
            at--;
        if (at >= cap)
            continue;
        size_t moved = (kept < cap ? kept : cap - 1) - at;
        memmove(&best[at + 1], &best[at], moved * sizeof *best);
        best[at] = &t[i];
        kept += kept < cap;
    }
    for (size_t i = 0; i < kept; i++)
        ret_terms[i] = best[i]->term;
    return kept;
}
