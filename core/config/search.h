/* search.h: where plugins are looked for. */
#ifndef CORE_CONFIG_SEARCH_H
#define CORE_CONFIG_SEARCH_H
#include "util/arena.h"
#include <winnow/plugin.h>

/* The folders in order: `extra` (those of the configuration), WINNOW_PLUGIN_PATH, the program's own
 * (home.h), the installed one. In the arena, `extra` and its strings borrowed. Whether they are
 * there is not looked at. WN_E_NOMEM. */
wn_status plugin_dirs(const char *const *extra, size_t n_extra, arena *memory,
                      const char *const **ret_dirs, size_t *ret_n, wn_error *err);
/* A list divided by colons (an environment variable, may be NULL) as pieces in the arena, empty
 * ones left out. WN_E_NOMEM. */
wn_status split_path(const char *list, arena *memory, const char ***ret_item, size_t *ret_n);
#endif
