/* private.h: what the files of the configuration share. All that is made, but JSON, lies in the
 * configuration's arena. Statuses: WN_E_CONFIG at the node's place in the file, WN_E_NOMEM. */
#ifndef CORE_CONFIG_PRIVATE_H
#define CORE_CONFIG_PRIVATE_H
#include "config/config.h"
#include "config/node.h"

struct config_private {
    arena *memory;
    const char *const *dirs; /* searched for plugins */
    size_t n_dirs;
};

/* build.c: the checked tree becomes stages, limits, inputs, resolved and origin. */
wn_status config_build(config *c, const node *root, const config_args *args, wn_error *err);

/* stage.c: has the mapping only known keys? `what` begins the message ("an entry"), the nearest of
 * `known` ends it. */
wn_status check_keys(const node *map, const char *const *known, size_t n, const char *what,
                     wn_error *err);
/* One entry of `input`, `stages` or `output` into `st`, its plugin loaded and options filled, but
 * not opened; `section` as in the file. *ret_resolved is a new reference. */
wn_status entry_build(config *c, const node *n, const char *section, stage *st,
                      json_t **ret_resolved, wn_error *err);
/* tests.c: the `tests` section (NULL: there is none), checked, into c->tests. */
wn_status tests_build(config *c, const node *tests, wn_error *err);
/* output_name.c: a plain file name in the run directory? */
bool is_plain_name(const char *name);
/* does this sink's file collide with one before it? At the entry's place. */
wn_status output_name_check(const config *c, size_t sink, const node *entry, wn_error *err);

/* text.c: the rule files of the section `text`, read; errors stand at the section, if there is
 * one. */
wn_status text_open(config *c, const node *root, wn_error *err);
void text_close(config *c);
/* data.c: a data file for all stages (folder `common`), noted in c->data_files. */
wn_status config_load_data(config *c, const char *name, wn_str *ret_bytes, wn_error *err);

extern const wn_option limit_options[], text_options_table[];
/* Keys of an expectation in `tests` and what they take; a NULL name at the end. */
typedef enum test_operand {
    OPERAND_FILE,
    OPERAND_PATH,
    OPERAND_COUNT,
    OPERAND_NUMBER,
    OPERAND_TEXT,
    OPERAND_PATTERN,
    OPERAND_VALUE,
    OPERAND_TRUE
} test_operand;
typedef struct test_key {
    const char *name;
    test_operand takes;
} test_key;
extern const test_key test_expectations[];
#endif
