/* html.c: see html.h: tree, blocks, choice, metadata and text, one after the other. */
#include "clean/html.h"
#include "clean/htmlmeta.h"
#include "clean/htmltext.h"
#include <stdlib.h>

struct html_cleaner {
    const html_hints *hints;
    const content_model *model;
    html_tree tree;
    html_blocks blocks;
};

html_cleaner *html_cleaner_new(const html_hints *hints, const content_model *model)
{
    html_cleaner *c = calloc(1, sizeof *c);
    if (c != NULL) {
        c->hints = hints;
        c->model = model;
    }
    return c;
}

void html_cleaner_free(html_cleaner *c)
{
    if (c == NULL)
        return;
    html_release(&c->tree);
    blocks_release(&c->blocks);
    free(c);
}

void html_cleaner_trim(html_cleaner *c)
{
    enum { KEPT = 1 << 14 }; /* nodes */
    if (c->tree.cap_nodes <= KEPT && c->tree.cap_pieces <= KEPT)
        return;
    html_trim(&c->tree);
    blocks_release(&c->blocks);
}

bool html_clean(html_cleaner *c, const char *text, size_t len, clean_result *r,
                html_report *ret_report)
{
    *ret_report = (html_report){0, 0, 0, 0, 0, false};
    c->tree.pulse = r->pulse;
    if (!html_read(&c->tree, c->hints, text, len) || !blocks_find(&c->blocks, &c->tree, text))
        return false;
    ret_report->scripts = html_meta(&c->tree, &c->blocks, text, r);
    const clean_find *title = result_best(r, "title");
    ret_report->fallback =
        !content_select(c->model, &c->tree, &c->blocks, text, title != NULL ? title->value : "");
    html_write(&c->tree, &c->blocks, text, len, r);
    bool stopped = r->pulse != NULL && r->pulse->stopped != 0;
    ret_report->blocks = c->blocks.n_blocks;
    for (size_t i = 0; i < c->blocks.n_blocks; i++)
        ret_report->kept += c->blocks.block[i].keep;
    ret_report->unplaced = c->tree.unplaced;
    ret_report->cut = c->tree.cut;
    return !r->oom && !stopped;
}
