/* corpus.c: what the corpus stages do with one document: shingles, and the note with its keys. */
#include "align/notebuild.h"
#include "dedup/shingle.h"
#include "work/data.h"
#include "work/work.h"

bool work_dedup(const char *text, size_t len, pulse *owner)
{
    static shingle_set s;
    s.pulse = owner;
    return shingle_text(&s, text, len, 5);
}

bool work_align(const char *text, size_t len, pulse *owner)
{
    static note_builder *b;
    const build_input in = {.text = text, .len = len, .origin = "a", .origin_len = 1, .pulse = owner};
    const void *block;
    size_t size;
    uint32_t keys[24];
    if (b == NULL) {
        int line;
        const work_data d = work_read("align/data/en.words");
        const word_lists *w = word_lists_parse(d.p, d.len, &line);
        b = w != NULL ? note_builder_new(w) : NULL;
    }
    if (b == NULL || !note_build(b, &in, &block, &size))
        return false;
    (void)note_keys(b, keys, 24);
    return true;
}
