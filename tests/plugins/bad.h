/* bad.h: the good part of a bad plugin. */
#ifndef TESTS_PLUGINS_BAD_H
#define TESTS_PLUGINS_BAD_H
#include <winnow/plugin.h>

static inline wn_status bad_process(wn_stage *stage, wn_doc *doc, wn_error *err)
{
    (void)stage, (void)doc, (void)err;
    return WN_OK;
}

#define BAD_REST .version = "1.0", .summary = "a bad plugin", .license = "MIT"
#endif
