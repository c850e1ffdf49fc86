/* frame.h: what an expression says, before it is resolved: a set of named numbers. The rule file
 * names the fields; resolve.c gives them their meaning. The file README.md documents both. */
#ifndef DATES_FRAME_H
#define DATES_FRAME_H
#include <stdbool.h>
#include <stdint.h>

/* X(name): the order is of no importance, the names are the rule file's. */
/* clang-format off */
#define DATE_FIELDS(X) \
    X(y) X(yy) X(m) X(d) X(wd) X(week) X(q) X(half) X(season) X(dec) X(cent) X(era) X(hol) \
    X(weekend) X(hour) X(min) X(sec) X(pm) X(part) X(zone) X(fiscal) \
    X(rel) X(unit) X(anchor) X(nth) X(whole) \
    X(n) X(n2) X(n3) X(num) X(den) X(unit2) X(span) \
    X(mod) X(ref) X(dir) X(quant) X(freq) X(funit) X(approx) X(keep) X(a) X(b) X(f1) X(f2) X(f3)
/* clang-format on */

typedef enum frame_field {
#define X(name) F_##name,
    DATE_FIELDS(X)
#undef X
        FIELD_COUNT
} frame_field;

#define VALUE_X (INT32_MIN + 1) /* "some": the X of PXY */

typedef struct frame {
    uint64_t set; /* bit per field */
    int32_t v[FIELD_COUNT];
} frame;

/* A field is set or not; its value without being set means nothing. */
static inline bool frame_has(const frame *f, frame_field k)
{
    return (f->set >> k & 1) != 0;
}
static inline int32_t frame_get(const frame *f, frame_field k, int32_t otherwise)
{
    return frame_has(f, k) ? f->v[k] : otherwise;
}
static inline void frame_set(frame *f, frame_field k, int32_t v)
{
    f->set |= UINT64_C(1) << k;
    f->v[k] = v;
}
static inline void frame_drop(frame *f, frame_field k)
{
    f->set &= ~(UINT64_C(1) << k);
}

/* Symbols that a rule file may write where a number is meant. */
enum unit {
    U_SECOND,
    U_MINUTE,
    U_HOUR,
    U_DAY,
    U_WEEK,
    U_WEEKEND,
    U_FORTNIGHT,
    U_MONTH,
    U_QUARTER,
    U_SEASON,
    U_HALF,
    U_YEAR,
    U_DECADE,
    U_CENTURY,
    U_MILLENNIUM,
    U_ANY
};
enum part {
    PART_MORNING,
    PART_MIDDAY,
    PART_AFTERNOON,
    PART_EVENING,
    PART_NIGHT,
    PART_DAYTIME,
    PART_DAWN
};
enum season { SEASON_SPRING, SEASON_SUMMER, SEASON_FALL, SEASON_WINTER };
enum ref { REF_PAST, REF_PRESENT, REF_FUTURE };
enum anchor { ANCHOR_DOCUMENT, ANCHOR_MENTION, ANCHOR_AUTO, ANCHOR_NONE, ANCHOR_PERIOD };
enum mod {
    MOD_NONE,
    MOD_START,
    MOD_MID,
    MOD_END,
    MOD_APPROX,
    MOD_LESS_THAN,
    MOD_MORE_THAN,
    MOD_EQUAL_OR_LESS,
    MOD_EQUAL_OR_MORE,
    MOD_BEFORE,
    MOD_AFTER,
    MOD_ON_OR_BEFORE,
    MOD_ON_OR_AFTER
};
enum quant { QUANT_EVERY, QUANT_EACH, QUANT_SOME };
enum tense { TENSE_PAST = -1, TENSE_NONE = 0, TENSE_FUTURE = 1, TENSE_PRESENT = 2 };
#endif
