/* rules.h: a language's words and rules, compiled from rule files (format: README.md). Built by one
 * thread, then read-only and shared. Sizes are bounded by the constants below; every refusal says
 * line, column and cure. */
#ifndef DATES_RULES_H
#define DATES_RULES_H
#include "frame.h"
#include <stddef.h>

enum {
    CLASS_MAX = 64,
    LEVEL_MAX = 8 /* bits of a byte */,
    WORD_MAX = 24,
    NAME_MAX_LEN = 24,
    RULE_MAX = 4000,
    CODE_MAX = 60000
};
enum {
    CLASS_INT,
    CLASS_WORD,
    CLASS_ANY,
    CLASS_DATE,
    CLASS_TIME,
    CLASS_DURATION,
    CLASS_SET,
    CLASS_RANGE,
    /* DATE to RANGE are reported; NONE hides what it matched */
    CLASS_NONE,
    CLASS_BUILT_IN
};

/* one meaning of a word */
typedef struct sense {
    uint32_t next; /* index + 1, 0: last */
    int32_t value;
    uint8_t cls;
} sense;

typedef struct lex_word {
    uint64_t mask; /* bit per class */
    uint32_t sense;
    uint32_t hash;
    uint8_t len, levels; /* bit per level that has rules which may start with it */
    char text[WORD_MAX];
} lex_word;

/* A test on a matched item: `field` is a frame field, or one of the enum below. */
enum { COND_LEN = FIELD_COUNT, COND_CAP, COND_CAPS, COND_LINE, COND_NEWLINE, COND_VALUE };
enum { COND_HAS, COND_NOT, COND_EQ, COND_LE, COND_GE };
typedef struct cond {
    uint8_t field, op;
    int32_t value;
} cond;

enum { ELEM_TIGHT = 1, ELEM_MERGE = 2, ELEM_LITERAL = 4 };
typedef struct elem {
    uint16_t symbol; /* word id (literal) or class */
    uint8_t flags;
    int8_t capture; /* field, or -1 */
    uint16_t cond, n_cond;
} elem;

/* Code of a pattern: acyclic, so that every run ends. */
enum { OP_ELEM, OP_SPLIT, OP_JUMP, OP_AHEAD, OP_NOT_AHEAD, OP_BEHIND, OP_NOT_BEHIND, OP_END };
typedef struct instr {
    uint8_t op;
    uint16_t a, b; /* element; or targets, the first is tried first */
} instr;

/* field = x, or field = x op y */
enum { TERM_NUMBER, TERM_FIELD, TERM_MINUS_FIELD };
typedef struct assign {
    uint8_t field, kind[2];
    char op; /* 0 + - * / */
    int32_t term[2];
} assign;

typedef struct rule_entry {
    char name[NAME_MAX_LEN];
    uint8_t level, cls;
    uint16_t code;
    uint8_t longest;
    /* in every match (0 for long rules): classes, and literals by date_word_bit */
    uint64_t need_class, need_word;
    uint32_t assign, n_assign;
} rule_entry;

enum { NEED_WINDOW = 12 };
/* Words share 64 bits: a bit that is missing tells that the word is, one that is there does not. */
static inline uint64_t date_word_bit(unsigned word)
{
    return UINT64_C(1) << (word * 37u % 64u);
}

/* a rule that may start with a symbol, and what it needs */
typedef struct rule_start {
    uint64_t need_class, need_word;
    uint16_t rule, code;
    uint8_t longest; /* items within which it needs that, at most NEED_WINDOW */
} rule_start;

enum { HOLIDAY_FIXED, HOLIDAY_NTH, HOLIDAY_EASTER };
typedef struct holiday {
    uint8_t kind;
    int8_t month, day, nth, wd;
    int16_t plus;
} holiday;

typedef struct suffix {
    char text[8];
    uint8_t len, cls;
    int32_t value;
} suffix;

/* the line of an @test, as written */
typedef struct rule_test {
    uint32_t at, len;
    int line;
} rule_test;

typedef struct macro {
    char name[NAME_MAX_LEN];
    uint32_t at, len;
    int line, column;
} macro;

/* A growing array; `n` items of a fixed size. */
typedef struct list {
    void *item;
    size_t n, cap;
} list;

typedef struct date_rules {
    char language[16];
    list words, senses, conds, elems, code, assigns, rules, holidays, suffixes, tests, macros, pool;
    /* dispatch: rules that may start with a symbol, see date_rules_starting */
    list first, first_of;
    uint32_t *bucket; /* word id + 1 */
    size_t n_buckets;
    char class_name[CLASS_MAX][NAME_MAX_LEN];
    int n_classes, n_levels, level;
    uint64_t trigger;
    bool needs_result[LEVEL_MAX];    /* every rule of the level takes a result of a lower one */
    uint8_t class_levels[CLASS_MAX]; /* the same for numbers and results */
    /* classes with a meaning to the code, or -1 */
    int verb, towards, label, month, month_short;
    bool finished;
} date_rules;

typedef struct rules_error {
    int line, column; /* 1-based */
    char text[256];   /* empty: out of memory */
} rules_error;

date_rules *date_rules_new(void);        /* NULL: out of memory */
void date_rules_free(date_rules *rules); /* NULL is fine */

/* Add a file, which need not outlive the rules; may be called for several files of one language
 * before date_rules_finish. false: err says what and where. */
bool date_rules_load(date_rules *rules, const char *bytes, size_t len, rules_error *err);
/* No more files: makes what matching looks rules up by. false as above; they are not to be used. */
bool date_rules_finish(date_rules *rules, rules_error *err);

/* The language a rule file names, terminated; empty when it names none. */
void date_rules_language(const char *bytes, size_t len, char ret[16]);

uint32_t date_hash(const char *word, size_t len); /* FNV-1a (Fowler, Noll, Vo), 32 bits */
/* Word id of a folded word, or -1; hash from date_hash. */
int date_word_find(const date_rules *rules, const char *word, size_t len, uint32_t hash);
/* The same, made when it is new; -1: longer than WORD_MAX, too many, or out of memory. */
int date_word_add(date_rules *rules, const char *word, size_t len);
/* The value of a word in a class; `otherwise` when it is not in it. */
int32_t date_word_value(const date_rules *rules, int word, int cls, int32_t otherwise);
int date_class_find(const date_rules *rules, const char *name, size_t len); /* -1: none */

/* By index, unchecked; valid until the next file is loaded. */
static inline const lex_word *date_word(const date_rules *r, size_t i)
{
    return (const lex_word *)r->words.item + i;
}
static inline const elem *date_elem(const date_rules *r, size_t i)
{
    return (const elem *)r->elems.item + i;
}
static inline const rule_entry *date_rule(const date_rules *r, size_t i)
{
    return (const rule_entry *)r->rules.item + i;
}

/* Rules of a level that may start with a symbol: a word id, or n_words + class for numbers and
 * results. */
static inline const rule_start *date_rules_starting(const date_rules *r, int level, size_t symbol,
                                                    size_t *ret_n)
{
    const uint32_t *ends = (const uint32_t *)r->first_of.item +
                           (size_t)level * (r->words.n + (size_t)r->n_classes) + symbol;
    *ret_n = ends[1] - ends[0];
    return (const rule_start *)r->first.item + ends[0];
}

/* Room for one more item; NULL: out of memory. Zeroed. */
void *list_add(list *l, size_t size);
#endif
