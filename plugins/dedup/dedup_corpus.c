/* dedup_corpus.c: see dedup_corpus.h. */
#include "dedup/dedup_corpus.h"

#include "dedup/cluster.h"
#include "dedup/note.h"
#include <stdlib.h>
#include <string.h>

enum { MAX_LEADERS = 64 }; /* in a bucket: keeps its cost linear in its size */

static const char *meta_string(wn_doc *doc, const char *key)
{
    const char *s = json_string_value(json_object_get(wn_meta(doc), key));
    return s != NULL ? s : "";
}

wn_status dedup_note(wn_doc *doc, const shingle_set *s, wn_error *err)
{
    note_head head = {{s->exact[0], s->exact[1]}, (uint32_t)s->n, 0, {0}, 0};
    const char *published = meta_string(doc, "published"), *agency = meta_string(doc, "agency");
    const char *publisher = meta_string(doc, "publisher");
    if (strlen(published) >= sizeof head.published)
        memcpy(head.published, published, sizeof head.published);
    head.is_wire = *agency != '\0' && (*publisher == '\0' || strcmp(agency, publisher) == 0);
    size_t size = sizeof head + s->n * sizeof *s->hash;
    char *bytes = wn_alloc(doc, size);
    if (bytes == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    memcpy(bytes, &head, sizeof head);
    if (s->n > 0)
        memcpy(bytes + sizeof head, s->hash, s->n * sizeof *s->hash);
    return wn_note(doc, (wn_str){bytes, size});
}

static note note_of(const wn_corpus *corpus, uint64_t doc)
{
    wn_str bytes = wn_corpus_note(corpus, doc);
    note n = {{{0, 0}, 0, 0, {0}, 0}, NULL};
    if (bytes.len >= sizeof n.head)
        memcpy(&n.head, bytes.p, sizeof n.head);
    /* The host aligns notes to 8 bytes and the head is a multiple of 8. */
    n.shingles = (const uint32_t *)(const void *)(bytes.p + sizeof n.head);
    return n;
}

typedef struct comparing {
    const wn_corpus *corpus;
    double threshold;
} comparing;

/* 0 below the threshold. */
static double similarity(void *self, uint64_t a, uint64_t b)
{
    const comparing *c = self;
    note x = note_of(c->corpus, a), y = note_of(c->corpus, b);
    if (memcmp(x.head.exact, y.head.exact, sizeof x.head.exact) == 0)
        return 1.0;
    return shingle_jaccard_from(x.shingles, x.head.n_shingles, y.shingles, y.head.n_shingles,
                                c->threshold);
}

static int rank(void *self, uint64_t a, uint64_t b)
{
    const comparing *c = self;
    note x = note_of(c->corpus, a), y = note_of(c->corpus, b);
    int order = note_rank(&x.head, &y.head);
    return order != 0 ? order : (a > b) - (a < b);
}

/* A document joins the first leader it is similar to, or leads itself, in the place of the oldest
 * when there are many. */
static wn_status pair_bucket(wn_corpus *corpus, const wn_value *values, size_t n, double threshold)
{
    uint64_t leader[MAX_LEADERS];
    size_t n_leaders = 0, oldest = 0;
    comparing c = {corpus, threshold};
    wn_status status = WN_OK;
    for (size_t i = 0; i < n && status == WN_OK; i++) {
        size_t k = 0;
        while (k < n_leaders && similarity(&c, leader[k], values[i].doc) < threshold)
            k++;
        if (k < n_leaders)
            status = wn_edge_add(corpus, leader[k], values[i].doc, (wn_str){"", 0});
        else if (n_leaders < MAX_LEADERS)
            leader[n_leaders++] = values[i].doc;
        else
            leader[oldest++ % MAX_LEADERS] = values[i].doc;
    }
    return status;
}

wn_status dedup_reduce(wn_stage *stage, wn_corpus *corpus, wn_str key, const wn_value *values,
                       size_t n, wn_error *err)
{
    const dedup_options *o = wn_options(stage);
    (void)err;
    if (key.p[0] == 'b')
        return pair_bucket(corpus, values, n, o->threshold);
    wn_status status = WN_OK;
    for (size_t i = 1; i < n && status == WN_OK; i++)
        status = wn_edge_add(corpus, values[0].doc, values[i].doc, (wn_str){"", 0});
    return status;
}

/* ---- groups: verdicts for the members, findings for the report ---- */

typedef struct verdict_head {
    uint64_t group;
    double similarity;
    uint32_t copies; /* of the origin; 0 for a copy */
    uint32_t exact;
} verdict_head; /* followed by the origin's id */

typedef struct settling {
    wn_corpus *corpus;
    json_t *groups;
    uint64_t n_groups;
    wn_status status; /* why a group could not be settled */
} settling;

static json_t *id_json(wn_str id)
{
    return json_stringn(id.p, id.len);
}

static bool same_words(const wn_corpus *corpus, uint64_t a, uint64_t b)
{
    note x = note_of(corpus, a), y = note_of(corpus, b);
    return memcmp(x.head.exact, y.head.exact, sizeof x.head.exact) == 0;
}

static bool settle_member(settling *s, uint64_t doc, uint64_t origin, double sim, size_t copies)
{
    wn_str id = wn_corpus_id(s->corpus, origin);
    verdict_head head = {s->n_groups, sim, (uint32_t)copies, same_words(s->corpus, doc, origin)};
    size_t size = sizeof head + id.len;
    char *bytes = malloc(size);
    if (bytes == NULL)
        return false;
    memcpy(bytes, &head, sizeof head);
    memcpy(bytes + sizeof head, id.p, id.len);
    s->status = wn_verdict(s->corpus, doc, (wn_str){bytes, size});
    free(bytes);
    return s->status == WN_OK;
}

static bool settle_group(void *arg, const uint64_t *member, const double *sim, size_t n)
{
    settling *s = arg;
    s->n_groups++;
    json_t *members = json_array();
    bool failed = members == NULL;
    for (size_t i = 0; i < n; i++) {
        if (!settle_member(s, member[i], member[0], sim[i], i == 0 ? n - 1 : 0)) {
            json_decref(members);
            return false;
        }
        failed =
            failed ||
            json_array_append_new(members,
                                  json_pack("{s:o, s:s, s:f}", "doc",
                                            id_json(wn_corpus_id(s->corpus, member[i])), "kind",
                                            i == 0                                        ? "origin"
                                            : same_words(s->corpus, member[0], member[i]) ? "exact"
                                                                                          : "near",
                                            "similarity", sim[i])) != 0;
    }
    char id[32];
    (void)snprintf(id, sizeof id, "g%llu", (unsigned long long)s->n_groups);
    return json_array_append_new(s->groups, json_pack("{s:s, s:o, s:o}", "id", id, "origin",
                                                      id_json(wn_corpus_id(s->corpus, member[0])),
                                                      "members", members)) == 0 &&
           !failed;
}

wn_status dedup_settle(wn_stage *stage, wn_corpus *corpus, wn_error *err)
{
    const dedup_options *o = wn_options(stage);
    settling s = {corpus, json_array(), 0, WN_OK};
    comparing c = {corpus, o->threshold};
    cluster_rules rules = {rank, similarity, o->threshold, &c};
    clusters *all = clusters_new(wn_corpus_size(corpus));
    bool ok = all != NULL && s.groups != NULL;
    for (const wn_edge *e; ok && (e = wn_next_edge(corpus)) != NULL;)
        clusters_join(all, e->a, e->b);
    ok = ok && clusters_each(all, &rules, settle_group, &s);
    if (ok && clusters_left_out(all) > 0)
        wn_log(stage, WN_WARN,
               "%llu documents in very large groups were not compared with all others: raise "
               "threshold",
               (unsigned long long)clusters_left_out(all));
    clusters_free(all);
    if (!ok) {
        json_decref(s.groups);
        return s.status != WN_OK
                   ? s.status
                   : wn_fail(err, WN_E_NOMEM, "out of memory while grouping duplicates");
    }
    json_t *findings = json_pack("{s:o}", "groups", s.groups);
    return findings != NULL ? wn_publish(corpus, findings)
                            : wn_fail(err, WN_E_NOMEM, "out of memory");
}

static json_t *duplicate_json(const verdict_head *v, wn_str origin)
{
    char group[32];
    (void)snprintf(group, sizeof group, "g%llu", (unsigned long long)v->group);
    return json_pack("{s:s, s:o, s:s, s:f}", "group", group, "origin", id_json(origin), "kind",
                     v->copies > 0 ? "origin"
                     : v->exact    ? "exact"
                                   : "near",
                     "similarity", v->similarity);
}

wn_status dedup_apply(wn_stage *stage, wn_doc *doc, wn_str verdict, wn_error *err)
{
    const dedup_options *o = wn_options(stage);
    verdict_head v;
    if (verdict.len < sizeof v)
        return WN_OK;
    memcpy(&v, verdict.p, sizeof v);
    wn_str origin = {verdict.p + sizeof v, verdict.len - sizeof v};
    if (v.copies > 0 || strcmp(o->keep, "all") == 0)
        return wn_meta_set(doc, "duplicate", duplicate_json(&v, origin), 0, 0);
    char *into = wn_alloc(doc, origin.len + 1);
    if (into == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    memcpy(into, origin.p, origin.len);
    return wn_merge(doc, into, v.exact ? "exact duplicate" : "near duplicate", "threshold",
                    json_real(v.similarity), json_real(o->threshold));
}
