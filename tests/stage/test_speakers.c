/* Entities of a text and whom sources mean, with the real data files, without the machine. */
#include "claims/speaker.h"
#include "analysed.h"
#include "tap.h"
#include "unit/heap.h"
#include "work/data.h"

static const wn_analysis *a;
static syntax s;
static claim_list claims;
static entity_set entities;
static ranker weights;
static lexicon *words;
static tagger tags;
static char out[8192];

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

static void find(const char *text)
{
    size_t left_out;
    const extract_options o = {400, true, NULL, 0};
    a = analysed(text, strlen(text), NULL, &tags);
    CHECK(a != NULL && syntax_document(&s, text, a, words, NULL));
    CHECK(claims_extract(&s, &o, &claims, &left_out));
    CHECK(speakers_resolve(&weights, &s, &claims, &entities));
    out[0] = 0;
}

/* "status: name" of each claim. */
static const char *speakers_of(const char *text)
{
    static const char *const names[] = {"named", "resolved", "unnamed", "unknown"};
    find(text);
    for (size_t i = 0; i < claims.n; i++) {
        const claim *c = &claims.item[i];
        put_string(i > 0 ? " | " : "");
        put_string(names[c->speaker_status]);
        put_string(range_empty(c->name) ? "" : ": ");
        put(text, c->name);
    }
    return out;
}

static const char *sources_of(const char *text)
{
    find(text);
    for (size_t i = 0; i < claims.n; i++) {
        put_string(i > 0 ? " | " : "");
        put(text, claims.item[i].source);
    }
    return out;
}

/* "kind name: mention, mention" of each entity, in the order of the text. */
static const char *entities_of(const char *text)
{
    static const char *const kinds[] = {"unknown", "person", "organisation", "place", "role"};
    find(text);
    for (uint32_t id = 1; id <= entities.n; id++)
        for (size_t x = 0, n = 0; x < entities.n; x++) {
            const entity *one = &entities.entity[x];
            if (one->id != id)
                continue;
            put_string(id > 1 ? " | " : "");
            put_string(kinds[one->kind]);
            put_string(" ");
            put(text, one->name);
            for (size_t i = 0; i < entities.n_mentions; i++)
                if (entities.mention[i].entity == x) {
                    put_string(n++ > 0 ? ", " : ": ");
                    put(text, entities.mention[i].span);
                }
        }
    return out;
}

static void names_and_their_variants(void)
{
    CHECK_STR(entities_of("Mayor Ann Orr came. Ms Orr left. Then Ann slept."),
              "person Ann Orr: Mayor Ann Orr, Ms Orr, Ann");
    CHECK_INT(entities.entity[0].gender, GENDER_FEMALE);
    CHECK_STR(entities_of("Orr left early. Later Ann Orr came."), "person Ann Orr: Orr, Ann Orr");
    CHECK_STR(entities_of("Ann B. Orr came. A. Orr left."),
              "person Ann B. Orr: Ann B. Orr, A. Orr");
    CHECK_STR(entities_of("Ben Orr met Ann Orr. Mrs Orr left."),
              "person Ben Orr: Ben Orr | person Ann Orr: Ann Orr, Mrs Orr");
    CHECK_STR(entities_of("Ben O'Neil came. O'Neil left."),
              "person Ben O'Neil: Ben O'Neil, O'Neil");
    CHECK_STR(entities_of("Ludwig van der Orr came. Mr van der Orr left."),
              "person Ludwig van der Orr: Ludwig van der Orr, Mr van der Orr");
    CHECK_STR(entities_of("Salem Voters Move Against Ann Orr"), "person Ann Orr: Ann Orr");
    CHECK_STR(entities_of("Salem's mayor Ann Orr came."),
              "unknown Salem: Salem | person Ann Orr: mayor Ann Orr");
}

static void bodies(void)
{
    CHECK_STR(entities_of("The Agency for Sea Affairs (ASA) came. The ASA left."),
              "organisation Agency for Sea Affairs: The Agency for Sea Affairs, ASA, The ASA");
    CHECK_STR(entities_of("The Harbour Trade Council came. HTC left."),
              "organisation Harbour Trade Council: The Harbour Trade Council, HTC");
    CHECK_STR(
        entities_of("The U.N. Tide Council met. The Tide Council left. The council slept."),
        "organisation U.N. Tide Council: The U.N. Tide Council, The Tide Council, The council");
    CHECK_STR(entities_of("Norland's government met. The government slept."),
              "unknown Norland: Norland | organisation Norland's government: government, The "
              "government");
    CHECK_STR(entities_of("The firm, Calloway Strand, came."),
              "organisation Calloway Strand: The firm, Calloway Strand");
}

static void appositions(void)
{
    CHECK_STR(entities_of("Ann Orr, the mayor of Salem, left. The mayor slept."),
              "person Ann Orr: Ann Orr, the mayor, The mayor | unknown Salem: Salem");
    CHECK_STR(entities_of("The mayor, Ann Orr, left."), "person Ann Orr: The mayor, Ann Orr");
    CHECK_STR(entities_of("Ann Orr, 45, a teacher, left."), "person Ann Orr: Ann Orr, a teacher");
    CHECK_STR(
        entities_of("Mayor Ann Orr met mayor Ben Ode. The mayor slept."),
        "person Ann Orr: Mayor Ann Orr | person Ben Ode: mayor Ben Ode | role mayor: The mayor");
    CHECK_STR(entities_of("A driver waited. The driver came."),
              "role driver: A driver, The driver");
}

static void no_words_around_names(void)
{
    CHECK_STR(sources_of("In the summer Ann Orr said it was late."), "Ann Orr");
    CHECK_STR(sources_of("In May Ann Orr said it was late."), "Ann Orr");
    CHECK_STR(sources_of("After the storm mayor Ann Orr said it was late."), "mayor Ann Orr");
    CHECK_STR(speakers_of("Presidents Ann Orr and Ben Ode said it was late."),
              "named: Presidents Ann Orr and Ben Ode");
    CHECK_STR(speakers_of("Prime Minister Ann Orr said it was late."), "named: Ann Orr");
    CHECK_STR(speakers_of("Ann Orr, 45, said it was late."), "named: Ann Orr");
    CHECK_STR(speakers_of("A spokesman for the port, Captain Ben Ode, said it was late."),
              "named: Ben Ode");
    CHECK_STR(speakers_of("A survey by the Institute of Tides found that it was late."),
              "named: Institute of Tides");
}

static void pronouns(void)
{
    CHECK_STR(speakers_of("Joe Orrin arrived on Monday. \"I am tired,\" he said."),
              "resolved: Joe Orrin");
    CHECK_STR(speakers_of(
                  "Petra Vonn arrived on Monday to inspect the dam. \"It is safe,\" she said."),
              "resolved: Petra Vonn");
    CHECK_STR(speakers_of("He said it was late."), "unknown");
    CHECK_STR(claims.item[0].speaker_reason, "pronoun: none before it fits well enough");
    CHECK_STR(speakers_of("Margaret Orr said it was late. He said it was dark."),
              "named: Margaret Orr | unknown");
    CHECK_STR(speakers_of("Ben Orr said it was late. He said Orr would come."),
              "named: Ben Orr | unknown");
    CHECK_STR(speakers_of("Ann Orr, who said it was late, left."), "resolved: Ann Orr");
}

/* A claim that the learned model finds and no rule does: "I think", the first in the text. */
static void add_first_person(const char *text)
{
    find(text);
    claim c = {.parent = 1, .rule = "learned", .source = {1, 2}, .cue = {2, 3}, .n_contents = 1};
    c.content[0] = (range){3, 5};
    CHECK(claims.n == 1 && claims.cap > 1);
    claims.item[1] = claims.item[0];
    claims.item[0] = c;
    claims.n = 2;
    CHECK(speakers_resolve(&weights, &s, &claims, &entities));
}

static void who_speaks_in_a_quotation_is_not_he(void)
{
    CHECK_STR(entities_of("Joe Orrin said: “He slept.”"), "person Joe Orrin: Joe Orrin");
    CHECK_STR(entities_of("Joe Orrin said he slept."), "person Joe Orrin: Joe Orrin, he");
}

static void first_persons(void)
{
    add_first_person("\"I think it is late,\" Ann Orr said.");
    CHECK_INT(claims.item[0].speaker_status, SPEAKER_RESOLVED);
    CHECK_INT(claims.item[0].entity, claims.item[1].entity);
    add_first_person("\"I think it is late,\" officials said.");
    CHECK_INT(claims.item[0].speaker_status, SPEAKER_UNKNOWN);
    CHECK_STR(speakers_of("I said it was late."), "unknown");
    CHECK_STR(claims.item[0].speaker_reason, "first person outside of quotations: the author");
    CHECK_STR(speakers_of("We said it was late."), "unknown");
}

static void next_speakers(void)
{
    CHECK_STR(speakers_of(
                  "\"The wall is rotten,\" Veld said. \"The wall is sound,\" said goalkeeper "
                  "Ed Poll."),
              "named: Veld | named: Ed Poll");
    CHECK_INT(claims.item[0].n_contents, 1);
    CHECK_STR(speakers_of(
                  "\"The wall is rotten,\" Veld said. \"The wall is sound,\" was the answer "
                  "of Poll."),
              "named: Veld");
    CHECK_INT(claims.item[0].n_contents, 1);
}

static void without_weights_pronouns_are_unknown(void)
{
    const char *text = "Joe Orrin arrived on Monday. \"I am tired,\" he said.";
    find(text);
    CHECK(speakers_resolve(NULL, &s, &claims, &entities));
    CHECK_INT(claims.item[0].speaker_status, SPEAKER_UNKNOWN);
}

static void bad_weights_are_refused(void)
{
    static const char *const bad[] = {"person.nearest", "person.nearest x", "person.farthest 3",
                                      "thing 3",        "other.nearest 3",  "person.nearest 3 4"};
    char problem[200];
    ranker r;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!ranker_load(&r, bad[i], strlen(bad[i]), problem, sizeof problem));
    CHECK_STR(problem, "speaker.weights:1: not CLASS.FEATURE NUMBER: \"person.nearest 3 4\"");
    const char good[] = "# none\n\nperson.nearest 3\nthing_speaker.threshold -4\n";
    CHECK(ranker_load(&r, good, sizeof good - 1, problem, sizeof problem));
    CHECK_INT(r.threshold[5], -4);
}

static void long_and_broken_text(void)
{
    enum { LEN = 200000 };
    static const char *const bits[] = {
        "Ann Orr ", "he said ",   "the mayor, ", "Ann Orr, the mayor, ", "“I said ", "who ",
        "'s ",      "ASA (ASA) ", "van der "};
    char *big = malloc(LEN + 64);
    for (size_t k = 0; k < sizeof bits / sizeof *bits && big != NULL; k++) {
        size_t n = 0;
        while (n < LEN) {
            memcpy(big + n, bits[k], strlen(bits[k]));
            n += strlen(bits[k]);
        }
        big[n] = 0;
        find(big);
    }
    free(big);
    CHECK(big != NULL);
}

int main(void)
{
    char problem[200];
    const work_data cues = work_read("claims/data/cues.txt"),
                    lists = work_read("claims/data/words.txt"),
                    ranks = work_read("claims/data/speaker.weights"),
                    model = work_read("common/data/tagger.model");
    words = lexicon_new(cues.p, cues.len, lists.p, lists.len, problem, sizeof problem);
    if (words == NULL || !tagger_load(&tags, model.p, model.len) ||
        !ranker_load(&weights, ranks.p, ranks.len, problem, sizeof problem)) {
        printf("Bail out! %s\n", problem);
        return 1;
    }
    RUN(names_and_their_variants);
    RUN(bodies);
    RUN(appositions);
    RUN(no_words_around_names);
    RUN(pronouns);
    RUN(who_speaks_in_a_quotation_is_not_he);
    RUN(first_persons);
    RUN(next_speakers);
    RUN(without_weights_pronouns_are_unknown);
    RUN(bad_weights_are_refused);
    RUN(long_and_broken_text);
    claim_list_release(&claims);
    entity_set_release(&entities);
    syntax_release(&s);
    lexicon_free(words);
    return DONE();
}
