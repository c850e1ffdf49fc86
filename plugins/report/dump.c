/* dump.c: see dump.h. */
#include "report/dump.h"
#include "common/grow.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER = 64 };

static bool fine(const dumper *d)
{
    return !d->too_deep && !d->out.refused;
}

static void put(dumper *d, const char *bytes, size_t n)
{
    pieces_put(&d->out, bytes, n);
}

static void put_char(dumper *d, char c)
{
    pieces_char(&d->out, c);
}

static void put_spaces(dumper *d, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put_char(d, ' ');
}

void dump_begin(dumper *d, piece_write *write, void *arg, size_t depth)
{
    d->too_deep = false;
    d->filled = false;
    d->depth = depth;
    pieces_begin(&d->out, write, arg);
}

bool dump_end(dumper *d)
{
    return pieces_flush(&d->out) && !d->too_deep;
}

/* ---- Scalars ---- */

static void put_escape(dumper *d, unsigned char c)
{
    static const char named[] = "\b\f\n\r\t\"\\", names[] = "bfnrt\"\\", hex[] = "0123456789ABCDEF";
    const char *at = c != '\0' ? strchr(named, c) : NULL;
    char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    if (at != NULL)
        escape[1] = names[at - named];
    put(d, escape, at != NULL ? 2 : 6);
}

/* Not 0: one of the eight bytes is below 0x20, '"' or '\\'. A borrow may only mark what stands
 * behind such a byte. */
static uint64_t special(uint64_t eight)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    uint64_t quote = eight ^ (ones * '"'), slash = eight ^ (ones * '\\');
    return (((eight - ones * 0x20) & ~eight) | ((quote - ones) & ~quote) |
            ((slash - ones) & ~slash)) &
           tops;
}

/* How many bytes stand as they are: most do, and reports hold little but text. */
static size_t plain(const char *s, size_t n)
{
    size_t i = 0;
    uint64_t eight;
    for (; n - i >= sizeof eight; i += sizeof eight) {
        memcpy(&eight, s + i, sizeof eight);
        if (special(eight) != 0)
            break;
    }
    while (i < n && (unsigned char)s[i] >= 0x20 && s[i] != '"' && s[i] != '\\')
        i++;
    return i;
}

void dump_string(dumper *d, const char *s, size_t n)
{
    const char *end = s + n;
    put_char(d, '"');
    while (s < end) {
        size_t run = plain(s, (size_t)(end - s));
        put(d, s, run);
        s += run;
        if (s < end)
            put_escape(d, (unsigned char)*s++);
    }
    put_char(d, '"');
}

void dump_integer(dumper *d, json_int_t value)
{
    char digits[NUMBER];
    size_t i = sizeof digits;
    unsigned long long left = value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value;
    do
        digits[--i] = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (value < 0)
        digits[--i] = '-';
    put(d, digits + i, sizeof digits - i);
}

static void put_real(dumper *d, const json_t *value)
{
    char digits[NUMBER];
    size_t n = json_dumpb(value, digits, sizeof digits, JSON_ENCODE_ANY | JSON_REAL_PRECISION(12));
    put(d, digits, n <= sizeof digits ? n : 0);
}

/* ---- Containers ---- */

static void new_line(dumper *d)
{
    put_char(d, '\n');
    put_spaces(d, d->depth);
}

void dump_open(dumper *d, char bracket)
{
    put_char(d, bracket);
    d->too_deep = d->too_deep || d->depth >= DUMP_DEEPEST;
    d->depth++;
    d->filled = false;
}

void dump_close(dumper *d, char bracket)
{
    d->depth--;
    if (d->filled)
        new_line(d);
    put_char(d, bracket);
    d->filled = true; /* the container around it has this one */
}

void dump_item(dumper *d)
{
    if (d->filled)
        put_char(d, ',');
    new_line(d);
    d->filled = true;
}

static void key_of_length(dumper *d, const char *key, size_t n)
{
    dump_item(d);
    dump_string(d, key, n);
    put(d, ": ", 2);
}

void dump_key(dumper *d, const char *key)
{
    key_of_length(d, key, strlen(key));
}

static void put_object(dumper *d, json_t *object)
{
    dump_open(d, '{');
    for (void *i = json_object_iter(object); i != NULL && fine(d);
         i = json_object_iter_next(object, i)) {
        key_of_length(d, json_object_iter_key(i), json_object_iter_key_len(i));
        dump_value(d, json_object_iter_value(i));
    }
    dump_close(d, '}');
}

static void put_array(dumper *d, const json_t *array)
{
    size_t n = json_array_size(array);
    dump_open(d, '[');
    for (size_t i = 0; i < n && fine(d); i++) {
        dump_item(d);
        dump_value(d, json_array_get(array, i));
    }
    dump_close(d, ']');
}

void dump_value(dumper *d, const json_t *value)
{
    switch (value == NULL ? JSON_NULL : json_typeof(value)) {
    case JSON_OBJECT: put_object(d, (json_t *)(uintptr_t)value); return;
    case JSON_ARRAY: put_array(d, value); return;
    case JSON_STRING: dump_string(d, json_string_value(value), json_string_length(value)); return;
    case JSON_INTEGER: dump_integer(d, json_integer_value(value)); return;
    case JSON_REAL: put_real(d, value); return;
    case JSON_TRUE: put(d, "true", 4); return;
    case JSON_FALSE: put(d, "false", 5); return;
    case JSON_NULL: break;
    }
    put(d, "null", 4);
}

void dump_made(dumper *d, const char *bytes, size_t n, size_t deeper)
{
    const char *end = bytes + n, *line;
    while (deeper > 0 && (line = memchr(bytes, '\n', (size_t)(end - bytes))) != NULL) {
        put(d, bytes, (size_t)(line + 1 - bytes));
        put_spaces(d, deeper);
        bytes = line + 1;
    }
    put(d, bytes, (size_t)(end - bytes));
}

/* ---- A text in memory ---- */

bool json_text_add(const char *bytes, size_t n, void *json_text_arg)
{
    json_text *t = json_text_arg;
    char *p = grown_to(t->p, &t->cap, t->n + n, 1);
    if (p == NULL)
        return false;
    t->p = p;
    if (n > 0)
        memcpy(t->p + t->n, bytes, n);
    t->n += n;
    return true;
}

void json_text_free(json_text *t)
{
    free(t->p);
    *t = (json_text){NULL, 0, 0};
}
