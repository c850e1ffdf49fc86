/* anchor.c: one object of each public type, for abidiff: it compares what a library's objects look
 * like. */
#include <winnow/plugin.h>

extern const wn_plugin anchor_plugin;
const wn_plugin anchor_plugin = {WN_PLUGIN_HEAD, .name = "anchor"};
extern const wn_host anchor_host;
const wn_host anchor_host = {.struct_size = sizeof(wn_host)};
extern wn_error anchor_error;
wn_error anchor_error = WN_ERROR_INIT;
extern wn_option anchor_option;
wn_option anchor_option = WN_OPT_END;
extern struct {
    wn_list list;
    wn_edit edit;
    wn_range range;
    wn_span span;
    wn_record record;
    wn_value value;
    wn_edge edge;
    wn_part part;
    wn_token token;
    wn_extent extent;
    wn_quotation quotation;
    wn_analysis analysis;
    wn_pulse pulse;
    wn_doc_pulse beat;
} anchor_rest;
__typeof__(anchor_rest) anchor_rest = {.list = {NULL, 0}};
extern struct {
    wn_status status;
    wn_option_type type;
    wn_map_kind kind;
    wn_level level;
    wn_role role;
    wn_token_kind token;
    wn_tag tag;
} anchor_enums;
__typeof__(anchor_enums) anchor_enums = {WN_OK,        WN_T_END,      WN_MAP_EXACT, WN_DEBUG,
                                         WN_ROLE_NONE, WN_TOKEN_WORD, WN_TAG_PUNCT};
