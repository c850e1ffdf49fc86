/* assemble.c: see assemble.h. */
#include "report/assemble.h"
#include "common/grow.h"
#include "report/days.h"
#include "report/speakers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_REJECTS = 200 }; /* listed; all are in rejects.jsonl */

typedef struct kept {
    spilled *p;
    size_t n, cap;
} kept;

struct assembly {
    assembly_args args;
    json_t *wanted;    /* set of ids in events of several documents */
    json_t *documents; /* for the page */
    json_t *undated, *unread;
    json_t *rejects, *stages; /* since assembly_end */
    spill *spill;
    kept list[N_LISTS]; /* the timeline is in `days` */
    days *days;
    speakers speakers;
    const char *event; /* of the last document */
    size_t seen, detailed, reserved;
    bool oom;
};

static void add(assembly *a, json_t *list, json_t *take_value)
{
    a->oom = json_array_append_new(list, take_value) != 0 || a->oom;
}

static void find_shared(assembly *a, const json_t *align)
{
    json_t *event, *doc;
    size_t i, k;
    json_array_foreach(json_object_get(align, "events"), i, event)
    {
        json_t *docs = json_object_get(event, "docs");
        if (json_array_size(docs) < 2)
            continue;
        json_array_foreach(docs, k, doc) if (json_is_string(doc)) a->oom =
            json_object_setn_new(a->wanted, json_string_value(doc), json_string_length(doc),
                                 json_true()) != 0 ||
            a->oom;
    }
}

assembly *assembly_new(const assembly_args *args)
{
    assembly *a = calloc(1, sizeof *a);
    if (a == NULL)
        return NULL;
    a->args = *args;
    a->wanted = json_object();
    a->documents = json_array();
    a->undated = json_array();
    a->unread = json_array();
    a->rejects = json_array();
    a->spill = spill_new(args->in_memory);
    a->days = days_new();
    if (a->spill == NULL || a->days == NULL) {
        assembly_free(a);
        return NULL;
    }
    find_shared(a, args->align);
    size_t shared = json_object_size(a->wanted);
    a->reserved = shared < args->max_documents ? shared : args->max_documents;
    return a;
}

void assembly_free(assembly *a)
{
    if (a == NULL)
        return;
    json_t *all[] = {a->wanted, a->documents, a->undated, a->unread, a->rejects, a->stages};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        json_decref(all[i]);
    for (size_t i = 0; i < N_LISTS; i++)
        free(a->list[i].p);
    speakers_free(&a->speakers);
    days_free(a->days);
    spill_free(a->spill);
    free(a);
}

int assembly_problem(const assembly *a)
{
    return spill_problem(a->spill) != 0 ? spill_problem(a->spill) : ENOMEM;
}

/* ---- What is kept as JSON ---- */

static bool list_add(kept *l, spilled where)
{
    spilled *p = grown(l->p, &l->cap, l->n, sizeof *p);
    if (p == NULL)
        return false;
    l->p = p;
    l->p[l->n++] = where;
    return true;
}

/* Where it is; NULL: see assembly_problem. Borrowed until the list grows. */
static const spilled *keep(assembly *a, assembly_list list, const char *bytes, size_t n)
{
    spilled where;
    kept *l = &a->list[list];
    return spill_add(a->spill, bytes, n, &where) && list_add(l, where) ? &l->p[l->n - 1] : NULL;
}

/* ---- Documents ---- */

bool assembly_wants(assembly *a, const char *id, size_t len)
{
    if (a->detailed >= a->args.max_documents)
        return false;
    bool shared = json_object_getn(a->wanted, id, len) != NULL;
    if (!shared && a->detailed + a->reserved >= a->args.max_documents)
        return false;
    a->reserved -= shared && a->reserved > 0;
    return true;
}

void assembly_count(assembly *a)
{
    a->seen++;
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *s = json_string_value(json_object_get(object, key));
    return s != NULL ? s : "";
}

static bool is(const json_t *object, const char *key, const char *value)
{
    return strcmp(text_of(object, key), value) == 0;
}

static bool undated(const json_t *doc)
{
    const json_t *date = json_object_get(doc, "document_date");
    return date != NULL ? *text_of(date, "value") == '\0' : *text_of(doc, "published") == '\0';
}

size_t assembly_next(const assembly *a)
{
    return a->detailed + 1;
}

bool assembly_document(assembly *a, json_t *take_document, const char *bytes, size_t n)
{
    json_t *doc = take_document;
    a->seen++;
    a->detailed++;
    if (undated(doc))
        add(a, a->undated,
            json_pack("{s:O, s:O?}", "doc", json_object_get(doc, "id"), "document_date",
                      json_object_get(doc, "document_date")));
    if (is(doc, "language", "und"))
        add(a, a->unread, json_incref(json_object_get(doc, "id")));
    a->event = text_of(doc, "event");
    add(a, a->documents, doc);
    return !a->oom && keep(a, LIST_DOCUMENTS, bytes, n) != NULL;
}

/* ---- Spans ---- */

/* Claims of other stages may have no stance: they are believed. */
static bool said(const json_t *attrs)
{
    return json_object_get(attrs, "stance") == NULL || is(attrs, "stance", "asserted") ||
           is(attrs, "stance", "denied") || is(attrs, "stance", "hedged");
}

assembly_list assembly_claim(const assembly *a, const json_t *attrs)
{
    if (is(attrs, "type", "no_comment"))
        return LIST_NO_COMMENT;
    if (is(attrs, "confidence", "low"))
        return LIST_NONE;
    bool statement = json_object_get(attrs, "class") == NULL || is(attrs, "class", "statement");
    return said(attrs) && (statement || a->args.attitudes) ? LIST_CLAIMS : LIST_NONE;
}

assembly_list assembly_date(const assembly *a, const json_t *attrs)
{
    (void)a;
    bool point = is(attrs, "type", "DATE") || is(attrs, "type", "TIME");
    if (is(attrs, "status", "open"))
        return LIST_OPEN_DATES;
    return point && *text_of(attrs, "since") != '\0' ? LIST_TIMELINE : LIST_NONE;
}

bool assembly_tells_event(assembly_list list)
{
    return list == LIST_CLAIMS || list == LIST_NO_COMMENT || list == LIST_TIMELINE;
}

/* "the company" of two documents may be two */
static bool is_named(const json_t *attrs)
{
    return *text_of(attrs, "speaker") != '\0' && !is(attrs, "speaker_status", "unnamed");
}

static bool claim_add(assembly *a, const json_t *attrs, spilled where)
{
    if (is(attrs, "speaker_status", "unknown") && !list_add(&a->list[LIST_UNKNOWN_SPEAKERS], where))
        return false;
    return !is_named(attrs) || speakers_add(&a->speakers, text_of(attrs, "speaker"), a->detailed);
}

static bool date_add(assembly *a, const json_t *attrs, const char *bytes, size_t n)
{
    spilled where;
    return spill_add(a->spill, bytes, n, &where) &&
           days_add(a->days, where, text_of(attrs, "since"), text_of(attrs, "until"), a->event);
}

bool assembly_span(assembly *a, assembly_list list, const json_t *attrs, const char *bytes,
                   size_t n)
{
    if (list == LIST_NONE)
        return true;
    if (list == LIST_TIMELINE)
        return date_add(a, attrs, bytes, n);
    const spilled *where = keep(a, list, bytes, n);
    return where != NULL && (list != LIST_CLAIMS || claim_add(a, attrs, *where));
}

/* ---- The whole ---- */

static const json_t *finding(const json_t *findings, const char *key)
{
    return json_object_get(findings, key);
}

static size_t count_origins(assembly *a)
{
    json_t *set = json_object(), *doc;
    size_t i;
    json_array_foreach(a->documents, i, doc)
    {
        const char *origin = text_of(json_object_get(doc, "duplicate"), "origin");
        a->oom = json_object_set_new(set, *origin != '\0' ? origin : text_of(doc, "id"),
                                     json_true()) != 0 ||
                 a->oom;
    }
    size_t n = json_object_size(set);
    json_decref(set);
    return n;
}

/* What merely stands side by side is no difference to count. */
static size_t count_differences(const json_t *differences)
{
    size_t i, n = 0;
    json_t *d;
    json_array_foreach(differences, i, d) n += !is(d, "relation", "not_the_same_measure");
    return n;
}

static json_t *summary_json(assembly *a)
{
    const json_t *align = a->args.align;
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "documents", (json_int_t)a->seen,
                     "origins", (json_int_t)count_origins(a), "events",
                     (json_int_t)json_array_size(finding(align, "events")), "claims",
                     (json_int_t)a->list[LIST_CLAIMS].n, "shared",
                     (json_int_t)json_array_size(finding(align, "clusters")), "differences",
                     (json_int_t)count_differences(finding(align, "differences")), "groups",
                     (json_int_t)json_array_size(finding(a->args.dedup, "groups")), "undated",
                     (json_int_t)json_array_size(a->undated));
}

bool assembly_end(assembly *a, const json_t *run_info)
{
    json_t *r;
    size_t i;
    json_array_foreach(json_object_get(run_info, "rejects"), i, r)
    {
        if (i >= MAX_REJECTS)
            break;
        add(a, a->rejects, json_incref(r));
    }
    a->stages = json_incref(json_object_get(run_info, "stages"));
    days_sort(a->days);
    speakers_sort(&a->speakers);
    return !a->oom;
}

/* ---- report.json ---- */

static void put(dumper *d, const char *key, const json_t *value)
{
    dump_key(d, key);
    dump_value(d, value);
}

static void put_count(dumper *d, const char *key, size_t n)
{
    dump_key(d, key);
    dump_integer(d, (json_int_t)n);
}

static void put_list_or_none(dumper *d, const char *key, const json_t *findings)
{
    dump_key(d, key);
    if (finding(findings, key) != NULL) {
        dump_value(d, finding(findings, key));
        return;
    }
    dump_open(d, '[');
    dump_close(d, ']');
}

static bool put_span(assembly *a, dumper *d, spilled where)
{
    const char *bytes = spill_get(a->spill, where);
    if (bytes == NULL)
        return false;
    dump_item(d);
    dump_made(d, bytes, where.n, d->depth - ASSEMBLY_DEPTH);
    return true;
}

static bool put_kept(assembly *a, dumper *d, const char *key, assembly_list list)
{
    const kept *l = &a->list[list];
    bool ok = true;
    dump_key(d, key);
    dump_open(d, '[');
    for (size_t i = 0; ok && i < l->n; i++)
        ok = put_span(a, d, l->p[i]);
    dump_close(d, ']');
    return ok;
}

static bool put_timeline(assembly *a, dumper *d)
{
    bool ok = true;
    dump_key(d, "timeline");
    dump_open(d, '[');
    for (size_t i = 0; ok && i < days_count(a->days); i++)
        ok = put_span(a, d, days_get(a->days, i));
    dump_close(d, ']');
    return ok;
}

static void put_speakers(const assembly *a, dumper *d)
{
    dump_key(d, "speakers");
    dump_open(d, '[');
    for (size_t i = 0; i < a->speakers.n; i++) {
        const speaker *s = &a->speakers.p[i];
        dump_item(d);
        dump_open(d, '{');
        dump_key(d, "name");
        dump_string(d, s->name, strlen(s->name));
        put_count(d, "claims", s->claims);
        put_count(d, "docs", s->docs);
        dump_close(d, '}');
    }
    dump_close(d, ']');
}

static bool put_unknown(assembly *a, dumper *d)
{
    dump_key(d, "unknown");
    dump_open(d, '{');
    put(d, "undated", a->undated);
    bool ok = put_kept(a, d, "open_dates", LIST_OPEN_DATES) &&
              put_kept(a, d, "unknown_speakers", LIST_UNKNOWN_SPEAKERS);
    put(d, "language", a->unread);
    put(d, "rejects", a->rejects);
    put_count(d, "not_shown", a->seen - a->detailed);
    dump_close(d, '}');
    return ok;
}

bool assembly_write(assembly *a, dumper *d)
{
    json_t *summary = summary_json(a);
    dump_open(d, '{');
    put_count(d, "version", 1);
    dump_key(d, "title");
    dump_string(d, a->args.title, strlen(a->args.title));
    put_list_or_none(d, "events", a->args.align);
    put_list_or_none(d, "clusters", a->args.align);
    put_list_or_none(d, "differences", a->args.align);
    put_list_or_none(d, "groups", a->args.dedup);
    bool ok = put_kept(a, d, "documents", LIST_DOCUMENTS) &&
              put_kept(a, d, "claims", LIST_CLAIMS) &&
              put_kept(a, d, "no_comment", LIST_NO_COMMENT) &&
              put_kept(a, d, "quantities", LIST_QUANTITIES) && put_timeline(a, d);
    put_speakers(a, d);
    ok = ok && put_unknown(a, d);
    put(d, "stages", a->stages);
    put(d, "summary", summary);
    dump_close(d, '}');
    a->oom = a->oom || summary == NULL;
    json_decref(summary);
    return ok && !a->oom;
}

/* ---- What the page shows ---- */

/* {"rows": the first, "n": of so many}; NULL: out of memory, or the file failed. */
static json_t *first_kept(assembly *a, assembly_list list)
{
    const kept *l = &a->list[list];
    json_t *rows = json_array();
    bool ok = rows != NULL;
    for (size_t i = 0; ok && i < l->n && i < HTML_LISTED; i++) {
        const char *bytes = spill_get(a->spill, l->p[i]);
        ok = bytes != NULL &&
             json_array_append_new(rows, json_loadb(bytes, l->p[i].n, JSON_ALLOW_NUL, NULL)) == 0;
    }
    json_t *out = json_pack("{s:o, s:I}", "rows", rows, "n", (json_int_t)l->n);
    if (ok)
        return out;
    json_decref(out);
    return NULL;
}

static json_t *first_speakers(const assembly *a)
{
    json_t *rows = json_array();
    bool ok = rows != NULL;
    for (size_t i = 0; ok && i < a->speakers.n && i < HTML_LISTED; i++) {
        const speaker *s = &a->speakers.p[i];
        ok = json_array_append_new(rows, json_pack("{s:s, s:I, s:I}", "name", s->name, "claims",
                                                   (json_int_t)s->claims, "docs",
                                                   (json_int_t)s->docs)) == 0;
    }
    json_t *out = json_pack("{s:o, s:I}", "rows", rows, "n", (json_int_t)a->speakers.n);
    if (ok)
        return out;
    json_decref(out);
    return NULL;
}

json_t *assembly_page(assembly *a)
{
    json_t *summary = summary_json(a);
    const json_t *align = a->args.align, *dedup = a->args.dedup;
    json_t *page = json_pack(
        "{s:s, s:O*, s:O*, s:O*, s:O*, s:O, s:o, s:o, s:o, s:{s:O, s:o, s:o, s:O, s:I}, s:o}",
        "title", a->args.title, "events", finding(align, "events"), "clusters",
        finding(align, "clusters"), "differences", finding(align, "differences"), "groups",
        finding(dedup, "groups"), "documents", a->documents, "claims", first_kept(a, LIST_CLAIMS),
        "no_comment", first_kept(a, LIST_NO_COMMENT), "speakers", first_speakers(a), "unknown",
        "undated", a->undated, "open_dates", first_kept(a, LIST_OPEN_DATES), "unknown_speakers",
        first_kept(a, LIST_UNKNOWN_SPEAKERS), "rejects", a->rejects, "not_shown",
        (json_int_t)(a->seen - a->detailed), "summary", summary);
    return page;
}

html_day *assembly_days(const assembly *a, size_t *ret_n)
{
    return days_by_event(a->days, ret_n);
}
