/* result.h: what one pass of cleaning wants done with a text: edits, metadata that was found, and
 * the blocks that are left. Knows no plugin type. Offsets are bytes of UTF-8, half-open. One owner,
 * no threads; result_clear keeps the memory for the next document. */
#ifndef PLUGINS_CLEAN_RESULT_H
#define PLUGINS_CLEAN_RESULT_H
#include <winnow/pulse.h>

/* [start, end) of the text before the pass becomes `text`. Ascending, without overlaps. */
typedef struct clean_edit {
    const char *text; /* in the pool, or static */
    uint32_t len;
    uint32_t start, end; /* a text has less than 4 GiB */
} clean_edit;

/* A metadata value and where it was read: in the text before the pass; start == end: nowhere in
 * it. */
typedef struct clean_find {
    const char *key;   /* static */
    const char *value; /* in the pool, terminated, valid UTF-8 */
    size_t start, end;
    int rank; /* of several finds for a key the highest rank wins, then the first */
} clean_find;

typedef enum block_kind {
    BLOCK_PARAGRAPH,
    BLOCK_LIST,
    BLOCK_QUOTE,
    BLOCK_CAPTION,
    BLOCK_HEADING
} block_kind;

/* A block of the text after the pass. */
typedef struct clean_block {
    size_t start, end;
    block_kind kind;
    int level; /* of a heading, 1 to 6 */
} clean_block;

typedef struct pool_chunk pool_chunk;

typedef struct clean_result {
    clean_edit *edit;
    size_t n_edits, cap_edits;
    clean_find *find;
    size_t n_finds, cap_finds;
    clean_block *block;
    size_t n_blocks, cap_blocks;
    pool_chunk *pool;
    /* what is known of authors' words (rules.h), for finds of metadata; NULL: nothing */
    const struct boiler_rules *words;
    bool oom;        /* sticks: checked once at the end of a pass */
    wn_pulse *pulse; /* of the pass; NULL: never asked */
    /* the writer, see result_keep */
    size_t cursor, out;
} clean_result;

void result_clear(clean_result *r);   /* empty, the pulse stays; what a huge text needed is freed */
void result_release(clean_result *r); /* zeros again */

/* A terminated copy in the pool; NULL when out of memory (and r->oom is set). */
char *result_copy(clean_result *r, const char *s, size_t n);

/* Note a find; value is copied, trimmed, its white space folded. Empty values are ignored. */
void result_find(clean_result *r, const char *key, const char *value, size_t len, size_t start,
                 size_t end, int rank);
const clean_find *result_best(const clean_result *r, const char *key); /* NULL: none */

enum { RESULT_KEYS = 16 };
/* The best find of each key, in the order in which the best ones were found. Returns how many: at
 * most RESULT_KEYS, further keys are left out. */
size_t result_bests(const clean_result *r, const clean_find *ret[RESULT_KEYS]);

/* The writer makes edits of what is kept. result_keep: text [start, end) stays, after `sep`
 * (static, or in the pool) which takes the place of all since the last call. result_put: [start,
 * end) becomes `text`, after `sep` in the same way. Calls go up the text. result_finish: what is
 * left until `len` goes. Texts are not copied. */
void result_keep(clean_result *r, size_t start, size_t end, const char *sep);
void result_put(clean_result *r, size_t start, size_t end, const char *text, size_t n,
                const char *sep);
void result_finish(clean_result *r, size_t len);

/* Append a block; out of memory: r->oom. */
void result_block(clean_result *r, size_t start, size_t end, block_kind kind, int level);

/* The text after the edits (malloc; NULL: out of memory). For tests and tools: the host does its
 * own. */
char *result_apply(const clean_result *r, const char *text, size_t len, size_t *ret_len);
/* Letters and digits alone, small, to compare titles and names by; bytes above 0x7F stay, but those
 * of typographic marks (U+2000 to U+203F). Returns how many bytes were written, at most cap. */
size_t fold_letters(const char *s, size_t n, char *out, size_t cap);

#endif
