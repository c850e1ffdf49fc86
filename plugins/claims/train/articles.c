/* articles.c: annotated articles, and the stage's data files. */
#include "claims/train/train.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void die(const char *what, const char *which)
{
    fprintf(stderr, "attribution_train: %s%s\n", what, which);
    exit(1);
}

void *must(void *p)
{
    if (p == NULL)
        die("out of memory", "");
    return p;
}

char *read_all(const char *path, size_t *ret_len)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        die("cannot read ", path);
    (void)fseek(f, 0, SEEK_END);
    long n = ftell(f);
    rewind(f);
    char *p = must(malloc((size_t)n + 1));
    if (fread(p, 1, (size_t)n, f) != (size_t)n)
        die("cannot read ", path);
    p[n] = 0;
    (void)fclose(f);
    *ret_len = (size_t)n;
    return p;
}
static uint32_t token_from(const article *a, uint32_t byte)
{
    uint32_t low = 0, high = (uint32_t)a->view.n_tokens;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (a->view.token[mid].end <= byte)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void read_pieces(const article *a, const char *field, gold *g, unsigned label)
{
    unsigned start, end;
    int used;
    while (sscanf(field, "%u-%u%n", &start, &end, &used) == 2) {
        range r = {token_from(a, start), token_from(a, start)};
        while (r.last < a->view.n_tokens && a->view.token[r.last].start < end)
            r.last++;
        if (!range_empty(r) && g->n[label] < MOST_PIECES)
            g->piece[label][g->n[label]++] = r;
        field += used;
        if (*field != ',')
            break;
        field++;
    }
}

static uint32_t last_noun(const syntax *s, range span)
{
    for (uint32_t i = span.last; i-- > span.first;)
        if (s->tag[i] == WN_TAG_NN)
            return i;
    return UINT32_MAX;
}

/* The last verb that means something; those of the lexicon before others. */
static uint32_t last_verb(const syntax *s, range span)
{
    uint32_t found = UINT32_MAX;
    for (uint32_t i = span.last; i-- > span.first;) {
        if (!is_verb(s, i) || auxiliary(s, i))
            continue;
        if (s->word[i].verb >= 0)
            return i;
        found = found == UINT32_MAX ? i : found;
    }
    return found;
}

static uint32_t other_head(const syntax *s, range span)
{
    for (uint32_t i = span.first; i < span.last; i++)
        if (s->tag[i] == WN_TAG_JJ || mark_is(s, i, ':') || word_is(s, i, "according"))
            return i;
    for (uint32_t i = span.last; i-- > span.first;)
        if (is_verb(s, i))
            return i;
    return span.first;
}

/* The token of a cue that carries it: its last verb that means, else noun, else its first token. */
static uint32_t head_of(const article *a, range span)
{
    const syntax *s = &a->s;
    uint32_t noun = last_noun(s, span), verb = last_verb(s, span);
    bool light = verb != UINT32_MAX && noun != UINT32_MAX && s->word[verb].verb < 0;
    if (verb != UINT32_MAX && !light)
        return verb;
    return noun != UINT32_MAX ? noun : other_head(s, span);
}

const char *const stances[STANCES] = {"asserted",    "denied",         "negated", "asked",
                                      "conditional", "reported_false", "hedged"};

static void read_gold(article *a, const char *path)
{
    static const char *const classes[] = {"none", "statement", "attitude", "decision", "silence"};
    size_t len, cap = 0;
    char *lines = read_all(path, &len), *line = strchr(lines, '\n');
    while (line != NULL && line[1] != 0) {
        char class[32], stance[32], source[2000], verb[100], content[4000];
        line++;
        if (sscanf(line, "%*[^\t]\t%31[^\t]\t%31[^\t]\t%*[^\t]\t%1999[^\t]\t%99[^\t]\t%3999[^\n]",
                   class, stance, source, verb, content) != 5)
            die("not an attribution in ", path);
        gold g = {0};
        for (unsigned k = 1; k < HEADS; k++)
            if (strcmp(class, classes[k]) == 0)
                g.class = (uint8_t)k;
        for (unsigned k = 0; k < STANCES; k++)
            if (strcmp(stance, stances[k]) == 0)
                g.stance = (uint8_t)k;
        read_pieces(a, source, &g, LABEL_SOURCE);
        read_pieces(a, verb, &g, LABEL_CUE);
        read_pieces(a, content, &g, LABEL_CONTENT);
        if (g.class == 0 || g.n[LABEL_CUE] == 0)
            die("no class or no cue in ", path);
        g.head = head_of(a, g.piece[LABEL_CUE][0]);
        if (a->n_gold == cap)
            a->gold = must(realloc(a->gold, (cap = cap * 2 + 16) * sizeof *a->gold));
        a->gold[a->n_gold++] = g;
        line = strchr(line, '\n');
    }
    free(lines);
}

article *read_article(const char *path, const knowledge *k)
{
    article *a = must(calloc(1, sizeof *a));
    tagger_work work = {0};
    char text_path[4096];
    size_t len, left_out;
    const extract_options o = {400, true, NULL, 0};
    (void)snprintf(text_path, sizeof text_path, "%.*s.txt", (int)(strlen(path) - 4), path);
    a->text = read_all(text_path, &len);
    a->found.rules = k->rules;
    if (!text_analyse(&a->found, a->text, len, NULL, 0) ||
        !text_tag(&a->found, &k->tags, &work, a->text))
        die("out of memory", "");
    a->view = text_view(&a->found);
    a->view.tag = a->found.tag;
    a->token = must(calloc(a->view.n_tokens + 1, sizeof *a->token));
    if (!syntax_document(&a->s, a->text, &a->view, k->words, NULL) ||
        !claims_extract(&a->s, &o, &a->rules, &left_out) || !describe_tokens(&a->s, a->token))
        die("out of memory", "");
    tagger_work_release(&work);
    read_gold(a, path);
    return a;
}
knowledge load_knowledge(const char *dir)
{
    knowledge k = {.rules = must(text_rules_new())};
    char path[4096], problem[256];
    size_t len, words_len;
    text_rules_error err;
    (void)snprintf(path, sizeof path, "%s/common/data/en.text", dir);
    char *text = read_all(path, &len);
    if (!text_rules_load(k.rules, text, len, &err))
        die("not text rules: ", path);
    (void)snprintf(path, sizeof path, "%s/common/data/tagger.model", dir);
    char *model = read_all(path, &len);
    if (!tagger_load(&k.tags, model, len))
        die("not a tagger: ", path);
    (void)snprintf(path, sizeof path, "%s/claims/data/words.txt", dir);
    char *words = read_all(path, &words_len);
    (void)snprintf(path, sizeof path, "%s/claims/data/cues.txt", dir);
    char *cues = read_all(path, &len);
    k.words = lexicon_new(cues, len, words, words_len, problem, sizeof problem);
    if (k.words == NULL)
        die(problem, "");
    return k;
}
