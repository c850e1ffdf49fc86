#include "cmd/expect.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

static bool no(strbuf *why, const char *fmt, ...) WN_PRINTF(2, 3);
static bool no(strbuf *why, const char *fmt, ...)
{
    char text[600];
    va_list ap;
    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    strbuf_puts(why, text);
    return false;
}

static bool read_file(const char *dir, const char *name, strbuf *out)
{
    char path[4096], buffer[65536];
    if (snprintf(path, sizeof path, "%s/%s", dir, name) >= (int)sizeof path)
        return false;
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return false;
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, f)) > 0;)
        strbuf_add(out, buffer, n);
    bool ok = ferror(f) == 0 && !out->oom;
    (void)fclose(f);
    return ok;
}

static size_t count_lines(const strbuf *b)
{
    size_t n = 0;
    for (const char *p = b->p, *end = b->p + b->len; b->len > 0 && (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
        n++;
    return n;
}

static bool ends_with(const char *s, const char *suffix)
{
    size_t n = strlen(s), k = strlen(suffix);
    return n >= k && strcmp(s + n - k, suffix) == 0;
}

/* JSON lines become one array; a file that is not JSON becomes one string. */
static json_t *load(const char *name, const strbuf *b)
{
    if (ends_with(name, ".json"))
        return json_loadb(b->p, b->len, JSON_DECODE_ANY, NULL);
    if (!ends_with(name, ".jsonl"))
        return json_stringn(b->len > 0 ? b->p : "", b->len);
    json_t *lines = json_array();
    for (size_t at = 0; at < b->len;) {
        const char *nl = memchr(b->p + at, '\n', b->len - at);
        size_t end = nl != NULL ? (size_t)(nl - b->p) : b->len;
        json_t *line = json_loadb(b->p + at, end - at, 0, NULL);
        if (line == NULL || json_array_append_new(lines, line) != 0) {
            json_decref(lines);
            return NULL;
        }
        at = end + 1;
    }
    return lines;
}

static json_t *step_into(json_t *at, const char *key, size_t len)
{
    char *end;
    if (json_is_object(at))
        return json_object_getn(at, key, len);
    unsigned long i = strtoul(key, &end, 10);
    return json_is_array(at) && end == key + len && len > 0 ? json_array_get(at, i) : NULL;
}

static json_t *follow(json_t *at, const char *path)
{
    while (at != NULL && path != NULL && *path != '\0') {
        size_t n = strcspn(path, ".");
        at = step_into(at, path, n);
        path += n + (path[n] == '.');
    }
    return at;
}

/* Scalars as their text; anything else as JSON. */
static void to_text(const json_t *v, strbuf *out)
{
    if (json_is_string(v)) {
        strbuf_add(out, json_string_value(v), json_string_length(v));
        return;
    }
    char *dumped = json_dumps(v, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(12));
    if (dumped != NULL)
        strbuf_puts(out, dumped);
    free(dumped);
}

static size_t length_of(const json_t *v)
{
    return json_is_array(v) ? json_array_size(v) : json_is_object(v) ? json_object_size(v)
           : json_is_string(v) ? json_string_length(v) : 0;
}

static bool contains(const json_t *v, const char *text, const char *wanted)
{
    size_t i;
    json_t *item;
    if (!json_is_array(v))
        return strstr(text, wanted) != NULL;
    json_array_foreach(v, i, item) {
        strbuf t = STRBUF_INIT;
        to_text(item, &t);
        bool same = t.p != NULL && strcmp(t.p, wanted) == 0;
        strbuf_release(&t);
        if (same)
            return true;
    }
    return false;
}

static bool matches(const char *text, const char *pattern, strbuf *why)
{
    regex_t re;
    if (regcomp(&re, pattern, REG_EXTENDED | REG_NOSUB) != 0)
        return no(why, "`%s` is not a regular expression", pattern);
    bool ok = regexec(&re, text, 0, NULL, 0) == 0;
    regfree(&re);
    return ok || no(why, "is `%.200s`, which does not match `%s`", text, pattern);
}

static bool holds(const char *key, const json_t *want, const json_t *value, strbuf *why)
{
    strbuf is = STRBUF_INIT, wanted = STRBUF_INIT;
    to_text(value, &is);
    to_text(want, &wanted);
    const char *text = is.p != NULL ? is.p : "", *w = wanted.p != NULL ? wanted.p : "";
    bool ok = true;
    if (strcmp(key, "equals") == 0)
        ok = strcmp(text, w) == 0 || no(why, "is `%.200s`, not `%s`", text, w);
    else if (strcmp(key, "contains") == 0)
        ok = contains(value, text, w) || no(why, "does not contain `%s`", w);
    else if (strcmp(key, "lacks") == 0)
        ok = !contains(value, text, w) || no(why, "contains `%s`", w);
    else if (strcmp(key, "matches") == 0)
        ok = matches(text, w, why);
    else if (strcmp(key, "length") == 0)
        ok = length_of(value) == strtoul(w, NULL, 10) || no(why, "has length %zu, not %s", length_of(value), w);
    else if (strcmp(key, "min") == 0)
        ok = json_number_value(value) >= strtod(w, NULL) || no(why, "is %.200s, below %s", text, w);
    else if (strcmp(key, "max") == 0)
        ok = json_number_value(value) <= strtod(w, NULL) || no(why, "is %.200s, above %s", text, w);
    strbuf_release(&is);
    strbuf_release(&wanted);
    return ok;
}

static bool value_holds(json_t *root, const json_t *e, strbuf *why)
{
    const char *key, *path = json_string_value(json_object_get(e, "path"));
    json_t *want, *value = follow(root, path);
    bool absent = json_is_true(json_object_get(e, "absent"));
    if (absent)
        return value == NULL || no(why, "`%s` is there", path != NULL ? path : "");
    if (value == NULL)
        return no(why, "has no `%s`", path != NULL ? path : "");
    json_object_foreach((json_t *)e, key, want)
        if (strcmp(key, "file") != 0 && strcmp(key, "path") != 0 && strcmp(key, "lines") != 0 && !holds(key, want, value, why))
            return false;
    return true;
}

bool expectation_holds(const char *run_dir, const json_t *e, strbuf *why)
{
    const char *file = json_string_value(json_object_get(e, "file"));
    const json_t *lines = json_object_get(e, "lines");
    strbuf b = STRBUF_INIT;
    if (!read_file(run_dir, file, &b)) {
        strbuf_release(&b);
        return no(why, "the run has no file %s", file);
    }
    json_t *root = load(file, &b);
    bool ok = root != NULL || no(why, "cannot be read as JSON");
    if (ok && lines != NULL && count_lines(&b) != (size_t)json_integer_value(lines))
        ok = no(why, "has %zu lines, not %lld", count_lines(&b), (long long)json_integer_value(lines));
    ok = ok && value_holds(root, e, why);
    json_decref(root);
    strbuf_release(&b);
    return ok;
}
