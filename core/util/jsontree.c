/* jsontree.c: json_t trees of checked JSON, see json.h. */
#include "util/json.h"
#include "util/utf8.h"
#include <string.h>

typedef struct builder {
    json_scan scan;
    strbuf *stack; /* unescaped keys of the objects being built, then the string at hand */
    scan_status status;
    bool digits_as_string; /* of numbers that json_t cannot hold */
} builder;

static json_t *build(builder *b);

static json_t *failed(builder *b, scan_status status)
{
    if (b->status == SCAN_OK)
        b->status = status;
    return NULL;
}

static json_t *made(builder *b, json_t *value)
{
    return value != NULL ? value : failed(b, SCAN_NOMEM);
}

/* The next string. With escapes it is put on the stack, ret->p being NULL; else it is borrowed. */
static bool read_string(builder *b, wn_str *ret)
{
    wn_str body = {"", 0};
    if (!json_scan_string(&b->scan, &body))
        return failed(b, b->scan.status) != NULL;
    if (body.len > 0 && memchr(body.p, '\\', body.len) != NULL) {
        size_t base = b->stack->len;
        (void)json_unescape(body, b->stack);
        if (b->stack->oom)
            return failed(b, SCAN_NOMEM) != NULL;
        body = (wn_str){NULL, b->stack->len - base};
    }
    *ret = body;
    return true;
}

static wn_str on_stack(const builder *b, wn_str s, size_t base)
{
    return s.p != NULL ? s : (wn_str){b->stack->p + base, s.len};
}

static json_t *build_string(builder *b)
{
    wn_str s;
    size_t base = b->stack->len;
    if (!read_string(b, &s))
        return NULL;
    s = on_stack(b, s, base);
    json_t *value = made(b, json_stringn_nocheck(s.p, s.len));
    b->stack->len = base;
    return value;
}

/* The next byte of a list that is neither blank nor comma. */
static char next_in_list(builder *b)
{
    while (strchr(" \t\n\r,", *b->scan.p) != NULL)
        b->scan.p++;
    return *b->scan.p;
}

static json_t *build_array(builder *b)
{
    json_t *array = made(b, json_array());
    b->scan.p++;
    while (array != NULL && next_in_list(b) != ']') {
        json_t *item = build(b);
        if (item == NULL || json_array_append_new(array, item) != 0) {
            (void)failed(b, SCAN_NOMEM);
            json_decref(array);
            array = NULL;
        }
    }
    if (array != NULL)
        b->scan.p++;
    return array;
}

static bool build_member(builder *b, json_t *object)
{
    wn_str key;
    size_t base = b->stack->len;
    if (!read_string(b, &key) || !json_scan_char(&b->scan, ':'))
        return failed(b, SCAN_SYNTAX) != NULL;
    json_t *value = build(b);
    key = on_stack(b, key, base);
    b->stack->len = base;
    if (value == NULL)
        return false;
    return json_object_setn_new_nocheck(object, key.p, key.len, value) == 0 ||
           failed(b, SCAN_NOMEM) != NULL;
}

static json_t *build_object(builder *b)
{
    json_t *object = made(b, json_object());
    b->scan.p++;
    while (object != NULL && next_in_list(b) != '}') {
        if (!build_member(b, object)) {
            json_decref(object);
            object = NULL;
        }
    }
    if (object != NULL)
        b->scan.p++;
    return object;
}

static bool is_zero(wn_str number)
{
    for (size_t i = 0; i < number.len && number.p[i] != 'e' && number.p[i] != 'E'; i++)
        if (number.p[i] >= '1' && number.p[i] <= '9')
            return false;
    return true;
}

/* Numbers that need care go through Jansson itself, which rounds rightly in every locale; it makes
 * 0 of 1e-999. */
static json_t *careful_number(builder *b, wn_str number)
{
    json_error_t error;
    json_t *value = json_loadb(number.p, number.len, JSON_DECODE_ANY, &error);
    bool vanished = json_is_real(value) && !is_zero(number) && !(json_real_value(value) < 0) &&
                    !(json_real_value(value) > 0);
    if (value != NULL && !vanished)
        return value;
    json_decref(value);
    if (!vanished && json_error_code(&error) != json_error_numeric_overflow)
        return failed(b, SCAN_NOMEM);
    return b->digits_as_string ? made(b, json_stringn_nocheck(number.p, number.len))
                               : failed(b, SCAN_RANGE);
}

static const double powers_of_ten[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/* Up to 15 digits with a point: integer and power are exact, so that their quotient is rounded
 * once. */
static json_t *build_number(builder *b)
{
    wn_str n = {"", 0};
    if (!json_scan_value(&b->scan, &n))
        return failed(b, b->scan.status);
    bool negative = n.p[0] == '-', point = false;
    int64_t whole = 0;
    size_t digits = 0, fraction = 0;
    for (size_t i = negative; i < n.len; i++) {
        if (n.p[i] == 'e' || n.p[i] == 'E' || digits == 15)
            return careful_number(b, n);
        if (n.p[i] == '.') {
            point = true;
            continue;
        }
        whole = whole * 10 + (n.p[i] - '0');
        digits++;
        fraction += point;
    }
    if (!point)
        return made(b, json_integer(negative ? -whole : whole));
    double real = (double)whole / powers_of_ten[fraction];
    return made(b, json_real(negative ? -real : real));
}

static json_t *build(builder *b)
{
    while (*b->scan.p == ' ' || *b->scan.p == '\t' || *b->scan.p == '\n' || *b->scan.p == '\r')
        b->scan.p++;
    switch (*b->scan.p) {
    case '{': return build_object(b);
    case '[': return build_array(b);
    case '"': return build_string(b);
    case 't': b->scan.p += 4; return json_true();
    case 'f': b->scan.p += 5; return json_false();
    case 'n': b->scan.p += 4; return json_null();
    default: return build_number(b);
    }
}

static bool check_all(json_scan *s, wn_str *ret_value)
{
    size_t good = utf8_valid_prefix(s->p, (size_t)(s->end - s->p));
    if (s->p + good < s->end)
        return json_scan_fail(s, SCAN_SYNTAX, s->p + good, "not UTF-8");
    return json_scan_value(s, ret_value) && json_scan_end(s);
}

json_t *json_load(wn_str text, json_scan *ret_why)
{
    strbuf stack = STRBUF_INIT;
    json_scan s = json_scan_start(text);
    json_t *tree = NULL;
    wn_str value = {"", 0};
    /* a record, in it what a stage nested, and what stands around them */
    s.depth = 3 * JSON_DEPTH;
    if (check_all(&s, &value)) {
        builder b = {json_scan_start(value), &stack, SCAN_OK, true};
        b.scan.depth = s.depth;
        tree = build(&b);
        if (tree == NULL)
            (void)json_scan_fail(&s, b.status, value.p, "out of memory");
    }
    if (tree == NULL && ret_why != NULL)
        *ret_why = s;
    strbuf_release(&stack);
    return tree;
}

void json_place(wn_str text, const char *at, unsigned *ret_line, unsigned *ret_column)
{
    const char *line = text.p;
    *ret_line = 1;
    for (const char *p = text.p; p < at && (p = memchr(p, '\n', (size_t)(at - p))) != NULL;
         line = ++p)
        ++*ret_line;
    *ret_column = (unsigned)(at - line) + 1;
}

json_t *json_tree(wn_str value, strbuf *scratch, scan_status *ret_status)
{
    builder b = {json_scan_start(value), scratch, SCAN_OK, false};
    strbuf_clear(scratch);
    json_t *tree = build(&b);
    if (tree == NULL)
        *ret_status = b.status;
    return tree;
}
