/* pairs.h: keys and their values (what a document emitted, edges) as a list in a buffer, in host
 * byte order. Pure. */
#ifndef CORE_STORE_PAIRS_H
#define CORE_STORE_PAIRS_H
#include "util/strbuf.h"
#include <winnow/plugin.h>

/* One more at the end; out->oom when there is no memory. */
void pairs_add(strbuf *out, wn_str key, wn_str value);
/* The first of *in, which is cut by it: slices of it. false: none is left. */
bool pairs_take(wn_str *in, wn_str *ret_key, wn_str *ret_value);
#endif
