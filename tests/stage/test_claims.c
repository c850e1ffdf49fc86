/* Claims and speakers of the claim finder, with its real data files, without the machine. */
#include "claims/speaker.h"
#include "analysed.h"
#include "tap.h"
#include "unit/heap.h"
#include <stdlib.h>

static const wn_analysis *a;
static syntax s;
static claim_list claims;
static entity_set entities;
static ranker weights;
static lexicon *words;
static tagger tags;
static char out[8192];

static char *read_data(const char *name, size_t *ret_len)
{
    const char *srcdir = getenv("srcdir");
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/plugins/%s", srcdir != NULL ? srcdir : ".", name);
    FILE *f = fopen(path, "rb");
    char *bytes = malloc(1 << 24);
    if (f == NULL || bytes == NULL) {
        printf("Bail out! cannot read %s\n", path);
        exit(1);
    }
    *ret_len = fread(bytes, 1, 1 << 24, f);
    (void)fclose(f);
    return bytes;
}

static void put(const char *text, range r)
{
    size_t n = strlen(out);
    if (!range_empty(r))
        (void)snprintf(out + n, sizeof out - n, "%.*s",
                       (int)(a->token[r.last - 1].end - a->token[r.first].start),
                       text + a->token[r.first].start);
}

static void put_string(const char *string)
{
    size_t n = strlen(out);
    (void)snprintf(out + n, sizeof out - n, "%s", string);
}

static void find(const char *text, bool attitudes)
{
    size_t left_out;
    const extract_options o = {400, attitudes, NULL, 0};
    a = analysed(text, strlen(text), NULL, &tags);
    CHECK(a != NULL && syntax_document(&s, text, a, words, NULL));
    CHECK(claims_extract(&s, &o, &claims, &left_out));
    CHECK(speakers_resolve(&weights, &s, &claims, &entities));
    out[0] = 0;
}

/* "source / cue / content + content", claims joined by " | ". */
static const char *claims_of(const char *text)
{
    find(text, true);
    for (size_t i = 0; i < claims.n; i++) {
        const claim *c = &claims.item[i];
        put_string(i > 0 ? " | " : "");
        put(text, c->source);
        put_string(" / ");
        put(text, c->cue);
        put_string(c->n_contents > 0 ? " / " : "");
        for (unsigned k = 0; k < c->n_contents; k++) {
            put_string(k > 0 ? " + " : "");
            put(text, c->content[k]);
        }
    }
    return out;
}

static const char *speakers_of(const char *text)
{
    static const char *const names[] = {"named", "resolved", "unnamed", "unknown"};
    find(text, true);
    for (size_t i = 0; i < claims.n; i++) {
        const claim *c = &claims.item[i];
        put_string(i > 0 ? " | " : "");
        put_string(names[c->speaker_status]);
        put_string(range_empty(c->speaker) ? "" : ": ");
        put(text, c->speaker);
    }
    return out;
}

static void direct_quotations(void)
{
    CHECK_STR(claims_of("“The bridge is closed,” Mayor Ann Orr said on Monday."),
              "Mayor Ann Orr / said / “The bridge is closed,”");
    CHECK_INT(claims.item[0].type, CLAIM_DIRECT);
    CHECK_STR(claims_of("\"The bridge is closed. It is old,\" said Ann Orr, the mayor of Salem."),
              "Ann Orr, the mayor of Salem / said / \"The bridge is closed. It is old,\"");
    CHECK_STR(claims_of("“We waited,” Orr told reporters. “Nobody came.”"),
              "Orr / told / “We waited,” + “Nobody came.”");
    CHECK_STR(claims_of("Orr said: “We waited for an hour.”"),
              "Orr / said / “We waited for an hour.”");
    CHECK_STR(claims_of("“We waited,” Orr said. “It is late\n\n“and dark.” Nobody came."),
              "Orr / said / “We waited,” + “It is late + “and dark.”");
}

static void mixed_and_indirect(void)
{
    CHECK_STR(claims_of("The minister said the plan was “under review”."),
              "The minister / said / the plan was “under review”");
    CHECK_INT(claims.item[0].type, CLAIM_MIXED);
    CHECK_STR(claims_of(
                  "The office “does not know the date”, spokeswoman Ann Orr said in a statement."),
              "spokeswoman Ann Orr / said / The office “does not know the date”");
    CHECK_STR(claims_of("Officials confirmed on Tuesday that the dam had failed."),
              "Officials / confirmed / that the dam had failed");
    CHECK_INT(claims.item[0].type, CLAIM_INDIRECT);
    CHECK_STR(claims_of("The dam will be repaired, the ministry announced."),
              "the ministry / announced / The dam will be repaired");
    CHECK_STR(claims_of(
                  "Mr Orr plans to visit the port in June, the official news agency reported."),
              "Mr Orr / plans / to visit the port in June | the official news agency / reported / "
              "Mr Orr plans to visit the port in June");
    CHECK_STR(claims_of("An alleged spy ship sailed past."), "");
    CHECK_STR(claims_of("The dam, officials said, will be repaired."),
              "officials / said / The dam + will be repaired");
    CHECK_STR(claims_of("According to the police, two men fled."),
              "the police / According to / two men fled");
    CHECK_STR(claims_of("Two men fled, according to the police."),
              "the police / according to / Two men fled");
    CHECK_STR(claims_of("Norland warned its neighbour to stop the drills."),
              "Norland / warned / its neighbour to stop the drills");
}

static void sources_are_whole_phrases(void)
{
    CHECK_STR(claims_of("A spokesman for the port, Captain Ben Ode, said that the ship was safe."),
              "A spokesman for the port, Captain Ben Ode / said / that the ship was safe");
    CHECK_STR(claims_of("A senior official, speaking before the vote in Salem, confirmed that "
                        "talks were over."),
              "A senior official / confirmed / that talks were over");
    CHECK_STR(
        claims_of("The government sees the sale as a threat and has vowed to stop it."),
        "The government / sees / the sale as a threat | The government / has vowed / to stop it");
}

static void other_constructions(void)
{
    CHECK_STR(claims_of("The talks, described by Ann Orr as “frank and useful,” ended on Monday."),
              "Ann Orr / described / “frank and useful,”");
    CHECK_INT(claims.item[0].type, CLAIM_MIXED);
    CHECK_STR(
        claims_of(
            "An official confirmed that the port had asked, but Norland refused, citing the cost."),
        "An official / confirmed / that the port had asked, but Norland refused, citing the cost | "
        "Norland / citing / the cost");
    CHECK_INT(claims.item[1].parent, 0);
    CHECK_STR(claims_of("Orr said it was late, adding that it was dark."),
              "Orr / said / it was late | Orr / adding / that it was dark");
    CHECK_STR(claims_of("They sold arms, a step the army warned would be “very dangerous.”"),
              "the army / warned / would be “very dangerous.”");
    CHECK_STR(
        claims_of("The dam is safe, the news agency said, citing the water ministry."),
        "the news agency / said / The dam is safe | the water ministry / citing / The dam is safe");
    CHECK_INT(claims.item[1].parent, 0);
    CHECK_STR(claims_of("Ann Orr said that officials had warned that the dam was weak."),
              "Ann Orr / said / that officials had warned that the dam was weak | officials / had "
              "warned / that the dam was weak");
    CHECK_INT(claims.item[1].parent, 0);
}

static void silence_and_denial(void)
{
    CHECK_STR(claims_of("The embassy did not immediately respond to a request for comment."),
              "The embassy / did not immediately respond");
    CHECK_INT(claims.item[0].type, CLAIM_NO_COMMENT);
    CHECK_STR(claims_of("Ann Orr declined to comment."), "Ann Orr / declined to comment");
    CHECK_INT(claims.item[0].type, CLAIM_NO_COMMENT);
    CHECK_STR(claims_of("Ann Orr denied that she had left."),
              "Ann Orr / denied / that she had left");
    CHECK(claims.item[0].denied);
}

static void no_claims(void)
{
    CHECK_STR(claims_of("Subscribe today to read what experts say about it."), "");
    CHECK_STR(claims_of("Mayor Says New Bridge Will Open In Two Years"), "");
    CHECK_STR(claims_of("Critics might say that it is late."), "");
    find("Ann Orr thinks that it is late.", false);
    CHECK_INT(claims.n, 0);
}

static void speakers(void)
{
    CHECK_STR(speakers_of("Harbour spokesman Lin Bao said the ship was safe. Lin said it would "
                          "sail. The spokesman added that it was new."),
              "named | resolved: Lin Bao | resolved: Lin Bao");
    CHECK_STR(speakers_of("Port director Ann Orr said it was late. She said it was dark. Ms Orr "
                          "said it was cold."),
              "named | resolved: Ann Orr | resolved: Ann Orr");
    CHECK_STR(speakers_of("He said it was late."), "unknown");
    CHECK_STR(claims.item[0].speaker_reason, "pronoun: none before it fits well enough");
    CHECK_STR(speakers_of("Experts agree that it is late."), "unnamed");
    CHECK_STR(speakers_of("Ann Orr met the South China Sea envoys. China said it was late."),
              "named");
}

static void roles(void)
{
    CHECK_STR(speakers_of("Mayor Ann Orr said it was late. “It is dark,” the mayor said."),
              "named | resolved: Ann Orr");
    CHECK_STR(speakers_of("Salem's mayor, Ann Orr, said it was late. The mayor said it was dark."),
              "named | resolved: Ann Orr");
    CHECK_STR(speakers_of("Mayor Ann Orr met Mayor Ben Ode. The mayor said it was dark."),
              "unnamed");
    CHECK_STR(
        speakers_of(
            "Ferry committee chair Lin Bao said it was late. The committee said it was dark."),
        "named | unnamed");
    CHECK_STR(speakers_of(
                  "Green nominee Ann Orr said it was late. The Orange nominee said it was dark."),
              "named | unnamed");
    CHECK_STR(speakers_of("The defence ministry said it was late. The ministry said it was dark. "
                          "The trade ministry said it was cold."),
              "unnamed | unnamed | unnamed");
    CHECK_STR(speakers_of("The Orr campaign said it was late. The Quay campaign said it was dark. "
                          "The campaign said it was cold."),
              "named | named | resolved: Quay campaign");
    CHECK_STR(speakers_of("Minister of State Ann Orr said it was late. Orr said it was dark."),
              "named | resolved: Ann Orr");
    CHECK_STR(speakers_of("The company said it was late."), "unnamed");
    CHECK_STR(speakers_of("Work starts in June, according to the town engineer, Ann Orr."),
              "named");
    CHECK_STR(claims_of("Committee chair Ann Orr confirmed that it was late."),
              "Committee chair Ann Orr / confirmed / that it was late");
}

static void no_wrong_names(void)
{
    CHECK_STR(speakers_of("Margaret Orr said it was late. He said it was dark."),
              "named | unknown");
    CHECK_STR(speakers_of("Ben Orr met Susan Orr. Orr said it was late."), "named");
    CHECK_STR(speakers_of(
                  "Ben Orr met Susan Orr. Susan Orr said it was dark. Orr said it was late."),
              "named | resolved: Susan Orr");
    CHECK_STR(speakers_of("Ben Orr met Susan Orr. Mrs. Orr said it was late."),
              "resolved: Susan Orr");
    CHECK_STR(speakers_of("Ben Orr said it was late. He said Orr would come."), "named | unknown");
    CHECK_STR(speakers_of("Salem News said it was late. He said it was dark."), "named | unknown");
    CHECK_STR(speakers_of("Greens said it was late. He said it was dark."), "named | unknown");
    CHECK_STR(speakers_of("Campaign spokesman Ben Ode said it was late. It said it was dark."),
              "named | unknown");
    CHECK_STR(speakers_of("The ferry company said it was late. It said it was dark."),
              "unnamed | unknown");
    CHECK_STR(speakers_of("The 2025 Index said it was late. She said it was dark."),
              "named | unknown");
    CHECK_STR(claims_of("Two villages south of Salem want to leave."),
              "Two villages south of Salem / want / to leave");
    CHECK_STR(claims_of("It is late, according to a Salem Lamp/Beacon News poll."),
              "a Salem Lamp/Beacon News poll / according to / It is late");
    CHECK_STR(claims_of("Families near the dam said it was late."),
              "Families near the dam / said / it was late");
}

static void claims_around_claims(void)
{
    CHECK_STR(claims_of(
                  "Experts agree that walls move sand, the Institute of Tides warned last year."),
              "Experts / agree / that walls move sand | the Institute of Tides / warned / Experts "
              "agree that walls move sand");
    CHECK_INT(claims.item[0].parent, 1);
    CHECK_STR(claims_of("The agency has promised to pay a third, Orr said."),
              "The agency / has promised / to pay a third | Orr / said / The agency has promised "
              "to pay a third");
    CHECK_STR(claims_of("The wall fell, Orr said, but the pumps work, Quay said."),
              "Orr / said / The wall fell");
    CHECK_STR(claims_of("Scholars at the Institute of Tides estimate that walls move sand."),
              "Scholars at the Institute of Tides / estimate / that walls move sand");
    CHECK_STR(claims_of("The estimate that Orr made was wrong."), "");
    CHECK_STR(claims_of("Orr said he and his crew would come."),
              "Orr / said / he and his crew would come");
    CHECK_STR(claims_of("“They told us by letter,” Orr said."),
              "Orr / said / “They told us by letter,”");
}

static void left_open(void)
{
    CHECK_STR(claims_of("The health board has not said who will pay."),
              "The health board / has not said / who will pay");
    CHECK_INT(claims.item[0].type, CLAIM_NO_COMMENT);
    CHECK_STR(claims_of("The mayor did not rule out a tax."),
              "The mayor / did not rule out / a tax");
    CHECK_INT(claims.item[0].type, CLAIM_NO_COMMENT);
    CHECK_STR(claims_of("The mayor did not agree that it was late."),
              "The mayor / did not agree / that it was late");
    CHECK_INT(claims.item[0].denied, 1);
    CHECK_STR(claims_of("When asked whether it was late, they left."), "");
    CHECK_STR(claims_of("They will leave if the union does not respond."), "");
}

static void long_and_broken_text(void)
{
    enum { LEN = 400000 };
    static const char *const bits[] = {"“",        "X said that ",  "(",
                                       "said X, ", "according to ", "\"a ",
                                       ", ",       "’s claim that "};
    char *big = malloc(LEN + 64);
    for (size_t k = 0; k < sizeof bits / sizeof *bits && big != NULL; k++) {
        size_t n = 0;
        while (n < LEN) {
            memcpy(big + n, bits[k], strlen(bits[k]));
            n += strlen(bits[k]);
        }
        big[n] = 0;
        find(big, true);
    }
    free(big);
    CHECK(big != NULL);
}

static void words_are_given_back(void)
{
    enum { TIMES = 40, BOUND = 64 << 10 };
    size_t n_cues, n_words, before = 0;
    char problem[200], *cue_text = read_data("claims/data/cues.txt", &n_cues),
                       *word_text = read_data("claims/data/words.txt", &n_words);
    for (int i = 0; i < TIMES; i++) {
        lexicon *l = lexicon_new(cue_text, n_cues, word_text, n_words, problem, sizeof problem);
        CHECK(l != NULL);
        lexicon_free(l);
        before = i == 0 ? heap_in_use() : before;
    }
    CHECK(heap_in_use() <= before + BOUND);
    free(cue_text), free(word_text);
}

static void bad_data_is_refused(void)
{
    char problem[200];
    CHECK(lexicon_new("say\n", 4, "", 0, problem, sizeof problem) == NULL);
    CHECK_STR(problem,
              "cues.txt:1: class must be statement, attitude, decision, silence or noun, not \"\"");
    CHECK(lexicon_new("", 0, "[title] mr\n[titel]", 18, problem, sizeof problem) == NULL);
    CHECK_STR(problem, "words.txt:2: no such list: \"[titel]\"");
}

int main(void)
{
    size_t n_cues, n_words, n_model;
    char problem[200], *cue_text = read_data("claims/data/cues.txt", &n_cues),
                       *word_text = read_data("claims/data/words.txt", &n_words);
    size_t n_weights;
    char *model = read_data("common/data/tagger.model", &n_model);
    char *rank_text = read_data("claims/data/speaker.weights", &n_weights);
    words = lexicon_new(cue_text, n_cues, word_text, n_words, problem, sizeof problem);
    if (words == NULL || !tagger_load(&tags, model, n_model) ||
        !ranker_load(&weights, rank_text, n_weights, problem, sizeof problem)) {
        printf("Bail out! %s\n", problem);
        return 1;
    }
    RUN(direct_quotations);
    RUN(mixed_and_indirect);
    RUN(sources_are_whole_phrases);
    RUN(other_constructions);
    RUN(silence_and_denial);
    RUN(no_claims);
    RUN(speakers);
    RUN(roles);
    RUN(no_wrong_names);
    RUN(claims_around_claims);
    RUN(left_open);
    RUN(long_and_broken_text);
    RUN(words_are_given_back);
    RUN(bad_data_is_refused);
    claim_list_release(&claims);
    entity_set_release(&entities);
    free(rank_text);
    syntax_release(&s);
    lexicon_free(words);
    free(cue_text);
    free(word_text);
    free(model);
    return DONE();
}
