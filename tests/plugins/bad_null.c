/* bad_null.c: an entry that returns nothing. */
#include "bad.h"

WN_EXPORT const wn_plugin *winnow_plugin(void);
const wn_plugin *winnow_plugin(void)
{
    return NULL;
}
