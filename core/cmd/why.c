/* why.c: winnow why: the story of one document, from its record to its end. */
#include "config.h"
#include "cmd/commands.h"
#include "cmd/proof.h"
#include "cmd/removed.h"
#include "cmd/rundir.h"
#include "input/input.h"
#include "util/json.h"
#include "util/show.h"
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static int why_main(int argc, char **argv);

const command cmd_why = {
    "why",
    "ID|FILE [--run DIR] [--all]",
    "tell what became of a document, and why",
    "Looks for the document, or the documents of an input file, in a run directory\n"
    "(winnow-out) and tells where the record lies, what each stage did with it,\n"
    "what was found in it, and which raw bytes are not in its text.\n"
    "\n"
    "  --run DIR  the run directory\n"
    "  --all      every document of the file, everything that was removed (else the\n"
    "             first few)\n"
    "\n"
    "Exit status: 0 found; 1 no such document in the run; 2 usage; 65, 74 the run\n"
    "cannot be read.\n",
    why_main,
};

enum { FEW_DOCUMENTS = 5, FEW_LINES = 12, SHOWN_BYTES = 100 };

typedef struct teller {
    const char *run, *wanted;
    bool all;
    json_t *manifest;
    fetcher *fetcher;
    arena *memory;
    strbuf scratch;
    strbuf label, name; /* of the document on the line at hand */
    strbuf needle;      /* the last component of `wanted`, as JSON has it */
    uint64_t found;
} teller;

/* ---- small things ---- */

static void heading(const char *word)
{
    printf("%-12s", word);
}

static void indent(void)
{
    printf("%-12s", "");
}

/* A JSON value in few words: strings without quotes. */
static void print_value(teller *t, const json_t *v)
{
    strbuf_clear(&t->scratch);
    if (json_is_string(v)) {
        show_bytes(&t->scratch, json_string_value(v), json_string_length(v), 2 * SHOWN_BYTES);
    } else {
        strbuf json = STRBUF_INIT;
        (void)json_put(&json, v);
        show_bytes(&t->scratch, json.p != NULL ? json.p : "?", json.p != NULL ? json.len : 1,
                   2 * SHOWN_BYTES);
        strbuf_release(&json);
    }
    printf("%s", t->scratch.p != NULL ? t->scratch.p : "");
}

static void print_text(teller *t, const char *p, size_t n)
{
    strbuf_clear(&t->scratch);
    show_bytes(&t->scratch, p, n, SHOWN_BYTES);
    printf("%s", t->scratch.p != NULL ? t->scratch.p : "");
}

/* ---- where it comes from ---- */

static void tell_record(const json_t *doc)
{
    const json_t *raw = json_object_get(doc, "raw"), *meta = json_object_get(doc, "metadata");
    const char *path = string_in(raw, "path"), *codec = string_in(raw, "codec"),
               *decode = string_in(raw, "decode");
    long long offset = json_integer_value(json_object_get(raw, "offset")),
              length = json_integer_value(json_object_get(raw, "length"));
    heading("record");
    show_printf(stdout, "%s, bytes %lld to %lld", path != NULL ? path : "(no record)", offset,
                offset + length);
    if (codec != NULL)
        show_printf(stdout, " of the %s member at byte %lld", codec,
                    (long long)json_integer_value(json_object_get(raw, "member")));
    if (decode != NULL)
        show_printf(stdout, ", its body decoded (%s)", decode);
    for (const char *const *key = (const char *const[]){"content_type", "charset", NULL};
         *key != NULL; key++)
        if (string_in(meta, *key) != NULL)
            show_printf(stdout, ", %s", string_in(meta, *key));
    (void)putchar('\n');
}

/* ---- what the stages did ---- */

static void tell_rejection(teller *t, const json_t *reject)
{
    const char *status = string_in(reject, "status"), *into = string_in(reject, "into"),
               *rule = string_in(reject, "rule");
    show_printf(stdout, "%s", status != NULL ? status : "rejected");
    if (into != NULL)
        show_printf(stdout, " into %s", into);
    if (string_in(reject, "reason") != NULL)
        show_printf(stdout, ": %s", string_in(reject, "reason"));
    if (rule != NULL)
        show_printf(stdout, " [%s", rule);
    if (json_object_get(reject, "value") != NULL) {
        printf(rule != NULL ? " = " : " [");
        print_value(t, json_object_get(reject, "value"));
    }
    if (json_object_get(reject, "threshold") != NULL) {
        printf(", threshold ");
        print_value(t, json_object_get(reject, "threshold"));
    }
    printf(rule != NULL || json_object_get(reject, "value") != NULL ? "]\n" : "\n");
}

/* One line a stage, up to the one where it ended. */
static void tell_stages(teller *t, const json_t *reject)
{
    const json_t *config = json_object_get(t->manifest, "config"),
                 *stages = json_object_get(config, "stages");
    const char *end = string_in(reject, "stage");
    for (size_t i = 0; i <= json_array_size(stages); i++) {
        const json_t *s = i == 0 ? json_object_get(config, "input") : json_array_get(stages, i - 1);
        const char *id = string_in(s, "id");
        bool ended = end != NULL && id != NULL && strcmp(end, id) == 0;
        heading(i == 0 ? "source" : i == 1 ? "stages" : "");
        show_printf(stdout, "%-12s ", id != NULL ? id : "?");
        if (!ended) {
            printf(i == 0 ? "read\n" : "passed\n");
            continue;
        }
        tell_rejection(t, reject);
        return;
    }
    if (end != NULL) {
        heading("");
        show_printf(stdout, "%-12s ", end);
        tell_rejection(t, reject);
    }
}

/* ---- what was found ---- */

static void tell_metadata(teller *t, const json_t *meta)
{
    static const char *const keys[] = {"title",    "subtitle", "author",  "publisher",
                                       "agency",   "place",    "url",     "published",
                                       "modified", "captured", "language"};
    const char *word = "metadata";
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const json_t *v = json_object_get(meta, keys[i]);
        if (v == NULL)
            continue;
        heading(word);
        printf("%-12s ", keys[i]);
        print_value(t, v);
        (void)putchar('\n');
        word = "";
    }
}

static void tell_date(const json_t *meta)
{
    const json_t *d = json_object_get(meta, "document_date");
    if (d == NULL)
        return;
    heading("date");
    show_printf(stdout, "%s", string_in(d, "value") != NULL ? string_in(d, "value") : "not known");
    for (const char *const *key =
             (const char *const[]){"status", "from", "reason", "not_before", NULL};
         *key != NULL; key++)
        if (string_in(d, *key) != NULL)
            show_printf(stdout, ", %s %s", *key, string_in(d, *key));
    (void)putchar('\n');
}

static void tell_duplicate(teller *t, const json_t *meta)
{
    const json_t *d = json_object_get(meta, "duplicate");
    const char *origin = string_in(d, "origin"), *kind = string_in(d, "kind");
    if (d == NULL)
        return;
    heading("duplicate");
    show_printf(stdout, "%s, of ", kind != NULL ? kind : "?");
    show_printf(stdout, "%s, group ", origin != NULL ? origin : "?");
    print_value(t, json_object_get(d, "group"));
    printf(", similarity ");
    print_value(t, json_object_get(d, "similarity"));
    (void)putchar('\n');
}

static void tell_counts(const json_t *doc)
{
    const char *layer, *word = "; ";
    json_t *list, *spans = json_object_get(doc, "spans");
    heading("text");
    printf("%zu bytes", json_string_length(json_object_get(doc, "text")));
    json_object_foreach(spans, layer, list)
    {
        show_printf(stdout, "%s%s %zu", word, layer, json_array_size(list));
        word = ", ";
    }
    (void)putchar('\n');
}

/* The words of a span, by its offsets in the document's text. */
static void print_span(teller *t, const json_t *doc, const json_t *span)
{
    const json_t *text = json_object_get(doc, "text");
    size_t len = json_string_length(text),
           start = (size_t)json_integer_value(json_object_get(span, "start")),
           end = (size_t)json_integer_value(json_object_get(span, "end"));
    if (start <= end && end <= len)
        print_text(t, json_string_value(text) + start, end - start);
}

static void tell_claims(teller *t, const json_t *doc)
{
    size_t i;
    json_t *c, *claims = json_object_get(json_object_get(doc, "spans"), "claim");
    json_array_foreach(claims, i, c)
    {
        const char *speaker = string_in(c, "speaker"), *type = string_in(c, "type");
        if (i == FEW_LINES && !t->all) {
            indent();
            printf("... %zu more (--all)\n", json_array_size(claims) - i);
            return;
        }
        heading(i == 0 ? "claims" : "");
        show_printf(stdout, "%s, %s: ", type != NULL ? type : "?",
                    speaker != NULL ? speaker : "speaker not known");
        print_span(t, doc, c);
        (void)putchar('\n');
    }
}

static void tell_open_dates(teller *t, const json_t *doc)
{
    size_t i;
    json_t *d;
    const char *word = "open dates";
    json_array_foreach(json_object_get(json_object_get(doc, "spans"), "date"), i, d)
    {
        if (string_in(d, "status") == NULL || strcmp(string_in(d, "status"), "open") != 0)
            continue;
        heading(word);
        print_span(t, doc, d);
        show_printf(stdout, ": %s\n",
                    string_in(d, "reason") != NULL ? string_in(d, "reason") : "no reason given");
        word = "";
    }
}

/* ---- what was removed ---- */

/* Metadata that was read from these bytes. */
static void print_kept_as(const json_t *doc, wn_range g)
{
    const char *key;
    json_t *ranges, *r, *provenance = json_object_get(doc, "provenance");
    json_object_foreach(provenance, key, ranges)
    {
        size_t i;
        json_array_foreach(ranges, i, r)
        {
            json_int_t start = json_integer_value(json_array_get(r, 0)),
                       end = json_integer_value(json_array_get(r, 1));
            if (start >= 0 && end > start && (uint64_t)start < g.end && (uint64_t)end > g.start) {
                show_printf(stdout, " -> %s", key);
                break;
            }
        }
    }
}

static void print_removed(teller *t, const json_t *doc, const removed *r, wn_str raw)
{
    size_t shown = 0;
    strbuf words = STRBUF_INIT;
    for (size_t i = 0; i < r->n; i++) {
        const wn_range *g = &r->range[i];
        removed_words(raw, *g, &words);
        if (words.len == 0)
            continue; /* tags and blanks */
        if (shown == 0)
            printf("; words among them:\n");
        if (shown++ == FEW_LINES && !t->all) {
            indent();
            printf("... more (--all)\n");
            break;
        }
        indent();
        printf("[%llu, %llu) ", (unsigned long long)g->start, (unsigned long long)g->end);
        print_text(t, words.p, words.len);
        print_kept_as(doc, *g);
        (void)putchar('\n');
    }
    if (shown == 0)
        printf("; no words among them\n");
    strbuf_release(&words);
}

static void tell_removed(teller *t, const json_t *doc)
{
    removed r = REMOVED_INIT;
    locator at;
    wn_str raw;
    wn_error err = WN_ERROR_INIT;
    arena_reset(t->memory);
    if (locator_of_json(json_object_get(doc, "raw"), t->memory, &at, &err) != WN_OK ||
        strcmp(at.path, "-") == 0)
        return;
    heading("removed");
    if (fetcher_get(t->fetcher, &at, t->memory, &raw, &err) != WN_OK) {
        show_printf(stdout, "cannot be told: %s\n", err.text);
        return;
    }
    if (!removed_find(doc, raw.len, &r)) {
        printf("cannot be told: the line has no map and no paragraphs or sentences (output: jsonl "
               "with map: true)\n");
    } else {
        printf("%llu of %zu raw bytes are not in the text%s", (unsigned long long)r.bytes, raw.len,
               r.by_map ? ""
                        : " (judged by the ranges of paragraphs and sentences; for more, set map: "
                          "true of jsonl)");
        print_removed(t, doc, &r, raw);
    }
    removed_release(&r);
}

/* ---- finding it ---- */

static bool is(const strbuf *b, const char *wanted)
{
    return b->len == strlen(wanted) && (b->len == 0 || memcmp(b->p, wanted, b->len) == 0);
}

/* Is it this document's id or name, or does its record lie in the file? */
static bool is_wanted(const teller *t, const json_t *doc)
{
    const char *path = string_in(json_object_get(doc, "raw"), "path"), *wanted = t->wanted;
    if (is(&t->label, wanted) || is(&t->name, wanted))
        return true;
    if (strncmp(wanted, "./", 2) == 0)
        wanted += 2;
    size_t n = path == NULL ? 0 : strlen(path), w = strlen(wanted);
    return n >= w && w > 0 && strcmp(path + n - w, wanted) == 0 &&
           (n == w || path[n - w - 1] == '/');
}

/* May the line be wanted? Only then it is parsed: its names are compared; a path stands in it as
 * the needle. */
static bool is_near(teller *t, wn_str line)
{
    if (rundir_names(line, &t->label, &t->name) &&
        (is(&t->label, t->wanted) || is(&t->name, t->wanted)))
        return true;
    return t->needle.len > 0 && memmem(line.p, line.len, t->needle.p, t->needle.len) != NULL;
}

static void tell(teller *t, const json_t *doc)
{
    const json_t *reject = json_object_get(doc, "reject"), *meta = json_object_get(doc, "metadata");
    if (t->found++ >= FEW_DOCUMENTS && !t->all)
        return;
    if (t->found > 1)
        (void)putchar('\n');
    show_printf(stdout, "%s", t->name.p != NULL ? t->name.p : "");
    printf(reject == NULL ? ": in the results\n" : ": not in the results\n");
    tell_record(doc);
    tell_stages(t, reject);
    tell_metadata(t, meta);
    tell_date(meta);
    tell_duplicate(t, meta);
    tell_counts(doc);
    tell_open_dates(t, doc);
    tell_claims(t, doc);
    if (reject == NULL)
        tell_removed(t, doc);
}

static wn_status search(teller *t, const char *name, wn_error *err)
{
    rundir_lines lines;
    wn_str line;
    wn_status status = rundir_open(t->run, name, true, &lines, err);
    if (status != WN_OK)
        return status;
    while ((status = rundir_next(&lines, &line, err)) == WN_OK) {
        if (!is_near(t, line))
            continue;
        json_t *doc = rundir_parse(&lines, line, err);
        if (doc == NULL) {
            status = err->status;
            break;
        }
        if (is_wanted(t, doc))
            tell(t, doc);
        json_decref(doc);
    }
    rundir_close(&lines);
    return status == WN_END ? WN_OK : status;
}

/* The writer of the lines escapes every string in one way only. */
static void make_needle(teller *t)
{
    const char *slash = strrchr(t->wanted, '/'),
               *last = slash != NULL && slash[1] != '\0' ? slash + 1 : t->wanted;
    json_put_string(&t->needle, last, strlen(last));
    if (t->needle.oom || t->needle.len < 2)
        return;
    t->needle.len -= 2; /* its quotes */
    memmove(t->needle.p, t->needle.p + 1, t->needle.len);
}

static int tell_all(teller *t)
{
    char documents[256];
    wn_error err = WN_ERROR_INIT;
    t->manifest = rundir_json(t->run, "run.json", &err);
    if (t->manifest == NULL)
        return report_error(&err);
    t->fetcher = fetcher_new(rundir_max_record(t->manifest));
    t->memory = arena_new(0);
    make_needle(t);
    if (t->fetcher == NULL || t->memory == NULL || t->needle.oom)
        (void)wn_fail(&err, WN_E_NOMEM, "out of memory");
    rundir_output(t->manifest, "jsonl", "", "documents.jsonl", documents);
    if (err.status != WN_OK || search(t, documents, &err) != WN_OK ||
        search(t, "rejects.jsonl", &err) != WN_OK)
        return report_error(&err);
    if (t->found == 0) {
        show_printf(stderr,
                    "winnow: no document %s in %s: neither among the documents nor the rejects; is "
                    "it one of its inputs?\n",
                    t->wanted, t->run);
        return EXIT_CHECK;
    }
    if (t->found > FEW_DOCUMENTS && !t->all)
        printf("\n... and %llu more documents of this name (--all)\n",
               (unsigned long long)(t->found - FEW_DOCUMENTS));
    return EXIT_DONE;
}

static bool take_options(teller *t, int argc, char **argv)
{
    static const struct option options[] = {{"run", required_argument, NULL, 'r'},
                                            {"all", no_argument, NULL, 'a'},
                                            {NULL, 0, NULL, 0}};
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == '?')
            return usage_error(&cmd_why, "an option is not known or lacks its value"), false;
        if (option == 'r')
            t->run = optarg;
        t->all = t->all || option == 'a';
    }
    if (argc - optind != 1)
        return usage_error(&cmd_why, "name one document or one input file"), false;
    t->wanted = argv[optind];
    return true;
}

static int why_main(int argc, char **argv)
{
    teller t = {.run = "winnow-out"};
    int status = EXIT_USAGE;
    if (take_options(&t, argc, argv))
        status = tell_all(&t);
    json_decref(t.manifest);
    fetcher_free(t.fetcher);
    arena_free(t.memory);
    strbuf_release(&t.scratch);
    strbuf_release(&t.label);
    strbuf_release(&t.name);
    strbuf_release(&t.needle);
    return end_output(status);
}
