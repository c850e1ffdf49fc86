/* rulefile.c: see rulefile.h. */
#include "rulefile.h"
#include "common/ascii.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool refuse(cursor *c, const char *fmt, ...)
{
    if (c->err->text[0] == '\0') {
        va_list ap;
        va_start(ap, fmt);
        (void)vsnprintf(c->err->text, sizeof c->err->text, fmt, ap);
        va_end(ap);
        c->err->line = c->line;
        c->err->column = (int)(c->start - c->line_start) + c->column_base;
    }
    return false;
}

static bool name_char(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_' || (ch & 0x80) != 0;
}

static bool skip_space(cursor *c)
{
    while (c->p < c->end) {
        if (*c->p == ' ' || *c->p == '\t' || *c->p == '\r') {
            c->p++;
        } else if (*c->p == '\n' && c->p + 1 < c->end && (c->p[1] == ' ' || c->p[1] == '\t')) {
            c->p++, c->line++, c->line_start = c->p, c->column_base = 1;
        } else {
            return *c->p != '\n';
        }
    }
    return false;
}

static void read_string(cursor *c)
{
    const char *close = memchr(c->p + 1, '"', (size_t)(c->end - c->p - 1));
    if (close == NULL || memchr(c->p, '\n', (size_t)(close - c->p)) != NULL) {
        c->type = T_BAD, c->len = 1, c->p++;
        return;
    }
    c->type = T_STRING, c->start = c->p + 1, c->len = (size_t)(close - c->start), c->p = close + 1;
}

static void read_number(cursor *c)
{
    int64_t n = 0;
    c->type = T_NUMBER;
    while (c->p < c->end && ascii_digit(*c->p))
        if ((n = n * 10 + (*c->p++ - '0')) > 1000000000)
            c->type = T_BAD, n = 0;
    c->number = (int32_t)n;
    c->len = (size_t)(c->p - c->start);
}

void next_token(cursor *c)
{
    const char *before = c->p;
    bool more = skip_space(c);
    c->space_before = c->p > before;
    c->start = c->p, c->len = 0;
    if (!more) {
        c->type = T_END;
    } else if (*c->p == '"') {
        read_string(c);
    } else if (ascii_digit(*c->p)) {
        read_number(c);
    } else if (name_char(*c->p)) {
        while (c->p < c->end && (name_char(*c->p) || ascii_digit(*c->p)))
            c->p++;
        c->type = T_NAME, c->len = (size_t)(c->p - c->start);
    } else if (*c->p == '-' && c->p + 1 < c->end && c->p[1] == '>') {
        c->type = T_ARROW, c->len = 2, c->p += 2;
    } else {
        c->type = *c->p > ' ' ? T_MARK : T_BAD, c->len = 1, c->p++;
    }
}

bool is_mark(const cursor *c, char mark)
{
    return c->type == T_MARK && *c->start == mark;
}

bool is_word(const cursor *c, const char *text)
{
    return c->type == T_NAME && c->len == strlen(text) && memcmp(c->start, text, c->len) == 0;
}

int field_find(const char *name, size_t len)
{
    static const char *const names[] = {
#define X(f) #f,
        DATE_FIELDS(X)
#undef X
    };
    for (int i = 0; i < FIELD_COUNT; i++)
        if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0)
            return i;
    return -1;
}

bool symbol_value(const char *name, size_t len, int32_t *ret_value)
{
    static const struct {
        const char *name;
        int32_t value;
    } symbols[] = {
        {"X", VALUE_X},
        {"second", U_SECOND},
        {"minute", U_MINUTE},
        {"hour", U_HOUR},
        {"day", U_DAY},
        {"week", U_WEEK},
        {"weekends", U_WEEKEND},
        {"fortnight", U_FORTNIGHT},
        {"month", U_MONTH},
        {"quarter", U_QUARTER},
        {"seasons", U_SEASON},
        {"halfyear", U_HALF},
        {"year", U_YEAR},
        {"decade", U_DECADE},
        {"century", U_CENTURY},
        {"millennium", U_MILLENNIUM},
        {"anyunit", U_ANY},
        {"morning", PART_MORNING},
        {"midday", PART_MIDDAY},
        {"afternoon", PART_AFTERNOON},
        {"evening", PART_EVENING},
        {"night", PART_NIGHT},
        {"daytime", PART_DAYTIME},
        {"dawn", PART_DAWN},
        {"spring", SEASON_SPRING},
        {"summer", SEASON_SUMMER},
        {"fall", SEASON_FALL},
        {"winter", SEASON_WINTER},
        {"past", REF_PAST},
        {"present", REF_PRESENT},
        {"future", REF_FUTURE},
        {"document", ANCHOR_DOCUMENT},
        {"mention", ANCHOR_MENTION},
        {"auto", ANCHOR_AUTO},
        {"none", ANCHOR_NONE},
        {"period", ANCHOR_PERIOD},
        {"START", MOD_START},
        {"MID", MOD_MID},
        {"END", MOD_END},
        {"APPROX", MOD_APPROX},
        {"LESS_THAN", MOD_LESS_THAN},
        {"MORE_THAN", MOD_MORE_THAN},
        {"EQUAL_OR_LESS", MOD_EQUAL_OR_LESS},
        {"EQUAL_OR_MORE", MOD_EQUAL_OR_MORE},
        {"BEFORE", MOD_BEFORE},
        {"AFTER", MOD_AFTER},
        {"ON_OR_BEFORE", MOD_ON_OR_BEFORE},
        {"ON_OR_AFTER", MOD_ON_OR_AFTER},
        {"EVERY", QUANT_EVERY},
        {"EACH", QUANT_EACH},
        {"SOME", QUANT_SOME},
    };
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
        if (strlen(symbols[i].name) == len && memcmp(symbols[i].name, name, len) == 0) {
            *ret_value = symbols[i].value;
            return true;
        }
    return false;
}
