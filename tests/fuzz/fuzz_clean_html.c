/* fuzz_clean_html.c: any bytes as a page. Edits are valid, kept bytes are their source's, a second
 * cleaning changes nothing. */
#define FUZZ_TYPE "text/html"
#include "fuzz_clean.h"
