/* htmltext.h: the edits that turn a page into the text of its kept blocks. Blocks are divided by an
 * empty line, rows and list items by a line end, cells by a space; white space inside a block is
 * folded except in <pre>. */
#ifndef PLUGINS_CLEAN_HTMLTEXT_H
#define PLUGINS_CLEAN_HTMLTEXT_H
#include "clean/htmlblocks.h"
#include "clean/result.h"

/* Edits for the `len` bytes of the page and its blocks, into r: see r->oom. */
void html_write(const html_tree *t, const html_blocks *b, const char *src, size_t len,
                clean_result *r);
#endif
