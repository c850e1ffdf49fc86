/* fuzz_clean_text.c: any bytes as extracted text, as fuzz_clean_html does with pages. */
#define FUZZ_TYPE "text/plain"
#include "fuzz_clean.h"
