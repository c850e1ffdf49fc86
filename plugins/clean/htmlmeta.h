/* htmlmeta.h: what a page's markup says about it, as finds: title, author, publisher, published,
 * modified, url, language. */
#ifndef PLUGINS_CLEAN_HTMLMETA_H
#define PLUGINS_CLEAN_HTMLMETA_H
#include "clean/htmlblocks.h"
#include "clean/result.h"

/* Ranks of finds, best first: JSON-LD of an article, its meta elements, microdata, the visible
 * page, weak hints. */
enum { RANK_LD = 80, RANK_META = 70, RANK_ITEM = 60, RANK_PAGE = 50, RANK_WEAK = 30 };

/* All finds of the page, with their places in `src`, into r; see r->oom. Returns how many scripts
 * of JSON-LD were too long to be read whole. */
size_t html_meta(const html_tree *t, const html_blocks *b, const char *src, clean_result *r);

/* jsonld.c: the same from the JSON-LD in source [start, end). false: it has more than
 * JSONLD_LONGEST bytes, or is no JSON; the plain strings of the best known keys were looked for.
 * Parsed it takes a hundred times its bytes of memory. */
enum { JSONLD_LONGEST = 1 << 19 };
/* See above. */
bool jsonld_find(const char *src, size_t start, size_t end, clean_result *r);

/* metaclean.c: add a find after taking off what does not belong to the value (a site's name behind
 * a title, "By" before an author, addresses); dates become ISO 8601. What is too long, or nothing
 * after that, is no find. The value is copied, its character references decoded; start and end are
 * its place in the page. */
void find_title(clean_result *r, const char *value, size_t n, size_t start, size_t end, int rank);
void find_author(clean_result *r, const char *value, size_t n, size_t start, size_t end, int rank);
void find_date(clean_result *r, const char *key, const char *value, size_t n, size_t start,
               size_t end, int rank);
void find_plain(clean_result *r, const char *key, const char *value, size_t n, size_t start,
                size_t end, int rank);

/* Once all is found: titles lose the publisher's name at their end, by what the first <h1> (n
 * bytes) says. */
void trim_titles(clean_result *r, const char *h1, size_t n);
#endif
