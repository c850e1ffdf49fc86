/* rundir.c: see rundir.h: run.json, lines of documents.jsonl, locators. */
#include "config.h"
#include "cmd/rundir.h"
#include "cmd/proof.h"
#include "config/files.h"
#include "util/json.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static wn_status name_path(char *path, size_t cap, const char *run, const char *name, wn_error *err)
{
    if (snprintf(path, cap, "%s/%s", run, name) >= (int)cap)
        return wn_fail(err, WN_E_IO, "%.100s/...: the path is too long", run);
    return WN_OK;
}

static json_t *parse(const char *path, uint64_t first_line, wn_str text, wn_error *err)
{
    json_scan why;
    unsigned line, column;
    json_t *j = json_load(text, &why);
    if (j != NULL)
        return j;
    json_place(text, why.at, &line, &column);
    (void)wn_fail(err, why.status == SCAN_NOMEM ? WN_E_NOMEM : WN_E_DATA, "%s:%llu:%u: %s", path,
                  (unsigned long long)(first_line + line - 1), column, why.message);
    return NULL;
}

json_t *rundir_json(const char *run, const char *name, wn_error *err)
{
    char path[4096];
    strbuf text = STRBUF_INIT;
    if (name_path(path, sizeof path, run, name, err) != WN_OK)
        return NULL;
    int failed = read_whole(path, SIZE_MAX / 2, &text);
    json_t *j = failed == 0 ? parse(path, 1, (wn_str){text.p, text.len}, err) : NULL;
    if (failed != 0)
        (void)wn_fail(err, failed == ENOMEM ? WN_E_NOMEM : WN_E_IO,
                      "%s: %s; is %s a run directory?", path, strerror(failed), run);
    strbuf_release(&text);
    return j;
}

wn_status rundir_open(const char *run, const char *name, bool optional, rundir_lines *ret,
                      wn_error *err)
{
    rundir_lines l = {0};
    if (name_path(l.path, sizeof l.path, run, name, err) != WN_OK)
        return WN_E_IO;
    l.file = fopen(l.path, "rb");
    if (l.file == NULL && !(optional && errno == ENOENT))
        return wn_fail(err, WN_E_IO, "%s: %s", l.path, strerror(errno));
    *ret = l;
    return WN_OK;
}

wn_status rundir_next(rundir_lines *l, wn_str *ret_line, wn_error *err)
{
    if (l->file == NULL)
        return WN_END;
    ssize_t n = getline(&l->line, &l->cap, l->file);
    if (n < 0)
        return feof(l->file) ? WN_END : wn_fail(err, WN_E_IO, "%s: %s", l->path, strerror(errno));
    l->number++;
    l->offset = l->next;
    l->next += n;
    *ret_line = (wn_str){l->line, (size_t)n};
    return WN_OK;
}

json_t *rundir_parse(const rundir_lines *l, wn_str line, wn_error *err)
{
    return parse(l->path, l->number, line, err);
}

/* A string unescaped, a number as it is written. */
static void put_plain(wn_str value, strbuf *out)
{
    if (value.p[0] == '"')
        (void)json_unescape((wn_str){value.p + 1, value.len - 2}, out);
    else
        strbuf_add(out, value.p, value.len);
}

static bool is_key(wn_str key, const char *word)
{
    return key.len == strlen(word) && memcmp(key.p, word, key.len) == 0;
}

bool rundir_names(wn_str line, strbuf *ret_id, strbuf *ret_name)
{
    json_scan s = json_scan_start(line);
    wn_str key, value;
    strbuf_clear(ret_id);
    strbuf_clear(ret_name);
    if (!json_scan_char(&s, '{') || !json_scan_member(&s, true, &key, &value) || !is_key(key, "id"))
        return false;
    put_plain(value, ret_id);
    if (json_scan_char(&s, ',') && json_scan_string(&s, &key) && is_key(key, "doc") &&
        json_scan_char(&s, ':') && json_scan_value(&s, &value))
        put_plain(value, ret_name);
    else
        strbuf_add(ret_name, ret_id->p != NULL ? ret_id->p : "", ret_id->len);
    return !ret_id->oom && !ret_name->oom;
}

wn_status rundir_seek(rundir_lines *l, int64_t offset, wn_error *err)
{
    if (l->file == NULL)
        return wn_fail(err, WN_E_IO, "%s: %s", l->path, strerror(ENOENT));
    if (fseeko(l->file, (off_t)offset, SEEK_SET) != 0)
        return wn_fail(err, WN_E_IO, "%s: %s", l->path, strerror(errno));
    l->next = offset;
    return WN_OK;
}

void rundir_close(rundir_lines *l)
{
    if (l->file != NULL)
        (void)fclose(l->file);
    free(l->line); /* getline's */
    *l = (rundir_lines){0};
}

static bool natural(const json_t *object, const char *key, uint64_t *ret)
{
    const json_t *n = json_object_get(object, key);
    if (n == NULL)
        return true;
    if (!json_is_integer(n) || json_integer_value(n) < 0)
        return false;
    *ret = (uint64_t)json_integer_value(n);
    return true;
}

wn_status locator_of_json(const json_t *raw, arena *memory, locator *ret, wn_error *err)
{
    locator at = {.path = string_in(raw, "path"),
                  .codec = string_in(raw, "codec"),
                  .decode = string_in(raw, "decode")};
    const json_t *pieces = json_object_get(raw, "pieces");
    if (at.path == NULL || !natural(raw, "member", &at.member) ||
        !natural(raw, "offset", &at.offset) || !natural(raw, "length", &at.length))
        return wn_fail(err, WN_E_DATA, "no locator (raw: path, offset, length)");
    if (pieces != NULL) {
        wn_range *r = arena_alloc(memory, json_array_size(pieces) * sizeof *r);
        if (r == NULL)
            return wn_fail(err, WN_E_NOMEM, "out of memory");
        at.n_pieces = ranges_of_json(pieces, r, json_array_size(pieces));
        if (at.n_pieces == SIZE_MAX)
            return wn_fail(err, WN_E_DATA, "the locator's pieces are not ranges");
        at.pieces = r;
    }
    *ret = at;
    return WN_OK;
}

const char *string_in(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static bool ends_with(const char *s, const char *suffix)
{
    size_t n = strlen(s), k = strlen(suffix);
    return n >= k && strcmp(s + n - k, suffix) == 0;
}

/* What this step wrote, as run.json has it. */
static const char *written_by(const json_t *run_json, const char *id, const char *suffix)
{
    const char *name;
    json_t *entry;
    json_object_foreach(json_object_get(run_json, "outputs"), name, entry)
    {
        const char *step = string_in(entry, "stage");
        if (step != NULL && id != NULL && strcmp(step, id) == 0 && ends_with(name, suffix))
            return name;
    }
    return NULL;
}

void rundir_output(const json_t *run_json, const char *plugin, const char *suffix,
                   const char *otherwise, char ret_name[256])
{
    size_t i;
    json_t *o;
    json_array_foreach(json_object_get(json_object_get(run_json, "config"), "output"), i, o)
    {
        const char *use = string_in(o, "use"),
                   *name = string_in(json_object_get(o, "with"), "name");
        const char *written = written_by(run_json, string_in(o, "id"), suffix);
        if (use == NULL || strcmp(use, plugin) != 0 || (written == NULL && name == NULL))
            continue;
        (void)snprintf(ret_name, 256, "%s%s", written != NULL ? written : name,
                       written != NULL ? "" : suffix);
        return;
    }
    (void)snprintf(ret_name, 256, "%s", otherwise);
}

size_t rundir_max_record(const json_t *run_json)
{
    const json_t *limits = json_object_get(json_object_get(run_json, "config"), "limits");
    json_int_t n = json_integer_value(json_object_get(limits, "max_record"));
    return n > 0 && (uint64_t)n < SIZE_MAX / 4 ? (size_t)n : (size_t)1 << 30;
}
