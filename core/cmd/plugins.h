/* plugins.h: arguments and output that `list` and `inspect` share. */
#ifndef CORE_CMD_PLUGINS_H
#define CORE_CMD_PLUGINS_H
#include "cmd/commands.h"
#include "util/arena.h"

enum { MOST_FOLDERS = 64 };

typedef struct plugin_search {
    arena *memory;
    const char *extra[MOST_FOLDERS]; /* --plugins */
    size_t n_extra;
    bool json, markdown, schema;
    char **names; /* what stands behind the options */
    size_t n_names;
    const char *const *dirs; /* plugin_search_dirs */
    size_t n_dirs;
} plugin_search;
#define PLUGIN_SEARCH_INIT \
    { \
        NULL, {NULL}, 0, false, false, false, NULL, 0, NULL, 0 \
    }

/* Read the arguments, which are borrowed. false: said what is wrong with them. */
bool plugin_arguments(plugin_search *s, const command *c, int argc, char **argv);
/* Fill dirs, in s->memory. WN_E_CONFIG: a --plugins that is no folder. */
wn_status plugin_search_dirs(plugin_search *s, wn_error *err);
int plugin_search_end(plugin_search *s, int status); /* frees; returns `status` */
/* Prints and takes a value; EXIT_DONE, or EXIT_INTERNAL when it is NULL. */
int print_json_value(json_t *take_value);
#endif
