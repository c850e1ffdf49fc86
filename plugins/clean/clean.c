/* clean.c: the stage `clean`: pages and extracted text to the text of the article, see README.md. */
#include "clean/clean.h"
#include "clean/language.h"
#include "common/docpulse.h"
#include <winnow/plugin.h>

typedef struct clean_options {
    int64_t min_chars;
    wn_list languages;
    bool detect_language, nfc, mojibake, boilerplate;
} clean_options;

static const wn_option options[] = {
    WN_OPT_INT(clean_options, min_chars, "0", 0, 1e9, "drop documents with fewer characters of clean text; 0 drops none but empty ones"),
    WN_OPT_LIST(clean_options, languages, "", "keep only documents in these languages (BCP 47, such as en,de); empty keeps all"),
    WN_OPT_BOOL(clean_options, detect_language, "true", "find the language of the text"),
    WN_OPT_BOOL(clean_options, nfc, "true", "bring characters to Unicode normal form C"),
    WN_OPT_BOOL(clean_options, mojibake, "true", "repair UTF-8 that was read as Windows-1252"),
    WN_OPT_BOOL(clean_options, boilerplate, "true", "remove lines that are not the article, and read bylines, datelines and credits"),
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
            return wn_fail(err, WN_E_CONFIG, "%s: line %d cannot be read; its format is described in the file itself", names[i], line);
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
    return *ret_worker != NULL ? WN_OK : wn_fail(err, WN_E_CONFIG, "no language fingerprints in %s: install libexttextcat-data", TEXTCAT_DATADIR);
}

static void worker_close(wn_stage *stage, void *worker)
{
    (void)stage;
    cleaner_free(worker);
}

static const char *meta_string(wn_doc *doc, const char *key)
{
    return json_string_value(json_object_get(wn_meta(doc), key));
}

/* What a source or an earlier pass said stands. */
static wn_status take_finds(wn_doc *doc, const clean_result *r, wn_error *err)
{
    const clean_find *best[RESULT_KEYS];
    wn_status status = WN_OK;
    for (size_t i = 0, n = result_bests(r, best); i < n && status == WN_OK; i++) {
        const clean_find *f = best[i];
        const char *old = meta_string(doc, f->key);
        if (old == NULL || old[0] == '\0')
            status = wn_meta_set(doc, f->key, json_string(f->value), f->start, f->end);
    }
    return status == WN_E_NOMEM ? wn_fail(err, status, "out of memory") : status;
}

static wn_status take_blocks(wn_doc *doc, const clean_result *r, wn_error *err)
{
    static const char *const kinds[] = {NULL, "list", "quote", "caption"};
    for (size_t i = 0; i < r->n_blocks; i++) {
        const clean_block *b = &r->block[i];
        bool heading = b->kind == BLOCK_HEADING;
        json_t *attrs = heading ? json_pack("{s:i}", "level", b->level)
                        : kinds[b->kind] != NULL ? json_pack("{s:s}", "kind", kinds[b->kind]) : NULL;
        wn_status status = wn_span_add(doc, heading ? "heading" : "paragraph", b->start, b->end, attrs, NULL);
        if (status != WN_OK)
            return status == WN_E_NOMEM ? wn_fail(err, status, "out of memory") : status;
    }
    return WN_OK;
}

static wn_status take(wn_doc *doc, const clean_result *r, wn_error *err)
{
    wn_edit *edits = wn_alloc(doc, (r->n_edits + 1) * sizeof *edits);
    if (edits == NULL)
        return wn_fail(err, WN_E_NOMEM, "no memory for the edits");
    for (size_t i = 0; i < r->n_edits; i++)
        edits[i] = (wn_edit){r->edit[i].start, r->edit[i].end, {r->edit[i].text, r->edit[i].len}};
    wn_status st = take_finds(doc, r, err);
    if (st == WN_OK)
        st = wn_edit_text(doc, edits, r->n_edits, err);
    return st == WN_OK ? take_blocks(doc, r, err) : st;
}

static bool marked(const wn_doc *doc)
{
    return wn_spans(doc, "paragraph", &(size_t){0}) != NULL || wn_spans(doc, "heading", &(size_t){0}) != NULL;
}

static wn_status judge(wn_doc *doc, const clean_options *o)
{
    const char *said = meta_string(doc, "language"), *language = said != NULL ? said : "und";
    size_t chars = clean_length(wn_text(doc).p, wn_text(doc).len);
    if (chars == 0)
        return wn_drop(doc, "no text is left", "empty", json_integer(0), NULL);
    if (chars < (size_t)o->min_chars)
        return wn_drop(doc, "the text is short", "min_chars", json_integer((json_int_t)chars), json_integer(o->min_chars));
    for (size_t i = 0; i < o->languages.n; i++)
        if (language_is(language, o->languages.item[i]))
            return WN_OK;
    return o->languages.n == 0 ? WN_OK : wn_drop(doc, "the language is not wanted", "languages", json_string(language), NULL);
}

static wn_status process(wn_stage *stage, wn_doc *doc, wn_error *err)
{
    const clean_options *o = wn_options(stage);
    cleaner *c = wn_worker(doc);
    clean_switches on = {o->nfc, o->mojibake, o->boilerplate, o->detect_language};
    docpulse beat;
    cleaner_begin(c, &on, docpulse_start(&beat, doc, err));
    for (;;) {
        clean_known known = {meta_string(doc, "content_type"), meta_string(doc, "title"), meta_string(doc, "author"),
                             meta_string(doc, "publisher"), meta_string(doc, "language"), marked(doc)};
        const clean_result *r;
        if (!cleaner_step(c, wn_text(doc).p, wn_text(doc).len, &known, &r))
            return beat.pulse.stopped != 0 ? docpulse_failure(&beat) : wn_fail(err, WN_E_NOMEM, "out of memory while cleaning, or the language fingerprints in %s cannot be read", TEXTCAT_DATADIR);
        if (r == NULL)
            break;
        wn_status status = take(doc, r, err);
        if (status == WN_OK)
            status = wn_tick(doc, err);
        if (status != WN_OK)
            return status;
    }
    for (int i = 0; i < CLEAN_COUNTERS; i++)
        if (cleaner_count(c, i) > 0)
            wn_count(doc, clean_counter_name(i), cleaner_count(c, i));
    return judge(doc, o);
}

static const wn_plugin plugin = {
    WN_PLUGIN_HEAD, .name = "clean", .version = "1.0", .license = "MIT", .flags = WN_IDEMPOTENT,
    .summary = "the article's text out of pages and noisy extracts, with its metadata", .options = options,
    .options_size = sizeof(clean_options), .open = stage_open, .close = stage_close, .worker_open = worker_open,
    .worker_close = worker_close, .process = process,
};
WN_PLUGIN_ENTRY(plugin)
