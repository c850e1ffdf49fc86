/* Any text: claims and quantities lie in the text, parts in order, parents acyclic one step up. The
 * data are a few cues and words, and a model of pseudo-random weights, so that tags of every kind
 * come up. */
#include "claims/quantity.h"
#include "claims/speaker.h"
#include "analysed.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char cues[] =
    "say statement cqwl past=said\ntell statement cqwrl past=told\ncall statement qna\n"
    "warn statement cqirpl\ndeny statement cqngl -\nsee attitude a past=saw participle=seen\n"
    "cite statement n\nvow statement cqinl\nshow statement cwle\nassure statement cqR\n"
    "point_out statement cql\ndecline silence i\nclaim noun ci\n";
static const char words[] =
    "[title] mr president\n[role] spokesman officials\n[group] ministry poll\n[male] he\n[female] "
    "she\n"
    "[silence] comment respond\n[unavailable] comment\n[boilerplate] subscribe\n[day] monday\n"
    "[join] of for in by\n[subordinate] as while\n[speech_noun] comments\n[said] said\n[place] "
    "china\n"
    "[nobody] nobody\n[modal] may\n";

static void must(bool truth)
{
    if (!truth)
        abort();
}

/* Real tags for the words the rules live on, else whatever the weights say. */
static const tagger *model(void)
{
    enum { BITS = 8, TABLE = 16 + (1 << BITS) * TAGGER_STRIDE, LEN = TABLE + 8 };
    static uint8_t bytes[LEN] = "wntag 2"; /* one slot, of no word */
    static tagger t;
    uint32_t x = 2463534242u;
    bytes[8] = BITS, bytes[9] = WN_TAGS;
    for (size_t i = 16; i < TABLE; i++) {
        x ^= x << 13, x ^= x >> 17, x ^= x << 5;
        bytes[i] = (uint8_t)(x >> 24);
    }
    must(tagger_load(&t, bytes, LEN));
    return &t;
}

static void check_range(const syntax *s, range r)
{
    must(r.first <= r.last && r.last <= s->a->n_tokens);
}

static void check_claims(const syntax *s, const claim_list *l)
{
    for (size_t i = 0; i < l->n; i++) {
        const claim *c = &l->item[i];
        check_range(s, c->source);
        check_range(s, c->speaker);
        check_range(s, c->cue);
        must(!range_empty(c->cue) && c->lemma != NULL && c->rule != NULL &&
             c->n_contents <= CLAIM_CONTENTS);
        must(c->type == CLAIM_NO_COMMENT || c->n_contents > 0);
        must(c->parent < (int32_t)l->n && c->parent != (int32_t)i);
        for (unsigned k = 0; k < c->n_contents; k++) {
            check_range(s, c->content[k]);
            must(!range_empty(c->content[k]) &&
                 (k == 0 || c->content[k].first >= c->content[k - 1].last));
        }
    }
}

static bool check_quantity(void *syntax_seen, const quantity *q)
{
    check_range(syntax_seen, q->span);
    must(q->low <= q->high && q->unit != NULL);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static lexicon *known;
    static syntax s;
    static claim_list claims;
    static entity_set entities;
    static ranker weights;
    char problem[200];
    size_t left_out;
    const extract_options o = {200, true, NULL, 0};
    if (known == NULL)
        must((known = lexicon_new(cues, sizeof cues - 1, words, sizeof words - 1, problem,
                                  sizeof problem)) != NULL);
    const wn_analysis *a = analysed((const char *)data, size, NULL, model());
    must(a != NULL && syntax_document(&s, (const char *)data, a, known, NULL));
    must(claims_extract(&s, &o, &claims, &left_out) && quantities_find(&s, check_quantity, &s) &&
         speakers_resolve(&weights, &s, &claims, &entities));
    check_claims(&s, &claims);
    return 0;
}
