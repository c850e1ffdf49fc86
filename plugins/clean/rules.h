/* rules.h: phrases of boilerplate lines, from a data file such as data/en.boilerplate (its format
 * is described there), and how a line's words are matched with them. Read-only once loaded. */
#ifndef PLUGINS_CLEAN_RULES_H
#define PLUGINS_CLEAN_RULES_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum rule_where { WHERE_ANY, WHERE_HEAD, WHERE_TAIL } rule_where;

typedef enum item_kind {
    ITEM_WORD,
    ITEM_SET,
    ITEM_ANY,
    ITEM_NAME,
    ITEM_OUTLET,
    ITEM_AGENCY,
    ITEM_DATE,
    ITEM_UPDATED,
    ITEM_AUTHOR,
    ITEM_HANDLE,
    ITEM_NUMBER
} item_kind;

typedef struct rule_item {
    uint8_t kind;
    bool optional;
    const char *words; /* borrowed from the data: "a|b" for ITEM_WORD */
    uint16_t len;
    uint16_t set;
    uint64_t begins; /* of ITEM_WORD and ITEM_SET: the word_bit of each of their words */
} rule_item;

typedef struct line_rule {
    uint32_t item, n_items;
    int16_t weight; /* hundredths */
    uint8_t where;
    /* word_bit of the words that a line may begin with: the slots of by_slot */
    uint64_t begins;
} line_rule;

/* words or phrases of the data, blank or comma separated, as `list` says */
typedef struct word_list {
    const char *name, *list;
    uint16_t name_len;
    uint32_t list_len;
    /* of blank-separated words: the word_bit of each; of phrases: the phrase_bit of their first
     * bytes, in either case */
    uint64_t begins;
} word_list;

enum { WORD_SLOTS = 64 };

typedef struct boiler_rules {
    line_rule *rule;
    size_t n_rules, cap_rules;
    /* indexes of rules: those of slot i lie from first_of[i] to first_of[i + 1], in the order of
     * the data */
    uint32_t *by_slot;
    uint32_t first_of[WORD_SLOTS + 1];
    rule_item *item;
    size_t n_items, cap_items;
    word_list *set;
    size_t n_sets, cap_sets;
    word_list *agency;
    size_t n_agencies, cap_agencies;
    word_list kicker, outlet, wire, label;
    /* words that may stand small in a name, of a person, an outlet, a place; between two persons;
     * and before an outlet's */
    word_list name_particle, outlet_particle, place_particle, joiner, article;
    /* phrases, divided by commas: before a date; before an author, behind one, and instead of
     * one */
    word_list dated, byline_lead, byline_end, nobody;
} boiler_rules;

/* Read the data (it must outlive the rules). false: *ret_line is the bad line, 0 when out of
 * memory. */
bool rules_load(boiler_rules *r, const char *data, size_t len, int *ret_line);
void rules_release(boiler_rules *r); /* zeros again */

/* A line as words. Offsets are those of the text; punctuation around a word is not part of it. */
typedef struct line_word {
    uint32_t start, end;
    bool capital; /* begins with an upper-case letter or digit */
    bool closed;  /* a comma, stop, colon, bracket or dash follows it */
} line_word;

enum { LINE_WORDS = 120 };
typedef struct line_words {
    line_word word[LINE_WORDS];
    size_t n;
    bool more; /* the line has further words, which only "..." matches */
} line_words;
/* The first LINE_WORDS words of text [start, end), of its first 16 KiB. */
void line_split(line_words *w, const char *text, size_t start, size_t end);

typedef struct capture {
    uint8_t kind; /* item_kind */
    size_t start, end;
} capture;
enum { MAX_CAPTURES = 6 };

typedef struct line_match {
    capture capture[MAX_CAPTURES];
    size_t n;
} line_match;

/* One of WORD_SLOTS, by the first two letters of the word, or the only one: a line is kept from
 * most rules by its first word's. */
unsigned word_slot(const char *word, size_t n);
/* The same as a bit of a set of slots. */
static inline uint64_t word_bit(const char *word, size_t n)
{
    return UINT64_C(1) << word_slot(word, n);
}

/* Does the rule match the line? `author` may be NULL. */
bool rule_match(const boiler_rules *r, const line_rule *rule, const char *text,
                const line_words *line, const char *author, line_match *ret_match);

/* The agency that text [start, end) names, or NULL. */
const word_list *rules_agency(const boiler_rules *r, const char *text, size_t start, size_t end);
/* Is the word (any case) in a blank separated list? */
bool list_has(const word_list *list, const char *word, size_t n);
/* The next phrase of a comma separated list from *at on, without blanks around it; its length, 0:
 * there is none left. Starts with *at = 0. */
size_t list_phrase(const word_list *list, size_t *at, const char **ret);
/* A place in the set of first bytes; most texts begin with none of them. */
static inline uint64_t phrase_bit(char c)
{
    return UINT64_C(1) << ((uint8_t)c & 63);
}

/* End of the run of capitalised words from word i that may be a person's name (several with "and"),
 * an outlet's name; i: none. Exported for the dateline and the tests. */
size_t name_end(const boiler_rules *r, const char *text, const line_words *line, size_t i,
                bool person);
#endif
