/* path.h: names of files. Text only: nothing here looks at the file system. */
#ifndef CORE_UTIL_PATH_H
#define CORE_UTIL_PATH_H
#include "util/strbuf.h"

/* After the last '/', or all of it: a part of `path`; "" where it ends with one. */
const char *path_base(const char *path);
/* Bytes of the folder part, without the slashes at its end; "/x" has 1, "x" 0. */
size_t path_dir(const char *path);
/* By its first byte; "" is not. */
static inline bool path_absolute(const char *path)
{
    return path[0] == '/';
}
/* folder/name, or name if it is absolute or the folder is "" or "."; appended, see out->oom. Dots
 * are not resolved. */
void path_join(strbuf *out, const char *folder, const char *name);
#endif
