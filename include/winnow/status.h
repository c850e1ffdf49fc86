/* winnow/status.h: how calls answer: a status, and one line that says what was wrong. Part of
 * plugin.h. */
#ifndef WINNOW_STATUS_H
#define WINNOW_STATUS_H
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define WN_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define WN_EXPORT __attribute__((visibility("default")))
#else
#define WN_PRINTF(f, a)
#define WN_EXPORT
#endif

typedef enum wn_status {
    WN_OK = 0,     /* done; the document goes on */
    WN_DROP = 1,   /* the document ends here on purpose: return wn_drop(...) */
    WN_MERGED = 2, /* the document is represented by another: return wn_merge(...) */
    WN_END = 3,    /* a source has no further record in this unit */
    WN_E_NOMEM = -1,
    WN_E_CONFIG = -2, /* the configuration, or a data file it names, is wrong */
    WN_E_DATA = -3,   /* this record cannot be read: becomes a reject */
    WN_E_IO = -4,
    WN_E_LIMIT = -5, /* a limit (size, depth, time) was reached */
    WN_E_STAGE = -6, /* the stage failed on this document */
    WN_E_ABI = -7,
    WN_E_INTERNAL = -8,
    WN_E_INTERRUPTED = -9
} wn_status;

/* Enums of the ABI are ints: what -fshort-enums compiled would read and write other bytes than the
 * host. */
#ifdef __cplusplus
static_assert(sizeof(wn_status) == sizeof(int), "plugins are compiled without -fshort-enums");
#else
_Static_assert(sizeof(wn_status) == sizeof(int), "plugins are compiled without -fshort-enums");
#endif

/* Caller owns it, starts it with WN_ERROR_INIT; the first failure wins. */
typedef struct wn_error {
    wn_status status;
    int line, column; /* 1-based, 0: not known */
    char where[192];  /* file, or document and stage; may be empty */
    char text[512];   /* one line, what is wrong and what to do */
    void *reserved[4];
} wn_error;
#define WN_ERROR_INIT \
    { \
        WN_OK, 0, 0, "", "", \
        { \
            NULL, NULL, NULL, NULL \
        } \
    }

/* Say what is wrong, unless err tells of a failure already or is NULL; cut to its text. Returns
 * `status`. */
static inline wn_status wn_fail(wn_error *err, wn_status status, const char *fmt, ...)
    WN_PRINTF(3, 4);
static inline wn_status wn_fail(wn_error *err, wn_status status, const char *fmt, ...)
{
    if (err != NULL && err->status == WN_OK) {
        va_list ap;
        va_start(ap, fmt);
        err->status = status;
        (void)vsnprintf(err->text, sizeof err->text, fmt, ap);
        va_end(ap);
    }
    return status;
}

#ifdef __cplusplus
}
#endif
#endif
