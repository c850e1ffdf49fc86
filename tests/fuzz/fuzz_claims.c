/* Any text: claims and quantities lie in the text, parts in order, parents acyclic one step up. The
 * data are a few cues and words, and a model of pseudo-random weights, so that tags of every kind
 * come up. */
#include "claims/model/attribution.h"
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
    "[nobody] nobody\n[modal] may\n"
    "[number] one=1 two=2 twenty=20\n[magnitude] hundred=100 million=1e6\n[magnitude_letter] "
    "m=1e6\n"
    "[share] half=1/2 third=1/3\n[shares] thirds=1/3\n[multiple] doubled=2\n[multiple_of] twice=2\n"
    "[qualifier] up_to=up_to about=about nearly=under\n[qualifier_after] or_more=over\n"
    "[unit] percent=percent pounds=pound,GBP mph=mile/hour\n[sign] $=USD\n[sign_nation] us=USD\n"
    "[currency] chf=CHF\n[rate_of] day=day\n[rate] daily=day\n[range] between=and from=to\n"
    "[range_to] to\n[range_or] or\n[change] rose\n[contest] led\n[number_and] and\n[article] a\n"
    "[each] each\n[per] per\n[no_rate] ago\n[half] half\n[out_of] out_of\n[in] in\n[of] of\n"
    "[by] by\n[times] times\n[fold] fold\n[times_of] the\n[as] as\n[compared] more\n"
    "[counted] people\n[time] year\n[head_of] of for\n[worth] worth\n[many] dozens\n";

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

/* Any weights are a model. */
static const attribution_model *attributions(void)
{
    enum { ROWS = 256, N = ROWS * (HEAD_STRIDE + LABELS + STEP_STRIDE) };
    static int16_t weight[N];
    static attribution_model m;
    uint32_t x = 88172645u;
    for (size_t i = 0; i < N; i++) {
        x ^= x << 13, x ^= x >> 17, x ^= x << 5;
        weight[i] = (int16_t)((int)(x >> 16 & 255) - 128);
    }
    m = (attribution_model){.head = weight,
                            .emit = weight + ROWS * HEAD_STRIDE,
                            .step = weight + ROWS * (HEAD_STRIDE + LABELS),
                            .head_mask = ROWS - 1,
                            .emit_mask = ROWS - 1,
                            .step_mask = ROWS - 1};
    return &m;
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
        must(!range_empty(c->cue) && c->rule != NULL && c->n_contents <= CLAIM_CONTENTS);
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
    static claim_list ruled, claims;
    static attribution_work work;
    static entity_set entities;
    static ranker weights;
    char problem[200];
    size_t left_out;
    const extract_options o = {200, true, NULL, 0};
    if (known == NULL)
        must((known = lexicon_new(cues, sizeof cues - 1, words, sizeof words - 1, problem,
                                  sizeof problem)) != NULL);
    for (int full = 0; full < 2; full++) {
        const wn_analysis *a = analysed((const char *)data, size, NULL, full != 0 ? model() : NULL);
        must(a != NULL && syntax_document(&s, (const char *)data, a, known, NULL));
        must(claims_extract(&s, &o, full != 0 ? &ruled : &claims, &left_out));
        must(full == 0 || attribution_find(attributions(), &work, &s, &o, &ruled, &claims));
        must(quantities_find(&s, check_quantity, &s) &&
             speakers_resolve(&weights, &s, &claims, &entities));
        check_claims(&s, &claims);
    }
    return 0;
}
