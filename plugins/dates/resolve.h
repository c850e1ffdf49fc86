/* resolve.h: from what an expression says to the days it means. Expressions are resolved in the
 * order of the text, against the document's date or the last mention; what cannot be known stays
 * open, with the reason. */
#ifndef DATES_RESOLVE_H
#define DATES_RESOLVE_H
#include "match.h"
#include "point.h"

enum { ORDER_AUTO, ORDER_DMY, ORDER_MDY };
enum { STATUS_RESOLVED, STATUS_INFERRED, STATUS_OPEN };

typedef struct resolve_options {
    bool has_document_day;
    int64_t document_day;
    bool document_inferred;
    bool nearest_weekday; /* without a tense: the nearest such day, not the last */
    int numeric_order;
} resolve_options;

typedef struct date_value {
    uint32_t start, end;
    uint8_t type; /* CLASS_DATE, CLASS_TIME, CLASS_DURATION, CLASS_SET */
    uint8_t status, anchor, mod;
    int8_t quant; /* or -1 */
    int8_t tense;
    bool absolute; /* says its year itself */
    bool has_days, is_range;
    uint8_t gran;
    int16_t zone;           /* minutes east of UTC, or ZONE_UNKNOWN */
    int64_t begin, end_day; /* half-open */
    uint32_t part[4];       /* of a range: begin, end */
    const char *reason;     /* static, when open */
    const char *rule;
    char value[VALUE_MAX], freq[16];
} date_value;

typedef struct resolver {
    const date_rules *rules;
    const matches *found;
    resolve_options options;
    int order; /* of numeric dates, from the evidence */
    date_point last, last_day, period;
    uint32_t last_at, last_day_at, period_at; /* bytes; UINT32_MAX: none */
} resolver;

/* The order of day and month in numeric dates: `told`, or for ORDER_AUTO what the first date with a
 * number above 12 proves; ORDER_AUTO: nothing does. */
int resolve_order(const matches *found, int told);
/* rules and found are borrowed; `options.numeric_order` is what resolve_order() says. */
void resolver_start(resolver *r, const date_rules *rules, const matches *found,
                    const resolve_options *options);

/* Resolve the kept atom of that index; call it in the order of the text. */
void resolve_next(resolver *r, size_t index, date_value *ret);

/* As TIMEX3 (TimeML, ISO 24617-1) writes them, static; NULL when there is none. */
const char *mod_name(int mod);
const char *quant_name(int quant);
#endif
