/* What the tier `full` finds on top of the rules, what the text holds of it, and the tier
 * `fast`. */
#include "stage/claims_found.h"
#include "claims/model/decode.h"

/* The stance of each claim, in the order of their cues. */
static const char *stances_of(const char *text)
{
    static const char *const names[] = {"asserted",    "denied",         "negated", "asked",
                                        "conditional", "reported_false", "hedged"};
    found_in(text, true);
    for (size_t i = 0; i < found.claims.n; i++) {
        found_put(" ", i > 0);
        found_put(names[found.claims.item[i].stance], 20);
    }
    return found.line;
}

static void what_is_said(void)
{
    CHECK_STR(stances_of("Mayor Ann Orr said that the pier was safe."), "asserted");
    CHECK_STR(stances_of("Mayor Ann Orr denied that the pier was rotten."), "denied");
    CHECK_STR(stances_of("Mayor Ann Orr reportedly said that the pier was safe."), "hedged");
}

static void what_is_not_said(void)
{
    CHECK_STR(stances_of("Mayor Ann Orr did not say that the pier was safe."), "negated");
    CHECK_STR(stances_of("Mayor Ann Orr never said that the pier was safe."), "negated");
    CHECK_STR(stances_of("Mayor Ann Orr no longer claims that the pier is safe."), "negated");
    CHECK_STR(stances_of("Nobody said that the pier was safe."), "negated");
    CHECK_STR(stances_of("No official said that the pier was safe."), "negated");
    CHECK_STR(stances_of("Did Mayor Ann Orr say that the pier was safe?"), "asked");
    CHECK_STR(stances_of("If Mayor Ann Orr says that the pier is safe, we will go."),
              "conditional");
    CHECK_STR(stances_of("Mayor Ann Orr may say that the pier is safe."), "conditional");
    CHECK_STR(stances_of("Mayor Ann Orr falsely claimed that the pier was safe."),
              "reported_false");
    CHECK_STR(stances_of("The mayor stopped short of saying that the pier was safe."), "negated");
}

static void speakers_beside_quotations(void)
{
    CHECK_STR(found_claims("Mayor Ann Orr: “We will rebuild the pier.”", true),
              "Mayor Ann Orr / : / “We will rebuild the pier.”");
    CHECK_STR(found_claims("And from harbour master Bo Quay:\n\n“The pier will stand.”", true),
              "harbour master Bo Quay / : / “The pier will stand.”");
    CHECK_STR(found_claims("“The pier will stand for years.” —Commissioner Ann Orr", true),
              "Commissioner Ann Orr / — / “The pier will stand for years.”");
    CHECK_STR(found_claims("“Nobody asked us,” grumbled fisherman Bo Quay.", true),
              "fisherman Bo Quay / grumbled / “Nobody asked us,”");
    CHECK_STR(found_claims("“What a day!” harrumphed Bo Quay.", true),
              "Bo Quay / harrumphed / “What a day!”");
    CHECK_STR(found_claims("“We close the mill,” director Bo Quay told reporters on Monday, “but "
                           "not before spring.”",
                           true),
              "director Bo Quay / told / “We close the mill,” + “but not before spring.”");
    /* neither a name nor a title: nobody's */
    CHECK_STR(found_claims("Verdict: “An uneven film.”", false), "");
}

/* A quotation goes on with the speaker before only while nobody else is said to speak. */
static void quotations_are_parted(void)
{
    CHECK_STR(found_claims("“The wall is rotten,” Orr said. “The wall is sound,” said keeper Bo "
                           "Quay.",
                           true),
              "Orr / said / “The wall is rotten,” | keeper Bo Quay / said / “The wall is sound,”");
    CHECK_STR(found_claims("“The wall is rotten,” Orr said. “It must go.”", true),
              "Orr / said / “The wall is rotten,” + “It must go.”");
}

/* What somebody thinks and wants within his own words is part of them. */
static void own_words_are_no_claims(void)
{
    CHECK_STR(found_claims("“I think the wall is rotten and we want it to go,” Ann Orr said.",
                           true),
              "Ann Orr / said / “I think the wall is rotten and we want it to go,”");
}

static unsigned doubtful_in(const char *text, int32_t confident)
{
    const extract_options o = {400, true, NULL, 0};
    attribution_model m = found.model;
    unsigned n = 0;
    m.confident = confident;
    found_in(text, true);
    CHECK(attribution_find(&m, &found.work, &found.s, &o, &found.ruled, &found.claims));
    for (size_t i = 0; i < found.claims.n; i++)
        n += found.claims.item[i].doubtful;
    return n;
}

/* What the rules do not know and the model hardly does is marked; what they know is not. */
static void doubt(void)
{
    const char *learnt = "Polling shows that voters dislike the plan.",
               *ruled = "Ann Orr said that the pier was safe.";
    CHECK_INT(doubtful_in(learnt, INT32_MAX), 1);
    CHECK_INT(doubtful_in(learnt, INT32_MIN), 0);
    CHECK_INT(doubtful_in(ruled, INT32_MAX), 0);
    /* an event says nothing: whoever writes so thinks so */
    CHECK_INT(doubtful_in("The low turnout signaled that voters had lost interest.", INT32_MIN), 1);
    CHECK_INT(doubtful_in("The new survey signaled that voters had lost interest.", INT32_MIN), 0);
}

static void a_damaged_model_is_refused(void)
{
    const work_data model = work_read("claims/data/attribution.model");
    attribution_model m;
    CHECK(attribution_load(&m, model.p, model.len));
    CHECK(!attribution_load(&m, model.p, model.len - 1));
    CHECK(!attribution_load(&m, model.p, 8));
    model.p[model.len / 2] = (char)(model.p[model.len / 2] ^ 1);
    CHECK(!attribution_load(&m, model.p, model.len));
    model.p[model.len / 2] = (char)(model.p[model.len / 2] ^ 1);
    model.p[8]++; /* another size than the file's */
    CHECK(!attribution_load(&m, model.p, model.len));
    model.p[8]--;
}

/* Without tagger and model: sentences with a quotation or a verb of saying. */
static void fast(void)
{
    CHECK_STR(found_claims("“We will rebuild the pier,” Mayor Ann Orr said.", false),
              "Mayor Ann Orr / said / “We will rebuild the pier,”");
    CHECK_STR(found_claims("“We will rebuild the pier,” said Ann Orr.", false),
              "Ann Orr / said / “We will rebuild the pier,”");
    CHECK_STR(found_claims("Ann Orr said that the pier would be rebuilt.", false),
              "Ann Orr / said / that the pier would be rebuilt");
    CHECK_STR(found_claims("The boats left at noon. Nobody was there.", false), "");
}

int main(void)
{
    if (!found_open()) {
        printf("Bail out! the data of claims cannot be read\n");
        return 1;
    }
    RUN(what_is_said);
    RUN(what_is_not_said);
    RUN(speakers_beside_quotations);
    RUN(quotations_are_parted);
    RUN(own_words_are_no_claims);
    RUN(doubt);
    RUN(a_damaged_model_is_refused);
    RUN(fast);
    found_close();
    return DONE();
}
