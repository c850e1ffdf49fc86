/* tap.h: unit tests in TAP. A test is a void function with CHECKs in it, called through RUN;
 * checks print both values and go on. End main with `return DONE();`. */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H
#include <stdio.h>
#include <string.h>

static int tap_n, tap_bad, tap_now;
#define CHECK(cond) \
    do { \
        if (!(cond)) { \
            tap_now = 1; \
            printf("# %s:%d: not true: %s\n", __FILE__, __LINE__, #cond); \
        } \
    } while (0)
#define CHECK_INT(got, want) \
    do { \
        long long g_ = (long long)(got), w_ = (long long)(want); \
        if (g_ != w_) { \
            tap_now = 1; \
            printf("# %s:%d: %s is %lld, want %lld\n", __FILE__, __LINE__, #got, g_, w_); \
        } \
    } while (0)
#define CHECK_STR(got, want) \
    do { \
        const char *g_ = (got), *w_ = (want); \
        if ((g_ == NULL) != (w_ == NULL) || (g_ != NULL && strcmp(g_, w_) != 0)) { \
            tap_now = 1; \
            printf("# %s:%d: %s is \"%s\", want \"%s\"\n", __FILE__, __LINE__, #got, \
                   g_ ? g_ : "(null)", w_ ? w_ : "(null)"); \
        } \
    } while (0)
#define CHECK_MEM(got, n, want) \
    do { \
        const char *g_ = (got), *w_ = (want); \
        size_t n_ = (n); \
        if (n_ != strlen(w_) || memcmp(g_, w_, n_) != 0) { \
            tap_now = 1; \
            printf("# %s:%d: %s is \"%.*s\", want \"%s\"\n", __FILE__, __LINE__, #got, (int)n_, \
                   g_, w_); \
        } \
    } while (0)
#define RUN(test) \
    do { \
        tap_now = 0; \
        test(); \
        tap_bad += tap_now; \
        printf("%sok %d - %s\n", tap_now ? "not " : "", ++tap_n, #test); \
        (void)fflush(stdout); \
    } while (0)
#define DONE() (printf("1..%d\n", tap_n), tap_bad != 0)
#endif
