/* run_plugins.h: plugins that live in the test program, and a configuration made of them. */
#ifndef TESTS_UNIT_RUN_PLUGINS_H
#define TESTS_UNIT_RUN_PLUGINS_H
#include "config/config.h"

/* A source: a line "ID WORD ..." is a document. */
extern const wn_plugin lines_plugin;
/* A document stage that does what a word in the text says:
 * DROP FAIL SAYSNOTHING (fails without a message) LIEOK (drops, answers OK) LIEDROP (answers DROP
 * only) ODD (answers 17) GREEDY (allocates without end) NOMEM (answers it) SLOW (ticks for ever)
 * HANG INT (Ctrl-C) OOMn (the n-th allocation of this worker from now on fails) EMIT (emits outside
 * of emit) EDIT (deletes the word) COUNT RAW (wn_raw holds the text); others pass. */
extern const wn_plugin obey_plugin;
/* A corpus stage: documents with the same text after the ID are merged into the first; words of the
 * text: BADEMIT BADAPPLY fail there; BADREDUCE, BADSETTLE end the run. Publishes {"n": documents,
 * "merged": n}. */
extern const wn_plugin same_plugin;
/* A sink: "ID text" lines to lines.txt, and a last line with what run_info and findings tell.
 * BADRENDER fails there, BADWRITE in write(). */
extern const wn_plugin sink_plugin;

typedef struct pipeline {
    config config;
    stage stages[4], sinks[2];
    const char *inputs[8];
} pipeline;

/* stages: letters, o: obey, s: same. */
void pipeline_make(pipeline *p, const char *stages);
#endif
