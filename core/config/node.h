/* node.h: a YAML file as a tree in which every node knows where it was written. Nodes live in the
 * configuration's arena; nothing here outlives it. Only yaml.c knows libyaml. */
#ifndef CORE_CONFIG_NODE_H
#define CORE_CONFIG_NODE_H
#include "util/arena.h"
#include "util/strbuf.h"
#include <winnow/plugin.h>

/* Bounds, so that aliases, nesting and includes cannot blow up. */
enum {
    NODE_MAX_BYTES = 4 << 20, /* of one file */
    NODE_MAX_COUNT = 100000,  /* nodes of one file, aliases expanded */
    NODE_MAX_KEYS = 1000,     /* of one mapping */
    NODE_MAX_DEPTH = 32,
    NODE_MAX_TEXT = 64 << 10, /* bytes of a value made by interpolation */
    INCLUDE_MAX_DEPTH = 8
};

typedef enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP } node_kind;
typedef struct node node;

/* A file that was read, or one --set. */
typedef struct node_file {
    const char *name;   /* as it stands in messages */
    const char *folder; /* where its relative paths start, relative to the main file's folder;
                           "" for the main file */
    const node *from;   /* the line of `include:` that asked for it, NULL for the main file */
} node_file;

struct node {
    node_kind kind;
    bool quoted;          /* scalar in quotes or a block: text, whatever it looks like */
    bool literal;         /* no (further) interpolation: from --set, or done */
    bool made;            /* by interpolation: never null, even when empty */
    const char *text;     /* scalar; terminated, no NUL inside */
    const char *variable; /* environment variable its text came from, or NULL */
    const char *written;  /* then: the text before, which is what is shown to others */
    node **key;           /* mapping: scalars */
    node **item;          /* mapping: values; list: items */
    size_t n;
    const node_file *file;
    int line, column; /* 1-based; 0: --set */
};

/* yaml.c: parse `text`. An empty text is an empty mapping. WN_E_CONFIG with the position. */
wn_status node_parse(wn_str text, const node_file *file, arena *memory, node **ret_root,
                     wn_error *err);

/* node.c */
/* An empty node, zeroed, at the place of `at`; NULL: no memory */
node *node_new(arena *memory, node_kind kind, const node *at);
/* The value; NULL when absent, or not a mapping. */
node *node_get(const node *map, const char *key);
/* the key's own node, for its position */
const node *node_key(const node *map, const char *key);
/* Append; key is NULL for a list. The nodes are not copied. false: no memory. */
bool node_add(arena *memory, node *map_or_list, node *key, node *value);
void node_remove(node *map, const char *key); /* nothing where there is none */
bool node_is_null(const node *n);             /* plain, and empty, ~ or null */
const char *node_kind_name(const node *n);    /* "a list", "nothing" ...: for messages; static */
/* "news.yaml:12:18", "--set", "environment NAME in news.yaml:3:4", in the arena; NULL: no
 * memory. */
const char *node_origin(const node *n, arena *memory);

/* Report a fault at a node, with the chain of includes. Returns WN_E_CONFIG. */
wn_status node_fail(const node *at, wn_error *err, const char *fmt, ...) WN_PRINTF(3, 4);
wn_status out_of_memory(wn_error *err); /* WN_E_NOMEM, with the words for it */

/* interpolate.c: ${VAR}, ${VAR:-default}, ${VAR:?message} and $$ in all string leaves. `vars` (a
 * mapping, or NULL) goes before the environment. In place; `root` may be a leaf. WN_E_CONFIG at the
 * leaf: no such variable, its :? message, or more than NODE_MAX_TEXT. */
wn_status node_interpolate(node *root, const node *vars, arena *memory, wn_error *err);

/* include.c: read a file (a path that cannot be read is WN_E_CONFIG); then merge into its tree what
 * it includes: mappings key by key, the including file wins, of several files the later one. */
wn_status node_read(const char *path, arena *memory, node **ret_root, wn_error *err);
wn_status node_include(node *root, arena *memory, wn_error *err);

/* set.c: apply KEY=VALUE. `vars` only, or all but those: variables come before interpolation.
 * WN_E_CONFIG: no '=', or the key leads nowhere. */
wn_status node_set(node *root, const char *const *set, size_t n, bool vars, arena *memory,
                   wn_error *err);

/* suggest.c: the word of the list nearest to `word`, NULL when none is near. */
const char *suggest(const char *word, const char *const *words, size_t n);
/* The same as a clause for the end of a message: "; did you mean `x`?", or "; known: a, b, c". */
void suggest_clause(const char *word, const char *const *words, size_t n, char *buffer,
                    size_t size);
#endif
