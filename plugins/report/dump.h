/* dump.h: indented JSON, the bytes that Jansson writes with JSON_INDENT(1) |
 * JSON_REAL_PRECISION(12), in a fraction of the time: large pieces, no search for cycles, and no
 * tree for what is written only once. Knows no plugin type. */
#ifndef PLUGINS_REPORT_DUMP_H
#define PLUGINS_REPORT_DUMP_H
#include "report/pieces.h"

#include <jansson.h>

enum { DUMP_DEEPEST = 512 };

typedef struct dumper {
    bool too_deep; /* sticks: nothing deeper is written */
    bool filled;   /* the container at hand has a member */
    size_t depth;  /* of containers */
    piece_writer out;
} dumper;

/* depth: of containers that are open already, in the text that this one will be a part of. */
void dump_begin(dumper *d, piece_write *write, void *arg, size_t depth);
/* false: a piece was refused, or containers are nested deeper than DUMP_DEEPEST */
bool dump_end(dumper *d);

/* A container, as a value: '{' or '[', then its members, each behind dump_key or dump_item, then
 * '}' or ']'. Failures stick, and dump_end tells. */
void dump_open(dumper *d, char bracket);
void dump_close(dumper *d, char bracket);
void dump_key(dumper *d, const char *key);            /* of the next value, in an object */
void dump_item(dumper *d);                            /* before the next value, in an array */
void dump_string(dumper *d, const char *s, size_t n); /* UTF-8 */
void dump_integer(dumper *d, json_int_t value);
void dump_value(dumper *d, const json_t *value); /* with all that is in it; NULL is null */
/* A value as a dumper made it, `deeper` levels less deep. */
void dump_made(dumper *d, const char *bytes, size_t n, size_t deeper);

/* A text that grows: an arg for json_text_add. Zeroed is empty. */
typedef struct json_text {
    char *p;
    size_t n, cap;
} json_text;
bool json_text_add(const char *bytes, size_t n, void *json_text); /* false: out of memory */
void json_text_free(json_text *t);                                /* empty again */
#endif
