/* speaker_dump.c: what the trainer and the measuring tool of speakers need to know of a text: whom
 * each source means, and of each pronoun the candidates with their features. A developer's tool,
 * not installed.
 *
 * Usage: speaker_dump [-d PLUGINS] [-w WEIGHTS] [-p] [-g] FILE...
 *
 * FILE.txt is a text; FILE.ann is the annotation beside it. -g: the claims are those of FILE.ann,
 * which the rules find else. -p: pronouns, too. Lines of fields parted by tabs, offsets in bytes:
 *
 *     S  FILE  ID  SOURCE START  END  STATUS  FORM  NAME  REASON
 *     P  FILE  START  END  CLASS  SPEAKER (0 or 1)
 *     C  HEAD START of the last mention that is no pronoun  NAMED (0 or 1)  NAME  FEATURE...
 *
 * The candidates C of a pronoun follow it, the last of them is that it means none ("-"). */
#include "claims/speaker.h"
#include "claims/entity/ranker_internal.h"
#include "text/tagger.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct knowledge {
    text_rules *rules;
    tagger tags;
    lexicon *words;
    ranker ranker;
    bool has_ranker, pronouns, gold;
} knowledge;

typedef struct document {
    const char *path;
    char *text;
    text_analysis found;
    wn_analysis view;
    syntax s;
    claim_list claims;
    entity_set entities;
} document;

static void die(const char *what, const char *which)
{
    fprintf(stderr, "speaker_dump: %s%s\n", what, which);
    exit(1);
}

static char *read_all(const char *path, size_t *ret_len)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        die("cannot read ", path);
    (void)fseek(f, 0, SEEK_END);
    long n = ftell(f);
    rewind(f);
    char *p = malloc((size_t)n + 1);
    if (p == NULL || fread(p, 1, (size_t)n, f) != (size_t)n)
        die("cannot read ", path);
    p[n] = 0;
    (void)fclose(f);
    *ret_len = (size_t)n;
    return p;
}

static char *read_data(const char *dir, const char *name, size_t *ret_len)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", dir, name);
    return read_all(path, ret_len);
}

static void load(knowledge *k, const char *dir)
{
    char problem[256];
    size_t len, words_len;
    text_rules_error err;
    char *text = read_data(dir, "common/data/en.text", &len);
    k->rules = text_rules_new();
    if (k->rules == NULL || !text_rules_load(k->rules, text, len, &err))
        die("not text rules", "");
    char *model = read_data(dir, "common/data/tagger.model", &len);
    if (!tagger_load(&k->tags, model, len))
        die("not a tagger", "");
    char *words = read_data(dir, "claims/data/words.txt", &words_len);
    char *cues = read_data(dir, "claims/data/cues.txt", &len);
    k->words = lexicon_new(cues, len, words, words_len, problem, sizeof problem);
    if (k->words == NULL)
        die(problem, "");
}

/* ---- claims as annotated ---- */

static uint32_t token_from(const document *d, uint32_t byte)
{
    uint32_t i = 0;
    while (i < d->view.n_tokens && d->view.token[i].end <= byte)
        i++;
    return i;
}

static unsigned read_pieces(const document *d, const char *field, range *ret, unsigned most)
{
    unsigned start, end, n = 0;
    int used;
    while (n < most && sscanf(field, "%u-%u%n", &start, &end, &used) == 2) {
        range r = {token_from(d, start), token_from(d, start)};
        while (r.last < d->view.n_tokens && d->view.token[r.last].start < end)
            r.last++;
        if (!range_empty(r))
            ret[n++] = r;
        field += used + (field[used] == ',');
    }
    return n;
}

static void add_gold(document *d, const char *line)
{
    char source[2000], cue_span[100], content[4000];
    unsigned id;
    if (sscanf(line, "%u\t%*[^\t]\t%*[^\t]\t%*[^\t]\t%1999[^\t]\t%99[^\t]\t%3999[^\n]", &id, source,
               cue_span, content) != 4)
        die("not an attribution: ", line);
    claim c = {.rule = "gold", .parent = -1};
    (void)read_pieces(d, source, &c.source, 1);
    (void)read_pieces(d, cue_span, &c.cue, 1);
    c.n_contents = read_pieces(d, content, c.content, CLAIM_CONTENTS);
    c.head = id; /* not asked for by speakers */
    d->claims.item = realloc(d->claims.item, (d->claims.n + 1) * sizeof c);
    if (d->claims.item == NULL)
        die("out of memory", "");
    claim_set_type(&d->s, &c);
    d->claims.item[d->claims.n++] = c;
}

static int by_cue(const void *a, const void *b)
{
    const claim *x = a, *y = b;
    return (x->cue.first > y->cue.first) - (x->cue.first < y->cue.first);
}

static void read_gold(document *d)
{
    size_t len;
    char *table = read_all(d->path, &len), *line = strchr(table, '\n');
    while (line != NULL && line[1] != 0) {
        add_gold(d, line + 1);
        line = strchr(line + 1, '\n');
    }
    free(table);
    qsort(d->claims.item, d->claims.n, sizeof *d->claims.item, by_cue);
    find_parents(&d->claims);
}

/* ---- output ---- */

static void put_words(const document *d, range r)
{
    if (range_empty(r)) {
        fputs("-", stdout);
        return;
    }
    for (uint32_t i = d->view.token[r.first].start; i < d->view.token[r.last - 1].end; i++)
        putchar(d->text[i] == '\n' || d->text[i] == '\t' ? ' ' : d->text[i]);
}

static const char *form_of(const document *d, const claim *c)
{
    const mention *m =
        range_empty(c->source) ? NULL : principal_mention(&d->s, &d->entities, c->source);
    if (range_empty(c->source))
        return "none";
    if (tag_in(&d->s, c->source.first, 1 << WN_TAG_WH) && c->source.last - c->source.first == 1)
        return "relative";
    if (m == NULL)
        return "other";
    if (m->form == FORM_PRONOUN)
        return pronoun_class(&d->s, m) < RANKER_CLASSES ? "pronoun" : "first";
    if (m->form == FORM_NOUN)
        return m->kind == ENTITY_BODY ? "body" : "role";
    return m->name.last - m->name.first >= 2 ? "name" : "surname";
}

static void put_speakers(const document *d)
{
    static const char *const statuses[] = {"named", "resolved", "unnamed", "unknown"};
    for (size_t i = 0; i < d->claims.n; i++) {
        const claim *c = &d->claims.item[i];
        bool source = !range_empty(c->source);
        printf("S\t%s\t%u\t%u\t%u\t%s\t%s\t", d->path, (unsigned)c->head,
               source ? (unsigned)d->view.token[c->source.first].start : 0,
               source ? (unsigned)d->view.token[c->source.last - 1].end : 0,
               statuses[c->speaker_status], form_of(d, c));
        put_words(d, c->name);
        printf("\t%s\n", c->speaker_reason != NULL ? c->speaker_reason : "-");
    }
}

static void put_candidate(const document *d, const candidate *c)
{
    const entity_set *e = &d->entities;
    if (c->entity == NO_ENTITY) {
        printf("C\t0\t0\t-");
    } else {
        size_t k = c->mention;
        while (k > e->entity[c->entity].first &&
               (e->mention[k].entity != c->entity || e->mention[k].form == FORM_PRONOUN))
            k--;
        printf("C\t%u\t%d\t", (unsigned)d->view.token[e->mention[k].head].start,
               e->entity[c->entity].named);
        put_words(d, e->entity[c->entity].name);
    }
    for (unsigned k = 0; k < c->n; k++)
        printf("\t%s", ranker_feature_name(c->feature[k]));
    putchar('\n');
}

static void put_pronoun(void *arg, size_t index, unsigned class, const candidate *c, unsigned n)
{
    const document *d = arg;
    const mention *m = &d->entities.mention[index];
    printf("P\t%s\t%u\t%u\t%s\t%d\n", d->path, (unsigned)d->view.token[m->head].start,
           (unsigned)d->view.token[m->head].end, ranker_class_name(class), m->source != NO_CLAIM);
    for (unsigned k = 0; k <= n; k++)
        put_candidate(d, &c[k]);
}

static void read_text(document *d, const knowledge *k)
{
    char path[4096];
    size_t len, left_out;
    static tagger_work work;
    const extract_options o = {400, true, NULL, 0};
    (void)snprintf(path, sizeof path, "%.*s.txt", (int)(strlen(d->path) - 4), d->path);
    d->text = read_all(path, &len);
    d->found.rules = k->rules;
    if (!text_analyse(&d->found, d->text, len, NULL, 0) ||
        !text_tag(&d->found, &k->tags, &work, d->text))
        die("out of memory", "");
    d->view = text_view(&d->found);
    d->view.tag = d->found.tag;
    if (!syntax_document(&d->s, d->text, &d->view, k->words, NULL))
        die("out of memory", "");
    if (k->gold)
        read_gold(d);
    else if (!claims_extract(&d->s, &o, &d->claims, &left_out))
        die("out of memory", "");
}

static void load_weights(knowledge *k, const char *path)
{
    char problem[256];
    size_t len;
    char *text = read_all(path, &len);
    if (!ranker_load(&k->ranker, text, len, problem, sizeof problem))
        die(problem, "");
    k->has_ranker = true;
    free(text);
}

/* The options; returns the index of the first file. */
static int read_options(knowledge *k, int argc, char **argv)
{
    const char *dir = "plugins";
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "-p") == 0)
            k->pronouns = true;
        else if (strcmp(argv[i], "-g") == 0)
            k->gold = true;
        else if (strcmp(argv[i], "-d") == 0 && i + 1 < argc)
            dir = argv[++i];
        else if (strcmp(argv[i], "-w") == 0 && i + 1 < argc)
            load_weights(k, argv[++i]);
        else
            die("no such option: ", argv[i]);
    }
    load(k, dir);
    return i;
}

int main(int argc, char **argv)
{
    static knowledge k;
    for (int i = read_options(&k, argc, argv); i < argc; i++) {
        document d = {.path = argv[i]};
        const ranker *r = k.has_ranker || k.pronouns ? &k.ranker : NULL;
        read_text(&d, &k);
        if (!speakers_resolve_traced(r, &d.s, &d.claims, &d.entities,
                                     k.pronouns ? put_pronoun : NULL, &d))
            die("out of memory", "");
        put_speakers(&d);
    }
    return 0;
}
