/* text.c: the section `text`: rule files for what a text consists of (core/text). */
#include "config/private.h"
#include "config/options.h"
#include <string.h>

const wn_option text_options_table[] = {
    WN_OPT_LIST(
        text_options, rules, "en.text",
        "rule files of tokens, quotations and sentences; files of one language are read one "
        "after the other, documents in a language without any are read by the first"),
    WN_OPT_END};

/* The rules of this language, made when they are new. NULL: out of memory. */
static text_rules *rules_of(text_rule_set *set, const char *language)
{
    for (size_t i = 0; i < set->n; i++)
        if (strcmp(text_rules_language(set->item[i]), language) == 0)
            return set->item[i];
    text_rules *r = text_rules_new();
    if (r != NULL)
        set->item[set->n++] = r;
    return r;
}

static wn_status read_file(config *c, const char *name, const node *at, wn_error *err)
{
    char language[TEXT_LANGUAGE_MAX + 1];
    wn_error why = WN_ERROR_INIT;
    text_rules_error wrong;
    wn_str bytes;
    wn_status status = config_load_data(c, name, &bytes, &why);
    if (status == WN_E_NOMEM)
        return out_of_memory(err);
    if (status != WN_OK)
        return node_fail(at, err,
                         "`text.rules`: %s; put it beside the configuration, or set "
                         "WINNOW_DATA_PATH to the folder that holds common/data",
                         why.text);
    text_rules_file_language(bytes.p, bytes.len, language);
    text_rules *r = rules_of(&c->text_rules, language);
    if (r != NULL && text_rules_load(r, bytes.p, bytes.len, &wrong))
        return WN_OK;
    if (r == NULL || wrong.text[0] == '\0')
        return out_of_memory(err);
    return node_fail(at, err, "`text.rules`: %s:%d:%d: %s", name, wrong.line, wrong.column,
                     wrong.text);
}

wn_status text_open(config *c, const node *root, wn_error *err)
{
    const wn_list files = c->text.rules;
    const node *section = node_get(root, "text");
    const node *at = section != NULL ? node_get(section, "rules") : NULL;
    wn_status status = WN_OK;
    c->text_rules.item = arena_alloc(c->priv->memory, (files.n + 1) * sizeof *c->text_rules.item);
    if (c->text_rules.item == NULL)
        return out_of_memory(err);
    at = at != NULL ? at : root;
    for (size_t i = 0; i < files.n && status == WN_OK; i++)
        status = read_file(c, files.item[i], at->kind == NODE_LIST ? at->item[i] : at, err);
    return status;
}

void text_close(config *c)
{
    for (size_t i = 0; i < c->text_rules.n; i++)
        text_rules_free(c->text_rules.item[i]);
    json_decref(c->data_files);
}
