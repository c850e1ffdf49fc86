/* lexicon.c: words of the rules: a hash table from the word to its number, see rules.h. */
#include "rules.h"
#include "common/grow.h"
#include <stdlib.h>
#include <string.h>

void *list_add(list *l, size_t size)
{
    void *items = grown(l->item, &l->cap, l->n, size);
    if (items == NULL)
        return NULL;
    l->item = items;
    return memset((char *)l->item + l->n++ * size, 0, size);
}

uint32_t date_hash(const char *word, size_t len)
{
    uint32_t h = UINT32_C(2166136261);
    for (size_t i = 0; i < len; i++)
        h = (h ^ (uint8_t)word[i]) * UINT32_C(16777619);
    return h;
}

int date_word_find(const date_rules *r, const char *word, size_t len, uint32_t hash)
{
    if (len > WORD_MAX || r->n_buckets == 0)
        return -1;
    for (size_t i = hash & (r->n_buckets - 1); r->bucket[i] != 0;
         i = (i + 1) & (r->n_buckets - 1)) {
        const lex_word *w = date_word(r, r->bucket[i] - 1);
        if (w->hash == hash && w->len == len && memcmp(w->text, word, len) == 0)
            return (int)r->bucket[i] - 1;
    }
    return -1;
}

static bool rehash(date_rules *r, size_t n)
{
    uint32_t *bucket = calloc(n, sizeof *bucket);
    if (bucket == NULL)
        return false;
    for (size_t k = 0; k < r->words.n; k++) {
        size_t i = date_word(r, k)->hash & (n - 1);
        while (bucket[i] != 0)
            i = (i + 1) & (n - 1);
        bucket[i] = (uint32_t)k + 1;
    }
    free(r->bucket);
    r->bucket = bucket, r->n_buckets = n;
    return true;
}

int date_word_add(date_rules *r, const char *word, size_t len)
{
    uint32_t hash = date_hash(word, len);
    int found = date_word_find(r, word, len, hash);
    if (found >= 0)
        return found;
    if (len > WORD_MAX || r->words.n >= UINT16_MAX - CLASS_MAX)
        return -1;
    lex_word *w = list_add(&r->words, sizeof *w);
    if (w == NULL)
        return -1;
    w->hash = hash, w->len = (uint8_t)len;
    memcpy(w->text, word, len);
    size_t n = r->n_buckets ? r->n_buckets : 1024;
    while (n < r->words.n * 4)
        n *= 2;
    if (n == r->n_buckets) {
        size_t i = hash & (n - 1);
        while (r->bucket[i] != 0)
            i = (i + 1) & (n - 1);
        r->bucket[i] = (uint32_t)r->words.n;
        return (int)r->words.n - 1;
    }
    return rehash(r, n) ? (int)r->words.n - 1 : -1;
}

int32_t date_word_value(const date_rules *r, int word, int cls, int32_t otherwise)
{
    if (word < 0)
        return otherwise;
    const sense *senses = r->senses.item;
    for (uint32_t s = date_word(r, (size_t)word)->sense; s != 0; s = senses[s - 1].next)
        if (senses[s - 1].cls == cls)
            return senses[s - 1].value;
    return otherwise;
}

int date_class_find(const date_rules *r, const char *name, size_t len)
{
    for (int i = 0; i < r->n_classes; i++)
        if (strlen(r->class_name[i]) == len && memcmp(r->class_name[i], name, len) == 0)
            return i;
    return -1;
}
