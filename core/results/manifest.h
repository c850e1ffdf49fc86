/* manifest.h: run.json, the record of a run. */
#ifndef CORE_RESULTS_MANIFEST_H
#define CORE_RESULTS_MANIFEST_H
#include "state/state.h"

json_t *manifest_json(const run *r, json_t *take_digests, const char *digest);
#endif
