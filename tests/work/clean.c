/* clean.c: all passes over a page or a text, with the real rules. */
#include "clean/clean.h"
#include "work/data.h"
#include "work/work.h"
#include <stdlib.h>

static cleaner *new_cleaner(void)
{
    static const char *const files[CLEAN_FILES] = CLEAN_FILE_NAMES;
    static clean_rules rules;
    for (int i = 0; i < CLEAN_FILES; i++) {
        char name[64];
        int line;
        (void)snprintf(name, sizeof name, "clean/data/%s", files[i]);
        const work_data d = work_read(name);
        if (!clean_rules_load(&rules, (clean_file)i, d.p, d.len, &line))
            return NULL;
    }
    return cleaner_new(&rules, TEXTCAT_DATADIR);
}

static bool run(const char *type, const char *text, size_t len, wn_pulse *owner)
{
    static const clean_switches on = {true, true, true, true};
    static cleaner *c;
    clean_known known = {.content_type = type, .language = "en"};
    char *now = malloc(len + 1);
    bool ok = now != NULL && (c != NULL || (c = new_cleaner()) != NULL);
    const clean_result *r = NULL;
    if (ok) {
        memcpy(now, text, len);
        cleaner_begin(c, &on, owner);
    }
    while (ok && (ok = cleaner_step(c, now, len, &known, &r)) && r != NULL) {
        const clean_find *best[RESULT_KEYS];
        (void)result_bests(r, best);
        char *next = result_apply(r, now, len, &len);
        free(now);
        now = next;
        ok = now != NULL;
        known.marked = known.marked || r->n_blocks > 0;
    }
    free(now);
    return ok;
}

bool work_clean(const char *text, size_t len, wn_pulse *owner)
{
    return run("text/plain", text, len, owner);
}

bool work_pages(const char *text, size_t len, wn_pulse *owner)
{
    return run("text/html", text, len, owner);
}
