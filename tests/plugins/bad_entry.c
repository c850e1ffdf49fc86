/* bad_entry.c: a shared object that is no plugin. */
#include "bad.h"

WN_EXPORT int some_other_library(void);
int some_other_library(void)
{
    return bad_process(NULL, NULL, NULL) == WN_OK;
}
