#include "report/assemble.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_REJECTS = 200 }; /* listed; all are in rejects.jsonl */

struct assembly {
    assembly_args args;
    json_t *wanted; /* set of ids in events of several documents */
    json_t *documents, *claims, *timeline, *quantities, *no_comment;
    json_t *undated, *open_dates, *unknown_speakers, *unread;
    size_t seen, detailed, reserved;
    bool oom;
};

static void put(assembly *a, json_t *object, const char *key, json_t *take_value)
{
    a->oom = json_object_set_new(object, key, take_value) != 0 || a->oom;
}

static void add(assembly *a, json_t *list, json_t *take_value) { a->oom = json_array_append_new(list, take_value) != 0 || a->oom; }

static void find_shared(assembly *a, const json_t *align)
{
    json_t *event, *doc;
    size_t i, k;
    json_array_foreach(json_object_get(align, "events"), i, event) {
        json_t *docs = json_object_get(event, "docs");
        if (json_array_size(docs) < 2)
            continue;
        json_array_foreach(docs, k, doc)
            if (json_is_string(doc))
                a->oom = json_object_setn_new(a->wanted, json_string_value(doc), json_string_length(doc), json_true()) != 0 || a->oom;
    }
}

assembly *assembly_new(const assembly_args *args)
{
    assembly *a = calloc(1, sizeof *a);
    if (a == NULL)
        return NULL;
    a->args = *args;
    a->wanted = json_object();
    json_t **lists[] = {&a->documents, &a->claims, &a->timeline, &a->quantities, &a->no_comment, &a->undated,
                        &a->open_dates, &a->unknown_speakers, &a->unread};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        a->oom = (*lists[i] = json_array()) == NULL || a->oom;
    find_shared(a, args->align);
    size_t shared = json_object_size(a->wanted);
    a->reserved = shared < args->max_documents ? shared : args->max_documents;
    return a;
}

void assembly_free(assembly *a)
{
    if (a == NULL)
        return;
    json_t *all[] = {a->wanted, a->documents, a->claims, a->timeline, a->quantities, a->no_comment, a->undated,
                     a->open_dates, a->unknown_speakers, a->unread};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        json_decref(all[i]);
    free(a);
}

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

void assembly_count(assembly *a) { a->seen++; }

static const char *text_of(const json_t *object, const char *key)
{
    const char *s = json_string_value(json_object_get(object, key));
    return s != NULL ? s : "";
}

static bool is(const json_t *object, const char *key, const char *value) { return strcmp(text_of(object, key), value) == 0; }

/* Move a span into a list, named by its document. */
static void list_span(assembly *a, json_t *list, json_t *span, const json_t *doc)
{
    put(a, span, "doc", json_incref(json_object_get(doc, "id")));
    add(a, list, json_incref(span));
}

static void set_event(assembly *a, json_t *span, const json_t *doc)
{
    json_t *event = json_object_get(doc, "event");
    if (event != NULL)
        put(a, span, "event", json_incref(event));
}

static void add_claims(assembly *a, const json_t *claims, const json_t *doc)
{
    size_t i;
    json_t *c;
    json_array_foreach(claims, i, c) {
        bool none = is(c, "type", "no_comment");
        set_event(a, c, doc);
        list_span(a, none ? a->no_comment : a->claims, c, doc);
        if (!none && is(c, "speaker_status", "unknown"))
            add(a, a->unknown_speakers, json_incref(c));
    }
}

static void add_dates(assembly *a, const json_t *dates, const json_t *doc)
{
    size_t i;
    json_t *d;
    json_array_foreach(dates, i, d) {
        bool point = is(d, "type", "DATE") || is(d, "type", "TIME");
        if (is(d, "status", "open"))
            list_span(a, a->open_dates, d, doc);
        else if (point && *text_of(d, "since") != '\0') {
            set_event(a, d, doc);
            list_span(a, a->timeline, d, doc);
        }
    }
}

static bool undated(const json_t *doc)
{
    const json_t *date = json_object_get(doc, "document_date");
    return date != NULL ? *text_of(date, "value") == '\0' : *text_of(doc, "published") == '\0';
}

bool assembly_add(assembly *a, json_t *take_document)
{
    json_t *doc = json_object_get(take_document, "doc"), *q;
    size_t i;
    a->seen++;
    a->detailed++;
    put(a, doc, "n", json_integer((json_int_t)a->detailed));
    add(a, a->documents, json_incref(doc));
    if (undated(doc))
        add(a, a->undated, json_pack("{s:O, s:O?}", "doc", json_object_get(doc, "id"), "document_date",
                                      json_object_get(doc, "document_date")));
    if (is(doc, "language", "und"))
        add(a, a->unread, json_incref(json_object_get(doc, "id")));
    add_claims(a, json_object_get(take_document, "claims"), doc);
    add_dates(a, json_object_get(take_document, "dates"), doc);
    json_array_foreach(json_object_get(take_document, "quantities"), i, q)
        list_span(a, a->quantities, q, doc);
    json_decref(take_document);
    return !a->oom;
}

typedef struct dated {
    const char *begin, *end;
    size_t order;
    json_t *entry;
} dated;

static int by_day(const void *x, const void *y)
{
    const dated *a = x, *b = y;
    int c = strcmp(a->begin, b->begin);
    c = c != 0 ? c : strcmp(a->end, b->end);
    return c != 0 ? c : (a->order > b->order) - (a->order < b->order);
}

static json_t *sorted_timeline(assembly *a)
{
    size_t n = json_array_size(a->timeline);
    dated *d = calloc(n + 1, sizeof *d);
    json_t *out = json_array();
    a->oom = a->oom || d == NULL;
    for (size_t i = 0; d != NULL && i < n; i++) {
        json_t *e = json_array_get(a->timeline, i);
        d[i] = (dated){text_of(e, "since"), text_of(e, "until"), i, e};
    }
    if (d != NULL && n > 1)
        qsort(d, n, sizeof *d, by_day);
    for (size_t i = 0; d != NULL && i < n; i++)
        add(a, out, json_incref(d[i].entry));
    free(d);
    return out;
}

static size_t count_origins(assembly *a)
{
    json_t *set = json_object(), *doc;
    size_t i;
    json_array_foreach(a->documents, i, doc) {
        const char *origin = text_of(json_object_get(doc, "duplicate"), "origin");
        put(a, set, *origin != '\0' ? origin : text_of(doc, "id"), json_true());
    }
    size_t n = json_object_size(set);
    json_decref(set);
    return n;
}

/* Who is quoted: claims and documents per speaker, most claims first, then by name. */
typedef struct speaker {
    const char *name;
    size_t claims;
    json_t *docs;
} speaker;

static int by_claims(const void *x, const void *y)
{
    const speaker *a = x, *b = y;
    if (a->claims != b->claims)
        return a->claims > b->claims ? -1 : 1;
    return strcmp(a->name, b->name);
}

enum { LONGEST_KEY = 512 };

/* "Chief engineer Orr" at the start of a sentence is "chief engineer Orr". Longer names are told by their beginning, cut between
 * characters. */
static void speaker_key(const char *name, char key[LONGEST_KEY])
{
    size_t n = strnlen(name, LONGEST_KEY - 1);
    while (n > 0 && name[n] != '\0' && ((unsigned char)name[n] & 0xC0) == 0x80)
        n--;
    memcpy(key, name, n);
    key[n] = '\0';
    if (key[0] >= 'A' && key[0] <= 'Z')
        key[0] = (char)(key[0] + 32);
}

static json_t *speakers(assembly *a)
{
    json_t *index = json_object(), *out = json_array(), *c;
    size_t i, n = 0;
    speaker *s = calloc(json_array_size(a->claims) + 1, sizeof *s);
    a->oom = a->oom || s == NULL;
    json_array_foreach(a->claims, i, c) {
        const char *name = text_of(c, "speaker");
        if (s == NULL || *name == '\0' || is(c, "speaker_status", "unnamed")) /* "the company" of two documents may be two */
            continue;
        char key[LONGEST_KEY];
        speaker_key(name, key);
        json_t *at = json_object_get(index, key);
        if (at == NULL) {
            put(a, index, key, json_integer((json_int_t)n));
            s[n++] = (speaker){name, 0, json_object()};
            at = json_object_get(index, key);
        }
        speaker *who = &s[json_integer_value(at)];
        who->claims++;
        put(a, who->docs, text_of(c, "doc"), json_true());
    }
    if (n > 1)
        qsort(s, n, sizeof *s, by_claims);
    for (i = 0; i < n; i++) {
        add(a, out, json_pack("{s:s, s:I, s:I}", "name", s[i].name, "claims", (json_int_t)s[i].claims, "docs",
                              (json_int_t)json_object_size(s[i].docs)));
        json_decref(s[i].docs);
    }
    free(s);
    json_decref(index);
    return out;
}

static json_t *list_or_empty(const json_t *findings, const char *key)
{
    json_t *list = json_object_get(findings, key);
    return list != NULL ? json_incref(list) : json_array();
}

static json_t *unknown_json(assembly *a, const json_t *run_info)
{
    json_t *rejects = json_array(), *r;
    size_t i;
    json_array_foreach(json_object_get(run_info, "rejects"), i, r) {
        if (i >= MAX_REJECTS)
            break;
        add(a, rejects, json_incref(r));
    }
    return json_pack("{s:O, s:O, s:O, s:O, s:o, s:I}", "undated", a->undated, "open_dates", a->open_dates,
                     "unknown_speakers", a->unknown_speakers, "language", a->unread, "rejects", rejects, "not_shown",
                     (json_int_t)(a->seen - a->detailed));
}

/* What merely stands side by side is no difference to count. */
static size_t count_differences(const json_t *differences)
{
    size_t i, n = 0;
    json_t *d;
    json_array_foreach(differences, i, d)
        n += !is(d, "relation", "not_the_same_measure");
    return n;
}

static json_t *summary_json(assembly *a, const json_t *report)
{
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "documents", (json_int_t)a->seen, "origins",
                     (json_int_t)count_origins(a), "events",
                     (json_int_t)json_array_size(json_object_get(report, "events")), "claims",
                     (json_int_t)json_array_size(a->claims), "shared",
                     (json_int_t)json_array_size(json_object_get(report, "clusters")), "differences",
                     (json_int_t)count_differences(json_object_get(report, "differences")), "groups",
                     (json_int_t)json_array_size(json_object_get(report, "groups")), "undated",
                     (json_int_t)json_array_size(a->undated));
}

json_t *assembly_finish(assembly *a, const json_t *run_info)
{
    json_t *stages = json_object_get(run_info, "stages");
    json_t *report = json_pack(
        "{s:i, s:s, s:o, s:o, s:o, s:o, s:O, s:O, s:O, s:O, s:o, s:o, s:o, s:O?}", "version", 1, "title", a->args.title,
        "events", list_or_empty(a->args.align, "events"), "clusters", list_or_empty(a->args.align, "clusters"), "differences",
        list_or_empty(a->args.align, "differences"), "groups", list_or_empty(a->args.dedup, "groups"), "documents",
        a->documents, "claims", a->claims, "no_comment", a->no_comment, "quantities", a->quantities, "timeline",
        sorted_timeline(a), "speakers", speakers(a), "unknown", unknown_json(a, run_info), "stages", stages);
    put(a, report, "summary", summary_json(a, report));
    if (!a->oom)
        return report;
    json_decref(report);
    return NULL;
}
