/* private.h: what the files of the configuration share. */
#ifndef CORE_CONFIG_PRIVATE_H
#define CORE_CONFIG_PRIVATE_H
#include "config/config.h"
#include "config/node.h"

struct config_private {
    arena *memory;
    const char *const *dirs; /* searched for plugins */
    size_t n_dirs;
};

/* pipeline.c: the checked tree becomes stages, limits, inputs, resolved and origin. */
wn_status pipeline_build(config *c, const node *root, const config_args *args, wn_error *err);
/* Call every open(), in order; errors stand at the step's place in the file. */
wn_status pipeline_open(config *c, const node *root, wn_error *err);

/* step.c. Unknown keys get the nearest of `known`. */
wn_status check_keys(const node *map, const char *const *known, size_t n, const char *what, wn_error *err);
/* One entry of `input`, `stages` or `output` into `st`; `section` as in the file. */
wn_status step_build(config *c, const node *n, const char *section, stage *st, json_t **ret_resolved, wn_error *err);
/* tests.c: the `tests` section, checked, as JSON. */
wn_status tests_build(const node *tests, json_t **ret_tests, wn_error *err);
/* output_name.c: does this sink's file collide with one before it? At the step's place. */
wn_status output_name_check(const config *c, size_t sink, const node *step, wn_error *err);
/* plugins: folders of the configuration, then the usual ones. */
wn_status folders_build(config *c, const node *plugins, wn_error *err);

extern const wn_option limit_options[];
/* Keys of an expectation in `tests`, NULL at the end. */
extern const char *const test_expectations[];
#endif
