/* sections.c: the sections of the page, in its order, see html.h. */
#include "report/html.h"

#include <stdlib.h>
#include <string.h>

/* rows of a list on the page; the JSON has all */
enum { MAX_LISTED = HTML_LISTED, MAX_LEADS = 12, MAX_MEMBERS = 30, MAX_CARDS = 3000 };

static const json_t *list(const json_t *report, const char *key)
{
    return json_object_get(report, key);
}

/* Of a list that is cut already: see html_report. */
static const json_t *rows(const json_t *cut)
{
    return json_object_get(cut, "rows");
}
static size_t total(const json_t *cut)
{
    return (size_t)number(cut, "n");
}

static void open_section(html_writer *w, const char *id, const char *title)
{
    html_raw(w, "<section id=\"%s\">\n<h2>%s</h2>\n", id, title);
}

static void tile(html_writer *w, long long n, const char *one, const char *many)
{
    html_raw(w, "<div class=\"tile\"><b>%lld</b> %s</div>\n", n, n == 1 ? one : many);
}

static void more(html_writer *w, size_t n)
{
    if (n > MAX_LISTED)
        html_raw(w, "<p class=\"more\">%zu more in report.json</p>\n", n - MAX_LISTED);
}

void section_summary(html_writer *w, const json_t *report)
{
    const json_t *s = json_object_get(report, "summary");
    html_raw(w, "<section id=\"summary\">\n<div class=\"tiles\">\n");
    tile(w, number(s, "documents"), "document", "documents");
    tile(w, number(s, "origins"), "independent origin", "independent origins");
    tile(w, number(s, "events"), "event", "events");
    tile(w, number(s, "claims"), "attributed claim", "attributed claims");
    tile(w, number(s, "shared"), "finding in several documents", "findings in several documents");
    tile(w, number(s, "differences"), "difference", "differences");
    tile(w, number(s, "undated"), "document without a date", "documents without a date");
    html_raw(w, "</div>\n<p class=\"lead\">What was said, by whom, where and when, and in how many "
                "independent places. This page reports what the documents say; it does not judge "
                "whether it is true.</p>\n</section>\n");
}

/* ---- events ---- */

static const char *kind_name(const char *kind)
{
    static const char *const names[] = {"claim", "sentence", "reason", "quantity"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(kind, names[i]) == 0)
            return names[i];
    return "other";
}

/* A list within a list, cut short. Is row i still to be shown? */
static bool row(html_writer *w, size_t i, size_t n, size_t most)
{
    if (i == most)
        html_raw(w, "<li>and %zu more</li>\n", n - most);
    return i < most;
}

static void cluster_card(html_writer *w, const json_t *c)
{
    size_t i;
    json_t *m;
    const char *kind = kind_name(member(c, "kind"));
    html_raw(w,
             "<details class=\"cluster\"><summary><span class=\"count\">%lld origin%s</span> <span "
             "class=\"kind %s\">%s</span> ",
             number(c, "origins"), number(c, "origins") == 1 ? "" : "s", kind,
             strcmp(kind, "sentence") == 0 ? "reported" : kind);
    html_str(w, c, "label");
    if (strcmp(member(c, "kind"), "quantity") == 0) { /* a bare number says nothing */
        html_raw(w, " <span class=\"context\">");
        html_str(w, json_object_get(json_array_get(json_object_get(c, "claims"), 0), "context"),
                 "text");
        html_raw(w, "</span>");
    }
    html_raw(w, "</summary>\n<ul>\n");
    json_array_foreach(json_object_get(c, "claims"), i, m)
    {
        if (!row(w, i, json_array_size(json_object_get(c, "claims")), MAX_MEMBERS))
            break;
        html_raw(w, "<li>");
        html_doc_link(w, member(m, "doc"));
        html_raw(w, " <q>");
        html_str(w, json_object_get(m, "context") != NULL ? json_object_get(m, "context") : m,
                 "text");
        html_raw(w, "</q></li>\n");
    }
    html_raw(w, "</ul></details>\n");
}

typedef struct ranked {
    long long origins;
    size_t order;
    const json_t *cluster;
} ranked;

static int most_origins_first(const void *x, const void *y)
{
    const ranked *a = x, *b = y;
    if (a->origins != b->origins)
        return a->origins > b->origins ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

/* Those with most origins first; what only copies share comes last, and is said to be that. */
static void event_clusters(html_writer *w, const char *event, size_t *left)
{
    const json_t *clusters = html_of_event(w, "clusters", event);
    size_t i, n = json_array_size(clusters);
    json_t *c;
    ranked *r = malloc((n + 1) * sizeof *r);
    if (r == NULL) {
        html_failed(w);
        return;
    }
    json_array_foreach(clusters, i, c) r[i] = (ranked){number(c, "origins"), i, c};
    if (n > 1)
        qsort(r, n, sizeof *r, most_origins_first);
    for (i = 0; i < n && i<MAX_LISTED && * left> 0; i++, --*left) {
        if (i == 0 || (r[i].origins < 2 && r[i - 1].origins > 1))
            html_raw(w, "<h4>%s</h4>\n",
                     r[i].origins > 1 ? "From several origins" : "Only in copies of one text");
        cluster_card(w, r[i].cluster);
    }
    if (i < n)
        html_raw(w, "<p class=\"more\">%zu more in report.json</p>\n", n - i);
    free(r);
}

static void event_dates(html_writer *w, const json_t *e)
{
    const char *begin = member(e, "begin");
    if (*begin == '\0') {
        html_raw(w, "<span class=\"dates\">undated</span>");
        return;
    }
    html_raw(w, "<span class=\"dates\">");
    html_str(w, e, "begin");
    html_raw(w, "</span>");
}

static void event_leads(html_writer *w, const json_t *docs)
{
    size_t i;
    json_t *d;
    html_raw(w, "<ul class=\"leads\">\n");
    json_array_foreach(docs, i, d)
    {
        if (!row(w, i, json_array_size(docs), MAX_LEADS))
            break;
        html_raw(w, "<li>");
        html_doc_link(w, json_string_value(d));
        html_raw(w, " ");
        html_str(w, json_object_get(html_document(w, json_string_value(d)), "lead"), "text");
        html_raw(w, "</li>\n");
    }
    html_raw(w, "</ul>\n");
}

static void event_limits(html_writer *w, const json_t *e)
{
    const json_t *no = json_object_get(e, "not_compared");
    if (no != NULL)
        html_raw(w,
                 "<p class=\"more\">Too large to compare all: left out are %lld documents, %lld "
                 "numbers and %lld differences.</p>\n",
                 number(no, "documents"), number(no, "quantities"), number(no, "differences"));
}

static void event_card(html_writer *w, const json_t *e, size_t *clusters_left)
{
    const json_t *docs = json_object_get(e, "docs");
    html_raw(w, "<article class=\"event\"><h3>");
    html_str(w, e, "title");
    html_raw(w, "</h3>\n<p class=\"meta\">");
    event_dates(w, e);
    html_raw(w, " %zu document%s, %lld independent origin%s</p>\n", json_array_size(docs),
             json_array_size(docs) == 1 ? "" : "s", number(e, "origins"),
             number(e, "origins") == 1 ? "" : "s");
    event_leads(w, docs);
    timeline_svg(w, member(e, "id"));
    event_limits(w, e);
    event_clusters(w, member(e, "id"), clusters_left);
    html_raw(w, "</article>\n");
}

void section_events(html_writer *w, const json_t *report)
{
    const json_t *events = list(report, "events");
    size_t i, shown = 0, clusters_left = MAX_CARDS;
    json_t *e;
    open_section(w, "events", "Events");
    for (int shared = 1; shared >= 0; shared--) /* those of several documents first */
        json_array_foreach(events, i,
                           e) if ((json_array_size(json_object_get(e, "docs")) > 1) == shared &&
                                  shown++ < MAX_LISTED) event_card(w, e, &clusters_left);
    if (json_array_size(events) == 0)
        html_raw(w, "<p class=\"none\">Documents were not compared (no align stage), or there are "
                    "none.</p>\n");
    more(w, json_array_size(events));
    html_raw(w, "</section>\n");
}

/* ---- claims ---- */

static void claim_row(html_writer *w, const json_t *c)
{
    html_raw(w, "<article class=\"claim\" data-type=\"");
    html_str(w, c, "type");
    html_raw(w, "\" data-class=\"");
    html_str(w, c, "class");
    html_raw(w, "\"><p class=\"who\"><b>");
    if (*member(c, "speaker") != '\0')
        html_str(w, c, "speaker");
    else
        html_raw(w, "unknown speaker");
    html_raw(w, "</b> <span class=\"tag\">");
    html_str(w, c, "type");
    html_raw(w, "</span>");
    if (strcmp(member(c, "polarity"), "denied") == 0)
        html_raw(w, " <span class=\"tag denied\">denied</span>");
    if (strcmp(member(c, "stance"), "hedged") == 0)
        html_raw(w, " <span class=\"tag\">hedged</span>");
    if (*member(c, "class") != '\0' && strcmp(member(c, "class"), "statement") != 0) {
        html_raw(w, " <span class=\"tag\">");
        html_str(w, c, "class");
        html_raw(w, "</span>");
    }
    if (*member(c, "cluster") != '\0')
        html_raw(w, " <span class=\"tag shared\">also elsewhere</span>");
    html_raw(w, "</p>\n");
    html_passage(w, c);
    html_raw(w, "</article>\n");
}

static void speaker_table(html_writer *w, const json_t *speakers)
{
    size_t i;
    json_t *s;
    if (total(speakers) == 0)
        return;
    html_raw(w,
             "<details class=\"speakers\"><summary>Who is quoted "
             "(%zu)</summary>\n<table><tr><th>Speaker</th><th>Claims</th>"
             "<th>Documents</th></tr>\n",
             total(speakers));
    json_array_foreach(rows(speakers), i, s)
    {
        html_raw(w, "<tr><td>");
        html_str(w, s, "name");
        html_raw(w, "</td><td>%lld</td><td>%lld</td></tr>\n", number(s, "claims"),
                 number(s, "docs"));
    }
    html_raw(w, "</table>");
    more(w, total(speakers));
    html_raw(w, "</details>\n");
}

void section_claims(html_writer *w, const json_t *report)
{
    const json_t *claims = list(report, "claims");
    size_t i;
    json_t *c;
    open_section(w, "claims", "Claims");
    html_raw(w, "<div class=\"filter\"><input id=\"search\" type=\"search\" placeholder=\"Search "
                "speakers and passages\" aria-label=\"Search\">"
                "<select id=\"type\" aria-label=\"Kind\"><option value=\"\">all "
                "kinds</option><option>direct</option>"
                "<option>mixed</option><option>indirect</option></select>"
                "<label><input id=\"statements\" type=\"checkbox\"> statements only</label><span "
                "id=\"found\"></span></div>\n"
                "<p class=\"legend\"><mark class=\"source\">source</mark> <mark "
                "class=\"cue\">cue</mark> <mark class=\"content\">content</mark></p>\n");
    speaker_table(w, list(report, "speakers"));
    json_array_foreach(rows(claims), i, c) claim_row(w, c);
    more(w, total(claims));
    html_raw(w, "</section>\n");
}

/* ---- differences, copies ---- */

static void side(html_writer *w, const json_t *s)
{
    html_raw(w, "<td><q>");
    html_str(w, s, "text");
    html_raw(w, "</q><br><span class=\"context\">");
    html_str(w, json_object_get(s, "context"), "text");
    html_raw(w, "</span> ");
    html_doc_link(w, member(s, "doc"));
    html_raw(w, "</td>");
}

void section_differences(html_writer *w, const json_t *report)
{
    static const char *const words[][2] = {{"conflict", "conflict"},
                                           {"refinement", "more exact"},
                                           {"not_the_same_measure",
                                            "differs, not the same measure"}};
    const json_t *differences = list(report, "differences");
    size_t i, k, shown = 0;
    json_t *d;
    open_section(w, "differences", "Differences");
    if (json_array_size(differences) == 0)
        html_raw(w, "<p class=\"none\">None found within an event.</p>\n");
    else
        html_raw(w, "<div class=\"scroll\"><table>\n<tr><th>Relation</th><th>One "
                    "says</th><th>Another says</th></tr>\n");
    for (k = 0; k < 3; k++)
        json_array_foreach(differences, i, d)
        {
            if (strcmp(member(d, "relation"), words[k][0]) != 0 || shown++ >= MAX_LISTED)
                continue;
            html_raw(w, "<tr><td><span class=\"tag %s\">%s</span><br>", words[k][0], words[k][1]);
            html_str(w, d, "kind");
            html_raw(w, "</td>");
            side(w, json_object_get(d, "a"));
            side(w, json_object_get(d, "b"));
            html_raw(w, "</tr>\n");
        }
    if (json_array_size(differences) > 0)
        html_raw(w, "</table></div>\n");
    more(w, json_array_size(differences));
    html_raw(w, "</section>\n");
}

static void group_member(html_writer *w, const json_t *m)
{
    html_raw(w, "<li>");
    html_doc_link(w, member(m, "doc"));
    html_raw(w, " <span class=\"tag\">");
    html_str(w, m, "kind");
    html_raw(w, "</span> %.0f %%</li>\n",
             100.0 * json_number_value(json_object_get(m, "similarity")));
}

void section_groups(html_writer *w, const json_t *report)
{
    const json_t *groups = list(report, "groups");
    size_t i, k;
    json_t *g, *m;
    open_section(w, "copies", "Copies");
    html_raw(w, "<p>Copies are not confirmation: each group counts as one origin.</p>\n");
    json_array_foreach(groups, i, g)
    {
        if (i == MAX_LISTED)
            break;
        html_raw(w, "<article class=\"group\"><ul>\n");
        json_array_foreach(json_object_get(g, "members"), k, m)
        {
            if (!row(w, k, json_array_size(json_object_get(g, "members")), MAX_MEMBERS))
                break;
            group_member(w, m);
        }
        html_raw(w, "</ul></article>\n");
    }
    if (json_array_size(groups) == 0)
        html_raw(w, "<p class=\"none\">No copies found.</p>\n");
    more(w, json_array_size(groups));
    html_raw(w, "</section>\n");
}

/* ---- not known ---- */

static bool open_list(html_writer *w, size_t n, const char *title)
{
    if (n > 0)
        html_raw(w, "<details open><summary>%s (%zu)</summary>\n<ul>\n", title, n);
    return n > 0;
}

static void undated_list(html_writer *w, const json_t *undated)
{
    size_t i;
    json_t *u;
    if (!open_list(w, json_array_size(undated), "Documents without a date of their own"))
        return;
    json_array_foreach(undated, i, u)
    {
        const json_t *date = json_object_get(u, "document_date");
        if (!row(w, i, json_array_size(undated), MAX_LISTED))
            break;
        html_raw(w, "<li>");
        html_doc_link(w, member(u, "doc"));
        if (*member(date, "not_before") != '\0') {
            html_raw(w, ": not before ");
            html_str(w, date, "not_before");
        }
        html_raw(w, "</li>\n");
    }
    html_raw(w, "</ul></details>\n");
}

static void span_list(html_writer *w, const json_t *spans, const char *title,
                      const char *reason_key)
{
    size_t i;
    json_t *s;
    if (!open_list(w, total(spans), title))
        return;
    json_array_foreach(rows(spans), i, s)
    {
        html_raw(w, "<li>");
        html_doc_link(w, member(s, "doc"));
        html_raw(w, " <q>");
        html_str(w, s, "text");
        html_raw(w, "</q>");
        if (*member(s, reason_key) != '\0') {
            html_raw(w, ": ");
            html_str(w, s, reason_key);
        }
        html_raw(w, "</li>\n");
    }
    if (total(spans) > i)
        html_raw(w, "<li>and %zu more</li>\n", total(spans) - i);
    html_raw(w, "</ul></details>\n");
}

static void reject_list(html_writer *w, const json_t *rejects)
{
    size_t i;
    json_t *r;
    if (!open_list(w, json_array_size(rejects), "Records that did not come out"))
        return;
    json_array_foreach(rejects, i, r)
    {
        if (!row(w, i, json_array_size(rejects), MAX_LISTED))
            break;
        html_raw(w, "<li>");
        const json_t *why = json_object_get(r, "reject");
        html_str(w, r, "id");
        html_raw(w, ": ");
        html_str(w, why, "stage");
        html_raw(w, ", ");
        html_str(w, why, "reason");
        html_raw(w, "</li>\n");
    }
    html_raw(w, "</ul></details>\n");
}

void section_unknown(html_writer *w, const json_t *report)
{
    const json_t *u = json_object_get(report, "unknown");
    open_section(w, "unknown", "What is not known");
    undated_list(w, json_object_get(u, "undated"));
    span_list(w, json_object_get(u, "open_dates"), "Dates that could not be resolved", "reason");
    span_list(w, json_object_get(u, "unknown_speakers"), "Claims without a speaker",
              "speaker_reason");
    span_list(w, list(report, "no_comment"), "No comment, or left open", "");
    reject_list(w, json_object_get(u, "rejects"));
    if (number(u, "not_shown") > 0)
        html_raw(w,
                 "<p class=\"more\">%lld documents are not shown in detail (option max_documents); "
                 "documents.jsonl has them.</p>\n",
                 number(u, "not_shown"));
    html_raw(w, "</section>\n");
}

/* ---- documents ---- */

static void field(html_writer *w, const json_t *doc, const char *key, const char *label)
{
    if (*member(doc, key) == '\0')
        return;
    html_raw(w, "<dt>%s</dt><dd>", label);
    html_str(w, doc, key);
    html_raw(w, "</dd>");
}

static void document_entry(html_writer *w, const json_t *d)
{
    const json_t *raw = json_object_get(d, "raw");
    html_raw(w, "<article class=\"document\" id=\"d%lld\"><h3>", number(d, "n"));
    html_str(w, d, *member(d, "title") != '\0' ? "title" : "id");
    html_raw(w, "</h3>\n<dl>");
    field(w, d, "publisher", "Publisher");
    field(w, d, "agency", "Agency");
    field(w, d, "author", "Author");
    field(w, d, "published", "Published");
    field(w, d, "place", "Place");
    field(w, d, "url", "Address");
    html_raw(w, "<dt>File</dt><dd><code>");
    html_str(w, raw, "path");
    html_raw(w, "</code>, %lld bytes from %lld</dd></dl></article>\n", number(raw, "length"),
             number(raw, "offset"));
}

void section_documents(html_writer *w, const json_t *report)
{
    size_t i;
    json_t *d;
    open_section(w, "documents", "Documents");
    json_array_foreach(list(report, "documents"), i, d) document_entry(w, d);
    html_raw(w, "</section>\n");
}
