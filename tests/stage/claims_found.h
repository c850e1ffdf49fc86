/* claims_found.h: the claim finder of either tier on a text, with its real data files, and what it
 * found as one line. */
#ifndef TESTS_STAGE_CLAIMS_FOUND_H
#define TESTS_STAGE_CLAIMS_FOUND_H
#include "claims/model/attribution.h"
#include "analysed.h"
#include "tap.h"
#include "work/data.h"

static struct found {
    lexicon *words;
    tagger tags;
    attribution_model model;
    attribution_work work;
    syntax s;
    claim_list ruled, claims;
    const wn_analysis *a;
    char line[8192];
} found;

static bool found_open(void)
{
    char problem[200];
    const work_data cues = work_read("claims/data/cues.txt"),
                    lists = work_read("claims/data/words.txt"),
                    tags = work_read("common/data/tagger.model"),
                    model = work_read("claims/data/attribution.model");
    found.words = lexicon_new(cues.p, cues.len, lists.p, lists.len, problem, sizeof problem);
    return found.words != NULL && tagger_load(&found.tags, tags.p, tags.len) &&
           attribution_load(&found.model, model.p, model.len);
}

static void found_close(void)
{
    attribution_work_release(&found.work);
    claim_list_release(&found.ruled);
    claim_list_release(&found.claims);
    syntax_release(&found.s);
    lexicon_free(found.words);
}

/* In found.claims. full: with the tagger and the model; else by rules on guessed tags. */
static void found_in(const char *text, bool full)
{
    size_t left_out;
    const extract_options o = {400, true, NULL, 0};
    found.a = analysed(text, strlen(text), NULL, full ? &found.tags : NULL);
    CHECK(found.a != NULL && syntax_document(&found.s, text, found.a, found.words, NULL));
    CHECK(claims_extract(&found.s, &o, full ? &found.ruled : &found.claims, &left_out));
    CHECK(!full ||
          attribution_find(&found.model, &found.work, &found.s, &o, &found.ruled, &found.claims));
    found.line[0] = 0;
}

static void found_put(const char *string, size_t len)
{
    size_t n = strlen(found.line);
    (void)snprintf(found.line + n, sizeof found.line - n, "%.*s", (int)len, string);
}

static void found_words(const char *text, range r)
{
    if (!range_empty(r))
        found_put(text + found.a->token[r.first].start,
                  found.a->token[r.last - 1].end - found.a->token[r.first].start);
}

/* "source / cue / content + content", claims joined by " | ". */
static const char *found_claims(const char *text, bool full)
{
    found_in(text, full);
    for (size_t i = 0; i < found.claims.n; i++) {
        const claim *c = &found.claims.item[i];
        found_put(" | ", i > 0 ? 3 : 0);
        found_words(text, c->source);
        found_put(" / ", 3);
        found_words(text, c->cue);
        found_put(" / ", c->n_contents > 0 ? 3 : 0);
        for (unsigned k = 0; k < c->n_contents; k++) {
            found_put(" + ", k > 0 ? 3 : 0);
            found_words(text, c->content[k]);
        }
    }
    return found.line;
}
#endif
