/* result.c: see result.h: the pool of strings, finds, and the writer of edits. */
#include "clean/result.h"
#include "common/grow.h"
#include "common/ascii.h"
#include <string.h>

struct pool_chunk {
    pool_chunk *next;
    size_t used, size;
    char bytes[];
};

enum { POOL_CHUNK = 16384, KEPT = 1 << 14 }; /* bytes; items that are kept from pass to pass */

/* What only a text of very many edits or blocks needed goes back, before the next pass needs as
 * much for something else. */
static void trim(clean_result *r)
{
    if (r->cap_edits > KEPT) {
        free(r->edit);
        r->edit = NULL, r->cap_edits = 0;
    }
    if (r->cap_blocks > KEPT) {
        free(r->block);
        r->block = NULL, r->cap_blocks = 0;
    }
}

void result_clear(clean_result *r)
{
    while (r->pool != NULL && r->pool->next != NULL) {
        pool_chunk *next = r->pool->next;
        free(r->pool);
        r->pool = next;
    }
    if (r->pool != NULL)
        r->pool->used = 0;
    trim(r);
    r->n_edits = r->n_finds = r->n_blocks = 0;
    r->cursor = r->out = 0;
    r->oom = false;
}

void result_release(clean_result *r)
{
    result_clear(r);
    free(r->pool);
    free(r->edit);
    free(r->find);
    free(r->block);
    memset(r, 0, sizeof *r);
}

char *result_copy(clean_result *r, const char *s, size_t n)
{
    if (r->pool == NULL || r->pool->size - r->pool->used <= n) {
        size_t size = n < POOL_CHUNK ? POOL_CHUNK : n + 1;
        pool_chunk *chunk = malloc(sizeof *chunk + size);
        if (chunk == NULL) {
            r->oom = true;
            return NULL;
        }
        chunk->next = r->pool;
        chunk->used = 0;
        chunk->size = size;
        r->pool = chunk;
    }
    char *copy = r->pool->bytes + r->pool->used;
    if (n > 0)
        memcpy(copy, s, n);
    copy[n] = '\0';
    r->pool->used += n + 1;
    return copy;
}

/* In place: no white space at the ends, one space for each run inside. */
static size_t fold_space(char *s, size_t n)
{
    size_t out = 0;
    for (size_t i = 0; i < n; i++) {
        if (!ascii_space(s[i]))
            s[out++] = s[i];
        else if (out > 0 && s[out - 1] != ' ')
            s[out++] = ' ';
    }
    if (out > 0 && s[out - 1] == ' ')
        out--;
    s[out] = '\0';
    return out;
}

void result_find(clean_result *r, const char *key, const char *value, size_t len, size_t start,
                 size_t end, int rank)
{
    char *copy = result_copy(r, value, len);
    if (copy == NULL || fold_space(copy, len) == 0)
        return;
    clean_find *all = grown(r->find, &r->cap_finds, r->n_finds, sizeof *all);
    if (all == NULL) {
        r->oom = true;
        return;
    }
    r->find = all;
    r->find[r->n_finds++] = (clean_find){key, copy, start, end, rank};
}

const clean_find *result_best(const clean_result *r, const char *key)
{
    const clean_find *best = NULL;
    for (size_t i = 0; i < r->n_finds; i++)
        if (strcmp(r->find[i].key, key) == 0 && (best == NULL || r->find[i].rank > best->rank))
            best = &r->find[i];
    return best;
}

size_t result_bests(const clean_result *r, const clean_find *ret[RESULT_KEYS])
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_finds; i++) {
        const clean_find *f = &r->find[i];
        size_t k = 0;
        while (k < n && strcmp(ret[k]->key, f->key) != 0)
            k++;
        if (k == n && n < RESULT_KEYS)
            ret[n++] = f;
        else if (k < n && f->rank > ret[k]->rank) {
            memmove(ret + k, ret + k + 1, (n - k - 1) * sizeof *ret);
            ret[n - 1] = f;
        }
    }
    return n;
}

static void add_edit(clean_result *r, size_t start, size_t end, const char *text, size_t n)
{
    if (start == end && n == 0)
        return;
    clean_edit *all = grown(r->edit, &r->cap_edits, r->n_edits, sizeof *all);
    if (all == NULL) {
        r->oom = true;
        return;
    }
    r->edit = all;
    r->edit[r->n_edits++] = (clean_edit){text, (uint32_t)n, (uint32_t)start, (uint32_t)end};
    r->out += n;
}

void result_keep(clean_result *r, size_t start, size_t end, const char *sep)
{
    add_edit(r, r->cursor, start, sep, strlen(sep));
    r->out += end - start;
    r->cursor = end;
}

void result_put(clean_result *r, size_t start, size_t end, const char *text, size_t n,
                const char *sep)
{
    add_edit(r, r->cursor, start, sep, strlen(sep));
    add_edit(r, start, end, text, n);
    r->cursor = end;
}

void result_finish(clean_result *r, size_t len)
{
    add_edit(r, r->cursor, len, "", 0);
    r->cursor = len;
}

void result_block(clean_result *r, size_t start, size_t end, block_kind kind, int level)
{
    clean_block *all = grown(r->block, &r->cap_blocks, r->n_blocks, sizeof *all);
    if (all == NULL) {
        r->oom = true;
        return;
    }
    r->block = all;
    r->block[r->n_blocks++] = (clean_block){start, end, kind, level};
}

char *result_apply(const clean_result *r, const char *text, size_t len, size_t *ret_len)
{
    size_t size = len + 1;
    for (size_t i = 0; i < r->n_edits; i++)
        size += r->edit[i].len;
    char *out = malloc(size);
    if (out == NULL)
        return NULL;
    size_t n = 0, at = 0;
    for (size_t i = 0; i <= r->n_edits; i++) {
        size_t upto = i < r->n_edits ? r->edit[i].start : len;
        memcpy(out + n, text + at, upto - at);
        n += upto - at;
        if (i == r->n_edits)
            break;
        memcpy(out + n, r->edit[i].text, r->edit[i].len);
        n += r->edit[i].len;
        at = r->edit[i].end;
    }
    out[n] = '\0';
    *ret_len = n;
    return out;
}

size_t fold_letters(const char *s, size_t n, char *out, size_t cap)
{
    size_t k = 0;
    for (size_t i = 0; i < n && k < cap; i++) {
        char c = ascii_lower(s[i]);
        if (n - i >= 3 && c == '\xE2' && s[i + 1] == '\x80')
            i += 2;
        else if ((c >= 'a' && c <= 'z') || ascii_digit(c) || (uint8_t)c >= 0x80)
            out[k++] = c;
    }
    return k;
}
