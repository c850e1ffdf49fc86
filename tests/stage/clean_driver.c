#include "clean_driver.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const driver_keys[DRIVER_KEYS] = {"title",     "author",   "language", "subtitle",
                                              "publisher", "agency",   "place",    "dateline",
                                              "published", "modified", "url"};

static void *must(void *p)
{
    if (p == NULL) {
        (void)fprintf(stderr, "out of memory\n");
        exit(99);
    }
    return p;
}

static char *slurp(const char *path, size_t *ret_len)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        perror(path);
        exit(99);
    }
    char *bytes = must(malloc(1 << 20));
    *ret_len = fread(bytes, 1, (1 << 20) - 1, f);
    bytes[*ret_len] = '\0';
    (void)fclose(f);
    return bytes;
}

void driver_init(driver *d, const char *srcdir)
{
    static const char *const names[CLEAN_FILES] = CLEAN_FILE_NAMES;
    d->rules = must(calloc(1, sizeof *d->rules));
    for (int i = 0; i < CLEAN_FILES; i++) {
        char path[4096];
        size_t len;
        int line = 0;
        (void)snprintf(path, sizeof path, "%s/plugins/clean/data/%s", srcdir != NULL ? srcdir : ".",
                       names[i]);
        d->data[i] = slurp(path, &len);
        if (!clean_rules_load(d->rules, (clean_file)i, d->data[i], len, &line)) {
            (void)fprintf(stderr, "%s:%d: cannot be read\n", path, line);
            exit(99);
        }
    }
    d->cleaner = must(cleaner_new(d->rules, TEXTCAT_DATADIR));
}

void driver_release(driver *d)
{
    cleaner_free(d->cleaner);
    clean_rules_release(d->rules);
    free(d->rules);
    for (int i = 0; i < CLEAN_FILES; i++)
        free(d->data[i]);
}

static bool boundary(const char *text, size_t len, size_t at)
{
    return at == len || ((unsigned char)text[at] & 0xC0) != 0x80;
}

static const char *edits_broken(const clean_result *r, const char *text, size_t len)
{
    size_t at = 0;
    for (size_t i = 0; i < r->n_edits; i++) {
        const clean_edit *e = &r->edit[i];
        if (e->start < at || e->end < e->start || e->end > len)
            return "edits ascend, do not overlap and lie in the text";
        if (!boundary(text, len, e->start) || !boundary(text, len, e->end))
            return "edits lie on character boundaries";
        at = e->end;
    }
    for (size_t i = 0; i < r->n_finds; i++)
        if (r->find[i].end < r->find[i].start || r->find[i].end > len ||
            !boundary(text, len, r->find[i].start) || !boundary(text, len, r->find[i].end))
            return "finds lie in the text, on character boundaries";
    return NULL;
}

static void apply(driven *v, const clean_result *r)
{
    size_t len = 0, n = 0, at = 0;
    char *text = must(result_apply(r, v->text, v->len, &len));
    size_t *origin = must(malloc((len + 1) * sizeof *origin));
    for (size_t i = 0; i <= r->n_edits; i++) {
        size_t upto = i < r->n_edits ? r->edit[i].start : v->len;
        for (; at < upto; at++)
            origin[n++] = v->origin[at];
        for (size_t k = 0; i < r->n_edits && k < r->edit[i].len; k++)
            origin[n++] = SIZE_MAX;
        at = i < r->n_edits ? r->edit[i].end : at;
    }
    free(v->text);
    free(v->origin);
    v->text = text, v->origin = origin, v->len = len;
}

static void take(driven *v, const clean_result *r)
{
    for (int k = 0; k < DRIVER_KEYS; k++) {
        const clean_find *f = result_best(r, driver_keys[k]);
        if (f != NULL && v->meta[k] == NULL)
            v->meta[k] = must(strdup(f->value));
    }
    for (size_t i = 0; i < r->n_blocks && v->n_blocks < DRIVER_BLOCKS; i++) {
        const clean_block *b = &r->block[i];
        if (b->start >= b->end || b->end > v->len || !boundary(v->text, v->len, b->start) ||
            !boundary(v->text, v->len, b->end))
            v->broken = "blocks lie in the text";
        v->block[v->n_blocks++] = *b;
    }
}

static void check_origins(driven *v, const char *text)
{
    size_t last = 0;
    for (size_t i = 0; i < v->len && v->broken == NULL; i++) {
        if (v->origin[i] == SIZE_MAX)
            continue;
        if (v->text[i] != text[v->origin[i]])
            v->broken = "a kept byte is the byte it came from";
        if (v->origin[i] < last)
            v->broken = "kept bytes keep their order";
        last = v->origin[i];
    }
}

driven *driver_run(driver *d, const char *text, size_t len, const char *content_type,
                   const driven *before)
{
    static const clean_switches on = {true, true, true, true};
    driven *v = must(calloc(1, sizeof *v));
    v->text = must(malloc(len + 1));
    v->origin = must(malloc((len + 1) * sizeof *v->origin));
    memcpy(v->text, text, len);
    v->text[len] = '\0';
    v->len = len;
    for (size_t i = 0; i < len; i++)
        v->origin[i] = i;
    for (int k = 0; before != NULL && k < DRIVER_KEYS; k++)
        v->meta[k] = before->meta[k] != NULL ? must(strdup(before->meta[k])) : NULL;
    cleaner_begin(d->cleaner, &on, NULL);
    for (;;) {
        clean_known known = {content_type, v->meta[0], v->meta[1],
                             v->meta[4],   v->meta[2], v->n_blocks > 0 || before != NULL};
        const clean_result *r;
        if (!cleaner_step(d->cleaner, v->text, v->len, &known, &r))
            must(NULL);
        if (r == NULL)
            break;
        const char *broken = edits_broken(r, v->text, v->len);
        if (broken != NULL) {
            v->broken = broken;
            break;
        }
        apply(v, r);
        take(v, r);
    }
    check_origins(v, text);
    return v;
}

void driven_free(driven *v)
{
    free(v->text);
    free(v->origin);
    for (int k = 0; k < DRIVER_KEYS; k++)
        free(v->meta[k]);
    free(v);
}

const char *driven_meta(const driven *v, const char *key)
{
    for (int k = 0; k < DRIVER_KEYS; k++)
        if (strcmp(driver_keys[k], key) == 0)
            return v->meta[k];
    return NULL;
}
