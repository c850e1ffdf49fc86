/* files.h: paths and whole files, as the configuration needs them. */
#ifndef CORE_CONFIG_FILES_H
#define CORE_CONFIG_FILES_H
#include "util/arena.h"
#include "util/strbuf.h"

/* "a/b" of "a/b/c.yaml", "" of "c.yaml", "/" of "/c"; in the arena; NULL: no memory. */
const char *folder_of(const char *path, arena *memory);
/* folder/name, or name alone when it is absolute or the folder is empty. NULL: no memory. */
const char *join_path(const char *folder, const char *name, arena *memory);
/* The whole file, at most `limit` bytes, appended. 0, or errno (EFBIG: larger, ENOMEM). "-" is
 * standard input. */
int read_whole(const char *path, size_t limit, strbuf *out);
#endif
