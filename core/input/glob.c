/* glob.c: see glob.h. Braces are expanded first; a match goes back to its last star only. */
#include "config.h"
#include "input/glob.h"
#include "util/alloc.h"
#include <stdlib.h>
#include <string.h>

enum { MAX_EXPANSIONS = 4096, MAX_PATTERN = 4096 };

/* [..] at p against byte c; *ret_end: behind the ]. False when the class is not closed (then [
 * stands for itself). */
static bool class_match(const char *p, unsigned char c, const char **ret_end, bool *ret_hit)
{
    bool negate = p[1] == '!' || p[1] == '^', hit = false;
    const char *q = p + 1 + negate, *first = q;
    for (; *q != '\0' && (*q != ']' || q == first); q++) {
        unsigned char low = (unsigned char)*q, high = low;
        if (q[1] == '-' && q[2] != ']' && q[2] != '\0') {
            high = (unsigned char)q[2];
            q += 2;
        }
        hit = hit || (low <= c && c <= high);
    }
    if (*q != ']')
        return false;
    *ret_end = q + 1;
    *ret_hit = hit != negate;
    return true;
}

static const char *next_character(const char *s)
{
    s++;
    while (((unsigned char)*s & 0xc0) == 0x80)
        s++;
    return s;
}

/* One step of a pattern without a star: false if it does not match here. */
static bool step(const char **p, const char **s)
{
    bool hit = false;
    if (**s == '\0')
        return false;
    if (**p == '?') {
        (*p)++;
        *s = next_character(*s);
        return true;
    }
    if (**p == '[' && class_match(*p, (unsigned char)**s, p, &hit)) {
        (*s)++;
        return hit;
    }
    if (**p == '\\' && (*p)[1] != '\0')
        (*p)++;
    hit = **p == **s;
    (*p)++;
    (*s)++;
    return hit;
}

bool glob_match(const char *pattern, const char *name)
{
    const char *p = pattern, *s = name, *star = NULL, *resume = NULL;
    for (;;) {
        if (*p == '*') {
            star = ++p;
            resume = s;
            continue;
        }
        if (*p == '\0' && *s == '\0')
            return true;
        if (*p != '\0' && step(&p, &s))
            continue;
        if (star == NULL || *resume == '\0')
            return false;
        p = star; /* only the last star need take more */
        s = ++resume;
    }
}

bool glob_is_pattern(const char *s)
{
    for (; *s != '\0'; s++) {
        if (*s == '\\' && s[1] != '\0')
            s++;
        else if (strchr("*?[{", *s) != NULL)
            return true;
    }
    return false;
}

/* The first {..} with a comma at its level: its brace, its end. */
static bool find_braces(const char *s, const char **ret_open, const char **ret_close)
{
    for (; *s != '\0'; s++) {
        if (*s == '\\' && s[1] != '\0') {
            s++;
            continue;
        }
        if (*s != '{')
            continue;
        int depth = 0;
        bool comma = false;
        for (const char *q = s; *q != '\0'; q++) {
            if (*q == '\\' && q[1] != '\0')
                q++;
            else if (*q == '{')
                depth++;
            else if (*q == ',')
                comma = comma || depth == 1;
            else if (*q == '}' && --depth == 0) {
                if (!comma)
                    break;
                *ret_open = s;
                *ret_close = q;
                return true;
            }
        }
    }
    return false;
}

static const char *alternative_end(const char *s, const char *close)
{
    int depth = 0;
    for (; s < close; s++) {
        if (*s == '\\')
            s++;
        else if (*s == '{')
            depth++;
        else if (*s == '}')
            depth--;
        else if (*s == ',' && depth == 0)
            return s;
    }
    return close;
}

typedef struct expansion {
    glob_each *each;
    void *self;
    size_t n;
} expansion;

static wn_status expand_braces(expansion *x, const char *pattern, wn_error *err)
{
    const char *open, *close;
    if (!find_braces(pattern, &open, &close)) {
        if (++x->n > MAX_EXPANSIONS)
            return wn_fail(err, WN_E_CONFIG,
                           "the braces of a path pattern stand for more than %d patterns; use * or "
                           "fewer braces",
                           MAX_EXPANSIONS);
        return x->each(x->self, pattern, err);
    }
    char *one = mem_alloc(strlen(pattern) + 1);
    wn_status status = one == NULL ? wn_fail(err, WN_E_NOMEM, "out of memory") : WN_OK;
    for (const char *a = open + 1; status == WN_OK && a <= close;) {
        const char *end = alternative_end(a, close);
        size_t head = (size_t)(open - pattern), n = (size_t)(end - a);
        memcpy(one, pattern, head);
        memcpy(one + head, a, n);
        memcpy(one + head + n, close + 1, strlen(close + 1) + 1);
        status = expand_braces(x, one, err);
        a = end + 1;
    }
    mem_free(one);
    return status;
}

wn_status glob_braces(const char *pattern, glob_each *each, void *self, wn_error *err)
{
    expansion x = {each, self, 0};
    if (strlen(pattern) > MAX_PATTERN)
        return wn_fail(err, WN_E_CONFIG, "a path pattern is longer than %d bytes", MAX_PATTERN);
    return expand_braces(&x, pattern, err);
}
