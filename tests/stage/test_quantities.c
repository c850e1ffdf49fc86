/* Quantities of the claims stage, with its real data files, without the machine. */
#include "claims/quantity.h"
#include "analysed.h"
#include "tap.h"
#include "work/data.h"

static lexicon *words;
static tagger tags;
static syntax s;
static const char *text;
static char out[4096];

static void put(const char *bytes, size_t len)
{
    size_t n = strlen(out);
    (void)snprintf(out + n, sizeof out - n, "%.*s", (int)len, bytes);
}

static void put_string(const char *string)
{
    put(string, strlen(string));
}

static void put_range(range r)
{
    const wn_token *token = s.a->token;
    if (!range_empty(r))
        put(text + token[r.first].start, token[r.last - 1].end - token[r.first].start);
}

static void put_number(double value)
{
    char number[40];
    (void)snprintf(number, sizeof number, "%.10g", value);
    put_string(number);
}

/* "SPAN = VALUE UNIT/PER [HEAD]" */
static bool put_amount(void *unused, const quantity *q)
{
    (void)unused;
    put_string(out[0] != '\0' ? " | " : "");
    put_range(q->span);
    put_string(" = ");
    put_number(q->value);
    put_string(" ");
    put_string(q->unit);
    put_string(q->per != NULL || !range_empty(q->per_words) ? "/" : "");
    put_string(q->per != NULL ? q->per : "");
    put_range(q->per_words);
    put_string(range_empty(q->head) ? "" : " [");
    put_range(q->head);
    put_string(range_empty(q->head) ? "" : "]");
    return true;
}

/* "QUALIFIER LOW..HIGH" */
static bool put_bounds(void *unused, const quantity *q)
{
    static const char *const names[] = {"exact", "over", "under", "about", "up_to", "range"};
    (void)unused;
    put_string(out[0] != '\0' ? " | " : "");
    put_string(names[q->qualifier]);
    put_string(" ");
    put_number(q->low);
    put_string("..");
    put_number(q->high);
    return true;
}

static const char *found_in(const char *given, quantity_taker *take)
{
    const wn_analysis *a = analysed(given, strlen(given), NULL, &tags);
    text = given;
    out[0] = '\0';
    CHECK(a != NULL && syntax_document(&s, given, a, words, NULL));
    CHECK(quantities_find(&s, take, NULL));
    return out;
}

#define AMOUNTS(given, want) CHECK_STR(found_in(given, put_amount), want)
#define BOUNDS(given, want) CHECK_STR(found_in(given, put_bounds), want)

static bool stop_at_once(void *calls, const quantity *q)
{
    (void)q;
    ++*(int *)calls;
    return false;
}

static void one_who_has_enough_is_given_no_more(void)
{
    int calls = 0;
    text = "The town spent 3 million euros on 12 boats and 40 tons of sand.";
    const wn_analysis *a = analysed(text, strlen(text), NULL, &tags);
    CHECK(a != NULL && syntax_document(&s, text, a, words, NULL));
    CHECK(!quantities_find(&s, stop_at_once, &calls));
    CHECK_INT(calls, 1);
}

/* ---- Numbers, units and what they are of ---- */

static void numbers_in_figures(void)
{
    AMOUNTS("a $2 billion arms sale", "$2 billion = 2000000000 USD [arms sale]");
    AMOUNTS("They gave over $1.7 billion in military aid.",
            "over $1.7 billion = 1700000000 USD [military aid]");
    AMOUNTS("It cost 360 million dollars and €5m.",
            "360 million dollars = 360000000 USD | €5m = 5000000 EUR");
    AMOUNTS("The bill of £2bn and of 4.35 million euros came.",
            "£2bn = 2000000000 GBP | 4.35 million euros = 4350000 EUR");
    AMOUNTS("It sold 1,200,000 tickets, 1.200.000 tickets and 12,00,000 tickets.",
            "1,200,000 = 1200000 count [tickets] | 1.200.000 = 1200000 count [tickets] | "
            "12,00,000 = 1200000 count [tickets]");
    AMOUNTS("It sold 3,5 tickets, 1,2345 tickets and 12,34 tickets.", "");
    AMOUNTS("It rose 1234567890123456 percent.", "");
    AMOUNTS("They walked 2½ miles.", "2½ miles = 2.5 mile");
}

static void groups_of_three_digits(void)
{
    AMOUNTS("It cost 5 000 crowns.", "5 000 crowns = 5000 crown");
    AMOUNTS("It cost 1 200 000 crowns.", "1 200 000 crowns = 1200000 crown");
    AMOUNTS("It cost 5\u00a0000 crowns.", "5\u00a0000 crowns = 5000 crown");
    AMOUNTS("It cost 12\u202f500.50 euros.", "12\u202f500.50 euros = 12500.5 EUR");
    AMOUNTS("It cost 5'000 francs, or 7’500 francs.",
            "5'000 francs = 5000 CHF | 7’500 francs = 7500 CHF");
    AMOUNTS("It cost 5 000m euros.", "5 000m euros = 5000000000 EUR");
    AMOUNTS("In 2019 300 people came.", "300 = 300 count [people]");
    AMOUNTS("In 2019 300 000 people came.", "300 000 = 300000 count [people]");
    AMOUNTS("They met in Room 5 000.", "");
    AMOUNTS("The 50 0000 people and 5  000 ships, agent 007.", "");
    AMOUNTS("It had 1 000 000 000 000 000 000 people.", "");
}

static void numbers_in_words(void)
{
    AMOUNTS("Twenty-five people came.", "Twenty-five = 25 count [people]");
    AMOUNTS("One hundred and fifty ships came.", "One hundred and fifty = 150 count [ships]");
    AMOUNTS("It had two million three hundred thousand and five voters.",
            "two million three hundred thousand and five = 2300005 count [voters]");
    AMOUNTS("Two hundred and five hundred ships came.", "five hundred = 500 count [ships]");
    AMOUNTS("A million votes and a hundred ships were lost.",
            "A million = 1000000 count [votes] | a hundred = 100 count [ships]");
    AMOUNTS("Two dozen ships and half a million votes were lost.",
            "Two dozen = 24 count [ships] | half a million = 500000 count [votes]");
    AMOUNTS("Two and a half million voters came.", "Two and a half million = 2500000 count "
                                                   "[voters]");
    AMOUNTS("It was nineteen ninety dollars.", "");
}

static void units(void)
{
    AMOUNTS("It cost US$5, A$5, CHF 300, EUR 4m and 300 GBP.",
            "US$5 = 5 USD | A$5 = 5 AUD | CHF 300 = 300 CHF | EUR 4m = 4000000 EUR | "
            "300 GBP = 300 GBP");
    AMOUNTS("It cost 3 million Australian dollars.", "3 million Australian dollars = 3000000 AUD");
    AMOUNTS("He weighs 236 pounds.", "236 pounds = 236 pound");
    AMOUNTS("It cost 3 million pounds, then 50 pounds sterling.",
            "3 million pounds = 3000000 GBP | 50 pounds sterling = 50 GBP");
    AMOUNTS("It rose 5%, then 5 per cent, then 5 percentage points.",
            "5% = 5 percent | 5 per cent = 5 percent | 5 percentage points = 5 percentage point");
    AMOUNTS("It was 10°C, with 5kg of snow.", "10°C = 10 celsius | 5kg = 5 kg [snow]");
    AMOUNTS("A $5-million plan for a 20-mile wall.",
            "$5-million = 5000000 USD [plan] | 20-mile = 20 mile [wall]");
    AMOUNTS("They met on Three Mile Island.", "");
}

static void heads(void)
{
    AMOUNTS("It cost $160,000 for 18 years.", "$160,000 = 160000 USD | 18 = 18 count [years]");
    AMOUNTS("The town spent $20 million last month.", "$20 million = 20000000 USD");
    AMOUNTS("Half of the voters and 40 percent of nurses.",
            "Half = 50 percent [the voters] | 40 percent = 40 percent [nurses]");
    AMOUNTS("He approved an arms package worth $2 billion.",
            "$2 billion = 2000000000 USD [an arms package]");
    AMOUNTS("The town paid for an old ferry worth $2 million in June.",
            "$2 million = 2000000 USD [an old ferry]");
    AMOUNTS("It paid $2 million in June, $3 million in fees.",
            "$2 million = 2000000 USD | $3 million = 3000000 USD [fees]");
}

static void no_quantities(void)
{
    AMOUNTS("A 5-4 ruling came at 8 pm, ten times in all, by #Orr.", "");
    AMOUNTS("Up to three ships sailed at 2 p.m. on May 21.", "Up to three = 3 count [ships]");
    AMOUNTS("At least 1,500 soldiers came in 1999.", "At least 1,500 = 1500 count [soldiers]");
    AMOUNTS("The 21st day of the 1990s, the 90's, page 10x and 12/5 at 5:30.", "");
    AMOUNTS("Call 555-123-4567, or 1-2-3 boats.", "");
    AMOUNTS("It was minus 5 degrees, or -5%, plus or minus 4 percent.", "4 percent = 4 percent");
    AMOUNTS("A 4-5 vote, a 3 to 1 margin and a 45-year-old man.", "");
}

/* ---- Ranges ---- */

static void ranges_lend_magnitude_and_unit(void)
{
    AMOUNTS("It cost $3-4 million.", "$3-4 million = 3500000 USD");
    BOUNDS("It cost $3-4 million.", "range 3000000..4000000");
    BOUNDS("It cost $3–4 million.", "range 3000000..4000000");
    AMOUNTS("It cost up to $3-4 million.", "up to $3-4 million = 3500000 USD");
    BOUNDS("It cost up to $3-4 million.", "up_to 3000000..4000000");
    BOUNDS("It cost between $3 and $4 million.", "range 3000000..4000000");
    BOUNDS("It cost between 3 and 4 million euros.", "range 3000000..4000000");
    BOUNDS("It cost 3m-4m euros, or £3m-£4m.", "range 3000000..4000000 | range 3000000..4000000");
    BOUNDS("It cost two to three hundred thousand dollars.", "range 200000..300000");
    BOUNDS("It cost fifty to two hundred thousand dollars.", "range 50000..200000");
    BOUNDS("It had 900 to 1.2 million voters.", "range 900..1200000");
    BOUNDS("It cost between $900,000 and $1.2 million.", "range 900000..1200000");
    BOUNDS("It cost between $900 million and $1.2 billion.", "range 900000000..1200000000");
}

static void ranges_of_counts_and_measures(void)
{
    AMOUNTS("Between 20 and 30 people came.", "Between 20 and 30 = 25 count [people]");
    AMOUNTS("Between one hundred and two hundred people came.",
            "Between one hundred and two hundred = 150 count [people]");
    BOUNDS("Between one hundred and fifty and two hundred people came.", "range 150..200");
    BOUNDS("Between about 20 and 30 people came.", "range 20..30");
    AMOUNTS("Some 20 to 30 percent of voters came.", "Some 20 to 30 percent = 25 percent [voters]");
    BOUNDS("Some 20 to 30 percent of voters came.", "about 20..30");
    BOUNDS("It was 20% to 30%, or 40-50%.", "range 20..30 | range 40..50");
    AMOUNTS("It will be from 10 to 15 degrees.", "from 10 to 15 degrees = 12.5 degree");
    AMOUNTS("About 20-30 people and 20 or 30 ships came.",
            "About 20-30 = 25 count [people] | 20 or 30 = 25 count [ships]");
    BOUNDS("Tickets cost from $10 to $15.", "range 10..15");
    BOUNDS("It costs $10 to 15, or $3 million to 4 million.",
           "range 10..15 | range 3000000..4000000");
    BOUNDS("It costs $3 million-$4 million.", "range 3000000..4000000");
}

static void a_change_is_two_values(void)
{
    AMOUNTS("It rose from 10 to 15 percent.", "10 = 10 percent | 15 percent = 15 percent");
    AMOUNTS("It fell from 5 to 3 million dollars.",
            "5 = 5000000 USD | 3 million dollars = 3000000 USD");
    AMOUNTS("The fee rose from $3 to $4 million.", "$3 = 3000000 USD | $4 million = 4000000 USD");
    AMOUNTS("It climbed from 900 to 1.2 million people.",
            "900 = 900 count [people] | 1.2 million = 1200000 count [people]");
    AMOUNTS("An increase in fees from 20 to 30 euros is near.", "20 = 20 EUR | 30 euros = 30 EUR");
    AMOUNTS("Jobs went from about 40 to 30 percent.", "about 40 = 40 percent | 30 percent = 30 "
                                                      "percent");
    AMOUNTS("After the rise the tickets were from 10 to 15 euros.",
            "from 10 to 15 euros = 12.5 EUR");
}

static void no_ranges(void)
{
    AMOUNTS("Orr leads Quay 42 percent to 46 percent.",
            "42 percent = 42 percent | 46 percent = 46 percent");
    AMOUNTS("He gave $3 to 5 people.", "$3 = 3 USD | 5 = 5 count [people]");
    AMOUNTS("It fell 20 to 10 percent.", "10 percent = 10 percent");
    AMOUNTS("Between 1990 and 1995 prices rose.", "");
    AMOUNTS("Call 3 or 400 people.", "400 = 400 count [people]");
    AMOUNTS("It ran between 3 miles and 5 km.", "3 miles = 3 mile | 5 km = 5 km");
    AMOUNTS("It costs 3 dollars to 40 people.", "3 dollars = 3 USD | 40 = 40 count [people]");
}

/* ---- Shares and multiples ---- */

static void shares_are_percents(void)
{
    AMOUNTS("Three out of four nurses will strike.", "Three out of four = 75 percent [nurses]");
    AMOUNTS("One in five nurses was ill.", "One in five = 20 percent [nurses]");
    AMOUNTS("Two thirds of staff and two-thirds of voters agreed.",
            "Two thirds = 66.7 percent [staff] | two-thirds = 66.7 percent [voters]");
    AMOUNTS("Nine in ten, one in every 1,000 births.",
            "Nine in ten = 90 percent | one in every 1,000 = 0.1 percent [births]");
    AMOUNTS("Eight of 10 voters and 40 out of 60 members left.",
            "Eight of 10 = 80 percent [voters] | 40 out of 60 = 66.7 percent [members]");
    AMOUNTS("Three-quarters of staff and 2/3 of the voters left.",
            "Three-quarters = 75 percent [staff] | 2/3 = 66.7 percent [the voters]");
    AMOUNTS("Half of 300 voters and two thirds of 1,200 nurses.",
            "Half = 50 percent | 300 = 300 count [voters] | two thirds = 66.7 percent | "
            "1,200 = 1200 count [nurses]");
    AMOUNTS("A one-in-three chance and a one-third stake.",
            "one-in-three = 33.3 percent [chance] | one-third = 33.3 percent [stake]");
    BOUNDS("Two thirds of staff and one in 1,000 births.",
           "exact 66.2..67.2 | exact 0.0975..0.1025");
}

static void a_share_may_stand_around_its_noun(void)
{
    AMOUNTS("One nurse in five is ill, and nine young voters in ten.",
            "One nurse in five = 20 percent [nurse] | "
            "nine young voters in ten = 90 percent [young voters]");
    AMOUNTS("Three nurses out of four left.", "Three nurses out of four = 75 percent [nurses]");
    AMOUNTS("They killed three people in five attacks, and two people in 2019.",
            "three = 3 count [people] | two = 2 count [people]");
    AMOUNTS("One death in five months.", "five = 5 count [months]");
}

static void halves_and_quarters(void)
{
    AMOUNTS("Half the voters and half his staff left.",
            "Half = 50 percent [the voters] | half = 50 percent [his staff]");
    AMOUNTS("More than half said so, nearly a quarter were ill and it fell by a third.",
            "More than half = 50 percent | nearly a quarter = 25 percent | a third = 33.3 percent");
    AMOUNTS("A quarter of the nurses resigned, and a third fewer came.",
            "A quarter = 25 percent [the nurses] | a third = 33.3 percent");
    AMOUNTS("About a third said so.", "About a third = 33.3 percent");
    AMOUNTS("Half a percent, a quarter of a mile and less than half of 1 percent.",
            "Half a percent = 0.5 percent | a quarter of a mile = 0.25 mile | "
            "less than half of 1 percent = 0.5 percent");
}

static void no_shares(void)
{
    AMOUNTS("One in the morning, two in a row, and one in Paris.", "");
    AMOUNTS("In the third quarter, last quarter, in the quarter-final, half an hour, half past.",
            "");
    AMOUNTS("In the second half of the match, in the other half of town, half time.", "");
    AMOUNTS("About a quarter to five a third man gave half, about half-full.", "");
    AMOUNTS("A third of a century, half of the season, a quarter of an hour, half the year.", "");
    AMOUNTS("It ran for 2 thirds of the season.", "");
    AMOUNTS("It happened one in five years, two in 2019, and half of 2018.",
            "five = 5 count [years]");
    AMOUNTS("He won 20 in 30 games and one of six ships.",
            "30 = 30 count [games] | six = 6 count [ships]");
}

static void multiples(void)
{
    AMOUNTS("It was twice as many, three times as high, and half as much.",
            "twice = 2 times | three times = 3 times | half = 0.5 times");
    AMOUNTS("It tripled, a fivefold rise, a 10-fold rise, and more than doubled.",
            "tripled = 3 times | fivefold = 5 times [rise] | 10-fold = 10 times [rise] | "
            "more than doubled = 2 times");
    AMOUNTS("It is twice the size, 1.5 times higher, and will double the number.",
            "twice = 2 times | 1.5 times = 1.5 times | double = 2 times");
    AMOUNTS("Prices will triple by June.", "triple = 3 times");
    AMOUNTS("He came three times last year, three times this year, twice as mayor, a double "
            "murder.",
            "");
}

/* ---- Rates ---- */

static void rates(void)
{
    AMOUNTS("The road takes 40,000 cars a day.", "40,000 cars a day = 40000 count/day [cars]");
    AMOUNTS("It took 5 litres per minute and 5 litres of water a minute.",
            "5 litres per minute = 5 litre/minute | "
            "5 litres of water a minute = 5 litre/minute [water]");
    AMOUNTS("They earn $15 an hour, $15/hour, or $20 each week.",
            "$15 an hour = 15 USD/hour | $15/hour = 15 USD/hour | $20 each week = 20 USD/week");
    AMOUNTS("At 60 miles per hour, 60mph and 90 km/h.",
            "60 miles per hour = 60 mile/hour | 60mph = 60 mile/hour | 90 km/h = 90 km/hour");
    AMOUNTS("They sell 300 a month and 300 daily.", "300 a month = 300 count/month | "
                                                    "300 daily = 300 count/day");
    AMOUNTS("A $40,000-a-year job is between $30 and $40 a day.",
            "$40,000-a-year = 40000 USD/year [job] | "
            "between $30 and $40 a day = 35 USD/day");
    AMOUNTS("He comes twice a week, or three times a month.",
            "twice a week = 2 times/week | three times a month = 3 times/month");
    AMOUNTS("It was 12 per 100,000 people, $5 per voter, $500 every three months.",
            "12 per 100,000 people = 12 count/100,000 people | $5 per voter = 5 USD/voter | "
            "$500 every three months = 500 USD/three months");
}

static void no_rates(void)
{
    AMOUNTS("He paid $5 million a year ago.", "$5 million = 5000000 USD");
    AMOUNTS("He met 20 people a day after the fire.", "20 = 20 count [people]");
    AMOUNTS("It paid $5 a day centre.", "$5 = 5 USD");
    AMOUNTS("It paid 1 percent of its 300 workers every year.",
            "1 percent = 1 percent [its 300 workers] | "
            "300 workers every year = 300 count/year [workers]");
    AMOUNTS("There are 300 daily flights.", "300 = 300 count [daily flights]");
}

/* ---- What a number leaves open ---- */

static void exact_values(void)
{
    BOUNDS("It cost $2 billion, $1.96 billion, $2.4 billion.",
           "exact 1950000000..2050000000 | exact 1955000000..1965000000 | "
           "exact 2350000000..2450000000");
    BOUNDS("It cost $2,000,000,000.", "exact 1950000000..2050000000");
    BOUNDS("It cost 360 million dollars.", "exact 359500000..360500000");
    BOUNDS("It rose 45 percent, then 45.3 percent.", "exact 44.5..45.5 | exact 45.25..45.35");
    BOUNDS("It had 1,500 ships and 40,000 people.", "exact 1500..1500 | exact 39500..40500");
    BOUNDS("It had 5 thousand people, 5 000 people.", "exact 4875..5125 | exact 4875..5125");
    BOUNDS("It was 0 percent.", "exact 0..0.5");
}

static void qualified_values(void)
{
    BOUNDS("It cost about $2 billion.", "about 1800000000..2200000000");
    BOUNDS("It was about 45 percent, roughly 2,350 people.", "about 44..46 | about 2340..2360");
    BOUNDS("More than 40 people, over $1.7 billion, above 1 million euros.",
           "over 40..50 | over 1700000000..2125000000 | over 1000000..2000000");
    BOUNDS("Nearly 40 people, nearly 40 percent, fewer than 5 people.",
           "under 36..39 | under 36..39.95 | under 4..4.75");
    BOUNDS("Up to 40 people, no more than $40.", "up_to 0..40 | up_to 0..40");
    BOUNDS("No fewer than 40 people, at least 40 percent of voters.", "over 40..50 | over 40..50");
    BOUNDS("40 or more people, 30 or so ships, 20+ cars, 10-plus years.",
           "over 40..50 | about 27..33 | over 20..30 | over 10..20");
    AMOUNTS("40 or more people came.", "40 or more = 40 count [people]");
    BOUNDS("More than half, nearly half, about half.",
           "over 50..62.5 | under 45..49.95 | about 45..55");
}

/* ---- Few of a plain thing ---- */

static void few_plain_things_are_left_out(void)
{
    AMOUNTS("Two countries, three things, twelve meetings, one of them, one man.", "");
    AMOUNTS("Three to five meetings, half a dozen meetings.", "");
    AMOUNTS("Thirteen meetings, 5 meetings, up to three meetings.",
            "Thirteen = 13 count [meetings] | 5 = 5 count [meetings] | "
            "up to three = 3 count [meetings]");
    AMOUNTS("Four nurses, two senior officers, six weeks, two meetings a week.",
            "Four = 4 count [nurses] | two = 2 count [senior officers] | six = 6 count [weeks] | "
            "two meetings a week = 2 count/week [meetings]");
}

/* ---- The data file ---- */

static void refused(const char *lists, const char *want)
{
    char problem[200];
    CHECK(lexicon_new("", 0, lists, strlen(lists), problem, sizeof problem) == NULL);
    CHECK_STR(problem, want);
}

static void bad_words_are_refused(void)
{
    refused("[number]\none", "words.txt:2: words of this list carry something, like dozen=12, not "
                             "\"one\"");
    refused("[article] a=1", "words.txt:1: words of this list carry nothing, so no \"=\": \"a=1\"");
    refused("[number] one=x",
            "words.txt:1: a number above 0 is wanted, like million=1e6, half=1/2: \"one=x\"");
    refused("[share] half=1/0",
            "words.txt:1: a number above 0 is wanted, like million=1e6, half=1/2: \"half=1/0\"");
    refused("[magnitude] million=1e16",
            "words.txt:1: a number above 0 is wanted, like million=1e6, half=1/2: "
            "\"million=1e16\"");
    refused("[qualifier] over=above", "words.txt:1: over, under, about or up_to is wanted, like "
                                      "more_than=over: \"over=above\"");
    refused("[unit] euros=", "words.txt:1: a name is wanted, like euros=EUR, pounds=pound,GBP: "
                             "\"euros=\"");
    refused("[unit] euros=EUR dollars=USD euros=DEM",
            "words.txt:1: the word has another meaning above: \"euros=DEM\"");
}

static void words_are_data(void)
{
    static const char lists[] = "[number] zwei=2 drei=3\n[magnitude] tausend=1e3\n[unit] "
                                "mark=DEM franken=CHF\n[qualifier] mehr_als=over";
    lexicon *english = words;
    char problem[200];
    words = lexicon_new("", 0, lists, strlen(lists), problem, sizeof problem);
    CHECK(words != NULL);
    AMOUNTS("Es waren mehr als zwei tausend Mark, nicht two thousand euros.",
            "mehr als zwei tausend Mark = 2000 DEM");
    lexicon_free(words);
    words = english;
}

int main(void)
{
    const work_data cues = work_read("claims/data/cues.txt"),
                    lists = work_read("claims/data/words.txt"),
                    model = work_read("common/data/tagger.model");
    char problem[200];
    words = lexicon_new(cues.p, cues.len, lists.p, lists.len, problem, sizeof problem);
    if (words == NULL || !tagger_load(&tags, model.p, model.len)) {
        printf("Bail out! %s\n", problem);
        return 1;
    }
    RUN(one_who_has_enough_is_given_no_more);
    RUN(numbers_in_figures);
    RUN(groups_of_three_digits);
    RUN(numbers_in_words);
    RUN(units);
    RUN(heads);
    RUN(no_quantities);
    RUN(ranges_lend_magnitude_and_unit);
    RUN(ranges_of_counts_and_measures);
    RUN(a_change_is_two_values);
    RUN(no_ranges);
    RUN(shares_are_percents);
    RUN(a_share_may_stand_around_its_noun);
    RUN(halves_and_quarters);
    RUN(no_shares);
    RUN(multiples);
    RUN(rates);
    RUN(no_rates);
    RUN(exact_values);
    RUN(qualified_values);
    RUN(few_plain_things_are_left_out);
    RUN(bad_words_are_refused);
    RUN(words_are_data);
    syntax_release(&s);
    lexicon_free(words);
    return DONE();
}
