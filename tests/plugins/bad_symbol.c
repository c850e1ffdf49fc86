/* bad_symbol.c: needs a function that nobody has. */
#include "bad.h"

wn_status no_such_function_anywhere(wn_doc *doc);

static wn_status process(wn_stage *stage, wn_doc *doc, wn_error *err)
{
    (void)stage, (void)err;
    return no_such_function_anywhere(doc);
}

static const wn_plugin plugin = {WN_PLUGIN_HEAD, .name = "bad_symbol", BAD_REST,
                                 .process = process};
WN_PLUGIN_ENTRY(plugin)
