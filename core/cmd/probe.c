/* probe.c: see probe.h. */
#include "config.h"
#include "cmd/probe.h"
#include "cmd/rundir.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[][2] = {{"news", "some hundred short articles"},
                                       {"empty", "empty documents"},
                                       {"huge", "a document of 4 MiB"},
                                       {"line", "a line of 1 MiB without a space"},
                                       {"odd", "odd characters and what was invalid UTF-8"},
                                       {"marks",
                                        "a hundred thousand quotation marks and brackets"}};

const char *probe_name(probe_kind kind)
{
    return names[kind][0];
}
const char *probe_words(probe_kind kind)
{
    return names[kind][1];
}

static const char *const sentences[] = {
    "The council of Portmere voted on Tuesday, March 12, 2024, to build a sea wall.",
    "\xe2\x80\x9cWe are not going to lose the harbour,\xe2\x80\x9d Mayor Ilse Brandvold said.",
    "According to the union, 85 jobs will be lost by the end of next year.",
    "The company declined to comment.",
    "It will cost $48 million, nearly twice the price of last year\xe2\x80\x99s plan.",
    "Subscribe to our newsletter today!",
    "The spokesman added that talks were \xe2\x80\x9cunder way\xe2\x80\x9d."};
enum { N_SENTENCES = sizeof sentences / sizeof sentences[0] };

static void add(char *text, size_t size, const char *piece)
{
    size_t n = strlen(text);
    (void)snprintf(text + n, size - n, "%s", piece);
}

/* Article number i: sentences in an order that depends on i; every tenth is a copy, every fifth
 * HTML. */
static void article(unsigned i, char *text, size_t size)
{
    unsigned seed = i % 10 == 9 ? i - 1 : i;
    bool html = i % 5 == 4;
    text[0] = '\0';
    if (html)
        add(text, size,
            "<html><head><title>Sea wall</title></head><body><nav><a "
            "href='/'>Home</a></nav><article>");
    for (unsigned k = 0; k < 12; k++) {
        add(text, size, html ? "<p>" : "");
        add(text, size, sentences[(seed * 7 + k * (seed % 3 + 1)) % N_SENTENCES]);
        add(text, size, html ? "</p>" : k % 3 == 2 ? "\n\n" : " ");
    }
    if (html)
        add(text, size, "</article></body></html>");
}

static bool put(FILE *f, const char *id, const char *text, size_t n)
{
    json_t *line = json_pack("{s:s, s:o}", "id", id, "text", json_stringn(text, n));
    bool ok = line != NULL && json_dumpf(line, f, JSON_COMPACT) == 0 && fputc('\n', f) != EOF;
    json_decref(line);
    return ok;
}

static bool put_news(FILE *f)
{
    char text[8192], id[24];
    bool ok = true;
    for (unsigned i = 0; ok && i < 300; i++) {
        article(i, text, sizeof text);
        (void)snprintf(id, sizeof id, "n%u", i);
        ok = put(f, id, text, strlen(text));
    }
    return ok;
}

static bool put_repeated(FILE *f, const char *piece, size_t size)
{
    size_t n = strlen(piece), count = size / n;
    char *text = malloc(count * n + 1);
    if (text == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * n, piece, n);
    bool ok = put(f, "repeated", text, count * n);
    free(text);
    return ok;
}

static bool put_odd(FILE *f)
{
    static const char odd[] =
        "\xef\xbf\xbd\xef\xbf\xbd \xe2\x80\x8b\xc2\xad\xe2\x80\xae"
        "abc\xe2\x80\xac \xcc\x81\xcc\x81 "
        "\xf0\x9f\x8c\x8a\xf4\x8f\xbf\xbf \x01\x1f\x7f\r\n\t\v\f\xc2\x85 \xe6\xb5\xb7\xe5\xa0\xa4";
    bool ok = put(f, "odd", odd, sizeof odd - 1) && put(f, "nul", "a\0b", 1);
    /* The line itself is not UTF-8: the source rejects it, the run goes on. */
    return ok && fputs("{\"id\":\"bad\",\"text\":\"caf\xe9 \xff\xfe\"}\n", f) != EOF;
}

bool probe_write(probe_kind kind, const char *path)
{
    FILE *f = fopen(path, "wb");
    bool ok = f != NULL;
    switch (ok ? kind : PROBE_KINDS) {
    case PROBE_NEWS: ok = put_news(f); break;
    case PROBE_EMPTY:
        ok = put(f, "e1", "", 0) && put(f, "e2", " \n\n ", 4) && put(f, "e3", ".", 1);
        break;
    case PROBE_HUGE:
        ok = put_repeated(f,
                          "Councillor Quayle said on Monday that the wall would cost $60 million. ",
                          4u << 20);
        break;
    case PROBE_LINE: ok = put_repeated(f, "tide", 1u << 20); break;
    case PROBE_ODD: ok = put_odd(f); break;
    case PROBE_MARKS: ok = put_repeated(f, "\xe2\x80\x9c\"'([{<&;", 800000); break;
    default: break;
    }
    if (f != NULL)
        ok = fclose(f) == 0 && ok;
    return ok;
}

static const json_t *next_text(rundir_lines *l, json_t **ret_line)
{
    wn_str line;
    wn_error err = WN_ERROR_INIT;
    *ret_line = rundir_next(l, &line, &err) == WN_OK ? rundir_parse(l, line, &err) : NULL;
    return json_object_get(*ret_line, "text");
}

static bool same_lines(rundir_lines *a, rundir_lines *b)
{
    for (;;) {
        json_t *p, *q;
        const json_t *s = next_text(a, &p), *t = next_text(b, &q);
        bool same = s == NULL ? t == NULL : json_equal(s, t), end = s == NULL;
        json_decref(p);
        json_decref(q);
        if (!same || end)
            return same;
    }
}

bool probe_same_texts(const char *a, const char *b)
{
    rundir_lines x, y;
    wn_error err = WN_ERROR_INIT;
    if (rundir_open(a, "documents.jsonl", false, &x, &err) != WN_OK)
        return false;
    bool same = rundir_open(b, "documents.jsonl", false, &y, &err) == WN_OK;
    if (same) {
        same = same_lines(&x, &y);
        rundir_close(&y);
    }
    rundir_close(&x);
    return same;
}
