/* rulefile.h: reading a rule file: characters to words and marks, with positions. Private to the
 * loader. */
#ifndef DATES_RULEFILE_H
#define DATES_RULEFILE_H
#include "rules.h"

enum token_type { T_END, T_NAME, T_NUMBER, T_STRING, T_MARK, T_ARROW, T_BAD };

typedef struct cursor {
    const char *p, *end, *line_start;
    int line, column_base; /* of line_start */
    const char *start;     /* the current wn_token */
    size_t len;
    int32_t number;
    enum token_type type;
    bool space_before;
    rules_error *err;
    date_rules *rules;
} cursor;

/* The next token of the directive; a line that starts with a blank goes on with the one before. */
void next_token(cursor *c);
/* What is the current token? */
bool is_mark(const cursor *c, char mark);
bool is_word(const cursor *c, const char *text);

/* Record the first error, at the current token. Returns false. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
bool refuse(cursor *c, const char *fmt, ...); /* see above */

/* Value of a symbol (names of units, parts of the day, modifiers ...); false: there is none. */
bool symbol_value(const char *name, size_t len, int32_t *ret_value);
int field_find(const char *name, size_t len); /* frame_field; -1: none */

/* pattern.c: compile from the current token up to T_ARROW (or T_END when !to_arrow); *ret_code: its
 * first instruction. false: refused, or out of memory. */
bool compile_pattern(cursor *c, bool to_arrow, uint16_t *ret_code);
/* The class of a name, made when it is new; -1 with an error. */
int class_of(cursor *c, const char *name, size_t len);
#endif
