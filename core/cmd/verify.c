/* verify.c: winnow verify: every pointer of a run, proved from the inputs. */
#include "config.h"
#include "cmd/commands.h"
#include "cmd/proof.h"
#include "cmd/rundir.h"
#include "input/input.h"
#include "util/alloc.h"
#include "util/show.h"
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int verify_main(int argc, char **argv);

const command cmd_verify = {
    "verify",
    "[RUN] [--all] [--edits]",
    "prove every pointer of a run from its inputs",
    "Reads the inputs of a run again (RUN is its directory, winnow-out if none is\n"
    "named). They must be the same bytes; then, for each pointer in documents.jsonl\n"
    "and report.json, its raw bytes are decoded anew and compared with the text it\n"
    "claims. Pointers of report.json that name a document and offsets only are\n"
    "compared with that document's text.\n"
    "\n"
    "  --all    list everything that is wrong, not the first 20\n"
    "  --edits  list the places where a stage put other words than the raw bytes\n"
    "           say\n"
    "\n"
    "Exit status: 0 all proved; 1 something is wrong, or an input has changed; 65,\n"
    "74 the run cannot be read.\n",
    verify_main,
};

enum { FEW = 20, BY_TEXT = PROOF_WRONG + 1, N_COUNTS = BY_TEXT + 1 };

typedef struct tally {
    uint64_t pointers, count[N_COUNTS];
} tally;

typedef struct verifier {
    const char *run;
    bool all, edits;
    json_t *manifest;
    fetcher *fetcher;
    arena *memory; /* of the document at hand */
    rundir_lines lines;
    json_t *index;      /* {name of a document: offset of its line} */
    strbuf label, name; /* of the line at hand */
    uint64_t complaints;
    uint64_t documents;
    tally in_documents, in_report;
    strbuf note;
    wn_range *range;
    size_t cap_ranges;
    /* the document at hand */
    const char *file; /* where its pointers stand */
    wn_str id;        /* what the results call it */
    const char *charset;
    wn_str raw, text;
    bool has_text;
} verifier;

static void complain(verifier *v, const char *fmt, ...) WN_PRINTF(2, 3);
static void complain(verifier *v, const char *fmt, ...)
{
    va_list ap;
    if (v->complaints++ == FEW && !v->all)
        printf("... more: --all lists them\n");
    if (v->complaints > FEW && !v->all)
        return;
    va_start(ap, fmt);
    show_vprintf(stdout, fmt, ap);
    va_end(ap);
    (void)putchar('\n');
}

/* ---- files ---- */

/* Is the file what run.json says of it? */
static bool unchanged(verifier *v, const char *path, const json_t *entry)
{
    struct stat st;
    char hex[65];
    wn_error err = WN_ERROR_INIT;
    const char *sum = string_in(entry, "sha256");
    if (sum == NULL) {
        complain(v, "not proved: %s has no sha256 in run.json", path);
        return false;
    }
    if (stat(path, &st) != 0 || input_digest(path, hex, &err) != WN_OK) {
        complain(v, "gone: %s", path);
        return false;
    }
    json_int_t bytes = json_integer_value(json_object_get(entry, "bytes"));
    if ((json_int_t)st.st_size == bytes && strcmp(hex, sum) == 0)
        return true;
    complain(v, "changed: %s (%lld bytes, sha256 %.12s...; the run had %lld, %.12s...)", path,
             (long long)st.st_size, hex, (long long)bytes, sum);
    return false;
}

static size_t check_inputs(verifier *v)
{
    size_t i, bad = 0, skipped = 0;
    json_t *entry;
    const json_t *inputs = json_object_get(v->manifest, "inputs");
    json_array_foreach(inputs, i, entry)
    {
        const char *path = string_in(entry, "path");
        if (path == NULL || strcmp(path, "-") == 0)
            skipped++;
        else
            bad += !unchanged(v, path, entry);
    }
    printf("inputs     %zu, %zu changed", json_array_size(inputs), bad);
    printf(skipped > 0
               ? ", %zu that cannot be read again (standard input, or a name that is not UTF-8)\n"
               : "\n",
           skipped);
    return bad;
}

static size_t check_outputs(verifier *v)
{
    size_t bad = 0;
    const char *name;
    json_t *entry, *outputs = json_object_get(v->manifest, "outputs");
    json_object_foreach(outputs, name, entry)
    {
        char path[4096];
        bool fits = snprintf(path, sizeof path, "%s/%s", v->run, name) < (int)sizeof path;
        if (!fits)
            complain(v, "cannot be read: %s: its path is too long", name);
        bad += !fits || !unchanged(v, path, entry);
    }
    printf("outputs    %zu, %zu changed\n", json_object_size(outputs), bad);
    return bad;
}

/* ---- one pointer ---- */

static const wn_range *take_ranges(verifier *v, const json_t *list, size_t *ret_n)
{
    size_t n = ranges_of_json(list, NULL, 0);
    if (n == SIZE_MAX || !MEM_GROW(v->range, v->cap_ranges, n + 1))
        return NULL;
    *ret_n = ranges_of_json(list, v->range, n);
    return v->range;
}

static void count(verifier *v, tally *t, unsigned outcome, const char *what, size_t start)
{
    t->pointers++;
    t->count[outcome]++;
    if (outcome == PROOF_WRONG)
        complain(v, "wrong: %s: %.*s: %s at %zu: %s", v->file, (int)v->id.len, v->id.p, what, start,
                 v->note.p);
    else if (outcome == PROOF_EDITED && v->edits)
        show_printf(stdout, "edited: %s: %.*s: %s at %zu: %s\n", v->file, (int)v->id.len, v->id.p,
                    what, start, v->note.p);
}

static void fail_note(verifier *v, const char *why)
{
    strbuf_clear(&v->note);
    strbuf_puts(&v->note, why);
}

/* The text a pointer claims: its own, which must then be the document's, or the document's. */
static bool claimed_text(verifier *v, const json_t *p, size_t start, size_t end, wn_str *ret)
{
    const json_t *own = json_object_get(p, "text");
    bool within = start <= end && end <= v->text.len;
    if (json_is_string(own))
        *ret = (wn_str){json_string_value(own), json_string_length(own)};
    else if (within && v->has_text)
        *ret = (wn_str){v->text.p + start, end - start};
    else
        return false;
    return !v->has_text ||
           (within && ret->len == end - start && memcmp(ret->p, v->text.p + start, ret->len) == 0);
}

static void check_pointer(verifier *v, tally *t, const json_t *p, const char *what)
{
    size_t n = 0, start = (size_t)json_integer_value(json_object_get(p, "start")),
           end = (size_t)json_integer_value(json_object_get(p, "end"));
    const json_t *raw = json_object_get(p, "raw");
    const wn_range *r = raw == NULL ? NULL : take_ranges(v, raw, &n);
    wn_str text;
    unsigned outcome = PROOF_WRONG;
    if (!claimed_text(v, p, start, end, &text))
        fail_note(v, "the document's text at these offsets is another");
    else if (raw == NULL)
        outcome = BY_TEXT;
    else if (r == NULL)
        fail_note(v, "raw is not a list of ranges");
    else
        outcome = prove(text, v->raw, r, n, v->charset, &v->note);
    count(v, t, outcome, what, start);
}

/* Metadata: a value that was read from the text is there, or was made from what is there. */
static void check_origin(verifier *v, tally *t, const char *key, const json_t *value,
                         const json_t *ranges)
{
    size_t n = 0;
    const wn_range *r = take_ranges(v, ranges, &n);
    unsigned outcome = PROOF_WRONG;
    bool within = r != NULL;
    for (size_t i = 0; within && i < n; i++)
        within = r[i].start <= r[i].end && r[i].end <= v->raw.len;
    if (!within) {
        fail_note(v, "its ranges lie outside the record");
    } else {
        outcome = PROOF_EDITED;
        if (json_is_string(value)) {
            wn_str text = {json_string_value(value), json_string_length(value)};
            outcome = prove(text, v->raw, r, n, v->charset, &v->note);
        }
        /* normalised: a date, a name in other letters */
        if (outcome == PROOF_WRONG || !json_is_string(value)) {
            outcome = PROOF_EDITED;
            fail_note(v, "\"");
            for (size_t i = 0; i < n; i++)
                show_bytes(&v->note, v->raw.p + r[i].start, (size_t)(r[i].end - r[i].start), 60);
            strbuf_puts(&v->note, "\" was read as a value");
        }
    }
    count(v, t, outcome, key, 0);
}

static void check_origins(verifier *v, tally *t, const json_t *values, json_t *provenance)
{
    const char *key;
    json_t *ranges;
    json_object_foreach(provenance, key, ranges)
        check_origin(v, t, key, json_object_get(values, key), ranges);
}

/* ---- documents.jsonl ---- */

/* Fetch the record behind a document's line; false: said so. */
static bool fetch_raw(verifier *v, const json_t *doc)
{
    locator at;
    wn_error err = WN_ERROR_INIT;
    arena_reset(v->memory);
    if (locator_of_json(json_object_get(doc, "raw"), v->memory, &at, &err) == WN_OK &&
        fetcher_get(v->fetcher, &at, v->memory, &v->raw, &err) == WN_OK)
        return true;
    complain(v, "wrong: %s: %.*s: %s", v->file, (int)v->id.len, v->id.p, err.text);
    return false;
}

static void check_layers(verifier *v, tally *t, json_t *spans)
{
    const char *layer;
    json_t *list, *span, *part;
    size_t i, k;
    json_object_foreach(spans, layer, list)
    {
        json_array_foreach(list, i, span)
        {
            check_pointer(v, t, span, layer);
            json_array_foreach(json_object_get(span, "parts"), k, part)
                check_pointer(v, t, part,
                              string_in(part, "role") != NULL ? string_in(part, "role") : "part");
        }
    }
}

static void check_document(verifier *v, json_t *doc)
{
    const json_t *text = json_object_get(doc, "text");
    tally *t = &v->in_documents;
    v->id = (wn_str){v->name.p != NULL ? v->name.p : "", v->name.len};
    v->charset = string_in(json_object_get(doc, "metadata"), "charset");
    v->text =
        (wn_str){json_is_string(text) ? json_string_value(text) : "", json_string_length(text)};
    v->has_text = true;
    v->documents++;
    if (json_object_setn_new_nocheck(v->index, v->id.p, v->id.len,
                                     json_integer((json_int_t)v->lines.offset)) != 0)
        v->label.oom = true;
    if (!fetch_raw(v, doc)) {
        t->pointers++;
        t->count[PROOF_WRONG]++;
        return;
    }
    check_layers(v, t, json_object_get(doc, "spans"));
    check_origins(v, t, json_object_get(doc, "metadata"), json_object_get(doc, "provenance"));
}

static wn_status check_documents(verifier *v, wn_error *err)
{
    wn_str line;
    wn_status status;
    char name[256];
    rundir_output(v->manifest, "jsonl", "", "documents.jsonl", name);
    v->file = name;
    if ((status = rundir_open(v->run, v->file, true, &v->lines, err)) != WN_OK)
        return status;
    while ((status = rundir_next(&v->lines, &line, err)) == WN_OK) {
        json_t *doc = rundir_parse(&v->lines, line, err);
        if (doc == NULL)
            return err->status;
        (void)rundir_names(line, &v->label, &v->name);
        check_document(v, doc);
        json_decref(doc);
        if (v->label.oom || v->name.oom)
            return wn_fail(err, WN_E_NOMEM, "out of memory for the list of documents");
    }
    return status == WN_END ? WN_OK : status;
}

/* ---- report.json ---- */

typedef struct pointer {
    const json_t *doc; /* its name */
    const json_t *at;
    size_t order;
} pointer;

typedef struct pointers {
    pointer *p;
    size_t n, cap;
} pointers;

static wn_str string_of(const json_t *string)
{
    return (wn_str){json_string_value(string), json_string_length(string)};
}

static int by_document(const void *a, const void *b)
{
    const pointer *x = a, *y = b;
    wn_str p = string_of(x->doc), q = string_of(y->doc);
    int d = memcmp(p.p, q.p, p.len < q.len ? p.len : q.len);
    if (d == 0 && p.len != q.len)
        return p.len < q.len ? -1 : 1;
    return d != 0 ? d : x->order < y->order ? -1 : 1;
}

static bool is_pointer(const json_t *o)
{
    return json_is_integer(json_object_get(o, "start")) &&
           json_is_integer(json_object_get(o, "end")) &&
           (json_is_array(json_object_get(o, "raw")) || json_is_string(json_object_get(o, "text")));
}

/* All pointers below a value; `doc`: the document that the objects around it name. */
static bool collect(pointers *all, const json_t *value, const json_t *doc)
{
    size_t i;
    json_t *item;
    if (json_is_array(value)) {
        json_array_foreach(value, i, item) if (!collect(all, item, doc)) return false;
        return true;
    }
    if (!json_is_object(value))
        return true;
    const json_t *own = json_object_get(value, "doc");
    doc = json_is_string(own) ? own : doc;
    if (doc != NULL && is_pointer(value)) {
        if (!MEM_GROW(all->p, all->cap, all->n + 1))
            return false;
        all->p[all->n] = (pointer){doc, value, all->n};
        all->n++;
    }
    for (void *k = json_object_iter((json_t *)(uintptr_t)value); k != NULL;
         k = json_object_iter_next((json_t *)(uintptr_t)value, k))
        if (!collect(all, json_object_iter_value(k), doc))
            return false;
    return true;
}

/* Documents of the report by name, with their locators. NULL: out of memory. */
static json_t *report_documents(const json_t *report)
{
    json_t *by_name = json_object(), *d;
    size_t i;
    json_array_foreach(json_object_get(report, "documents"), i, d)
    {
        const json_t *id = json_object_get(d, "id");
        if (json_is_string(id) && json_object_setn_nocheck(by_name, json_string_value(id),
                                                           json_string_length(id), d) != 0) {
            json_decref(by_name);
            return NULL;
        }
    }
    return by_name;
}

/* The document as documents.jsonl has it, or as the report has it; a new reference, or NULL. */
static json_t *find_document(verifier *v, const json_t *reported, wn_str id)
{
    const json_t *offset = json_object_getn(v->index, id.p, id.len);
    wn_error err = WN_ERROR_INIT;
    wn_str line;
    if (offset == NULL || rundir_seek(&v->lines, json_integer_value(offset), &err) != WN_OK ||
        rundir_next(&v->lines, &line, &err) != WN_OK)
        return json_incref(json_object_getn(reported, id.p, id.len));
    return rundir_parse(&v->lines, line, &err);
}

static json_t *enter_document(verifier *v, const json_t *reported, wn_str id)
{
    json_t *doc = find_document(v, reported, id);
    const json_t *text = json_object_get(doc, "text");
    v->id = id;
    v->charset = string_in(json_object_get(doc, "metadata"), "charset");
    v->has_text = json_is_string(text);
    v->text = (wn_str){v->has_text ? json_string_value(text) : "", json_string_length(text)};
    if (doc != NULL && fetch_raw(v, doc)) {
        const json_t *mine = json_object_getn(reported, id.p, id.len);
        check_origins(v, &v->in_report, mine, json_object_get(mine, "provenance"));
        return doc;
    }
    if (doc == NULL)
        complain(v, "wrong: %s: no document %.*s in the run", v->file, (int)id.len, id.p);
    json_decref(doc);
    return NULL;
}

static void check_pointers(verifier *v, const pointers *all, const json_t *reported)
{
    json_t *doc = NULL;
    for (size_t i = 0; i < all->n; i++) {
        const pointer *p = &all->p[i];
        if (i == 0 || !json_equal(p->doc, all->p[i - 1].doc)) {
            json_decref(doc);
            doc = enter_document(v, reported, string_of(p->doc));
        }
        if (doc != NULL) {
            check_pointer(v, &v->in_report, p->at, "pointer");
        } else {
            v->in_report.pointers++;
            v->in_report.count[PROOF_WRONG]++;
        }
    }
    json_decref(doc);
}

static wn_status check_report(verifier *v, wn_error *err)
{
    char name[256];
    struct stat st;
    char path[4096];
    pointers all = {NULL, 0, 0};
    wn_status status = WN_OK;
    rundir_output(v->manifest, "report", ".json", "report.json", name);
    if (snprintf(path, sizeof path, "%s/%s", v->run, name) >= (int)sizeof path ||
        stat(path, &st) != 0)
        return WN_OK; /* a run without a report */
    json_t *report = rundir_json(v->run, name, err);
    if (report == NULL)
        return err->status;
    json_t *reported = report_documents(report);
    v->file = name;
    if (reported == NULL || !collect(&all, report, NULL))
        status = wn_fail(err, WN_E_NOMEM, "out of memory for the pointers of the report");
    if (all.n > 1)
        qsort(all.p, all.n, sizeof *all.p, by_document);
    if (status == WN_OK)
        check_pointers(v, &all, reported);
    mem_free(all.p);
    json_decref(reported);
    json_decref(report);
    return status;
}

/* ---- the command ---- */

static void print_row(const char *name, const tally *t)
{
    printf("%-16s %9llu", name, (unsigned long long)t->pointers);
    static const unsigned order[] = {PROOF_EXACT,  PROOF_DECODED, PROOF_EDITED,
                                     PROOF_APPROX, BY_TEXT,       PROOF_WRONG};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        printf(" %9llu", (unsigned long long)t->count[order[i]]);
    (void)putchar('\n');
}

static int verify_all(verifier *v)
{
    wn_error err = WN_ERROR_INIT;
    v->manifest = rundir_json(v->run, "run.json", &err);
    if (v->manifest == NULL)
        return report_error(&err);
    if (check_inputs(v) > 0) {
        printf("the pointers were not checked: they lead into other bytes now\n");
        return EXIT_CHECK;
    }
    size_t bad = check_outputs(v);
    v->fetcher = fetcher_new(rundir_max_record(v->manifest));
    v->memory = arena_new(0);
    v->index = json_object();
    if (v->fetcher == NULL || v->memory == NULL || v->index == NULL)
        (void)wn_fail(&err, WN_E_NOMEM, "out of memory");
    if (err.status != WN_OK || check_documents(v, &err) != WN_OK || check_report(v, &err) != WN_OK)
        return report_error(&err);
    printf("documents  %llu\n\n%-16s %9s %9s %9s %9s %9s %9s %9s\n",
           (unsigned long long)v->documents, "pointers in", "all", "exact", "decoded", "edited",
           "approx", "by text", "wrong");
    print_row("documents", &v->in_documents);
    print_row("report", &v->in_report);
    uint64_t wrong = v->in_documents.count[PROOF_WRONG] + v->in_report.count[PROOF_WRONG];
    return wrong > 0 || bad > 0 ? EXIT_CHECK : EXIT_DONE;
}

static bool take_options(verifier *v, int argc, char **argv)
{
    static const struct option options[] = {{"all", no_argument, NULL, 'a'},
                                            {"edits", no_argument, NULL, 'e'},
                                            {NULL, 0, NULL, 0}};
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == '?')
            return usage_error(&cmd_verify, "an option is not known"), false;
        v->all = v->all || option == 'a';
        v->edits = v->edits || option == 'e';
    }
    if (argc - optind > 1)
        return usage_error(&cmd_verify, "one run directory at a time"), false;
    v->run = optind < argc ? argv[optind] : "winnow-out";
    return true;
}

static int verify_main(int argc, char **argv)
{
    verifier v = {0};
    int status = EXIT_USAGE;
    if (take_options(&v, argc, argv))
        status = verify_all(&v);
    json_decref(v.manifest);
    json_decref(v.index);
    rundir_close(&v.lines);
    fetcher_free(v.fetcher);
    arena_free(v.memory);
    strbuf_release(&v.note);
    strbuf_release(&v.label);
    strbuf_release(&v.name);
    mem_free(v.range);
    return end_output(status);
}
