/* home.h: the tree that the program was started from: its build tree, or the place where it was
 * installed or moved to. A program finds its own stages and their data without being told where
 * they are. */
#ifndef CORE_CONFIG_HOME_H
#define CORE_CONFIG_HOME_H
#include "util/arena.h"
#include <winnow/plugin.h>

typedef struct home {
    const char *plugins; /* the folder of the plugins; NULL: not known */
    const char *data;    /* the folder that holds NAME/data (built) or NAME (installed) of each */
    bool built;          /* a build tree, made where its sources are */
} home;

/* Of the running program; both NULL where that cannot be said. In the arena; false: out of
 * memory. */
bool home_find(arena *memory, home *ret);
/* The same of the program `path` (absolute). Looks whether the folders are there. */
bool home_of(const char *path, arena *memory, home *ret);
/* `to` as it lies seen from `dir` instead of from `from`; NULL: `dir` does not end as `from` does,
 * or out of memory. All absolute. */
const char *home_moved(const char *dir, const char *from, const char *to, arena *memory);
#endif
