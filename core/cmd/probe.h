/* probe.h: documents that a stage must survive, as JSON lines; for check-plugin. */
#ifndef CORE_CMD_PROBE_H
#define CORE_CMD_PROBE_H
#include <stdbool.h>

typedef enum probe_kind {
    PROBE_NEWS, /* a few hundred short articles, HTML among them, some of them copies */
    PROBE_EMPTY,
    PROBE_HUGE,
    PROBE_LINE,
    PROBE_ODD,
    PROBE_MARKS,
    PROBE_KINDS
} probe_kind;

const char *probe_name(probe_kind kind);  /* a file name; both are static */
const char *probe_words(probe_kind kind); /* "an empty document" */
/* A file of such documents, always the same ones. false: it cannot be written (errno). */
bool probe_write(probe_kind kind, const char *path);
/* Do the documents.jsonl of two run directories hold the same texts? */
bool probe_same_texts(const char *a, const char *b);
#endif
