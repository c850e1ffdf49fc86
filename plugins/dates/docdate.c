/* docdate.c: see docdate.h: metadata, the head of the text, the address, in this order; else
 * bounds. */
#include "docdate.h"
#include <stdio.h>
#include <string.h>

enum {
    HEAD_BYTES = 600,
    HEAD_LABEL_WORDS = 8,
    MONTH_LETTERS = 3 /* of a month's name in an address, at least */
};

const char *docdate_from_name(int from)
{
    static const char *const names[] = {NULL, "metadata", "header", "dateline", "url"};
    return names[from];
}

/* ---- a date written as such: metadata */

static bool full_date(const date_rules *rules, const matches *m, size_t index, int order,
                      date_value *ret)
{
    resolver r;
    resolve_options o = {.numeric_order = order};
    const kept_atom *a = (const kept_atom *)m->kept.item + index;
    if (a->cls != CLASS_DATE && a->cls != CLASS_TIME)
        return false;
    resolver_start(&r, rules, m, &o);
    resolve_next(&r, index, ret);
    return ret->has_days && ret->end_day == ret->begin + 1 && ret->status == STATUS_RESOLVED;
}

static bool read_date(const date_rules *rules, const char *text, int order, matches *scratch,
                      date_value *ret, bool *ret_found)
{
    *ret_found = false;
    matches_clear(scratch);
    size_t len = strlen(text);
    if (!date_match(rules, text, (uint32_t)(len < 200 ? len : 200), NULL, 0, scratch))
        return false;
    const uint32_t *index = scratch->found.item;
    for (size_t i = 0; i < scratch->found.n && !*ret_found; i++)
        *ret_found = full_date(rules, scratch, index[i], resolve_order(scratch, order), ret);
    matches_clear(scratch);
    return true;
}

/* ---- the address: /2023/05/30/, /2023/may/30/, 2023-05-30, 20230530 */

static int digits(const char *p, int n)
{
    int v = 0;
    for (int i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9')
            return -1;
        v = v * 10 + (p[i] - '0');
    }
    return v;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The month whose name the n letters at p begin with ("june", "junio"); 0: none. The longest name
 * of the rule file decides. */
static int month_named(const date_rules *rules, const char *p, uint32_t n)
{
    for (uint32_t k = n < WORD_MAX ? n : WORD_MAX; k >= MONTH_LETTERS; k--) {
        int word = date_word_find(rules, p, k, date_hash(p, k));
        int32_t m = date_word_value(rules, word, rules->month, 0);
        if (m == 0)
            m = date_word_value(rules, word, rules->month_short, 0);
        if (m >= 1 && m <= 12)
            return m;
    }
    return 0;
}

/* A month at p: two digits, or a name and the letters behind it; returns its length. */
static uint32_t month_at(const date_rules *rules, const char *p, int *ret_month)
{
    uint32_t letters = 0;
    *ret_month = digits(p, 2);
    if (*ret_month >= 1 && *ret_month <= 12)
        return 2;
    while (p[letters] >= 'a' && p[letters] <= 'z')
        letters++;
    *ret_month = month_named(rules, p, letters);
    return *ret_month > 0 ? letters : 0;
}

/* Past the month behind a year, with the marks around it if there are any; NULL: there is none. */
static const char *url_month_at(const date_rules *rules, const char *p, char *ret_mark,
                                int *ret_month)
{
    char mark = *p == '/' || *p == '-' || *p == '_' ? *p : '\0';
    p += mark != '\0';
    uint32_t n = month_at(rules, p, ret_month);
    if (n == 0 || (mark == '\0' && n != 2))
        return NULL;
    p += n;
    *ret_mark = mark;
    return mark != '\0' && *p++ != mark ? NULL : p;
}

static bool url_date_at(const date_rules *rules, const char *p, int64_t *ret_day)
{
    int y = digits(p, 4), m = 0;
    char mark;
    if (y < 1990 || y > 2199 || (p = url_month_at(rules, p + 4, &mark, &m)) == NULL)
        return false;
    int width = is_digit(p[0]) && is_digit(p[1]) ? 2 : 1, d = digits(p, width);
    if (d < 1 || d > days_in_month(y, m) || is_digit(p[width]) || (mark == '\0' && width == 1))
        return false;
    *ret_day = day_of(y, m, d);
    return true;
}

static bool url_date(const date_rules *rules, const char *url, int64_t *ret_day)
{
    const char *path = strstr(url, "//");
    path = strchr(path != NULL ? path + 2 : url, '/');
    for (size_t i = 0; path != NULL && path[i] != '\0' && i < 2000; i++)
        if ((i == 0 || !is_digit(path[i - 1])) && url_date_at(rules, path + i, ret_day))
            return true;
    return false;
}

/* ---- the head of the text */

static bool line_break(char c)
{
    return c == '\n' || c == '\r';
}

typedef struct head {
    int words, labels, caps;
    bool ends_line, dash_after;
} head;

/* The word text[start, end) before the date, in ASCII letters. */
static void count_word(head *h, const date_rules *rules, const char *text, uint32_t start,
                       uint32_t end)
{
    char folded[WORD_MAX];
    uint32_t n = 0, upper = 0;
    int label = rules->label, word = -1;
    for (uint32_t p = start; p < end; p++)
        upper += text[p] <= 'Z';
    for (; n < end - start && n < WORD_MAX; n++)
        folded[n] = (char)(text[start + n] | 32);
    if (end - start <= WORD_MAX)
        word = date_word_find(rules, folded, n, date_hash(folded, n));
    h->words++;
    h->labels += label >= 0 && date_word_value(rules, word, label, INT32_MIN) != INT32_MIN;
    h->caps += upper == end - start && upper > 1;
}

static bool ascii_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* A hyphen, an en or em dash, or what stands for one behind a date line. */
static bool dash_at(const docdate_input *in, uint32_t p)
{
    if (p >= in->len)
        return false;
    const char *s = in->text + p;
    return *s == '-' || *s == '(' || *s == ':' ||
           (in->len - p >= 3 && memcmp(s, "\xe2\x80", 2) == 0 &&
            (s[2] == '\x93' || s[2] == '\x94'));
}

static head look_around(const date_rules *rules, const docdate_input *in, const kept_atom *a)
{
    head h = {0, 0, 0, false, false};
    for (uint32_t p = a->start; p > 0 && !line_break(in->text[p - 1]);) {
        uint32_t end = p;
        while (p > 0 && ascii_letter(in->text[p - 1]))
            p--;
        if (p == end) {
            p--;
            continue;
        }
        count_word(&h, rules, in->text, p, end);
        if (h.words > HEAD_LABEL_WORDS)
            return h;
    }
    uint32_t p = a->end;
    while (p < in->len && (in->text[p] == ' ' || in->text[p] == '\t' || in->text[p] == '.'))
        p++;
    h.ends_line = p == in->len || line_break(in->text[p]) || in->text[p] == '|';
    h.dash_after = dash_at(in, p);
    return h;
}

static int head_kind(const head *h)
{
    if (h->words > HEAD_LABEL_WORDS)
        return FROM_NOTHING;
    if (h->labels > 0 || (h->words == 0 && (h->ends_line || h->dash_after)))
        return FROM_HEADER;
    if (h->dash_after && h->words > 0 && h->caps > 0)
        return FROM_DATELINE;
    return h->words == 0 || !h->ends_line || h->words > 4 ? FROM_NOTHING : FROM_HEADER;
}

static bool read_head(const date_rules *rules, const docdate_input *in, const matches *found,
                      int order, docdate *ret)
{
    const uint32_t *index = found->found.item;
    for (size_t i = 0; i < found->found.n; i++) {
        const kept_atom *a = (const kept_atom *)found->kept.item + index[i];
        date_value v;
        if (a->start > HEAD_BYTES)
            break;
        head h = look_around(rules, in, a);
        if (head_kind(&h) == FROM_NOTHING || !full_date(rules, found, index[i], order, &v) ||
            !v.absolute)
            continue;
        ret->from = head_kind(&h), ret->day = v.begin, ret->start = a->start, ret->end = a->end;
        return true;
    }
    return false;
}

/* ---- bounds */

/* What is told as past was not after the document. */
static bool bound_by_text(const date_rules *rules, const matches *found, int order, docdate *ret)
{
    resolver r;
    resolve_options o = {.numeric_order = order};
    const uint32_t *index = found->found.item;
    resolver_start(&r, rules, found, &o);
    for (size_t i = 0; i < found->found.n; i++) {
        date_value v;
        if (!wn_beat(found->pulse))
            return false;
        resolve_next(&r, index[i], &v);
        if (!v.absolute || !v.has_days || v.is_range || v.tense == TENSE_FUTURE ||
            v.tense == TENSE_NONE)
            continue;
        if (ret->has_not_after && v.begin > ret->not_after)
            continue;
        if (!ret->has_not_before || v.begin > ret->not_before)
            ret->has_not_before = true, ret->not_before = v.begin;
    }
    return true;
}

static bool decide(docdate *ret, int from, int64_t day)
{
    ret->from = from, ret->day = day, ret->status = STATUS_RESOLVED;
    if (ret->value[0] == '\0')
        day_format(day, ret->value, sizeof ret->value);
    return true;
}

bool docdate_find(const date_rules *rules, const docdate_input *in, const matches *found, int order,
                  matches *scratch, docdate *ret)
{
    date_value v;
    bool is_date = false;
    *ret = (docdate){.status = STATUS_OPEN,
                     .reason = "no date in the metadata, the text's head or the address"};
    if (in->published != NULL) {
        if (!read_date(rules, in->published, order, scratch, &v, &is_date))
            return false;
        if (is_date) {
            (void)snprintf(ret->value, sizeof ret->value, "%.39s", v.value);
            return decide(ret, FROM_METADATA, v.begin);
        }
        ret->reason = "the metadata's date cannot be read";
    }
    int shown = resolve_order(found, order);
    if (in->read_text && read_head(rules, in, found, shown, ret))
        return decide(ret, ret->from, ret->day);
    int64_t day;
    if (in->read_url && in->url != NULL && url_date(rules, in->url, &day))
        return decide(ret, FROM_URL, day);
    if (in->captured != NULL) {
        if (!read_date(rules, in->captured, order, scratch, &v, &is_date))
            return false;
        if (is_date)
            ret->has_not_after = true, ret->not_after = v.begin;
    }
    return bound_by_text(rules, found, shown, ret);
}
