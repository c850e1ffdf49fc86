/* manifest.h: run.json, the record of a run. */
#ifndef CORE_RESULTS_MANIFEST_H
#define CORE_RESULTS_MANIFEST_H
#include "state/state.h"

/* Of a run whose inputs are settled: winnow, command, config, plugins, inputs, outputs (the
 * digests), digest, times. Environment values stand as "${NAME}". A new reference; NULL: out of
 * memory, or shown by mem_failures. */
json_t *manifest_json(const run *r, json_t *take_digests, const char *digest);
#endif
