/* winnow/option.h: the options of a stage: a table, from which the host parses, checks and
 * documents them.
 *
 *     typedef struct { int64_t min_chars; } short_options;
 *     static const wn_option options[] = {
 *         WN_OPT_INT(short_options, min_chars, "200", 0, 1e9, "bytes of text to be kept"),
 *         WN_OPT_END
 *     };
 *
 * A macro compiles only where the member has the type that it fills. */
#ifndef WINNOW_OPTION_H
#define WINNOW_OPTION_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum wn_option_type {
    WN_T_END = 0,
    WN_T_BOOL,   /* bool */
    WN_T_INT,    /* int64_t, within [min, max] */
    WN_T_SIZE,   /* int64_t bytes; "64KiB", "10MB", "1GiB" are understood */
    WN_T_REAL,   /* double, within [min, max] */
    WN_T_STRING, /* const char *, UTF-8, terminated; NULL when the default is NULL */
    WN_T_ENUM,   /* const char *, one of `choices`; the pointer compares by strcmp */
    WN_T_LIST    /* wn_list of strings; the default is a comma separated list */
} wn_option_type;

typedef struct wn_list {
    const char *const *item;
    size_t n;
} wn_list;

/* What an option means to the host. At most one option of a table has each. */
typedef enum wn_role {
    WN_ROLE_NONE = 0,
    /* of a source, a LIST: the files, folders and patterns that are read; those of the command line
     * take its place */
    WN_ROLE_INPUTS,
    /* of a sink, a STRING: the file it writes in the run directory, or what its files begin with:
     * two sinks that would write the same file are refused before anything runs */
    WN_ROLE_OUTPUT
} wn_role;

typedef struct wn_option {
    const char *name;    /* lower_snake_case */
    uint32_t type;       /* wn_option_type */
    uint32_t offset;     /* of the member in the options struct */
    const char *def;     /* the default, as a user would write it; NULL: none */
    double min, max;     /* inclusive; for INT, SIZE, REAL */
    const char *choices; /* "a|b|c", for ENUM */
    const char *doc;     /* one line, no full stop */
    uint32_t role;       /* wn_role */
    uint32_t reserved;
} wn_option;

/* 0 where member m of s has type t; else it does not compile. */
#ifdef __cplusplus
extern "C++" {
template <class A, class B> struct wn_same {
    enum { size = -1 };
};
template <class A> struct wn_same<A, A> {
    enum { size = 1 };
};
}
#define WN_HAS_TYPE_(s, m, t) (sizeof(char[wn_same<decltype(s::m), t>::size]) - 1)
#else
/* clang-format off */
#define WN_HAS_TYPE_(s, m, t) _Generic(((s *)0)->m, t: 0)
#endif

#define WN_OPT_(s, m, ctype, t, d, lo, hi, ch, doc_, role_) \
    {#m, t, (uint32_t)(offsetof(s, m) + WN_HAS_TYPE_(s, m, ctype)), d, lo, hi, ch, doc_, role_, 0}
/* clang-format on */
#define WN_OPT_BOOL(s, m, d, doc_) WN_OPT_(s, m, bool, WN_T_BOOL, d, 0, 0, NULL, doc_, WN_ROLE_NONE)
#define WN_OPT_INT(s, m, d, lo, hi, doc_) \
    WN_OPT_(s, m, int64_t, WN_T_INT, d, lo, hi, NULL, doc_, WN_ROLE_NONE)
#define WN_OPT_SIZE(s, m, d, lo, hi, doc_) \
    WN_OPT_(s, m, int64_t, WN_T_SIZE, d, lo, hi, NULL, doc_, WN_ROLE_NONE)
#define WN_OPT_REAL(s, m, d, lo, hi, doc_) \
    WN_OPT_(s, m, double, WN_T_REAL, d, lo, hi, NULL, doc_, WN_ROLE_NONE)
#define WN_OPT_STRING(s, m, d, doc_) \
    WN_OPT_(s, m, const char *, WN_T_STRING, d, 0, 0, NULL, doc_, WN_ROLE_NONE)
#define WN_OPT_ENUM(s, m, d, ch, doc_) \
    WN_OPT_(s, m, const char *, WN_T_ENUM, d, 0, 0, ch, doc_, WN_ROLE_NONE)
#define WN_OPT_LIST(s, m, d, doc_) \
    WN_OPT_(s, m, wn_list, WN_T_LIST, d, 0, 0, NULL, doc_, WN_ROLE_NONE)
#define WN_OPT_INPUTS(s, m, doc_) \
    WN_OPT_(s, m, wn_list, WN_T_LIST, NULL, 0, 0, NULL, doc_, WN_ROLE_INPUTS)
#define WN_OPT_OUTPUT(s, m, d, doc_) \
    WN_OPT_(s, m, const char *, WN_T_STRING, d, 0, 0, NULL, doc_, WN_ROLE_OUTPUT)
#define WN_OPT_END \
    { \
        NULL, WN_T_END, 0, NULL, 0, 0, NULL, NULL, WN_ROLE_NONE, 0 \
    }
#endif
