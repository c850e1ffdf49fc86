/* features.c: clean-features HINTS PAGE...: for each page of UTF-8 a line of JSON, {"page",
 * "blocks": [{"f": [numbers], "t": text}]}, from which train.py learns. Without pages: the
 * features' names, one a line. */
#include "clean/content.h"
#include "clean/htmltext.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static char *slurp(const char *path, size_t *ret_len)
{
    enum { LARGEST = 64 << 20 };
    FILE *f = fopen(path, "rb");
    char *bytes = f != NULL ? malloc(LARGEST) : NULL;
    if (bytes == NULL) {
        perror(path);
        exit(74);
    }
    *ret_len = fread(bytes, 1, LARGEST, f);
    (void)fclose(f);
    return bytes;
}

static json_t *block_json(const html_tree *t, html_blocks *b, size_t at, const char *src,
                          size_t len, clean_result *r)
{
    int32_t values[256];
    json_t *features = json_array();
    content_features(t, b, at, values);
    for (size_t i = 0; i < content_n_features; i++)
        json_array_append_new(features, json_integer(values[i]));
    for (size_t i = 0; i < b->n_blocks; i++)
        b->block[i].keep = i == at;
    result_clear(r);
    html_write(t, b, src, len, r);
    size_t n;
    char *text = result_apply(r, src, len, &n);
    json_t *j = json_pack("{s:o, s:s%}", "f", features, "t", text != NULL ? text : "",
                          text != NULL ? n : 0);
    free(text);
    return j;
}

static void print_page(const html_hints *hints, const char *path)
{
    html_tree t = {0};
    html_blocks b = {0};
    clean_result r = {0};
    size_t len;
    char *src = slurp(path, &len);
    json_t *blocks = json_array();
    if (html_read(&t, hints, src, len) && blocks_find(&b, &t, src))
        for (size_t i = 0; i < b.n_blocks; i++)
            json_array_append_new(blocks, block_json(&t, &b, i, src, len, &r));
    json_t *page = json_pack("{s:s, s:o}", "page", path, "blocks", blocks);
    json_dumpf(page, stdout, JSON_COMPACT);
    (void)putchar('\n');
    json_decref(page);
    html_release(&t);
    blocks_release(&b);
    result_release(&r);
    free(src);
}

int main(int argc, char **argv)
{
    static html_hints hints;
    int line = 0;
    size_t len;
    if (argc < 2) {
        (void)fprintf(stderr, "usage: clean-features HINTS [PAGE ...]\n");
        return 2;
    }
    char *data = slurp(argv[1], &len);
    if (!hints_load(&hints, data, len, &line)) {
        (void)fprintf(stderr, "%s:%d: cannot be read\n", argv[1], line);
        return 65;
    }
    for (size_t i = 0; argc == 2 && i < content_n_features; i++)
        (void)puts(content_feature_name(i));
    for (int i = 2; i < argc; i++)
        print_page(&hints, argv[i]);
    free(data);
    return 0;
}
