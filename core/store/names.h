/* names.h: no two documents of a run have one name. A document's id is a label, which inputs may
 * give twice; links in the results need a name. The first document with an id, in input order, is
 * called by it; the next ones are called ID~2, ID~3 and so on. Also: does the document into which
 * another was merged exist, and does it stand for it in the end?
 *
 * Ids are kept as 64 bits of hash in a scratch file (16 bytes a document); of two ids with one hash
 * the second gets a suffix that it would not need. Written by the committer of the first step only;
 * read by all threads after it. */
#ifndef CORE_STORE_NAMES_H
#define CORE_STORE_NAMES_H
#include "util/strbuf.h"
#include <winnow/plugin.h>

typedef struct names names;

/* dir: the run's work folder, borrowed. WN_E_NOMEM, WN_E_IO: scratch files, here and below. */
wn_status names_new(const char *dir, names **ret_names, wn_error *err);
void names_free(names *n); /* NULL is fine */

/* The name of the next document in input order: in ret_name when it is not the id itself, which
 * leaves it empty. */
wn_status names_give(names *n, wn_str id, strbuf *ret_name, wn_error *err);
/* The id of a document that does not come out: it is known, and takes nobody's name. */
wn_status names_note(names *n, wn_str id, wn_error *err);
bool names_know(const names *n, wn_str name); /* given, or noted; by its hash */

/* `stage` merged the document `name` into `into`; all are copied. WN_E_NOMEM, WN_E_IO. */
wn_status names_merged(names *n, wn_str name, wn_str into, const char *stage, wn_error *err);
/* After the last document: WN_E_STAGE when a document was merged into one that is not in the run,
 * or in a ring. */
wn_status names_check_merges(names *n, wn_error *err);
#endif
