/* walk.h: the entries of folders in order of their names, and the list of what was found in
 * them. */
#ifndef CORE_INPUT_WALK_H
#define CORE_INPUT_WALK_H
#include "input/input.h"
#include "util/arena.h"
#include <limits.h>

/* Of two that are one folder entry, the first of these is kept. */
typedef enum found_kind {
    FOUND_INPUT,
    FOUND_NAMED,   /* a folder that was named */
    FOUND_RUN,     /* a run directory that was left out */
    FOUND_SPECIAL, /* a FIFO, a socket, a device */
    FOUND_PASSED   /* a file whose suffix is not wanted */
} found_kind;

typedef struct found {
    input_file file;
    found_kind kind;
    char *real; /* set while doubles are looked for, in those that share a device and inode */
} found;

typedef struct folder_key {
    dev_t dev;
    ino_t ino;
    bool taken;
} folder_key;

typedef struct walk {
    arena *memory; /* of paths */
    found *found;
    size_t n, cap;
    folder_key *folder; /* entered in this walk: a hash set */
    size_t n_folders, cap_folders;
    folder_key out;         /* the folder that is left out, if `taken` */
    const char *suffixes;   /* for those who visit: what is wanted of folders, */
    size_t matched_folders; /* how many the pattern matched, */
    bool matching;          /* and whether its leading part without patterns is behind us */
    char path[PATH_MAX];    /* where the walk is */
    wn_error *err;
} walk;

/* Called with w->path at an entry; st: what it is. NULL: that cannot be seen, and errno says
 * why. */
typedef wn_status walk_visit(walk *w, const char *name, const struct stat *st, const char *rest);

/* At `path` (cut to PATH_MAX), with no folder entered yet; what was found before stays. */
void walk_begin(walk *w, const char *path);
/* All entries of the folder at w->path; a folder that cannot be read is an input with a problem. */
wn_status walk_entries(walk *w, bool hidden, walk_visit *each, const char *rest);
/* Append a component to w->path; returns the old length, SIZE_MAX: it does not fit. */
size_t walk_push(walk *w, const char *name, size_t n);

/* May the walk go into the folder at w->path? Not into a run directory; through symbolic links once
 * to each folder. */
wn_status walk_enter(walk *w, const struct stat *st, bool *ret_may);
wn_status walk_enter_named(walk *w, const struct stat *st); /* where it starts: it may */
/* Is the folder at w->path a run directory, or the one to be? Then it is noted as left out. */
wn_status walk_leaves_out(walk *w, const struct stat *st, bool *ret_out);

/* Note an entry; the path is copied, without "." and the ".." that lead to the same file. */
wn_status walk_add(walk *w, found_kind kind, const char *path, const struct stat *st);
/* An input at w->path that cannot be read, as `what` and errno say; where errno is a want
 * (rawfile.h), an error. */
wn_status walk_add_broken(walk *w, const char *what);

void walk_free(walk *w); /* and w itself; the arena is another's */
#endif
