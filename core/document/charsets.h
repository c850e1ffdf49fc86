/* charsets.h: names of character sets: which is meant by a label, or by what a page says of
 * itself. Pure; what is returned is static. */
#ifndef CORE_DOCUMENT_CHARSETS_H
#define CORE_DOCUMENT_CHARSETS_H
#include <winnow/plugin.h>

typedef struct charset {
    const char *name;  /* lower case: WHATWG's, or IANA's for the few that WHATWG lacks */
    const char *iconv; /* what iconv calls it */
    enum { CHARSET_UTF8, CHARSET_BYTE, CHARSET_MULTI } width; /* BYTE: one byte a character */
    unsigned unit;      /* bytes to step over where nothing can be decoded */
    const char *labels; /* other names, blank separated */
} charset;

/* The character set of a label, as the WHATWG Encoding Standard reads labels: case and blanks
 * around it do not matter, "iso-8859-1" and "us-ascii" mean windows-1252. NULL: not known. */
const charset *charset_named(wn_str label);

/* What an HTML page says of itself in its first bytes: <meta charset>, <meta http-equiv> or the XML
 * declaration, in the first 4 KiB. UTF-16 is read as UTF-8, for a page whose <meta> was legible is
 * not UTF-16. NULL: nothing known. */
const charset *charset_of_html(wn_str bytes);
/* Is one of <!doctype html, <html, <head, <meta, <body in the first 4 KiB, in any case? */
bool looks_like_html(wn_str bytes);
#endif
