/* findings.c: see findings.h: events, clusters and verdicts; differences.c makes the rest. */
#include "align/findings.h"
#include "common/calendar.h"

#include <stdlib.h>
#include <string.h>

/* items of an event are compared in its first so many documents */
enum { MAX_EVENT_DOCUMENTS = 400 };

static json_t *doc_id(const findings *f, uint32_t document)
{
    size_t n;
    const char *id = f->id(f->id_arg, document, &n);
    return json_stringn(id, n);
}

static json_t *passage(const findings *f, uint32_t document, uint32_t start, uint32_t end)
{
    return json_pack("{s:o, s:I, s:I, s:o}", "doc", doc_id(f, document), "start", (json_int_t)start,
                     "end", (json_int_t)end, "text",
                     json_stringn(f->library->document[document].text + start, end - start));
}

/* Statements come first among a note's items, ascending. */
static json_t *sentence_at(const findings *f, uint32_t document, uint32_t start)
{
    const note *d = &f->library->document[document];
    uint32_t lo = 0, hi = d->head.n_items;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (d->items[mid].kind == ITEM_STATEMENT && d->items[mid].end <= start)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == d->head.n_items || d->items[lo].kind != ITEM_STATEMENT || d->items[lo].start > start)
        return NULL;
    return passage(f, document, d->items[lo].start, d->items[lo].end);
}

json_t *evidence(const findings *f, uint32_t document, const char *layer, uint32_t start,
                 uint32_t end)
{
    json_t *e = passage(f, document, start, end);
    json_t *context = strcmp(layer, "sentence") != 0 ? sentence_at(f, document, start) : NULL;
    (void)json_object_set_new(e, "layer", json_string(layer));
    if (context != NULL)
        (void)json_object_set_new(e, "context", context);
    return e;
}

static int by_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static uint32_t count_distinct(uint64_t *v, size_t n)
{
    uint32_t distinct = 0;
    if (n > 1)
        qsort(v, n, sizeof *v, by_u64);
    for (size_t i = 0; i < n; i++)
        distinct += i == 0 || v[i] != v[i - 1];
    return distinct;
}

bool count_origins(const findings *f, const uint32_t *documents, size_t n, uint32_t *ret)
{
    uint64_t *origin = malloc((n + 1) * sizeof *origin);
    if (origin == NULL)
        return false;
    for (size_t i = 0; i < n; i++)
        origin[i] = f->library->document[documents[i]].head.origin;
    *ret = count_distinct(origin, n);
    free(origin);
    return true;
}

static uint32_t count_documents(const uint32_t *documents, size_t n)
{
    uint32_t count = 0;
    for (size_t i = 0; i < n; i++) /* ascending: items come in document order */
        count += i == 0 || documents[i] != documents[i - 1];
    return count;
}

static void note_claim_cluster(findings *f, item_ref r, const char *cluster)
{
    const note *d = &f->library->document[r.document];
    const note_item *item = &d->items[r.item];
    json_t *clusters = json_object_get(f->verdict[r.document], "clusters");
    char id[64];
    if (item->kind != ITEM_CLAIM || item->id_len >= sizeof id)
        return;
    memcpy(id, d->strings + item->id_start, item->id_len);
    id[item->id_len] = '\0';
    (void)json_object_set_new(clusters, id, json_string(cluster));
}

/* The shortest wording stands for the cluster. */
static size_t label_member(const uint32_t (*range)[2], size_t n)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (range[i][1] - range[i][0] < range[best][1] - range[best][0])
            best = i;
    return best;
}

static json_t *member_json(const findings *f, const item_ref *r, uint32_t document,
                           const uint32_t range[2], const char *kind)
{
    json_t *m = evidence(f, document, kind, range[0], range[1]);
    if (m != NULL && r != NULL && item_of(f->library, *r)->kind == ITEM_CLAIM) {
        const note *d = &f->library->document[r->document];
        const note_item *item = &d->items[r->item];
        (void)json_object_set_new(m, "claim",
                                  json_stringn(d->strings + item->id_start, item->id_len));
    }
    return m;
}

bool add_cluster(findings *f, const char *event, const char *kind, const item_ref *member,
                 const uint32_t *documents, const uint32_t (*range)[2], size_t n)
{
    char id[24];
    (void)snprintf(id, sizeof id, "k%u", ++f->n_clusters);
    json_t *members = json_array();
    for (size_t i = 0; i < n; i++) {
        (void)json_array_append_new(members, member_json(f, member != NULL ? &member[i] : NULL,
                                                         documents[i], range[i], kind));
        if (member != NULL)
            note_claim_cluster(f, member[i], id);
    }
    size_t label = label_member(range, n);
    uint32_t origins;
    if (!count_origins(f, documents, n, &origins)) {
        json_decref(members);
        return false;
    }
    return json_array_append_new(
               f->clusters,
               json_pack("{s:s, s:s, s:s, s:o, s:I, s:I, s:o}", "id", id, "event", event, "kind",
                         kind, "label",
                         json_stringn(f->library->document[documents[label]].text + range[label][0],
                                      range[label][1] - range[label][0]),
                         "docs", (json_int_t)count_documents(documents, n), "origins",
                         (json_int_t)origins, "claims", members)) == 0;
}

static const char *group_kind(const findings *f, const item_groups *g, const uint32_t *order,
                              size_t n)
{
    uint8_t kind = ITEM_STATEMENT;
    for (size_t i = 0; i < n && kind == ITEM_STATEMENT; i++)
        kind = item_of(f->library, g->ref[order[i]])->kind;
    return kind == ITEM_REASON ? "reason" : kind == ITEM_CLAIM ? "claim" : "sentence";
}

/* order: the n members of the group. */
static bool cluster_from_group(findings *f, const char *event, const item_groups *g,
                               const uint32_t *order, size_t n)
{
    item_ref *member = malloc(n * sizeof *member);
    uint32_t *documents = malloc(n * sizeof *documents), (*range)[2] = malloc(n * sizeof *range);
    bool ok = member != NULL && documents != NULL && range != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        member[i] = g->ref[order[i]];
        const note_item *item = item_of(f->library, member[i]);
        documents[i] = member[i].document;
        range[i][0] = item->start, range[i][1] = item->end;
    }
    ok = ok && add_cluster(f, event, group_kind(f, g, order, n), member, documents,
                           (const uint32_t(*)[2])range, n);
    free(member);
    free(documents);
    free(range);
    return ok;
}

static bool clusters_of(findings *f, const char *event, const item_groups *g)
{
    bool ok = true;
    for (uint32_t i = 0, end; ok && i < g->n; i = end) {
        end = item_group_end(g, i);
        ok = end - i < 2 || cluster_from_group(f, event, g, g->order + i, end - i);
    }
    return ok;
}

static bool compare_items(findings *f, const char *event, const uint32_t *documents, size_t n)
{
    /* What one document says of somebody, another may say in its own voice: claims and statements
     * mix. */
    static const unsigned kinds[] = {1u << ITEM_CLAIM | 1u << ITEM_STATEMENT, 1u << ITEM_REASON};
    bool ok = true;
    for (size_t k = 0; ok && k < 2; k++) {
        item_groups g;
        if (!group_items(f->library, documents, n, kinds[k], f->item_threshold, &g))
            return false;
        ok = clusters_of(f, event, &g);
        if (ok && k == 0)
            ok = find_differences(f, event, documents, n, &g);
        item_groups_release(&g);
    }
    return ok;
}

static json_t *day_json(int32_t day)
{
    if (day == DAY_MIN || day == DAY_MAX)
        return json_null();
    civil c = civil_of(day);
    char text[48];
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", (int)c.y, c.m, c.d);
    return json_string(text);
}

/* What the limits left out of an event; nothing when all was compared. */
static bool say_not_compared(const findings *f, json_t *event)
{
    const not_compared *no = &f->not_compared;
    if (no->documents == 0 && no->quantities == 0 && no->differences == 0)
        return true;
    return json_object_set_new(event, "not_compared",
                               json_pack("{s:I, s:I, s:I}", "documents", (json_int_t)no->documents,
                                         "quantities", (json_int_t)no->quantities, "differences",
                                         (json_int_t)no->differences)) == 0;
}

static bool add_event(findings *f, const char *id, const uint32_t *documents, size_t n)
{
    const note *first = &f->library->document[documents[0]];
    int32_t begin = DAY_MAX, end = DAY_MIN;
    json_t *docs = json_array();
    for (size_t i = 0; i < n; i++) {
        const note_head *h = &f->library->document[documents[i]].head;
        (void)json_array_append_new(docs, doc_id(f, documents[i]));
        if (!h->dated)
            continue;
        begin = h->day_begin < begin ? h->day_begin : begin;
        end = h->day_end > end ? h->day_end : end;
    }
    for (size_t i = 0; i < n && first->head.title_len == 0; i++)
        first = &f->library->document[documents[i]];
    uint32_t origins = 0;
    bool counted = count_origins(f, documents, n, &origins), titled = first->head.title_len > 0;
    uint32_t lead = first->head.n_items > 0 ? first->items[0].end - first->items[0].start : 0;
    const char *title = titled     ? first->strings + first->head.title_start
                        : lead > 0 ? first->text + first->items[0].start
                                   : "";
    json_t *event = json_pack("{s:s, s:o, s:o, s:o, s:o, s:I}", "id", id, "title",
                              json_stringn(title, titled ? first->head.title_len : lead), "begin",
                              day_json(begin), "end", day_json(end), "docs", docs, "origins",
                              (json_int_t)origins);
    bool ok = counted && event != NULL && say_not_compared(f, event);
    return json_array_append_new(f->events, event) == 0 && ok;
}

static bool make_event(findings *f, const uint32_t *documents, size_t n)
{
    char id[24];
    (void)snprintf(id, sizeof id, "e%u", ++f->n_events);
    for (size_t i = 0; i < n; i++) {
        f->verdict[documents[i]] = json_pack("{s:s, s:{}}", "event", id, "clusters");
        if (f->verdict[documents[i]] == NULL)
            return false;
    }
    size_t compared = n < MAX_EVENT_DOCUMENTS ? n : MAX_EVENT_DOCUMENTS;
    memset(&f->not_compared, 0, sizeof f->not_compared);
    f->not_compared.documents = n - compared;
    if (n > 1 && !compare_items(f, id, documents, compared))
        return false;
    return (n < 2 && f->library->n > f->max_listed) || add_event(f, id, documents, n);
}

typedef struct placed {
    uint32_t event, document;
} placed;

static int by_event(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    if (x->event != y->event)
        return x->event < y->event ? -1 : 1;
    return (x->document > y->document) - (x->document < y->document);
}

bool findings_make(findings *f)
{
    uint32_t n = f->library->n;
    placed *place = malloc(((size_t)n + 1) * sizeof *place);
    uint32_t *documents = malloc(((size_t)n + 1) * sizeof *documents);
    f->verdict = calloc((size_t)n + 1, sizeof *f->verdict);
    f->events = json_array(), f->clusters = json_array(), f->differences = json_array();
    bool ok = place != NULL && documents != NULL && f->verdict != NULL && f->events != NULL &&
              f->clusters != NULL && f->differences != NULL;
    for (uint32_t i = 0; ok && i < n; i++)
        place[i] = (placed){f->event[i], i};
    if (ok && n > 1)
        qsort(place, n, sizeof *place, by_event);
    for (uint32_t i = 0, end; ok && i < n; i = end) {
        for (end = i; end < n && place[end].event == place[i].event; end++)
            documents[end - i] = place[end].document;
        ok = make_event(f, documents, end - i);
    }
    free(place);
    free(documents);
    return ok;
}

void findings_release(findings *f)
{
    for (uint32_t i = 0; f->verdict != NULL && i < f->library->n; i++)
        json_decref(f->verdict[i]);
    free(f->verdict);
    json_decref(f->events);
    json_decref(f->clusters);
    json_decref(f->differences);
}
