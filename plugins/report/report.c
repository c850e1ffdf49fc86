/* report.c: glue between winnow and the claims report. */
#include "report/assemble.h"
#include "report/collect.h"
#include "report/files.h"

#include <stdlib.h>
#include <string.h>

enum { IN_MEMORY = 4 << 20 }; /* bytes of spans, before a temporary file is made */

typedef struct report_options {
    const char *title, *name;
    bool html, attitudes;
    int64_t max_documents;
} report_options;

static const wn_option options[] = {
    WN_OPT_STRING(report_options, title, "Claims report", "the report's title"),
    WN_OPT_OUTPUT(report_options, name, "report",
                  "file name without its ending: NAME.json, NAME.html"),
    WN_OPT_BOOL(report_options, html, "true", "write the HTML page besides the JSON"),
    WN_OPT_BOOL(report_options, attitudes, "false",
                "also list what sources think, want and decide, not only what they say"),
    WN_OPT_INT(report_options, max_documents, "2000", 1, 1e6,
               "documents shown in detail; of more, those of shared events come first"),
    WN_OPT_END,
};

typedef struct report_state {
    wn_str css, js;
    collector *collector;
    assembly *assembly;
    wn_output *json, *html;
} report_state;

static wn_status load_inline(wn_stage *stage, const char *name, wn_str *ret_bytes, wn_error *err)
{
    wn_status status = wn_load_data(stage, name, ret_bytes, err);
    size_t line = status == WN_OK ? html_unsafe_inline(ret_bytes->p, ret_bytes->len) : 0;
    if (line == 0)
        return status;
    return wn_fail(err, WN_E_CONFIG,
                   "%s:%zu: \"</\", \"<!--\" or NUL would end it inside the page: write it "
                   "otherwise (\"<\\/\")",
                   name, line);
}

static wn_status report_open(wn_stage *stage, wn_error *err)
{
    report_state *s = wn_stage_alloc(stage, sizeof *s);
    if (s == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    wn_set_state(stage, s);
    wn_status status = load_inline(stage, "report.css", &s->css, err);
    return status == WN_OK ? load_inline(stage, "report.js", &s->js, err) : status;
}

static void report_close(wn_stage *stage)
{
    report_state *s = wn_state(stage);
    if (s == NULL)
        return;
    assembly_free(s->assembly);
    collector_free(s->collector);
}

static wn_output *open_output(wn_stage *stage, const char *suffix, wn_error *err)
{
    const report_options *o = wn_options(stage);
    char *name = wn_stage_alloc(stage, strlen(o->name) + strlen(suffix) + 1);
    if (name == NULL) {
        (void)wn_fail(err, WN_E_NOMEM, "out of memory");
        return NULL;
    }
    (void)snprintf(name, strlen(o->name) + strlen(suffix) + 1, "%s%s", o->name, suffix);
    return wn_output_open(stage, name, err);
}

static wn_status report_begin(wn_stage *stage, wn_error *err)
{
    const report_options *o = wn_options(stage);
    report_state *s = wn_state(stage);
    assembly_args args = {o->title,
                          wn_findings(stage, "align"),
                          wn_findings(stage, "dedup"),
                          (size_t)o->max_documents,
                          o->attitudes,
                          IN_MEMORY};
    s->assembly = assembly_new(&args);
    s->collector = collector_new();
    if (s->assembly == NULL || s->collector == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    s->json = open_output(stage, ".json", err);
    if (s->json != NULL && o->html)
        s->html = open_output(stage, ".html", err);
    return s->json != NULL && (s->html != NULL || !o->html) ? WN_OK : err->status;
}

static wn_status report_write(wn_stage *stage, wn_doc *doc, wn_str rendered, wn_error *err)
{
    report_state *s = wn_state(stage);
    wn_str id = wn_id(doc);
    (void)rendered;
    if (!assembly_wants(s->assembly, id.p, id.len)) {
        assembly_count(s->assembly);
        return WN_OK;
    }
    if (collect_document(s->collector, doc, s->assembly))
        return WN_OK;
    return collector_too_deep(s->collector) ? nested_too_deeply(err)
                                            : assembly_failed(s->assembly, err);
}

static wn_status report_end(wn_stage *stage, wn_error *err)
{
    report_state *s = wn_state(stage);
    if (!assembly_end(s->assembly, wn_run_info(stage)))
        return assembly_failed(s->assembly, err);
    wn_status status = write_json(s->assembly, s->json, err);
    html_page page = {.css = s->css.p, .css_len = s->css.len, .js = s->js.p, .js_len = s->js.len};
    return status == WN_OK && s->html != NULL ? write_html(s->assembly, &page, s->html, err)
                                              : status;
}

static const wn_plugin plugin = {
    WN_PLUGIN_HEAD,
    .name = "report",
    .version = "1.0",
    .license = "MIT",
    .summary = "claims report: one JSON file and one page to read",
    .options = options,
    .options_size = sizeof(report_options),
    .open = report_open,
    .close = report_close,
    .begin = report_begin,
    .write = report_write,
    .end = report_end,
};
WN_PLUGIN_ENTRY(plugin)
