/* clean.c: the stage `clean`: pages and extracted text to the text of the article, see
 * README.md. */
#include "clean/clean.h"
#include "clean/clean_doc.h"
#include "clean/language.h"
#include <winnow/plugin.h>
#include <winnow/plugin.h>

typedef struct clean_options {
    int64_t min_chars;
    wn_list languages;
    bool detect_language, nfc, mojibake, boilerplate;
} clean_options;

static const wn_option options[] = {
    WN_OPT_INT(clean_options, min_chars, "0", 0, 1e9,
               "drop documents with fewer characters of clean text; 0 drops none but empty ones"),
    WN_OPT_LIST(clean_options, languages, "",
                "keep only documents in these languages (BCP 47, such as en,de); empty keeps all"),
    WN_OPT_BOOL(clean_options, detect_language, "true", "find the language of the text"),
    WN_OPT_BOOL(clean_options, nfc, "true", "bring characters to Unicode normal form C"),
    WN_OPT_BOOL(clean_options, mojibake, "true", "repair UTF-8 that was read as Windows-1252"),
    WN_OPT_BOOL(clean_options, boilerplate, "true",
                "remove lines that are not the article, and read bylines, datelines and credits"),
    WN_OPT_END};

static wn_status stage_open(wn_stage *stage, wn_error *err)
{
    static const char *const names[CLEAN_FILES] = CLEAN_FILE_NAMES;
    clean_rules *rules = wn_stage_alloc(stage, sizeof *rules);
    wn_set_state(stage, rules);
    if (rules == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    for (int i = 0; i < CLEAN_FILES; i++) {
        wn_str data;
        int line = 0;
        if (wn_load_data(stage, names[i], &data, err) != WN_OK)
            return err->status;
        if (!clean_rules_load(rules, (clean_file)i, data.p, data.len, &line))
            return wn_fail(err, WN_E_CONFIG,
                           "%s: line %d cannot be read; its format is described in the file itself",
                           names[i], line);
    }
    return WN_OK;
}

static void stage_close(wn_stage *stage)
{
    if (wn_state(stage) != NULL)
        clean_rules_release(wn_state(stage));
}

static wn_status worker_open(wn_stage *stage, void **ret_worker, wn_error *err)
{
    *ret_worker = cleaner_new(wn_state(stage), TEXTCAT_DATADIR);
    return *ret_worker != NULL
               ? WN_OK
               : wn_fail(err, WN_E_CONFIG,
                         "no language fingerprints in %s: install libexttextcat-data",
                         TEXTCAT_DATADIR);
}

static void worker_close(wn_stage *stage, void *worker)
{
    (void)stage;
    cleaner_free(worker);
}

static wn_status judge(wn_doc *doc, const clean_options *o)
{
    const char *said = clean_meta(doc, "language"), *language = said != NULL ? said : "und";
    size_t chars = clean_length(wn_text(doc).p, wn_text(doc).len);
    if (chars == 0)
        return wn_drop(doc, "no text is left", "empty", json_integer(0), NULL);
    if (chars < (size_t)o->min_chars)
        return wn_drop(doc, "the text is short", "min_chars", json_integer((json_int_t)chars),
                       json_integer(o->min_chars));
    for (size_t i = 0; i < o->languages.n; i++)
        if (language_is(language, o->languages.item[i]))
            return WN_OK;
    return o->languages.n == 0 ? WN_OK
                               : wn_drop(doc, "the language is not wanted", "languages",
                                         json_string(language), NULL);
}

#define NO_LANGUAGE \
    "out of memory while cleaning, or the language fingerprints in %s cannot be read"

static wn_status process(wn_stage *stage, wn_doc *doc, wn_error *err)
{
    const clean_options *o = wn_options(stage);
    cleaner *c = wn_worker(doc);
    clean_switches on = {o->nfc, o->mojibake, o->boilerplate, o->detect_language};
    wn_doc_pulse beat;
    cleaner_begin(c, &on, wn_doc_pulse_start(&beat, doc, err));
    for (;;) {
        clean_known known = {clean_meta(doc, "content_type"), clean_meta(doc, "title"),
                             clean_meta(doc, "author"),       clean_meta(doc, "publisher"),
                             clean_meta(doc, "language"),     clean_marked(doc)};
        const clean_result *r;
        if (!cleaner_step(c, wn_text(doc).p, wn_text(doc).len, &known, &r))
            return beat.pulse.stopped != 0 ? wn_doc_pulse_failure(&beat)
                                           : wn_fail(err, WN_E_NOMEM, NO_LANGUAGE, TEXTCAT_DATADIR);
        if (r == NULL)
            break;
        wn_status status = clean_take(doc, r, err);
        if (status != WN_OK || (status = wn_tick(doc, err)) != WN_OK)
            return status;
    }
    for (int i = 0; i < CLEAN_COUNTERS; i++)
        if (cleaner_count(c, i) > 0)
            wn_count(doc, clean_counter_name(i), cleaner_count(c, i));
    return judge(doc, o);
}

static const wn_plugin plugin = {
    WN_PLUGIN_HEAD,
    .name = "clean",
    .version = "1.0",
    .license = "MIT",
    .flags = WN_IDEMPOTENT,
    .summary = "the article's text out of pages and noisy extracts, with its metadata",
    .options = options,
    .options_size = sizeof(clean_options),
    .open = stage_open,
    .close = stage_close,
    .worker_open = worker_open,
    .worker_close = worker_close,
    .process = process,
};
WN_PLUGIN_ENTRY(plugin)
