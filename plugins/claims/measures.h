/* measures.h: what words mean in amounts: "million" is 1000000, "euros" are EUR, "up to" leaves the
 * lower end open. Read from the lists of words.txt that say so. Knows no plugin type. */
#ifndef PLUGINS_CLAIMS_MEASURES_H
#define PLUGINS_CLAIMS_MEASURES_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum qualifier {
    QUALIFIER_EXACT,
    QUALIFIER_OVER,
    QUALIFIER_UNDER,
    QUALIFIER_ABOUT,
    QUALIFIER_UP_TO,
    QUALIFIER_RANGE /* by the ends alone; no word says it */
} qualifier;

/* The lists, by what their words carry. */
typedef enum measure_list {
    /* a number: "dozen=12", "third=1/3" */
    MEASURE_NUMBER,
    MEASURE_MAGNITUDE,
    MEASURE_LETTER,
    MEASURE_SHARE,
    MEASURE_SHARES,
    MEASURE_MULTIPLE,
    MEASURE_MULTIPLE_OF,
    /* a qualifier: "more_than=over" */
    MEASURE_QUALIFIER,
    MEASURE_QUALIFIER_AFTER,
    /* a name: "euros=EUR" */
    MEASURE_UNIT,
    MEASURE_SIGN,
    MEASURE_NATION,
    MEASURE_CURRENCY,
    MEASURE_RATE_OF,
    MEASURE_RATE,
    MEASURE_RANGE,
    /* nothing */
    MEASURE_RANGE_TO,
    MEASURE_RANGE_OR,
    MEASURE_CHANGE,
    MEASURE_CONTEST,
    MEASURE_AND,
    MEASURE_ARTICLE,
    MEASURE_EACH,
    MEASURE_PER,
    MEASURE_NO_RATE,
    MEASURE_HALF,
    MEASURE_OUT_OF,
    MEASURE_IN,
    MEASURE_OF,
    MEASURE_BY,
    MEASURE_CLOCK,
    MEASURE_TIMES,
    MEASURE_TIMES_OF,
    MEASURE_AS,
    MEASURE_FOLD,
    MEASURE_COMPARED,
    MEASURE_COUNTED,
    MEASURE_TIME,
    MEASURE_SCORE,
    MEASURE_HEAD_OF,
    MEASURE_WORTH,
    MEASURE_MINUS,
    MEASURE_MANY,
    MEASURE_LISTS
} measure_list;

typedef struct measure_word {
    uint64_t lists; /* bit of each measure_list */
    qualifier qualifier;
    double number;
    /* terminated; empty: none */
    char name[24]; /* "pound" */
    char large[8]; /* what a million and more of it are: "GBP" of "pounds=pound,GBP" */
    char per[16];  /* "hour" of "mph=mile/hour" */
} measure_word;

_Static_assert(MEASURE_LISTS <= 64, "measure_word.lists has a bit for each");

typedef struct measures measures;

measures *measures_new(void);    /* NULL: out of memory */
void measures_free(measures *m); /* NULL is fine */

/* The list of that name, MEASURE_LISTS: there is none. */
measure_list measures_list(const char *name, size_t len);

/* One entry of a list: "dozen=12", "more_than=over" (words of a phrase are joined by "_"), "and".
 * NULL: taken; else what is wrong with it, a string constant. */
const char *measures_add(measures *m, measure_list list, const char *entry, size_t len);

/* What the word, or the phrase of several, means, by hash (wn_word_hash; of a phrase: joined one
 * after the other). NULL: nothing. It stays where it is once all are added. */
const measure_word *measures_find(const measures *m, uint32_t hash);

/* The hash of a phrase that goes on with a word of this hash. */
static inline uint32_t measures_join(uint32_t phrase, uint32_t word)
{
    return (phrase ^ word >> 16) * UINT32_C(0x9E3779B1) + word;
}
#endif
