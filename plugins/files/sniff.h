/* sniff.h: what kind of text a file holds, by its first bytes and its name. Knows no plugin
 * type. */
#ifndef PLUGINS_FILES_SNIFF_H
#define PLUGINS_FILES_SNIFF_H
#include <stddef.h>

/* "text/html", "text/plain", or NULL: a known format that is not text; *ret_format then names it.
 * Names: .html .htm .xhtml (also with .gz, .zst behind) mean HTML; else the bytes decide (a doctype
 * or one of the first tags of a page). */
const char *sniff_type(const char *path, const char *bytes, size_t len, const char **ret_format);
#endif
