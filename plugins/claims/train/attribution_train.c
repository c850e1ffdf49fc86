/* attribution_train.c: learn the model of attribution from annotated articles (GUIDE.md). A
 * developer's tool (`make models`), not installed.
 *
 * Usage: attribution_train -o MODEL [-d PLUGINS] [-s THRESHOLD] [-n] FILE.ann ... [-t FILE.ann ...]
 * -d: the folder with the stage's data; -s: how much a head must score; -t: files to test on, not
 * to learn from; -n: of those, claims within another one's content do not count. */
#include "claims/train/train.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FILES = 4000 };

typedef struct arguments {
    const char *out, *plugins;
    float threshold;
    bool outermost_only;
    const char *learn[MOST_FILES], *test[MOST_FILES];
    size_t n_learn, n_test;
} arguments;

static bool read_arguments(arguments *a, int argc, char **argv)
{
    bool testing = false;
    for (int i = 1; i < argc; i++) {
        bool more = i + 1 < argc;
        if (strcmp(argv[i], "-o") == 0 && more)
            a->out = argv[++i];
        else if (strcmp(argv[i], "-d") == 0 && more)
            a->plugins = argv[++i];
        else if (strcmp(argv[i], "-s") == 0 && more)
            a->threshold = (float)atof(argv[++i]);
        else if (strcmp(argv[i], "-n") == 0)
            a->outermost_only = true;
        else if (strcmp(argv[i], "-t") == 0)
            testing = true;
        else if (testing && a->n_test < MOST_FILES)
            a->test[a->n_test++] = argv[i];
        else if (a->n_learn < MOST_FILES)
            a->learn[a->n_learn++] = argv[i];
    }
    return a->out != NULL && a->n_learn > 0;
}

static article **read_articles(const char *const *path, size_t n, const knowledge *k)
{
    article **a = must(calloc(n + 1, sizeof(article *)));
    for (size_t i = 0; i < n; i++)
        a[i] = read_article(path[i], k);
    return a;
}

int main(int argc, char **argv)
{
    static arguments a = {.plugins = "plugins"};
    if (!read_arguments(&a, argc, argv))
        die("usage: attribution_train -o MODEL [-d PLUGINS] [-s THRESHOLD] [-n] FILE.ann ... "
            "[-t FILE.ann ...]",
            "");
    knowledge k = load_knowledge(a.plugins);
    article **learnt = read_articles(a.learn, a.n_learn, &k);
    examples e = {0};
    for (size_t i = 0; i < a.n_learn; i++)
        add_examples(&e, learnt[i]);
    printf("%zu articles, %zu heads (%zu could not be any), %zu candidates\n", a.n_learn,
           e.all_heads, e.lost_heads, e.n_heads);
    prune(&e);
    weights w = learn(&e);
    size_t len;
    uint8_t *bytes = model_bytes(&w, a.threshold, &len);
    if (a.n_test > 0)
        score(read_articles(a.test, a.n_test, &k), a.n_test, a.outermost_only, bytes, len);
    FILE *f = fopen(a.out, "wb");
    if (f == NULL || fwrite(bytes, 1, len, f) != len || fclose(f) != 0)
        die("cannot write ", a.out);
    return 0;
}
