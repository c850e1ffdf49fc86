/* dates.c: glue between winnow and the date finder. */
#include "dates/dates_doc.h"

#include <stdlib.h>
#include <string.h>

static const wn_option options[] = {
    WN_OPT_LIST(dates_options, rules, "en.dates",
                "rule files; files of one language are read one after the other"),
    WN_OPT_STRING(dates_options, language, "en",
                  "the language of documents that do not tell theirs"),
    WN_OPT_ENUM(dates_options, numeric_order, "auto", "auto|dmy|mdy",
                "what 03/04/2023 means; auto: by the document's other dates"),
    WN_OPT_ENUM(dates_options, weekday_direction, "past", "past|nearest",
                "which Monday, when no verb tells"),
    WN_OPT_ENUM(dates_options, document_date, "auto", "auto|text|metadata|none",
                "where the document's date may come from; auto: metadata, text, address"),
    WN_OPT_END,
};

static wn_status rules_refused(const char *file, const rules_error *e, wn_error *err)
{
    if (e->text[0] == '\0')
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    err->line = e->line, err->column = e->column;
    return wn_fail(err, WN_E_CONFIG, "%s:%d:%d: %s", file, e->line, e->column, e->text);
}

static wn_status load_file(wn_stage *stage, dates_state *s, const char *file, wn_error *err)
{
    wn_str bytes;
    rules_error e = {0, 0, ""};
    wn_status status = wn_load_data(stage, file, &bytes, err);
    if (status != WN_OK)
        return status;
    char language[sizeof s->rules[0]->language];
    date_rules_language(bytes.p, bytes.len, language);
    size_t i = 0;
    while (i < s->n && strcmp(s->rules[i]->language, language) != 0)
        i++;
    if (i == LANGUAGES_MAX)
        return wn_fail(err, WN_E_CONFIG, "rules for more than %d languages: remove some files",
                       LANGUAGES_MAX);
    if (i == s->n && (s->rules[s->n++] = date_rules_new()) == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    return date_rules_load(s->rules[i], bytes.p, bytes.len, &e) ? WN_OK
                                                                : rules_refused(file, &e, err);
}

static wn_status dates_open(wn_stage *stage, wn_error *err)
{
    const dates_options *o = wn_options(stage);
    dates_state *s = wn_stage_alloc(stage, sizeof *s);
    if (s == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    wn_set_state(stage, s);
    for (size_t i = 0; i < o->rules.n; i++) {
        wn_status status = load_file(stage, s, o->rules.item[i], err);
        if (status != WN_OK)
            return status;
    }
    rules_error e = {0, 0, ""};
    for (size_t i = 0; i < s->n; i++)
        if (!date_rules_finish(s->rules[i], &e))
            return rules_refused("rules", &e, err);
    return WN_OK;
}

static void dates_close(wn_stage *stage)
{
    dates_state *s = wn_state(stage);
    for (size_t i = 0; s != NULL && i < s->n; i++)
        date_rules_free(s->rules[i]);
}

static wn_status worker_open(wn_stage *stage, void **ret_worker, wn_error *err)
{
    (void)stage;
    *ret_worker = calloc(1, sizeof(dates_worker));
    return *ret_worker != NULL ? WN_OK : wn_fail(err, WN_E_NOMEM, "out of memory");
}

static void worker_close(wn_stage *stage, void *worker)
{
    (void)stage;
    if (worker != NULL)
        dates_worker_clear(worker);
    free(worker);
}

static const wn_plugin plugin = {
    WN_PLUGIN_HEAD,
    .name = "dates",
    .version = "1.0",
    .license = "MIT",
    .summary = "find dates, times and durations, and the date of the document itself",
    .options = options,
    .options_size = sizeof(dates_options),
    .open = dates_open,
    .close = dates_close,
    .worker_open = worker_open,
    .worker_close = worker_close,
    .process = dates_process,
};
WN_PLUGIN_ENTRY(plugin)
