#include "report/dump.h"

#include <string.h>

enum { PIECE = 32 * 1024, DEEPEST = 512, NUMBER = 64 };

typedef struct dumper {
    bool (*write)(const char *bytes, size_t n, void *arg);
    void *arg;
    bool ok;
    size_t n;
    char piece[PIECE];
} dumper;

static void flush(dumper *d)
{
    d->ok = d->ok && d->write(d->piece, d->n, d->arg);
    d->n = 0;
}

static void put(dumper *d, const char *bytes, size_t n)
{
    while (n > PIECE - d->n) {
        size_t room = PIECE - d->n;
        memcpy(d->piece + d->n, bytes, room);
        d->n = PIECE;
        bytes += room, n -= room;
        flush(d);
    }
    memcpy(d->piece + d->n, bytes, n);
    d->n += n;
}

static void put_char(dumper *d, char c)
{
    if (d->n == PIECE)
        flush(d);
    d->piece[d->n++] = c;
}

static void put_escape(dumper *d, unsigned char c)
{
    static const char named[] = "\b\f\n\r\t\"\\", names[] = "bfnrt\"\\", hex[] = "0123456789ABCDEF";
    const char *at = c != '\0' ? strchr(named, c) : NULL;
    char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    if (at != NULL)
        escape[1] = names[at - named];
    put(d, escape, at != NULL ? 2 : 6);
}

static void put_string(dumper *d, const char *s, size_t n)
{
    size_t done = 0;
    put_char(d, '"');
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        put(d, s + done, i - done);
        put_escape(d, c);
        done = i + 1;
    }
    put(d, s + done, n - done);
    put_char(d, '"');
}

static void put_integer(dumper *d, json_int_t value)
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

static void new_line(dumper *d, size_t depth)
{
    put_char(d, '\n');
    for (size_t i = 0; i < depth; i++)
        put_char(d, ' ');
}

static void put_value(dumper *d, const json_t *value, size_t depth);

static void put_object(dumper *d, json_t *object, size_t depth)
{
    void *first = json_object_iter(object);
    put_char(d, '{');
    for (void *i = first; i != NULL; i = json_object_iter_next(object, i)) {
        if (i != first)
            put_char(d, ',');
        new_line(d, depth + 1);
        put_string(d, json_object_iter_key(i), json_object_iter_key_len(i));
        put(d, ": ", 2);
        put_value(d, json_object_iter_value(i), depth + 1);
    }
    if (first != NULL)
        new_line(d, depth);
    put_char(d, '}');
}

static void put_array(dumper *d, const json_t *array, size_t depth)
{
    size_t n = json_array_size(array);
    put_char(d, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            put_char(d, ',');
        new_line(d, depth + 1);
        put_value(d, json_array_get(array, i), depth + 1);
    }
    if (n > 0)
        new_line(d, depth);
    put_char(d, ']');
}

static void put_value(dumper *d, const json_t *value, size_t depth)
{
    d->ok = d->ok && depth <= DEEPEST;
    if (!d->ok)
        return;
    switch (json_typeof(value)) {
    case JSON_OBJECT: put_object(d, (json_t *)value, depth); return;
    case JSON_ARRAY: put_array(d, value, depth); return;
    case JSON_STRING: put_string(d, json_string_value(value), json_string_length(value)); return;
    case JSON_INTEGER: put_integer(d, json_integer_value(value)); return;
    case JSON_REAL: put_real(d, value); return;
    case JSON_TRUE: put(d, "true", 4); return;
    case JSON_FALSE: put(d, "false", 5); return;
    case JSON_NULL: break;
    }
    put(d, "null", 4);
}

bool dump_json(const json_t *value, bool (*write)(const char *bytes, size_t n, void *arg), void *arg)
{
    dumper d = {.write = write, .arg = arg, .ok = true};
    put_value(&d, value, 0);
    flush(&d);
    return d.ok;
}
