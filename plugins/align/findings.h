/* findings.h: what is said of the whole corpus, as JSON (the shapes stand in plugins/README.md):
 * events, clusters of items that say the same, differences. Knows no plugin type. */
#ifndef PLUGINS_ALIGN_FINDINGS_H
#define PLUGINS_ALIGN_FINDINGS_H
#include "align/items.h"
#include <jansson.h>

/* Of one event: what limits left out. */
typedef struct not_compared {
    size_t documents, quantities, differences;
} not_compared;

typedef struct findings {
    const library *library;
    const uint32_t *event; /* of each document: the event's smallest document */
    const char *(*id)(void *arg, uint32_t document, size_t *ret_len); /* document id */
    void *id_arg;
    uint32_t item_threshold; /* mean similarity of items that say the same */
    /* events of one document are listed up to so many documents in all */
    uint32_t max_listed;
    /* made here */
    json_t *events, *clusters, *differences;
    json_t **verdict; /* per document: {"event", "clusters": {claim id: cluster id}} */
    uint32_t n_events, n_clusters;
    not_compared not_compared;
} findings;

/* false: out of memory; what was made is to be released all the same */
bool findings_make(findings *f);
void findings_release(findings *f); /* what was made here; zeros there are fine */

/* For differences.c. A passage, text [start, end) of the document, with the sentence around it,
 * unless `layer` is "sentence". A new reference; NULL: out of memory. */
json_t *evidence(const findings *f, uint32_t document, const char *layer, uint32_t start,
                 uint32_t end);
/* How many different origins these documents have: copies of one count once. false: out of
 * memory. */
bool count_origins(const findings *f, const uint32_t *documents, size_t n, uint32_t *ret);
/* A cluster of n passages: document, text range and (unless `member` is NULL) item of each; claims
 * among them learn its id for their document's verdict. false: out of memory. */
bool add_cluster(findings *f, const char *event, const char *kind, const item_ref *member,
                 const uint32_t *documents, const uint32_t (*range)[2], size_t n);

/* differences.c: agreeing and differing quantities, days and denials within one event, appended to
 * clusters and differences. false: out of memory. */
bool find_differences(findings *f, const char *event, const uint32_t *documents, size_t n,
                      const item_groups *groups);
#endif
