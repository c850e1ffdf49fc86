/* fuzz_dates.c: any text, under several document dates: no crash, spans in order and on character
 * boundaries, values in the TIMEX3 grammar, begin before end. */
#include "dates/docdate.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(cond) \
    do { \
        if (!(cond)) { \
            fprintf(stderr, "not true: %s\n", #cond); \
            abort(); \
        } \
    } while (0)

static date_rules *rules;

static void load_rules(void)
{
    static char bytes[1 << 20];
    char path[4096];
    rules_error err;
    const char *dir = getenv("srcdir");
    (void)snprintf(path, sizeof path, "%s/plugins/dates/data/en.dates", dir != NULL ? dir : ".");
    FILE *f = fopen(path, "rb");
    MUST(f != NULL);
    size_t n = fread(bytes, 1, sizeof bytes, f);
    (void)fclose(f);
    rules = date_rules_new();
    MUST(rules != NULL && date_rules_load(rules, bytes, n, &err) && date_rules_finish(rules, &err));
}

/* X for a digit, as values of open expressions have. */
static bool figure(char c)
{
    return (c >= '0' && c <= '9') || c == 'X';
}

static const char *figures(const char *p, int lo, int hi)
{
    int n = 0;
    while (n < hi && figure(*p))
        p++, n++;
    return n >= lo ? p : NULL;
}

static const char *after(const char *p, const char *word)
{
    size_t n = strlen(word);
    return p != NULL && strncmp(p, word, n) == 0 ? p + n : NULL;
}

static const char *one_of(const char *p, const char *const *words)
{
    for (; *words != NULL; words++)
        if (after(p, *words) != NULL)
            return after(p, *words);
    return NULL;
}

static const char *clock_part(const char *p)
{
    static const char *const parts[] = {"MO", "MI", "AF", "EV", "NI", "DT", NULL};
    if (*p++ != 'T')
        return NULL;
    const char *q = one_of(p, parts);
    if (q != NULL)
        return q;
    p = figures(p, 2, 2);
    for (int i = 0; p != NULL && *p == ':' && i < 2; i++)
        p = figures(p + 1, 2, 2);
    if (p != NULL && *p == 'Z')
        return p + 1;
    if (p != NULL && (*p == '+' || *p == '-') && (p = figures(p + 1, 2, 2)) != NULL && *p == ':')
        return figures(p + 1, 2, 2);
    return p;
}

static const char *year_part(const char *p)
{
    static const char *const seasons[] = {"SP", "SU", "FA", "WI", "XX", NULL};
    if (*p != '-')
        return p;
    p++;
    if (*p == 'W' && p[1] != 'I') {
        p = figures(p + 1, 2, 2);
        if (p != NULL && after(p, "-WE") != NULL)
            return after(p, "-WE");
        if (p != NULL && *p == '-')
            return figures(p + 1, 1, 1);
        return p;
    }
    if (*p == 'Q' || *p == 'H')
        return figures(p + 1, 1, 1);
    const char *q = *p == 'X' ? NULL : one_of(p, seasons);
    if (q != NULL)
        return q;
    p = figures(p, 2, 2);
    return p != NULL && *p == '-' ? figures(p + 1, 2, 2) : p;
}

static const char *point(const char *p)
{
    static const char *const refs[] = {"PAST_REF", "PRESENT_REF", "FUTURE_REF", NULL};
    const char *q = one_of(p, refs);
    if (q != NULL)
        return q;
    p = after(p, "BC") != NULL ? p + 2 : p;
    p = figures(p, 1, 6);
    p = p != NULL ? year_part(p) : NULL;
    return p != NULL && *p == 'T' ? clock_part(p) : p;
}

static const char *duration(const char *p)
{
    static const char *const units[] = {"DE", "CE", "WE", "S", "M", "H",
                                        "D",  "W",  "Q",  "Y", "X", NULL};
    p++;
    for (int i = 0; p != NULL && *p != '\0' && i < 3; i++) {
        p = figures(*p == 'T' ? p + 1 : p, 1, 12);
        p = p != NULL ? one_of(p[-1] == 'X' && p[0] == '\0' ? p - 1 : p, units) : NULL;
    }
    return p;
}

static bool timex3(const char *value)
{
    const char *p =
        *value == 'P' && value[1] != 'A' && value[1] != 'R' ? duration(value) : point(value);
    if (p != NULL && *p == '/')
        p = point(p + 1);
    return p != NULL && *p == '\0';
}

static bool boundary(const uint8_t *data, size_t size, uint32_t at)
{
    return at == size || (data[at] & 0xc0) != 0x80;
}

static void check(const date_value *v, const uint8_t *data, size_t size, bool utf8, uint32_t last)
{
    MUST(v->start >= last && v->start < v->end && v->end <= size);
    MUST(!utf8 || (boundary(data, size, v->start) && boundary(data, size, v->end)));
    MUST(!v->has_days || v->begin < v->end_day);
    MUST((v->status == STATUS_OPEN) == (v->reason != NULL));
    if (!timex3(v->value)) {
        fprintf(stderr, "value %s by %s\n", v->value, v->rule);
        abort();
    }
    if (v->is_range)
        MUST(v->start <= v->part[0] && v->part[1] <= v->part[2] && v->part[3] <= v->end);
}

/* Good enough to know whether a sequence may be cut: no stray continuation byte. */
static bool looks_utf8(const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n;) {
        int more = p[i] < 0x80             ? 0
                   : (p[i] & 0xe0) == 0xc0 ? 1
                   : (p[i] & 0xf0) == 0xe0 ? 2
                   : (p[i] & 0xf8) == 0xf0 ? 3
                                           : -1;
        if (more < 0)
            return false;
        for (i++; more > 0; more--, i++)
            if (i >= n || (p[i] & 0xc0) != 0x80)
                return false;
    }
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static matches found, scratch;
    const int64_t days[] = {0, day_of(2023, 5, 30), day_of(1999, 12, 31), day_of(2024, 2, 29),
                            day_of(1, 1, 1)};
    if (rules == NULL)
        load_rules();
    if (size > 1 << 20)
        return 0;
    bool utf8 = looks_utf8(data, size);
    matches_clear(&found);
    MUST(date_match(rules, (const char *)data, (uint32_t)size, NULL, 0, &found));
    docdate d;
    char url[200];
    (void)snprintf(url, sizeof url, "https://a.example/%.*s", (int)(size < 150 ? size : 150),
                   (const char *)data);
    docdate_input in = {.text = (const char *)data,
                        .len = (uint32_t)size,
                        .url = url,
                        .read_text = true,
                        .read_url = true};
    MUST(docdate_find(rules, &in, &found, ORDER_AUTO, &scratch, &d));
    in.published = url;
    MUST(docdate_find(rules, &in, &found, ORDER_AUTO, &scratch, &d));
    for (size_t k = 0; k < sizeof days / sizeof *days; k++) {
        resolve_options o = {.has_document_day = k > 0,
                             .document_day = days[k],
                             .numeric_order = (int)(k % 3)};
        resolver r;
        uint32_t last = 0;
        resolver_start(&r, rules, &found, &o);
        for (size_t i = 0; i < found.found.n; i++) {
            date_value v;
            resolve_next(&r, ((const uint32_t *)found.found.item)[i], &v);
            check(&v, data, size, utf8, last);
            last = v.end;
        }
    }
    return 0;
}
