/* value.c: numbers, sizes and words from their text, through one row of an option table. */
#include <config.h>
#include "config/node.h"
#include "config/options.h"
#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static size_t digits(const char *s)
{
    size_t n = 0;
    while (s[n] >= '0' && s[n] <= '9')
        n++;
    return n;
}

bool parse_whole(const char *text, int64_t *ret_value)
{
    const char *p = text + (text[0] == '-' || text[0] == '+');
    size_t n = digits(p);
    uint64_t value = 0, most = (uint64_t)INT64_MAX + (text[0] == '-');
    if (n == 0 || p[n] != '\0')
        return false;
    for (size_t i = 0; i < n; i++) {
        uint64_t digit = (uint64_t)(p[i] - '0');
        if (value > (most - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *ret_value = text[0] != '-' ? (int64_t)value : value == most ? INT64_MIN : -(int64_t)value;
    return true;
}

static bool looks_real(const char *s)
{
    s += s[0] == '-' || s[0] == '+';
    size_t whole = digits(s), part = 0;
    s += whole;
    if (*s == '.') {
        part = digits(s + 1);
        s += 1 + part;
    }
    if (whole + part == 0)
        return false;
    if (*s == 'e' || *s == 'E') {
        s += 1 + (s[1] == '-' || s[1] == '+');
        size_t exponent = digits(s);
        if (exponent == 0)
            return false;
        s += exponent;
    }
    return *s == '\0';
}

/* strtod, with a point whatever the locale says. */
bool parse_real(const char *text, double *ret_value)
{
    if (!looks_real(text) || strlen(text) > 100)
        return false;
    static locale_t c_locale;
    if (c_locale == (locale_t)0)
        c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    double value = c_locale == (locale_t)0 ? strtod(text, NULL) : strtod_l(text, NULL, c_locale);
    if (!isfinite(value))
        return false;
    *ret_value = value;
    return true;
}

bool parse_size(const char *text, int64_t *ret_value)
{
    static const struct {
        const char *unit;
        int64_t bytes;
    } units[] = {
        {"", 1},
        {"B", 1},
        {"KiB", INT64_C(1) << 10},
        {"MiB", INT64_C(1) << 20},
        {"GiB", INT64_C(1) << 30},
        {"TiB", INT64_C(1) << 40},
        {"KB", 1000},
        {"kB", 1000},
        {"MB", 1000000},
        {"GB", 1000000000},
        {"TB", INT64_C(1000000000000)},
    };
    char number[24];
    size_t n = (text[0] == '-') + digits(text + (text[0] == '-'));
    const char *unit = text + n + (text[n] == ' ');
    if (n >= sizeof number)
        return false;
    memcpy(number, text, n);
    number[n] = '\0';
    int64_t value;
    if (!parse_whole(number, &value))
        return false;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(unit, units[i].unit) == 0) {
            if (value > INT64_MAX / units[i].bytes || value < INT64_MIN / units[i].bytes)
                return false;
            *ret_value = value * units[i].bytes;
            return true;
        }
    }
    return false;
}

bool name_is_valid(const char *name, const char *more)
{
    if (name == NULL || name[0] < 'a' || name[0] > 'z')
        return false;
    size_t n = 0;
    for (; name[n] != '\0'; n++) {
        char c = name[n];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && strchr(more, c) == NULL)
            return false;
    }
    return n <= 64;
}

#define SAY(...) ((void)snprintf(problem, size, __VA_ARGS__), WN_E_CONFIG)

static wn_status check_range(const wn_option *o, double value, char *problem, size_t size)
{
    if (value >= o->min && value <= o->max)
        return WN_OK;
    return SAY("must lie between %.15g and %.15g", o->min, o->max);
}

static wn_status read_bool(const char *text, void *slot, char *problem, size_t size)
{
    static const char *const others[] = {"yes",   "no",   "on",    "off", "y",  "n",  "True",
                                         "False", "TRUE", "FALSE", "Yes", "No", "On", "Off",
                                         "YES",   "NO",   "ON",    "OFF", "1",  "0"};
    bool value = strcmp(text, "true") == 0;
    if (value || strcmp(text, "false") == 0) {
        memcpy(slot, &value, sizeof value);
        return WN_OK;
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (strcmp(text, others[i]) == 0)
            return SAY("is true or false: write `%s` instead of `%s`",
                       strchr("yYtToO1", text[0]) != NULL && text[1] != 'f' && text[1] != 'F'
                           ? "true"
                           : "false",
                       text);
    }
    return SAY("must be true or false, not `%.60s`", text);
}

static wn_status read_whole_number(const wn_option *o, const char *text, void *slot, char *problem,
                                   size_t size)
{
    int64_t value;
    double real;
    if (!parse_whole(text, &value))
        return parse_real(text, &real) ? SAY("must be a whole number, not `%.60s`", text)
                                       : SAY("must be a number, not `%.60s`", text);
    wn_status status = check_range(o, (double)value, problem, size);
    if (status == WN_OK)
        memcpy(slot, &value, sizeof value);
    return status;
}

static wn_status read_size(const wn_option *o, const char *text, void *slot, char *problem,
                           size_t size)
{
    int64_t value;
    if (!parse_size(text, &value))
        return SAY("must be a size in bytes such as 65536, 64KiB or 10MB, not `%.60s`", text);
    wn_status status = check_range(o, (double)value, problem, size);
    if (status == WN_OK)
        memcpy(slot, &value, sizeof value);
    return status;
}

static wn_status read_real(const wn_option *o, const char *text, void *slot, char *problem,
                           size_t size)
{
    double value;
    if (!parse_real(text, &value))
        return SAY("must be a number, not `%.60s`", text);
    wn_status status = check_range(o, value, problem, size);
    if (status == WN_OK)
        memcpy(slot, &value, sizeof value);
    return status;
}

static wn_status read_text(const char *text, arena *memory, void *slot)
{
    const char *copy = arena_strndup(memory, text, strlen(text));
    if (copy == NULL)
        return WN_E_NOMEM;
    memcpy(slot, &copy, sizeof copy);
    return WN_OK;
}

size_t option_choices(const wn_option *o, char *buffer, size_t size, const char **ret_words,
                      size_t cap)
{
    size_t n = 0;
    if (o->choices == NULL || strlen(o->choices) >= size)
        return 0;
    memcpy(buffer, o->choices, strlen(o->choices) + 1);
    for (char *p = buffer; p != NULL && n < cap;) {
        char *bar = strchr(p, '|');
        if (bar != NULL)
            *bar++ = '\0';
        ret_words[n++] = p;
        p = bar;
    }
    return n;
}

static wn_status read_choice(const wn_option *o, const char *text, arena *memory, void *slot,
                             char *problem, size_t size)
{
    char buffer[512];
    const char *words[32];
    size_t n = option_choices(o, buffer, sizeof buffer, words, 32);
    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i], text) == 0)
            return read_text(text, memory, slot);
    char hint[256];
    suggest_clause(text, words, n, hint, sizeof hint);
    return SAY("must be one of %.200s, not `%.60s`%s", o->choices, text,
               strncmp(hint, "; did", 5) == 0 ? hint : "");
}

wn_status option_parse(const wn_option *o, const char *text, arena *memory, void *slot,
                       char *problem, size_t size)
{
    switch (o->type) {
    case WN_T_BOOL: return read_bool(text, slot, problem, size);
    case WN_T_INT: return read_whole_number(o, text, slot, problem, size);
    case WN_T_SIZE: return read_size(o, text, slot, problem, size);
    case WN_T_REAL: return read_real(o, text, slot, problem, size);
    case WN_T_ENUM: return read_choice(o, text, memory, slot, problem, size);
    default: return read_text(text, memory, slot);
    }
}
