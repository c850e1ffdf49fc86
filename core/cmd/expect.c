/* expect.c: one expectation of a config test against the files of a run directory; config/tests.c
 * has checked its shape. */
#include "config.h"
#include "cmd/expect.h"
#include "config/files.h"
#include "config/options.h"
#include "util/json.h"
#include "util/utf8.h"

#include <errno.h>
#include <regex.h>
#include <string.h>

enum { SHOWN = 200 };

static bool no(strbuf *why, const char *fmt, ...) WN_PRINTF(2, 3);
static bool no(strbuf *why, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    strbuf_vprintf(why, fmt, ap);
    va_end(ap);
    return false;
}

static size_t count_lines(const strbuf *b)
{
    size_t n = 0;
    for (const char *p = b->p, *end = b->p + b->len;
         b->len > 0 && (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
        n++;
    return n;
}

static bool ends_with(const char *s, const char *suffix)
{
    size_t n = strlen(s), k = strlen(suffix);
    return n >= k && strcmp(s + n - k, suffix) == 0;
}

/* ---- the value that is meant ---- */

static json_t *load_lines(wn_str text)
{
    json_t *lines = json_array();
    for (size_t at = 0; at < text.len;) {
        const char *nl = memchr(text.p + at, '\n', text.len - at);
        size_t end = nl != NULL ? (size_t)(nl - text.p) : text.len;
        json_t *line = json_load((wn_str){text.p + at, end - at}, NULL);
        if (line == NULL || json_array_append_new(lines, line) != 0) {
            json_decref(lines);
            return NULL;
        }
        at = end + 1;
    }
    return lines;
}

/* JSON lines become one list; a file that is not JSON is one text. */
static json_t *load(const char *name, wn_str text)
{
    if (ends_with(name, ".json"))
        return json_load(text, NULL);
    return ends_with(name, ".jsonl") ? load_lines(text) : json_stringn(text.p, text.len);
}

/* An item of a list by its index, a member of a mapping by its key. */
static json_t *step_into(json_t *at, const char *key, size_t len)
{
    size_t index = 0;
    if (json_is_object(at))
        return json_object_getn(at, key, len);
    if (!json_is_array(at) || strspn(key, "0123456789") < len)
        return NULL;
    for (size_t i = 0; i < len && index <= json_array_size(at); i++)
        index = index * 10 + (size_t)(key[i] - '0');
    return json_array_get(at, index);
}

/* *ret_parent: what the last step leads from, where all before it could be gone. */
static json_t *follow(json_t *at, const char *path, json_t **ret_parent)
{
    *ret_parent = NULL;
    for (;;) {
        size_t n = strcspn(path, ".");
        if (path[n] == '\0')
            *ret_parent = at;
        at = step_into(at, path, n);
        if (at == NULL || path[n] == '\0')
            return at;
        path += n + 1;
    }
}

/* ---- what is expected of it ---- */

typedef struct found {
    const json_t *value;
    strbuf text; /* of a single value; of a file as a whole: its bytes */
    bool has_text;
    strbuf *why;
} found;

static bool is_single(const json_t *v)
{
    return !json_is_object(v) && !json_is_array(v);
}

static void put_text(const json_t *v, strbuf *out)
{
    if (json_is_string(v))
        strbuf_add(out, json_string_value(v), json_string_length(v));
    else
        (void)json_put(out, v);
}

static const char *kind(const json_t *v)
{
    return json_is_object(v) ? "a mapping" : json_is_array(v) ? "a list" : "a single value";
}

/* Texts that are equal, or a number of the value that is written. */
static bool same_single(const json_t *v, const char *wanted)
{
    strbuf text = STRBUF_INIT;
    double number;
    put_text(v, &text);
    bool same =
        text.len == strlen(wanted) && (text.len == 0 || memcmp(text.p, wanted, text.len) == 0);
    strbuf_release(&text);
    return same || (json_is_real(v) && parse_real(wanted, &number) &&
                    !(number < json_real_value(v)) && !(number > json_real_value(v)));
}

static bool same(const json_t *v, const json_t *wanted)
{
    const char *key;
    json_t *item;
    size_t i;
    if (json_is_string(wanted))
        return v != NULL && is_single(v) && !json_is_null(v) &&
               same_single(v, json_string_value(wanted));
    if (v == NULL || json_typeof(v) != json_typeof(wanted) ||
        json_array_size(v) != json_array_size(wanted) ||
        json_object_size(v) != json_object_size(wanted))
        return false;
    json_array_foreach(wanted, i, item) if (!same(json_array_get(v, i), item)) return false;
    json_object_foreach((json_t *)(uintptr_t)wanted, key,
                        item) if (!same(json_object_get(v, key), item)) return false;
    return true;
}

static bool equals(found *f, const json_t *wanted)
{
    strbuf is = STRBUF_INIT, want = STRBUF_INIT;
    bool ok = same(f->value, wanted);
    if (!ok) {
        put_text(f->value, &is);
        put_text(wanted, &want);
        (void)no(f->why, "is `%.*s`, not `%.*s`", SHOWN, is.p != NULL ? is.p : "", SHOWN,
                 want.p != NULL ? want.p : "");
    }
    strbuf_release(&is);
    strbuf_release(&want);
    return ok;
}

/* A part of a text, an item of a list. `yes`: it must be there; else it must not. */
static bool contains(found *f, const char *wanted, bool yes)
{
    bool has = f->has_text && memmem(f->text.p, f->text.len, wanted, strlen(wanted)) != NULL;
    json_t *item;
    size_t i;
    if (!f->has_text && !json_is_array(f->value))
        return no(f->why, "is %s: go on with the path", kind(f->value));
    for (i = 0; !f->has_text && i < json_array_size(f->value); i++) {
        item = json_array_get(f->value, i);
        if (!is_single(item))
            return no(f->why, "is a list, and item %zu of it is %s: go on with the path", i,
                      kind(item));
        has = has || same_single(item, wanted);
    }
    return has == yes || no(f->why, yes ? "does not contain `%s`" : "contains `%s`", wanted);
}

static bool matches(found *f, const char *pattern)
{
    regex_t re;
    if (!f->has_text)
        return no(f->why, "is %s, not a text", kind(f->value));
    if (regcomp(&re, pattern, REG_EXTENDED | REG_NOSUB) != 0)
        return no(f->why, "`%s` is not a regular expression", pattern);
    bool ok = regexec(&re, f->text.p, 0, NULL, 0) == 0;
    regfree(&re);
    return ok || no(f->why, "is `%.*s`, which does not match `%s`", SHOWN, f->text.p, pattern);
}

/* Items of a list, members of a mapping, characters of a text. */
static bool has_length(found *f, json_int_t wanted)
{
    const json_t *v = f->value;
    if (is_single(v) && !json_is_string(v))
        return no(f->why, "is `%.*s`, which has no length", SHOWN, f->text.p);
    size_t n = json_is_string(v) ? utf8_count(json_string_value(v), json_string_length(v))
                                 : json_array_size(v) + json_object_size(v);
    return n == (size_t)wanted || no(f->why, "has length %zu, not %lld", n, (long long)wanted);
}

static bool within(found *f, const json_t *limit, bool lower)
{
    double is = json_number_value(f->value), bound = json_number_value(limit);
    if (!json_is_number(f->value))
        return no(f->why, "is %s%.*s, not a number", f->has_text ? "" : kind(f->value), SHOWN,
                  f->has_text ? f->text.p : "");
    return (lower ? is >= bound : is <= bound) ||
           no(f->why, "is %.*s, %s %.15g", SHOWN, f->text.p, lower ? "below" : "above", bound);
}

static bool holds(found *f, const char *key, const json_t *want)
{
    const char *text = json_string_value(want);
    if (strcmp(key, "equals") == 0)
        return equals(f, want);
    if (strcmp(key, "contains") == 0 || strcmp(key, "lacks") == 0)
        return contains(f, text, key[0] == 'c');
    if (strcmp(key, "matches") == 0)
        return matches(f, text);
    if (strcmp(key, "length") == 0)
        return has_length(f, json_integer_value(want));
    if (strcmp(key, "min") == 0 || strcmp(key, "max") == 0)
        return within(f, want, key[1] == 'i');
    return true; /* file, path, lines */
}

static bool value_holds(const json_t *value, const json_t *e, const strbuf *whole, strbuf *why)
{
    const char *key;
    json_t *want;
    found f = {value, STRBUF_INIT, whole != NULL || is_single(value), why};
    if (whole != NULL)
        strbuf_add(&f.text, whole->p, whole->len);
    else
        put_text(value, &f.text);
    bool ok = !f.text.oom || no(why, "does not fit into memory");
    json_object_foreach((json_t *)(uintptr_t)e, key, want) ok = ok && holds(&f, key, want);
    strbuf_release(&f.text);
    return ok;
}

static bool is_absent(const json_t *value, const json_t *parent, const char *path, strbuf *why)
{
    if (value != NULL)
        return no(why, "is there");
    if (parent == NULL || is_single(parent))
        return no(why, "cannot be absent: what `%s` leads through is not there", path);
    return true;
}

static bool file_holds(const json_t *e, const strbuf *b, strbuf *why)
{
    const json_t *lines = json_object_get(e, "lines");
    const char *file = json_string_value(json_object_get(e, "file")),
               *path = json_string_value(json_object_get(e, "path"));
    if (lines != NULL && count_lines(b) != (size_t)json_integer_value(lines))
        return no(why, "has %zu lines, not %lld", count_lines(b),
                  (long long)json_integer_value(lines));
    json_t *root = load(file, (wn_str){b->p, b->len}), *parent = NULL, *value = root;
    if (root == NULL)
        return no(why, "cannot be read as JSON");
    if (path != NULL)
        value = follow(root, path, &parent);
    bool ok = json_object_get(e, "absent") != NULL ? is_absent(value, parent, path, why)
              : value == NULL                      ? no(why, "is not there")
                              : value_holds(value, e, path == NULL ? b : NULL, why);
    json_decref(root);
    return ok;
}

bool expectation_holds(const char *run_dir, const json_t *e, strbuf *why)
{
    const char *file = json_string_value(json_object_get(e, "file"));
    strbuf b = STRBUF_INIT, name = STRBUF_INIT;
    strbuf_printf(&name, "%s/%s", run_dir, file);
    int failed = name.oom ? ENOMEM : read_whole(name.p, SIZE_MAX / 2, &b);
    bool ok = failed == 0        ? file_holds(e, &b, why)
              : failed == ENOENT ? no(why, "is not in the run directory")
                                 : no(why, "%s", strerror(failed));
    strbuf_release(&b);
    strbuf_release(&name);
    return ok;
}
