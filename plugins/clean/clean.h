/* clean.h: the passes of cleaning in their order, each to be applied to the text before the next is
 * asked for. Knows no plugin type. Rules are read-only and shared; a cleaner has one owner. */
#ifndef PLUGINS_CLEAN_CLEAN_H
#define PLUGINS_CLEAN_CLEAN_H
#include "clean/content.h"
#include "clean/functionwords.h"
#include "clean/hints.h"
#include "clean/result.h"
#include "clean/rules.h"

typedef enum clean_file {
    CLEAN_HINTS,
    CLEAN_MODEL,
    CLEAN_BOILERPLATE,
    CLEAN_WORDS,
    CLEAN_FILES
} clean_file;
#define CLEAN_FILE_NAMES \
    { \
        "html.hints", "content.model", "en.boilerplate", "function.words" \
    }

typedef struct clean_rules {
    html_hints hints;
    content_model model;
    boiler_rules boiler;
    function_words words;
} clean_rules;

/* Data must outlive the rules. false: *ret_line is the bad line. To be called before threads
 * start. */
bool clean_rules_load(clean_rules *r, clean_file which, const char *data, size_t len,
                      int *ret_line);
void clean_rules_release(clean_rules *r); /* also of zeros, or when loading failed */

typedef struct clean_switches {
    bool nfc, mojibake, boilerplate, language;
} clean_switches;

/* What the document says at this moment; strings may be NULL. */
typedef struct clean_known {
    const char *content_type, *title, *author, *publisher, *language;
    bool marked; /* it has paragraphs or headings */
} clean_known;

enum {
    COUNT_PAGES,
    COUNT_FALLBACK,
    COUNT_CUT,
    COUNT_UNPLACED,
    COUNT_SCRIPTS,
    COUNT_LINES,
    COUNT_MOJIBAKE,
    COUNT_CONTROLS,
    CLEAN_COUNTERS
};
const char *clean_counter_name(int counter); /* in stats.json; static */

typedef struct cleaner cleaner;
/* The rules are borrowed; textcat_dir: folder of libexttextcat's fingerprints. NULL: no memory, or
 * no language data */
cleaner *cleaner_new(const clean_rules *rules, const char *textcat_dir);
void cleaner_free(cleaner *c); /* NULL is fine */

/* Start with a document, then step until *ret_result is NULL; apply edits, finds and blocks of each
 * result (borrowed until the next call) before the next step. false: out of memory, or the pulse
 * (may be NULL) says to stop. */
void cleaner_begin(cleaner *c, const clean_switches *on, wn_pulse *owner);
bool cleaner_step(cleaner *c, const char *text, size_t len, const clean_known *known,
                  const clean_result **ret_result);
long long cleaner_count(const cleaner *c, int counter); /* of the document begun last */

size_t clean_length(const char *text, size_t len); /* characters */
#endif
