/* options.h: an option table (wn_option) at work: checking the table itself, reading values
 * through it, showing them. `limits` is read through such a table too. */
#ifndef CORE_CONFIG_OPTIONS_H
#define CORE_CONFIG_OPTIONS_H
#include "util/arena.h"
#include <winnow/plugin.h>

struct node;

/* Whole numbers and reals as YAML and JSON write them, whatever the locale; all of the text. false:
 * not one, or beyond int64_t, or not finite. To be called by one thread at a time. */
bool parse_whole(const char *text, int64_t *ret_value);
bool parse_real(const char *text, double *ret_value);
bool parse_size(const char *text, int64_t *ret_value); /* 64KiB, 10MB, 1GiB, 512 */

/* [a-z][a-z0-9_]*, with `more` also allowed after the first letter */
bool name_is_valid(const char *name, const char *more);

/* Is the table honest? Names, types, offsets and alignment within options_size, no overlap,
 * ranges and choices that make sense, defaults that parse and lie in range, a line of doc each.
 * table NULL is fine with size 0. WN_E_ABI with the option's name. Pure. */
wn_status option_table_check(const wn_option *table, size_t options_size, wn_error *err);
size_t option_count(const wn_option *table); /* without WN_OPT_END; NULL has none */
/* The one option that has this role; NULL: none has, or there is no table. */
const wn_option *option_with_role(const wn_option *table, wn_role role);
const char *option_type_name(uint32_t type); /* "number", "size", "list of strings", ... */
/* The words of its `choices`, cut in `buffer`; at most cap. Returns how many; 0: none, or `size` is
 * too small. */
size_t option_choices(const wn_option *o, char *buffer, size_t size, const char **ret_words,
                      size_t cap);

/* Read one value (not a list) from its text into `slot`; strings go to the arena. The problem, in
 * words that follow "`name` ", goes to `problem`. WN_E_CONFIG or WN_E_NOMEM. */
wn_status option_parse(const wn_option *o, const char *text, arena *memory, void *slot,
                       char *problem, size_t size);
/* The value in the options struct as JSON, a new reference; NULL: no memory. */
json_t *option_json(const wn_option *o, const void *options);
/* The same for others to see, `from` (NULL: a default, or the command line) being what gave the
 * value: what the environment put into it stands as it is written, "${TOKEN}". */
json_t *option_shown(const wn_option *o, const void *options, const struct node *from);
/* Every default into `options`. The table has been checked. */
wn_status options_default(const wn_option *table, void *options, arena *memory, wn_error *err);

/* Fill `options` from the mapping `with` (NULL: defaults only). Values go to `resolved`, where each
 * came from to `origin` under prefix.NAME. Unknown names get the nearest one. WN_E_CONFIG at the
 * node's place, WN_E_NOMEM. */
typedef struct option_sink {
    arena *memory;
    json_t *resolved, *origin;
    const char *prefix;
    const char *owner; /* "plugin `dedup`", for messages */
} option_sink;
/* See above. Strings go to to->memory. */
wn_status options_fill(const wn_option *table, void *options, const struct node *with,
                       const option_sink *to, wn_error *err);
#endif
