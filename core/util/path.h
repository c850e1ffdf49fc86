/* path.h: names of files. Text only: nothing here looks at the file system. */
#ifndef CORE_UTIL_PATH_H
#define CORE_UTIL_PATH_H
#include "util/strbuf.h"

const char *path_base(const char *path); /* after the last '/' */
/* length of the folder part, without its last '/'; "/x" has 1 */
size_t path_dir(const char *path);
static inline bool path_absolute(const char *path)
{
    return path[0] == '/';
}
/* folder/name, or name if it is absolute or the folder is "" or "."; appended. */
void path_join(strbuf *out, const char *folder, const char *name);
#endif
