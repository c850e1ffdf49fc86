/* cleaner.c: the passes in their order, see clean.h. */
#include "clean/chars.h"
#include "clean/clean.h"
#include "clean/html.h"
#include "clean/language.h"
#include "clean/lines.h"
#include <stdlib.h>
#include <string.h>

typedef enum pass { PASS_HTML, PASS_CHARS, PASS_LINES, PASS_LANGUAGE, PASS_DONE } pass;

/* of one pass: each is repeated until it changes nothing, so that a second cleaning does not */
enum { MOST_ROUNDS = 8 };

struct cleaner {
    const clean_rules *rules;
    clean_switches on;
    html_cleaner *html;
    line_cleaner lines;
    language_finder *language;
    clean_result result;
    pass pass;
    int round;
    char markup_language[24]; /* what the page says of itself */
    long long count[CLEAN_COUNTERS];
};

bool clean_rules_load(clean_rules *r, clean_file which, const char *data, size_t len, int *ret_line)
{
    html_prepare();
    switch (which) {
    case CLEAN_HINTS: return hints_load(&r->hints, data, len, ret_line);
    case CLEAN_MODEL: return model_load(&r->model, data, len, ret_line);
    case CLEAN_WORDS: return function_words_load(&r->words, data, len, ret_line);
    default: return rules_load(&r->boiler, data, len, ret_line);
    }
}

void clean_rules_release(clean_rules *r)
{
    model_release(&r->model);
    rules_release(&r->boiler);
}

cleaner *cleaner_new(const clean_rules *rules, const char *textcat_dir)
{
    cleaner *c = calloc(1, sizeof *c);
    if (c == NULL)
        return NULL;
    c->rules = rules;
    c->html = html_cleaner_new(&rules->hints, &rules->model);
    c->language = language_new(&rules->words, textcat_dir);
    if (c->html == NULL || c->language == NULL) {
        cleaner_free(c);
        return NULL;
    }
    return c;
}

void cleaner_free(cleaner *c)
{
    if (c == NULL)
        return;
    html_cleaner_free(c->html);
    lines_release(&c->lines);
    language_free(c->language);
    result_release(&c->result);
    free(c);
}

const char *clean_counter_name(int counter)
{
    static const char *const names[CLEAN_COUNTERS] = {"html_pages",        "html_fallback",
                                                      "html_cut",          "html_unplaced_bytes",
                                                      "json_ld_cut",       "lines_removed",
                                                      "mojibake_repaired", "controls_removed"};
    return names[counter];
}

long long cleaner_count(const cleaner *c, int counter)
{
    return c->count[counter];
}

void cleaner_begin(cleaner *c, const clean_switches *on, wn_pulse *owner)
{
    c->result.pulse = owner;
    c->result.words = &c->rules->boiler;
    c->on = *on;
    c->pass = PASS_HTML;
    c->round = 0;
    c->markup_language[0] = '\0';
    memset(c->count, 0, sizeof c->count);
}

/* A page says its language in its markup, often wrongly: it is kept aside until the text was looked
 * at. */
static void set_language_aside(cleaner *c)
{
    const clean_find *f = result_best(&c->result, "language");
    if (f == NULL)
        return;
    (void)strncpy(c->markup_language, f->value, sizeof c->markup_language - 1);
    c->markup_language[sizeof c->markup_language - 1] = '\0';
    for (char *p = c->markup_language; *p != '\0'; p++)
        *p = *p == '_' ? '-' : *p; /* "en_US" is meant for BCP 47 */
    size_t out = 0;
    for (size_t i = 0; i < c->result.n_finds; i++)
        if (strcmp(c->result.find[i].key, "language") != 0)
            c->result.find[out++] = c->result.find[i];
    c->result.n_finds = out;
}

static bool run_html(cleaner *c, const char *text, size_t len)
{
    html_report report;
    if (!html_clean(c->html, text, len, &c->result, &report))
        return false;
    set_language_aside(c);
    c->count[COUNT_PAGES]++;
    c->count[COUNT_FALLBACK] += report.fallback;
    c->count[COUNT_CUT] += report.cut > 0;
    c->count[COUNT_UNPLACED] += (long long)report.unplaced;
    c->count[COUNT_SCRIPTS] += (long long)report.scripts;
    html_cleaner_trim(c->html);
    return true;
}

static bool run_chars(cleaner *c, const char *text, size_t len)
{
    chars_counts counts = {0, 0, 0, 0};
    if (!chars_clean(text, len, c->on.mojibake, c->on.nfc, &c->result, &counts))
        return false;
    c->count[COUNT_MOJIBAKE] += (long long)counts.mojibake;
    c->count[COUNT_CONTROLS] += (long long)counts.controls;
    return true;
}

static bool run_lines(cleaner *c, const char *text, size_t len, const clean_known *known)
{
    lines_known k = {known->title, known->author, known->publisher};
    bool ok = lines_clean(&c->lines, c->on.boilerplate ? &c->rules->boiler : NULL, text, len, &k,
                          !known->marked, &c->result);
    c->count[COUNT_LINES] += (long long)c->lines.removed;
    lines_trim(&c->lines);
    return ok;
}

static bool run_language(cleaner *c, const char *text, size_t len, const clean_known *known)
{
    if (!c->on.language || (known->language != NULL && known->language[0] != '\0'))
        return true;
    const char *code = language_find(c->language, text, len), *said = c->markup_language;
    if (code == NULL)
        return false;
    if (said[0] != '\0' && (strcmp(code, "und") == 0 || language_is(said, code)))
        code = said;
    result_find(&c->result, "language", code, strlen(code), 0, 0, 0);
    return !c->result.oom;
}

static bool is_page(const char *text, size_t len, const clean_known *known)
{
    const char *type = known->content_type;
    bool declared = type != NULL && (strstr(type, "html") != NULL);
    return !known->marked && html_sniff(text, len, declared);
}

bool cleaner_step(cleaner *c, const char *text, size_t len, const clean_known *known,
                  const clean_result **ret_result)
{
    clean_result *r = &c->result;
    bool ok = true;
    *ret_result = NULL;
    if (c->pass == PASS_DONE)
        return true;
    result_clear(r);
    switch (c->pass) {
    case PASS_HTML: ok = !is_page(text, len, known) || run_html(c, text, len); break;
    case PASS_CHARS: ok = run_chars(c, text, len); break;
    case PASS_LINES: ok = run_lines(c, text, len, known); break;
    default: ok = run_language(c, text, len, known);
    }
    bool again = (c->pass == PASS_CHARS || c->pass == PASS_LINES) && r->n_edits > 0 &&
                 ++c->round < MOST_ROUNDS;
    if (!again) {
        c->pass = (pass)(c->pass + 1);
        c->round = 0;
    }
    if (ok)
        *ret_result = r;
    return ok;
}

size_t clean_length(const char *text, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++)
        n += ((uint8_t)text[i] & 0xC0) != 0x80;
    return n;
}
