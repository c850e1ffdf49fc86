/* sources.h: a stock source, linked into the test, over bytes or a file. */
#ifndef TESTS_UNIT_SOURCES_H
#define TESTS_UNIT_SOURCES_H
#include "config/config.h"
#include "document/document.h"
#include "opened.h"
#include "engine/run.h"
#include <string.h>

typedef struct source_run {
    const wn_plugin *plugin;
    void *options;
    size_t max_record;
    fetcher *fetcher;                 /* NULL: records are not fetched again */
    size_t documents, rejects, wrong; /* wrong: fetched bytes differ */
    bool overran;
} source_run;

static inline void source_put(strbuf *out, source_run *s, wn_status status, wn_doc *doc,
                              const wn_error *err)
{
    const wn_str id = document_id(doc), text = document_text(doc);
    s->documents += status == WN_OK;
    s->rejects += status != WN_OK;
    strbuf_printf(out, "%d %.*s ", (int)status, (int)id.len, id.p);
    if (status == WN_OK)
        strbuf_add(out, text.p, text.len);
    else if (status < 0)
        strbuf_puts(out, err->text);
    strbuf_putc(out, '\n');
}

/* Are a record's bytes found again by its locator? */
static inline void source_refetch(source_run *s, wn_doc *doc)
{
    wn_error err = WN_ERROR_INIT;
    wn_str again = {"", 0}, raw = document_raw(doc);
    arena *a = arena_new(0);
    const locator *at = document_locator(document_of(doc));
    if (s->fetcher != NULL && at->path != NULL && at->path[0] != '\0' &&
        (fetcher_get(s->fetcher, at, a, &again, &err) != WN_OK || again.len != raw.len ||
         memcmp(again.p, raw.p, raw.len) != 0))
        s->wrong++;
    arena_free(a);
}

static inline void source_read_unit(source_run *s, const opened *o, size_t unit, strbuf *out)
{
    stage st = {.handle = {&run_host}, .plugin = s->plugin, .id = "source", .options = s->options};
    input *in = NULL;
    wn_error err = WN_ERROR_INIT;
    document *d = document_new(&run_host, 0);
    wn_status status = WN_OK;
    if (input_open(&run_host, o->files, unit, s->max_record, &in, &err) != WN_OK ||
        input_sync(in, s->plugin, &st.handle, &err) != WN_OK)
        strbuf_printf(out, "cannot be opened: %s\n", err.text);
    while (in != NULL && status != WN_END) {
        err = (wn_error)WN_ERROR_INIT;
        document_reset(d);
        status = s->plugin->read(&st.handle, input_handle(in), document_handle(d), &err);
        if (status == WN_END)
            break;
        source_put(out, s, status, document_handle(d), &err);
        source_refetch(s, document_handle(d));
        if (status < 0 && status != WN_E_DATA && status != WN_E_LIMIT)
            break;
    }
    s->overran = s->overran || (in != NULL && input_overran(in));
    input_close(in);
    input_files_done(o->files, unit);
    document_free(d);
}

/* Every record of the file, a line each, read in units of `split` bytes. */
static inline void source_read(source_run *s, const char *path, uint64_t split, strbuf *out)
{
    opened o;
    wn_error err = WN_ERROR_INIT;
    strbuf_clear(out);
    s->documents = s->rejects = s->wrong = 0;
    s->overran = false;
    if (opened_make(&o, path, (s->plugin->flags & WN_SOURCE_SPLITS) != 0, split, &err) != WN_OK)
        return;
    for (size_t i = 0; i < o.n; i++)
        source_read_unit(s, &o, i, out);
    opened_end(&o);
}
#endif
